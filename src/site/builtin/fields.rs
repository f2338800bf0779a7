//! The published columns of **fields**, derived from their declarations: one column a value, with the
//! label of a choice and a reason beside it; a table of its own for a list, since no cell holds
//! several values.

use crate::dataset::{Column, ColumnType, Dataset, Rows};
use crate::policy::{Budget, Field, FieldType, FieldValue, FieldValues, IndicatorYear, Of, Value};
use crate::site::Site;
use crate::text::{Id, Localized};

use super::columns::{code, columns, fiscal_year};
use super::{About, dataset, optional};

/// The columns of the fields of `of`.
pub(super) fn field_columns(site: &Site, of: Of) -> Vec<Column> {
    site.fields.of(of).flat_map(|(_, field)| columns_of(field)).collect()
}

/// The cells of these columns in a row whose owner says `values`.
pub(super) fn field_cells(site: &Site, of: Of, values: &FieldValues) -> Vec<String> {
    let cells = site.fields.of(of).flat_map(|(index, field)| cells_of(field, values.get(&index)));
    cells.collect()
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
    let mut columns = vec![column];
    if field.kind == FieldType::Choice {
        columns.push(titled("_label", "{}の名称", "Name of {}"));
    }
    if field.reason {
        columns.push(Column { narrative: true, ..titled("_reason", "{}の理由", "Reason: {}") });
    }
    columns
}

/// The column of the value itself, called `name`.
fn value_column(field: &Field, name: String) -> Column {
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
    if field.kind == FieldType::Choice {
        cells.push(named.map(|named| named.name.own).unwrap_or_default());
    }
    if field.reason {
        let reason = said.and_then(|said| said.reason.as_ref());
        cells.push(reason.map(|reason| reason.own.clone()).unwrap_or_default());
    }
    cells
}

/// `label` within a pattern of each language.
fn around(label: &Localized, ja: &str, en: &str) -> Localized {
    let english = label.en.as_ref().map(|label| en.replace("{}", label));
    Localized { en: english, ..Localized::new(ja.replace("{}", &label.own)) }
}

/// A table for each list: one row an item.
pub(super) fn lists(site: &Site) -> Vec<Dataset> {
    let lists = site.fields.all.iter().enumerate();
    let lists = lists.filter(|(_, field)| field.kind == FieldType::List);
    lists.map(|(index, field)| list(site, index, field)).collect()
}

/// The id of the table of the list `field`: `measure-accounts`.
pub(in crate::site) fn list_id(field: &Field) -> String {
    format!("{}-{}", field.of.as_str(), field.id)
}

fn list(site: &Site, index: usize, field: &Field) -> Dataset {
    let owner = Owner::of(field.of);
    let position = Column::new("position", "順番", "Position", ColumnType::Integer);
    let value = Column { kind: ColumnType::Text, ..value_column(field, field.name()) };
    let own = owner.key.iter().map(|name| key_column(name));
    let table = columns(own.chain([position.required(), value.required()]));
    let mut rows = Rows::new(table.len());
    let code = site.config.publisher.code.as_str();
    for (key, values) in owners(site, field.of) {
        let said = values.get(&index).and_then(|said| said.value.as_ref());
        let Some(Value::List(items)) = said else { continue };
        for (position, item) in items.iter().enumerate() {
            let position = (position + 1).to_string();
            let key = key.iter().map(String::as_str);
            rows.push_row([code].into_iter().chain(key).chain([position.as_str(), item]));
        }
    }
    let id = list_id(field);
    let Localized { own, en, .. } = &field.label;
    let en = en.as_deref().unwrap_or(own);
    let title = (format!("{own}（{}）", owner.ja), format!("{en} ({})", owner.en));
    let description = (
        format!("{}ごとの「{own}」の一覧。1行が1件です。", owner.ja),
        format!("“{en}” of each of the {}, one row for each item.", owner.en),
    );
    let key: Vec<&str> = owner.key.iter().copied().chain(["position"]).collect();
    let about = About {
        id: &id,
        title: (&title.0, &title.1),
        description: (&description.0, &description.1),
        keywords: &[own],
        key: &key,
    };
    dataset(site, &about, table, rows)
}

/// What a list belongs to: its key, and what it is called.
struct Owner {
    key: &'static [&'static str],
    ja: &'static str,
    en: &'static str,
}

impl Owner {
    fn of(of: Of) -> Self {
        match of {
            Of::Measure => Self { key: &["measure"], ja: "施策", en: "measures" },
            Of::Result => Self { key: &["measure"], ja: "実績", en: "results" },
            Of::Indicator => {
                Self {
                    key: &["measure", "indicator", "fiscal_year"], ja: "指標", en: "indicators"
                }
            }
            Of::Budget => {
                Self { key: &["measure", "fiscal_year", "source"], ja: "予算", en: "budgets" }
            }
            Of::Policy => Self { key: &["policy"], ja: "運営方針", en: "policies" },
            Of::Department => Self { key: &["department"], ja: "部局", en: "departments" },
        }
    }
}

fn key_column(name: &str) -> Column {
    match name {
        "measure" => code(name, "施策ID", "Measure id").required(),
        "indicator" => code(name, "指標ID", "Indicator id").required(),
        "policy" => code(name, "運営方針ID", "Policy id").required(),
        "department" => code(name, "部局ID", "Department id").required(),
        "source" => Column::new(name, "財源", "Source", ColumnType::Text),
        _ => fiscal_year(),
    }
}

/// Everything that has fields of `of`, with its key.
fn owners(site: &Site, of: Of) -> Vec<(Vec<String>, &FieldValues)> {
    let measures = || site.measures.iter().map(|measure| (measure.id.to_string(), measure));
    let indicator = |measure: &Id, row: &IndicatorYear| {
        vec![measure.to_string(), row.indicator.to_string(), row.fiscal_year.to_string()]
    };
    let budget = |measure: &Id, row: &Budget| {
        vec![measure.to_string(), row.fiscal_year.to_string(), optional(&row.source).to_owned()]
    };
    match of {
        Of::Measure => measures().map(|(id, measure)| (vec![id], &measure.fields)).collect(),
        Of::Result => measures()
            .filter_map(|(id, measure)| Some((vec![id], &measure.result.as_ref()?.fields)))
            .collect(),
        Of::Indicator => measures()
            .flat_map(|(_, measure)| {
                let rows = measure.indicators.iter().flat_map(|entry| &entry.years);
                rows.map(|row| (indicator(&measure.id, row), &row.fields))
            })
            .collect(),
        Of::Budget => measures()
            .flat_map(|(_, measure)| {
                measure.budgets.iter().map(|row| (budget(&measure.id, row), &row.fields))
            })
            .collect(),
        Of::Policy => {
            site.policies.iter().map(|policy| (vec![policy.id.clone()], &policy.fields)).collect()
        }
        Of::Department => site
            .departments
            .iter()
            .map(|entry| &entry.department)
            .map(|department| (vec![department.id.to_string()], &department.fields))
            .collect(),
    }
}
