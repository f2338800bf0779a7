"""No link inside the site is broken, fragments included, and every page and file is reached."""

import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from published import files
from support import ROOT, SITE


class Links(unittest.TestCase):
    def test_no_link_is_broken_and_every_page_and_data_file_is_reached(self):
        base = json.loads((SITE / "catalog.json").read_bytes())["url"]
        found = follow(SITE, base)
        self.assertEqual(found["broken"], [], f"{len(found['broken'])} broken links")
        reached = set(found["reached"]) | {"index.html"}
        must_be = {path for path in files()
                   if path.endswith((".html", ".csv")) or path.startswith(("measures/", "policies/"))}
        # Nobody links to the 404 pages, nor to the old addresses of what was renamed or removed.
        unlinked = {path for path in must_be - reached if not path.endswith("404.html")}
        moved = {path for path in unlinked if 'name="robots" content="noindex"' in files()[path].read_text("utf-8")}
        self.assertEqual(unlinked - moved, set())

    def test_the_checker_would_find_a_broken_link_and_a_broken_fragment(self):
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            site.mkdir()
            shutil.copy(ROOT / "tests/validators/broken-links.html", site / "index.html")
            (site / "there.html").write_text('<!DOCTYPE html><title>x</title><p id="a">', encoding="utf-8")
            broken = follow(site, "https://example.org/")["broken"]
        self.assertEqual(sorted({link.split(" → ")[1].split(" ")[0] for link in broken}),
                         ["gone.html", "missing.html", "there.html#b"])


def follow(site: Path, base: str) -> dict:
    command = ["node", ROOT / "tests/validators/links.js", site, base]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if run.returncode != 0:
        raise AssertionError(run.stderr)
    return json.loads(run.stdout)
