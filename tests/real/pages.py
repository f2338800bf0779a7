"""What was published of measures, read back from the site's own files."""

import json
from collections import Counter

from figures import published, text


class Published:
    """Every measure's JSON of a built site; numbers keep their digits."""

    def __init__(self, built):
        folder = built.out / "measures"
        self.pages = {path.stem for path in folder.glob("*.html")} - {"index"}
        self.measures = {
            path.stem: json.loads(path.read_bytes(), parse_float=str, parse_int=str)
            for path in folder.glob("*.json")
        }

    def texts(self):
        """(id, title, department, direction, account) of each measure."""
        for name, measure in self.measures.items():
            result = measure["result"] or {}
            yield (name, text(measure["title"]), measure["department"]["id"],
                   text(measure["direction"]), text(result.get("account")))

    def indicators(self):
        """(measure, indicator, name, unit, year, target, actual, note) of each row."""
        for name, measure in self.measures.items():
            for indicator in measure["indicators"]:
                for year in indicator["years"]:
                    yield (name, indicator["id"], text(indicator["name"]), text(indicator["unit"]),
                           str(year["fiscal_year"]), published(year["target"]),
                           published(year["actual"]), text(year["note"]))

    def budgets(self):
        """(measure, year, budget, settled, note) of each row."""
        for name, measure in self.measures.items():
            for row in measure["budgets"]:
                yield (name, str(row["fiscal_year"]), published(row["budget"]),
                       published(row["settled"]), text(row["note"]))


def assert_measures(test, built, source_ids):
    """Each programme has its page and its JSON, and nothing else has; returns what was published."""
    found = Published(built)
    repeated = [name for name, count in Counter(source_ids).items() if count > 1]
    test.assertEqual(repeated, [], "two programmes were given one id")
    test.assertEqual(found.pages, set(source_ids), "pages of measures")
    test.assertEqual(set(found.measures), set(source_ids), "JSON files of measures")
    return found
