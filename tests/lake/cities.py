"""Content of invented cities, for lakes."""

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "real"))

from content import DEPARTMENTS, INDICATORS, TOPICS, Content  # noqa: E402

RATINGS = [("met", "達成", "good"), ("partly", "一部達成", "fair"), ("missed", "未達成", "poor")]
MEASURES = ["id", "series", "fiscal_year", "department", "title", "topics", "rating", "account"]
BUDGETS = ["measure", "fiscal_year", "category", "budget", "settled"]
DATASET = '''\
title = "AED設置箇所"
description = "AEDを置いている場所の一覧です。市内のすべての施設を載せています。"
conforms_to = "{standard}"
primary_key = ["id"]

[[columns]]
name = "id"
title = "ID"
type = "code"
required = true

[[columns]]
name = "name"
title = "名称"
type = "text"
required = true
'''


def code_of(number: int) -> str:
    """The local government code with these five digits, which end with a check digit."""
    digits = f"{number:05}"
    weighted = sum(weight * int(digit) for weight, digit in zip((6, 5, 4, 3, 2), digits, strict=True))
    return f"{digits}{(11 - weighted % 11) % 10}"


def spread(index: int) -> int:
    """The code of an invented city without its check digit; the cities are spread over all prefectures."""
    return (1 + index % 47) * 1000 + 200 + index // 47


def set_tones(content: Content, tones: list[str]) -> None:
    """Gives the ratings of the site these tones, in their order."""
    first, *rest = (content.folder / "site.toml").read_text(encoding="utf-8").split('tone = "none"')
    parts = [f'tone = "{tone}"{part}' for tone, part in zip(tones, rest, strict=True)]
    content.text("site.toml", "".join([first, *parts]))


def own_field(kind: str) -> str:
    """A field of measures that other cities lack."""
    return f'[[fields]]\nid = "cost"\nof = "measure"\nlabel = "費用"\ntype = "{kind}"\n'


def own_dataset(root: Path, name: str, standard: str, places: Sequence[str] = ("市役所", "図書館")) -> None:
    """A dataset of the city that conforms to a standard."""
    content = Content(root)
    content.text(f"datasets/{name}/dataset.toml", DATASET.format(standard=standard))
    content.table(f"datasets/{name}/{name}.csv", ["ID", "名称"],
                  [{"ID": str(number), "名称": place} for number, place in enumerate(places, 1)])


def make(
    root: Path,
    number: int,
    *,
    measures: int = 4,
    years: tuple[int, ...] = (2022, 2023),
    budget: int = 1000,
    category: str = "",
    field: str | None = None,
    broken: bool = False,
) -> Path:
    """Writes the content of a city. `field` is the type of a field of its own, `cost`; a broken city
    has a cell that is no number."""
    content = Content(root)
    code = code_of(number)
    content.site(title=f"第{number}市の事業", publisher=f"第{number}市", code=code,
                 ratings=[(rating, label, f"{label}とされたもの。") for rating, label, _ in RATINGS])
    set_tones(content, [tone for _, _, tone in RATINGS])
    if field:
        content.text("fields.toml", own_field(field))
    content.table("departments.csv", DEPARTMENTS, [{"id": "planning", "name": "企画課"}])
    content.table("topics.csv", TOPICS, [{"id": "living", "name": "くらし"}])
    rows = [(f"programme-{index}-{year}", index, year) for index in range(measures) for year in years]
    content.table("measures/all.csv", [*MEASURES, *(["cost"] if field else [])], [
        {
            "id": name,
            "series": f"programme-{index}",
            "fiscal_year": year,
            "department": "planning",
            "title": f"第{index}事業",
            "topics": "living",
            "rating": RATINGS[(index + year + number) % 3][0],
            "account": f"{year}年度の実績。",
            **({"cost": str(index + 1)} if field else {}),
        }
        for name, index, year in rows
    ])
    content.table("budgets/all.csv", BUDGETS, [
        {"measure": name, "fiscal_year": year, "category": category,
         "budget": "不明" if broken else budget + index * 10, "settled": budget + index * 9}
        for name, index, year in rows
    ])
    content.table("indicators/all.csv", INDICATORS, [
        {"measure": name, "indicator": f"programme-{index}-use", "name": "利用者数", "unit": "人", "better": "higher",
         "fiscal_year": year, "target": 100, "actual": 90 + (index + year) % 3 * 10}
        for name, index, year in rows
    ])
    return root
