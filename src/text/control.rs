//! **Control characters**: those that no page shows and that no XML may hold, line breaks and tabs
//! apart.
//!
//! Not in here: other characters that nobody sees (`table::invisible`), and taking them out.

/// Is it one? So are the separators of lines and paragraphs of Unicode, and its noncharacters at
/// the end of the first plane.
pub fn is_control(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
            | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}'
    )
}
