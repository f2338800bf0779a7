//! A **map** in a text: areas in classes by the figures of a dataset, or the places of its rows.

use std::collections::BTreeMap;

use crate::dataset::Dataset;
use crate::diagnostic::{self, Diagnostic, Located, Message};
use crate::document::Keys;
use crate::map::Areas;
use crate::message;
use crate::site::Site;
use crate::text::{Decimal, Localized, nearest};

use super::classes::{CLASSES, MapClass, ValuedArea, bounds, declared, quantiles};
use super::columns::{
    added_ratio, column, dataset, number_column, rows, sum, time_column, unknown,
};
use super::number::{NumberTime, newest};

/// A map of one dataset.
#[derive(Clone, Debug)]
pub struct MapBlock {
    /// Index of the dataset.
    pub dataset: usize,
    /// Index of the areas that are drawn; `None` on a map of places alone.
    pub areas: Option<usize>,
    /// What is shown.
    pub content: MapContent,
}

/// What a map shows.
#[derive(Clone, Debug)]
pub enum MapContent {
    /// The places of these rows.
    Places(Vec<usize>),
    /// Areas in classes.
    Areas(Choropleth),
}

/// Areas with a figure each.
#[derive(Clone, Debug)]
pub struct Choropleth {
    /// Index of the column of the figures.
    pub value: usize,
    /// Index of the column with the areas of the rows.
    pub by: usize,
    /// The areas, in the order of their file.
    pub areas: Vec<ValuedArea>,
    /// The classes, the least first.
    pub classes: Vec<MapClass>,
    /// Are the bounds of the classes written, rather than those of their figures?
    pub is_declared: bool,
    /// The day or year of all figures.
    pub when: Option<NumberTime>,
    /// Does a figure stand for several rows, whose sum it is?
    pub is_sum: bool,
}

impl Choropleth {
    /// The number of decimals of all its figures.
    pub fn decimals(&self) -> usize {
        let values = self.areas.iter().filter_map(|area| area.value.as_ref());
        Decimal::most_decimals(values)
    }
}

/// Reads a map.
pub(super) fn read(site: &Site, keys: &mut Keys<'_>) -> Option<MapBlock> {
    let found = dataset(site, keys);
    let (names_areas, named) = areas(site, keys);
    let value = keys.located_text("value");
    let by = keys.located_text("by");
    let area = keys.located_text("area");
    let label = keys.located_text("label");
    let classes = keys.count("classes", 2);
    let breaks = keys.bounds("breaks");
    let sound = are_together(keys);
    let Some(index) = found else {
        keys.ask("where");
        return None;
    };
    let dataset = &site.datasets[index];
    let rows = rows(dataset, keys);
    let Some(value) = value else {
        let rows = rows.filter(|_| sound).and_then(|rows| places(dataset, rows, keys));
        let content = MapContent::Places(rows?);
        return (named.is_some() || !names_areas).then_some(MapBlock {
            dataset: index,
            areas: named,
            content,
        });
    };
    let value = number_column(dataset, &value, keys);
    let by = by.map(|by| column(dataset, &by, keys));
    let breaks = bounds(&breaks, keys);
    let classes = classes.map(|classes| classes.min(CLASSES) as usize);
    let (rows, value, by, breaks, named) = (rows?, value?, by??, breaks?, named?);
    let areas = &site.areas[named];
    let (area, label) = properties(areas, area, label, keys)?;
    if !sound {
        return None;
    }
    let (rows, when) = of_one_time(dataset, rows, keys);
    let Some(key) = area.or_else(|| matching(areas, dataset, by)) else {
        report_no_match(areas, dataset, by, keys);
        return None;
    };
    tell_names(areas, &key, dataset, by, keys);
    let mut at: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &row in &rows {
        at.entry(dataset.rows.cell(row, by)).or_default().push(row);
    }
    let grouped = areas.by(&key);
    let is_sum = grouped.iter().any(|(name, _)| at.get(name).is_some_and(|rows| rows.len() > 1));
    if is_sum && dataset.columns[value].is_ratio() {
        let (said, help) = added_ratio(&dataset.columns[value]);
        keys.problem(&diagnostic::SITE_BLOCK, "value", said, help);
        return None;
    }
    let figure = |name: &str| at.get(name).and_then(|rows| sum(dataset, value, rows));
    let named_area = |(name, parts): (&str, Vec<usize>)| {
        let properties = &areas.areas[parts[0]].properties;
        let shown = label.as_ref().unwrap_or(&key);
        let own = properties.get(shown).map_or(name, String::as_str).to_owned();
        let en = properties.get(&format!("{shown}_en")).cloned();
        let localized = Localized { en, ..Localized::new(own) };
        ValuedArea { value: figure(name), name: localized, parts, class: None }
    };
    let mut valued: Vec<ValuedArea> = grouped.into_iter().map(named_area).collect();
    if valued.iter().all(|area| area.value.is_none()) {
        keys.problem(
            &diagnostic::SITE_BLOCK_VALUE,
            "value",
            message!(ja: "値のある区域がありません", en: "no area has a value"),
            message!(ja: "「where」の条件を確かめてください", en: "check the conditions in `where`"),
        );
        return None;
    }
    let is_declared = !breaks.is_empty();
    let classes = match is_declared {
        true => declared(&mut valued, &breaks),
        false => quantiles(&mut valued, classes),
    };
    let content = MapContent::Areas(Choropleth {
        value,
        by,
        areas: valued,
        classes,
        is_declared,
        when,
        is_sum,
    });
    Some(MapBlock { dataset: index, areas: Some(named), content })
}

/// Whether the key `areas` is there, and the areas that it names.
fn areas(site: &Site, keys: &mut Keys<'_>) -> (bool, Option<usize>) {
    let Some(written) = keys.located_text("areas") else { return (keys.has("areas"), None) };
    let name = &written.value;
    let found = site.areas.iter().position(|areas| areas.name == *name);
    if found.is_none() && !site.are_broken_areas(name) {
        let message = message!(
            ja: "「content/areas」に「{name}」という区域のファイルがありません",
            en: "there is no file of areas `{name}` in `content/areas`",
        );
        let known = site.areas.iter().map(|areas| areas.name.as_str());
        let problem = match site.areas.is_empty() {
            false => unknown(&diagnostic::SITE_BLOCK_TABLE, &written, message, known),
            true => Diagnostic::new(&diagnostic::SITE_BLOCK_TABLE, written.place.clone(), message)
                .with_help(message!(
                    ja: "GeoJSONを「content/areas/{name}.geojson」に置いてください",
                    en: "put a GeoJSON file at `content/areas/{name}.geojson`",
                )),
        };
        keys.push(problem);
    }
    (true, found)
}

/// Are the keys that are given ones that go together? Reports what is missing or too much.
fn are_together(keys: &mut Keys<'_>) -> bool {
    let has_value = keys.has("value");
    let alone = ["by", "area", "label", "classes", "breaks"].into_iter().find(|key| keys.has(key));
    if let (false, Some(key)) = (has_value, alone) {
        keys.problem(
            &diagnostic::SITE_BLOCK,
            key,
            message!(
                ja: "「{key}」は、「value」とともに使う項目です",
                en: "`{key}` is for maps with `value`",
            ),
            message!(
                ja: "色で分ける数値の列を「value」に記入するか、「{key}」を消してください",
                en: "name the column of figures in `value`, or remove `{key}`",
            ),
        );
        return false;
    }
    let missing = ["areas", "by"].into_iter().filter(|key| has_value && !keys.has(key));
    let missing: Vec<&str> = missing.collect();
    for key in &missing {
        let _: Option<()> = keys.missing(key);
    }
    if keys.has("breaks") && keys.has("classes") {
        keys.problem(
            &diagnostic::SITE_BLOCK,
            "classes",
            message!(
                ja: "「breaks」と「classes」は同時に使えません",
                en: "`breaks` and `classes` cannot be used together",
            ),
            message!(ja: "どちらか一方にしてください", en: "use one of them"),
        );
        return false;
    }
    missing.is_empty()
}

/// The rows with a place, if the dataset has places.
fn places(dataset: &Dataset, mut rows: Vec<usize>, keys: &mut Keys<'_>) -> Option<Vec<usize>> {
    let id = &dataset.id;
    if dataset.position_columns().is_none() {
        keys.problem(
            &diagnostic::SITE_BLOCK,
            "table",
            message!(
                ja: "「{id}」には、緯度と経度の列がありません",
                en: "`{id}` has no latitudes and longitudes",
            ),
            message!(
                ja: "緯度と経度のあるデータセットにするか、「areas」「value」「by」で区域を塗り分けてください",
                en: "name a dataset that has them, or colour areas with `areas`, `value` and `by`",
            ),
        );
        return None;
    }
    rows.retain(|&row| dataset.position(row).is_some());
    if rows.is_empty() {
        keys.problem(
            &diagnostic::SITE_BLOCK_VALUE,
            "table",
            message!(
                ja: "「{id}」のこの条件の行には、緯度と経度がありません",
                en: "none of these rows of `{id}` has a latitude and a longitude",
            ),
            message!(ja: "「where」の条件を確かめてください", en: "check the conditions in `where`"),
        );
        return None;
    }
    Some(rows)
}

/// The properties that `area` and `label` name; `None` if there is no such property.
fn properties(
    areas: &Areas,
    area: Option<Located<String>>,
    label: Option<Located<String>>,
    keys: &mut Keys<'_>,
) -> Option<(Option<String>, Option<String>)> {
    let mut named = |written: Option<Located<String>>| match written {
        None => Some(None),
        Some(written) => property(areas, &written, keys).map(Some),
    };
    let (area, label) = (named(area), named(label));
    Some((area?, label?))
}

fn property(areas: &Areas, written: &Located<String>, keys: &mut Keys<'_>) -> Option<String> {
    let name = &written.value;
    if areas.areas.iter().any(|area| area.properties.contains_key(name)) {
        return Some(name.clone());
    }
    let message = message!(
        ja: "区域のファイルに「{name}」という属性がありません",
        en: "the areas have no property `{name}`",
    );
    let known = areas.areas[0].properties.keys().map(String::as_str);
    keys.push(unknown(&diagnostic::SITE_BLOCK_COLUMN, written, message, known));
    None
}

/// The newest of `rows`, with their time: all of them where the dataset has no times, or where the
/// conditions choose among these.
fn of_one_time(
    dataset: &Dataset,
    rows: Vec<usize>,
    keys: &mut Keys<'_>,
) -> (Vec<usize>, Option<NumberTime>) {
    let Some(along) = time_column(dataset) else { return (rows, None) };
    let times = |rows: &[usize]| {
        let first = dataset.rows.cell(rows[0], along);
        rows.iter().all(|&row| dataset.rows.cell(row, along) == first)
    };
    let time = &dataset.columns[along];
    let chosen = keys.conditions("where").iter().any(|(name, _)| {
        [Some(&time.name), Some(&time.title.own), time.title.en.as_ref()]
            .contains(&Some(&name.value))
    });
    if chosen && !times(&rows) {
        return (rows, None);
    }
    let (rows, when, _) = newest(dataset, &rows, along);
    (rows, when)
}

/// The property of the areas that most of the values of the column `by` are values of.
fn matching(areas: &Areas, dataset: &Dataset, by: usize) -> Option<String> {
    let values = values(dataset, by);
    let mut keys: Vec<&String> =
        areas.areas.iter().flat_map(|area| area.properties.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let matches = |key: &String| {
        let known = areas.by(key);
        known.iter().filter(|(name, _)| values.contains_key(name)).count()
    };
    let best = keys.into_iter().map(|key| (matches(key), key)).filter(|(count, _)| *count > 0);
    // Of several the first.
    let best = best.rev().max_by_key(|(count, _)| *count);
    best.map(|(_, key)| key.clone())
}

/// The values of the column `by`, each with the number of its first row, from 1.
fn values(dataset: &Dataset, by: usize) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for row in 0..dataset.rows.len() {
        let cell = dataset.rows.cell(row, by);
        if !cell.is_empty() {
            found.entry(cell).or_insert(row + 1);
        }
    }
    found
}

fn report_no_match(areas: &Areas, dataset: &Dataset, by: usize, keys: &mut Keys<'_>) {
    let (title, name) = (&dataset.columns[by].title.own, &areas.name);
    let key = areas.name_property().unwrap_or_default();
    let Message { ja, en } = Message::list(areas.by(key).iter().take(LISTED).map(|(name, _)| name));
    keys.problem(
        &diagnostic::SITE_BLOCK_VALUE,
        "by",
        message!(
            ja: "「{title}」の列の値と、「{name}」の区域の名前が、1つも一致しません",
            en: "no value of the column `{title}` is the name of an area of `{name}`",
        ),
        Message::new(
            format!("区域の名前：{ja}。区域の名前か番号の列を「by」に記入してください"),
            format!("the areas are {en}; name the column with these names in `by`"),
        ),
    );
}

/// Most names that a message lists.
const LISTED: usize = 10;

/// Tells of values of the column `by` that are no area, and of areas that no row is about.
fn tell_names(areas: &Areas, key: &str, dataset: &Dataset, by: usize, keys: &mut Keys<'_>) {
    let values = values(dataset, by);
    let known: Vec<&str> = areas.by(key).into_iter().map(|(name, _)| name).collect();
    let place = keys.place_of("by");
    let (id, file) = (&dataset.id, &areas.name);
    let without: Vec<&str> =
        known.iter().copied().filter(|name| !values.contains_key(name)).collect();
    for (value, row) in values.iter().filter(|(value, _)| !known.contains(*value)).take(LISTED) {
        let message = message!(
            ja: "「{id}」の{row}行目の「{value}」という区域は、「{file}」にありません",
            en: "row {row} of `{id}` is about `{value}`, which is not an area of `{file}`",
        );
        let near = nearest(value, without.iter().copied());
        let help = match near {
            Some(near) => Message::did_you_mean(near),
            None => message!(
                ja: "区域の名前に合わせるか、市全体などの行は「where」で除いてください",
                en: "use the name of an area, or leave rows of the whole city out with `where`",
            ),
        };
        let problem = Diagnostic::new(&diagnostic::SITE_MAP_NAMES, place.clone(), message);
        keys.push(problem.with_help(help));
    }
    if !without.is_empty() {
        let list = Message::list(without.iter().take(LISTED));
        let more = match without.len().saturating_sub(LISTED) {
            0 => Message::new("", ""),
            more => message!(ja: "、ほか{more}", en: " and {more} more"),
        };
        let message = Message::new(
            format!("「{file}」の次の区域の行が、「{id}」にありません：{}{}", list.ja, more.ja),
            format!("`{id}` has no row about these areas of `{file}`: {}{}", list.en, more.en),
        );
        let problem = Diagnostic::new(&diagnostic::SITE_MAP_NAMES, place, message);
        keys.push(problem.with_help(message!(
            ja: "地図では「値なし」になります。名前の違いであれば、表か区域のファイルを直してください",
            en: "the map shows them as “no value”; where names differ, correct the table or the file of areas",
        )));
    }
}
