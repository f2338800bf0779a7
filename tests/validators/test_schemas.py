"""Every JSON fits its schema, every schema the standard, and the description of the site's addresses is whole; each of
which can fail."""

import copy
import io
import json
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import jsonschema
from openapi_spec_validator import OpenAPIV31SpecValidator
from published import files, sites
from support import SITE

DRAFT = jsonschema.Draft202012Validator
# What others have laid down and their own validators hold: packages, the catalogue in JSON-LD, the description of the addresses.
OTHERS = ("datapackage.json", "openapi.json")


def check_jsonschema(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "check_jsonschema", *map(str, arguments)], capture_output=True, text=True)


def with_schema(site: Path) -> dict[Path, list[Path]]:
    """Every JSON of our own by the schema that is its."""
    base = json.loads((site / "catalog.json").read_bytes())["url"]
    found: dict[Path, list[Path]] = {}
    for path, file in files(site).items():
        if not path.endswith(".json") or path.startswith("schemas/") or path.endswith(OTHERS):
            continue
        # These say by their places what they are.
        kind = ("csv-metadata" if path.endswith(".csv-metadata.json") else
                "csv-metadata-of-all" if path == "data/csv-metadata.json" else
                "search-manifest" if path == "search/manifest.json" else
                "table-manifest" if path.startswith("tables/") else None)
        if kind:
            schema = site / f"schemas/{kind}.json"
        else:
            schema = site / json.loads(file.read_bytes())["$schema"].removeprefix(base)
        found.setdefault(schema, []).append(file)
    return found


class Schemas(unittest.TestCase):
    def test_every_schema_is_one_and_every_instance_fits_its_own(self):
        for site in sites():
            every = sorted(site.glob("schemas/**/*.json"))
            told = check_jsonschema("--check-metaschema", *every)
            self.assertEqual(told.returncode, 0, told.stdout)
            used = with_schema(site)
            self.assertEqual(sorted(used), [
                path for path in every
                if site == SITE or path.relative_to(site / "schemas").as_posix() not in ("measure.json", "policy.json")])
            for schema, instances in used.items():
                with self.subTest(site=site.name, schema=schema.relative_to(site).as_posix()):
                    validator = self.validator(schema)
                    for instance in instances:
                        self.assertEqual(self.problems(validator, json.loads(instance.read_bytes())), [], instance)

    def test_every_column_is_described_in_both_languages_as_in_the_dictionary(self):
        read = 0
        for site in sites():
            for schema, instances in with_schema(site).items():
                if not schema.relative_to(site).as_posix().startswith("schemas/data/"):
                    continue
                document, rows = json.loads(instances[0].read_bytes()), json.loads(schema.read_bytes())
                cells = rows["$defs"]["row"]["properties"]
                self.assertEqual((rows["title"], rows.get("x-title-en")), (document["title"], document["title_en"]))
                for column in document["columns"]:
                    with self.subTest(site=site.name, schema=schema.name, column=column["name"]):
                        cell = cells[column["name"]]
                        said = [cell.get(name) for name in ("title", "x-title-en", "description", "x-description-en")]
                        self.assertEqual(said, [column[name] for name in ("title", "title_en", "description", "description_en")])
                        self.assertEqual(cell.get("x-labels", []), column["labels"])
                        self.assertEqual(cell.get("x-labels-en", [None] * len(column["labels"])), column["labels_en"])
                        read += column["title_en"] is not None
        self.assertGreater(read, 100)
        account = json.loads((SITE / "schemas/measure.json").read_bytes())["properties"]["fields"]["properties"]["accounts"]
        self.assertEqual([account["title"], account["x-title-en"], account["description"], account["x-description-en"]],
                         ["会計科目", "Budget accounts", "会計・款・項・目", "Account, chapter, section and item of the budget"])

    def test_the_command_says_the_same(self):
        for site in sites():
            for name in ("catalog.json", "manifest.json"):
                told = check_jsonschema("--schemafile", site / "schemas" / name, site / name)
                self.assertEqual(told.returncode, 0, told.stdout)
        told = check_jsonschema("--schemafile", SITE / "schemas/catalog.json", SITE / "manifest.json")
        self.assertEqual(told.returncode, 1, told.stdout)

    def test_lines_and_places_fit_their_part_of_the_schema(self):
        for site in sites():
            for lines in sorted(site.glob("data/*/latest/*.jsonl")):
                with self.subTest(file=lines.name):
                    row = self.validator(site / f"schemas/data/{lines.stem}.json", "row")
                    for line in lines.read_text(encoding="utf-8").split("\n")[:-1]:
                        self.assertEqual(self.problems(row, json.loads(line)), [], line)
                    places = lines.with_suffix(".geojson")
                    if places.exists():
                        validator = self.validator(site / f"schemas/data/{lines.stem}.json", "places")
                        self.assertEqual(self.problems(validator, json.loads(places.read_bytes())), [])

    def test_a_changed_document_does_not_fit(self):
        changes = {
            "schemas/measure.json": [
                lambda d: d.pop("title"), lambda d: d.update(more=1), lambda d: d.update(fiscal_year="2020"),
                lambda d: d.update(updated="2020-4-1"), lambda d: d.update(licence="free"),
                lambda d: d["department"].update(id="A b")],
            "schemas/policy.json": [lambda d: d["ratings"].popitem(), lambda d: d["measures"][0].update(rating="fine")],
            "schemas/catalog.json": [
                lambda d: d["datasets"][0]["files"][0].update(sha256="0"), lambda d: d["bundle"].update(bytes=-1),
                lambda d: d["datasets"][0].pop("files")],
            "schemas/manifest.json": [lambda d: d["files"][0].pop("sha256"), lambda d: d.update(format="other")],
            "schemas/search-manifest.json": [
                lambda d: d.update(format="other"), lambda d: d.pop("documents"), lambda d: d["fields"].clear(),
                lambda d: d["labels"]["rating"][0].pop("name")],
            "schemas/table-manifest.json": [
                lambda d: d.update(format="kawaraban-table/0"), lambda d: d.update(more=1), lambda d: d.update(chunks="xyz"),
                lambda d: d["columns"][0].update(type="colour"), lambda d: d["columns"][0].pop("blanks")],
            "schemas/csv-metadata.json": [lambda d: d["tableSchema"]["columns"][0].pop("name")],
            "schemas/csv-metadata-of-all.json": [lambda d: d["tables"][0]["tableSchema"].pop("columns"), lambda d: d.update(more=1)],
            "schemas/data/public-facilities.json": [
                lambda d: d["rows"][0].pop("name"), lambda d: d["rows"][0].update(latitude=91),
                lambda d: d["rows"][0].update(localgov_code=999997), lambda d: d["rows"][0].update(name=""),
                lambda d: d["columns"][0].update(type="colour"), lambda d: d.update(id="other")],
        }
        used = with_schema(SITE)
        for schema, damages in changes.items():
            validator = self.validator(SITE / schema)
            whole = json.loads(used[SITE / schema][0].read_bytes())
            self.assertEqual(self.problems(validator, whole), [])
            for number, damage in enumerate(damages):
                with self.subTest(schema=schema, change=number):
                    document = copy.deepcopy(whole)
                    damage(document)
                    self.assertNotEqual(self.problems(validator, document), [])

    def validator(self, schema: Path, part: str | None = None):
        document = json.loads(schema.read_bytes())
        if part:
            document = {"$schema": document["$schema"], "$defs": document["$defs"], "$ref": f"#/$defs/{part}"}
        return DRAFT(document, format_checker=DRAFT.FORMAT_CHECKER)

    def problems(self, validator, document) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


class Addresses(unittest.TestCase):
    """`openapi.json`"""

    def test_it_is_valid_and_a_damaged_one_is_not(self):
        for site in sites():
            document = json.loads((site / "openapi.json").read_bytes())
            self.assertEqual([error.message for error in self.errors(document)], [])
        document = json.loads((SITE / "openapi.json").read_bytes())
        for damage in (lambda d: d["info"].pop("title"), lambda d: d["paths"]["/manifest.json"]["get"]["responses"].clear(),
                       lambda d: d["paths"]["/manifest.json"]["get"].update(operationId="catalog"),
                       lambda d: d["paths"].update({"catalog": {}})):
            damaged = copy.deepcopy(document)
            damage(damaged)
            self.assertNotEqual(list(self.errors(damaged)), [])

    def errors(self, document):
        return OpenAPIV31SpecValidator(document).iter_errors()

    def test_it_refers_to_nothing_outside_and_to_each_of_its_schemas(self):
        for site in sites():
            document = json.loads((site / "openapi.json").read_bytes())
            schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
            self.assertEqual(set(references(document)) - {"#/components/responses/NotFound"}, schemas)

    def test_what_is_published_fits_the_schemas_within_it(self):
        for site in sites():
            document, published = json.loads((site / "openapi.json").read_bytes()), files(site)
            read = 0
            for path, described in document["paths"].items():
                [(media_type, content)] = described["get"]["responses"]["200"]["content"].items()
                if not media_type.endswith("json") or media_type == "application/x-ndjson":
                    continue
                validator = DRAFT({**content["schema"], "components": document["components"]}, format_checker=DRAFT.FORMAT_CHECKER)
                pattern = re.compile(re.sub(r"\\{(id|version)\\}", "[^/]+", re.escape(path[1:])))
                for found in filter(pattern.fullmatch, published):
                    if "{version}" in path and "/latest/" in found:
                        continue
                    with self.subTest(site=site.name, file=found):
                        whole = json.loads(published[found].read_bytes())
                        self.assertEqual([error.message for error in validator.iter_errors(whole)], [])
                        if "{id}" in path or media_type == "application/geo+json":
                            damaged = {key: value for key, value in whole.items() if key not in ("id", "format", "type")}
                            self.assertFalse(validator.is_valid(damaged))
                        read += 1
            self.assertGreater(read, 50)

    def test_it_has_every_address_that_gives_data_and_no_other(self):
        for site in sites():
            document = json.loads((site / "openapi.json").read_bytes())
            every = files(site)
            # Citations are no data.
            data = {path for path in every if path.startswith("data/") and not path.endswith((".html", ".md", ".bib", ".ris"))}
            versioned = {path for path in data if path.count("/") > 1
                         and ("/latest/" not in path or path.endswith(".changes.csv"))}
            given = data - versioned | {version_template(path) for path in versioned}
            given |= {"search/manifest.json", "tables/{id}/manifest.json"}
            given |= {"catalog.json", "manifest.json", "opendata-list.csv", "feed.xml", "sitemap.xml"}
            given |= {path for path in every if re.fullmatch(r"catalog(-versions)?\.(jsonld|ttl|rdf)", path)}
            for kind in ("measures", "policies"):
                entries = {path for path in every if path.startswith(f"{kind}/") and path.endswith(".json")}
                given = given - entries | ({f"{kind}/{{id}}.json"} if entries else set())
            self.assertEqual({path[1:] for path in document["paths"]}, given)
            operations = [path["get"]["operationId"] for path in document["paths"].values()]
            self.assertEqual(len(set(operations)), len(operations))

    def test_every_version_is_among_the_parameters_of_its_path(self):
        for site in sites():
            document, published = json.loads((site / "openapi.json").read_bytes()), files(site)
            found = set()
            for path, described in document["paths"].items():
                for parameter in described.get("parameters", []):
                    if parameter["name"] == "version":
                        found |= {path[1:].replace("{version}", name) for name in parameter["schema"]["enum"]}
                        self.assertIn(parameter["example"], parameter["schema"]["enum"])
                    elif "enum" in parameter["schema"]:
                        for name in parameter["schema"]["enum"]:
                            self.assertIn(path[1:].replace("{id}", name), published)
            every = {path for path in published if path.startswith("data/") and path.count("/") == 3 and "/rows/" not in path
                     and ("/latest/" not in path or path.endswith(".changes.csv")) and not path.endswith((".html", ".md", ".bib", ".ris"))}
            self.assertEqual(found, every)
            self.assertEqual(len(every) > 50, site == SITE)

    def test_its_examples_are_real(self):
        for site in sites():
            document = json.loads((site / "openapi.json").read_bytes())
            examples = 0
            for path, described in document["paths"].items():
                [(_, content)] = described["get"]["responses"]["200"]["content"].items()
                for name, example in content.get("examples", {}).items():
                    examples += 1
                    if "{version}" in path:
                        published = (site / path[1:].replace("{version}", name)).read_text(encoding="utf-8")
                        self.assertTrue(published.startswith(example["value"]), path)
                    elif "{id}" in path:
                        published = json.loads((site / path[1:].replace("{id}", name)).read_bytes())
                        self.assertEqual(example["value"], published)
                    else:
                        self.assertTrue((site / path[1:]).read_text(encoding="utf-8").startswith(example["value"]), path)
            self.assertGreater(examples, 5)


def version_template(path: str) -> str:
    """The path with a parameter in the place of the version."""
    folder, name, _, file = path.split("/")
    return f"{folder}/{name}/{{version}}/{file}"


def references(value) -> list[str]:
    """Every reference in a document."""
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for inner in value.values() for found in references(inner)]
    return [found for inner in value for found in references(inner)] if isinstance(value, list) else []


class Bundle(unittest.TestCase):
    """`data/open-data.zip`"""

    def test_it_holds_every_table_as_its_package_says(self):
        import frictionless

        for site in sites():
            catalog = json.loads((site / "catalog.json").read_bytes())
            with self.subTest(site=site.name), tempfile.TemporaryDirectory() as folder:
                with zipfile.ZipFile(io.BytesIO((site / catalog["bundle"]["path"]).read_bytes())) as bundle:
                    self.assertIsNone(bundle.testzip())
                    bundle.extractall(folder)
                    tables = [f"open-data/{file['path'].removeprefix('data/')}" for d in catalog["datasets"] for file in d["files"]
                              if file["path"].endswith((f"/{d['id']}.csv", "_text.csv"))]
                    said = ["open-data/README.txt", "open-data/dictionary.csv", "open-data/datapackage.json", "open-data/csv-metadata.json",
                            *(f"open-data/{name}.sql" for name in ("schema", "load-sqlite", "load-duckdb"))]
                    self.assertEqual(bundle.namelist(), said + tables)
                    self.assertEqual({info.date_time for info in bundle.infolist()}, {(1980, 1, 1, 0, 0, 0)})
                    for table in tables:
                        self.assertEqual(bundle.read(table), (site / table.replace("open-data/", "data/", 1)).read_bytes())
                    readme = bundle.read(said[0]).decode("utf-8-sig")
                    dictionary = bundle.read(said[1]).decode("utf-8-sig").splitlines()
                for dataset in catalog["datasets"]:
                    self.assertIn(f"{dataset['id']} | {dataset['title']} | {dataset['row_count']} | ", readme)
                    self.assertTrue(any(line.startswith(f"{dataset['id']},") for line in dictionary))
                package = Path(folder) / "open-data/datapackage.json"
                if site == SITE:
                    report = frictionless.Package(str(package)).validate()
                    self.assertTrue(report.valid, report.flatten(["message"]))
                    table = next(table for table in package.parent.glob("*/latest/*.csv") if b"1" in table.read_bytes())
                    table.write_bytes(table.read_bytes().replace(b"1", b"2", 1))
                    self.assertFalse(frictionless.Package(str(package)).validate().valid)
