//! **Measures** in the site: in their policies, with their figures, and linked to the same measure
//! in other years.

use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::config::{Config, IndicatorKind, RatingScale};
use crate::diagnostic::Located;
use crate::policy::{Budget, Domain, IndicatorAbout, IndicatorYear, Measure, Policy};
use crate::site::entries::{IndicatorEntry, MeasureEntry, NodeEntry, PolicyEntry};
use crate::site::history::{in_one_history, indicator_years, money_rows};
use crate::text::{Id, Localized};

/// Maps the ids of the domain to indices.
pub(super) struct Lookup {
    departments: BTreeMap<Id, usize>,
    topics: BTreeMap<Id, usize>,
    nodes: BTreeMap<Id, usize>,
    ratings: BTreeMap<Id, usize>,
    not_yet: usize,
}

impl Lookup {
    pub fn new(config: &Config, domain: &Domain) -> Self {
        let ratings: BTreeMap<Id, usize> =
            config.ratings.all().enumerate().map(|(index, r)| (r.id.clone(), index)).collect();
        let not_yet = ratings.get(RatingScale::NOT_YET).copied().unwrap_or_default();
        let index = |ids: Vec<&Id>| ids.into_iter().cloned().zip(0..).collect();
        Self {
            departments: index(domain.departments.iter().map(|d| &d.id).collect()),
            topics: index(domain.topics.iter().map(|t| &t.id).collect()),
            nodes: index(domain.nodes.iter().map(|n| &n.id).collect()),
            ratings,
            not_yet,
        }
    }

    /// The policies and their measures, in order.
    pub fn entries(&self, written: Vec<Policy>) -> (Vec<PolicyEntry>, Vec<MeasureEntry>) {
        let mut measures: Vec<MeasureEntry> = Vec::new();
        let mut policies: Vec<PolicyEntry> = Vec::with_capacity(written.len());
        for policy in written {
            self.add_policy(policy, &mut policies, &mut measures);
        }
        (policies, measures)
    }

    /// Adds the entry of `policy` and those of its measures to the ends of the lists. The policy is
    /// skipped if its department is unknown. Its date of change is the newest of itself and its
    /// measures.
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
            fields: policy.fields,
            extra: policy.extra,
            published: policy.published,
            updated: policy.updated.or(policy.published).max(updated),
            measures: members,
            counts: Vec::new(),
            place: policy.place,
            provenance: policy.provenance,
        });
    }

    /// The entry of `measure` in the policy at the index `policy`. Unknown topics are dropped; a
    /// measure without a result, or with an unknown rating, is "not yet" rated. Links and figures
    /// are added later.
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
            node: measure.plan.as_ref().and_then(|id| self.nodes.get(id).copied()),
            direction: measure.direction,
            easy: measure.easy,
            fields: measure.fields,
            extra: measure.extra,
            rating: rating.copied().unwrap_or(self.not_yet),
            result: measure.result,
            updated: measure.updated,
            in_other_years: Vec::new(),
            indicators: Vec::new(),
            budgets: Vec::new(),
            corrected_money: None,
            place: measure.place,
            provenance: measure.provenance,
        }
    }
}

/// Gives each measure its indicators and budgets, ordered by year. The name and unit of an
/// indicator are those of its newest row. Rows of unknown measures are dropped.
pub(super) fn add_figures(
    measures: &mut [MeasureEntry],
    indicators: Vec<IndicatorYear>,
    budgets: Vec<Budget>,
    kinds: &[IndicatorKind],
) {
    let index: BTreeMap<Id, usize> =
        measures.iter().enumerate().map(|(index, m)| (m.id.clone(), index)).collect();
    let found = |id: &Id| index.get(id).copied();
    add_indicators(measures, found, indicators, kinds, |measure| &mut measure.indicators);
    let owners = budgets.iter().filter_map(|row| found(&row.measure.value));
    reserve(measures, owners, |measure| &mut measure.budgets);
    for row in budgets {
        let Some(measure) = found(&row.measure.value) else { continue };
        measures[measure].budgets.push(row);
    }
    for measure in measures {
        measure.budgets.sort_by_key(|budget| budget.fiscal_year);
    }
}

/// Gives each node of the plan its indicators, ordered by year.
pub(super) fn add_plan_indicators(
    nodes: &mut [NodeEntry],
    indicators: Vec<IndicatorYear>,
    kinds: &[IndicatorKind],
) {
    let index: BTreeMap<Id, usize> =
        nodes.iter().enumerate().map(|(index, entry)| (entry.node.id.clone(), index)).collect();
    let found = |id: &Id| index.get(id).copied();
    add_indicators(nodes, found, indicators, kinds, |node| &mut node.indicators);
}

/// Gives each of `owners` its indicators, ordered by year. `found` returns the index of the owner
/// with an id, and `list` the owner's list of indicators.
fn add_indicators<O>(
    owners: &mut [O],
    found: impl Fn(&Id) -> Option<usize>,
    rows: Vec<IndicatorYear>,
    kinds: &[IndicatorKind],
    list: impl Fn(&mut O) -> &mut Vec<IndicatorEntry>,
) {
    // There are many rows, and they are large: each list is allocated in its final length, so that
    // no row is moved again.
    let mut lengths: BTreeMap<(usize, Id), usize> = BTreeMap::new();
    for row in &rows {
        let Some(owner) = found(&row.owner.value) else { continue };
        *lengths.entry((owner, row.indicator.clone())).or_default() += 1;
    }
    reserve(owners, lengths.keys().map(|(owner, _)| *owner), &list);
    for row in rows {
        let Some(owner) = found(&row.owner.value) else { continue };
        let entries = list(&mut owners[owner]);
        match entries.iter_mut().find(|entry| entry.indicator == row.indicator) {
            Some(entry) => entry.years.push(row),
            None => {
                let key = (owner, row.indicator.clone());
                let mut entry = IndicatorEntry {
                    indicator: row.indicator.clone(),
                    name: row.name.clone(),
                    unit: None,
                    kind: None,
                    better: None,
                    about: IndicatorAbout::default(),
                    years: Vec::with_capacity(lengths[&key]),
                    corrected: None,
                };
                entry.years.push(row);
                entries.push(entry);
            }
        }
    }
    for entry in owners.iter_mut().flat_map(list) {
        entry.years.sort_by_key(|year| year.fiscal_year);
        describe(entry, kinds);
    }
}

/// Reserves room in each owner's list for as many items as `indices` contains its index.
fn reserve<O, T>(
    owners: &mut [O],
    indices: impl Iterator<Item = usize>,
    list: impl Fn(&mut O) -> &mut Vec<T>,
) {
    let mut counts = vec![0; owners.len()];
    indices.for_each(|owner| counts[owner] += 1);
    for (owner, count) in owners.iter_mut().zip(counts) {
        list(owner).reserve_exact(count);
    }
}

/// Gives each measure the figures of its own year according to its series, where these differ from
/// the measure's own.
pub(super) fn own_years(measures: &mut [MeasureEntry]) {
    for index in 0..measures.len() {
        let members = in_one_history(measures, index);
        if members.len() < 2 {
            continue;
        }
        let members: Vec<&MeasureEntry> = members.into_iter().map(|m| &measures[m]).collect();
        let own = &measures[index];
        let year = own.fiscal_year;
        let corrected = |entry: &IndicatorEntry| {
            let mut years = indicator_years(&members, entry).into_iter();
            let known = years.find(|row| row.fiscal_year == year)?;
            let figures = |row: &IndicatorYear| {
                (row.baseline.clone(), row.target.clone(), row.actual.clone(), row.status)
            };
            let is_same = own.own_year(entry).is_some_and(|row| figures(row) == figures(&known));
            (!is_same).then(|| Box::new(known))
        };
        let indicators: Vec<Option<Box<IndicatorYear>>> =
            own.indicators.iter().map(corrected).collect();
        let mut money = money_rows(&members);
        money.retain(|row| row.fiscal_year == year);
        let is_own = money.iter().all(|row| row.measure.value == own.id);
        let measure = &mut measures[index];
        measure.corrected_money = (!is_own).then_some(money);
        for (entry, known) in measure.indicators.iter_mut().zip(indicators) {
            entry.corrected = known;
        }
    }
}

/// Sets the name and unit of an indicator to those of its newest row. Kind, direction and
/// description are taken from the newest row that has them, since they may be given only once.
fn describe(entry: &mut IndicatorEntry, kinds: &[IndicatorKind]) {
    let newest_first = || entry.years.iter().rev();
    if let Some(newest) = newest_first().next() {
        entry.name = newest.name.clone();
        entry.unit = newest.unit.as_ref().map(|unit| {
            let same = newest_first().filter(|year| year.unit.as_ref() == Some(unit));
            let en = same.filter_map(|year| year.unit_en.clone()).next();
            Localized { en, ..Localized::new(unit) }
        });
    }
    let said = newest_first().find_map(|year| year.kind.as_ref());
    entry.kind = said.and_then(|said| kinds.iter().position(|kind| kind.id == *said));
    entry.better = newest_first().find_map(|year| year.better);
    let text = |pick: fn(&IndicatorAbout) -> &Option<String>| {
        newest_first().find_map(|year| pick(year.about.as_ref()?).clone())
    };
    entry.about = IndicatorAbout {
        definition: text(|about| &about.definition),
        formula: text(|about| &about.formula),
        source: text(|about| &about.source),
        disaggregation: text(|about| &about.disaggregation),
    };
}

/// Links the measures of each series: the same measure in all years.
pub(super) fn tie_series(measures: &mut [MeasureEntry]) {
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
