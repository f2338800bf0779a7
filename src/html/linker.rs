//! The **linker** of a page: the prefixes that lead from it to the roots of its language and of the
//! site, and the ids that its elements have.
//!
//! Not in here: the paths of pages and files (`site`).

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::site::{Page, PageKind, Site, file_paths};

/// What the texts of one page share: the prefixes that lead from it to the roots of its language
/// and of the site, and the ids that its elements have.
#[derive(Default)]
pub(super) struct Linker {
    /// The path of the page below the folder of its language.
    pub key: String,
    /// Leads to the root of the page's language, such as `../`.
    pub base: String,
    /// Leads to the root of the site.
    pub root: String,
    ids: Mutex<BTreeSet<String>>,
}

/// The ids of the default theme's pages that a heading of a text could have as well.
const TAKEN_IDS: [&str; 6] = ["main", "q", "shares", "changes", "site-q", "contents"];

impl Linker {
    pub fn new(site: &Site, page: &Page) -> Self {
        if page.kind == PageKind::NotFound {
            // Hosts show this page at any address, so its links must not be relative.
            let root = site.config.base_url.path().to_owned();
            let own = site.config.own_language();
            let base = root.clone() + &file_paths::localized("", page.language, own);
            return Self { base, root, ..Self::default() };
        }
        let (base, root) = (up(&page.key), up(&page.path));
        Self { key: page.key.clone(), base, root, ids: Mutex::default() }
    }

    /// Links from a document that lies elsewhere: `base` and `root` are whole addresses.
    pub fn elsewhere(base: String, root: String) -> Self {
        Self { base, root, ..Self::default() }
    }

    /// The id that an element of the page gets which would like to be `wanted`; unique on the page.
    pub fn id(&self, wanted: &str) -> String {
        let mut ids = self.ids.lock().expect("no thread fails while it takes an id");
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let mut free = std::iter::once(wanted.to_owned()).chain(numbered);
        let id = free.find(|id| !ids.contains(id) && !TAKEN_IDS.contains(&id.as_str()));
        let id = id.unwrap_or_else(|| wanted.to_owned());
        ids.insert(id.clone());
        id
    }
}

/// `../` for every folder above `path`.
fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
