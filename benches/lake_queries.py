"""The queries that `benches/lake` asks of a lake, in each engine.

The national queries of `deploy/spark/national`, and the rows of one city, which an engine finds without
reading those of the others.
"""

import shutil
import statistics
import time
from pathlib import Path
from typing import NamedTuple

import engines
import jobs
from engines import lake_tables
from host import Host
from pyiceberg.table import StaticTable
from runs import measured


class Answer(NamedTuple):
    seconds: float
    rows: list[tuple]
    requests: int
    bytes: int


def run(host: Host, served: Path, local: Path, rounds: int, say) -> list[dict]:
    """Time, requests and bytes of every query. `served` is the lake that `host` serves, `local` the same
    lake as files; every engine must find the same."""
    queries = {path.stem: path.read_text(encoding="utf-8") for path in sorted((jobs.JOBS / "national").glob("*.sql"))}
    code = engines.state(local)["sites"][0]["localgov_code"]
    queries["one-city"] = f"SELECT count(*), sum(budget) FROM budgets WHERE localgov_code = '{code}'"
    asked, answers = [], {}

    def ask(name: str, query: str, once) -> None:
        answered = [once(query) for _ in range(rounds)]
        if any(answers.setdefault(query, answer.rows) != answer.rows for answer in answered):
            raise SystemExit(f"lake: another answer of {name}")
        facts = {"name": name, "seconds": round(statistics.median(answer.seconds for answer in answered), 3)}
        if answered[0].requests:
            facts |= {"requests": answered[0].requests, "bytes": answered[0].bytes}
        asked.append(facts)
        say(f"{name}: {facts['seconds']:.2f} s")

    def answer(query_once) -> Answer:
        before = (host.requests, host.bytes)
        seconds, rows = timed(query_once)
        return Answer(seconds, rows, host.requests - before[0], host.bytes - before[1])

    def in_duckdb(source):
        def once(query):
            connection = engines.duck()
            for table in lake_tables.TABLES:
                view = lake_tables.view_sql(local, table, source(table))
                connection.execute(f"CREATE VIEW {table} AS {view}")
            return answer(lambda: connection.execute(query).fetchall())
        return once

    over_http = in_duckdb(lambda table: f"iceberg_scan('{host.address}/{served.name}/iceberg/{table}')")
    in_files = in_duckdb(lambda table: f"read_parquet('{local}/{table}/**/*.parquet', union_by_name = true, "
                                       "hive_partitioning = false)")
    for name, query in queries.items():
        ask(f"DuckDB over HTTP: {name}", query, over_http)
    for name, query in queries.items():
        ask(f"DuckDB, folders: {name}", query, in_files)
    took = [timed(lambda: StaticTable.from_metadata(f"file://{local}/iceberg/results").scan().to_arrow())[0]
            for _ in range(rounds)]
    asked.append({"name": "pyiceberg: every row of results", "seconds": round(statistics.median(took), 3)})
    started, session = timed(engines.spark)
    asked.append({"name": "Spark: start of a session", "seconds": round(started, 3)})
    took, _ = timed(lambda: lake_tables.register(session, local))
    asked.append({"name": "Spark: list the folders of four tables", "seconds": round(took, 3)})

    def in_spark(query):
        return answer(lambda: [tuple(row) for row in session.sql(query).collect()])

    for name, query in queries.items():
        ask(f"Spark, folders: {name}", query, in_spark)
    session.stop()
    portal = local.parent / "portal"
    shutil.copytree(engines.ROOT / "deploy/portal", portal)
    whole = measured(jobs.command("national_tables.py", "--lake", local, "--portal", portal), jobs.ENVIRONMENT)
    asked.append({"name": "Spark job: every national table", "seconds": round(whole.seconds, 3)})
    return asked


def timed(work):
    started = time.monotonic()
    result = work()
    return time.monotonic() - started, result
