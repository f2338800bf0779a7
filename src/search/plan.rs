//! The **plan** of a query, in three tiers.
//!
//! - **A**: every keyword, as a phrase; what is in quotation marks only so, and nothing that stands
//!   after a minus.
//! - **B**: where A finds little. Of several words, or a sentence: the parts of the query, of which
//!   a third must be there, or as many as any document has. Of a single word that no document has:
//!   two thirds of it, as one piece.
//! - **C**: beside A and B, other ways to say a keyword: a synonym, a last ー left out, kana in the
//!   kanji of the site's own words (`readings`), a year in the other calendar, and, where no text
//!   has a Latin word, the kana that it stands for as romaji and the words that differ from it in
//!   one letter (`words`).
//!
//! The browser makes the same plan (`assets/search/plan.js`); `tests/analyzer-cases.json` holds
//! both.
//!
//! Not in here: looking anything up (`memory_index`, and the browser's `score.js`).

use serde::Serialize;

use super::analyzer::{
    CharacterClass, Normal, class, is_dash, is_kanji, kana, normalise_with_katakana, runs, stem,
    tokens, whole_year, years,
};
use super::readings::Readings;

/// Fewer results of tier A than this are too few for a query of several keywords.
const FEW: usize = 10;
/// A longer keyword is a sentence.
const LONGEST_WORD: usize = 12;
/// One of so many parts must be there in tier B.
const SHARE: usize = 3;
/// At most so many other ways to say a keyword.
const VARIANTS: usize = 8;
/// Shorter words in Latin letters are not read as romaji, …
const SHORTEST_TYPED: usize = 4;
/// … and of what they stand for fewer kana stand within too many other words.
const SHORTEST_KANA: usize = 3;

/// What a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QueryPlan {
    /// Every one must be found in tier A.
    pub keywords: Vec<Keyword>,
    /// None may be found.
    pub excluded: Vec<Keyword>,
    /// Tier B of several words or a sentence; `None` where everything is in quotation marks.
    pub loose: Option<Loose>,
    /// Tier B of a single word: pieces of it with two thirds of its tokens, one after the other.
    /// One of them is enough.
    pub fragments: Vec<Keyword>,
}

/// What one keyword asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Keyword {
    /// The keyword in normal form.
    pub text: String,
    /// Tokens, each with its distance in code points from the beginning of the keyword.
    pub terms: Terms,
    /// A single kanji, looked up among single kanji rather than as a phrase.
    #[serde(rename = "kanji")]
    pub single_kanji: bool,
    /// A word in katakana; where it stands within a longer one it is worth little.
    pub katakana: bool,
    /// The Western year, where the keyword is one and nothing else.
    pub year: Option<i32>,
    /// Does it stand in quotation marks?
    pub quoted: bool,
    /// Other ways to say it, in normal form.
    pub variants: Vec<String>,
    /// Its kana in the kanji of the site's words.
    pub spelt: Vec<String>,
    /// What it stands for as romaji, and other ways to say that; asked for where no text has it.
    pub typed: Vec<String>,
}

/// Tokens with their distances.
pub type Terms = Vec<(usize, String)>;

/// The parts of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Loose {
    /// Tokens to be looked up in the texts; those with hiragana say little and are not among them
    /// where there are others.
    pub tokens: Vec<String>,
    /// Keywords of a single kanji, looked up among single kanji.
    pub kanji: Vec<String>,
    /// Western years that the query names.
    pub years: Vec<i32>,
    /// How many of tokens, kanji and years must be there.
    pub needed: usize,
    /// Pairs of a kanji and a hiragana, which need not be there: how a word goes on differs from
    /// text to text.
    pub optional: Vec<String>,
}

impl QueryPlan {
    /// Is the loose part of tier B asked, where tier A has found so many?
    pub fn wants_loose(&self, found: usize) -> bool {
        let enough = if self.keywords.len() == 1 { 1 } else { FEW };
        self.loose.is_some() && found < enough
    }
}

/// The plan of `query`. Keywords are parted by white space and 、; one without letters or digits
/// asks for nothing. `synonyms` are groups of words in normal form; one of several words is one
/// keyword.
pub fn plan(query: &str, synonyms: &[Vec<String>], readings: &Readings) -> QueryPlan {
    let mut plan = QueryPlan::default();
    let mut loose = Vec::new();
    for part in parts(&normalise_with_katakana(query), synonyms) {
        let text = part.text.chars.as_slice();
        let Some(mut keyword) = keyword(text) else { continue };
        keyword.quoted = part.quoted;
        keyword.katakana = text.len() >= 2 && part.text.katakana.iter().all(|&katakana| katakana);
        if part.excluded {
            plan.excluded.push(keyword);
            continue;
        }
        if !part.quoted {
            keyword.variants = variants(text, synonyms);
            keyword.spelt = readings.spell(text);
            keyword.typed = typed(&keyword.text, synonyms, readings);
            loose.push((part.text, keyword.single_kanji));
        }
        plan.keywords.push(keyword);
    }
    match loose.as_slice() {
        [(word, _)] if plan.keywords.len() == 1 && is_word(word) => {
            plan.fragments = fragments(word)
        }
        _ => plan.loose = of_parts(&loose),
    }
    plan
}

/// Is `text` one word, rather than several words or a sentence? Particles between two words, を,
/// separators, years and its length tell.
fn is_word(Normal { chars, katakana }: &Normal) -> bool {
    let is_hiragana = |at: usize| is_kana(chars[at]) && !katakana[at];
    let joins = |at: usize| {
        is_hiragana(at)
            && (chars[at] == 'を'
                || ("のにはがでへ".contains(chars[at])
                    && at > 0
                    && at + 1 < chars.len()
                    && !is_hiragana(at + 1)))
    };
    chars.len() <= LONGEST_WORD
        && chars.iter().all(|&c| class(c).is_some())
        && years(chars).is_empty()
        && !(0..chars.len()).any(joins)
}

/// The pieces of a word that have two thirds of its tokens; pieces of kana alone are parts of too
/// many other words.
fn fragments(Normal { chars, .. }: &Normal) -> Vec<Keyword> {
    let tokens = tokens(chars);
    let needed = (2 * tokens.len()).div_ceil(3);
    let mut pieces: Vec<&[char]> = Vec::new();
    for window in tokens.windows(needed.max(1)).filter(|window| window.len() < tokens.len()) {
        let (first, last) = (&window[0], &window[window.len() - 1]);
        let piece = &chars[first.position..last.position + last.length];
        if !piece.iter().all(|&c| is_kana(c))
            && piece.len() < chars.len()
            && !pieces.contains(&piece)
        {
            pieces.push(piece);
        }
    }
    pieces.into_iter().filter_map(keyword).collect()
}

/// The keyword that `normal` is, and nothing else: a variant's.
pub fn keyword_of(normal: &str) -> Option<Keyword> {
    keyword(&normal.chars().collect::<Vec<char>>())
}

/// A stretch of the query between white space or quotation marks.
#[derive(Default)]
struct QueryPart {
    text: Normal,
    quoted: bool,
    excluded: bool,
}

fn parts(query: &Normal, synonyms: &[Vec<String>]) -> Vec<QueryPart> {
    let mut parts = vec![QueryPart::default()];
    let mut within_quotes = false;
    // The blanks within a synonym of several words.
    let joins: Vec<usize> = (synonyms.iter().flatten())
        .filter_map(|word| {
            let word: Vec<char> = word.chars().collect();
            let at = word.contains(&' ').then(|| place_of(&word, &query.chars))??;
            Some(
                (at..at + word.len())
                    .filter(|&place| query.chars[place] == ' ')
                    .collect::<Vec<_>>(),
            )
        })
        .flatten()
        .collect();
    for (at, (&c, &katakana)) in query.chars.iter().zip(&query.katakana).enumerate() {
        let part = parts.last_mut().expect("there is always a part");
        let is_empty = part.text.chars.is_empty();
        if matches!(c, '"' | '“' | '”') {
            within_quotes = !within_quotes;
            // -"…" excludes the whole of it.
            let excluded = is_empty && part.excluded && within_quotes;
            parts.push(QueryPart { quoted: within_quotes, excluded, ..QueryPart::default() });
        } else if !within_quotes && !joins.contains(&at) && (c.is_whitespace() || c == '、') {
            parts.push(QueryPart::default());
        } else if !within_quotes && is_empty && !part.excluded && is_dash(c) {
            part.excluded = true;
        } else {
            part.text.chars.push(c);
            part.text.katakana.push(katakana);
        }
    }
    parts
}

fn keyword(normal: &[char]) -> Option<Keyword> {
    let runs: Vec<_> = runs(normal).collect();
    let mut terms = Vec::new();
    let mut stray = Vec::new();
    for run in &runs {
        let length = run.end - run.start;
        if run.class != CharacterClass::Japanese {
            let whole = tokens(&normal[run.start..run.end]).pop()?;
            terms.push((run.start, whole.text));
        } else if length == 1 {
            // Where it touches a word or number, the index has it by itself; elsewhere it may stand
            // within a longer run of the text, where only pairs are.
            let list = if run.touches { &mut terms } else { &mut stray };
            list.push((run.start, normal[run.start].to_string()));
        } else {
            terms.extend(cover(normal, run.start, run.end));
        }
    }
    if terms.is_empty() {
        terms = stray;
    }
    let first = terms.first()?.0;
    for term in &mut terms {
        term.0 -= first;
    }
    let single_kanji = match terms.as_slice() {
        [(_, text)] => runs.len() == 1 && text.chars().count() == 1 && text.chars().all(is_kanji),
        _ => false,
    };
    Some(Keyword {
        text: normal.iter().collect(),
        terms,
        single_kanji,
        katakana: false,
        year: whole_year(normal),
        quoted: false,
        variants: Vec::new(),
        spelt: Vec::new(),
        typed: Vec::new(),
    })
}

/// Every second pair covers a run of two or more, with the last one to close it: half the lists.
fn cover(normal: &[char], start: usize, end: usize) -> impl Iterator<Item = (usize, String)> {
    let last = end - 2;
    let pairs = (start..last).step_by(2).chain([last]);
    pairs.map(|at| (at, normal[at..at + 2].iter().collect()))
}

/// Other ways to say `normal`: a synonym in place of a word, a last ー left out.
fn variants(normal: &[char], synonyms: &[Vec<String>]) -> Vec<String> {
    let text: String = normal.iter().collect();
    let mut variants: Vec<String> = Vec::new();
    let mut add = |variant: String| {
        if variants.len() < VARIANTS && !variants.contains(&variant) {
            variants.push(variant);
        }
    };
    if let [shorter @ .., 'ー'] = normal
        && shorter.len() >= 2
    {
        add(shorter.iter().collect());
    }
    for group in synonyms {
        for word in group {
            let chars: Vec<char> = word.chars().collect();
            // A whole keyword may be another form of the word.
            let (at, length) = match stem(word) == stem(&text) {
                true => (0, normal.len()),
                false => match place_of(&chars, normal) {
                    Some(at) => (at, chars.len()),
                    None => continue,
                },
            };
            let (before, after) = (&normal[..at], &normal[at + length..]);
            for other in group.iter().filter(|other| *other != word) {
                add(before
                    .iter()
                    .copied()
                    .chain(other.chars())
                    .chain(after.iter().copied())
                    .collect());
            }
            break;
        }
    }
    variants
}

/// The kana that a word in Latin letters stands for as romaji, and the other ways to say that. Few
/// kana are only asked for where there is another way: して stands everywhere.
fn typed(word: &str, synonyms: &[Vec<String>], readings: &Readings) -> Vec<String> {
    let Some(kana) = (word.len() >= SHORTEST_TYPED).then(|| kana(word)).flatten() else {
        return Vec::new();
    };
    let normal: Vec<char> = kana.chars().collect();
    let mut others = variants(&normal, synonyms);
    others.extend(readings.spell(&normal));
    if normal.len() >= SHORTEST_KANA || !others.is_empty() {
        others.insert(0, kana);
    }
    others
}

/// Where `word` stands in `normal`, not within a longer word or number; of Japanese, a single
/// character only by itself.
fn place_of(word: &[char], normal: &[char]) -> Option<usize> {
    if word.is_empty() || (word.len() == 1 && normal.len() > 1) {
        return None;
    }
    let goes_on = |at: usize| {
        let (Some(&a), Some(&b)) = (normal.get(at), normal.get(at + 1)) else { return false };
        class(a) == class(b) && !matches!(class(a), None | Some(CharacterClass::Japanese))
    };
    let fits = |&at: &usize| {
        normal[at..].starts_with(word)
            && !(at > 0 && goes_on(at - 1))
            && !goes_on(at + word.len() - 1)
    };
    (0..normal.len()).find(fits)
}

/// Tier B of the keywords that may be taken apart; is each a single kanji?
fn of_parts(parts: &[(Normal, bool)]) -> Option<Loose> {
    let mut loose = Loose::default();
    let mut weak = Vec::new();
    for (Normal { chars, katakana }, single_kanji) in parts {
        let mentions = years(chars);
        for mention in &mentions {
            if !loose.years.contains(&mention.year) {
                loose.years.push(mention.year);
            }
        }
        for token in tokens(chars) {
            // A year is one part, not as many as it has pairs.
            if mentions.iter().any(|year| (year.start..year.end).contains(&token.position)) {
                continue;
            }
            let at = token.position..token.position + token.length;
            let list = if !at.clone().any(|at| is_kana(chars[at]) && !katakana[at]) {
                if *single_kanji { &mut loose.kanji } else { &mut loose.tokens }
            } else if chars[at].iter().all(|&c| is_kana(c)) {
                &mut weak
            } else {
                &mut loose.optional
            };
            if !list.contains(&token.text) {
                list.push(token.text);
            }
        }
    }
    // Words in hiragana are all that such a query has: ごみを減らすには.
    if loose.tokens.is_empty() && loose.kanji.is_empty() {
        loose.tokens = std::mem::take(&mut loose.optional);
        loose.tokens.append(&mut weak);
    }
    loose.needed = (loose.tokens.len() + loose.kanji.len() + loose.years.len()).div_ceil(SHARE);
    (loose.needed > 0).then_some(loose)
}

fn is_kana(c: char) -> bool {
    class(c) == Some(CharacterClass::Japanese) && !is_kanji(c)
}
