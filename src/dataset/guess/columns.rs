//! The **columns** of a table, guessed from their headers and cells.
//!
//! Not in here: names of columns (`names`), and whether a column looks personal (`personal`).

use std::fmt::Write as _;

use crate::dataset::canonical::is_of_type;
use crate::dataset::taken::{kind_of, seen};
use crate::dataset::{Column, ColumnType};
use crate::document::{list, quoted};
use crate::form;
use crate::table::{Table, parse_flag, unit_in};
use crate::text::Localized;

use super::names;

/// A column as it was guessed.
#[derive(Debug)]
pub(super) struct Guessed {
    /// Its physical name.
    pub name: String,
    /// Its header in the table.
    pub header: String,
    /// The header without its unit.
    pub title: String,
    pub kind: ColumnType,
    pub unit: Option<String>,
    /// Its closed vocabulary; empty if it has none.
    pub values: Vec<String>,
    /// Texts in its cells that stand for a missing value.
    pub missing: Vec<String>,
    /// Whether it is the primary key.
    pub is_key: bool,
}

/// Texts that stand for a missing value, besides dashes, in columns whose other cells are neither
/// texts, codes nor booleans.
const WORDS: [&str; 20] = [
    "x",
    "X",
    "ｘ",
    "Ｘ",
    "χ",
    "*",
    "**",
    "***",
    "＊",
    "NA",
    "N/A",
    "不明",
    "非公表",
    "秘匿",
    "未定",
    "調査中",
    "該当なし",
    "データなし",
    "なし",
    "調整中",
];

/// A guessed vocabulary has at most `MOST_VALUES` values, each of which fills `TIMES` cells on
/// average.
const MOST_VALUES: usize = 12;
const TIMES: usize = 3;
/// Maximum length of a value in a guessed vocabulary, in characters.
const LONGEST_VALUE: usize = 20;

/// The columns of `table`, in order. The texts in `missing` are declared to stand for a missing
/// value.
pub(super) fn guessed(table: &Table, missing: &[String]) -> Vec<Guessed> {
    let mut columns: Vec<Guessed> = Vec::new();
    for index in 0..table.header().len() {
        let column = column(table, index, missing, &columns);
        columns.push(column);
    }
    // Only the first column that could be the primary key is the key.
    let mut named = false;
    for column in &mut columns {
        column.is_key &= !named;
        named |= column.is_key;
    }
    columns
}

/// The texts that stand for a missing value in the whole table: those in `declared`, and each dash
/// found in one of `columns`.
pub(super) fn shared_missing(columns: &[&Guessed], declared: &[String]) -> Vec<String> {
    let mut shared = declared.to_vec();
    for text in columns.iter().flat_map(|column| &column.missing) {
        if form::is_missing(text) && !shared.contains(text) {
            shared.push(text.clone());
        }
    }
    shared
}

/// Guesses the column at `index`: its title is the header without a unit. `declared` are the texts
/// declared to stand for a missing value, `before` the columns guessed so far, whose names are
/// taken.
///
/// The type is guessed with dashes as missing values. If that gives a text or a code, words such as
/// 不明 are tried as missing values too; they count as such if the type of the other cells is then
/// neither text, code nor boolean. A first column that numbers the rows is one of codes, a column
/// of short texts that repeat has a closed vocabulary, and a column of codes that are distinct and
/// never blank can be the primary key.
fn column(table: &Table, index: usize, declared: &[String], before: &[Guessed]) -> Guessed {
    let header = table.header()[index].text.to_string();
    let title = match unit_in(&header) {
        Some((rest, _)) if !rest.trim().is_empty() => rest.trim().to_owned(),
        _ => header.clone(),
    };
    let cells: Vec<String> = (0..table.len())
        .map(|row| seen(table, row, index).into_owned())
        .filter(|cell| !cell.is_empty())
        .collect();
    let found = |is: &dyn Fn(&str) -> bool| {
        let mut found: Vec<String> = Vec::new();
        for cell in cells.iter().filter(|cell| is(cell)) {
            if !found.contains(cell) {
                found.push(cell.clone());
            }
        }
        found
    };
    let dash =
        |cell: &str| form::is_missing(cell) || declared.iter().any(|missing| missing == cell);
    let word = |cell: &str| dash(cell) || WORDS.contains(&cell);
    let kind = |missing: &dyn Fn(&str) -> bool| refined(table, index, &title, &cells, missing);
    let mut missing = found(&dash);
    let (mut kind, unit) = match kind(&dash) {
        (ColumnType::Text | ColumnType::Code, unit)
            if cells.iter().any(|cell| WORDS.contains(&&**cell)) =>
        {
            let with_words = kind(&word);
            match with_words.0 {
                ColumnType::Text | ColumnType::Code | ColumnType::Boolean => (kind(&dash).0, unit),
                _ => {
                    missing = found(&word);
                    with_words
                }
            }
        }
        other => other,
    };
    let filled: Vec<&String> = cells.iter().filter(|cell| !missing.contains(cell)).collect();
    let mut distinct: Vec<String> = Vec::new();
    for cell in &filled {
        if distinct.len() > MOST_VALUES {
            break;
        }
        if !distinct.contains(cell) {
            distinct.push((*cell).clone());
        }
    }
    if kind == ColumnType::Integer && unit.is_none() && index == 0 && counts_rows(&cells) {
        kind = ColumnType::Code;
    }
    let closed = kind == ColumnType::Text
        && (2..=MOST_VALUES).contains(&distinct.len())
        && filled.len() >= distinct.len() * TIMES
        && distinct
            .iter()
            .all(|text| text.chars().count() <= LONGEST_VALUE && !text.contains('\n'));
    distinct.sort();
    let unit = unit.or_else(|| counted(kind, &title));
    let is_key = kind == ColumnType::Code && is_unique(table, &cells, &missing);
    Guessed {
        name: names::free(&title, index, |name| before.iter().any(|other| other.name == name)),
        header,
        title,
        kind,
        unit,
        values: if closed { distinct } else { Vec::new() },
        missing,
        is_key,
    }
}

/// The type and the unit of the column; cells for which `missing` returns `true` are ignored.
/// Besides the types that a table without declaration has ([`kind_of`]), it recognises coordinates
/// by the title, and URLs, times, booleans and codes of digits by the cells.
fn refined(
    table: &Table,
    index: usize,
    title: &str,
    cells: &[String],
    missing: &dyn Fn(&str) -> bool,
) -> (ColumnType, Option<String>) {
    let (kind, unit) = kind_of(table, index, missing);
    let every = |is: &dyn Fn(&str) -> bool| {
        let mut filled = cells.iter().filter(|cell| !missing(cell)).peekable();
        filled.peek().is_some() && filled.all(|cell| is(cell))
    };
    let of = |kind: ColumnType| {
        let column = Column { kind, ..Column::text(String::new(), Localized::default()) };
        every(&|cell| is_of_type(cell, &column))
    };
    let named = title.to_lowercase();
    let numbers = kind.is_quantity();
    if numbers
        && (named.contains("緯度") || named == "latitude" || named == "lat")
        && of(ColumnType::Latitude)
    {
        return (ColumnType::Latitude, None);
    }
    let east = ["longitude", "lng", "lon"].contains(&&*named);
    if numbers && (named.contains("経度") || east) && of(ColumnType::Longitude) {
        return (ColumnType::Longitude, None);
    }
    if kind != ColumnType::Text {
        return (kind, unit);
    }
    // Ranges of times, sentences, and numbers with a sign in front remain texts.
    let digits = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit());
    let flag = |cell: &str| !digits(cell) && parse_flag(cell).is_some();
    let kind = if of(ColumnType::Url) {
        ColumnType::Url
    } else if every(&|cell| cell.contains([':', '：'])) && of(ColumnType::Time) {
        ColumnType::Time
    } else if every(&flag) {
        ColumnType::Boolean
    } else if every(&digits) {
        ColumnType::Code
    } else {
        ColumnType::Text
    };
    (kind, None)
}

/// The unit of a column of numbers according to its title: 世帯 for 世帯数.
fn counted(kind: ColumnType, title: &str) -> Option<String> {
    const ENDINGS: [(&str, &str); 18] = [
        ("人口", "人"),
        ("人数", "人"),
        ("者数", "人"),
        ("員数", "人"),
        ("定員", "人"),
        ("児童数", "人"),
        ("生徒数", "人"),
        ("世帯数", "世帯"),
        ("件数", "件"),
        ("台数", "台"),
        ("回数", "回"),
        ("日数", "日"),
        ("箇所数", "か所"),
        ("か所数", "か所"),
        ("戸数", "戸"),
        ("棟数", "棟"),
        ("冊数", "冊"),
        ("年", "年"),
    ];
    let counts = kind.is_quantity();
    let found = ENDINGS.iter().find(|(ending, _)| title.ends_with(ending));
    found.filter(|_| counts).map(|(_, unit)| (*unit).to_owned())
}

/// Whether the cells are 1, 2, 3 and so on.
fn counts_rows(cells: &[String]) -> bool {
    cells.len() > 1 && (1..).zip(cells).all(|(number, cell): (u32, _)| cell.parse() == Ok(number))
}

/// Whether every row has a value, and no two rows have the same.
fn is_unique(table: &Table, cells: &[String], missing: &[String]) -> bool {
    let mut sorted: Vec<&String> = cells.iter().collect();
    sorted.sort();
    table.len() > 1
        && cells.len() == table.len()
        && missing.is_empty()
        && sorted.windows(2).all(|pair| pair[0] != pair[1])
}

impl Guessed {
    /// The column as a table of `dataset.toml`. The texts in `shared` are declared for the whole
    /// table and are only repeated if the column has others.
    pub fn written(&self, shared: &[String]) -> String {
        let mut toml = format!(
            "[[columns]]\nname = {}\ntitle = {}\n",
            quoted(&self.name),
            quoted(&self.title)
        );
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(toml, "{key} = {value}");
        };
        if self.header != self.title {
            line("header", &quoted(&self.header));
        }
        line("type", &quoted(self.kind.as_str()));
        let counts = self.kind.is_quantity();
        match &self.unit {
            Some(unit) => line("unit", &quoted(unit)),
            None if counts => {
                line("# unit", "\"人\" # 単位を記入してください。単位のない数値は「なし」とします");
            }
            None => {}
        }
        if self.is_key {
            line("required", "true");
        }
        if !self.values.is_empty() {
            let all = list(&self.values);
            line("values", &format!("{all} # ほかの値もある列なら、この行を削除してください"));
        }
        if self.missing.iter().any(|text| !shared.contains(text)) {
            let mut all = shared.to_vec();
            all.extend(self.missing.iter().filter(|text| !shared.contains(text)).cloned());
            line("missing", &list(&all));
        }
        toml
    }
}
