"""Every page has a twin in Markdown that says the same: every figure of the page, and no other."""

import json
import re
import unittest
from collections import Counter
from html.parser import HTMLParser

from support import SITE

# What the twin leaves out: controls, drawings, and readings above words.
PASSED_OVER = {"script", "style", "svg", "form", "button", "select", "label", "rt", "rp", "template"}


class Main(HTMLParser):
    """The text of `<main>`, with the names of drawings."""

    def __init__(self):
        super().__init__()
        self.inside, self.passed, self.text = False, 0, []

    def handle_starttag(self, tag, attrs):
        if tag == "main":
            self.inside = True
        if not self.inside:
            return
        if tag in PASSED_OVER:
            if tag == "svg" and not self.passed:
                self.text.append(dict(attrs).get("aria-label") or "")
            self.passed += 1
        elif tag == "img" and not self.passed:
            self.text.append(dict(attrs).get("alt") or "")
        elif tag in ("td", "th", "p", "li", "dt", "dd", "div", "tr", "br"):
            self.text.append(" ")

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = False
        elif self.inside and tag in PASSED_OVER:
            self.passed -= 1

    def handle_data(self, data):
        if self.inside and not self.passed:
            self.text.append(data)


def figures(text: str) -> Counter:
    return Counter(re.findall(r"\d+(?:[.,]\d+)*", text))


def of_page(html: str) -> Counter:
    parser = Main()
    parser.feed(html)
    return figures("".join(parser.text))


def of_twin(markdown: str) -> Counter:
    text = markdown[:markdown.rindex("\n<https://")]
    text = re.sub(r"\]\([^)\s]*\)", "", text)                   # addresses of links
    text = re.sub(r"(?m)^ *\d+\. ", "", text)                   # numbers of lists
    return figures(re.sub(r"\\(.)", r"\1", text))


class Twins(unittest.TestCase):
    def test_every_page_has_its_twin_with_the_same_figures(self):
        pages = [page for page in sorted(SITE.rglob("*.html")) if '<main' in page.read_text(encoding="utf-8")]
        base = json.loads((SITE / "catalog.json").read_bytes())["url"]
        compared = 0
        for page in pages:
            html = page.read_text(encoding="utf-8")
            link = re.search(r'<link rel="alternate" type="text/markdown" href="([^"]+)">', html)
            if link is None:
                continue
            with self.subTest(page=page.relative_to(SITE).as_posix()):
                twin = (page.parent / link[1]).read_text(encoding="utf-8")
                self.assertEqual(link[1], page.stem + ".md")
                self.assertTrue(twin.rstrip().endswith(f"<{base}{page.relative_to(SITE).as_posix()}>".replace("/index.html>", "/>")))
                one, other = of_page(html), of_twin(twin)
                self.assertEqual(one - other, Counter(), "figures that only the page has")
                self.assertEqual(other - one, Counter(), "figures that only the twin has")
                compared += 1
        self.assertEqual(compared, len(list(SITE.rglob("*.md"))))
        self.assertGreaterEqual(compared, 500)
        without = {page.relative_to(SITE).parts[-1] for page in pages} - {page.with_suffix(".html").name for page in SITE.rglob("*.md")}
        self.assertTrue({"404.html", "search.html"} <= without)

    def test_the_ways_in_are_few(self):
        text = (SITE / "llms.txt").read_bytes()
        self.assertLess(len(text), 5_000)
        base = json.loads((SITE / "catalog.json").read_bytes())["url"]
        addresses = re.findall(r"\]\(([^)]+)\)", text.decode("utf-8"))
        self.assertGreaterEqual(len(addresses), 10)
        for address in addresses:
            self.assertTrue((SITE / address.removeprefix(base)).is_file(), address)


if __name__ == "__main__":
    unittest.main()
