"""The 1,000 sampled programmes of the 2022 review: a programme is a measure, a ministry its department.

    python tests/real/judgit_2022.py SHARED/data/judgit ROOT

writes ROOT/content. An outcome (成果指標) is an indicator with the programme's number and its `seq`; more
is taken to be better, since the source does not say. Figures stand with the digits of the source.
"""

import csv
import gzip
import sys
from pathlib import Path

from content import BUDGETS, DEPARTMENTS, INDICATORS, MEASURES, Content
from judgit import MINISTRIES, departments, described, measure_id, paragraphs


def read(folder: Path, name: str) -> list[dict]:
    path = Path(folder) / f"{name}-2022-sample.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def measure(project: dict) -> dict:
    return {
        "id": measure_id(project["事業番号"]),
        "fiscal_year": "2022",
        "department": MINISTRIES[project["府省庁"]],
        "title": project["事業名"],
        "direction": paragraphs(project["事業目的"], project["事業概要"]),
        "rating": "not-rated",
        "account": described(
            担当=f"{project['担当部局庁']} {project['担当課室']}",
            実施方法=project["実施方法"],
            会計区分=project["会計区分"],
            主要施策=project["主要施策"],
        ),
    }


def indicator(outcome: dict) -> dict:
    measure = measure_id(outcome["事業番号"])
    return {
        "measure": measure,
        "indicator": f"{measure}-kpi-{outcome['seq']}",
        "name": outcome["成果指標"],
        "unit": outcome["単位"],
        "better": "higher",
        "fiscal_year": outcome["年度"],
        "target": outcome["目標値"],
        "actual": outcome["実績値"],
        "note": outcome["成果目標"],
    }


def budget(row: dict) -> dict:
    return {
        "measure": measure_id(row["事業番号"]),
        "fiscal_year": row["年度"],
        "budget": row["予算計"],
        "settled": row["執行額"],
        "note": described(当初予算=row["当初予算"], 補正予算=row["補正予算"]),
    }


def convert(source: Path, root: Path):
    projects = read(source, "projects")
    content = Content(root)
    content.site(title="行政事業レビュー 2022", publisher="日本国政府", code="131016", budget_unit="百万円")
    names = {project["府省庁"] for project in projects}
    content.table("departments.csv", DEPARTMENTS, departments(names))
    content.table("measures/2022.csv", MEASURES, [measure(project) for project in projects])
    content.table("indicators/2022.csv", INDICATORS, [indicator(row) for row in read(source, "outcomes")])
    content.table("budgets/2022.csv", BUDGETS, [budget(row) for row in read(source, "budget")])


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
