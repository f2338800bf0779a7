//! The **precision** of a column of numbers: the type that holds every digit of its cells.
//!
//! Most numbers fit the types of 64 bits. Where one does not, formats and programs that would round
//! it have to use another type for the whole column.
//!
//! Not in here: fiscal years, which always fit, and the formats themselves (`catalog`).

use super::{ColumnType, Dataset};

/// The type that holds the numbers of a column without loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExactType {
    /// Whole numbers of 64 bits.
    Long,
    /// Floating-point numbers of 64 bits.
    Double,
    /// Decimals of up to 38 digits, as databases have them.
    Decimal {
        /// The number of digits.
        precision: usize,
        /// The number of digits after the point.
        scale: usize,
    },
    /// No type of numbers: one has more than 38 digits.
    Text,
}

/// The largest number of decimals of `cells`, which are numbers in canonical text.
pub(super) fn decimals<'c>(cells: impl Iterator<Item = &'c str>) -> usize {
    cells.map(|cell| cell.split_once('.').map_or(0, |(_, digits)| digits.len())).max().unwrap_or(0)
}

/// The largest number of digits that decimals have in databases and in Parquet.
const MOST_DIGITS: usize = 38;

/// Every number of at most as many digits is kept by a floating-point number of 64 bits.
const DIGITS_OF_DOUBLE: usize = 15;

impl Dataset {
    /// The number of decimals of the cells of the column at index `column`: as many as the most
    /// precise has.
    pub fn decimals(&self, column: usize) -> usize {
        decimals((0..self.rows.len()).map(|row| self.rows.cell(row, column)))
    }

    /// The type that holds the numbers of the column at index `column`; `None` if it is not a
    /// column of numbers, or one of fiscal years.
    pub fn exact_type(&self, column: usize) -> Option<ExactType> {
        let fits: fn(&str) -> bool = match self.columns[column].kind {
            ColumnType::Integer => |cell| cell.parse::<i64>().is_ok(),
            ColumnType::Number => is_exact_double,
            // Fifteen digits of a degree are less than a millionth of a millimetre.
            ColumnType::Latitude | ColumnType::Longitude => return Some(ExactType::Double),
            _ => return None,
        };
        let cells = || (0..self.rows.len()).map(|row| self.rows.cell(row, column));
        let mut larger =
            cells().filter(|cell| cell.len() > DIGITS_OF_DOUBLE && !fits(cell)).peekable();
        if larger.peek().is_none() {
            let is_whole = self.columns[column].kind == ColumnType::Integer;
            return Some(if is_whole { ExactType::Long } else { ExactType::Double });
        }
        let (mut whole, mut scale) = (0, 0);
        for cell in cells() {
            let (before, after) = cell.split_once('.').unwrap_or((cell, ""));
            whole = whole.max(before.trim_start_matches(['-', '0']).len());
            scale = scale.max(after.len());
        }
        let precision = (whole + scale).max(1);
        Some(match precision <= MOST_DIGITS {
            true => ExactType::Decimal { precision, scale },
            false => ExactType::Text,
        })
    }

    /// Whether programs that compute with floating-point numbers only, such as spreadsheets and R,
    /// would round a number in the column at index `column`. Spreadsheets keep fifteen digits.
    pub fn has_long_numbers(&self, column: usize) -> bool {
        let digits = |cell: &str| cell.bytes().filter(u8::is_ascii_digit).count();
        let is_long = |row| digits(self.rows.cell(row, column)) > DIGITS_OF_DOUBLE;
        match self.columns[column].kind {
            ColumnType::Integer => (0..self.rows.len()).any(is_long),
            ColumnType::Number => self.exact_type(column) != Some(ExactType::Double),
            _ => false,
        }
    }
}

/// Is the decimal `cell`, read as a floating-point number, written with the same digits again?
fn is_exact_double(cell: &str) -> bool {
    if cell.len() <= DIGITS_OF_DOUBLE {
        return true;
    }
    let plain = match cell.contains('.') {
        true => cell.trim_end_matches('0').trim_end_matches('.'),
        false => cell,
    };
    cell.parse::<f64>().is_ok_and(|number| number.to_string() == plain)
}

#[cfg(test)]
mod tests {
    use super::is_exact_double;

    #[test]
    fn numbers_of_sixteen_digits_are_doubles_if_no_digit_is_lost() {
        for cell in ["", "0", "-1234567890.12345", "1234567890123456", "0.10000000000000000000"] {
            assert!(is_exact_double(cell), "{cell}");
        }
        for cell in ["123456789012345678", "123456789.123456789", "-0.1234567890123456789"] {
            assert!(!is_exact_double(cell), "{cell}");
        }
    }
}
