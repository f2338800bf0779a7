//! Looks for **personal** data in what is published: people's names beside ways to reach them or
//! their dates of birth, and マイナンバー (individual numbers), by their check digit.
//!
//! Not in here: columns that a draft leaves unpublished (`dataset::guess`).

use crate::dataset::{Column, ColumnType, Dataset, names_a_person};
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::form::{Personal, personal};
use crate::message;
use crate::site::Site;

/// Least number of cells without which numbers with a right check digit may be so by chance.
const LEAST: usize = 4;

/// Reports datasets with personal columns.
pub(super) fn personal_columns(site: &Site, diagnostics: &mut Diagnostics) {
    for dataset in &site.datasets {
        if !dataset.built_in {
            diagnostics.extend(people(dataset));
        }
        for index in 0..dataset.columns.len() {
            diagnostics.extend(my_numbers(dataset, index));
        }
    }
}

/// The warning about a dataset with people's names and something else that is personal.
fn people(dataset: &Dataset) -> Option<Diagnostic> {
    let is_figure =
        |column: &&Column| matches!(column.kind, ColumnType::Number | ColumnType::Boolean);
    let columns = || dataset.columns.iter().filter(|column| !is_figure(column));
    let title = |column: &Column| column.title.own.clone();
    let is_birth = |title: &str| ["生年月日", "誕生日", "birth"].iter().any(|w| title.contains(w));
    let of_person = |title: &str| {
        !is_birth(title) && (personal(title) == Some(Personal::Person) || names_a_person(title))
    };
    let named: Vec<String> = columns().map(title).filter(|title| of_person(title)).collect();
    let reached = columns().map(title).filter(|title| {
        is_birth(&title.to_lowercase()) || personal(title) == Some(Personal::Contact)
    });
    let reached: Vec<String> = reached.collect();
    if named.is_empty() || reached.is_empty() {
        return None;
    }
    let quoted = |titles: &[String], open: &str, close: &str, between: &str| {
        let each: Vec<String> =
            titles.iter().map(|title| format!("{open}{title}{close}")).collect();
        each.join(between)
    };
    let (ja_named, ja_reached) = (quoted(&named, "「", "」", ""), quoted(&reached, "「", "」", ""));
    let (en_named, en_reached) = (quoted(&named, "`", "`", ", "), quoted(&reached, "`", "`", ", "));
    let problem = Diagnostic::new(
        &diagnostic::CHECK_PERSONAL,
        dataset.place.clone(),
        message!(
            ja: "個人に関わる列があるようです：{ja_named}と{ja_reached}",
            en: "columns look personal: {en_named} beside {en_reached}",
        ),
    );
    Some(problem.with_help(message!(
        ja: "公開しない列は、「dataset.toml」の「unpublished」に見出しを書いてください。公開してよい場合は、「site.toml」の「[checks]」に「\"check::personal\" = \"off\"」と書けます",
        en: "write the headers of columns that are not to be published as `unpublished` in `dataset.toml`; if all may be published, `\"check::personal\" = \"off\"` in `[checks]` of `site.toml` turns this rule off",
    )))
}

/// The error about a column that holds individual numbers. A column that is called so has them if
/// one cell is one; any other, if all cells are.
fn my_numbers(dataset: &Dataset, index: usize) -> Option<Diagnostic> {
    let title = &dataset.columns[index].title.own;
    let is_called_so = ["マイナンバー", "個人番号"].iter().any(|word| title.contains(word));
    let mut count = 0;
    for row in 0..dataset.rows.len() {
        let cell = dataset.rows.cell(row, index);
        match is_my_number(cell) {
            true => count += 1,
            false if is_called_so || cell.is_empty() => {}
            false => return None,
        }
    }
    if count < if is_called_so { 1 } else { LEAST } {
        return None;
    }
    let problem = Diagnostic::new(
        &diagnostic::CHECK_MY_NUMBER,
        dataset.place.clone(),
        message!(
            ja: "「{title}」の列に、マイナンバー（個人番号）と思われる番号が{count}件あります",
            en: "{count} cells of the column `{title}` look like individual numbers (マイナンバー)",
        ),
    );
    Some(problem.with_help(message!(
        ja: "マイナンバーは公開できません。元のファイルからこの列を削除するか、「dataset.toml」の「unpublished」に見出しを書いてください",
        en: "individual numbers must not be published: delete the column from the file, or write its header as `unpublished` in `dataset.toml`",
    )))
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
