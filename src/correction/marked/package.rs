//! A workbook of Excel as a **package** of parts (ECMA-376), of which those are changed that mark
//! cells. All others are copied as they are.
//!
//! Not in here: what is changed in the parts (`cells`, `styles`, `notes`).

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::MarksBySheet;
use super::parts::{attribute, events, with_more};
use super::styles::MarkedStyles;
use super::{cells, notes};

/// The largest part that is read, once it is unpacked.
const LARGEST: u64 = 256 << 20;

const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A part that a worksheet gets.
struct NewPart {
    /// The id of the link to it, which begins its name.
    id: &'static str,
    /// The end of its name.
    ending: &'static str,
    /// The kind of the link.
    kind: &'static str,
    /// The type in the list of the types of all parts.
    declared: &'static str,
}

/// The texts of notes.
const NOTES: NewPart = NewPart {
    id: "kawarabanNotes",
    ending: "xml",
    kind: "comments",
    declared: "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
};

/// The drawing of their boxes.
const DRAWING: NewPart = NewPart {
    id: "kawarabanDrawing",
    ending: "vml",
    kind: "vmlDrawing",
    declared: "application/vnd.openxmlformats-officedocument.vmlDrawing",
};

/// The parts of a workbook: as it has them, and as they become.
struct PackageParts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    changed: BTreeMap<String, String>,
}

/// A link from a part to another.
struct PartLink {
    id: String,
    kind: String,
    target: String,
}

/// The workbook in `bytes` with the cells `marks` marked. `None` where it is not as expected, so
/// that it cannot be marked without changing anything else.
pub(super) fn mark(bytes: &[u8], marks: &MarksBySheet<'_>) -> Option<Vec<u8>> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = PackageParts { archive, changed: BTreeMap::new() };
    let main = parts.links("")?.into_iter().find(|link| link.kind == of_kind("officeDocument"))?;
    let main = main.target;
    let links = parts.links(&main)?;
    let styles = links.iter().find(|link| link.kind == of_kind("styles"))?.target.clone();
    let mut marked_styles = MarkedStyles::read(parts.text(&styles)?)?;
    let book = parts.text(&main)?;
    let mut left = marks.len();
    for (_, event) in events(&book)? {
        let (Event::Start(sheet) | Event::Empty(sheet)) = event else { continue };
        if sheet.local_name().as_ref() != "sheet" {
            continue;
        }
        let name = attribute(&sheet, "name")?;
        let Some(marks) = marks.get(&Some(&*name)) else { continue };
        let id = attribute(&sheet, "id")?;
        let path = links.iter().find(|link| link.id == *id)?.target.clone();
        parts.mark_sheet(&path, marks, &mut marked_styles)?;
        left -= 1;
    }
    let text = marked_styles.written()?;
    parts.changed.insert(styles, text);
    (left == 0).then(|| parts.written()).flatten()
}

fn of_kind(name: &str) -> String {
    format!("{KIND}/{name}")
}

impl PackageParts<'_> {
    /// Marks the cells `marks` of the worksheet at `path`, and notes what is wrong with them.
    fn mark_sheet(
        &mut self,
        path: &str,
        marks: &super::MarksByCell,
        styles: &mut MarkedStyles,
    ) -> Option<()> {
        let marked = cells::mark(&self.text(path)?, marks, styles, DRAWING.id)?;
        self.changed.insert(path.to_owned(), marked.text);
        let links = self.links(path)?;
        let texts = links.iter().find(|link| link.kind == of_kind("comments"));
        let texts = texts.map(|link| link.target.clone());
        let drawing = match &marked.drawing {
            Some(id) => Some(links.iter().find(|link| link.id == *id)?.target.clone()),
            None => None,
        };
        let [own_texts, own_drawing] = [&texts, &drawing].map(|path| match path {
            Some(path) => self.text(path).map(Some),
            None => Some(None),
        });
        let (text, boxes) = notes::notes(own_texts?.as_deref(), own_drawing?.as_deref(), marks)?;
        self.put(path, texts, &NOTES, text)?;
        self.put(path, drawing, &DRAWING, boxes)
    }

    /// Makes `text` the part `own` of the worksheet at `path`; a `new` one if it has none.
    fn put(&mut self, path: &str, own: Option<String>, new: &NewPart, text: String) -> Option<()> {
        let part = match own {
            Some(own) => own,
            None => {
                let part = format!("xl/{}{}.{}", new.id, self.changed.len(), new.ending);
                self.link(path, (new.id, new.kind), &part)?;
                let NewPart { declared, .. } = new;
                self.declare(&format!(
                    "<Override PartName=\"/{part}\" ContentType=\"{declared}\"/>"
                ))?;
                part
            }
        };
        self.changed.insert(part, text);
        Some(())
    }

    /// The text of the part at `path` as it is now; `None` where there is none in UTF-8.
    fn text(&mut self, path: &str) -> Option<String> {
        if let Some(text) = self.changed.get(path) {
            return Some(text.clone());
        }
        let mut text = String::new();
        let part = self.archive.by_name(path).ok()?;
        part.take(LARGEST).read_to_string(&mut text).ok()?;
        Some(text)
    }

    /// The links of the part at `path`, or of the package.
    fn links(&mut self, path: &str) -> Option<Vec<PartLink>> {
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
        let mut links = Vec::new();
        let text = self.text(&place_of_links(path)).unwrap_or_default();
        for (_, event) in events(&text)? {
            let (Event::Start(link) | Event::Empty(link)) = event else { continue };
            if link.local_name().as_ref() == "Relationship" {
                let of = |name| attribute(&link, name).map(|value| value.into_owned());
                let (id, kind, target) = (of("Id")?, of("Type")?, of("Target")?);
                links.push(PartLink { id, kind, target: joined(folder, &target) });
            }
        }
        Some(links)
    }

    /// Links the part at `path` to the one at `target`.
    fn link(&mut self, path: &str, (id, kind): (&str, &str), target: &str) -> Option<()> {
        const NEW: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
        let links = place_of_links(path);
        let text = self.text(&links).unwrap_or_else(|| NEW.to_owned());
        let kind = of_kind(kind);
        let link = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{target}\"/>");
        let text = with_more(&text, "Relationships", &link)?;
        self.changed.insert(links, text);
        Some(())
    }

    /// Adds `entry` to the list of the types of all parts.
    fn declare(&mut self, entry: &str) -> Option<()> {
        const TYPES: &str = "[Content_Types].xml";
        let text = with_more(&self.text(TYPES)?, "Types", entry)?;
        self.changed.insert(TYPES.to_owned(), text);
        Some(())
    }

    /// The whole package.
    fn written(mut self) -> Option<Vec<u8>> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        for index in 0..self.archive.len() {
            let part = self.archive.by_index_raw(index).ok()?;
            let name = part.name().ok()?.into_owned();
            match self.changed.remove(&name) {
                None => package.raw_copy_file(part).ok()?,
                Some(text) => {
                    package.start_file(name, options).ok()?;
                    package.write_all(text.as_bytes()).ok()?;
                }
            }
        }
        for (path, text) in self.changed {
            package.start_file(path, options).ok()?;
            package.write_all(text.as_bytes()).ok()?;
        }
        Some(package.finish().ok()?.into_inner())
    }
}

/// The path of the part with the links of the part at `path`, or of the package.
fn place_of_links(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{path}.rels"),
    }
}

/// `target` below `folder`; absolute ones begin with `/`.
fn joined(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
