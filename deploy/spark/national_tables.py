"""Computes national tables from a lake with Apache Spark, as datasets of a portal.

    spark-submit deploy/spark/national_tables.py --lake LAKE --portal deploy/portal

Each query in `national/` becomes `content/datasets/<its name>/<its name>.csv` of the portal, which
`kawaraban build --root deploy/portal` publishes. The queries are the same in every engine.
"""

import argparse
import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import lake_tables  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

QUERIES = Path(__file__).resolve().parent / "national"


def cell(value) -> str:
    """A value as the CSV has it: blanks are empty, decimals have no needless zeros."""
    if value is None:
        return ""
    text = f"{value:f}" if hasattr(value, "as_tuple") else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_table(path: Path, columns: list[str], rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([cell(value) for value in row] for row in rows)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--lake", type=Path, required=True, help="folder of the lake")
    arguments.add_argument("--portal", type=Path, required=True, help="root of the portal")
    given = arguments.parse_args()
    spark = SparkSession.builder.appName("national tables").getOrCreate()
    lake_tables.register(spark, given.lake)
    for query in sorted(QUERIES.glob("*.sql")):
        table = spark.sql(query.read_text(encoding="utf-8"))
        path = given.portal / "content" / "datasets" / query.stem / f"{query.stem}.csv"
        write_table(path, table.columns, table.collect())
        print(f"{path}")
    spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
