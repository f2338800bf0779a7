//! What forms have read, **written** as plain tables of the content.

use crate::artifact::Artifact;
use crate::table::Table;

use super::FormTables;

impl FormTables {
    /// The tables as CSV files of the content, each called after its form.
    pub fn written(&self) -> Vec<Artifact> {
        let folders = [
            ("measures", &self.measures),
            ("indicators", &self.indicators),
            ("budgets", &self.budgets),
        ];
        let mut files = Vec::new();
        for (folder, tables) in folders {
            for table in tables {
                let form = table.file().rsplit('/').next().unwrap_or_default();
                let form = form.strip_suffix(".toml").unwrap_or(form);
                let path = format!("content/{folder}/{form}.csv");
                files.push(Artifact::new(path, csv_of(table)));
            }
        }
        files
    }
}

/// The table as CSV in UTF-8 with a byte order mark, so that Excel opens it rightly.
fn csv_of(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(
        // Excel takes a file without it for one in the code page of the system.
        "\u{feff}".as_bytes().to_vec(),
    );
    let header = table.header().iter().map(|header| &*header.text);
    let mut write = |record: Vec<&str>| {
        writer.write_record(record).expect("records of one length in memory can be written");
    };
    write(header.collect());
    for row in 0..table.len() {
        write((0..table.header().len()).map(|column| table.cell(row, column)).collect());
    }
    writer.into_inner().expect("memory takes all")
}
