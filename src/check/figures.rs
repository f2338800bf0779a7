//! Compares declared ratings with the **figures**. A rating is declared, never derived, but one
//! that all indicators contradict is worth checking.

use crate::config::Tone;
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;
use crate::policy::IndicatorYear;
use crate::site::{MeasureEntry, Site};

/// Warns about a good rating if every indicator missed its target, and about a poor one if every
/// indicator met it.
pub(super) fn ratings_against_indicators(site: &Site, diagnostics: &mut Diagnostics) {
    for measure in &site.measures {
        let Some(result) = &measure.result else { continue };
        let tone = site.ratings[measure.rating].rating.tone;
        let Some(met) = all_alike(measure) else { continue };
        let contradicts = (tone == Tone::Good && !met) || (tone == Tone::Poor && met);
        if !contradicts {
            continue;
        }
        let label = &site.ratings[measure.rating].rating.label.own;
        let (ja, en) = match met {
            true => ("指標はすべて目標に達しています", "every indicator met its target"),
            false => ("目標に達した指標がありません", "no indicator met its target"),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::CHECK_RATING_FIGURES,
                result.rating.place.clone(),
                message!(
                    ja: "達成度は「{label}」ですが、{ja}",
                    en: "the rating is `{label}`, but {en}",
                ),
            )
            .with_help(message!(
                ja: "達成度と指標の値を確認してください。正しい場合は、このままで構いません",
                en: "check the rating and the figures; if they are correct, leave them as they are",
            )),
        );
    }
}

/// `Some(true)` if every indicator with a target and an actual figure for the measure's own year
/// met its target, `Some(false)` if none did. `None` if no indicator has both figures, or if the
/// outcomes differ.
fn all_alike(measure: &MeasureEntry) -> Option<bool> {
    let mut outcomes = measure
        .indicators
        .iter()
        .filter_map(|entry| measure.own_year(entry))
        .filter_map(IndicatorYear::reached);
    let first = outcomes.next()?;
    outcomes.all(|outcome| outcome == first).then_some(first)
}
