//! The **columns** of a table to be filled in: what each may hold, and what its drop-down list
//! offers.
//!
//! Not in here: what is said of each built-in column (`notes`).

use crate::policy::{DeclaredFields, Field, FieldType, Of};
use crate::table::TableSpec;

use super::Choices;
use super::notes::NOTES;

/// A column of a table to be filled in.
#[derive(Debug)]
#[cfg_attr(not(feature = "excel"), expect(dead_code, reason = "a CSV file explains nothing"))]
pub(super) struct SheetColumn {
    /// Its name in English, by which rows refer to it.
    pub name: String,
    /// Its header.
    pub title: String,
    /// What to enter.
    pub note: String,
    pub required: bool,
    pub content: CellUse,
}

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CellUse {
    /// A short text or a code, kept as it is typed.
    Text,
    /// Sentences.
    Prose,
    Number,
    Date,
    /// One of these.
    Choice(Vec<String>),
    /// One or more of these, or something else.
    Proposals(Vec<String>),
}

/// The columns of `spec` that a clerk fills in, those of translations left out, followed by those
/// of the `fields` that are declared for one of `of`.
pub(super) fn columns_of(
    spec: &TableSpec<'static>,
    choices: &Choices,
    fields: &DeclaredFields,
    of: &[Of],
) -> Vec<SheetColumn> {
    let built_in = spec.columns.iter().filter(|column| !column.name.ends_with("_en"));
    let built_in = built_in.map(|column| {
        let found = NOTES.iter().find(|(path, name, _)| {
            *name == column.name && (path.is_empty() || *path == spec.path)
        });
        SheetColumn {
            name: column.name.to_owned(),
            title: column.title.to_owned(),
            note: found.map(|(.., note)| (*note).to_owned()).unwrap_or_default(),
            required: column.required,
            content: content(column.name, column.narrative, choices),
        }
    });
    let declared = fields.all.iter().filter(|field| of.contains(&field.of));
    built_in.chain(declared.flat_map(columns_of_field)).collect()
}

fn content(name: &str, narrative: bool, choices: &Choices) -> CellUse {
    let choice = |texts: &[&str]| CellUse::Choice(texts.iter().map(ToString::to_string).collect());
    match name {
        "department" => CellUse::Choice(choices.departments.clone()),
        "topics" => CellUse::Proposals(choices.topics.clone()),
        "rating" => CellUse::Choice(choices.ratings.clone()),
        "kind" => CellUse::Choice(choices.kinds.clone()),
        "better" => choice(&["高い", "低い", "維持"]),
        "draft" => choice(&["○"]),
        "fiscal_year" | "baseline" | "target" | "actual" | "budget" | "settled" => CellUse::Number,
        "published" | "updated" | "result_published" | "valid_from" | "valid_to" => CellUse::Date,
        _ if narrative => CellUse::Prose,
        _ => CellUse::Text,
    }
}

fn columns_of_field(field: &Field) -> impl Iterator<Item = SheetColumn> {
    let translated = |name: &str| name.ends_with("_en");
    let columns = field.columns.iter().filter(move |column| !translated(&column.name));
    columns.enumerate().map(|(index, column)| SheetColumn {
        name: column.name.clone(),
        title: column.title.clone(),
        note: match (index, &field.description) {
            (0, Some(description)) => description.own.clone(),
            _ => String::new(),
        },
        required: false,
        content: match index {
            0 => content_of_field(field),
            _ => CellUse::Prose,
        },
    })
}

fn content_of_field(field: &Field) -> CellUse {
    match field.kind {
        FieldType::Choice => {
            CellUse::Choice(field.choices.iter().map(|choice| choice.label.own.clone()).collect())
        }
        FieldType::YesNo => CellUse::Choice(vec!["はい".to_owned(), "いいえ".to_owned()]),
        FieldType::Number | FieldType::FiscalYear => CellUse::Number,
        FieldType::Date => CellUse::Date,
        FieldType::Markdown => CellUse::Prose,
        FieldType::Text | FieldType::List | FieldType::Code | FieldType::Url => CellUse::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::columns_of;
    use crate::policy::{self, DeclaredFields};
    use crate::starter::Choices;
    use crate::starter::notes::NOTES;

    #[test]
    fn every_column_says_what_to_enter() {
        let specs = [
            &policy::DEPARTMENTS,
            &policy::TOPICS,
            &policy::POLICIES,
            &policy::MEASURES,
            &policy::INDICATORS,
            &policy::BUDGETS,
        ];
        let none = DeclaredFields::default();
        let columns =
            specs.map(|spec| columns_of(spec, &Choices::default(), &none, &[])).into_iter();
        for column in columns.flatten() {
            // Excel refuses a workbook with longer ones.
            let length = column.note.chars().count();
            assert!((1..=255).contains(&length), "{}: {length}", column.title);
        }
        for (path, name, _) in NOTES {
            let mut of = specs.iter().filter(|spec| path.is_empty() || spec.path == *path);
            let known = of.any(|spec| spec.columns.iter().any(|column| column.name == *name));
            assert!(known, "no column {name} of {path}");
        }
    }
}
