//! The tables of **figures**: indicators and budgets, one row a year.

use crate::diagnostic::Diagnostics;
use crate::policy::{BUDGETS, Better, Budget, INDICATORS, IndicatorYear};
use crate::source::Sources;

use super::tables_below;

/// `indicators/**/*.csv`
pub(in crate::policy) fn indicators(
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<IndicatorYear> {
    tables_below(sources, "content/indicators/", INDICATORS, diagnostics, |fields| {
        let measure = fields.required_id("measure");
        let indicator = fields.required_id("indicator");
        let name = fields.required_localized("name");
        let unit = fields.text("unit");
        let better = fields.required_choice("better", &Better::CHOICES);
        let fiscal_year = fields.required_fiscal_year("fiscal_year");
        let baseline = fields.decimal("baseline");
        let target = fields.decimal("target");
        let actual = fields.decimal("actual");
        let note = fields.text("note");
        Some(IndicatorYear {
            measure: measure?,
            indicator: indicator?.value,
            name: name?,
            unit,
            better: better?,
            fiscal_year: fiscal_year?,
            baseline,
            target,
            actual,
            note,
            place: fields.place(),
        })
    })
}

/// `budgets/**/*.csv`
pub(in crate::policy) fn budgets(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Budget> {
    tables_below(sources, "content/budgets/", BUDGETS, diagnostics, |fields| {
        let measure = fields.required_id("measure");
        let fiscal_year = fields.required_fiscal_year("fiscal_year");
        let budget = fields.decimal("budget");
        let settled = fields.decimal("settled");
        let source = fields.text("source");
        let note = fields.text("note");
        Some(Budget {
            measure: measure?,
            fiscal_year: fiscal_year?,
            budget,
            settled,
            source,
            note,
            place: fields.place(),
        })
    })
}
