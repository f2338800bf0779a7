"""What the binary is made of: its bill of materials by CycloneDX's own validator, and against the lock file."""

import json
import re
import subprocess
import tomllib
import unittest
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from support import BINARY, ROOT

VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)


class Supply(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = subprocess.run([BINARY, "licences", "--sbom"], capture_output=True, text=True, check=True).stdout
        cls.sbom = json.loads(cls.text)

    def test_the_bill_of_materials_fits_its_schema_and_a_damaged_one_does_not(self):
        self.assertIsNone(VALIDATOR.validate_str(self.text))
        damaged = json.loads(self.text)
        damaged["components"][0]["hashes"][0]["content"] = "0"
        self.assertIsNotNone(VALIDATOR.validate_str(json.dumps(damaged)))

    def test_it_lists_what_the_lock_file_has_with_its_digests(self):
        lock = tomllib.loads((Path(ROOT) / "Cargo.lock").read_text())
        locked = {(crate["name"], crate["version"]): crate.get("checksum") for crate in lock["package"]}
        for component in self.sbom["components"]:
            crate = (component["name"], component["version"])
            self.assertEqual(component["hashes"], [{"alg": "SHA-256", "content": locked[crate]}], crate)
        listed = {component["name"] for component in self.sbom["components"]}
        manifest = tomllib.loads((Path(ROOT) / "Cargo.toml").read_text())
        always = {name for name, of in manifest["dependencies"].items() if not (isinstance(of, dict) and of.get("optional"))}
        self.assertLessEqual(always, listed)
        self.assertGreater(len(listed), 150)

    def test_every_library_has_its_licence_text(self):
        text = subprocess.run([BINARY, "licences", "--lang", "en"], capture_output=True, text=True, check=True).stdout
        under = set()
        for names in re.findall(r"^-{80}\n(.*)\n-{80}$", text, re.MULTILINE):
            under |= set(names.split(", "))
        listed = {f"{component['name']} {component['version']}" for component in self.sbom["components"]}
        self.assertEqual(listed - under, set())


if __name__ == "__main__":
    unittest.main()
