"""The engines that read a lake in the tests, each with what it counts and adds."""

import json
import os
import sys
from pathlib import Path

import duckdb
import duckdb_extensions
import pyarrow as pa
import pyarrow.compute as pc
from pyiceberg.table import StaticTable

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "deploy/spark"))

import lake_tables  # noqa: E402


def duck() -> duckdb.DuckDBPyConnection:
    """DuckDB with its extensions for HTTP and Iceberg, which are Python packages here."""
    connection = duckdb.connect()
    for extension in ("httpfs", "avro", "iceberg"):
        duckdb_extensions.import_extension(extension, con=connection)
        connection.execute(f"LOAD {extension}")
    return connection


def spark():
    """A Spark session on two cores of this machine."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def state(lake: Path) -> dict:
    return json.loads((lake / "lake.json").read_bytes())


def tables(lake: Path) -> dict[str, dict[str, str]]:
    """The columns of every table with their Iceberg types."""
    return {table["id"]: lake_tables.columns(lake, table["id"]) for table in state(lake)["tables"]}


def sums_sql(columns: dict[str, str], source: str) -> str:
    """A query that counts the rows, counts each column's values and adds up its numbers. Decimals are
    added, so that no engine rounds."""
    parts = ["count(*)"]
    for name, kind in columns.items():
        parts.append(f'count("{name}")')
        if kind in ("double", "int", "long"):
            parts.append(f'sum(cast("{name}" as decimal(28, 10)))')
        if kind == "string":
            parts.append(f'sum(length("{name}"))')
    return f"SELECT {', '.join(parts)} FROM {source}"


def plain(row) -> tuple:
    """Sums of no values are the same as none."""
    return tuple(None if value is None else round(float(value), 4) for value in row)


def duckdb_sums(connection, columns, source: str) -> tuple:
    return plain(connection.execute(sums_sql(columns, source)).fetchone())


def spark_sums(session, lake: Path, table: str, columns) -> tuple:
    lake_tables.spark_table(session, lake, table).createOrReplaceTempView("asked")
    return plain(session.sql(sums_sql(columns, "asked").replace('"', "`")).first())


def pyiceberg_sums(metadata: str, columns, snapshot: int | None = None) -> tuple:
    rows = StaticTable.from_metadata(metadata).scan(snapshot_id=snapshot).to_arrow()
    found = [rows.num_rows]
    for name, kind in columns.items():
        values = rows.column(name)
        found.append(len(values) - values.null_count)
        if kind in ("double", "int", "long"):
            found.append(pc.sum(pc.cast(values, pa.float64())).as_py())
        if kind == "string":
            found.append(pc.sum(pc.utf8_length(values)).as_py())
    return plain(found)
