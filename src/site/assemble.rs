//! **Assembling** the site: links the entries of the domain with each other and gives the pages
//! their paths.

mod datasets;
mod measures;
mod overviews;
mod superseded;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::accessibility::Accessibility;
use crate::calendar::Date;
use crate::config::{Config, PublicState, Tone, Withheld, WithheldKind};
use crate::dataset::{Dataset, Series, Version};
use crate::diagnostic::Diagnostics;
use crate::map::Areas;
use crate::policy::{Domain, Redirect};
use crate::source::Sources;
use crate::text::Id;

use super::entries::MeasureEntry;
use super::{FreePage, PublishedSource, Site, StaticFile, blocks, builtin, plan};
use datasets::{add_series_tables, series_entries, with_versions};
use measures::{Lookup, add_figures, add_plan_indicators, own_years, tie_series};
use overviews::{
    count_ratings, department_entries, node_entries, rating_entries, topic_entries, year_entries,
};
use superseded::supersede;

/// Everything that was read and that a site is assembled from.
pub struct Parts {
    /// The settings.
    pub config: Config,
    /// Departments, policies and their figures.
    pub domain: Domain,
    /// The clerk's own datasets.
    pub datasets: Vec<Dataset>,
    /// The series that link datasets of different periods.
    pub series: Vec<Series>,
    /// The released versions of datasets, including the built-in ones, by id.
    pub versions: BTreeMap<Id, Vec<Version>>,
    /// Free pages.
    pub pages: Vec<FreePage>,
    /// The city's accessibility policy and test results.
    pub accessibility: Option<Accessibility>,
    /// Files copied as they are.
    pub static_files: Vec<StaticFile>,
    /// The areas of maps, by name.
    pub areas: Vec<Arc<Areas>>,
    /// Datasets and pages that are withheld from the public.
    pub withheld: Vec<Withheld>,
    /// The files that published facts were read from.
    pub source_files: Vec<PublishedSource>,
}

/// Assembles the site from what was read of `sources`. Reports faulty blocks of data, figures that
/// later sheets contradict, versions without a dataset, and paths that are claimed twice.
pub fn assemble(parts: Parts, sources: &Sources, diagnostics: &mut Diagnostics) -> Site {
    let Parts {
        config,
        domain,
        mut datasets,
        series,
        mut versions,
        mut pages,
        accessibility,
        static_files,
        areas,
        withheld: others,
        source_files,
    } = parts;
    let lookup = Lookup::new(&config, &domain);
    let (mut policies, mut measures) = lookup.entries(domain.policies);
    add_figures(&mut measures, domain.indicators, domain.budgets, &config.indicator_kinds);
    tie_series(&mut measures);
    supersede(&mut measures, diagnostics);
    own_years(&mut measures);

    let ratings = rating_entries(&config.ratings, &measures);
    let count = |members: &[usize]| count_ratings(ratings.len(), &measures, members);
    for policy in &mut policies {
        policy.counts = count(&policy.measures);
    }
    let is_missed = |&member: &usize| ratings[measures[member].rating].rating.tone == Tone::Poor;
    let years = year_entries(&policies, &count, &is_missed);
    let mut nodes = node_entries(domain.nodes, &measures, &count);
    add_plan_indicators(&mut nodes, domain.plan_indicators, &config.indicator_kinds);
    let topics = topic_entries(domain.topics, &measures, &count);
    let departments = department_entries(domain.departments, &policies, &count);

    pages.sort_by(|a, b| {
        let key =
            |page: &FreePage| (page.order.is_none(), page.order, page.slug.clone(), page.language);
        key(a).cmp(&key(b))
    });
    datasets.sort_by(|a, b| a.id.cmp(&b.id));
    let series = series_entries(series, &datasets);
    let mut withheld = domain.withheld;
    withheld.extend(others);
    withheld.sort_by_key(|withheld| withheld.kind);
    for gone in withheld.iter().filter(|withheld| withheld.kind == WithheldKind::Dataset) {
        if matches!(gone.state, PublicState::Expired(_)) {
            versions.retain(|id, _| gone.address.strip_prefix("data/") != Some(id.as_str()));
        }
    }

    let mut site = Site {
        config,
        fields: domain.fields,
        departments,
        topics,
        nodes,
        ratings,
        years,
        policies,
        measures,
        datasets,
        series,
        pages,
        blocks: Vec::new(),
        accessibility,
        static_files,
        areas,
        source_files,
        synonyms: domain.synonyms,
        addresses: domain.addresses,
        redirects: with_tombstones(domain.redirects, &withheld),
        withheld,
        form_files: domain.form_files,
        broken: diagnostics.paths_with_errors().into_iter().map(str::to_owned).collect(),
        updated: None,
        plan: plan::SitePlan::default(),
    };
    site.updated = last_change(&site);
    let built_in = builtin::datasets(&site);
    site.datasets.extend(built_in);
    add_series_tables(&mut site, diagnostics);
    site.datasets = with_versions(site.datasets, versions, diagnostics);
    site.blocks = blocks::read(sources, &site, diagnostics);
    site.plan = plan::plan(&site, diagnostics);
    site
}

/// `redirects`, and for each page that has expired the announcement that it is gone, which stays at
/// its address. A redirect that the clerk has written for the address counts instead.
fn with_tombstones(mut redirects: Vec<Redirect>, withheld: &[Withheld]) -> Vec<Redirect> {
    let written: BTreeSet<String> =
        redirects.iter().map(|redirect| redirect.from.clone()).collect();
    let mut made: BTreeSet<&str> = BTreeSet::new();
    for gone in withheld.iter().filter(|gone| gone.kind != WithheldKind::Result) {
        let PublicState::Expired(day) = gone.state else { continue };
        // A policy in several pieces is withheld by each of them.
        if written.contains(&gone.address) || !made.insert(&gone.address) {
            continue;
        }
        redirects.push(Redirect {
            from: gone.address.clone(),
            to: None,
            date: Some(day),
            note: None,
            about: Some(gone.clone()),
            place: gone.place.clone(),
        });
    }
    redirects
}

/// Indices of the items that are `wanted`.
fn positions<T>(items: &[T], wanted: impl Fn(&T) -> bool) -> Vec<usize> {
    items.iter().enumerate().filter(|(_, item)| wanted(item)).map(|(index, _)| index).collect()
}

/// Date of the last change of anything on the site; `None` where no date is known.
fn last_change(site: &Site) -> Option<Date> {
    let policies = site.policies.iter().filter_map(|policy| policy.updated);
    let measures = site.measures.iter().filter_map(MeasureEntry::last_change);
    let datasets = site.datasets.iter().filter_map(|dataset| dataset.changed());
    let pages = site.pages.iter().filter_map(|page| page.updated);
    policies.chain(measures).chain(datasets).chain(pages).chain(site.config.updated).max()
}
