//! The **years** of a worksheet: the row that has several of them, each over a column of figures.

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Place};
use crate::form::definition::{Amount, Years};
use crate::form::view::{Filled, FormView};
use crate::message;
use crate::table::{matching_form, shortened};

use super::Reading;

/// A year over its column of figures.
#[derive(Clone, Debug)]
pub(super) struct YearColumn {
    pub year: FiscalYear,
    /// The columns that the year covers.
    pub first: u32,
    pub last: u32,
    /// What the amounts of that year are, where the worksheet says.
    pub amount: Option<Amount>,
}

/// The row of years.
pub(super) struct YearRow {
    pub row: u32,
    pub columns: Vec<YearColumn>,
}

impl YearRow {
    /// Is `column` between the first column of the first year and the last of the last?
    pub fn spans(&self, column: u32) -> bool {
        let first = self.columns.first().map_or(0, |year| year.first);
        let last = self.columns.last().map_or(0, |year| year.last);
        (first..=last).contains(&column)
    }
}

/// The first row of `view` with at least as many years as `years` asks for, and the cells of these
/// years.
pub(super) fn find_row<'v>(years: &Years, view: &'v FormView) -> Option<(u32, Vec<&'v Filled>)> {
    let is_year = |cell: &&Filled| years.pattern.is_match(view.text(cell.address()).trim());
    let mut row = 0;
    for cell in &view.cells {
        if cell.row == row {
            continue;
        }
        row = cell.row;
        let found: Vec<&Filled> = view.row(row).iter().filter(is_year).collect();
        if found.len() >= years.least {
            return Some((row, found));
        }
    }
    None
}

/// Reads the row of years. `None` if there is no such row; problems are added to `reading`.
pub(super) fn read(years: &Years, reading: &mut Reading<'_>) -> Option<YearRow> {
    let view = &reading.page.view;
    let Some((row, cells)) = find_row(years, view) else {
        let (name, least, pattern) = (view.name(), years.least, years.pattern.as_str());
        let pattern = pattern.trim_start_matches("^(?:").trim_end_matches(")$");
        reading.problems.push(
            Diagnostic::new(
                &diagnostic::FORM_LABEL,
                Place::file(view.sheet.file().clone()),
                message!(
                    ja: "シート「{name}」に、年度（{pattern}）が{least}個以上並ぶ行がありません",
                    en: "the worksheet `{name}` has no row with at least {least} years like `{pattern}`",
                ),
            )
            .with_related(years.declared.clone(), message!(ja: "様式の定義", en: "the form says so here"))
            .with_help(message!(
                ja: "年度の行を入力するか、様式の「[years]」を訂正してください",
                en: "write the row of years, or correct `[years]` of the form",
            )),
        );
        return None;
    };
    let mut columns = Vec::with_capacity(cells.len());
    let mut problems = Vec::new();
    for cell in cells {
        let text = view.text(cell.address());
        reading.seen.insert(cell.address());
        let year = match FiscalYear::parse(text) {
            Ok(year) => year,
            Err(problem) => {
                let (message, help) = problem.told(text);
                let problem = Diagnostic::new(
                    &diagnostic::TABLE_NOT_A_YEAR,
                    view.place(cell.address()),
                    message,
                );
                problems.push(problem.with_help(help));
                continue;
            }
        };
        let amount = match years.kinds.is_empty() {
            true => None,
            false => match kind_of(years, view, cell) {
                Ok((amount, address)) => {
                    reading.seen.insert(address);
                    Some(amount)
                }
                Err(problem) => {
                    problems.push(*problem);
                    None
                }
            },
        };
        columns.push(YearColumn { year, first: cell.column, last: cell.right, amount });
    }
    // Texts left of the years are the headings of their rows.
    let first = columns.iter().map(|year| year.first).min().unwrap_or(0);
    for cell in view.row(row).iter().filter(|cell| cell.column < first) {
        reading.seen.insert(cell.address());
    }
    reading.problems.extend(problems);
    Some(YearRow { row, columns })
}

/// Whether the amounts below `year` are budgets or settled, and the cell that says so; or the
/// problem if no cell does.
fn kind_of(
    years: &Years,
    view: &FormView,
    year: &Filled,
) -> Result<(Amount, crate::form::view::Address), Box<Diagnostic>> {
    let row = year.bottom + years.kind_below;
    let cell = view.row(row).iter().find(|cell| (year.column..=year.right).contains(&cell.column));
    let address = cell.map_or((row, year.column), Filled::address);
    let text = view.text(address);
    let form = matching_form(text);
    match years.kinds.iter().find(|(written, _)| *written == form) {
        Some((_, amount)) => Ok((*amount, address)),
        None => {
            let shown = shortened(text);
            let of = view.text(year.address());
            let allowed = years.kinds.iter().map(|(written, _)| written.as_str());
            Err(Box::new(Diagnostic::new(
                &diagnostic::FORM_LABEL,
                view.place(address),
                message!(
                    ja: "「{of}」の金額が予算か決算か分かりません（「{shown}」）",
                    en: "`{shown}` does not say whether the amounts of `{of}` are budgets or settled",
                ),
            )
            .with_help(crate::diagnostic::Message::allowed_values(allowed))))
        }
    }
}
