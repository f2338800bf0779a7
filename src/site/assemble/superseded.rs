//! Marks **superseded** figures. Each yearly sheet repeats figures of earlier years. For each
//! figure, the latest sheet of a series that gives it counts; what earlier sheets give for the same
//! figure is kept with the status `superseded`, and never summed.
//!
//! Not in here: the use of the figures that count (`history`).

use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::policy::{Budget, IndicatorYear, Status};
use crate::site::entries::MeasureEntry;
use crate::site::history::in_one_history;
use crate::text::{Decimal, Id};

/// Identifies a figure: an indicator with its unit or a category of money, the fiscal year, and the
/// number of the figure in the row.
type SupersededKey = (Option<(Id, Option<String>)>, Option<String>, FiscalYear, usize);

/// A figure that counts.
struct TakenFigure {
    /// Index of the measure whose sheet gives it.
    measure: usize,
    /// The figures by source of money, with their places; `None` for indicators.
    figures: BTreeMap<Option<String>, (Decimal, Place)>,
}

/// Marks the figures of `measures` that later sheets of their series give again. One diagnostic
/// reports how many of these differ from the later ones.
pub(super) fn supersede(measures: &mut [MeasureEntry], diagnostics: &mut Diagnostics) {
    let mut differing: Vec<(Place, Place)> = Vec::new();
    for first in 0..measures.len() {
        let members = in_one_history(measures, first);
        // Each series once, if it has several sheets.
        if members.len() < 2 || members[0] != first {
            continue;
        }
        let mut taken: BTreeMap<SupersededKey, TakenFigure> = BTreeMap::new();
        for &member in &members {
            for entry in &mut measures[member].indicators {
                divide(&mut entry.years, |row| indicator(row, member, &mut taken, &mut differing));
            }
            divide(&mut measures[member].budgets, |row| {
                budget(row, member, &mut taken, &mut differing)
            });
        }
    }
    if let Some((place, later)) = differing.first() {
        let count = differing.len();
        let (figures, differ, one) = match count {
            1 => ("figure", "differs", "one is"),
            _ => ("figures", "differ", "ones are"),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SITE_SUPERSEDED,
                place.clone(),
                message!(
                    ja: "後の年度の表と異なる値が{count}件あります。後の年度の値を使います",
                    en: "{count} {figures} of earlier years' sheets {differ} from what later sheets say; the later {one} used",
                ),
            )
            .with_help(message!(
                ja: "元の値も、状態を「superseded」として公開します。誤りがあれば訂正してください",
                en: "earlier figures are published with the status `superseded`; correct them if they are wrong",
            ))
            .with_related(
                later.clone(),
                message!(ja: "後の年度の値", en: "what the later sheet says"),
            ),
        );
    }
}

/// Replaces each row by its parts. Most rows stay whole, so that the capacity mostly suffices.
fn divide<T>(rows: &mut Vec<T>, parts: impl FnMut(T) -> Vec<T>) {
    let whole = std::mem::replace(rows, Vec::with_capacity(rows.len()));
    rows.extend(whole.into_iter().flat_map(parts));
}

/// The row, or its parts: the figures that count, and those that a later sheet replaces.
fn indicator(
    row: IndicatorYear,
    member: usize,
    taken: &mut BTreeMap<SupersededKey, TakenFigure>,
    differing: &mut Vec<(Place, Place)>,
) -> Vec<IndicatorYear> {
    if row.status == Some(Status::Superseded) {
        return vec![row];
    }
    let of = Some((row.indicator.clone(), row.unit.clone()));
    let figures = [&row.baseline, &row.target, &row.actual];
    let replaced: Vec<bool> = (0..figures.len())
        .map(|index| {
            let key = (of.clone(), None, row.fiscal_year, index);
            is_replaced(key, None, figures[index], &row.place, member, taken, differing)
        })
        .collect();
    let known = figures.map(Option::is_some);
    let with = |row: &IndicatorYear, keeps: bool| {
        let pick = |figure: &Option<Decimal>, index: usize| {
            figure.clone().filter(|_| replaced[index] != keeps)
        };
        IndicatorYear {
            baseline: pick(&row.baseline, 0),
            target: pick(&row.target, 1),
            actual: pick(&row.actual, 2),
            ..row.clone()
        }
    };
    parts((&known, &replaced), row, with, |row| IndicatorYear {
        status: Some(Status::Superseded),
        ..row
    })
}

/// The same as [`indicator`] for a row of money: the row, or the amounts that count and those that
/// a later sheet replaces.
fn budget(
    row: Budget,
    member: usize,
    taken: &mut BTreeMap<SupersededKey, TakenFigure>,
    differing: &mut Vec<(Place, Place)>,
) -> Vec<Budget> {
    if row.status == Some(Status::Superseded) {
        return vec![row];
    }
    let figures = [&row.budget, &row.settled];
    let replaced: Vec<bool> = (0..figures.len())
        .map(|index| {
            let key = (None, row.category.clone(), row.fiscal_year, index);
            let source = row.source.clone();
            is_replaced(key, source, figures[index], &row.place, member, taken, differing)
        })
        .collect();
    let known = figures.map(Option::is_some);
    let with = |row: &Budget, keeps: bool| {
        let pick = |figure: &Option<Decimal>, index: usize| {
            figure.clone().filter(|_| replaced[index] != keeps)
        };
        Budget { budget: pick(&row.budget, 0), settled: pick(&row.settled, 1), ..row.clone() }
    };
    parts((&known, &replaced), row, with, |row| Budget { status: Some(Status::Superseded), ..row })
}

/// Does a sheet later than that of `member` give this figure? If not, the figure is recorded in
/// `taken`. Sheets are visited newest first. For money, a later amount without category replaces
/// those of all categories of the year, and the reverse. A replaced figure with another value is
/// added to `differing` with its later place.
fn is_replaced(
    key: SupersededKey,
    source: Option<String>,
    figure: &Option<Decimal>,
    place: &Place,
    member: usize,
    taken: &mut BTreeMap<SupersededKey, TakenFigure>,
    differing: &mut Vec<(Place, Place)>,
) -> bool {
    let Some(figure) = figure else { return false };
    let by_later =
        |key: &SupersededKey| taken.get(key).is_some_and(|taken| taken.measure != member);
    // An amount without a category is that of all categories together.
    let whole = |key: &SupersededKey| (key.0.clone(), None, key.2, key.3);
    let is_money = key.0.is_none();
    let of_whole = is_money && key.1.is_some() && by_later(&whole(&key));
    let of_parts = is_money
        && key.1.is_none()
        && taken.iter().any(|(other, taken)| {
            other.0.is_none()
                && other.1.is_some()
                && (other.2, other.3) == (key.2, key.3)
                && taken.measure != member
        });
    if by_later(&key) || of_whole || of_parts {
        let said = taken.get(&key).and_then(|taken| taken.figures.get(&source));
        if let Some((later, later_place)) = said
            && later.as_f64() != figure.as_f64()
        {
            differing.push((place.clone(), later_place.clone()));
        }
        return true;
    }
    let taken = taken
        .entry(key)
        .or_insert_with(|| TakenFigure { measure: member, figures: BTreeMap::new() });
    taken.figures.insert(source, (figure.clone(), place.clone()));
    false
}

/// The parts of a row: the whole row, or the figures that count and then the superseded ones;
/// `with` returns the row with only one of these groups. `known` and `replaced` tell for each
/// figure whether it is given, and whether it is replaced.
fn parts<T>(
    (known, replaced): (&[bool], &[bool]),
    row: T,
    with: impl Fn(&T, bool) -> T,
    superseded: impl Fn(T) -> T,
) -> Vec<T> {
    let stays = known.iter().zip(replaced).any(|(known, replaced)| *known && !replaced);
    match (replaced.contains(&true), stays) {
        (false, _) => vec![row],
        (true, false) => vec![superseded(row)],
        (true, true) => vec![with(&row, true), superseded(with(&row, false))],
    }
}
