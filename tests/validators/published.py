"""The sites as the validators see them, the built sample and that of a city's own files: their datasets and files."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from support import SITE


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

    def document(self) -> dict:
        return json.loads(self.json.read_bytes(), parse_float=str, parse_int=str)

    def rows(self, path: Path) -> list[list[str]]:
        """Header and records, read by Python's own reader."""
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, strict=True))


def sites() -> list[Path]:
    """The roots of the sites."""
    return [SITE]


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
