"""What the binary is made of: its bill of materials by CycloneDX's own validator, and against the lock file."""

import json
import re
import subprocess
import tomllib
import unittest
from pathlib import Path

from boolean import boolean
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from support import BINARY, ROOT

VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)
REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"


def allows(allowed: set[str], expression: str) -> bool:
    """Whether the SPDX expression can be met with allowed licences alone. An exception only adds permissions."""

    def met(part) -> bool:
        if isinstance(part, boolean.OR):
            return any(map(met, part.args))
        if isinstance(part, boolean.AND):
            return all(map(met, part.args))
        return str(part).split(" WITH ")[0] in allowed

    return met(get_spdx_licensing().parse(expression))


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

    def test_licences_crates_and_sources_are_those_that_the_policy_allows(self):
        policy = tomllib.loads((Path(ROOT) / "deny.toml").read_text())
        allowed = set(policy["licenses"]["allow"])
        self.assertTrue(allows({"MIT"}, "MIT OR GPL-2.0-only") and not allows({"MIT"}, "MIT AND GPL-2.0-only"))
        refused = {
            component["name"]: component["licenses"][0]["expression"]
            for component in self.sbom["components"]
            if not allows(allowed, component["licenses"][0]["expression"])
        }
        self.assertEqual(refused, {})
        names = {component["name"] for component in self.sbom["components"]}
        self.assertEqual(names & set(policy["bans"]["deny"]), set())
        lock = tomllib.loads((Path(ROOT) / "Cargo.lock").read_text())
        elsewhere = {crate["name"] for crate in lock["package"] if crate.get("source", REGISTRY) != REGISTRY}
        self.assertEqual((elsewhere, policy["sources"]["unknown-git"]), (set(), "deny"))

    def test_every_library_has_its_licence_text(self):
        text = subprocess.run([BINARY, "licences", "--lang", "en"], capture_output=True, text=True, check=True).stdout
        under = set()
        for names in re.findall(r"^-{80}\n(.*)\n-{80}$", text, re.MULTILINE):
            under |= set(names.split(", "))
        listed = {f"{component['name']} {component['version']}" for component in self.sbom["components"]}
        self.assertEqual(listed - under, set())


if __name__ == "__main__":
    unittest.main()
