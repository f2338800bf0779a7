"""The open data of the city of Takamatsu: each file is published cell by cell, or refused with a
message that names the cell."""

import csv
import io
import re

import takamatsu
from support import BuildTest, real_data


class Takamatsu(BuildTest):
    def test_each_file_is_published_whole_or_refused_by_cell(self):
        source = real_data("takamatsu")
        every = takamatsu.files(source)
        self.assertEqual(len(every), 107)

        refused = self.refused(source)
        published = set(every) - set(refused)
        root = self.folder / "published"
        takamatsu.convert(source, root, published)
        built = self.build_whole(root)
        for name in sorted(published):
            with self.subTest(dataset=name):
                self.assert_same_table(read_source(every[name]), read_published(built.out, name))
        print(f"{len(published)} files published, {len(refused)} refused: {', '.join(sorted(refused))}")

    def refused(self, source) -> dict[str, list[dict]]:
        """The datasets that a build of all files refuses, with the errors; each must name a cell."""
        root = self.folder / "all"
        every = takamatsu.convert(source, root)
        refused: dict[str, list[dict]] = {}
        for error in self.build(root).errors:
            parts = error["place"]["file"].split("/")
            self.assertEqual(parts[:2], ["content", "datasets"], error)
            refused.setdefault(parts[2], []).append(error)
        for name, errors in refused.items():
            with self.subTest(refused=name):
                self.assertIn(name, every)
                self.assertTrue(all(error["place"].get("cell") for error in errors), errors[:3])
                # What a cell is named for must be there.
                source_rows = read_source(every[name])
                for error in errors:
                    self.assertTrue(at_fault(source_rows, error), error)
        return refused

    def assert_same_table(self, source, published):
        source = without_titles(source)
        self.assertEqual(len(published), len(source), "number of rows")
        # The published header has names that programs can use; the Excel file has the city's.
        for number, (ours, theirs) in enumerate(zip(published[1:], source[1:]), start=2):
            self.assertEqual(len(ours), len(theirs), f"row {number}")
            for our, their in zip(ours, theirs):
                self.assertIn(our, {their, normal(their)}, f"row {number}")


def at_fault(rows: list[list[str]], error: dict) -> bool:
    """Whether the source has the fault that the error names: a character that the city's own export has damaged, an error
    of a formula, a position 0, 0, or a header that is missing or stands twice."""
    if error["code"] in ("source::encoding", "table::formula-error", "table::position"):
        letters, number = re.fullmatch(r"([A-Z]+)(\d+)", error["place"]["cell"]).groups()
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        cell = rows[int(number) - 1][column - 1]
        match error["code"]:
            case "source::encoding":
                return "\ufffd" in cell
            case "table::formula-error":
                return cell.startswith("#")
            case _:
                return float(cell) == 0
    headers = rows[0]
    return "" in headers or len(set(headers)) < len(headers)


def without_titles(rows: list[list[str]]) -> list[list[str]]:
    """The table from its header on: lines of at most two cells above a wider one are what is said of the table.
    So are lines of LinkData's format below its header `#property`: they give types, not records."""
    first = next((number for number, row in enumerate(rows) if sum(map(bool, row)) > 2), 0)
    header, *records = rows[first:]
    if header[0] == "#property":
        records = [row for row in records if row[0] not in ("#object_type_xsd", "#property_context")]
    return [header, *records]


# First days of the eras, and the years before their first one.
ERAS = {"S": 1925, "H": 1988, "R": 2018}


def normal(cell: str) -> str:
    """The normal form of a figure or a date of a column that nobody declared: digits without separators, ISO 8601."""
    date = re.fullmatch(r"([SHR])(\d{2})\.(\d{2})\.(\d{2})", cell)
    if date:
        era, year, month, day = date.groups()
        return f"{ERAS[era] + int(year)}-{month}-{day}"
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", cell):
        return cell.replace(",", "")
    return cell


def read_source(path) -> list[list[str]]:
    """The table as any reader of CSV sees it: cells on one line without space around them, and no row at the end
    nor column anywhere that is empty throughout."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp932")
    rows = [[on_one_line(cell.strip()) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    filled = sorted({column for row in rows for column, cell in enumerate(row) if cell})
    rows = [[row[column] if column < len(row) else "" for column in filled] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def on_one_line(cell: str) -> str:
    """A record is a line of every published CSV (rule L1-14): line breaks are spaces there, which a warning says."""
    lines = re.split("[\r\n]", cell)
    return cell if len(lines) == 1 else " ".join(line.strip() for line in lines if line.strip())


def read_published(out, name: str) -> list[list[str]]:
    path = out / "data" / name / "latest" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
