"""Every table loads in DuckDB, codes as text; its files hold the same rows, and narrative texts have a table of their own."""

import csv
import json
import unittest

import duckdb
from published import datasets, datasets_of, files, one_line, sites
from support import SITE

BUILT_IN = {"departments", "ratings", "policies", "measures", "results", "indicators", "budgets", "source-files", "sources"}
# Those that a city has only if it has topics, a plan or a reorganised department.
OF_THE_SAMPLE = {"department-successions", "topics", "measure-topics", "plan", "plan-indicators"}
SQL_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "time": "VARCHAR",
    "url": "VARCHAR",
    "integer": "BIGINT",
    "fiscal_year": "INTEGER",
    "number": "DOUBLE",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


class Data(unittest.TestCase):
    def test_the_built_in_tables_and_those_of_the_sample_are_there(self):
        for site in sites():
            ids = {dataset.id for dataset in datasets_of(site)}
            self.assertLessEqual(BUILT_IN | (OF_THE_SAMPLE if site == SITE else set()), ids)
            self.assertGreaterEqual(len(ids - BUILT_IN), 4, "there are datasets of its own")

    def test_duckdb_holds_the_built_in_tables_to_their_keys(self):
        """Made with their keys and filled in their order, each row must have a key of its own and refer to rows that are there."""
        for site in sites():
            tables = {dataset.id: dataset for dataset in datasets_of(site)}
            package = json.loads((site / "data/datapackage.json").read_bytes())
            schemas = {resource["name"]: resource["schema"] for resource in package["resources"]}
            relations, connection = related(tables), duckdb.connect()
            for name in relations:
                with self.subTest(site=site.name, table=name):
                    schema, columns = schemas[name], tables[name].tidy_columns()
                    names = [column["name"] for column in columns]
                    required = {column["name"] for column in columns if column["required"]}
                    self.assertEqual(names[0], "localgov_code")
                    self.assertIn("url", required)
                    self.assertTrue(schema["primaryKey"])
                    self.assertLessEqual(set(schema["primaryKey"]), required, "no column of a key is ever blank")
                    parts = [f'"{column["name"]}" {SQL_TYPES[column["type"]]}' for column in columns]
                    parts.append(f"PRIMARY KEY ({quoted(schema['primaryKey'])})")
                    for key in schema.get("foreignKeys", []):
                        reference = key["reference"]
                        target = reference.get("resource", name)
                        parts.append(f'FOREIGN KEY ({quoted(key["fields"])}) REFERENCES "{target}" ({quoted(reference["fields"])})')
                    connection.execute(f'CREATE TABLE "{name}" ({", ".join(parts)})')
                    rows = [[cell or None for cell in row] for row in tables[name].rows(tables[name].plain)[1:]]
                    # A row that refers to one of its own table comes after it.
                    own = [key for key in schema.get("foreignKeys", []) if "resource" not in key["reference"]]
                    for row in above_first(rows, names, own[0] if own else None):
                        connection.execute(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(row))})', row)
                    pages = {row[names.index("url")] for row in rows}
                    base = json.loads((site / "catalog.json").read_bytes())["url"]
                    missing = [page for page in pages if not (site / page.removeprefix(base)).is_file()]
                    self.assertEqual(missing, [], "the page of every row is there")
                    # A value that refers to nothing is noticed.
                    if rows and schema.get("foreignKeys"):
                        stray = list(rows[0])
                        stray[names.index(schema["foreignKeys"][0]["fields"][0])] = "nowhere"
                        with self.assertRaises(duckdb.ConstraintException):
                            connection.execute(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(stray))})', stray)
            if site == SITE:
                self.assertEqual(relations, EXPECTED_RELATIONS)

    def test_no_cell_of_a_built_in_table_holds_a_list(self):
        for site in sites():
            ids = {kind: {row[1] for row in of.rows(of.plain)[1:]} for kind in ("departments", "topics", "measures")
                   for of in datasets_of(site) if of.id == kind}
            known = set().union(*ids.values())
            for dataset in datasets_of(site):
                if dataset.id not in EXPECTED_RELATIONS:
                    continue
                for row in dataset.rows(dataset.plain)[1:]:
                    for cell in row:
                        parts = cell.split(";")
                        self.assertFalse(len(parts) > 1 and known.issuperset(parts), f"{dataset.name}: {cell}")

    def test_every_measure_with_topics_has_one_primary_topic(self):
        tables = {dataset.id: dataset.document()["rows"] for dataset in datasets_of(SITE)}
        primary = [(row["measure"], row["topic"]) for row in tables["measure-topics"] if row["is_primary"]]
        self.assertEqual(sorted(primary), sorted((row["id"], row["topic"]) for row in tables["measures"] if row["topic"]))
        self.assertEqual({row["measure"] for row in tables["measure-topics"]}, {measure for measure, _ in primary})
        self.assertGreater(len(tables["measure-topics"]), len(primary), "some measures have several topics")

    def test_duckdb_reads_every_csv_as_text(self):
        for dataset in datasets():
            for path in (dataset.plain, dataset.excel, *([dataset.texts] if dataset.texts.exists() else [])):
                with self.subTest(dataset=dataset.name, file=path.name):
                    rows = dataset.rows(path)
                    loaded = duckdb.sql(
                        "SELECT * FROM read_csv($path, all_varchar=true, header=true, auto_detect=true, "
                        "strict_mode=true, null_padding=false, comment='')", params={"path": str(path)})
                    self.assertEqual(loaded.columns, rows[0])
                    self.assertEqual([[cell or "" for cell in row] for row in loaded.fetchall()], rows[1:])

    def test_duckdb_reads_every_plain_csv_with_the_declared_types(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                columns = dataset.tidy_columns()
                types = {column["name"]: SQL_TYPES[column["type"]] for column in columns}
                rows = dataset.rows(dataset.plain)
                self.assertEqual(rows[0], list(types), "header and declared columns")
                declared = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
                loaded = duckdb.sql(
                    f"SELECT * FROM read_csv($path, auto_detect=false, header=true, delim=',', quote='\"', "
                    f"escape='\"', columns={{{declared}}})", params={"path": str(dataset.plain)}).fetchall()
                self.assertEqual(len(loaded), len(rows) - 1)
                for position, column in enumerate(columns):
                    if SQL_TYPES[column["type"]] == "VARCHAR":
                        self.assertEqual([row[position] or "" for row in loaded],
                                         [row[position] for row in rows[1:]], column["name"])
                    if column["required"]:
                        self.assertNotIn(None, [row[position] for row in loaded], column["name"])

    def test_codes_keep_their_digits(self):
        for dataset in datasets():
            for position, column in enumerate(dataset.tidy_columns()):
                if column["name"] == "localgov_code":
                    with self.subTest(dataset=dataset.name):
                        self.assertEqual(column["type"], "code")
                        codes = {row[position] for row in dataset.rows(dataset.plain)[1:]}
                        self.assertTrue(all(len(code) == 6 and code.isdigit() for code in codes), codes)

    def test_json_holds_the_rows_of_the_csv(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                document, rows = dataset.document(), dataset.rows(dataset.plain)
                self.assertEqual(int(document["row_count"]), len(rows) - 1)
                names = [column["name"] for column in document["columns"]]
                self.assertEqual([list(row) for row in document["rows"]], [names] * (len(rows) - 1))
                as_text = [[json_text(row[name]) for name in rows[0]] for row in document["rows"]]
                self.assertEqual(as_text, rows[1:])

    def test_texts_have_a_table_of_their_own_and_lie_on_one_line(self):
        narrative = [dataset for dataset in datasets() if dataset.text_columns()]
        self.assertEqual({dataset.id for dataset in datasets() if dataset.texts.exists()},
                         {dataset.id for dataset in narrative})
        self.assertLessEqual({"policies", "measures", "results"}, {dataset.id for dataset in narrative})
        for dataset in narrative:
            with self.subTest(dataset=dataset.name):
                names = [column["name"] for column in dataset.text_columns()]
                header, *rows = dataset.rows(dataset.texts)
                self.assertEqual(header, names)
                expected = [[one_line(json_text(row[name])) for name in names] for row in dataset.document()["rows"]]
                self.assertEqual(rows, expected)
                if dataset.site == SITE and dataset.id in ("policies", "measures", "results"):
                    self.assertTrue(any("\n" in (row[name] or "") for row in dataset.document()["rows"] for name in names),
                                    "the JSON keeps the paragraphs of the sample")

    def test_one_record_is_one_line_of_every_csv(self):
        for site in sites():
            tables = [path for name, path in files(site).items() if name.startswith("data/") and name.endswith(".csv")]
            self.assertGreater(len(tables), 12)
            for path in tables:
                with self.subTest(table=path.relative_to(site).as_posix()):
                    content = path.read_bytes()
                    self.assertEqual(content.count(b"\n"), content.count(b"\r\n"))
                    with path.open(encoding="utf-8-sig", newline="") as file:
                        self.assertEqual(content.count(b"\r\n"), sum(1 for _ in csv.reader(file, strict=True)))

    def test_the_excel_file_is_for_excel_and_the_plain_one_for_programs(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                excel, plain = dataset.excel.read_bytes(), dataset.plain.read_bytes()
                self.assertTrue(excel.startswith(b"\xef\xbb\xbf"), "Excel needs the byte order mark")
                self.assertFalse(plain.startswith(b"\xef\xbb\xbf"))
                self.assertEqual(excel.count(b"\n"), excel.count(b"\r\n"), "line ends are CRLF")
                self.assertEqual(excel.count(b"\r\n"), len(dataset.rows(dataset.excel)), "one line a record")
                self.assertEqual(len(dataset.rows(dataset.excel)), len(dataset.rows(dataset.plain)))
                titles = [column["title"] for column in dataset.tidy_columns()]
                self.assertEqual(dataset.rows(dataset.excel)[0], titles)


# The tables of the sample, those that others refer to first, with the tables that each refers to.
EXPECTED_RELATIONS = {
    "departments": {"departments"},
    "department-successions": {"departments"},
    "topics": set(),
    "ratings": set(),
    "policies": {"departments"},
    "plan": {"plan"},
    "plan-indicators": {"plan"},
    "measures": {"departments", "policies", "topics", "plan"},
    "measure-topics": {"measures", "topics"},
    "results": {"measures", "ratings"},
    "indicators": {"measures"},
    "budgets": {"measures"},
    "measure-accounts": {"measures"},
    "source-files": set(),
    "sources": {"measures", "source-files"},
}


def related(tables: dict) -> dict[str, set]:
    """The tables that a site has of those, each with those that its JSON says it refers to."""
    return {name: {key["dataset"] for key in tables[name].document()["foreign_keys"]}
            for name in EXPECTED_RELATIONS if name in tables}


def quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def above_first(rows: list[list], names: list[str], key: dict | None) -> list[list]:
    """The rows so that what one refers to in the same table comes before it."""
    if key is None:
        return rows
    [own], [to] = key["fields"], key["reference"]["fields"]
    own, to = names.index(own), names.index(to)
    placed, waiting = [], list(rows)
    while waiting:
        there = {row[to] for row in placed}
        ready = [row for row in waiting if row[own] is None or row[own] in there]
        placed += ready or waiting
        waiting = [row for row in waiting if row not in ready] if ready else []
    return placed


def json_text(value) -> str:
    """A JSON value as the CSV spells it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
