//! A map of **places**: each row of a dataset with a position has a number, which leads to it.

use minijinja::value::Value;

use crate::dataset::{ColumnType, Dataset};
use crate::html::context::PageContext;
use crate::html::datasets::name_column;
use crate::map::{LonLat, MapFrame, PlaceMark, marks};
use crate::site::{ROWS_ON_PAGES, file_paths, row_pages};
use crate::text::{Language, is_japanese};

use super::ground::ground;
use super::svg::{MapDrawing, names};
use super::{MapView, PlaceGroup, PlaceLink};

/// Least distance between two marks, so that they do not cover each other on a narrow telephone. A
/// finger that misses one finds the place in the list.
const APART: f64 = 32.0;

/// Room at the edges of a map without areas.
const MARGIN: f64 = 28.0;

/// Most places that are listed; more are in the table.
const LISTED: usize = 300;

/// Most names that a mark says under the pointer.
const READ: usize = 8;

/// Which rows are shown, and on what ground.
pub(in crate::html) struct Shown<'r> {
    /// Index of the dataset.
    pub dataset: usize,
    /// The rows.
    pub rows: &'r [usize],
    /// Index of the areas that were chosen as the ground.
    pub areas: Option<usize>,
}

/// The map of the places of `shown`, whose elements have ids that begin with `id`; `None` if there
/// are none.
pub(in crate::html) fn places<'s>(
    context: &PageContext<'s>,
    shown: &Shown<'_>,
    id: &str,
) -> Option<MapView<'s>> {
    let site = context.site;
    let dataset = &site.datasets[shown.dataset];
    let placed: Vec<(usize, LonLat)> =
        shown.rows.iter().filter_map(|&row| Some((row, dataset.position(row)?))).collect();
    let positions: Vec<LonLat> = placed.iter().map(|(_, position)| *position).collect();
    let chosen = shown.areas.map(|index| (&*site.areas[index], site.areas[index].outlines()));
    let ground = chosen.or_else(|| ground(site, &positions));
    let own = site.config.own_language();
    let lang = (own != context.language).then(|| own.tag());
    let frame = match &ground {
        Some((_, outlines)) => outlines.frame,
        None => MapFrame::around(positions.iter().copied(), MARGIN)?,
    };
    let inside: Vec<&(usize, LonLat)> =
        placed.iter().filter(|(_, position)| frame.shows(*position)).collect();
    let points: Vec<[f64; 2]> = inside.iter().map(|(_, position)| frame.place(*position)).collect();
    let found = marks(&points, APART);
    let mut drawing = MapDrawing::new();
    if let Some((areas, outlines)) = &ground {
        let all: Vec<usize> = (0..areas.areas.len()).collect();
        drawing.ground(&outlines.path(&all));
        let key = areas.name_property().unwrap_or_default();
        let english = format!("{key}_en");
        let in_english = context.language == Language::En && areas.has_throughout(&english);
        let called = areas.by(if in_english { &english } else { key });
        let lang = lang.filter(|_| !in_english);
        let called: Vec<(&str, &[usize])> =
            called.iter().map(|(name, parts)| (*name, parts.as_slice())).collect();
        let taken: Vec<[f64; 2]> = found.iter().map(|mark| mark.at).collect();
        drawing.begin_texts(lang);
        names(outlines, &called, &taken)
            .into_iter()
            .for_each(|(at, name)| drawing.name(at, name, true));
        drawing.end();
    }
    let base = &context.linker.base;
    drawing.begin_texts(lang);
    let mut has_many = false;
    for (index, mark) in found.iter().enumerate() {
        let rows: Vec<usize> = mark.places.iter().map(|&place| inside[place].0).collect();
        let (number, many) = (index + 1, rows.len() > 1);
        has_many |= many;
        let url = match row_url(dataset, rows[0]).filter(|_| !many) {
            Some(url) => format!("{base}{url}"),
            None => format!("#{id}-{number}"),
        };
        drawing.mark(mark.at, number, many, &url, &reading(context, dataset, &rows));
    }
    drawing.end();
    drawing.scale(&frame);
    let said = said(context, shown, (placed.len(), inside.len(), found.len()), has_many);
    let count = context.word("map_places").replace("{count}", &inside.len().to_string());
    Some(MapView {
        svg: Value::from_safe_string(drawing.into_picture(&frame)),
        key: Vec::new(),
        said,
        places: listed(context, dataset, (&inside, &points), &found),
        list: count,
        id: id.to_owned(),
    })
}

/// What the map shows, in sentences; `counts` are those of places, of places within the map, and of
/// marks.
fn said(
    context: &PageContext<'_>,
    shown: &Shown<'_>,
    (placed, inside, marks): (usize, usize, usize),
    has_many: bool,
) -> Vec<String> {
    let say = |word: &str, count: usize| context.word(word).replace("{count}", &count.to_string());
    let numbers = say("map_said", inside).replace("{marks}", &marks.to_string());
    let mut said = vec![numbers];
    if has_many {
        said.push(context.word("map_many"));
    }
    for (word, count) in [
        ("map_outside", placed - inside),
        ("map_unplaced", shown.rows.len() - placed),
        ("map_listed", if inside > LISTED { LISTED } else { 0 }),
    ] {
        if count > 0 {
            said.push(say(word, count));
        }
    }
    said
}

/// The places by their marks.
fn listed<'s>(
    context: &PageContext<'s>,
    dataset: &'s Dataset,
    (inside, points): (&[&(usize, LonLat)], &[[f64; 2]]),
    marks: &[PlaceMark],
) -> Vec<PlaceGroup<'s>> {
    let own = context.site.config.own_language();
    let mut room = LISTED;
    let mut groups = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let places = mark.places.iter().take(room).map(|&place| {
            let (row, [east, north]) = *inside[place];
            let [x, y] = points[place];
            let at = format!("{x:.1} {y:.1} {north} {east}");
            let name = place_name(dataset, row, context.language).unwrap_or_default();
            let lang = (own != context.language && is_japanese(name)).then(|| own.tag());
            PlaceLink { name, lang, url: row_url(dataset, row), at }
        });
        let places: Vec<PlaceLink<'_>> = places.collect();
        room -= places.len();
        if places.is_empty() {
            break;
        }
        groups.push(PlaceGroup { number: index + 1, places });
    }
    groups
}

/// What a mark says under the pointer: the names of its places.
fn reading(context: &PageContext<'_>, dataset: &Dataset, rows: &[usize]) -> String {
    let names = rows.iter().take(READ).map(|&row| {
        let number = (row + 1).to_string();
        let name = place_name(dataset, row, context.language).map(str::to_owned);
        name.unwrap_or_else(|| context.word("map_row").replace("{number}", &number))
    });
    let names: Vec<String> = names.collect();
    let more = if rows.len() > READ { "…" } else { "" };
    format!("{}{more}", names.join(&context.word("chart_comma")))
}

/// The place of a row on the pages of rows; `None` if none shows it.
fn row_url(dataset: &Dataset, row: usize) -> Option<String> {
    let shown = row_pages(dataset) > 0 && row < ROWS_ON_PAGES;
    shown.then(|| file_paths::row(dataset.id.as_str(), row))
}

/// What the row `row` of `dataset` is called in `language`.
pub(in crate::html) fn place_name(
    dataset: &Dataset,
    row: usize,
    language: Language,
) -> Option<&str> {
    let columns = &dataset.columns;
    let english = |column: &&str| *column == "name_english" || *column == "名称_英字";
    let in_english = (language == Language::En)
        .then(|| columns.iter().position(|column| english(&column.name.as_str())))
        .flatten();
    let first = || columns.iter().position(|column| column.kind == ColumnType::Text);
    let cell = |index: usize| Some(dataset.rows.cell(row, index)).filter(|cell| !cell.is_empty());
    in_english.and_then(cell).or_else(|| name_column(dataset).or_else(first).and_then(cell))
}
