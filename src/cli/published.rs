//! `diff` without a dataset: what a build would change of what is **published**.
//!
//! Not in here: two versions of a dataset (`releases`), and values that no longer match their cells (`sources`).

mod facts;
mod records;
mod tables;
mod told;

use std::collections::BTreeSet;
use std::path::Path;

use crate::config::Drafts;
use crate::message;
use crate::pipeline::{self, Assembled, Options};
use crate::publish::{self, PublishError};
use crate::report;
use crate::site::{Site, file_paths};
use crate::text::Language;

use super::arguments::{DiffArguments, DiffFormat};
use super::commands::{failure, refuse, show};
use super::{Outcome, say, style};

use records::Records;
use tables::TableChange;

/// What a build would change.
struct Changes {
    policies: Records,
    measures: Records,
    datasets: Vec<TableChange>,
    /// Pages that would be gone, and that no redirect takes the place of.
    pages_gone: Vec<GonePage>,
    /// Pages that would be new.
    pages_added: usize,
}

/// A page that would be gone.
struct GonePage {
    path: String,
    /// The page, without ending, that most probably took its place.
    moved_to: Option<String>,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.policies.is_empty()
            && self.measures.is_empty()
            && self.datasets.is_empty()
            && self.pages_gone.is_empty()
            && self.pages_added == 0
    }
}

/// Compares the content with the published folder.
pub(super) fn diff(arguments: &DiffArguments, language: Language) -> Outcome {
    let style = style(arguments.format.into(), language);
    let drafts = if arguments.drafts { Drafts::Included } else { Drafts::LeftOut };
    let options = Options { drafts, ..Options::default() };
    let Assembled { sources, site, diagnostics, .. } =
        pipeline::assemble(&arguments.root, &options);
    let Some((site, _)) = site else {
        show(&report::render(diagnostics, &sources, style), style.format);
        return failure(&sources);
    };
    let tree = arguments.against.clone().unwrap_or_else(|| arguments.root.join("public"));
    let refused = |error: PublishError| refuse(language, &error.message(), Some(&error.help()));
    let listed = match publish::listed(&tree) {
        Ok(Some(listed)) => listed,
        Ok(None) => return nothing_published(&tree, language),
        Err(error) => return refused(error),
    };
    let changes = match changes(&site, &tree, &listed) {
        Ok(changes) => changes,
        Err(error) => return refused(error),
    };
    say(match arguments.format {
        DiffFormat::Human => told::text(&changes, &tree, language),
        DiffFormat::Markdown => told::markdown(&changes, language),
        DiffFormat::Json => told::json(&changes),
    });
    Outcome::Fine
}

/// Where nothing is published yet, everything is new.
fn nothing_published(tree: &Path, language: Language) -> Outcome {
    let path = tree.display();
    refuse(
        language,
        &message!(
            ja: "「{path}」には公開済みのサイトがないため、比べられません",
            en: "there is no published site in `{path}` to compare with",
        ),
        Some(&message!(
            ja: "公開済みのサイトのフォルダーを「--against」で指定してください。初めて公開する場合は、比べるものがありません",
            en: "name the folder of the published site with `--against`; before the first build there is nothing to compare with",
        )),
    )
}

fn changes(site: &Site, tree: &Path, listed: &[String]) -> Result<Changes, PublishError> {
    let now = crate::catalog::documents(site);
    let is_measure = |path: &str| path.starts_with("measures/");
    let (measures_now, policies_now): (Vec<_>, Vec<_>) =
        now.into_iter().partition(|(path, _)| is_measure(path));
    let before = |folder: &str| publish::documents(tree, folder, ".json");
    let page_exists = |path: &str| site.plan.has(path);
    let measures = records::compare(site, before("measures")?, measures_now);
    let gone = gone(listed, page_exists).into_iter().map(|path| {
        let moved_to = measures.moved().find_map(|(from, to)| {
            let without_ending = |id: &str| format!("measures/{id}");
            (path == file_paths::measure_page(from)).then(|| without_ending(to))
        });
        GonePage { path, moved_to }
    });
    Ok(Changes {
        policies: records::compare(site, before("policies")?, policies_now),
        pages_gone: gone.collect(),
        measures,
        datasets: tables::compare(site, tree, listed)?,
        pages_added: {
            let listed: BTreeSet<String> = listed.iter().map(|path| path.to_lowercase()).collect();
            let is_new = |path: &&str| !listed.contains(&path.to_lowercase());
            site.plan.pages.iter().map(|page| page.path.as_str()).filter(is_new).count()
        },
    })
}

/// The pages of `listed` that are not there any more; of one in several languages that of the site's own language. Pages of rows
/// are parts of the page of their dataset.
fn gone(listed: &[String], exists: impl Fn(&str) -> bool) -> Vec<String> {
    let is_page = |path: &str| path.ends_with(".html") && !path.contains("/rows/");
    let is_gone = |path: &&String| is_page(path) && !exists(path);
    let gone: BTreeSet<&str> = listed.iter().filter(is_gone).map(String::as_str).collect();
    let is_translation = |path: &&&str| {
        path.split_once('/').is_some_and(|(folder, key)| {
            [Language::Ja, Language::En].iter().any(|language| language.tag() == folder)
                && gone.contains(key)
        })
    };
    gone.iter().filter(|path| !is_translation(path)).map(|path| (*path).to_owned()).collect()
}
