//! The readers of workbooks. An input is a whole file, whose first byte chooses its format, or the
//! parts of an Excel or OpenDocument file (`@@xl/workbook.xml`), which are packed here: changes to
//! packed bytes would hardly ever reach the readers of XML.
#![no_main]

use std::io::{Cursor, Write as _};

use kawaraban::diagnostic::Diagnostics;
use kawaraban::source::Sources;
use kawaraban::table::{self, Declaration};
use kawaraban_fuzz::{file, parts, report};
use libfuzzer_sys::{Corpus, fuzz_target};
use zip::write::SimpleFileOptions;

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((path, bytes)) = workbook(data) else { return Corpus::Reject };
    let sources = Sources::of(vec![file(path, &bytes)]);
    let read = sources.get(path).expect("just made");
    let mut diagnostics = Diagnostics::new();
    if let Some(table) = table::read(read, &Declaration::default(), &mut diagnostics) {
        table.tell(Vec::new(), &mut diagnostics);
        for row in 0..table.len() {
            for column in 0..table.header().len() {
                table.written(row, column);
                table.shown(row, column);
                table.place(row, column);
            }
        }
    }
    report(diagnostics, &sources);
    Corpus::Keep
});

/// The path and the bytes of the workbook in `data`.
fn workbook(data: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    if !data.starts_with(b"@@") {
        let (format, bytes) = data.split_first()?;
        let path = match format {
            b'x' => "content/measures/a.xlsx",
            b'o' => "content/measures/a.ods",
            _ => "content/measures/a.xls",
        };
        return Some((path, bytes.to_vec()));
    }
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut path = "content/measures/a.xlsx";
    for (name, bytes) in parts(data).into_iter().skip(1) {
        if name == "content.xml" {
            path = "content/measures/a.ods";
        }
        packed.start_file(name, options).ok()?;
        packed.write_all(&bytes).ok()?;
    }
    Some((path, packed.finish().ok()?.into_inner()))
}
