//! The built-in datasets of **lists**: a field that holds several values is a table of its own,
//! with one row per item, which refers to the row that the field belongs to.

use crate::dataset::{Column, ColumnType, Dataset, Rows};
use crate::policy::{Field, FieldContent, FieldType, FieldValues, Of};
use crate::site::Site;
use crate::text::Localized;

use super::columns::{columns, url};
use super::fields::value_column;
use super::{AboutTable, Refers, dataset};

/// A table for each list of each owner; `tables` are the tables that the lists belong to.
pub(super) fn lists(site: &Site, tables: &[Dataset]) -> Vec<Dataset> {
    let lists = site.fields.all.iter().enumerate();
    let lists = lists.filter(|(_, field)| field.kind == FieldType::List);
    let owned = lists.flat_map(|(index, field)| {
        ListOwner::all(field.of).into_iter().map(move |owner| (index, field, owner))
    });
    owned
        .filter_map(|(index, field, owner)| {
            let table = tables.iter().find(|table| table.id.as_str() == owner.table)?;
            Some(list(site, index, field, &owner, table))
        })
        .collect()
}

/// The id of the table of the list `field` of the rows of `table`, with a hyphen, such as
/// `measure-accounts`.
pub(in crate::site) fn list_id(field: &Field, table: &str) -> String {
    let of = if table == OF_THE_PLAN { "plan-indicator" } else { field.of.as_str() };
    format!("{of}-{}", field.id)
}

/// Id of the table of indicators of the plan.
const OF_THE_PLAN: &str = "plan-indicators";

/// The table of the list `field`, whose index is `index`, of the rows of the table `of`: the key of
/// the owner's row, the position from 1, the item, and the address of the owner's page. A row
/// without the list has no rows here.
fn list(site: &Site, index: usize, field: &Field, owner: &ListOwner, of: &Dataset) -> Dataset {
    let position = Column::new("position", "順番", "Position", ColumnType::Integer);
    let value = Column {
        kind: ColumnType::Text,
        description: field.description.clone(),
        ..value_column(field, field.name())
    };
    let keys: Vec<Column> = of.primary_key.iter().map(|&key| owner.key(&of.columns[key])).collect();
    let table = columns(keys.iter().cloned().chain([position.required(), value.required(), url()]));
    let mut rows = Rows::new(table.len());
    let address = of.columns.iter().position(|column| column.name == "url");
    for (row, values) in fields_of(site, field.of, owner.table).into_iter().enumerate() {
        let said = values.get(&index).and_then(|said| said.value.as_ref());
        let Some(FieldContent::List(items)) = said else { continue };
        let code = site.config.publisher.code.as_str();
        let address = address.map_or("", |column| of.rows.cell(row, column));
        for (position, item) in items.iter().enumerate() {
            let position = (position + 1).to_string();
            let key = of.primary_key.iter().map(|&column| of.rows.cell(row, column));
            let item = [position.as_str(), item, address];
            rows.push_row([code].into_iter().chain(key).chain(item));
        }
    }
    let id = list_id(field, owner.table);
    let Localized { own, en, .. } = &field.label;
    let en = en.as_deref().unwrap_or(own);
    let title = (format!("{own}（{}）", owner.ja), format!("{en} ({})", owner.en));
    let description = (
        format!("{}ごとの「{own}」の一覧。1行が1件です。", owner.ja),
        format!("“{en}” of each of the {}, one row for each item.", owner.en),
    );
    let names: Vec<&str> = keys.iter().map(|column| column.name.as_str()).collect();
    let key: Vec<&str> = names.iter().copied().chain(["position"]).collect();
    let to = of.key_names();
    let refers: [Refers<'_>; 1] = [(&names, owner.table, &to)];
    let about = AboutTable {
        id: &id,
        title: (&title.0, &title.1),
        description: (&description.0, &description.1),
        keywords: &[own],
        key: &key,
        refers: &refers,
    };
    dataset(site, &about, table, rows)
}

/// The table that a list belongs to.
struct ListOwner {
    /// Id of the table.
    table: &'static str,
    /// Name and titles (Japanese, English) that the column `id` of that table has in other tables.
    id: (&'static str, &'static str, &'static str),
    /// What its rows are called.
    ja: &'static str,
    en: &'static str,
}

impl ListOwner {
    /// All tables whose rows have the fields of `of`.
    fn all(of: Of) -> Vec<Self> {
        let of_nodes = Self {
            table: OF_THE_PLAN,
            ja: "計画の指標",
            en: "indicators of the plan",
            ..Self::of(Of::Plan)
        };
        match of {
            Of::Indicator => vec![Self::of(of), of_nodes],
            _ => vec![Self::of(of)],
        }
    }

    fn of(of: Of) -> Self {
        let measure = ("measure", "施策ID", "Measure id");
        let (table, id, ja, en) = match of {
            Of::Measure => ("measures", measure, "施策", "measures"),
            Of::Result => ("results", measure, "実績", "results"),
            Of::Indicator => ("indicators", measure, "指標", "indicators"),
            Of::Budget => ("budgets", measure, "予算", "budgets"),
            Of::Policy => {
                ("policies", ("policy", "運営方針ID", "Policy id"), "運営方針", "policies")
            }
            Of::Department => {
                ("departments", ("department", "部局ID", "Department id"), "部局", "departments")
            }
            Of::Plan => ("plan", ("plan", "計画ID", "Node id"), "計画", "nodes of the plan"),
        };
        Self { table, id, ja, en }
    }

    /// The column of a list for the column `key` of the owner's primary key.
    fn key(&self, key: &Column) -> Column {
        let (name, ja, en) = self.id;
        match key.name.as_str() {
            "id" => Column::new(name, ja, en, ColumnType::Code).required(),
            _ => key.clone(),
        }
    }
}

/// The field values of each row of `table`, which has the fields of `of`, in the order of its rows.
fn fields_of<'s>(site: &'s Site, of: Of, table: &str) -> Vec<&'s FieldValues> {
    let measures = || site.measures.iter();
    match of {
        Of::Indicator if table == OF_THE_PLAN => (site.nodes.iter())
            .flat_map(|entry| entry.indicators.iter().flat_map(|entry| &entry.years))
            .map(|row| &row.fields)
            .collect(),
        Of::Measure => measures().map(|measure| &measure.fields).collect(),
        Of::Result => {
            measures().filter_map(|measure| Some(&measure.result.as_ref()?.fields)).collect()
        }
        Of::Indicator => measures()
            .flat_map(|measure| measure.indicators.iter().flat_map(|entry| &entry.years))
            .map(|row| &row.fields)
            .collect(),
        Of::Budget => {
            measures().flat_map(|measure| &measure.budgets).map(|row| &row.fields).collect()
        }
        Of::Policy => site.policies.iter().map(|policy| &policy.fields).collect(),
        Of::Department => site.departments.iter().map(|entry| &entry.department.fields).collect(),
        Of::Plan => site.nodes.iter().map(|entry| &entry.node.fields).collect(),
    }
}
