//! The tables of **figures**: indicators and budgets, one row a year.

use crate::config::IndicatorKind;
use crate::diagnostic::Diagnostics;
use crate::policy::columns::Tables;
use crate::policy::field::read_cells;
use crate::policy::{Better, Budget, IndicatorAbout, IndicatorYear, Of};
use crate::source::Sources;
use crate::table::{Fields, Table, Unit};

use super::{rows_of, tables_below};

/// `indicators/**/*.csv`, and the tables that forms have gathered
pub(in crate::policy) fn indicators(
    sources: &Sources,
    site: &Tables<'_>,
    kinds: &[IndicatorKind],
    gathered: &[Table],
    diagnostics: &mut Diagnostics,
) -> Vec<IndicatorYear> {
    let spelt = |spelling: fn(&IndicatorKind) -> &str| -> Vec<(&str, usize)> {
        kinds.iter().enumerate().map(|(index, kind)| (spelling(kind), index)).collect()
    };
    let labels = spelt(|kind| &kind.label.own);
    let also = [spelt(|kind| kind.id.as_str()), spelt(IndicatorKind::short)].concat();
    let read = |fields: &mut Fields<'_, '_>| {
        let measure = fields.required_id("measure");
        let indicator = fields.required_id("indicator");
        let name = fields.required_localized("name");
        let unit = fields.text("unit");
        let kind = fields.choice("kind", &labels, &also);
        let better = fields.choice("better", &Better::CHOICES, &Better::ALSO);
        let fiscal_year = fields.required_fiscal_year("fiscal_year");
        let of_row = Unit::of(unit.as_deref());
        let baseline = fields.decimal("baseline", of_row);
        let target = fields.decimal("target", of_row);
        let actual = fields.decimal("actual", of_row);
        let about = IndicatorAbout {
            definition: fields.text("definition"),
            formula: fields.text("formula"),
            source: fields.text("source"),
            disaggregation: fields.text("disaggregation"),
        };
        let note = fields.text("note");
        let own = read_cells(fields, site.fields, Of::Indicator);
        Some(IndicatorYear {
            measure: measure?,
            indicator: indicator?.value,
            name: name?,
            unit,
            kind: kind.map(|kind| kinds[kind].id.clone()),
            better,
            about,
            fiscal_year: fiscal_year?,
            baseline,
            target,
            actual,
            note,
            fields: own,
            place: fields.place(),
        })
    };
    let spec = (site.indicators(), site);
    let mut found = tables_below(sources, "content/indicators/", spec, diagnostics, read);
    for table in gathered {
        found.extend(rows_of(table, spec, diagnostics, read));
    }
    found
}

/// `budgets/**/*.csv`, and the tables that forms have gathered, in `unit`
pub(in crate::policy) fn budgets(
    sources: &Sources,
    site: &Tables<'_>,
    gathered: &[Table],
    unit: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<Budget> {
    let unit = Unit::of(Some(unit));
    let read = |fields: &mut Fields<'_, '_>| {
        let measure = fields.required_id("measure");
        let fiscal_year = fields.required_fiscal_year("fiscal_year");
        let budget = fields.decimal("budget", unit);
        let settled = fields.decimal("settled", unit);
        let source = fields.text("source");
        let note = fields.text("note");
        let own = read_cells(fields, site.fields, Of::Budget);
        Some(Budget {
            measure: measure?,
            fiscal_year: fiscal_year?,
            budget,
            settled,
            source,
            note,
            fields: own,
            place: fields.place(),
        })
    };
    let spec = (site.budgets(), site);
    let mut found = tables_below(sources, "content/budgets/", spec, diagnostics, read);
    for table in gathered {
        found.extend(rows_of(table, spec, diagnostics, read));
    }
    found
}
