"""Every format of a dataset holds the rows of its CSV, read by the tools that researchers use."""

import contextlib
import csv
import html
import io
import json
import os
import re
import subprocess
import tempfile
import unittest
import zipfile
from datetime import datetime
from pathlib import Path

import duckdb
import geojson
import openpyxl
from published import datasets, datasets_of, one_line
from support import ROOT, SITE
from test_data import SQL_TYPES, json_text

NUMERIC = {"integer", "number", "fiscal_year", "latitude", "longitude"}
R_TYPES = {**dict.fromkeys(NUMERIC, "numeric"), "date": "Date", "boolean": "logical"}
EXCEL_TYPES = {**dict.fromkeys(NUMERIC, "type number"), "integer": "Int64.Type", "fiscal_year": "Int64.Type",
               "date": "type date", "boolean": "type logical"}


class Snippets(unittest.TestCase):
    """The code on a dataset's page runs as it stands, and keeps what the table has."""

    def code(self, dataset) -> dict[str, str]:
        return code_on_page(dataset.site, dataset.id)

    def test_every_language_on_the_pages_is_executed_here_or_read(self):
        languages = {name for dataset in datasets() for name in self.code(dataset)}
        self.assertEqual(languages, {"python", "r", "duckdb", "series", "excel", "bibtex", "ris"})

    def test_pandas_reads_codes_as_text_and_blanks_as_missing(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                done = {}
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(self.code(dataset)["python"], done)
                table, rows = done["table"], dataset.rows(dataset.plain)
                self.assertEqual(list(table.columns), rows[0])
                self.assertEqual(len(table), len(rows) - 1)
                for position, column in enumerate(dataset.tidy_columns()):
                    if column["type"] == "code":
                        texts = table[column["name"]].fillna("").tolist()
                        self.assertEqual(texts, [row[position] for row in rows[1:]])
                    if column["type"] == "date" and len(table) > 0:
                        self.assertEqual(table[column["name"]].dtype.kind, "M")

    def test_duckdb_reads_what_the_page_says(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                code = self.code(dataset)["duckdb"]
                self.assertEqual(len(duckdb.sql(code).fetchall()), len(dataset.rows(dataset.plain)) - 1)

    def test_the_queries_of_the_guide_join_the_tables_of_the_sample(self):
        blocks = [re.findall(r"```(sql|python|r)\n(.*?)```", (ROOT / f"docs/{language}/data.md").read_text(encoding="utf-8"), re.S)
                  for language in ("en", "ja")]
        self.assertEqual(*blocks)
        base = json.loads((SITE / "catalog.json").read_bytes())["url"]
        # Queries of a database, and what loads it, are executed in `test_relations.py`.
        code = {language: text.replace(base, f"{SITE.as_posix()}/") for language, text in blocks[0] if base in text}
        rows = {dataset.id: dataset.document()["rows"] for dataset in datasets_of(SITE)}
        topics = {row["id"]: row["topic"] for row in rows["measures"]}
        settled = sum(float(row["settled"]) for row in rows["budgets"] if row["settled"] and topics[row["measure"]])
        self.assertEqual(sum(row[2] or 0 for row in duckdb.sql(code["sql"]).fetchall()), settled)
        done = {}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code["python"], done)
        self.assertEqual(int(done["table"].sum().sum()), len(rows["results"]))
        run = subprocess.run(["Rscript", "--vanilla", "-"], input=code["r"] + "cat('rows', nrow(table), '\\n')\n", capture_output=True,
                             text=True, encoding="utf-8", env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertEqual(run.returncode, 0, run.stderr[-2000:])
        expected = sum(1 for row in rows["indicators"] if topics[row["measure"]])
        self.assertIn(f"rows {expected} ", run.stdout)

    def test_duckdb_reads_a_whole_series_by_its_list_of_addresses(self):
        by_id = {dataset.id: dataset for dataset in datasets_of(SITE)}
        series = json.loads((SITE / "catalog.json").read_bytes())["series"]
        self.assertTrue(series, "the sample has a series")
        for described in series:
            members = [by_id[name] for name in described["datasets"]]
            expected = [row for dataset in members for row in dataset.rows(dataset.plain)[1:]]
            for dataset in members:
                with self.subTest(dataset=dataset.name):
                    loaded = duckdb.sql(self.code(dataset)["series"])
                    self.assertEqual(loaded.columns, dataset.rows(dataset.plain)[0])
                    self.assertEqual(len(loaded.fetchall()), len(expected))

    def test_r_reads_codes_as_text_and_numbers_as_numbers(self):
        # One R for all of them: its start is most of the time.
        every = datasets()
        script = "options(warn = 2)\n" + "".join(
            f"{self.code(dataset)['r'].replace('str(table)', '')}\n"
            "cat(nrow(table), ncol(table), sum(is.na(table)), paste(sapply(table, function(x) class(x)[1]), collapse = ' '), '\\n')\n"
            for dataset in every)
        run = subprocess.run(["Rscript", "--vanilla", "-"], input=script, capture_output=True, text=True, encoding="utf-8",
                             env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertEqual(run.returncode, 0, run.stderr[-2000:])
        lines = run.stdout.splitlines()
        self.assertEqual(len(lines), len(every))
        for dataset, line in zip(every, lines):
            with self.subTest(dataset=dataset.name):
                rows = dataset.rows(dataset.plain)
                columns = dataset.tidy_columns()
                blanks = sum(cell == "" for row in rows[1:] for cell in row)
                kinds = [R_TYPES.get(column["type"], "character") for column in columns]
                self.assertEqual(line.split(), [str(len(rows) - 1), str(len(columns)), str(blanks), *kinds])

    def test_citations_name_the_dataset(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                title, code = dataset.document()["title"], self.code(dataset)
                # A parser reads the marks of LaTeX in tests/clients/test_citations.py.
                marks = re.findall(r"\\[{}]", code["bibtex"])
                self.assertIn(f"title = {{{{{title}}}}}", re.sub(r"\\([&%$#_{}])", r"\1", code["bibtex"]))
                self.assertEqual(code["bibtex"].count("{") - marks.count("\\{"), code["bibtex"].count("}") - marks.count("\\}"))
                self.assertIn(f"TI  - {title}", code["ris"].splitlines())
                self.assertEqual(code["ris"].splitlines()[-1], "ER  - ")

    def test_excel_is_told_every_column_and_its_type(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                code = self.code(dataset)["excel"]
                self.assertIn(dataset.plain.as_posix(), code)
                told = dict(re.findall(r'\{"([^"]+)", ([A-Za-z0-9. ]+)\}', code))
                expected = {column["name"]: EXCEL_TYPES.get(column["type"], "type text") for column in dataset.tidy_columns()}
                self.assertEqual(told, expected)


class Formats(unittest.TestCase):
    def test_json_lines_hold_the_rows_of_the_csv(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                rows = dataset.rows(dataset.plain)
                names = [column["name"] for column in dataset.document()["columns"]]
                lines = dataset.file("jsonl").read_text(encoding="utf-8").splitlines()
                values = [json.loads(line, parse_float=str, parse_int=str) for line in lines]
                self.assertEqual([list(value) for value in values], [names] * (len(rows) - 1))
                self.assertEqual([[json_text(value[name]) for name in rows[0]] for value in values], rows[1:])
                self.assertEqual(values, dataset.document()["rows"], "texts with their paragraphs too")

    def test_parquet_holds_the_rows_of_the_csv_in_the_declared_types(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                columns = dataset.document()["columns"]
                loaded = duckdb.sql("SELECT * FROM read_parquet($path)", params={"path": str(dataset.file("parquet"))})
                # Where there are coordinates, a last column has them as points.
                points = ["geometry"] if dataset.file("geojson").exists() else []
                self.assertEqual(loaded.columns, [column["name"] for column in columns] + points)
                self.assertEqual([str(kind) for kind in loaded.types[:len(columns)]], [SQL_TYPES[column["type"]] for column in columns])
                tidy = dataset.tidy_columns()
                declared = ", ".join(f"'{column['name']}': '{SQL_TYPES[column['type']]}'" for column in tidy)
                table = duckdb.sql(f"SELECT * FROM read_csv($path, auto_detect=false, header=true, delim=',', quote='\"', "
                                 f"escape='\"', columns={{{declared}}})", params={"path": str(dataset.plain)})
                self.assertEqual(loaded.select(*[duckdb.ColumnExpression(column["name"]) for column in tidy]).fetchall(),
                                 table.fetchall())
                texts = [column["name"] for column in dataset.text_columns()]
                if texts:
                    found = loaded.select(*[duckdb.ColumnExpression(name) for name in texts]).fetchall()
                    self.assertEqual([[one_line(str(cell or "")) for cell in row] for row in found], dataset.rows(dataset.texts)[1:])

    def test_the_bundle_holds_both_tables_their_dictionary_and_what_there_is_to_say(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name), zipfile.ZipFile(dataset.file("zip")) as bundle:
                self.assertIsNone(bundle.testzip())
                name = dataset.id
                texts = [f"{name}/{name}_text.csv"] if dataset.text_columns() else []
                self.assertEqual(bundle.namelist(), [f"{name}/README.txt", f"{name}/{name}.csv", f"{name}/{name}.excel.csv", *texts, f"{name}/dictionary.csv"])
                for member in texts:
                    self.assertEqual(bundle.read(member), dataset.texts.read_bytes())
                self.assertEqual(bundle.read(f"{name}/{name}.csv"), dataset.plain.read_bytes())
                self.assertEqual(bundle.read(f"{name}/{name}.excel.csv"), dataset.excel.read_bytes())
                document = dataset.document()
                dictionary = list(csv.reader(io.StringIO(bundle.read(f"{name}/dictionary.csv").decode("utf-8-sig"))))
                self.assertEqual([row[1] for row in dictionary[1:]], [column["name"] for column in document["columns"]])
                readme = bundle.read(f"{name}/README.txt").decode("utf-8-sig")
                for said in (document["title"], document["licence"]["url"], document["url"], *(member.split("/")[1] for member in texts)):
                    self.assertIn(said, readme)

    def test_duckdb_finds_equal_counts_and_sums_in_every_format(self):
        rows = 0
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                found = {ending: facts(dataset.file(ending), dataset.tidy_columns()) for ending in READERS}
                self.assertEqual(set(found.values()), {found["csv"]}, found)
                rows += found["csv"][0]
        self.assertGreater(rows, 500)

    def test_a_lost_line_a_changed_digit_and_a_dropped_column_are_noticed(self):
        [dataset] = [dataset for dataset in datasets() if dataset.name == f"{SITE.name}/population"]
        columns = dataset.document()["columns"]
        whole = facts(dataset.plain, columns)
        damages = {
            "csv": [lambda text: text[:text.rindex("\r\n", 0, -2) + 2], lambda text: text.replace(",14820,", ",14821,", 1),
                    lambda text: "\r\n".join(line.rsplit(",", 1)[0] for line in text.split("\r\n"))],
            "jsonl": [lambda text: text[text.index("\n") + 1:], lambda text: text.replace(": 14820", ": 14821", 1),
                      lambda text: re.sub(', "households": [0-9]+', "", text)],
            "json": [lambda text: text.replace(": 14820", ": 14821", 1), lambda text: re.sub(', "households": [0-9]+', "", text)],
        }
        for ending, changes in damages.items():
            text = dataset.file(ending).read_bytes().decode("utf-8")
            for number, change in enumerate(changes):
                with self.subTest(format=ending, damage=number), tempfile.TemporaryDirectory() as folder:
                    damaged = Path(folder) / f"x.{ending}"
                    damaged.write_bytes(change(text).encode("utf-8"))
                    try:
                        found = facts(damaged, columns)
                    except duckdb.Error:
                        continue
                    self.assertNotEqual(found, whole)
        for ending, read in (("parquet", lambda path: facts(path, columns)), ("xlsx", lambda path: [
                list(sheet.iter_rows()) for sheet in openpyxl.load_workbook(path).worksheets])):
            content = bytearray(dataset.file(ending).read_bytes())
            content[len(content) // 3] ^= 0x55
            with self.subTest(format=ending), tempfile.TemporaryDirectory() as folder:
                damaged = Path(folder) / f"x.{ending}"
                damaged.write_bytes(content)
                try:
                    found = read(damaged)
                except Exception:
                    continue
                self.assertNotEqual(found, whole)

    def test_a_map_with_a_damaged_place_is_not_valid(self):
        for damage in ('"coordinates": [1]', '"coordinates": ["x", 1]'):
            text = f'{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {{}}, "geometry": {{"type": "Point", {damage}}}}}]}}'
            with self.subTest(damage=damage):
                try:
                    self.assertFalse(geojson.loads(text).is_valid)
                except ValueError:
                    continue

    def test_the_workbook_holds_the_rows_of_the_csv_and_codes_as_text(self):
        for dataset in datasets():
            with self.subTest(dataset=dataset.name):
                book = openpyxl.load_workbook(dataset.file("xlsx"))
                columns = dataset.document()["columns"]
                sheet, dictionary = book.worksheets
                self.assertEqual(sheet.freeze_panes, "A2")
                table = list(sheet.iter_rows(values_only=True))
                described = list(dictionary.iter_rows(min_row=2, max_col=3, values_only=True))
                if dataset.id == "measures" and "topic" in [column["name"] for column in columns]:
                    # A last column is for readers only: the names of all topics.
                    self.assert_topics(dataset, [row[-1] for row in table])
                    table, described = [row[:-1] for row in table], described[:-1]
                self.assertEqual(list(table[0]), [column["title"] for column in columns])
                rows = [[json_text(row[column["name"]]) for column in columns] for row in dataset.document()["rows"]]
                self.assertEqual(len(table) - 1, len(rows))
                for found, row in zip(table[1:], rows):
                    for value, text, column in zip(found, row, columns):
                        self.assert_cell(value, text, column)
                self.assertEqual(described, [(c["title"], c["name"], c["type"]) for c in columns])

    def assert_topics(self, dataset, column):
        tables = {other.id: other.document()["rows"] for other in datasets_of(dataset.site) if other.id in ("topics", "measure-topics")}
        names = {row["id"]: row["name"] for row in tables["topics"]}
        of = {}
        for row in tables["measure-topics"]:
            of.setdefault(row["measure"], []).append(names[row["topic"]])
        ids = [row["id"] for row in dataset.document()["rows"]]
        self.assertEqual(column, ["分野", *("、".join(of[measure]) if measure in of else None for measure in ids)])

    def test_dictionaries_are_in_both_languages_in_every_format(self):
        """Whatever the JSON says of a column in English is in the workbook, the bundle, the Data Package and CSV on the Web too."""
        translated = 0
        for dataset in datasets_of(SITE):
            columns = dataset.document()["columns"]
            with zipfile.ZipFile(dataset.file("zip")) as bundle:
                text = bundle.read(f"{dataset.id}/dictionary.csv").decode("utf-8-sig")
            book = openpyxl.load_workbook(dataset.file("xlsx")).worksheets[1]
            package = json.loads(dataset.json.with_name("datapackage.json").read_bytes())["resources"][0]["schema"]["fields"]
            csvw = json.loads(dataset.file("csv-metadata.json").read_bytes())["tableSchema"]["columns"]
            tables = [list(csv.reader(io.StringIO(text))), [[cell or "" for cell in row] for row in book.iter_rows(values_only=True)]]
            fields = {field["name"]: (field.get("title_en"), field.get("description_en")) for field in package}
            web = {column["name"]: (column["titles"].get("en"), english(column.get("dc:description"))) for column in csvw}
            for column in columns:
                said = (column["title_en"], column["description_en"])
                for header, *rows in tables:
                    [row] = [dict(zip(header, row)) for row in rows if row[1] == column["name"]]
                    self.assertEqual((row["Title"] or None, row["Description"] or None), said)
                if not column["narrative"]:
                    self.assertEqual(fields[column["name"]], said)
                    self.assertEqual(web[column["name"]], said)
                translated += sum(part is not None for part in said)
        self.assertGreater(translated, 300)

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
            with self.subTest(dataset=dataset.name):
                text = dataset.file("geojson").read_text(encoding="utf-8")
                collection = geojson.loads(text)
                self.assertTrue(collection.is_valid, collection.errors())
                names = {column["type"]: column["name"] for column in reversed(dataset.document()["columns"])}
                north, east = names["latitude"], names["longitude"]
                rows = [row for row in dataset.document()["rows"] if row[north] and row[east]]
                self.assertEqual(len(collection["features"]), len(rows))
                for feature, row in zip(collection["features"], rows):
                    longitude, latitude = feature["geometry"]["coordinates"]
                    self.assertTrue(122 < longitude < 154 and 20 < latitude < 46, feature["geometry"])
                    self.assertEqual((longitude, latitude), (float(row[east]), float(row[north])))


def english(description) -> str | None:
    """The English text of a description in CSV on the Web."""
    if not isinstance(description, list):
        return None
    [text] = [said["@value"] for said in description if said["@language"] == "en"]
    return text


def code_on_page(site: Path, name: str) -> dict[str, str]:
    """Code by its language, and the citations by their form; addresses lead into the site on the disk."""
    page = (site / f"data/{name}.html").read_text(encoding="utf-8")
    base = json.loads((site / "catalog.json").read_bytes())["url"]
    found = {}
    for attributes, text in re.findall(r"<pre([^>]*)><code[^>]*>(.*?)</code></pre>", page, re.S):
        text = html.unescape(text).replace(base, f"{site.as_posix()}/")
        language = re.search(r'data-language="([a-z]+)"', attributes)
        known = language[1] if language else "bibtex" if text.startswith("@misc") else "ris"
        found[known] = text
    return found


READERS = {
    "csv": "read_csv($path, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', columns={types})",
    "jsonl": "read_json($path, format='newline_delimited', columns={types})",
    "json": "(SELECT unnest(rows, max_depth := 2) FROM read_json($path, columns={{'rows': 'STRUCT({struct})[]'}}, maximum_object_size=268435456))",
    "parquet": "read_parquet($path)",
}


def facts(path: Path, columns: list[dict]) -> tuple:
    """Rows, and for each column the blanks and the sum of its numbers, or of the lengths of its texts, as DuckDB finds them."""
    types = {column["name"]: SQL_TYPES[column["type"]] for column in columns}
    asked = ["count(*)"]
    for column in columns:
        name = f'"{column["name"]}"'
        # Line breaks differ by the format's own rules.
        text = f"sum(length(replace(CAST({name} AS VARCHAR), chr(13), '')))"
        asked += [f"count({name})", f"sum({name}::DECIMAL(38, 10))" if column["type"] in NUMERIC else text]
    source = READERS[path.name.rsplit(".", 1)[1]].format(
        types="{" + ", ".join(f"'{name}': '{kind}'" for name, kind in types.items()) + "}",
        struct=", ".join(f'"{name}" {kind}' for name, kind in types.items()))
    return duckdb.sql(f"SELECT {', '.join(asked)} FROM {source}", params={"path": str(path)}).fetchall()[0]
