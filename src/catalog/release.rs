//! A **release** adds the present state of a dataset to the version store: its plain CSV, its JSON
//! Lines if there are narrative columns, and a `version.toml` with its metadata and the digests of
//! the files.
//!
//! Not in here: whether a release is allowed (`cli`), reading the store (`dataset`), and writing
//! files (`publish`).

use std::fmt::Write as _;

use crate::artifact::{Artifact, FileFacts};
use crate::calendar::Date;
use crate::config::Contact;
use crate::dataset::{Background, Column, Dataset, FileFormat, STORE, VERSION_FILE, VersionName};
use crate::document::{list, quoted};
use crate::site::Site;
use crate::text::Localized;

use super::csv::{self, Dialect};
use super::json;

/// The files of the version `name` of `dataset`, with paths below the site's root. `None` if the
/// newest version has the same bytes, data dictionary and primary key.
pub fn release(
    site: &Site,
    dataset: &Dataset,
    name: &VersionName,
    date: Date,
    note: Option<&Localized>,
) -> Option<Vec<Artifact>> {
    let bytes = csv::render(dataset, Dialect::Plain).whole().into_owned();
    let lines = dataset.is_narrative().then(|| json::render_lines(dataset).whole().into_owned());
    let newest = dataset.versions.last();
    if newest.is_some_and(|newest| {
        *newest.csv == *bytes
            && newest.lines.as_deref() == lines.as_deref()
            && newest.table.columns == dataset.columns
            && same_key(newest, dataset)
    }) {
        return None;
    }
    let folder = format!("{STORE}{}/{name}", dataset.id);
    let held = Held {
        csv: FileFacts::of(&bytes).sha256,
        lines: lines.as_ref().map(|lines| FileFacts::of(lines).sha256),
    };
    let described = describe(site, dataset, date, note, &held);
    let mut files = vec![
        Artifact::new(format!("{folder}/{}.csv", dataset.id), bytes),
        Artifact::new(format!("{folder}/{VERSION_FILE}"), described.into_bytes()),
    ];
    let name = FileFormat::JsonLines.file_name(dataset.id.as_str());
    files.extend(lines.map(|lines| Artifact::new(format!("{folder}/{name}"), lines)));
    Some(files)
}

/// SHA-256 digests of the version's files, which `version.toml` records.
struct Held {
    csv: String,
    lines: Option<String>,
}

fn same_key(newest: &crate::dataset::Version, dataset: &Dataset) -> bool {
    newest.table.primary_key == dataset.primary_key
}

/// The text of `version.toml`: date, note, number of rows, digests, metadata, and the data
/// dictionary.
fn describe(
    site: &Site,
    dataset: &Dataset,
    date: Date,
    note: Option<&Localized>,
    held: &Held,
) -> String {
    let mut toml = Toml::default();
    toml.line("# Written by `kawaraban release`. A released version does not change; only its note may be edited.");
    toml.line(&format!("date = {date}"));
    toml.localized("note", note);
    toml.line(&format!("rows = {}", dataset.rows.len()));
    toml.text("sha256", Some(&held.csv));
    toml.text("lines_sha256", held.lines.as_deref());
    toml.localized("title", Some(&dataset.title));
    toml.localized("description", Some(&dataset.description));
    toml.text("licence", Some(site.licence_of(dataset).id()));
    if let Some(period) = dataset.period {
        let day = |name, day: Option<Date>| day.map(|day| format!("{name} = {day}"));
        let days = [day("start", period.start), day("end", period.end)];
        let days: Vec<String> = days.into_iter().flatten().collect();
        toml.line(&format!("period = {{ {} }}", days.join(", ")));
    }
    toml.background(&dataset.background);
    let key: Vec<String> = dataset.key_names().into_iter().map(quoted).collect();
    toml.line(&format!("primary_key = [{}]", key.join(", ")));
    for column in &dataset.columns {
        toml.column(column);
    }
    toml.0
}

/// A TOML document under construction.
#[derive(Default)]
struct Toml(String);

impl Toml {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.0, "{line}");
    }

    fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.line(&format!("{key} = {}", quoted(text)));
        }
    }

    fn localized(&mut self, key: &str, text: Option<&Localized>) {
        self.text(key, text.map(|text| text.own.as_str()));
        self.text(&format!("{key}_en"), text.and_then(|text| text.en.as_deref()));
    }

    /// Writes where the dataset comes from. The DOI is that of the dataset, not of the version, and
    /// is left out; so is the note, since a version has a note of its own.
    fn background(&mut self, background: &Background) {
        let pair = |key: &str, text: &Localized| {
            let own = format!("{key} = {}", quoted(&text.own));
            let english = text.en.as_ref().map(|en| format!("{key}_en = {}", quoted(en)));
            [own].into_iter().chain(english)
        };
        let plain = |key: &str, text: &Option<String>| {
            text.as_ref().map(|text| format!("{key} = {}", quoted(text)))
        };
        let table = |fields: Vec<String>| format!("{{ {} }}", fields.join(", "));
        let sources = background.sources.iter().map(|source| {
            let as_of = source.as_of.map(|day| format!("as_of = {day}"));
            let fields = pair("name", &source.name).chain(plain("url", &source.url)).chain(as_of);
            table(fields.collect())
        });
        let sources: Vec<String> = sources.collect();
        let related = background.related.iter().map(|document| {
            let url = format!("url = {}", quoted(&document.url));
            table(pair("title", &document.title).chain([url]).collect())
        });
        let related: Vec<String> = related.collect();
        self.tables("source", &sources);
        self.localized("method", background.method.as_ref());
        if let Some(contact) = &background.contact {
            let Contact { name, phone, extension, email, form_url } = contact;
            let ways = [
                ("phone", phone),
                ("extension", extension),
                ("email", email),
                ("form_url", form_url),
            ];
            let ways = ways.into_iter().filter_map(|(key, way)| plain(key, way));
            self.line(&format!("contact = {}", table(pair("name", name).chain(ways).collect())));
        }
        let authors = |pick: fn(&Localized) -> Option<String>| -> Vec<String> {
            background.authors.iter().filter_map(pick).collect()
        };
        self.list("authors", &authors(|name| Some(name.own.clone())));
        self.list("authors_en", &authors(|name| name.en.clone()));
        self.localized("spatial", background.spatial.as_ref());
        let languages: Vec<String> =
            background.languages.iter().map(|language| language.tag.to_owned()).collect();
        self.list("language", &languages);
        self.tables("related", &related);
    }

    fn tables(&mut self, key: &str, tables: &[String]) {
        if !tables.is_empty() {
            self.line(&format!("{key} = [{}]", tables.join(", ")));
        }
    }

    /// Writes a table `[[columns]]` with the data dictionary's entry for `column`. Values that are
    /// absent or `false` are left out.
    fn column(&mut self, column: &Column) {
        self.line("\n[[columns]]");
        self.text("name", Some(&column.name));
        self.localized("title", Some(&column.title));
        self.text("type", Some(column.kind.as_str()));
        self.text("unit", column.unit.as_deref());
        self.localized("description", column.description.as_ref());
        for (key, is_so) in [
            ("required", column.required),
            ("unique", column.unique),
            ("narrative", column.narrative),
        ] {
            if is_so {
                self.line(&format!("{key} = true"));
            }
        }
        if let Some(allowed) = column.end_of_day {
            self.line(&format!("end_of_day = {allowed}"));
        }
        self.localized("blank", column.blank.as_ref());
        // Bounds that are numbers or dates may be written as strings.
        self.text("minimum", column.minimum.as_deref());
        self.text("maximum", column.maximum.as_deref());
        self.text("pattern", column.pattern.as_ref().map(|pattern| pattern.as_str()));
        let missing: Vec<String> = column.missing.texts().map(str::to_owned).collect();
        self.list("missing", &missing);
        if column.labels.is_empty() {
            self.list("values", &column.values);
            return;
        }
        self.line("[columns.values]");
        for (value, label) in column.values.iter().zip(&column.labels) {
            let own = quoted(&label.own);
            let english = label.en.as_deref().map(quoted);
            let label = match english {
                Some(english) => format!("{{ label = {own}, label_en = {english} }}"),
                None => own,
            };
            self.line(&format!("{} = {label}", quoted(value)));
        }
    }

    fn list(&mut self, key: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.line(&format!("{key} = {}", list(texts)));
        }
    }
}
