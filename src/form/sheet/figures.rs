//! The **figures** of a worksheet: amounts of money by source, and indicators with their targets
//! and actual values.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Message, Place};
use crate::form::coverage::Coverage;
use crate::form::definition::{
    Amount, BudgetRows, FigureRow, Indicator, IndicatorRows, SheetFigures,
};
use crate::form::money;
use crate::form::tables::{Called, FigureOwner, FilledTables};
use crate::form::totals::{self, TotalCheck, number};
use crate::form::view::{Address, Filled, FormView};
use crate::message;
use crate::table::{GatheredCell, Missing, matching_form, shortened};
use crate::text::{Decimal, nearest};

use super::years::{self, YearRow};
use super::{FormPage, Reading};

/// The figures of one worksheet.
#[derive(Default)]
pub(in crate::form) struct FormFigures<'f> {
    budgets: Vec<(FiscalYear, GatheredCell, Option<&'f str>, Amount, GatheredCell)>,
    indicators: Vec<(&'f Indicator, Called, FiscalYear, GatheredCell, GatheredCell)>,
    totals: usize,
    /// The units of money that the worksheet names, with their cells.
    money_units: BTreeMap<String, Place>,
}

impl FormFigures<'_> {
    /// Adds the figures to `tables` as those of `owner`, and counts them in `coverage`.
    pub fn add(self, owner: &FigureOwner, tables: &mut FilledTables, coverage: &mut Coverage) {
        coverage.totals += self.totals;
        for (unit, place) in self.money_units {
            tables.money_units.add(unit, place);
        }
        for (year, source, category, amount, cell) in self.budgets {
            *coverage.figures.entry(year).or_default() += 1;
            tables.add_budget(owner, year, (source, category), (amount, cell));
        }
        for (indicator, called, year, target, actual) in self.indicators {
            let count = usize::from(!target.text.is_empty()) + usize::from(!actual.text.is_empty());
            *coverage.figures.entry(year).or_default() += count;
            tables.add_indicator(owner, indicator, called, year, (target, actual));
        }
    }
}

/// For each of the form's `[[indicators]]`, how many rows below the years its indicators begin: as
/// on the first worksheet that has all of them; empty if there is none.
pub(super) fn offsets(figures: &SheetFigures, pages: &[FormPage]) -> Vec<Vec<i64>> {
    let Some(years) = &figures.years else { return Vec::new() };
    let of = |rows: &IndicatorRows| {
        pages.iter().find_map(|page| {
            let (row, _) = years::find_row(years, &page.view)?;
            let starts = starts(rows, &page.view);
            let all = starts.len() == rows.each.len();
            all.then(|| starts.iter().map(|cell| i64::from(cell.row) - i64::from(row)).collect())
        })
    };
    figures.indicators.iter().map(|rows| of(rows).unwrap_or_default()).collect()
}

fn starts<'v>(rows: &IndicatorRows, view: &'v FormView) -> Vec<&'v Filled> {
    view.cells.iter().filter(|cell| rows.start.is_match(view.text(cell.address()))).collect()
}

/// Reads the figures of the worksheet; `known` are the labels that the form names. Empty if there
/// is no row of years.
pub(super) fn read<'f>(
    figures: &'f SheetFigures,
    offsets: &[Vec<i64>],
    known: &BTreeSet<String>,
    missing: &Missing,
    reading: &mut Reading<'_>,
) -> FormFigures<'f> {
    let mut found = FormFigures::default();
    let Some(years) = figures.years.as_ref().and_then(|years| years::read(years, reading)) else {
        return found;
    };
    for rows in &figures.budgets {
        budgets(rows, &years, known, missing, reading, &mut found);
    }
    for (rows, offsets) in figures.indicators.iter().zip(offsets) {
        indicators(rows, offsets, &years, known, missing, reading, &mut found);
    }
    found
}

/// Reads the amounts of `rows`, one a source and year, into `found`, and checks the row of totals.
/// A blank amount is left out unless its text says why. Totals are compared only if all rows were
/// read without a problem.
fn budgets<'f>(
    rows: &'f BudgetRows,
    years: &YearRow,
    known: &BTreeSet<String>,
    missing: &Missing,
    reading: &mut Reading<'_>,
    found: &mut FormFigures<'f>,
) {
    let mut parts: Vec<Vec<Option<Decimal>>> = vec![Vec::new(); years.columns.len()];
    let (mut complete, before) = (true, reading.problems.len());
    let mut of_amounts = BTreeSet::new();
    for (label, source) in &rows.sources {
        let Some(cell) = row_label(label, years, &rows.declared, reading) else {
            complete = false;
            continue;
        };
        of_amounts.insert(cell.row);
        for (index, figure) in across(&cell, years, known, reading).into_iter().enumerate() {
            let is_blank = (figure.text.is_empty() || missing.contains(&figure.text))
                && !is_formula_without_result(&figure);
            let status = missing.status(&figure.text);
            parts[index].push(match is_blank {
                true => totals::of_blank(status),
                false => number(&figure.text),
            });
            if is_blank && status.is_none() {
                continue;
            }
            let year = &years.columns[index];
            let amount = year.amount.unwrap_or(Amount::Settled);
            let spot = Some(reading.page.view.spot(cell.address()));
            let source = GatheredCell { text: source.clone(), spot, whole: false, told: false };
            found.budgets.push((year.year, source, rows.category.as_deref(), amount, figure));
        }
    }
    let view = &reading.page.view;
    let first = years.columns.iter().map(|year| year.first).min().unwrap_or_default();
    for (unit, address) in money::of_rows(view, years.row, first, &of_amounts) {
        found.money_units.entry(unit).or_insert_with(|| view.place(address));
    }
    complete &= reading.problems.len() == before;
    let Some(total) = &rows.total else { return };
    let Some(cell) = row_label(total, years, &rows.declared, reading) else { return };
    for (index, figure) in across(&cell, years, known, reading).into_iter().enumerate() {
        let sum = Decimal::sum(parts[index].iter().map(Option::as_ref)).filter(|_| complete);
        match totals::check(&figure, sum.as_ref(), missing) {
            TotalCheck::Right => found.totals += 1,
            TotalCheck::Wrong(problem) => reading.problems.push(*problem),
            TotalCheck::Nothing => {}
        }
    }
}

/// Is it a formula without a stored result? Its text is blank, but it is a figure.
fn is_formula_without_result(cell: &GatheredCell) -> bool {
    cell.text.is_empty() && cell.spot.as_ref().is_some_and(|spot| spot.is_without_result())
}

/// The cell of the label of a row of figures, below the years and left of them. None or several are
/// reported.
fn row_label(
    label: &str,
    years: &YearRow,
    declared: &Place,
    reading: &mut Reading<'_>,
) -> Option<Filled> {
    let first = years.columns.iter().map(|year| year.first).min()?;
    let view = &reading.page.view;
    let form = matching_form(label);
    let of_row = |cell: &&Filled| cell.row > years.row && cell.column < first;
    let found: Vec<&Filled> = view.with_text(&form).filter(of_row).collect();
    let name = view.name();
    let problem = match found.as_slice() {
        [only] => {
            reading.seen.insert(only.address());
            return Some((*only).clone());
        }
        [one, other, ..] => {
            let (one, place) =
                (view.spot(one.address()).place().name(), view.place(other.address()));
            Diagnostic::new(
                &diagnostic::FORM_LABEL,
                place,
                message!(
                    ja: "シート「{name}」の年度の下に、行「{label}」が複数あります（先のものは{one}）",
                    en: "the worksheet `{name}` has the row `{label}` more than once below the years; the first is in {one}",
                ),
            )
            .with_help(message!(
                ja: "行の項目名を、一つずつ違うものにしてください",
                en: "give each row a label of its own",
            ))
        }
        [] => {
            let labels = view.cells.iter().filter(of_row).map(|cell| &*cell.form);
            let help = match nearest(&form, labels) {
                Some(near) => Message::did_you_mean(near),
                None => message!(
                    ja: "行を入力するか、様式を訂正してください",
                    en: "write the row, or correct the form",
                ),
            };
            Diagnostic::new(
                &diagnostic::FORM_LABEL,
                Place::file(view.sheet.file().clone()),
                message!(
                    ja: "シート「{name}」の年度の下に、様式が探す行「{label}」がありません",
                    en: "the worksheet `{name}` has no row `{label}` below the years, which the form looks for",
                ),
            )
            .with_related(declared.clone(), message!(ja: "様式の定義", en: "the form says so here"))
            .with_help(help)
        }
    };
    reading.problems.push(problem);
    None
}

/// The figures in the row of `label`, one a year, blank where there is none; a figure under no year
/// is reported.
fn across(
    label: &Filled,
    years: &YearRow,
    known: &BTreeSet<String>,
    reading: &mut Reading<'_>,
) -> Vec<GatheredCell> {
    let page = reading.page;
    let view = &page.view;
    let mut figures: Vec<GatheredCell> = Vec::with_capacity(years.columns.len());
    for year in &years.columns {
        let covered = year.first..=year.last;
        let cell = view.row(label.row).iter().find(|cell| covered.contains(&cell.column));
        let address: Address = cell.map_or((label.row, year.first), Filled::address);
        figures.push(match cell {
            Some(_) => reading.cell(address),
            None => view.cell(address),
        });
    }
    for cell in view.row(label.row).iter().filter(|cell| cell.column > label.right) {
        let under =
            years.columns.iter().any(|year| (year.first..=year.last).contains(&cell.column));
        let text = view.text(cell.address());
        let is_figure = number(text).is_some();
        if under || known.contains(&*cell.form) || !(years.spans(cell.column) || is_figure) {
            continue;
        }
        reading.seen.insert(cell.address());
        let text = shortened(text);
        let row = view.text(label.address());
        reading.problems.push(
            Diagnostic::new(
                &diagnostic::FORM_MOVED,
                view.place(cell.address()),
                message!(
                    ja: "行「{row}」の「{text}」は、どの年度の列にもありません",
                    en: "`{text}` in the row `{row}` stands in the column of no year",
                ),
            )
            .with_help(message!(
                ja: "年度の列に移してください",
                en: "move it to the column of its year",
            )),
        );
    }
    figures
}

/// Reads the indicators of `rows` into `found`, with target and actual value by year. Years without
/// any figure are left out unless a text says why. If the indicators of the worksheet cannot be
/// told apart, or are too many, that is reported and none is read.
#[allow(clippy::too_many_arguments, reason = "the worksheet and what is known of it")]
fn indicators<'f>(
    rows: &'f IndicatorRows,
    offsets: &[i64],
    years: &YearRow,
    known: &BTreeSet<String>,
    missing: &Missing,
    reading: &mut Reading<'_>,
    found: &mut FormFigures<'f>,
) {
    let view = &reading.page.view;
    let starts: Vec<Filled> = starts(rows, view).into_iter().cloned().collect();
    // On a worksheet with fewer indicators, each is known by the row where it begins on others.
    let which = |index: usize, start: &Filled| match starts.len() == rows.each.len() {
        true => Some(index),
        false => {
            let offset = i64::from(start.row) - i64::from(years.row);
            offsets.iter().position(|usual| *usual == offset)
        }
    };
    let meant: Vec<Option<usize>> =
        starts.iter().enumerate().map(|(index, start)| which(index, start)).collect();
    if meant.contains(&None) || starts.len() > rows.each.len() {
        let (name, count, wanted) = (view.name(), starts.len(), rows.each.len());
        let indicators = if count == 1 { "indicator" } else { "indicators" };
        let place = match starts.get(wanted).or(starts.first()) {
            Some(start) => view.place(start.address()),
            None => Place::file(view.sheet.file().clone()),
        };
        reading.problems.push(
            Diagnostic::new(
                &diagnostic::FORM_LABEL,
                place,
                message!(
                    ja: "シート「{name}」に指標が{count}個ありますが、様式には{wanted}個書かれています",
                    en: "the worksheet `{name}` has {count} {indicators}, but the form names {wanted}",
                ),
            )
            .with_related(rows.declared.clone(), message!(ja: "様式の定義", en: "the form says so here"))
            .with_help(message!(
                ja: "指標の書き方をほかのシートとそろえるか、様式の「each」を訂正してください",
                en: "write the indicators as on the other worksheets, or correct `each` of the form",
            )),
        );
        return;
    }
    for (start, meant) in starts.iter().zip(meant) {
        let Some(indicator) = meant.and_then(|index| rows.each.get(index)) else { continue };
        let cell = reading.cell(start.address());
        let Some(captures) = rows.start.captures(&cell.text) else { continue };
        let part = |group: &str| GatheredCell {
            text: captures
                .name(group)
                .map_or_else(String::new, |found| found.as_str().trim().to_owned()),
            spot: cell.spot.clone(),
            whole: false,
            told: false,
        };
        let called = Called { name: part("name"), name_en: part("name_en"), unit: part("unit") };
        let targets = figure_row(rows.target.as_ref(), start, years, known, reading);
        let actuals = figure_row(rows.actual.as_ref(), start, years, known, reading);
        for (index, year) in years.columns.iter().enumerate() {
            let figure = |row: &[GatheredCell]| row.get(index).cloned().unwrap_or_default();
            let (target, actual) = (figure(&targets), figure(&actuals));
            let is_blank = |cell: &GatheredCell| {
                (cell.text.is_empty() || missing.contains(&cell.text))
                    && !is_formula_without_result(cell)
            };
            let says_why = |cell: &GatheredCell| missing.status(&cell.text).is_some();
            let nothing = is_blank(&target) && is_blank(&actual);
            if nothing && !says_why(&target) && !says_why(&actual) {
                continue;
            }
            found.indicators.push((indicator, called.clone(), year.year, target, actual));
        }
    }
}

/// The figures in `row` of the indicator that begins at `start`, one a year. Empty if the form has
/// no such row, or if its label is missing, which is reported.
fn figure_row(
    row: Option<&FigureRow>,
    start: &Filled,
    years: &YearRow,
    known: &BTreeSet<String>,
    reading: &mut Reading<'_>,
) -> Vec<GatheredCell> {
    let Some(wanted) = row else { return Vec::new() };
    let view = &reading.page.view;
    let number = start.row + wanted.below;
    let form = matching_form(&wanted.label);
    let cell = view.row(number).iter().find(|cell| *cell.form == *form).cloned();
    let Some(cell) = cell else {
        let (label, name) = (&wanted.label, view.name());
        let of = shortened(view.text(start.address()));
        reading.problems.push(
            Diagnostic::new(
                &diagnostic::FORM_LABEL,
                view.place((number, start.right + 1)),
                message!(
                    ja: "シート「{name}」の{number}行目に、「{of}」の行「{label}」がありません",
                    en: "the worksheet `{name}` has no `{label}` in row {number}, for `{of}`",
                ),
            )
            .with_help(message!(
                ja: "行の項目名を入力するか、様式の「row」と「below」を訂正してください",
                en: "write the label of the row, or correct `row` and `below` of the form",
            )),
        );
        return Vec::new();
    };
    reading.seen.insert(cell.address());
    across(&cell, years, known, reading)
}
