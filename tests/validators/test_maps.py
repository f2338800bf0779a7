"""Places on maps are where PROJ puts them, to a pixel: the map of each dataset of the sample, and its areas, against
transverse Mercator about the middle of what the map shows."""

import csv
import json
import math
import re
import unittest

import pyproj
from support import ROOT, SITE

# Pixels of a map are those of its own units; it is shown 608 pixels wide at most.
WIDTH, SHOWN = 480, 608
MARK = re.compile(r'<a href="[^"]*#row-(\d+)" tabindex="-1" transform="translate\(([\d.]+) ([\d.]+)\)">')
AREAS = ROOT / "content/areas/districts.geojson"


def projection(positions):
    """Transverse Mercator about the middle of `positions`."""
    east = [position[0] for position in positions]
    return pyproj.Proj(proj="tmerc", lon_0=(min(east) + max(east)) / 2, ellps="WGS84")


def fitted(projected):
    """The scale and the corner with which a map shows `projected`, whose middle is its own."""
    (left, right), (bottom, top) = ((min(axis), max(axis)) for axis in zip(*projected))
    scale = min((WIDTH - 12) / (right - left), (WIDTH - 12) / (top - bottom))
    height = math.ceil((top - bottom) * scale + 12)
    return lambda x, y: (WIDTH / 2 + (x - (left + right) / 2) * scale,
                         ((top - bottom) * scale + 12) / 2 - (y - (bottom + top) / 2) * scale, height)


class Maps(unittest.TestCase):
    def setUp(self):
        features = json.loads(AREAS.read_text(encoding="utf-8"))["features"]
        self.ground = [tuple(position) for feature in features for position in feature["geometry"]["coordinates"][0]]
        self.project = projection(self.ground)
        self.place = fitted([self.project(*position) for position in self.ground])

    def test_every_mark_of_one_place_is_where_proj_puts_it(self):
        for dataset in ["public-facilities", "aed-locations"]:
            page = (SITE / f"data/{dataset}.html").read_text(encoding="utf-8")
            with open(SITE / f"data/{dataset}/latest/{dataset}.csv", encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
            marks = MARK.findall(page)
            self.assertGreater(len(marks), 3, dataset)
            for number, x, y in marks:
                row = rows[int(number) - 1]
                east, north, _ = self.place(*self.project(float(row["longitude"]), float(row["latitude"])))
                apart = math.hypot(east - float(x), north - float(y)) * SHOWN / WIDTH
                self.assertLess(apart, 1, f"{dataset}, row {number}")

    def test_areas_reach_as_far_as_proj_puts_them(self):
        page = (SITE / "numbers.html").read_text(encoding="utf-8")
        svg = re.search(r'<svg class="chart map".*?</svg>', page, re.S).group(0)
        corners = [[math.inf, math.inf], [-math.inf, -math.inf]]
        for path in re.findall(r'<path d="(M[^"]*)"><title>', svg):
            for part in path.split("M")[1:]:
                start, steps = part.rstrip("z").split("l")
                x, y = map(int, start.split())
                numbers = list(map(int, re.findall(r"-?\d+", steps)))
                points = [(x, y)]
                for dx, dy in zip(numbers[::2], numbers[1::2]):
                    points.append((points[-1][0] + dx, points[-1][1] + dy))
                for point in points:
                    corners = [[pick(old, new) for old, new in zip(corner, point)]
                               for pick, corner in zip((min, max), corners)]
        placed = [self.place(*self.project(*position)) for position in self.ground]
        for axis in range(2):
            for pick, corner in zip((min, max), corners):
                expected = pick(place[axis] for place in placed)
                self.assertLess(abs(corner[axis] / 10 - expected) * SHOWN / WIDTH, 1)
        self.assertIn(f'viewBox="0 0 {WIDTH} {placed[0][2] + 30}"', svg)


if __name__ == "__main__":
    unittest.main()
