//! **CSV** (RFC 4180) with CRLF line ends, the same number of fields in every record, quotation
//! marks only where needed, and one record per line.

use std::io::Write as _;

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use crate::artifact::{Body, BodyWriter};
use crate::dataset::Dataset;
use crate::text::{has_line_break, one_line};

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
        writer.write_field(header).expect(WRITTEN);
    }
    writer.write_record(None::<&[u8]>).expect(WRITTEN);
    for row in 0..dataset.rows.len() {
        for &column in columns {
            write_cell(&mut writer, dataset.rows.cell(row, column));
        }
        writer.write_record(None::<&[u8]>).expect(WRITTEN);
    }
    finish(writer)
}

/// Writes a field. Line breaks are replaced by spaces, so that each record is one line (rule
/// L1-14).
pub(super) fn write_cell(writer: &mut Writer<BodyWriter>, cell: &str) {
    let written = match has_line_break(cell) {
        true => writer.write_field(one_line(cell)),
        false => writer.write_field(cell),
    };
    written.expect(WRITTEN);
}
