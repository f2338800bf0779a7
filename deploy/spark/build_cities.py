"""Builds the sites of many cities with Apache Spark, one task a city, then the lake of their tables.

    spark-submit deploy/spark/build_cities.py --cities cities.csv --sites SITES --reports REPORTS \\
        --lake LAKE --base-url https://data.example.jp/lake

`cities.csv` has the columns `code` (全国地方公共団体コード) and `root` (the folder that contains
`content`). The workers and the driver share the folders. The site of a city is `SITES/<code>`; what
its build reported is in `REPORTS` (Parquet), a row for each city and each error or warning.

A city with errors fails alone: its last good site stays, and the lake has it as long as there is one.
A city whose content, program and site are as the last run left them is not built again.
"""

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

REPORT = (
    "code STRING, root STRING, outcome STRING, seconds DOUBLE, severity STRING, problem STRING, "
    "file STRING, place STRING, message STRING, message_ja STRING, help STRING, help_ja STRING"
)
STATE = ".build-states"


def fingerprint(root: Path, program: str) -> str:
    """A digest of everything that a build reads: the content, the themes, the program, the day."""
    digest = hashlib.sha256(program.encode())
    for folder in ("content", "themes"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(root)}\0{content}\n".encode())
    return digest.hexdigest()


def program_of(kawaraban: str) -> str:
    """What identifies the program. A build leaves out what is not due yet, so the day counts too."""
    version = subprocess.run([kawaraban, "--version"], capture_output=True, text=True, check=True).stdout
    return f"{version.strip()} {time.strftime('%Y-%m-%d', time.gmtime(time.time() + 9 * 3600))}"


def build_city(city: dict, sites: str, kawaraban: str) -> list[tuple]:
    """Builds one city unless nothing has changed; returns the rows of its report."""
    code, root, out = city["code"], Path(city["root"]), Path(sites) / city["code"]
    state_file = Path(sites) / STATE / f"{code}.json"
    started = time.monotonic()
    known = fingerprint(root, program_of(kawaraban))
    if state_file.is_file():
        state = json.loads(state_file.read_text(encoding="utf-8"))
        there = state["status"] != 0 or (out / "manifest.json").is_file()
        if state["fingerprint"] == known and there:
            outcome = "unchanged" if state["status"] == 0 else "failed"
            return rows(city, outcome, 0.0, state["report"])
    command = [kawaraban, "build", "--root", root, "--out", out, "--format", "json", "--lang", "en"]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    report = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    report = [found for found in report if found.get("severity") in ("error", "warning")]
    if run.returncode != 0 and not any(found["severity"] == "error" for found in report):
        # Not the content: a full disk, a missing folder. Tried again in the next run.
        said = run.stderr.strip()[-2000:]
        report.append({"severity": "error", "code": "build", "message": {"en": said, "ja": said}})
    else:
        write_whole(state_file, {"fingerprint": known, "status": run.returncode, "report": report})
    outcome = "built" if run.returncode == 0 else "failed"
    return rows(city, outcome, round(time.monotonic() - started, 3), report)


def write_whole(path: Path, state: dict) -> None:
    """Writes a file that is either whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
    aside.replace(path)


def rows(city: dict, outcome: str, seconds: float, report: list[dict]) -> list[tuple]:
    """A row for the city, and one for each error or warning."""
    start = (city["code"], str(city["root"]), outcome, seconds)
    found = [start + (None,) * 8]
    for problem in report:
        place = problem.get("place") or {}
        where = place.get("cell") or place.get("line")
        message, help_text = problem.get("message") or {}, problem.get("help") or {}
        found.append(start + (
            problem["severity"],
            problem.get("code"),
            place.get("file"),
            None if where is None else str(where),
            message.get("en"),
            message.get("ja"),
            help_text.get("en"),
            help_text.get("ja"),
        ))
    return found


def read_cities(path: Path) -> list[dict]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        cities = list(csv.DictReader(file))
    for city in cities:
        # A path in the table is one from the folder of the table.
        city["root"] = str((path.parent / city["root"]).resolve())
    return cities


def build_lake(given, cities: list[dict]) -> int:
    """Builds the lake of every city of the table that has a site."""
    listed = [given.sites / city["code"] for city in cities]
    listed = [str(site.resolve()) for site in listed if (site / "manifest.json").is_file()]
    names = given.sites / STATE / "sites.txt"
    names.parent.mkdir(parents=True, exist_ok=True)
    names.write_text("".join(f"{site}\n" for site in listed), encoding="utf-8")
    command = [given.kawaraban, "lake", names, "--out", given.lake, "--base-url", given.base_url]
    return subprocess.run(command).returncode


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--cities", type=Path, required=True, help="table of cities: code, root")
    arguments.add_argument("--sites", type=Path, required=True, help="folder of the built sites")
    arguments.add_argument("--reports", type=Path, required=True, help="folder of the reports (Parquet)")
    arguments.add_argument("--lake", type=Path, required=True, help="folder of the lake")
    arguments.add_argument("--base-url", required=True, help="address at which the lake will be read")
    arguments.add_argument("--kawaraban", default=os.environ.get("KAWARABAN", "kawaraban"), help="the program")
    given = arguments.parse_args()
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("build cities").getOrCreate()
    cities = read_cities(given.cities)
    sites, kawaraban = str(given.sites.resolve()), given.kawaraban
    given.sites.mkdir(parents=True, exist_ok=True)
    # As many partitions as cities: a task is a city.
    tasks = spark.sparkContext.parallelize(cities, max(1, len(cities)))
    reports = tasks.flatMap(lambda city: build_city(city, sites, kawaraban)).collect()
    frame = spark.createDataFrame(reports, REPORT)
    frame.coalesce(1).write.mode("overwrite").parquet(str(given.reports.resolve()))
    spark.stop()
    outcomes: dict[str, int] = {}
    for row in reports:
        if row[4] is None:
            outcomes[row[2]] = outcomes.get(row[2], 0) + 1
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())))
    failed = build_lake(given, cities)
    return failed or (1 if outcomes.get("failed") else 0)


if __name__ == "__main__":
    sys.exit(main())
