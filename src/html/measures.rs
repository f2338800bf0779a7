//! The page of **all measures**: a table that can be sorted and filtered, and the policies of each
//! year.
//!
//! Not in here: the page of one of them (`measure`).

use minijinja::value::Value;
use serde::Serialize;

use crate::dataset::{Column, ColumnType};
use crate::policy::{Field, FieldType};
use crate::site::{
    ID_COLUMN, MeasureTable, PLAN_COLUMN, TITLE_COLUMN, TOPICS_COLUMN, YearEntry, file_paths,
    filters, measure_table, said_of,
};
use crate::text::Decimal;

use super::PageView;
use super::context::{MeasureItem, OwnText, PageContext, Text, value};
use super::datasets::attributed;
use super::fields::{ValueView, shown_value};
use super::table_explorer::{FIRST_ROWS, TableExplorer};

/// Most policies that are named below the table. If the site has more, only those of the newest
/// year are named.
const POLICIES: usize = 100;

/// Columns of the table of measures that a narrow screen shows.
const LEADING: [&str; 3] = ["fiscal_year", TITLE_COLUMN, "rating"];

/// The head of a column.
#[derive(Serialize)]
struct ColumnHead<'a> {
    name: &'a str,
    title: &'a str,
    unit: Option<Text<'a>>,
    numeric: bool,
    /// Does a narrow screen show it?
    lead: bool,
    /// Does it name the row?
    heads: bool,
    /// May its cells have several values, so that sorting by it makes no sense?
    unsorted: bool,
}

/// A measure as a row.
#[derive(Serialize)]
struct MeasureRow<'s> {
    item: MeasureItem<'s>,
    fiscal_year: String,
    topics: Vec<Value>,
    budget: String,
    settled: String,
    indicators: String,
    /// The path in the plan, if the table has a column for it, then the fields by which measures
    /// are filtered.
    fields: Vec<FieldCell>,
}

/// The cell of a field.
#[derive(Serialize)]
struct FieldCell {
    numeric: bool,
    #[serde(flatten)]
    value: ValueView,
}

/// A year's policies, each with the number of its measures; no policies if only the year's own page
/// names them.
#[derive(Serialize)]
struct PolicyCounts {
    year: String,
    url: String,
    count: usize,
    policies: Vec<Value>,
}

/// The page of all measures.
pub(super) fn measures(context: &PageContext<'_>) -> PageView {
    let site = context.site;
    let MeasureTable { columns, rows } = measure_table(site, context.language);
    let heads: Vec<ColumnHead<'_>> =
        shown(&columns).map(|(_, column)| head(context, column)).collect();
    let is_shown = |name: &str| heads.iter().any(|head| head.name == name);
    let cell = |row: usize, name: &str| {
        let column = columns.iter().position(|column| column.name == name);
        column.map(|column| rows.cell(row, column).to_owned()).unwrap_or_default()
    };
    let first: Vec<MeasureRow<'_>> = (0..rows.len().min(FIRST_ROWS))
        .map(|row| MeasureRow {
            item: context.measure_item(row),
            fiscal_year: cell(row, "fiscal_year"),
            topics: (site.measures[row].topics.iter())
                .map(|&topic| context.topics[topic].clone())
                .collect(),
            budget: amount(context, &cell(row, "budget")),
            settled: amount(context, &cell(row, "settled")),
            indicators: cell(row, "indicators"),
            fields: plan_cell(context, row, is_shown(PLAN_COLUMN))
                .into_iter()
                .chain(
                    filters(site)
                        .filter(|(_, field)| is_shown(&field.name()))
                        .map(|(index, field)| field_cell(context, row, index, field)),
                )
                .collect(),
        })
        .collect();
    let explorer = TableExplorer::new(
        context,
        file_paths::measure_table(context.language),
        ("measures", attributed(context, &context.word("measures"), context.site.config.licence)),
        rows.len(),
    );
    PageView {
        title: context.word("measures"),
        description: Some(context.word("measures_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            explorer => value(&explorer),
            columns => value(&heads),
            rows => value(&first),
            years => value(&years(context)),
        },
    }
}

/// The cell with the path in the plan of the measure `row`; `None` if the table has no column for
/// it.
fn plan_cell(context: &PageContext<'_>, row: usize, has_plan: bool) -> Option<FieldCell> {
    let site = context.site;
    let path = site.measures[row].node.map(|node| site.path_of_node(node)).unwrap_or_default();
    let titles = path.iter().map(|&node| context.own_text(&site.nodes[node].node.title));
    let items: Vec<OwnText> = titles.collect();
    let value = if items.is_empty() { ValueView::Nothing(()) } else { ValueView::Items(items) };
    has_plan.then_some(FieldCell { numeric: false, value })
}

/// What the measure `row` says of the field `index`.
fn field_cell(context: &PageContext<'_>, row: usize, index: usize, field: &Field) -> FieldCell {
    let said = said_of(&context.site.measures[row], index);
    let value = said.and_then(|said| said.value.as_ref());
    let numeric = field.kind == FieldType::Number;
    let value = value.map(|value| match shown_value(context, field, value) {
        // The unit is in the head of the column.
        ValueView::Figure { text, .. } => ValueView::Figure { text, unit: None },
        other => other,
    });
    FieldCell { numeric, value: value.unwrap_or(ValueView::Nothing(())) }
}

/// The number in `cell` with its digits grouped in threes; any other text as it is.
fn amount(context: &PageContext<'_>, cell: &str) -> String {
    Decimal::parse(cell).map_or_else(|| cell.to_owned(), |number| context.number(&number))
}

/// The columns that are shown, with their places.
fn shown(columns: &[Column]) -> impl Iterator<Item = (usize, &Column)> {
    let is_shown = |column: &Column| column.name != ID_COLUMN && !column.title.own.is_empty();
    columns.iter().enumerate().filter(move |(_, column)| is_shown(column))
}

fn head<'a>(context: &PageContext<'a>, column: &'a Column) -> ColumnHead<'a> {
    let name = column.name.as_str();
    ColumnHead {
        name,
        title: &column.title.own,
        // Amounts are in the budget unit of the site, fields in their own unit.
        unit: column.unit.as_ref().map(|_| {
            let field = filters(context.site).map(|(_, field)| field).find(|f| f.name() == name);
            let own = field.and_then(|field| field.unit.as_ref());
            context.text(own.unwrap_or(&context.site.config.budget_unit))
        }),
        numeric: column.kind.is_numeric() && column.kind != ColumnType::FiscalYear,
        lead: LEADING.contains(&name),
        heads: name == TITLE_COLUMN,
        unsorted: [TOPICS_COLUMN, PLAN_COLUMN].contains(&name) || is_list(context, name),
    }
}

fn is_list(context: &PageContext<'_>, name: &str) -> bool {
    let mut lists = filters(context.site).filter(|(_, field)| field.kind == FieldType::List);
    lists.any(|(_, field)| field.name() == name)
}

fn years(context: &PageContext<'_>) -> Vec<PolicyCounts> {
    let site = context.site;
    let policy = |&index: &usize| {
        let policy = &site.policies[index];
        minijinja::context! {
            url => file_paths::policy_page(&policy.id),
            department => context.departments[policy.department].clone(),
            count => policy.measures.len(),
        }
    };
    let year = |(entry, named): (&YearEntry, &[usize])| PolicyCounts {
        year: entry.fiscal_year.long(context.language),
        url: file_paths::year_page(entry.fiscal_year),
        count: entry.measures.len(),
        policies: named.iter().map(policy).collect(),
    };
    context.policies_by_year(POLICIES).map(year).collect()
}
