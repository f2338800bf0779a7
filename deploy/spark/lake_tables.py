"""The tables of a lake as views of an engine, with the columns that the queries name.

Spark reads the tree of folders by city and year (`<lake>/<table>/localgov_code=…`). The columns and
their types come from the Iceberg metadata: a tree of files of different cities does not tell them,
and Spark would take a code such as 012025 for a number.
"""

import json
from pathlib import Path

# The tables that the national queries use, and columns that a lake may lack, because no city fills them.
TABLES = {
    "results": {},
    "ratings": {},
    "budgets": {"category": "STRING", "superseded": "BOOLEAN"},
    "indicators": {"superseded": "BOOLEAN"},
}
SPARK_TYPES = {
    "boolean": "BOOLEAN",
    "date": "DATE",
    "double": "DOUBLE",
    "int": "INT",
    "long": "BIGINT",
    "string": "STRING",
}


def columns(lake: Path, table: str) -> dict[str, str]:
    """The present columns of a table with their Iceberg types."""
    folder = Path(lake) / "iceberg" / table / "metadata"
    version = (folder / "version-hint.text").read_text().strip()
    metadata = json.loads((folder / f"v{version}.metadata.json").read_bytes())
    schema = next(s for s in metadata["schemas"] if s["schema-id"] == metadata["current-schema-id"])
    return {field["name"]: field["type"] for field in schema["fields"]}


def view_sql(lake: Path, table: str, source: str) -> str:
    """A query that reads `source` and adds the columns that the lake lacks, as blanks."""
    there = columns(lake, table)
    added = [f"CAST(NULL AS {kind}) AS {name}" for name, kind in TABLES[table].items() if name not in there]
    return f"SELECT {', '.join(['*', *added])} FROM {source}"


def spark_table(spark, lake: Path, table: str):
    """A table of the lake as a data frame."""
    schema = ", ".join(f"`{name}` {SPARK_TYPES[kind]}" for name, kind in columns(lake, table).items())
    folder = Path(lake) / table
    # A table without rows has no folder.
    if not folder.is_dir():
        return spark.createDataFrame([], schema)
    return spark.read.schema(schema).parquet(str(folder))


def register(spark, lake: Path) -> None:
    """Makes the tables of the lake views of the Spark session."""
    for table in TABLES:
        spark_table(spark, lake, table).createOrReplaceTempView(f"lake_{table}")
        spark.sql(view_sql(lake, table, f"lake_{table}")).createOrReplaceTempView(table)
