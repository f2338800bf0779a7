//! **Groups**: problems of one kind in one column are shown to people together, with the first
//! places and the ranges of the others.
//!
//! A group has problems of one kind with the same advice, so that the advice holds for all of them.
//! The formats for programs have each problem separately.

use std::collections::BTreeMap;

use crate::diagnostic::{CellPlace, Diagnostic, Message, Place, Severity, column_letters};
use crate::text::Language;

use super::in_language;

/// A problem and those that are similar to it.
pub(super) struct ProblemGroup {
    /// The first problem.
    pub first: Diagnostic,
    /// The other problems, in their order.
    others: Vec<Diagnostic>,
}

/// Number of other problems whose message is shown.
const REPEATED: usize = 2;
/// Number of ranges of cells that are named.
const RANGES: usize = 8;
/// Number of groups of one kind in one column that keep their own advice; all further problems form
/// one more group without advice.
const ADVISED: usize = 10;

/// Divides `sorted` into groups, each in the position of its first problem. Notices, and problems
/// that are not in a cell, are not grouped.
pub(super) fn grouped(sorted: Vec<Diagnostic>) -> Vec<ProblemGroup> {
    type GroupKey = (&'static str, String, Option<String>, Option<Message>);
    let mut groups: Vec<ProblemGroup> = Vec::with_capacity(sorted.len());
    let mut known: BTreeMap<GroupKey, usize> = BTreeMap::new();
    let mut advised: BTreeMap<(&'static str, String, Option<String>), usize> = BTreeMap::new();
    for mut found in sorted {
        let mut kind = match &found.place {
            Place::Cell(cell) if found.severity() != Severity::Notice => {
                let header = cell.header.as_ref().map(ToString::to_string);
                Some((found.code.id, cell.file.to_string(), header, found.help.clone()))
            }
            _ => None,
        };
        if let Some((code, file, header, help)) = &mut kind
            && help.is_some()
            && !known.contains_key(&(*code, file.clone(), header.clone(), help.clone()))
        {
            let groups = advised.entry((code, file.clone(), header.clone())).or_default();
            *groups += 1;
            if *groups > ADVISED {
                *help = None;
                found.help = None;
            }
        }
        if let Some(&at) = kind.as_ref().and_then(|kind| known.get(kind)) {
            groups[at].others.push(found);
            continue;
        }
        if let Some(kind) = kind {
            known.insert(kind, groups.len());
        }
        groups.push(ProblemGroup { first: found, others: Vec::new() });
    }
    groups
}

impl ProblemGroup {
    /// The number of its problems.
    pub fn len(&self) -> usize {
        1 + self.others.len()
    }

    /// The lines about the other problems: one for each of the next that have a different message,
    /// and one with the places of the rest.
    pub fn lines(&self, language: Language) -> Vec<String> {
        let own = in_language(&self.first.message, language);
        let mut lines = Vec::new();
        let mut rest: Vec<&CellPlace> = Vec::new();
        for other in &self.others {
            let Place::Cell(cell) = &other.place else { continue };
            let message = in_language(&other.message, language);
            if message == own || lines.len() == REPEATED {
                rest.push(cell);
                continue;
            }
            let place = named(&self.sheet_of(cell, language), &name(cell, cell, language));
            lines.push(match language {
                Language::Ja => format!("{place}：{message}"),
                Language::En => format!("{place}: {message}"),
            });
        }
        if !rest.is_empty() {
            lines.push(self.rest(&rest, language));
        }
        lines
    }

    /// The line with the places of the rest: `ほかに5か所：B5、B29～B32`.
    fn rest(&self, rest: &[&CellPlace], language: Language) -> String {
        let mut ranges: Vec<(&CellPlace, &CellPlace)> = Vec::new();
        for &cell in rest {
            match ranges.last_mut() {
                Some((_, last)) if follows(last, cell) => *last = cell,
                _ => ranges.push((cell, cell)),
            }
        }
        let mut sheet = self.sheet_of(rest[0], language);
        let mut names: Vec<String> = Vec::new();
        for (index, (first, last)) in ranges.iter().take(RANGES).enumerate() {
            let own = self.sheet_of(first, language);
            let range = name(first, last, language);
            let named = match index > 0 && own == sheet {
                true => range,
                false => named(&own, &range),
            };
            names.push(named);
            sheet = own;
        }
        let count = rest.len();
        let whole = ranges.len() <= RANGES;
        match (language, whole) {
            (Language::Ja, true) => format!("ほかに{count}か所：{}", names.join("、")),
            (Language::Ja, false) => {
                format!(
                    "ほかに{count}か所：{}…（すべての場所は「--format json」で表示します）",
                    names.join("、")
                )
            }
            (Language::En, true) => format!("{count} more: {}", names.join(", ")),
            (Language::En, false) => {
                format!("{count} more: {}, … (`--format json` shows them all)", names.join(", "))
            }
        }
    }

    /// The sheet of `cell`, if it is not that of the first problem; otherwise empty.
    fn sheet_of(&self, cell: &CellPlace, language: Language) -> String {
        let first = match &self.first.place {
            Place::Cell(first) => first.sheet.as_ref(),
            _ => None,
        };
        match &cell.sheet {
            Some(sheet) if first != Some(sheet) => match language {
                Language::Ja => format!("シート「{sheet}」の"),
                Language::En => format!("sheet `{sheet}` "),
            },
            _ => String::new(),
        }
    }
}

fn named(sheet: &str, name: &str) -> String {
    format!("{sheet}{name}")
}

/// Is `next` directly below `cell`?
fn follows(cell: &CellPlace, next: &CellPlace) -> bool {
    cell.sheet == next.sheet && cell.column == next.column && cell.row + 1 == next.row
}

/// The name of a range of cells or rows: `B5`, `B29～B32`, `12行目`.
fn name(first: &CellPlace, last: &CellPlace, language: Language) -> String {
    let one = first.row == last.row;
    match (first.column, language) {
        (Some(column), _) if one => format!("{}{}", column_letters(column), first.row),
        (Some(column), Language::Ja) => {
            let letters = column_letters(column);
            format!("{letters}{}～{letters}{}", first.row, last.row)
        }
        (Some(column), Language::En) => {
            let letters = column_letters(column);
            format!("{letters}{}–{letters}{}", first.row, last.row)
        }
        (None, Language::Ja) if one => format!("{}行目", first.row),
        (None, Language::Ja) => format!("{}～{}行目", first.row, last.row),
        (None, Language::En) if one => format!("row {}", first.row),
        (None, Language::En) => format!("rows {}–{}", first.row, last.row),
    }
}

#[cfg(test)]
mod tests {
    use super::{grouped, name};
    use crate::diagnostic::{self, CellPlace, Diagnostic, Place};
    use crate::message;
    use crate::text::Language;

    fn cell(sheet: &str, column: u32, row: u32) -> CellPlace {
        CellPlace {
            file: "content/x.xlsx".into(),
            sheet_number: 0,
            sheet: Some(sheet.into()),
            row,
            column: Some(column),
            header: Some("定員".into()),
            line: None,
            bytes: None,
        }
    }

    fn fault(sheet: &str, row: u32, value: &str, advice: &str) -> Diagnostic {
        let place = Place::Cell(cell(sheet, 2, row));
        let message = message!(ja: "「{value}」です", en: "it is `{value}`");
        Diagnostic::new(&diagnostic::TABLE_NOT_A_NUMBER, place, message)
            .with_help(message!(ja: "{advice}", en: "{advice}"))
    }

    #[test]
    fn faults_with_the_same_advice_are_one() {
        let mut faults = vec![
            fault("東", 2, "a", "blank"),
            fault("東", 3, "b", "blank"),
            fault("東", 4, "5円", "write 5"),
            fault("東", 6, "c", "blank"),
        ];
        faults.extend((7..10).chain(12..13).map(|row| fault("東", row, "d", "blank")));
        faults.extend((3..5).map(|row| fault("西", row, "d", "blank")));
        let groups = grouped(faults);
        assert_eq!(groups.len(), 2);
        assert_eq!(
            groups[0].lines(Language::En),
            ["B3: it is `b`", "B6: it is `c`", "6 more: B7–B9, B12, sheet `西` B3–B4"]
        );
        assert_eq!(
            groups[0].lines(Language::Ja)[2],
            "ほかに6か所：B7～B9、B12、シート「西」のB3～B4"
        );
        assert!(groups[1].lines(Language::En).is_empty());
    }

    #[test]
    fn of_very_many_kinds_of_advice_the_first_are_given() {
        let faults = (0..15).map(|row| fault("東", row, "a", &format!("write {row}"))).collect();
        let groups = grouped(faults);
        assert_eq!(groups.len(), 11);
        assert_eq!(groups[10].first.help, None);
        assert_eq!(groups[10].lines(Language::En), ["4 more: B11–B14"]);
    }

    #[test]
    fn many_ranges_are_cut() {
        let groups = grouped((1..=20).map(|row| fault("東", row * 2, "a", "blank")).collect());
        let [line] = &groups[0].lines(Language::En)[..] else { panic!("one line") };
        assert_eq!(
            line,
            "19 more: B4, B6, B8, B10, B12, B14, B16, B18, … (`--format json` shows them all)"
        );
        let row = CellPlace { column: None, ..cell("東", 1, 4) };
        assert_eq!(name(&row, &row, Language::Ja), "4行目");
    }
}
