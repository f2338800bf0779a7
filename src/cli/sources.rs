//! `verify --sources`: reads the content again and reports published facts whose values differ from
//! what their cells give now.
//!
//! Not in here: whether the published folder is complete and unchanged (`publish::verify`).

mod tables;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;

use serde_json::{Map, Value};

use crate::config::{Drafts, Selection};
use crate::dataset::FileFormat;
use crate::diagnostic::Message;
use crate::message;
use crate::pipeline::{self, BuildOptions};
use crate::publish::{self, PublishError};
use crate::report;
use crate::site::file_paths;
use crate::text::Language;
use crate::{catalog, table};

use super::arguments::VerifyArguments;
use super::commands::{failure, refuse, tell};
use super::{CommandOutcome, say, style};

/// A fact in a published document.
#[derive(Debug, PartialEq)]
struct DocumentFact {
    /// File, worksheet and cell.
    place: (String, Option<String>, String),
    /// The published value.
    value: Value,
}

/// All facts, by the path of their document and by the path of the value in it.
type DocumentFacts = BTreeMap<(String, String), DocumentFact>;

/// Compares the facts in the published folder with the content of the site. Does nothing, and
/// returns [`CommandOutcome::Fine`], without `--sources`.
pub(super) fn verify(arguments: &VerifyArguments, language: Language) -> CommandOutcome {
    if !arguments.sources {
        return CommandOutcome::Fine;
    }
    // What is published is told by the folder: what the content leaves out now may be in it.
    let selection = Selection {
        drafts: if arguments.drafts { Drafts::Included } else { Drafts::LeftOut },
        as_of: None,
    };
    compare_with(&arguments.folder, &arguments.root, selection, language)
}

/// Compares the facts published in `tree` with those of the content in `root`, which is read again,
/// and prints each difference and their number. Refused if `tree` does not contain the sources of
/// its values.
fn compare_with(
    tree: &Path,
    root: &Path,
    selection: Selection,
    language: Language,
) -> CommandOutcome {
    let style = style(report::ReportFormat::Human, language);
    let published = match published(tree) {
        Ok(published) => published,
        Err(error) => return refuse(language, &error.message(), Some(&error.help())),
    };
    if published.is_empty() {
        return refuse(
            language,
            &message!(
                ja: "このフォルダーには、値の出所が記録されていません",
                en: "nothing in this folder tells where its values come from",
            ),
            Some(&message!(
                ja: "「site.toml」の「[sources]」に「publish = \"references\"」と書いて公開したサイトを指定してください",
                en: "name a site that was built with `publish = \"references\"` below `[sources]` in `site.toml`",
            )),
        );
    }
    let options = BuildOptions { selection, ..BuildOptions::default() };
    let assembled = pipeline::assemble(root, &options);
    let Some((site, _)) = &assembled.site else {
        let outcome = failure(&assembled.sources);
        tell(assembled, style, report::RunOutcome::NothingWritten);
        return outcome;
    };
    let mut now = facts(catalog::documents(site));
    let Ok(of_tables) =
        tables::facts(|id| Ok::<_, Infallible>(catalog::file(site, id, FileFormat::Json)));
    now.extend(of_tables);
    let lines = compare(&published, &now);
    for line in &lines {
        say(match language {
            Language::Ja => &line.ja,
            Language::En => &line.en,
        });
    }
    let (all, count) = (published.len(), lines.len());
    say(match (language, count) {
        (Language::Ja, 0) => format!("公開した{all}件の値すべてが、元のファイルと一致しています"),
        (Language::En, 0) => format!("all {all} published values match their sources"),
        (Language::Ja, _) => {
            format!("公開した{all}件の値と元のファイルに、異なる点が{count}件あります")
        }
        (Language::En, 1) => {
            format!("1 difference between the {all} published values and their sources")
        }
        (Language::En, _) => {
            format!("{count} differences between the {all} published values and their sources")
        }
    });
    if count == 0 { CommandOutcome::Fine } else { CommandOutcome::ContentErrors }
}

fn published(tree: &Path) -> Result<DocumentFacts, PublishError> {
    let mut documents = publish::documents(tree, "measures", ".json")?;
    documents.extend(publish::documents(tree, "policies", ".json")?);
    let mut facts = facts(documents);
    facts.extend(tables::facts(|id| {
        let path = file_paths::dataset_file(id, FileFormat::Json);
        Ok(publish::document(tree, &path)?.map(|bytes| (path, bytes)))
    })?);
    Ok(facts)
}

fn facts(documents: Vec<(String, Vec<u8>)>) -> DocumentFacts {
    let mut facts = DocumentFacts::new();
    for (path, bytes) in documents {
        // Damaged documents are skipped; `verify` has already reported them.
        let Ok(document) = serde_json::from_slice::<Value>(&bytes) else { continue };
        for source in document["sources"].as_array().into_iter().flatten() {
            let text = |key: &str| source[key].as_str().map(str::to_owned);
            let (file, sheet) = (text("file").unwrap_or_default(), text("sheet"));
            for (way, position) in source["cells"].as_object().into_iter().flatten() {
                let position = position.as_str().unwrap_or_default().to_owned();
                let place = (file.clone(), sheet.clone(), position);
                let fact = DocumentFact { place, value: value_at(&document, way) };
                facts.insert((path.clone(), way.clone()), fact);
            }
        }
    }
    facts
}

/// The value in `document` at the path `way`, whose parts are escaped as in JSON Pointer. Items of
/// `indicators` and `budgets` are found by the values that identify them. A fact of an indicator as
/// a whole has a path through one of its years. `null` if there is no such value.
fn value_at(document: &Value, way: &str) -> Value {
    let parts: Vec<String> =
        way.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let is = |value: &Value, text: &str| match value {
        Value::String(own) => own == text,
        Value::Null => text.is_empty(),
        Value::Number(own) => own.to_string() == text,
        _ => false,
    };
    let item = |list: &Value, wanted: &[(&str, &str)]| {
        let mut items = list.as_array().into_iter().flatten();
        let fits = |item: &&Value| wanted.iter().all(|(key, text)| is(&item[*key], text));
        items.find(fits).cloned().unwrap_or_default()
    };
    match parts.as_slice() {
        ["indicators", id, year, key @ ..] => {
            let indicator = item(&document["indicators"], &[("id", id)]);
            let of_year = item(&indicator["years"], &[("fiscal_year", year)]);
            let value = follow(&of_year, key);
            if value.is_null() { follow(&indicator, key) } else { value }
        }
        ["budgets", year, source, category, key @ ..] if !key.is_empty() => {
            let wanted = [("fiscal_year", *year), ("source", source), ("category", category)];
            let mut rows = document["budgets"].as_array().into_iter().flatten();
            let fits = |row: &&Value| wanted.iter().all(|(key, text)| is(&row[*key], text));
            // A row may have been split into several; the last one with the value counts.
            let values = rows.by_ref().filter(fits).map(|row| follow(row, key));
            values.filter(|value| !value.is_null()).last().unwrap_or_default()
        }
        key => follow(document, key),
    }
}

fn follow(value: &Value, keys: &[&str]) -> Value {
    let mut value = value;
    for key in keys {
        match value.as_object().and_then(|object: &Map<String, Value>| object.get(*key)) {
            Some(below) => value = below,
            None => return Value::Null,
        }
    }
    value.clone()
}

/// A line for each fact that was removed or added or whose value differs, and a line for each
/// worksheet with the number of facts whose cells moved.
fn compare(published: &DocumentFacts, now: &DocumentFacts) -> Vec<Message> {
    let mut lines = Vec::new();
    // An added row moves many cells, so unchanged values at other places are counted by worksheet.
    let mut moved: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (key, fact) in published {
        let (document, way) = key;
        let (place_ja, place_en) = shown(&fact.place);
        let (before, after) = match now.get(key) {
            None => {
                lines.push(message!(
                    ja: "{document}の{way}（{place_ja}）：いまの内容では読み取られません",
                    en: "{document}, {way} ({place_en}): not read any more",
                ));
                continue;
            }
            Some(new) if new.value != fact.value => (text(&fact.value), text(&new.value)),
            Some(new) => {
                if new.place != fact.place {
                    *moved.entry(sheet_of(&fact.place)).or_default() += 1;
                }
                continue;
            }
        };
        lines.push(message!(
            ja: "{document}の{way}（{place_ja}）：公開した値は「{before}」、いまの値は「{after}」です",
            en: "{document}, {way} ({place_en}): published as `{before}`, now `{after}`",
        ));
    }
    for ((document, way), fact) in now.iter().filter(|(key, _)| !published.contains_key(key)) {
        let (ja, en) = shown(&fact.place);
        lines.push(message!(
            ja: "{document}の{way}（{ja}）：公開した後に加わりました",
            en: "{document}, {way} ({en}): not published yet",
        ));
    }
    lines.extend(moved.into_iter().map(|((ja, en), count)| {
        message!(
            ja: "{ja}：{count}件の値は、同じ値のまま位置が変わりました",
            en: "{en}: {count} values stand elsewhere now, and are the same",
        )
    }));
    lines
}

/// The file and its worksheet, in Japanese and in English.
fn sheet_of((file, sheet, _): &(String, Option<String>, String)) -> (String, String) {
    match sheet {
        Some(sheet) => (format!("{file} 「{sheet}」"), format!("{file}, `{sheet}`")),
        None => (file.clone(), file.clone()),
    }
}

fn shown(place: &(String, Option<String>, String)) -> (String, String) {
    let (ja, en) = sheet_of(place);
    (format!("{ja} {}", place.2), format!("{en} {}", place.2))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => table::shortened(text),
        Value::Null => String::new(),
        other => table::shortened(&other.to_string()),
    }
}
