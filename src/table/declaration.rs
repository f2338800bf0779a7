//! The **declaration** of a table is what its clerk has specified about reading it: which lines are
//! the header, which rows are no records, which columns are not published. It is in a file beside
//! the table, `R6.xlsx.toml` beside `R6.xlsx`, or among the keys of `dataset.toml`.
//!
//! Not in here: what is assumed without a declaration (`layout`), and the meaning of the columns.

use crate::diagnostic::{self, Diagnostics, Located};
use crate::document::{self, Keys, Shape};
use crate::message;
use crate::source::{SourceFile, Sources};

use super::hidden::Hidden;
use super::missing::Missing;

/// A range of rows, numbered as in a spreadsheet, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetLines {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

/// Rows that are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// The worksheet; `None` for every worksheet.
    pub sheet: Option<String>,
    /// The rows that are left out.
    pub lines: SheetLines,
}

/// The worksheets that make up the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheets {
    /// Every worksheet that is not empty.
    All,
    /// The worksheets with these names.
    Named(Vec<Located<String>>),
}

/// How a table is to be read. Whatever is not declared is inferred from the table itself.
#[derive(Clone, Debug, Default)]
pub struct Declaration {
    /// Name of the file for declarations, beside the table: `R6.xlsx.toml` or `dataset.toml`.
    pub home: String,
    /// The lines of the header.
    pub header: Option<Located<SheetLines>>,
    /// The rows that are no records. If declared, only these and notes are left out.
    pub skip: Option<Vec<Skip>>,
    /// Are rows with a single text at the end of the table notes?
    pub notes_below: bool,
    /// The unit of the numbers.
    pub unit: Option<Located<String>>,
    /// Hidden rows and columns.
    pub hidden: Option<Hidden>,
    /// Texts that mean that there is no value.
    pub missing: Missing,
    /// Headers of columns that are not published.
    pub unpublished: Vec<Located<String>>,
    /// The worksheets.
    pub sheets: Option<Sheets>,
    /// Are the texts written in Markdown?
    pub markdown: bool,
    /// Does a form choose the columns? Then several columns may have the same header, and columns
    /// without header are not read.
    pub by_form: bool,
}

impl Declaration {
    /// Reads a declaration from the keys of the file `home`.
    pub fn read_keys(keys: &mut Keys<'_>, home: &str) -> Self {
        Self {
            unit: keys.located_text("unit"),
            unpublished: keys.texts("unpublished"),
            sheets: read_sheets(keys),
            by_form: false,
            ..Self::read_form_keys(keys, home)
        }
    }

    /// Reads those keys of a declaration that a form has too. A form names its worksheets and the
    /// columns that it does not read in its own way.
    pub fn read_form_keys(keys: &mut Keys<'_>, home: &str) -> Self {
        let notes_below = keys.choice("notes", &[("below", ())]).is_some();
        Self {
            home: home.to_owned(),
            header: read_header(keys),
            skip: read_skip(keys),
            notes_below,
            hidden: keys.choice("hidden", &Hidden::CHOICES),
            missing: Missing::read(keys),
            markdown: keys.choice("text", &[("plain", false), ("markdown", true)]).unwrap_or(false),
            by_form: true,
            ..Self::default()
        }
    }

    /// Does it declare anything at all?
    pub fn says_something(&self) -> bool {
        self.header.is_some()
            || self.skip.is_some()
            || self.notes_below
            || self.unit.is_some()
            || self.hidden.is_some()
            || !self.missing.is_empty()
            || !self.unpublished.is_empty()
            || self.sheets.is_some()
            || self.markdown
    }

    /// Does it leave out the row `number` of `sheet`? `None` where it does not declare which rows
    /// are left out.
    pub(super) fn skips(&self, sheet: Option<&str>, number: u32) -> Option<bool> {
        let is_it = |skip: &Skip| {
            let here = skip.sheet.is_none() || skip.sheet.as_deref() == sheet;
            here && (skip.lines.first..=skip.lines.last).contains(&number)
        };
        self.skip.as_ref().map(|skips| skips.iter().any(is_it))
    }
}

/// Reads the declaration beside `file`; an empty one where there is none, or where it cannot be
/// read, which is reported.
pub fn beside(sources: &Sources, file: &SourceFile, diagnostics: &mut Diagnostics) -> Declaration {
    let path = format!("{}.toml", file.path);
    let home = path.rsplit('/').next().unwrap_or_default().to_owned();
    let nothing = Declaration { home: home.clone(), ..Declaration::default() };
    let Some(toml) = sources.get(&path) else { return nothing };
    let Some(text) = toml.text(diagnostics) else { return nothing };
    let read = |keys: &mut Keys<'_>| Declaration::read_keys(keys, &home);
    document::read(&toml.path, &text, diagnostics, read).unwrap_or(nothing)
}

/// The shape of a declaration beside a table.
pub fn declaration_shape() -> Shape {
    document::shape(|keys| Declaration::read_keys(keys, ""))
}

/// Is `path` the declaration of a table beside it?
pub fn is_declaration(sources: &Sources, path: &str) -> bool {
    let Some(table) = path.strip_suffix(".toml") else { return false };
    super::is_table(table) && sources.get(table).is_some()
}

/// The lines of the header (`header`), at most [`MOST_LINES`]; `None` where the key is absent, or
/// is invalid, which is reported.
fn read_header(keys: &mut Keys<'_>) -> Option<Located<SheetLines>> {
    let written = keys.bound("header")?;
    match lines(&written.value).filter(|lines| lines.last - lines.first < MOST_LINES) {
        Some(lines) => Some(Located { value: lines, place: written.place }),
        None => {
            let text = &written.value;
            keys.problem(
                &diagnostic::DOCUMENT_VALUE,
                "header",
                message!(
                    ja: "「header」の「{text}」は行の番号ではありません",
                    en: "`header` is `{text}`, which names no rows",
                ),
                message!(
                    ja: "見出しの行の番号を「header = \"3\"」、2行なら「header = \"3-4\"」のように書いてください",
                    en: "write the row of the header as `header = \"3\"`, or two rows as `header = \"3-4\"`",
                ),
            );
            None
        }
    }
}

/// Largest number of lines that a header can have.
const MOST_LINES: u32 = 9;

/// The rows to leave out (`skip`); `None` where the key is absent. Items that name no rows are
/// reported and ignored.
fn read_skip(keys: &mut Keys<'_>) -> Option<Vec<Skip>> {
    if !keys.has("skip") {
        return None;
    }
    let mut skips = Vec::new();
    for item in keys.bounds("skip") {
        match skip(&item.value) {
            Some(skip) => skips.push(skip),
            None => {
                let text = &item.value;
                keys.problem(
                    &diagnostic::DOCUMENT_VALUE,
                    "skip",
                    message!(
                        ja: "「skip」の「{text}」は行の番号ではありません",
                        en: "`skip` has `{text}`, which names no row",
                    ),
                    message!(
                        ja: "公開しない行の番号を「skip = [9, \"14-16\"]」、シートごとには「skip = [\"福祉部!9\"]」のように書いてください",
                        en: "write the rows to leave out as `skip = [9, \"14-16\"]`, or of one sheet as `skip = [\"福祉部!9\"]`",
                    ),
                );
            }
        }
    }
    Some(skips)
}

fn read_sheets(keys: &mut Keys<'_>) -> Option<Sheets> {
    let named = keys.text_or_texts("sheets")?;
    match named.as_slice() {
        [] => None,
        [only] if only.value == "all" => Some(Sheets::All),
        _ => Some(Sheets::Named(named)),
    }
}

/// Parses an item of `skip`, such as `9`, `14-16` or `福祉部!9`.
fn skip(text: &str) -> Option<Skip> {
    match text.rsplit_once('!') {
        Some((sheet, rows)) => Some(Skip { sheet: Some(sheet.to_owned()), lines: lines(rows)? }),
        None => Some(Skip { sheet: None, lines: lines(text)? }),
    }
}

/// Parses a range of rows, `3` or `3-4`, counted from 1.
fn lines(text: &str) -> Option<SheetLines> {
    let (first, last) = text.split_once(['-', '–', '〜', '～']).unwrap_or((text, text));
    let number = |text: &str| text.trim().parse().ok().filter(|number: &u32| *number > 0);
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some(SheetLines { first, last })
}

#[cfg(test)]
mod tests {
    use super::{Declaration, SheetLines, Sheets, is_declaration, lines, skip};
    use crate::diagnostic::Diagnostics;
    use crate::document;
    use crate::source::Sources;

    fn declared(text: &str) -> Declaration {
        let mut diagnostics = Diagnostics::new();
        let file = "content/R6.xlsx.toml".into();
        let read = document::read(&file, text, &mut diagnostics, |keys| {
            Declaration::read_keys(keys, "R6.xlsx.toml")
        });
        assert!(diagnostics.is_empty(), "{text}");
        read.expect("a document")
    }

    #[test]
    fn every_key_of_a_declaration_says_something() {
        assert!(!declared("").says_something());
        for text in [
            "header = 3",
            "skip = [9]",
            "notes = \"below\"",
            "unit = \"千円\"",
            "hidden = \"publish\"",
            "missing = [\"－\"]",
            "unpublished = [\"備考\"]",
            "sheets = \"all\"",
            "text = \"markdown\"",
        ] {
            assert!(declared(text).says_something(), "{text}");
        }
    }

    #[test]
    fn worksheets_are_all_or_those_that_are_named() {
        let named = |text: &str| match declared(text).sheets {
            None => vec!["none"],
            Some(Sheets::All) => vec!["all of them"],
            Some(Sheets::Named(names)) => {
                names.iter().map(|name| &*String::leak(name.value.clone())).collect()
            }
        };
        assert_eq!(named(""), ["none"]);
        assert_eq!(named("sheets = \"all\""), ["all of them"]);
        assert_eq!(named("sheets = \"福祉部\""), ["福祉部"]);
        assert_eq!(named("sheets = [\"福祉部\", \"土木部\"]"), ["福祉部", "土木部"]);
    }

    #[test]
    fn a_declaration_lies_beside_its_table() {
        let sources = Sources::from_memory([
            ("content/a.csv", &b"id"[..]),
            ("content/a.csv.toml", b""),
            ("content/gone.csv.toml", b""),
            ("content/page.md", b""),
            ("content/page.md.toml", b""),
        ]);
        assert!(is_declaration(&sources, "content/a.csv.toml"));
        for path in ["content/a.csv", "content/gone.csv.toml", "content/page.md.toml"] {
            assert!(!is_declaration(&sources, path), "{path}");
        }
    }

    #[test]
    fn rows_are_named_as_a_spreadsheet_numbers_them() {
        assert_eq!(lines("3"), Some(SheetLines { first: 3, last: 3 }));
        assert_eq!(lines("3 - 4"), Some(SheetLines { first: 3, last: 4 }));
        assert_eq!(lines("4-3"), None);
        assert_eq!(lines("0"), None);
        assert_eq!(lines("C3"), None);
        let skipped = skip("福祉部!9-10").expect("rows of a sheet");
        assert_eq!(skipped.sheet.as_deref(), Some("福祉部"));
        assert_eq!(skipped.lines, SheetLines { first: 9, last: 10 });
    }
}
