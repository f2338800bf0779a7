"""The programme reviews of 2022 (a sample, with outcomes) and 2023 (whole): every programme, every
budget row and every outcome row is published with the source's own figures."""

import judgit_2022
import judgit_2023
import pages
from figures import figure, text
from support import BuildTest, real_data


class Judgit(BuildTest):
    def test_programmes_of_2022(self):
        source = real_data("judgit")
        root = self.folder / "judgit-2022"
        judgit_2022.convert(source, root)
        projects, outcomes, budgets = (
            judgit_2022.read(source, name) for name in ("projects", "outcomes", "budget"))
        self.assertEqual((len(projects), len(outcomes), len(budgets)), (1000, 4821, 5000))

        ids = [judgit_2022.measure_id(project["事業番号"]) for project in projects]
        found = pages.assert_measures(self, self.build_whole(root), ids)

        measures = [judgit_2022.measure(project) for project in projects]
        self.assert_same_rows(found.texts(), source_texts(measures), "texts")
        self.assert_same_rows(
            found.indicators(),
            [(judgit_2022.measure_id(row["事業番号"]),
              f"{judgit_2022.measure_id(row['事業番号'])}-kpi-{row['seq']}",
              text(row["成果指標"]), text(row["単位"]), row["年度"],
              figure(row["目標値"]), figure(row["実績値"]), text(row["成果目標"])) for row in outcomes],
            "outcomes")
        self.assert_same_rows(
            found.budgets(),
            [(judgit_2022.measure_id(row["事業番号"]), row["年度"], figure(row["予算計"]),
              figure(row["執行額"]), text(judgit_2022.budget(row)["note"])) for row in budgets],
            "budgets")

    def test_sheets_of_2023(self):
        source = real_data("judgit")
        root = self.folder / "judgit-2023"
        judgit_2023.convert(source, root)
        sheets = judgit_2023.read(source)
        self.assertEqual(len(sheets), 5227)

        ids = [judgit_2023.measure_id(sheet["事業番号"]) for sheet in sheets]
        found = pages.assert_measures(self, self.build_whole(root), ids)

        measures = [judgit_2023.measure(sheet) for sheet in sheets]
        self.assert_same_rows(found.texts(), source_texts(measures), "texts")
        self.assert_same_rows(
            found.budgets(),
            [(judgit_2023.measure_id(sheet["事業番号"]), str(year["年度"]),
              figure(judgit_2023.decimal_text(year.get("予算計"))),
              figure(judgit_2023.decimal_text(year.get("執行額"))),
              text(judgit_2023.budget(sheet, year)["note"]))
             for sheet in sheets for year in sheet["予算"]],
            "budgets")


def source_texts(measures):
    return [(row["id"], text(row["title"]), row["department"], text(row["direction"]), text(row["account"]))
            for row in measures]
