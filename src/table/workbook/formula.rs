//! **Formulas**, as far as they show what kind of row it is: does a formula add up cells of other
//! rows?

/// Does the formula in the row `own` (from 1) do nothing but add up cells of other rows of its
/// sheet: `SUM(D5:D7)`, `D7+D10`, `SUBTOTAL(9,D5:D7)`, `of:=SUM([.D5:.D7])`? `SUM(B5:C5)` in row 5
/// is the sum of a record.
pub(super) fn adds_up_rows(formula: &str, own: u32) -> bool {
    let text = formula.trim_start_matches("of:").trim_start_matches('=');
    let bytes = text.as_bytes();
    let (mut at, mut cells, mut functions, mut additions) = (0, 0, 0, 0);
    while at < bytes.len() {
        let from = at;
        let run = |from: usize, is: fn(&u8) -> bool| {
            bytes[from..].iter().take_while(|byte| is(byte)).count()
        };
        match bytes[at] {
            b'A'..=b'Z' | b'a'..=b'z' => {
                at += run(at, u8::is_ascii_alphabetic);
                let word = &text[from..at];
                at += run(at, |byte| *byte == b'$');
                let digits = run(at, u8::is_ascii_digit);
                if digits > 0 {
                    let row = text[at..at + digits].parse::<u32>();
                    if row.is_ok_and(|row| row == own) {
                        return false;
                    }
                    at += digits;
                    cells += 1;
                } else if word.eq_ignore_ascii_case("sum") {
                    functions += 1;
                } else if word.eq_ignore_ascii_case("subtotal") {
                    functions += 1;
                    // The first argument is the function: 9 and 109 are the sum.
                    let rest = text[at..].trim_start_matches('(').trim_start();
                    if !["9,", "109,", "9;", "109;"].iter().any(|sum| rest.starts_with(sum)) {
                        return false;
                    }
                    at = text.len() - rest.len() + run(text.len() - rest.len(), u8::is_ascii_digit);
                } else {
                    return false;
                }
            }
            b'+' => {
                additions += 1;
                at += 1;
            }
            b'(' | b')' | b',' | b';' | b':' | b'$' | b'[' | b']' | b'.' | b' ' => at += 1,
            _ => return false,
        }
    }
    cells > 0 && (functions > 0 || additions > 0)
}

#[cfg(test)]
mod tests {
    use super::adds_up_rows;

    #[test]
    fn sums_of_other_rows_are_told_from_sums_of_a_record() {
        for formula in [
            "SUM(D5:D7)",
            "sum($D$5:$D$7)",
            "D7+D10",
            "SUM(D5:D7,D9)",
            "SUBTOTAL(9,D5:D7)",
            "SUBTOTAL(109,D5:D7)",
            "of:=SUM([.D5:.D7])",
            "of:=SUBTOTAL(9;[.D5:.D7])",
        ] {
            assert!(adds_up_rows(formula, 8), "{formula}");
        }
        for formula in [
            "SUM(B8:C8)",
            "D7*2",
            "D7",
            "SUM(Sheet2!D5:D7)",
            "AVERAGE(D5:D7)",
            "SUBTOTAL(1,D5:D7)",
            "D5-D6",
            "IF(D5>0,D5,\"\")",
            "1+2",
            "",
        ] {
            assert!(!adds_up_rows(formula, 8), "{formula}");
        }
    }
}
