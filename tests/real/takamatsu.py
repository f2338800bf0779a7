"""The open-data CSV files of the city of Takamatsu: each file a dataset, no column declared.

    python tests/real/takamatsu.py SHARED/data/takamatsu ROOT [ID…]

writes ROOT/content with all of them, or those of the given ids. Files are copied byte for byte.
"""

import sys
from pathlib import Path

from content import DEPARTMENTS, Content, quoted


def files(source: Path) -> dict[str, Path]:
    """The files by the id of their dataset: the folder's name, and the file's where it is not `data`."""
    found = {}
    for path in sorted(Path(source).glob("*/*.csv")):
        name = path.parent.name if path.stem == "data" else f"{path.parent.name}-{path.stem}"
        found[name.lower().replace("_", "-")] = path
    return found


def convert(source: Path, root: Path, only=None) -> dict[str, Path]:
    content = Content(root)
    content.site(title="高松市 オープンデータ", publisher="高松市", code="372013")
    content.table("departments.csv", DEPARTMENTS, [{"id": "takamatsu", "name": "高松市"}])
    chosen = {name: path for name, path in files(source).items() if only is None or name in only}
    for name, path in chosen.items():
        title = " ".join(path.relative_to(source).with_suffix("").parts)
        content.text(
            f"datasets/{name}/dataset.toml",
            f"title = {quoted(title)}\n"
            f"description = {quoted(f'高松市がオープンデータとして公開している {title} の表。')}\n"
            f"file = {quoted(path.name)}\n"
            'department = "takamatsu"\n',
        )
        content.bytes(f"datasets/{name}/{path.name}", path.read_bytes())
    return chosen


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]), set(sys.argv[3:]) or None)
