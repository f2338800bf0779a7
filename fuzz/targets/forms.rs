//! Forms: the definition and the sheets of an input are read, and a form is guessed from each sheet.
#![no_main]

use kawaraban::diagnostic::Diagnostics;
use kawaraban::form;
use kawaraban::source::Sources;
use kawaraban_fuzz::{files, report};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    let files = files(data);
    if files.is_empty() {
        return Corpus::Reject;
    }
    let sources = Sources::of(files);
    let mut diagnostics = Diagnostics::new();
    for table in form::read(&sources, &mut diagnostics).measures {
        for row in 0..table.len() {
            for column in 0..table.header().len() {
                table.written(row, column);
                table.place(row, column);
                table.spot(row, column);
            }
        }
    }
    let sheets = sources.iter().filter(|file| !file.path.ends_with(".toml")).cloned().collect();
    form::guess(&Sources::of(sheets), &mut diagnostics);
    report(diagnostics, &sources);
    Corpus::Keep
});
