//! **OpenDocument spreadsheets** (.ods; ISO/IEC 26300-3), read without a crate for the format: none
//! gives the displayed text beside each value, and what is hidden and merged.

use std::collections::BTreeMap;
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};

use crate::source::Limits;
use crate::table::facts::{CellFact, Region, SheetFacts, Struck};
use crate::table::value::{clock_time, plain_number};

use super::budget::UnpackingBudget;
use super::formula::adds_up_rows;
use super::package::{Package, PackagePart};
use super::reason::{FileKind, Unreadable};
use super::xml::{attribute, push_entity};
use super::{RawCells, SheetEntry, Worksheet};

/// An open spreadsheet. All its sheets are in one part, so they are read at once.
pub(in crate::table) struct Ods {
    sheets: Vec<SheetEntry>,
    worksheets: Vec<Option<Worksheet>>,
}

impl Ods {
    /// Opens the spreadsheet in `bytes`.
    ///
    /// # Errors
    ///
    /// Where the spreadsheet is encrypted, too large, damaged, or in another format.
    pub fn open(bytes: &[u8], limits: Limits) -> Result<Self, Unreadable> {
        let mut package = Package::open(bytes, limits)?;
        if let Some(mut manifest) = package.part("META-INF/manifest.xml")? {
            while let Some(event) = manifest.next()? {
                if let Event::Start(element) = event
                    && element.local_name().as_ref() == "encryption-data"
                {
                    return Err(Unreadable::Password);
                }
            }
        }
        if package.find("content.xml").is_none() && package.find("xl/workbook.xml").is_some() {
            return Err(Unreadable::Fake(FileKind::Xlsx));
        }
        let missing = || Unreadable::damaged("no content.xml");
        let budget = package.budget();
        let mut part = package.part("content.xml")?.ok_or_else(missing)?;
        let mut found = Self { sheets: Vec::new(), worksheets: Vec::new() };
        let mut styles = OdsStyles::default();
        while let Some(event) = part.next()? {
            let Event::Start(element) = event else { continue };
            match element.local_name().as_ref() {
                "style" => styles.begin(&element),
                "text-properties" => {
                    // LibreOffice writes only the type where the line has the ordinary style.
                    let line = attribute(&element, "text-line-through-style")
                        .or_else(|| attribute(&element, "text-line-through-type"));
                    styles.current().struck |= line.is_some_and(|line| line != "none");
                }
                "table-properties" => {
                    let display = attribute(&element, "display");
                    styles.current().hidden |= display.is_some_and(|display| display == "false");
                }
                "table" => {
                    let name = attribute(&element, "name").unwrap_or_default().into_owned();
                    let hidden = styles.of(&element).hidden;
                    found.sheets.push(SheetEntry { name, hidden });
                    let sheet = OdsSheet::new(&budget, &styles).read(&mut part)?;
                    found.worksheets.push(Some(sheet));
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// The spreadsheet's sheets, in their order.
    pub fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    /// Takes the sheet at `index`; a second call returns an empty one.
    pub fn read(&mut self, index: usize) -> Worksheet {
        self.worksheets[index].take().unwrap_or_default()
    }
}

/// The properties of automatic styles of cells, spans and tables.
#[derive(Default)]
struct OdsStyles {
    by_name: BTreeMap<String, OdsStyle>,
    current: String,
}

#[derive(Clone, Copy, Default)]
struct OdsStyle {
    struck: bool,
    hidden: bool,
}

impl OdsStyles {
    fn begin(&mut self, element: &BytesStart<'_>) {
        self.current = attribute(element, "name").unwrap_or_default().into_owned();
        self.by_name.insert(self.current.clone(), OdsStyle::default());
    }

    fn current(&mut self) -> &mut OdsStyle {
        self.by_name.entry(self.current.clone()).or_default()
    }

    fn of(&self, element: &BytesStart<'_>) -> OdsStyle {
        let name = attribute(element, "style-name");
        name.and_then(|name| self.by_name.get(&*name)).copied().unwrap_or_default()
    }
}

/// A sheet that is being read.
struct OdsSheet<'s> {
    limits: Limits,
    styles: &'s OdsStyles,
    cells: RawCells,
    facts: SheetFacts,
    /// Number of the current row, from 1, and how often it is repeated.
    row: u32,
    row_repeats: u32,
    /// Column of the next cell, from 0.
    column: u32,
    /// First column of the next `table-column` element, from 0.
    described: u32,
}

/// A cell that is being read.
#[derive(Default)]
struct OdsCell {
    value: Option<String>,
    shown: String,
    is_text: bool,
    is_error: bool,
    formula: bool,
    adds_up: bool,
    struck: bool,
    plain: bool,
}

impl<'s> OdsSheet<'s> {
    fn new(budget: &Rc<UnpackingBudget>, styles: &'s OdsStyles) -> Self {
        let (cells, facts) = (RawCells::of_package(budget.clone()), SheetFacts::default());
        let limits = budget.limits();
        Self { limits, styles, cells, facts, row: 0, row_repeats: 1, column: 0, described: 0 }
    }

    /// Reads the sheet up to the end of its `table` element: hidden and filtered rows, hidden
    /// columns, cells, and the number of drawings.
    ///
    /// # Errors
    ///
    /// Where the file is damaged or a limit is exceeded.
    fn read(mut self, part: &mut PackagePart<'_, '_>) -> Result<Worksheet, Unreadable> {
        while let Some(event) = part.next()? {
            match event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table-column" => {
                        let repeats = repeats(&element, "number-columns-repeated");
                        if is_collapsed(&element) {
                            let last = self.described.saturating_add(repeats - 1);
                            self.facts.hidden_columns.push(self.described..=last);
                        }
                        self.described = self.described.saturating_add(repeats);
                    }
                    "table-row" => {
                        self.row = self.row.saturating_add(self.row_repeats);
                        self.row_repeats = repeats(&element, "number-rows-repeated");
                        self.column = 0;
                        let rows = self.row..=self.row.saturating_add(self.row_repeats - 1);
                        match attribute(&element, "visibility").as_deref() {
                            Some("collapse") => self.facts.hidden_rows.push(rows),
                            Some("filter") => {
                                let first = self.facts.filtered.as_ref().map(|f| *f.start());
                                let first = first.unwrap_or(*rows.start());
                                self.facts.filtered = Some(first..=*rows.end());
                                self.facts.hidden_rows.push(rows);
                            }
                            _ => {}
                        }
                    }
                    "table-cell" | "covered-table-cell" => {
                        let element = element.into_owned();
                        self.read_cell(&element, part)?;
                    }
                    "shapes" => {
                        self.facts.objects.drawings += 1;
                        part.skip("shapes")?;
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "table" => break,
                _ => {}
            }
        }
        self.facts.finish();
        Ok(Worksheet { cells: self.cells, facts: self.facts })
    }

    /// Reads one cell and adds it, with its facts, at each place where it is repeated. Its text is
    /// the stored value, or the displayed text where there is no value or an error. A blank cell
    /// without formula is not added. The displayed text is kept only where it differs by more than
    /// separators of thousands.
    ///
    /// # Errors
    ///
    /// Where the file is damaged or a limit is exceeded.
    fn read_cell(
        &mut self,
        element: &BytesStart<'_>,
        part: &mut PackagePart<'_, '_>,
    ) -> Result<(), Unreadable> {
        let style = self.styles.of(element);
        let columns = repeats(element, "number-columns-repeated");
        let wide = repeats(element, "number-columns-spanned");
        let high = repeats(element, "number-rows-spanned");
        if wide > 1 || high > 1 {
            let (bottom, right) = (self.row + high - 1, self.column + wide - 1);
            self.facts.merged.push(Region { top: self.row, left: self.column, bottom, right });
        }
        let formula = attribute(element, "formula");
        let mut cell = OdsCell {
            formula: formula.is_some(),
            adds_up: formula.is_some_and(|formula| adds_up_rows(&formula, self.row)),
            is_error: attribute(element, "value-type").is_some_and(|kind| kind == "error"),
            ..OdsCell::default()
        };
        // LibreOffice marks errors in a namespace of its own; the standard has no attribute for it.
        let mut attributes = element.attributes();
        attributes.with_checks(false);
        cell.is_error |= attributes
            .flatten()
            .any(|a| a.key.local_name().as_ref() == "value-type" && &*a.value == "error");
        cell.value = stored_value(element, &mut cell.is_text);
        let name = element.local_name().as_ref().to_owned();
        self.read_text(&name, &mut cell, part)?;
        let first = self.column;
        self.column = self.column.saturating_add(columns);
        let text = match &cell.value {
            Some(value) if !cell.is_error => value.as_str(),
            _ => cell.shown.as_str(),
        };
        if text.is_empty() && !cell.formula {
            return Ok(());
        }
        if text.len() as u64 > self.limits.cell {
            return Err(Unreadable::TooLarge(self.limits.cell_met()));
        }
        for row in self.row..self.row.saturating_add(self.row_repeats) {
            for column in first..first.saturating_add(columns) {
                let mut fact = CellFact::at(row, column);
                fact.formula = cell.formula;
                fact.adds_up = cell.adds_up;
                fact.without_result = cell.formula && cell.value.is_none() && text.is_empty();
                fact.error = cell.is_error;
                fact.struck = match (style.struck, cell.struck, cell.plain) {
                    (true, ..) | (_, true, false) => Struck::Whole,
                    (_, true, true) => Struck::Part,
                    _ => Struck::No,
                };
                // Separators of thousands are ignored, and so is the decimal comma of other
                // countries.
                let grouped = cell.shown.replace(',', "") == text;
                let foreign = cell.shown.replace(',', ".") == text;
                let same = cell.is_text || cell.is_error || grouped || foreign;
                if !same && cell.value.is_some() {
                    fact.number = text.parse().ok();
                    fact.shown = Some(cell.shown.trim().into());
                }
                self.cells.push(row, column, text)?;
                if fact.says_something() {
                    self.cells.count_beside(size_of::<CellFact>());
                    self.facts.push(fact);
                }
            }
        }
        Ok(())
    }

    /// Reads the displayed text of a cell. Comments and drawings in it are counted and skipped.
    fn read_text(
        &mut self,
        name: &str,
        cell: &mut OdsCell,
        part: &mut PackagePart<'_, '_>,
    ) -> Result<(), Unreadable> {
        let mut paragraphs = 0;
        let mut inside = 0;
        // For each open span, whether it is struck out.
        let mut spans: Vec<bool> = Vec::new();
        loop {
            let Some(event) = part.next()? else { return Err(Unreadable::cut_short()) };
            let mut pushed = "";
            match event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "p" | "h" => {
                        if paragraphs > 0 {
                            cell.shown.push('\n');
                        }
                        paragraphs += 1;
                        inside += 1;
                    }
                    "span" => spans.push(self.styles.of(&element).struck),
                    "s" => {
                        let count = repeats(&element, "c").min(1024) as usize;
                        cell.shown.extend(std::iter::repeat_n(' ', count));
                    }
                    "tab" => pushed = "\t",
                    "line-break" => pushed = "\n",
                    "annotation" => {
                        self.facts.objects.comments += 1;
                        part.skip("annotation")?;
                    }
                    "frame" | "g" | "custom-shape" | "control" => {
                        self.facts.objects.drawings += 1;
                        let name = element.local_name().as_ref().to_owned();
                        part.skip(&name)?;
                    }
                    _ => {}
                },
                Event::Text(piece) if inside > 0 => {
                    let piece = piece.xml10_content();
                    let struck = spans.contains(&true);
                    if !piece.trim().is_empty() {
                        cell.struck |= struck;
                        cell.plain |= !struck;
                    }
                    cell.shown.push_str(&piece);
                }
                Event::GeneralRef(entity) if inside > 0 => push_entity(&entity, &mut cell.shown),
                Event::End(element) => match element.local_name().as_ref() {
                    "p" | "h" => inside -= 1,
                    "span" => drop(spans.pop()),
                    closing if closing == name => return Ok(()),
                    _ => {}
                },
                _ => {}
            }
            cell.shown.push_str(pushed);
        }
    }
}

/// The stored value of a cell as canonical text; `None` for a cell that has only its displayed
/// text. Sets `is_text` for a text.
fn stored_value(element: &BytesStart<'_>, is_text: &mut bool) -> Option<String> {
    let kind = attribute(element, "value-type")?;
    match &*kind {
        "float" | "percentage" | "currency" => {
            let value = attribute(element, "value")?;
            value.parse().ok().map(plain_number)
        }
        "date" => {
            let value = attribute(element, "date-value")?;
            Some(value.strip_suffix("T00:00:00").unwrap_or(&value).to_owned())
        }
        "time" => {
            let value = attribute(element, "time-value")?;
            Some(clock_time(&value).unwrap_or_else(|| value.into_owned()))
        }
        "boolean" => attribute(element, "boolean-value").map(|value| value.into_owned()),
        _ => {
            *is_text = true;
            attribute(element, "string-value").map(|value| value.into_owned())
        }
    }
}

/// The number of repetitions in the attribute `name`, at least 1.
fn repeats(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

fn is_collapsed(element: &BytesStart<'_>) -> bool {
    attribute(element, "visibility").is_some_and(|value| value != "visible")
}
