//! The **plan** of a query says what is looked up for it, in three tiers.
//!
//! - **A**: every keyword, as a phrase; keywords in quotation marks are matched only like this, and
//!   keywords after a minus must not occur.
//! - **B**: asked where A finds little. For several words or a sentence: the parts of the query, of
//!   which a third must occur, or as many as the best document has. For a single word that no
//!   document has: contiguous pieces of two thirds of it.
//! - **C**: variants of a keyword, used in A and B: a synonym, a final ー left out, kana in the
//!   kanji of the site's own words (`readings`), a year in the other calendar, and, for a Latin
//!   word that no text has, the kana that it spells as romaji and words that differ from it in one
//!   letter (`words`).
//!
//! The browser makes the same plan (`assets/search/plan.js`); `tests/analyzer-cases.json` tests
//! both.
//!
//! Not in here: looking anything up (`memory_index`, and the browser's `score.js`).

use std::cmp::Reverse;

use serde::Serialize;

use super::analyzer::{
    CharacterClass, GRAMMAR, Normal, class, is_dash, is_kanji, kana, normalise_with_katakana, runs,
    stem, tokens, whole_year, years,
};
use super::loose::{Loose, WithoutGrammar, is_kana, of_parts};
use super::readings::Readings;

/// With fewer results of tier A than this, a query of several keywords also asks tier B.
const FEW: usize = 10;
/// A keyword of more characters is a sentence.
const LONGEST_WORD: usize = 12;
/// At most so many variants of a keyword.
const VARIANTS: usize = 8;
/// Latin words of fewer letters are not read as romaji.
const SHORTEST_TYPED: usize = 4;
/// Fewer kana than this, read from romaji, occur within too many other words to be looked up.
const SHORTEST_KANA: usize = 3;

/// What a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QueryPlan {
    /// Keywords that tier A requires, all of them.
    pub keywords: Vec<Keyword>,
    /// Keywords that must not occur.
    pub excluded: Vec<Keyword>,
    /// Tier B of several words or a sentence; `None` for a single word or number, and where
    /// everything is in quotation marks.
    pub loose: Option<Loose>,
    /// Tier B of a single word: contiguous pieces of two thirds of its tokens, of which one must
    /// occur.
    pub fragments: Vec<Keyword>,
}

/// What one keyword asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Keyword {
    /// The keyword in normal form.
    pub text: String,
    /// Tokens, each with its distance in code points from the first one.
    pub terms: Terms,
    /// A single kanji, looked up among single kanji rather than as a phrase.
    #[serde(rename = "kanji")]
    pub single_kanji: bool,
    /// Is it a word in katakana? Within a longer word such a keyword counts little.
    pub katakana: bool,
    /// The Western year, where the whole keyword is a year.
    pub year: Option<i32>,
    /// Is it in quotation marks?
    pub quoted: bool,
    /// Synonyms and other forms, in normal form.
    pub variants: Vec<String>,
    /// The keyword's kana in the kanji of the site's words.
    pub spelt: Vec<String>,
    /// The kana that it spells as romaji, with their variants; used only where no text has the
    /// keyword.
    pub typed: Vec<String>,
}

/// Tokens, each with its distance in code points from the first token.
pub type Terms = Vec<(usize, String)>;

impl QueryPlan {
    /// Is the loose part of tier B asked, where tier A has found `found` documents?
    pub fn wants_loose(&self, found: usize) -> bool {
        let enough = if self.keywords.len() == 1 { 1 } else { FEW };
        self.loose.is_some() && found < enough
    }
}

/// Makes the plan of `query`. Keywords are separated by white space and 、; one without letters or
/// digits is ignored. `synonyms` are groups of words in normal form; a synonym of several words is
/// treated as one keyword.
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
        [(code, _)] if plan.keywords.len() == 1 && is_code(&code.chars) => {}
        _ => {
            let has_word = |group: &&Vec<String>| {
                loose.iter().any(|(text, _)| word_of(group, &text.chars).is_some())
            };
            let groups = synonyms.iter().filter(has_word).cloned().collect();
            plan.loose = of_parts(&loose, groups);
        }
    }
    plan
}

/// Is the text one word, rather than several words or a sentence? A particle between two words, を,
/// a separator, a year, more than [`LONGEST_WORD`] characters, or grammar beside something else
/// mean that it is not.
fn is_word(text @ Normal { chars, katakana }: &Normal) -> bool {
    let is_hiragana = |at: usize| is_kana(chars[at]) && !katakana[at];
    let joins = |at: usize| {
        is_hiragana(at)
            && (chars[at] == 'を'
                || (GRAMMAR.joins.contains(chars[at])
                    && at > 0
                    && at + 1 < chars.len()
                    && !is_hiragana(at + 1)))
    };
    chars.len() <= LONGEST_WORD
        && !WithoutGrammar::of(text).is_sentence(chars)
        && chars.iter().all(|&c| class(c).is_some())
        && years(chars).is_empty()
        && !(0..chars.len()).any(joins)
}

/// Is the text the number of something, such as 2023-厚労-0123? Then its parts say nothing by
/// themselves. It begins and ends with digits, has dashes, and some of its digits are no year.
fn is_code(chars: &[char]) -> bool {
    let mentions = years(chars);
    let in_year = |at: usize| mentions.iter().any(|year| (year.start..year.end).contains(&at));
    let is_digit = |c: &char| c.is_ascii_digit();
    chars.first().is_some_and(is_digit)
        && chars.last().is_some_and(is_digit)
        && chars.iter().any(|&c| is_dash(c))
        && chars.iter().all(|&c| is_dash(c) || (class(c).is_some() && !is_kana(c)))
        && chars.iter().enumerate().any(|(at, c)| is_digit(c) && !in_year(at))
}

/// The contiguous pieces of a word with two thirds of its tokens each. Pieces of kana alone are
/// left out: they occur in too many other words.
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

/// The keyword of a variant in normal form, without variants of its own; `None` where it has no
/// token.
pub fn keyword_of(normal: &str) -> Option<Keyword> {
    keyword(&normal.chars().collect::<Vec<char>>())
}

/// A part of the query between white space, 、 or quotation marks.
#[derive(Default)]
struct QueryPart {
    text: Normal,
    quoted: bool,
    excluded: bool,
}

/// Splits a query in normal form into its parts, some of which may be empty. White space and 、
/// separate, except within quotation marks; a space within a synonym of several words does not
/// separate. A dash before a part, or before its opening quotation mark, excludes it.
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
            // -"…" excludes the whole quotation.
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

/// The keyword for `normal`, without flags and variants; `None` where it has no token. A run of
/// Japanese becomes every second bigram, words and numbers one token each. A single Japanese
/// character is left out where there are other tokens, unless it touches one.
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
            // Where it touches a word or number, the index has the character as a token; elsewhere
            // it may be within a longer run of the text, of which the index has only bigrams.
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

/// Every second bigram of the run `start..end` of two or more characters, and the last one: they
/// cover the run with half of its posting lists.
fn cover(normal: &[char], start: usize, end: usize) -> impl Iterator<Item = (usize, String)> {
    let last = end - 2;
    let pairs = (start..last).step_by(2).chain([last]);
    pairs.map(|at| (at, normal[at..at + 2].iter().collect()))
}

/// The variants of `normal`: the final ー left out, and, for each group of synonyms, its longest
/// word in `normal` replaced by the others; at most [`VARIANTS`], without duplicates.
fn variants(normal: &[char], synonyms: &[Vec<String>]) -> Vec<String> {
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
        let Some((word, at, length)) = word_of(group, normal) else { continue };
        let (before, after) = (&normal[..at], &normal[at + length..]);
        for other in group.iter().filter(|other| *other != word) {
            let other = other.chars();
            add(before.iter().copied().chain(other).chain(after.iter().copied()).collect());
        }
    }
    variants
}

/// The longest word of `group` that the keyword has, where it begins, and its length: within
/// 路線バス, バス is no word of its own where the group has both. The keyword as a whole may be
/// another inflected form.
fn word_of<'a>(group: &'a [String], normal: &[char]) -> Option<(&'a String, usize, usize)> {
    let text: String = normal.iter().collect();
    let found = group.iter().filter_map(|word| {
        if stem(word) == stem(&text) {
            return Some((word, 0, normal.len()));
        }
        let chars: Vec<char> = word.chars().collect();
        place_of(&chars, normal).map(|at| (word, at, chars.len()))
    });
    found.min_by_key(|found| Reverse(found.2))
}

/// The kana that a Latin word spells as romaji, then their variants; empty where it is not romaji.
/// Kana that are too short (してis everywhere) are looked up only where they have a variant.
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

/// Where `word` begins in `normal`, if it is not part of a longer word or number; a single
/// character matches only the whole of `normal`.
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

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn a_word_begins_where_it_is_no_part_of_a_longer_one() {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        for (word, normal, place) in [
            ("空き家", "市の空き家", Some(2)),
            ("空き家", "空き地", None),
            ("区", "区", Some(0)),
            ("区", "中央区", None),
            ("", "中央区", None),
            ("", "", None),
            ("data", "open data", Some(5)),
            ("data", "database", None),
            ("data", "metadata", None),
            ("データ", "データ集", Some(0)),
            ("データ", "データベース", Some(0)),
            ("10", "2010年10月", Some(5)),
        ] {
            assert_eq!(place_of(&chars(word), &chars(normal)), place, "{word:?} in {normal:?}");
        }
    }
}
