//! A form of the kind **one worksheet a measure**, or a node of the plan: facts beside their
//! labels, figures in rows below a row of years.
//!
//! All worksheets of a form are compared: a value in another place than on the others has been
//! moved, and a text that is on most of them is a label, not a value.
//!
//! Not in here: lists with one row a measure (`list`).

mod figures;
mod places;
mod unread;
mod years;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::calendar::FiscalYear;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::table::{GatheredCell, Missing, matching_form};

use super::common::CommonTexts;
use super::coverage::Coverage;
use super::definition::{Form, FormColumn, SheetFigures};
use super::source::{At, FactSpot};
use super::tables::{FigureOwner, FilledTables, constant};
use super::text;
use super::view::{Address, FormView};
use places::{Candidate, settle};

/// A worksheet that is read by a form.
pub(super) struct FormPage {
    pub view: FormView,
    pub year: FiscalYear,
}

/// What is known of a worksheet while it is read.
struct Reading<'p> {
    page: &'p FormPage,
    /// The cells that have been read, or that are known to be labels or headings.
    seen: BTreeSet<Address>,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn cell(&mut self, address: Address) -> GatheredCell {
        self.seen.insert(address);
        self.page.view.cell(address)
    }
}

/// Reads the worksheets `pages` by `form` into `tables`:
///
/// 1. Find the candidate cells of every fact on each worksheet.
/// 2. Count in which column each value usually is.
/// 3. Decide on the cells of each worksheet, and read facts and figures.
/// 4. Add the results to `tables` and `coverage`, in the order of `pages`.
pub(super) fn read(
    form: &Form,
    figures: &SheetFigures,
    pages: &[FormPage],
    tables: &mut FilledTables,
    coverage: &mut Coverage,
    diagnostics: &mut Diagnostics,
) {
    let common = CommonTexts::of(pages.iter().map(|page| &page.view));
    let known = known_labels(form, figures);
    let leaves: Vec<&FactSpot> =
        form.columns.iter().flat_map(|column| column.source.leaves()).collect();
    let found: Vec<(Vec<Candidate>, Vec<Diagnostic>)> = pages
        .par_iter()
        .map(|page| {
            let mut problems = Vec::new();
            let found = places::candidates(&page.view, &leaves, &known, &mut problems);
            (found, problems)
        })
        .collect();
    let usual = places::usual_columns(&found, leaves.len());
    let offsets = figures::offsets(figures, pages);
    let read: Vec<(Reading<'_>, Vec<GatheredCell>, FormFigures<'_>)> = pages
        .par_iter()
        .zip(found)
        .map(|(page, (mut candidates, problems))| {
            let mut reading = Reading { page, seen: BTreeSet::new(), problems };
            for ((candidate, leaf), usual) in candidates.iter_mut().zip(&leaves).zip(&usual) {
                settle(candidate, leaf, *usual, &common, &mut reading);
            }
            let mut of_leaves = candidates.iter();
            let missing = &form.declaration.missing;
            let mut cells = Vec::new();
            for column in &form.columns {
                column_cells(column, &mut of_leaves, missing, &mut reading, &mut cells);
            }
            let figures = figures::read(figures, &offsets, &known, missing, &mut reading);
            (reading, cells, figures)
        })
        .collect();
    for (reading, cells, figures) in read {
        let year = reading.page.year;
        let cell = |name: &str| {
            let mut at = 0;
            for column in &form.columns {
                if column.name.value == name {
                    return cells.get(at).cloned();
                }
                at += 1 + usize::from(column.source.reason.is_some());
            }
            None
        };
        let is_way = |column: &&FormColumn| matches!(column.source.at, At::Path { .. });
        for column in form.columns.iter().filter(is_way) {
            if let Some(cell) = cell(&column.name.value) {
                coverage.count_way(&column.source, &cell);
            }
        }
        let owner = if form.of_node {
            FigureOwner::Node(cell("plan").unwrap_or_default())
        } else {
            let id = cell("id").unwrap_or_default();
            let series = cell("series").filter(|series| !series.text.is_empty());
            let series = series.map_or_else(|| id.text.clone(), |series| series.text);
            tables.add_measure(cells, year);
            FigureOwner::Measure { id, series }
        };
        figures.add(&owner, tables, coverage);
        coverage.read += 1;
        coverage.cells += reading.seen.len();
        let (comments, drawings) = reading.page.view.sheet.objects();
        coverage.objects.0 += comments;
        coverage.objects.1 += drawings;
        let file = reading.page.view.sheet.file();
        if reading.page.view.sheet.tells_nothing_hidden() && !coverage.silent.contains(file) {
            coverage.silent.push(file.clone());
        }
        if reading.problems.is_empty() {
            unread::note(form, &reading, &known, &common, coverage);
        }
        diagnostics.extend(reading.problems);
    }
    coverage.private = unread::private_found(form, pages);
}

use figures::FormFigures;

/// All labels that the form names, in the form in which texts are compared.
fn known_labels(form: &Form, figures: &SheetFigures) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    let mut add = |label: &str| {
        known.insert(matching_form(label));
    };
    for leaf in form.columns.iter().flat_map(|column| column.source.leaves()) {
        match &leaf.at {
            At::Label(label) => label.spellings.iter().for_each(|spelling| add(spelling)),
            At::Column(name) => add(name),
            _ => {}
        }
    }
    form.when.iter().flat_map(|when| &when.spellings).for_each(|spelling| add(spelling));
    form.private.iter().for_each(|label| add(&label.value));
    for rows in &figures.budgets {
        rows.sources.iter().for_each(|(label, _)| add(label));
        rows.total.iter().for_each(|label| add(label));
    }
    for rows in &figures.indicators {
        rows.target.iter().chain(&rows.actual).for_each(|row| add(&row.label));
    }
    known
}

/// Adds the cell of `column` to `cells`, and that of its reason if it has one. `candidates` are
/// those of all columns in their order; the ones of `column` are taken.
fn column_cells<'c>(
    column: &FormColumn,
    candidates: &mut impl Iterator<Item = &'c Candidate>,
    missing: &Missing,
    reading: &mut Reading<'_>,
    cells: &mut Vec<GatheredCell>,
) {
    let source = &column.source;
    let year = reading.page.year;
    let mut leaf = |reading: &mut Reading<'_>, leaf: &FactSpot| {
        let found = candidates.next().map(|candidate| found_cell(candidate, leaf, reading));
        made(leaf, found.unwrap_or_default(), missing, year, reading)
    };
    let cell = text::composed(source, &mut |part| leaf(reading, part));
    let cell = match source.at {
        At::Code(_) => made(source, cell, missing, year, reading),
        _ => cell,
    };
    cells.push(cell);
    if let Some(reason) = &source.reason {
        let cell = leaf(reading, reason);
        cells.push(cell);
    }
}

/// The cell that was found for `leaf`. For a choice whose options are in several cells, their texts
/// are joined.
fn found_cell(candidate: &Candidate, leaf: &FactSpot, reading: &mut Reading<'_>) -> GatheredCell {
    if let At::Value(value) = &leaf.at {
        return constant(value);
    }
    reading.seen.extend(candidate.label.iter().map(|label| label.address()));
    let Some(address) = candidate.value else {
        let spot = candidate.expected.map(|address| reading.page.view.spot(address));
        return GatheredCell { spot, told: candidate.told, ..GatheredCell::default() };
    };
    let mut cell = reading.cell(address);
    for more in &candidate.more {
        let next = reading.cell(*more);
        cell.text.push('\u{3000}');
        cell.text.push_str(&next.text);
        cell.whole = false;
    }
    cell
}

/// The value that is published for `cell`. If there is a problem, it is added to `reading`, and the
/// value is blank.
fn made(
    source: &FactSpot,
    cell: GatheredCell,
    missing: &Missing,
    year: FiscalYear,
    reading: &mut Reading<'_>,
) -> GatheredCell {
    let spot = cell.spot.clone();
    // A label that was not found has been reported already.
    if cell.told || (spot.is_none() && cell.text.is_empty()) {
        return cell;
    }
    match text::published(source, cell, year, missing) {
        Ok(cell) => cell,
        Err(problem) => {
            reading.problems.push(*problem);
            GatheredCell { spot, told: true, ..GatheredCell::default() }
        }
    }
}
