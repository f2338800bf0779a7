//! What a form says of the **figures on a worksheet**: rows of them below a row of years.

use regex::Regex;

use crate::diagnostic::{self, Place};
use crate::document::Keys;
use crate::message;
use crate::table::matching_form;

use super::{Amount, Indicator, read_indicator, read_regex};

/// The figures on a worksheet: rows of them below a row of years.
#[derive(Debug, Default)]
pub(in crate::form) struct SheetFigures {
    pub years: Option<Years>,
    pub budgets: Vec<BudgetRows>,
    pub indicators: Vec<IndicatorRows>,
}

/// The row of years.
#[derive(Debug)]
pub(in crate::form) struct Years {
    /// Pattern of a year.
    pub pattern: Regex,
    /// Least number of years in the row.
    pub least: usize,
    /// How many rows below the years it is written what their amounts are.
    pub kind_below: u32,
    /// The texts there, in the form in which labels are compared, and what each means.
    pub kinds: Vec<(String, Amount)>,
    pub declared: Place,
}

/// Rows of amounts, one a source of money.
#[derive(Debug)]
pub(in crate::form) struct BudgetRows {
    /// The labels of the rows, and what is published as the source.
    pub sources: Vec<(String, String)>,
    /// The label of the row of sums, which is checked and not published.
    pub total: Option<String>,
    pub category: Option<String>,
    pub declared: Place,
}

/// Indicators that are below each other on a worksheet.
#[derive(Debug)]
pub(in crate::form) struct IndicatorRows {
    /// Pattern of the cell at which an indicator begins, with the group `name` and perhaps the
    /// groups `name_en` and `unit`.
    pub start: Regex,
    pub target: Option<FigureRow>,
    pub actual: Option<FigureRow>,
    /// The indicators in their order.
    pub each: Vec<Indicator>,
    pub declared: Place,
}

/// A row of figures of an indicator.
#[derive(Debug)]
pub(in crate::form) struct FigureRow {
    /// The label of the row.
    pub label: String,
    /// How many rows below the beginning of the indicator.
    pub below: u32,
}

/// Reads `[years]`: the pattern of the row of years, which has at least three years unless `least`
/// is given, and what the row of kinds means. `None` if the pattern is missing or wrong.
pub(super) fn read_years(keys: &mut Keys<'_>) -> Option<Years> {
    let declared = keys.place();
    let row = keys.table("row", |keys| {
        let least = keys.count("least", 1).unwrap_or(3) as usize;
        let pattern = keys.required_text("match")?;
        Some((read_regex(keys, "match", &format!("^(?:{pattern})$"))?, least))
    });
    if !keys.has("row") {
        return keys.missing("row");
    }
    let kind = keys.table("kind", |keys| {
        let below = keys.count("below", 0).unwrap_or(1);
        let mut kinds = Vec::new();
        for (written, meant) in keys.named_texts("map") {
            match Amount::CHOICES.iter().find(|(name, _)| *name == meant.value) {
                Some((_, amount)) => kinds.push((matching_form(&written.value), *amount)),
                None => {
                    let meant = meant.value;
                    keys.problem(
                        &diagnostic::DOCUMENT_VALUE,
                        "map",
                        message!(ja: "「{meant}」は使えません", en: "`{meant}` is not an allowed value"),
                        message!(
                            ja: "使える値：budget（予算額）、settled（決算額）",
                            en: "allowed values: `budget`, `settled`",
                        ),
                    );
                }
            }
        }
        (below, kinds)
    });
    let (pattern, least) = row.flatten()?;
    let (kind_below, kinds) = kind.unwrap_or_default();
    Some(Years { pattern, least, kind_below, kinds, declared })
}

/// Reads one of `[[budgets]]`: the labels of its rows, each with the source that is published for
/// it. `None` without `source`.
pub(super) fn read_budget_rows(keys: &mut Keys<'_>) -> Option<BudgetRows> {
    let declared = keys.place();
    if !keys.has("source") {
        return keys.missing("source");
    }
    let (total, category) = (keys.text("total"), keys.text("category"));
    let renamed = keys.named_texts("map");
    let sources = keys.text_or_texts("source")?;
    let published = |label: &str| {
        let found = renamed.iter().find(|(written, _)| written.value == label);
        found.map_or(label, |(_, meant)| &meant.value).to_owned()
    };
    Some(BudgetRows {
        sources: sources
            .into_iter()
            .map(|source| (source.value.clone(), published(&source.value)))
            .collect(),
        total,
        category,
        declared,
    })
}

/// Reads one of `[[indicators]]`. `None` if the pattern of `start` is missing, wrong, or without
/// the group `name`.
pub(super) fn read_indicator_rows(keys: &mut Keys<'_>) -> Option<IndicatorRows> {
    let declared = keys.place();
    let start = keys.table("start", |keys| {
        let pattern = keys.required_text("match")?;
        let regex = read_regex(keys, "match", &pattern)?;
        if regex.capture_names().flatten().any(|name| name == "name") {
            return Some(regex);
        }
        keys.problem(
            &diagnostic::DOCUMENT_VALUE,
            "match",
            message!(
                ja: "「match」に、指標名の部分「(?<name>…)」がありません",
                en: "`match` has no group `(?<name>…)` for the name of the indicator",
            ),
            message!(
                ja: "「'^≪(?<name>.+)≫（(?<unit>.+)）$'」のように書いてください",
                en: "write it as `'^≪(?<name>.+)≫（(?<unit>.+)）$'`",
            ),
        );
        None
    });
    if !keys.has("start") {
        keys.missing::<()>("start");
    }
    let row = |keys: &mut Keys<'_>| {
        let below = keys.count("below", 0);
        Some(FigureRow { label: keys.required_text("row")?, below: below.unwrap_or(0) })
    };
    let target = keys.table("target", row).flatten();
    let actual = keys.table("actual", row).flatten();
    let each = keys.tables("each", read_indicator).into_iter().flatten().collect();
    if !keys.has("each") {
        keys.missing::<()>("each");
    }
    Some(IndicatorRows { start: start.flatten()?, target, actual, each, declared })
}
