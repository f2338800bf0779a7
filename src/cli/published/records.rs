//! **Records** that were added, removed or changed: measures and policies, compared by their JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::calendar::FiscalYear;
use crate::site::Site;
use crate::text::Language;

use super::facts::{self, RecordFact};

/// The changes to the records of one kind.
#[derive(Default)]
pub(super) struct RecordChanges {
    pub added: Vec<PublishedRecord>,
    pub gone: Vec<PublishedRecord>,
    pub changed: Vec<(PublishedRecord, Vec<FactChange>)>,
    /// Those that most probably have another id now: their old id, the record, and what else
    /// changed.
    pub renamed: Vec<(String, PublishedRecord, Vec<FactChange>)>,
}

/// A measure or a policy.
#[derive(Clone)]
pub(super) struct PublishedRecord {
    pub id: String,
    title: String,
    year: Option<FiscalYear>,
    /// The series of a measure, which links it to the same measure of other years.
    series: Option<String>,
}

/// A fact whose value changed.
pub(super) struct FactChange {
    /// Its path in the JSON, with `/` between the parts.
    pub way: String,
    /// Its name in Japanese and in English.
    pub name: [String; 2],
    /// The published value; `None` if there is none.
    pub before: Option<String>,
    /// The new value; `None` if there is none.
    pub after: Option<String>,
}

impl RecordChanges {
    /// The records that have another id now: the old id and the new one.
    pub fn moved(&self) -> impl Iterator<Item = (&str, &str)> {
        self.renamed.iter().map(|(from, to, _)| (from.as_str(), to.id.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.gone.is_empty()
            && self.changed.is_empty()
            && self.renamed.is_empty()
    }
}

impl PublishedRecord {
    fn of(path: &str, document: &Value) -> Self {
        let name = path.rsplit('/').next().unwrap_or_default();
        let title = ["title", "headline"].iter().find_map(|key| document[*key].as_str());
        let department = || document["department"]["name"].as_str();
        let year = document["fiscal_year"]
            .as_i64()
            .and_then(|year| i32::try_from(year).ok().and_then(FiscalYear::new));
        Self {
            id: name.trim_end_matches(".json").to_owned(),
            series: document["series"].as_str().map(str::to_owned),
            title: title.or_else(department).unwrap_or_default().to_owned(),
            year,
        }
    }

    /// The index of the record among `gone` that this one most probably replaces: one of the same
    /// year in the same series or, failing that, with the same title.
    fn replaced(&self, gone: &[(Self, &Value)]) -> Option<usize> {
        let found = |is_same: &dyn Fn(&Self) -> bool| {
            gone.iter().position(|(gone, _)| gone.year == self.year && is_same(gone))
        };
        found(&|gone| gone.series.is_some() && gone.series == self.series)
            .or_else(|| found(&|gone| gone.title == self.title))
    }

    /// The record for people: `id「題名」（2022年度）`.
    pub fn named(&self, language: Language) -> String {
        let Self { id, title, year, .. } = self;
        match (language, year) {
            (Language::Ja, Some(year)) => format!("{id}「{title}」（{year}年度）"),
            (Language::Ja, None) => format!("{id}「{title}」"),
            (Language::En, Some(year)) => format!("{id} “{title}” ({year})"),
            (Language::En, None) => format!("{id} “{title}”"),
        }
    }
}

/// Compares the published documents `before` with the documents `now`, each given with its path.
/// Records are in the order of their paths.
pub(super) fn compare(
    site: &Site,
    before: Vec<(String, Vec<u8>)>,
    now: Vec<(String, Vec<u8>)>,
) -> RecordChanges {
    // Most documents are the same byte for byte and need not be parsed.
    let before: BTreeMap<String, Vec<u8>> = before.into_iter().collect();
    let now: BTreeMap<String, Vec<u8>> = now.into_iter().collect();
    let differing = |documents: &BTreeMap<String, Vec<u8>>, others: &BTreeMap<String, Vec<u8>>| {
        let differs = |(path, bytes): &(&String, &Vec<u8>)| others.get(*path) != Some(*bytes);
        // Damaged documents are skipped; `verify` reports them.
        let read = |(path, bytes): (&String, &Vec<u8>)| {
            serde_json::from_slice::<Value>(bytes).ok().map(|document| (path.clone(), document))
        };
        documents.iter().filter(differs).filter_map(read).collect::<BTreeMap<String, Value>>()
    };
    let (before, now) = (differing(&before, &now), differing(&now, &before));
    let mut records = RecordChanges::default();
    let absent = before.iter().filter(|(path, _)| !now.contains_key(*path));
    let mut gone: Vec<(PublishedRecord, &Value)> =
        absent.map(|(path, document)| (PublishedRecord::of(path, document), document)).collect();
    for (path, document) in &now {
        let record = PublishedRecord::of(path, document);
        if let Some(earlier) = before.get(path) {
            let changes = changed(site, earlier, document);
            if !changes.is_empty() {
                records.changed.push((record, changes));
            }
        } else if let Some(index) = record.replaced(&gone) {
            let (old, earlier) = gone.remove(index);
            records.renamed.push((old.id, record, changed(site, earlier, document)));
        } else {
            records.added.push(record);
        }
    }
    records.gone = gone.into_iter().map(|(record, _)| record).collect();
    records
}

/// The facts that differ between the two documents, in the order in which a page shows them.
fn changed(site: &Site, before: &Value, now: &Value) -> Vec<FactChange> {
    let (was, is) = (facts::of(before), facts::of(now));
    let ways: BTreeSet<&Vec<String>> = was.keys().chain(is.keys()).collect();
    let differing = ways.into_iter().filter(|way| was.get(*way) != is.get(*way));
    let mut differing: Vec<RecordFact> =
        differing.map(|way| RecordFact { way: way.clone() }).collect();
    differing.sort_by_key(RecordFact::rank);
    let change = |fact: RecordFact| {
        // A removed fact is named by the old document.
        let document = if is.contains_key(&fact.way) { now } else { before };
        FactChange {
            way: fact.way.join("/"),
            name: [Language::Ja, Language::En].map(|language| fact.name(site, document, language)),
            before: was.get(&fact.way).cloned(),
            after: is.get(&fact.way).cloned(),
        }
    };
    differing.into_iter().map(change).collect()
}
