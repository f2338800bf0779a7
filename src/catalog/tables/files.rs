//! The **files** of one table, framed, compressed and named by their contents, so that any static
//! host can serve them, caches may keep them indefinitely, and a damaged file is detected.

use rayon::prelude::*;
use serde::Serialize as _;
use sha2::{Digest as _, Sha256};

use crate::artifact::{Artifact, FileFacts, FileOrigin, Gzip, Sink, framed, hex};
use crate::dataset::{Distinct, Rows};

/// Target size of a chunk, in bytes of the cells that do not repeat the one above. Repeated cells
/// compress to almost nothing.
const CHUNK: usize = 16 << 10;
/// Maximum size of a chunk, in bytes of all of its cells.
const UNPACKED: usize = 64 << 10;
/// The number of rows in a chunk is a multiple of this, which is also the number of rows that a
/// page shows at first.
const STEP: usize = 20;
/// Maximum number of rows in a chunk.
const LONGEST_CHUNK: usize = 500;

/// Compression level; a higher one would save about five per cent.
const LEVEL: i32 = 5;

/// The files of a table, in one folder.
pub(super) struct TableFiles<'a> {
    folder: &'a str,
    sink: &'a dyn Sink,
}

/// The rows of a table, split into chunks in their order.
pub(super) struct Chunks {
    pub rows_in_chunk: usize,
    /// The parts of the file names that depend on the contents, in order.
    pub names: String,
}

impl<'a> TableFiles<'a> {
    pub fn new(folder: &'a str, sink: &'a dyn Sink) -> Self {
        Self { folder, sink }
    }

    /// Writes `rows` into files.
    pub fn chunks(&self, rows: &Rows) -> Chunks {
        let rows_in_chunk = rows_in_chunk(rows);
        let count = rows.len().div_ceil(rows_in_chunk);
        let names: Vec<String> = (0..count)
            .into_par_iter()
            .map_init(gzip, |gzip, number| {
                let first = number * rows_in_chunk;
                let last = (first + rows_in_chunk).min(rows.len());
                let cells: Vec<Vec<&str>> =
                    (first..last).map(|row| rows.row(row).collect()).collect();
                self.file(&format!("rows-{number}"), &json(&cells), gzip).0
            })
            .collect();
        Chunks { rows_in_chunk, names: names.concat() }
    }

    /// Writes the file of the column `name`. Returns the part of its name that depends on the
    /// contents, and its facts. Its bytes are the length of the values as a little-endian `u32`,
    /// the values as JSON, and the rank of each row in one to three planes of bytes, the lowest
    /// first.
    pub fn column(&self, name: &str, distinct: &Distinct<'_>) -> (String, FileFacts) {
        let values = json(&distinct.values);
        let mut bytes = u32::try_from(values.len())
            .expect("the values of a column are far from 4 GiB")
            .to_le_bytes()
            .to_vec();
        bytes.extend(&values);
        // Bytes of the same significance are stored together: the high ones are nearly all equal
        // and compress well.
        let width = match distinct.values.len() {
            0..0x100 => 1,
            0x100..0x1_0000 => 2,
            _ => 3,
        };
        for byte in 0..width {
            bytes.extend(distinct.ranks.iter().map(|rank| rank.to_le_bytes()[byte]));
        }
        self.file(&format!("column-{name}"), &bytes, &mut gzip())
    }

    fn file(&self, known: &str, bytes: &[u8], gzip: &mut Gzip) -> (String, FileFacts) {
        let own = hex(&Sha256::digest(bytes)[..3]);
        let name = format!("{known}-{own}");
        let path = format!("{}{name}.kwb", self.folder);
        let origin = FileOrigin::of("table file", &(&path, bytes));
        let facts = match self.sink.again(&origin).as_deref() {
            Some([(_, facts)]) => facts.clone(),
            _ => {
                let file = gzip.compress(&framed(&name, bytes));
                self.sink.take_made(Artifact::new(path, file), &origin)
            }
        };
        (own, facts)
    }
}

/// Number of rows in a chunk, chosen so that chunks are neither large nor numerous.
fn rows_in_chunk(rows: &Rows) -> usize {
    let in_a_row = |bytes: usize| (bytes / rows.len().max(1)).max(1);
    let fit = CHUNK / in_a_row(rows.distinct_bytes());
    fit.min(UNPACKED / in_a_row(rows.bytes())).clamp(STEP, LONGEST_CHUNK) / STEP * STEP
}

fn gzip() -> Gzip {
    Gzip::new(LEVEL)
}

fn json<T: serde::Serialize>(value: &[T]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut serde_json::Serializer::new(&mut bytes));
    written.expect("texts are always JSON");
    bytes
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::{TableFiles, rows_in_chunk};
    use crate::artifact::MemorySink;
    use crate::dataset::{Column, ColumnType, Distinct, Rows};

    fn unpacked(bytes: &[u8]) -> Vec<u8> {
        let mut unpacked = Vec::new();
        GzDecoder::new(bytes).read_to_end(&mut unpacked).expect("a file is gzip");
        // Without the frame.
        unpacked[4..unpacked.len() - 8].to_vec()
    }

    #[test]
    fn a_column_is_its_values_and_the_rank_of_each_row() {
        let mut rows = Rows::new(1);
        ["b", "", "a", "b"].into_iter().for_each(|cell| rows.push(cell));
        let column = Column::new("t", "字", "T", ColumnType::Text);
        let sink = MemorySink::default();
        let files = TableFiles::new("tables/x/", &sink);
        let (own, facts) = files.column("t", &Distinct::of(&rows, 0, &column));
        let file = sink.into_artifacts().remove(0);
        assert_eq!(file.body.facts(), facts);
        assert_eq!(file.path, format!("tables/x/column-t-{own}.kwb"));
        assert_eq!(unpacked(&file.body.whole()), b"\x09\0\0\0[\"a\",\"b\"]\x02\0\x01\x02");
    }

    #[test]
    fn many_values_have_ranks_of_two_bytes_side_by_side() {
        let mut rows = Rows::new(1);
        (0..300).for_each(|number| rows.push(&format!("{number}")));
        let column = Column::new("n", "数", "N", ColumnType::Integer);
        let sink = MemorySink::default();
        TableFiles::new("", &sink).column("n", &Distinct::of(&rows, 0, &column));
        let bytes = unpacked(&sink.into_artifacts()[0].body.whole());
        let (low, high) = bytes[bytes.len() - 600..].split_at(300);
        let rank = |row: usize| u32::from(low[row]) + 256 * u32::from(high[row]);
        assert_eq!((rank(0), rank(254), rank(255), rank(299)), (1, 255, 256, 300));
    }

    #[test]
    fn chunks_hold_every_row_in_order_and_are_named_by_their_content() {
        let mut rows = Rows::new(2);
        (0..1_100).for_each(|number| rows.push_row([format!("{number}").as_str(), "字"]));
        assert_eq!(rows_in_chunk(&rows), 500);
        let sink = MemorySink::default();
        let chunks = TableFiles::new("tables/x/", &sink).chunks(&rows);
        let files = sink.into_artifacts();
        let read: Vec<[String; 2]> = (files.iter())
            .flat_map(|file| {
                serde_json::from_slice::<Vec<[String; 2]>>(&unpacked(&file.body.whole()))
                    .expect("a chunk is JSON")
            })
            .collect();
        assert_eq!(read.len(), 1_100);
        assert_eq!(read[1_099], ["1099", "字"]);
        assert_eq!(files[2].path, format!("tables/x/rows-2-{}.kwb", &chunks.names[12..]));
    }

    #[test]
    fn cells_that_repeat_do_not_count_until_they_are_very_many() {
        let mut rows = Rows::new(2);
        for number in 0..1_000 {
            rows.push_row(["字".repeat(40).as_str(), &format!("{number:0100}")]);
        }
        assert_eq!(rows_in_chunk(&rows), 160);
        let mut rows = Rows::new(2);
        for number in 0..1_000 {
            rows.push_row(["字".repeat(400).as_str(), &format!("{number:0100}")]);
        }
        assert_eq!(rows_in_chunk(&rows), 40);
    }

    #[test]
    fn long_rows_make_short_chunks() {
        let mut rows = Rows::new(1);
        (0..100).for_each(|_| rows.push(&"字".repeat(10_000)));
        assert_eq!(rows_in_chunk(&rows), 20);
    }
}
