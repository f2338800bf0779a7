//! The **facts** of a published record: the values in its JSON, each with the name that a page
//! gives it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::site::Site;
use crate::text::Language;

/// A fact of a record, identified by its path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RecordFact {
    /// The path to the value in the JSON. In lists of indicators and budgets, the values that
    /// identify an item take the place of its index.
    pub way: Vec<String>,
}

/// The values of a record by their path.
pub(super) type RecordFacts = BTreeMap<Vec<String>, String>;

/// Keys that are not compared, because they do not describe the record or repeat other values.
const PASSED_OVER: [&str; 12] = [
    "$schema",
    "id",
    "url",
    "localgov_code",
    "policy",
    "sources",
    "updated",
    "licence",
    "other_years",
    "measures",
    "ratings",
    "unit",
];

/// The facts of `document`, the JSON of a measure or a policy; blank values are left out.
pub(super) fn of(document: &Value) -> RecordFacts {
    let mut facts = RecordFacts::new();
    for (key, value) in document.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            (key, _) if PASSED_OVER.contains(&key) => {}
            ("indicators", Value::Array(indicators)) => {
                for indicator in indicators {
                    of_indicator(indicator, &mut facts);
                }
            }
            ("budgets", Value::Array(rows)) => {
                for row in rows {
                    let part = |key: &str| text(&row[key]);
                    let way = ["fiscal_year", "source", "category"].map(part);
                    let way = ["budgets".to_owned()].into_iter().chain(way).collect();
                    let known = ["fiscal_year", "source", "category", "unit", "obs_status"];
                    of_object(row, way, &known, &mut facts);
                }
            }
            ("result" | "fields", Value::Object(_)) => {
                of_object(value, vec![key.clone()], &[], &mut facts);
            }
            (key, value) => add(vec![key.to_owned()], value, &mut facts),
        }
    }
    facts
}

fn of_indicator(indicator: &Value, facts: &mut RecordFacts) {
    let way = vec!["indicators".to_owned(), text(&indicator["id"])];
    of_object(indicator, way.clone(), &["id", "years", "kind"], facts);
    for row in indicator["years"].as_array().into_iter().flatten() {
        let year = text(&row["fiscal_year"]);
        let way = way.iter().cloned().chain([year]).collect();
        of_object(row, way, &["fiscal_year", "obs_status"], facts);
    }
}

fn of_object(object: &Value, way: Vec<String>, known: &[&str], facts: &mut RecordFacts) {
    let Some(object) = object.as_object() else { return };
    for (key, value) in object {
        if known.contains(&key.as_str()) || has_label(object, key) {
            continue;
        }
        // For a value with an id and a label, the label is compared.
        let name = key.strip_suffix("_label").unwrap_or(key);
        let below = way.iter().cloned().chain([name.to_owned()]).collect();
        match (key.as_str(), value) {
            ("fields", Value::Object(_)) => of_object(value, below, &[], facts),
            _ => add(below, value, facts),
        }
    }
}

/// Whether the value of `key` is an id whose label is in the same object.
fn has_label(object: &Map<String, Value>, key: &str) -> bool {
    object.contains_key(&format!("{key}_label"))
}

fn add(way: Vec<String>, value: &Value, facts: &mut RecordFacts) {
    let value = text(value);
    if !value.is_empty() {
        facts.insert(way, value);
    }
}

/// The value as text: items of a list are joined, and an object is represented by its title or
/// name.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let between =
                if items.iter().any(|item| item.get("title").is_some()) { " › " } else { "、" };
            items.iter().map(text).collect::<Vec<_>>().join(between)
        }
        Value::Object(object) => {
            let name = object.get("title").or_else(|| object.get("name"));
            name.map(text).unwrap_or_default()
        }
        other => other.to_string(),
    }
}

impl RecordFact {
    /// The position of the fact in the order in which a page shows facts: title, result, others,
    /// fields, indicators, budgets.
    pub fn rank(&self) -> usize {
        const ORDER: [&str; 3] = ["fields", "indicators", "budgets"];
        match self.way.first().map(String::as_str) {
            Some("title" | "headline") => 0,
            Some("result") => 1,
            Some(first) => ORDER.iter().position(|of| *of == first).map_or(2, |place| 3 + place),
            None => 2,
        }
    }

    /// The name that a page gives the fact, with its context: `実績値（来場者数、2022年度）`.
    pub fn name(&self, site: &Site, document: &Value, language: Language) -> String {
        let Some((key, way)) = self.way.split_last() else { return String::new() };
        let dataset = match way.first().map(String::as_str) {
            Some("result") => "results",
            Some("indicators") => "indicators",
            Some("budgets") => "budgets",
            _ if document["headline"].is_null() && document["title"].is_null() => "policies",
            _ => "measures",
        };
        let name = match (key.as_str(), language) {
            // The JSON has the way to the node from the top, by titles; the table has its id.
            ("plan", Language::Ja) if way.is_empty() => "計画".to_owned(),
            ("plan", Language::En) if way.is_empty() => "Plan".to_owned(),
            _ => site.name_of_fact(dataset, key).get(language).to_owned(),
        };
        let within = self.within(document, language);
        match (within.is_empty(), language) {
            (true, _) => name,
            (false, Language::Ja) => format!("{name}（{}）", within.join("、")),
            (false, Language::En) => format!("{name} ({})", within.join(", ")),
        }
    }

    /// The context of the fact: the indicator, or the source and the category of a budget, and the
    /// year.
    fn within(&self, document: &Value, language: Language) -> Vec<String> {
        let year = |text: &String| match language {
            Language::Ja => format!("{text}年度"),
            Language::En => text.clone(),
        };
        match self.way.as_slice() {
            [first, id, rest @ ..] if first == "indicators" => {
                let all = document["indicators"].as_array();
                let found = all.into_iter().flatten().find(|one| text(&one["id"]) == *id);
                let key = if language == Language::En { "name_en" } else { "name" };
                let name = found.map(|one| match text(&one[key]) {
                    name if name.is_empty() => text(&one["name"]),
                    name => name,
                });
                let of_year = rest.split_last().and_then(|(_, years)| years.first());
                name.into_iter().chain(of_year.map(year)).collect()
            }
            [first, of, source, category, ..] if first == "budgets" => {
                let parts = [source.clone(), category.clone(), year(of)];
                parts.into_iter().filter(|part| !part.is_empty()).collect()
            }
            _ => Vec::new(),
        }
    }
}
