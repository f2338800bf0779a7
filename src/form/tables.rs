//! The **tables** that a form fills: measures, indicators and budgets, with the columns that the domain knows.
//!
//! Not in here: where their cells stand (`sheet`, `list`), and what the columns mean (`policy`).

use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::diagnostic::Place;
use crate::table::{GatheredCell, GatheredColumn, Gathering, Spot, Table};
use crate::text::Id;

use super::definition::{Amount, Form, Indicator};

/// The tables while they are filled.
pub(super) struct Tables {
    pub measures: Gathering,
    pub indicators: Gathering,
    pub budgets: Gathering,
}

/// What is known of a measure when its figures are read.
pub(super) struct Measure {
    pub id: GatheredCell,
    /// What the ids of its indicators begin with.
    pub series: String,
}

impl Measure {
    /// Can figures be told to be of it?
    fn is_sound(&self) -> bool {
        Id::parse(&self.id.text).is_some() && Id::parse(&self.series).is_some()
    }
}

const INDICATORS: [(&str, &str); 9] = [
    ("measure", "施策ID"),
    ("indicator", "指標ID"),
    ("name", "指標名"),
    ("unit", "単位"),
    ("kind", "種別"),
    ("better", "望ましい方向"),
    ("fiscal_year", "年度"),
    ("target", "目標値"),
    ("actual", "実績値"),
];

const BUDGETS: [(&str, &str); 6] = [
    ("measure", "施策ID"),
    ("fiscal_year", "年度"),
    ("source", "財源"),
    ("category", "費目"),
    ("budget", "予算額"),
    ("settled", "決算額"),
];

impl Tables {
    /// Tables without rows, for `form`. `declared` is where the form speaks of figures.
    pub fn of(form: &Form) -> Self {
        let mut columns: Vec<GatheredColumn> = Vec::new();
        for column in &form.columns {
            let name = &column.name.value;
            let label = column.source.label().unwrap_or(name);
            let declared = column.name.place.clone();
            columns.push(GatheredColumn {
                name: name.as_str().into(),
                label: label.into(),
                declared: declared.clone(),
            });
            if column.source.reason.is_some() {
                columns.push(GatheredColumn {
                    name: format!("{name}_reason").into(),
                    label: label.into(),
                    declared,
                });
            }
        }
        if form.columns.iter().all(|column| column.name.value != "fiscal_year") {
            columns.push(fixed(form, "fiscal_year", "年度"));
        }
        let table = |columns| Gathering {
            form: form.file.clone(),
            columns,
            rows: Vec::new(),
            missing: form.declaration.missing.clone(),
            markdown: form.declaration.markdown,
        };
        let id = form.columns.iter().find(|column| column.name.value == "id");
        let id = id.and_then(|column| column.source.label());
        let all = |names: &[(&str, &str)]| {
            let mut columns: Vec<GatheredColumn> =
                names.iter().map(|(name, label)| fixed(form, name, label)).collect();
            // The id of the measure stands in the first column.
            columns[0].label = id.unwrap_or(names[0].1).into();
            table(columns)
        };
        Self { measures: table(columns), indicators: all(&INDICATORS), budgets: all(&BUDGETS) }
    }

    /// Adds a measure with the cells of its columns, the fiscal year apart. Of an id that is none the problem is told once: not of
    /// its series and of its figures as well.
    pub fn add_measure(&mut self, mut cells: Vec<GatheredCell>, year: FiscalYear) {
        let at = |name: &str| self.measures.columns.iter().position(|column| &*column.name == name);
        if let (Some(id), Some(series)) = (at("id"), at("series"))
            && Id::parse(&cells[id].text).is_none()
            && cells[series].spot.as_ref().map(Spot::place)
                == cells[id].spot.as_ref().map(Spot::place)
        {
            cells[series].text.clear();
            cells[series].told = true;
        }
        if cells.len() < self.measures.columns.len() {
            cells.push(constant(year));
        }
        self.measures.rows.push(cells);
    }

    /// Adds an amount of money.
    pub fn add_budget(
        &mut self,
        measure: &Measure,
        year: FiscalYear,
        (source, category): (GatheredCell, Option<&str>),
        (amount, cell): (Amount, GatheredCell),
    ) {
        if !measure.is_sound() {
            return;
        }
        let column = match amount {
            Amount::Budget => BUDGETS.len() - 2,
            Amount::Settled => BUDGETS.len() - 1,
        };
        let mut row = vec![
            measure.id.clone(),
            constant(year),
            source,
            constant(category.unwrap_or_default()),
            GatheredCell::default(),
            GatheredCell::default(),
        ];
        let is_same = |other: &&mut Vec<GatheredCell>| {
            (0..BUDGETS.len() - 2).all(|at| other[at].text == row[at].text)
        };
        // The budget and the settled amount of one source and year are one record.
        let rows = self.budgets.rows.iter_mut().rev();
        let mut of_measure = rows.take_while(|other| other[0].text == measure.id.text);
        if let Some(other) = of_measure.find(is_same)
            && other[column].spot.is_none()
        {
            other[column] = cell;
            return;
        }
        row[column] = cell;
        self.budgets.rows.push(row);
    }

    /// Adds the figures of an indicator for a year.
    pub fn add_indicator(
        &mut self,
        measure: &Measure,
        indicator: &Indicator,
        (name, unit): (GatheredCell, GatheredCell),
        year: FiscalYear,
        (target, actual): (GatheredCell, GatheredCell),
    ) {
        if !measure.is_sound() {
            return;
        }
        let id = format!("{}-{}", measure.series, indicator.id);
        self.indicators.rows.push(vec![
            measure.id.clone(),
            constant(id),
            name,
            unit,
            constant(indicator.kind.as_deref().unwrap_or_default()),
            constant(indicator.better.as_deref().unwrap_or_default()),
            constant(year),
            target,
            actual,
        ]);
    }

    /// The tables with rows: measures, indicators, budgets. Columns that no row fills are left out of the last two.
    pub fn finish(self) -> [Option<Table>; 3] {
        let filled = |mut table: Gathering, may_lack: bool| {
            if may_lack {
                leave_out_empty(&mut table);
            }
            (!table.rows.is_empty()).then(|| table.into_table())
        };
        [filled(self.measures, false), filled(self.indicators, true), filled(self.budgets, true)]
    }
}

/// Leaves out the columns that the form says nothing of.
fn leave_out_empty(table: &mut Gathering) {
    const MAY_LACK: [&str; 6] = ["unit", "kind", "better", "source", "category", "target"];
    let is_empty = |column: usize, name: &str| {
        let mut cells = table.rows.iter().map(|row| &row[column]);
        MAY_LACK.contains(&name) && cells.all(|cell| cell.text.is_empty() && cell.spot.is_none())
    };
    let names = table.columns.iter().enumerate();
    let kept: Vec<bool> = names.map(|(index, column)| !is_empty(index, &column.name)).collect();
    let mut of_columns = kept.iter();
    table.columns.retain(|_| *of_columns.next().unwrap_or(&true));
    for row in &mut table.rows {
        let mut of_row = kept.iter();
        row.retain(|_| *of_row.next().unwrap_or(&true));
    }
}

fn fixed(form: &Form, name: &str, label: &str) -> GatheredColumn {
    let declared = Place::file(form.file.clone());
    GatheredColumn { name: name.into(), label: label.into(), declared }
}

/// A cell that the form itself gives.
pub(super) fn constant(text: impl ToString) -> GatheredCell {
    GatheredCell { text: text.to_string(), spot: None, whole: false, told: false }
}

/// Figures by fiscal year, for the report.
pub(super) type FiguresByYear = BTreeMap<FiscalYear, usize>;
