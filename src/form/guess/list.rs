//! Guesses a form from a **list** with one row a measure: what its columns are by their headers,
//! and which of them are repeated as blocks of years.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diagnostic::column_letters;
use crate::document::{list, quoted};
use crate::table::{Table, matching_form};

use super::draft::{Draft, DraftField, bare};
use super::words::{self, LabelMeaning, plain};

/// A run of columns that is repeated side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Repeated {
    /// Index of its first column among the headers.
    first: usize,
    width: usize,
    times: usize,
}

/// Guesses a form from `table`, whose header is in the row `header`.
pub(super) fn guess(table: &Table, header: &str, draft: &mut Draft) {
    draft.private_key = "columns";
    draft.head.push(("header", header.to_owned()));
    let forms: Vec<String> =
        table.header().iter().map(|header| matching_form(&header.text)).collect();
    let repeated = repeated(&forms);
    let missing = missing(table);
    if !missing.is_empty() {
        let missing: Vec<String> = missing.iter().cloned().collect();
        draft.head.push(("missing", list(&missing)));
    }
    let inside = |index: usize| {
        repeated.is_some_and(|r| (r.first..r.first + r.width * r.times).contains(&index))
    };
    let outside: Vec<usize> = (0..table.header().len()).filter(|index| !inside(*index)).collect();
    let mut names = Names { table, taken: BTreeSet::new() };
    match repeated {
        Some(repeated) => blocks(table, repeated, &outside, &mut names, draft),
        None => side_by_side(table, &outside, &mut names, draft),
    }
    columns(table, &outside, &mut names, &missing, draft);
}

/// The headers of a table as a form names them.
struct Names<'t> {
    table: &'t Table,
    /// The columns that have been named already.
    taken: BTreeSet<usize>,
}

impl Names<'_> {
    /// The name of `column` in the form: its header, or its letters if several of the columns
    /// `among` have this header. Marks the column as named.
    fn take(&mut self, column: usize, among: &[usize]) -> String {
        self.taken.insert(column);
        let header = &self.table.header()[column];
        let form = matching_form(&header.text);
        let same = |other: &&usize| matching_form(&self.table.header()[**other].text) == form;
        match among.iter().filter(same).count() {
            0 | 1 => bare(&header.text),
            _ => column_letters(header.column),
        }
    }
}

/// The run of at least two headers that follows itself, and that covers the most columns with its
/// repetitions. `None` if no run is repeated.
fn repeated(forms: &[String]) -> Option<Repeated> {
    let mut best: Option<Repeated> = None;
    for first in 0..forms.len() {
        for width in 2..=(forms.len() - first) / 2 {
            let run = &forms[first..first + width];
            let mut times = 1;
            while forms.get(first + width * times..first + width * (times + 1)) == Some(run) {
                times += 1;
            }
            let size = |r: &Repeated| r.width * r.times;
            let found = Repeated { first, width, times };
            if times > 1 && best.is_none_or(|best| size(&found) > size(&best)) {
                best = Some(found);
            }
        }
    }
    best
}

/// The texts in `table` that stand for a missing value.
fn missing(table: &Table) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for row in 0..table.len() {
        for column in 0..table.header().len() {
            let text = table.written(row, column).trim();
            if words::is_missing(text) {
                found.insert(text.to_owned());
            }
        }
    }
    found
}

/// The values of a column, each once, and the number of rows that have one. Texts in `missing` are
/// no values.
fn values(table: &Table, column: usize, missing: &BTreeSet<String>) -> (BTreeSet<String>, usize) {
    let mut values = BTreeSet::new();
    let mut filled = 0;
    for row in 0..table.len() {
        let text = table.written(row, column).trim();
        if !text.is_empty() && !missing.contains(text) {
            values.insert(text.to_owned());
            filled += 1;
        }
    }
    (values, filled)
}

/// Drafts `[[blocks]]` for the repeated columns `of`: one block a fiscal year, the oldest first.
fn blocks(
    table: &Table,
    of: Repeated,
    outside: &[usize],
    names: &mut Names<'_>,
    draft: &mut Draft,
) {
    let within: Vec<usize> = (of.first..of.first + of.width).collect();
    let letters = |index: usize| column_letters(table.header()[index].column);
    let (first, last) = (letters(of.first), letters(of.first + of.width - 1));
    let years: Vec<String> = (0..of.times)
        .rev()
        .map(|before| if before == 0 { "settled".to_owned() } else { format!("settled-{before}") })
        .collect();
    let mut money: Vec<String> = Vec::new();
    let mut totals: Vec<String> = Vec::new();
    let mut indicators: Vec<String> = Vec::new();
    let mut letter = 'a'..='z';
    for &column in &within {
        let header = bare(&table.header()[column].text);
        let name = quoted(&header);
        if words::is_source(&header) {
            money.push(header);
        } else if words::is_total(&header) && totals.is_empty() && !money.is_empty() {
            totals.push(format!("{{ column = {name}, of = \"budgets\" }}"));
        } else if let Some((named, unit)) = described(table, &header, outside) {
            let id = letter.next().unwrap_or('z');
            let (named, unit) = (names.take(named, outside), names.take(unit, outside));
            let kind = match words::kind(&header) {
                Some(kind) => format!(", kind = \"{kind}\""),
                None => String::new(),
            };
            indicators.push(format!(
                "{{ id = \"{id}\"{kind}, name = {{ column = {} }}, unit = {{ column = {} }}, actual = {name} }}",
                quoted(&named),
                quoted(&unit),
            ));
        } else if let Some(unit) = words::input(&header) {
            let id = letter.next().unwrap_or('z');
            indicators.push(format!(
                "{{ id = \"{id}\", kind = \"input\", name = {name}, unit = \"{unit}\", actual = {name} }}",
            ));
        }
    }
    let text = &mut draft.figures;
    let _ = write!(text, "[[blocks]]\ncolumns = \"{first}:{last}\"\n");
    let _ = writeln!(text, "years = {}", list(&years));
    if !money.is_empty() {
        let _ = writeln!(text, "budgets = [{{ column = {}, as = \"settled\" }}]", list(&money));
    }
    lines(text, "totals", &totals);
    lines(text, "indicators", &indicators);
}

/// The columns outside of the blocks that give the name and the unit of the indicator under
/// `header`.
fn described(table: &Table, header: &str, outside: &[usize]) -> Option<(usize, usize)> {
    let stem = plain(header);
    let with = |words: &[&str]| {
        outside.iter().copied().find(|column| {
            let form = plain(&table.header()[*column].text);
            form.strip_prefix(stem.as_str()).is_some_and(|rest| {
                let rest = rest.trim_start_matches([':', '(', '_', '・']);
                words.iter().any(|word| rest.starts_with(word))
            })
        })
    };
    Some((with(&["名称", "名", "指標名"])?, with(&["単位"])?))
}

/// Drafts one block that is not repeated, from columns side by side outside of blocks: amounts and
/// one indicator. Adds nothing if there are none.
fn side_by_side(table: &Table, outside: &[usize], names: &mut Names<'_>, draft: &mut Draft) {
    let mut money: Vec<String> = Vec::new();
    let mut figures: BTreeMap<&str, usize> = BTreeMap::new();
    for &column in outside {
        let header = &table.header()[column];
        let lowest = header.lowest.as_deref().unwrap_or(&header.text);
        if let Some(kind) = words::figure_row(lowest) {
            figures.entry(kind).or_insert(column);
        } else if let Some(amount) = words::amount(lowest)
            && is_number(table, column)
        {
            let name = names.take(column, outside);
            money.push(format!("{{ column = {}, as = \"{amount}\" }}", quoted(&name)));
        }
    }
    if money.is_empty() && figures.is_empty() {
        return;
    }
    let text = &mut draft.figures;
    text.push_str("[[blocks]]\n");
    lines(text, "budgets", &money);
    let Some(&first) = figures.values().next() else { return };
    let header = &table.header()[first];
    // In 成果指標・目標, the upper part is the name of the indicator.
    let name = header.text.rsplit_once('・').map_or("指標", |(above, _)| above).to_owned();
    let unit = match figures.values().find_map(|column| unit_of(table, *column)) {
        Some(unit) => format!(", unit = {}", quoted(&unit)),
        None => String::new(),
    };
    let mut indicator = format!("{{ id = \"a\", name = {}{unit}", quoted(&name));
    for (kind, column) in figures {
        let _ = write!(indicator, ", {kind} = {}", quoted(&names.take(column, outside)));
    }
    indicator.push_str(" }");
    lines(text, "indicators", &[indicator]);
}

/// The unit after the first figure of a column that has one: ％ of 79.1％.
fn unit_of(table: &Table, column: usize) -> Option<String> {
    (0..table.len()).find_map(|row| {
        let text = table.written(row, column).trim();
        let unit =
            text.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ',' | '-' | '▲'));
        (unit.len() < text.len() && !unit.is_empty()).then(|| unit.trim().to_owned())
    })
}

/// Are at least four fifths of the distinct values of the column numbers?
fn is_number(table: &Table, column: usize) -> bool {
    let (values, _) = values(table, column, &BTreeSet::new());
    let numbers = values.iter().filter(|text| crate::form::totals::number(text).is_some()).count();
    !values.is_empty() && numbers * 5 >= values.len() * 4
}

/// Drafts the columns of facts: as columns of the table of measures, levels of the plan, reasons of
/// choices, private columns or fields. Columns of numbers or of mere signs are left to the person
/// who checks the draft.
fn columns(
    table: &Table,
    outside: &[usize],
    names: &mut Names<'_>,
    missing: &BTreeSet<String>,
    draft: &mut Draft,
) {
    let mut used: BTreeSet<&'static str> = BTreeSet::new();
    let mut levels: BTreeMap<usize, String> = BTreeMap::new();
    let mut codes: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let has = |meaning: LabelMeaning| {
        outside.iter().any(|column| words::meaning(&table.header()[*column].text) == Some(meaning))
    };
    let has_title = has(LabelMeaning::Title);
    let mut last_choice: Option<usize> = None;
    for &column in outside {
        if names.taken.contains(&column) {
            continue;
        }
        let header = bare(&table.header()[column].text);
        let (found, filled) = values(table, column, missing);
        let meaning = match words::meaning(&header) {
            // In a list of 施策, this is the name of the measure if no other column is.
            Some(LabelMeaning::Plan(1)) if !has_title => Some(LabelMeaning::Title),
            other => other,
        };
        let name = quoted(&names.take(column, outside));
        match meaning {
            Some(LabelMeaning::Private) => {
                draft.private.push(header);
                continue;
            }
            Some(LabelMeaning::Plan(level)) => {
                levels.entry(level).or_insert_with(|| format!("{{ column = {name} }}"));
                continue;
            }
            Some(LabelMeaning::PlanCode(level)) => {
                codes.entry(level).or_default().push(name);
                continue;
            }
            Some(LabelMeaning::Reason) => {
                if let Some(field) = last_choice.and_then(|index| draft.fields.get_mut(index)) {
                    field.reason = true;
                    field.place =
                        field.place.replace(" }", &format!(", reason = {{ column = {name} }} }}"));
                    continue;
                }
            }
            _ => {}
        }
        if let Some(fact) = meaning.and_then(LabelMeaning::column).filter(|fact| used.insert(fact))
        {
            let found: Vec<&str> = found.iter().map(String::as_str).collect();
            draft.add_column(fact, &format!("column = {name}"), &found);
            continue;
        }
        // A column of numbers outside of blocks, or of mere signs, is left for a person to decide.
        if found.is_empty() || is_number(table, column) || !says_something(&found) {
            names.taken.remove(&column);
            continue;
        }
        let wanted = match meaning {
            Some(LabelMeaning::Field(id)) => Some(id),
            _ => None,
        };
        let id = draft.free_id(wanted);
        let digits = |text: &String| text.chars().all(|c| c.is_ascii_digit() || c == '/');
        let is_list = found.iter().any(|text| text.contains('/')) && found.iter().all(digits);
        let is_text = matches!(meaning, Some(LabelMeaning::Field(id)) if words::is_text_field(id));
        let is_choice = !is_list
            && !is_text
            && found.len() <= 8
            && filled >= found.len() * 3
            && found.iter().all(|text| text.chars().count() <= 30 && !text.contains('\n'));
        let mut place = format!("{{ column = {name}");
        let choices = if is_choice { choices_of(&found, &mut place) } else { Vec::new() };
        place.push_str(" }");
        if is_list {
            place = place.replace(" }", ", split = \"/\" }");
        }
        last_choice = is_choice.then_some(draft.fields.len());
        draft.fields.push(DraftField {
            id,
            label: header,
            place,
            choices,
            reason: false,
            list: is_list,
        });
    }
    if !levels.is_empty() {
        let path: Vec<String> = levels.into_values().collect();
        let code = match codes.is_empty() {
            true => String::new(),
            false => {
                let codes: Vec<String> =
                    codes.into_values().map(|digits| format!("[{}]", digits.join(", "))).collect();
                format!("code = [{}], ", codes.join(", "))
            }
        };
        draft.measure.push(("plan", format!("{{ {code}path = [{}] }}", path.join(", "))));
    }
}

/// Does at least one of the values have a letter or a digit?
fn says_something(values: &BTreeSet<String>) -> bool {
    values.iter().any(|text| text.chars().any(char::is_alphanumeric))
}

/// The choices of a column. Numbered ones (`２　改善`) lose their numbers, by a `map` that is added
/// to `place`.
fn choices_of(values: &BTreeSet<String>, place: &mut String) -> Vec<String> {
    let numbered = |text: &String| {
        let rest = text.trim_start_matches(char::is_numeric);
        let between = |c: char| c.is_whitespace() || matches!(c, '.' | '．');
        rest.len() < text.len() && rest.starts_with(between)
    };
    if !values.iter().all(numbered) {
        return values.iter().cloned().collect();
    }
    let mut map: Vec<String> = Vec::new();
    let mut choices: Vec<String> = Vec::new();
    for value in values {
        let rest = value.trim_start_matches(|c: char| {
            c.is_numeric() || c.is_whitespace() || matches!(c, '.' | '．')
        });
        map.push(format!("{} = {}", quoted(value), quoted(rest)));
        choices.push(rest.to_owned());
    }
    let _ = write!(place, ", map = {{ {} }}", map.join(", "));
    choices
}

/// Writes `key` as a list of inline tables; several are broken into long lines.
fn lines(text: &mut String, key: &str, items: &[String]) {
    match items {
        [] => {}
        [only] => {
            let _ = writeln!(text, "{key} = [{only}]");
        }
        items => {
            let _ = writeln!(text, "{key} = [");
            let mut line = String::new();
            for item in items {
                if !line.is_empty() && line.chars().count() + item.chars().count() > 170 {
                    let _ = writeln!(text, "{line}");
                    line.clear();
                }
                line.push_str(if line.is_empty() { "  " } else { " " });
                let _ = write!(line, "{item},");
            }
            let _ = writeln!(text, "{line}\n]");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Repeated, repeated};

    #[test]
    fn the_widest_run_that_follows_itself_is_found() {
        let forms = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        assert_eq!(
            repeated(&forms("xyabcabcabcz")),
            Some(Repeated { first: 2, width: 3, times: 3 })
        );
        assert_eq!(repeated(&forms("abcdef")), None);
    }
}
