"""Three sites in a lake: every table has the same counts and sums in DuckDB over HTTP, in pyiceberg,
in Spark and in the sites' own files."""

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
        self.assert_lake(sites)

    def test_invented_cities_agree(self):
        sites = [self.build_whole(cities.make(self.folder / f"city-{number}", number, **options)).out
                 for number, options in ((1202, {}), (13101, {"category": "事業費"}), (13102, {"field": "number"}))]
        self.assert_lake(sites)

    def assert_lake(self, sites):
        lakes = self.twin_lakes()
        self.write_both(sites, lakes)
        columns = engines.tables(lakes.local)
        found = self.assert_agree(sites, lakes)
        connection = engines.duck()
        for table in columns:
            scanned = f"{lakes.address}/iceberg/{table}/metadata/v1.metadata.json"
            self.assertEqual(engines.duckdb_sums(connection, columns[table], f"iceberg_scan('{scanned}')"), found[table])
        urls = connection.execute(
            f"SELECT list(url) FROM read_parquet('{lakes.address}/files.parquet') WHERE \"table\" = 'measures'"
        ).fetchone()[0]
        listed = engines.duckdb_sums(connection, columns["measures"], f"read_parquet({urls}, union_by_name = true)")
        self.assertEqual(listed, found["measures"])
        graded = connection.execute(
            f"SELECT count(*) FROM iceberg_scan('{lakes.address}/iceberg/results') r "
            f"JOIN iceberg_scan('{lakes.address}/iceberg/ratings') g "
            "ON g.localgov_code = r.localgov_code AND g.id = r.rating "
            "WHERE g.tone IS NOT NULL AND g.\"order\" IS NOT NULL").fetchone()[0]
        self.assertEqual(graded, found["results"][0])
        verified = subprocess.run([BINARY, "verify", lakes.local], capture_output=True, text=True)
        self.assertEqual(verified.returncode, 0, verified.stdout)
