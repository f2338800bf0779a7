//! The schemas of **lists**: the list of data files, the manifest of all files, and the metadata of
//! the columns of CSV files.

use serde_json::{Value, json};

use crate::dataset::FileFormat;
use crate::text::Language;

use super::{
    address_of_a_page, closed, count, day, described, document, flag, id, licence_id, list_of,
    localgov_code, named_thing, one_of, or_null, sha256, text, version_name,
};

/// The schema of `catalog.json`.
pub(super) fn catalog() -> Value {
    let publisher = closed(json!({
        "name": text(),
        "name_en": or_null(text()),
        "localgov_code": localgov_code(),
        "url": or_null(text()),
    }));
    document(
        "Every dataset with its files",
        json!({
            "title": text(),
            "title_en": or_null(text()),
            "url": address_of_a_page(),
            "publisher": publisher,
            "licence": closed(json!({ "id": licence_id(), "url": address_of_a_page() })),
            "updated": or_null(day()),
            "datasets": list_of(dataset()),
            "series": described(list_of(series()), "What ties datasets of different periods."),
            "bundle": described(or_null(file()), "All tables with what is said of them, in one ZIP."),
            "data_package": described(address_of_a_page(), "All tables as one Data Package."),
            "csv_metadata": described(address_of_a_page(), "The same as CSV on the Web."),
            "sql_schema": described(address_of_a_page(), "The tables and their keys in the SQL of SQLite and DuckDB."),
            "dcat": described(address_of_a_page(), "The same catalogue as DCAT-AP in JSON-LD."),
            "dcat_turtle": described(address_of_a_page(), "The same as Turtle."),
            "dcat_xml": described(address_of_a_page(), "The same as RDF/XML."),
            "dcat_versions": described(
                or_null(address_of_a_page()),
                "The released versions as DCAT-AP in JSON-LD.",
            ),
            "opendata_list": described(address_of_a_page(), "The same as オープンデータ一覧."),
            "openapi": described(address_of_a_page(), "Every address and what it gives."),
            "feed": address_of_a_page(),
        }),
    )
}

/// The schema of a dataset in `catalog.json`, with its files and its released versions.
fn dataset() -> Value {
    let period = closed(json!({ "start": or_null(day()), "end": or_null(day()) }));
    let part = closed(json!({ "id": id(), "previous": or_null(id()), "next": or_null(id()) }));
    closed(json!({
        "id": id(),
        "built_in": described(json!({ "type": "boolean" }), "Whether it is one of the tables that every site has."),
        "joins": described(or_null(id()), "The series whose datasets it joins: a row of it is also in one of these."),
        "conforms_to": described(or_null(id()), "The standard whose columns it has."),
        "title": text(),
        "title_en": or_null(text()),
        "description": text(),
        "description_en": or_null(text()),
        "url": described(address_of_a_page(), "Its page."),
        "licence": licence_id(),
        "department": described(or_null(named_thing()), "Who answers for it."),
        "topics": list_of(named_thing()),
        "keywords": list_of(text()),
        "period": described(or_null(period), "What time the data speak of."),
        "series": described(or_null(part), "The series that it is in, and its neighbours there."),
        "update_frequency": or_null(text()),
        "published": or_null(day()),
        "updated": or_null(day()),
        "primary_key": list_of(text()),
        "row_count": count(),
        "data_package": address_of_a_page(),
        "csv_metadata": described(address_of_a_page(), "CSV on the Web."),
        "text_metadata": described(or_null(address_of_a_page()), "The same of the CSV of narrative texts."),
        "schema": described(address_of_a_page(), "JSON Schema of its JSON."),
        "files": list_of(file()),
        "unreleased_changes": described(
            or_null(changes()),
            "What is new since the newest version; null where nothing was released.",
        ),
        "versions": described(list_of(version()), "What was released, oldest first."),
    }))
}

fn series() -> Value {
    closed(json!({
        "id": id(),
        "title": text(),
        "title_en": or_null(text()),
        "description": text(),
        "description_en": or_null(text()),
        "datasets": described(list_of(id()), "The earliest period first."),
        "table": described(or_null(id()), "The dataset with the rows of all periods."),
    }))
}

fn version() -> Value {
    closed(json!({
        "version": version_name(),
        "date": day(),
        "note": or_null(text()),
        "note_en": or_null(text()),
        "url": described(address_of_a_page(), "Its page."),
        "licence": licence_id(),
        "row_count": count(),
        "changes": described(or_null(changes()), "Null for the first version."),
        "files": list_of(file()),
    }))
}

fn changes() -> Value {
    closed(json!({
        "since": version_name(),
        "rows_added": count(),
        "rows_removed": count(),
        "rows_changed": count(),
        "path": described(text(), "Below the address of the site."),
        "url": described(address_of_a_page(), "The changes as CSV, a record a cell."),
        "bytes": count(),
        "sha256": sha256(),
    }))
}

fn file() -> Value {
    let distinct = |of: fn(FileFormat) -> &'static str| {
        let mut found: Vec<&str> = FileFormat::ALL.into_iter().map(of).collect();
        found.dedup();
        one_of(found)
    };
    closed(json!({
        "path": described(text(), "Below the address of the site."),
        "url": address_of_a_page(),
        "format": distinct(FileFormat::name),
        "media_type": distinct(FileFormat::media_type),
        "encoding": { "enum": ["UTF-8", null], "description": "Null where it is no text." },
        "bom": described(flag(), "Does it begin with a byte order mark?"),
        "bytes": count(),
        "sha256": sha256(),
    }))
}

pub(super) fn manifest() -> Value {
    let mut file = closed(json!({ "path": text(), "bytes": count(), "sha256": sha256() }));
    file["properties"]["kept"] = json!({
        "type": "integer",
        "minimum": 1,
        "description": "An asset of an earlier build: how many generations ago. Absent for files of this build.",
    });
    let mut manifest = document(
        "Every published file but this",
        json!({
            "format": { "const": "kawaraban-manifest/1" },
            "generator": text(),
            "files": list_of(file),
        }),
    );
    manifest["properties"]["preview"] = json!({
        "const": true,
        "description": "The site is a preview. Absent for a published site.",
    });
    manifest
}

/// The schema of the metadata of one table: the part of CSV on the Web that this program uses.
pub(super) fn csv_metadata() -> Value {
    let mut schema = csv_table();
    schema["properties"]["@context"] = context();
    schema["required"].as_array_mut().expect("a table requires properties").push(json!("@context"));
    schema["title"] = json!("What the columns of a CSV are (CSV on the Web)");
    schema
}

/// The schema of the metadata of all tables.
pub(super) fn csv_metadata_of_all() -> Value {
    let mut schema = closed(json!({
        "@context": context(),
        "dc:title": text(),
        "dc:publisher": text(),
        "tables": list_of(csv_table()),
    }));
    schema["title"] = json!("What the columns of all CSVs are (CSV on the Web)");
    schema
}

/// The schema of the context: the vocabulary, and the language of the texts.
fn context() -> Value {
    let language = closed(json!({ "@language": text() }));
    list_of(json!({ "anyOf": [address_of_a_page(), language] }))
}

/// The schema of a table in CSV on the Web. Its dates are left out if they are not known.
fn csv_table() -> Value {
    let languages =
        [Language::Ja, Language::En].map(|language| (language.tag().to_owned(), text()));
    let mut titles: serde_json::Map<String, Value> = languages.into_iter().collect();
    titles.insert("und".to_owned(), described(text(), "The header of the CSV."));
    let in_a_language = closed(json!({ "@value": text(), "@language": text() }));
    let column = json!({
        "type": "object",
        "required": ["name", "titles", "datatype", "required"],
        "properties": {
            "name": text(),
            "titles": {
                "type": "object",
                "required": ["und"],
                "properties": titles,
                "additionalProperties": false,
            },
            "datatype": { "type": ["string", "object"] },
            "required": flag(),
            "dc:description": { "anyOf": [text(), list_of(in_a_language)] },
        },
        "additionalProperties": false,
    });
    let reference = closed(json!({ "resource": text(), "columnReference": list_of(text()) }));
    let foreign_key = closed(json!({ "columnReference": list_of(text()), "reference": reference }));
    let table = json!({
        "type": "object",
        "required": ["columns"],
        "properties": {
            "columns": list_of(column),
            "primaryKey": list_of(text()),
            "foreignKeys": described(list_of(foreign_key), "References that no row leaves blank."),
        },
        "additionalProperties": false,
    });
    let mut described_table = closed(json!({
        "url": described(text(), "The CSV, from the folder of this file."),
        "dc:title": text(),
        "dc:publisher": text(),
        "dc:license": closed(json!({ "@id": address_of_a_page() })),
        "dcat:landingPage": described(
            closed(json!({ "@id": address_of_a_page() })),
            "The page of the table.",
        ),
        "dialect": { "type": "object" },
        "tableSchema": table,
    }));
    let date = || closed(json!({ "@value": day(), "@type": { "const": "xsd:date" } }));
    described_table["properties"]["dc:issued"] = described(date(), "First publication.");
    described_table["properties"]["dc:modified"] = described(date(), "Last change.");
    described_table
}
