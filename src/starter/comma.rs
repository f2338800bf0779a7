//! A table to be filled in as **CSV**, as Excel saves it: with CRLF line ends and a byte order
//! mark, without which Excel would decode it in the code page of the system.

use super::StarterTable;

pub(super) fn write(table: &StarterTable) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let header = table.columns.iter().map(|column| column.title.as_str());
    let mut write = |row: Vec<&str>| writer.write_record(row).expect("memory takes every byte");
    write(header.collect());
    table.rows.iter().for_each(|row| write(row.iter().map(String::as_str).collect()));
    writer.into_inner().expect("memory takes every byte")
}
