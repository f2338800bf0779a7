//! From written pieces to the **domain** as meant: references resolved, pieces of one policy joined,
//! drafts left out, every contradiction named.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::FiscalYear;
use crate::config::{Config, RatingScale};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Place};
use crate::message;
use crate::source::Sources;
use crate::text::{Id, nearest};

use super::broken::Broken;
use super::written::{WrittenMeasure, WrittenPolicy, WrittenResult};
use super::{
    Budget, Department, IndicatorYear, Measure, MeasureResult, Policy, Redirect, Topic, tables,
};

/// The whole domain of policies.
#[derive(Clone, Debug, Default)]
pub struct Domain {
    /// Departments, in the order of their table.
    pub departments: Vec<Department>,
    /// Topics, in the order of their table.
    pub topics: Vec<Topic>,
    /// Policies: newest year first, then in the order of the departments.
    pub policies: Vec<Policy>,
    /// Indicators, in the order of their tables.
    pub indicators: Vec<IndicatorYear>,
    /// Budgets, in the order of their tables.
    pub budgets: Vec<Budget>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Addresses of renamed and removed pages.
    pub redirects: Vec<Redirect>,
}

/// Are drafts published?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drafts {
    /// Left out.
    #[default]
    LeftOut,
    /// Published like everything else, for a preview.
    Included,
}

/// Reads the whole domain. What has an error is left out of the result, so that later rules speak
/// of what is sound; the errors are among `diagnostics`.
pub fn read(
    sources: &Sources,
    config: &Config,
    drafts: Drafts,
    diagnostics: &mut Diagnostics,
) -> Domain {
    // The figures are read beside the measures; what is wrong with them is told after these.
    let mut of_figures = Diagnostics::new();
    let ((departments, topics, written), (mut indicators, mut budgets)) = rayon::join(
        || {
            let departments = tables::departments(sources, diagnostics);
            let topics = tables::topics(sources, diagnostics);
            let mut written = tables::policies_in_toml(sources, diagnostics);
            written.extend(tables::policies(sources, diagnostics));
            written.extend(tables::measures(sources, diagnostics));
            (departments, topics, written)
        },
        || {
            let indicators = tables::indicators(sources, &mut of_figures);
            (indicators, tables::budgets(sources, &mut of_figures))
        },
    );

    let broken = |prefixes: &[&str], diagnostics: &Diagnostics| {
        Broken::among(prefixes, sources, diagnostics)
    };
    let broken_measures = broken(&["content/policies/", "content/measures/"], diagnostics);
    let mut assembly = Assembly {
        broken_departments: broken(&["content/departments."], diagnostics),
        broken_topics: broken(&["content/topics."], diagnostics),
        broken_ratings: broken(&["content/site.toml"], diagnostics),
        departments: &departments,
        topics: &topics,
        ratings: &config.ratings,
        drafts,
        policies: BTreeMap::new(),
        left_out: BTreeSet::new(),
        first_use: BTreeMap::new(),
        diagnostics,
    };
    assembly.join(written);
    let Assembly { policies, left_out, first_use, .. } = assembly;
    let policies: Vec<Policy> = policies.into_values().map(|joined| joined.policy).collect();

    diagnostics.append(of_figures);
    let references =
        References { known: &first_use, left_out: &left_out, broken: &broken_measures };
    indicators.retain(|row| references.resolve(&row.measure, diagnostics));
    budgets.retain(|row| references.resolve(&row.measure, diagnostics));
    report_repeated_figures(&indicators, &budgets, diagnostics);

    Domain {
        departments,
        topics,
        policies,
        indicators,
        budgets,
        synonyms: tables::synonyms(sources, diagnostics),
        redirects: tables::redirects(sources, diagnostics),
    }
}

/// Newest year first, then the order of the departments.
type PolicyKey = (std::cmp::Reverse<FiscalYear>, usize);

struct Joined {
    policy: Policy,
    /// Which facts are given, and where.
    given: BTreeMap<&'static str, Place>,
}

struct Assembly<'a> {
    broken_departments: Broken,
    broken_topics: Broken,
    broken_ratings: Broken,
    departments: &'a [Department],
    topics: &'a [Topic],
    ratings: &'a RatingScale,
    drafts: Drafts,
    policies: BTreeMap<PolicyKey, Joined>,
    /// Measures that are drafts: rows about them are left out too.
    left_out: BTreeSet<Id>,
    first_use: BTreeMap<Id, Place>,
    diagnostics: &'a mut Diagnostics,
}

impl Assembly<'_> {
    fn join(&mut self, written: Vec<WrittenPolicy>) {
        let mut pieces: Vec<(PolicyKey, WrittenPolicy)> = Vec::with_capacity(written.len());
        for piece in written {
            match self.department(&piece.department, piece.fiscal_year) {
                Some(index) => pieces.push(((std::cmp::Reverse(piece.fiscal_year), index), piece)),
                // Nobody's measures have their problems told all the same.
                None => piece.measures.into_iter().for_each(|measure| {
                    self.measure(measure);
                }),
            }
        }
        // One piece that says "draft" makes the whole policy one.
        let draft_policies: BTreeSet<PolicyKey> =
            pieces.iter().filter(|(_, piece)| piece.draft).map(|(key, _)| *key).collect();
        for (key, piece) in pieces {
            let draft = self.drafts == Drafts::LeftOut && draft_policies.contains(&key);
            self.add_piece(key, piece, draft);
        }
    }

    fn add_piece(&mut self, key: PolicyKey, piece: WrittenPolicy, draft: bool) {
        let mut measures = Vec::with_capacity(piece.measures.len());
        for measure in piece.measures {
            if draft || (measure.draft && self.drafts == Drafts::LeftOut) {
                self.left_out.insert(measure.id.value.clone());
            } else if let Some(measure) = self.measure(measure) {
                measures.push(measure);
            }
        }
        if draft {
            return;
        }
        let joined = self.policies.entry(key).or_insert_with(|| Joined {
            policy: Policy {
                department: self.departments[key.1].id.clone(),
                fiscal_year: piece.fiscal_year,
                headline: None,
                statement: None,
                published: None,
                updated: None,
                measures: Vec::new(),
                place: piece.place.clone(),
            },
            given: BTreeMap::new(),
        });
        let Joined { policy, given } = joined;
        let (place, diagnostics) = (&piece.place, &mut *self.diagnostics);
        give("headline", &mut policy.headline, piece.headline, place, given, diagnostics);
        give("statement", &mut policy.statement, piece.statement, place, given, diagnostics);
        give("published", &mut policy.published, piece.published, place, given, diagnostics);
        give("updated", &mut policy.updated, piece.updated, place, given, diagnostics);
        policy.measures.extend(measures);
    }

    fn measure(&mut self, written: WrittenMeasure) -> Option<Measure> {
        if let Some(first) = self.first_use.get(&written.id.value) {
            let id = &written.id.value;
            self.diagnostics.push(
                Diagnostic::new(
                    &diagnostic::POLICY_DUPLICATE_ID,
                    written.id.place.clone(),
                    message!(
                        ja: "施策ID `{id}` が二度使われている",
                        en: "the measure id `{id}` is used twice",
                    ),
                )
                .with_help(message!(
                    ja: "年度ごとに別のIDにし、同じ施策は `series` でつなぐ",
                    en: "give each year its own id and tie them by `series`",
                ))
                .with_related(
                    first.clone(),
                    message!(ja: "先に使われた場所", en: "first used here"),
                ),
            );
            return None;
        }
        self.first_use.insert(written.id.value.clone(), written.id.place.clone());
        let topics = written.topics.iter().filter_map(|topic| self.topic(topic)).collect();
        let kana = written.kana.and_then(|kana| self.hiragana(kana));
        let result = written.result.and_then(|result| self.result(result));
        Some(Measure {
            series: written.series.unwrap_or_else(|| written.id.value.clone()),
            id: written.id.value,
            title: written.title,
            kana,
            topics,
            direction: written.direction,
            easy: written.easy,
            updated: written.updated,
            result,
            place: written.place,
        })
    }

    fn result(&mut self, written: WrittenResult) -> Option<MeasureResult> {
        let Some(rating) = written.rating else {
            self.diagnostics.push(
                Diagnostic::new(
                    &diagnostic::POLICY_RESULT_INCOMPLETE,
                    written.place,
                    message!(ja: "実績に達成度がない", en: "the result has no rating"),
                )
                .with_help(message!(
                    ja: "`rating` に達成度を書く。評価しない年は `not-rated`、実績がまだなら実績ごと消す",
                    en: "add `rating`; `not-rated` where the year was not rated; \
                         leave the whole result out while there is none",
                )),
            );
            return None;
        };
        let Some(found) = self.ratings.find(&rating.value) else {
            if !self.broken_ratings.may_hold(&rating.value) {
                let known: Vec<&str> = self.ratings.all().map(|r| r.id.as_str()).collect();
                let problem = unknown_id("達成度", "rating", &rating, known.iter().copied());
                let list = known.join("`, `");
                self.diagnostics.push(problem.with_help(message!(
                    ja: "書けるのは `{list}`",
                    en: "possible are `{list}`",
                )));
            }
            return None;
        };
        if found.id.as_str() == RatingScale::NOT_YET {
            // A clerk may say in so many words that the result is still to come.
            return None;
        }
        let rating = Located::new(found.id.clone(), rating.place);
        Some(MeasureResult { rating, account: written.account, published: written.published })
    }

    /// Index of the department that `written` names, by id, else by name; of several with one name
    /// the one that existed in `year`.
    fn department(&mut self, written: &Located<String>, year: FiscalYear) -> Option<usize> {
        let by_id = self.departments.iter().position(|d| d.id.as_str() == written.value);
        let named = |d: &&Department| d.name.own == written.value;
        let by_name = || {
            self.departments
                .iter()
                .position(|d| named(&d) && d.existed_in(year))
                .or_else(|| self.departments.iter().position(|d| named(&d)))
        };
        let found = by_id.or_else(by_name);
        if found.is_none() && !self.broken_departments.may_hold(&written.value) {
            let known = self.departments.iter().map(|d| d.id.as_str());
            self.diagnostics.push(unknown_id("部局", "department", written, known));
        }
        found
    }

    fn topic(&mut self, written: &Located<String>) -> Option<Located<Id>> {
        let found = self
            .topics
            .iter()
            .find(|t| t.id.as_str() == written.value || t.name.own == written.value);
        if found.is_none() && !self.broken_topics.may_hold(&written.value) {
            let known = self.topics.iter().map(|t| t.id.as_str());
            self.diagnostics.push(unknown_id("分野", "topic", written, known));
        }
        found.map(|topic| Located::new(topic.id.clone(), written.place.clone()))
    }

    fn hiragana(&mut self, written: Located<String>) -> Option<String> {
        if written.value.chars().all(|c| {
            matches!(c, 'ぁ'..='ゖ' | 'ー' | ' ' | '　' | '・' | '、' | '。' | '「' | '」')
        }) {
            return Some(written.value);
        }
        let kana = &written.value;
        self.diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_READING,
                written.place.clone(),
                message!(
                    ja: "読み `{kana}` にひらがなでない文字がある",
                    en: "the reading `{kana}` is not all hiragana",
                ),
            )
            .with_help(message!(
                ja: "数字や英字も読みのとおりひらがなで書く",
                en: "write it in hiragana, figures and letters too",
            )),
        );
        None
    }
}

/// A reference that leads nowhere, with what was probably meant.
pub(super) fn unknown_id<'a>(
    ja: &str,
    en: &str,
    written: &Located<impl std::fmt::Display>,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let text = written.value.to_string();
    let problem = Diagnostic::new(
        &diagnostic::POLICY_UNKNOWN_ID,
        written.place.clone(),
        message!(ja: "{ja} `{text}` はない", en: "there is no {en} `{text}`"),
    );
    match nearest(&text, known) {
        Some(near) => {
            problem.with_help(message!(ja: "`{near}` のことか", en: "did you mean `{near}`?"))
        }
        None => problem.with_help(message!(
            ja: "書き間違いを直すか、{ja}を先に加える",
            en: "mend the spelling, or add the {en} first",
        )),
    }
}

/// Sets a fact of a policy once; a second time is an error that names both places.
fn give<T>(
    name: &'static str,
    fact: &mut Option<T>,
    written: Option<T>,
    place: &Place,
    given: &mut BTreeMap<&'static str, Place>,
    diagnostics: &mut Diagnostics,
) {
    if written.is_none() {
        return;
    }
    if let Some(first) = given.get(name) {
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_DUPLICATE_FACT,
                place.clone(),
                message!(
                    ja: "この運営方針の `{name}` が二か所に書かれている",
                    en: "`{name}` of this policy is given twice",
                ),
            )
            .with_help(message!(ja: "どちらか一方を消す", en: "remove one of the two"))
            .with_related(first.clone(), message!(ja: "先に書かれた場所", en: "first given here")),
        );
        return;
    }
    given.insert(name, place.clone());
    *fact = written;
}

struct References<'a> {
    known: &'a BTreeMap<Id, Place>,
    left_out: &'a BTreeSet<Id>,
    broken: &'a Broken,
}

impl References<'_> {
    /// Is the measure on the site? One that is nowhere is an error; a draft's rows just go with it.
    fn resolve(&self, measure: &Located<Id>, diagnostics: &mut Diagnostics) -> bool {
        if self.known.contains_key(&measure.value) {
            return true;
        }
        let id = &measure.value;
        if !self.left_out.contains(id) && !self.broken.may_hold(id.as_str()) {
            let known = self.known.keys().map(Id::as_str);
            diagnostics.push(unknown_id("施策", "measure", measure, known));
        }
        false
    }
}

fn report_repeated_figures(
    indicators: &[IndicatorYear],
    budgets: &[Budget],
    diagnostics: &mut Diagnostics,
) {
    let rows = indicators
        .iter()
        .map(|row| ((&row.measure.value, row.indicator.as_str(), row.fiscal_year), &row.place));
    report_repeats(rows, diagnostics);
    let rows = budgets.iter().map(|row| {
        (
            (&row.measure.value, row.source.as_deref().unwrap_or_default(), row.fiscal_year),
            &row.place,
        )
    });
    report_repeats(rows, diagnostics);
}

type FigureKey<'a> = (&'a Id, &'a str, FiscalYear);

fn report_repeats<'a>(
    rows: impl Iterator<Item = (FigureKey<'a>, &'a Place)>,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: BTreeMap<FigureKey<'a>, &Place> = BTreeMap::new();
    for (key, place) in rows {
        let Some(first) = seen.insert(key, place) else { continue };
        let (measure, detail, year) = key;
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::TABLE_DUPLICATE_KEY,
                place.clone(),
                message!(
                    ja: "`{measure}` の `{detail}`（{year}年度）の行がすでにある",
                    en: "there is already a row for `{measure}`, `{detail}`, fiscal year {year}",
                ),
            )
            .with_help(message!(
                ja: "どちらかの行を消すか、キーを直す",
                en: "remove one of the rows, or mend its key",
            ))
            .with_related(first.clone(), message!(ja: "先にある行", en: "the first row")),
        );
    }
}
