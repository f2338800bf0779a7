//! **CSV** (RFC 4180): CRLF, the same number of fields in every record, quotes where needed.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

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
pub(super) fn writer(dialect: Dialect) -> Writer<Vec<u8>> {
    let begin: &[u8] = match dialect {
        Dialect::Plain => b"",
        Dialect::Excel => b"\xEF\xBB\xBF",
    };
    WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(begin.to_vec())
}

pub(super) fn render(dataset: &Dataset, dialect: Dialect) -> Vec<u8> {
    let mut writer = writer(dialect);
    let written = "writing to memory cannot fail";
    for column in &dataset.columns {
        let header = match dialect {
            Dialect::Plain => &column.name,
            Dialect::Excel => &column.title.own,
        };
        writer.write_field(header).expect(written);
    }
    writer.write_record(None::<&[u8]>).expect(written);
    for row in dataset.rows.iter() {
        for cell in row {
            match dialect {
                Dialect::Excel if cell.contains(['\n', '\r']) => {
                    writer.write_field(one_line(cell)).expect(written);
                }
                _ => writer.write_field(cell).expect(written),
            }
        }
        writer.write_record(None::<&[u8]>).expect(written);
    }
    writer.into_inner().expect(written)
}

fn one_line(cell: &str) -> String {
    cell.split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
