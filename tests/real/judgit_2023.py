"""All 5,227 sheets of the 2023 review: a sheet is a measure, a ministry its department.

    python tests/real/judgit_2023.py SHARED/data/judgit ROOT

writes ROOT/content. The sheets have budgets, but no outcomes yet.
"""

import gzip
import json
import sys
from pathlib import Path

from content import BUDGETS, DEPARTMENTS, MEASURES, Content, decimal_text
from judgit import MINISTRIES, departments, described, measure_id, paragraphs


def read(folder: Path) -> list[dict]:
    path = Path(folder) / "judgit-2023.ndjson.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def measure(sheet: dict) -> dict:
    return {
        "id": measure_id(sheet["事業番号"]),
        "fiscal_year": str(sheet["公開年度"]),
        "department": MINISTRIES[sheet["府省庁"]],
        "title": sheet["事業名"],
        "direction": paragraphs(sheet["事業目的"], sheet["事業概要"]),
        "rating": "not-rated",
        "account": described(
            担当=" ".join(filter(None, [sheet["担当部局庁"], sheet["担当課室"]])),
            実施方法="・".join(sheet["実施方法"] or []),
            会計区分="・".join(sheet["会計区分"] or []),
            主要施策=sheet["主要施策"],
        ),
    }


def budget(sheet: dict, year: dict) -> dict:
    parts = {name: decimal_text(value) for name, value in year.items() if name not in ("年度", "予算計", "執行額")}
    return {
        "measure": measure_id(sheet["事業番号"]),
        "fiscal_year": str(year["年度"]),
        "budget": decimal_text(year.get("予算計")),
        "settled": decimal_text(year.get("執行額")),
        "note": described(**parts),
    }


def convert(source: Path, root: Path):
    sheets = read(source)
    content = Content(root)
    content.site(title="行政事業レビュー 2023", publisher="日本国政府", code="131016", budget_unit="百万円")
    content.table("departments.csv", DEPARTMENTS, departments({sheet["府省庁"] for sheet in sheets}))
    content.table("measures/2023.csv", MEASURES, [measure(sheet) for sheet in sheets])
    content.table("budgets/2023.csv", BUDGETS, [budget(sheet, year) for sheet in sheets for year in sheet["予算"]])


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
