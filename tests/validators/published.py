"""The built sample site as the validators see it: its datasets and their files."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from support import SITE


@dataclass
class PublishedDataset:
    """One dataset: its files and its declared columns."""

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


def datasets() -> list[PublishedDataset]:
    found = []
    for folder in sorted((SITE / "data").iterdir()):
        latest = folder / "latest"
        if latest.is_dir():
            name = folder.name
            found.append(PublishedDataset(
                name, latest / f"{name}.csv", latest / f"{name}.excel.csv", latest / f"{name}.json"))
    return found


def files() -> dict[str, Path]:
    """Every file of the site by its path in it."""
    return {path.relative_to(SITE).as_posix(): path for path in SITE.rglob("*") if path.is_file()}
