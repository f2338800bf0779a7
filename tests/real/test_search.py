"""Search over all 5,227 sheets of 2023: a keyword finds exactly the sheets whose text has it, whatever its
width and its variant of a character.

The yardstick is written here and looks at the source, not at the index: NFKC, the tables' folding, small
letters, hiragana, and then whether the keyword is a part of a paragraph.
"""

import json
import random
import re
import subprocess
import unicodedata
from pathlib import Path

import judgit_2023
from support import BINARY, BuildTest, real_data

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = 300
JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff々]+")
# What the text says, and ways to ask for it; all find the same.
SAME = [
    ("dx", ["ＤＸ", "DX", "ｄｘ"]),
    ("デジタル", ["ﾃﾞｼﾞﾀﾙ", "でじたる", "デジタル"]),
    ("広域", ["廣域", "広域"]),
    ("高橋", ["髙橋", "高橋"]),
    ("葛城", ["葛󠄀城", "葛城"]),
    ("ごみ", ["ゴミ", "ｺﾞﾐ", "ごみ"]),
    # Brackets say nothing.
    ("株", ["㈱", "(株)", "（株）"]),
]
# What people ask, with what comes first; None for nothing. Each beside one of the same kind in other words.
FIRST = [
    ("いじめ", "measures/2023-mext-22-0100.html"),
    ("生活保護", "measures/2023-mhlw-22-0665.html"),
    ("クマ", "measures/2023-env-22-0154.html"),
    ("ダム", "measures/2023-mlit-22-0123.html"),
    ("2023-厚労-0123", None),
    ("2023-経産-0210", None),
    ("087-839-2000", None),
    ("03-5253-1111", None),
    ("furusato", "measures/2023-mhlw-22-0555.html"),
    ("hurusato", "measures/2023-mhlw-22-0555.html"),
]
YEARS = ["令和5年度", "2023年度", "R5", "令和五年度", "２０２３年度", "令和５年"]


class Search(BuildTest):
    def test_every_keyword_finds_what_has_it(self):
        source = real_data("judgit")
        root = self.folder / "judgit-2023"
        judgit_2023.convert(source, root)
        sheets = judgit_2023.read(source)
        texts = {f"measures/{judgit_2023.measure_id(sheet['事業番号'])}.html": paragraphs(sheet) for sheet in sheets}
        self.assertEqual(len(texts), 5227)

        drawn = keywords(texts)
        asked = drawn + [query for _, queries in SAME for query in queries] + ["コンピューター", "コンピュータ", *YEARS]
        answers = search(root, asked)
        for keyword in drawn:
            self.assertEqual(answers[keyword], having(texts, folded(keyword)), keyword)
        for text, queries in SAME:
            expected = having(texts, text_pattern(text))
            for query in queries:
                self.assertEqual(answers[query], expected, query)
        # A last ー is the writer's taste.
        with_or_without = having(texts, "こんぴゅーた")
        self.assertTrue(with_or_without)
        self.assertEqual(answers["コンピューター"], with_or_without)
        self.assertEqual(answers["コンピュータ"], with_or_without)
        self.assertEqual(firsts(root, [query for query, _ in FIRST]), dict(FIRST))
        years = [answers[query] for query in YEARS]
        self.assertEqual(len(years[0]), 5227)
        for query, found in zip(YEARS, years):
            self.assertEqual(found, years[0], query)


TABLES = json.loads((ROOT / "src/search/analyzer/tables.json").read_text(encoding="utf-8"))
FOLD = dict(zip(TABLES["fold"][::2], TABLES["fold"][1::2]))
STRIPPED = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")


def folded(text: str) -> str:
    text = "".join(FOLD.get(char, char) for char in unicodedata.normalize("NFKC", STRIPPED.sub("", text)))
    text = "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text.lower())
    text = re.sub(r"([\u3006\u3007\u3400-\u9fff])々", r"\1\1", text)
    return re.sub("(?<=[ぁ-ゖー])[-‐-―−─━]", "ー", text)


def paragraphs(sheet: dict) -> list[str]:
    """What the page of a sheet says, a paragraph each."""
    measure = judgit_2023.measure(sheet)
    ministry = sheet["府省庁"]
    notes = [judgit_2023.budget(sheet, year)["note"] for year in sheet["予算"]]
    said = [measure["title"], ministry, measure["direction"], measure["account"], *notes]
    # A line that ends within a paragraph goes on in the next.
    return [folded(part).replace("\n", "") for text in said for part in re.split(r"\n\s*\n", text or "")]


def text_pattern(text: str):
    """A word of Latin letters stands by itself; anything else anywhere."""
    pattern = re.escape(folded(text))
    return re.compile(rf"(?<![a-z]){pattern}(?![a-z])" if text.isascii() and text.isalpha() else pattern)


def having(texts: dict, wanted) -> set:
    fits = wanted.search if hasattr(wanted, "search") else (lambda paragraph: wanted in paragraph)
    return {url for url, parts in texts.items() if any(fits(part) for part in parts)}


def keywords(texts: dict) -> list[str]:
    """Stretches of Japanese text of two to six characters, drawn by a fixed seed."""
    chance = random.Random(2023)
    everything = [part for parts in texts.values() for part in parts]
    found = {}
    while len(found) < KEYWORDS:
        run = chance.choice(JAPANESE.findall(chance.choice(everything)) or [""])
        if len(run) >= 2:
            start = chance.randrange(len(run) - 1)
            word = run[start:start + chance.randint(2, 6)]
            # 々 at the beginning repeats nothing, and a last ー is left out as well.
            if len(word) >= 2 and word[0] not in "々ー" and word[-1] != "ー":
                found[word] = None
    return list(found)


def firsts(root: Path, queries: list[str]) -> dict:
    """The first result of each query."""
    return {answer["query"]: answer["hits"][0]["url"] if answer["hits"] else None for answer in answered(root, queries, 1)}


def answered(root: Path, queries: list[str], limit: int):
    command = [BINARY, "search", "--root", root, "--each-line", "--json", "--limit", str(limit)]
    done = subprocess.run(command, input="\n".join(queries) + "\n", capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def search(root: Path, queries: list[str]) -> dict:
    answers = {}
    for answer in answered(root, queries, 1_000_000):
        answers[answer["query"]] = {hit["url"] for hit in answer["hits"] if hit["tier"] == "A" and hit["url"].startswith("measures/")}
    return answers
