//! The **config** is what `content/site.toml` says of the site as a whole, as meant: every default
//! filled in, every value of its type.
//!
//! Not in here: departments and topics (`policy`), templates (`theme`).

mod code;
mod licence;
mod load;
mod options;
mod pictures;
mod publisher;
mod ratings;
mod read;

pub use code::LocalGovernmentCode;
pub use licence::Licence;
pub use load::load;
pub use options::{Drafts, Options};
pub use pictures::{FontName, Pictures};
pub use publisher::{Contact, Publisher};
pub use ratings::{Rating, RatingScale, Tone, Unrated};

use crate::calendar::Date;
use crate::diagnostic::Located;
use crate::text::{Language, Localized};

/// The settings of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// Name of the site.
    pub title: Localized,
    /// One or two sentences about it.
    pub description: Option<Localized>,
    /// A line above every page.
    pub notice: Option<Localized>,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// Whether drafts are published. Set by the command, not by `site.toml`.
    pub drafts: Drafts,
    /// Whether the search index is also published for pages that are opened from a file share. Set
    /// by the command, not by `site.toml`.
    pub offline_search: bool,
    /// Languages of the pages; the first is the content's own and has no folder of its own.
    pub languages: Vec<Language>,
    /// Folder of the theme below `themes/`.
    pub theme: Located<String>,
    /// Date of the last change of what has no date of its own.
    pub updated: Option<Date>,
    /// Who publishes.
    pub publisher: Publisher,
    /// Licence of everything that names no other.
    pub licence: Licence,
    /// The scale by which results are rated.
    pub ratings: RatingScale,
    /// Unit of all budgets.
    pub budget_unit: Localized,
    /// How pictures of measures are lettered; without it there are none.
    pub pictures: Option<Pictures>,
    /// Search results on one page.
    pub search_page_size: usize,
}

impl Config {
    /// The content's own language.
    pub fn own_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::Ja)
    }
}

/// Absolute address of the site's root, ending in `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    address: String,
    path_start: usize,
}

impl BaseUrl {
    /// The base URL written as `text`: `http` or `https`, a host, perhaps a path; the final `/` may
    /// be left out. A query or fragment is none.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host_length = rest.find('/').unwrap_or(rest.len());
        let plain =
            |c: char| c.is_ascii_graphic() && !matches!(c, '?' | '#' | '"' | '<' | '>' | '\\');
        if host_length == 0 || !rest.chars().all(plain) {
            return None;
        }
        let mut address = text.to_owned();
        if !address.ends_with('/') {
            address.push('/');
        }
        Some(Self { address, path_start: text.len() - rest.len() + host_length })
    }

    /// `https://host/path/`.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// `/path/`: what comes after the host.
    pub fn path(&self) -> &str {
        &self.address[self.path_start..]
    }

    /// Absolute address of the output path `path`; `index.html` is left out at its end.
    pub fn join(&self, path: &str) -> String {
        let path = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => path,
        };
        format!("{}{path}", self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn a_base_url_ends_in_a_slash_and_knows_its_path() {
        let root = BaseUrl::parse("https://data.example").expect("a base URL");
        assert_eq!((root.as_str(), root.path()), ("https://data.example/", "/"));
        let below = BaseUrl::parse("https://example.org/city/data/").expect("a base URL");
        assert_eq!(below.path(), "/city/data/");
        assert_eq!(below.join("index.html"), "https://example.org/city/data/");
        assert_eq!(below.join("en/index.html"), "https://example.org/city/data/en/");
        assert_eq!(below.join("a/findex.html"), "https://example.org/city/data/a/findex.html");
        for bad in ["data.example", "https://", "ftp://a/", "https://a/?q", "https://a/ b"] {
            assert_eq!(BaseUrl::parse(bad), None, "{bad}");
        }
    }
}
