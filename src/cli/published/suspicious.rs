//! **Suspicious** changes of a published site: those that a slip brings about more often than a
//! decision. A build with one of them must be accepted with `--accept`.
//!
//! - A tenth of the measures, or of the rows of a dataset, would be gone, or a column of a dataset.
//! - Most of the measures that are rated in both would be rated worse.
//! - The newest year has the accounts of the year before: last year's file under this year's name.
//!
//! Few files are read: the manifest, the table of results, and what describes each dataset.
//!
//! Not in here: everything else that changes (`changes`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::config::{PublicState, Withheld};
use crate::dataset::FileFormat;
use crate::diagnostic::{
    self, Code, Diagnostic, Diagnostics, Judgement, Place, RuleVerdict, Severity,
};
use crate::message;
use crate::publish::{self, PublishError};
use crate::site::{MeasureEntry, Site, file_paths};
use crate::text::Language;

use super::tables::published_ids;

/// So many, at least, make a change suspicious: of two measures, one is half.
const FEW: usize = 3;
/// A part of so many that would be gone is suspicious.
const PART: usize = 10;

/// What follows from a suspicious change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing is written: the change is an error.
    Refusal,
    /// A person is asked: the change is a warning, without an advice.
    Question,
    /// A build would refuse it: the change is a warning.
    Warning,
}

/// The suspicious changes that a build of `site` would make to the folder `tree`; none where
/// nothing is published there.
///
/// # Errors
///
/// Where the published folder cannot be read.
pub fn suspicious(
    site: &Site,
    tree: &Path,
    consequence: Consequence,
) -> Result<Diagnostics, PublishError> {
    let Some(listed) = publish::listed(tree)? else { return Ok(Diagnostics::new()) };
    let mut found = Vec::new();
    found.extend(measures_gone(site, &listed));
    found.extend(rated_worse(site, publish::document(tree, &results())?.as_deref()));
    found.extend(accounts_of_the_year_before(site));
    for id in published_ids(&listed) {
        let path = file_paths::manifest_below(&file_paths::table(&id));
        let described = publish::document(tree, &path)?;
        found.extend(
            described.and_then(|described| shrunk(site, &id, &described)).into_iter().flatten(),
        );
    }
    let mut diagnostics = Diagnostics::new();
    let help = message!(
        ja: "内容を確かめてください（「kawaraban diff」で違いを表示します）。このとおりでよい場合は「kawaraban build --accept」で書き出してください",
        en: "check the content (`kawaraban diff` shows what would change); if it is correct, run `kawaraban build --accept`",
    );
    for change in found {
        let asks = consequence == Consequence::Question;
        diagnostics.push(if asks { change } else { change.with_help(help.clone()) });
    }
    if consequence != Consequence::Refusal {
        let mut judgement = Judgement::default();
        for code in CODES {
            judgement.set(code, RuleVerdict::Report(Severity::Warning));
        }
        diagnostics.judge(&judgement);
    }
    Ok(diagnostics)
}

/// The kinds of suspicious changes.
const CODES: [&Code; 3] =
    [&diagnostic::PUBLISHED_GONE, &diagnostic::PUBLISHED_WORSE, &diagnostic::PUBLISHED_LAST_YEAR];

/// The folder of all content: the place of what is no longer in any file.
const CONTENT: &str = "content";

fn results() -> String {
    file_paths::dataset_file("results", FileFormat::Csv)
}

/// Is `gone` of `all` a part that makes one look again?
fn is_much(gone: usize, all: usize) -> bool {
    gone >= FEW && gone * PART >= all
}

fn measures_gone(site: &Site, listed: &[String]) -> Option<Diagnostic> {
    let (before, after) = ("measures/", ".json");
    let ids = listed.iter().filter_map(|path| path.strip_prefix(before)?.strip_suffix(after));
    let published: BTreeSet<&str> = ids.filter(|id| !id.contains('/')).collect();
    let now: BTreeSet<&str> = site.measures.iter().map(|measure| measure.id.as_str()).collect();
    let published: BTreeSet<&str> =
        published.into_iter().filter(|id| !has_expired(site, &format!("measures/{id}"))).collect();
    let (gone, all) = (published.difference(&now).count(), published.len());
    is_much(gone, all).then(|| {
        let said = message!(
            ja: "公開済みの施策{all}件のうち{gone}件がなくなります",
            en: "{gone} of the {all} published measures would be gone",
        );
        Diagnostic::new(&diagnostic::PUBLISHED_GONE, Place::file(CONTENT), said)
    })
}

/// Is what has the `address` gone because its last day has passed? Somebody has planned that.
fn has_expired(site: &Site, address: &str) -> bool {
    let is_it = |withheld: &Withheld| {
        withheld.address == address && matches!(withheld.state, PublicState::Expired(_))
    };
    site.withheld.iter().any(is_it)
}

/// What is suspicious of the dataset `id`, whose published rows and columns `described` tells. What
/// becomes of a table of the product's own is told of the measures.
fn shrunk(site: &Site, id: &str, described: &[u8]) -> Option<Vec<Diagnostic>> {
    let described: Value = serde_json::from_slice(described).ok()?;
    let before = usize::try_from(described["rows"].as_u64()?).ok()?;
    let columns = described["columns"].as_array()?.iter();
    let columns: Vec<&str> = columns.filter_map(|column| column["name"].as_str()).collect();
    let Some(dataset) = site.datasets.iter().find(|dataset| dataset.id.as_str() == id) else {
        // The product's own tables have the addresses of their pages.
        let expected = columns.contains(&"url") && columns.first() == Some(&"localgov_code")
            || has_expired(site, &format!("data/{id}"));
        let gone = message!(
            ja: "公開済みのデータセット「{id}」（{before}行）がなくなります",
            en: "the published dataset `{id}` ({before} rows) would be gone",
        );
        let place = Place::file(format!("{CONTENT}/datasets/{id}"));
        return (!expected)
            .then(|| vec![Diagnostic::new(&diagnostic::PUBLISHED_GONE, place, gone)]);
    };
    if !dataset.is_given() {
        return None;
    }
    let mut found = Vec::new();
    let now = dataset.rows.len();
    if is_much(before.saturating_sub(now), before) {
        found.push(message!(
            ja: "データセット「{id}」の行が、{before}行から{now}行に減ります",
            en: "the dataset `{id}` would have {now} instead of {before} rows",
        ));
    }
    let is_there = |name: &str| dataset.columns.iter().any(|column| column.name == name);
    let gone: Vec<&str> = columns.into_iter().filter(|name| !is_there(name)).collect();
    if !gone.is_empty() {
        let (ja, en) = (gone.join("」「"), gone.join("`, `"));
        found.push(message!(
            ja: "データセット「{id}」から列「{ja}」がなくなります",
            en: "the dataset `{id}` would lose columns: `{en}`",
        ));
    }
    let place = || dataset.place.clone();
    let problem = |said| Diagnostic::new(&diagnostic::PUBLISHED_GONE, place(), said);
    Some(found.into_iter().map(problem).collect())
}

/// Are most of the measures that are graded in `results`, the published table, and now, graded
/// worse?
fn rated_worse(site: &Site, results: Option<&[u8]>) -> Option<Diagnostic> {
    let mut reader = csv::Reader::from_reader(results?);
    let header = reader.headers().ok()?.clone();
    let column = |name: &str| header.iter().position(|title| title == name);
    let (measure, rating) = (column("measure")?, column("rating")?);
    let published: BTreeMap<String, String> = reader
        .records()
        .filter_map(Result::ok)
        .filter_map(|row| Some((row.get(measure)?.to_owned(), row.get(rating)?.to_owned())))
        .collect();
    let grades = &site.config.ratings.grades;
    let grade = |id: &str| grades.iter().position(|grade| grade.id.as_str() == id);
    let mut all = 0;
    let mut rated_worse: Vec<&MeasureEntry> = Vec::new();
    for measure in &site.measures {
        let before = published.get(measure.id.as_str()).and_then(|rating| grade(rating));
        let now = grade(site.ratings[measure.rating].rating.id.as_str());
        if let (Some(before), Some(now)) = (before, now) {
            all += 1;
            rated_worse.extend((now > before).then_some(measure));
        }
    }
    let worse = rated_worse.len();
    (worse >= FEW && worse * 2 > all).then(|| {
        let said = message!(
            ja: "公開済みの評価のある施策{all}件のうち{worse}件の評価が下がります",
            en: "{worse} of {all} measures with a published rating would be rated worse",
        );
        let place = place_of_result(rated_worse[0]);
        Diagnostic::new(&diagnostic::PUBLISHED_WORSE, place, said)
    })
}

/// Do the results of the newest year say what those of the year before say?
fn accounts_of_the_year_before(site: &Site) -> Option<Diagnostic> {
    let newest = site.years.first()?.fiscal_year;
    let of_year = site.measures.iter().filter(|measure| measure.fiscal_year == newest);
    let mut with_both = 0;
    let mut copied: Vec<&MeasureEntry> = Vec::new();
    for measure in of_year {
        let account = |index: &usize| {
            let other = &site.measures[*index];
            let is_before = other.fiscal_year.year() + 1 == newest.year();
            let account = other.result.as_ref().and_then(|result| result.account.as_ref());
            account.filter(|_| is_before)
        };
        let own = measure.result.as_ref().and_then(|result| result.account.as_ref());
        let earlier = measure.in_other_years.iter().find_map(account);
        if let (Some(own), Some(earlier)) = (own, earlier) {
            with_both += 1;
            copied.extend((own.own == earlier.own).then_some(measure));
        }
    }
    let same = copied.len();
    let year = newest.long(Language::Ja);
    (same >= FEW && same * 2 > with_both).then(|| {
        let said = message!(
            ja: "{year}の実績{with_both}件のうち{same}件が、前年度と同じ文章です。前年度のファイルを使っていませんか",
            en: "{same} of the {with_both} accounts of fiscal year {newest} are those of the year before; is it last year's file?",
        );
        let place = place_of_result(copied[0]);
        Diagnostic::new(&diagnostic::PUBLISHED_LAST_YEAR, place, said)
    })
}

/// The file that the result of `measure` was read from.
fn place_of_result(measure: &MeasureEntry) -> Place {
    let result = measure.result.as_ref().map(|result| &result.provenance);
    let first = result.and_then(|provenance| provenance.facts().first());
    first.map_or(Place::file(CONTENT), |fact| Place::file(fact.kind.file.clone()))
}
