"""Two hundred invented cities with three fiscal years each: what holds for three sites holds for them.
It takes minutes, so it runs only where KAWARABAN_LONG is set."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import cities
import engines
from lakes import LakeTest

COUNT = 200
YEARS = (2021, 2022, 2023)


if os.environ.get("KAWARABAN_LONG"):

    class ManyCities(LakeTest):
        def city(self, index, **options):
            """The site of a city. Cities differ in prefecture, number of measures, amounts of money, its
            categories and columns of their own."""
            root = self.folder / f"city-{index}"
            varied = {
                "measures": 2 + index * index % 9,
                "budget": 1000 + 37 * index,
                "category": ("", "事業費", "人件費")[index % 3],
                "field": "number" if index % 5 == 0 else None,
            }
            built = self.build_whole(cities.make(root, cities.spread(index), years=YEARS, **{**varied, **options}))
            shutil.rmtree(root)
            return built.out

        def test_every_change_is_a_snapshot(self):
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                sites = list(pool.map(self.city, range(COUNT)))
            lakes = self.twin_lakes()
            found = []

            def step(now, said, *, spark=False):
                self.assertIn(said, self.write_both(now, lakes))
                found.append((engines.tables(lakes.local), self.assert_agree(now, lakes, spark=spark)))

            step(sites[:-1], f"{COUNT - 1} sites")
            step(sites, f"added: {cities.code_of(cities.spread(COUNT - 1))}", spark=True)
            self.city(7, budget=900_000)
            step(sites, f"changed: {cities.code_of(cities.spread(7))}")
            del sites[11]
            step(sites, f"removed: {cities.code_of(cities.spread(11))}", spark=True)
            budgets = [sums["budgets"] for _, sums in found]
            self.assertEqual(len(set(budgets)), 4, "every step changed the money")
            self.assert_earlier(lakes, found)

        def assert_earlier(self, lakes, found):
            """Every snapshot is read as it was when it was the present one."""
            connection = engines.duck()
            runs = zip(engines.state(lakes.local)["runs"], engines.state(lakes.served)["runs"], strict=True)
            for (local, served), (columns, sums) in zip(runs, found, strict=True):
                for table, names in columns.items():
                    with self.subTest(run=local["number"], table=table):
                        scanned = (f"iceberg_scan('{lakes.address}/iceberg/{table}', "
                                   f"snapshot_from_id = {served['snapshots'][table]})")
                        self.assertEqual(engines.duckdb_sums(connection, names, scanned), sums[table])
                        metadata = f"file://{lakes.local}/iceberg/{table}"
                        self.assertEqual(
                            engines.pyiceberg_sums(metadata, names, local["snapshots"][table]), sums[table])
