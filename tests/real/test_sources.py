"""Each published value of sites that forms read stands in the cell that the site names, as openpyxl sees it."""

import csv
import json
import re
import shutil
import unittest
import unicodedata
from collections import Counter
from decimal import Decimal

import openpyxl

from support import ROOT, BuildTest, real_data

FORMS = ROOT / "tests" / "fixtures" / "forms"


def plain(text: str) -> str:
    """A text without differences of width and of white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def numbers(cell) -> list[Decimal]:
    """What a cell may be read as: its figure without the unit behind it, and, stored as a ratio, its percentage."""
    found = re.search(r"[-▲]?\d[\d,]*(\.\d+)?", unicodedata.normalize("NFKC", str(cell)))
    if found is None:
        return []
    number = Decimal(found.group().replace(",", "").replace("▲", "-"))
    return [number, number * 100]


class Sources(BuildTest):
    def site(self, name: str, year: str):
        content = self.folder / name / "content"
        shutil.copytree(FORMS / "common", content)
        shutil.copytree(FORMS / name, self.folder / name, dirs_exist_ok=True)
        sheets = content / "sheets" / year
        sheets.mkdir(parents=True)
        shutil.copy(real_data("forms") / f"{name}.xlsx", sheets)
        built = self.build(self.folder / name)
        self.assertEqual(built.status, 0, built.output)
        return built

    def table(self, built, name: str) -> list[dict]:
        path = built.out / "data" / name / "latest" / f"{name}.json"
        return json.loads(path.read_bytes(), parse_float=str, parse_int=str)["rows"]

    def test_every_figure_and_title_stands_in_its_cell(self):
        for name, year, least in [("sheets", "2024", 700), ("wide", "2025", 2000), ("list", "2024", 60)]:
            with self.subTest(form=name):
                built = self.site(name, year)
                with (built.out / "data/sources/latest/sources.csv").open(encoding="utf-8-sig", newline="") as file:
                    sources = list(csv.DictReader(file))
                values = self.values(built)
                workbook = openpyxl.load_workbook(
                    self.folder / name / "content" / "sheets" / year / f"{name}.xlsx", data_only=True)
                seen = Counter()
                for source in sources:
                    value = values.get((source["dataset"], source["record"], source["fact"]))
                    if value is None:
                        continue
                    cell = workbook[source["sheet"]][source["position"]].value
                    where = f"{source['sheet']} {source['position']}: {cell!r} for {value!r}"
                    self.assertIsNotNone(cell, where)
                    if source["fact"] in ("baseline", "target", "actual", "budget", "settled"):
                        self.assertIn(Decimal(value), numbers(cell), where)
                        seen["figures"] += 1
                    elif source["fact"] == "title":
                        self.assertIn(plain(value), plain(str(cell)), where)
                        seen["titles"] += 1
                self.assertGreaterEqual(seen["figures"], least, seen)
                self.assertEqual(seen["titles"], len(self.table(built, "measures")), seen)

    def values(self, built) -> dict:
        """Every figure and title by dataset, record and fact."""
        found = {}
        for row in self.table(built, "measures"):
            found["measures", row["id"], "title"] = row["title"]
        keys = {"indicators": ["indicator", "fiscal_year"], "budgets": ["fiscal_year", "source", "category"]}
        for dataset, key in keys.items():
            for row in self.table(built, dataset):
                within = [row[name] for name in key if name in row]
                record = "/".join([row["measure"], *within])
                for fact in ("baseline", "target", "actual", "budget", "settled"):
                    if row.get(fact) is not None:
                        found[dataset, record, fact] = row[fact]
        return found


if __name__ == "__main__":
    unittest.main()
