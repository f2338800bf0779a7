//! **Number cells** of a workbook: compares the stored value with the displayed text.

use std::borrow::Cow;

use crate::calendar::FiscalYear;
use crate::table::facts::CellFact;
use crate::table::number::{NumberText, Unit, figure, is_same, narrow, rounded, shifted};
use crate::table::{parse_date, parse_flag};

use super::said::Said;
use super::wrong::{
    differs, lost_digits, no_unit, not_a_year, other_unit, percent_without_unit, turned_into_date,
};
use super::{CellReader, ColumnMeaning, Wrong};

impl<'t> CellReader<'t> {
    /// The text that is published of a cell that stores `number` and has the facts `fact`,
    /// according to the meaning of its column.
    ///
    /// # Errors
    ///
    /// Where digits were lost, or the displayed text and the stored value differ in a way that
    /// leaves open which is meant.
    pub(super) fn number(
        &mut self,
        row: usize,
        column: usize,
        (number, fact): (f64, &CellFact),
        meaning: ColumnMeaning<'_>,
    ) -> Result<Cow<'t, str>, Wrong> {
        let text = self.table.cell(row, column);
        if number.abs() >= 1e15 && number.fract() == 0.0 {
            return Err(lost_digits(text));
        }
        let shown = self.table.fact(row, column).and_then(|(facts, _)| facts.shown(fact));
        let Some(shown) = shown else { return Ok(text.into()) };
        // The canonical text of a date or time is not a number.
        let moment = text.parse::<f64>().is_err();
        match meaning {
            ColumnMeaning::Text if moment => Ok(shown.into()),
            ColumnMeaning::Text => shown_text(text, shown),
            ColumnMeaning::Code | ColumnMeaning::Number(_) if moment => {
                Err(turned_into_date(&shown))
            }
            ColumnMeaning::Code => shown_code(text, shown),
            ColumnMeaning::Number(unit) => self.figure(row, column, (text, &shown), unit),
            ColumnMeaning::Date => {
                if moment && parse_date(&shown).ok() != parse_date(text).ok() {
                    self.say(row, column, Said::Day);
                }
                Ok(text.into())
            }
            ColumnMeaning::FiscalYear => match FiscalYear::parse(&shown) {
                Ok(_) => Ok(shown.into()),
                Err(_) if moment => Err(not_a_year(&shown)),
                Err(_) => Ok(text.into()),
            },
            ColumnMeaning::Time => match shown.split_once(':') {
                Some((hours, _)) if hours.bytes().all(|b| b.is_ascii_digit()) => Ok(shown.into()),
                _ => Ok(text.into()),
            },
            ColumnMeaning::Flag if parse_flag(&shown).is_some() => Ok(shown.into()),
            ColumnMeaning::Flag => Ok(text.into()),
        }
    }

    /// Decides which number a cell of a column of numbers is published as, where `stored` is
    /// displayed as `shown` and the column has the unit `unit`. A percentage is left to
    /// [`Self::percent`]. In this order: a 0 displayed as a dash is 0; a rounded display means the
    /// stored number; ▲ or parentheses in the format negate it; thousands or millions scale it, if
    /// the column's unit says so. The kinds of assumption are noted.
    ///
    /// # Errors
    ///
    /// Where none of these holds, or the displayed unit is not that of the column.
    fn figure(
        &mut self,
        row: usize,
        column: usize,
        (stored, shown): (&'t str, &str),
        unit: Unit<'_>,
    ) -> Result<Cow<'t, str>, Wrong> {
        if is_same(stored, "0") && shown.chars().all(|c| "-－―‐ ".contains(c)) {
            self.say(row, column, Said::Zero);
            return Ok(stored.into());
        }
        let Some(figure) = figure(shown) else { return Err(differs(shown, stored)) };
        let number = figure.number.as_str();
        if figure.unit.contains('%') {
            return self.percent(row, column, (stored, shown), (&figure, unit));
        }
        if !figure.unit.is_empty() && !unit.is_named(&figure.unit) {
            return Err(match unit {
                Unit::Named(own) => other_unit(shown, own),
                Unit::Unknown | Unit::Pure => no_unit(shown, &figure.unit),
            });
        }
        if rounds_to(stored, number) {
            if !is_same(stored, number) {
                self.say(row, column, Said::Rounded);
            }
            return Ok(stored.into());
        }
        // The sign is in the number format only.
        let negated = format!("-{stored}");
        if (figure.triangle || figure.parenthesised) && rounds_to(&negated, number) {
            self.say(row, column, Said::Sign);
            return Ok(negated.into());
        }
        for (power, word) in SCALES {
            let scaled = shifted(stored, -power);
            let meant = matches!(unit, Unit::Named(own) if narrow(own).starts_with(word));
            if meant && rounds_to(&scaled, number) {
                self.say(row, column, Said::Scaled);
                return Ok(scaled.into());
            }
        }
        Err(differs(shown, stored))
    }

    /// Decides the same for a displayed percentage: in a column of percent the displayed number
    /// (45.5 for 0.455), in a column of pure numbers the stored fraction.
    ///
    /// # Errors
    ///
    /// Where the column's unit is unknown or another one, or the numbers do not correspond.
    fn percent(
        &mut self,
        row: usize,
        column: usize,
        (stored, shown): (&'t str, &str),
        (figure, unit): (&NumberText, Unit<'_>),
    ) -> Result<Cow<'t, str>, Wrong> {
        let number = figure.number.as_str();
        let moved = shifted(stored, 2);
        if !rounds_to(&moved, number) {
            // The percent sign is literal text in the format, and the number is stored as it is
            // displayed: 0.0"％".
            let literal = unit.is_percent() && rounds_to(stored, number);
            return match literal {
                true => {
                    self.say(row, column, Said::OwnUnit);
                    Ok(stored.into())
                }
                false => Err(differs(shown, stored)),
            };
        }
        match unit {
            _ if unit.is_percent() => {
                self.say(row, column, Said::Percent);
                if !is_same(&moved, number) {
                    self.say(row, column, Said::Rounded);
                }
                Ok(moved.into())
            }
            Unit::Pure => Ok(stored.into()),
            Unit::Named(own) => Err(other_unit(shown, own)),
            Unit::Unknown => Err(percent_without_unit(shown, stored)),
        }
    }
}

/// Powers of ten by which formats scale, and the beginnings of the corresponding units.
const SCALES: [(i32, &str); 3] = [(3, "千"), (6, "百万"), (9, "十億")];

/// Is `number`, rounded to the decimals of `shown`, equal to `shown`?
fn rounds_to(number: &str, shown: &str) -> bool {
    let decimals = shown.split_once('.').map_or(0, |(_, digits)| digits.len());
    is_same(&rounded(number, decimals), shown)
}

/// In a column of texts: the displayed text; but for a number the stored one, without separators of
/// thousands and rounding, unless it is displayed with leading zeros.
fn shown_text(stored: &str, shown: String) -> Result<Cow<'_, str>, Wrong> {
    let digits = shown.replace(',', "");
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    if !plain && !shown.is_empty() {
        return Ok(shown.into());
    }
    let padded = digits.starts_with('0') && digits.len() > 1 && !digits.starts_with("0.");
    let number = figure(&shown).filter(|figure| rounds_to(stored, figure.number.as_str()));
    match number {
        Some(_) if padded => Ok(shown.into()),
        Some(_) => Ok(stored.into()),
        // Hyphens between digits, as in a telephone number, belong to the text.
        None if digits.matches('-').count() > usize::from(digits.starts_with('-')) => {
            Ok(shown.into())
        }
        None => Err(differs(&shown, stored)),
    }
}

/// In a column of codes: the displayed text, since zeros and signs that the format adds belong to
/// the code; but separators of thousands do not.
fn shown_code(stored: &str, shown: String) -> Result<Cow<'_, str>, Wrong> {
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    let whole = stored.bytes().all(|byte| byte.is_ascii_digit());
    let same = digits.trim_start_matches('0') == stored.trim_start_matches('0');
    if !whole || digits.is_empty() || !same || shown.contains(['%', '.']) {
        return Err(differs(&shown, stored));
    }
    Ok(if shown.contains(',') { stored.into() } else { shown.into() })
}
