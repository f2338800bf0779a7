//! The **drawing** of a chart in a text: its places and figures in short and in words.

use minijinja::value::Value;
use serde::Serialize;

use crate::calendar::{Date, FiscalYear};
use crate::dataset::{ChartKind, Column, ColumnType, Dataset};
use crate::html::chart::{SeriesLooks, SeriesPlot, mark_of};
use crate::html::context::{OwnText, PageContext};
use crate::html::datasets::shown_cell;
use crate::html::history::with_unit;
use crate::site::{BlockSeries, ChartBlock, SeriesName};
use crate::text::{Decimal, Language, is_japanese};

use crate::html::units::unit_text;

/// A chart, or several small ones, with what its looks mean.
#[derive(Serialize)]
pub(super) struct DrawnChart {
    drawings: Vec<OneDrawing>,
    /// The series, if there is more than one in a drawing.
    key: Vec<KeyEntry>,
    target: Option<String>,
    /// How the series are told apart beside their colours: `line` by marks, `bars` by their order
    /// from the left, `stacked` from below.
    looks: &'static str,
    /// Does the axis begin elsewhere than at zero?
    is_cut: bool,
    is_sum: bool,
}

#[derive(Serialize)]
struct OneDrawing {
    /// The name of a small chart.
    name: Option<OwnText>,
    svg: Value,
}

#[derive(Serialize)]
struct KeyEntry {
    /// Number of its look, from 1.
    look: usize,
    /// The outline of the mark on its line.
    mark: &'static str,
    name: OwnText,
}

/// The drawing of `chart`, whose elements have ids that begin with `id`.
pub(super) fn drawn(
    context: &PageContext<'_>,
    chart: &ChartBlock,
    id: &str,
    title: &OwnText,
) -> DrawnChart {
    let dataset = &context.site.datasets[chart.dataset];
    let along = &dataset.columns[chart.x];
    let place_of = |cell: &String| place_names(along, cell, context.language);
    let (places, mut said_places): (Vec<String>, Vec<String>) =
        chart.points.iter().map(place_of).unzip();
    let places_lang = (places.iter()).find_map(|name| unit_text(name, context.language).lang);
    if places_lang.is_some() {
        said_places = numbered(context, "block_place", places.len());
    }
    let names: Vec<OwnText> =
        chart.series.iter().map(|series| name_of(context, dataset, series)).collect();
    // A sentence in plain text cannot mark a name as being in another language.
    let numbers = numbered(context, "block_series", names.len());
    let said_names: Vec<String> = (names.iter().zip(numbers))
        .map(|(name, number)| if name.lang.is_some() { number } else { name.text.clone() })
        .collect();
    let looks = match chart.kind {
        ChartKind::Line | ChartKind::SmallMultiples => SeriesLooks::Line,
        ChartKind::Bar => SeriesLooks::Bars,
        ChartKind::Stacked => SeriesLooks::Stacked,
    };
    let small = chart.kind == ChartKind::SmallMultiples;
    let groups: Vec<Vec<usize>> = match small {
        true => (0..chart.series.len()).map(|series| vec![series]).collect(),
        false => vec![(0..chart.series.len()).collect()],
    };
    let float = |value: &Option<Decimal>| value.as_ref().map(Decimal::as_f64);
    let all: Vec<f64> =
        chart.series.iter().flat_map(|series| series.values.iter().filter_map(float)).collect();
    let decimals = chart.decimals();
    let mut is_cut = false;
    let drawings = groups.iter().enumerate().map(|(number, group)| {
        let said: Vec<String> = group
            .iter()
            .filter_map(|&series| {
                described(context, chart, &said_names[series], &chart.series[series], &said_places)
            })
            .collect();
        let readings: Vec<String> = (0..places.len())
            .map(|place| reading(context, chart, group, &said_names, place, &said_places[place]))
            .collect();
        let written = |value: &Option<Decimal>| {
            value.as_ref().map(|value| context.figure(value, decimals)).unwrap_or_default()
        };
        let texts: Vec<String> = chart.series[group[0]].values.iter().map(written).collect();
        let plot = SeriesPlot {
            title: if small { &names[number].text } else { &title.text },
            title_lang: if small { names[number].lang } else { title.lang },
            unit: chart.unit.as_deref(),
            looks,
            places: &places,
            places_lang,
            series: group
                .iter()
                .map(|&s| chart.series[s].values.iter().map(float).collect())
                .collect(),
            target: float(&chart.target),
            texts: &texts,
            description: &said.join(if context.language == Language::Ja { "" } else { " " }),
            readings: &readings,
            beside: if small { &all } else { &[] },
            language: context.language,
            minus: context.site.config.minus,
            is_small: small,
        };
        is_cut |= plot.is_cut();
        let svg = Value::from_safe_string(plot.on_page(&format!("{id}-{number}")));
        OneDrawing { name: small.then(|| clone(&names[number])), svg }
    });
    let drawings = drawings.collect();
    let key = match !small && chart.series.len() > 1 {
        true => names
            .iter()
            .enumerate()
            .map(|(n, name)| KeyEntry { look: n + 1, mark: mark_of(n), name: clone(name) })
            .collect(),
        false => Vec::new(),
    };
    DrawnChart {
        drawings,
        key,
        target: chart.target.as_ref().map(|number| context.number(number)),
        looks: match looks {
            SeriesLooks::Line => "line",
            SeriesLooks::Bars => "bars",
            SeriesLooks::Stacked => "stacked",
        },
        is_cut,
        is_sum: chart.is_sum,
    }
}

/// The word `word` of the theme with the numbers from 1 to `count`.
fn numbered(context: &PageContext<'_>, word: &str, count: usize) -> Vec<String> {
    let word = context.word(word);
    (1..=count).map(|number| word.replace("{number}", &number.to_string())).collect()
}

fn clone(text: &OwnText) -> OwnText {
    OwnText { text: text.text.clone(), lang: text.lang }
}

/// The name of a series.
pub(super) fn name_of(
    context: &PageContext<'_>,
    dataset: &Dataset,
    series: &BlockSeries,
) -> OwnText {
    let (column, value) = match &series.name {
        SeriesName::Column(column) => return context.own_text(&dataset.columns[*column].title),
        SeriesName::Value(column, value) => (&dataset.columns[*column], value),
    };
    let known = column.values.iter().position(|known| known == value).filter(|_| column.worded);
    if let Some(label) = known.and_then(|index| column.labels.get(index)) {
        return context.own_text(label);
    }
    if matches!(column.kind, ColumnType::Date | ColumnType::FiscalYear) {
        return OwnText { text: place_names(column, value, context.language).1, lang: None };
    }
    let own = context.site.config.own_language();
    let lang = (own != context.language && is_japanese(value)).then(|| own.tag());
    OwnText { text: value.clone(), lang }
}

/// The short and the long name of the place `cell` on the axis `along`.
pub(super) fn place_names(along: &Column, cell: &str, language: Language) -> (String, String) {
    let names = match along.kind {
        ColumnType::Date => Date::parse(cell).ok().map(|date| {
            let short = match (date.day(), language) {
                (1, Language::Ja) => format!("{}/{}", date.year(), date.month()),
                (1, Language::En) => format!("{}-{:02}", date.year(), date.month()),
                (day, Language::Ja) => format!("{}/{}/{day}", date.year(), date.month()),
                (_, Language::En) => date.to_string(),
            };
            (short, date.long(language))
        }),
        ColumnType::FiscalYear => {
            FiscalYear::parse(cell).ok().map(|year| (year.short(language), year.long(language)))
        }
        _ => None,
    };
    names.unwrap_or_else(|| {
        let shown = shown_cell(language, along, cell);
        (shown.clone(), shown)
    })
}

/// A figure of `chart` with its unit.
fn said_figure(context: &PageContext<'_>, chart: &ChartBlock, value: &Decimal) -> String {
    let shown = context.figure(value, chart.decimals());
    with_unit(&shown, chart.unit.as_deref(), context.language)
}

/// The figures at a place in words.
fn reading(
    context: &PageContext<'_>,
    chart: &ChartBlock,
    group: &[usize],
    names: &[String],
    place: usize,
    name: &str,
) -> String {
    let said: Vec<String> = group
        .iter()
        .map(|&series| {
            let value = chart.series[series].values[place].as_ref();
            let value = value.map_or_else(
                || context.word("unknown"),
                |value| said_figure(context, chart, value),
            );
            format!("{} {value}", names[series])
        })
        .collect();
    context
        .word("chart_year")
        .replace("{year}", name)
        .replace("{list}", &said.join(&context.word("chart_comma")))
}

/// A series in a sentence: its greatest figure and its least, and over time its first and last.
fn described(
    context: &PageContext<'_>,
    chart: &ChartBlock,
    name: &str,
    series: &BlockSeries,
    places: &[String],
) -> Option<String> {
    let known: Vec<(usize, &Decimal)> = (series.values.iter().enumerate())
        .filter_map(|(place, value)| Some((place, value.as_ref()?)))
        .collect();
    let by_size =
        |a: &&(usize, &Decimal), b: &&(usize, &Decimal)| a.1.as_f64().total_cmp(&b.1.as_f64());
    let (first, last) = (known.first()?, known.last()?);
    let (most, least) = (known.iter().max_by(by_size)?, known.iter().min_by(by_size)?);
    let along = context.site.datasets[chart.dataset].columns[chart.x].kind;
    let word = match along {
        ColumnType::Date | ColumnType::FiscalYear => "block_described",
        _ => "block_described_places",
    };
    let mut said = context.word(word).replace("{name}", name);
    for (key, (place, value)) in
        [("first", first), ("last", last), ("most", most), ("least", least)]
    {
        said = said
            .replace(&format!("{{{key}}}"), &said_figure(context, chart, value))
            .replace(&format!("{{{key}_at}}"), &places[*place]);
    }
    Some(said)
}
