"""The sites as the validators see them, the built sample and that of a city's own files: their datasets and files."""

import csv
import json
import os
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from support import ROOT, SHARED, SITE, real_data


@dataclass
class PublishedDataset:
    """One dataset: its files and its declared columns."""

    site: Path
    id: str
    plain: Path
    excel: Path
    json: Path

    def file(self, ending: str) -> Path:
        return self.json.with_name(f"{self.id}.{ending}")

    @property
    def texts(self) -> Path:
        """The table of the narrative texts, where there are any."""
        return self.json.with_name(f"{self.id}_text.csv")

    def tidy_columns(self) -> list[dict]:
        """The columns of the CSV files: all but the narrative ones."""
        return [column for column in self.document()["columns"] if not column["narrative"]]

    def text_columns(self) -> list[dict]:
        """The columns of the table of texts: those that name a row, and the narrative ones."""
        document = self.document()
        by_name = {column["name"]: column for column in document["columns"]}
        narrative = [column for column in document["columns"] if column["narrative"]]
        return [by_name[name] for name in document["primary_key"]] + narrative if narrative else []

    @property
    def name(self) -> str:
        """For messages: the site and the id."""
        return f"{self.site.name}/{self.id}"

    def document(self) -> dict:
        return json.loads(self.json.read_bytes(), parse_float=str, parse_int=str)

    def rows(self, path: Path) -> list[list[str]]:
        """Header and records, read by Python's own reader."""
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, strict=True))


# Where `city.py` has built the site of a city's own files.
CITY = Path(os.environ.get("KAWARABAN_CITY_SITE", ROOT / ".cache/city-site"))


def sites() -> list[Path]:
    """The roots of the sites: that of a city's own files only where these are."""
    if not (SHARED / "data/takamatsu").is_dir() and os.environ.get("KAWARABAN_REQUIRE_SHARED") != "1":
        return [SITE]
    return [SITE, CITY]


class OfTheCity:
    """Put before a class of tests, it has them look at the city's site."""

    site = CITY

    @classmethod
    def setUpClass(cls):
        real_data("takamatsu")
        super().setUpClass()


def one_line(text: str) -> str:
    """A text as the table of texts has it."""
    return " ".join(line.strip() for line in re.split("[\r\n]", text) if line.strip())


def each(check: Callable, items: list) -> list:
    """What `check` gives for each of `items`, on every core."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(check, items, chunksize=max(1, len(items) // 32)))


def datasets() -> list[PublishedDataset]:
    """The datasets of every site."""
    return [dataset for site in sites() for dataset in datasets_of(site)]


def datasets_of(site: Path) -> list[PublishedDataset]:
    found = []
    for folder in sorted((site / "data").iterdir()):
        latest = folder / "latest"
        if latest.is_dir():
            name = folder.name
            found.append(PublishedDataset(
                site, name, latest / f"{name}.csv", latest / f"{name}.excel.csv", latest / f"{name}.json"))
    return found


def files(site: Path = SITE) -> dict[str, Path]:
    """Every file of a site by its path in it."""
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
