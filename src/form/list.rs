//! A form of the kind **one row a measure**, or a node of the plan: facts in columns of a list,
//! figures in columns side by side or in blocks of columns, one block a year.
//!
//! Not in here: what is the header and what is a record of the list (`table`), and worksheets with
//! one measure (`sheet`).

mod columns;

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::FiscalYear;
use crate::diagnostic::{Diagnostics, Place};
use crate::table::{GatheredCell, Table, matching_form, money_unit_of};
use crate::text::Decimal;

use super::coverage::Coverage;
use super::definition::{Amount, Form, Indicator, Year, YearBlock};
use super::source::{At, FactSpot};
use super::tables::{Called, FigureOwner, FilledTables, constant};
use super::text;
use super::totals::{self, TotalCheck, number};
use columns::ListColumns;

/// Reads the list `table` of the fiscal year `year` by `form`: adds a measure and its figures for
/// each row to `tables`, and what was read and not read to `coverage`.
pub(super) fn read(
    form: &Form,
    blocks: &[YearBlock],
    (table, year): (&Table, FiscalYear),
    tables: &mut FilledTables,
    coverage: &mut Coverage,
    diagnostics: &mut Diagnostics,
) {
    let columns = ListColumns::of(form, blocks, table, diagnostics);
    let mut list = ListReader { form, table, year, columns, seen: BTreeSet::new(), cells: 0 };
    for (unit, place) in list.money_units(blocks) {
        tables.money_units.add(unit, place);
    }
    for row in 0..table.len() {
        let mut cells = Vec::new();
        let (mut id, mut series) = (GatheredCell::default(), None);
        let named = if form.of_node { "plan" } else { "id" };
        for column in &form.columns {
            let cell = list.column(row, &column.source, diagnostics);
            coverage.count_way(&column.source, &cell);
            match column.name.value.as_str() {
                name if name == named => id = cell.clone(),
                "series" => series = Some(cell.text.clone()).filter(|text| !text.is_empty()),
                _ => {}
            }
            cells.push(cell);
            if let Some(reason) = &column.source.reason {
                let cell = list.leaf(row, reason, diagnostics);
                cells.push(cell);
            }
        }
        let owner = if form.of_node {
            FigureOwner::Node(id)
        } else {
            let series = series.unwrap_or_else(|| id.text.clone());
            tables.add_measure(cells, year);
            FigureOwner::Measure { id, series }
        };
        for (index, block) in blocks.iter().enumerate() {
            list.block(row, (index, block), &owner, tables, coverage, diagnostics);
        }
    }
    coverage.read += table.len();
    coverage.cells += list.cells;
    let ListReader { columns, seen, .. } = list;
    let private: BTreeSet<String> =
        form.private.iter().map(|header| matching_form(&header.value)).collect();
    for (index, header) in table.header().iter().enumerate() {
        if private.contains(&matching_form(&header.text)) || columns.is_private(index) {
            coverage.private += 1;
        } else if !seen.contains(&index) {
            *coverage.unread.entry(header.text.clone()).or_insert(table.len()) = table.len();
        }
    }
}

struct ListReader<'f> {
    form: &'f Form,
    table: &'f Table,
    year: FiscalYear,
    columns: ListColumns,
    /// The columns that have been read.
    seen: BTreeSet<usize>,
    cells: usize,
}

impl ListReader<'_> {
    /// The cell of the row `row` and the column `column` of the table.
    fn cell(&mut self, row: usize, column: usize) -> GatheredCell {
        self.seen.insert(column);
        let text = self.table.written(row, column).trim().to_owned();
        let spot = self.table.spot(row, column);
        self.cells += usize::from(!text.is_empty());
        // Of merged cells, only the first holds the text; in the others it is not the whole cell.
        let own = spot
            .as_ref()
            .is_some_and(|spot| spot.sheet.text_at(spot.row, spot.column).trim() == text);
        GatheredCell { text, spot, whole: own, told: false }
    }

    /// The fact of `source` in the row `row`, composed of its parts if it is a code or a path in
    /// the plan.
    fn column(
        &mut self,
        row: usize,
        source: &FactSpot,
        diagnostics: &mut Diagnostics,
    ) -> GatheredCell {
        let cell = text::composed(source, &mut |part| self.leaf(row, part, diagnostics));
        match source.at {
            At::Code(_) => self.made(source, cell, diagnostics),
            _ => cell,
        }
    }

    /// The fact of `source` in the row `row`, where `source` is a single column or a constant.
    fn leaf(
        &mut self,
        row: usize,
        source: &FactSpot,
        diagnostics: &mut Diagnostics,
    ) -> GatheredCell {
        let cell = match &source.at {
            At::Value(value) => return constant(value),
            At::Column(name) => match self.columns.named(name) {
                Some(column) => self.cell(row, column),
                None => return GatheredCell::default(),
            },
            _ => return GatheredCell::default(),
        };
        self.made(source, cell, diagnostics)
    }

    /// The value that is published for `cell`. If there is a problem, it is reported, and the value
    /// is blank.
    fn made(
        &self,
        source: &FactSpot,
        cell: GatheredCell,
        diagnostics: &mut Diagnostics,
    ) -> GatheredCell {
        let spot = cell.spot.clone();
        match text::published(source, cell, self.year, &self.form.declaration.missing) {
            Ok(cell) => cell,
            Err(problem) => {
                diagnostics.push(*problem);
                GatheredCell { spot, told: true, ..GatheredCell::default() }
            }
        }
    }

    /// Reads the figures of a block in the row `row`, for each repetition of the block: amounts,
    /// totals, which are only checked, and indicators. A blank amount is left out unless its text
    /// says why.
    fn block(
        &mut self,
        row: usize,
        (index, block): (usize, &YearBlock),
        owner: &FigureOwner,
        tables: &mut FilledTables,
        coverage: &mut Coverage,
        diagnostics: &mut Diagnostics,
    ) {
        for time in 0..block.times {
            let year = match block.years.get(time as usize) {
                None => self.year,
                Some(Year::Plain(year)) => *year,
                Some(Year::Before(before)) => {
                    FiscalYear::new(self.year.year() - before).unwrap_or(self.year)
                }
            };
            let mut parts: Vec<(Option<&str>, Amount, Option<Decimal>)> = Vec::new();
            for budget in &block.budgets {
                let name = &budget.column.value;
                let Some(column) = self.columns.in_block(index, time, name) else { continue };
                let cell = self.cell(row, column);
                let category = budget.category.as_deref();
                let status = self.form.declaration.missing.status(&cell.text);
                let is_blank = self.is_blank(&cell);
                let part = if is_blank { totals::of_blank(status) } else { number(&cell.text) };
                parts.push((category, budget.amount, part));
                if is_blank && status.is_none() {
                    continue;
                }
                *coverage.figures.entry(year).or_default() += usize::from(!is_blank);
                let source = constant(self.source_of(block, budget.source.as_deref(), name));
                tables.add_budget(owner, year, (source, category), (budget.amount, cell));
            }
            for total in &block.totals {
                let name = &total.column.value;
                let Some(column) = self.columns.in_block(index, time, name) else { continue };
                let cell = self.cell(row, column);
                let category = total.category.as_deref();
                let of = parts.iter().filter(|(part, amount, _)| {
                    (category.is_none() || *part == category)
                        && total.amount.is_none_or(|wanted| wanted == *amount)
                });
                let sum = Decimal::sum(of.map(|(_, _, number)| number.as_ref()));
                match totals::check(&cell, sum.as_ref(), &self.form.declaration.missing) {
                    TotalCheck::Right => coverage.totals += 1,
                    TotalCheck::Wrong(problem) => diagnostics.push(*problem),
                    TotalCheck::Nothing => {}
                }
            }
            for indicator in &block.indicators {
                self.indicator(
                    row,
                    (index, time),
                    indicator,
                    (owner, year),
                    tables,
                    coverage,
                    diagnostics,
                );
            }
        }
    }

    /// The units that the headers of the money columns of `blocks` name, each with its first
    /// header.
    fn money_units(&self, blocks: &[YearBlock]) -> BTreeMap<String, Place> {
        let mut units = BTreeMap::new();
        for (index, block) in blocks.iter().enumerate() {
            let columns = (0..block.times).flat_map(|time| {
                let budgets = block.budgets.iter();
                budgets.filter_map(move |budget| {
                    self.columns.in_block(index, time, &budget.column.value)
                })
            });
            for column in columns {
                if let Some(unit) = self.table.unit(column).and_then(money_unit_of) {
                    units.entry(unit).or_insert_with(|| self.table.header_place(column));
                }
            }
        }
        units
    }

    /// The published source of the amounts in the column `name`: `named` if the form gives it.
    /// Otherwise it is the name of the column in a block with a range of columns, and nothing in a
    /// block without one.
    fn source_of(&self, block: &YearBlock, named: Option<&str>, name: &str) -> String {
        match named {
            Some(source) => source.to_owned(),
            None if block.columns.is_none() => String::new(),
            None => name.to_owned(),
        }
    }

    /// Reads the figures of `indicator` in the row `row`, in the repetition `time` of the block
    /// `block`. Nothing is added if target and actual figure are blank and neither text says why.
    #[allow(clippy::too_many_arguments, reason = "the list and what is filled from it")]
    fn indicator(
        &mut self,
        row: usize,
        (block, time): (usize, u32),
        indicator: &Indicator,
        (owner, year): (&FigureOwner, FiscalYear),
        tables: &mut FilledTables,
        coverage: &mut Coverage,
        diagnostics: &mut Diagnostics,
    ) {
        let mut figure = |source: &Option<FactSpot>| {
            let Some(FactSpot { at: At::Column(name), .. }) = source else {
                return GatheredCell::default();
            };
            let column = self.columns.in_block(block, time, name);
            column.map(|column| self.cell(row, column)).unwrap_or_default()
        };
        let (target, actual) = (figure(&indicator.target), figure(&indicator.actual));
        let (no_target, no_actual) = (self.is_blank(&target), self.is_blank(&actual));
        let missing = &self.form.declaration.missing;
        let says_why = |cell: &GatheredCell| missing.status(&cell.text).is_some();
        if no_target && no_actual && !says_why(&target) && !says_why(&actual) {
            // The columns count as read all the same.
            for source in indicator.called_by() {
                self.leaf(row, source, diagnostics);
            }
            return;
        }
        *coverage.figures.entry(year).or_default() +=
            usize::from(!no_target) + usize::from(!no_actual);
        let mut text = |source: &Option<FactSpot>| {
            source.as_ref().map(|source| self.leaf(row, source, diagnostics)).unwrap_or_default()
        };
        let called = Called {
            name: text(&indicator.name),
            name_en: text(&indicator.name_en),
            unit: text(&indicator.unit),
        };
        tables.add_indicator(owner, indicator, called, year, (target, actual));
    }

    /// Does `cell` have no figure? A formula without a stored result is not blank.
    fn is_blank(&self, cell: &GatheredCell) -> bool {
        let nothing = cell.text.is_empty() || self.form.declaration.missing.contains(&cell.text);
        nothing && !cell.spot.as_ref().is_some_and(crate::table::Spot::is_without_result)
    }
}
