"""The Nu HTML checker finds no error on any page."""

import subprocess
import unittest

from published import files
from support import ROOT, SITE

CHECKER = ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"


class Html(unittest.TestCase):
    def test_every_page_is_valid(self):
        pages = [path for name, path in files().items() if name.endswith(".html")]
        self.assertGreater(len(pages), 100)
        run = self.checker("--errors-only", "--skip-non-html", SITE)
        self.assertEqual((run.returncode, run.stderr), (0, ""), run.stderr[:4000])

    def test_the_checker_would_find_an_error(self):
        run = self.checker("--errors-only", ROOT / "tests/validators/invalid.html")
        self.assertIn("error:", run.stderr)

    @staticmethod
    def checker(*arguments):
        command = ["java", "-Xss8m", "-jar", CHECKER, "--format", "gnu", *arguments]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
