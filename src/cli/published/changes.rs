//! The **changes** that a build would make to a published folder, determined from its manifest and
//! its JSON.
//!
//! Not in here: how they are shown (`told`).

use std::collections::BTreeSet;
use std::path::Path;

use crate::catalog;
use crate::publish::{self, PublishError};
use crate::site::{Site, file_paths};
use crate::text::Language;

use super::records::{self, RecordChanges};
use super::tables::{self, TableChange};

/// The changes that a build would make.
pub(super) struct SiteChanges {
    pub policies: RecordChanges,
    pub measures: RecordChanges,
    pub datasets: Vec<TableChange>,
    /// Pages that would be removed and for which there is no redirect.
    pub pages_gone: Vec<GonePage>,
    /// Number of new pages.
    pub pages_added: usize,
}

/// A page that would be removed.
pub(super) struct GonePage {
    pub path: String,
    /// The path, without extension, of the page that most probably replaces it.
    pub moved_to: Option<String>,
}

impl SiteChanges {
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty()
            && self.measures.is_empty()
            && self.datasets.is_empty()
            && self.pages_gone.is_empty()
            && self.pages_added == 0
    }
}

/// The changes that a build of `site` would make to the published folder `tree`; `None` if nothing
/// is published there.
///
/// # Errors
///
/// Returns a [`PublishError`] if the folder cannot be read.
pub(super) fn changes(site: &Site, tree: &Path) -> Result<Option<SiteChanges>, PublishError> {
    let Some(listed) = publish::listed(tree)? else { return Ok(None) };
    let now = catalog::documents(site);
    let is_measure = |path: &str| path.starts_with("measures/");
    let (measures_now, policies_now): (Vec<_>, Vec<_>) =
        now.into_iter().partition(|(path, _)| is_measure(path));
    let before = |folder: &str| publish::documents(tree, folder, ".json");
    let page_exists = |path: &str| site.plan.has(path);
    let measures = records::compare(site, before("measures")?, measures_now);
    let gone = gone(&listed, page_exists).into_iter().map(|path| {
        let moved_to = measures.moved().find_map(|(from, to)| {
            let without_ending = |id: &str| format!("measures/{id}");
            (path == file_paths::measure_page(from)).then(|| without_ending(to))
        });
        GonePage { path, moved_to }
    });
    Ok(Some(SiteChanges {
        policies: records::compare(site, before("policies")?, policies_now),
        pages_gone: gone.collect(),
        measures,
        datasets: tables::compare(site, tree, &listed)?,
        pages_added: {
            let listed: BTreeSet<String> = listed.iter().map(|path| path.to_lowercase()).collect();
            let is_new = |path: &&str| !listed.contains(&path.to_lowercase());
            site.plan.pages.iter().map(|page| page.path.as_str()).filter(is_new).count()
        },
    }))
}

/// The pages in `listed` for which `exists` returns `false`, sorted. A page in several languages is
/// listed once, in the site's own language. Pages of rows count as parts of the page of their
/// dataset and are left out.
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
