//! An **id** is a permanent name: it is part of URLs and of the data.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::portable::is_device;

/// Largest number of characters, so that no path becomes too long for file systems.
const MAX_LENGTH: usize = 80;

/// `a–z`, `0–9` and `-`, beginning with a letter or digit, at most 80 characters. Neither `index`
/// nor the name of a device of Windows (`con`, `aux`, `com1`): files are named after it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// Parses an id; `None` where `text` is not valid.
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.len() <= MAX_LENGTH
            && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && text.bytes().next().is_some_and(|b| b != b'-')
            && !Self::is_taken(text);
        well_formed.then(|| Self(text.into()))
    }

    /// Is `text` a name that cannot be an id, although all its characters are allowed?
    pub fn is_taken(text: &str) -> bool {
        text == "index" || is_device(text)
    }

    /// Suggests an id similar to `text`: ASCII letters in lower case, digits, and `-` for
    /// everything else; `None` where nothing remains.
    pub fn suggest(text: &str) -> Option<Self> {
        let mut slug = String::new();
        for c in text.chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c.to_ascii_lowercase());
            } else if !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(MAX_LENGTH);
        Self::parse(slug.trim_matches('-'))
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn an_id_is_a_safe_part_of_a_url() {
        for good in ["a", "0", "comprehensive-plan-2020", &"x".repeat(80)] {
            assert!(Id::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "-a",
            "A",
            "a_b",
            "a/b",
            "..",
            "index",
            "計画",
            "a b",
            "nul",
            "com1",
            &"x".repeat(81),
        ] {
            assert!(Id::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_suggestion_is_an_id_or_nothing() {
        assert_eq!(Id::suggest("Plan 2020").expect("a slug").as_str(), "plan-2020");
        assert_eq!(Id::suggest("総合計画"), None);
    }
}
