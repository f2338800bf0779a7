#!/usr/bin/env python3
"""Makes a known-item set from the programme sheets of 2023: `known_items.py FOLDER` writes
FOLDER/documents.jsonl and FOLDER/queries.jsonl for `benches/relevance`.

A known item is a sheet that somebody remembers in other words than its own. Each query is made from one
sheet, by a generator of random numbers with a fixed seed, and is answered by every sheet that has its title:

title       two or three words of the title
keywords    three words of the text that few sheets share
paraphrase  a sentence of the text as a question, with verbs and nouns said otherwise
width       words in half-width katakana, full-width letters, old forms of kanji
reading     words in katakana written in hiragana
year        a word with a year of the text in the other calendar
"""

import json
import os
import random
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "real"))

import judgit_2023  # noqa: E402

EACH = 120
WORD = re.compile(r"[一-鿿々]{2,}|[ァ-ヶー]{3,}|[A-Za-z]{3,}")
OTHERWISE = {
    "支援": "手助け", "推進": "後押し", "実施": "やること", "整備": "整えること", "強化": "強めること", "調査": "調べること",
    "促進": "進めること", "確保": "手に入れること", "向上": "高めること", "図る": "めざす", "目的": "ねらい", "普及": "広めること",
    "開発": "つくること", "育成": "育てること", "防止": "防ぐこと", "子ども": "こども", "必要": "要る",
}
ENDINGS = ("事業はどれですか", "取り組みはありますか", "のはどの事業でしょうか", "制度を知りたい")
OLD = str.maketrans("広高崎国学医会気沢辺斎竜桜鉄円塩検験実", "廣髙﨑國學醫會氣澤邊齋龍櫻鐵圓鹽檢驗實")
ERAS = (("令和", 2019), ("平成", 1989), ("昭和", 1926))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    shared = Path(os.environ.get("KAWARABAN_SHARED", ROOT.parent / "shared")) / "data" / "judgit"
    documents = [{"id": sheet["事業番号"], "title": sheet["事業名"] or "",
                  "text": "\n".join(filter(None, (sheet["事業目的"], sheet["事業概要"])))}
                 for sheet in judgit_2023.read(shared)]
    same_title: dict[str, list[str]] = {}
    for document in documents:
        same_title.setdefault(document["title"], []).append(document["id"])
    shared_by = Counter(word for document in documents for word in set(words(document["text"])))
    chance = random.Random(2023)
    queries = []
    for name, make in (("title", title), ("keywords", keywords), ("paraphrase", paraphrase), ("width", width),
                       ("reading", reading), ("year", year)):
        order = chance.sample(documents, len(documents))
        made = 0
        for document in order:
            query = make(document, shared_by, chance)
            if query:
                queries.append({"query": query, "ids": same_title[document["title"]], "made_by": name})
                made += 1
                if made == EACH:
                    break
    for name, rows in (("documents", documents), ("queries", queries)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")


def words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFKC", text))


def title(document, shared_by, chance):
    found = list(dict.fromkeys(words(document["title"])))
    return " ".join(chance.sample(found, min(3, len(found)))) if len(found) >= 2 else None


def telling(document, shared_by):
    """Words that a handful of sheets share: somebody may well remember them."""
    return sorted({word for word in words(document["text"]) if 2 <= shared_by[word] <= 60 and len(word) <= 8})


def keywords(document, shared_by, chance):
    found = telling(document, shared_by)
    return " ".join(chance.sample(found, 3)) if len(found) >= 3 else None


def paraphrase(document, shared_by, chance):
    sentences = [part for part in re.split(r"[。\n]", document["text"]) if 25 <= len(part) <= 90]
    if not sentences:
        return None
    sentence = re.sub(r"\s+", "", chance.choice(sentences))
    parts = [part for part in sentence.split("、") if part]
    if len(parts) > 2:
        parts.pop(chance.randrange(len(parts)))
    text = "、".join(parts)
    for own, other in OTHERWISE.items():
        text = text.replace(own, other)
    return re.sub(r"(する|した|している|である)?$", "", text) + chance.choice(ENDINGS)


def width(document, shared_by, chance):
    found = telling(document, shared_by)
    other = sorted({changed for word in found if (changed := otherwise_written(word)) != word})
    if not other:
        return None
    pick = chance.choice(other)
    rest = [word for word in found if otherwise_written(word) != pick]
    return f"{pick} {chance.choice(rest)}" if rest else pick


def otherwise_written(word: str) -> str:
    if re.fullmatch(r"[ァ-ヶー]+", word):
        decomposed = unicodedata.normalize("NFD", word)
        return "".join(HALF.get(character, character) for character in decomposed)
    if word.isascii():
        return "".join(chr(ord(letter) + 0xFEE0) for letter in word)
    return word.translate(OLD)


HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFFA0)}


def reading(document, shared_by, chance):
    found = telling(document, shared_by)
    katakana = [word for word in found if re.fullmatch(r"[ァ-ヶー]+", word)]
    if not katakana or len(found) < 2:
        return None
    pick = chance.choice(katakana)
    hiragana = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in pick)
    return f"{hiragana} {chance.choice([word for word in found if word != pick])}"


def year(document, shared_by, chance):
    text = unicodedata.normalize("NFKC", document["text"])
    mentions = [(first + int(number) - 1) for era, first in ERAS for number in re.findall(era + r"(\d{1,2})年", text)]
    found = telling(document, shared_by)
    return f"{chance.choice(mentions)}年 {chance.choice(found)}" if mentions and found else None


if __name__ == "__main__":
    main()
