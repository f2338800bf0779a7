"""Three sites in a lake: every table has the same counts and sums in DuckDB over HTTP, in pyiceberg,
in Spark and in the sites' own files."""

import json
import subprocess

import cities
import engines
import jimujigyo
from lakes import LakeTest
from support import BINARY, SITE, real_data


class Tables(LakeTest):
    def test_engines_and_sites_agree(self):
        roots = jimujigyo.convert(real_data("jimujigyo"), self.folder, "clean")
        sites = [SITE, *(self.build_whole(roots[code]).out for code in ("282251", "082104"))]
        self.assert_agree(sites)

    def test_invented_cities_agree(self):
        sites = [self.build_whole(cities.make(self.folder / f"city-{number}", number, **options)).out
                 for number, options in ((1202, {}), (13101, {"category": "事業費"}), (13102, {"field": "number"}))]
        self.assert_agree(sites)

    def assert_agree(self, sites):
        served = self.folder / "served"
        server, address = engines.serve(served)
        self.addCleanup(server.shutdown)
        self.written(sites, self.folder / "lake")
        self.written(sites, served / "lake", f"{address}/lake")
        lake, connection, session = self.folder / "lake", engines.duck(), engines.spark()
        built_in = {dataset["id"] for site in sites for dataset in
                    json.loads((site / "catalog.json").read_bytes())["datasets"] if dataset["built_in"]}
        columns = engines.tables(lake)
        self.assertEqual(built_in - columns.keys(), set())
        for table, names in columns.items():
            with self.subTest(table=table):
                datasets = {name for site in engines.state(lake)["sites"]
                            for name, dataset in site["datasets"].items() if dataset["table"] == table}
                files = [str(path) for site in sites for name in datasets
                         for path in (site / "data" / name / "latest").glob("*.parquet")]
                own = engines.duckdb_sums(connection, names, f"read_parquet({files}, union_by_name = true)")
                hive = f"read_parquet('{lake}/{table}/**/*.parquet', union_by_name = true, hive_partitioning = false)"
                if own[0] > 0:
                    self.assertEqual(engines.duckdb_sums(connection, names, hive), own)
                for scanned in (f"{address}/lake/iceberg/{table}",
                                f"{address}/lake/iceberg/{table}/metadata/v1.metadata.json"):
                    self.assertEqual(engines.duckdb_sums(connection, names, f"iceberg_scan('{scanned}')"), own)
                self.assertEqual(engines.pyiceberg_sums(f"file://{lake}/iceberg/{table}", names), own)
                self.assertEqual(engines.spark_sums(session, lake, table, names), own)
        urls = connection.execute(
            f"SELECT list(url) FROM read_parquet('{address}/lake/files.parquet') WHERE \"table\" = 'measures'"
        ).fetchone()[0]
        listed = engines.duckdb_sums(connection, columns["measures"], f"read_parquet({urls}, union_by_name = true)")
        scanned = f"iceberg_scan('{address}/lake/iceberg/measures')"
        self.assertEqual(listed, engines.duckdb_sums(connection, columns["measures"], scanned))
        graded = connection.execute(
            f"SELECT count(*) FROM iceberg_scan('{address}/lake/iceberg/results') r "
            f"JOIN iceberg_scan('{address}/lake/iceberg/ratings') g "
            "ON g.localgov_code = r.localgov_code AND g.id = r.rating "
            "WHERE g.tone IS NOT NULL AND g.\"order\" IS NOT NULL").fetchone()[0]
        self.assertEqual(graded, engines.duckdb_sums(
            connection, columns["results"], f"iceberg_scan('{address}/lake/iceberg/results')")[0])
        verified = subprocess.run([BINARY, "verify", lake], capture_output=True, text=True)
        self.assertEqual(verified.returncode, 0, verified.stdout)
