"""A site of 10,000 measures is built within the memory and the number of files that are promised.

The measures are those of `benches/compare`: 400 MiB at most, because files go to the disk as they are made, and at most
3.3 files for each measure, beside those of the search.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from support import BINARY, ROOT

MEASURES, PROMISED_MIB, PROMISED_FILES = 10_000, 400, 3.3
# What a measure's files may be: the page, the JSON, the Markdown text.
OWN_FILES = {"html", "json", "md"}

# A process of its own: what a child's memory is measured at begins with its parent's.
MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024)
"""


class Scale(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        cls.folder = tempfile.TemporaryDirectory(prefix="kawaraban-scale-", dir=in_memory)
        cls.addClassCleanup(cls.folder.cleanup)
        folder = Path(cls.folder.name)
        subprocess.run([sys.executable, ROOT / "benches/measures.py", str(MEASURES), folder], check=True)
        cls.out = folder / "out"
        command = [BINARY, "build", "--root", folder / "kawaraban", "--out", cls.out, "--format", "short"]
        run = subprocess.run([sys.executable, "-S", "-c", MEASURE, *command], capture_output=True, text=True, check=True)
        cls.status, cls.peak = run.stdout.split()

    def test_memory_does_not_grow_with_the_output(self):
        self.assertEqual(self.status, "0")
        written = sum(path.stat().st_size for path in self.out.rglob("*") if path.is_file()) / 2**20
        print(f"{MEASURES:,} measures: {float(self.peak):.0f} MiB, of {PROMISED_MIB} MiB; {written:.0f} MiB of files")
        self.assertLess(float(self.peak), PROMISED_MIB)
        # So the test can fail: a build that kept its files would be past the bound.
        self.assertGreater(float(self.peak) + written, PROMISED_MIB)

    def test_a_measure_has_few_files(self):
        listed = [file["path"] for file in json.loads((self.out / "manifest.json").read_bytes())["files"]]
        beside_the_search = [path for path in listed if not path.startswith("search/")]
        print(f"{len(listed) / MEASURES:.2f} files a measure, {len(beside_the_search) / MEASURES:.2f} without the search")
        self.assertLessEqual(len(beside_the_search), MEASURES * PROMISED_FILES)
        by_measure: dict[str, set[str]] = {}
        for path in listed:
            folder, _, name = path.rpartition("/")
            if folder == "measures" and not name.startswith("index."):
                stem, _, ending = name.rpartition(".")
                by_measure.setdefault(stem, set()).add(ending)
        self.assertEqual(len(by_measure), MEASURES)
        for stem, endings in by_measure.items():
            self.assertLessEqual(endings, OWN_FILES, stem)
        # Nothing else is a file for each measure.
        folders: dict[str, int] = {}
        for path in listed:
            folders[path.split("/")[0]] = folders.get(path.split("/")[0], 0) + 1
        many = {folder for folder, count in folders.items() if count > MEASURES // 2}
        self.assertLessEqual(many, {"measures", "search"})


if __name__ == "__main__":
    unittest.main()
