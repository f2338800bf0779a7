"""Runs a program and measures it."""

import os
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple


class Run(NamedTuple):
    seconds: float
    """Of the clock."""
    processor: float
    """Seconds of all cores."""
    peak_mib: float
    """Memory of the largest process."""


def measured(command: list, environment: dict | None = None) -> Run:
    """A run that must succeed; where it fails, so does the benchmark, with what it said."""
    with tempfile.TemporaryFile() as output:
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            sys.stderr.buffer.write(output.read()[-4000:])
            raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
