//! The **tables** that a form fills: measures, indicators and budgets, with the columns that the
//! domain knows.
//!
//! Not in here: where their cells are found (`sheet`, `list`), and what the columns mean
//! (`policy`).

use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::diagnostic::Place;
use crate::table::{GatheredCell, GatheredColumn, Gathering, Spot, Table};
use crate::text::Id;

use super::definition::{Amount, Form, Indicator};
use super::money::MoneyUnits;

/// The tables while they are filled.
pub(super) struct FilledTables {
    pub measures: Gathering,
    pub indicators: Gathering,
    pub budgets: Gathering,
    /// The units of money that worksheets and lists name for the amounts.
    pub money_units: MoneyUnits,
}

/// The measure or node of the plan that figures belong to.
pub(super) enum FigureOwner {
    /// A measure.
    Measure {
        /// The id of the measure.
        id: GatheredCell,
        /// What the ids of its indicators begin with.
        series: String,
    },
    /// A node of the plan, as the worksheet names it.
    Node(GatheredCell),
}

/// What an indicator is called, and its unit.
#[derive(Clone, Default)]
pub(super) struct Called {
    pub name: GatheredCell,
    pub name_en: GatheredCell,
    pub unit: GatheredCell,
}

impl FigureOwner {
    /// The cell that names the owner.
    fn cell(&self) -> &GatheredCell {
        match self {
            Self::Measure { id, .. } | Self::Node(id) => id,
        }
    }

    /// Is it named well enough that figures can be assigned to it?
    fn is_sound(&self) -> bool {
        match self {
            Self::Measure { id, series } => {
                Id::parse(&id.text).is_some() && Id::parse(series).is_some()
            }
            Self::Node(cell) => !cell.told,
        }
    }

    /// The published id of the indicator that the form calls `id`. For measures, it begins with the
    /// series, since the form names the same indicators for every measure.
    fn indicator_id(&self, id: &str) -> String {
        match self {
            Self::Measure { series, .. } => format!("{series}-{id}"),
            Self::Node(_) => id.to_owned(),
        }
    }
}

/// The columns of the table of indicators, after that of their owner.
const INDICATORS: [(&str, &str); 9] = [
    ("indicator", "指標ID"),
    ("name", "指標名"),
    ("name_en", "指標名_英字"),
    ("unit", "単位"),
    ("kind", "種別"),
    ("better", "望ましい方向"),
    ("fiscal_year", "年度"),
    ("target", "目標値"),
    ("actual", "実績値"),
];

/// The columns of the table of budgets, after that of the measure.
const BUDGETS: [(&str, &str); 5] = [
    ("fiscal_year", "年度"),
    ("source", "財源"),
    ("category", "費目"),
    ("budget", "予算額"),
    ("settled", "決算額"),
];

impl FilledTables {
    /// Tables without rows for `form`: measures with the columns that it names, indicators and
    /// budgets with fixed columns.
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
        let (owner, own_name) = match form.of_node {
            true => ("plan", ("plan", "計画")),
            false => ("id", ("measure", "施策ID")),
        };
        let owner = form.columns.iter().find(|column| column.name.value == owner);
        let owner = owner.and_then(|column| column.source.label());
        let all = |names: &[(&str, &str)]| {
            let names = [own_name].into_iter().chain(names.iter().copied());
            let mut columns: Vec<GatheredColumn> =
                names.map(|(name, label)| fixed(form, name, label)).collect();
            columns[0].label = owner.unwrap_or(own_name.1).into();
            table(columns)
        };
        Self {
            measures: table(columns),
            indicators: all(&INDICATORS),
            budgets: all(&BUDGETS),
            money_units: MoneyUnits::default(),
        }
    }

    /// Adds a measure with the `cells` of the columns that the form names; `year` is added if there
    /// is no column for it. The problem of an invalid id is reported once: a series from the same
    /// cell is made blank.
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

    /// Adds an amount of money. A budget and a settled amount of the same owner, year, source and
    /// category share a row. Nothing is added if the owner is not properly named.
    pub fn add_budget(
        &mut self,
        owner: &FigureOwner,
        year: FiscalYear,
        (source, category): (GatheredCell, Option<&str>),
        (amount, cell): (Amount, GatheredCell),
    ) {
        if !owner.is_sound() {
            return;
        }
        let column = match amount {
            Amount::Budget => BUDGETS.len() - 1,
            Amount::Settled => BUDGETS.len(),
        };
        let mut row = vec![
            owner.cell().clone(),
            constant(year),
            source,
            constant(category.unwrap_or_default()),
            GatheredCell::default(),
            GatheredCell::default(),
        ];
        let is_same = |other: &&mut Vec<GatheredCell>| {
            (0..BUDGETS.len() - 1).all(|at| other[at].text == row[at].text)
        };
        // The budget and the settled amount of one source and year are one record.
        let rows = self.budgets.rows.iter_mut().rev();
        let mut of_measure = rows.take_while(|other| other[0].text == owner.cell().text);
        if let Some(other) = of_measure.find(is_same)
            && other[column].spot.is_none()
        {
            other[column] = cell;
            return;
        }
        row[column] = cell;
        self.budgets.rows.push(row);
    }

    /// Adds the figures of an indicator for a year. Nothing is added if the owner is not properly
    /// named.
    pub fn add_indicator(
        &mut self,
        owner: &FigureOwner,
        indicator: &Indicator,
        called: Called,
        year: FiscalYear,
        (target, actual): (GatheredCell, GatheredCell),
    ) {
        if !owner.is_sound() {
            return;
        }
        // A worksheet that does not name its node is reported once, for the first of its figures.
        if let (FigureOwner::Node(cell), Some(last)) = (owner, self.indicators.rows.last()) {
            let place = |cell: &GatheredCell| cell.spot.as_ref().map(Spot::place);
            if cell.text.is_empty() && last[0].text.is_empty() && place(cell) == place(&last[0]) {
                return;
            }
        }
        let id = owner.indicator_id(&indicator.id);
        self.indicators.rows.push(vec![
            owner.cell().clone(),
            constant(id),
            called.name,
            called.name_en,
            called.unit,
            constant(indicator.kind.as_deref().unwrap_or_default()),
            constant(indicator.better.as_deref().unwrap_or_default()),
            constant(year),
            target,
            actual,
        ]);
    }

    /// The units of money, and the tables of measures, indicators and budgets; `None` for a table
    /// without rows. Optional columns that no row fills are left out of the last two.
    pub fn finish(self) -> (MoneyUnits, [Option<Table>; 3]) {
        let filled = |mut table: Gathering, may_lack: bool| {
            if may_lack {
                leave_out_empty(&mut table);
            }
            (!table.rows.is_empty()).then(|| table.into_table())
        };
        let [measures, indicators, budgets] = [
            filled(self.measures, false),
            filled(self.indicators, true),
            filled(self.budgets, true),
        ];
        (self.money_units, [measures, indicators, budgets])
    }
}

/// Removes the optional columns in which every cell is blank and comes from no worksheet.
fn leave_out_empty(table: &mut Gathering) {
    const MAY_LACK: [&str; 7] =
        ["name_en", "unit", "kind", "better", "source", "category", "target"];
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

/// The number of figures by fiscal year, for the report.
pub(super) type FiguresByYear = BTreeMap<FiscalYear, usize>;
