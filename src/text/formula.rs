//! A **formula** is a text that Excel calculates when it opens a CSV file.
//!
//! Not in here: how such a text is written instead (`catalog`, `html`).

use super::Decimal;

/// Would Excel take `cell` for a formula when it opens a CSV file? It may then show something else
/// than the text, or run it: `=HYPERLINK(…)` in a name that a citizen has sent in. In Japanese, it
/// also reads the full-width signs.
pub fn is_formula(cell: &str) -> bool {
    let mut characters = cell.chars();
    let begins = matches!(
        characters.next(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
    );
    // A sign alone stands for itself.
    begins && characters.next().is_some() && Decimal::parse(cell).is_none()
}

#[cfg(test)]
mod tests {
    use super::is_formula;

    #[test]
    fn what_begins_with_a_sign_and_is_no_number_is_a_formula() {
        for formula in ["=1+1", "+81-3-1234-5678", "-A1", "@SUM(1)", "\tx", "＝1+1", "－A1", "-1-2"]
        {
            assert!(is_formula(formula), "{formula}");
        }
        for text in ["", "-", "-5", "+3", "-1234.5", "a=b", "'=1", "▲5", "1-2-3", "ー", "・=1"]
        {
            assert!(!is_formula(text), "{text}");
        }
    }
}
