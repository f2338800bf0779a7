//! `list`: what of the content is not public on a day, and why: drafts, what is not due yet, what
//! has expired.

use serde_json::json;

use crate::config::{PublicState, Withheld};
use crate::pipeline::{self, BuildOptions};
use crate::report::ReportFormat;
use crate::text::Language;

use super::arguments::{ListArguments, ListFormat, ListedState};
use super::commands::{failure, selection};
use super::{CommandOutcome, say, style};

/// `kawaraban list`: prints a line for each part of the content in the requested state, the
/// earliest date first. Content with errors is listed as far as it can be read.
pub(super) fn list(arguments: &ListArguments, language: Language) -> CommandOutcome {
    let style = style(ReportFormat::Human, language);
    let selection = selection(false, arguments.as_of);
    let options = BuildOptions { selection, without_files: true, ..BuildOptions::default() };
    let assembled = pipeline::assemble(&arguments.root, &options);
    let mut found: Vec<&Withheld> =
        assembled.withheld.iter().filter(|withheld| is_in(withheld, arguments.state)).collect();
    found.sort_by(|a, b| (a.state, a.kind, &a.address).cmp(&(b.state, b.kind, &b.address)));
    for withheld in &found {
        say(match arguments.format {
            ListFormat::Human => line(withheld, style.language),
            ListFormat::Json => object(withheld),
        });
    }
    if found.is_empty() && matches!(arguments.format, ListFormat::Human) {
        say(match style.language {
            Language::Ja => "該当するものはありません",
            Language::En => "there are none",
        });
    }
    if assembled.diagnostics.has_errors() {
        eprintln!(
            "{}",
            match style.language {
                Language::Ja =>
                    "内容にエラーがあるため、すべてではない可能性があります。「kawaraban check」で確認してください",
                Language::En =>
                    "the content has errors, so this list may be incomplete; see `kawaraban check`",
            }
        );
        return failure(&assembled.sources);
    }
    CommandOutcome::Fine
}

fn is_in(withheld: &Withheld, wanted: ListedState) -> bool {
    match withheld.state {
        PublicState::Public => false,
        PublicState::Draft => wanted == ListedState::Drafts,
        PublicState::NotDue(_) => wanted == ListedState::Due,
        PublicState::Expired(_) => wanted == ListedState::Expired,
    }
}

/// The date, the kind, the address, the title with the year, and the file.
fn line(withheld: &Withheld, language: Language) -> String {
    let (ja, en) = withheld.kind.name();
    let date = match withheld.state {
        PublicState::NotDue(day) | PublicState::Expired(day) => format!("{day}  "),
        PublicState::Public | PublicState::Draft => String::new(),
    };
    let (address, title) = (&withheld.address, withheld.title.get(language));
    let file = withheld.place.path();
    match language {
        Language::Ja => {
            let year =
                withheld.fiscal_year.map(|year| format!("（{year}年度）")).unwrap_or_default();
            format!("{date}{ja}  {address}  {title}{year}  {file}")
        }
        Language::En => {
            let year = withheld.fiscal_year.map(|year| format!(" ({year})")).unwrap_or_default();
            format!("{date}{en}  {address}  {title}{year}  {file}")
        }
    }
}

/// The same as a JSON object on one line.
fn object(withheld: &Withheld) -> String {
    let (state, date) = match withheld.state {
        PublicState::Public => ("public", None),
        PublicState::Draft => ("draft", None),
        PublicState::NotDue(day) => ("due", Some(day.to_string())),
        PublicState::Expired(day) => ("expired", Some(day.to_string())),
    };
    json!({
        "kind": withheld.kind.name().1,
        "address": withheld.address,
        "title": withheld.title.own,
        "state": state,
        "date": date,
        "fiscal_year": withheld.fiscal_year.map(|year| year.year()),
        "department": withheld.department.as_ref().map(|id| id.as_str()),
        "file": withheld.place.path(),
    })
    .to_string()
}
