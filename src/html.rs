//! **HTML**: every page of the plan, laid out by the templates of the theme.
//!
//! Views say what a page shows, as plain values; templates only lay them out. Pages are rendered in
//! parallel and come in the order of the plan.
//!
//! Not in here: facts (`site` has computed them), and looks (`theme` has them).

mod accessibility;
mod chart;
mod collections;
mod comparisons;
mod datasets;
mod department;
mod departments;
mod explorer;
mod history;
mod home;
mod lead;
mod measures;
mod missed;
mod overviews;
mod page;
mod policies;
mod profiles;
mod scores;
mod series;
mod shared;
mod snippets;
mod structured;
mod versions;

use minijinja::value::{Serde, Value};
use minijinja::{Error, context};
use rayon::prelude::*;

use crate::accessibility::Accessibility;
use crate::artifact::{Artifact, FactsByPath};
use crate::dataset::Profile;
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;
use crate::site::{Page, PageKind, Related, Site};
use crate::theme::Theme;

use page::{Crumb, Linker};
use shared::Shared;

/// Renders every page of `site`, and adds the assets of `theme`; `facts` are those of the data files,
/// `related` the measures to be named beside each. A page that cannot be rendered is
/// among `diagnostics`.
pub fn render(
    site: &Site,
    theme: &Theme,
    facts: &FactsByPath,
    related: &Related,
    diagnostics: &mut Diagnostics,
) -> Vec<Artifact> {
    let profiles = profiles_of(site);
    let languages = site.config.languages.iter();
    let shared: Vec<Shared<'_>> = languages
        .map(|&language| Shared::new(site, theme, facts, &profiles, related, language))
        .collect();
    let pages: Vec<Result<Artifact, Box<Diagnostic>>> = site
        .plan
        .pages
        .par_iter()
        .map(|page| {
            let shared = shared
                .iter()
                .find(|shared| shared.language == page.language)
                .expect("the plan has pages in the site's languages only");
            render_page(shared, page)
        })
        .collect();
    let mut artifacts = Vec::with_capacity(pages.len() + theme.assets.len());
    for page in pages {
        match page {
            Ok(artifact) => artifacts.push(artifact),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    if let Some(own) = shared.iter().find(|s| s.language == site.config.own_language()) {
        artifacts.extend(history::files(own));
    }
    artifacts.extend(theme.assets.iter().cloned());
    artifacts
}

/// What the columns of each dataset hold.
fn profiles_of(site: &Site) -> Vec<Vec<Profile>> {
    site.datasets.par_iter().map(profiles::of).collect()
}

/// What the template of each page is given: its name, and the values by theirs.
pub fn views(
    site: &Site,
    theme: &Theme,
    facts: &FactsByPath,
    related: &Related,
) -> Vec<(&'static str, Value)> {
    let profiles = profiles_of(site);
    let languages = site.config.languages.iter();
    let shared =
        languages.map(|&language| Shared::new(site, theme, facts, &profiles, related, language));
    let of_language = |shared: Shared<'_>| -> Vec<(&'static str, Value)> {
        let pages = site.plan.pages.iter().filter(|page| page.language == shared.language);
        pages.map(|page| context_of(&shared, page)).collect()
    };
    shared.flat_map(of_language).collect()
}

/// The template of `page`, and what it is given.
fn context_of(shared: &Shared<'_>, page: &Page) -> (&'static str, Value) {
    let linker = Linker::new(shared, page);
    let (template, view) = view(shared, &linker, page);
    let head = page::head(shared, &linker, page, &view);
    let context = context! {
        site => shared.site_value.clone(),
        words => shared.words.clone(),
        page => Value::from(Serde(&head)),
        view => view.value,
    };
    (template, context)
}

fn render_page(shared: &Shared<'_>, page: &Page) -> Result<Artifact, Box<Diagnostic>> {
    let (template, context) = context_of(shared, page);
    let rendered = shared.theme.templates.get_template(template).and_then(|t| t.render(context));
    match rendered {
        Ok(text) => Ok(Artifact::new(page.path.clone(), text.into_bytes())),
        Err(error) => Err(Box::new(problem(shared.theme, template, page, &error))),
    }
}

/// What a page shows, with what its head says of it.
struct View {
    title: String,
    description: Option<String>,
    breadcrumbs: Vec<Crumb>,
    value: Value,
}

fn view(shared: &Shared<'_>, linker: &Linker, page: &Page) -> (&'static str, View) {
    match page.kind {
        PageKind::Home => ("home.html", home::home(shared)),
        PageKind::Search => ("search.html", overviews::search(shared)),
        PageKind::NotFound => ("404.html", overviews::not_found(shared)),
        PageKind::Measures => ("measures.html", explorer::measures(shared)),
        PageKind::Measure(index) => ("measure.html", measures::measure(shared, linker, index)),
        PageKind::Policies => ("policies.html", collections::policies(shared)),
        PageKind::Policy(index) => ("policy.html", policies::policy(shared, index)),
        PageKind::Departments => ("departments.html", departments::departments(shared)),
        PageKind::Department(index) => ("department.html", department::department(shared, index)),
        PageKind::Topics => ("topics.html", collections::topics(shared)),
        PageKind::Topic(index) => ("topic.html", collections::topic(shared, index)),
        PageKind::Ratings => ("ratings.html", collections::ratings(shared)),
        PageKind::Rating(index) => ("rating.html", collections::rating(shared, index)),
        PageKind::Years => ("years.html", collections::years(shared)),
        PageKind::Year(index) => ("year.html", collections::year(shared, index)),
        PageKind::Missed => ("missed.html", missed::years(shared)),
        PageKind::MissedIn(index, number) => {
            ("missed-year.html", missed::year(shared, index, number))
        }
        PageKind::Comparisons => ("comparisons.html", comparisons::all(shared)),
        PageKind::Comparison(index) => ("comparison.html", comparisons::comparison(shared, index)),
        PageKind::Datasets => ("datasets.html", datasets::datasets(shared)),
        PageKind::Dataset(index) => ("dataset.html", datasets::dataset(shared, index)),
        PageKind::Rows(index, number) => ("rows.html", datasets::rows(shared, index, number)),
        PageKind::State(index, number) => ("version.html", versions::state(shared, index, number)),
        PageKind::Free(index) => ("page.html", overviews::free(shared, index)),
        PageKind::Accessibility => {
            ("accessibility.html", accessibility::policy(shared, declared(shared.site)))
        }
        PageKind::AccessibilityResult(index) => (
            "accessibility-result.html",
            accessibility::result(shared, &declared(shared.site).results[index]),
        ),
        PageKind::Redirect(index) => ("redirect.html", overviews::redirect(shared, index)),
    }
}

/// What is declared of the accessibility of `site`, whose plan has a page of it.
fn declared(site: &Site) -> &Accessibility {
    site.accessibility.as_ref().expect("only what is declared has a page")
}

/// The innermost error of the chain is where the template really went wrong.
fn problem(theme: &Theme, template: &str, page: &Page, error: &Error) -> Diagnostic {
    let mut innermost = error;
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(inner) = inner.downcast_ref::<Error>() {
            innermost = inner;
        }
        source = inner.source();
    }
    let name = innermost.name().unwrap_or(template);
    let said = innermost.detail().map_or_else(|| innermost.kind().to_string(), str::to_owned);
    let path = &page.path;
    Diagnostic::new(
        &diagnostic::HTML_RENDER,
        theme.place_of(name, innermost),
        message!(
            ja: "ページ `{path}` を作れない（{said}）",
            en: "the page `{path}` cannot be made: {said}",
        ),
    )
    .with_help(message!(
        ja: "テンプレートを直すか、消して既定のものに戻す",
        en: "mend the template, or remove it to go back to the default one",
    ))
}
