//! **HTML**: every page of the plan, laid out by the templates of the theme.
//!
//! Views say what a page shows, as plain values; templates only lay them out. Pages are rendered in
//! parallel; each goes to the sink as soon as it is made.
//!
//! Not in here: facts (`site` has computed them), and looks (`theme` has them).

mod accessibility;
mod amount;
mod blocks;
mod book;
mod chart;
mod comparisons;
mod context;
mod data;
mod datasets;
mod department;
mod departments;
mod embed;
mod fields;
mod head;
mod history;
mod home;
mod lead;
mod linker;
mod list;
mod map;
mod measure;
mod measures;
mod missed;
mod money;
mod numbers;
mod on_page;
mod origin;
mod other;
mod plan;
mod plan_node;
mod policies;
mod policy;
mod preview;
mod ratings;
mod scores;
mod search;
mod sources;
mod structured;
mod table_explorer;
mod templates;
mod topics;
mod twin;
mod units;
mod years;

pub use book::book;
pub use embed::embed;
use std::borrow::Cow;

use std::collections::BTreeSet;
use std::mem::Discriminant;

use minijinja::value::{Serde, Value};
use minijinja::{Error, context};
use rayon::prelude::*;

use crate::accessibility::Accessibility;
use crate::artifact::{Artifact, FactsByPath, KnownFacts, Sink};
use crate::dataset::Profile;
use crate::diagnostic::{Diagnostic, Diagnostics, Message};
use crate::site::{Page, PageKind, RelatedMeasures, Site, file_paths};
use crate::text::Language;
use crate::theme::{Theme, told};

use context::PageContext;
use head::Crumb;
use linker::Linker;
use templates::{Failure, Sample};

/// Renders every page of `site` into `sink`, and adds the assets of `theme`. `facts` are those of
/// the data files, `related` the related measures of each measure. A page that cannot be rendered
/// is reported in `diagnostics`.
pub fn render(
    site: &Site,
    theme: &Theme,
    facts: &dyn KnownFacts,
    related: &RelatedMeasures,
    sink: &dyn Sink,
    diagnostics: &mut Diagnostics,
) {
    let profiles = profiles_of(site);
    let languages = site.config.languages.iter();
    let contexts: Vec<PageContext<'_>> = languages
        .map(|&language| context_of(site, theme, facts, &profiles, related, language))
        .map(PageContext::with_origin)
        .collect();
    let failures: Vec<Failure<'_>> = site
        .plan
        .pages
        .par_iter()
        .filter_map(|page| {
            let context = contexts
                .iter()
                .find(|context| context.language == page.language)
                .expect("the plan has pages in the site's languages only");
            if let PageKind::Embed(index) = page.kind {
                sink.take(blocks::csv(context, index));
            }
            render_into(context, page, sink).err().map(|failure| *failure)
        })
        .collect();
    diagnostics.extend(templates::problems(failures));
    sink.take_all(theme.assets.clone());
    sink.take(embed(&site.config, theme));
}

/// Renders one page of `site`: the same bytes that [`render`] gives, if `facts` and `related` have
/// what this page shows of them.
///
/// # Errors
///
/// Returns the mistakes of the templates because of which the page cannot be rendered.
pub fn page(
    site: &Site,
    theme: &Theme,
    facts: &dyn KnownFacts,
    related: &RelatedMeasures,
    page: &Page,
) -> Result<Artifact, Vec<Diagnostic>> {
    let profiles = profiles_where(site, |index| dataset_of(&page.kind) == Some(index));
    let context = context_of(site, theme, facts, &profiles, related, page.language);
    render_page(&context, page).map_err(|failure| templates::problems(vec![*failure]))
}

/// The figures of a block of data at `path`: the same bytes that [`render`] gives. `None` if there
/// are no figures at this path.
pub fn block_figures(site: &Site, theme: &Theme, path: &str) -> Option<Artifact> {
    let (index, language) = blocks::with_csv(site, path)?;
    let (facts, related) = (FactsByPath::new(), RelatedMeasures::new());
    let context = PageContext::new(site, theme, &facts, &[], &related, language);
    Some(blocks::csv(&context, index))
}

/// Most pages of one kind and language that `check_templates` tries.
const SAMPLES: usize = 3;

/// Renders a few pages of every kind with the templates that `theme` itself has, and adds the
/// mistakes of these templates to `diagnostics`. Does nothing if the theme has no templates of its
/// own, or if any file outside `themes/` has an error: pages of faulty content prove nothing about
/// a template.
pub fn check_templates(site: &Site, theme: &Theme, diagnostics: &mut Diagnostics) {
    templates::check_chosen(site, theme, diagnostics);
    let is_of_theme = |path: &&str| path.starts_with("themes/");
    if theme.own.is_empty() || !diagnostics.paths_with_errors().iter().all(is_of_theme) {
        return;
    }
    let chosen = sampled(site);
    let of_datasets: BTreeSet<usize> =
        chosen.iter().filter_map(|page| dataset_of(&page.kind)).collect();
    let profiles = profiles_where(site, |index| of_datasets.contains(&index));
    // The sizes of files and the related measures are not known yet and are left out.
    let (facts, related) = (FactsByPath::new(), RelatedMeasures::new());
    let languages = site.config.languages.iter();
    let contexts: Vec<PageContext<'_>> = languages
        .map(|&language| context_of(site, theme, &facts, &profiles, &related, language))
        .collect();
    let samples = chosen.into_iter().filter_map(|page| {
        let context = contexts.iter().find(|context| context.language == page.language)?;
        let (template, values) = values_of(context, page);
        Some(Sample { page, template, values })
    });
    let samples: Vec<Sample<'_>> = samples.collect();
    templates::check_attributes(theme, &samples, diagnostics);
    if diagnostics.has_errors() {
        // Rendering would report the same mistakes again, in other words.
        return;
    }
    let failures = samples.iter().filter_map(|sample| {
        let Sample { page, template, values } = sample;
        rendered(theme, page, template, values.clone()).err().map(|failure| *failure)
    });
    diagnostics.extend(templates::problems(failures.collect()));
}

/// The pages to be tried: of each kind and language the first ones and the last, at most `SAMPLES`.
/// They are sorted by path.
fn sampled(site: &Site) -> Vec<&Page> {
    // Pages with a template of their own are a kind.
    type SampleKind<'s> = (Language, Discriminant<PageKind>, Option<&'s str>);
    let mut by_kind: Vec<(SampleKind<'_>, Vec<&Page>)> = Vec::new();
    for page in &site.plan.pages {
        let chosen = match page.kind {
            PageKind::Free(index) => site.pages[index].template.as_ref(),
            _ => None,
        };
        let chosen = chosen.map(|name| name.value.as_str());
        let kind = (page.language, std::mem::discriminant(&page.kind), chosen);
        match by_kind.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, pages)) => pages.push(page),
            None => by_kind.push((kind, vec![page])),
        }
    }
    let mut chosen: Vec<&Page> = (by_kind.into_iter())
        .flat_map(|(_, pages)| {
            let last = pages.len().checked_sub(SAMPLES.max(2)).and_then(|_| pages.last().copied());
            pages.into_iter().take(SAMPLES - 1).chain(last).collect::<Vec<_>>()
        })
        .collect();
    chosen.sort_by(|a, b| a.path.cmp(&b.path));
    chosen
}

/// The department `index` and all those below it.
pub fn with_those_below(site: &Site, index: usize) -> Vec<usize> {
    departments::whole(site, index)
}

/// Index of the dataset that a page of `kind` is about; `None` for other pages.
fn dataset_of(kind: &PageKind) -> Option<usize> {
    match kind {
        PageKind::Dataset(dataset) => Some(*dataset),
        PageKind::Rows { dataset, .. } | PageKind::Version { dataset, .. } => Some(*dataset),
        _ => None,
    }
}

/// The profiles of the columns of the datasets whose index is `wanted`; none for the others.
fn profiles_where(site: &Site, wanted: impl Fn(usize) -> bool) -> Vec<Vec<Profile>> {
    let datasets = site.datasets.iter().enumerate();
    datasets
        .map(|(index, dataset)| match wanted(index) {
            true => datasets::profiles(dataset),
            false => Vec::new(),
        })
        .collect()
}

/// The profiles of the columns of each dataset, in the order of the site's datasets.
fn profiles_of(site: &Site) -> Vec<Vec<Profile>> {
    site.datasets.par_iter().map(datasets::profiles).collect()
}

/// What the pages in `language` share, with the lists that templates can query.
fn context_of<'s>(
    site: &'s Site,
    theme: &'s Theme,
    facts: &'s dyn KnownFacts,
    profiles: &'s [Vec<Profile>],
    related: &'s RelatedMeasures,
    language: Language,
) -> PageContext<'s> {
    let mut context = PageContext::new(site, theme, facts, profiles, related, language);
    context.data = data::data(&context);
    context
}

/// For each page, the name of its template and the values that the template is given; grouped by
/// language.
pub fn views(
    site: &Site,
    theme: &Theme,
    facts: &dyn KnownFacts,
    related: &RelatedMeasures,
) -> Vec<(Cow<'static, str>, Value)> {
    let profiles = profiles_of(site);
    let languages = site.config.languages.iter();
    let contexts =
        languages.map(|&language| context_of(site, theme, facts, &profiles, related, language));
    let of_language = |context: PageContext<'_>| -> Vec<(Cow<'static, str>, Value)> {
        let pages = site.plan.pages.iter().filter(|page| page.language == context.language);
        pages.map(|page| values_of(&context, page)).collect()
    };
    contexts.flat_map(of_language).collect()
}

/// The name of the template of `page`, and the values that it is given: `site`, `words`, `data`,
/// `page` and `view`.
fn values_of(context: &PageContext<'_>, page: &Page) -> (Cow<'static, str>, Value) {
    let context = &context.on(Linker::new(context.site, page));
    let (template, view) = view(context, page);
    let head = head::head(context, page, &view);
    let values = context! {
        data => context.data.clone(),
        site => context.site_value.clone(),
        words => context.words.clone(),
        page => Value::from(Serde(&head)),
        view => view.value,
    };
    (template, values)
}

/// Renders `page` into `sink`, unless the sink has it already.
fn render_into<'p>(
    context: &PageContext<'_>,
    page: &'p Page,
    sink: &dyn Sink,
) -> Result<(), Box<Failure<'p>>> {
    let (template, values) = values_of(context, page);
    let origin = context.origin.and_then(|shared| {
        let [head, view] = ["page", "view"].map(|name| values.get_attr(name).unwrap_or_default());
        origin::of_page(&shared, page, &template, [&head, &view])
    });
    let Some(origin) = origin else {
        let html = laid_out(context, page, &template, values)?;
        let twin = twin_in(context.site, page, &html);
        sink.take(Artifact::new(page.path.clone(), html.into_bytes()));
        sink.take_all(twin.into_iter().collect());
        return Ok(());
    };
    if sink.again(&origin).is_none() {
        let html = laid_out(context, page, &template, values)?;
        let twin = twin_in(context.site, page, &html);
        sink.take_made(Artifact::new(page.path.clone(), html.into_bytes()), &origin);
        twin.into_iter().for_each(|twin| drop(sink.take_made(twin, &origin)));
    }
    Ok(())
}

/// The twin in Markdown of `page`, which was `made`; `None` for pages that have none.
pub fn twin_of(site: &Site, page: &Page, made: &Artifact) -> Option<Artifact> {
    twin_in(site, page, &String::from_utf8_lossy(&made.body.whole()))
}

/// The same for a page with this `html`.
fn twin_in(site: &Site, page: &Page, html: &str) -> Option<Artifact> {
    if !site.config.has_twins || !page.kind.has_twin() {
        return None;
    }
    let address = site.config.base_url.join(&page.path);
    let text = twin::of(html, &address)?;
    Some(Artifact::new(file_paths::twin(&page.path), text.into_bytes()))
}

fn render_page<'p>(
    context: &PageContext<'_>,
    page: &'p Page,
) -> Result<Artifact, Box<Failure<'p>>> {
    let (template, values) = values_of(context, page);
    let html = laid_out(context, page, &template, values)?;
    Ok(Artifact::new(page.path.clone(), html.into_bytes()))
}

/// The HTML of `page` as `template` lays it out with `values`, with its marks if the site is a
/// preview.
fn laid_out<'p>(
    context: &PageContext<'_>,
    page: &'p Page,
    template: &str,
    values: Value,
) -> Result<String, Box<Failure<'p>>> {
    let html = rendered(context.theme, page, template, values)?;
    Ok(match &context.preview {
        Some(preview) => preview.put_into(page, &html),
        None => html,
    })
}

fn rendered<'p>(
    theme: &Theme,
    page: &'p Page,
    template: &str,
    values: Value,
) -> Result<String, Box<Failure<'p>>> {
    let rendered = theme.templates.get_template(template).and_then(|t| t.render(values));
    rendered.map_err(|error| Box::new(failure(theme, template, page, &error)))
}

/// What a page shows (`value`), and the title, description and breadcrumbs for its head.
struct PageView {
    title: String,
    description: Option<String>,
    breadcrumbs: Vec<Crumb>,
    value: Value,
}

/// The name of the template for the kind of `page`, and the view that the template lays out.
fn view(context: &PageContext<'_>, page: &Page) -> (Cow<'static, str>, PageView) {
    let (template, view) = match page.kind {
        PageKind::Free(index) => {
            return (other::template(context, index), other::free(context, index));
        }
        PageKind::Home => ("home.html", home::home(context)),
        PageKind::Search => ("search.html", search::search(context)),
        PageKind::NotFound => ("404.html", other::not_found(context)),
        PageKind::Measures => ("measures.html", measures::measures(context)),
        PageKind::Measure(index) => ("measure.html", measure::measure(context, index)),
        PageKind::Policies => ("policies.html", policies::policies(context)),
        PageKind::Policy(index) => ("policy.html", policy::policy(context, index)),
        PageKind::Departments => ("departments.html", departments::departments(context)),
        PageKind::Department(index) => ("department.html", department::department(context, index)),
        PageKind::Plan => ("plan.html", plan::plan(context)),
        PageKind::Node(index) => ("plan-node.html", plan_node::node(context, index)),
        PageKind::Topics => ("topics.html", topics::topics(context)),
        PageKind::Topic(index) => ("topic.html", topics::topic(context, index)),
        PageKind::Ratings => ("ratings.html", ratings::ratings(context)),
        PageKind::Rating(index) => ("rating.html", ratings::rating(context, index)),
        PageKind::Years => ("years.html", years::years(context)),
        PageKind::Year(index) => ("year.html", years::year(context, index)),
        PageKind::Money => ("money.html", money::money(context)),
        PageKind::MoneyOf(index) => ("money.html", money::year(context, index)),
        PageKind::Missed => ("missed.html", missed::years(context)),
        PageKind::MissedIn { year, number } => {
            ("missed-year.html", missed::year(context, year, number))
        }
        PageKind::Comparisons => ("comparisons.html", comparisons::all(context)),
        PageKind::Comparison(index) => ("comparison.html", comparisons::comparison(context, index)),
        PageKind::Datasets => ("datasets.html", datasets::datasets(context)),
        PageKind::Dataset(index) => ("dataset.html", datasets::dataset(context, index)),
        PageKind::Rows { dataset, number } => {
            ("rows.html", datasets::rows(context, dataset, number))
        }
        PageKind::Version { dataset, number } => {
            ("version.html", datasets::version(context, dataset, number))
        }
        PageKind::Embed(index) => ("embed.html", blocks::embed(context, index)),
        PageKind::Accessibility => {
            ("accessibility.html", accessibility::policy(context, declared(context.site)))
        }
        PageKind::AccessibilityResult(index) => (
            "accessibility-result.html",
            accessibility::result(context, &declared(context.site).results[index]),
        ),
        PageKind::Redirect(index) => ("redirect.html", other::redirect(context, index)),
    };
    (Cow::Borrowed(template), view)
}

/// The accessibility declaration of `site`. Panics if there is none; only the pages of a
/// declaration ask for it.
fn declared(site: &Site) -> &Accessibility {
    site.accessibility.as_ref().expect("only what is declared has a page")
}

/// Describes the `error` that occurred while `template` rendered `page`. The innermost error of the
/// chain names the template, perhaps an included one, and the line that are really wrong.
fn failure<'p>(theme: &Theme, template: &str, page: &'p Page, error: &Error) -> Failure<'p> {
    let mut innermost = error;
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(inner) = inner.downcast_ref::<Error>() {
            innermost = inner;
        }
        source = inner.source();
    }
    let name = innermost.name().unwrap_or(template);
    let said = told(innermost).unwrap_or_else(|| {
        // MiniJinja's own words are in English.
        let said = innermost.detail().map_or_else(|| innermost.kind().to_string(), str::to_owned);
        Message::new(said.clone(), said)
    });
    Failure { page, place: theme.place_of(name, innermost), said }
}
