"""A client generated from `openapi.json` has every operation and reads what the site publishes."""

import contextlib
import copy
import importlib
import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import httpx
from openapi_python_client.strings import PythonIdentifier
from support import ROOT, SITE


def config(language: str = "en") -> str:
    """The settings of the generator, as the documentation has them."""
    text = (ROOT / f"docs/{language}/data.md").read_text(encoding="utf-8")
    [settings] = re.findall(r"```yaml\n(.*?)```", text, re.S)
    return settings


def generate(document: Path, folder: Path) -> str:
    """Makes the package `client` in `folder`; gives what the generator said."""
    settings = folder / "config.yaml"
    # The code is only run here, not read, so it is not formatted.
    settings.write_text(config() + "post_hooks: []\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", document, "--meta", "none",
         "--output-path", folder / "client", "--config", settings, "--overwrite", "--fail-on-warning"],
        capture_output=True, text=True, encoding="utf-8")
    said = run.stdout + run.stderr
    return "" if run.returncode == 0 and "WARNING" not in said.upper() else said or str(run.returncode)


@contextlib.contextmanager
def importable(folder: Path):
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == "client"]:
            del sys.modules[name]


class Client(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="kawaraban-client-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.document = json.loads((SITE / "openapi.json").read_bytes())
        cls.said = generate(SITE / "openapi.json", cls.folder)
        path = importable(cls.folder)
        path.__enter__()
        cls.addClassCleanup(path.__exit__, None, None, None)

    def setUp(self):
        self.assertEqual(self.said, "", "the generator has nothing to say")
        self.asked = []

        def answer(request: httpx.Request) -> httpx.Response:
            path = request.url.path.removeprefix("/")
            file = SITE / path
            self.asked.append(path)
            return httpx.Response(200, content=file.read_bytes()) if file.is_file() else httpx.Response(404, text="no such page")

        base = self.document["servers"][0]["url"]
        client = importlib.import_module("client").Client(base_url=base, raise_on_unexpected_status=True)
        self.client = client.set_httpx_client(httpx.Client(base_url=base, transport=httpx.MockTransport(answer)))

    def operations(self):
        """Every path with its operation and the function that asks for it."""
        for path, described in self.document["paths"].items():
            operation = described["get"]
            name = PythonIdentifier(operation["operationId"], "field_")
            [tag] = operation["tags"]
            yield path, described, importlib.import_module(f"client.api.{tag}.{name}").sync_detailed

    def values(self, path: str, parameter: dict) -> list[str]:
        if "enum" in parameter["schema"]:
            return parameter["schema"]["enum"]
        before, after = path[1:].split("{id}")
        return sorted(file.name.removesuffix(after) for file in (SITE / before).glob(f"*{after}"))

    def test_every_operation_reads_every_file_of_the_site(self):
        read = {}
        for path, described, ask in self.operations():
            [(media_type, content)] = described["get"]["responses"]["200"]["content"].items()
            [parameter] = described.get("parameters", [None])
            for value in self.values(path, parameter) if parameter else [None]:
                with self.subTest(path=path, value=value):
                    response = ask(client=self.client, **({parameter["name"]: value} if parameter else {}))
                    self.assertEqual(response.status_code, 200)
                    published = (SITE / self.asked[-1]).read_bytes()
                    [schema, *_] = content["schema"].get("anyOf", [content["schema"]])
                    kind = "bytes" if schema.get("format") == "binary" else "text" if schema.get("type") == "string" else "json"
                    read.setdefault(kind, set()).add(media_type)
                    if kind == "json":
                        self.assertEqual(response.parsed.to_dict(), json.loads(published))
                    elif kind == "text":
                        self.assertEqual(response.parsed.encode(), published)
                    else:
                        self.assertEqual(response.parsed.payload.read(), published)
        self.assertEqual(read["json"], {"application/json", "application/ld+json", "application/csvm+json", "application/geo+json"})
        self.assertLess({"text/csv", "text/turtle", "application/sql", "application/x-ndjson", "application/xml"}, read["text"])
        self.assertIn("application/zip", read["bytes"])

    def test_a_file_that_is_not_there_is_read_as_such(self):
        told = 0
        for path, described, ask in self.operations():
            if "404" in described["get"]["responses"]:
                [parameter] = described["parameters"]
                response = ask(client=self.client, **{parameter["name"]: "1999-01-01"})
                self.assertEqual((response.status_code, response.parsed), (404, "no such page"), path)
                told += 1
        self.assertGreater(told, 10)

    def test_rows_have_types(self):
        from client.api.datasets import library_use_2023_json, public_facilities_json
        from client.api.entries import measure

        rows = public_facilities_json.sync(client=self.client).rows
        self.assertEqual((type(rows[0]).__name__, type(rows[0].latitude)), ("PublicFacilitiesRow", float))
        self.assertIsInstance(library_use_2023_json.sync(client=self.client).rows[0].visitors, int)
        example = self.document["paths"]["/measures/{id}.json"]["parameters"][0]["example"]
        self.assertEqual(measure.sync(client=self.client, id=example).department.to_dict().keys(), {"id", "name"})

    def test_a_reference_out_of_the_document_would_lose_a_response(self):
        damaged = copy.deepcopy(self.document)
        answer = damaged["paths"]["/catalog.json"]["get"]["responses"]["200"]
        answer["content"]["application/json"]["schema"] = {"$ref": "schemas/catalog.json"}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "openapi.json"
            path.write_text(json.dumps(damaged), encoding="utf-8")
            self.assertIn("omitted from generated client", " ".join(generate(path, Path(folder)).split()))

    def test_both_languages_document_the_same_settings(self):
        self.assertEqual(config("ja").split("#")[0], config("en").split("#")[0])


if __name__ == "__main__":
    unittest.main()
