//! Areas of maps: what is read of them, that neighbours share one border however it is simplified,
//! and how many bytes they take.

#![allow(clippy::disallowed_methods, reason = "tests read what the repository has")]

mod support;

use std::collections::BTreeMap;

use kawaraban::diagnostic::Diagnostics;
use kawaraban::map::{Areas, Outlines, TENTHS, read_file};
use kawaraban::source::SourceFile;
use serde_json::{Value, json};
use support::{built_texts, copy, sound_site, temporary, write};

/// The areas of a file with this text, which is sound.
fn areas(text: &str) -> Areas {
    let file = SourceFile::of("content/areas/test.json", text.as_bytes());
    let mut found = Diagnostics::new();
    let areas = read_file("test", &file, &mut found);
    areas.unwrap_or_else(|| panic!("{found:?}"))
}

fn feature(name: &str, rings: &[Vec<[f64; 2]>]) -> Value {
    json!({
        "type": "Feature",
        "properties": { "name": name },
        "geometry": { "type": "Polygon", "coordinates": rings },
    })
}

fn collection(features: Vec<Value>) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

/// A number from 0 to 1 that looks like chance and is the same for the same `seed`.
fn chance(seed: u64) -> f64 {
    let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03;
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^= x >> 32;
    (x >> 11) as f64 / (1_u64 << 53) as f64
}

/// A wiggly border from `from` to `to`, the same in both directions.
fn border(from: [f64; 2], to: [f64; 2], points: usize, wiggle: f64) -> Vec<[f64; 2]> {
    if (from[0], from[1]) > (to[0], to[1]) {
        return border(to, from, points, wiggle).into_iter().rev().collect();
    }
    let seed = from.iter().chain(&to).fold(7_u64, |seed, x| seed.wrapping_mul(31) ^ x.to_bits());
    let [along, across] = [0, 1].map(|axis| to[axis] - from[axis]);
    let length = along.hypot(across);
    let at = |step: usize| {
        let share = step as f64 / points as f64;
        let inner = step > 0 && step < points;
        let off = if inner { (chance(seed ^ step as u64) - 0.5) * wiggle / length } else { 0.0 };
        [from[0] + along * share - across * off, from[1] + across * share + along * off]
    };
    (0..=points).map(at).collect()
}

/// A grid of `columns` times `rows` areas with wiggly borders, each border of `points` points.
fn grid(columns: usize, rows: usize, points: usize, [east, north]: [f64; 2], side: f64) -> String {
    let corner = |x: usize, y: usize| {
        let seed = (x * 1000 + y) as u64;
        let off = |axis: u64| (chance(seed * 2 + axis) - 0.5) * side * 0.4;
        [east + x as f64 * side + off(0), north + y as f64 * side + off(1)]
    };
    let cell = |index: usize| {
        let (x, y) = (index % columns, index / columns);
        let corners = [corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1)];
        let mut ring: Vec<[f64; 2]> = Vec::new();
        for side_of in 0..4 {
            let (from, to) = (corners[side_of], corners[(side_of + 1) % 4]);
            ring.extend(&border(from, to, points, side * 0.08)[1..]);
        }
        ring.push(ring[0]);
        feature(&format!("第{index}区"), &[ring])
    };
    collection((0..columns * rows).map(cell).collect())
}

/// The edges of the outlines of all areas, with how often each occurs.
fn edges(areas: &Areas, outlines: &Outlines) -> BTreeMap<[[i32; 2]; 2], usize> {
    let mut edges = BTreeMap::new();
    for line in (0..areas.areas.len()).flat_map(|index| outlines.lines(index)) {
        for (at, &one) in line.iter().enumerate() {
            let other = line[(at + 1) % line.len()];
            *edges.entry([one.min(other), one.max(other)]).or_default() += 1;
        }
    }
    edges
}

/// Twice the area within a line, in square tenths.
fn twice(line: &[[i32; 2]]) -> i64 {
    let next = line.iter().cycle().skip(1);
    let each = line.iter().zip(next);
    each.map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1])).sum()
}

#[test]
fn neighbours_share_one_border_however_it_is_simplified() {
    for points in [3, 40, 400] {
        let areas = areas(&grid(6, 5, points, [135.9, 35.1], 0.02));
        // 5 × 5 borders between columns, 6 × 4 between rows; the rim belongs to one area each.
        let outlines = areas.outlines();
        let edges = edges(&areas, &outlines);
        assert!(edges.values().all(|&count| count <= 2), "an edge has more than two sides");
        // The edges that belong to one area alone are the rim: a closed line. A gap or an overlap
        // between two areas would be another one.
        let rim: Vec<[[i32; 2]; 2]> =
            edges.iter().filter(|(_, count)| **count == 1).map(|(edge, _)| *edge).collect();
        let mut ways: BTreeMap<[i32; 2], usize> = BTreeMap::new();
        rim.iter().flatten().for_each(|&end| *ways.entry(end).or_default() += 1);
        assert!(ways.values().all(|&count| count == 2), "{points} points: the rim has a branch");
        let mut left = rim.clone();
        let mut at = left[0][0];
        let mut steps = 0;
        while let Some(next) = left.iter().position(|edge| edge.contains(&at)) {
            let edge = left.remove(next);
            at = if edge[0] == at { edge[1] } else { edge[0] };
            steps += 1;
        }
        assert_eq!(steps, rim.len(), "{points} points: there is a gap within the map");
        // The areas together fill what is within the rim.
        let lines = (0..areas.areas.len()).flat_map(|index| outlines.lines(index));
        let filled: i64 = lines.map(|line| twice(&line).abs()).sum();
        let mut rim_line = vec![rim[0][0]];
        let mut left = rim;
        while let Some(next) =
            left.iter().position(|edge| edge.contains(&rim_line[rim_line.len() - 1]))
        {
            let edge = left.remove(next);
            let at = rim_line[rim_line.len() - 1];
            rim_line.push(if edge[0] == at { edge[1] } else { edge[0] });
        }
        assert_eq!(filled, twice(&rim_line).abs(), "{points} points");
    }
}

#[test]
fn each_border_is_kept_once() {
    let text = grid(3, 2, 10, [135.9, 35.1], 0.02);
    let found = areas(&text);
    // Inner borders: 2 × 2 upright and 3 across. The rim of the two areas at each corner is one arc,
    // and so is that of the two between.
    assert_eq!(found.arcs.len(), 2 * 2 + 3 + 4 + 2);
    let uses: usize =
        found.areas.iter().flat_map(|area| &area.polygons).flatten().map(Vec::len).sum();
    assert_eq!(uses, 2 * (2 * 2 + 3) + 6);
}

#[test]
fn a_lake_with_an_island_of_another_area_has_one_shore() {
    let square = |west: f64, south: f64, side: f64| {
        let (east, north) = (west + side, south + side);
        vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
    };
    let mut hole = square(136.02, 35.02, 0.02);
    hole.reverse();
    // The island begins elsewhere on its shore.
    let island = {
        let mut ring = square(136.02, 35.02, 0.02);
        ring.pop();
        ring.rotate_left(2);
        ring.push(ring[0]);
        ring
    };
    let found = areas(&collection(vec![
        feature("陸", &[square(136.0, 35.0, 0.06), hole]),
        feature("島", &[island]),
    ]));
    assert_eq!(found.arcs.len(), 2);
    assert_eq!(found.areas[0].polygons[0][1][0].arc, found.areas[1].polygons[0][0][0].arc);
}

#[test]
fn topojson_is_read_as_geojson_is() {
    let topology = json!({
        "type": "Topology",
        "transform": { "scale": [0.001, 0.001], "translate": [136.0, 35.0] },
        "arcs": [[[20, 0], [0, 20]], [[20, 20], [-20, 0], [0, -20], [20, 0]],
                 [[20, 0], [20, 0], [0, 20], [-20, 0]]],
        "objects": { "districts": { "type": "GeometryCollection", "geometries": [
            { "type": "Polygon", "arcs": [[0, 1]], "properties": { "name": "西" } },
            { "type": "MultiPolygon", "arcs": [[[2, -1]]], "id": 7, "properties": { "name": "東" } },
        ] } },
    });
    let read = areas(&topology.to_string());
    let square = |west: f64, east: f64| {
        vec![[west, 35.0], [east, 35.0], [east, 35.02], [west, 35.02], [west, 35.0]]
    };
    let same = areas(&collection(vec![
        feature("西", &[square(136.0, 136.02)]),
        feature("東", &[square(136.02, 136.04)]),
    ]));
    assert_eq!(read.areas[1].properties["id"], "7");
    assert_eq!(read.name_property(), Some("name"));
    let twice_of = |areas: &Areas| -> Vec<i64> {
        let outlines = areas.outlines();
        (0..2).map(|index| twice(&outlines.lines(index)[0]).abs()).collect()
    };
    assert_eq!(twice_of(&read), twice_of(&same));
    assert_eq!(read.arcs.len(), 3);
}

#[test]
fn parts_that_nobody_would_see_are_left_out_and_the_largest_stays() {
    let island = |west: f64, side: f64| {
        vec![vec![[west, 35.0], [west + side, 35.0], [west, 35.0 + side], [west, 35.0]]]
    };
    let many = json!({
        "type": "Feature", "properties": { "name": "群島" },
        "geometry": { "type": "MultiPolygon", "coordinates":
            [island(136.0, 0.2), island(136.5, 0.0005), island(136.6, 0.0004)] },
    });
    let found = areas(&collection(vec![many, feature("岩", &island(136.7, 0.0003))]));
    let outlines = found.outlines();
    assert_eq!(outlines.lines(0).len(), 1);
    assert_eq!(outlines.lines(1).len(), 1, "an area is always drawn");
}

#[test]
fn an_area_that_is_smaller_than_a_step_is_a_dot() {
    let square = |west: f64, side: f64| {
        let (east, north) = (west + side, 35.0 + side);
        vec![[west, 35.0], [east, 35.0], [east, north], [west, north], [west, 35.0]]
    };
    let large = feature("広い区域", &[square(130.0, 8.0)]);
    let found = areas(&collection(vec![large, feature("小島", &[square(139.0, 0.00001)])]));
    let path = found.outlines().path(&[1]);
    assert!(path.ends_with("h5v5h-5z"), "{path}");
}

#[test]
fn the_map_of_all_municipalities_is_small_enough_to_be_sent() {
    // Inner borders of 60 points: a quarter of a million positions in all.
    let found = areas(&grid(1741, 1, 3, [124.0, 35.0], 0.015));
    assert_eq!(found.areas.len(), 1741);
    let text = grid(43, 41, 60, [130.0, 31.0], 0.25);
    let mut all: Value = serde_json::from_str(&text).unwrap();
    all["features"].as_array_mut().unwrap().truncate(1741);
    let found = areas(&all.to_string());
    assert_eq!(found.areas.len(), 1741);
    let outlines = found.outlines();
    let paths: String = (0..1741)
        .map(|index| {
            let (name, path) = (&found.areas[index].properties["name"], outlines.path(&[index]));
            format!("<path d=\"{path}\"><title>{name} {}人</title></path>", index * 7919 % 350_000)
        })
        .collect();
    let bytes = zipped(&paths);
    assert!(bytes <= 150 * 1024, "{bytes} bytes");
    assert!(bytes >= 60 * 1024, "{bytes} bytes: so few that shapes cannot be told apart");
}

#[test]
fn a_map_of_a_city_is_at_most_thirty_kilobytes() {
    let found = areas(&grid(8, 5, 2_000, [135.9, 35.1], 0.02));
    let outlines = found.outlines();
    let paths: String = (0..40).map(|index| outlines.path(&[index])).collect();
    let bytes = zipped(&paths);
    assert!(bytes <= 30 * 1024, "{bytes} bytes");
    assert!(bytes >= 10 * 1024, "{bytes} bytes: less than there is room for");
}

/// Number of bytes of `text` after gzip.
fn zipped(text: &str) -> usize {
    let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::best());
    let mut out = vec![0; compressor.gzip_compress_bound(text.len())];
    compressor.gzip_compress(text.as_bytes(), &mut out).expect("the buffer is large enough")
}

#[test]
fn names_stand_within_their_areas() {
    // A horseshoe, whose middle is outside of it.
    let ring = vec![
        [136.0, 35.0],
        [136.1, 35.0],
        [136.1, 35.1],
        [136.08, 35.1],
        [136.08, 35.02],
        [136.02, 35.02],
        [136.02, 35.1],
        [136.0, 35.1],
        [136.0, 35.0],
    ];
    let found = areas(&collection(vec![feature("馬蹄", &[ring])]));
    let outlines = found.outlines();
    let places = outlines.labels(&[0]);
    assert!(places.len() > 3);
    let line = &outlines.lines(0)[0];
    for ([x, y], width) in places {
        let at = [x * TENTHS, y * TENTHS + 0.5];
        assert!(width > 0.0);
        let next = line.iter().cycle().skip(1);
        let crossings = line.iter().zip(next).filter(|(one, other)| {
            let (one, other) = (one.map(f64::from), other.map(f64::from));
            (one[1] <= at[1]) != (other[1] <= at[1])
                && one[0] + (other[0] - one[0]) * (at[1] - one[1]) / (other[1] - one[1]) > at[0]
        });
        assert_eq!(crossings.count() % 2, 1);
    }
}

/// People of two districts in two years; of one, nothing is known in the second.
const PEOPLE: &str = "年度,地区,人口\n2021,東,900\n2021,西,700\n2022,東,1200\n2022,西,\n";

const DATASET: &str = r#"
title = "地区別人口"
description = "地区別の人口。"
primary_key = ["year", "district"]

[[columns]]
name = "year"
header = "年度"
type = "fiscal_year"

[[columns]]
name = "district"
title = "地区"

[[columns]]
name = "people"
title = "人口"
type = "integer"
unit = "人"
"#;

/// Places whose coordinates are numbers called 緯度 and 経度; the last has none.
const PLACES: &str = "名称,緯度,経度,種別\n市役所,35.01,136.01,庁舎\n公民館,35.0101,136.0102,公民館\n\
                      <b>図書館</b>,35.015,136.03,図書館\n移動図書館,,,図書館\n";

const OF_PLACES: &str = r#"
title = "施設"
description = "施設の一覧。"

[[columns]]
name = "name"
header = "名称"

[[columns]]
name = "north"
header = "緯度"
type = "number"

[[columns]]
name = "east"
header = "経度"
type = "number"

[[columns]]
name = "kind"
header = "種別"
"#;

/// The texts of the sound site with two datasets, areas, and `page` as its page `numbers.md`.
fn built(page: &str) -> (BTreeMap<String, String>, Vec<String>) {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let content = folder.path().join("content");
    write(&content.join("datasets/people/dataset.toml"), DATASET);
    write(&content.join("datasets/people/people.csv"), PEOPLE);
    write(&content.join("datasets/places/dataset.toml"), OF_PLACES);
    write(&content.join("datasets/places/places.csv"), PLACES);
    let square = |west: f64| {
        let (east, north) = (west + 0.02, 35.02);
        vec![[west, 35.0], [east, 35.0], [east, north], [west, north], [west, 35.0]]
    };
    let districts = [("東", 136.02), ("西", 136.0), ("島", 136.05)];
    let features = districts.map(|(name, west)| feature(name, &[square(west)])).into();
    write(&content.join("areas/districts.geojson"), collection(features));
    write(&content.join("pages/numbers.md"), format!("+++\ntitle = \"数字\"\n+++\n\n{page}"));
    built_texts(folder.path())
}

fn map(text: &str) -> String {
    format!("```map\n{text}\n```\n\n")
}

/// Everything between the first `from` and the next `to`.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("{from} is not in {text}")).1;
    rest.split_once(to).map_or(rest, |(within, _)| within)
}

const COLOURED: &str =
    "table = \"people\"\nareas = \"districts\"\nvalue = \"people\"\nby = \"district\"\n";

#[test]
fn a_map_of_areas_shows_the_newest_figures_in_classes_and_what_has_none() {
    let (files, said) = built(&map(COLOURED));
    let page = &files["numbers.html"];
    let svg = between(page, "<svg class=\"chart map\"", "</svg>");
    assert!(svg.contains("<title>東 1,200人</title>"), "{svg}");
    assert!(svg.contains("<title>西 値なし</title>") && svg.contains("<title>島 値なし</title>"));
    // The newest year alone has one figure; three hatchings would be two too many.
    assert!(
        svg.contains("fill=\"url(#block-1-c0)\"") && svg.contains("fill=\"url(#block-1-none)\"")
    );
    assert!(svg.contains("最も多いのは東の1,200人") && svg.contains("値のない区域が2あります"));
    let key = between(page, "<ul class=\"key\">", "</ul>");
    assert!(key.contains(">1,200人<") && key.contains(">値なし<"), "{key}");
    assert!(page.contains("2022年度（令和4年度）") && page.contains("単位：人"));
    let csv = &files["embed/numbers/1.csv"];
    assert_eq!(csv, "\u{feff}地区,人口 (人)\r\n東,1200\r\n西,\r\n島,\r\n");
    assert!(files["embed/numbers/1.html"].contains("<svg class=\"chart map\""));
    assert!(!page.contains("style="), "the policy of pages allows no styles in elements");
    let unmatched = said.iter().filter(|said| said.contains("no row about these areas")).count();
    assert_eq!(unmatched, 1, "{said:?}");
}

#[test]
fn classes_between_declared_bounds_say_so_and_a_chosen_year_is_kept() {
    let text = format!("{COLOURED}breaks = [800, 1000]\nwhere = {{ year = 2021 }}");
    let (files, _) = built(&map(&text));
    let page = &files["numbers.html"];
    let key = between(page, "<ul class=\"key\">", "</ul>");
    for class in ["800人未満", "800人以上1,000人未満", "1,000人以上", "値なし"] {
        assert!(key.contains(&format!(">{class}<")), "{class} is not in {key}");
    }
    assert!(page.contains("2021年度（令和3年度）"));
    let both = format!("{COLOURED}where = {{ year = [2021, 2022], district = \"東\" }}");
    let (files, _) = built(&map(&both));
    assert!(files["numbers.html"].contains("<title>東 2,100人</title>"), "both years are chosen");
}

#[test]
fn places_have_numbers_that_lead_to_their_rows_and_neighbours_one_together() {
    let (files, _) = built(&map("table = \"places\"\ntitle = \"場所\""));
    for (page, id) in [("numbers.html", "block-1"), ("data/places.html", "place")] {
        let text = &files[page];
        let svg = between(text, "<svg class=\"chart map\"", "</svg>");
        // Two places are so near to each other that they have one mark, which leads to the list.
        assert_eq!(svg.matches("<a href=").count(), 2, "{svg}");
        assert!(svg.contains(&format!("<a href=\"#{id}-1\"")), "{svg}");
        assert!(svg.contains("<title>市役所、公民館</title>"));
        assert!(
            svg.contains("data/places/rows/1.html#row-3\"")
                || svg.contains("places/rows/1.html#row-3\"")
        );
        assert!(svg.contains("&lt;b&gt;図書館&lt;/b&gt;"), "a name is never markup");
        // The areas of the site are the ground, with their names.
        assert!(svg.contains(">東</text>") && svg.contains(">島</text>"), "{svg}");
        let list = between(text, "<ol class=\"places\"", "</ol>");
        assert!(list.contains(&format!("<li id=\"{id}-1\">")), "{list}");
        assert_eq!(list.matches("#row-").count(), 3, "{list}");
    }
    let of_dataset = &files["data/places.html"];
    assert!(of_dataset.contains("位置の分からない1行は、地図にありません。"));
    let at = |text: &str| of_dataset.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    assert!(at("id=\"map\"") < at("id=\"preview\""), "the map stands above the table");
    assert!(
        !files["data/people.html"].contains("chart map"),
        "a dataset without places has no map"
    );
    assert!(
        files["embed/numbers/1.csv"]
            .starts_with("\u{feff}場所,緯度,経度\r\n市役所,35.01,136.01\r\n")
    );
}

#[test]
fn conditions_choose_the_places() {
    let (files, _) = built(&map("table = \"places\"\nwhere = { kind = \"庁舎\" }"));
    let svg = between(&files["numbers.html"], "<svg class=\"chart map\"", "</svg>");
    assert_eq!(svg.matches("<a href=").count(), 1);
    assert!(svg.contains("<title>市役所</title>"));
}
