//! What forms have read, **written** as plain tables of the content.

use crate::artifact::Artifact;
use crate::table::{Status, Table};

use super::FormTables;

impl FormTables {
    /// The tables as CSV files of the content, each called after its form.
    pub fn written(&self) -> Vec<Artifact> {
        let folders = [
            ("measures", &self.measures),
            ("indicators", &self.indicators),
            ("plan-indicators", &self.plan_indicators),
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

/// The table as CSV in UTF-8 with a byte order mark, so that Excel opens it correctly. A column
/// `status` is added if any text says why there is no figure.
fn csv_of(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(
        // Without the byte order mark, Excel assumes the code page of the system.
        "\u{feff}".as_bytes().to_vec(),
    );
    let header = table.header().iter().map(|header| &*header.text);
    let mut write = |record: Vec<&str>| {
        writer.write_record(record).expect("records of one length in memory can be written");
    };
    let statuses: Vec<Option<Status>> = (0..table.len()).map(|row| status_of(table, row)).collect();
    let any = statuses.iter().any(Option::is_some);
    write(header.chain(any.then_some("status")).collect());
    for (row, status) in statuses.into_iter().enumerate() {
        let cells = (0..table.header().len()).map(|column| table.cell(row, column));
        let status = any.then(|| status.map_or("", Status::as_str));
        write(cells.chain(status).collect());
    }
    writer.into_inner().expect("memory takes all")
}

/// Why a row of indicators or budgets has no figure, if the text in place of the figure says so.
fn status_of(table: &Table, row: usize) -> Option<Status> {
    let column = |name: &str| table.header().iter().position(|header| *header.text == *name);
    let of = |name: &str| column(name).and_then(|column| table.missing_status(row, column));
    let is_empty =
        |name: &str| column(name).is_none_or(|column| table.written(row, column).trim().is_empty());
    let first =
        |name: &str, before: &str| of(name).or_else(|| of(before).filter(|_| is_empty(name)));
    first("actual", "target").or_else(|| first("settled", "budget"))
}
