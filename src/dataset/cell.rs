//! The **cells** of a dataset: each brought to the canonical text of its column's type, or named as
//! wrong.

use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::table::{self, Table};
use crate::text::{Decimal, nearest};

use super::columns::WrittenColumn;
use super::readability::Readability;
use super::{Column, ColumnType, Rows};

/// The rows of `table` in the order and the canonical form of `columns`, and the columns of the table that they are from;
/// `None` where a column is missing or a cell is wrong.
pub(super) fn read_rows(
    table: &Table,
    columns: &[WrittenColumn],
    primary_key: &[usize],
    diagnostics: &mut Diagnostics,
) -> Option<(Rows, Vec<usize>)> {
    let sources = bind(table, columns, diagnostics)?;
    let mut rows = Rows::new(columns.len());
    let mut sound = true;
    let mut readability = Readability::of(table);
    for row in 0..table.len() {
        let mut leads = true;
        for (written, &source) in columns.iter().zip(&sources) {
            let text = readability.look(row, source, &written.column, leads, diagnostics);
            leads &= text.is_empty();
            match canonical(&text, &written.column) {
                Ok(text) => rows.push(&text),
                Err(wrong) => {
                    sound = false;
                    rows.push("");
                    let mut problem =
                        Diagnostic::new(wrong.code, table.place(row, source), wrong.message);
                    problem.help = Some(wrong.help);
                    diagnostics.push(problem);
                }
            }
        }
    }
    readability.finish(diagnostics);
    for (index, written) in columns.iter().enumerate() {
        if written.column.unique {
            sound &= report_repeats(table, &rows, &[index], &sources, diagnostics);
        }
    }
    if !primary_key.is_empty() {
        sound &= report_repeats(table, &rows, primary_key, &sources, diagnostics);
    }
    sound.then_some((rows, sources))
}

/// For each declared column, the column of the table that holds it.
fn bind(
    table: &Table,
    columns: &[WrittenColumn],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<usize>> {
    let mut sources = Vec::with_capacity(columns.len());
    let mut whole = true;
    for written in columns {
        let found = table.header().iter().position(|header| {
            *header.text == *written.header || *header.text == *written.column.name
        });
        match found {
            Some(index) => sources.push(index),
            None => {
                whole = false;
                diagnostics.push(missing(table, written));
            }
        }
    }
    for (index, header) in table.header().iter().enumerate() {
        if !sources.contains(&index) {
            let text = &header.text;
            whole = false;
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::TABLE_UNKNOWN_COLUMN,
                    table.header_place(index),
                    message!(
                        ja: "列 `{text}` は `dataset.toml` に定義がない",
                        en: "the column `{text}` is not declared in `dataset.toml`",
                    ),
                )
                .with_help(message!(
                    ja: "`[[columns]]` に加えるか、表から消す",
                    en: "declare it in `[[columns]]`, or remove it from the table",
                )),
            );
        }
    }
    whole.then_some(sources)
}

fn missing(table: &Table, written: &WrittenColumn) -> Diagnostic {
    let header = &written.header;
    let headers = table.header().iter().map(|header| &*header.text);
    let help = match nearest(header, headers) {
        Some(near) => message!(
            ja: "`{near}` のことなら、`header = \"{near}\"` と書く",
            en: "if `{near}` is meant, write `header = \"{near}\"`",
        ),
        None => message!(
            ja: "表に列を加えるか、`dataset.toml` の定義を消す",
            en: "add the column to the table, or remove its declaration from `dataset.toml`",
        ),
    };
    Diagnostic::new(
        &diagnostic::TABLE_MISSING_COLUMN,
        table.header_row_place(),
        message!(ja: "見出し `{header}` の列がない", en: "no column has the header `{header}`"),
    )
    .with_help(help)
    .with_related(written.place.clone(), message!(ja: "列の定義", en: "declared here"))
}

struct Wrong {
    code: &'static Code,
    message: Message,
    help: Message,
}

/// A cell in the canonical text of its column's type.
fn canonical(text: &str, column: &Column) -> Result<String, Wrong> {
    let missing = column.missing.iter().any(|missing| missing == text);
    if text.is_empty() || missing {
        if column.required {
            let title = &column.title.own;
            let message = match missing {
                true => message!(
                    ja: "`{title}` のセルの `{text}` は、値がないという意味である",
                    en: "`{text}` in the cell of `{title}` means that there is no value",
                ),
                false => {
                    message!(ja: "`{title}` のセルが空である", en: "the cell of `{title}` is blank")
                }
            };
            return Err(Wrong {
                code: &diagnostic::TABLE_MISSING_VALUE,
                message,
                help: message!(
                    ja: "値を書く。空でもよい列なら `dataset.toml` の `required` を消す",
                    en: "write a value, or remove `required` from `dataset.toml` if it may be blank",
                ),
            });
        }
        return Ok(String::new());
    }
    let canonical = typed(text, column)?;
    if !column.values.is_empty() && !column.values.contains(&canonical) {
        let listed = column.values.iter().enumerate().map(|(index, value)| {
            let label = column.labels.get(index).map(|label| format!(" {}", label.own));
            format!("`{value}`{}", label.unwrap_or_default())
        });
        let list = listed.collect::<Vec<_>>().join(", ");
        return Err(Wrong {
            code: &diagnostic::TABLE_VALUE,
            message: message!(
                ja: "`{text}` はこの列の選択肢にない",
                en: "`{text}` is not one of the values of this column",
            ),
            help: message!(ja: "書けるのは {list}", en: "possible are {list}"),
        });
    }
    keeps_bounds(text, &canonical, column)?;
    if let Some(pattern) = column.pattern.as_ref().filter(|pattern| !pattern.matches(&canonical)) {
        let form = pattern.as_str();
        return Err(Wrong {
            code: &diagnostic::TABLE_VALUE,
            message: message!(
                ja: "`{text}` はこの列の形でない",
                en: "`{text}` has not the form of this column",
            ),
            help: message!(
                ja: "正規表現 `{form}` に合う形で書く",
                en: "write it so that it matches the regular expression `{form}`",
            ),
        });
    }
    Ok(canonical)
}

/// Is the cell from `minimum` to `maximum`?
fn keeps_bounds(text: &str, canonical: &str, column: &Column) -> Result<(), Wrong> {
    let less = |least: &String| column.kind.compare(canonical, least).is_lt();
    let more = |most: &String| column.kind.compare(canonical, most).is_gt();
    let message = if let Some(least) = column.minimum.as_ref().filter(|least| less(least)) {
        message!(ja: "`{text}` は {least} より小さい", en: "`{text}` is less than {least}")
    } else if let Some(most) = column.maximum.as_ref().filter(|most| more(most)) {
        message!(ja: "`{text}` は {most} より大きい", en: "`{text}` is more than {most}")
    } else {
        return Ok(());
    };
    let help = match (&column.minimum, &column.maximum) {
        (Some(least), Some(most)) => {
            message!(ja: "{least} から {most} までの値を書く", en: "write a value from {least} to {most}")
        }
        _ => message!(
            ja: "値を確かめる。正しければ `dataset.toml` の `minimum` か `maximum` を直す",
            en: "check the value; if it is right, mend `minimum` or `maximum` in `dataset.toml`",
        ),
    };
    Err(Wrong { code: &diagnostic::TABLE_VALUE, message, help })
}

/// What `text` is published as, where it is of the type of `column`.
pub(super) fn canonical_of_type(text: &str, column: &Column) -> Option<String> {
    typed(text, column).ok()
}

/// Is `text` blank or as a cell of `column` is published?
pub(super) fn is_canonical(text: &str, column: &Column) -> bool {
    text.is_empty() || typed(text, column).is_ok_and(|canonical| canonical == text)
}

fn typed(text: &str, column: &Column) -> Result<String, Wrong> {
    let number = || {
        Decimal::parse(text).ok_or_else(|| Wrong {
            code: &diagnostic::TABLE_NOT_A_NUMBER,
            message: message!(ja: "`{text}` は数でない", en: "`{text}` is not a number"),
            help: table::not_a_number_help(text, |_| false),
        })
    };
    match column.kind {
        ColumnType::Text | ColumnType::Code => Ok(text.to_owned()),
        ColumnType::Number => Ok(number()?.to_string()),
        ColumnType::Integer => {
            let number = number()?;
            match number.as_str().split_once('.') {
                None => Ok(number.to_string()),
                Some((whole, zeros)) if zeros.bytes().all(|digit| digit == b'0') => {
                    Ok(whole.to_owned())
                }
                Some(_) => Err(not_a(text, "整数", "a whole number")),
            }
        }
        ColumnType::Latitude => in_range(text, number()?, -90.0..=90.0, "緯度", "a latitude"),
        ColumnType::Longitude => in_range(text, number()?, -180.0..=180.0, "経度", "a longitude"),
        ColumnType::Boolean => match table::parse_flag(text) {
            Some(flag) => Ok(flag.to_string()),
            None => Err(not_a(text, "真偽値", "true or false")),
        },
        ColumnType::Date => match table::parse_date(text) {
            Ok(date) => Ok(date.to_string()),
            Err(why) => Err(Wrong {
                code: &diagnostic::TABLE_NOT_A_DATE,
                message: Message::new(
                    format!("`{text}` は日付として読めない（{}）", why.ja),
                    format!("`{text}` is not a date: {}", why.en),
                ),
                help: message!(
                    ja: "2021-04-01 または 令和3年4月1日 のように書く",
                    en: "write it as 2021-04-01 or 令和3年4月1日",
                ),
            }),
        },
        ColumnType::FiscalYear => match FiscalYear::parse(text) {
            Ok(year) => Ok(year.to_string()),
            Err(_) => Err(not_a(text, "年度", "a fiscal year")),
        },
        ColumnType::Time => {
            time(text).ok_or_else(|| not_a(text, "時刻（hh:mm）", "a time (hh:mm)"))
        }
        ColumnType::Url => {
            if text.starts_with("https://") || text.starts_with("http://") {
                Ok(text.to_owned())
            } else {
                Err(not_a(text, "ウェブのアドレス", "an address of the web"))
            }
        }
    }
}

fn not_a(text: &str, ja: &str, en: &str) -> Wrong {
    Wrong {
        code: &diagnostic::TABLE_VALUE,
        message: message!(ja: "`{text}` は{ja}でない", en: "`{text}` is not {en}"),
        help: message!(ja: "{ja}を書くか、空欄にする", en: "write {en}, or leave the cell blank"),
    }
}

fn in_range(
    text: &str,
    number: Decimal,
    range: std::ops::RangeInclusive<f64>,
    ja: &str,
    en: &str,
) -> Result<String, Wrong> {
    if range.contains(&number.as_f64()) { Ok(number.to_string()) } else { Err(not_a(text, ja, en)) }
}

/// `9:00`, `09:00`, `09:00:00` as `09:00`.
fn time(text: &str) -> Option<String> {
    let mut parts = text.split([':', '：']);
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second = parts.next().is_none_or(|second| second == "00");
    let inside = hour <= 24 && minute < 60 && second && parts.next().is_none();
    inside.then(|| format!("{hour:02}:{minute:02}"))
}

/// Reports rows that have the same values in `key`; `false` where there are any.
fn report_repeats(
    table: &Table,
    rows: &Rows,
    key: &[usize],
    sources: &[usize],
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut first: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut sound = true;
    for row in 0..rows.len() {
        let values: Vec<&str> = key.iter().map(|&column| rows.cell(row, column)).collect();
        if values.iter().all(|value| value.is_empty()) {
            continue;
        }
        let shown = values.join("`, `");
        let Some(&earlier) = first.get(&values) else {
            first.insert(values, row);
            continue;
        };
        sound = false;
        let source = sources[key[0]];
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::DATASET_DUPLICATE_VALUE,
                table.place(row, source),
                message!(ja: "`{shown}` の行がすでにある", en: "there is already a row with `{shown}`"),
            )
            .with_help(message!(
                ja: "どちらかの行を消すか、値を直す",
                en: "remove one of the rows, or mend the value",
            ))
            .with_related(
                table.place(earlier, source),
                message!(ja: "先にある行", en: "the first row"),
            ),
        );
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_brought_to_one_form() {
        for (written, canonical) in
            [("9:00", Some("09:00")), ("09:30:00", Some("09:30")), ("24:00", Some("24:00"))]
        {
            assert_eq!(time(written).as_deref(), canonical);
        }
        for wrong in ["", "9", "25:00", "9:60", "9:00:30", "午前9時"] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }
}
