//! **CSV** (RFC 4180): CRLF, the same number of fields in every record, quotes where needed.

use std::io::Write as _;

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use crate::artifact::{Body, BodyWriter};
use crate::dataset::Dataset;

/// For whom the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// For programs: physical names, UTF-8 without byte order mark, line breaks kept in quotes.
    Plain,
    /// For Excel: names for people, UTF-8 with byte order mark, line breaks as spaces so that one
    /// record is one line (rule L1-14).
    Excel,
}

/// A writer into memory, which has begun with what `dialect` begins with.
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

/// What has been written.
pub(super) fn finish(writer: Writer<BodyWriter>) -> Body {
    writer.into_inner().expect(WRITTEN).finish()
}

/// Why no record is refused.
pub(super) const WRITTEN: &str = "writing to memory cannot fail";

pub(super) fn render(dataset: &Dataset, dialect: Dialect) -> Body {
    let mut writer = writer(dialect);
    for column in &dataset.columns {
        let header = match dialect {
            Dialect::Plain => &column.name,
            Dialect::Excel => &column.title.own,
        };
        writer.write_field(header).expect(WRITTEN);
    }
    writer.write_record(None::<&[u8]>).expect(WRITTEN);
    for row in dataset.rows.iter() {
        for cell in row {
            match dialect {
                Dialect::Excel if cell.contains(['\n', '\r']) => {
                    writer.write_field(one_line(cell)).expect(WRITTEN);
                }
                _ => writer.write_field(cell).expect(WRITTEN),
            }
        }
        writer.write_record(None::<&[u8]>).expect(WRITTEN);
    }
    finish(writer)
}

fn one_line(cell: &str) -> String {
    cell.split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
