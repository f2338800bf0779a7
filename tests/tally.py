"""Runs the tests of one folder and ends with `N passed, N failed`.

`python tests/tally.py tests/real`, or one file of it: `python tests/tally.py tests/real test_csv.py`; a sub-test that fails counts as a failure of its own.
"""

import sys
import time
import unittest
from pathlib import Path


class Tally(unittest.TextTestResult):
    """Counts what unittest only lists."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.passed = 0

    def startTest(self, test):
        self.started = time.monotonic()
        super().startTest(test)

    def addSuccess(self, test):
        self.passed += 1
        super().addSuccess(test)
        self.stream.writeln(f"    {time.monotonic() - self.started:.1f} s")


def main() -> int:
    folder = Path(sys.argv[1]).resolve()
    sys.path.insert(0, str(folder.parent))
    pattern = sys.argv[2] if len(sys.argv) > 2 else "test_*.py"
    suite = unittest.defaultTestLoader.discover(str(folder), pattern, top_level_dir=str(folder))
    runner = unittest.TextTestRunner(stream=sys.stdout, resultclass=Tally, verbosity=2)
    result = runner.run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    line = f"{result.passed} passed, {failed} failed"
    if result.skipped:
        line += f", {len(result.skipped)} skipped"
    print(line)
    return 0 if failed == 0 and result.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
