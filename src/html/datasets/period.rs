//! The **period** that a dataset covers, in words.

use crate::calendar::FiscalYear;
use crate::dataset::Dataset;
use crate::html::context::PageContext;
use crate::text::Language;

/// The period of `dataset` from its first to its last day. An end that is not known is blank;
/// `None` if the dataset has no period.
pub(super) fn period(context: &PageContext<'_>, dataset: &Dataset) -> Option<String> {
    let period = dataset.period?;
    let start = context.date(period.start).unwrap_or_default();
    let end = context.date(period.end).unwrap_or_default();
    let dash = if context.language == Language::Ja { "～" } else { " – " };
    Some(format!("{start}{dash}{end}"))
}

/// The period of `dataset` as people call it: the fiscal year if it covers exactly one, else its
/// first and last day. Empty without a period.
pub(super) fn period_name(context: &PageContext<'_>, dataset: &Dataset) -> String {
    let ends = dataset.period.and_then(|period| period.start.zip(period.end));
    let year = ends.map(|(start, end)| (FiscalYear::of(start), start, end));
    match year {
        Some((year, start, end)) if year.start() == start && year.end() == end => {
            year.long(context.language)
        }
        _ => period(context, dataset).unwrap_or_default(),
    }
}
