"""What the site says it has is what it has: catalogue, manifest, sitemap, feed, a JSON for each page."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from lxml import etree
from published import OfTheCity, datasets_of, files
from support import BINARY, SITE, real_data

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Lists(unittest.TestCase):
    site = SITE

    def test_the_catalogue_lists_every_data_file_with_its_size_and_digest(self):
        catalog = json.loads((self.site / "catalog.json").read_bytes())
        listed = [entry for dataset in catalog["datasets"] for entry in dataset["files"]] + [catalog["bundle"]]
        for dataset in catalog["datasets"]:
            states = [dataset["unreleased_changes"], *(version["changes"] for version in dataset["versions"])]
            listed += [changes for changes in states if changes]
            listed += [entry for version in dataset["versions"] for entry in version["files"]]
        self.assert_as_listed(listed)
        metadata = (".html", ".md", "datapackage.json", "csv-metadata.json", ".bib", ".ris", ".sql")
        data = {path for path in files(self.site) if path.startswith("data/") and not path.endswith(metadata)}
        self.assertEqual({entry["path"] for entry in listed}, data)
        self.assertEqual(sorted(dataset["id"] for dataset in catalog["datasets"]),
                         sorted(dataset.id for dataset in datasets_of(self.site)))
        for entry in listed:
            self.assertEqual(entry["url"], catalog["url"] + entry["path"])
        for dataset in catalog["datasets"]:
            document = json.loads((self.site / f"data/{dataset['id']}/latest/{dataset['id']}.json").read_bytes())
            self.assertEqual(dataset["row_count"], len(document["rows"]), dataset["id"])

    def test_the_manifest_lists_every_file_with_its_size_and_digest(self):
        manifest = json.loads((self.site / "manifest.json").read_bytes())
        self.assert_as_listed(manifest["files"])
        listed = {entry["path"] for entry in manifest["files"]}
        self.assertEqual(listed, set(files(self.site)) - {"manifest.json"})

    def assert_as_listed(self, entries):
        self.assertEqual(len({entry["path"] for entry in entries}), len(entries), "a path is listed twice")
        for entry in entries:
            with self.subTest(file=entry["path"]):
                content = (self.site / entry["path"]).read_bytes()
                self.assertEqual(entry["bytes"], len(content))
                self.assertEqual(entry["sha256"], hashlib.sha256(content).hexdigest())

    def test_every_measure_and_policy_has_its_page_and_its_json(self):
        for folder in ("measures", "policies"):
            pages = {path.stem for path in (self.site / folder).glob("*.html")} - {"index"}
            documents = {path.stem: json.loads(path.read_bytes()) for path in (self.site / folder).glob("*.json")}
            self.assertGreaterEqual(len(documents), 1 if self.site == SITE else 0)
            for name, document in documents.items():
                self.assertEqual(document["id"], name)
            table = json.loads((self.site / f"data/{folder}/latest/{folder}.json").read_bytes())
            ids = {row["id"] for row in table["rows"]}
            self.assertEqual(set(documents), ids)
            # Pages without a row are the old addresses of renamed and removed ones.
            self.assertLessEqual(ids, pages)

    def test_the_sitemap_names_pages_that_are_there(self):
        base = json.loads((self.site / "catalog.json").read_bytes())["url"]
        schema = etree.XMLSchema(etree.parse(real_data("schemas/sitemap") / "sitemap.xsd"))
        document = etree.parse(self.site / "sitemap.xml")
        schema.assertValid(document)
        document.getroot()[0].remove(document.getroot()[0][0])
        self.assertFalse(schema.validate(document), "a page without its address")
        root = ElementTree.parse(self.site / "sitemap.xml").getroot()
        self.assertEqual(root.tag, f"{SITEMAP}urlset")
        addresses = [element.text for element in root.iter(f"{SITEMAP}loc")]
        self.assertEqual(len(addresses), len(set(addresses)))
        self.assertTrue(all(address.startswith(base) for address in addresses))
        for address in addresses:
            path = address.removeprefix(base)
            path += "index.html" if path == "" or path.endswith("/") else ""
            self.assertTrue((self.site / path).is_file(), address)
        measures = {path.name for path in (self.site / "measures").glob("*.json")}
        in_sitemap = {address.rsplit("/", 1)[1] for address in addresses if address.startswith(f"{base}measures/")}
        self.assertLessEqual({name.replace(".json", ".html") for name in measures}, in_sitemap)
        self.assertIn(f"Sitemap: {base}sitemap.xml", (self.site / "robots.txt").read_text(encoding="utf-8"))

    def test_the_feeds_have_what_atom_requires(self):
        feeds = {name: path for name, path in files(self.site).items()
                 if name == "feed.xml" or (name.startswith(("departments/", "topics/")) and name.endswith(".xml"))}
        self.assertEqual(len(feeds), 1 + sum(1 for name in files(self.site) if name.endswith(".html") and name != "index.html"
                                             and name.startswith(("departments/", "topics/")) and not name.endswith("/index.html")))
        for name, path in feeds.items():
            with self.subTest(feed=name):
                entries = self.assert_is_a_feed(ElementTree.parse(path).getroot())
                if name != "feed.xml":
                    self.assert_tells_of(name, entries)

    def assert_tells_of(self, name, entries):
        """The newest measures of a department or a topic are in its feed, and no measure of another; its page names it."""
        kind, thing = name.removesuffix(".xml").split("/")
        measures = [json.loads(path.read_bytes()) for path in (self.site / "measures").glob("*.json")]
        mine = {measure["url"] for measure in measures
                if measure["department"]["id"] == thing or thing in [topic["id"] for topic in measure["topics"]]}
        told = {entry.find(f"{ATOM}id").text for entry in entries}
        told = {address for address in told if "/measures/" in address}
        self.assertLessEqual(told, mine)
        self.assertTrue(told or len(mine) == 0 or all(
            not measure["updated"] and not measure["result"] for measure in measures if measure["url"] in mine), name)
        page = (self.site / f"{kind}/{thing}.html").read_text(encoding="utf-8")
        self.assertIn(f'href="../{name}"', page)

    def assert_is_a_feed(self, feed):
        self.assertEqual(feed.tag, f"{ATOM}feed")
        entries = feed.findall(f"{ATOM}entry")
        for element in [feed, *entries]:
            for name in ("id", "title", "updated"):
                found = element.findall(f"{ATOM}{name}")
                self.assertEqual(len(found), 1, f"{name} of {element.tag}")
                self.assertTrue((found[0].text or "").strip())
            self.assertRegex(element.find(f"{ATOM}updated").text, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")
        self.assertTrue(feed.find(f"{ATOM}author") is not None
                        or all(entry.find(f"{ATOM}author") is not None for entry in entries))
        ids = [entry.find(f"{ATOM}id").text for entry in entries]
        self.assertEqual(len(ids), len(set(ids)))
        return entries

    def test_every_page_says_what_it_is_where_it_is_shared(self):
        base = json.loads((self.site / "catalog.json").read_bytes())["url"]
        for name, path in files(self.site).items():
            if not name.endswith(".html"):
                continue
            head = path.read_text(encoding="utf-8").split("</head>")[0]
            if 'name="robots"' in head:
                continue
            with self.subTest(page=name):
                address = base + name.removesuffix("index.html") if name.endswith("index.html") else base + name
                self.assertIn(f'<link rel="canonical" href="{address}">', head)
                self.assertIn(f'<meta property="og:url" content="{address}">', head)
                for key in ("title", "type", "site_name", "locale"):
                    self.assertRegex(head, f'<meta property="og:{key}" content="[^"]+">')
                trail = re.search(r'<script type="application/ld\+json">(.*?)</script>', head)
                if name.count("/") > (1 if name.startswith("en/") else 0) and not name.endswith("index.html"):
                    known = json.loads(trail[1])
                    known = known[0] if isinstance(known, list) else known
                    self.assertEqual(known["@type"], "BreadcrumbList")
                    self.assertEqual(known["itemListElement"][-1]["item"], address)

    def test_opensearch_leads_to_the_search_and_every_page_to_it(self):
        base = json.loads((self.site / "catalog.json").read_bytes())["url"]
        for folder in ("", "en/"):
            file = self.site / f"{folder}opensearch.xml"
            if not file.exists():
                continue
            root = ElementTree.parse(file).getroot()
            self.assertEqual(root.tag, f"{OPENSEARCH}OpenSearchDescription")
            templates = {url.get("type"): url.get("template") for url in root.iter(f"{OPENSEARCH}Url")}
            self.assertEqual(templates["text/html"], f"{base}{folder}search.html?q={{searchTerms}}")
            self.assertTrue((self.site / f"{folder}search.html").is_file())
            self.assertLessEqual(len(root.find(f"{OPENSEARCH}ShortName").text), 16)
            for page in ("index.html", "data/index.html"):
                depth = "../" * page.count("/")
                self.assertIn(f'href="{depth}opensearch.xml"', (self.site / folder / page).read_text(encoding="utf-8"))
        self.assertTrue((self.site / "opensearch.xml").exists())

    def test_verify_finds_the_site_whole_and_a_flipped_byte_in_a_copy(self):
        def verify(tree):
            return subprocess.run([BINARY, "verify", "--lang", "en", tree], capture_output=True, text=True, encoding="utf-8")

        self.assertEqual(verify(self.site).returncode, 0)
        table = sorted(path for path in files(self.site) if path.endswith(".parquet"))[0]
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy"
            shutil.copytree(self.site, copy, copy_function=os.link if os.stat(folder).st_dev == os.stat(self.site).st_dev else shutil.copy2)
            content = bytearray((copy / table).read_bytes())
            content[len(content) // 2] ^= 1
            (copy / table).unlink()
            (copy / table).write_bytes(content)
            found = verify(copy)
        self.assertEqual(found.returncode, 1)
        self.assertIn(f"{table}: changed", found.stdout)


class ListsOfTheCity(OfTheCity, Lists):
    pass
