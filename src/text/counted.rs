//! A **count** of things in an English sentence. Japanese needs none: its nouns have no plural.

/// `count` and what is counted: `1 row`, `2 rows`, for a `word` whose plural ends in s.
pub fn counted(count: usize, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}
