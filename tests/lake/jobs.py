"""The Spark jobs of `deploy/spark`, sent to two cores of this machine."""

import os
import sys
from pathlib import Path

JOBS = Path(__file__).resolve().parent.parent.parent / "deploy/spark"
ENVIRONMENT = {
    **os.environ,
    "PYSPARK_PYTHON": sys.executable,
    "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell",
}


def command(name: str, *arguments) -> list:
    """The command that runs a job, in the environment `ENVIRONMENT`."""
    return [sys.executable, JOBS / name, *arguments]
