"""The オープンデータ一覧 has the columns that municipal systems ask for, and a row for every data file."""

import csv
import json
import unittest

from published import OfTheCity, files
from support import SITE, real_data


class OpenDataList(unittest.TestCase):
    site = SITE

    def rows(self) -> list[dict]:
        with (self.site / "opendata-list.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, strict=True))

    def test_the_columns_are_those_of_the_standard(self):
        sample = real_data("opendata-list") / "shirasagi_opendata_list_sample.csv"
        with sample.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        self.assertEqual(len(header), 45)
        self.assertEqual(list(self.rows()[0]), header)
        content = (self.site / "opendata-list.csv").read_bytes()
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(content.count(b"\n"), content.count(b"\r\n"))

    def test_a_row_a_file(self):
        catalog = json.loads((self.site / "catalog.json").read_bytes())
        listed = {file["url"]: file for dataset in catalog["datasets"] for file in dataset["files"]}
        rows, every = self.rows(), files(self.site)
        self.assertEqual({row["ファイル_ダウンロードURL"] for row in rows}, set(listed))
        self.assertEqual(len({row["ファイル_ID"] for row in rows}), len(rows))
        for row in rows:
            file = listed[row["ファイル_ダウンロードURL"]]
            self.assertEqual(row["ファイル_サイズ"], str(file["bytes"]))
            self.assertEqual(row["ファイル_形式"], file["format"])
            self.assertRegex(row["全国地方公共団体コード"], "^[0-9]{6}$")
            self.assertIn(row["データセット_URL"].removeprefix(catalog["url"]), every)
            for column, value in row.items():
                if column.endswith("日") and value:
                    self.assertRegex(value, r"^\d{4}-\d{2}-\d{2}$")


    def test_where_a_dataset_comes_from(self):
        if self.site != SITE:
            return
        row = next(row for row in self.rows() if row["データセット_ID"] == "aed-locations")
        self.assertEqual(row["データセット_準拠する標準"], "自治体標準オープンデータセット AED設置箇所一覧")
        self.assertEqual(row["データセット_作成者"], "かわら市消防本部救急課")
        self.assertIn("かわら市AED設置台帳（2023-10-01現在）", row["データセット_来歴情報"])
        self.assertEqual(row["データセット_関連ドキュメント"], "https://www.fdma.go.jp/")
        self.assertEqual((row["データセット_連絡先名称"], row["データセット_連絡先内線番号"]), ("消防本部 救急課", "2119"))
        self.assertTrue(row["データセット_備考"])


class OpenDataListOfTheCity(OfTheCity, OpenDataList):
    pass
