"""Seven cities' evaluations of their programmes (事務事業評価): one site a city.

    python tests/real/jimujigyo.py SHARED/data/jimujigyo ROOT raw|clean

writes ROOT/<code>/content for each city. A bureau (`bureau`) is a department, its sections
(`department`) are departments below it, a programme is a measure of its section, and what the city
means to do with it (`direction`: 拡大, 現状継続 …) is the declared rating. The source names no fiscal year;
2023 stands for all of it.

`raw` leaves every cell of a number as the city wrote it, so that the build must name each that is not
one. `clean` moves each of these, as it stands, into the note, so that nothing is lost.
"""

import csv
import re
import sys
from pathlib import Path

from content import BUDGETS, DEPARTMENTS, INDICATORS, MEASURES, TOPICS, Content, stable_id

FISCAL_YEAR = "2023"
RATINGS = {
    "拡大": "expand",
    "現状継続": "continue",
    "改善（手段変更）": "improve",
    "縮小": "reduce",
    "廃止方向": "abolish",
    "完了": "complete",
    "判断できない": "undecided",
    "評価対象外": "not-rated",
}
KINDS = {"output": "活動指標", "outcome": "成果指標"}

# A number as a clerk may write it; anything else in a cell of numbers is dirty.
NUMBER = re.compile(r"[-−▲△]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


def read(folder: Path, name: str) -> list[dict]:
    with (Path(folder) / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def is_dirty(value: str) -> bool:
    """Blank is not dirty: it is not known."""
    return value.strip() != "" and NUMBER.fullmatch(value.strip()) is None


def measure_id(number: str) -> str:
    return f"programme-{number.lower()}"


def section_id(programme: dict) -> str:
    return stable_id("section", programme["bureau"], programme["department"])


def departments(programmes: list[dict]) -> list[dict]:
    rows = {}
    for programme in programmes:
        bureau = stable_id("bureau", programme["bureau"])
        rows[bureau] = {"id": bureau, "name": programme["bureau"]}
    for programme in programmes:
        section = section_id(programme)
        parent = stable_id("bureau", programme["bureau"])
        rows[section] = {"id": section, "name": programme["department"], "parent": parent}
    return list(rows.values())


def topics(programmes: list[dict]) -> list[dict]:
    names = dict.fromkeys(programme["category"] for programme in programmes)
    return [{"id": stable_id("topic", name), "name": name} for name in names if name]


def measure(programme: dict) -> dict:
    source = f"{programme['source_url']} {programme['pdf_page']}ページ".strip()
    category = programme["category"]
    return {
        "id": measure_id(programme["no"]),
        "fiscal_year": FISCAL_YEAR,
        "department": section_id(programme),
        "title": programme["name"],
        "topics": stable_id("topic", category) if category else "",
        "rating": RATINGS[programme["direction"]],
        "account": f"今後の方向性は{programme['direction']}。法定義務: {programme['statutory']}。出典: {source}",
    }


def indicator(row: dict, mode: str) -> dict:
    measure, value, note = measure_id(row["programme_no"]), row["value"], KINDS[row["kind"]]
    if mode == "clean" and is_dirty(value):
        value, note = "", f"{note}。原文の値は「{value}」"
    return {
        "measure": measure,
        "indicator": f"{measure}-{row['kind']}-{row['seq']}",
        "name": row["name"],
        "unit": row["unit"],
        "better": "higher",
        "fiscal_year": FISCAL_YEAR,
        "actual": value,
        "note": note,
    }


def budget(programme: dict) -> dict:
    return {
        "measure": measure_id(programme["no"]),
        "fiscal_year": FISCAL_YEAR,
        "budget": programme["budget_kyen"],
    }


def convert(source: Path, root: Path, mode: str) -> dict[str, Path]:
    """The site's root by city code."""
    programmes, indicators = read(source, "programmes"), read(source, "indicators")
    ratings = [(rating, label, f"今後の方向性が「{label}」とされたもの。")
               for label, rating in RATINGS.items() if rating != "not-rated"]
    roots = {}
    for code in dict.fromkeys(programme["lgcode"] for programme in programmes):
        own = [programme for programme in programmes if programme["lgcode"] == code]
        roots[code] = Path(root) / code
        content = Content(roots[code])
        city = own[0]["municipality"]
        content.site(title=f"{city} 事務事業評価", publisher=city, code=code, ratings=ratings)
        content.table("departments.csv", DEPARTMENTS, departments(own))
        content.table("topics.csv", TOPICS, topics(own))
        content.table("measures/programmes.csv", MEASURES, [measure(programme) for programme in own])
        content.table("budgets/programmes.csv", BUDGETS, [budget(programme) for programme in own])
        content.table("indicators/programmes.csv", INDICATORS,
                      [indicator(row, mode) for row in indicators if row["lgcode"] == code])
    return roots


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
