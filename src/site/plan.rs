//! The **plan** gives every output path to one claimant; a second claimant is remembered and both
//! are named.
//!
//! Not in here: what the files hold.

mod files;
mod page;
mod pages;

pub use page::{Page, PageKind};

use std::collections::BTreeMap;

use crate::dataset::Dataset;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::text::Language;

use super::{Site, file_paths, is_built_in};

/// Which page stands at which path, and who claims every other path.
#[derive(Clone, Debug, Default)]
pub struct SitePlan {
    /// The pages, in the order of their paths within each language.
    pub pages: Vec<Page>,
    claims: BTreeMap<String, Claimant>,
}

/// Who a path belongs to: the content written at a place, or the product itself.
type Claimant = Option<Place>;

impl SitePlan {
    /// Gives `path` to `claimant`; a second claimant is an error that names both. Returns whether
    /// the path was free.
    pub fn claim(
        &mut self,
        path: &str,
        claimant: &Claimant,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        // Some file systems take `A` and `a` for one file: so do we.
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

    /// Will something be written to `path`?
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
        if self.claim(&path, claimant, diagnostics) {
            self.pages.push(Page { path, key: key.to_owned(), language, kind });
        }
    }

    /// The pages that search engines should know.
    pub fn listed_pages(&self) -> impl Iterator<Item = &Page> {
        let hidden = |kind| matches!(kind, PageKind::NotFound | PageKind::Redirect(_));
        self.pages.iter().filter(move |page| !hidden(page.kind))
    }

    /// How many files the sitemap has beside its index; 0 where one file has room for every page.
    pub fn sitemap_parts(&self) -> usize {
        match self.listed_pages().count() {
            0..=ADDRESSES_IN_A_SITEMAP => 0,
            pages => pages.div_ceil(ADDRESSES_IN_A_SITEMAP),
        }
    }
}

/// Addresses in one sitemap file: the limit of the protocol (sitemaps.org).
pub const ADDRESSES_IN_A_SITEMAP: usize = 50_000;

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

/// Plans every page and file of `site`, in each of its languages.
pub(super) fn plan(site: &Site, diagnostics: &mut Diagnostics) -> SitePlan {
    let mut plan = SitePlan::default();
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
    plan
}

/// The datasets that have paths, by index. One that has taken a reserved id is reported by `check`,
/// once.
fn datasets(site: &Site) -> impl Iterator<Item = (usize, &Dataset)> {
    let own_id = |id: &str| !is_built_in(site, id);
    let all = site.datasets.iter().enumerate();
    all.filter(move |(_, dataset)| dataset.built_in || own_id(dataset.id.as_str()))
}

/// Whose the paths of `dataset` are.
fn claimant_of(dataset: &Dataset) -> Claimant {
    if dataset.built_in { None } else { at(&dataset.place) }
}

/// What is written at `place`, as a claimant.
fn at(place: &Place) -> Claimant {
    Some(place.clone())
}

/// Folders that hold nothing of the clerk's.
const RESERVED_FOLDERS: [&str; 4] =
    [file_paths::SEARCH, file_paths::ASSETS, file_paths::SCHEMAS, file_paths::TABLES];
