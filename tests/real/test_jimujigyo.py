"""Seven cities: as the cities wrote them, the build names each dirty cell and no other and publishes
nothing; with these cells moved to the notes, every programme and every row is published."""

import csv

import jimujigyo
import pages
from figures import figure, text
from support import BuildTest, real_data


class Jimujigyo(BuildTest):
    def test_each_dirty_cell_is_named(self):
        source = real_data("jimujigyo")
        dirty_in_all = 0
        for code, root in jimujigyo.convert(source, self.folder, "raw").items():
            with self.subTest(city=code):
                dirty = dirty_cells(root / "content/indicators/programmes.csv")
                dirty_in_all += len(dirty)
                built = self.build(root)
                named = {error["place"].get("cell") for error in built.errors}
                self.assertEqual(named, dirty, built.output[-2000:])
                self.assertEqual({error["code"] for error in built.errors},
                                 {"table::not-a-number"} if dirty else set())
                self.assertEqual({error["place"]["file"] for error in built.errors},
                                 {"content/indicators/programmes.csv"} if dirty else set())
                self.assertEqual(built.status, 1 if dirty else 0)
                self.assertEqual(built.out.exists(), not dirty, "nothing may be published beside an error")
        in_source = [row for row in jimujigyo.read(source, "indicators") if jimujigyo.is_dirty(row["value"])]
        self.assertGreater(len(in_source), 0)
        self.assertEqual(dirty_in_all, len(in_source))

    def test_every_programme_is_published(self):
        source = real_data("jimujigyo")
        programmes, indicators = (jimujigyo.read(source, name) for name in ("programmes", "indicators"))
        roots = jimujigyo.convert(source, self.folder, "clean")
        self.assertEqual((len(roots), len(programmes), len(indicators)), (7, 3211, 5988))
        for code, root in roots.items():
            with self.subTest(city=code):
                own = [row for row in programmes if row["lgcode"] == code]
                ids = [jimujigyo.measure_id(row["no"]) for row in own]
                found = pages.assert_measures(self, self.build_whole(root), ids)
                self.assert_same_rows(
                    [(name, title) for name, title, *_ in found.texts()],
                    [(jimujigyo.measure_id(row["no"]), text(row["name"])) for row in own], "titles")
                self.assert_same_rows(
                    found.budgets(),
                    [(jimujigyo.measure_id(row["no"]), jimujigyo.FISCAL_YEAR,
                      figure(row["budget_kyen"]), "", "") for row in own], "budgets")
                self.assert_same_rows(
                    [(measure, indicator, name, unit, actual, note)
                     for measure, indicator, name, unit, _, _, actual, note in found.indicators()],
                    [self.as_published(row) for row in indicators if row["lgcode"] == code], "indicators")

    @staticmethod
    def as_published(row):
        measure = jimujigyo.measure_id(row["programme_no"])
        actual, note = row["value"], jimujigyo.KINDS[row["kind"]]
        if jimujigyo.is_dirty(actual):
            actual, note = "", f"{note}。原文の値は「{actual}」"
        return (measure, f"{measure}-{row['kind']}-{row['seq']}", text(row["name"]), text(row["unit"]),
                figure(actual), text(note))


def dirty_cells(path) -> set[str]:
    """Names of the cells of `actual` that are not numbers, as a spreadsheet program counts them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    column = rows[0].index("actual")
    letter = chr(ord("A") + column)
    return {f"{letter}{number}" for number, row in enumerate(rows, start=1)
            if number > 1 and jimujigyo.is_dirty(row[column])}
