//! What a form says of the **figures in a list**: blocks of columns, one a year.

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Located};
use crate::document::Keys;
use crate::form::source::parse_column;
use crate::message;

use super::{Amount, Indicator, read_indicator};

/// Columns of a list with the figures of a year, which may be repeated, one block a year.
#[derive(Debug)]
pub(in crate::form) struct YearBlock {
    /// The first and the last column of the first year, from 0; `None` if there is one year and the
    /// columns may be anywhere.
    pub columns: Option<(u32, u32)>,
    /// How often the columns are repeated.
    pub times: u32,
    /// The fiscal years, one a block.
    pub years: Vec<Year>,
    pub budgets: Vec<BudgetColumn>,
    pub totals: Vec<TotalColumn>,
    pub indicators: Vec<Indicator>,
}

/// The year of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::form) enum Year {
    /// This fiscal year.
    Plain(FiscalYear),
    /// So many years before the year of the form.
    Before(i32),
}

/// A column of amounts.
#[derive(Debug)]
pub(in crate::form) struct BudgetColumn {
    pub column: Located<String>,
    pub source: Option<String>,
    pub category: Option<String>,
    pub amount: Amount,
}

/// A column of sums, which is checked and not published.
#[derive(Debug)]
pub(in crate::form) struct TotalColumn {
    pub column: Located<String>,
    /// The category of the amounts that it sums, where it is not all of them.
    pub category: Option<String>,
    /// Budgets or settled amounts, where a block has both.
    pub amount: Option<Amount>,
}

/// Reads `[[blocks]]`. A block is repeated once per year unless `times` is given. A wrong number of
/// `years` is reported; a block that is not repeated needs none.
pub(super) fn read_blocks(keys: &mut Keys<'_>) -> Vec<YearBlock> {
    keys.tables("blocks", |keys| {
        let declared = keys.place();
        let columns = match keys.text("columns") {
            None => None,
            Some(written) => {
                let (first, last) = written.split_once(':').unwrap_or((&written, &written));
                match (parse_column(first), parse_column(last)) {
                    (Some(first), Some(last)) if first <= last => Some((first, last)),
                    _ => {
                        keys.problem(
                            &diagnostic::DOCUMENT_VALUE,
                            "columns",
                            message!(
                                ja: "「{written}」は列の範囲ではありません",
                                en: "`{written}` is no range of columns",
                            ),
                            message!(
                                ja: "「AL:AX」のように書いてください",
                                en: "write it as `AL:AX`",
                            ),
                        );
                        return None;
                    }
                }
            }
        };
        let years = read_block_years(keys);
        let once = years.len().max(1);
        let once = u32::try_from(once).unwrap_or(u32::MAX);
        let times = keys.count("times", 1).unwrap_or(once);
        let totals = keys.tables("totals", |keys| {
            keys.choice("of", &[("budgets", ())]);
            let category = keys.text("category");
            let amount = keys.choice("as", &Amount::CHOICES);
            Some(TotalColumn { column: keys.required_located_text("column")?, category, amount })
        });
        let budgets = keys.tables("budgets", |keys| {
            let source = keys.text("source");
            let category = keys.text("category");
            let amount = keys.required_choice("as", &Amount::CHOICES);
            let renamed = keys.named_texts("map");
            if !keys.has("column") {
                return keys.missing("column");
            }
            let columns = keys.text_or_texts("column")?;
            let amount = amount?;
            let budgets = columns.into_iter().map(|column| {
                let found = renamed.iter().find(|(written, _)| written.value == column.value);
                let source = source.clone().or_else(|| found.map(|(_, meant)| meant.value.clone()));
                BudgetColumn { column, source, category: category.clone(), amount }
            });
            Some(budgets.collect::<Vec<_>>())
        });
        let indicators = keys.tables("indicators", read_indicator);
        let block = YearBlock {
            columns,
            times,
            years,
            budgets: budgets.into_iter().flatten().flatten().collect(),
            totals: totals.into_iter().flatten().collect(),
            indicators: indicators.into_iter().flatten().collect(),
        };
        if block.years.len() != block.times as usize && !(block.years.is_empty() && times == 1) {
            let (years, times) = (block.years.len(), block.times);
            keys.push(
                Diagnostic::new(
                    &diagnostic::FORM_DEFINITION,
                    declared,
                    message!(
                        ja: "列のまとまりは{times}回繰り返されますが、年度が{years}個書かれています",
                        en: "the block is repeated {times} times, but {years} years are given",
                    ),
                )
                .with_help(message!(
                    ja: "「years」に、まとまりと同じ数の年度を書いてください",
                    en: "give as many `years` as there are blocks",
                )),
            );
        }
        Some(block)
    })
    .into_iter()
    .flatten()
    .collect()
}

/// Reads `years`: fiscal years, or `settled` for the year of the form and `settled-2` for two years
/// before it.
fn read_block_years(keys: &mut Keys<'_>) -> Vec<Year> {
    let mut years = Vec::new();
    for written in keys.bounds("years") {
        let relative = written.value.strip_prefix("settled").map(|rest| match rest {
            "" => Some(0),
            rest => rest.strip_prefix('-').and_then(|digits| digits.parse().ok()),
        });
        let year = match relative {
            Some(before) => before.map(Year::Before),
            None => FiscalYear::parse(&written.value).ok().map(Year::Plain),
        };
        match year {
            Some(year) => years.push(year),
            None => {
                let text = &written.value;
                let problem = Diagnostic::new(
                    &diagnostic::DOCUMENT_VALUE,
                    written.place.clone(),
                    message!(ja: "「{text}」は年度ではありません", en: "`{text}` is not a fiscal year"),
                );
                keys.push(problem.with_help(message!(
                    ja: "「2024」か、様式の年度の2年前なら「settled-2」のように書いてください",
                    en: "write it as `2024`, or as `settled-2` for two years before that of the form",
                )));
            }
        }
    }
    years
}
