"""What the Python tests share: the binary, the real data, the built sample site."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(os.environ.get("KAWARABAN_BINARY", ROOT / "target/release/kawaraban"))
SHARED = Path(os.environ.get("KAWARABAN_SHARED", ROOT.parent / "shared"))
SITE = Path(os.environ.get("KAWARABAN_TEST_SITE", ROOT / ".cache/test-site"))


def real_data(name: str) -> Path:
    """A folder of the real data; the test is skipped without it, or fails where CI requires it."""
    folder = SHARED / "data" / name
    if folder.is_dir():
        return folder
    message = f"the real data are missing: {folder} (set KAWARABAN_SHARED)"
    if os.environ.get("KAWARABAN_REQUIRE_SHARED") == "1":
        raise AssertionError(message)
    raise unittest.SkipTest(message)


class Built:
    """One run of `kawaraban build`: exit status, what it said, where the site is."""

    def __init__(self, root: Path, out: Path):
        command = [BINARY, "build", "--root", root, "--out", out, "--format", "json", "--lang", "en"]
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        self.out = out
        self.status = run.returncode
        self.output = run.stdout + run.stderr
        self.diagnostics = [
            json.loads(line) for line in self.output.splitlines() if line.startswith('{"code"')
        ]

    @property
    def errors(self) -> list[dict]:
        return [found for found in self.diagnostics if found["severity"] == "error"]

    def json(self, path: str):
        return json.loads((self.out / path).read_bytes(), parse_float=str, parse_int=str)


class BuildTest(unittest.TestCase):
    """A test that builds sites in a folder of its own."""

    maxDiff = 2000

    def setUp(self):
        in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        folder = tempfile.TemporaryDirectory(prefix="kawaraban-test-", dir=in_memory)
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def build(self, root: Path) -> Built:
        built = Built(root, self.folder / f"{root.name}-out")
        self.assertNotIn("panicked", built.output)
        self.assertIn(built.status, (0, 1), built.output[-2000:])
        return built

    def build_whole(self, root: Path) -> Built:
        """A build that must publish."""
        built = self.build(root)
        self.assertEqual(built.status, 0, built.output[-2000:])
        return built

    def assert_same_rows(self, published, source, what: str):
        """Both are lists of tuples; the order does not matter, every copy counts."""
        from collections import Counter

        published, source = Counter(published), Counter(source)
        lost, invented = source - published, published - source
        shown = f"{sum(lost.values())} lost, such as {list(lost)[:3]}; {sum(invented.values())} invented, such as {list(invented)[:3]}"
        self.assertTrue(not lost and not invented, f"{what}: {shown}")
