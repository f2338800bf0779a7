//! Guesses a form from **worksheets** of one layout, one a measure: texts on most of them are
//! labels.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use regex::Regex;

use super::draft::{Draft, DraftField, bare, pattern};
use super::words::{self, LabelMeaning, MARKS};
use crate::document::{list, quoted};
use crate::form::common::CommonTexts;
use crate::form::view::{Filled, FormView};

/// A label and what was found beside it.
struct Labelled {
    /// As written on the first worksheet that has it.
    text: String,
    /// The columns of the label and of its value.
    columns: (u32, u32),
    /// The worksheets that have it.
    pages: BTreeSet<usize>,
    /// What is written beside it, each once.
    values: BTreeSet<String>,
    /// Is something written after the value as well?
    has_more: bool,
}

/// Guesses a form from `pages`, which are of one layout.
pub(super) fn guess(pages: &[FormView], draft: &mut Draft) {
    let seen = &CommonTexts::of(pages);
    let mut figures = GuessedFigures::default();
    for (index, page) in pages.iter().enumerate() {
        figures.look(index, page, seen);
    }
    let labels = labels(pages, seen, &figures);
    let mut missing: BTreeSet<String> = BTreeSet::new();
    for view in pages {
        for cell in &view.cells {
            let text = view.text(cell.address());
            if words::is_missing(text) {
                missing.insert(text.to_owned());
            }
        }
    }
    if !missing.is_empty() {
        let missing: Vec<String> = missing.iter().cloned().collect();
        draft.head.push(("missing", list(&missing)));
    }
    draft.private_key = "labels";
    figures.write(pages, draft);
    fill(labels, &missing, draft);
    let titles = titles(pages, seen, draft, &figures);
    draft.private.extend(titles);
}

/// Do so many worksheets have the text of `cell` that it is probably not a value? Two fifths are
/// enough, since two editions of a form may share the worksheets half and half.
fn is_common(common: &CommonTexts, cell: &Filled) -> bool {
    let on = common.on(&cell.form);
    common.is_alone() || (on > 1 && on * 5 >= common.pages() * 2)
}

/// The texts of the first worksheet that are alone in their row and common to the worksheets, and
/// are not known otherwise: titles and headings.
fn titles(
    pages: &[FormView],
    common: &CommonTexts,
    draft: &Draft,
    figures: &GuessedFigures,
) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    let Some(page) = pages.first() else { return titles };
    for cell in &page.cells {
        let alone = page.row(cell.row).len() == 1;
        let text = bare(page.text(cell.address()));
        let known = draft.private.contains(&text) || figures.is_known(cell);
        if alone && is_common(common, cell) && !known && !common.is_alone() {
            titles.push(text);
        }
    }
    titles
}

/// The labels of the worksheets with the values beside them, in reading order. Figures are passed
/// over.
fn labels(pages: &[FormView], seen: &CommonTexts, figures: &GuessedFigures) -> Vec<Labelled> {
    let mut found: Vec<Labelled> = Vec::new();
    let mut index_of: BTreeMap<String, usize> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        let mut row = 0;
        for cell in &page.cells {
            if cell.row == row {
                continue;
            }
            row = cell.row;
            let cells: Vec<&Filled> =
                page.row(row).iter().filter(|cell| !figures.is_figure(index, cell)).collect();
            let mut at = 0;
            while at < cells.len() {
                let label = cells[at];
                at += 1;
                let known = words::meaning(page.text(label.address()));
                if !is_common(seen, label) || figures.is_known(label) {
                    continue;
                }
                let Some(value) = cells.get(at) else { continue };
                // Two labels in a row: the value of the first is blank.
                let next_is_label =
                    is_common(seen, value) && cells.get(at + 1).is_some() && known.is_none()
                        || is_known_label(page, value, seen);
                if next_is_label {
                    continue;
                }
                at += 1;
                let more = cells.get(at).is_some_and(|more| !is_common(seen, more));
                let entry = *index_of.entry(label.form.to_string()).or_insert_with(|| {
                    found.push(Labelled {
                        text: bare(page.text(label.address())),
                        columns: (label.column, value.column),
                        pages: BTreeSet::new(),
                        values: BTreeSet::new(),
                        has_more: false,
                    });
                    found.len() - 1
                });
                let labelled = &mut found[entry];
                labelled.pages.insert(index);
                labelled.values.insert(page.text(value.address()).to_owned());
                labelled.has_more |= more;
                if more {
                    at += 1;
                }
            }
        }
    }
    found
}

/// Is `cell` a label with a known meaning, and on many worksheets?
fn is_known_label(page: &FormView, cell: &Filled, seen: &CommonTexts) -> bool {
    let text = page.text(cell.address());
    is_common(seen, cell) && text.chars().count() <= 12 && words::meaning(text).is_some()
}

/// Adds `labels` to the draft: as columns of the table of measures, levels of the plan, private
/// labels or fields. A label with the same meaning in the same columns of other worksheets is
/// another spelling.
fn fill(labels: Vec<Labelled>, missing: &BTreeSet<String>, draft: &mut Draft) {
    let mut used: BTreeSet<&'static str> = BTreeSet::new();
    let mut levels: BTreeMap<usize, String> = BTreeMap::new();
    let mut at = 0;
    while at < labels.len() {
        let label = &labels[at];
        at += 1;
        if draft.private.contains(&label.text) {
            continue;
        }
        // The same value under another label on the other worksheets: another edition of the form.
        let others: Vec<&Labelled> = labels
            .iter()
            .filter(|other| {
                other.columns == label.columns
                    && other.pages.is_disjoint(&label.pages)
                    && words::meaning(&other.text).is_some()
                    && words::meaning(&other.text) == words::meaning(&label.text)
            })
            .collect();
        let spellings: Vec<String> =
            std::iter::once(label).chain(others.iter().copied()).map(|l| l.text.clone()).collect();
        let mut all_pages = label.values.clone();
        all_pages.extend(others.iter().flat_map(|other| other.values.iter().cloned()));
        let place = match spellings.as_slice() {
            [only] => format!("label = {}", quoted(only)),
            several => format!("label = {}", list(several)),
        };
        let values: Vec<&str> =
            all_pages.iter().map(String::as_str).filter(|text| !missing.contains(*text)).collect();
        let meaning = words::meaning(&label.text);
        match meaning {
            Some(LabelMeaning::Private) => {
                draft.private.push(label.text.clone());
                continue;
            }
            Some(LabelMeaning::Plan(level)) => {
                levels.entry(level).or_insert_with(|| format!("{{ {place} }}"));
                continue;
            }
            _ => {}
        }
        let marks = marks_of(&values);
        if let Some(marks) = marks.filter(|_| meaning == Some(LabelMeaning::Rating))
            && used.insert("rating")
        {
            let options = options_of(&values, marks);
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            draft.add_column("rating", &format!("{place}{}", signs(marks)), &options);
            continue;
        }
        if let Some(column) = meaning.and_then(LabelMeaning::column).filter(|_| marks.is_none()) {
            // Another edition may have it under another label.
            if used.insert(column) {
                draft.add_column(column, &place, &values);
            }
            continue;
        }
        if spellings.len() > 1 && draft.fields.iter().any(|field| spellings.contains(&field.label))
        {
            continue;
        }
        add_field(label, &place, &values, marks, meaning, draft);
    }
    if !levels.is_empty() {
        let path: Vec<String> = levels.into_values().collect();
        draft.measure.push(("plan", format!("{{ path = [{}] }}", path.join(", "))));
    }
}

/// Adds a field for `label`, whose source is `place` (as TOML). If it is a choice, `marks` are its
/// signs, its options are taken from `values`, and a text after the options is its reason.
fn add_field(
    label: &Labelled,
    place: &str,
    values: &[&str],
    marks: Option<(&str, &str)>,
    meaning: Option<LabelMeaning>,
    draft: &mut Draft,
) {
    let wanted = match meaning {
        Some(LabelMeaning::Field(id)) => Some(id),
        _ => None,
    };
    let id = draft.free_id(wanted);
    let reason = marks.is_some() && label.has_more;
    let mut place = format!("{{ {place}");
    let choices = marks.map(|marks| options_of(values, marks)).unwrap_or_default();
    place.extend(marks.map(signs));
    if reason {
        place.push_str(", reason = { beside = 1 }");
    }
    place.push_str(" }");
    draft.fields.push(DraftField {
        id,
        label: label.text.clone(),
        place,
        choices,
        reason,
        list: false,
    });
}

/// The signs of choices as a form names them.
fn signs((marked, unmarked): (&str, &str)) -> String {
    format!(", marked = {}, unmarked = {}", quoted(marked), quoted(unmarked))
}

/// The options in `values`, separated by the signs, each once.
fn options_of(values: &[&str], (marked, unmarked): (&str, &str)) -> Vec<String> {
    let mut options: Vec<String> = Vec::new();
    for value in values {
        for option in value.split([marked, unmarked].map(|m| m.chars().next().unwrap_or(' '))) {
            let option = option.trim().to_owned();
            if !option.is_empty() && !options.contains(&option) {
                options.push(option);
            }
        }
    }
    options
}

/// The first pair of `MARKS` of which both signs are in at least four fifths of `values`.
fn marks_of<'m>(values: &[&str]) -> Option<(&'m str, &'m str)> {
    let fits = |(marked, unmarked): &&(&str, &str)| {
        let with = values.iter().filter(|v| v.contains(*marked) && v.contains(*unmarked)).count();
        with > 0 && with * 5 >= values.len() * 4
    };
    MARKS.iter().find(fits).copied()
}

/// What was found of figures: the row of years and the rows below it.
#[derive(Default)]
struct GuessedFigures {
    years: Option<&'static str>,
    /// By page: the row of years, and the columns of figures.
    rows: BTreeMap<usize, (u32, BTreeSet<u32>)>,
    /// The texts below the years, and what each says of the amounts.
    kinds: BTreeMap<String, &'static str>,
    sources: Vec<String>,
    total: Option<String>,
    /// The label of the row of targets, and how many rows below the beginning of the indicator it
    /// is.
    target: Option<(String, u32)>,
    /// The same for the row of actual values.
    actual: Option<(String, u32)>,
    /// The texts of the cells at which indicators begin.
    starts: BTreeSet<String>,
    indicators: usize,
    /// Number of rows from the years to the last row of figures.
    depth: u32,
    /// Labels of rows and headings.
    known: BTreeSet<String>,
}

impl GuessedFigures {
    fn is_known(&self, cell: &Filled) -> bool {
        self.known.contains(&*cell.form)
    }

    /// Is the cell in the row of years or below a year?
    fn is_figure(&self, page: usize, cell: &Filled) -> bool {
        let Some((row, columns)) = self.rows.get(&page) else { return false };
        cell.row == *row
            || (cell.row > *row
                && columns.contains(&cell.column)
                && self.is_in_rows(page, cell.row))
    }

    fn is_in_rows(&self, page: usize, row: u32) -> bool {
        self.rows.get(&page).is_some_and(|(years, _)| row > *years && row <= *years + self.depth)
    }

    /// Collects what the worksheet `page` shows of figures. The row of years is the first with at
    /// least three years of one notation; without one, nothing is collected.
    fn look(&mut self, index: usize, page: &FormView, seen: &CommonTexts) {
        // Find the row of years.
        let mut found: Option<(&'static str, u32, Vec<&Filled>)> = None;
        for pattern in words::YEARS {
            let Ok(regex) = Regex::new(&format!("^(?:{pattern})$")) else { continue };
            let mut row = 0;
            for cell in &page.cells {
                if cell.row == row {
                    continue;
                }
                row = cell.row;
                let years: Vec<&Filled> = page
                    .row(row)
                    .iter()
                    .filter(|cell| regex.is_match(page.text(cell.address())))
                    .collect();
                if years.len() >= 3 {
                    found = Some((pattern, row, years));
                    break;
                }
            }
            if found.is_some() {
                break;
            }
        }
        let Some((pattern, row, years)) = found else { return };
        self.years.get_or_insert(pattern);
        // Note the columns of the years, and whether the amounts below are budgets or settled.
        let columns: BTreeSet<u32> = years.iter().map(|year| year.column).collect();
        let first = columns.first().copied().unwrap_or(0);
        for year in &years {
            self.known.insert(year.form.to_string());
            let below = page.row(year.bottom + 1).iter().find(|cell| cell.column == year.column);
            if let Some(kind) = below
                && let Some(amount) = words::amount(page.text(kind.address()))
            {
                self.kinds.insert(bare(page.text(kind.address())), amount);
                self.known.insert(kind.form.to_string());
            }
        }
        for cell in page.row(row).iter().filter(|cell| cell.column < first) {
            self.known.insert(cell.form.to_string());
        }
        // Note the rows below by the labels left of the years: indicators, totals and sources of
        // money.
        let mut starts = 0;
        let last = page.cells.last().map_or(row, |cell| cell.row);
        for number in row + 1..=last {
            let cells = page.row(number);
            let Some(label) = cells.iter().rev().find(|cell| cell.column < first) else { continue };
            let text = page.text(label.address());
            if let Some(kind) = words::figure_row(text) {
                let start = cells.iter().find(|cell| cell.column < label.column);
                let begins = match start {
                    Some(start) => {
                        self.starts.insert(page.text(start.address()).to_owned());
                        self.known.insert(start.form.to_string());
                        starts += 1;
                        number
                    }
                    None => number - 1,
                };
                let slot = if kind == "target" { &mut self.target } else { &mut self.actual };
                slot.get_or_insert((bare(text), number - begins));
            } else if !is_common(seen, label) {
                continue;
            } else if words::is_total(text) {
                self.total.get_or_insert(bare(text));
            } else if words::is_source(text)
                && cells.iter().any(|cell| columns.contains(&cell.column))
            {
                if !self.sources.contains(&bare(text)) {
                    self.sources.push(bare(text));
                }
            } else {
                continue;
            }
            self.known.insert(label.form.to_string());
            self.depth = self.depth.max(number - row);
        }
        self.indicators = self.indicators.max(starts);
        self.rows.insert(index, (row, columns));
    }

    /// Writes the sections `[years]`, `[[budgets]]` and `[[indicators]]`, as far as they were
    /// found. Indicators are left out if no pattern of `words::INDICATORS` fits the beginnings of
    /// all.
    fn write(&self, pages: &[FormView], draft: &mut Draft) {
        let Some(years) = self.years else { return };
        let text = &mut draft.figures;
        let least = pages.len().min(1) * 3;
        let _ = write!(text, "[years]\nrow = {{ match = {}, least = {least} }}\n", pattern(years));
        if !self.kinds.is_empty() {
            let map: Vec<String> = self
                .kinds
                .iter()
                .map(|(written, meant)| format!("{} = {}", quoted(written), quoted(meant)))
                .collect();
            let _ = writeln!(text, "kind = {{ below = 1, map = {{ {} }} }}", map.join(", "));
        }
        if !self.sources.is_empty() {
            let _ = write!(text, "[[budgets]]\nsource = {}\n", list(&self.sources));
            if let Some(total) = &self.total {
                let _ = writeln!(text, "total = {}", quoted(total));
            }
        }
        if self.starts.is_empty() {
            return;
        }
        let fits = |start: &&str| {
            Regex::new(start).is_ok_and(|regex| self.starts.iter().all(|text| regex.is_match(text)))
        };
        let Some(start) = words::INDICATORS.iter().copied().find(|start| fits(start)) else {
            return;
        };
        let _ = write!(text, "[[indicators]]\nstart = {{ match = {} }}\n", pattern(start));
        for (name, row) in [("target", &self.target), ("actual", &self.actual)] {
            let Some((label, below)) = row else { continue };
            let below = if *below > 0 { format!(", below = {below}") } else { String::new() };
            let _ = writeln!(text, "{name} = {{ row = {}{below} }}", quoted(label));
        }
        let each: Vec<String> = ('a'..='z')
            .take(self.indicators)
            .map(|letter| format!("{{ id = \"{letter}\" }}"))
            .collect();
        let _ = writeln!(text, "each = [{}]", each.join(", "));
    }
}
