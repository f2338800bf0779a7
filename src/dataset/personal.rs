//! Looks for **personal** data in the columns of a dataset: people's names beside ways to reach
//! them or their dates of birth, and マイナンバー (individual numbers), by their check digit.
//!
//! Not in here: columns that a draft leaves unpublished (`guess`), and the messages (`check`).

use crate::form::{Personal, personal};

use super::{Column, ColumnType, Dataset, names_a_person};

/// Least number of cells without which numbers with a right check digit may be so by chance.
const LEAST: usize = 4;

impl Dataset {
    /// The columns with people's names, and those with a way to reach them or a date of birth;
    /// empty unless there are both.
    pub fn columns_of_people(&self) -> (Vec<usize>, Vec<usize>) {
        let is_figure =
            |column: &Column| matches!(column.kind, ColumnType::Number | ColumnType::Boolean);
        let birth = |title: &str| ["生年月日", "誕生日", "birth"].iter().any(|w| title.contains(w));
        let (mut named, mut reached) = (Vec::new(), Vec::new());
        for (index, column) in self.columns.iter().enumerate().filter(|(_, c)| !is_figure(c)) {
            let title = &column.title.own;
            let kind = personal(title);
            if birth(&title.to_lowercase()) || kind == Some(Personal::Contact) {
                reached.push(index);
            } else if kind == Some(Personal::Person) || names_a_person(title) {
                named.push(index);
            }
        }
        match named.is_empty() || reached.is_empty() {
            true => (Vec::new(), Vec::new()),
            false => (named, reached),
        }
    }

    /// The rows whose cell in `column` is an individual number. A column that is called so has them
    /// if one cell is one; any other, if all cells are.
    pub fn my_numbers(&self, column: usize) -> Vec<usize> {
        let title = &self.columns[column].title.own;
        let is_called_so = ["マイナンバー", "個人番号"].iter().any(|word| title.contains(word));
        let mut found = Vec::new();
        for row in 0..self.rows.len() {
            let cell = self.rows.cell(row, column);
            match is_my_number(cell) {
                true => found.push(row),
                false if is_called_so || cell.is_empty() => {}
                false => return Vec::new(),
            }
        }
        if found.len() < if is_called_so { 1 } else { LEAST } { Vec::new() } else { found }
    }

    /// Has it personal data?
    pub(super) fn is_personal(&self) -> bool {
        let numbers = (0..self.columns.len()).any(|column| !self.my_numbers(column).is_empty());
        numbers || !self.columns_of_people().0.is_empty()
    }
}

/// Is `cell` twelve digits, the last of which is the check digit of an individual number?
///
/// 行政手続における特定の個人を識別するための番号の利用等に関する法律施行令、総務省令第85号 第5条.
fn is_my_number(cell: &str) -> bool {
    let digits: Vec<u32> =
        cell.chars().filter(|c| !matches!(c, '-' | ' ')).filter_map(|c| c.to_digit(10)).collect();
    let others = cell.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '-' | ' '));
    if others || digits.len() != 12 || digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    let weights = (1..=11).map(|n| if n <= 6 { n + 1 } else { n - 5 });
    let sum: u32 =
        digits[..11].iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let check = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    digits[11] == check
}

#[cfg(test)]
mod tests {
    use super::is_my_number;

    #[test]
    fn an_individual_number_is_known_by_its_check_digit() {
        for number in ["123456789018", "1234-5678-9018", "021345678902", "987654321093"] {
            assert!(is_my_number(number), "{number}");
        }
        for other in
            ["123456789012", "12345678901", "1234567890188", "000000000000", "12345678901x", ""]
        {
            assert!(!is_my_number(other), "{other}");
        }
    }
}
