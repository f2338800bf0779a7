//! To **guess** the declaration of a table: its title, its layout, its columns with their types,
//! units and codes, and which of them look personal. The result is a draft of `dataset.toml`, which
//! has no effect until a person has read it.
//!
//! Not in here: the types of columns that are published without a declaration (`taken`), and
//! writing the draft into the site's folder (`cli`).

mod columns;
mod names;
mod personal;

pub use personal::names_a_person;

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostics, Located, Place};
use crate::document::{DRAFT, list, quoted};
use crate::source::{SourceFile, Sources};
use crate::table::{self, Declaration, Hidden, Sheets, Skip, Status, Table, Understood};

use super::{ColumnType, StandardSet};
use columns::{Guessed, guessed};

/// A draft of `dataset.toml`.
#[derive(Debug)]
pub struct DraftedDataset {
    /// The text of the draft.
    pub toml: String,
    /// The headers of the columns that are not published because they look personal.
    pub personal: Vec<String>,
}

/// Drafts `dataset.toml` for the table in `file`, which is read with the declaration beside it in
/// `sources`, if there is one. The title is the one above the table's header, or else `named`; the
/// dataset names the `standard` set, if one is given.
/// `None` if the table cannot be read; the reasons are added to `diagnostics`.
pub fn guess(
    sources: &Sources,
    file: &SourceFile,
    (named, standard): (&str, Option<&StandardSet>),
    diagnostics: &mut Diagnostics,
) -> Option<DraftedDataset> {
    let declaration = table::beside(sources, file, diagnostics);
    let (declaration, table) = read(file, declaration, diagnostics)?;
    let understood = table.understood();
    let declared: Vec<String> = declaration.missing.texts().map(str::to_owned).collect();
    let columns = guessed(&table, &declared);
    let personal = personal::of(&table, &columns);
    let mut toml = String::from(DRAFT);
    let published: Vec<&Guessed> =
        columns.iter().filter(|column| !personal.contains(&column.header)).collect();
    match understood.titles.first() {
        Some(title) => line(&mut toml, "title", &quoted(title), ""),
        None => line(&mut toml, "title", &quoted(named), "データの名称にしてください"),
    }
    line(
        &mut toml,
        "description",
        &quoted(&described(&published)),
        "どのようなデータかを書き足してください",
    );
    if let Some(standard) = standard {
        line(&mut toml, "conforms_to", &quoted(standard.id), "");
    }
    layout(&mut toml, file, &declaration, &understood);
    let unpublished: Vec<String> = declaration
        .unpublished
        .iter()
        .map(|header| header.value.clone())
        .chain(personal.clone())
        .collect();
    if !unpublished.is_empty() {
        let why = match personal.is_empty() {
            true => "",
            false => {
                "個人に関わると思われる列です。公開する列はここから外し、[[columns]]に書き足してください"
            }
        };
        line(&mut toml, "unpublished", &list(&unpublished), why);
    }
    let missing = columns::shared_missing(&published, &declared);
    if !missing.is_empty() {
        let written = missing_as_written(&missing, &declaration);
        line(&mut toml, "missing", &written, "値がないことを表す文字です");
    }
    if let Some(key) = published.iter().find(|column| column.is_key) {
        line(&mut toml, "primary_key", &list(&[&key.name]), "");
    }
    for column in published {
        toml.push('\n');
        toml.push_str(&column.written(&missing));
    }
    Some(DraftedDataset { toml, personal })
}

/// Reads the table, and returns it with the declaration that it was read with. `None` if it cannot
/// be read, for the reasons that are added to `diagnostics`.
///
/// If `declaration` gives errors, it is varied: hidden rows and columns are left out and, if it
/// names no worksheets, all worksheets are read as one table or, if that fails, each alone. The
/// longest table is taken.
fn read(
    file: &SourceFile,
    declaration: Declaration,
    diagnostics: &mut Diagnostics,
) -> Option<(Declaration, Table)> {
    let mut told = Diagnostics::new();
    if let Some(table) = table::read(file, &declaration, &mut told).filter(|_| !told.has_errors()) {
        return Some((declaration, table));
    }
    let hidden = [declaration.hidden, Some(Hidden::LeaveOut)];
    let mut sheets = vec![declaration.sheets.clone()];
    if declaration.sheets.is_none() {
        let names = table::sheet_names(file, &mut Diagnostics::new()).unwrap_or_default();
        let named =
            |name: String| Sheets::Named(vec![Located::new(name, Place::file(file.path.clone()))]);
        sheets.push(Some(Sheets::All));
        sheets.extend(names.into_iter().map(|name| Some(named(name))));
    }
    let mut longest: Option<(Declaration, Table)> = None;
    for sheets in sheets {
        let all = sheets == Some(Sheets::All);
        for hidden in hidden {
            let tried = Declaration { hidden, sheets: sheets.clone(), ..declaration.clone() };
            let mut unsaid = Diagnostics::new();
            let Some(table) = table::read(file, &tried, &mut unsaid) else { continue };
            if unsaid.has_errors() {
                continue;
            }
            let longer = longest.as_ref().is_none_or(|(_, other)| other.len() < table.len());
            if longer {
                longest = Some((tried, table));
            }
            if all {
                return longest;
            }
            break;
        }
    }
    if longest.is_none() {
        diagnostics.append(told);
    }
    longest
}

/// Writes the keys of the layout into `toml`: those that `declaration` gives, and otherwise those
/// that were recognised (`understood`).
fn layout(
    toml: &mut String,
    file: &SourceFile,
    declaration: &Declaration,
    understood: &Understood,
) {
    match (&declaration.sheets, &*understood.sheets) {
        (Some(Sheets::All), _) => line(toml, "sheets", "\"all\"", ""),
        (Some(Sheets::Named(_)), names) => {
            let all = table::sheet_names(file, &mut Diagnostics::new()).unwrap_or_default();
            let others: Vec<String> =
                all.into_iter().filter(|name| !names.contains(name)).collect();
            let others = match others.is_empty() {
                true => String::new(),
                false => format!("読まないシート：{}", others.join("、")),
            };
            line(toml, "sheets", &list(names), &others);
        }
        (None, _) => {}
    }
    if let Some(lines) =
        declaration.header.as_ref().map(|header| header.value).or(understood.header)
    {
        let (first, last) = (lines.first, lines.last);
        let rows =
            if first == last { first.to_string() } else { quoted(&format!("{first}-{last}")) };
        line(toml, "header", &rows, "");
    }
    match &declaration.skip {
        Some(skip) => line(toml, "skip", &rows(skip.iter().map(skip_as_written)), ""),
        None if understood.skip.is_empty() => {}
        None => {
            let kinds: Vec<&str> = understood.skip.iter().map(|(_, kind)| &*kind.ja).collect();
            let mut named: Vec<&str> = Vec::new();
            for kind in kinds {
                if !named.contains(&kind) {
                    named.push(kind);
                }
            }
            let why = format!("{}の行です。行を足したときは直してください", named.join("と"));
            line(toml, "skip", &rows(understood.skip.iter().map(|(row, _)| row.clone())), &why);
        }
    }
    if declaration.notes_below || understood.notes {
        line(toml, "notes", "\"below\"", "");
    }
    if let Some(unit) = &declaration.unit {
        line(toml, "unit", &quoted(&unit.value), "");
    }
    if let Some(hidden) = declaration.hidden {
        let spelt = Hidden::CHOICES.iter().find(|(_, choice)| *choice == hidden);
        line(
            toml,
            "hidden",
            &quoted(spelt.map_or("", |(spelt, _)| spelt)),
            "表示されていない行と列です",
        );
    }
    if declaration.markdown {
        line(toml, "text", "\"markdown\"", "");
    }
}

/// The value of `missing`: the texts that stand for a missing value, each with its reason if the
/// declaration gives reasons.
fn missing_as_written(missing: &[String], declaration: &Declaration) -> String {
    if !declaration.missing.gives_reasons() {
        return list(missing);
    }
    let reason = |text: &str| declaration.missing.status(text).map_or("unknown", Status::as_str);
    let texts = missing.iter().map(|text| format!("{} = {}", quoted(text), quoted(reason(text))));
    format!("{{ {} }}", texts.collect::<Vec<_>>().join(", "))
}

fn skip_as_written(skip: &Skip) -> String {
    let (first, last) = (skip.lines.first, skip.lines.last);
    let rows = if first == last { first.to_string() } else { format!("{first}-{last}") };
    skip.sheet.as_ref().map_or(rows.clone(), |sheet| format!("{sheet}!{rows}"))
}

/// The value of `skip`: a list of rows, with plain numbers and everything else in quotation marks.
fn rows(rows: impl Iterator<Item = String>) -> String {
    let plain = |row: &str| row.bytes().all(|byte| byte.is_ascii_digit());
    let rows: Vec<String> = rows.map(|row| if plain(&row) { row } else { quoted(&row) }).collect();
    format!("[{}]", rows.join(", "))
}

/// A Japanese sentence with which the description begins: it names the first three columns, without
/// the primary key and with coordinates last, and the number of columns if there are more than
/// three.
fn described(columns: &[&Guessed]) -> String {
    const NAMED: usize = 3;
    let mut named: Vec<&Guessed> =
        columns.iter().copied().filter(|column| !column.is_key).collect();
    if named.is_empty() {
        named = columns.to_vec();
    }
    // Coordinates say the least about the table, so they come last.
    named.sort_by_key(|column| matches!(column.kind, ColumnType::Latitude | ColumnType::Longitude));
    let first: Vec<&str> = named.iter().take(NAMED).map(|column| &*column.title).collect();
    let rest = if columns.len() > NAMED {
        format!("など{}項目", columns.len())
    } else {
        String::new()
    };
    format!("{}{rest}の表です。", first.join("、"))
}

/// Writes the line `key = value # comment`; without `#` if the comment is empty.
fn line(toml: &mut String, key: &str, value: &str, comment: &str) {
    let _ = write!(toml, "{key} = {value}");
    if !comment.is_empty() {
        let _ = write!(toml, " # {comment}");
    }
    toml.push('\n');
}
