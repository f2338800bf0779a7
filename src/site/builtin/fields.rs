//! The published columns of **fields**, derived from their declarations: one column for the value,
//! then the label of a choice and the reason, if the field has them, each followed by its English
//! text (`…_en`), if any row has one.
//!
//! Not in here: lists, which are tables of their own (`lists`).

use crate::dataset::{Column, ColumnType, Rows};
use crate::policy::{Field, FieldContent, FieldType, FieldValue, FieldValues, Of};
use crate::site::Site;
use crate::text::Localized;

use super::filled;

/// The columns of all fields of `of`, except lists.
pub(super) fn field_columns(site: &Site, of: Of) -> Vec<Column> {
    site.fields.of(of).flat_map(|(_, field)| columns_of(field)).collect()
}

/// The cells of these columns in a row that has `values`.
pub(super) fn field_cells(site: &Site, of: Of, values: &FieldValues) -> Vec<String> {
    let cells = site.fields.of(of).flat_map(|(index, field)| cells_of(field, values.get(&index)));
    cells.collect()
}

/// `columns` and `rows` of a table with the fields of `of`, without the columns of English texts
/// that are blank in every row.
pub(super) fn with_english_filled(
    site: &Site,
    of: Of,
    columns: Vec<Column>,
    rows: Rows,
) -> (Vec<Column>, Rows) {
    let columns_of_fields = site.fields.of(of).flat_map(|(_, field)| {
        let is_english =
            |column: &Column| column.name != field.name() && column.name.ends_with("_en");
        columns_of(field).into_iter().filter(is_english)
    });
    let names: Vec<String> = columns_of_fields.map(|column| column.name).collect();
    let optional: Vec<&str> = names.iter().map(String::as_str).collect();
    filled(columns, rows, &optional)
}

fn columns_of(field: &Field) -> Vec<Column> {
    if field.kind == FieldType::List {
        return Vec::new();
    }
    let name = field.name();
    let titled = |behind: &str, ja: &str, en: &str| Column {
        description: None,
        ..Column::text(format!("{name}{behind}"), around(&field.label, ja, en))
    };
    let mut column = value_column(field, name.clone());
    column.description = column.description.or_else(|| field.description.clone());
    let mut columns = vec![column.clone()];
    if field.kind.is_prose() {
        let title = around(&field.label, "{}_英字", "{} in English");
        columns.push(Column { title, name: format!("{name}_en"), ..column });
    }
    if field.kind == FieldType::Choice {
        columns.push(titled("_label", "{}の名称", "Name of {}"));
        columns.push(titled("_label_en", "{}の名称_英字", "Name of {} in English"));
    }
    if field.reason {
        let narrative = |column: Column| Column { narrative: true, ..column };
        columns.push(narrative(titled("_reason", "{}の理由", "Reason: {}")));
        let english = titled("_reason_en", "{}の理由_英字", "Reason in English: {}");
        columns.push(narrative(english));
    }
    columns
}

/// The column of the value itself, with the given `name`.
pub(super) fn value_column(field: &Field, name: String) -> Column {
    let column = Column::text(name, field.label.clone());
    let of_kind = |kind: ColumnType| Column { kind, ..column.clone() };
    match field.kind {
        FieldType::Text | FieldType::List => column,
        FieldType::Markdown => Column {
            narrative: true,
            description: Some(Localized::with_english("Markdown", "Markdown")),
            ..column
        },
        FieldType::Number => Column {
            unit: field.unit.as_ref().map(|unit| unit.own.clone()),
            ..of_kind(ColumnType::Number)
        },
        FieldType::Date => of_kind(ColumnType::Date),
        FieldType::FiscalYear => of_kind(ColumnType::FiscalYear),
        FieldType::Choice => Column {
            values: field.choices.iter().map(|choice| choice.id.to_string()).collect(),
            labels: field.choices.iter().map(|choice| choice.label.clone()).collect(),
            ..of_kind(ColumnType::Code)
        },
        FieldType::Code => of_kind(ColumnType::Code),
        FieldType::Url => of_kind(ColumnType::Url),
        FieldType::YesNo => of_kind(ColumnType::Boolean),
    }
}

fn cells_of(field: &Field, said: Option<&FieldValue>) -> Vec<String> {
    if field.kind == FieldType::List {
        return Vec::new();
    }
    let value = said.and_then(|said| said.value.as_ref());
    let named = value.map(|value| field.named(value)).unwrap_or_default().into_iter().next();
    let mut cells = vec![named.as_ref().map(|named| named.id.clone()).unwrap_or_default()];
    let own = |text: Option<&Localized>| text.map(|text| text.own.clone()).unwrap_or_default();
    let english =
        |text: Option<&Localized>| text.and_then(|text| text.en.clone()).unwrap_or_default();
    if field.kind.is_prose() {
        cells.push(english(match value {
            Some(FieldContent::Text(text)) => Some(text),
            _ => None,
        }));
    }
    if field.kind == FieldType::Choice {
        let label = named.as_ref().map(|named| &named.name);
        cells.extend([own(label), english(label)]);
    }
    if field.reason {
        let reason = said.and_then(|said| said.reason.as_ref());
        cells.extend([own(reason), english(reason)]);
    }
    cells
}

/// Inserts `label` for `{}` into the pattern of each language.
fn around(label: &Localized, ja: &str, en: &str) -> Localized {
    let english = label.en.as_ref().map(|label| en.replace("{}", label));
    Localized { en: english, ..Localized::new(ja.replace("{}", &label.own)) }
}
