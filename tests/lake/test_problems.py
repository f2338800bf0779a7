"""Bad input gets a clear message in both languages and leaves the lake as it was."""

import json
import shutil

import cities
from lakes import LakeTest, lake


class Problems(LakeTest):
    def setUp(self):
        super().setUp()
        self.lake = self.folder / "lake"
        self.site = self.build_whole(cities.make(self.folder / "one", 1202)).out
        self.written([self.site], self.lake)

    def other(self, number=13101, **options):
        return self.build_whole(cities.make(self.folder / f"city-{number}", number, **options)).out

    def test_a_folder_that_is_no_site(self):
        empty = self.folder / "empty"
        empty.mkdir()
        self.refused([self.site, empty], self.lake, str(empty), "kawaraban build")
        self.refused([self.site, self.folder / "nowhere"], self.lake, "nowhere")
        self.refused([self.site, self.lake], self.folder / "other-lake", str(self.lake))

    def test_a_half_copy(self):
        copy = self.folder / "copy"
        shutil.copytree(self.other(), copy)
        (copy / "index.html").unlink()
        self.refused([self.site, copy], self.lake, str(copy), "index.html", "kawaraban verify")
        shutil.copy(self.site / "index.html", copy / "index.html")
        table = copy / "data/measures/latest/measures.parquet"
        table.write_bytes(table.read_bytes()[:-1])
        self.refused([self.site, copy], self.lake, str(copy), "verify")

    def test_every_problem_is_told(self):
        empty, copy = self.folder / "empty", self.folder / "copy"
        empty.mkdir()
        shutil.copytree(self.other(), copy)
        (copy / "index.html").unlink()
        self.refused([empty, copy, self.site], self.lake, str(empty), str(copy))

    def test_two_sites_of_one_code(self):
        twin = self.build_whole(cities.make(self.folder / "twin", 1202, budget=7)).out
        self.refused([self.site, twin], self.lake, str(self.site), str(twin), "012025")
        # The same folder twice, or a copy of it, is no contradiction.
        copy = self.folder / "copy"
        shutil.copytree(self.site, copy)
        self.assertIn("up to date", self.written([self.site, self.site, copy], self.lake))

    def test_types_that_differ(self):
        number, text = self.other(13101, field="number"), self.other(13102, field="text")
        said = self.refused([self.site, number, text], self.lake, "cost", "measures", "第13101市", "第13102市")
        self.assertIn("double", said)
        self.assertIn("string", said)

    def test_a_site_without_parquet(self):
        copy = self.folder / "copy"
        shutil.copytree(self.other(), copy)
        catalog = json.loads((copy / "catalog.json").read_bytes())
        for dataset in catalog["datasets"]:
            dataset["files"] = [file for file in dataset["files"] if file["format"] != "Parquet"]
        self.rewrite(copy, "catalog.json", json.dumps(catalog).encode())
        self.refused([self.site, copy], self.lake, "Parquet", str(copy))

    def test_a_standard_with_the_id_of_a_built_in_table(self):
        copy = self.folder / "copy"
        shutil.copytree(self.other(), copy)
        catalog = json.loads((copy / "catalog.json").read_bytes())
        catalog["datasets"].append({**catalog["datasets"][0], "id": "own", "built_in": False, "conforms_to": "results"})
        self.rewrite(copy, "catalog.json", json.dumps(catalog).encode())
        self.refused([self.site, copy], self.lake, "own", "results", "conforms_to")

    def test_a_standard_with_a_name_that_the_lake_uses(self):
        """A built-in table that only another site has, and the folder of the Iceberg tables."""
        root = cities.make(self.folder / "two", 13101)
        topics = root / "content/topics.csv"
        topics.unlink()
        measures = root / "content/measures/all.csv"
        measures.write_bytes(measures.read_bytes().replace(b",living,", b",,"))
        for standard in ("topics", "iceberg"):
            cities.own_dataset(root, "places", standard)
            site = self.build_whole(root).out
            self.refused([self.site, site], self.lake, "places", standard, "conforms_to")

    def test_no_parquet_file_and_an_unknown_type(self):
        import pyarrow as pa
        import pyarrow.parquet as pq

        for name, content in (("text", b"PAR1 no table PAR1"), ("type", None)):
            copy = self.folder / name
            shutil.copytree(self.other(), copy)
            path = "data/measures/latest/measures.parquet"
            if content is None:
                pq.write_table(pa.table({"when": pa.array([0], pa.timestamp("us"))}), copy / path)
                content = (copy / path).read_bytes()
            catalog = (copy / "catalog.json").read_text(encoding="utf-8")
            before = next(file["sha256"] for dataset in json.loads(catalog)["datasets"]
                          for file in dataset["files"] if file["path"] == path)
            after = self.rewrite(copy, path, content)
            self.rewrite(copy, "catalog.json", catalog.replace(before, after).encode())
            self.refused([self.site, copy], self.lake, "measures")

    def rewrite(self, site, path, content):
        """Replaces a file of a site and its entry in the manifest; returns its digest."""
        import hashlib

        (site / path).write_bytes(content)
        manifest = json.loads((site / "manifest.json").read_bytes())
        digest = hashlib.sha256(content).hexdigest()
        for file in manifest["files"]:
            if file["path"] == path:
                file["bytes"], file["sha256"] = len(content), digest
        (site / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return digest

    def test_addresses(self):
        for bad in ("lake", "https://", "https://example.jp/a b", "https://example.jp/?a"):
            self.refused([self.site], self.lake, bad, base_url=bad)
        self.refused([self.site], self.lake, "https://example.jp/lake", base_url="https://example.jp/lake")

    def test_an_output_folder_that_is_no_lake(self):
        published = self.other()
        self.refused([self.site], published, str(published))

    def test_a_damaged_lake(self):
        for path in ("lake.json", "files.parquet"):
            whole = (self.lake / path).read_bytes()
            (self.lake / path).write_bytes(b"{")
            self.refused([self.site, self.other()], self.lake, path)
            (self.lake / path).write_bytes(whole)
        current = next((self.lake / "iceberg/budgets/metadata").glob("v1.metadata.json"))
        current.unlink()
        self.refused([self.site, self.other()], self.lake, "v1.metadata.json")

    def test_lists_of_folders(self):
        listed = self.folder / "sites.txt"
        other = self.other()
        listed.write_text(f"# two cities\n\n{self.site.name}\n{other}\n", encoding="utf-8")
        self.assertIn("added: 131016", self.written([listed], self.lake))
        listed.write_text("nowhere\n", encoding="utf-8")
        self.refused([listed], self.lake, "nowhere")
        # Written in Windows, with a folder of a Japanese name.
        other.rename(self.folder / "第二市")
        listed.write_bytes("one-out\r\n第二市\r\n".encode("cp932"))
        self.assertIn("up to date", self.written([listed], self.lake))
        # The folder that contains the sites, which only the list names.
        self.refused([listed], self.folder, str(self.folder))
        listed.write_text("# nothing yet\n", encoding="utf-8")
        self.refused([listed], self.lake, "kawaraban build")
        self.assertNotEqual(lake([], self.lake).returncode, 0)
