//! A map of **areas**, in classes by their figures: a choropleth.

use minijinja::value::Value;

use crate::html::context::{OwnText, PageContext};
use crate::html::history::with_unit;
use crate::site::{Choropleth, MapClass, ValuedArea};
use crate::text::{Decimal, Language};

use super::svg::{MapDrawing, names, swatch};
use super::{ClassKey, MapView};

/// The map of `shown`, which are areas of the file `file` of the site; its elements have ids that
/// begin with `id`.
pub(in crate::html) fn areas<'s>(
    context: &PageContext<'s>,
    shown: &'s Choropleth,
    (file, unit): (usize, Option<&str>),
    id: &str,
    title: &OwnText,
) -> MapView<'s> {
    let outlines = context.site.areas[file].outlines();
    let unknown = context.word("map_none");
    let written = |value: &Decimal| {
        with_unit(&context.figure(value, shown.decimals()), unit, context.language)
    };
    let reading = |area: &ValuedArea| {
        let value = area.value.as_ref().map_or_else(|| unknown.clone(), written);
        format!("{} {value}", area.name.get(context.language))
    };
    let mut drawing = MapDrawing::new();
    drawing.hatchings(id, shown.classes.len());
    let lang = shown.areas.iter().find_map(|area| context.text(&area.name).lang);
    drawing.begin_texts(lang);
    let groups = (0..shown.classes.len()).map(Some).chain([None]);
    let mut has_none = false;
    for class in groups {
        let members: Vec<&ValuedArea> =
            shown.areas.iter().filter(|area| area.class == class).collect();
        has_none |= class.is_none() && !members.is_empty();
        if members.is_empty() {
            continue;
        }
        drawing.begin_areas(id, &name_of(class));
        members.iter().for_each(|area| drawing.area(&outlines.path(&area.parts), &reading(area)));
        drawing.end();
    }
    let named: Vec<(&str, &[usize])> = shown
        .areas
        .iter()
        .map(|area| (area.name.get(context.language), area.parts.as_slice()))
        .collect();
    let names = names(&outlines, &named, &[]);
    names.into_iter().for_each(|(at, name)| drawing.name(at, name, false));
    drawing.end();
    drawing.scale(&outlines.frame);
    let described = described(context, shown, unit, title, lang.is_some());
    let svg = drawing.into_page(&outlines.frame, id, (&title.text, title.lang), &described);
    let classes = shown.classes.iter().enumerate();
    let key = classes.map(|(index, class)| (Some(index), said(context, shown, class, unit)));
    let none = has_none.then(|| (None, unknown.clone()));
    MapView {
        svg: Value::from_safe_string(svg),
        key: key
            .chain(none)
            .map(|(class, text)| ClassKey {
                swatch: Value::from_safe_string(swatch(id, &name_of(class))),
                text,
            })
            .collect(),
        said: Vec::new(),
        places: Vec::new(),
        list: String::new(),
        id: id.to_owned(),
    }
}

/// The name of the hatching of a class.
fn name_of(class: Option<usize>) -> String {
    class.map_or_else(|| "none".to_owned(), |class| format!("c{class}"))
}

/// A class in words.
fn said(
    context: &PageContext<'_>,
    shown: &Choropleth,
    class: &MapClass,
    unit: Option<&str>,
) -> String {
    let written = |value: &Option<Decimal>| match value {
        Some(value) => with_unit(&context.figure(value, shown.decimals()), unit, context.language),
        None => String::new(),
    };
    let word = match (&class.from, &class.to) {
        (None, Some(_)) => "map_below",
        (Some(_), None) => "map_from",
        (Some(from), Some(to)) if shown.is_declared => {
            debug_assert!(from.as_f64() < to.as_f64());
            "map_from_below"
        }
        (from, to) if from == to => "map_only",
        _ => "map_range",
    };
    let said = context.word(word).replace("{from}", &written(&class.from));
    said.replace("{to}", &written(&class.to))
}

/// The map in words: the greatest figure, the least, and how many areas have none.
fn described(
    context: &PageContext<'_>,
    shown: &Choropleth,
    unit: Option<&str>,
    title: &OwnText,
    is_foreign: bool,
) -> String {
    let known: Vec<(usize, &ValuedArea, f64)> = (shown.areas.iter().enumerate())
        .filter_map(|(at, area)| Some((at, area, area.value.as_ref()?.as_f64())))
        .collect();
    let most = known.iter().rev().max_by(|one, other| one.2.total_cmp(&other.2));
    let least = known.iter().min_by(|one, other| one.2.total_cmp(&other.2));
    let (Some(most), Some(least)) = (most, least) else { return context.word("map_none") };
    // A sentence in plain text cannot mark a name as being in another language.
    let name = |(at, area, _): &(usize, &ValuedArea, f64)| match is_foreign {
        true => context.word("block_place").replace("{number}", &(at + 1).to_string()),
        false => area.name.get(context.language).to_owned(),
    };
    let value = |(_, area, _): &(usize, &ValuedArea, f64)| {
        let value = area.value.as_ref().map(|value| context.figure(value, shown.decimals()));
        let value = value.unwrap_or_default();
        with_unit(&value, unit, context.language)
    };
    let called = if title.lang.is_some() { String::new() } else { title.text.clone() };
    let said = context
        .word("map_described")
        .replace("{name}", &called)
        .replace("{most}", &value(most))
        .replace("{most_at}", &name(most))
        .replace("{least}", &value(least))
        .replace("{least_at}", &name(least));
    let without = shown.areas.len() - known.len();
    match without {
        0 => said,
        _ => {
            let between = if context.language == Language::Ja { "" } else { " " };
            let none = context.word("map_described_none").replace("{count}", &without.to_string());
            format!("{said}{between}{none}")
        }
    }
}
