//! A **source** says where one fact is found, and how the text there becomes a value.
//!
//! Not in here: finding it on a worksheet (`sheet`) or in a list (`list`).

use crate::diagnostic::{self, Located, Place, column_number};
use crate::document::Keys;
use crate::message;
use crate::table::matching_form;

use super::view::Address;

/// Where one fact is found, and how its text is converted.
#[derive(Clone, Debug)]
pub(super) struct FactSpot {
    pub at: At,
    /// Text before the value; `{year}` in it stands for the fiscal year.
    pub prefix: Option<String>,
    /// Text after the value, likewise.
    pub suffix: Option<String>,
    /// What separates the items of a list.
    pub split: Option<String>,
    /// Pairs of a written text, in the form in which labels are compared, and the text published
    /// for it.
    pub map: Vec<(String, String)>,
    /// The signs before the chosen option and before the others.
    pub marks: Option<Marks>,
    /// Where the reason for a choice is found.
    pub reason: Option<Box<FactSpot>>,
    /// Where the form declares it.
    pub declared: Place,
}

/// The signs of choices: ■ and □.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    pub marked: String,
    pub unmarked: String,
}

/// The ways to say where a fact is found.
#[derive(Clone, Debug)]
pub(super) enum At {
    /// A cell of the worksheet.
    Cell(Address),
    /// A column of a list, by its header or its letter.
    Column(String),
    /// The cell beside a label, or below it.
    Label(SheetLabel),
    /// For a reason: the `n`th filled cell after the value that it explains.
    Beside(u32),
    /// A constant that the form itself gives.
    Value(String),
    /// Digits joined from several columns of a list, or from beside several labels of a worksheet.
    Code(Vec<FactSpot>),
    /// A path in the plan: for each level its code, its title, or both.
    Path { codes: Vec<Vec<FactSpot>>, titles: Vec<FactSpot> },
}

/// A label of a worksheet.
#[derive(Clone, Debug)]
pub(super) struct SheetLabel {
    /// Its spellings as written in the form; one of them must be found.
    pub spellings: Vec<String>,
    /// Is the value below the label, rather than to its right?
    pub below: bool,
    /// Which of several equal labels is meant, from 1.
    pub nth: Option<usize>,
    /// The cells within which it is looked for: first and last row, first and last column.
    pub within: Option<(Address, Address)>,
}

impl FactSpot {
    /// What messages call the fact: the label or header beside or below which it is found.
    pub fn label(&self) -> Option<&str> {
        match &self.at {
            At::Label(label) => label.spellings.first().map(String::as_str),
            At::Column(name) => Some(name),
            At::Code(digits) => digits.first()?.label(),
            At::Path { titles, codes } => {
                let last = titles.last().or_else(|| codes.last()?.last());
                last?.label()
            }
            At::Cell(_) | At::Beside(_) | At::Value(_) => None,
        }
    }

    /// The single places that it is read from, in their order; that of its reason comes last.
    pub fn leaves(&self) -> Vec<&FactSpot> {
        let mut leaves: Vec<&FactSpot> = match &self.at {
            At::Code(digits) => digits.iter().collect(),
            At::Path { codes, titles } => codes.iter().flatten().chain(titles).collect(),
            _ => vec![self],
        };
        leaves.extend(self.reason.as_deref());
        leaves
    }

    /// The text that is published for `written`: as `map` has it, else `written` itself.
    pub fn mapped<'t>(&'t self, written: &'t str) -> &'t str {
        if self.map.is_empty() {
            return written;
        }
        let form = matching_form(written);
        let found = self.map.iter().find(|(key, _)| *key == form);
        found.map_or(written, |(_, value)| value.as_str())
    }

    /// A constant that the form itself gives.
    pub fn constant(text: Located<String>) -> Self {
        Self::at(At::Value(text.value), text.place)
    }

    /// A source that is the column `name` of a list.
    pub fn column(name: Located<String>) -> Self {
        Self::at(At::Column(name.value), name.place)
    }

    fn at(at: At, declared: Place) -> Self {
        Self {
            at,
            prefix: None,
            suffix: None,
            split: None,
            map: Vec::new(),
            marks: None,
            reason: None,
            declared,
        }
    }

    /// Reads a source, written as a table: `{ label = "事務事業名" }`.
    pub fn read(keys: &mut Keys<'_>) -> Option<Self> {
        let declared = keys.place();
        let at = read_at(keys);
        let marks = match (keys.text("marked"), keys.text("unmarked")) {
            (Some(marked), Some(unmarked)) => Some(Marks { marked, unmarked }),
            (None, None) => None,
            (Some(_), None) => keys.missing("unmarked"),
            (None, Some(_)) => keys.missing("marked"),
        };
        let map = keys.named_texts("map").into_iter();
        Some(Self {
            prefix: keys.text("prefix"),
            suffix: keys.text("suffix"),
            split: keys.text("split"),
            map: map.map(|(key, value)| (matching_form(&key.value), value.value)).collect(),
            marks,
            reason: keys.table("reason", FactSpot::read).flatten().map(Box::new),
            declared,
            at: at?,
        })
    }

    /// Reads the source at `key`; a text there is a constant.
    pub fn read_or_constant(keys: &mut Keys<'_>, key: &'static str) -> Option<Self> {
        match keys.is_text(key) {
            true => keys.located_text(key).map(Self::constant),
            false => keys.table(key, FactSpot::read).flatten(),
        }
    }
}

/// The keys that say where a fact is found, of which a source has one.
const WAYS: [&str; 7] = ["label", "column", "cell", "beside", "value", "code", "path"];

/// The keys beside `label`.
const OF_LABEL: [&str; 3] = ["at", "nth", "within"];

/// Reads where a fact is found. Exactly one of the keys `WAYS` must be given, or `code` and `path`
/// together; anything else is reported.
fn read_at(keys: &mut Keys<'_>) -> Option<At> {
    let given: Vec<&str> = WAYS.into_iter().filter(|way| keys.has(way)).collect();
    if given.is_empty() || (given.len() > 1 && given != ["code", "path"]) {
        let place = keys.place();
        let help = message!(
            ja: "「label」「column」「cell」「beside」「value」「code」「path」のうち一つを書いてください（「code」と「path」だけは一緒に書けます）",
            en: "write one of `label`, `column`, `cell`, `beside`, `value`, `code`, `path`; only `code` and `path` go together",
        );
        // All keys are asked for, so that none is reported as unknown as well.
        WAYS.iter().chain(&OF_LABEL).for_each(|way| keys.ask(way));
        keys.push(
            crate::diagnostic::Diagnostic::new(
                &diagnostic::FORM_DEFINITION,
                place,
                message!(
                    ja: "値のある場所が、一つに決まっていません",
                    en: "it is not said in one way where the value stands",
                ),
            )
            .with_help(help),
        );
        return None;
    }
    WAYS.iter().for_each(|way| keys.ask(way));
    match given[0] {
        "label" => read_label(keys).map(At::Label),
        "column" => keys.text("column").map(At::Column),
        "cell" => {
            let written = keys.text("cell")?;
            address_of(keys, "cell", &written).map(At::Cell)
        }
        "beside" => keys.count("beside", 1).map(At::Beside),
        "value" => keys.text("value").map(At::Value),
        _ => {
            let codes: Vec<Vec<FactSpot>> = keys
                .text_lists("code")
                .into_iter()
                .map(|list| list.into_iter().map(FactSpot::column).collect())
                .collect();
            if !keys.has("path") {
                return Some(At::Code(codes.concat()));
            }
            let titles = keys.tables("path", FactSpot::read).into_iter().flatten().collect();
            Some(At::Path { codes, titles })
        }
    }
}

/// Reads a label of a worksheet, with the keys `at`, `nth` and `within` beside it.
pub(super) fn read_label(keys: &mut Keys<'_>) -> Option<SheetLabel> {
    let spellings = keys.text_or_texts("label");
    let below = keys.choice("at", &[("right", false), ("below", true)]).unwrap_or(false);
    let nth = keys.count("nth", 1).map(|nth| nth as usize);
    let within = keys.text("within").and_then(|written| {
        let (first, last) = written.split_once(':').unwrap_or((&written, &written));
        Some((address_of(keys, "within", first)?, address_of(keys, "within", last)?))
    });
    let spellings = spellings?.into_iter().map(|text| text.value).collect();
    Some(SheetLabel { spellings, below, nth, within })
}

/// The cell address `written`, such as `H33`. Anything else is reported as the value of `key`.
fn address_of(keys: &mut Keys<'_>, key: &str, written: &str) -> Option<Address> {
    if let Some(address) = parse_address(written) {
        return Some(address);
    }
    keys.problem(
        &diagnostic::DOCUMENT_VALUE,
        key,
        message!(ja: "「{written}」はセルの番地ではありません", en: "`{written}` is not the address of a cell"),
        message!(ja: "「H33」のように書いてください", en: "write it as `H33`"),
    );
    None
}

/// `H33` as row 33 and column 7.
pub(super) fn parse_address(written: &str) -> Option<Address> {
    let digits = written.find(|c: char| c.is_ascii_digit())?;
    let row = written[digits..].parse().ok().filter(|row| *row > 0)?;
    Some((row, parse_column(&written[..digits])?))
}

/// The letters of a column, counted from 0: `A` is 0, `AL` is 37.
pub(super) fn parse_column(letters: &str) -> Option<u32> {
    Some(column_number(letters)? - 1)
}

#[cfg(test)]
mod tests {
    use super::{parse_address, parse_column};

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        assert_eq!(parse_address("H33"), Some((33, 7)));
        assert_eq!(parse_address("AL1"), Some((1, 37)));
        assert_eq!(parse_address("33"), None);
        assert_eq!(parse_address("H0"), None);
        assert_eq!(parse_column("AX"), Some(49));
        assert_eq!(parse_column("予算"), None);
    }
}
