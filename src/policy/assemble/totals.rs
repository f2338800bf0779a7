//! **Totals** among the rows of budgets: a row without a source that is the sum of the rows with
//! one, or a row without a category that is the sum of the rows with one. Pages and readers would
//! count the same money twice.

use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;
use crate::policy::{Budget, Status};
use crate::text::{Decimal, Id};

/// Reports the rows that are totals of others.
pub(in crate::policy) fn report_totals(budgets: &[Budget], diagnostics: &mut Diagnostics) {
    let current = || budgets.iter().filter(|row| row.status != Some(Status::Superseded));
    let mut years: BTreeMap<(&Id, FiscalYear), Vec<&Budget>> = BTreeMap::new();
    for row in current() {
        years.entry((&row.measure.value, row.fiscal_year)).or_default().push(row);
    }
    for rows in years.values().filter(|rows| rows.len() > 1) {
        let mut categories: BTreeMap<Option<&str>, Vec<&Budget>> = BTreeMap::new();
        for row in rows {
            categories.entry(row.category.as_deref()).or_default().push(row);
        }
        let of_categories = rows.iter().partition(|row| row.category.is_none());
        report(of_categories, ("費目", "category"), diagnostics);
        for rows in categories.into_values() {
            let of_sources = rows.into_iter().partition(|row| row.source.is_none());
            report(of_sources, ("財源", "source"), diagnostics);
        }
    }
}

/// Reports the first of the `totals` if their sum is that of the `parts`, for budgets or for
/// settled amounts. The parameters `ja` and `en` name the column that is blank in totals.
fn report(
    (totals, parts): (Vec<&Budget>, Vec<&Budget>),
    (ja, en): (&str, &str),
    diagnostics: &mut Diagnostics,
) {
    let (Some(total), Some(part)) = (totals.first(), parts.first()) else { return };
    let figures: [fn(&Budget) -> Option<&Decimal>; 2] =
        [|row| row.budget.as_ref(), |row| row.settled.as_ref()];
    let sum = |rows: &[&Budget], figure: fn(&Budget) -> Option<&Decimal>| {
        let known: Vec<Option<&Decimal>> =
            rows.iter().map(|row| figure(row)).filter(Option::is_some).collect();
        Decimal::sum(known).map(|sum| sum.as_f64())
    };
    let same = |figure: &fn(&Budget) -> Option<&Decimal>| {
        let (total, parts) = (sum(&totals, *figure), sum(&parts, *figure));
        total.is_some_and(|total| total != 0.0) && total == parts
    };
    if !figures.iter().any(same) {
        return;
    }
    diagnostics.push(
        Diagnostic::new(
            &diagnostic::POLICY_TOTAL,
            total.place.clone(),
            message!(
                ja: "{ja}が空欄のこの行は、{ja}のある行の合計です。同じ金額が二重に計上されます",
                en: "this row without a {en} is the total of the rows with one; the same money would be summed twice",
            ),
        )
        .with_help(message!(
            ja: "合計の行を削除してください。合計は自動で計算します",
            en: "delete the row; totals are calculated",
        ))
        .with_related(part.place.clone(), message!(ja: "内訳の行", en: "a part of the total")),
    );
}
