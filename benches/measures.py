"""Writes the same measures as content of Kawaraban and of Hugo.

    python benches/measures.py SIZE FOLDER

writes FOLDER/kawaraban/content and FOLDER/hugo. `benches/compare` runs it; `benches/search` takes the measures.
"""

import csv
import json
import os
import shutil
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "real"))

import content  # noqa: E402
import judgit  # noqa: E402
import judgit_2022  # noqa: E402
import judgit_2023  # noqa: E402

YEARS = (2023, 2022, 2021, 2020)
RATINGS = [
    ("met", "達成", "目標に届いた。"),
    ("nearly", "ほぼ達成", "目標の八割に届いた。"),
    ("missed", "未達成", "目標に届かなかった。"),
]


@dataclass
class Programme:
    """A real text, from which measures are made."""

    id: str
    department: str
    title: str
    purpose: str
    outline: str
    account: str
    indicators: list[dict] = field(default_factory=list)
    budgets: list[dict] = field(default_factory=list)


def main():
    size, folder = int(sys.argv[1]), Path(sys.argv[2])
    texts, departments, measures = made(size)
    write_kawaraban(folder / "kawaraban", departments, measures)
    write_hugo(folder / "hugo", departments, measures)
    (folder / "source.json").write_text(json.dumps({"texts": texts}))


def made(size: int) -> tuple[str, list[dict], list[dict]]:
    """Where the texts come from, departments, and `size` measures."""
    shared = Path(os.environ.get("KAWARABAN_SHARED", ROOT.parent / "shared")) / "data" / "judgit"
    if shared.is_dir():
        texts, departments, programmes = "real programmes", judgit_departments(), judgit_programmes(shared)
    else:
        texts, departments, programmes = "sample content", *sample_programmes()
    return texts, departments, [measure(programmes, number) for number in range(size)]


def measure(programmes: list[Programme], number: int) -> dict:
    """The measure of that number: past the last programme, purpose and outline of two are crossed, so
    that no text comes twice."""
    lap, index = divmod(number, len(programmes))
    own = programmes[index]
    other = programmes[(index + 37 * lap) % len(programmes)]
    name = own.id if lap == 0 else f"{own.id}-lap{lap}"
    rating = RATINGS[(index + lap) % len(RATINGS)]
    return {
        "id": name,
        "fiscal_year": YEARS[(index // 7 + lap) % len(YEARS)],
        "department": own.department,
        "title": own.title if lap == 0 else f"{own.title}（第{lap + 1}期）",
        "direction": judgit.paragraphs(own.purpose, other.outline),
        "rating": rating[0],
        "rating_label": rating[1],
        "account": judgit.paragraphs(other.account, own.outline[:200]),
        "indicators": [{**row, "indicator": f"{name}-{row['indicator']}"} for row in own.indicators],
        "budgets": own.budgets,
    }


def judgit_departments() -> list[dict]:
    return [{"id": short, "name": name} for name, short in judgit.MINISTRIES.items()]


def judgit_programmes(folder: Path) -> list[Programme]:
    outcomes: dict[str, list[dict]] = {}
    for row in judgit_2022.read(folder, "outcomes"):
        outcomes.setdefault(row["事業番号"], []).append({
            "indicator": f"kpi-{row['seq']}",
            "name": row["成果指標"],
            "unit": row["単位"],
            "fiscal_year": row["年度"],
            "target": row["目標値"],
            "actual": row["実績値"],
        })
    groups = list(outcomes.values())
    programmes = []
    for index, sheet in enumerate(judgit_2023.read(folder)):
        own = judgit_2023.measure(sheet)
        programmes.append(Programme(
            own["id"], own["department"], own["title"],
            sheet["事業目的"] or "", sheet["事業概要"] or "", own["account"],
            groups[index % len(groups)],
            [{key: row[key] for key in ("fiscal_year", "budget", "settled")}
             for row in (judgit_2023.budget(sheet, year) for year in sheet["予算"])],
        ))
    return programmes


def sample_programmes() -> tuple[list[dict], list[Programme]]:
    """The measures of the repository's own content, their figures left aside."""
    programmes, departments = [], {}
    for path in sorted((ROOT / "content" / "policies").rglob("*.toml")):
        policy = tomllib.loads(path.read_text(encoding="utf-8"))
        departments[policy["department"]] = policy["department"]
        for row in policy.get("measures", []):
            programmes.append(Programme(
                row["id"], policy["department"], row["title"], row.get("direction", ""),
                policy.get("statement", ""), row.get("result", {}).get("account", "")))
    for path in sorted((ROOT / "content" / "measures").rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("id"):
                    department = content.stable_id("dep", row["department"])
                    departments[department] = row["department"]
                    programmes.append(Programme(row["id"], department, row["title"], row.get("direction") or "",
                                                "", row.get("account") or ""))
    if not programmes:
        raise SystemExit("measures.py: neither ../shared/data/judgit nor measures in content/ are there")
    return [{"id": key, "name": name} for key, name in departments.items()], programmes


def write_kawaraban(root: Path, departments: list[dict], measures: list[dict]):
    folder = content.Content(root)
    folder.site(title="施策の一覧", publisher="見本市", code="131016", budget_unit="百万円", ratings=RATINGS)
    folder.table("departments.csv", content.DEPARTMENTS, departments)
    columns = [name for name in content.MEASURES if name != "topics"]
    folder.table("measures/all.csv", columns, [{name: row[name] for name in columns} for row in measures])
    folder.table("indicators/all.csv", content.INDICATORS,
                 [{"measure": row["id"], "better": "higher", **indicator} for row in measures for indicator in row["indicators"]])
    folder.table("budgets/all.csv", content.BUDGETS,
                 [{"measure": row["id"], **budget} for row in measures for budget in row["budgets"]])


def write_hugo(root: Path, departments: list[dict], measures: list[dict]):
    shutil.copytree(ROOT / "benches" / "hugo", root)
    names = {department["id"]: department["name"] for department in departments}
    for order, row in enumerate(measures):
        facts = {key: value for key, value in row.items() if key not in ("direction", "account", "id")}
        facts |= {"weight": order + 1, "department_name": names[row["department"]], "outputs": ["html", "json"]}
        write_page(root, f"measures/{row['id']}", facts,
                   f"## めざす方向\n\n{row['direction']}\n\n## 実績\n\n{row['account']}\n")
    groups: dict[tuple[str, str], dict] = {}

    def add(section, name, title, outputs, row):
        page = groups.setdefault((section, name), {"title": title, "outputs": outputs, "measures": []})
        page["measures"].append({"id": row["id"], "title": row["title"], "rating": row["rating_label"],
                                 "fiscal_year": row["fiscal_year"]})

    for row in measures:
        department, year = row["department"], row["fiscal_year"]
        add("policies", f"{year}-{department}", f"{names[department]} {year}年度", ["html", "json"], row)
        add("departments", department, names[department], ["html"], row)
        add("years", str(year), f"{year}年度", ["html"], row)
        add("ratings", row["rating"], row["rating_label"], ["html"], row)
    for (section, name), page in groups.items():
        write_page(root, f"{section}/{name}", {**page, "type": "lists"}, "")
    for section in ("measures", "policies", "departments", "years", "ratings"):
        write_page(root, f"{section}/_index", {"title": section}, "")


def write_page(root: Path, path: str, facts: dict, body: str):
    target = root / "content" / f"{path}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n\n" + body, encoding="utf-8")


if __name__ == "__main__":
    main()
