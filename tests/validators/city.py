"""A site made of a city's own files: every CSV file that Takamatsu publishes and this product does not refuse.

    python tests/validators/city.py SITE

builds it into SITE. Columns are declared as what their cells are, numbers, coordinates and codes, so that every format has its
types to keep; what a refused file was refused for is printed.
"""

import csv
import io
import re
import shutil
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "real")]

import takamatsu  # noqa: E402
from content import quoted  # noqa: E402
from support import Built, real_data  # noqa: E402

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,14})?")
DEGREES = {"緯度": ("latitude", 90), "経度": ("longitude", 180)}


def build(out: Path) -> None:
    source = real_data("takamatsu")
    with tempfile.TemporaryDirectory() as folder:
        every = takamatsu.convert(source, Path(folder) / "every")
        refused: dict[str, str] = {}
        for error in Built(Path(folder) / "every", Path(folder) / "out").errors:
            name = error["place"]["file"].split("/")[2]
            refused.setdefault(name, f"{error['place'].get('cell', '')} {error['message']['en']}")
        root = Path(folder) / "published"
        chosen = takamatsu.convert(source, root, set(every) - set(refused))
        for name, path in chosen.items():
            declaration = root / f"content/datasets/{name}/dataset.toml"
            declaration.write_text(declaration.read_text(encoding="utf-8") + columns(path), encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        built = Built(root, out)
    if built.status != 0:
        raise SystemExit(f"the site of Takamatsu's files does not build:\n{built.output[-3000:]}")
    for name, why in sorted(refused.items()):
        print(f"refused: {name}: {why}")
    print(f"{len(chosen)} of {len(every)} files of Takamatsu are published")


def columns(path: Path) -> str:
    """The declaration of the columns of a table; none where a header is not plain."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp932")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    while header and not header[-1].strip():
        header.pop()
    # As the product reads a header that is broken into lines.
    header = ["".join(line.strip() for line in title.splitlines()) for title in header]
    # Of a table below title lines the product takes what the columns are by itself.
    is_title = len(header) == 1 and any(any(cell.strip() for cell in row[1:]) for row in rows)
    if is_title or not all(header) or len(set(header)) < len(header):
        return ""
    declared = ""
    for number, title in enumerate(header):
        cells = [cell for row in rows if number < len(row) and (cell := row[number].strip())]
        declared += f'\n[[columns]]\nname = "column_{number + 1:02}"\ntitle = {quoted(title)}\ntype = "{kind(title, cells)}"\n'
    return declared


def kind(title: str, cells: list[str]) -> str:
    if "コード" in title or not cells or not all(NUMBER.fullmatch(cell) for cell in cells):
        return "code" if "コード" in title else "text"
    if title in DEGREES and all(abs(float(cell)) <= DEGREES[title][1] for cell in cells):
        return DEGREES[title][0]
    return "number" if any("." in cell for cell in cells) else "integer"


if __name__ == "__main__":
    build(Path(sys.argv[1]))
