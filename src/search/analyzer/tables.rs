//! The **tables** say which code points are dropped, which separate, which are folded into others,
//! and which class they have.

use std::sync::LazyLock;

use serde::Deserialize;

/// The text of the tables; the index includes it for the browser.
pub const WRITTEN: &str = include_str!("tables.json");

#[derive(Deserialize)]
struct TablesFile {
    strip: String,
    separate: String,
    circled: String,
    lower: String,
    dashes: String,
    kanji: String,
    kana: String,
    words: String,
    voiced: String,
    eras: String,
    fold: String,
    #[serde(flatten)]
    grammar: Grammar,
}

/// What every sentence has, in normal form.
#[derive(Deserialize)]
pub struct Grammar {
    /// A regular expression of interrogatives, auxiliaries and other words.
    #[serde(rename = "grammar")]
    pub words: String,
    /// Particles of one character that may stand between two words.
    pub joins: String,
    /// Those that may stand at the end of a stretch of hiragana.
    pub particles: String,
    /// Stems of English words, each with a space before and after it.
    pub stops: String,
}

impl Grammar {
    /// Is the token the stem of an English word that every sentence has?
    pub fn is_stop(&self, token: &str) -> bool {
        self.stops.contains(&format!(" {token} "))
    }
}

/// The tables, parsed.
pub(super) struct AnalyzerTables {
    pub strip: Ranges,
    pub separate: Ranges,
    /// First and last code point, and the number that the first one shows.
    pub circled: Vec<(u32, u32, u32)>,
    pub lower: Ranges,
    pub dashes: Ranges,
    pub kanji: Ranges,
    pub kana: Ranges,
    pub words: Ranges,
    /// Pairs of an unvoiced and a voiced kana.
    pub voiced: Vec<(char, char)>,
    pub eras: Vec<WrittenEra>,
    fold: Vec<(char, char)>,
}

/// An era of the tables.
pub(super) struct WrittenEra {
    pub name: String,
    pub letter: char,
    pub first_year: i32,
}

/// Ranges of code points (first, last), in order.
pub(super) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    pub fn contains(&self, c: char) -> bool {
        let code = u32::from(c);
        let after = self.0.partition_point(|&(first, _)| first <= code);
        after > 0 && code <= self.0[after - 1].1
    }
}

impl AnalyzerTables {
    /// The usual form of a variant kanji or radical, and the plain letter of one with an accent;
    /// any other code point unchanged.
    pub fn fold(&self, c: char) -> char {
        // No code point below the letters with accents is folded.
        if c < '\u{C0}' {
            return c;
        }
        self.fold.binary_search_by_key(&c, |pair| pair.0).map_or(c, |found| self.fold[found].1)
    }
}

/// The grammar of the tables.
pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| written().grammar);

pub(super) static TABLES: LazyLock<AnalyzerTables> = LazyLock::new(read);

fn written() -> TablesFile {
    serde_json::from_str(WRITTEN).expect("the tables are as they should be")
}

fn read() -> AnalyzerTables {
    let written = written();
    let mut fold = pairs(&written.fold);
    fold.sort_unstable();
    AnalyzerTables {
        strip: ranges(&written.strip),
        separate: ranges(&written.separate),
        circled: written.circled.split(' ').map(circled).collect(),
        lower: ranges(&written.lower),
        dashes: ranges(&written.dashes),
        kanji: ranges(&written.kanji),
        kana: ranges(&written.kana),
        words: ranges(&written.words),
        voiced: pairs(&written.voiced),
        eras: written.eras.split(' ').map(era).collect(),
        fold,
    }
}

fn ranges(text: &str) -> Ranges {
    Ranges(text.split(' ').map(range).collect())
}

/// Parses a range such as `41-5A` or `AA`.
fn range(text: &str) -> (u32, u32) {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let code = |hex| u32::from_str_radix(hex, 16).expect("the tables hold hexadecimal code points");
    (code(first), code(last))
}

/// Parses circled numbers such as `2460-2473=1`.
fn circled(text: &str) -> (u32, u32, u32) {
    let (codes, number) = text.split_once('=').expect("a circled number shows a number");
    let (first, last) = range(codes);
    (first, last, number.parse().expect("a circled number shows a number"))
}

fn pairs(text: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Parses an era such as `令和r2019`.
fn era(text: &str) -> WrittenEra {
    let at = text.find(|c: char| c.is_ascii_lowercase()).expect("an era has a letter");
    WrittenEra {
        name: text[..at].to_owned(),
        letter: char::from(text.as_bytes()[at]),
        first_year: text[at + 1..].parse().expect("an era has a first year"),
    }
}
