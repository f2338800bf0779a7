"""What the tests of lakes share: sites, and `kawaraban lake`."""

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

import engines
from host import Host
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


class TwinLakes(NamedTuple):
    """The lake of the same sites twice: `local` is read as files, `served` at `address` over HTTP."""

    local: Path
    served: Path
    address: str


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

    def twin_lakes(self) -> TwinLakes:
        """Two lakes that are still to be written, and a server."""
        served = self.folder / "served"
        host = Host(served)
        self.addCleanup(host.close)
        return TwinLakes(self.folder / "lake", served / "lake", f"{host.address}/lake")

    def write_both(self, sites: list[Path], lakes: TwinLakes) -> str:
        self.written(sites, lakes.served, lakes.address)
        return self.written(sites, lakes.local)

    def assert_agree(self, sites: list[Path], lakes: TwinLakes, *, spark: bool = True) -> dict[str, tuple]:
        """Every table has the same counts and sums in DuckDB over HTTP, in pyiceberg, in the folders by
        city and year, in Spark unless it is left out, and in the sites' own files. Returns them."""
        connection, columns = engines.duck(), engines.tables(lakes.local)
        built_in = {dataset["id"] for site in sites for dataset in
                    json.loads((site / "catalog.json").read_bytes())["datasets"] if dataset["built_in"]}
        self.assertGreater(len(built_in), 5)
        self.assertEqual(built_in - columns.keys(), set())
        found = {}
        for table, names in columns.items():
            with self.subTest(table=table):
                datasets = {name for site in engines.state(lakes.local)["sites"]
                            for name, dataset in site["datasets"].items() if dataset["table"] == table}
                files = [str(path) for site in sites for name in sorted(datasets)
                         for path in (site / "data" / name / "latest").glob("*.parquet")]
                own = engines.duckdb_sums(connection, names, f"read_parquet({files}, union_by_name = true)")
                hive = (f"read_parquet('{lakes.local}/{table}/**/*.parquet', union_by_name = true, "
                        "hive_partitioning = false)")
                if own[0] > 0:
                    self.assertEqual(engines.duckdb_sums(connection, names, hive), own)
                scanned = f"iceberg_scan('{lakes.address}/iceberg/{table}')"
                self.assertEqual(engines.duckdb_sums(connection, names, scanned), own)
                self.assertEqual(engines.pyiceberg_sums(f"file://{lakes.local}/iceberg/{table}", names), own)
                if spark:
                    self.assertEqual(engines.spark_sums(engines.spark(), lakes.local, table, names), own)
                found[table] = own
        return found
