#!/usr/bin/env python3
"""Makes keyword lists over paragraphs of the programmes of 2022: `paragraphs.py FOLDER [SEED]` writes
FOLDER/documents.jsonl and FOLDER/queries.jsonl for `benches/relevance`.

A document is a paragraph of a programme that the sheets of 2023 do not have by title, so that neighbouring
paragraphs of one programme are documents with the same title. Each query is two to four content words of one
sentence that together occur in few paragraphs, as the platform's `Intl.Segmenter` cuts them (needs Node), and is answered by that paragraph:

window      neighbouring words of the sentence, in their order
list        words from anywhere in the sentence, in their order
shuffled    the same in any order
asked       one to three of these words and what a question asks for, which the paragraph may not say
"""

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "real"))

import judgit_2022  # noqa: E402
import judgit_2023  # noqa: E402

SENTENCE = re.compile(r"[^。\n]+")
CONTENT = re.compile(r"[一-鿿々〇ァ-ヶーA-Za-z]")
# Words that say how something is said rather than what.
FORM = re.compile(r"に.*|を.*|及び|等|的|[上中下]|こと|ため|場合|[行図]う|[ぁ-ゖ].")
ASKED = ("何", "誰", "年", "名前", "目的", "対象", "理由", "方法", "役割", "内容", "場所", "数", "いつ", "どこ", "背景", "主体")
# A list that more paragraphs have in full is no question about one of them.
MOST = 10
SEGMENT = """
const words = new Intl.Segmenter('ja', { granularity: 'word' });
const read = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const cut = (text) => [...words.segment(text)].filter((word) => word.isWordLike).map((word) => word.segment);
process.stdout.write(JSON.stringify(read.map(cut)));
"""


def main():
    folder, seed = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2022
    folder.mkdir(parents=True, exist_ok=True)
    shared = Path(os.environ.get("KAWARABAN_SHARED", ROOT.parent / "shared")) / "data" / "judgit"
    known = {sheet["事業名"] for sheet in judgit_2023.read(shared)}
    documents = [{"id": f"{project['事業番号']}-{number}", "title": project["事業名"], "text": text}
                 for project in judgit_2022.read(shared, "projects") if project["事業名"] not in known
                 for number, text in enumerate(paragraphs(project))]
    chance = random.Random(seed)
    drawn = [chance.choice([part for part in SENTENCE.findall(document["text"]) if len(part) >= 15] or [document["text"]])
             for document in documents]
    answer = subprocess.run(["node", "-e", SEGMENT], input=json.dumps(drawn), stdout=subprocess.PIPE, text=True, check=True)
    queries = []
    for document, cut in zip(documents, json.loads(answer.stdout)):
        words = [word for word in cut if CONTENT.search(word) and not FORM.fullmatch(word)]
        size = chance.randint(2, 4)
        if len(words) < size:
            continue
        start = chance.randrange(len(words) - size + 1)
        places = sorted(chance.sample(range(len(words)), size))
        if any(shared_by(documents, chosen) > MOST for chosen in (words[start:start + size], [words[place] for place in places])):
            continue
        lists = {"window": words[start:start + size], "list": [words[place] for place in places]}
        lists["shuffled"] = chance.sample(lists["list"], size)
        lists["asked"] = lists["list"][:3] + [chance.choice(ASKED)]
        queries += [{"query": " ".join(dict.fromkeys(chosen)), "ids": [document["id"]], "made_by": name}
                    for name, chosen in lists.items()]
    for name, rows in (("documents", documents), ("queries", queries)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")


def shared_by(documents, words) -> int:
    return sum(all(word in document["text"] or word in document["title"] for word in words) for document in documents)


def paragraphs(project: dict) -> list[str]:
    lines = "\n".join((project["事業目的"], project["事業概要"])).splitlines()
    return [line.strip() for line in lines if len(line.strip()) >= 30]


if __name__ == "__main__":
    main()
