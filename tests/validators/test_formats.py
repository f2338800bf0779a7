"""Every format of a dataset holds the rows of its CSV, read by the tools that researchers use."""

import json
import unittest
from datetime import datetime

import duckdb
import geojson
import openpyxl
from published import datasets
from test_data import SQL_TYPES, json_text

NUMERIC = {"integer", "number", "fiscal_year", "latitude", "longitude"}


class Formats(unittest.TestCase):
    def test_json_lines_hold_the_rows_of_the_csv(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.id):
                rows = dataset.rows(dataset.plain)
                lines = dataset.file("jsonl").read_text(encoding="utf-8").splitlines()
                values = [json.loads(line, parse_float=str, parse_int=str) for line in lines]
                self.assertEqual([list(value) for value in values], [rows[0]] * (len(rows) - 1))
                self.assertEqual([[json_text(cell) for cell in value.values()] for value in values], rows[1:])

    def test_duckdb_finds_equal_sums_in_csv_and_json_lines(self):
        for dataset in datasets():
            columns = dataset.document()["columns"]
            types = ", ".join(f"'{column['name']}': '{SQL_TYPES[column['type']]}'" for column in columns)
            numbers = [column["name"] for column in columns if column["type"] in NUMERIC]
            sums = ", ".join(["count(*)", *(f'sum("{name}")' for name in numbers)])
            with self.subTest(dataset=dataset.id):
                csv = duckdb.sql(f"SELECT {sums} FROM read_csv($path, auto_detect=false, header=true, delim=',', quote='\"', "
                                 f"escape='\"', columns={{{types}}})", params={"path": str(dataset.plain)}).fetchall()[0]
                lines = duckdb.sql(f"SELECT {sums} FROM read_json($path, format='newline_delimited', columns={{{types}}})",
                                   params={"path": str(dataset.file("jsonl"))}).fetchall()[0]
                self.assertEqual(csv, lines)
                self.assertGreater(csv[0], 0)

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
