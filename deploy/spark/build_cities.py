"""Builds the sites of many cities with Apache Spark, one task a city, then the lake of their tables.

    spark-submit deploy/spark/build_cities.py --cities cities.csv --sites SITES --reports REPORTS \\
        --lake LAKE --base-url https://data.example.jp/lake

`cities.csv` has the columns `code` (全国地方公共団体コード) and `root` (the folder that contains
`content`). The workers and the driver share the folders. The site of a city is `SITES/<code>`; what
its build reported is in `REPORTS` (Parquet), a row for each city and each error or warning.

A city with errors fails alone: its last good site stays, and the lake has it as long as there is one.
A city whose content, program and site are as the last run left them is not built again. A task builds
with one thread, because Spark runs as many tasks at once as there are cores; `--threads` changes this.
"""

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import time
import tomllib
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


def site_of(out: Path) -> str | None:
    """What identifies a site: the digest of its manifest; `None` where there is none."""
    manifest = out / "manifest.json"
    return hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest.is_file() else None


def build_city(city: dict, sites: str, kawaraban: str, threads: int) -> list[tuple]:
    """Builds one city unless nothing has changed; returns the rows of its report."""
    code, root, out = city["code"], Path(city["root"]), Path(sites) / city["code"]
    state_file = Path(sites) / STATE / f"{code}.json"
    started = time.monotonic()
    known = fingerprint(root, program_of(kawaraban))
    if state_file.is_file():
        state = json.loads(state_file.read_text(encoding="utf-8"))
        if state["fingerprint"] == known and state.get("site") == site_of(out):
            outcome = "unchanged" if state["status"] == 0 else "failed"
            return rows(city, outcome, 0.0, state["report"])
    # Not built, so that the last good site stays.
    if (declared := declared_code(root)) not in (None, code):
        return rows(city, "failed", 0.0, [other_code(code, declared)])
    command = [kawaraban, "build", "--root", root, "--out", out, "--format", "json", "--lang", "en"]
    command += ["--threads", str(threads)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    report = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    report = [found for found in report if found.get("severity") in ("error", "warning")]
    if run.returncode != 0 and not any(found["severity"] == "error" for found in report):
        # Not the content: a full disk, a missing folder. Tried again in the next run.
        said = run.stderr.strip()[-2000:]
        report.append({"severity": "error", "code": "build", "message": {"en": said, "ja": said}})
        return rows(city, "failed", round(time.monotonic() - started, 3), report)
    if run.returncode == 0 and code_of(out) != code:
        report.append(other_code(code, code_of(out)))
    failed = any(found["severity"] == "error" for found in report)
    state = {"fingerprint": known, "site": site_of(out), "status": int(failed), "report": report}
    write_whole(state_file, state)
    outcome = "failed" if failed else "built"
    return rows(city, outcome, round(time.monotonic() - started, 3), report)


def declared_code(root: Path) -> str | None:
    """The code in `site.toml`; `None` where it cannot be read, which the build tells."""
    try:
        with (root / "content/site.toml").open("rb") as file:
            return str(tomllib.load(file)["publisher"]["code"]).strip()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError):
        return None


def code_of(site: Path) -> str | None:
    """The code that a site gives for its city; `None` where there is no site."""
    catalog = site / "catalog.json"
    return json.loads(catalog.read_bytes())["publisher"]["localgov_code"] if catalog.is_file() else None


def other_code(listed: str, found: str | None) -> dict:
    """The error of a city whose site has another code than the table of cities. The lake leaves it out."""
    return {
        "severity": "error",
        "code": "cities::other-code",
        "place": {"file": "content/site.toml"},
        "message": {
            "en": f"the site has the code {found}, but the table of cities has {listed}",
            "ja": f"サイトのコードは「{found}」ですが、市の一覧では「{listed}」です",
        },
        "help": {
            "en": "correct the code in `site.toml` or in the table of cities",
            "ja": "「site.toml」か市の一覧のコードを直してください",
        },
    }


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
    """The cities of the table; ends the job where a row is not usable, with every such row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        cities = list(csv.DictReader(file))
    lines: dict[str, int] = {}
    problems = [] if cities else [f"{path}: there is no city; the columns are `code` and `root`"]
    for line, city in enumerate(cities, 2):
        code = city.get("code") or ""
        if not (len(code) == 6 and code.isascii() and code.isdigit()):
            problems.append(f"{path}, row {line}: the code `{code}` does not have six digits")
        elif code in lines:
            problems.append(f"{path}, row {line}: the code {code} is in row {lines[code]} too")
        if not city.get("root"):
            problems.append(f"{path}, row {line}: `root` is blank")
        lines.setdefault(code, line)
    if problems:
        raise SystemExit("\n".join(problems))
    for city in cities:
        # A path in the table is one from the folder of the table.
        city["root"] = str((path.parent / city["root"]).resolve())
    return cities


def build_lake(given, cities: list[dict]) -> int:
    """Builds the lake of every city of the table that has a site."""
    listed = [(given.sites / city["code"]).resolve() for city in cities if
              code_of(given.sites / city["code"]) == city["code"]]
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
    arguments.add_argument("--threads", type=int, default=1, help="threads of a build (spark.task.cpus)")
    given = arguments.parse_args()
    cities = read_cities(given.cities)
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("build cities").getOrCreate()
    sites, kawaraban, threads = str(given.sites.resolve()), given.kawaraban, given.threads
    given.sites.mkdir(parents=True, exist_ok=True)
    # As many partitions as cities: a task is a city.
    tasks = spark.sparkContext.parallelize(cities, max(1, len(cities)))
    reports = tasks.flatMap(lambda city: build_city(city, sites, kawaraban, threads))
    # The rows go from the workers to the folder; the driver sees only how many there are.
    folder = str(given.reports.resolve())
    spark.createDataFrame(reports, REPORT).repartition(1).write.mode("overwrite").parquet(folder)
    counted = spark.read.parquet(folder).where("severity IS NULL").groupBy("outcome").count().collect()
    outcomes = {row["outcome"]: row["count"] for row in counted}
    spark.stop()
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())), flush=True)
    failed = build_lake(given, cities)
    return failed or (1 if outcomes.get("failed") else 0)


if __name__ == "__main__":
    sys.exit(main())
