//! **Pictures** of measures, for where a page is shared: which fonts they are lettered in.
//!
//! Not in here: the fonts themselves, which may or may not be on the machine (`picture`).

use crate::diagnostic::{Located, Place};

/// What `[pictures]` of `site.toml` says.
#[derive(Clone, Debug)]
pub struct Pictures {
    /// Fonts of all texts, the first that has a character letters it.
    pub fonts: Vec<Located<FontName>>,
    /// Fonts of titles, before those of all texts.
    pub title_fonts: Vec<Located<FontName>>,
    /// Where `fonts` is written.
    pub place: Place,
}

/// A font as a file, and, in a file of several, by its PostScript name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontName {
    /// Path below the site's root, or an absolute one.
    pub path: String,
    /// PostScript name; the first font of the file where none is given.
    pub face: Option<String>,
}

impl FontName {
    /// The font written as `path` or `path#PostScriptName`, as CSS Fonts 4 writes it in addresses.
    pub fn parse(text: &str) -> Self {
        match text.rsplit_once('#') {
            Some((path, face)) if !face.is_empty() && !face.contains(['/', '.']) => {
                Self { path: path.to_owned(), face: Some(face.to_owned()) }
            }
            _ => Self { path: text.to_owned(), face: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FontName;

    #[test]
    fn a_face_stands_behind_a_number_sign() {
        let of = |text: &str| {
            let name = FontName::parse(text);
            (name.path, name.face)
        };
        assert_eq!(of("fonts/a.otf"), ("fonts/a.otf".into(), None));
        assert_eq!(of("/usr/a.ttc#NotoJP-Bold"), ("/usr/a.ttc".into(), Some("NotoJP-Bold".into())));
        assert_eq!(of("no #1/a.otf"), ("no #1/a.otf".into(), None));
        assert_eq!(of("a.otf#"), ("a.otf#".into(), None));
    }
}
