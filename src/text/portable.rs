//! A **portable name** can be the name of a file or folder on Linux, macOS and Windows, and shows
//! as it is written.
//!
//! Not in here: names that differ in case only (`site::SitePlan`), and what else an id may hold
//! (`text::Id`).

use super::is_control;

/// Largest length of a name, in bytes of UTF-8: that of common file systems.
pub const LONGEST_NAME: usize = 255;

/// The reason why a name is not portable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unportable {
    /// It contains a character that Windows does not allow.
    Character(char),
    /// It contains a control character, or one that changes the direction of writing: the name
    /// would not show as it is.
    Invisible(char),
    /// It ends in a full stop or a space, which Windows removes.
    Ending,
    /// Windows takes it for a device, whatever its extension.
    Device,
    /// It has more than [`LONGEST_NAME`] bytes.
    Long,
}

/// The first reason why `name`, one part of a path, is not portable; `None` if it is.
///
/// The rules are those of Microsoft's “Naming Files, Paths, and Namespaces” and of UAX #9.
pub fn unportable(name: &str) -> Option<Unportable> {
    let of_character = |c| match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\' => Some(Unportable::Character(c)),
        '\t' | '\n' | '\r' => Some(Unportable::Invisible(c)),
        _ if is_control(c) || changes_direction(c) => Some(Unportable::Invisible(c)),
        _ => None,
    };
    if let Some(problem) = name.chars().find_map(of_character) {
        return Some(problem);
    }
    if name.ends_with(['.', ' ']) {
        return Some(Unportable::Ending);
    }
    if is_device(name) {
        return Some(Unportable::Device);
    }
    (name.len() > LONGEST_NAME).then_some(Unportable::Long)
}

/// Does Windows take `name` for a device? It ignores case, and everything from the first full stop.
pub(super) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") {
        return true;
    }
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let mut number = port.unwrap_or_default().chars();
    matches!((number.next(), number.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}

/// Is `c` one of the characters that mark, embed, override or isolate a direction of writing?
fn changes_direction(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::{Unportable, unportable};

    #[test]
    fn names_that_some_system_cannot_hold_are_told_by_their_reason() {
        for good in ["map.pdf", "計画.pdf", ".htaccess", "com10", "console", "a b", "lpt", "コン"]
        {
            assert_eq!(unportable(good), None, "{good}");
        }
        let reasons = [
            ("a:b", Unportable::Character(':')),
            ("a\\b", Unportable::Character('\\')),
            ("a\u{7}", Unportable::Invisible('\u{7}')),
            ("\u{202e}fdp.exe", Unportable::Invisible('\u{202e}')),
            ("plan.", Unportable::Ending),
            ("plan ", Unportable::Ending),
            ("CON", Unportable::Device),
            ("nul.tar.gz", Unportable::Device),
            ("Lpt¹.txt", Unportable::Device),
            ("com0", Unportable::Device),
        ];
        for (name, reason) in reasons {
            assert_eq!(unportable(name), Some(reason), "{name:?}");
        }
        assert_eq!(unportable(&"あ".repeat(85)), None);
        assert_eq!(unportable(&"あ".repeat(86)), Some(Unportable::Long));
    }
}
