//! How the changes are **told**: as text in the terminal, as Markdown for a pull request, and as
//! JSON.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::cli::differences::{counts, page};
use crate::table::shortened;
use crate::text::{Language, counted};

use super::changes::{GonePage, SiteChanges};
use super::records::{FactChange, PublishedRecord, RecordChanges};
use super::tables::{TableChange, TableCounts, What};

/// Maximum number of lines below a heading; the JSON is complete.
const LINES: usize = 50;

/// The kind of a change.
#[derive(Clone, Copy)]
enum Sign {
    Added,
    Gone,
    Changed,
    Renamed,
}

/// A line about one change, with details.
struct ChangeLine {
    sign: Sign,
    text: String,
    details: Vec<String>,
}

/// A heading with the changes below it.
struct ChangeSection {
    heading: &'static str,
    lines: Vec<ChangeLine>,
    /// A message about the number of changes that are not listed.
    more: Option<String>,
    /// What to do about the changes.
    help: Option<String>,
}

/// The changes as text for the terminal: `+` for added, `-` for removed, `~` for changed,
/// `>` for renamed.
pub(super) fn text(changes: &SiteChanges, tree: &Path, language: Language) -> String {
    let path = tree.display();
    if changes.is_empty() {
        return match language {
            Language::Ja => format!("公開済みのサイト（{path}）と違いはありません"),
            Language::En => format!("nothing differs from the published site in {path}"),
        };
    }
    let mut text = match language {
        Language::Ja => format!("公開済みのサイト（{path}）から次のとおり変わります\n"),
        Language::En => format!("Changes against the published site in {path}\n"),
    };
    for part in parts(changes, language) {
        let _ = write!(text, "\n{}\n", part.heading);
        for ChangeLine { sign, text: line, details } in part.lines {
            let sign = match sign {
                Sign::Added => '+',
                Sign::Gone => '-',
                Sign::Changed => '~',
                Sign::Renamed => '>',
            };
            let _ = writeln!(text, "{sign} {line}");
            details.iter().for_each(|detail| {
                let _ = writeln!(text, "    {detail}");
            });
        }
        for line in part.more.into_iter().chain(part.help) {
            let _ = writeln!(text, "  {line}");
        }
    }
    text.push('\n');
    text.push_str(&summary(changes, language));
    text
}

/// The changes as Markdown for a pull request, with the summary first.
pub(super) fn markdown(changes: &SiteChanges, language: Language) -> String {
    let mut text = format!("{}\n", summary(changes, language));
    for part in parts(changes, language) {
        let _ = write!(text, "\n## {}\n\n", part.heading);
        for ChangeLine { sign, text: line, details } in part.lines {
            let sign = match (sign, language) {
                (Sign::Added, Language::Ja) => "追加",
                (Sign::Gone, Language::Ja) => "削除",
                (Sign::Changed, Language::Ja) => "変更",
                (Sign::Renamed, Language::Ja) => "IDの変更",
                (Sign::Added, Language::En) => "added",
                (Sign::Gone, Language::En) => "gone",
                (Sign::Changed, Language::En) => "changed",
                (Sign::Renamed, Language::En) => "renamed",
            };
            let _ = writeln!(text, "- **{sign}** {}", escaped(&line));
            details.iter().for_each(|detail| {
                let _ = writeln!(text, "  - {}", escaped(detail));
            });
        }
        for line in part.more.into_iter().chain(part.help) {
            let _ = write!(text, "\n{}\n", escaped(&line));
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// A page for the browser.
pub(super) fn html(changes: &SiteChanges, language: Language) -> String {
    page(&markdown(changes, language), language)
}

/// A text in which Markdown sees no signs of its own.
fn escaped(text: &str) -> String {
    crate::markdown::escaped(text)
}

/// The changes as a JSON object on one line, with values in full length.
pub(super) fn json(changes: &SiteChanges) -> String {
    let records = |records: &RecordChanges| {
        let ids = |records: &[PublishedRecord]| -> Vec<String> {
            records.iter().map(|record| record.id.clone()).collect()
        };
        let facts = |facts: &[FactChange]| -> Vec<Value> {
            let told = |fact: &FactChange| json!({ "fact": fact.way, "before": fact.before, "after": fact.after });
            facts.iter().map(told).collect()
        };
        let changed = records.changed.iter();
        let changed =
            changed.map(|(record, changes)| json!({ "id": record.id, "facts": facts(changes) }));
        let renamed = records.renamed.iter().map(|(from, record, changes)| {
            json!({ "from": from, "to": record.id, "facts": facts(changes) })
        });
        json!({
            "added": ids(&records.added),
            "gone": ids(&records.gone),
            "changed": changed.collect::<Vec<_>>(),
            "renamed": renamed.collect::<Vec<_>>(),
        })
    };
    let datasets = changes.datasets.iter().map(|change| match &change.what {
        What::Added => json!({ "id": change.id, "change": "added" }),
        What::Gone => json!({ "id": change.id, "change": "gone" }),
        What::Changed(counts) => json!({
            "id": change.id,
            "change": "changed",
            "rows_added": counts.rows_added,
            "rows_gone": counts.rows_gone,
            "rows_changed": counts.rows_changed,
            "columns_added": counts.columns_added,
            "columns_gone": counts.columns_gone,
        }),
    });
    let datasets: Vec<Value> = datasets.collect();
    let gone = changes.pages_gone.iter();
    let pages_gone: Vec<Value> =
        gone.map(|page| json!({ "path": page.path, "moved_to": page.moved_to })).collect();
    json!({
        "policies": records(&changes.policies),
        "measures": records(&changes.measures),
        "datasets": datasets,
        "pages_added": changes.pages_added,
        "pages_gone": pages_gone,
    })
    .to_string()
}

/// The sections in their order: policies, measures, datasets, removed pages. Empty ones are left
/// out, and long ones are cut to [`LINES`] lines.
fn parts(changes: &SiteChanges, language: Language) -> Vec<ChangeSection> {
    let heading = |ja: &'static str, en: &'static str| match language {
        Language::Ja => ja,
        Language::En => en,
    };
    let part = |heading, lines| ChangeSection { heading, lines, more: None, help: None };
    let mut parts = vec![
        part(heading("運営方針", "Policies"), record_lines(&changes.policies, language)),
        part(heading("施策", "Measures"), record_lines(&changes.measures, language)),
        part(heading("データセット", "Datasets"), dataset_lines(changes, language)),
    ];
    let gone = |page: &GonePage| ChangeLine {
        sign: Sign::Gone,
        text: page.path.clone(),
        details: moved(page, language),
    };
    let pages: Vec<ChangeLine> = changes.pages_gone.iter().map(gone).collect();
    parts.push(ChangeSection {
        heading: heading("なくなるページ", "Pages that would be gone"),
        lines: pages,
        more: None,
        help: redirect(&changes.pages_gone, language),
    });
    parts.retain(|part| !part.lines.is_empty());
    parts.iter_mut().for_each(|part| part.cut(language));
    parts
}

impl ChangeSection {
    /// Cuts the lines to [`LINES`], and states how many more there are.
    fn cut(&mut self, language: Language) {
        let more = self.lines.len().saturating_sub(LINES);
        if more == 0 {
            return;
        }
        self.lines.truncate(LINES);
        self.more = Some(match language {
            Language::Ja => format!("ほか{more}件（「--format json」ですべて表示されます）"),
            Language::En => format!("{more} more; `--format json` has all"),
        });
    }
}

/// A detail that names the page that most probably replaces `page`; empty if there is none.
fn moved(page: &GonePage, language: Language) -> Vec<String> {
    let told = page.moved_to.iter().map(|to| match language {
        Language::Ja => format!("移動先とみられるページ：{to}"),
        Language::En => format!("probably moved to {to}"),
    });
    told.collect()
}

/// A help that shows how to redirect removed pages, with one of them as an example; `None` if there
/// are none.
fn redirect(pages: &[GonePage], language: Language) -> Option<String> {
    let page = pages.iter().find(|page| page.moved_to.is_some()).or(pages.first())?;
    let from = page.path.strip_suffix(".html")?;
    Some(match language {
        Language::Ja => {
            let to = page.moved_to.as_deref().unwrap_or("移動先");
            format!(
                "ほかのサイトからのリンクが切れます。移動先があるページは、「content/redirects.csv」に「{from},{to}」のような行を加えてください"
            )
        }
        Language::En => {
            let to = page.moved_to.as_deref().unwrap_or("new-path");
            format!(
                "links of other sites to them would break; where a page has moved, add a row such as `{from},{to}` to `content/redirects.csv`"
            )
        }
    })
}

fn record_lines(records: &RecordChanges, language: Language) -> Vec<ChangeLine> {
    let plain = |sign: Sign| {
        move |record: &PublishedRecord| ChangeLine {
            sign,
            text: record.named(language),
            details: Vec::new(),
        }
    };
    let details = |facts: &[FactChange]| -> Vec<String> {
        facts.iter().map(|fact| fact_line(fact, language)).collect()
    };
    let renamed = records.renamed.iter().map(|(from, record, facts)| ChangeLine {
        sign: Sign::Renamed,
        text: format!("{from} → {}", record.named(language)),
        details: details(facts),
    });
    let changed = records.changed.iter().map(|(record, facts)| ChangeLine {
        sign: Sign::Changed,
        text: record.named(language),
        details: details(facts),
    });
    let added = records.added.iter().map(plain(Sign::Added));
    let gone = records.gone.iter().map(plain(Sign::Gone));
    added.chain(gone).chain(renamed).chain(changed).collect()
}

fn fact_line(fact: &FactChange, language: Language) -> String {
    let FactChange { name: [ja, en], before, after, .. } = fact;
    let value = |value: &Option<String>| value.as_deref().map(shortened);
    match (language, value(before), value(after)) {
        (Language::Ja, Some(before), Some(after)) => format!("{ja}：「{before}」→「{after}」"),
        (Language::Ja, Some(before), None) => format!("{ja}：「{before}」→（空欄）"),
        (Language::Ja, None, after) => format!("{ja}：（空欄）→「{}」", after.unwrap_or_default()),
        (Language::En, Some(before), Some(after)) => format!("{en}: “{before}” → “{after}”"),
        (Language::En, Some(before), None) => format!("{en}: “{before}” → blank"),
        (Language::En, None, after) => format!("{en}: blank → “{}”", after.unwrap_or_default()),
    }
}

fn dataset_lines(changes: &SiteChanges, language: Language) -> Vec<ChangeLine> {
    let line = |change: &TableChange| {
        let (sign, details) = match &change.what {
            What::Added => (Sign::Added, Vec::new()),
            What::Gone => (Sign::Gone, Vec::new()),
            What::Changed(counts) => (Sign::Changed, counts_told(counts, language)),
        };
        ChangeLine { sign, text: change.id.clone(), details }
    };
    changes.datasets.iter().map(line).collect()
}

/// Details on a changed table: a line with the numbers of rows, and lines with the added and the
/// removed columns. Empty lines are left out.
fn counts_told(changed: &TableCounts, language: Language) -> Vec<String> {
    let TableCounts { rows_added, rows_gone, rows_changed, columns_added, columns_gone } = changed;
    let mut told = Vec::new();
    if rows_added + rows_gone + rows_changed > 0 {
        let rows = counts(*rows_added, *rows_gone, *rows_changed, language);
        told.push(match language {
            Language::Ja => rows,
            Language::En => format!("rows: {rows}"),
        });
    }
    let mut columns = |ja: &str, en: &str, names: &[String]| {
        if !names.is_empty() {
            told.push(match language {
                Language::Ja => format!("{ja}：{}", names.join("、")),
                Language::En => format!("{en}: {}", names.join(", ")),
            });
        }
    };
    columns("追加される列", "new columns", columns_added);
    columns("なくなる列", "columns gone", columns_gone);
    told
}

/// The numbers of all changes, on one line.
fn summary(changes: &SiteChanges, language: Language) -> String {
    let of = |records: &RecordChanges| {
        let numbers = (records.added.len(), records.gone.len(), records.changed.len());
        (numbers, records.renamed.len())
    };
    let datasets = changes.datasets.len();
    let (policies, measures) = (of(&changes.policies), of(&changes.measures));
    let (added, gone) = (changes.pages_added, changes.pages_gone.len());
    let told = |((added, gone, changed), renamed)| match (language, renamed) {
        (Language::Ja, 0) => format!("追加{added}件、削除{gone}件、変更{changed}件"),
        (Language::Ja, _) => {
            format!("追加{added}件、削除{gone}件、変更{changed}件、IDの変更{renamed}件")
        }
        (Language::En, 0) => format!("{added} added, {gone} gone, {changed} changed"),
        (Language::En, _) => {
            format!("{added} added, {gone} gone, {changed} changed, {renamed} renamed")
        }
    };
    match language {
        Language::Ja => format!(
            "運営方針：{}。施策：{}。データセット：{datasets}件。ページ：追加{added}件、なくなるもの{gone}件",
            told(policies),
            told(measures),
        ),
        Language::En => format!(
            "policies: {}; measures: {}; {} changed; pages: {added} new, {gone} gone",
            told(policies),
            told(measures),
            counted(datasets, "dataset"),
        ),
    }
}
