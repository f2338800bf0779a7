//! **Control characters** that no page displays and XML does not allow; except line breaks and
//! tabs.
//!
//! Not in here: other invisible characters (`table::invisible`), and removing them.

/// Is `c` a control character? The line and paragraph separators of Unicode, and U+FFFE and U+FFFF,
/// count as such.
pub fn is_control(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
            | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}'
    )
}
