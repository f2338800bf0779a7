//! The analyzer and the plan of a query: tokens lie in the text, normal form stays as it is, and
//! a plan asks only for what an index can have.
#![no_main]

use kawaraban::search::analyzer::{kana, normalise, normalise_with_katakana, spans, stem, tokens};
use kawaraban::search::{Readings, plan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let normal = normalise(text);
    let whole: String = normal.iter().collect();
    let with_katakana = normalise_with_katakana(text);
    assert_eq!(with_katakana.chars, normal);
    assert_eq!(with_katakana.katakana.len(), normal.len());
    let found = tokens(&normal);
    let code_points = normal.iter().copied().enumerate();
    let placed: Vec<_> = spans(code_points, normal.len()).map(|s| (s.position, s.length)).collect();
    let of_tokens: Vec<_> = found.iter().map(|token| (token.position, token.length)).collect();
    assert_eq!(placed, of_tokens, "{whole:?}");
    for token in &found {
        assert!(token.length > 0 && token.position + token.length <= normal.len(), "{token:?}");
        assert!(!token.text.is_empty() && token.text.chars().count() <= 64, "{token:?}");
        assert!(found[0].position <= token.position);
        stem(&token.text);
    }
    kana(&whole);
    let readings: Readings =
        [("くんれん".to_owned(), vec!["訓練".to_owned(), "訓錬".to_owned()])].into_iter().collect();
    let synonyms = [vec!["バス".to_owned(), "路線 バス".to_owned()], vec!["bus".to_owned()]];
    let asked = plan(text, &synonyms, &readings);
    for keyword in asked.keywords.iter().chain(&asked.excluded).chain(&asked.fragments) {
        assert!(!keyword.terms.is_empty(), "{keyword:?}");
        assert_eq!(keyword.terms[0].0, 0, "{keyword:?}");
        assert!(keyword.variants.len() <= 8, "{keyword:?}");
    }
    if let Some(loose) = &asked.loose {
        let parts = loose.tokens.len() + loose.kanji.len() + loose.years.len();
        assert!(loose.needed <= parts, "{loose:?}");
    }
});
