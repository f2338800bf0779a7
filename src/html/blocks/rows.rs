//! The **rows** of a block: its figures as a table, which pages show or fold, and as a file.
//!
//! Not in here: the drawing of the same figures (`drawing`).

use serde::Serialize;

use crate::html::context::{OwnText, PageContext};
use crate::html::datasets::shown_cell;
use crate::html::map::place_name;
use crate::site::{
    Block, BlockContent, ChartBlock, Choropleth, MapBlock, MapContent, MeasuresBlock, NumberBlock,
    NumberTime, TableBlock,
};
use crate::text::Decimal;

use super::drawing::{name_of, place_names};
use super::time;
use crate::html::units::unit_text;

/// A table.
#[derive(Serialize)]
pub(super) struct BlockRows {
    columns: Vec<BlockColumn>,
    rows: Vec<Vec<BlockCell>>,
}

#[derive(Serialize)]
struct BlockColumn {
    name: OwnText,
    unit: Option<OwnText>,
    numeric: bool,
}

#[derive(Serialize)]
struct BlockCell {
    /// As pages show it; `None` where nothing is known.
    text: Option<String>,
    /// Its language where that is not the page's.
    lang: Option<&'static str>,
    numeric: bool,
    /// As files have it.
    #[serde(skip)]
    plain: String,
}

impl BlockRows {
    /// The names of the columns, with their units.
    pub fn names(&self) -> Vec<String> {
        let name = |column: &BlockColumn| match &column.unit {
            Some(unit) => format!("{} ({})", column.name.text, unit.text),
            None => column.name.text.clone(),
        };
        self.columns.iter().map(name).collect()
    }

    /// The cells of each row, as files have them.
    pub fn rows(&self) -> impl Iterator<Item = Vec<String>> {
        self.rows.iter().map(|row| row.iter().map(|cell| cell.plain.clone()).collect())
    }
}

/// The figures of `block`.
pub(super) fn rows_of(context: &PageContext<'_>, block: &Block) -> BlockRows {
    match &block.content {
        BlockContent::Chart(chart) => of_chart(context, chart),
        BlockContent::Number(number) => of_number(context, number),
        BlockContent::Table(table) => of_table(context, table),
        BlockContent::Map(map) => match &map.content {
            MapContent::Areas(shown) => of_areas(context, map, shown),
            MapContent::Places(rows) => of_places(context, map, rows),
        },
        BlockContent::Measures(list) => of_measures(context, list),
    }
}

fn of_chart(context: &PageContext<'_>, chart: &ChartBlock) -> BlockRows {
    let dataset = &context.site.datasets[chart.dataset];
    let along = &dataset.columns[chart.x];
    let first = column(context, context.own_text(&along.title), None, false);
    let others = chart.series.iter().map(|series| {
        column(context, name_of(context, dataset, series), chart.unit.as_deref(), true)
    });
    let decimals = chart.decimals();
    let rows = chart.points.iter().enumerate().map(|(place, cell)| {
        let long = place_names(along, cell, context.language).1;
        let first = BlockCell { plain: cell.clone(), ..word(context, &long) };
        let figures = chart
            .series
            .iter()
            .map(|series| figure(context, series.values[place].as_ref(), decimals));
        std::iter::once(first).chain(figures).collect()
    });
    BlockRows { columns: std::iter::once(first).chain(others).collect(), rows: rows.collect() }
}

fn of_number(context: &PageContext<'_>, number: &NumberBlock) -> BlockRows {
    let unit = number.unit.as_ref().map(|unit| unit.get(context.language));
    let mut columns = vec![
        column(context, of_theme(context, "block_time"), None, false),
        column(context, context.own_text(&number.name), unit, true),
    ];
    let before = number.before.as_ref().map(|(_, before)| before);
    let decimals =
        Decimal::most_decimals([&number.value].into_iter().chain(before).chain(&number.target));
    let when = |when: Option<&NumberTime>| {
        let text = when.map(|when| time(when, context.language));
        word(context, &text.unwrap_or_default())
    };
    let mut rows = Vec::new();
    if let Some((earlier, before)) = &number.before {
        rows.push(vec![when(Some(earlier)), figure(context, Some(before), decimals)]);
    }
    rows.push(vec![when(number.when.as_ref()), figure(context, Some(&number.value), decimals)]);
    if number.target.is_some() {
        columns.push(column(context, of_theme(context, "target"), unit, true));
        let last = rows.len() - 1;
        for (place, row) in rows.iter_mut().enumerate() {
            let target = number.target.as_ref().filter(|_| place == last);
            row.push(figure(context, target, decimals));
        }
    }
    BlockRows { columns, rows }
}

fn of_table(context: &PageContext<'_>, table: &TableBlock) -> BlockRows {
    let dataset = &context.site.datasets[table.dataset];
    let columns = table.columns.iter().map(|&index| {
        let of = &dataset.columns[index];
        column(context, context.own_text(&of.title), of.said_unit(), of.is_amount())
    });
    let decimals: Vec<Option<usize>> = (table.columns.iter())
        .map(|&index| dataset.columns[index].is_amount().then(|| dataset.decimals(index)))
        .collect();
    let row = |&row: &usize| {
        let cell = |(&index, decimals): (&usize, &Option<usize>)| {
            let (plain, column) = (dataset.rows.cell(row, index), &dataset.columns[index]);
            match decimals.and_then(|decimals| Some((Decimal::parse(plain)?, decimals))) {
                Some((number, decimals)) => figure(context, Some(&number), decimals),
                None => BlockCell {
                    plain: plain.to_owned(),
                    ..word(context, &shown_cell(context.language, column, plain))
                },
            }
        };
        table.columns.iter().zip(&decimals).map(cell).collect()
    };
    BlockRows { columns: columns.collect(), rows: table.rows.iter().map(row).collect() }
}

fn of_areas(context: &PageContext<'_>, map: &MapBlock, shown: &Choropleth) -> BlockRows {
    let columns = &context.site.datasets[map.dataset].columns;
    let (by, value) = (&columns[shown.by], &columns[shown.value]);
    BlockRows {
        columns: vec![
            column(context, context.own_text(&by.title), None, false),
            column(context, context.own_text(&value.title), value.said_unit(), true),
        ],
        rows: (shown.areas.iter())
            .map(|area| {
                let value = figure(context, area.value.as_ref(), shown.decimals());
                vec![word(context, area.name.get(context.language)), value]
            })
            .collect(),
    }
}

fn of_places(context: &PageContext<'_>, map: &MapBlock, rows: &[usize]) -> BlockRows {
    let dataset = &context.site.datasets[map.dataset];
    let positions = dataset.position_columns().unwrap_or_default();
    let [latitude, longitude] = [positions.0, positions.1]
        .map(|index| column(context, context.own_text(&dataset.columns[index].title), None, true));
    let row = |&row: &usize| {
        let name = place_name(dataset, row, context.language).unwrap_or_default();
        let degrees =
            |index| figure(context, Decimal::parse(dataset.rows.cell(row, index)).as_ref(), 0);
        vec![word(context, name), degrees(positions.0), degrees(positions.1)]
    };
    BlockRows {
        columns: vec![
            column(context, of_theme(context, "map_place"), None, false),
            latitude,
            longitude,
        ],
        rows: rows.iter().map(row).collect(),
    }
}

fn of_measures(context: &PageContext<'_>, list: &MeasuresBlock) -> BlockRows {
    let names = ["fiscal_year", "department", "measure", "rating"];
    let row = |&index: &usize| {
        let measure = &context.site.measures[index];
        let department = &context.site.departments[measure.department].department.name;
        let rating = &context.site.ratings[measure.rating].rating.label;
        let year = measure.fiscal_year.to_string();
        let texts = [department, &measure.title, rating].map(|text| text.get(context.language));
        std::iter::once(year.as_str()).chain(texts).map(|text| word(context, text)).collect()
    };
    BlockRows {
        columns: names.map(|name| column(context, of_theme(context, name), None, false)).into(),
        rows: list.measures.iter().map(row).collect(),
    }
}

/// A name that the theme gives.
fn of_theme(context: &PageContext<'_>, word: &str) -> OwnText {
    OwnText { text: context.word(word), lang: None }
}

fn column(
    context: &PageContext<'_>,
    name: OwnText,
    unit: Option<&str>,
    numeric: bool,
) -> BlockColumn {
    let unit = unit.map(|unit| unit_text(unit, context.language));
    let unit = unit.map(|unit| OwnText { text: unit.text.to_owned(), lang: unit.lang });
    BlockColumn { name, unit, numeric }
}

/// A cell with a text, which is marked as Japanese on pages in other languages.
fn word(context: &PageContext<'_>, text: &str) -> BlockCell {
    let lang = unit_text(text, context.language).lang;
    let shown = (!text.is_empty()).then(|| text.to_owned());
    BlockCell { text: shown, lang, numeric: false, plain: text.to_owned() }
}

/// A figure with as many `decimals` as the others of its column.
fn figure(context: &PageContext<'_>, value: Option<&Decimal>, decimals: usize) -> BlockCell {
    BlockCell {
        text: value.map(|value| context.figure(value, decimals)),
        lang: None,
        numeric: true,
        plain: value.map(|value| value.as_str().to_owned()).unwrap_or_default(),
    }
}
