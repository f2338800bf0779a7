//! **Links** that are written in texts: the pages and files of the site that they lead to.
//!
//! A link names a text of the content (`about.md`), a record by its id (`dataset:population`), or a
//! page or file by its path on the site, from the page of the text or from the root of the site.
//!
//! Not in here: the check that every link leads somewhere (`check`).

use percent_encoding::percent_decode_str;

use crate::markdown::scheme_of;
use crate::text::{Language, nearest};

use super::{Site, file_paths};

/// What a link within the site leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A page, which exists in every language.
    Page {
        /// Its path below the folder of the language.
        key: String,
        /// The query and the fragment of the link, with their signs.
        rest: String,
    },
    /// A file that all languages share, or a page of one named language.
    File {
        /// Its path.
        path: String,
        /// The query and the fragment of the link, with their signs.
        rest: String,
    },
}

/// A link that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoDestination {
    /// What is most probably meant, as it would be written.
    pub near: Option<String>,
}

/// The kinds of records that links name by id.
pub const LINKED_KINDS: [&str; 8] =
    ["dataset", "department", "measure", "plan", "policy", "rating", "topic", "year"];

impl Site {
    /// Where the link `written` leads, in a text that the page `from` shows in `language`.
    ///
    /// # Errors
    ///
    /// If no page and no file of the site is meant.
    pub fn destination(
        &self,
        written: &str,
        from: &str,
        language: Language,
    ) -> Result<Destination, NoDestination> {
        let end = written.find(['?', '#']).unwrap_or(written.len());
        let (path, rest) = (&written[..end], written[end..].to_owned());
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        if let Some(kind) = scheme_of(&path).filter(|kind| LINKED_KINDS.contains(kind)) {
            let key = self.record(kind, &path[kind.len() + 1..])?;
            return Ok(Destination::Page { key, rest });
        }
        if path.is_empty() {
            return Ok(Destination::Page { key: from.to_owned(), rest });
        }
        let root = self.config.base_url.path();
        let from_root = path.strip_prefix(root).or_else(|| path.strip_prefix('/'));
        let folder = from.rfind('/').map_or("", |end| &from[..end]);
        let beside = match from_root {
            Some(_) => None,
            None => normalised(folder, &path),
        };
        let from_root = normalised("", from_root.unwrap_or(&path));
        let candidates = [beside, from_root];
        let found = candidates.iter().flatten().find_map(|path| self.at(path, &rest, language));
        found.ok_or_else(|| NoDestination { near: self.near(&path) })
    }

    /// The page or file at `path`, which is normalised.
    fn at(&self, path: &str, rest: &str, language: Language) -> Option<Destination> {
        let own = self.config.own_language();
        let page = |key: String| {
            let known = self.plan.has(&file_paths::localized(&key, language, own));
            known.then(|| Destination::Page { key, rest: rest.to_owned() })
        };
        if let Some(text) = path.strip_suffix(".md") {
            let text = text.strip_prefix("content/").unwrap_or(text);
            let text = text.strip_prefix("pages/").unwrap_or(text);
            let Some((slug, tag)) = text.rsplit_once('.') else {
                return page(file_paths::named_page(text));
            };
            let path =
                file_paths::localized(&file_paths::named_page(slug), Language::parse(tag)?, own);
            let known = self.plan.has(&path);
            return known.then(|| Destination::File { path, rest: rest.to_owned() });
        }
        let key = match path {
            "" => file_paths::HOME.to_owned(),
            _ => path.to_owned(),
        };
        let index = file_paths::folder_page(&key);
        let html = file_paths::named_page(&key);
        if let Some(found) = [key.clone(), index, html]
            .into_iter()
            .find_map(|key| if key.ends_with(".html") { page(key) } else { None })
        {
            return Some(found);
        }
        let path = key.strip_prefix("content/static/").or(key.strip_prefix("static/"));
        let path = path.filter(|path| self.plan.has(path)).unwrap_or(&key);
        self.plan
            .has(path)
            .then(|| Destination::File { path: path.to_owned(), rest: rest.to_owned() })
    }

    /// The key of the page of the record with the id `id`.
    fn record(&self, kind: &str, id: &str) -> Result<String, NoDestination> {
        let (ids, page): (Vec<String>, fn(&str) -> String) = match kind {
            "dataset" => (ids(&self.datasets, |one| &one.id), file_paths::dataset_page),
            "department" => {
                (ids(&self.departments, |one| &one.department.id), file_paths::department_page)
            }
            "measure" => (ids(&self.measures, |one| &one.id), file_paths::measure_page),
            "plan" => (ids(&self.nodes, |one| &one.node.id), file_paths::plan_page),
            "policy" => (ids(&self.policies, |one| &one.id), file_paths::policy_page),
            "rating" => (ids(&self.ratings, |one| &one.rating.id), file_paths::rating_page),
            "topic" => (ids(&self.topics, |one| &one.topic.id), file_paths::topic_page),
            _ => {
                let year = self.years.iter().find(|one| one.fiscal_year.to_string() == id);
                let page = year.map(|year| file_paths::year_page(year.fiscal_year));
                return page.ok_or(NoDestination { near: None });
            }
        };
        if ids.iter().any(|known| known == id) {
            return Ok(page(id));
        }
        let near = nearest(id, ids.iter().map(String::as_str));
        Err(NoDestination { near: near.map(|near| format!("{kind}:{near}")) })
    }

    /// What is most like `path` among the texts, static files and pages.
    fn near(&self, path: &str) -> Option<String> {
        let texts = self.pages.iter().map(|page| format!("{}.md", page.slug));
        let files = self.static_files.iter().map(|file| file.path.clone());
        let pages = self.plan.pages.iter().map(|page| page.key.clone());
        let all: Vec<String> = texts.chain(files).chain(pages).collect();
        nearest(path, all.iter().map(String::as_str)).map(str::to_owned)
    }

    /// Width and height in pixels of the picture at `path` among the static files; `None` if the
    /// file does not tell.
    pub fn size_of_picture(&self, path: &str) -> Option<(usize, usize)> {
        let file = self.static_files.iter().find(|file| file.path == path)?;
        let size = imagesize::blob_size(&file.head).ok()?;
        Some((size.width, size.height))
    }
}

fn ids<T, I: ToString>(items: &[T], id: impl Fn(&T) -> &I) -> Vec<String> {
    items.iter().map(|item| id(item).to_string()).collect()
}

/// `path`, seen from `folder`, without `.` and `..`; `None` if it leads out of the site.
fn normalised(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn a_path_is_seen_from_its_page() {
        assert_eq!(normalised("measures", "../about.html").as_deref(), Some("about.html"));
        assert_eq!(normalised("", "./a/b.pdf").as_deref(), Some("a/b.pdf"));
        assert_eq!(normalised("", "../a"), None);
    }
}
