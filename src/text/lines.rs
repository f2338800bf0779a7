//! Texts **on one line**, as required in tables (rule L1-14).

/// Does `text` have a line break?
pub fn has_line_break(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'\n' | b'\r'))
}

/// Joins the lines of `text` by spaces, without blank lines.
pub fn one_line(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{has_line_break, one_line};

    #[test]
    fn paragraphs_become_one_line() {
        let text = "最初の段落。\r\n\r\n 次の段落、\n続き。\r";
        assert!(has_line_break(text));
        assert_eq!(one_line(text), "最初の段落。 次の段落、 続き。");
        assert!(!has_line_break(&one_line(text)));
    }
}
