"""Writes the content of invented cities, each after a real one.

    python benches/invented_cities.py CITIES YEARS FOLDER

writes FOLDER/content/<code>/content for each city, and FOLDER/cities.csv, the table of them that
`deploy/spark/build_cities.py` builds. `benches/lake` runs it.

A city takes its departments, topics, and how many indicators a programme has from one of the seven
cities in `jimujigyo`; its texts and amounts from the ministries' programmes in `judgit`, crossed so that
no text comes twice; its rating scale, its unit of money, and whether money has categories, measures have
a column of the city's own, or there is a dataset of a common standard, are made. A programme is a measure
in each year. Most cities are small: a city has from 50 to 800 programmes, half of them at most 97, and
200 on average.
"""

import csv
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / folder) for folder in ("tests/lake", "tests", "benches")]

import cities  # noqa: E402
import jimujigyo  # noqa: E402
import measures as texts  # noqa: E402
from content import BUDGETS, DEPARTMENTS, INDICATORS, MEASURES, TOPICS, Content  # noqa: E402
from support import SHARED  # noqa: E402

LAST_YEAR = 2023
FEWEST, MOST = 50, 800
# Labels with their tones, best first, and how many of a hundred measures have each.
SCALES = [
    [("達成", "good", 35), ("一部達成", "fair", 45), ("未達成", "poor", 20)],
    [("A", "good", 20), ("B", "good", 45), ("C", "fair", 25), ("D", "poor", 10)],
    [("順調", "good", 55), ("概ね順調", "fair", 30), ("やや遅れ", "poor", 10), ("遅れ", "poor", 5)],
]
UNITS = ["千円", "百万円", "円"]


def main():
    count, years, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    source = SHARED / "data"
    for name in ("jimujigyo", "judgit"):
        if not (source / name).is_dir():
            raise SystemExit(f"invented_cities.py: the real data are missing: {source / name}")
    patterns, programmes = real_cities(source / "jimujigyo"), texts.judgit_programmes(source / "judgit")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("code", "root", "measures"))
        first = 0
        for index in range(count):
            code, size = cities.code_of(cities.spread(index)), size_of(index, count)
            own = [texts.measure(programmes, number) for number in range(first, first + size)]
            city = City(index, patterns[index % len(patterns)], own)
            city.write(folder / "content" / code, range(LAST_YEAR - years + 1, LAST_YEAR + 1))
            table.writerow((code, f"content/{code}", size * years))
            first += size


def size_of(index: int, count: int) -> int:
    """How many programmes a city has; the sizes come in no order."""
    place = index * 61 % count / max(count - 1, 1)
    return round(FEWEST + (MOST - FEWEST) * place**4)


def real_cities(source: Path) -> list[list[dict]]:
    """The programmes of each real city, each with its indicators."""
    indicators: dict[tuple[str, str], list[dict]] = {}
    for row in jimujigyo.read(source, "indicators"):
        indicators.setdefault((row["lgcode"], row["programme_no"]), []).append(row)
    found: dict[str, list[dict]] = {}
    for row in jimujigyo.read(source, "programmes"):
        own = indicators.get((row["lgcode"], row["no"]), [])
        found.setdefault(row["lgcode"], []).append({**row, "indicators": own})
    return list(found.values())


class City:
    """An invented city with the shape of a real one and the texts of `own`."""

    def __init__(self, index: int, pattern: list[dict], own: list[dict]):
        self.index, self.random = index, random.Random(index)
        # A small city has some of the real one's programmes, a large one has them more than once.
        self.programmes = [
            (f"programme-{place + 1}", pattern[place % len(pattern)], text) for place, text in enumerate(own)
        ]
        self.scale = [(f"grade-{place + 1}", *grade) for place, grade in enumerate(SCALES[index % len(SCALES)])]
        self.has_categories, self.has_field = index % 4 == 0, index % 5 == 0

    def write(self, root: Path, years: range):
        content = Content(root)
        name = f"見本第{self.index + 1}市"
        ratings = [(rating, label, f"{label}とされたもの。") for rating, label, _, _ in self.scale]
        content.site(title=f"{name}の事業", publisher=name, code=cities.code_of(cities.spread(self.index)),
                     budget_unit=UNITS[self.index % len(UNITS)], ratings=ratings)
        cities.set_tones(content, [tone for _, _, tone, _ in self.scale])
        shapes = [shape for _, shape, _ in self.programmes]
        content.table("departments.csv", DEPARTMENTS, jimujigyo.departments(shapes))
        content.table("topics.csv", TOPICS, jimujigyo.topics(shapes))
        if self.has_field:
            content.text("fields.toml", cities.own_field("number"))
        if self.index % 3 == 0:
            cities.own_dataset(root, "aed", "aed", [f"第{number}公民館" for number in range(1, 41)])
        for year in years:
            self.write_year(content, year)

    def write_year(self, content: Content, year: int):
        measures, budgets, indicators = [], [], []
        for place, (series, shape, text) in enumerate(self.programmes):
            name = f"{series}-{year}"
            # Accounts that only repeat the year before would be refused.
            account = self.programmes[(place + year) % len(self.programmes)][2]["account"]
            measures.append({**self.measure(shape, text), "id": name, "series": series, "fiscal_year": year,
                             "account": account})
            amount = self.random.randrange(100, 100_000)
            parts = ("事業費", "人件費") if self.has_categories else ("",)
            budgets += [{"measure": name, "fiscal_year": year, "category": part, "budget": amount,
                         "settled": amount * self.random.randrange(70, 101) // 100} for part in parts]
            indicators += [self.indicator(name, series, year, row) for row in shape["indicators"]]
        own = ["cost"] if self.has_field else []
        content.table(f"measures/{year}.csv", [*MEASURES, "series", *own], measures)
        content.table(f"budgets/{year}.csv", [*BUDGETS, "category"], budgets)
        content.table(f"indicators/{year}.csv", INDICATORS, indicators)

    def measure(self, shape: dict, text: dict) -> dict:
        weights = [weight for _, _, _, weight in self.scale]
        return {
            "department": jimujigyo.section_id(shape),
            "title": text["title"],
            "topics": jimujigyo.stable_id("topic", shape["category"]) if shape["category"] else "",
            "direction": text["direction"],
            "rating": self.random.choices(self.scale, weights)[0][0],
            **({"cost": self.random.randrange(1, 1000)} if self.has_field else {}),
        }

    def indicator(self, measure: str, series: str, year: int, row: dict) -> dict:
        target = self.random.randrange(10, 1000)
        return {
            "measure": measure,
            "indicator": f"{series}-{row['kind']}-{row['seq']}",
            "name": row["name"],
            "unit": row["unit"],
            "better": "higher",
            "fiscal_year": year,
            "target": target,
            "actual": target * self.random.randrange(60, 130) // 100,
        }


if __name__ == "__main__":
    main()
