//! **Totals** that a sheet gives: they are checked against the sum of their parts, and not
//! published.

use crate::diagnostic::{self, Diagnostic, Place};
use crate::message;
use crate::table::{GatheredCell, Missing, Status, figure_and_unit, is_same, no_result, shortened};
use crate::text::Decimal;

/// The outcome of a check.
pub(super) enum TotalCheck {
    /// The total is the sum of its parts.
    Right,
    /// There is nothing to check: no total, or a part that is not known.
    Nothing,
    Wrong(Box<Diagnostic>),
}

/// Checks the total in `cell` against `sum`, which is `None` if a part is not known; `missing` has
/// the texts that stand for a missing value.
pub(super) fn check(cell: &GatheredCell, sum: Option<&Decimal>, missing: &Missing) -> TotalCheck {
    let Some(spot) = &cell.spot else { return TotalCheck::Nothing };
    let place: Place = spot.place().into();
    if cell.text.is_empty() && spot.is_without_result() {
        return TotalCheck::Wrong(Box::new(no_result().at(place)));
    }
    if cell.text.is_empty() || missing.contains(&cell.text) {
        return TotalCheck::Nothing;
    }
    let Some(total) = number(&cell.text) else {
        return TotalCheck::Wrong(Box::new(no_number(place, &cell.text)));
    };
    match sum {
        None => TotalCheck::Nothing,
        Some(sum) if is_same(total.as_str(), sum.as_str()) => TotalCheck::Right,
        Some(sum) => TotalCheck::Wrong(Box::new(wrong(place, &total, sum))),
    }
}

/// What a blank part adds to a sum: 0. `None`, which makes the sum unknown, if `status` says that
/// the figure is suppressed or was not collected.
pub(super) fn of_blank(status: Option<Status>) -> Option<Decimal> {
    match status {
        Some(Status::Suppressed | Status::NotCollected) => None,
        _ => Decimal::parse("0"),
    }
}

/// The number in `text`, with or without a unit.
pub(super) fn number(text: &str) -> Option<Decimal> {
    Decimal::parse(text).or_else(|| figure_and_unit(text).map(|(number, _)| number))
}

fn wrong(place: Place, total: &Decimal, sum: &Decimal) -> Diagnostic {
    let (total, sum) = (total.grouped(), sum.grouped());
    Diagnostic::new(
        &diagnostic::FORM_TOTAL,
        place,
        message!(
            ja: "合計は{total}ですが、内訳の和は{sum}です",
            en: "the total is {total}, but its parts add up to {sum}",
        ),
    )
    .with_help(message!(
        ja: "どちらが正しいか確かめ、訂正してください",
        en: "find out which is right, and correct the other",
    ))
}

fn no_number(place: Place, text: &str) -> Diagnostic {
    let text = shortened(text);
    Diagnostic::new(
        &diagnostic::FORM_TOTAL,
        place,
        message!(ja: "合計の「{text}」は数値ではありません", en: "the total `{text}` is not a number"),
    )
    .with_help(message!(
        ja: "合計を入力するか、値がないことを表す文字なら、様式の「missing」に加えてください",
        en: "write the total; if the text says that there is none, add it to `missing` of the form",
    ))
}
