//! **Assembling** the site: the domain's things get their neighbours, the pages their paths.

use std::collections::BTreeMap;

use crate::accessibility::Accessibility;
use crate::calendar::{Date, FiscalYear};
use crate::config::{Config, RatingScale, Tone};
use crate::dataset::{Dataset, Series, Version};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Place};
use crate::message;
use crate::policy::{Domain, IndicatorYear, Measure, Policy};
use crate::text::Id;

use super::entries::{
    DepartmentEntry, IndicatorEntry, MeasureEntry, PolicyEntry, RatingCount, RatingEntry,
    SeriesEntry, TopicEntry, YearEntry,
};
use super::{FreePage, Site, StaticFile, builtin, plan};

/// Everything that was read, on its way into a site.
pub struct Parts {
    /// The settings.
    pub config: Config,
    /// Departments, policies and their figures.
    pub domain: Domain,
    /// The clerk's own datasets.
    pub datasets: Vec<Dataset>,
    /// What ties datasets of different periods.
    pub series: Vec<Series>,
    /// What was released of the datasets, the built-in ones included.
    pub versions: BTreeMap<Id, Vec<Version>>,
    /// Free pages.
    pub pages: Vec<FreePage>,
    /// What the city declares of the site's accessibility.
    pub accessibility: Option<Accessibility>,
    /// Files copied as they are.
    pub static_files: Vec<StaticFile>,
}

/// Assembles the site. Contradictions between its parts are among `diagnostics`.
pub fn assemble(parts: Parts, diagnostics: &mut Diagnostics) -> Site {
    let Parts {
        config,
        domain,
        mut datasets,
        series,
        versions,
        mut pages,
        accessibility,
        static_files,
    } = parts;
    let lookup = Lookup::new(&config, &domain);

    let mut measures: Vec<MeasureEntry> = Vec::new();
    let mut policies: Vec<PolicyEntry> = Vec::with_capacity(domain.policies.len());
    for policy in domain.policies {
        lookup.add_policy(policy, &mut policies, &mut measures);
    }
    add_figures(&mut measures, domain.indicators, domain.budgets);
    tie_series(&mut measures);

    let ratings = rating_entries(&config.ratings, &measures);
    let count = |members: &[usize]| count_ratings(ratings.len(), &measures, members);
    for policy in &mut policies {
        policy.counts = count(&policy.measures);
    }
    let is_missed = |&member: &usize| ratings[measures[member].rating].rating.tone == Tone::Poor;
    let years = year_entries(&policies, &count, &is_missed);
    let topics = domain
        .topics
        .into_iter()
        .enumerate()
        .map(|(index, topic)| {
            let members = positions(&measures, |measure| measure.topics.contains(&index));
            TopicEntry { topic, counts: count(&members), measures: members }
        })
        .collect();
    let departments = department_entries(domain.departments, &policies, &count);
    drop(lookup);

    pages.sort_by(|a, b| {
        let key =
            |page: &FreePage| (page.order.is_none(), page.order, page.slug.clone(), page.language);
        key(a).cmp(&key(b))
    });
    datasets.sort_by(|a, b| a.id.cmp(&b.id));
    let series = series_entries(series, &datasets);

    let mut site = Site {
        config,
        departments,
        topics,
        ratings,
        years,
        policies,
        measures,
        datasets,
        series,
        pages,
        accessibility,
        static_files,
        synonyms: domain.synonyms,
        redirects: domain.redirects,
        updated: None,
        plan: plan::Plan::default(),
    };
    site.updated = last_change(&site);
    let built_in = builtin::datasets(&site);
    site.datasets.extend(built_in);
    site.datasets = with_versions(site.datasets, versions, diagnostics);
    site.plan = plan::plan(&site, diagnostics);
    site
}

/// Gives every dataset what was released of it. Versions without their dataset are reported: what was published stays.
fn with_versions(
    datasets: Vec<Dataset>,
    mut versions: BTreeMap<Id, Vec<Version>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Dataset> {
    let take = |dataset: Dataset| match versions.remove(&dataset.id) {
        Some(versions) => dataset.with_versions(versions),
        None => dataset,
    };
    let datasets = datasets.into_iter().map(take).collect();
    for (id, versions) in &versions {
        // A dataset with an error of its own has been left out; that is reported.
        if diagnostics.has_errors_in(&format!("content/datasets/{id}")) {
            continue;
        }
        let folder = format!("{}{id}", crate::dataset::STORE);
        let count = versions.len();
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::VERSION_NO_DATASET,
                Place::file(folder.as_str()),
                message!(
                    ja: "データセット `{id}` がないのに、リリースした版が {count} つある",
                    en: "there is no dataset `{id}`, but {count} released versions of it",
                ),
            )
            .with_help(message!(
                ja: "公開した版は残る。`content/datasets/{id}` を元に戻す（下書きにもしない）。取り下げるときは `{folder}` も消し、`redirects.csv` で知らせる",
                en: "what was published stays: bring back `content/datasets/{id}`, and not as a draft; to withdraw it, remove `{folder}` too and say so in `redirects.csv`",
            )),
        );
    }
    datasets
}

/// Ids to indices.
struct Lookup {
    departments: BTreeMap<Id, usize>,
    topics: BTreeMap<Id, usize>,
    ratings: BTreeMap<Id, usize>,
    not_yet: usize,
}

impl Lookup {
    fn new(config: &Config, domain: &Domain) -> Self {
        let ratings: BTreeMap<Id, usize> =
            config.ratings.all().enumerate().map(|(index, r)| (r.id.clone(), index)).collect();
        let not_yet = ratings.get(RatingScale::NOT_YET).copied().unwrap_or_default();
        let index = |ids: Vec<&Id>| ids.into_iter().cloned().zip(0..).collect();
        Self {
            departments: index(domain.departments.iter().map(|d| &d.id).collect()),
            topics: index(domain.topics.iter().map(|t| &t.id).collect()),
            ratings,
            not_yet,
        }
    }

    fn add_policy(
        &self,
        policy: Policy,
        policies: &mut Vec<PolicyEntry>,
        measures: &mut Vec<MeasureEntry>,
    ) {
        let id = policy.id();
        // `policy::read` keeps only policies of known departments.
        let Some(&department) = self.departments.get(&policy.department) else { return };
        let index = policies.len();
        let first = measures.len();
        let fiscal_year = policy.fiscal_year;
        for measure in policy.measures {
            measures.push(self.measure(measure, index, department, fiscal_year));
        }
        let members: Vec<usize> = (first..measures.len()).collect();
        let updated = members.iter().filter_map(|&m| measures[m].last_change()).max();
        policies.push(PolicyEntry {
            id,
            department,
            fiscal_year,
            headline: policy.headline,
            statement: policy.statement,
            published: policy.published,
            updated: policy.updated.or(policy.published).max(updated),
            measures: members,
            counts: Vec::new(),
            place: policy.place,
        });
    }

    fn measure(
        &self,
        measure: Measure,
        policy: usize,
        department: usize,
        fiscal_year: FiscalYear,
    ) -> MeasureEntry {
        let rating =
            measure.result.as_ref().and_then(|result| self.ratings.get(&result.rating.value));
        let topic = |topic: &Located<Id>| self.topics.get(&topic.value).copied();
        MeasureEntry {
            id: measure.id,
            series: measure.series,
            title: measure.title,
            kana: measure.kana,
            policy,
            department,
            fiscal_year,
            topics: measure.topics.iter().filter_map(topic).collect(),
            direction: measure.direction,
            easy: measure.easy,
            rating: rating.copied().unwrap_or(self.not_yet),
            result: measure.result,
            updated: measure.updated,
            in_other_years: Vec::new(),
            indicators: Vec::new(),
            budgets: Vec::new(),
            place: measure.place,
        }
    }
}

fn add_figures(
    measures: &mut [MeasureEntry],
    indicators: Vec<IndicatorYear>,
    budgets: Vec<crate::policy::Budget>,
) {
    let index: BTreeMap<Id, usize> =
        measures.iter().enumerate().map(|(index, m)| (m.id.clone(), index)).collect();
    for row in indicators {
        let Some(&measure) = index.get(&row.measure.value) else { continue };
        let entries = &mut measures[measure].indicators;
        match entries.iter_mut().find(|entry| entry.indicator == row.indicator) {
            Some(entry) => entry.years.push(row),
            None => entries.push(IndicatorEntry {
                indicator: row.indicator.clone(),
                name: row.name.clone(),
                unit: row.unit.clone(),
                better: row.better,
                years: vec![row],
            }),
        }
    }
    for row in budgets {
        let Some(&measure) = index.get(&row.measure.value) else { continue };
        measures[measure].budgets.push(row);
    }
    for measure in measures {
        measure.budgets.sort_by_key(|budget| budget.fiscal_year);
        for entry in &mut measure.indicators {
            entry.years.sort_by_key(|year| year.fiscal_year);
            if let Some(last) = entry.years.last() {
                entry.name = last.name.clone();
                entry.unit = last.unit.clone();
                entry.better = last.better;
            }
        }
    }
}

fn tie_series(measures: &mut [MeasureEntry]) {
    let mut series: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (index, measure) in measures.iter().enumerate() {
        series.entry(measure.series.clone()).or_default().push(index);
    }
    for members in series.into_values() {
        for &member in &members {
            measures[member].in_other_years = members.clone();
        }
    }
}

/// Each series with its datasets, the earliest period first; those without period, which `check` reports, come before all.
fn series_entries(series: Vec<Series>, datasets: &[Dataset]) -> Vec<SeriesEntry> {
    let entry = |series: Series| {
        let is_of = |dataset: &Dataset| {
            dataset.series.as_ref().is_some_and(|named| named.value == series.id)
        };
        let mut members = positions(datasets, is_of);
        members.sort_by_key(|&member| datasets[member].period.and_then(|period| period.start));
        SeriesEntry { series, datasets: members }
    };
    series.into_iter().map(entry).collect()
}

fn rating_entries(scale: &RatingScale, measures: &[MeasureEntry]) -> Vec<RatingEntry> {
    let entry = |(index, rating): (usize, &crate::config::Rating)| RatingEntry {
        rating: rating.clone(),
        measures: positions(measures, |measure| measure.rating == index),
    };
    scale.all().enumerate().map(entry).collect()
}

fn year_entries(
    policies: &[PolicyEntry],
    count: &impl Fn(&[usize]) -> Vec<RatingCount>,
    is_missed: &impl Fn(&usize) -> bool,
) -> Vec<YearEntry> {
    let mut years: Vec<FiscalYear> = policies.iter().map(|policy| policy.fiscal_year).collect();
    years.dedup();
    years
        .into_iter()
        .map(|fiscal_year| {
            let members = positions(policies, |policy| policy.fiscal_year == fiscal_year);
            let measures: Vec<usize> =
                members.iter().flat_map(|&policy| policies[policy].measures.clone()).collect();
            let missed = measures.iter().copied().filter(is_missed).collect();
            YearEntry { fiscal_year, policies: members, counts: count(&measures), missed, measures }
        })
        .collect()
}

fn department_entries(
    departments: Vec<crate::policy::Department>,
    policies: &[PolicyEntry],
    count: &impl Fn(&[usize]) -> Vec<RatingCount>,
) -> Vec<DepartmentEntry> {
    let index: BTreeMap<Id, usize> =
        departments.iter().enumerate().map(|(index, d)| (d.id.clone(), index)).collect();
    let find = |id: &Located<Id>| index.get(&id.value).copied();
    let parents: Vec<Option<usize>> =
        departments.iter().map(|d| d.parent.as_ref().and_then(find)).collect();
    let successors: Vec<Vec<usize>> =
        departments.iter().map(|d| d.successors.iter().filter_map(find).collect()).collect();
    let entry = |(index, department)| {
        let members = positions(policies, |policy| policy.department == index);
        let measures: Vec<usize> =
            members.iter().flat_map(|&policy| policies[policy].measures.clone()).collect();
        DepartmentEntry {
            department,
            parent: parents[index],
            children: positions(&parents, |parent| *parent == Some(index)),
            successors: successors[index].clone(),
            predecessors: positions(&successors, |after| after.contains(&index)),
            policies: members,
            counts: count(&measures),
        }
    };
    departments.into_iter().enumerate().map(entry).collect()
}

fn count_ratings(ratings: usize, measures: &[MeasureEntry], members: &[usize]) -> Vec<RatingCount> {
    let mut counts: Vec<RatingCount> =
        (0..ratings).map(|rating| RatingCount { rating, count: 0 }).collect();
    for &member in members {
        counts[measures[member].rating].count += 1;
    }
    counts
}

fn positions<T>(items: &[T], wanted: impl Fn(&T) -> bool) -> Vec<usize> {
    items.iter().enumerate().filter(|(_, item)| wanted(item)).map(|(index, _)| index).collect()
}

fn last_change(site: &Site) -> Option<Date> {
    let policies = site.policies.iter().filter_map(|policy| policy.updated);
    let measures = site.measures.iter().filter_map(MeasureEntry::last_change);
    let datasets = site.datasets.iter().filter_map(|dataset| dataset.changed());
    let pages = site.pages.iter().filter_map(|page| page.updated);
    policies.chain(measures).chain(datasets).chain(pages).chain(site.config.updated).max()
}
