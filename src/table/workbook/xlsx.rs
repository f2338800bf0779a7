//! Workbooks of **Excel 2007 and later** (.xlsx, .xlsm; ECMA-376), read without a crate for the
//! format: what a clerk sees in a sheet depends on number formats, hidden rows, struck-out runs and
//! missing results, and no crate gives all of these.
//!
//! Not in here: macros, which are ignored, and the use of the facts (`cell`).

mod sheet;
mod strings;
mod styles;

use std::collections::BTreeMap;

use quick_xml::events::Event;

use crate::source::Limits;

use super::package::Package;
use super::reason::Unreadable;
use super::xml::{attribute, is_set};
use super::{SheetEntry, Worksheet};
use strings::Strings;
use styles::XlsxStyles;

/// An open workbook.
pub(in crate::table) struct Xlsx<'f> {
    package: Package<'f>,
    sheets: Vec<SheetEntry>,
    /// Path of the part of each sheet.
    paths: Vec<String>,
    strings: Strings,
    styles: XlsxStyles,
    date_1904: bool,
    /// Does the workbook ask programs to recalculate all formulas on opening? Then the stored
    /// results may never have been calculated.
    results_due: bool,
}

impl<'f> Xlsx<'f> {
    /// Opens the workbook in `bytes`.
    ///
    /// # Errors
    ///
    /// Where the workbook is encrypted, too large, damaged, or in another format.
    pub fn open(bytes: &'f [u8], limits: Limits) -> Result<Self, Unreadable> {
        let mut package = Package::open(bytes, limits)?;
        let main = main_part(&mut package)?;
        let links = links(&mut package, &main)?;
        let mut found = Self {
            package,
            sheets: Vec::new(),
            paths: Vec::new(),
            strings: Strings::default(),
            styles: XlsxStyles::default(),
            date_1904: false,
            results_due: false,
        };
        found.read_workbook(&main, &links)?;
        let by_kind = |kind: &str| links.values().find(|link| link.kind == kind);
        if let Some(link) = by_kind("styles") {
            found.styles = XlsxStyles::read(&mut found.package, &link.target)?;
        }
        if let Some(link) = by_kind("sharedStrings") {
            found.strings = Strings::read(&mut found.package, &link.target)?;
        }
        Ok(found)
    }

    /// The workbook's worksheets, in their order.
    pub fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    /// Reads the worksheet at `index` of [`Xlsx::sheets`].
    ///
    /// # Errors
    ///
    /// Where the workbook is damaged or a limit is exceeded.
    pub fn read(&mut self, index: usize) -> Result<Worksheet, Unreadable> {
        let path = self.paths[index].clone();
        let links = links(&mut self.package, &path)?;
        let mut worksheet = sheet::read(self, &path)?;
        for link in links.values() {
            match link.kind.as_str() {
                "comments" | "threadedComment" => {
                    let count =
                        count(&mut self.package, &link.target, &["comment", "threadedComment"])?;
                    let comments = &mut worksheet.facts.objects.comments;
                    // A thread is also written as a comment, for older programs.
                    *comments = (*comments).max(count);
                }
                "drawing" => {
                    let anchors = ["twoCellAnchor", "oneCellAnchor", "absoluteAnchor"];
                    let count = count(&mut self.package, &link.target, &anchors)?;
                    worksheet.facts.objects.drawings += count;
                }
                "table" if worksheet.facts.filtered.is_none() => {
                    worksheet.facts.filtered = table_filter(&mut self.package, &link.target)?;
                }
                _ => {}
            }
        }
        Ok(worksheet)
    }

    /// Reads the main part: the worksheets with the paths of their parts, the date system, and
    /// whether formulas must be recalculated.
    ///
    /// # Errors
    ///
    /// Where the part is missing or damaged.
    fn read_workbook(
        &mut self,
        main: &str,
        links: &BTreeMap<String, Relationship>,
    ) -> Result<(), Unreadable> {
        let mut part = self.package.part(main)?.ok_or_else(Unreadable::cut_short)?;
        while let Some(event) = part.next()? {
            let Event::Start(element) = event else { continue };
            match element.local_name().as_ref() {
                "workbookPr" => self.date_1904 = is_set(&element, "date1904"),
                "calcPr" => self.results_due = is_set(&element, "fullCalcOnLoad"),
                "sheet" => {
                    let name = attribute(&element, "name").unwrap_or_default().into_owned();
                    let id = attribute(&element, "id").unwrap_or_default();
                    let hidden =
                        attribute(&element, "state").is_some_and(|state| state != "visible");
                    // Charts and dialogs are sheets as well, but have no cells.
                    let Some(link) = links.get(&*id).filter(|link| link.kind == "worksheet") else {
                        continue;
                    };
                    self.sheets.push(SheetEntry { name, hidden });
                    self.paths.push(link.target.clone());
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A link from one part to another.
struct Relationship {
    /// The last segment of its type's URI, such as `worksheet`.
    kind: String,
    /// Path of the other part.
    target: String,
}

/// The relationships of the part at `path`, by their ids.
fn links(
    package: &mut Package<'_>,
    path: &str,
) -> Result<BTreeMap<String, Relationship>, Unreadable> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut links = BTreeMap::new();
    let Some(mut part) = package.part(&format!("{folder}/_rels/{name}.rels"))? else {
        return Ok(links);
    };
    while let Some(event) = part.next()? {
        let Event::Start(element) = event else { continue };
        if element.local_name().as_ref() != "Relationship" {
            continue;
        }
        let (Some(id), Some(kind), Some(target)) =
            (attribute(&element, "Id"), attribute(&element, "Type"), attribute(&element, "Target"))
        else {
            continue;
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        links.insert(id.into_owned(), Relationship { kind, target: joined(folder, &target) });
    }
    Ok(links)
}

/// Resolves `target` relative to `folder`; absolute paths begin with `/`.
fn joined(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split(['/', '\\']) {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The path of the main part. Refuses binary workbooks and OpenDocument files.
fn main_part(package: &mut Package<'_>) -> Result<String, Unreadable> {
    let links = links(package, "")?;
    let main = links.into_values().find(|link| link.kind == "officeDocument");
    let path = main.map_or_else(|| "xl/workbook.xml".to_owned(), |link| link.target);
    match package.find(&path) {
        Some(path) if path.to_lowercase().ends_with(".bin") => {
            Err(Unreadable::Fake(super::reason::FileKind::Xlsb))
        }
        Some(path) => Ok(path),
        None if package.find("content.xml").is_some() => {
            Err(Unreadable::Fake(super::reason::FileKind::Ods))
        }
        None => Err(Unreadable::damaged("no xl/workbook.xml")),
    }
}

/// The number of elements with one of `names` in the part at `path`.
fn count(package: &mut Package<'_>, path: &str, names: &[&str]) -> Result<u32, Unreadable> {
    let Some(mut part) = package.part(path)? else { return Ok(0) };
    let mut count = 0;
    while let Some(event) = part.next()? {
        if let Event::Start(element) = event {
            count += u32::from(names.contains(&element.local_name().as_ref()));
        }
    }
    Ok(count)
}

/// The rows that the filter of a table covers; `None` where no filter is active.
fn table_filter(
    package: &mut Package<'_>,
    path: &str,
) -> Result<Option<std::ops::RangeInclusive<u32>>, Unreadable> {
    let Some(mut part) = package.part(path)? else { return Ok(None) };
    let (mut rows, mut active) = (None, false);
    while let Some(event) = part.next()? {
        let Event::Start(element) = event else { continue };
        match element.local_name().as_ref() {
            "autoFilter" => {
                let reference = attribute(&element, "ref");
                let region = reference.and_then(|text| sheet::region(&text));
                rows = region.map(|region| region.top..=region.bottom);
            }
            "filterColumn" => active = true,
            _ => {}
        }
    }
    Ok(rows.filter(|_| active))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::super::reason::FileKind;
    use super::{Package, Unreadable, joined, main_part};
    use crate::source::Limits;

    /// What is the main part of a package with `parts`, whose relationships name `main`?
    fn main_of(parts: &[&str], main: Option<&str>) -> Result<String, Unreadable> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut add = |name: &str, text: &str| {
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(name, options).expect("a name that is not there yet");
            archive.write_all(text.as_bytes()).expect("memory can be written");
        };
        parts.iter().for_each(|part| add(part, "<x/>"));
        if let Some(main) = main {
            let kind = "http://schemas.example/relationships/officeDocument";
            let link = format!(
                "<Relationship Id=\"r1\" Type=\"{kind}\" Target=\"{main}\"></Relationship>"
            );
            add("_rels/.rels", &format!("<Relationships>{link}</Relationships>"));
        }
        let bytes = archive.finish().expect("memory can be written").into_inner();
        let mut package = Package::open(&bytes, Limits::default()).ok().expect("a ZIP archive");
        main_part(&mut package)
    }

    #[test]
    fn the_main_part_is_found_and_other_kinds_of_workbooks_are_told() {
        let path = |parts: &[&str], main| main_of(parts, main).ok().expect("a workbook");
        assert_eq!(path(&["xl/workbook.xml"], None), "xl/workbook.xml");
        assert_eq!(path(&["xl/book2.xml", "x"], Some("/xl/book2.xml")), "xl/book2.xml");
        assert_eq!(path(&["XL/Workbook.xml"], Some("xl/workbook.xml")), "XL/Workbook.xml");
        let kind = |parts: &[&str], main| match main_of(parts, main) {
            Err(Unreadable::Fake(kind)) => Some(kind),
            _ => None,
        };
        let binary = "xl/Workbook.BIN";
        assert!(matches!(kind(&[binary], Some(binary)), Some(FileKind::Xlsb)));
        assert!(matches!(kind(&["content.xml"], None), Some(FileKind::Ods)));
        assert!(kind(&["other.xml"], None).is_none());
        assert!(main_of(&["other.xml"], None).is_err());
    }

    #[test]
    fn a_target_is_relative_to_the_folder_of_its_part() {
        for (folder, target, path) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl/worksheets", "..\\drawings\\drawing1.xml", "xl/drawings/drawing1.xml"),
            ("xl", "/xl/./styles.xml", "xl/./styles.xml"),
            ("xl", "./styles.xml", "xl/styles.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
        ] {
            assert_eq!(joined(folder, target), path, "{target} in {folder}");
        }
    }
}
