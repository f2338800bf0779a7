//! The **styles** of a workbook, as far as they determine what a cell displays: number format and
//! strike-through.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use crate::table::format::NumberFormat;

use super::super::package::Package;
use super::super::reason::Unreadable;
use super::super::xml::attribute;

/// The styles of a workbook.
#[derive(Default)]
pub(super) struct XlsxStyles {
    cells: Vec<XlsxStyle>,
    formats: Vec<NumberFormat>,
}

/// The style of a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct XlsxStyle {
    /// Index of its number format.
    pub format: u16,
    pub struck: bool,
}

impl XlsxStyles {
    /// Reads the styles in the part at `path`; none where there is no such part.
    ///
    /// # Errors
    ///
    /// Where the part is damaged or a limit is exceeded.
    pub fn read(package: &mut Package<'_>, path: &str) -> Result<Self, Unreadable> {
        let Some(mut part) = package.part(path)? else { return Ok(Self::default()) };
        let mut codes: BTreeMap<u16, String> = BTreeMap::new();
        // Is each font struck through?
        let mut fonts: Vec<bool> = Vec::new();
        let mut by_id: BTreeMap<u16, u16> = BTreeMap::new();
        let mut styles = Self::default();
        let (mut in_fonts, mut in_cells) = (false, false);
        while let Some(event) = part.next()? {
            match event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "fonts" => in_fonts = true,
                    "cellXfs" => in_cells = true,
                    "numFmt" => {
                        if let Some(code) = attribute(&element, "formatCode") {
                            codes.insert(number(&element, "numFmtId"), code.into_owned());
                        }
                    }
                    "font" if in_fonts => fonts.push(false),
                    "strike" if in_fonts => {
                        if let Some(struck) = fonts.last_mut() {
                            *struck = is_on(&element);
                        }
                    }
                    "xf" if in_cells => {
                        let id = number(&element, "numFmtId");
                        let format = match by_id.get(&id) {
                            Some(index) => *index,
                            None => {
                                let index = u16::try_from(styles.formats.len()).unwrap_or(0);
                                styles.formats.push(match codes.get(&id) {
                                    Some(code) => NumberFormat::new(code),
                                    None => NumberFormat::built_in(id),
                                });
                                by_id.insert(id, index);
                                index
                            }
                        };
                        let font = fonts.get(usize::from(number(&element, "fontId")));
                        let struck = font.copied().unwrap_or_default();
                        styles.cells.push(XlsxStyle { format, struck });
                    }
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "fonts" => in_fonts = false,
                    "cellXfs" => in_cells = false,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(styles)
    }

    /// The style at `index`; the default where there is none.
    pub fn style(&self, index: usize) -> XlsxStyle {
        self.cells.get(index).copied().unwrap_or_default()
    }

    /// The number format of `style`; `None` where the workbook has no styles.
    pub fn format(&self, style: XlsxStyle) -> Option<&NumberFormat> {
        self.formats.get(usize::from(style.format))
    }

    /// All number formats.
    pub fn formats(&self) -> Vec<NumberFormat> {
        self.formats.clone()
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> u16 {
    attribute(element, name).and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// Is a property of a font on? `<strike/>` is on, `<strike val="0"/>` is off.
pub(super) fn is_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|value| !matches!(&*value, "0" | "false" | "off"))
}
