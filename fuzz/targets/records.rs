//! The reader of CSV: whatever the bytes are, every cell is there, and is where its place says.
#![no_main]

use kawaraban::diagnostic::{Diagnostics, Place};
use kawaraban::source::{Sources, decode_table};
use kawaraban::table::{self, Declaration};
use kawaraban_fuzz::{file, report};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let sources = Sources::of(vec![file("content/measures/a.csv", data)]);
    let read = sources.get("content/measures/a.csv").expect("just made");
    let mut diagnostics = Diagnostics::new();
    if let Some(table) = table::read(read, &Declaration::default(), &mut diagnostics) {
        table.tell(Vec::new(), &mut diagnostics);
        let text = decode_table(data).0;
        for row in 0..table.len() {
            for column in 0..table.header().len() {
                let written = table.written(row, column);
                let Place::Cell(place) = table.place(row, column) else { panic!("a cell") };
                let Some((start, end)) = place.bytes else { continue };
                let marked = text.get(start..end).expect("whole characters");
                // Quotation marks are doubled and invisible characters taken out.
                assert!(written.is_empty() || !marked.is_empty(), "{place:?}: {written:?}");
                let before = text[..start].replace("\r\n", "\n").replace('\r', "\n");
                let line = before.matches('\n').count() + 1;
                assert_eq!(place.line, u32::try_from(line).ok(), "{place:?}");
            }
        }
    }
    table::read_groups(read, &mut diagnostics);
    report(diagnostics, &sources);
});
