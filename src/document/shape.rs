//! The **shape** of a document: the keys that its reader requests, and what their values may be.
//! It is recorded by the reader itself, so that a schema cannot differ from it.
//!
//! Not in here: the rules that values keep beyond their type (their readers report them).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// The keys of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    keys: BTreeMap<String, Vec<ValueShape>>,
    required: BTreeSet<String>,
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ValueShape {
    Any,
    Text,
    Id,
    Integer,
    Number,
    Flag,
    Choice(Vec<String>),
    List(Box<ValueShape>),
    Table(Shape),
    /// A table whose keys the content chooses.
    Named(Box<ValueShape>),
}

impl Shape {
    /// Adds a key of any kind.
    pub(super) fn ask(&mut self, key: &str) {
        self.keys.entry(key.to_owned()).or_default();
    }

    pub(super) fn add(&mut self, key: &str, kind: ValueShape) {
        let kinds = self.keys.entry(key.to_owned()).or_default();
        // An id and a choice are read as texts.
        let is_text = |known: &ValueShape| matches!(known, ValueShape::Id | ValueShape::Choice(_));
        let narrower = |known: &ValueShape| match known {
            ValueShape::List(item) => {
                is_text(item) && kind == ValueShape::List(Box::new(ValueShape::Text))
            }
            known => is_text(known) && kind == ValueShape::Text,
        };
        if !kinds.contains(&kind) && !kinds.iter().any(narrower) {
            kinds.push(kind);
        }
    }

    pub(super) fn require(&mut self, key: &str) {
        self.required.insert(key.to_owned());
    }

    /// The shape as a JSON Schema (draft 7) with the title `title`. TOML's dates are texts in it.
    pub fn schema(&self, title: &str) -> Value {
        let mut schema = Map::new();
        schema.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
        schema.insert("title".into(), json!(title));
        schema.extend(self.object());
        Value::Object(schema)
    }

    fn object(&self) -> Map<String, Value> {
        let each = self.keys.iter().map(|(key, kinds)| (key.clone(), any_of(kinds)));
        let properties: Map<String, Value> = each.collect();
        let required: Vec<&String> =
            self.required.iter().filter(|key| self.keys.contains_key(*key)).collect();
        let mut object = Map::new();
        object.insert("type".into(), json!("object"));
        object.insert("properties".into(), Value::Object(properties));
        if !required.is_empty() {
            object.insert("required".into(), json!(required));
        }
        object.insert("additionalProperties".into(), json!(false));
        object
    }
}

fn any_of(kinds: &[ValueShape]) -> Value {
    match kinds {
        [] => json!({}),
        [one] => one.schema(),
        _ => json!({ "anyOf": kinds.iter().map(ValueShape::schema).collect::<Vec<_>>() }),
    }
}

impl ValueShape {
    fn schema(&self) -> Value {
        match self {
            Self::Any => json!({}),
            Self::Text => json!({ "type": "string", "minLength": 1 }),
            Self::Id => json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,79}$" }),
            Self::Integer => json!({ "type": "integer" }),
            Self::Number => json!({ "type": "number" }),
            Self::Flag => json!({ "type": "boolean" }),
            Self::Choice(choices) => json!({ "enum": choices }),
            Self::List(item) => json!({ "type": "array", "items": item.schema() }),
            Self::Table(shape) => Value::Object(shape.object()),
            Self::Named(value) => {
                json!({ "type": "object", "additionalProperties": value.schema() })
            }
        }
    }
}
