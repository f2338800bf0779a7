//! **CSV** (RFC 4180) with CRLF line ends, the same number of fields in every record, quotation
//! marks only where needed, and one record per line.

use std::borrow::Cow;
use std::io::Write as _;

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use crate::artifact::{Body, BodyWriter};
use crate::dataset::Dataset;
use crate::text::{has_line_break, is_formula, one_line};

/// The intended use of a CSV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// For programs: English column names, UTF-8 without a byte order mark.
    Plain,
    /// For Excel: column titles, UTF-8 with a byte order mark.
    Excel,
}

/// A writer into memory, which begins with the byte order mark if `dialect` has one.
pub(super) fn writer(dialect: Dialect) -> Writer<BodyWriter> {
    let mut begun = BodyWriter::default();
    if dialect == Dialect::Excel {
        begun.write_all(b"\xEF\xBB\xBF").expect(WRITTEN);
    }
    WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(begun)
}

/// The bytes that were written.
pub(super) fn finish(writer: Writer<BodyWriter>) -> Body {
    writer.into_inner().expect(WRITTEN).finish()
}

/// The message for errors of writing, which cannot occur.
pub(super) const WRITTEN: &str = "writing to memory cannot fail";

/// The tidy table, which does not contain the narrative columns ([`texts`]).
pub(super) fn render(dataset: &Dataset, dialect: Dialect) -> Body {
    table(dataset, &dataset.tidy_columns(), dialect)
}

/// The table of the narrative columns of `dataset` with the primary key. Each text is on one line.
pub(super) fn texts(dataset: &Dataset) -> Body {
    table(dataset, &dataset.text_columns(), Dialect::Plain)
}

fn table(dataset: &Dataset, columns: &[usize], dialect: Dialect) -> Body {
    let mut writer = writer(dialect);
    for &column in columns {
        let column = &dataset.columns[column];
        let header = match dialect {
            Dialect::Plain => &column.name,
            Dialect::Excel => &column.title.own,
        };
        write_cell(&mut writer, header, dialect);
    }
    writer.write_record(None::<&[u8]>).expect(WRITTEN);
    for row in 0..dataset.rows.len() {
        for &column in columns {
            write_cell(&mut writer, dataset.rows.cell(row, column), dialect);
        }
        writer.write_record(None::<&[u8]>).expect(WRITTEN);
    }
    finish(writer)
}

/// Writes a field. Line breaks are replaced by spaces, so that each record is one line (rule
/// L1-14). For Excel, a text that it would take for a formula begins with an apostrophe.
pub(super) fn write_cell(writer: &mut Writer<BodyWriter>, cell: &str, dialect: Dialect) {
    let mut written = Cow::Borrowed(cell);
    if has_line_break(cell) {
        written = one_line(cell).into();
    }
    if dialect == Dialect::Excel && is_formula(&written) {
        written = format!("'{written}").into();
    }
    writer.write_field(&*written).expect(WRITTEN);
}

/// Writes a record of these fields ([`write_cell`]).
pub(super) fn write_record(
    writer: &mut Writer<BodyWriter>,
    fields: impl IntoIterator<Item = impl AsRef<str>>,
    dialect: Dialect,
) {
    for field in fields {
        write_cell(writer, field.as_ref(), dialect);
    }
    writer.write_record(None::<&[u8]>).expect(WRITTEN);
}

#[cfg(test)]
mod tests {
    use super::{Dialect, finish, write_cell, writer};

    #[test]
    fn what_excel_takes_for_a_formula_is_marked_as_text_in_its_file_only() {
        let written = |dialect| {
            let mut writer = writer(dialect);
            write_cell(&mut writer, "=1\n+1", dialect);
            write_cell(&mut writer, "-7", dialect);
            writer.write_record(None::<&[u8]>).expect("in memory");
            String::from_utf8(finish(writer).whole().into_owned()).expect("UTF-8")
        };
        assert_eq!(written(Dialect::Plain), "=1 +1,-7\r\n");
        assert_eq!(written(Dialect::Excel), "\u{feff}'=1 +1,-7\r\n");
    }
}
