//! `record`: writes the addresses of the pages that a build publishes into the **registry**,
//! `content/addresses.csv`, so that none of them vanishes unnoticed later.
//!
//! Not in here: checking them (`check`).

use std::collections::BTreeMap;

use crate::message;
use crate::pipeline::{self, Assembled, BuildOptions};
use crate::policy::ADDRESSES;
use crate::publish;
use crate::report::{self, ReportFormat};
use crate::site::{PageKind, Site};
use crate::table;
use crate::text::Language;

use super::arguments::RecordArguments;
use super::clock::today;
use super::commands::{failure, refuse, selection, show};
use super::{CommandOutcome, say, style};

/// `kawaraban record`: adds the addresses of the site that are not recorded yet. None is ever
/// removed. Refused where the registry is no CSV file.
pub(super) fn record(arguments: &RecordArguments, language: Language) -> CommandOutcome {
    let style = style(ReportFormat::Human, language);
    let selection = selection(false, arguments.as_of);
    let options = BuildOptions { selection, without_files: true, ..BuildOptions::default() };
    let Assembled { sources, site, diagnostics, .. } =
        pipeline::assemble(&arguments.root, &options);
    let Some((site, _)) = site else {
        show(&report::render(diagnostics, &sources, style), style.format);
        return failure(&sources);
    };
    if let Some(other) =
        table::single(&sources, "addresses").filter(|file| *file.path != *ADDRESSES.path)
    {
        let path = &other.path;
        return refuse(
            language,
            &message!(ja: "「{path}」には書き込めません", en: "`{path}` cannot be written to"),
            Some(&message!(
                ja: "「content/addresses.csv」としてCSV形式で保存し直してください",
                en: "save it as the CSV file `content/addresses.csv`",
            )),
        );
    }
    let (rows, added) = rows(&site);
    if added > 0 {
        let text = written(rows);
        if let Err(error) = publish::put(&arguments.root.join(ADDRESSES.path), text.as_bytes()) {
            return refuse(language, &error.message(), Some(&error.help()));
        }
    }
    let path = ADDRESSES.path;
    say(match (language, added) {
        (Language::Ja, 0) => {
            format!("「{path}」に記録するアドレスはありません（すべて記録済みです）")
        }
        (Language::En, 0) => format!("every address is in {path} already"),
        (Language::Ja, _) => {
            format!(
                "「{path}」にアドレスを{added}件記録しました。ほかの内容と一緒にコミットしてください"
            )
        }
        (Language::En, _) => {
            let addresses =
                if added == 1 { "1 address".to_owned() } else { format!("{added} addresses") };
            format!("{addresses} recorded in {path}; commit it with the content")
        }
    });
    CommandOutcome::Fine
}

/// The rows of the registry by address, with title and date, those of before included; and how many
/// are new.
fn rows(site: &Site) -> (BTreeMap<String, [String; 2]>, usize) {
    let mut rows: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for known in &site.addresses {
        let date = known.date.map(|date| date.to_string()).unwrap_or_default();
        let title = known.title.clone().unwrap_or_default();
        rows.entry(known.address.value.clone()).or_insert([title, date]);
    }
    let before = rows.len();
    let today = today();
    let own = site.config.own_language();
    for page in site.plan.pages.iter().filter(|page| page.language == own) {
        let Some(title) = title(site, page.kind) else { continue };
        let address = page.key.strip_suffix(".html").unwrap_or(&page.key).to_owned();
        rows.entry(address).or_insert_with(|| [title, today.clone()]);
    }
    let added = rows.len() - before;
    (rows, added)
}

/// The title of a page that the content makes; `None` for pages that every site has, for parts of
/// other pages, and for the announcements of what has moved or was removed.
fn title(site: &Site, kind: PageKind) -> Option<String> {
    Some(match kind {
        PageKind::Measure(index) => site.measures[index].title.own.clone(),
        PageKind::Policy(index) => {
            let policy = &site.policies[index];
            let department = &site.departments[policy.department].department.name.own;
            format!("{department} {}", policy.fiscal_year)
        }
        PageKind::Department(index) => site.departments[index].department.name.own.clone(),
        PageKind::Node(index) => site.nodes[index].node.title.own.clone(),
        PageKind::Topic(index) => site.topics[index].topic.name.own.clone(),
        PageKind::Rating(index) => site.ratings[index].rating.label.own.clone(),
        PageKind::Year(index) => site.years[index].fiscal_year.to_string(),
        PageKind::Dataset(index) => site.datasets[index].title.own.clone(),
        PageKind::Version { dataset, number } => {
            site.datasets[dataset].state(number).version.as_ref()?;
            site.datasets[dataset].title.own.clone()
        }
        PageKind::Free(index) => site.pages[index].title.clone(),
        _ => return None,
    })
}

/// The registry as CSV, with a byte order mark, by which Excel knows its encoding.
fn written(rows: BTreeMap<String, [String; 2]>) -> String {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let header = ADDRESSES.columns.iter().map(|column| column.title);
    let rows = rows.iter().map(|(address, [title, date])| [address, title, date]);
    let _in_memory = writer.write_record(header);
    for row in rows {
        let _in_memory = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{FEFF}{}", String::from_utf8(bytes).unwrap_or_default())
}
