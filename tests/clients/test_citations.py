"""Reference managers read the citations: every special character comes back as it was written."""

import json
import tempfile
import unittest
from pathlib import Path

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from support import ROOT, SITE, Built

# Characters with a meaning in BibTeX, TeX or RIS, and quotes of several kinds.
AWKWARD = 'A & B 100% _x_ #1 {braces} {one } \\back $5 ~x ^2 "quoted" \'single\' “curly” 「かぎ」 – é, 一覧'

DATASET = """
title = '''{title}'''
description = "引用の試験に使う表。"
department = "planning"
authors = ["{first}", '''{second}''']
doi = "10.12345/kawara_(1)"
updated = 2024-03-05
primary_key = ["id"]

[[columns]]
name = "id"
"""


def bibtex(path: Path) -> dict:
    library = bibtexparser.parse_file(str(path), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks, library.failed_blocks
    [entry] = library.entries
    return {"type": entry.entry_type, "key": entry.key, **{field.key: field.value for field in entry.fields}}


def bare(text: str) -> str:
    """A value without the braces that keep it together. The parser reads a circumflex as the modifier letter."""
    return text.removeprefix("{").removesuffix("}").replace("ˆ", "^")


class Citations(unittest.TestCase):
    def test_every_citation_of_the_sample_is_read(self):
        catalog = json.loads((SITE / "catalog.json").read_bytes())
        titles = {dataset["id"]: dataset["title"] for dataset in catalog["datasets"]}
        files = sorted((SITE / "data").glob("*/*/*.bib"))
        self.assertGreaterEqual(len(files), len(titles) + 5)
        keys = set()
        for path in files:
            with self.subTest(file=path.relative_to(SITE).as_posix()):
                entry = bibtex(path)
                keys.add(entry["key"])
                self.assertEqual(entry["type"], "misc")
                self.assertEqual(bare(entry["publisher"]), catalog["publisher"]["name"])
                self.assertTrue(entry["url"].startswith(catalog["url"]))
                self.assertNotIn("urldate", entry, "the day of access is not known when the site is built")
                [record] = rispy.loads(path.with_suffix(".ris").read_text(encoding="utf-8") + "\n")
                self.assertEqual(record["type_of_reference"], "DATA")
                self.assertEqual(record["title"], bare(entry["title"]))
                self.assertEqual(record["urls"], [entry["url"]])
                if path.parent.name == "latest":
                    self.assertEqual(record["title"], titles[path.stem])
                else:
                    self.assertEqual((entry["version"], record["edition"]), (path.parent.name,) * 2)
                self.assertNotIn("access_date", record)
        self.assertEqual(len(keys), len(files), "no two entries have the same key")

    def test_awkward_characters_come_back(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            site = ROOT / "tests/errors/site"
            for file in site.rglob("*"):
                if file.is_file() and "datasets" not in file.parts:
                    target = root / file.relative_to(site)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(file.read_bytes())
            dataset = root / "content/datasets/awkward"
            dataset.mkdir(parents=True)
            second = AWKWARD.replace(" and ", " ")
            text = DATASET.replace("{title}", AWKWARD).replace("{first}", "環境課").replace("{second}", second)
            (dataset / "dataset.toml").write_text(text, encoding="utf-8")
            (dataset / "awkward.csv").write_text("id\n1\n", encoding="utf-8")
            built = Built(root, root / "public")
            self.assertEqual(built.status, 0, built.output)
            latest = root / "public/data/awkward/latest"
            entry = bibtex(latest / "awkward.bib")
            self.assertEqual(bare(entry["title"]), AWKWARD)
            self.assertEqual([bare(name) for name in entry["author"].split(" and ")], ["環境課", AWKWARD])
            self.assertEqual((entry["year"], entry["month"], entry["doi"]), ("2024", "mar", "10.12345/kawara_(1)"))
            [record] = rispy.loads((latest / "awkward.ris").read_text(encoding="utf-8") + "\n")
            self.assertEqual(record["title"], AWKWARD)
            self.assertEqual(record["authors"], ["環境課", AWKWARD])
            self.assertEqual((record["year"], record["date"], record["doi"]), ("2024", "2024/03/05/", "10.12345/kawara_(1)"))


if __name__ == "__main__":
    unittest.main()
