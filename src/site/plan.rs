//! The **plan** gives every output path to one claimant; a second claimant is remembered and both
//! are named.
//!
//! Not in here: what the files hold.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, Format};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::text::Language;

use super::{BUILT_IN_DATASETS, FreePage, IndicatorHistory, Site, file_paths};

/// One HTML page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Output path: `measures/x.html`, `en/measures/x.html`.
    pub path: String,
    /// The same without the language's folder: what the page is called in every language.
    pub key: String,
    /// Language of its words.
    pub language: Language,
    /// What it shows.
    pub kind: PageKind,
}

/// What a page shows; numbers are indices into the lists of [`Site`](super::Site).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKind {
    /// `index.html`
    Home,
    /// `search.html`
    Search,
    /// `404.html`
    NotFound,
    /// `measures/index.html`: all of them.
    Measures,
    /// `measures/<id>.html`
    Measure(usize),
    /// `policies/index.html`
    Policies,
    /// `policies/<year>-<department>.html`
    Policy(usize),
    /// `departments/index.html`
    Departments,
    /// `departments/<id>.html`
    Department(usize),
    /// `topics/index.html`
    Topics,
    /// `topics/<id>.html`
    Topic(usize),
    /// `ratings/index.html`
    Ratings,
    /// `ratings/<id>.html`
    Rating(usize),
    /// `years/index.html`
    Years,
    /// `years/<year>.html`
    Year(usize),
    /// `missed/index.html`: the years, with how many measures missed their goals.
    Missed,
    /// `missed/<year>.html`, `missed/<year>-2.html`: a stretch of a year's measures that missed their goals, the
    /// first is number 1.
    MissedIn(usize, usize),
    /// `compare/index.html`: the pairs of years.
    Comparisons,
    /// `compare/<newer>-<older>.html`: a year, and the one before it.
    Comparison(usize),
    /// `data/index.html`
    Datasets,
    /// `data/<id>.html`
    Dataset(usize),
    /// `data/<id>/rows/<number>.html`: a stretch of a dataset's rows, the first is number 1.
    Rows(usize, usize),
    /// `data/<id>/<version>/index.html`: a state of a dataset, the released versions oldest first, then what stands now.
    State(usize, usize),
    /// `<slug>.html`
    Free(usize),
    /// `accessibility.html`: the policy.
    Accessibility,
    /// `accessibility/<year>.html`: the result of a test.
    AccessibilityResult(usize),
    /// The old address of a page that was renamed or removed.
    Redirect(usize),
}

/// Which page stands at which path, and who claims every other path.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The pages, in the order of their paths within each language.
    pub pages: Vec<Page>,
    claims: BTreeMap<String, Claimant>,
}

/// Who a path belongs to: the content written at a place, or the product itself.
type Claimant = Option<Place>;

impl Plan {
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
}

fn conflict(path: &str, second: Option<&Place>, first: Option<&Place>) -> Diagnostic {
    let place = second.or(first).cloned().unwrap_or_else(|| Place::file("content"));
    let problem = Diagnostic::new(
        &diagnostic::SITE_PATH_CONFLICT,
        place,
        message!(
            ja: "公開先のパス `{path}` はすでに使われている",
            en: "the output path `{path}` is already taken",
        ),
    );
    match second.and(first) {
        Some(first) => problem
            .with_help(message!(
                ja: "どちらかのIDかファイル名を変える",
                en: "change the id or the file name of one of the two",
            ))
            .with_related(first.clone(), message!(ja: "先に使ったもの", en: "the first claimant")),
        None => problem.with_help(message!(
            ja: "このパスにはKawarabanが作るファイルが入る。IDかファイル名を変える",
            en: "Kawaraban puts a file of its own there; change the id or the file name",
        )),
    }
}

/// Plans every page and file of `site`, in each of its languages.
pub(super) fn plan(site: &Site, diagnostics: &mut Diagnostics) -> Plan {
    let mut plan = Plan::default();
    for path in RESERVED {
        plan.claim(path, &None, diagnostics);
    }
    // One that has taken a reserved id is reported by `check`, once.
    let datasets = || {
        let own_id = |id: &str| !BUILT_IN_DATASETS.contains(&id);
        let all = site.datasets.iter().enumerate();
        all.filter(move |(_, dataset)| dataset.built_in || own_id(dataset.id.as_str()))
    };
    let at = |place: &Place| Some(place.clone());
    for (_, dataset) in datasets() {
        let claimant = if dataset.built_in { None } else { at(&dataset.place) };
        let id = dataset.id.as_str();
        let files = Format::of(dataset).map(|format| file_paths::dataset_file(id, format));
        let texts = dataset.is_narrative().then(|| file_paths::text_metadata(dataset));
        for path in files.chain(file_paths::descriptions_of(dataset)).chain(texts) {
            plan.claim(&path, &claimant, diagnostics);
        }
        for version in &dataset.versions {
            let table = &version.table;
            let files = Format::of(table).map(|format| file_paths::file_of(table, format));
            let texts = table.is_narrative().then(|| file_paths::text_metadata(table));
            for path in files.chain(file_paths::descriptions_of(table)).chain(texts) {
                plan.claim(&path, &at(&table.place), diagnostics);
            }
        }
        for step in (0..=dataset.versions.len()).filter_map(|number| dataset.step(number)) {
            plan.claim(&file_paths::changes(step.after), &claimant, diagnostics);
        }
    }
    for measure in &site.measures {
        plan.claim(
            &file_paths::measure_json(measure.id.as_str()),
            &at(&measure.place),
            diagnostics,
        );
    }
    for (index, measure) in site.measures.iter().enumerate() {
        let name = site.history_name(index);
        let by = |history: &IndicatorHistory<'_>| history.published_by == Some(index);
        let mut paths: Vec<String> = (site.indicator_histories(index).iter().filter(|h| by(h)))
            .flat_map(|history| {
                let indicator = history.entry.indicator.as_str();
                [
                    file_paths::indicator_chart(&name, indicator),
                    file_paths::indicator_figures(&name, indicator),
                ]
            })
            .collect();
        if site.speaks_for_history(index) && !site.budget_history(index).is_empty() {
            paths.extend([file_paths::budget_chart(&name), file_paths::budget_figures(&name)]);
        }
        for path in paths {
            plan.claim(&path, &at(&measure.place), diagnostics);
        }
    }
    for policy in &site.policies {
        plan.claim(&file_paths::policy_json(&policy.id), &at(&policy.place), diagnostics);
    }
    for entry in &site.departments {
        let (id, place) = (entry.department.id.as_str(), &entry.department.place);
        plan.claim(&file_paths::department_feed(id), &at(place), diagnostics);
    }
    for entry in &site.topics {
        let (id, place) = (entry.topic.id.as_str(), &entry.topic.place);
        plan.claim(&file_paths::topic_feed(id), &at(place), diagnostics);
    }
    let own = site.config.own_language();
    for &language in &site.config.languages {
        plan.claim(&file_paths::open_search(language, own), &None, diagnostics);
        // Whether or not the machine has their fonts: who may have a path must not hang on that.
        if site.config.pictures.is_some() {
            for measure in &site.measures {
                let key = file_paths::measure_picture(measure.id.as_str());
                let path = file_paths::localized(&key, language, own);
                plan.claim(&path, &at(&measure.place), diagnostics);
            }
        }
        let mut add = |key: &str, kind: PageKind, claimant: Claimant| {
            plan.add_page(key, kind, language, own, &claimant, diagnostics);
        };
        for (key, kind) in FIXED_PAGES {
            add(key, kind, None);
        }
        for (index, measure) in site.measures.iter().enumerate() {
            let key = format!("measures/{}.html", measure.id);
            add(&key, PageKind::Measure(index), at(&measure.place));
        }
        for (index, policy) in site.policies.iter().enumerate() {
            let key = format!("policies/{}.html", policy.id);
            add(&key, PageKind::Policy(index), at(&policy.place));
        }
        for (index, entry) in site.departments.iter().enumerate() {
            let (id, place) = (&entry.department.id, &entry.department.place);
            add(&format!("departments/{id}.html"), PageKind::Department(index), at(place));
        }
        for (index, entry) in site.topics.iter().enumerate() {
            let (id, place) = (&entry.topic.id, &entry.topic.place);
            add(&format!("topics/{id}.html"), PageKind::Topic(index), at(place));
        }
        for (index, entry) in site.ratings.iter().enumerate() {
            add(&format!("ratings/{}.html", entry.rating.id), PageKind::Rating(index), None);
        }
        for (index, year) in site.years.iter().enumerate() {
            add(&format!("years/{}.html", year.fiscal_year), PageKind::Year(index), None);
        }
        if site.can_miss() {
            add("missed/index.html", PageKind::Missed, None);
            for (index, year) in site.years.iter().enumerate() {
                for number in 1..=year.missed.len().div_ceil(MISSED_ON_A_PAGE).max(1) {
                    let key = file_paths::missed(year.fiscal_year, number);
                    add(&key, PageKind::MissedIn(index, number), None);
                }
            }
        }
        if site.years.len() > 1 {
            add("compare/index.html", PageKind::Comparisons, None);
        }
        for (index, pair) in site.years.windows(2).enumerate() {
            let key = file_paths::comparison(pair[0].fiscal_year, pair[1].fiscal_year);
            add(&key, PageKind::Comparison(index), None);
        }
        for (index, dataset) in datasets() {
            let claimant = if dataset.built_in { None } else { at(&dataset.place) };
            let key = file_paths::dataset_page(dataset.id.as_str());
            add(&key, PageKind::Dataset(index), claimant.clone());
            for number in 1..=row_pages(dataset) {
                let key = file_paths::rows(dataset.id.as_str(), number);
                add(&key, PageKind::Rows(index, number), claimant.clone());
            }
            // Where nothing was released there is nothing to tell apart.
            let states = if dataset.versions.is_empty() { 0 } else { dataset.versions.len() + 1 };
            for number in 0..states {
                let state = dataset.state(number);
                let key = file_paths::state_page(state);
                let place =
                    if state.version.is_some() { at(&state.place) } else { claimant.clone() };
                add(&key, PageKind::State(index, number), place);
            }
        }
        for (index, page) in free_pages(site, language) {
            add(&format!("{}.html", page.slug), PageKind::Free(index), at(&page.place));
        }
        if let Some(known) = &site.accessibility {
            add(file_paths::ACCESSIBILITY, PageKind::Accessibility, at(&known.place));
            for (index, result) in known.results.iter().enumerate() {
                let key = file_paths::accessibility_result(result.fiscal_year);
                add(&key, PageKind::AccessibilityResult(index), at(&result.place));
            }
        }
        for (index, redirect) in site.redirects.iter().enumerate() {
            add(&format!("{}.html", redirect.from), PageKind::Redirect(index), at(&redirect.place));
        }
    }
    for file in &site.static_files {
        plan.claim(&file.path, &Some(Place::file(file.source.clone())), diagnostics);
    }
    plan
}

/// Measures that missed their goals on one page.
pub const MISSED_ON_A_PAGE: usize = 200;

/// Rows on one page.
pub const ROWS_ON_A_PAGE: usize = 100;

/// At most so many rows of a dataset have a place on a page; who wants more takes a file.
pub const ROWS_ON_PAGES: usize = 10_000;

/// How many pages show the rows of `dataset`. The built-in ones have none: what they tell stands on the
/// pages of measures and policies.
pub fn row_pages(dataset: &Dataset) -> usize {
    let rows = if dataset.built_in { 0 } else { dataset.rows.len().min(ROWS_ON_PAGES) };
    rows.div_ceil(ROWS_ON_A_PAGE)
}

/// A table of more rows is not explored on its page: a program is the better tool for it, and the files
/// that the page would need cost a build as much as all the others together.
pub const EXPLORED_ROWS: usize = 250_000;

/// Can a table of so many rows be sorted and filtered on its page?
pub fn is_explored(rows: usize) -> bool {
    (1..=EXPLORED_ROWS).contains(&rows)
}

/// The free pages to be shown in `language`: each slug once, in that language where it is written in
/// it, else in the content's own.
fn free_pages(site: &Site, language: Language) -> impl Iterator<Item = (usize, &FreePage)> {
    site.pages.iter().enumerate().filter(move |(_, page)| {
        page.language == language
            || (page.language == site.config.own_language()
                && !site.pages.iter().any(|p| p.slug == page.slug && p.language == language))
    })
}

const FIXED_PAGES: [(&str, PageKind); 10] = [
    ("index.html", PageKind::Home),
    ("search.html", PageKind::Search),
    ("404.html", PageKind::NotFound),
    ("measures/index.html", PageKind::Measures),
    ("policies/index.html", PageKind::Policies),
    ("departments/index.html", PageKind::Departments),
    ("topics/index.html", PageKind::Topics),
    ("ratings/index.html", PageKind::Ratings),
    ("years/index.html", PageKind::Years),
    ("data/index.html", PageKind::Datasets),
];

const RESERVED: [&str; 10] = [
    file_paths::OPENAPI,
    file_paths::SITE_BUNDLE,
    file_paths::OPENDATA_LIST,
    file_paths::CATALOG,
    file_paths::DATA_PACKAGE,
    file_paths::DCAT,
    file_paths::FEED,
    file_paths::SITEMAP,
    file_paths::ROBOTS,
    file_paths::MANIFEST,
];

/// Folders that hold nothing of the clerk's.
const RESERVED_FOLDERS: [&str; 4] =
    [file_paths::SEARCH, file_paths::ASSETS, file_paths::SCHEMAS, file_paths::TABLES];
