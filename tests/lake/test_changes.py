"""A site that is added, changed or removed makes a new snapshot; the earlier ones stay readable, and
nothing that did not change is written again."""

import json
import subprocess
import time

import cities
import engines
from lakes import LakeTest, tree
from support import BINARY


class Changes(LakeTest):
    def setUp(self):
        super().setUp()
        self.lake = self.folder / "lake"
        self.roots = [cities.make(self.folder / f"city-{number}", number) for number in (1202, 13101, 13102)]
        self.sites = [self.build_whole(root).out for root in self.roots]

    def sums(self, snapshot=None):
        """The sums of the budgets in DuckDB and in pyiceberg, which must agree."""
        metadata = next(t["metadata"] for t in engines.state(self.lake)["tables"] if t["id"] == "budgets")
        columns = {"localgov_code": "string", "fiscal_year": "int", "budget": "double", "settled": "double"}
        which = f", snapshot_from_id = {snapshot}" if snapshot else ""
        scanned = f"iceberg_scan('{metadata.removeprefix('file://')}'{which})"
        found = engines.duckdb_sums(engines.duck(), columns, scanned)
        self.assertEqual(engines.pyiceberg_sums(metadata, columns, snapshot), found)
        return found

    def snapshots(self):
        return [run["snapshots"]["budgets"] for run in engines.state(self.lake)["runs"]]

    def tree_rows(self):
        """The rows in the folders by city and year, which hold only what is current."""
        pattern = f"{self.lake}/budgets/**/*.parquet"
        return engines.duck().execute(f"SELECT count(*), sum(budget) FROM read_parquet('{pattern}')").fetchone()

    def assert_tree_is_current(self):
        count, *_, budget, _, settled = self.sums()
        del settled
        self.assertEqual(self.tree_rows()[0], count)

    def test_every_change_is_a_snapshot(self):
        self.written(self.sites[:2], self.lake)
        first = self.sums()
        before = tree(self.lake)
        self.assertIn("up to date", self.written(self.sites[:2], self.lake))
        self.assertEqual(tree(self.lake), before, "nothing changed, so nothing is written")

        self.assertIn("added: 131024", self.written(self.sites, self.lake))
        second = self.sums()
        self.assertEqual(second[0], first[0] + 8)
        self.assert_kept(before)
        self.assert_tree_is_current()

        cities.make(self.roots[1], 13101, budget=5000)
        self.sites[1] = self.build_whole(self.roots[1]).out
        before = tree(self.lake)
        self.assertIn("changed: 131016", self.written(self.sites, self.lake))
        third = self.sums()
        self.assertNotEqual(third, second)
        self.assertEqual(third[0], second[0])
        self.assert_kept(before)
        self.assert_tree_is_current()
        new = tree(self.lake).keys() - before.keys()
        self.assertFalse([path for path in new if "012025" in path or "131024" in path], "only one city changed")
        self.assertFalse([path for path in new if path.startswith("iceberg/departments")], "only some tables changed")
        self.assertFalse([path for path in new if path.startswith("iceberg/budgets/metadata/01-")])

        before = tree(self.lake)
        self.assertIn("removed: 012025", self.written(self.sites[1:], self.lake))
        fourth = self.sums()
        self.assertEqual(fourth[0], third[0] - 8)
        self.assert_kept(before)
        self.assert_tree_is_current()
        self.assertFalse((self.lake / "budgets/localgov_code=012025").exists())

        snapshots = self.snapshots()
        self.assertEqual(len(set(snapshots)), 4)
        self.assertEqual([self.sums(snapshot) for snapshot in snapshots], [first, second, third, fourth])
        old = f"file://{self.lake}/iceberg/budgets/metadata/v1.metadata.json"
        columns = {"localgov_code": "string", "fiscal_year": "int", "budget": "double", "settled": "double"}
        self.assertEqual(engines.pyiceberg_sums(old, columns), first)

        # A site that comes back is read again; its files are still there.
        self.written(self.sites, self.lake)
        self.assertEqual(self.sums(), third)
        verified = subprocess.run([BINARY, "verify", self.lake], capture_output=True, text=True)
        self.assertEqual(verified.returncode, 0, verified.stdout)

    def assert_kept(self, before):
        """What earlier snapshots consist of is the same file as before."""
        now = tree(self.lake)
        for path, (inode, _, content) in before.items():
            if path.startswith("iceberg/") and not path.endswith("version-hint.text"):
                self.assertEqual((now[path][0], now[path][2]), (inode, content), path)

    def test_a_change_of_pages_only_is_no_snapshot(self):
        self.written(self.sites, self.lake)
        site = self.roots[0] / "content/site.toml"
        text = site.read_text(encoding="utf-8")
        site.write_text(f'description = "くらしの事業を紹介しています。"\n{text}', encoding="utf-8")
        self.sites[0] = self.build_whole(self.roots[0]).out
        self.written(self.sites, self.lake)
        self.assertEqual(len(set(self.snapshots())), 1)

    def test_columns_that_only_some_sites_have_are_added(self):
        self.written(self.sites, self.lake)
        root = cities.make(self.folder / "with-more", 13103, category="事業費", field="number")
        more = self.build_whole(root).out
        before = tree(self.lake)
        self.written([*self.sites, more], self.lake)
        self.assert_kept(before)
        connection = engines.duck()
        found = connection.execute(
            "SELECT localgov_code, count(cost), count(*) FROM iceberg_scan($lake) GROUP BY ALL ORDER BY 1",
            {"lake": f"{self.lake}/iceberg/measures"}).fetchall()
        self.assertEqual(found, [("012025", 0, 8), ("131016", 0, 8), ("131024", 0, 8), ("131032", 8, 8)])
        for table in ("measures", "budgets"):
            columns = engines.tables(self.lake)[table]
            own = engines.duckdb_sums(connection, columns, f"iceberg_scan('{self.lake}/iceberg/{table}')")
            self.assertEqual(engines.pyiceberg_sums(f"file://{self.lake}/iceberg/{table}", columns), own)
            self.assertEqual(engines.spark_sums(engines.spark(), self.lake, table, columns), own)
        self.assertEqual(columns["category"], "string")

    def test_datasets_of_one_standard_are_one_table(self):
        sites = []
        for root, name in zip(self.roots[:2], ("aed", "aed-places"), strict=True):
            cities.own_dataset(root, name, "aed")
            sites.append(self.build_whole(root).out)
        self.written([*sites, self.sites[2]], self.lake)
        found = engines.duck().execute(
            f"SELECT localgov_code, count(*) FROM iceberg_scan('{self.lake}/iceberg/aed') GROUP BY 1 ORDER BY 1"
        ).fetchall()
        self.assertEqual(found, [("012025", 2), ("131016", 2)])
        self.assertEqual(engines.duck().execute(
            f"SELECT count(*) FROM read_parquet('{self.lake}/aed/localgov_code=*/*.parquet')").fetchone(), (4,))

    def test_a_killed_run_leaves_the_lake(self):
        self.written(self.sites[:1], self.lake)
        before = tree(self.lake)
        command = [BINARY, "lake", *self.sites, "--out", self.lake, "--base-url", f"file://{self.lake}"]
        killed = 0
        for wait in (0.0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(wait)
            process.kill()
            process.wait()
            if process.returncode == 0:
                break
            killed += 1
            now = tree(self.lake)
            if now != before:
                # Killed after the exchange: then it is the whole new lake.
                self.assertEqual(len(json.loads(now["lake.json"][2])["sites"]), 3)
                break
        self.assertGreater(killed, 0)
        self.written(self.sites, self.lake)
        self.assertEqual(self.sums()[0], 24)
        leftovers = [path.name for path in self.folder.iterdir() if path.name.startswith(".lake.kawaraban-")]
        self.assertEqual(leftovers, [])
