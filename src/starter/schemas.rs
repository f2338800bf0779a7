//! **JSON Schemas** of the TOML files of a site, for editors that complete and check them. A file
//! names its schema in its first line: `#:schema ../schemas/site.json`.

use crate::artifact::Artifact;
use crate::document::Shape;
use crate::{accessibility, config, dataset, form, policy, table, theme};

/// The folder of the schemas, beside `content`.
pub const FOLDER: &str = "schemas";

/// The files: name of each, title, and shape of what it describes.
fn shapes() -> [(&'static str, &'static str, Shape); 8] {
    [
        ("site", "content/site.toml", config::shape()),
        ("policy", "content/policies/**/*.toml", policy::shape()),
        ("fields", "content/fields.toml", policy::fields_shape()),
        ("dataset", "content/datasets/*/dataset.toml", dataset::shape()),
        ("table", "*.csv.toml, *.xlsx.toml", table::declaration_shape()),
        ("accessibility", "content/accessibility.toml", accessibility::shape()),
        ("form", "content/forms/*.toml", form::shape()),
        ("theme", "themes/*/theme.toml", theme::shape()),
    ]
}

/// The schemas of all files.
pub(super) fn files() -> Vec<Artifact> {
    let file = |(name, title, shape): (&str, &str, Shape)| {
        let text = serde_json::to_string_pretty(&shape.schema(title)).expect("texts are JSON");
        Artifact::new(format!("{FOLDER}/{name}.json"), format!("{text}\n").into_bytes())
    };
    shapes().into_iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::shapes;

    #[test]
    fn a_schema_says_what_its_reader_asks_for() {
        let schemas = shapes().map(|(name, title, shape)| (name, shape.schema(title)));
        let of = |name: &str| {
            let found = schemas.iter().find(|(own, _)| *own == name);
            found.map(|(_, schema)| schema).expect("a schema")
        };
        let site = of("site");
        assert_eq!(site["required"], serde_json::json!(["base_url", "publisher", "title"]));
        assert_eq!(site["additionalProperties"], false);
        let publisher = &site["properties"]["publisher"];
        assert_eq!(publisher["required"], serde_json::json!(["code", "name"]));
        assert_eq!(
            site["properties"]["ratings"]["items"]["properties"]["tone"]["enum"],
            serde_json::json!(["good", "fair", "poor", "none"])
        );
        let year = &of("policy")["properties"]["fiscal_year"]["anyOf"];
        assert_eq!(year[0]["type"], "string");
        assert_eq!(year[1]["type"], "integer");
        assert!(of("dataset")["properties"]["columns"]["items"]["properties"]["unit"].is_object());
    }
}
