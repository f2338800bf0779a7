//! **Totals** are checked: a row that is called a sum is one if one of its figures is the sum of
//! the figures above, either since an earlier sum or from the beginning; a row at the top, if it is
//! the sum of all figures. A formula that adds up other rows is proof as well.

use std::collections::BTreeMap;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::table::Sheet;
use crate::table::declaration::Declaration;
use crate::table::grid::is_blank;
use crate::text::Decimal;

use super::kind::RowKind;
use super::signs::Sum;

/// Number of decimals of sums; figures with more are ignored.
const DECIMALS: usize = 6;

/// The sum of a column so far, in millionths, and the number of figures in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Running {
    sum: i128,
    figures: u32,
}

/// The result of checking a row that is called a sum.
enum Finding {
    /// One of its figures or its formula is right, or it has no figures.
    Proved,
    /// None of its figures is right: the first such column, and the sum of the figures above.
    Wrong { column: usize, should_be: i128 },
    /// There are no figures above to compare with.
    Above,
}

/// Checks every row of `kinds` that is called a sum. A row that is none becomes a record if its
/// name may mean something else, and is otherwise reported; all such rows are one error.
pub(super) fn prove(
    sheet: &Sheet,
    kinds: &mut [(usize, RowKind)],
    declaration: &Declaration,
    diagnostics: &mut Diagnostics,
) {
    // 1. From top to bottom, compare each sum with the figures above it.
    let mut sums: Vec<Running> = Vec::new();
    let mut since: BTreeMap<Sum, Vec<Running>> = BTreeMap::new();
    let mut findings: BTreeMap<usize, Finding> = BTreeMap::new();
    for (index, (row, kind)) in kinds.iter().enumerate() {
        match kind {
            RowKind::Record | RowKind::Lone => add(sheet, *row, &mut sums),
            RowKind::Sum(sum) => {
                let finding = match sheet.facts.adds_up(sheet.grid.row(*row).number) {
                    true => Finding::Proved,
                    false => find(sheet, *row, *sum, &sums, &since),
                };
                // A row such as 会計 that is no sum counts in later sums.
                match (&finding, sum) {
                    (Finding::Proved, _) | (_, Sum::Part | Sum::Whole) => {
                        since.insert(*sum, sums.clone());
                    }
                    (_, Sum::Perhaps) => add(sheet, *row, &mut sums),
                }
                findings.insert(index, finding);
            }
            RowKind::Note | RowKind::Comment | RowKind::Repeated | RowKind::Unclear => {}
        }
    }
    // 2. Compare those that failed with the sums of the whole table, since a total may be at the
    // top.
    let nothing = BTreeMap::new();
    let mut wrong = Vec::new();
    for (index, finding) in findings {
        let (row, kind) = &mut kinds[index];
        let RowKind::Sum(sum) = *kind else { continue };
        match (finding, sum) {
            (Finding::Proved, _) => {}
            (_, Sum::Perhaps) => *kind = RowKind::Record,
            (finding, _) => {
                let of_all = find(sheet, *row, sum, &sums, &nothing);
                match (finding, of_all) {
                    (Finding::Wrong { column, should_be }, Finding::Wrong { .. })
                    | (Finding::Above, Finding::Wrong { column, should_be }) => {
                        wrong.push((*row, column, should_be));
                        *kind = RowKind::Unclear;
                    }
                    _ => {}
                }
            }
        }
    }
    if !wrong.is_empty() {
        diagnostics.push(not_a_sum(sheet, &wrong, declaration));
    }
}

/// Adds the figures of a row to the sums of the columns.
fn add(sheet: &Sheet, row: usize, sums: &mut Vec<Running>) {
    for (column, cell) in sheet.grid.cells(row).enumerate() {
        let Some(figure) = figure(cell) else { continue };
        if sums.len() <= column {
            sums.resize(column + 1, Running::default());
        }
        let running = &mut sums[column];
        running.sum = running.sum.saturating_add(figure);
        running.figures += 1;
    }
}

/// Compares the figures of a row, called a sum of `kind`, with the sums of their columns: `sums`
/// over all rows above, and the rows since the last sum of each kind, whose sums then were `since`.
/// A single equal figure proves the row. A column is compared only if it has at least one figure
/// above, or two where the name may mean something else. A row without any column to compare is
/// proved if it has no figures.
fn find(
    sheet: &Sheet,
    row: usize,
    kind: Sum,
    sums: &[Running],
    since: &BTreeMap<Sum, Vec<Running>>,
) -> Finding {
    let least = if kind == Sum::Perhaps { 2 } else { 1 };
    let of = |sums: &[Running], column: usize| sums.get(column).copied().unwrap_or_default();
    let mut wrong = None;
    for (column, cell) in sheet.grid.cells(row).enumerate() {
        let Some(figure) = figure(cell) else { continue };
        let all = of(sums, column);
        if all.figures < least {
            continue;
        }
        let mut parts = since.values().map(|before| {
            let before = of(before, column);
            (all.sum.saturating_sub(before.sum), all.figures - before.figures)
        });
        if figure == all.sum || parts.any(|(sum, figures)| figures >= least && figure == sum) {
            return Finding::Proved;
        }
        wrong.get_or_insert((column, all.sum));
    }
    match wrong {
        Some((column, should_be)) => Finding::Wrong { column, should_be },
        None if kind == Sum::Perhaps => Finding::Above,
        None if sums.is_empty() && has_figures(sheet, row) => Finding::Above,
        None => Finding::Proved,
    }
}

fn has_figures(sheet: &Sheet, row: usize) -> bool {
    sheet.grid.cells(row).any(|cell| figure(cell).is_some())
}

/// The figure in `cell` in millionths; `None` where it is none, or has too many digits.
fn figure(cell: &str) -> Option<i128> {
    if is_blank(cell) {
        return None;
    }
    let number = Decimal::parse(cell)?;
    let (whole, decimals) = number.as_str().split_once('.').unwrap_or((number.as_str(), ""));
    if decimals.len() > DECIMALS || whole.len() > 20 {
        return None;
    }
    format!("{whole}{decimals:0<DECIMALS$}").parse().ok()
}

/// The error about all wrong rows, since a single declaration can settle them.
fn not_a_sum(
    sheet: &Sheet,
    wrong: &[(usize, usize, i128)],
    declaration: &Declaration,
) -> Diagnostic {
    let (row, column, should_be) = wrong[0];
    let place = |row: usize, column: usize| -> CellPlace { sheet.cell_place(row, column) };
    let number = sheet.grid.row(row).number;
    let first = sheet.grid.cells(row).find(|cell| !is_blank(cell)).unwrap_or_default().trim();
    let (found, sum) = (sheet.grid.cell(row, column).trim(), in_digits(should_be));
    let rows: Vec<String> =
        wrong.iter().map(|(row, ..)| sheet.grid.row(*row).number.to_string()).collect();
    let (list, home) = (rows.join(", "), &declaration.home);
    let mut problem = Diagnostic::new(
        &diagnostic::TABLE_TOTAL_ROW,
        Place::Cell(place(row, column)),
        message!(
            ja: "{number}行目の「{first}」は合計に見えますが、「{found}」は上の行の合計 {sum} と一致しません",
            en: "row {number}, `{first}`, looks like a total, but `{found}` is not the sum of the rows above, {sum}",
        ),
    );
    for (row, column, _) in wrong.iter().skip(1).take(SHOWN) {
        problem = problem.with_related(
            place(*row, *column),
            message!(ja: "同じく一致しない行", en: "this row does not add up either"),
        );
    }
    problem.with_help(message!(
        ja: "数値を確かめて直してください。合計の行として公開しないなら「{home}」に「skip = [{list}]」、データの行として公開するなら「skip = []」と書いてください",
        en: "check the figures; or write into `{home}` either `skip = [{list}]` to leave the rows out as totals, or `skip = []` to publish them as data",
    ))
}

/// Number of further wrong rows that are named.
const SHOWN: usize = 3;

/// The decimal text of a number of millionths.
fn in_digits(millionths: i128) -> String {
    let digits = format!("{:0>width$}", millionths.unsigned_abs(), width = DECIMALS + 1);
    let (whole, decimals) = digits.split_at(digits.len() - DECIMALS);
    let sign = if millionths < 0 { "-" } else { "" };
    match decimals.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        decimals => format!("{sign}{whole}.{decimals}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{figure, in_digits};

    #[test]
    fn figures_are_added_up_exactly() {
        let sum: i128 = ["0.1", "0.2", "▲38,701"].into_iter().filter_map(figure).sum();
        assert_eq!(in_digits(sum), "-38700.7");
        assert_eq!(figure("79.1％"), None);
        assert_eq!(in_digits(0), "0");
    }
}
