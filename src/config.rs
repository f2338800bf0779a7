//! The **config** holds the settings of `content/site.toml` with all defaults filled in.
//!
//! Not in here: departments and topics (`policy`), templates (`theme`).

mod checks;
mod code;
mod content_format;
mod formats;
mod front;
mod host;
mod kinds;
mod licence;
mod load;
mod look;
mod options;
mod pictures;
mod publisher;
mod ratings;
mod read;
mod withheld;

pub use code::{CodeProblem, LocalGovernmentCode};
pub use formats::WantedFormats;
pub use front::{MinusSign, PerHead};
pub use host::{ChosenHost, Host, HostLimits};
pub use kinds::{IndicatorKind, PlanLevel};
pub use licence::Licence;
pub use load::load;
pub use look::{LookVariant, RatingLook, Tone};
pub use options::{BuildOptions, Drafts, Selection};
pub use pictures::{FontName, Pictures};
pub use publisher::{Contact, Publisher};
pub use ratings::{Rating, RatingScale, Unrated};
pub use read::{limits, shape};
pub use withheld::{PublicPeriod, PublicState, Withheld, WithheldKind};

use crate::calendar::Date;
use crate::diagnostic::{Judgement, Located};
use crate::source::Limits;
use crate::text::{Language, Localized};

/// The settings of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// Name of the site.
    pub title: Localized,
    /// Description of the site, one or two sentences.
    pub description: Option<Localized>,
    /// A notice shown at the top of every page.
    pub notice: Option<Localized>,
    /// URL of the published site.
    pub base_url: BaseUrl,
    /// What of the content is published. Set by the command, not by `site.toml`.
    pub selection: Selection,
    /// Whether the search index is also published for pages that are opened from a file share. Set
    /// by the command, not by `site.toml`.
    pub offline_search: bool,
    /// Whether the site is only checked. Set by the command, not by `site.toml`
    /// ([`BuildOptions::without_files`]).
    pub without_files: bool,
    /// Languages of the pages. The first is the language of the content; its pages are at the root,
    /// the others in a folder each.
    pub languages: Vec<Language>,
    /// Folder of the theme below `themes/`.
    pub theme: Located<String>,
    /// Date of the last change, for everything that has no date of its own.
    pub updated: Option<Date>,
    /// The publisher.
    pub publisher: Publisher,
    /// Licence of everything that does not name another licence.
    pub licence: Licence,
    /// The rating scale of results.
    pub ratings: RatingScale,
    /// The kinds of indicators, in the order in which pages show them.
    pub indicator_kinds: Vec<IndicatorKind>,
    /// The levels of the city's plan, from the top.
    pub plan_levels: Vec<PlanLevel>,
    /// Unit of all budgets.
    pub budget_unit: Localized,
    /// The sign before negative numbers on Japanese pages.
    pub minus: MinusSign,
    /// Ids of the indicators that the front page shows.
    pub home_indicators: Vec<Located<String>>,
    /// Where the number of people stands, for amounts of money per head.
    pub population: Option<PerHead>,
    /// Settings of the pictures of measures; `None` for a site without pictures.
    pub pictures: Option<Pictures>,
    /// Number of search results per page.
    pub search_page_size: usize,
    /// Whether the site publishes from which cell of which file each fact was read.
    pub publishes_sources: bool,
    /// Does every page have a twin in Markdown?
    pub has_twins: bool,
    /// The formats in which datasets are published.
    pub formats: WantedFormats,
    /// Limits on the size of tables.
    pub limits: Limits,
    /// Where the site is published, if `site.toml` says so.
    pub host: Option<ChosenHost>,
    /// What the site has decided on kinds of problems.
    pub judgement: Judgement,
}

impl Config {
    /// The language of the content.
    pub fn own_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::Ja)
    }
}

/// Absolute URL of the site's root, ending in `/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    address: String,
    path_start: usize,
}

impl BaseUrl {
    /// Parses a base URL: `http` or `https`, a host, and an optional path; the final `/` may be
    /// omitted. `None` for other texts, and for URLs with a query or a fragment.
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

    /// The URL: `https://host/path/`.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The path after the host: `/path/`.
    pub fn path(&self) -> &str {
        &self.address[self.path_start..]
    }

    /// Absolute URL of the output path `path`, without a final `index.html`.
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
