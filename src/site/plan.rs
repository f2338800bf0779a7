//! The **plan** gives every output path one owner; a second claimant of a path is reported with the
//! first.
//!
//! Not in here: the contents of the files.

mod files;
mod page;
mod pages;

pub use page::{Page, PageKind};

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Dataset;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::text::Language;

use super::{Site, file_paths, is_built_in};

/// The pages of the site, and the owners of all paths.
#[derive(Clone, Debug, Default)]
pub struct SitePlan {
    /// The pages, in the order of their paths within each language.
    pub pages: Vec<Page>,
    /// Do pages have twins in Markdown?
    has_twins: bool,
    /// Pages that have no path, because something else has it.
    refused: BTreeSet<String>,
    claims: BTreeMap<String, Claimant>,
}

/// The owner of a path: the place of the content that it belongs to, or `None` for the product
/// itself.
type Claimant = Option<Place>;

impl SitePlan {
    /// Gives `path` to `claimant` and returns true. If the path is taken or in a reserved folder,
    /// reports an error that names both claimants and returns false. Case is ignored.
    pub fn claim(
        &mut self,
        path: &str,
        claimant: &Claimant,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        // Some file systems do not distinguish `A` and `a`.
        let key = path.to_lowercase();
        let folder = RESERVED_FOLDERS.iter().find(|folder| key.starts_with(**folder));
        let first = if folder.is_some() { Some(&None) } else { self.claims.get(&key) };
        if let Some(first) = first {
            diagnostics.push(conflict(path, claimant.as_ref(), first.as_ref()));
            return false;
        }
        self.claims.insert(key, claimant.clone());
        true
    }

    /// Does anything own `path`?
    pub fn has(&self, path: &str) -> bool {
        self.claims.contains_key(&path.to_lowercase())
    }

    /// Plans the page `kind` at `key`, in `language`.
    pub fn add_page(
        &mut self,
        key: &str,
        kind: PageKind,
        language: Language,
        own_language: Language,
        claimant: &Claimant,
        diagnostics: &mut Diagnostics,
    ) {
        let path = file_paths::localized(key, language, own_language);
        // A conflict is reported once, not in each language.
        if language != own_language && self.refused.contains(key) {
            return;
        }
        let twin = (self.has_twins && kind.has_twin()).then(|| file_paths::twin(&path));
        let claimed = self.claim(&path, claimant, diagnostics)
            && twin.is_none_or(|twin| self.claim(&twin, claimant, diagnostics));
        if !claimed {
            self.refused.insert(key.to_owned());
        } else {
            self.pages.push(Page { path, key: key.to_owned(), language, kind });
        }
    }

    /// The pages that search engines should know.
    pub fn listed_pages(&self) -> impl Iterator<Item = &Page> {
        let hidden =
            |kind| matches!(kind, PageKind::NotFound | PageKind::Redirect(_) | PageKind::Embed(_));
        self.pages.iter().filter(move |page| !hidden(page.kind))
    }

    /// The number of files of the sitemap beside its index; 0 where one file can hold all pages.
    pub fn sitemap_parts(&self) -> usize {
        match self.listed_pages().count() {
            0..=ADDRESSES_IN_A_SITEMAP => 0,
            pages => pages.div_ceil(ADDRESSES_IN_A_SITEMAP),
        }
    }
}

/// Addresses in one sitemap file: the limit of the protocol (sitemaps.org).
pub const ADDRESSES_IN_A_SITEMAP: usize = 50_000;

/// The error that `path` is claimed by `second` but taken by `first`; `None` is the product itself.
/// It points to the second claimant, and names the first as related.
fn conflict(path: &str, second: Option<&Place>, first: Option<&Place>) -> Diagnostic {
    let place = second.or(first).cloned().unwrap_or_else(|| Place::file("content"));
    let problem = Diagnostic::new(
        &diagnostic::SITE_PATH_CONFLICT,
        place,
        message!(
            ja: "公開先のパス「{path}」はすでに使われています",
            en: "the output path `{path}` is already taken",
        ),
    );
    match second.and(first) {
        Some(first) => problem
            .with_help(message!(
                ja: "どちらかのIDかファイル名を変更してください",
                en: "change one of the two ids or file names",
            ))
            .with_related(first.clone(), message!(ja: "先に使っているもの", en: "first used by")),
        None => problem.with_help(message!(
            ja: "このパスは、Kawarabanが作成するファイルに使われます。IDかファイル名を変更してください",
            en: "Kawaraban writes a file of its own to this path; change the id or the file name",
        )),
    }
}

/// Plans every page and file of `site`, in each of its languages. Reports paths that are claimed
/// twice.
pub(super) fn plan(site: &Site, diagnostics: &mut Diagnostics) -> SitePlan {
    let mut plan = SitePlan { has_twins: site.config.has_twins, ..SitePlan::default() };
    for (path, claimant) in files::of_every_language(site) {
        plan.claim(&path, &claimant, diagnostics);
    }
    let own = site.config.own_language();
    for &language in &site.config.languages {
        for (path, claimant) in files::of_language(site, language) {
            plan.claim(&path, &claimant, diagnostics);
        }
        for (kind, claimant) in pages::of_language(site, language) {
            plan.add_page(&kind.key(site), kind, language, own, &claimant, diagnostics);
        }
    }
    for number in 1..=plan.sitemap_parts() {
        plan.claim(&file_paths::sitemap_part(number), &None, diagnostics);
    }
    for file in &site.static_files {
        plan.claim(&file.path, &Some(Place::file(file.source.clone())), diagnostics);
    }
    if let (Some(path), Some(host)) = (site.settings_path(), &site.config.host) {
        plan.claim(path, &at(&host.place), diagnostics);
    }
    plan
}

/// The datasets that have paths, with their indices. A dataset with the id of a built-in one is
/// left out; `check` reports it.
fn datasets(site: &Site) -> impl Iterator<Item = (usize, &Dataset)> {
    let own_id = |id: &str| !is_built_in(site, id);
    let all = site.datasets.iter().enumerate();
    all.filter(move |(_, dataset)| dataset.built_in || own_id(dataset.id.as_str()))
}

/// The owner of the paths of `dataset`.
fn claimant_of(dataset: &Dataset) -> Claimant {
    if dataset.built_in { None } else { at(&dataset.place) }
}

/// The content at `place`, as an owner.
fn at(place: &Place) -> Claimant {
    Some(place.clone())
}

/// Folders in which the city's content cannot have paths.
const RESERVED_FOLDERS: [&str; 4] =
    [file_paths::SEARCH, file_paths::ASSETS, file_paths::SCHEMAS, file_paths::TABLES];
