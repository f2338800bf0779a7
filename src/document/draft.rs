//! A **draft** is TOML that the product writes for a person to read and correct. Its first line
//! disables it until that person removes the line.
//!
//! Not in here: the contents of drafts (`form::guess`, `dataset::guess`).

use std::fmt::Write as _;

/// The first line of a draft.
pub const DRAFT: &str = "draft = true # 内容を確かめて、この行を削除してください\n";

/// A text as a quoted TOML string.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '\\' | '"' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A list of texts as a TOML array.
pub fn list<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn any_text_is_written_so_that_toml_reads_it() {
        let texts = ["a\"b\\c", "二行\nの\t文", "\u{1}\u{7f}"];
        let table: toml::Table = format!("texts = {}", list(&texts)).parse().expect("TOML");
        let read: Vec<&str> =
            table["texts"].as_array().expect("a list").iter().filter_map(|t| t.as_str()).collect();
        assert_eq!(read, texts);
    }
}
