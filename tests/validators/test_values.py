"""Awkward values are equal, cell by cell, in every format and version, in databases, and in what the code on the pages reads; every
file says where it is from; and a format that cannot hold a table is left out, with the reason."""

import contextlib
import csv
import io
import json
import os
import re
import shutil
import struct
import subprocess
import tempfile
import unittest
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas
from support import BINARY, ROOT, SHARED, Built
from test_data import json_text
from test_formats import code_on_page
from test_relations import ENGINES, as_text, load

# By column: its type, and each cell as it is written and as it is published.
AWKWARD = {
    "id": ("code", [("0123", "0123"), ("1E5", "1E5"), ("00", "00"), ("007", "007"), ("1-2", "1-2"), ("+81", "+81")]),
    "words": ("text", [("=1+1", "=1+1"), ("+81-3-1234", "+81-3-1234"), ("@x", "@x"), ("true", "true"),
                       ('say "a, b"', 'say "a, b"'), ("'quoted", "'quoted")]),
    "more": ("text", [("NULL", "NULL"), ("NaN", "NaN"), ("1e5", "1e5"), ("_x0041_", "_x0041_"), ("<b>&amp;</b>", "<b>&amp;</b>"), ("", "")]),
    "whole": ("integer", [("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
                          ("１２３", "123"), ("1,234", "1234"), ("", ""), ("-0", "0")]),
    "large": ("integer", [("12345678901234567890", "12345678901234567890"), ("-1", "-1"), ("", ""), ("0", "0"), ("5", "5"), ("10", "10")]),
    "exact": ("number", [("123456789012345678", "123456789012345678"), ("123456789.123456789", "123456789.123456789"),
                         ("1e-7", "0.0000001"), ("-0.10", "-0.10"), ("", ""), ("▲1,234.5", "-1234.5")]),
    "small": ("number", [("0.1", "0.1"), ("1.5E-05", "0.000015"), ("", ""), ("１２．５", "12.5"), ("-0.0", "0.0"), ("1234567.89", "1234567.89")]),
    "day": ("date", [("1900-01-01", "1900-01-01"), ("1900-02-28", "1900-02-28"), ("1900-03-01", "1900-03-01"),
                     ("令和6年4月1日", "2024-04-01"), ("1868-10-23", "1868-10-23"), ("", "")]),
    "closes": ("time", [("24:00", "24:00"), ("9:00", "09:00"), ("９：００", "09:00"), ("23:59", "23:59"), ("00:00", "00:00"), ("", "")]),
    "open": ("boolean", [("○", "true"), ("×", "false"), ("", ""), ("有", "true"), ("FALSE", "false"), ("1", "true")]),
    "year": ("fiscal_year", [("令和5年度", "2023"), ("2020", "2020"), ("", ""), ("平成元年度", "1989"), ("R6", "2024"), ("２０２２年度", "2022")]),
    "north": ("latitude", [("35.123456789012", "35.123456789012"), ("34.5", "34.5"), ("36.0000000", "36.0000000"), ("", ""), ("35", "35"), ("35.1", "35.1")]),
    "east": ("longitude", [("135.5", "135.5"), ("139.123456", "139.123456"), ("138", "138"), ("", ""), ("136.0", "136.0"), ("135.9", "135.9")]),
}
NUMERIC = {"integer", "number", "fiscal_year", "latitude", "longitude"}
# Cases in the shared folder, and what is published of each.
CASES = {
    "researcher-parquet-precision": [["1", "123456789012345678"], ["2", "123456789.123456789"]],
    "researcher-xlsx-1900": [["1900-01-01"], ["1900-02-28"], ["1900-03-01"]],
    "researcher-missing-reasons": [["1", "5"], ["2", ""], ["3", ""], ["4", ""], ["5", ""]],
}


class Values(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="kawaraban-test-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name) / "values"
        shutil.copytree(ROOT / "tests/errors/site", cls.root)
        cls.tables = {"awkward": [list(row) for row in zip(*([right for _, right in cells] for _, cells in AWKWARD.values()))]}
        write(cls.root, "awkward", declared(AWKWARD), [list(AWKWARD), *zip(*([wrote for wrote, _ in cells] for _, cells in AWKWARD.values()))])
        write(cls.root, "long", 'primary_key = ["id"]\n' + column("id", "code") + column("txt", "text"), [["id", "txt"], ["1", "b" * 32768]])
        write(cls.root, "digits", column("v", "number"), [["v"], ["1" * 39], ["0.5"]])
        if (SHARED / "cases").is_dir():
            for case, rows in CASES.items():
                shutil.copytree(SHARED / "cases" / case, cls.root / "content/datasets" / case)
                declaration = cls.root / "content/datasets" / case / "dataset.toml"
                declaration.write_text("updated = 2024-04-01\n" + declaration.read_text(encoding="utf-8"), encoding="utf-8")
                cls.tables[case] = rows
        run = subprocess.run([BINARY, "release", *cls.tables, "--root", cls.root, "--version", "1"], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        cls.built = Built(cls.root, cls.root / "out")
        assert cls.built.status == 0, cls.built.output[-3000:]

    def each(self):
        """Every table in its present state and as released: its folder, its id, its columns and its right cells."""
        for name, rows in self.tables.items():
            for version in ("latest", "1"):
                folder = self.built.out / "data" / name / version
                columns = json.loads((folder / f"{name}.json").read_bytes())["columns"]
                yield folder, name, columns, rows

    def test_csv(self):
        for folder, name, columns, rows in self.each():
            names = [column["name"] for column in columns]
            self.assertEqual(first_columns(folder / f"{name}.csv", rows), [names[:len(rows[0])], *rows])
            excel = first_columns(folder / f"{name}.excel.csv", rows)[1:]
            # A text that Excel would take for a formula begins with an apostrophe.
            self.assertEqual([[re.sub("^'(?=[=+@-])", "", cell) for cell in row] for row in excel], rows)
            self.assertEqual(excel[0][1] if name == "awkward" else "'=1+1", "'=1+1")

    def test_json_and_json_lines(self):
        for folder, name, columns, rows in self.each():
            document = json.loads((folder / f"{name}.json").read_bytes(), parse_float=str, parse_int=str)
            lines = [json.loads(line, parse_float=str, parse_int=str) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
            self.assertEqual(document["rows"], lines)
            self.assertEqual([[json_text(cell) for cell in list(row.values())[:len(rows[0])]] for row in lines], rows)

    def test_workbook(self):
        for folder, name, columns, rows in self.each():
            sheet = openpyxl.load_workbook(folder / f"{name}.xlsx").worksheets[0]
            found = list(sheet.iter_rows(min_row=2, max_col=len(rows[0]), values_only=True))
            self.assertEqual(len(found), len(rows))
            for cells, right in zip(found, rows):
                for cell, text, about in zip(cells, right, columns):
                    self.assertEqual(of_workbook(cell, text, about), text, about["name"])
            self.assertEqual(sheet.auto_filter.ref, sheet.dimensions)

    def test_dates_before_march_1900_are_texts_in_the_workbook(self):
        sheet = openpyxl.load_workbook(self.built.out / "data/awkward/latest/awkward.xlsx").worksheets[0]
        at = list(AWKWARD).index("day") + 1
        self.assertEqual([type(sheet.cell(row, at).value) for row in range(2, 8)], [str, str, datetime, datetime, str, type(None)])

    def test_parquet(self):
        for folder, name, columns, rows in self.each():
            loaded = duckdb.sql("SELECT * FROM read_parquet($path)", params={"path": str(folder / f"{name}.parquet")})
            types = dict(zip(loaded.columns, map(str, loaded.types)))
            for row, right in zip(loaded.fetchall(), rows, strict=True):
                for cell, text, about in zip(row, right, columns):
                    self.assert_same_value(cell, text, about)
            if name == "awkward":
                self.assertEqual({column: types[column] for column in ("whole", "large", "exact", "small")},
                                 {"whole": "BIGINT", "large": "DECIMAL(20,0)", "exact": "DECIMAL(27,9)", "small": "DOUBLE"})

    def test_geojson_has_every_digit(self):
        for version in ("latest", "1"):
            text = (self.built.out / f"data/awkward/{version}/awkward.geojson").read_text(encoding="utf-8")
            features = json.loads(text, parse_float=str, parse_int=str)["features"]
            placed = [row for row in self.tables["awkward"] if row[-1]]
            self.assertEqual([[json_text(cell) for cell in feature["properties"].values()] for feature in features], placed)
            self.assertEqual([feature["geometry"]["coordinates"] for feature in features], [[row[-1], row[-2]] for row in placed])

    def test_metadata_reads_every_cell(self):
        """frictionless and csvw read the CSV by the metadata beside it, and find every value valid and equal."""
        from csvw import CSVW
        from frictionless import Package, validate

        for folder, name, columns, rows in self.each():
            self.assertTrue(validate(str(folder / "datapackage.json")).valid)
            for row, right in zip(Package(str(folder / "datapackage.json")).resources[0].read_rows(), rows, strict=True):
                for cell, text, about in zip(row.values(), right, columns):
                    self.assert_same_value(cell, text, about)
            for row, right in zip(CSVW(str(folder / f"{name}.csv-metadata.json"), validate=True).tables[0].iterdicts(), rows, strict=True):
                for cell, text, about in zip(row.values(), right, columns):
                    self.assert_same_value(cell, text, about)

    def test_databases(self):
        for engine in ENGINES:
            with contextlib.closing(load(self.built.out, engine, self.root / f"values.{engine}")) as database:
                for name, rows in self.tables.items():
                    table = name.replace("-", "_")
                    found = [tuple(as_text(cell) for cell in row) for row in database.execute(f'SELECT * FROM "{table}"').fetchall()]
                    columns = json.loads((self.built.out / f"data/{name}/latest/{name}.json").read_bytes())["columns"]
                    long = {about["name"] for about, *cells in zip(columns, *rows) if about["type"] in NUMERIC and any(len(re.sub("[^0-9]", "", cell)) > 19 or re.search(r"\d{9}\.\d{9}|\d{18}", cell) and about["type"] == "number" for cell in cells)}
                    right = [tuple(as_database(cell, about, about["name"] in long) for cell, about in zip(row, columns)) for row in rows]
                    self.assertEqual(sorted(row[:len(rows[0])] for row in found), sorted(right), (engine, name))

    def test_pandas_as_on_the_page(self):
        for folder, name, columns, rows in self.each():
            if folder.name != "latest":
                continue
            done = {}
            with contextlib.redirect_stdout(io.StringIO()):
                exec(self.code(name)["python"], done)
            table = done["table"]
            for row, right in zip(table.itertuples(index=False), rows, strict=True):
                for cell, text, about in zip(row, right, columns):
                    blank = bool(pandas.isna(cell))
                    if text == "" or blank:
                        self.assertEqual((text, blank), ("", True), about["name"])
                    elif about["type"] == "date":
                        self.assertEqual(cell.date().isoformat(), text)
                    elif isinstance(cell, str):
                        self.assertEqual(cell, text)
                    elif about["type"] == "boolean":
                        self.assertEqual(str(bool(cell)).lower(), text)
                    elif isinstance(cell, float):
                        self.assertEqual(cell, float(text))
                    else:
                        self.assertEqual(str(cell), text, about["name"])

    def test_r_as_on_the_page(self):
        for name, rows in self.tables.items():
            columns = json.loads((self.built.out / f"data/{name}/latest/{name}.json").read_bytes())["columns"]
            script = self.code(name)["r"].replace("str(table)", "") + 'write.csv(table, row.names = FALSE, na = "", quote = TRUE)\n'
            run = subprocess.run(["Rscript", "--vanilla", "-"], input="options(digits = 15)\n" + script, capture_output=True, text=True,
                                 encoding="utf-8", env={**os.environ, "LC_ALL": "C.UTF-8"})
            self.assertEqual(run.returncode, 0, run.stderr[-2000:])
            _, *found = csv.reader(io.StringIO(run.stdout))
            for row, right in zip(found, rows, strict=True):
                for cell, text, about in zip(row, right, columns):
                    same = float if cell and about["type"] in NUMERIC and cell != text else str.lower
                    self.assertEqual(same(cell), same(text), (name, about["name"]))

    def code(self, name: str) -> dict[str, str]:
        return code_on_page(self.built.out, name)

    # What a file says of itself.

    def test_a_workbook_says_where_it_is_from(self):
        for folder, name, *_ in self.each():
            book = openpyxl.load_workbook(folder / f"{name}.xlsx")
            document = json.loads((folder / f"{name}.json").read_bytes())
            told = {told.name: told.value for told in book.custom_doc_props.props}
            self.assertEqual((book.properties.title, book.properties.creator), (document["title"], "見本市"))
            self.assertEqual((told["licence"], told["url"]), (document["licence"]["url"], document["url"]))
            self.assertIn(document["url"], book.properties.description)
            if document["updated"]:
                self.assertEqual((told["updated"], book.properties.created.date().isoformat()), (document["updated"],) * 2)

    def test_a_parquet_file_says_where_it_is_from_and_what_its_columns_are(self):
        for folder, name, columns, _ in self.each():
            document = json.loads((folder / f"{name}.json").read_bytes())
            said = key_values(folder / f"{name}.parquet")
            self.assertEqual((said["title"], said["licence"], said["url"], said["publisher"]),
                             (document["title"], document["licence"]["url"], document["url"], "見本市"))
            self.assertEqual(said.get("version"), document["version"])
            self.assertEqual({about["name"]: (about["title"], about["unit"]) for about in columns},
                             {column: (about["title"], about.get("unit")) for column, about in json.loads(said["columns"]).items()})

    def test_parquet_has_the_least_and_the_greatest_of_every_column_of_numbers(self):
        path = self.built.out / "data/awkward/latest/awkward.parquet"
        found = {column: (Decimal(least), Decimal(most)) for column, least, most in duckdb.sql(
            "SELECT path_in_schema, stats_min_value, stats_max_value FROM parquet_metadata($path)", params={"path": str(path)}).fetchall()
            if column in ("whole", "large", "exact", "small")}
        for column, bounds in found.items():
            numbers = [Decimal(right) for _, right in AWKWARD[column][1] if right]
            self.assertEqual(bounds, (min(numbers), max(numbers)), column)
        self.assertEqual(len(found), 4)

    def test_coordinates_are_points_of_geoparquet(self):
        for version in ("latest", "1"):
            path = self.built.out / f"data/awkward/{version}/awkward.parquet"
            geo = json.loads(key_values(path)["geo"])
            self.assertEqual((geo["version"], geo["primary_column"]), ("1.1.0", "geometry"))
            self.assertEqual(geo["columns"]["geometry"], {"encoding": "WKB", "geometry_types": ["Point"], "bbox": [135.5, 34.5, 139.123456, 36.0]})
            for row, (point,) in zip(self.tables["awkward"], duckdb.sql(
                    "SELECT geometry FROM read_parquet($path)", params={"path": str(path)}).fetchall(), strict=True):
                expected = struct.pack("<BIdd", 1, 1, float(row[-1]), float(row[-2])) if row[-1] else None
                self.assertEqual(point, expected)

    # What cannot be held is left out, and said.

    def test_a_format_that_is_left_out_is_said_in_the_report_and_on_the_page(self):
        told = {told["message"]["en"] for told in self.built.diagnostics if told["code"] == "dataset::format-left-out"}
        self.assertEqual(told, {
            "`long` has no XLSX file: a cell has 32768 characters (column `txt`, row 1), and Excel holds 32767",
            "`digits` has no Parquet file: the numbers in column `v` need more than 38 digits",
        })
        for name, ending, words in (("long", "xlsx", "Excelのセルに入る32767字を超えるため"), ("digits", "parquet", "38桁より多くの桁が必要なため")):
            self.assertFalse((self.built.out / f"data/{name}/latest/{name}.{ending}").exists())
            self.assertTrue((self.built.out / f"data/{name}/latest/{name}.json").exists())
            self.assertIn(words, (self.built.out / f"data/{name}.html").read_text(encoding="utf-8"))

    def test_times_after_the_end_of_a_day_and_with_signs_are_refused(self):
        site = self.root / "times"
        shutil.copytree(ROOT / "tests/errors/site", site)
        times = ["10:00", "24:01", "24:59", "+9:00", "+24:30", "-1:00", "25:00", "24:00"]
        write(site, "t", column("t", "time", "end_of_day = false\n"), [["t"], *([time] for time in times)])
        built = Built(site, site / "out")
        self.assertEqual({error["place"]["cell"] for error in built.errors}, {f"A{row}" for row in range(3, 10)})
        write(site, "t", column("t", "time"), [["t"], *([time] for time in times)])
        built = Built(site, site / "out")
        self.assertEqual({error["place"]["cell"] for error in built.errors}, {f"A{row}" for row in range(3, 9)}, "24:00 is a time")

    def test_the_declaration_decides_whether_a_column_has_the_end_of_the_day(self):
        site = self.root / "choice"
        shutil.copytree(ROOT / "tests/errors/site", site)
        for name, rule in (("allowed", "end_of_day = true\n"), ("refused", "end_of_day = false\n"), ("said", "")):
            write(site, name, "updated = 2024-04-01\n" + column("t", "time", rule), [["t"], ["10:00"]])
        run = subprocess.run([BINARY, "release", "allowed", "--root", site, "--version", "1"], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        built = Built(site, site / "out")
        self.assertEqual(built.status, 0, built.output)
        for name, version, kind in (("allowed", "latest", "string"), ("allowed", "1", "string"), ("refused", "latest", "time"), ("said", "latest", "time")):
            folder = site / "out/data" / name / version
            [resource] = json.loads((folder / "datapackage.json").read_bytes())["resources"]
            self.assertEqual(resource["schema"]["fields"][0]["type"], kind, name)
            [about] = json.loads((folder / f"{name}.csv-metadata.json").read_bytes())["tableSchema"]["columns"]
            self.assertEqual(about["datatype"]["base"], kind, name)

    def assert_same_value(self, cell, text: str, about: dict):
        """A value as a program has it is that of the text."""
        kind = about["type"]
        if text == "" or cell is None:
            self.assertEqual((text, cell), ("", None), about["name"])
        elif kind in NUMERIC and isinstance(cell, float):
            self.assertEqual(cell, float(text), about["name"])
        elif kind in NUMERIC:
            self.assertEqual(Decimal(str(cell)), Decimal(text), about["name"])
        elif kind == "boolean":
            self.assertEqual(str(cell).lower(), text)
        elif isinstance(cell, (datetime, date)):
            self.assertEqual(cell.isoformat()[:10], text)
        else:
            self.assertEqual(str(cell)[:len(text)] if kind == "time" else str(cell), text, about["name"])


def column(name: str, kind: str, more: str = "") -> str:
    unit = 'unit = "円"\n' if kind in ("integer", "number") else ""
    return f'\n[[columns]]\nname = "{name}"\ntype = "{kind}"\n{unit}{more}'


def declared(columns: dict) -> str:
    return 'primary_key = ["id"]\nupdated = 2024-04-01\n' + "".join(column(name, kind) for name, (kind, _) in columns.items())


def write(root: Path, name: str, columns: str, rows: list):
    folder = root / "content/datasets" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.toml").write_text(f'title = "{name}"\ndescription = "Values."\n{columns}', encoding="utf-8")
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)


def first_columns(path: Path, rows: list[list[str]]) -> list[list[str]]:
    """The records of a CSV without the statuses, which come last."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[:len(rows[0])] for row in csv.reader(file, strict=True)]


def of_workbook(cell, text: str, about: dict) -> str:
    """The canonical text of a cell of a workbook, whose numbers have no end zeros."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, (int, float)):
        return text if float(cell) == float(text) and about["type"] in NUMERIC else repr(cell)
    # As XLSX writes characters that XML has not; openpyxl leaves that to its readers.
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), cell)


def as_database(cell: str, about: dict, is_text: bool) -> str:
    if cell == "" or is_text:
        return cell
    if about["type"] == "boolean":
        return as_text(cell == "true")
    return as_text(float(cell)) if about["type"] in NUMERIC else cell


def key_values(path: Path) -> dict[str, str]:
    rows = duckdb.sql("SELECT decode(key), decode(value) FROM parquet_kv_metadata($path)", params={"path": str(path)}).fetchall()
    return dict(rows)


if __name__ == "__main__":
    unittest.main()
