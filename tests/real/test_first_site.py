"""From an empty folder to a site: `new`, a list of departments, 312 sheets, `forms guess`, one reading, `build`."""

import shutil
import subprocess
import unittest

import openpyxl

from support import BINARY, ROOT, BuildTest, real_data

SCALE = "".join(
    f'\n[[ratings]]\nid = "{grade.lower()}"\nlabel = "{grade}"\nmeaning = "{grade}の評価"\ntone = "{tone}"\n'
    for grade, tone in zip("ABCDEF", ["good", "good", "fair", "poor", "poor", "poor"])
)


class FirstSite(BuildTest):
    def kawaraban(self, *arguments) -> str:
        run = subprocess.run([BINARY, *arguments], capture_output=True, text=True, encoding="utf-8", cwd=self.city)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        return run.stdout + run.stderr

    def test_sheets_become_a_site_with_one_reading_of_the_draft(self):
        self.city = self.folder / "city"
        self.city.mkdir()
        self.kawaraban("new", ".", "--csv", "--lang", "en")
        content = self.city / "content"
        for name in ("policies", "measures", "indicators", "budgets"):
            shutil.rmtree(content / name)
        shutil.copy(ROOT / "tests/fixtures/forms/common/departments.csv", content / "departments.csv")
        sheets = content / "sheets" / "2024" / "sheets.xlsx"
        sheets.parent.mkdir(parents=True)
        count = self.write_sheets(sheets)

        said = self.kawaraban("forms", "guess", "content/sheets/2024/sheets.xlsx", "--lang", "en")
        self.assertIn("content/forms/sheets.toml", said)
        # The one reading: the draft is right, and the scale of the sheets goes into the settings.
        form = content / "forms" / "sheets.toml"
        draft = form.read_text("utf-8").splitlines(keepends=True)
        marks = [line for line in draft if line.startswith("draft = true")]
        self.assertEqual(len(marks), 1)
        draft.remove(marks[0])
        form.write_text("".join(draft), "utf-8")
        settings = content / "site.toml"
        before, scale = settings.read_text("utf-8").split("\n[[ratings]]", 1)
        after = scale[scale.index("\n#"):]
        settings.write_text(before + SCALE + after, "utf-8")

        built = self.build(self.city)
        self.assertEqual((built.status, built.errors), (0, []), built.output)
        self.assertEqual(len(list((built.out / "measures").glob("*.json"))), count)

    def write_sheets(self, path) -> int:
        """The sheets of the example thirteen times, each with a number of its own; formulas as their results, which
        openpyxl would not store."""
        workbook = openpyxl.load_workbook(real_data("forms") / "sheets.xlsx", data_only=True)
        numbered = [sheet for sheet in workbook.worksheets if sheet.title.isdigit()]
        count = len(numbered)
        for sheet in numbered:
            for copy in range(1, 13):
                copied = workbook.copy_worksheet(sheet)
                copied.title = str(copy * 1000 + int(sheet.title))
                copied["D3"] = f"{copy:02}{sheet['D3'].value}"
                count += 1
        workbook.save(path)
        return count


if __name__ == "__main__":
    unittest.main()
