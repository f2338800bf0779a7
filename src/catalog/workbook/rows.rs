//! The **rows** of a workbook's first worksheet, written one after another (ECMA-376, part 1, 18.3:
//! SpreadsheetML worksheets). Texts are written into their cells, so that no table of shared
//! strings is needed.

use std::io::{self, Cursor, Read as _, Write};

use jiff::civil::{self, Date};
use zip::result::ZipResult;
use zip::{ZipArchive, ZipWriter};

use crate::dataset::{ColumnType, Dataset};
use crate::diagnostic::column_letters;

use super::super::bundle::options;

/// The path of the first worksheet in a workbook.
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// Number of bytes that are buffered before they are compressed.
const GATHERED: usize = 1 << 16;

/// The workbook `empty` with the rows of `dataset` added to its first worksheet, which has only a
/// header.
pub(super) fn fill(empty: &[u8], dataset: &Dataset) -> ZipResult<Vec<u8>> {
    let mut from = ZipArchive::new(Cursor::new(empty))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let is_sheet = from.by_index_raw(index)?.name()? == SHEET;
        if is_sheet {
            let mut sheet = String::new();
            from.by_index(index)?.read_to_string(&mut sheet)?;
            to.start_file(SHEET, options())?;
            write_sheet(&sheet, dataset, &mut to)?;
        } else {
            to.raw_copy_file(from.by_index_raw(index)?)?;
        }
    }
    Ok(to.finish()?.into_inner())
}

/// Writes the XML of the worksheet `sheet`, which has only a header, with the rows of `dataset`
/// into `to`. Blank cells are left out.
fn write_sheet(sheet: &str, dataset: &Dataset, to: &mut impl Write) -> io::Result<()> {
    let names: Vec<String> = (1..).take(dataset.columns.len()).map(column_letters).collect();
    let sheet = with_dimension(sheet, &names, dataset.rows.len());
    let end = sheet.find("</sheetData>").unwrap_or(sheet.len());
    let (before, after) = sheet.split_at(end);
    let day_style = day_style(before);
    let mut text = before.to_owned();
    for (index, row) in dataset.rows.iter().enumerate() {
        // Rows are numbered from 1, and the header is row 1.
        let number = (index + 2).to_string();
        text.push_str("<row r=\"");
        text.push_str(&number);
        text.push_str("\">");
        for ((cell, column), name) in row.zip(&dataset.columns).zip(&names) {
            if !cell.is_empty() {
                text.push_str("<c r=\"");
                text.push_str(name);
                text.push_str(&number);
                push_cell(cell, column.kind, day_style, &mut text);
            }
        }
        text.push_str("</row>");
        if text.len() > GATHERED {
            to.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    text.push_str(after);
    to.write_all(text.as_bytes())
}

/// Appends the part of a cell element after its reference to `text`, with the value in the type
/// `kind`.
fn push_cell(cell: &str, kind: ColumnType, day_style: &str, text: &mut String) {
    match kind {
        // A worksheet keeps fifteen significant digits; a longer number is written as text.
        _ if kind.is_numeric() && cell.bytes().filter(u8::is_ascii_digit).count() <= 15 => {
            text.push_str("\"><v>");
            text.push_str(cell);
            text.push_str("</v></c>");
        }
        ColumnType::Boolean => {
            text.push_str("\" t=\"b\"><v>");
            text.push(if cell == "true" { '1' } else { '0' });
            text.push_str("</v></c>");
        }
        // Days before March 1900 are written as text: programs disagree on their numbers.
        ColumnType::Date if let Some(serial) = serial(cell) => {
            text.push_str("\" s=\"");
            text.push_str(day_style);
            text.push_str("\"><v>");
            text.push_str(&serial.to_string());
            text.push_str("</v></c>");
        }
        _ => {
            let outer =
                cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
            text.push_str("\" t=\"inlineStr\"><is><t");
            text.push_str(if outer { " xml:space=\"preserve\">" } else { ">" });
            push_text(cell, text);
            text.push_str("</t></is></c>");
        }
    }
}

/// Escapes a text for XML and appends it to `text`. Characters that XML does not allow are written
/// as `_x001F_`, and the first `_` of a text that looks like this is escaped too.
fn push_text(cell: &str, text: &mut String) {
    let plain = |byte: u8| byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'_' | 0xEF);
    if cell.bytes().all(plain) {
        text.push_str(cell);
        return;
    }
    for (at, c) in cell.char_indices() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '_' if looks_escaped(&cell.as_bytes()[at..]) => text.push_str("_x005F_"),
            '\n' | '\r' | '\t' => text.push(c),
            '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => {
                text.push_str(&format!("_x{:04X}_", u32::from(c)));
            }
            c => text.push(c),
        }
    }
}

/// Whether the text begins like `_x001F_`.
fn looks_escaped(text: &[u8]) -> bool {
    match text {
        [b'_', b'x', digits @ ..] if digits.len() >= 5 => {
            digits[..4].iter().all(u8::is_ascii_hexdigit) && digits[4] == b'_'
        }
        _ => false,
    }
}

/// The serial number of a date: days since 1899-12-30. `None` for dates before 1900-03-01, whose
/// numbers Excel, which counts the date 1900-02-29 that did not exist, and others read differently.
fn serial(cell: &str) -> Option<i32> {
    let day: Date = cell.parse().ok()?;
    let days = (day - civil::date(1899, 12, 30)).get_days();
    (days > 60).then_some(days)
}

/// The number of the style of date columns, which is the only style that `<cols>` refers to; `0` if
/// there are no such columns.
fn day_style(head: &str) -> &str {
    let columns = head.split("<cols>").nth(1).and_then(|rest| rest.split("</cols>").next());
    let style = columns.and_then(|columns| columns.split("style=\"").nth(1));
    style.and_then(|style| style.split('"').next()).unwrap_or("0")
}

/// `sheet` with the range of its cells set to `rows` rows below the header and the columns `names`.
fn with_dimension(sheet: &str, names: &[String], rows: usize) -> String {
    let Some((before, rest)) = sheet.split_once("<dimension ref=\"") else {
        return sheet.to_owned();
    };
    let after = rest.find('"').map_or("", |end| &rest[end..]);
    let last = names.last().map_or("A", String::as_str);
    format!("{before}<dimension ref=\"A1:{last}{}{after}", rows + 1)
}

#[cfg(test)]
mod tests {
    use super::{push_text, serial};

    #[test]
    fn days_have_the_numbers_of_a_spreadsheet() {
        for (day, number) in [
            ("1899-12-31", None),
            ("1900-01-01", None),
            ("1900-02-28", None),
            ("1900-03-01", Some(61)),
            ("2000-01-01", Some(36_526)),
            ("2024-02-29", Some(45_351)),
        ] {
            assert_eq!(serial(day), number, "{day}");
        }
    }

    #[test]
    fn texts_are_xml_whatever_they_hold() {
        let xml = |cell| {
            let mut text = String::new();
            push_text(cell, &mut text);
            text
        };
        assert_eq!(xml("道路の舗装"), "道路の舗装");
        assert_eq!(xml("a<b>&c\nd"), "a&lt;b&gt;&amp;c\nd");
        assert_eq!(xml("\u{1}_x0001_ a_b ＿\u{FFFE}"), "_x0001__x005F_x0001_ a_b ＿_xFFFE_");
    }
}
