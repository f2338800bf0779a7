//! One **worksheet**: its cells in canonical text, and their facts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use quick_xml::events::{BytesStart, Event};

use crate::source::Limits;
use crate::table::facts::{CellFact, Region, SheetFacts, Struck};
use crate::table::format::FormatKind;
use crate::table::value::{moment, plain_number};

use super::super::formula::adds_up_rows;
use super::super::reason::Unreadable;
use super::super::xml::{attribute, is_set};
use super::super::{RawCells, Worksheet};
use super::Xlsx;
use super::strings::{Strings, read_text, unescape};
use super::styles::XlsxStyles;

/// What is needed to read any cell of a sheet.
struct SheetContext<'x> {
    strings: &'x Strings,
    styles: &'x XlsxStyles,
    limits: Limits,
    date_1904: bool,
}

/// Reads the worksheet whose part is at `path`.
pub(super) fn read(book: &mut Xlsx<'_>, path: &str) -> Result<Worksheet, Unreadable> {
    let limits = book.package.limits();
    let context = SheetContext {
        strings: &book.strings,
        styles: &book.styles,
        limits,
        date_1904: book.date_1904,
    };
    let mut facts = SheetFacts::with_formats(book.styles.formats());
    facts.date_1904 = book.date_1904;
    let mut cells = RawCells::of_package(book.package.budget());
    let mut part = book.package.part(path)?.ok_or_else(Unreadable::cut_short)?;
    let (mut row, mut column) = (0, 0);
    let (mut filter, mut filtered) = (None, false);
    // The value of the current cell; the buffer is reused.
    let mut value = String::new();
    let mut shared = BTreeMap::new();
    while let Some(event) = part.next()? {
        let Event::Start(element) = event else { continue };
        match element.local_name().as_ref() {
            "row" => {
                let number = attribute(&element, "r").and_then(|number| number.parse().ok());
                row = number.unwrap_or(row + 1);
                column = 0;
                let flat = attribute(&element, "ht").is_some_and(|height| is_zero(&height));
                if is_set(&element, "hidden") || flat {
                    add_line(&mut facts.hidden_rows, row);
                }
            }
            "c" => {
                let start = CellStart::of(&element, row, column);
                column = start.column + 1;
                let mut content = Content::default();
                value.clear();
                read_content(&mut part, start.row, &mut content, &mut value, &mut shared)?;
                add_cell(&context, &start, &content, &mut value, &mut cells, &mut facts)?;
            }
            "col" => {
                let hidden = is_set(&element, "hidden")
                    || attribute(&element, "width").is_some_and(|width| is_zero(&width));
                let bound = |name| attribute(&element, name)?.parse::<u32>().ok()?.checked_sub(1);
                if let (true, Some(first), Some(last)) = (hidden, bound("min"), bound("max")) {
                    facts.hidden_columns.push(first..=last);
                }
            }
            "mergeCell" => {
                facts.merged.extend(attribute(&element, "ref").and_then(|text| region(&text)));
            }
            "autoFilter" => filter = attribute(&element, "ref").and_then(|text| region(&text)),
            "filterColumn" => filtered = true,
            _ => {}
        }
    }
    if filtered {
        facts.filtered = filter.map(|region| region.top..=region.bottom);
    }
    if book.results_due {
        doubt_zeros(&cells, &mut facts);
    }
    facts.finish();
    Ok(Worksheet { cells, facts })
}

/// The position of a cell and the attributes of its tag.
struct CellStart {
    /// Row, from 1.
    row: u32,
    /// Column, from 0.
    column: u32,
    style: usize,
    kind: CellKind,
}

/// How a cell's value is stored (`t`).
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum CellKind {
    #[default]
    Number,
    Shared,
    Text,
    Boolean,
    Error,
    Date,
}

impl CellStart {
    /// Reads the position, style and type of a cell from its tag. A cell without a name is at `row`
    /// and `column`; unknown types are numbers.
    fn of(element: &BytesStart<'_>, row: u32, column: u32) -> Self {
        let mut start = Self { row, column, style: 0, kind: CellKind::Number };
        let mut attributes = element.attributes();
        attributes.with_checks(false);
        for attribute in attributes.flatten() {
            match attribute.key.as_ref() {
                "r" => {
                    if let Some((row, column)) = position(&attribute.value) {
                        (start.row, start.column) = (row, column);
                    }
                }
                "s" => start.style = attribute.value.parse().unwrap_or(0),
                "t" => {
                    start.kind = match &*attribute.value {
                        "s" => CellKind::Shared,
                        "str" | "inlineStr" | "is" => CellKind::Text,
                        "b" => CellKind::Boolean,
                        "e" => CellKind::Error,
                        "d" => CellKind::Date,
                        _ => CellKind::Number,
                    }
                }
                _ => {}
            }
        }
        start
    }
}

/// What the elements within a cell say.
#[derive(Default)]
struct Content {
    formula: bool,
    /// Does the formula add up cells of other rows?
    adds_up: bool,
    /// Is there a `<v>` or `<is>`?
    stored: bool,
    struck: Struck,
    inline: bool,
}

/// Reads the elements within a cell of the row `row`, up to its end tag, into `content` and
/// `value`. `shared` says for each shared formula read so far whether it adds up other rows. An
/// inline text takes precedence over a value.
///
/// # Errors
///
/// Where the file is damaged or a limit is exceeded.
fn read_content<R: std::io::BufRead>(
    part: &mut super::super::xml::Xml<R>,
    row: u32,
    content: &mut Content,
    value: &mut String,
    shared: &mut BTreeMap<String, bool>,
) -> Result<(), Unreadable> {
    loop {
        let Some(event) = part.next()? else { return Err(Unreadable::cut_short()) };
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "v" => {
                    content.stored = true;
                    match content.inline {
                        true => part.skip("v")?,
                        false => part.text_until("v", value)?,
                    }
                }
                "is" => {
                    (content.stored, content.inline) = (true, true);
                    value.clear();
                    content.struck = read_text(part, "is", value)?;
                }
                "f" => {
                    content.formula = true;
                    // A shared formula is written in the first of its cells only.
                    let many = attribute(&element, "si").map(Cow::into_owned);
                    let mut formula = String::new();
                    part.text_until("f", &mut formula)?;
                    content.adds_up = match many {
                        Some(many) if formula.is_empty() => {
                            shared.get(&many).copied().unwrap_or_default()
                        }
                        Some(many) => {
                            let adds_up = adds_up_rows(&formula, row);
                            shared.insert(many, adds_up);
                            adds_up
                        }
                        None => adds_up_rows(&formula, row),
                    };
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "c" => return Ok(()),
            _ => {}
        }
    }
}

/// Adds a cell and its facts. A blank cell without formula is not added.
fn add_cell(
    context: &SheetContext<'_>,
    start: &CellStart,
    content: &Content,
    value: &mut String,
    cells: &mut RawCells,
    facts: &mut SheetFacts,
) -> Result<(), Unreadable> {
    if start.row == 0 {
        return Err(Unreadable::damaged("a cell stands in row 0"));
    }
    let style = context.styles.style(start.style);
    let mut fact = CellFact { format: style.format, ..CellFact::at(start.row, start.column) };
    fact.formula = content.formula;
    fact.adds_up = content.adds_up;
    // A formula may have an empty text as its result, which is stored as a text.
    fact.without_result = content.formula && value.is_empty() && start.kind != CellKind::Text;
    fact.struck = content.struck;
    let text: &str = match start.kind {
        _ if value.is_empty() => "",
        CellKind::Shared => {
            let index = value.trim().parse().ok();
            let Some((text, struck)) = index.and_then(|index| context.strings.get(index)) else {
                return Err(Unreadable::damaged("a cell names a text that is not there"));
            };
            fact.struck = struck;
            text
        }
        CellKind::Text => {
            if !content.inline {
                unescape(value, 0);
            }
            value
        }
        CellKind::Boolean => match value.trim() {
            "1" | "true" => "true",
            _ => "false",
        },
        CellKind::Error => {
            fact.error = true;
            value.trim()
        }
        CellKind::Date => value.strip_suffix("T00:00:00").unwrap_or(value),
        CellKind::Number => {
            let Ok(number) = value.trim().parse::<f64>() else {
                return Err(Unreadable::damaged("a cell holds no number where one should be"));
            };
            let kind = context.styles.format(style).map_or(FormatKind::General, |f| f.kind());
            write_number(number, kind, context.date_1904, value);
            if kind.says_more(number, value) {
                fact.number = Some(number);
            }
            value
        }
    };
    if !text.trim().is_empty() && style.struck {
        fact.struck = Struck::Whole;
    }
    if fact.says_something() && (!text.is_empty() || fact.without_result) {
        facts.push(fact);
    }
    if text.is_empty() && !content.formula {
        return Ok(());
    }
    if text.len() as u64 > context.limits.cell {
        return Err(Unreadable::TooLarge(context.limits.cell_met()));
    }
    cells.push(start.row, start.column, text)
}

/// Converts the stored number in `text` to canonical text: plain digits, or a date or time if the
/// format makes it one.
fn write_number(number: f64, kind: FormatKind, date_1904: bool, text: &mut String) {
    let plain = text.len() <= 15
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    match kind {
        FormatKind::Moment => *text = moment(number, date_1904),
        // Nearly every number is stored in this form already.
        _ if plain => {}
        _ => *text = plain_number(number),
    }
}

/// Some libraries that cannot calculate store 0 as the result of every formula, and ask programs to
/// recalculate on opening. If no formula has any other result, none is relied on.
fn doubt_zeros(cells: &RawCells, facts: &mut SheetFacts) {
    let formulas: Vec<(u32, u32)> =
        facts.cells().iter().filter(|fact| fact.formula).map(|f| (f.row, f.column)).collect();
    if !formulas.is_empty() && cells.are_all(&formulas, "0") {
        facts.doubt_results();
    }
}

/// Extends the last range by an adjacent row or column, or begins another range.
fn add_line(lines: &mut Vec<RangeInclusive<u32>>, line: u32) {
    match lines.last_mut() {
        Some(last) if *last.end() + 1 == line => *last = *last.start()..=line,
        _ => lines.push(line..=line),
    }
}

fn is_zero(measure: &str) -> bool {
    measure.parse::<f64>() == Ok(0.0)
}

/// Parses a cell's name: row 3 and column 1 for `B3`.
fn position(name: &str) -> Option<(u32, u32)> {
    let name = name.trim_start_matches('$');
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let row = name[letters..].trim_start_matches('$').parse().ok()?;
    if letters == 0 || letters > 3 {
        return None;
    }
    let column = name[..letters].bytes().fold(0_u32, |column, letter| {
        column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    Some((row, column - 1))
}

/// Parses a region such as `A1:C3`, or a single cell.
pub(super) fn region(text: &str) -> Option<Region> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((top, left), (bottom, right)) = (position(first)?, position(last)?);
    Some(Region { top, left, bottom, right })
}
