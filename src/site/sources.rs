//! **Sources**: the files that published facts were read from, and the cell of each fact.
//!
//! Not in here: recording the places of facts (`diagnostic::Provenance`), and the tables and pages
//! that show them (`builtin`, `catalog`, `html`).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::dataset::Dataset;
use crate::diagnostic::{Provenance, SourcedFact};
use crate::policy::{Budget, Domain, Field, FieldType, IndicatorAbout, IndicatorYear, Of};
use crate::source::{self, Sources};
use crate::text::Localized;

use super::Site;
use super::builtin::list_id;
use super::entries::{
    DepartmentEntry, IndicatorEntry, MeasureEntry, NodeEntry, PolicyEntry, TopicEntry,
};

/// A file that published facts were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedSource {
    /// The file's path, relative to the site's root.
    pub path: Arc<str>,
    /// The file's size in bytes.
    pub bytes: usize,
    /// The file's SHA-256, in lower-case hexadecimal digits.
    pub sha256: String,
}

/// A published fact with the place where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactSource<'s> {
    /// The kind of record that it is a fact of; `None` for a topic, which has no declared fields.
    pub of: Option<Of>,
    /// Id of the built-in dataset that has the fact in one of its rows.
    pub dataset: Cow<'s, str>,
    /// The parts of the row's key after the owner's id, without `superseded`; empty where the
    /// owner's id is the whole key. For money these are year, source and category, empty where it
    /// is not broken down.
    pub within: Arc<[String]>,
    /// Name of its column in that dataset.
    pub fact: Cow<'s, str>,
    /// Is it the value of a declared field? These are below `fields` in the JSON of the record.
    pub is_field: bool,
    /// The fact's name in that JSON, such as `title_en`.
    pub name: Cow<'s, str>,
    /// Where it was read.
    pub at: &'s SourcedFact,
}

impl FactSource<'_> {
    /// The path of the fact in the JSON of its owner: `title`, `result/rating`,
    /// `indicators/visits/2024/actual`.
    pub fn path(&self) -> String {
        let part = match self.of {
            Some(Of::Result) => Some("result"),
            Some(Of::Indicator) => Some("indicators"),
            Some(Of::Budget) => Some("budgets"),
            _ => None,
        };
        let within = self.within.iter().map(String::as_str);
        let fields = self.is_field.then_some("fields");
        joined(part.into_iter().chain(within).chain(fields).chain([&*self.name]))
    }
}

/// Joins `parts` by `/`; within a part, `/` becomes `~1` and `~` becomes `~0`, as in JSON Pointer.
pub fn joined<'p>(parts: impl Iterator<Item = &'p str>) -> String {
    parts.map(escaped).collect::<Vec<_>>().join("/")
}

fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// The files that the facts of `domain` and the tables of `datasets` were read from, ordered by
/// path, each once.
pub fn source_files(
    sources: &Sources,
    domain: &Domain,
    datasets: &[Dataset],
) -> Vec<PublishedSource> {
    let measures = || domain.policies.iter().flat_map(|policy| &policy.measures);
    let results = measures().filter_map(|measure| measure.result.as_ref());
    let of_policies = domain.policies.iter().map(|policy| &policy.provenance);
    let of_measures = measures().map(|measure| &measure.provenance);
    let records = of_policies
        .chain(domain.departments.iter().map(|department| &department.provenance))
        .chain(domain.topics.iter().map(|topic| &topic.provenance))
        .chain(domain.nodes.iter().map(|node| &node.provenance))
        .chain(of_measures)
        .chain(results.map(|result| &result.provenance))
        .chain(domain.indicators.iter().map(|row| &row.provenance))
        .chain(domain.plan_indicators.iter().map(|row| &row.provenance))
        .chain(domain.budgets.iter().map(|row| &row.provenance));
    let facts = records.flat_map(Provenance::facts).map(|fact| &*fact.kind.file);
    let tables = datasets.iter().flat_map(|dataset| &dataset.files).map(|file| &**file);
    let mut paths: BTreeSet<&str> = BTreeSet::new();
    let mut last = "";
    for path in facts.chain(tables) {
        // There may be a million facts, and those that follow each other are from one file.
        if !std::ptr::eq(path, last) {
            paths.insert(path);
            last = path;
        }
    }
    let files: Vec<&source::SourceFile> =
        paths.into_iter().filter_map(|path| sources.get(path)).collect();
    files
        .into_par_iter()
        .map(|file| PublishedSource {
            path: file.path.clone(),
            bytes: file.bytes.len(),
            sha256: Sha256::digest(&file.bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        })
        .collect()
}

/// Groups `facts` by file and worksheet, in the order in which these first occur.
pub fn sheets<'f, 's>(
    facts: &'f [FactSource<'s>],
) -> Vec<(&'s str, Option<&'s str>, Vec<&'f FactSource<'s>>)> {
    let mut sheets: Vec<(&str, Option<&str>, Vec<&FactSource<'_>>)> = Vec::new();
    for source in facts {
        let place = (&*source.at.kind.file, source.at.kind.sheet.as_deref());
        match sheets.iter_mut().find(|(file, sheet, _)| (*file, *sheet) == place) {
            Some((_, _, facts)) => facts.push(source),
            None => sheets.push((place.0, place.1, vec![source])),
        }
    }
    sheets
}

impl Site {
    /// The source file at `path`; `None` where no published fact was read from it.
    pub fn source_file(&self, path: &str) -> Option<&PublishedSource> {
        let found = self.source_files.binary_search_by(|file| (*file.path).cmp(path));
        found.ok().map(|index| &self.source_files[index])
    }

    /// The facts of a department; empty where the site does not publish its sources.
    pub fn facts_of_department<'s>(
        &'s self,
        department: &'s DepartmentEntry,
    ) -> Vec<FactSource<'s>> {
        self.facts_of_record("departments", Some(Of::Department), &department.department.provenance)
    }

    /// The facts of a topic; empty where the site does not publish its sources.
    pub fn facts_of_topic<'s>(&'s self, topic: &'s TopicEntry) -> Vec<FactSource<'s>> {
        self.facts_of_record("topics", None, &topic.topic.provenance)
    }

    /// The facts of a node of the plan and of its indicators; empty where the site does not publish
    /// its sources.
    pub fn facts_of_node<'s>(&'s self, node: &'s NodeEntry) -> Vec<FactSource<'s>> {
        let mut facts = FactCollector { site: self, found: Vec::new() };
        facts.add("plan", Some(Of::Plan), Vec::new, &node.node.provenance, |_| true);
        facts.add_indicators("plan-indicators", &node.indicators);
        facts.found
    }

    /// The facts of a policy; empty where the site does not publish its sources.
    pub fn facts_of_policy<'s>(&'s self, policy: &'s PolicyEntry) -> Vec<FactSource<'s>> {
        self.facts_of_record("policies", Some(Of::Policy), &policy.provenance)
    }

    fn facts_of_record<'s>(
        &'s self,
        dataset: &'static str,
        of: Option<Of>,
        provenance: &'s Provenance,
    ) -> Vec<FactSource<'s>> {
        let mut facts = FactCollector { site: self, found: Vec::new() };
        facts.add(dataset, of, Vec::new, provenance, |_| true);
        facts.found
    }

    /// The facts of a measure, its result, its indicators and its money; empty where the site does
    /// not publish its sources.
    pub fn facts_of_measure<'s>(&'s self, measure: &'s MeasureEntry) -> Vec<FactSource<'s>> {
        let mut facts = FactCollector { site: self, found: Vec::new() };
        facts.add("measures", Some(Of::Measure), Vec::new, &measure.provenance, |_| true);
        if let Some(result) = &measure.result {
            facts.add("results", Some(Of::Result), Vec::new, &result.provenance, |_| true);
        }
        facts.add_indicators("indicators", &measure.indicators);
        for row in &measure.budgets {
            let is_said = |fact: &str| has_amount(row, fact);
            let within = || key_of_budget(row);
            facts.add("budgets", Some(Of::Budget), within, &row.provenance, is_said);
        }
        facts.found
    }

    /// The title under which pages show the fact `fact` of the dataset `dataset`: that of its
    /// column or field, or else `fact` itself.
    pub fn name_of_fact(&self, dataset: &str, fact: &str) -> Cow<'_, Localized> {
        let in_json = RENAMED.iter().find(|renamed| (renamed.0, renamed.3) == (dataset, fact));
        let fact = in_json.map_or(fact, |renamed| renamed.2);
        let table =
            self.datasets.iter().find(|table| table.built_in && table.id.as_str() == dataset);
        let column =
            table.and_then(|table| table.columns.iter().find(|column| column.name == fact));
        if let Some(column) = column {
            return Cow::Borrowed(&column.title);
        }
        // A list is a table of its own.
        if let Some(field) = self.fields.all.iter().find(|field| field.name() == fact) {
            return Cow::Borrowed(&field.label);
        }
        let known = ONLY_IN_JSON.iter().find(|(name, ..)| *name == fact);
        Cow::Owned(match known {
            Some((_, ja, en)) => Localized::with_english(*ja, *en),
            None => Localized::new(fact),
        })
    }
}

/// Facts that have no column in any table, with their titles.
const ONLY_IN_JSON: [(&str, &str, &str); 1] = [("easy", "やさしい日本語", "Easy Japanese")];

/// Facts whose name in the content differs from the published one: dataset, name in the content,
/// name of the column, name in JSON.
const RENAMED: [(&str, &str, &str, &str); 16] = [
    ("measures", "title_en", "title_english", "title_en"),
    ("measures", "direction_en", "direction_english", "direction_en"),
    ("measures", "kana", "title_kana", "kana"),
    ("measures", "topics", "topic", "topics"),
    ("results", "result_published", "published", "published"),
    ("results", "account_en", "account_english", "account_en"),
    ("policies", "headline_en", "headline_english", "headline_en"),
    ("policies", "statement_en", "statement_english", "statement_en"),
    ("indicators", "name_en", "name_english", "name_en"),
    ("plan-indicators", "name_en", "name_english", "name_english"),
    ("indicators", "unit_en", "unit_english", "unit_en"),
    ("plan-indicators", "unit_en", "unit_english", "unit_english"),
    ("departments", "name_en", "name_english", "name_english"),
    ("topics", "name_en", "name_english", "name_english"),
    ("plan", "title_en", "title_english", "title_english"),
    ("plan", "description_en", "description_english", "description_english"),
];

/// Is `fact` part of the key of `dataset`, or not published at all? Such facts are not listed.
fn is_key(dataset: &str, fact: &str) -> bool {
    match dataset {
        // The successors have a table of their own, of which they are part of the key.
        "departments" => matches!(fact, "id" | "successor"),
        "topics" | "plan" => fact == "id",
        "policies" => matches!(fact, "department" | "fiscal_year" | "draft"),
        "measures" => matches!(fact, "id" | "fiscal_year" | "draft"),
        "indicators" => matches!(fact, "measure" | "indicator" | "fiscal_year"),
        "plan-indicators" => matches!(fact, "plan" | "indicator" | "fiscal_year"),
        "budgets" => matches!(fact, "measure" | "fiscal_year" | "source" | "category"),
        _ => false,
    }
}

/// Collects the facts of one owner.
struct FactCollector<'s> {
    site: &'s Site,
    found: Vec<FactSource<'s>>,
}

impl<'s> FactCollector<'s> {
    /// Adds the facts of one record that satisfy `is_said`. A row that was divided because a later
    /// sheet repeats a part of it has each fact only once.
    fn add(
        &mut self,
        dataset: &'static str,
        of: Option<Of>,
        within: impl FnOnce() -> Vec<String>,
        provenance: &'s Provenance,
        is_said: impl Fn(&str) -> bool,
    ) {
        if !self.site.config.publishes_sources {
            return;
        }
        let first = self.found.len();
        let within: Arc<[String]> = within().into();
        for at in provenance.facts() {
            if is_key(dataset, &at.kind.fact) || !is_said(&at.kind.fact) {
                continue;
            }
            let found = self.found_at(dataset, of, &within, at);
            // Nearly all differ in the name, so it is compared first.
            let is_same = |other: &FactSource<'_>| {
                (&other.fact, &other.dataset, &other.within)
                    == (&found.fact, &found.dataset, &found.within)
            };
            // Rows with the same key are adjacent.
            let rows = self.found[..first]
                .iter()
                .rev()
                .take_while(|other| other.dataset == found.dataset && other.within == found.within);
            if !rows.chain(&self.found[first..]).any(is_same) {
                self.found.push(found);
            }
        }
    }

    /// Adds the facts of the rows of `indicators`, which are in `dataset`.
    fn add_indicators(&mut self, dataset: &'static str, indicators: &'s [IndicatorEntry]) {
        for entry in indicators {
            for (later, row) in entry.years.iter().rev().enumerate() {
                let within = || vec![row.indicator.to_string(), row.fiscal_year.to_string()];
                // What describes the indicator as a whole is taken from its newest row.
                let is_said =
                    |fact: &str| (later == 0 || !is_of_indicator(fact)) && has_figure(row, fact);
                self.add(dataset, Some(Of::Indicator), within, &row.provenance, is_said);
            }
        }
    }

    /// The fact at `at` of a record of `dataset`, with the dataset that holds it, its column there,
    /// and its name in JSON.
    fn found_at(
        &self,
        dataset: &'static str,
        of: Option<Of>,
        within: &Arc<[String]>,
        at: &'s SourcedFact,
    ) -> FactSource<'s> {
        let fact: &'s str = &at.kind.fact;
        let found = |dataset: Cow<'s, str>, fact: Cow<'s, str>, is_field, name| FactSource {
            of,
            dataset,
            within: within.clone(),
            fact,
            is_field,
            name,
            at,
        };
        let is_column = |field: &Field| field.columns.iter().any(|column| column.name == fact);
        let mut fields = of.into_iter().flat_map(|of| self.site.fields.of(of));
        if let Some((_, field)) = fields.find(|(_, field)| is_column(field)) {
            // Names of published columns have no hyphen.
            let name: Cow<'s, str> = match fact.contains('-') {
                true => fact.replace('-', "_").into(),
                false => fact.into(),
            };
            let home = match field.kind {
                FieldType::List => list_id(field, dataset).into(),
                _ => dataset.into(),
            };
            return found(home, name.clone(), true, name);
        }
        let renamed = RENAMED.iter().find(|renamed| (renamed.0, renamed.1) == (dataset, fact));
        let (column, name) = renamed.map_or((fact, fact), |renamed| (renamed.2, renamed.3));
        found(dataset.into(), column.into(), false, name.into())
    }
}

/// Does `fact` describe an indicator as a whole, rather than one year?
fn is_of_indicator(fact: &str) -> bool {
    matches!(fact, "name" | "name_en" | "unit" | "kind" | "better")
        || IndicatorAbout::NAMES.contains(&fact)
}

/// Does `row` have the figure `fact`? A divided row has only some figures. True for anything that
/// is no figure.
fn has_figure(row: &IndicatorYear, fact: &str) -> bool {
    match fact {
        "baseline" => row.baseline.is_some(),
        "target" => row.target.is_some(),
        "actual" => row.actual.is_some(),
        _ => true,
    }
}

fn has_amount(row: &Budget, fact: &str) -> bool {
    match fact {
        "budget" => row.budget.is_some(),
        "settled" => row.settled.is_some(),
        _ => true,
    }
}

fn key_of_budget(row: &Budget) -> Vec<String> {
    let parts = [row.source.clone(), row.category.clone()].map(Option::unwrap_or_default);
    [row.fiscal_year.to_string()].into_iter().chain(parts).collect()
}
