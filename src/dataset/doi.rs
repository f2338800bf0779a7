//! A **DOI** (digital object identifier), by which a dataset is cited wherever it moves.

use std::fmt;

/// A DOI, without `https://doi.org/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Doi(String);

/// What people write before a DOI.
const BEFORE: [&str; 5] =
    ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];

impl Doi {
    /// Parses a DOI: `10.`, at least four digits (of a registrant, which may have parts), `/`, and
    /// a name of printable ASCII characters. The address of the DOI is accepted too.
    pub fn parse(text: &str) -> Option<Self> {
        let bare = BEFORE.iter().find_map(|before| text.strip_prefix(before)).unwrap_or(text);
        let (prefix, name) = bare.split_once('/')?;
        let mut parts = prefix.strip_prefix("10.")?.split('.');
        let is_number =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let sound = parts.next().is_some_and(|first| first.len() >= 4 && is_number(first))
            && parts.all(is_number)
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte));
        sound.then(|| Self(bare.to_owned()))
    }

    /// The DOI as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL that leads to what it identifies.
    pub fn url(&self) -> String {
        format!(
            "https://doi.org/{}",
            self.0.replace('%', "%25").replace('#', "%23").replace('?', "%3F")
        )
    }
}

impl fmt::Display for Doi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Doi;

    #[test]
    fn a_doi_has_a_registrant_and_a_name() {
        for sound in ["10.12345/abc", "10.1000.10/a(1)/b", "https://doi.org/10.5281/zenodo.1"] {
            let doi = Doi::parse(sound).expect("it is a DOI");
            assert!(doi.as_str().starts_with("10."), "{doi}");
        }
        for wrong in [
            "",
            "10.12345",
            "10.123/abc",
            "11.12345/abc",
            "10.12345/",
            "10.12345/あ",
            "10.12345/a b",
        ] {
            assert_eq!(Doi::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn its_url_has_no_character_that_ends_a_path() {
        let doi = Doi::parse("10.12345/a#b?c").expect("it is a DOI");
        assert_eq!(doi.url(), "https://doi.org/10.12345/a%23b%3Fc");
    }
}
