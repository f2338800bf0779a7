"""Every table loads in DuckDB, codes as text; its files hold the same rows, and narrative texts have a table of their own."""

import csv
import unittest

import duckdb
from published import datasets, datasets_of, files, one_line, sites
from support import SITE

BUILT_IN = {"departments", "policies", "measures", "results", "indicators", "budgets"}
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
            self.assertLessEqual(BUILT_IN, ids)
            self.assertGreaterEqual(len(ids - BUILT_IN), 4, "there are datasets of its own")

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
                self.assertTrue(any("\n" in (row[name] or "") for row in dataset.document()["rows"] for name in names)
                                or dataset.site != SITE, "the JSON keeps the paragraphs of the sample")

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


def json_text(value) -> str:
    """A JSON value as the CSV spells it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
