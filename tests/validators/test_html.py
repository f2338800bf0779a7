"""Two checkers that know nothing of each other find no error on any page: the Nu HTML checker, and html-validate."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from published import files
from support import ROOT, SITE, Built

CHECKER = ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"
VALIDATE = ROOT / "tests/node_modules/html-validate/bin/html-validate.mjs"


class Html(unittest.TestCase):
    def test_every_page_is_valid(self):
        pages = [path for name, path in files().items() if name.endswith(".html")]
        self.assertGreater(len(pages), 100)
        run = self.checker("--errors-only", "--skip-non-html", SITE)
        self.assertEqual((run.returncode, run.stderr), (0, ""), run.stderr[:4000])

    def test_the_checker_would_find_an_error(self):
        run = self.checker("--errors-only", ROOT / "tests/validators/invalid.html")
        self.assertIn("error:", run.stderr)

    def test_html_validate_finds_nothing(self):
        run = self.validate(SITE)
        self.assertEqual(run.returncode, 0, run.stdout[:4000])

    def test_html_validate_would_find_an_error(self):
        run = self.validate(ROOT / "tests/validators/invalid.html")
        self.assertIn("error", run.stdout)
        self.assertNotEqual(run.returncode, 0)

    def test_the_theme_of_a_third_city_is_valid(self):
        with tempfile.TemporaryDirectory() as folder:
            root, out = Path(folder), Path(folder) / "site"
            shutil.copytree(ROOT / "content", root / "content")
            shutil.copytree(ROOT / "tests/fixtures/minato", root, dirs_exist_ok=True)
            settings = root / "content/site.toml"
            settings.write_text('theme = "minato"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
            built = Built(root, out)
            self.assertEqual(built.status, 0, built.output[-2000:])
            pages = [out / page for page in ("index.html", "en/index.html", "guide/moving.html", "404.html")]
            run = self.checker("--errors-only", *pages)
            self.assertEqual((run.returncode, run.stderr), (0, ""), run.stderr[:4000])
            run = self.validate(out)
            self.assertEqual(run.returncode, 0, run.stdout[:4000])

    @staticmethod
    def validate(what):
        config = ROOT / "tests/validators/html-validate.json"
        command = ["node", VALIDATE, "--config", config, "--formatter", "text", what]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")

    @staticmethod
    def checker(*arguments):
        command = ["java", "-Xss8m", "-jar", CHECKER, "--format", "gnu", *arguments]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
