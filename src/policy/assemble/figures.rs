//! Checks **figures** against the measures: each row refers to a measure of the site, and no two
//! rows say the same thing.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message, Place};
use crate::message;
use crate::policy::broken::Broken;
use crate::policy::{Budget, IndicatorYear};
use crate::text::Id;

use super::references::unknown_id;

/// The ids of measures to which figures may refer.
pub(in crate::policy) struct MeasureIds {
    /// The place at which each id is first used.
    pub(super) known: BTreeMap<Id, Place>,
    /// The ids of drafts: rows about them are left out as well.
    pub(super) left_out: BTreeSet<Id>,
    /// Broken files, which may define others.
    pub(super) broken: Broken,
}

/// Most comparisons of unknown ids with known ones for one file; they take about a second.
const COMPARED: usize = 10_000_000;

impl MeasureIds {
    /// Whether the measure is on the site. An unknown id is reported; rows of drafts are left out
    /// silently.
    pub fn resolve(&self, measure: &Located<Id>, diagnostics: &mut Diagnostics) -> bool {
        if self.known.contains_key(&measure.value) {
            return true;
        }
        let Located { value: id, place } = measure;
        if !self.left_out.contains(id) && !self.broken.may_hold(id.as_str(), place, diagnostics) {
            let asked = diagnostics.so_far(&diagnostic::POLICY_UNKNOWN_ID, place);
            diagnostics.push_with(&diagnostic::POLICY_UNKNOWN_ID, place.file_path(), || {
                // Only the first of very many unknown ids are compared with the known ones.
                let is_early = asked.saturating_mul(self.known.len()) < COMPARED;
                let known = self.known.keys().map(Id::as_str).filter(|_| is_early);
                unknown_id("施策", "measure", measure, known)
            });
        }
        false
    }
}

/// Reports rows that repeat the key of an earlier row.
pub(in crate::policy) fn report_repeated_figures(
    (indicators, plan_indicators): (&[IndicatorYear], &[IndicatorYear]),
    budgets: &[Budget],
    diagnostics: &mut Diagnostics,
) {
    fn keyed(row: &IndicatorYear) -> (FigureKey<'_>, &Place) {
        ((&row.owner.value, [row.indicator.as_str(), ""], row.fiscal_year), &row.place)
    }
    let corrections = message!(
        ja: "どちらかの行を削除するか、施策ID・指標ID・年度を訂正してください",
        en: "delete one of the rows, or correct its measure, indicator or fiscal year",
    );
    report_repeats(indicators.iter().map(keyed), &corrections, diagnostics);
    let corrections = message!(
        ja: "どちらかの行を削除するか、計画・指標ID・年度を訂正してください",
        en: "delete one of the rows, or correct its node of the plan, indicator or fiscal year",
    );
    report_repeats(plan_indicators.iter().map(keyed), &corrections, diagnostics);
    let rows = budgets.iter().map(|row| {
        let detail = [&row.category, &row.source].map(|part| part.as_deref().unwrap_or_default());
        ((&row.measure.value, detail, row.fiscal_year), &row.place)
    });
    let corrections = message!(
        ja: "どちらかの行を削除するか、施策ID・財源・費目・年度を訂正してください",
        en: "delete one of the rows, or correct its measure, source, category or fiscal year",
    );
    report_repeats(rows, &corrections, diagnostics);
}

/// The key of a row: its measure or node of the plan, up to two details such as the indicator or
/// category and source, blank where there is none, and the fiscal year.
type FigureKey<'a> = (&'a Id, [&'a str; 2], FiscalYear);

/// Reports every row whose key an earlier row has, with `corrections` as help.
fn report_repeats<'a>(
    rows: impl Iterator<Item = (FigureKey<'a>, &'a Place)>,
    corrections: &Message,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: BTreeMap<FigureKey<'a>, &Place> = BTreeMap::new();
    for (key, place) in rows {
        let Some(first) = seen.insert(key, place) else { continue };
        let (owner, detail, year) = key;
        let detail: Vec<&str> = detail.into_iter().filter(|part| !part.is_empty()).collect();
        let detail = detail.join("・");
        // A budget that is not broken down by source has no detail.
        let (ja, en) = match detail.is_empty() {
            true => (String::new(), String::new()),
            false => (format!("、{detail}"), format!(", {detail}")),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::TABLE_DUPLICATE_KEY,
                place.clone(),
                message!(
                    ja: "同じ内容の行（{owner}{ja}、{year}年度）がすでにあります",
                    en: "there is already a row for {owner}{en}, fiscal year {year}",
                ),
            )
            .with_help(corrections.clone())
            .with_related(first.clone(), message!(ja: "先にある行", en: "the first row")),
        );
    }
}
