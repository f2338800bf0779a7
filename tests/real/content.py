"""Writes a content folder, as `docs/en/content.md` describes it.

The converters beside this file say which real thing becomes which; this module only spells it. Ids are
made by `stable_id`, so that the same source always gives the same addresses.
"""

import csv
import hashlib
import json
from pathlib import Path

MEASURES = ["id", "fiscal_year", "department", "title", "topics", "direction", "rating", "account"]
INDICATORS = ["measure", "indicator", "name", "unit", "better", "fiscal_year", "target", "actual", "note"]
BUDGETS = ["measure", "fiscal_year", "budget", "settled", "note"]
DEPARTMENTS = ["id", "name", "parent"]
TOPICS = ["id", "name"]


class Content:
    """A folder `content/` that is being written."""

    def __init__(self, root: Path):
        self.folder = Path(root) / "content"

    def site(self, *, title: str, publisher: str, code: str, budget_unit: str = "千円", ratings=()):
        """`site.toml`; `ratings` are (id, label, meaning)."""
        lines = [
            f"title = {quoted(title)}",
            'base_url = "https://example.org/"',
            "",
            "[publisher]",
            f"name = {quoted(publisher)}",
            f"code = {quoted(code)}",
            "",
            "[budgets]",
            f"unit = {quoted(budget_unit)}",
        ]
        for rating, label, meaning in ratings or [("met", "達成", "目標に届いた。")]:
            lines += [
                "",
                "[[ratings]]",
                f"id = {quoted(rating)}",
                f"label = {quoted(label)}",
                f"meaning = {quoted(meaning)}",
                'tone = "none"',
            ]
        self.text("site.toml", "\n".join(lines) + "\n")

    def table(self, path: str, columns: list[str], rows: list[dict]):
        """A table in UTF-8 with CRLF; cells stand as they are, newlines included."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(rows)

    def text(self, path: str, text: str):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")

    def bytes(self, path: str, content: bytes):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def quoted(text: str) -> str:
    """A TOML basic string. JSON's escapes are TOML's too, but for U+007F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def stable_id(kind: str, *names: str) -> str:
    """An id for a thing that has only Japanese names: `kind` and eight digits of their digest."""
    digest = hashlib.sha256("\x1f".join(names).encode()).hexdigest()
    return f"{kind}-{digest[:8]}"


def decimal_text(value) -> str:
    """A number of a JSON or CSV source in the digits in which the source has it; "" for none."""
    return "" if value is None else str(value)
