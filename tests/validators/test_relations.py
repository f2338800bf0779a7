"""The tables load into SQLite and DuckDB by one command with every key enforced, and answer the questions of the guide, whose SQL is
read from there: on the sample site and on the sites of seven cities."""

import contextlib
import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import zipfile
from collections import defaultdict
from pathlib import Path

import duckdb
from published import CITY, datasets_of, sites
from support import ROOT, SITE, Built, real_data

sys.path.append(str(ROOT / "tests/real"))
import jimujigyo  # noqa: E402

ENGINES = ("sqlite", "duckdb")


class Relations(unittest.TestCase):
    """The sample and, where the real data are, seven cities, each in a database of both engines."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="kawaraban-test-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.sites = {"sample": SITE}
        with contextlib.suppress(unittest.SkipTest):
            for code, root in jimujigyo.convert(real_data("jimujigyo"), cls.folder / "content", "clean").items():
                cls.sites[code] = cls.folder / code
                built = Built(root, cls.sites[code])
                assert built.status == 0, built.output[-2000:]
        cls.databases = {(name, engine): load(site, engine, cls.folder / f"{name}.{engine}")
                         for name, site in cls.sites.items() for engine in ENGINES}
        cls.addClassCleanup(lambda: [database.close() for database in cls.databases.values()])

    def each(self):
        """Every site in both engines."""
        for (name, _), database in self.databases.items():
            yield self.sites[name], database

    def answers(self, question: str, name: str) -> list[tuple]:
        """What the query under this heading of the guide gives, the same in both engines."""
        sql = QUESTIONS[question]
        self.assertLessEqual(len(sql.strip().splitlines()), 5)
        sqlite, duck = (sorted(self.databases[name, engine].execute(sql).fetchall(), key=repr) for engine in ENGINES)
        self.assertEqual(len(sqlite), len(duck))
        for one, other in zip(sqlite, duck):
            for cell, same in zip(one, other):
                self.assertAlmostEqual(cell, same, 9) if isinstance(cell, float) else self.assertEqual(cell, same)
        return sqlite

    def test_every_table_is_there_with_every_cell(self):
        for site, database in self.each():
            resources = package(site)
            rows_in_all = 0
            for resource in resources:
                fields = resource["schema"]["fields"]
                with (site / "data" / resource["path"]).open(encoding="utf-8", newline="") as file:
                    header, *rows = csv.reader(file, strict=True)
                loaded = database.execute(f'SELECT * FROM "{sql_name(resource)}"')
                self.assertEqual([column[0] for column in loaded.description], header)
                found = [tuple(as_text(cell) for cell in row) for row in loaded.fetchall()]
                expected = [tuple(comparable(cell, field) for cell, field in zip(row, fields)) for row in rows]
                self.assertEqual(sorted(found), sorted(expected), resource["name"])
                rows_in_all += len(rows)
            self.assertGreater(rows_in_all, 500)

    def test_a_city_s_own_files_are_loaded(self):
        if CITY not in sites():
            real_data("takamatsu")
        for engine in ENGINES:
            with self.subTest(engine=engine), contextlib.closing(load(CITY, engine, self.folder / f"own.{engine}")) as database:
                for resource in package(CITY):
                    with (CITY / "data" / resource["path"]).open(encoding="utf-8", newline="") as file:
                        count = sum(1 for _ in csv.reader(file, strict=True)) - 1
                    found = database.execute(f'SELECT count(*) FROM "{sql_name(resource)}"').fetchone()
                    self.assertEqual(found, (count,), resource["name"])

    def test_the_keys_are_those_of_the_data_package(self):
        for site, database in self.each():
            if not isinstance(database, sqlite3.Connection):
                continue
            self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])
            for resource in package(site):
                name, schema = sql_name(resource), resource["schema"]
                columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
                key = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
                self.assertEqual(key, schema.get("primaryKey", []), name)
                self.assertTrue(all(column[3] for column in columns if column[5]), f"{name}: a column of the key may be null")
                found = defaultdict(list)
                for number, _, target, own, to, *_ in database.execute(f'PRAGMA foreign_key_list("{name}")'):
                    found[number].append((target, own, to))
                expected = [[(sql_name({"name": key["reference"].get("resource", resource["name"])}), own, to)
                             for own, to in zip(key["fields"], key["reference"]["fields"])] for key in schema.get("foreignKeys", [])]
                self.assertEqual(sorted(found.values()), sorted(expected), name)

    def test_a_blank_a_repeated_and_a_stray_key_are_refused(self):
        refused = 0
        for site, database in self.each():
            errors = (sqlite3.IntegrityError, duckdb.ConstraintException)
            for resource in package(site):
                name, schema = sql_name(resource), resource["schema"]
                selected = database.execute(f'SELECT * FROM "{name}" LIMIT 1')
                names = [column[0] for column in selected.description]
                row = selected.fetchone()
                key = schema.get("primaryKey")
                if row is None or not key:
                    continue
                damages = [{}, {key[0]: None}]
                damages += [{key["fields"][0]: "nowhere"} for key in schema.get("foreignKeys", [])]
                for damage in damages:
                    damaged = [damage.get(column, cell) for column, cell in zip(names, row)]
                    with self.assertRaises(errors, msg=f"{name}: {damage}"):
                        database.execute(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(row))})', damaged)
                    refused += 1
        self.assertGreater(refused, 100)

    def test_no_cell_of_a_built_in_csv_holds_a_list(self):
        for site in self.sites.values():
            built_in = {dataset["id"] for dataset in json.loads((site / "catalog.json").read_bytes())["datasets"] if dataset["built_in"]}
            tables = {dataset.id: dataset.rows(dataset.plain) for dataset in datasets_of(site) if dataset.id in built_in}
            ids = {row[header.index("id")] for header, *rows in tables.values() if "id" in header for row in rows}
            self.assertGreater(len(ids), 20)
            for name, (header, *rows) in tables.items():
                for row in rows:
                    for column, cell in zip(header, row):
                        parts = re.split("[;；、,・|]", cell)
                        self.assertFalse(len(parts) > 1 and ids.issuperset(parts), f"{name}.{column}: {cell}")

    def test_the_bundle_holds_the_same_files(self):
        with zipfile.ZipFile(SITE / "data/open-data.zip") as bundle:
            for name in ("schema.sql", "load-sqlite.sql", "load-duckdb.sql"):
                self.assertEqual(bundle.read(f"open-data/{name}"), (SITE / "data" / name).read_bytes())

    def test_python_loads_it_as_the_guide_says(self):
        [code] = [code for code in CODE["python"] if "schema.sql" in code]
        with contextlib.chdir(SITE / "data"):
            exec(code.replace('"city.db"', '":memory:"'), done := {})
        for resource in package(SITE):
            query = f'SELECT * FROM "{sql_name(resource)}"'
            found, expected = (database.execute(query).fetchall() for database in (done["city"], self.databases["sample", "sqlite"]))
            self.assertEqual(sorted(found, key=repr), sorted(expected, key=repr))
        done["city"].close()

    def test_both_guides_have_the_same_code(self):
        self.assertEqual(*(blocks(language) for language in ("en", "ja")))

    # The questions. Each expectation is counted from the JSON, without SQL.

    def test_share_of_met_goals_by_department_through_reorganisations(self):
        for name, site in self.sites.items():
            tables = documents(site)
            # As the guide says for a city without them.
            for engine in ENGINES:
                self.databases[name, engine].execute(
                    "CREATE TABLE IF NOT EXISTS department_successions (department TEXT, successor TEXT)")
            successors = defaultdict(list)
            for row in tables.get("department-successions", []):
                successors[row["department"]].append(row["successor"])
            present = {row["id"]: row["name"] for row in tables["departments"] if not row["valid_to"]}
            tones = {row["id"]: row["tone"] for row in tables["ratings"] if row["is_grade"]}
            department = {row["id"]: row["department"] for row in tables["measures"]}
            counted = defaultdict(list)
            for row in tables["results"]:
                if row["rating"] in tones:
                    for now in sorted(followed(department[row["measure"]], successors) & set(present)):
                        counted[present[now]].append(tones[row["rating"]] == "good")
            expected = {title: (sum(met) / len(met), len(met)) for title, met in counted.items()}
            found = {title: (met, results) for title, met, results in self.answers("Share of met goals", name)}
            self.assertEqual(found.keys(), expected.keys())
            for title, (met, results) in expected.items():
                self.assertEqual(found[title][1], results)
                self.assertAlmostEqual(found[title][0], met, 9)
        self.assertTrue(documents(SITE)["department-successions"])

    def test_indicators_that_reached_their_targets_where_lower_is_better(self):
        for name, site in self.sites.items():
            counted = defaultdict(lambda: [0, 0])
            for row in documents(site)["indicators"]:
                if row["better"] == "lower" and row["actual"] is not None and row["target"] is not None:
                    counted[row["fiscal_year"]][0] += 1
                    counted[row["fiscal_year"]][1] += row["actual"] <= row["target"]
            self.assertEqual(self.answers("Indicators that reached", name), sorted((year, *both) for year, both in counted.items()))
            self.assertTrue(name != "sample" or len(counted) > 2)

    def test_money_by_primary_topic_adds_up_to_the_whole(self):
        for name, site in self.sites.items():
            found = self.answers("Money by primary topic", name)
            for position, column in ((2, "budget"), (3, "settled")):
                whole = sum(row[column] or 0 for row in documents(site)["budgets"])
                self.assertAlmostEqual(sum(row[position] or 0 for row in found), whole, 3)
            self.assertGreater(len({topic for topic, *_ in found}), 1)

    def test_results_with_their_indicators(self):
        for name, site in self.sites.items():
            tables = documents(site)
            rated = {(row["measure"], row["fiscal_year"]) for row in tables["results"]}
            expected = [row["name"] for row in tables["indicators"] if (row["measure"], row["fiscal_year"]) in rated]
            found = self.answers("Results with", name)
            self.assertEqual(sorted(row[3] for row in found), sorted(expected))
            self.assertGreater(len(found), 100)

    def test_a_series_over_the_years(self):
        tables = documents(SITE)
        [series] = re.findall("series = '([^']+)'", QUESTIONS["A series"])
        labels = {row["id"]: row["label"] for row in tables["ratings"]}
        results = {row["measure"]: labels[row["rating"]] for row in tables["results"] if row["series"] == series}
        measures = [row for row in tables["measures"] if row["series"] == series]
        expected = []
        for row in measures:
            settled = [money["settled"] for money in tables["budgets"] if money["series"] == series
                       and (money["measure"], money["fiscal_year"]) == (row["id"], row["fiscal_year"]) and money["settled"] is not None]
            expected.append((row["fiscal_year"], row["title"], results.get(row["id"]), sum(settled) if settled else None))
        self.assertEqual(self.answers("A series", "sample"), sorted(expected, key=repr))
        self.assertGreater(len(expected), 2)

    def test_spending_per_head(self):
        tables = documents(SITE)
        people, settled = defaultdict(int), defaultdict(float)
        for row in tables["population"]:
            people[row["month"]] += row["population"]
        for row in tables["budgets"]:
            if row["settled"] is not None:
                settled[row["fiscal_year"]] += row["settled"]
        expected = {year: amount * 1000 / people[f"{year}-04-01"] for year, amount in settled.items()}
        found = dict(self.answers("Spending per head", "sample"))
        self.assertEqual(found.keys(), expected.keys())
        for year, amount in expected.items():
            self.assertAlmostEqual(found[year], amount, 6)

    def test_two_cities_together(self):
        names = [name for name in self.sites if name != "sample"][:2]
        if len(names) < 2:
            real_data("jimujigyo")
        attach, query = QUESTIONS["Two cities"].strip().split("\n", 1)
        expected = []
        for name in names:
            rows = documents(self.sites[name])["budgets"]
            expected.append((name, "千円", len(rows), sum(row["budget"] or 0 for row in rows)))
        for engine in ENGINES:
            path = self.folder / f"both.{engine}"
            with contextlib.closing(load(self.sites[names[0]], engine, path)) as both:
                self.databases[names[1], engine].close()
                other = self.folder / f"{names[1]}.{engine}"
                both.execute(attach.replace("other.db", str(other)))
                self.assertEqual(both.execute(query).fetchall(), sorted(expected))
            self.databases[names[1], engine] = opened(other, engine)


def blocks(language: str) -> list[tuple[str, str]]:
    """The code of the guide, each with its language."""
    text = (ROOT / f"docs/{language}/data.md").read_text(encoding="utf-8")
    return re.findall(r"```(\w+)\n(.*?)```", text.replace("```text", "```"), re.S)


CODE = defaultdict(list)
for language, code in blocks("en"):
    CODE[language].append(code)


class ByBeginning(dict):
    """Finds the only key that begins so."""

    def __missing__(self, beginning: str):
        [found] = [value for key, value in self.items() if key.startswith(beginning)]
        return found


QUESTIONS = ByBeginning(re.findall(
    r"### ([^\n]+)\n[^#]*?```sql\n(.*?)```", (ROOT / "docs/en/data.md").read_text(encoding="utf-8"), re.S))


def load(site: Path, engine: str, path: Path):
    """A new database with every table of the site, by the command of the guide; its contents in a program for DuckDB."""
    folder = site / "data"
    schema, script = ((folder / name).read_text(encoding="utf-8") for name in ("schema.sql", f"load-{engine}.sql"))
    path.unlink(missing_ok=True)
    if engine == "sqlite":
        command = f"cat schema.sql load-sqlite.sql | sqlite3 '{path}'"
        [told] = [line for line in "".join(CODE["sh"]).splitlines() if "sqlite" in line]
        assert command == told.replace("city.db", f"'{path}'"), told
        run = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)
        assert (run.returncode, run.stdout, run.stderr) == (0, "", ""), run
        return opened(path, engine)
    with contextlib.chdir(folder):
        database = opened(path, engine)
        database.execute(schema + script)
    return database


def opened(path: Path, engine: str):
    if engine == "duckdb":
        return duckdb.connect(str(path))
    database = sqlite3.connect(path)
    database.execute("PRAGMA foreign_keys = ON")
    return database


def package(site: Path) -> list[dict]:
    return json.loads((site / "data/datapackage.json").read_bytes())["resources"]


def sql_name(resource: dict) -> str:
    return resource["name"].replace("-", "_")


def documents(site: Path) -> dict[str, list[dict]]:
    """The rows of every dataset."""
    return {dataset.id: json.loads(dataset.json.read_bytes())["rows"] for dataset in datasets_of(site)}


def followed(department: str, successors: dict) -> set[str]:
    """The department and all that took over from it."""
    return {department}.union(*(followed(successor, successors) for successor in successors[department]))


def comparable(cell: str, field: dict) -> str:
    """A cell of a CSV as `as_text` gives it from a database."""
    if cell == "" or field["type"] not in ("integer", "number", "year", "boolean"):
        return cell
    return as_text({"true": 1, "false": 0}.get(cell) if field["type"] == "boolean" else float(cell))


def as_text(cell) -> str:
    if cell is None:
        return ""
    return repr(float(cell)) if isinstance(cell, bool | int | float) else str(cell)


if __name__ == "__main__":
    unittest.main()
