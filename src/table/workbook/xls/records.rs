//! The **records** of a workbook of Excel 97 to 2003 (\[MS-XLS\]), as far as they determine what
//! its cells display: number formats, fonts, hidden rows and columns, comments.
//!
//! Not in here: the values, which calamine reads.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use crate::table::facts::{CellFact, SheetFacts, Struck};
use crate::table::format::NumberFormat;
use crate::table::value::plain_number;

/// The stream of records of a workbook.
pub(super) struct XlsRecords {
    stream: Vec<u8>,
    /// Offset in the stream at which each worksheet begins.
    sheets: Vec<usize>,
    formats: Vec<NumberFormat>,
    /// Styles of cells, by their index.
    styles: Vec<XlsStyle>,
    date_1904: bool,
}

/// The style of a cell.
#[derive(Clone, Copy, Default)]
struct XlsStyle {
    /// Index of its number format among those of the workbook.
    format: u16,
    struck: bool,
}

// Numbers of records, [MS-XLS] 2.3.2.
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const DATE_MODE: u16 = 0x0022;
const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041e;
const XF: u16 = 0x00e0;
const BOUND_SHEET: u16 = 0x0085;
const COLUMN_INFO: u16 = 0x007d;
const ROW: u16 = 0x0208;
const FILTER_MODE: u16 = 0x009b;
const NOTE: u16 = 0x001c;
const OBJECT: u16 = 0x005d;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027e;
const MULTIPLE_RK: u16 = 0x00bd;
const FORMULA: u16 = 0x0006;
const SHARED_TEXT: u16 = 0x00fd;
const TEXT: u16 = 0x0204;

impl XlsRecords {
    /// Reads the records of the workbook in `bytes`; `None` where it is older than Excel 97 or
    /// damaged.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
        let mut stream = Vec::new();
        container.open_stream("/Workbook").ok()?.read_to_end(&mut stream).ok()?;
        let (mut sheets, mut formats, mut styles, mut fonts) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut codes: BTreeMap<u16, String> = BTreeMap::new();
        let mut by_id: BTreeMap<u16, u16> = BTreeMap::new();
        let mut date_1904 = false;
        for (kind, data) in Iter::at(&stream, 0) {
            match kind {
                BOF if u16_at(data, 0)? != 0x0600 => return None,
                DATE_MODE => date_1904 = u16_at(data, 0)? == 1,
                FONT => {
                    fonts.push(u16_at(data, 2)? & 0x0008 != 0);
                }
                FORMAT => {
                    codes.insert(u16_at(data, 0)?, text(data.get(2..)?)?);
                }
                XF => {
                    let (font, id) = (u16_at(data, 0)?, u16_at(data, 2)?);
                    let format = *by_id.entry(id).or_insert_with(|| {
                        formats.push(match codes.get(&id) {
                            Some(code) => NumberFormat::new(code),
                            None => NumberFormat::built_in(id),
                        });
                        u16::try_from(formats.len() - 1).unwrap_or(0)
                    });
                    // The index 4 is not used for fonts.
                    let font = usize::from(if font > 4 { font - 1 } else { font });
                    let struck = fonts.get(font).copied().unwrap_or_default();
                    styles.push(XlsStyle { format, struck });
                }
                BOUND_SHEET if *data.get(5)? == 0 => sheets.push(u32_at(data, 0)? as usize),
                _ => {}
            }
        }
        Some(Self { stream, sheets, formats, styles, date_1904 })
    }

    /// The facts of the worksheet at `index`, not yet sorted; `None` where a record is damaged.
    pub fn facts(&self, index: usize) -> Option<SheetFacts> {
        let mut facts = SheetFacts::with_formats(self.formats.clone());
        facts.date_1904 = self.date_1904;
        let (mut depth, mut filtered) = (0, false);
        for (kind, data) in Iter::at(&self.stream, *self.sheets.get(index)?) {
            match kind {
                // Charts on the sheet have records of their own, which are skipped.
                BOF => depth += 1,
                EOF => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ if depth > 1 => {}
                COLUMN_INFO if u16_at(data, 8)? & 1 != 0 => {
                    let (first, last) = (u16_at(data, 0)?, u16_at(data, 2)?);
                    facts.hidden_columns.push(u32::from(first)..=u32::from(last));
                }
                ROW if u16_at(data, 12)? & 0x20 != 0 => {
                    let row = u32::from(u16_at(data, 0)?) + 1;
                    facts.hidden_rows.push(row..=row);
                }
                FILTER_MODE => filtered = true,
                NOTE => facts.objects.comments += 1,
                OBJECT => {
                    // Comments and filter buttons are objects as well, but are not counted.
                    let counted = !matches!(u16_at(data, 4), Some(0x14 | 0x19));
                    facts.objects.drawings += u32::from(counted);
                }
                NUMBER | FORMULA => {
                    let number = f64::from_le_bytes(data.get(6..14)?.try_into().ok()?);
                    // Formulas whose result is not a number end with these bytes.
                    let is_number = kind == NUMBER || data.get(12..14)? != [0xff, 0xff];
                    self.add(&mut facts, data, 0, is_number.then_some(number));
                }
                RK => self.add(&mut facts, data, 0, Some(rk(data.get(6..10)?)?)),
                MULTIPLE_RK => {
                    let count = data.len().checked_sub(6)? / 6;
                    for offset in 0..count {
                        let start = 4 + offset * 6;
                        let cell = [&data[..4], &data[start..start + 2]].concat();
                        let number = rk(data.get(start + 2..start + 6)?)?;
                        self.add(&mut facts, &cell, u16::try_from(offset).ok()?, Some(number));
                    }
                }
                SHARED_TEXT | TEXT => self.add(&mut facts, data, 0, None),
                _ => {}
            }
        }
        if filtered {
            facts.filtered = Some(1..=u32::MAX);
        }
        Some(facts)
    }

    /// Adds the facts of the cell whose row, column and style `data` begins with; `offset` is added
    /// to the column.
    fn add(&self, facts: &mut SheetFacts, data: &[u8], offset: u16, number: Option<f64>) {
        let (Some(row), Some(column), Some(style)) =
            (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4))
        else {
            return;
        };
        let style = self.styles.get(usize::from(style)).copied().unwrap_or_default();
        let column = u32::from(column) + u32::from(offset);
        let mut fact =
            CellFact { format: style.format, ..CellFact::at(u32::from(row) + 1, column) };
        fact.number = number.filter(|number| {
            let format = self.formats.get(usize::from(style.format));
            format.is_some_and(|f| f.kind().says_more(*number, &plain_number(*number)))
        });
        fact.struck = if style.struck { Struck::Whole } else { Struck::No };
        if fact.says_something() {
            facts.push(fact);
        }
    }
}

/// Iterator over the kinds and data of records.
pub(super) struct Iter<'s> {
    rest: &'s [u8],
}

impl<'s> Iter<'s> {
    pub(super) fn at(stream: &'s [u8], start: usize) -> Self {
        Self { rest: stream.get(start..).unwrap_or_default() }
    }
}

impl<'s> Iterator for Iter<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, data))
    }
}

/// Decodes an RK number (\[MS-XLS\] 2.5.218): an integer or the upper half of a double, perhaps in
/// hundredths.
fn rk(bytes: &[u8]) -> Option<f64> {
    let bits = u32_at(bytes, 0)?;
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    Some(if bits & 1 == 0 { number } else { number / 100.0 })
}

/// Decodes a text that begins with its length in two bytes, with one or two bytes per character.
fn text(data: &[u8]) -> Option<String> {
    let (length, wide) = (usize::from(u16_at(data, 0)?), data.get(2)? & 1 != 0);
    let data = data.get(3..)?;
    Some(match wide {
        true => {
            let units = data.get(..length * 2)?.chunks_exact(2);
            let units: Vec<u16> =
                units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        false => data.get(..length)?.iter().map(|byte| char::from(*byte)).collect(),
    })
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short data");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// A workbook with this record of its dates, and one worksheet of these records.
    fn workbook(dates: u16, sheet: &[Vec<u8>]) -> Option<XlsRecords> {
        let begin = record(BOF, &words(&[0x0600, 0x0005]));
        let format = [&words(&[164, 4])[..], &[0], b"0.0%"].concat();
        let globals = [
            begin.clone(),
            record(DATE_MODE, &words(&[dates])),
            record(FONT, &words(&[200, 0])),
            record(FONT, &words(&[200, 0x0008])),
            record(FORMAT, &format),
            record(XF, &words(&[0, 0])),
            record(XF, &words(&[1, 164])),
        ]
        .concat();
        let bound = |start: u32| {
            record(BOUND_SHEET, &[&start.to_le_bytes()[..], &[0, 0], b"\x01\x00S"].concat())
        };
        let end = record(EOF, &[]);
        let start = globals.len() + bound(0).len() + end.len();
        let start = u32::try_from(start).expect("a short stream");
        let stream = [globals, bound(start), end.clone(), begin, sheet.concat(), end].concat();
        let mut container =
            cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory can be written");
        let mut part = container.create_stream("/Workbook").expect("a new stream");
        part.write_all(&stream).expect("memory can be written");
        drop(part);
        XlsRecords::of(&container.into_inner().into_inner())
    }

    fn number(row: u16, column: u16, style: u16, number: f64) -> Vec<u8> {
        record(NUMBER, &[words(&[row, column, style]), number.to_le_bytes().to_vec()].concat())
    }

    #[test]
    fn days_count_from_1904_where_the_workbook_says_so() {
        for (dates, from_1904) in [(0, false), (1, true)] {
            let facts = workbook(dates, &[]).and_then(|book| book.facts(0)).expect("a worksheet");
            assert_eq!(facts.date_1904, from_1904);
        }
    }

    #[test]
    fn what_a_worksheet_shows_and_hides_is_known() {
        let object = |kind: u16| record(OBJECT, &words(&[0x15, 0x12, kind, 1]));
        let chart = [record(BOF, &words(&[0x0600, 0x0020])), number(5, 5, 1, 1.0)];
        let chart = [chart.concat(), record(NOTE, &words(&[0, 0])), record(EOF, &[])].concat();
        let sheet = [
            record(COLUMN_INFO, &words(&[2, 3, 0, 0, 1])),
            record(COLUMN_INFO, &words(&[5, 5, 0, 0, 0])),
            record(ROW, &words(&[4, 0, 0, 0, 0, 0, 0x20])),
            record(ROW, &words(&[6, 0, 0, 0, 0, 0, 0])),
            chart,
            record(NOTE, &words(&[0, 0])),
            object(0x05),
            object(0x08),
            object(0x14),
            object(0x19),
            number(0, 0, 0, 1.0),
            number(0, 1, 1, 0.455),
            record(SHARED_TEXT, &words(&[1, 0, 1, 0, 0])),
        ];
        let facts = workbook(0, &sheet).and_then(|book| book.facts(0)).expect("a worksheet");
        assert_eq!(facts.hidden_columns, [2..=3]);
        assert_eq!(facts.hidden_rows, [5..=5]);
        assert_eq!((facts.objects.comments, facts.objects.drawings), (1, 2));
        assert_eq!(facts.filtered, None);
        let cells: Vec<_> = facts.cells().iter().map(|fact| (fact.row, fact.column)).collect();
        assert_eq!(cells, [(1, 1), (2, 0)]);
        let shown = &facts.cells()[0];
        assert_eq!((shown.number, shown.struck), (Some(0.455), Struck::Whole));
        let filtered = workbook(0, &[record(FILTER_MODE, &[])]).and_then(|book| book.facts(0));
        assert_eq!(filtered.expect("a worksheet").filtered, Some(1..=u32::MAX));
    }

    #[test]
    fn numbers_and_texts_are_decoded() {
        for (bits, value) in [
            (u32::from_le_bytes([0x02, 0, 0, 0]) | 100 << 2, 100.0),
            (3 | 4550 << 2, 45.5),
            (0x3ff0_0000, 1.0),
            (0x3ff0_0001, 0.01),
            ((-5_i32).cast_unsigned() << 2 | 2, -5.0),
        ] {
            assert_eq!(rk(&u32::to_le_bytes(bits)), Some(value), "{bits:x}");
        }
        assert_eq!(text(b"\x02\x00\x00ab").as_deref(), Some("ab"));
        assert_eq!(text(b"\x01\x00\x01\x42\x30").as_deref(), Some("あ"));
        assert_eq!(text(b"\x03\x00\x00ab"), None);
    }
}
