#!/usr/bin/env python3
"""Makes a set of questions over the programme sheets of 2023: `questions.py FOLDER [look|held]` writes
FOLDER/documents.jsonl and FOLDER/queries.jsonl for `benches/relevance`.

`questions.tsv` has for sheets drawn by chance a question as a citizen would ask it, in other words than the sheet's where
these come to mind, and two to five keywords, all written by hand from the sheet's text. Those of `look` were looked at when
the plan of queries was made; those of `held` are only ever measured. Each line gives three queries, answered by every sheet of the title:

question   the question
keywords   the keywords
runs       the question's stretches of kanji, katakana, letters and digits, with blanks between, less interrogatives
"""

import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benches"), str(ROOT / "tests" / "real")]

import judgit_2023  # noqa: E402

RUN = re.compile(r"[一-鿿々〇]{2,}|[ァ-ヶー]{2,}|[A-Za-z0-9]{2,}")
ASKING = re.compile(r"何.*|誰|名前")


def main():
    folder, halves = Path(sys.argv[1]), sys.argv[2:] or ["look", "held"]
    folder.mkdir(parents=True, exist_ok=True)
    shared = Path(os.environ.get("KAWARABAN_SHARED", ROOT.parent / "shared")) / "data" / "judgit"
    documents = [{"id": sheet["事業番号"], "title": sheet["事業名"] or "",
                  "text": "\n".join(filter(None, (sheet["事業目的"], sheet["事業概要"])))}
                 for sheet in judgit_2023.read(shared)]
    titles = {document["id"]: document["title"] for document in documents}
    same_title: dict[str, list[str]] = {}
    for document in documents:
        same_title.setdefault(document["title"], []).append(document["id"])
    queries = []
    for line in (ROOT / "benches" / "questions.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        half, sheet, question, keywords = line.split("\t")
        if half in halves:
            ids = same_title[titles[sheet]]
            runs = " ".join(dict.fromkeys(run for run in RUN.findall(question) if not ASKING.fullmatch(run)))
            queries += [{"query": query, "ids": ids, "made_by": made_by}
                        for made_by, query in (("question", question), ("keywords", keywords), ("runs", runs))]
    for name, rows in (("documents", documents), ("queries", queries)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
