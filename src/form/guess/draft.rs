//! A **draft**: a guessed form, and how it is written for a person to read and correct.

use std::fmt::Write as _;

use crate::document::{DRAFT, list, quoted};
use crate::table::matching_form;
use crate::text::Id;

/// A form as it is guessed.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Keys and values of the first lines, as TOML.
    pub head: Vec<(&'static str, String)>,
    /// Columns of the table of measures, each with its source as TOML.
    pub measure: Vec<(&'static str, String)>,
    pub fields: Vec<DraftField>,
    /// The sections for figures, as TOML.
    pub figures: String,
    pub private: Vec<String>,
    /// The key for the private labels or headers: `labels` or `columns`.
    pub private_key: &'static str,
}

/// A field as it is guessed.
#[derive(Debug)]
pub(super) struct DraftField {
    pub id: String,
    pub label: String,
    /// Its source as TOML.
    pub place: String,
    pub choices: Vec<String>,
    pub reason: bool,
    pub list: bool,
}

/// A draft as the texts of its files.
#[derive(Debug)]
pub struct Drafted {
    /// The form, for `content/forms/<id>.toml`.
    pub form: String,
    /// The fields that it names: pairs of the id and the declaration for `content/fields.toml`.
    pub fields: Vec<(String, String)>,
    /// The paths in the plan that were found, as the table of measures has them.
    pub plan: Vec<String>,
}

impl Draft {
    /// Writes the form and the declarations of its fields as TOML. `Drafted::plan` stays empty.
    pub fn written(self) -> Drafted {
        let mut form = String::from(DRAFT);
        for (key, value) in &self.head {
            line(&mut form, key, value);
        }
        form.push_str("[measure]\n");
        for (key, value) in &self.measure {
            line(&mut form, key, value);
        }
        if !self.fields.is_empty() {
            form.push_str("[fields]\n");
            for field in &self.fields {
                line(&mut form, &field.id, &field.place);
            }
        }
        form.push_str(&self.figures);
        if !self.private.is_empty() {
            let _ = write!(form, "[private]\n{} = {}\n", self.private_key, list(&self.private));
        }
        let fields = self.fields.iter().map(|field| (field.id.clone(), field.declaration()));
        Drafted { fields: fields.collect(), form, plan: Vec::new() }
    }

    /// Adds the column `column` of the table of measures, whose source is `place` (as TOML) and
    /// whose values are `values`. An id is put after the fiscal year, and ratings are mapped.
    pub fn add_column(&mut self, column: &'static str, place: &str, values: &[&str]) {
        let more = match column {
            "id" => ", prefix = \"{year}-\"".to_owned(),
            "rating" => rating_map(values),
            _ => String::new(),
        };
        self.measure.push((column, format!("{{ {place}{more} }}")));
    }

    /// An unused id for a field: `wanted` if it is free, else `wanted` or `field` with a number.
    pub fn free_id(&self, wanted: Option<&str>) -> String {
        let taken = |id: &str| self.fields.iter().any(|field| field.id == id);
        let (stem, mut number) = match wanted {
            Some(id) if !taken(id) => return id.to_owned(),
            Some(id) => (id, 2),
            None => ("field", self.fields.len() + 1),
        };
        while taken(&format!("{stem}-{number}")) {
            number += 1;
        }
        format!("{stem}-{number}")
    }
}

impl DraftField {
    /// The declaration of the field for `content/fields.toml`.
    fn declaration(&self) -> String {
        let mut text = format!(
            "[[fields]]\nid = {}\nof = \"measure\"\nlabel = {}\n",
            quoted(&self.id),
            quoted(&self.label)
        );
        if self.list {
            text.push_str("type = \"list\"\n");
        } else if self.choices.is_empty() {
            text.push_str("type = \"text\"\n");
        } else {
            text.push_str("type = \"choice\"\nchoices = [\n");
            for (number, choice) in (1..).zip(&self.choices) {
                let _ = writeln!(text, "  {{ id = \"{number}\", label = {} }},", quoted(choice));
            }
            text.push_str("]\n");
            if self.reason {
                text.push_str("reason = true\n");
            }
        }
        text
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {value}");
}

/// A regular expression as a TOML string, in single quotation marks if possible.
pub(super) fn pattern(text: &str) -> String {
    match text.contains('\'') {
        true => quoted(text),
        false => format!("'{text}'"),
    }
}

/// A label on one line, without white space.
pub(super) fn bare(label: &str) -> String {
    label.chars().filter(|c| !c.is_whitespace()).collect()
}

/// `, map = { "Ａ" = "a" }`: each value with the id that it most probably has, blank if it is no
/// id. Empty if the values are ids already, or too long or too many for ratings.
fn rating_map(values: &[&str]) -> String {
    let short = values.iter().all(|value| value.chars().count() <= 2) && values.len() <= 10;
    if !short || values.is_empty() {
        return String::new();
    }
    let mut map: Vec<String> = Vec::new();
    for value in values {
        let id = Id::parse(&matching_form(value));
        if id.as_ref().is_some_and(|id| id.as_str() == *value) {
            continue;
        }
        let id = id.map_or_else(String::new, |id| id.as_str().to_owned());
        map.push(format!("{} = {}", quoted(value), quoted(&id)));
    }
    match map.is_empty() {
        true => String::new(),
        false => format!(", map = {{ {} }}", map.join(", ")),
    }
}
