"""One task of the job that builds many cities, and its table of cities, without Spark."""

import shutil
import sys

import cities
import jobs
from lakes import LakeTest
from support import BINARY

sys.path.insert(0, str(jobs.JOBS))

import build_cities  # noqa: E402


class BuildCities(LakeTest):
    def setUp(self):
        super().setUp()
        self.sites = self.folder / "sites"
        self.root = cities.make(self.folder / "content", 13101)
        self.city = {"code": "131016", "root": str(self.root)}

    def build(self, city=None):
        """The outcome and the codes of the errors."""
        found = build_cities.build_city(city or self.city, str(self.sites), str(BINARY), 1)
        return found[0][2], [row[5] for row in found if row[4] == "error"]

    def test_only_what_changed_is_built(self):
        self.assertEqual(self.build(), ("built", []))
        self.assertEqual(self.build(), ("unchanged", []))
        # Someone has built the site by hand since, or it is gone.
        manifest = self.sites / "131016/manifest.json"
        manifest.write_bytes(manifest.read_bytes() + b"\n")
        self.assertEqual(self.build(), ("built", []))
        shutil.rmtree(self.sites / "131016")
        self.assertEqual(self.build(), ("built", []))
        (self.root / "content/pages").mkdir()
        (self.root / "content/pages/about.md").write_text('+++\ntitle = "案内"\n+++\n\n本文\n', encoding="utf-8")
        self.assertEqual(self.build(), ("built", []))

    def test_a_failure_stays_until_something_changes(self):
        cities.make(self.root, 13101, broken=True)
        outcome, errors = self.build()
        self.assertEqual((outcome, set(errors)), ("failed", {"table::not-a-number"}))
        self.assertEqual(self.build(), (outcome, errors))
        self.assertFalse((self.sites / "131016").exists())
        cities.make(self.root, 13101)
        self.assertEqual(self.build(), ("built", []))

    def test_a_site_with_the_code_of_another_city(self):
        self.assertEqual(self.build(), ("built", []))
        before = (self.sites / "131016/manifest.json").read_bytes()
        cities.make(self.root, 13102)
        self.assertEqual(self.build(), ("failed", ["cities::other-code"]))
        self.assertEqual((self.sites / "131016/manifest.json").read_bytes(), before, "the last good site stays")

    def test_a_folder_that_is_missing(self):
        outcome, errors = self.build({"code": "131024", "root": str(self.folder / "nowhere")})
        self.assertEqual(outcome, "failed")
        self.assertEqual(len(errors), 1)

    def test_tables_of_cities(self):
        table = self.folder / "cities.csv"
        table.write_text("\ufeffcode,root\n131016,content\n", encoding="utf-8")
        self.assertEqual(build_cities.read_cities(table), [self.city])
        for text, *words in (
            ("", "no city"),
            ("code,root\n", "no city"),
            ("city,folder\n131016,content\n", "row 2", "six digits", "blank"),
            ("code,root\n131016,a\n131016,b\n1202,c\n", "row 3", "row 2", "row 4", "1202"),
        ):
            table.write_text(text, encoding="utf-8")
            with self.assertRaises(SystemExit) as caught:
                build_cities.read_cities(table)
            for word in words:
                self.assertIn(word, str(caught.exception))
