//! The declared **fields** of a measure, a policy or a figure as a JSON object, and its schema. The
//! keys are the names of the published columns.

use serde_json::{Map, Value as Json, json};

use crate::catalog::annotation;
use crate::policy::{Field, FieldContent, FieldType, FieldValue, FieldValues, Of};
use crate::site::Site;
use crate::text::Localized;

/// Adds the object `fields` with `values` to `owner`, the JSON of something of the kind `of`. Adds
/// nothing if no field is declared for this kind.
pub(in crate::catalog) fn add(owner: &mut Json, site: &Site, of: Of, values: &FieldValues) {
    if !site.fields.any(of) {
        return;
    }
    let mut object = Map::new();
    for (index, field) in site.fields.of(of) {
        add_field(&mut object, field, values.get(&index));
    }
    owner["fields"] = Json::Object(object);
}

/// Adds the value of `field` to `object`: an array for a list, a JSON number or boolean for types
/// that have one, otherwise a string. A choice also has its label and a field with reasons the
/// reason, both in both languages, and prose its English text.
fn add_field(object: &mut Map<String, Json>, field: &Field, said: Option<&FieldValue>) {
    let name = field.name();
    let value = said.and_then(|said| said.value.as_ref());
    let named = value.map(|value| field.named(value)).unwrap_or_default();
    let first = named.first();
    let id = first.map(|named| named.id.as_str());
    let of_name = match field.kind {
        FieldType::List => json!(named.iter().map(|named| &named.id).collect::<Vec<_>>()),
        // The canonical texts of these types are valid JSON.
        FieldType::Number | FieldType::FiscalYear | FieldType::YesNo => {
            id.and_then(|id| serde_json::from_str(id).ok()).unwrap_or_default()
        }
        _ => json!(id),
    };
    object.insert(name.clone(), of_name);
    if field.kind == FieldType::Choice {
        let of = |text: fn(&Localized) -> Option<&str>| json!(first.and_then(|it| text(&it.name)));
        object.insert(format!("{name}_label"), of(|text| Some(&text.own)));
        object.insert(format!("{name}_label_en"), of(|text| text.en.as_deref()));
    }
    if field.kind.is_prose() {
        let text = value.and_then(|value| match value {
            FieldContent::Text(text) => text.en.as_ref(),
            _ => None,
        });
        object.insert(format!("{name}_en"), json!(text));
    }
    if field.reason {
        let reason = said.and_then(|said| said.reason.as_ref());
        let of = |text: fn(&Localized) -> Option<&str>| json!(reason.and_then(text));
        object.insert(format!("{name}_reason"), of(|text| Some(&text.own)));
        object.insert(format!("{name}_reason_en"), of(|text| text.en.as_deref()));
    }
}

/// The schema of each property that [`add`] writes for the kind `of`; `None` if no field is
/// declared for it.
pub(in crate::catalog) fn properties(site: &Site, of: Of) -> Option<Map<String, Json>> {
    let text = || json!({ "type": ["string", "null"] });
    let described = |mut schema: Json, field: &Field| {
        annotation::annotate(&mut schema, &field.label, field.description.as_ref());
        if field.kind == FieldType::Choice {
            annotation::label(&mut schema, field.choices.iter().map(|choice| &choice.label));
        }
        if let Some(unit) = &field.unit {
            schema["x-unit"] = json!(unit.own);
        }
        schema
    };
    let mut properties = Map::new();
    for (_, field) in site.fields.of(of) {
        let name = field.name();
        properties.insert(name.clone(), described(value_schema(field), field));
        if field.kind == FieldType::Choice {
            properties.insert(format!("{name}_label"), text());
            properties.insert(format!("{name}_label_en"), text());
        }
        if field.kind.is_prose() {
            properties.insert(format!("{name}_en"), text());
        }
        if field.reason {
            properties.insert(format!("{name}_reason"), text());
            properties.insert(format!("{name}_reason_en"), text());
        }
    }
    (!properties.is_empty()).then_some(properties)
}

fn value_schema(field: &Field) -> Json {
    match field.kind {
        FieldType::Text | FieldType::Code => json!({ "type": ["string", "null"] }),
        FieldType::Markdown => {
            json!({ "type": ["string", "null"], "contentMediaType": "text/markdown" })
        }
        FieldType::Number => json!({ "type": ["number", "null"] }),
        FieldType::Date => json!({ "type": ["string", "null"], "format": "date" }),
        FieldType::FiscalYear => json!({ "type": ["integer", "null"] }),
        FieldType::Choice => {
            let ids = field.choices.iter().map(|choice| json!(choice.id));
            let ids: Vec<Json> = ids.chain([Json::Null]).collect();
            json!({ "type": ["string", "null"], "enum": ids })
        }
        FieldType::List => json!({ "type": "array", "items": { "type": "string" } }),
        FieldType::Url => json!({ "type": ["string", "null"], "pattern": "^https?://" }),
        FieldType::YesNo => json!({ "type": ["boolean", "null"] }),
    }
}
