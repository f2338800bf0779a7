//! Several **sheets** with the same header are one table, such as a sheet for each department or
//! quarter. The order of their columns may differ.
//!
//! Not in here: the choice of sheets (`workbook`), and the kinds of the rows of a sheet (`layout`).

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::text::nearest;

use super::declaration::Declaration;
use super::header::matching_form;
use super::layout::{self, SheetOutline};
use super::{HeaderCell, Sheet, Table, TableBody, TablePart};

/// Makes one table of `sheets`, at least one. Returns `None` and reports an error where the layout
/// of one of them cannot be determined, or their headers or units differ.
pub(super) fn table(
    sheets: Vec<Sheet>,
    declaration: &Declaration,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let mut read: Vec<(Sheet, SheetOutline)> = Vec::with_capacity(sheets.len());
    let mut sound = true;
    for sheet in sheets {
        match layout::outline(&sheet, declaration, diagnostics) {
            Some(outline) => {
                // Otherwise, blank merged cells would be reported again as missing.
                sound &= !outline.merged.unclear;
                read.push((sheet, outline));
            }
            None => sound = false,
        }
    }
    let header = read.first()?.1.columns.clone();
    let mut parts: Vec<TablePart> = Vec::with_capacity(read.len());
    let mut first = 0;
    for (sheet, outline) in read {
        diagnostics.extend(layout::gaps(&sheet, &outline));
        if let Some(before) = parts.first() {
            sound &= is_of_one_kind(before, &header, &sheet, &outline, diagnostics);
        }
        // A header may occur several times on a form; each time it is the next column of that name.
        let mut named: BTreeMap<String, VecDeque<u32>> = BTreeMap::new();
        for column in &outline.columns {
            named.entry(matching_form(&column.text)).or_default().push_back(column.column - 1);
        }
        let mut column_of = |name: &HeaderCell| {
            let columns = named.get_mut(&matching_form(&name.text));
            columns.and_then(VecDeque::pop_front).unwrap_or_default()
        };
        let columns = header.iter().map(&mut column_of).collect();
        let rows = outline.rows.len();
        parts.push(TablePart { sheet: Arc::new(sheet), outline, columns, first });
        first += rows;
    }
    let mut table = Table {
        body: TableBody::Sheets(parts),
        header,
        len: first,
        missing: declaration.missing.clone(),
        unit: declaration.unit.clone(),
        home: declaration.home.as_str().into(),
        markdown: declaration.markdown,
    };
    keep_private(&mut table, declaration, diagnostics);
    sound.then_some(table)
}

/// Lists names of worksheets, at most the first fifty: `「東」「西」`.
pub(super) fn listed(names: &[&str]) -> Message {
    const LISTED: usize = 50;
    let shown = &names[..names.len().min(LISTED)];
    let (ja, en) = (shown.join("」「"), shown.join("`, `"));
    match names.len() - shown.len() {
        0 => message!(ja: "「{ja}」", en: "`{en}`"),
        more => message!(ja: "「{ja}」ほか{more}シート", en: "`{en}` and {more} more"),
    }
}

/// Do all of the sheets have the same columns, in any order? True for a single sheet.
pub(super) fn have_one_header(sheets: &[Sheet], declaration: &Declaration) -> bool {
    let mut nothing = Diagnostics::new();
    let mut header = |sheet: &Sheet| {
        let outline = layout::outline(sheet, declaration, &mut nothing)?;
        let names = outline.columns.iter().map(|column| matching_form(&column.text));
        Some(names.collect::<BTreeSet<String>>())
    };
    let [first, others @ ..] = sheets else { return true };
    if others.is_empty() {
        return true;
    }
    let wanted = header(first);
    wanted.is_some() && others.iter().all(|sheet| header(sheet) == wanted)
}

/// Does the sheet have the columns and the unit of the first one? Reports any difference.
fn is_of_one_kind(
    first: &TablePart,
    header: &[HeaderCell],
    sheet: &Sheet,
    outline: &SheetOutline,
    diagnostics: &mut Diagnostics,
) -> bool {
    let names = |columns: &[HeaderCell]| -> Vec<(String, Arc<str>)> {
        columns.iter().map(|c| (matching_form(&c.text), c.text.clone())).collect()
    };
    let (wanted, found) = (names(header), names(&outline.columns));
    let lacking = |of: &[(String, Arc<str>)], in_: &[(String, Arc<str>)]| -> Vec<String> {
        let missing = of.iter().filter(|(form, _)| in_.iter().all(|(other, _)| other != form));
        missing.map(|(_, text)| text.to_string()).collect()
    };
    let (absent, added) = (lacking(&wanted, &found), lacking(&found, &wanted));
    let of = |sheet: &Sheet| sheet.name().map(ToString::to_string).unwrap_or_default();
    let (one, other) = (of(&first.sheet), of(sheet));
    let place = Place::Cell(sheet.row_place(outline.header.start));
    let mut problem = |message, help| {
        let problem = Diagnostic::new(&diagnostic::TABLE_SHEET, place.clone(), message);
        diagnostics.push(problem.with_help(help));
    };
    let mut same = true;
    if !absent.is_empty() || !added.is_empty() {
        same = false;
        let list = |names: &[String], open: &str, close: &str| match names {
            [] => "–".to_owned(),
            _ => names
                .iter()
                .map(|name| format!("{open}{name}{close}"))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let (ja_absent, ja_added) = (list(&absent, "「", "」"), list(&added, "「", "」"));
        let (en_absent, en_added) = (list(&absent, "`", "`"), list(&added, "`", "`"));
        problem(
            message!(
                ja: "シート「{other}」の見出しがシート「{one}」と違います（ない列: {ja_absent}、余分な列: {ja_added}）",
                en: "the header of worksheet `{other}` differs from that of `{one}` (missing: {en_absent}; added: {en_added})",
            ),
            message!(
                ja: "見出しをそろえるか、同じ表のシートだけを「sheets = [\"…\"]」に書いてください",
                en: "give both the same headers, or name only the sheets of one table in `sheets = [\"…\"]`",
            ),
        );
    }
    let unit = |outline: &SheetOutline| outline.unit.as_ref().map(|unit| unit.value.clone());
    if unit(&first.outline) != unit(outline) {
        same = false;
        let shown = |outline: &SheetOutline| unit(outline).unwrap_or_else(|| "–".to_owned());
        let (wanted, found) = (shown(&first.outline), shown(outline));
        problem(
            message!(
                ja: "シート「{other}」の単位は「{found}」、シート「{one}」の単位は「{wanted}」です",
                en: "the unit of worksheet `{other}` is {found}, that of `{one}` is {wanted}",
            ),
            message!(
                ja: "単位をそろえてください",
                en: "give the figures of both in one unit",
            ),
        );
    }
    same
}

/// Removes the unpublished columns from the table. Reports declared names that are no columns.
fn keep_private(table: &mut Table, declaration: &Declaration, diagnostics: &mut Diagnostics) {
    for named in &declaration.unpublished {
        let wanted = matching_form(&named.value);
        let found = table.header.iter().position(|header| matching_form(&header.text) == wanted);
        if let Some(column) = found {
            table.header.remove(column);
            if let TableBody::Sheets(parts) = &mut table.body {
                parts.iter_mut().for_each(|part| {
                    part.columns.remove(column);
                });
            }
            continue;
        }
        let text = &named.value;
        let headers: Vec<&str> = table.header.iter().map(|header| &*header.text).collect();
        let help = match nearest(text, headers.iter().copied()) {
            Some(near) => message!(
                ja: "「{near}」の誤りではありませんか",
                en: "did you mean `{near}`?",
            ),
            None => {
                let (ja, en) = (headers.join("」「"), headers.join("`, `"));
                message!(ja: "この表の列：「{ja}」", en: "the columns of this table: `{en}`")
            }
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::DOCUMENT_VALUE,
                named.place.clone(),
                message!(
                    ja: "「unpublished」の「{text}」という列は表にありません",
                    en: "`unpublished` names `{text}`, which is not a column of the table",
                ),
            )
            .with_help(help),
        );
    }
}
