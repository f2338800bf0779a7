//! The **table of all measures** in the words of one language, which people sort and filter to find
//! out how all measures went.
//!
//! Not in here: the datasets of measures, results and budgets (`builtin`), which are made for
//! programs.

use crate::dataset::{Column, ColumnType, Rows};
use crate::policy::{Budget, Field, FieldType, FieldValue, Named};
use crate::text::{Decimal, Language, Localized, one_line};

use super::{BudgetYear, MeasureEntry, Site};

/// The column of the ids; titles are linked by them.
pub const ID_COLUMN: &str = "id";
/// The column of the titles.
pub const TITLE_COLUMN: &str = "title";
/// The column of the ratings, shown by shape and word.
pub const RATING_COLUMN: &str = "rating";
/// The column of the topics, of which a measure may have several.
pub const TOPICS_COLUMN: &str = "topics";
/// The column of the path in the plan, of which each level is a value.
pub const PLAN_COLUMN: &str = "plan";
/// The column of the numbers of indicators.
const INDICATORS_COLUMN: &str = "indicators";
/// Separates several values of a cell, such as topics; no value contains it.
pub const SEPARATOR: &str = "\n";

/// All measures of all years, newest year first.
#[derive(Clone, Debug)]
pub struct MeasureTable {
    /// The columns; those whose title is empty, such as those that are blank throughout, are not
    /// shown.
    pub columns: Vec<Column>,
    /// The rows, in the order of [`Site::measures`].
    pub rows: Rows,
}

/// The table in `language`.
pub fn measure_table(site: &Site, language: Language) -> MeasureTable {
    let mut columns = columns(site, language);
    let mut rows = Rows::new(columns.len());
    let has_plan = has_plan(site);
    for measure in &site.measures {
        let topics: Vec<&str> = measure
            .topics
            .iter()
            .map(|&topic| site.topics[topic].topic.name.get(language))
            .collect();
        let own = |figure: fn(&BudgetYear) -> Option<&Decimal>| own_year(measure, figure);
        let cells = [
            measure.id.as_str(),
            &measure.fiscal_year.to_string(),
            site.departments[measure.department].department.name.get(language),
            measure.title.get(language),
            measure.kana.as_deref().unwrap_or_default(),
            &topics.join(SEPARATOR),
            site.ratings[measure.rating].rating.label.get(language),
            &own(|sum| sum.budget.as_ref()),
            &own(|sum| sum.settled.as_ref()),
            &measure.indicators.len().to_string(),
        ];
        let path = measure.node.map(|node| site.path_of_node(node)).unwrap_or_default();
        let path = path.iter().map(|&node| one_line(site.nodes[node].node.title.get(language)));
        let path = has_plan.then(|| path.collect::<Vec<_>>().join(SEPARATOR));
        let fields: Vec<String> = filters(site)
            .map(|(index, field)| field_cell(measure, index, field, language))
            .collect();
        rows.push_row(
            cells.into_iter().chain(path.as_deref()).chain(fields.iter().map(String::as_str)),
        );
    }
    for (index, column) in columns.iter_mut().enumerate() {
        // Nothing is shown of what no measure has.
        let nothing = if column.name == INDICATORS_COLUMN { "0" } else { "" };
        if (0..rows.len()).all(|row| rows.cell(row, index) == nothing) {
            column.title = Localized::default();
        }
    }
    MeasureTable { columns, rows }
}

/// The columns of the table with their titles in `language`: the fixed ones, the plan if any
/// measure belongs to it, then the fields by which measures are filtered.
fn columns(site: &Site, language: Language) -> Vec<Column> {
    let column = |name: &str, ja: &str, en: &str, kind: ColumnType| {
        let title = if language == Language::Ja { ja } else { en };
        Column { title: Localized::new(title), ..Column::new(name, ja, en, kind) }
    };
    let unit = site.config.budget_unit.get(language);
    let mut department = column("department", "部局", "Department", ColumnType::Text);
    department.values = (site.departments.iter())
        .map(|entry| entry.department.name.get(language).to_owned())
        .collect();
    let mut rating = column(RATING_COLUMN, "達成度", "Rating", ColumnType::Text);
    rating.values =
        site.ratings.iter().map(|entry| entry.rating.label.get(language).to_owned()).collect();
    let mut columns = vec![
        column(ID_COLUMN, "", "", ColumnType::Code),
        column("fiscal_year", "年度", "Fiscal year", ColumnType::FiscalYear),
        department,
        column(TITLE_COLUMN, "施策名", "Title", ColumnType::Text),
        column("title_kana", "", "", ColumnType::Text),
        column(TOPICS_COLUMN, "分野", "Topics", ColumnType::Text),
        rating,
        column("budget", "予算額", "Budget", ColumnType::Number).with_unit(unit),
        column("settled", "決算額", "Settled", ColumnType::Number).with_unit(unit),
        column(INDICATORS_COLUMN, "指標の数", "Indicators", ColumnType::Integer),
    ];
    if has_plan(site) {
        columns.push(column(PLAN_COLUMN, "計画", "Plan", ColumnType::Text));
    }
    columns.extend(filters(site).map(|(_, field)| field_column(field, language)));
    columns
}

/// Does any measure belong to a node of the plan?
fn has_plan(site: &Site) -> bool {
    site.measures.iter().any(|measure| measure.node.is_some())
}

/// The fields by which measures are filtered, each with its index among all fields.
pub fn filters(site: &Site) -> impl Iterator<Item = (usize, &Field)> {
    site.fields.all.iter().enumerate().filter(|(_, field)| field.filter)
}

/// The value that `measure` or its result has in the field `index`.
pub fn said_of(measure: &MeasureEntry, index: usize) -> Option<&FieldValue> {
    let of_result = || measure.result.as_ref()?.fields.get(&index);
    measure.fields.get(&index).or_else(of_result)
}

fn field_column(field: &Field, language: Language) -> Column {
    let column = Column::text(field.name(), Localized::new(field.label.get(language)));
    let of_kind = |kind: ColumnType| Column { kind, ..column.clone() };
    match field.kind {
        FieldType::Number => Column {
            unit: field.unit.as_ref().map(|unit| unit.get(language).to_owned()),
            ..of_kind(ColumnType::Number)
        },
        FieldType::Date => of_kind(ColumnType::Date),
        FieldType::FiscalYear => of_kind(ColumnType::FiscalYear),
        FieldType::Choice => {
            let labels = field.choices.iter().map(|choice| choice.label.get(language).to_owned());
            Column { values: labels.collect(), ..column }
        }
        _ => column,
    }
}

fn field_cell(measure: &MeasureEntry, index: usize, field: &Field, language: Language) -> String {
    let value = said_of(measure, index).and_then(|said| said.value.as_ref());
    let named = value.map(|value| field.named(value)).unwrap_or_default();
    // Values that are sorted by size keep their canonical form; others are written for readers.
    let sorted = matches!(field.kind, FieldType::Number | FieldType::Date | FieldType::FiscalYear);
    let text = |named: &Named| match sorted {
        true => named.id.clone(),
        false => one_line(named.name.get(language)),
    };
    named.iter().map(text).collect::<Vec<_>>().join(SEPARATOR)
}

/// A figure of the measure's own year, summed over its rows; empty where a row lacks it, or where
/// the sum of several rows is not a whole number, because it would show digits that nobody wrote.
fn own_year(measure: &MeasureEntry, figure: fn(&BudgetYear) -> Option<&Decimal>) -> String {
    let rows: Vec<&Budget> = measure.own_budgets().collect();
    let sum = BudgetYear::of(measure.fiscal_year, &rows);
    let text = figure(&sum).map(Decimal::to_string).unwrap_or_default();
    if rows.len() > 1 && text.contains('.') { String::new() } else { text }
}
