//! Warns about **years** far from all others. A mistyped year such as 令和50年度 for 令和5年度 is a
//! valid year, so only its distance gives it away.

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::site::{PolicyEntry, Site};
use crate::text::Language;

/// Policies are far apart if their fiscal years differ by more than this.
const FAR_POLICY: i32 = 10;
/// A separate group of more than this many policies is taken for an archive, not for a mistake.
const FEW: usize = 3;
/// An indicator is far from its measure if their years differ by more than this. Baselines of 1990
/// and targets for 2050 are common.
const FAR_FIGURE: i32 = 40;
/// A budget is far from its measure if their years differ by more than this.
const FAR_BUDGET: i32 = 10;

/// Warns about policies whose years are far from those of most policies, and about figures whose
/// years are far from that of their measure.
pub(super) fn far_years(site: &Site, diagnostics: &mut Diagnostics) {
    policies(site, diagnostics);
    figures(site, diagnostics);
    figures_of_the_plan(site, diagnostics);
}

/// Warns about each policy whose year is far from those of most policies.
fn policies(site: &Site, diagnostics: &mut Diagnostics) {
    let mut policies: Vec<&PolicyEntry> = site.policies.iter().collect();
    policies.sort_by_key(|policy| policy.fiscal_year);
    // Split the policies, in the order of their years, wherever two neighbours are far apart. Every
    // small group other than the largest one is reported.
    let near = |a: &&PolicyEntry, b: &&PolicyEntry| {
        b.fiscal_year.year() - a.fiscal_year.year() <= FAR_POLICY
    };
    let groups: Vec<&[&PolicyEntry]> = policies.chunk_by(near).collect();
    // Of groups of equal size, the earliest is taken to be correct, since most mistyped years lie
    // in the future.
    let Some(most) = groups.iter().rev().max_by_key(|group| group.len()) else { return };
    let (first, last) = (most[0].fiscal_year, most[most.len() - 1].fiscal_year);
    let (others_ja, others_en) = match first == last {
        true => (format!("{first}年度"), first.to_string()),
        false => (format!("{first}〜{last}年度"), format!("{first} to {last}")),
    };
    let slips = groups.iter().filter(|group| group[0].fiscal_year != first && group.len() <= FEW);
    for policy in slips.copied().flatten() {
        let year = policy.fiscal_year;
        let japanese = year.long(Language::Ja);
        let problem = message!(
            ja: "{japanese}の運営方針が、ほかの運営方針の年度（{others_ja}）から大きく離れています",
            en: "a policy is for fiscal year {year}, far from the others ({others_en})",
        );
        diagnostics.push(far(policy.place.clone(), problem));
    }
}

/// Warns about indicators and budgets of measures whose years are far from that of their measure.
fn figures(site: &Site, diagnostics: &mut Diagnostics) {
    for measure in &site.measures {
        let indicators = measure.indicators.iter().flat_map(|indicator| &indicator.years);
        let indicators = indicators.map(|row| (row.fiscal_year, &row.place, FAR_FIGURE));
        let budgets = measure.budgets.iter();
        let budgets = budgets.map(|row| (row.fiscal_year, &row.place, FAR_BUDGET));
        let own = measure.fiscal_year;
        let away = |year: FiscalYear| (year.year() - own.year()).abs();
        let figures = indicators.chain(budgets);
        for (year, place, _) in figures.filter(|(year, _, far)| away(*year) > *far) {
            let japanese = year.long(Language::Ja);
            let problem = message!(
                ja: "{japanese}の数値が、施策の年度（{own}年度）から大きく離れています",
                en: "a figure is for fiscal year {year}, far from the measure's fiscal year ({own})",
            );
            diagnostics.push(far(place.clone(), problem));
        }
    }
}

/// Warns about indicators of the plan whose years are far from those of the site. They belong to no
/// measure with whose year they could be compared.
fn figures_of_the_plan(site: &Site, diagnostics: &mut Diagnostics) {
    let years = || site.years.iter().map(|year| year.fiscal_year.year());
    let (Some(first), Some(last)) = (years().min(), years().max()) else { return };
    let indicators = site.nodes.iter().flat_map(|node| &node.indicators);
    for row in indicators.flat_map(|indicator| &indicator.years) {
        let year = row.fiscal_year;
        let away = (first - year.year()).max(year.year() - last);
        if away > FAR_FIGURE {
            let japanese = year.long(Language::Ja);
            let problem = message!(
                ja: "{japanese}の数値が、運営方針の年度（{first}年度から{last}年度）から大きく離れています",
                en: "a figure is for fiscal year {year}, far from the years of the policies ({first} to {last})",
            );
            diagnostics.push(far(row.place.clone(), problem));
        }
    }
}

fn far(place: Place, problem: Message) -> Diagnostic {
    Diagnostic::new(&diagnostic::CHECK_FAR_YEAR, place, problem).with_help(message!(
        ja: "年度を確認してください。正しい場合は、このままで構いません",
        en: "check the fiscal year; if it is correct, leave it as it is",
    ))
}
