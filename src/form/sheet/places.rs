//! The **places** of facts on a worksheet: beside or below a label, in a cell, after the value that
//! they explain.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{self, Diagnostic, Message, Place, column_letters};
use crate::form::common::CommonTexts;
use crate::form::source::{At, FactSpot, SheetLabel};
use crate::form::view::{Address, Filled, FormView};
use crate::message;
use crate::table::{matching_form, shortened};
use crate::text::nearest;

use super::Reading;

/// Where a fact may be found on one worksheet.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    /// The cell of its label, if it has one.
    pub label: Option<Filled>,
    /// The cell that may hold the value.
    pub value: Option<Address>,
    /// Further cells with options of the same choice.
    pub more: Vec<Address>,
    /// Where the value is expected, even if the cell is blank.
    pub expected: Option<Address>,
    /// Has it been reported why there is no value?
    pub told: bool,
}

/// A candidate for each of `leaves`, in their order. A label that is missing or ambiguous is added
/// to `problems`.
pub(super) fn candidates(
    view: &FormView,
    leaves: &[&FactSpot],
    known: &BTreeSet<String>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::with_capacity(leaves.len());
    // Several facts may be beside one label, whose absence is reported once.
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for leaf in leaves {
        let candidate = match &leaf.at {
            At::Cell(address) => Candidate {
                value: view.at(*address).map(Filled::address),
                expected: Some(*address),
                ..Candidate::default()
            },
            At::Label(label) => match find_label(view, label, leaf) {
                Ok(cell) => beside(view, cell, leaf, label.below, known),
                Err(problem) => {
                    if told.insert(label.spellings.first().map_or("", String::as_str)) {
                        problems.push(*problem);
                    }
                    Candidate { told: true, ..Candidate::default() }
                }
            },
            At::Column(name) => {
                let label = SheetLabel {
                    spellings: vec![name.clone()],
                    below: false,
                    nth: None,
                    within: None,
                };
                match find_label(view, &label, leaf) {
                    Ok(cell) => beside(view, cell, leaf, false, known),
                    Err(problem) => {
                        problems.push(*problem);
                        Candidate { told: true, ..Candidate::default() }
                    }
                }
            }
            At::Beside(count) => {
                // The reason for a choice is after the last of its options.
                let from = found
                    .last()
                    .and_then(|main| main.more.last().copied().or(main.value).or(main.expected));
                after(view, from, *count, known)
            }
            At::Value(_) | At::Code(_) | At::Path { .. } => Candidate::default(),
        };
        found.push(candidate);
    }
    found
}

/// The cell of `label`, or the problem if there is none, or more than one without `nth`.
pub(super) fn find_label<'v>(
    view: &'v FormView,
    label: &SheetLabel,
    source: &FactSpot,
) -> Result<&'v Filled, Box<Diagnostic>> {
    let within = |cell: &&Filled| match label.within {
        None => true,
        Some((first, last)) => {
            (first.0..=last.0).contains(&cell.row) && (first.1..=last.1).contains(&cell.column)
        }
    };
    let mut found: Vec<&Filled> = label
        .spellings
        .iter()
        .flat_map(|spelling| view.with_text(&matching_form(spelling)))
        .filter(within)
        .collect();
    found.sort_by_key(|cell| cell.address());
    match (label.nth, found.as_slice()) {
        (None, [only]) => Ok(only),
        (Some(nth), cells) if cells.len() >= nth => Ok(cells[nth - 1]),
        (None, [first, second, ..]) => Err(Box::new(several(view, label, (first, second)))),
        _ => Err(Box::new(absent(view, label, source))),
    }
}

/// The candidate beside or below `label`: the next filled cell, unless it is a known label.
fn beside(
    view: &FormView,
    label: &Filled,
    leaf: &FactSpot,
    below: bool,
    known: &BTreeSet<String>,
) -> Candidate {
    let (value, expected) = match below {
        true => (view.below(label), (label.bottom + 1, label.column)),
        false => (
            view.row(label.row).iter().find(|cell| cell.column > label.right),
            (label.row, label.right + 1),
        ),
    };
    let value = value.filter(|cell| !known.contains(&*cell.form));
    let more = value.map(|value| more_of_choice(view, value, leaf, known)).unwrap_or_default();
    Candidate {
        label: Some(label.clone()),
        value: value.map(Filled::address),
        more,
        expected: Some(expected),
        told: false,
    }
}

/// The cells right of `value` with further options of the same choice: each begins with one of its
/// signs.
fn more_of_choice(
    view: &FormView,
    value: &Filled,
    leaf: &FactSpot,
    known: &BTreeSet<String>,
) -> Vec<Address> {
    let Some(marks) = &leaf.marks else { return Vec::new() };
    let after = view.row(value.row).iter().filter(|cell| cell.column > value.right);
    after
        .take_while(|cell| {
            let text = view.text(cell.address());
            let signed = text.starts_with(&*marks.marked) || text.starts_with(&*marks.unmarked);
            signed && !known.contains(&*cell.form)
        })
        .map(Filled::address)
        .collect()
}

/// The candidate that is the `count`th filled cell after `from`, up to the next known label.
fn after(
    view: &FormView,
    from: Option<Address>,
    count: u32,
    known: &BTreeSet<String>,
) -> Candidate {
    let Some((row, column)) = from else { return Candidate::default() };
    let right = view.at((row, column)).map_or(column, |cell| cell.right);
    let cells = view.row(row).iter().filter(|cell| cell.column > right);
    let mut cells = cells.take_while(|cell| !known.contains(&*cell.form));
    let value = cells.nth(count as usize - 1).map(Filled::address);
    Candidate { value, expected: Some((row, right + 1)), ..Candidate::default() }
}

/// For each leaf, the column in which its value is on most worksheets, and on how many; `None` if
/// no worksheet has a value.
pub(super) fn usual_columns(
    found: &[(Vec<Candidate>, Vec<Diagnostic>)],
    leaves: usize,
) -> Vec<Option<(u32, usize)>> {
    let usual = |leaf: usize| {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, column) in found.iter().filter_map(|(candidates, _)| candidates[leaf].value) {
            *counts.entry(column).or_default() += 1;
        }
        // Of two equally common columns, the first is taken.
        counts.into_iter().max_by_key(|(column, count)| (*count, std::cmp::Reverse(*column)))
    };
    (0..leaves).map(usual).collect()
}

/// Decides whether the candidate cell holds the value of `leaf`. A cell outside of the `usual`
/// column does not: if most worksheets have its text, it is another label, and the value is blank;
/// otherwise the value has been moved, which is reported.
pub(super) fn settle(
    candidate: &mut Candidate,
    leaf: &FactSpot,
    usual: Option<(u32, usize)>,
    common: &CommonTexts,
    reading: &mut Reading<'_>,
) {
    let Some((column, sheets)) = usual else { return };
    let view = &reading.page.view;
    if let Some(expected) = &mut candidate.expected
        && candidate.label.is_some()
    {
        expected.1 = column;
    }
    match (&leaf.at, candidate.value) {
        (At::Cell(address), None) => {
            // A fixed cell is blank, but one beside it is filled, with a text that is no label.
            let beside = [address.1.checked_sub(1), Some(address.1 + 1)];
            let found = beside.into_iter().flatten().find_map(|column| {
                view.at((address.0, column)).filter(|cell| !common.is_common(&cell.form))
            });
            if let Some(cell) = found.filter(|_| !common.is_alone() && sheets > 1) {
                let problem = moved(view, cell.address(), leaf, (address.1, sheets));
                reading.problems.push(problem);
                candidate.told = true;
            }
        }
        (At::Label(_) | At::Column(_) | At::Beside(_), Some(address)) if address.1 != column => {
            let text = view.at(address).map(|cell| cell.form.clone());
            let is_label = text.is_some_and(|text| common.is_common(&text));
            if !is_label {
                let problem = moved(view, address, leaf, (column, sheets));
                reading.problems.push(problem);
                candidate.told = true;
                reading.seen.insert(address);
            }
            candidate.value = None;
            candidate.more.clear();
        }
        _ => {}
    }
}

/// The problem that the value at `address` is in another column than on `sheets` other worksheets,
/// which have it in `column`.
fn moved(
    view: &FormView,
    address: Address,
    leaf: &FactSpot,
    (column, sheets): (u32, usize),
) -> Diagnostic {
    let text = shortened(view.text(address));
    let label = leaf.label().map_or_else(|| view.spot(address).place().name(), str::to_owned);
    let usual = column_letters(column + 1);
    Diagnostic::new(
        &diagnostic::FORM_MOVED,
        view.place(address),
        message!(
            ja: "「{label}」の値「{text}」が、ほかの{sheets}シートと違う列にあります",
            en: "the value `{text}` of `{label}` stands in another column than on {sheets} other worksheets",
        ),
    )
    .with_help(message!(
        ja: "{usual}列に移してください。様式が違うシートなら、「when」を付けた別の様式を書いてください",
        en: "move it to column {usual}; if the sheet has another layout, write a form of its own with `when`",
    ))
}

/// The problem that a worksheet has none of the spellings of `label`. If a cell has a similar text,
/// the problem is placed there.
fn absent(view: &FormView, label: &SheetLabel, source: &FactSpot) -> Diagnostic {
    let spellings = label.spellings.iter().map(String::as_str);
    let Message { ja, en } = Message::list(spellings.map(|spelling| spelling.to_owned()));
    let (ja, en) = match label.spellings.len() {
        1 => (format!("「{ja}」"), en),
        _ => (format!("「{}」", ja.replace('、', "」「")), en),
    };
    let name = view.name();
    let wanted = label.spellings.first().map(|label| matching_form(label)).unwrap_or_default();
    let texts = view.cells.iter().filter(|cell| cell.form.chars().count() <= 30);
    let near = nearest(&wanted, texts.map(|cell| &*cell.form));
    let cell = near.and_then(|near| view.with_text(near).next());
    let place = match cell {
        Some(cell) => view.place(cell.address()),
        None => Place::file(view.sheet.file().clone()),
    };
    let problem = Diagnostic::new(
        &diagnostic::FORM_LABEL,
        place,
        message!(
            ja: "シート「{name}」に、様式が探す項目名{ja}がありません",
            en: "the worksheet `{name}` has no label {en}, which the form looks for",
        ),
    )
    .with_related(source.declared.clone(), message!(ja: "様式の定義", en: "the form says so here"));
    match cell {
        Some(cell) => {
            let near = shortened(view.text(cell.address()));
            problem.with_help(message!(
                ja: "「{near}」のことなら、様式の「label」にその書き方も加えてください",
                en: "if `{near}` is meant, add that spelling to `label` of the form",
            ))
        }
        None => problem.with_help(message!(
            ja: "シートに項目名を入力するか、様式の「label」を訂正してください。別の様式のシートなら、「sheets」か「when」で読む様式を分けてください",
            en: "write the label into the worksheet, or correct `label` of the form; tell sheets of another layout apart by `sheets` or `when`",
        )),
    }
}

fn several(view: &FormView, label: &SheetLabel, (first, second): (&Filled, &Filled)) -> Diagnostic {
    let text = label.spellings.first().map_or("", String::as_str);
    let name = view.name();
    let (one, other) =
        (view.spot(first.address()).place().name(), view.spot(second.address()).place().name());
    Diagnostic::new(
        &diagnostic::FORM_LABEL,
        view.place(second.address()),
        message!(
            ja: "シート「{name}」に、項目名「{text}」が複数あります（{one}、{other}）",
            en: "the worksheet `{name}` has the label `{text}` more than once, in {one} and {other}",
        ),
    )
    .with_related(view.place(first.address()), message!(ja: "先にある項目名", en: "the first one"))
    .with_help(message!(
        ja: "様式に、何番目かを「nth = 2」のように書くか、範囲を「within = \"{one}:{one}\"」のように書いてください",
        en: "say in the form which one is meant: `nth = 2`, or `within = \"{one}:{one}\"`",
    ))
}
