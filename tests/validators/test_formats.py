"""Every format of a dataset holds the rows of its CSV, read by the tools that researchers use."""

import contextlib
import csv
import html
import io
import json
import re
import unittest
import zipfile
from datetime import datetime

import duckdb
import geojson
import openpyxl
from published import datasets
from support import SITE
from test_data import SQL_TYPES, json_text

NUMERIC = {"integer", "number", "fiscal_year", "latitude", "longitude"}


class Snippets(unittest.TestCase):
    """The code on a dataset's page runs as it stands, and keeps what the table has."""

    def snippets(self, dataset) -> list[str]:
        page = (SITE / f"data/{dataset.id}.html").read_text(encoding="utf-8")
        base = json.loads((SITE / "catalog.json").read_bytes())["url"]
        found = [html.unescape(code) for code in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.S)]
        return [code.replace(base, f"{SITE.as_posix()}/") for code in found]

    def test_pandas_reads_codes_as_text_and_blanks_as_missing(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.id):
                [code] = [code for code in self.snippets(dataset) if "pandas" in code]
                done = {}
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(code, done)
                table, rows = done["table"], dataset.rows(dataset.plain)
                self.assertEqual(list(table.columns), rows[0])
                self.assertEqual(len(table), len(rows) - 1)
                for position, column in enumerate(dataset.document()["columns"]):
                    if column["type"] == "code":
                        texts = table[column["name"]].fillna("").tolist()
                        self.assertEqual(texts, [row[position] for row in rows[1:]])
                    if column["type"] == "date":
                        self.assertEqual(table[column["name"]].dtype.kind, "M")

    def test_duckdb_reads_what_the_page_says(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.id):
                [code] = [code for code in self.snippets(dataset) if code.startswith("SELECT")]
                self.assertEqual(len(duckdb.sql(code).fetchall()), len(dataset.rows(dataset.plain)) - 1)

    def test_citations_name_the_dataset(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.id):
                title = dataset.document()["title"]
                [bibtex] = [code for code in self.snippets(dataset) if code.startswith("@misc")]
                [ris] = [code for code in self.snippets(dataset) if code.startswith("TY  - DATA")]
                self.assertIn(f"title = {{{{{title}}}}}", bibtex)
                self.assertEqual(bibtex.count("{"), bibtex.count("}"))
                self.assertIn(f"TI  - {title}", ris.splitlines())
                self.assertEqual(ris.splitlines()[-1], "ER  - ")


class Formats(unittest.TestCase):
    def test_json_lines_hold_the_rows_of_the_csv(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.id):
                rows = dataset.rows(dataset.plain)
                lines = dataset.file("jsonl").read_text(encoding="utf-8").splitlines()
                values = [json.loads(line, parse_float=str, parse_int=str) for line in lines]
                self.assertEqual([list(value) for value in values], [rows[0]] * (len(rows) - 1))
                self.assertEqual([[json_text(cell) for cell in value.values()] for value in values], rows[1:])

    def test_parquet_holds_the_rows_of_the_csv_in_the_declared_types(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.id):
                columns = dataset.document()["columns"]
                loaded = duckdb.sql("SELECT * FROM read_parquet($path)", params={"path": str(dataset.file("parquet"))})
                self.assertEqual(loaded.columns, [column["name"] for column in columns])
                self.assertEqual([str(kind) for kind in loaded.types], [SQL_TYPES[column["type"]] for column in columns])
                declared = ", ".join(f"'{column['name']}': '{SQL_TYPES[column['type']]}'" for column in columns)
                table = duckdb.sql(f"SELECT * FROM read_csv($path, auto_detect=false, header=true, delim=',', quote='\"', "
                                 f"escape='\"', columns={{{declared}}})", params={"path": str(dataset.plain)})
                self.assertEqual(loaded.fetchall(), table.fetchall())

    def test_the_bundle_holds_both_tables_their_dictionary_and_what_there_is_to_say(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.id), zipfile.ZipFile(dataset.file("zip")) as bundle:
                self.assertIsNone(bundle.testzip())
                name = dataset.id
                self.assertEqual(bundle.namelist(), [f"{name}/README.txt", f"{name}/{name}.csv", f"{name}/{name}.excel.csv", f"{name}/dictionary.csv"])
                self.assertEqual(bundle.read(f"{name}/{name}.csv"), dataset.plain.read_bytes())
                self.assertEqual(bundle.read(f"{name}/{name}.excel.csv"), dataset.excel.read_bytes())
                document = dataset.document()
                dictionary = list(csv.reader(io.StringIO(bundle.read(f"{name}/dictionary.csv").decode("utf-8-sig"))))
                self.assertEqual([row[1] for row in dictionary[1:]], [column["name"] for column in document["columns"]])
                readme = bundle.read(f"{name}/README.txt").decode("utf-8-sig")
                for said in (document["title"], document["licence"]["url"], document["url"]):
                    self.assertIn(said, readme)

    def test_duckdb_finds_equal_sums_in_csv_and_json_lines(self):
        for dataset in datasets():
            columns = dataset.document()["columns"]
            types = ", ".join(f"'{column['name']}': '{SQL_TYPES[column['type']]}'" for column in columns)
            numbers = [column["name"] for column in columns if column["type"] in NUMERIC]
            sums = ", ".join(["count(*)", *(f'sum("{name}")' for name in numbers)])
            with self.subTest(dataset=dataset.id):
                table = duckdb.sql(f"SELECT {sums} FROM read_csv($path, auto_detect=false, header=true, delim=',', quote='\"', "
                                 f"escape='\"', columns={{{types}}})", params={"path": str(dataset.plain)}).fetchall()[0]
                lines = duckdb.sql(f"SELECT {sums} FROM read_json($path, format='newline_delimited', columns={{{types}}})",
                                   params={"path": str(dataset.file("jsonl"))}).fetchall()[0]
                self.assertEqual(table, lines)
                self.assertGreater(table[0], 0)

    def test_the_workbook_holds_the_rows_of_the_csv_and_codes_as_text(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.id):
                book = openpyxl.load_workbook(dataset.file("xlsx"))
                columns = dataset.document()["columns"]
                sheet, dictionary = book.worksheets
                self.assertEqual(sheet.freeze_panes, "A2")
                table = list(sheet.iter_rows(values_only=True))
                self.assertEqual(list(table[0]), [column["title"] for column in columns])
                rows = dataset.rows(dataset.plain)[1:]
                self.assertEqual(len(table) - 1, len(rows))
                for found, row in zip(table[1:], rows):
                    for value, text, column in zip(found, row, columns):
                        self.assert_cell(value, text, column)
                described = list(dictionary.iter_rows(min_row=2, max_col=3, values_only=True))
                self.assertEqual(described, [(c["title"], c["name"], c["type"]) for c in columns])

    def assert_cell(self, value, text, column):
        if text == "":
            self.assertIsNone(value)
        elif column["type"] in NUMERIC:
            self.assertEqual(float(value), float(text), column["name"])
        elif column["type"] == "boolean":
            self.assertIs(value, text == "true")
        elif column["type"] == "date":
            self.assertIsInstance(value, datetime)
            self.assertEqual(value.date().isoformat(), text)
        else:
            self.assertEqual(value, text.replace("\r\n", "\n"), column["name"])

    def test_places_are_geojson_with_longitude_first(self):
        mapped = [dataset for dataset in datasets() if dataset.file("geojson").exists()]
        self.assertGreaterEqual(len(mapped), 2, "the sample has places")
        for dataset in mapped:
            with self.subTest(dataset=dataset.id):
                text = dataset.file("geojson").read_text(encoding="utf-8")
                collection = geojson.loads(text)
                self.assertTrue(collection.is_valid, collection.errors())
                rows = [row for row in dataset.document()["rows"] if row["latitude"] and row["longitude"]]
                self.assertEqual(len(collection["features"]), len(rows))
                for feature, row in zip(collection["features"], rows):
                    longitude, latitude = feature["geometry"]["coordinates"]
                    self.assertTrue(122 < longitude < 154 and 20 < latitude < 46, feature["geometry"])
                    self.assertEqual((longitude, latitude), (float(row["longitude"]), float(row["latitude"])))
