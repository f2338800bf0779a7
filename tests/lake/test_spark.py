"""The Spark jobs of `deploy/spark`, on two cores of this machine: cities are built, one fails alone, a
rerun does only what changed, and the national tables are those of DuckDB."""

import csv
import json
import shutil
import subprocess
from decimal import Decimal

import cities
import engines
import jobs
from lakes import LakeTest
from support import BINARY

PORTAL = engines.ROOT / "deploy/portal"


def run_job(name: str, *arguments) -> subprocess.CompletedProcess:
    command = jobs.command(name, *arguments)
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=jobs.ENVIRONMENT)


class Spark(LakeTest):
    def setUp(self):
        super().setUp()
        self.lake = self.folder / "lake"
        numbers = range(13101, 13121)
        self.roots = [
            cities.make(self.folder / "content" / str(number), number, measures=2 + number % 3,
                        category=("", "事業費", "人件費")[number % 3], broken=number == 13105)
            for number in numbers
        ]
        self.codes = [cities.code_of(number) for number in numbers]
        with (self.folder / "cities.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("code", "root"), *((code, f"content/{number}")
                                       for code, number in zip(self.codes, numbers, strict=True))])

    def build_cities(self):
        run = run_job(
            "build_cities.py", "--cities", self.folder / "cities.csv", "--sites", self.folder / "sites",
            "--reports", self.folder / "reports", "--lake", self.lake,
            "--base-url", f"file://{self.lake}", "--kawaraban", BINARY,
        )
        self.assertTrue((self.folder / "reports").is_dir(), run.stderr[-3000:])
        reports = engines.duck().execute(
            f"SELECT code, outcome, severity, problem, file, place, message "
            f"FROM read_parquet('{self.folder}/reports/*.parquet')").fetchall()
        return run, reports

    def outcomes(self, reports):
        return {row[0]: row[1] for row in reports if row[2] is None}

    def test_jobs(self):
        bad = self.codes[4]
        run, reports = self.build_cities()
        self.assertEqual(run.returncode, 1, run.stderr[-3000:])
        outcomes = self.outcomes(reports)
        self.assertEqual(sorted(outcomes.values()), ["built"] * 19 + ["failed"])
        self.assertEqual(outcomes[bad], "failed")
        errors = [row for row in reports if row[2] == "error"]
        self.assertEqual({row[0] for row in errors}, {bad})
        self.assertEqual({(row[3], row[4]) for row in errors}, {("table::not-a-number", "content/budgets/all.csv")})
        self.assertEqual(len({row[5] for row in errors}), len(errors), "each cell has a row")
        self.assertTrue(all("不明" in row[6] for row in errors), errors)
        self.assertEqual([site["localgov_code"] for site in engines.state(self.lake)["sites"]],
                         [code for code in self.codes if code != bad])

        # Only what changed is built: the city that was corrected and one with new figures.
        cities.make(self.roots[4], 13105, measures=2, category="")
        cities.make(self.roots[7], 13108, measures=4, budget=3000)
        run, reports = self.build_cities()
        self.assertEqual(run.returncode, 0, run.stderr[-3000:])
        built = {code for code, outcome in self.outcomes(reports).items() if outcome == "built"}
        self.assertEqual(built, {bad, self.codes[7]})
        self.assertEqual(sorted(self.outcomes(reports).values()), ["built"] * 2 + ["unchanged"] * 18)
        last = engines.state(self.lake)["runs"][-1]
        self.assertEqual((last["added"], last["changed"], last["removed"]), ([bad], [self.codes[7]], []))
        self.national_tables()

    def national_tables(self):
        portal = self.folder / "portal"
        shutil.copytree(PORTAL, portal)
        for table in portal.glob("content/datasets/*/*.csv"):
            table.unlink()
        run = run_job("national_tables.py", "--lake", self.lake, "--portal", portal)
        self.assertEqual(run.returncode, 0, run.stderr[-3000:])
        connection = engines.duck()
        for table in engines.lake_tables.TABLES:
            source = f"iceberg_scan('{self.lake}/iceberg/{table}')"
            query = engines.lake_tables.view_sql(self.lake, table, source)
            connection.execute(f"CREATE VIEW {table} AS {query}")
        site = self.build_whole(portal).out
        for query in sorted((jobs.JOBS / "national").glob("*.sql")):
            with self.subTest(table=query.stem):
                own = connection.execute(query.read_text(encoding="utf-8")).fetchall()
                self.assertGreater(len(own), 1)
                rows = json.loads((site / f"data/{query.stem}/latest/{query.stem}.json").read_bytes())
                published = self.published(site / f"data/{query.stem}/latest/{query.stem}.csv")
                self.assertEqual(published, [tuple(map(self.same, row)) for row in own])
                self.assertTrue(rows)
        self.assertEqual(self.by_hand(), self.published(
            site / "data/national-missed-indicators/latest/national-missed-indicators.csv"))

    def published(self, path):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            names = [name for name in rows.fieldnames if name != "localgov_code"]
            return [tuple(self.same(row[name]) for name in names) for row in rows]

    @staticmethod
    def same(value):
        """Numbers as numbers, however they are written; codes as text."""
        text = "" if value is None else str(value)
        if text.startswith("0") and len(text) == 6:
            return text
        try:
            return Decimal(text).normalize()
        except ArithmeticError:
            return text

    def by_hand(self):
        """The missed indicators from the sites' own tables, without an engine."""
        found = {}
        for code in self.codes:
            path = self.folder / "sites" / code / "data/indicators/latest/indicators.csv"
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    key = (row["localgov_code"], row["fiscal_year"])
                    compared, missed = found.get(key, (0, 0))
                    found[key] = (compared + 1, missed + (float(row["actual"]) < float(row["target"])))
        return [tuple(map(self.same, (*key, *found[key]))) for key in sorted(found)]
