//! Assembles the **domain** from written pieces: resolves references, joins the pieces of a policy,
//! leaves out drafts, and reports every contradiction.
//!
//! Not in here: reading the pieces (`tables`, `toml`).

mod figures;
mod measures;
mod references;
mod totals;
mod withheld;

pub(super) use figures::report_repeated_figures;
pub(super) use references::{Nodes, unknown_id};
pub(super) use totals::report_totals;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::calendar::FiscalYear;
use crate::config::{Config, PublicState, RatingScale, Selection, Withheld};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place, Provenance};
use crate::document::Extra;
use crate::message;
use crate::source::Sources;
use crate::text::{Id, Nearest};

use super::broken::Broken;
use super::written::WrittenPolicy;
use super::{DeclaredFields, Department, FieldValues, POLICIES, Policy, Topic};
use figures::MeasureIds;

/// Sorts policies by year, newest first, then in the order of the departments.
type PolicyKey = (std::cmp::Reverse<FiscalYear>, usize);

struct JoinedPolicy {
    policy: Policy,
    /// The facts given so far, each with its place.
    given: BTreeMap<String, Place>,
}

/// The policies being assembled, with what they may refer to.
pub(super) struct Assembly<'a> {
    broken_measures: Broken,
    broken_departments: Broken,
    broken_topics: Broken,
    broken_ratings: Broken,
    fields: &'a DeclaredFields,
    departments: &'a [Department],
    topics: &'a [Topic],
    nodes: &'a Nodes<'a>,
    ratings: &'a RatingScale,
    selection: Selection,
    policies: BTreeMap<PolicyKey, JoinedPolicy>,
    /// Measures that are not on the site: rows about them are left out as well.
    left_out: BTreeSet<Id>,
    withheld: Vec<Withheld>,
    first_use: BTreeMap<Id, Place>,
    nearest: Nearest,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Assembly<'a> {
    /// Creates an empty assembly. Files that already have an error may define what is referred to,
    /// so references that may lead into them are not reported.
    pub fn new(
        sources: &Sources,
        config: &'a Config,
        fields: &'a DeclaredFields,
        (departments, topics, nodes): (&'a [Department], &'a [Topic], &'a Nodes<'a>),
        form_files: &BTreeSet<Arc<str>>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let broken = |prefixes: &[&str]| Broken::among(prefixes, sources, diagnostics);
        Self {
            broken_measures: broken(&["content/policies/", "content/measures/"])
                .or_any_of(form_files, diagnostics),
            broken_departments: broken(&["content/departments."]),
            broken_topics: broken(&["content/topics."]),
            broken_ratings: broken(&["content/site.toml"]),
            fields,
            departments,
            topics,
            nodes,
            ratings: &config.ratings,
            selection: config.selection,
            policies: BTreeMap::new(),
            left_out: BTreeSet::new(),
            withheld: Vec::new(),
            first_use: BTreeMap::new(),
            nearest: Nearest::default(),
            diagnostics,
        }
    }

    /// Adds the pieces of policies. If one piece of a policy is a draft, the whole policy is.
    pub fn join(&mut self, written: Vec<WrittenPolicy>) {
        let mut pieces: Vec<(PolicyKey, WrittenPolicy)> = Vec::with_capacity(written.len());
        for piece in written {
            match self.department(&piece.department, piece.fiscal_year) {
                Some(index) => pieces.push(((std::cmp::Reverse(piece.fiscal_year), index), piece)),
                // Problems of the measures are reported even though the department is not known.
                None => piece.measures.into_iter().for_each(|measure| {
                    self.measure(measure);
                }),
            }
        }
        // A piece that is withheld withholds the whole policy.
        let mut states: BTreeMap<PolicyKey, PublicState> = BTreeMap::new();
        for (key, piece) in &pieces {
            let state = self.state(piece.period, &piece.place);
            if state != PublicState::Public {
                self.withhold_policy(*key, piece, state);
                let known = states.entry(*key).or_default();
                *known = state.max(*known);
            }
        }
        for (key, piece) in pieces {
            let state = states.get(&key).copied().unwrap_or_default();
            self.add_piece(key, piece, state);
        }
    }

    /// Returns the policies in their order, the ids of their measures, and what is withheld.
    pub fn finish(self) -> (Vec<Policy>, MeasureIds, Vec<Withheld>) {
        let policies = self.policies.into_values().map(|joined| joined.policy).collect();
        let measures = MeasureIds {
            known: self.first_use,
            left_out: self.left_out,
            broken: self.broken_measures,
        };
        (policies, measures, self.withheld)
    }

    /// Adds a piece to the policy `key`, which is in `state`. Of measures that are not on the site
    /// only the ids are kept. A fact that another piece has already given is reported.
    fn add_piece(&mut self, key: PolicyKey, piece: WrittenPolicy, state: PublicState) {
        let mut measures = Vec::with_capacity(piece.measures.len());
        for measure in piece.measures {
            let own = self.state(measure.period, &measure.place);
            let (of, fiscal_year) = (key.1, piece.fiscal_year);
            if own.max(state) != PublicState::Public {
                self.withhold_measure(&measure, (own, state), of, fiscal_year);
            }
            if !self.selection.shows(own.max(state)) {
                self.left_out.extend(measure.id.map(|id| id.value));
                continue;
            }
            self.withhold_result(&measure, of, fiscal_year);
            measures.extend(self.measure(measure));
        }
        if !self.selection.shows(state) {
            return;
        }
        let joined = self.policies.entry(key).or_insert_with(|| JoinedPolicy {
            policy: Policy {
                department: self.departments[key.1].id.clone(),
                fiscal_year: piece.fiscal_year,
                headline: None,
                statement: None,
                published: None,
                updated: None,
                fields: FieldValues::new(),
                extra: Extra::new(),
                measures: Vec::new(),
                place: piece.place.clone(),
                provenance: Provenance::default(),
            },
            given: BTreeMap::new(),
        });
        let JoinedPolicy { policy, given } = joined;
        let (place, diagnostics) = (&piece.place, &mut *self.diagnostics);
        give("headline", &mut policy.headline, piece.headline, place, given, diagnostics);
        give("statement", &mut policy.statement, piece.statement, place, given, diagnostics);
        let published = piece.period.published;
        give("published", &mut policy.published, published, place, given, diagnostics);
        give("updated", &mut policy.updated, piece.updated, place, given, diagnostics);
        for (index, value) in piece.fields {
            let mut fact = policy.fields.remove(&index);
            let name = &self.fields.all[index].label.own;
            give(name, &mut fact, Some(value), place, given, diagnostics);
            policy.fields.extend(fact.map(|value| (index, value)));
        }
        for (key, value) in piece.extra {
            let mut fact = policy.extra.remove(&key);
            let name = format!("extra.{key}");
            give(&name, &mut fact, Some(value), place, given, diagnostics);
            policy.extra.extend(fact.map(|value| (key, value)));
        }
        policy.provenance = policy.provenance.and(&piece.provenance);
        policy.measures.extend(measures);
    }
}

/// The Japanese header of the column `name` of a table of policies, followed by the name in TOML.
fn column_title(name: &str) -> String {
    match POLICIES.columns.iter().find(|column| column.name == name) {
        Some(column) => format!("{}（{name}）", column.title),
        None => name.to_owned(),
    }
}

/// Sets a fact of a policy. A second value is an error that names both places.
fn give<T>(
    name: &str,
    fact: &mut Option<T>,
    written: Option<T>,
    place: &Place,
    given: &mut BTreeMap<String, Place>,
    diagnostics: &mut Diagnostics,
) {
    if written.is_none() {
        return;
    }
    if let Some(first) = given.get(name) {
        let title = column_title(name);
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_DUPLICATE_FACT,
                place.clone(),
                message!(
                    ja: "この運営方針の「{title}」が2か所に記入されています",
                    en: "`{name}` of this policy is given twice",
                ),
            )
            .with_help(message!(ja: "どちらか一方を削除してください", en: "remove one of the two"))
            .with_related(
                first.clone(),
                message!(ja: "先に記入された場所", en: "first given here"),
            ),
        );
        return;
    }
    given.insert(name.to_owned(), place.clone());
    *fact = written;
}
