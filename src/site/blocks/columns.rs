//! The **columns** and rows that a block names: found among what there is, or reported with what is
//! near and what there is.

use crate::calendar::Date;
use crate::dataset::{Column, ColumnType, Dataset};
use crate::diagnostic::{self, Code, Diagnostic, Located, Message};
use crate::document::{Condition, Keys};
use crate::message;
use crate::site::Site;
use crate::text::{Decimal, nearest};

/// Most names that a help lists.
const LISTED: usize = 30;

/// A problem at a value of a block, with what is near to it and what there is.
pub(super) fn unknown<'a>(
    code: &'static Code,
    written: &Located<String>,
    message: Message,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let listed: Vec<&str> = known.clone().take(LISTED).collect();
    let mut help = Message::allowed_values(listed.iter());
    if known.clone().nth(LISTED).is_some() {
        help = Message::new(format!("{}…", help.ja), format!("{}, …", help.en));
    }
    if let Some(near) = nearest(written, known) {
        help = Message::joined(&[Message::did_you_mean(near), help]);
    }
    Diagnostic::new(code, written.place.clone(), message).with_help(help)
}

/// The dataset that the key `table` names. One that has been left out because of errors is not
/// reported as unknown.
pub(super) fn dataset(site: &Site, keys: &mut Keys<'_>) -> Option<usize> {
    let written = keys.required_located_text("table")?;
    let found = site.datasets.iter().position(|dataset| dataset.id.as_str() == written.as_str());
    let table = &written.value;
    if found.is_none() && !site.is_broken_dataset(table) {
        let message = message!(
            ja: "「{table}」というデータセットはありません",
            en: "there is no dataset `{table}`",
        );
        let known = site.datasets.iter().map(|dataset| dataset.id.as_str());
        keys.push(unknown(&diagnostic::SITE_BLOCK_TABLE, &written, message, known));
    }
    found
}

/// The column of `dataset` that `written` names, by its name or its title.
pub(super) fn column(
    dataset: &Dataset,
    written: &Located<String>,
    keys: &mut Keys<'_>,
) -> Option<usize> {
    let is_named = |column: &Column| {
        column.name == written.value
            || column.title.own == written.value
            || column.title.en.as_ref() == Some(&written.value)
    };
    let found = dataset.columns.iter().position(is_named);
    if found.is_none() {
        let (name, id) = (&written.value, &dataset.id);
        let message = message!(
            ja: "「{id}」に「{name}」という列はありません",
            en: "`{id}` has no column `{name}`",
        );
        let names = dataset.columns.iter().map(|column| column.name.as_str());
        let titles = dataset.columns.iter().map(|column| column.title.own.as_str());
        let japanese = !name.is_ascii();
        let known: Vec<&str> = if japanese { titles.collect() } else { names.collect() };
        let known = known.iter().copied();
        keys.push(unknown(&diagnostic::SITE_BLOCK_COLUMN, written, message, known));
    }
    found
}

/// The column of times of `dataset`, by which its rows are told apart: the first one of fiscal
/// years or dates that is part of its primary key, or else its only one. In a table of all periods
/// of a series, the one that the periods themselves have comes before the period.
pub(super) fn time_column(dataset: &Dataset) -> Option<usize> {
    let mut of_key = times_of_key(dataset);
    let first = of_key.next();
    let of_key = if dataset.joins.is_some() { of_key.next().or(first) } else { first };
    let mut all = (0..dataset.columns.len()).filter(|&index| is_time(dataset, index));
    of_key.or_else(|| all.next().filter(|_| all.next().is_none()))
}

/// The columns of fiscal years or dates in the primary key of `dataset`.
pub(super) fn times_of_key(dataset: &Dataset) -> impl Iterator<Item = usize> {
    dataset.primary_key.iter().copied().filter(|&index| is_time(dataset, index))
}

fn is_time(dataset: &Dataset, index: usize) -> bool {
    matches!(dataset.columns[index].kind, ColumnType::FiscalYear | ColumnType::Date)
}

/// Like [`column`], for a column of numbers.
pub(super) fn number_column(
    dataset: &Dataset,
    written: &Located<String>,
    keys: &mut Keys<'_>,
) -> Option<usize> {
    let found = column(dataset, written, keys)?;
    if dataset.columns[found].kind.is_quantity() {
        return Some(found);
    }
    let name = &written.value;
    let message = message!(
        ja: "「{name}」は数値の列ではありません",
        en: "the column `{name}` does not hold numbers",
    );
    let known = dataset
        .columns
        .iter()
        .filter(|column| column.kind.is_quantity())
        .map(|column| column.name.as_str());
    keys.push(unknown(&diagnostic::SITE_BLOCK_COLUMN, written, message, known));
    None
}

/// The rows of `dataset` that meet the conditions of the key `where`; all rows without it. A value
/// that no row has is reported.
pub(super) fn rows(dataset: &Dataset, keys: &mut Keys<'_>) -> Option<Vec<usize>> {
    let conditions = keys.conditions("where");
    let mut rows: Vec<usize> = (0..dataset.rows.len()).collect();
    let mut sound = true;
    for (name, condition) in &conditions {
        let Some(index) = column(dataset, name, keys) else {
            sound = false;
            continue;
        };
        let kind = dataset.columns[index].kind;
        match condition {
            Condition::OneOf(values) => {
                for value in values {
                    sound &= has_value(dataset, index, value, keys);
                }
            }
            Condition::Between(range) => {
                for bound in range.from.iter().chain(&range.to) {
                    sound &= is_bound(dataset, index, bound, keys);
                }
            }
        }
        rows.retain(|&row| meets(dataset.rows.cell(row, index), condition, kind));
    }
    if sound && rows.is_empty() {
        let id = &dataset.id;
        keys.problem(
            &diagnostic::SITE_BLOCK_VALUE,
            "where",
            message!(
                ja: "「{id}」に、この条件に合う行がありません",
                en: "no row of `{id}` meets these conditions",
            ),
            message!(ja: "条件を減らすか、直してください", en: "remove or correct a condition"),
        );
        return None;
    }
    sound.then_some(rows)
}

fn has_value(
    dataset: &Dataset,
    index: usize,
    value: &Located<String>,
    keys: &mut Keys<'_>,
) -> bool {
    let kind = dataset.columns[index].kind;
    let mut cells = (0..dataset.rows.len()).map(|row| dataset.rows.cell(row, index));
    if cells.any(|cell| is_same(kind, cell, &value.value)) {
        return true;
    }
    let (written, title) = (&value.value, &dataset.columns[index].title.own);
    let message = message!(
        ja: "「{title}」の列に「{written}」という値はありません",
        en: "the column `{title}` has no value `{written}`",
    );
    let cells = (0..dataset.rows.len()).map(|row| dataset.rows.cell(row, index));
    let mut known: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    known.sort_unstable();
    known.dedup();
    let known = known.iter().copied();
    keys.push(unknown(&diagnostic::SITE_BLOCK_VALUE, value, message, known));
    false
}

/// Can `bound` be compared with the cells of the column? Reports what cannot.
fn is_bound(dataset: &Dataset, index: usize, bound: &Located<String>, keys: &mut Keys<'_>) -> bool {
    let Column { kind, title, .. } = &dataset.columns[index];
    let (wanted, example) = match kind {
        kind if kind.is_numeric() && Decimal::parse(bound).is_none() => {
            (message!(ja: "数値", en: "a number"), "5000")
        }
        ColumnType::Date if Date::parse(bound).is_err() => {
            (message!(ja: "日付", en: "a date"), "2023-04-01")
        }
        _ => return true,
    };
    let (written, title, Message { ja, en }) = (&bound.value, &title.own, wanted);
    let problem = message!(
        ja: "「{title}」の範囲の「{written}」は{ja}ではありません",
        en: "`{written}` in the range of `{title}` is not {en}",
    );
    let help = message!(
        ja: "「{example}」のように記入してください",
        en: "write it as `{example}`",
    );
    let place = bound.place.clone();
    keys.push(Diagnostic::new(&diagnostic::SITE_BLOCK_VALUE, place, problem).with_help(help));
    false
}

/// Are two values of a column one? Numbers may be written in several ways.
fn is_same(kind: ColumnType, cell: &str, written: &str) -> bool {
    let number = |text: &str| Decimal::parse(text).map(|number| number.as_f64());
    cell == written
        || (kind.is_numeric() && number(cell).is_some() && number(cell) == number(written))
}

fn meets(cell: &str, condition: &Condition, kind: ColumnType) -> bool {
    match condition {
        Condition::OneOf(values) => values.iter().any(|value| is_same(kind, cell, &value.value)),
        Condition::Between(range) => {
            let from = range.from.as_ref();
            let from = from.is_none_or(|from| kind.compare(&from.value, cell).is_le());
            let to = range.to.as_ref().is_none_or(|to| kind.compare(cell, &to.value).is_le());
            !cell.is_empty() && from && to
        }
    }
}

/// The sum of the cells of the column `index` in `rows`; `None` if there is none or one is blank.
pub(super) fn sum(dataset: &Dataset, index: usize, rows: &[usize]) -> Option<Decimal> {
    let figures: Vec<Option<Decimal>> =
        rows.iter().map(|&row| Decimal::parse(dataset.rows.cell(row, index))).collect();
    Decimal::sum(figures.iter().map(Option::as_ref))
}

/// Says that several rows would have to be added although `column` cannot be, and what helps.
pub(super) fn added_ratio(column: &Column) -> (Message, Message) {
    let title = &column.title.own;
    (
        message!(
            ja: "「{title}」は割合なので、複数の行を合計できません",
            en: "`{title}` is a share, so that rows cannot be added up",
        ),
        message!(
            ja: "「where」で1行に絞るか、「by」に行を分ける列を記入してください",
            en: "select one row with `where`, or name a column in `by` that tells the rows apart",
        ),
    )
}
