//! A **count** of things in an English sentence. Japanese needs none: its nouns have no plural.

/// The count with its noun: `1 row`, `2 rows`; the plural of `word` must be formed by adding s.
pub fn counted(count: usize, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}
