//! **Guesses** a form from examples: which of the two kinds it is, its labels or headers, its
//! years, its choices. The result is a draft, which reads nothing until a person has checked it.
//!
//! Not in here: writing the draft into the site's folder (`cli`).

mod draft;
mod list;
mod plan;
mod sheet;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostics, Located};
use crate::document::quoted;
use crate::source::Sources;
use crate::table::{self, Declaration, Hidden, Sheets, Table};

use super::common::CommonTexts;
use super::view::FormView;
use draft::{Draft, pattern};

pub use draft::Drafted;
pub use plan::plan_table;
pub use words::{Personal, is_missing, personal};

/// A worksheet with this many filled cells in one row is a list, if it has as many rows.
const LIST_WIDTH: usize = 6;

/// Guesses a form from the workbooks in `sources`, whose paths are below `content/`. `None` if a
/// form could read nothing in them. Files that cannot be read are reported in `diagnostics`.
pub fn guess(sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Drafted> {
    let mut pages: Vec<FormView> = Vec::new();
    for file in sources.iter() {
        let Some(sheets) = table::open(file, (Some(Hidden::LeaveOut), ""), |_| true, diagnostics)
        else {
            continue;
        };
        pages.extend(
            sheets.read.into_iter().map(FormView::of).filter(|view| !view.cells.is_empty()),
        );
    }
    let mut draft = Draft::default();
    draft.head.push(("files", quoted(&files_of(sources))));
    let widest = pages.iter().max_by_key(|page| widest_row(page).1)?;
    let (row, width) = widest_row(widest);
    let rows: BTreeSet<u32> = widest.cells.iter().map(|cell| cell.row).collect();
    let is_list = width >= LIST_WIDTH && rows.range(row + 1..).count() >= width.min(10);
    if is_list && pages_of_one_layout(&pages).len() < 3 {
        let (header, table) = read_list(sources, widest, &pages, &mut draft)?;
        list::guess(&table, &header, &mut draft);
    } else {
        let members = pages_of_one_layout(&pages);
        let names: Vec<&str> = members.iter().map(|index| pages[*index].name()).collect();
        if let Some(choice) = sheets_of(&names, &pages) {
            draft.head.push(("sheets", choice));
        }
        let wanted: BTreeSet<usize> = members.into_iter().collect();
        let mut index = 0;
        pages.retain(|_| {
            index += 1;
            wanted.contains(&(index - 1))
        });
        sheet::guess(&pages, &mut draft);
    }
    if draft.measure.is_empty() && draft.fields.is_empty() {
        return None;
    }
    let mut drafted = draft.written();
    drafted.plan = plan_of(&drafted.form, sources);
    Some(drafted)
}

/// The key `files` for `sources`: the path of the first file from `content` on, with `{year}` for a
/// folder that is a fiscal year and, if there are several files, `*` for the name.
fn files_of(sources: &Sources) -> String {
    let paths: Vec<&str> = sources
        .iter()
        .map(|file| file.path.strip_prefix("content/").unwrap_or(&file.path))
        .collect();
    let first = paths.first().copied().unwrap_or_default();
    let mut parts: Vec<String> = first.split('/').map(str::to_owned).collect();
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.iter_mut().enumerate() {
        if index < last && crate::calendar::FiscalYear::parse(part).is_ok() {
            *part = "{year}".to_owned();
        } else if index == last && paths.len() > 1 {
            let ending = part.rsplit_once('.').map_or("", |(_, ending)| ending);
            *part = format!("*.{ending}");
        }
    }
    parts.join("/")
}

/// The first row that has nearly as many filled cells as the fullest one (at least four fifths),
/// and its number of filled cells. `(0, 0)` for an empty worksheet.
fn widest_row(page: &FormView) -> (u32, usize) {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for cell in &page.cells {
        *counts.entry(cell.row).or_default() += 1;
    }
    // The header comes before the records, and a record may have as many cells.
    let most = counts.values().copied().max().unwrap_or(0);
    counts.into_iter().find(|(_, count)| *count * 5 >= most * 4).unwrap_or((0, 0))
}

/// Indices of the worksheets that share at least half as many texts with others as the one that
/// shares most. Worksheets whose name says that they hold no measure are left out; a single
/// worksheet is always taken.
fn pages_of_one_layout(pages: &[FormView]) -> Vec<usize> {
    let common = CommonTexts::of(pages);
    let shared = |page: &FormView| page.texts().filter(|text| common.on(text) > 1).count();
    let most = pages.iter().map(shared).max().unwrap_or(0);
    let fits = |index: &usize| {
        let page = &pages[*index];
        let alone = pages.len() == 1;
        alone || (shared(page) * 2 >= most && most >= 5 && !words::is_aside(page.name()))
    };
    (0..pages.len()).filter(fits).collect()
}

/// The key `sheets` for the worksheets `names`; `None` if these are all of `pages`.
fn sheets_of(names: &[&str], pages: &[FormView]) -> Option<String> {
    let all: BTreeSet<&str> = pages.iter().map(FormView::name).collect();
    let wanted: BTreeSet<&str> = names.iter().copied().collect();
    if all == wanted {
        return None;
    }
    if wanted.iter().all(|name| !name.is_empty() && name.chars().all(char::is_numeric)) {
        return Some(pattern(r"^\d+$"));
    }
    let names: Vec<String> = wanted.iter().map(|name| quoted(name)).collect();
    Some(format!("[{}]", names.join(", ")))
}

/// The rows of the header as a form writes them, and the list on `page` as a table. Adds the key
/// `sheets` to the draft if there are several worksheets. `None` if the list cannot be read.
fn read_list(
    sources: &Sources,
    page: &FormView,
    pages: &[FormView],
    draft: &mut Draft,
) -> Option<(String, Table)> {
    let file = sources.get(page.sheet.file())?;
    let mut declaration = Declaration { by_form: true, ..Declaration::default() };
    if let Some(name) = page.sheet.name().filter(|_| pages.len() > 1) {
        let place = crate::diagnostic::Place::file(file.path.clone());
        declaration.sheets = Some(Sheets::Named(vec![Located::new(name.to_string(), place)]));
        draft.head.push(("sheets", format!("[{}]", quoted(name))));
    }
    // Doubts about the layout are left to the person who checks the draft.
    let mut unsaid = Diagnostics::new();
    let read = table::read(file, &declaration, &mut unsaid);
    let lines = |table: &Table| {
        let (first, last) = table.header_lines()?;
        Some(if first == last { first.to_string() } else { quoted(&format!("{first}-{last}")) })
    };
    if let Some(table) = read {
        return Some((lines(&table)?, table));
    }
    let (row, _) = widest_row(page);
    let place = crate::diagnostic::Place::file(file.path.clone());
    declaration.header = Some(Located::new(table::SheetLines { first: row, last: row }, place));
    let table = table::read(file, &declaration, &mut unsaid)?;
    Some((row.to_string(), table))
}

/// The paths in the plan that the drafted `form` finds in `sources`, each once.
fn plan_of(form: &str, sources: &Sources) -> Vec<String> {
    let form: String = form.lines().skip(1).map(|line| format!("{line}\n")).collect();
    let year = "fiscal_year = 2000\n";
    let form = if form.contains("{year}/") { form } else { format!("{year}{form}") };
    let mut files: Vec<(&str, &[u8])> =
        sources.iter().map(|file| (&*file.path, &*file.bytes)).collect();
    files.push(("content/forms/draft.toml", form.as_bytes()));
    let read = super::read(&Sources::from_memory(files), &mut Diagnostics::new());
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for table in &read.measures {
        let column = table.header().iter().position(|header| &*header.text == "plan");
        if let Some(column) = column {
            paths.extend((0..table.len()).map(|row| table.cell(row, column).to_owned()));
        }
    }
    paths.remove("");
    paths.into_iter().collect()
}
