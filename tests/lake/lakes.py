"""What the tests of lakes share: sites, and `kawaraban lake`."""

import subprocess
from pathlib import Path

from support import BINARY, BuildTest


def lake(sites: list[Path], out: Path, base_url: str | None = None, lang: str = "en") -> subprocess.CompletedProcess:
    """Runs `kawaraban lake`; the address is that of the folder unless another is given."""
    address = base_url or f"file://{out.resolve()}"
    command = [BINARY, "lake", *sites, "--out", out, "--base-url", address, "--lang", lang]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def tree(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file with its inode, time and content."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


class LakeTest(BuildTest):
    def written(self, sites: list[Path], out: Path, base_url: str | None = None) -> str:
        """A lake that must be written."""
        run = lake(sites, out, base_url)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def refused(self, sites: list[Path], out: Path, *words: str, base_url: str | None = None) -> str:
        """A lake that must not be written, for a reason with these words, in both languages."""
        before = tree(out) if out.exists() else None
        japanese = lake(sites, out, base_url, lang="ja")
        english = lake(sites, out, base_url)
        for run in (japanese, english):
            self.assertIn(run.returncode, (1, 2), run.stdout + run.stderr)
            self.assertNotIn("panicked", run.stderr)
            for word in words:
                self.assertIn(word, run.stderr)
        self.assertRegex(japanese.stderr, r"[ぁ-ん]")
        self.assertNotRegex(english.stderr, r"[ぁ-ん]")
        self.assertEqual(tree(out) if out.exists() else None, before)
        leftovers = [path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}.kawaraban-")]
        self.assertEqual(leftovers, [])
        return english.stderr
