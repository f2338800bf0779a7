//! The **plan** of a query: its keywords, each with the tokens that must stand together.
//!
//! The browser makes the same plan (`assets/search/plan.js`); `tests/analyzer-cases.json` holds both.
//!
//! Not in here: looking anything up (`oracle`, and the browser's `score.js`).

use super::analyzer::{Class, is_kanji, normalise, runs, tokens, whole_year};

/// What one keyword asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The keyword in normal form.
    pub text: String,
    /// Tokens, each with its distance in code points from the beginning of the keyword.
    pub terms: Vec<(usize, String)>,
    /// A single kanji, looked up among single kanji rather than as a phrase.
    pub single_kanji: bool,
    /// The Western year, where the keyword is one and nothing else.
    pub year: Option<i32>,
}

/// The plan of `query`: every keyword must be found. Keywords are parted by white space and 、; one
/// without letters or digits asks for nothing.
pub fn plan(query: &str) -> Vec<Keyword> {
    let normal = normalise(query);
    normal.split(|&c| c.is_whitespace() || c == '、').filter_map(keyword).collect()
}

fn keyword(normal: &[char]) -> Option<Keyword> {
    let runs = runs(normal);
    let mut terms = Vec::new();
    let mut stray = Vec::new();
    for run in &runs {
        let length = run.end - run.start;
        if run.class != Class::Japanese {
            let whole = tokens(&normal[run.start..run.end]).pop()?;
            terms.push((run.start, whole.text));
        } else if length == 1 {
            // Where it touches a word or number, the index has it by itself; elsewhere it may stand
            // within a longer run of the text, where only pairs are.
            let touches = run.joined_before || run.joined_after;
            let list = if touches { &mut terms } else { &mut stray };
            list.push((run.start, normal[run.start].to_string()));
        } else {
            // Every second pair covers the run, with the last one to close it: half the lists.
            let last = run.end - 2;
            let pairs = (run.start..last).step_by(2).chain([last]);
            terms.extend(pairs.map(|at| (at, normal[at..at + 2].iter().collect())));
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
    let year = whole_year(normal);
    Some(Keyword { text: normal.iter().collect(), terms, single_kanji, year })
}
