//! **CSV** as offices write it: in any of their encodings, with any line ends, and with line breaks
//! in quoted cells.
//!
//! Not in here: splitting a text into records and cells (`records`).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::source::{Ceiling, Encoding, SourceFile, decode_table};

use super::facts::SheetFacts;
use super::grid::{Gaps, Grid, is_blank, to_u32};
use super::records::{QuoteFault, TextRecords};
use super::workbook::is_workbook;
use super::{Layout, Sheet};

/// Reads the rows of `file`. Returns `None` and reports an error where it is no text, is too large,
/// or has a quotation mark that is not closed.
pub(super) fn read(file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Sheet> {
    let limits = file.limits;
    let refuse = |ceiling: Ceiling, diagnostics: &mut Diagnostics| {
        let (message, help) = ceiling.told();
        let place = Place::file(file.path.clone());
        diagnostics
            .push(Diagnostic::new(&diagnostic::TABLE_TOO_LARGE, place, message).with_help(help));
        None
    };
    if file.bytes.len() as u64 > limits.file {
        return refuse(limits.file_met(), diagnostics);
    }
    let (text, encoding) = decode_table(&file.bytes);
    if encoding == Encoding::Western {
        diagnostics.push(western(file));
        return None;
    }
    if let Some(problem) = not_a_table(file, &text) {
        diagnostics.push(problem);
        return None;
    }
    let text: Arc<str> = text.into();
    let delimiter = delimiter(file, &text);
    let layout = Layout::Csv { text: text.clone(), delimiter };
    let grid = Grid::with_capacity(text.len());
    let file_path = file.path.clone();
    let facts = SheetFacts::default();
    let mut sheet = Sheet { file: file_path, grid, gaps: Gaps::default(), layout, facts };
    let mut records = TextRecords::new(&text, delimiter);
    let mut number = 0;
    let (mut cells, mut faults) = (0, 0);
    let mut closed = true;
    while let Some(begin) = records.begin() {
        if begin.empty_lines > 0 {
            sheet.gaps.add(number + 1, number + begin.empty_lines);
        }
        number += begin.empty_lines + 1;
        sheet.grid.begin_row(number, begin.line, to_u32(begin.start));
        let index = sheet.grid.len() - 1;
        let mut columns = 0;
        while let Some(cell) = records.next_cell() {
            columns += 1;
            if columns > limits.columns {
                return refuse(limits.columns_met(), diagnostics);
            }
            if cell.value.len() as u64 > limits.cell && cell.fault != Some(QuoteFault::NotClosed) {
                return refuse(limits.cell_met(), diagnostics);
            }
            sheet.grid.push_cell(&cell.value);
            if let Some(fault) = cell.fault.filter(|_| faults < FAULTS) {
                faults += 1;
                let place = sheet.cell_place(index, sheet.grid.width(index) - 1);
                diagnostics.push(quote_problem(fault, place));
                closed &= fault != QuoteFault::NotClosed;
            }
        }
        cells += columns;
        if cells > limits.cells {
            return refuse(limits.cells_met(), diagnostics);
        }
        let blank = sheet.grid.cells(index).all(is_blank);
        match blank {
            true => {
                sheet.grid.drop_last_row();
                sheet.gaps.add(number, number);
            }
            false => sheet.gaps.close(),
        }
    }
    closed.then_some(sheet)
}

/// Faults of quotation marks that are reported at most: computing the place of each takes as long
/// as reading its row.
const FAULTS: usize = 100;

/// Guesses the delimiter:
///
/// - a tab in a `.tsv` file;
/// - the first of comma, tab, semicolon and bar that occurs equally often, and at least once, in
///   each of the first lines (a header such as `名称,別名` may itself contain a comma);
/// - otherwise, as below a title, the one for which the most lines have the same number of cells.
///
/// Tabs are what Excel calls Unicode text, semicolons are used by Excel in other countries.
fn delimiter(file: &SourceFile, text: &str) -> u8 {
    const SIGNS: [u8; 4] = [b',', b'\t', b';', b'|'];
    if file.path.to_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let mut first = lines().take(8);
    let Some(header) = first.next() else { return b',' };
    let rest: Vec<&str> = first.collect();
    let even = |sign: &u8| {
        let cells = signs_in(header, *sign);
        cells > 0 && rest.iter().all(|line| signs_in(line, *sign) == cells)
    };
    let alike = |sign: u8| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for line in lines().take(64) {
            *counts.entry(signs_in(line, sign)).or_default() += 1;
        }
        counts.into_iter().filter(|(signs, _)| *signs > 0).map(|(_, lines)| lines).max()
    };
    let found = SIGNS.into_iter().find(|sign| !rest.is_empty() && even(sign));
    // Of equal maxima the last one is returned, hence the reversed order.
    found.or_else(|| SIGNS.into_iter().rev().max_by_key(|sign| alike(*sign))).unwrap_or(b',')
}

/// How often `sign` occurs in `line` outside of quotation marks.
fn signs_in(line: &str, sign: u8) -> usize {
    let mut quoted = false;
    let counted = line.bytes().filter(|byte| {
        quoted ^= *byte == b'"';
        !quoted && *byte == sign
    });
    counted.count()
}

/// The error about an encoding that has no Japanese characters.
fn western(file: &SourceFile) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::SOURCE_ENCODING,
        Place::file(file.path.clone()),
        message!(
            ja: "文字コードがUTF-8でもShift_JISでもありません（欧文のWindows-1252と思われます）",
            en: "the file is neither UTF-8 nor Shift_JIS (it looks like Windows-1252)",
        ),
    )
    .with_help(message!(
        ja: "Excelの「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選び、保存し直してください",
        en: "save it as “CSV UTF-8 (comma delimited)” in Excel",
    ))
}

/// The error about a file that is too large, a workbook or a web page with the name of a table, or
/// binary data; `None` for a text.
fn not_a_table(file: &SourceFile, text: &str) -> Option<Diagnostic> {
    let bytes = &file.bytes;
    let (message, help) = if u32::try_from(bytes.len()).is_err() {
        (
            message!(ja: "ファイルが4GiB以上あります", en: "the file has 4 GiB or more"),
            message!(ja: "複数のファイルに分けてください", en: "divide it into several files"),
        )
    } else if is_workbook(bytes) {
        (
            message!(
                ja: "名前はCSVですが、中身はExcelのファイルです",
                en: "the file is named CSV, but it is a workbook",
            ),
            message!(
                ja: "Excelの「名前を付けて保存」で「CSV UTF-8」を選ぶか、名前の末尾を「.xlsx」に変更してください",
                en: "save it as “CSV UTF-8” in Excel, or rename it to end in .xlsx",
            ),
        )
    } else if bytes.trim_ascii_start().first() == Some(&b'<') {
        (
            message!(
                ja: "名前はCSVですが、中身はウェブページです",
                en: "the file is named CSV, but it is a web page",
            ),
            message!(
                ja: "元のCSVファイルをダウンロードし直してください",
                en: "download the CSV file itself again",
            ),
        )
    } else if text.matches('\0').count() * 10 > bytes.len() {
        (
            message!(ja: "テキストファイルではありません", en: "the file is not a text file"),
            message!(
                ja: "CSV（文字コードはUTF-8）で保存し直してください",
                en: "save it again as CSV in UTF-8",
            ),
        )
    } else {
        return None;
    };
    let problem =
        Diagnostic::new(&diagnostic::TABLE_UNREADABLE, Place::file(file.path.clone()), message);
    Some(problem.with_help(help))
}

/// The error about a fault of quotation marks in the cell at `place`.
fn quote_problem(fault: QuoteFault, place: CellPlace) -> Diagnostic {
    let line = place.line.unwrap_or(place.row);
    let (message, help) = match fault {
        QuoteFault::NotClosed => (
            message!(
                ja: "{line}行目で始まる引用符「\"」が閉じられていません",
                en: "the quotation mark \" that opens on line {line} is not closed",
            ),
            message!(
                ja: "セルの終わりに「\"」を入力してください。セルの中の「\"」は「\"\"」と重ねてください",
                en: "write \" at the end of the cell; write a \" within a cell as \"\"",
            ),
        ),
        QuoteFault::TextAfterClosing => (
            message!(
                ja: "閉じた引用符「\"」の後に文字があります",
                en: "text follows the closing quotation mark \"",
            ),
            message!(
                ja: "セル全体を「\"」で囲み、中の「\"」は「\"\"」と重ねてください",
                en: "put the whole cell in double quotes and write a \" within it as \"\"",
            ),
        ),
    };
    Diagnostic::new(&diagnostic::TABLE_QUOTE, place, message).with_help(help)
}
