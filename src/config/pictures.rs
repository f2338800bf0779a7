//! The settings of the **pictures** of measures, which are shown when a page is shared: the fonts.
//!
//! Not in here: the font files, which may be missing (`picture`).

use crate::diagnostic::{Located, Place};

/// The table `[pictures]` of `site.toml`.
#[derive(Clone, Debug)]
pub struct Pictures {
    /// Fonts of all texts; a character is drawn in the first font that has it.
    pub fonts: Vec<Located<FontName>>,
    /// Fonts of titles, tried before `fonts`.
    pub title_fonts: Vec<Located<FontName>>,
    /// The place of the value of `fonts`.
    pub place: Place,
}

/// A font file and, for a font collection, the PostScript name of one of its fonts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontName {
    /// Path below the site's root, or an absolute path.
    pub path: String,
    /// PostScript name; `None` for the first font of the file.
    pub face: Option<String>,
}

impl FontName {
    /// Parses `path` or `path#PostScriptName`, the form of font fragments in CSS Fonts 4.
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
