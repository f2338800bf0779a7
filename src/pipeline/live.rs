//! A **live site** is a checked site whose files are made when they are asked for, by the functions
//! that make all of them for a build. The preview shows it.
//!
//! What needs all measures at once, the search index and the related measures, takes long. Until it
//! is made anew, that of the site before an edit is used.
//!
//! Not in here: when a site is read again, and answers to a browser (`serve`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::artifact::{Artifact, Body, FileFacts, KnownFacts, MemorySink, Sink as _};
use crate::catalog::{self, CatalogPart};
use crate::diagnostic::Diagnostics;
use crate::picture::{self, Fonts};
use crate::site::{Page, PageKind, RelatedMeasures, Site, file_paths};
use crate::text::{Id, Language};
use crate::theme::Theme;
use crate::{html, publish, search};

use super::{index_problem, manifest_head, render};

/// A site whose files are made when they are asked for.
pub struct LiveSite {
    site: Site,
    theme: Theme,
    fonts: Option<Fonts>,
    /// The indices of the pages in the plan, by path.
    pages: BTreeMap<String, usize>,
    /// The paths of the pictures of measures, which are made where there are fonts.
    pictures: BTreeMap<String, (usize, Language)>,
    parts: Mutex<BTreeMap<CatalogPart, Arc<OnceLock<FilesByPath>>>>,
    related: OnceLock<Arc<RelatedMeasures>>,
    index: OnceLock<Result<Arc<FilesByPath>, String>>,
    before: Before,
}

type FilesByPath = BTreeMap<String, Body>;

/// What was made for the site before the last edit.
#[derive(Clone, Default)]
struct Before {
    related: Option<(Numbering, Arc<RelatedMeasures>)>,
    index: Option<Arc<FilesByPath>>,
}

/// What the numbers in [`RelatedMeasures`] stand for.
#[derive(Clone, PartialEq, Eq)]
struct Numbering {
    measures: Vec<Id>,
    topics: Vec<Id>,
}

impl Numbering {
    fn of(site: &Site) -> Self {
        Self {
            measures: site.measures.iter().map(|measure| measure.id.clone()).collect(),
            topics: site.topics.iter().map(|entry| entry.topic.id.clone()).collect(),
        }
    }
}

impl LiveSite {
    /// The live site of `site`. `before` is the live site before an edit.
    pub fn new(site: Site, theme: Theme, fonts: Option<Fonts>, before: Option<&Self>) -> Self {
        let pages = site.plan.pages.iter().enumerate();
        let pages = pages.map(|(index, page)| (page.path.clone(), index)).collect();
        let pictures = site.config.languages.iter().flat_map(|&language| {
            let measures = site.measures.iter().enumerate();
            let own = site.config.own_language();
            measures.map(move |(index, measure)| {
                let key = file_paths::measure_picture(measure.id.as_str());
                (file_paths::localized(&key, language, own), (index, language))
            })
        });
        let pictures = pictures.collect();
        let before = before.map(Self::made).unwrap_or_default();
        let (parts, related, index) = Default::default();
        Self { site, theme, fonts, pages, pictures, parts, related, index, before }
    }

    /// The file at `path`; `None` if the site has no such file.
    ///
    /// # Errors
    ///
    /// Returns the problems because of which the file cannot be made.
    pub fn file(&self, path: &str) -> Result<Option<Body>, Diagnostics> {
        if let Some(&index) = self.pages.get(path) {
            return self.page(&self.site.plan.pages[index]).map(Some);
        }
        let page = file_paths::page_of_twin(path);
        if let Some(&index) = page.and_then(|page| self.pages.get(&*page)) {
            let page = &self.site.plan.pages[index];
            let made = Artifact::new(page.path.clone(), self.page(page)?.whole().into_owned());
            return Ok(html::twin_of(&self.site, page, &made).map(|twin| twin.body));
        }
        if let Some(asset) = self.theme.assets.iter().find(|asset| asset.path == path) {
            return Ok(Some(asset.body.clone()));
        }
        if let Some(file) = self.site.static_files.iter().find(|file| file.path == path) {
            return Ok(Some(file.body()));
        }
        if self.site.settings_path() == Some(path) {
            return Ok(catalog::settings_file(&self.site).map(|file| file.body));
        }
        if path == file_paths::EMBED {
            return Ok(Some(html::embed(&self.site.config, &self.theme).body));
        }
        if path.starts_with(file_paths::SEARCH) {
            return Ok(self.index()?.get(path).cloned());
        }
        if path == file_paths::MANIFEST {
            return self.manifest().map(Some);
        }
        // Their paths are in no plan: they follow from the contents.
        let is_in_folder = [file_paths::TABLES, file_paths::SCHEMAS]
            .into_iter()
            .any(|folder| path.starts_with(folder));
        if !is_in_folder && !self.site.plan.has(path) {
            return Ok(None);
        }
        if let Some(document) = catalog::document(&self.site, path) {
            return Ok(Some(document.into()));
        }
        if self.pictures.contains_key(path) {
            return Ok(self.picture(path).map(Into::into));
        }
        if let Some(figures) = html::block_figures(&self.site, &self.theme, path) {
            return Ok(Some(figures.body));
        }
        Ok(self.part(CatalogPart::of(path)).get(path).cloned())
    }

    /// Makes in advance what takes long, as long as it `is_wanted`.
    pub fn prepare(&self, is_wanted: impl Fn() -> bool + Sync) {
        // With a thread of its own: the others stay free for pages and for the next edit.
        let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
        pool.install(|| {
            // A problem is reported with the file that needs it.
            if is_wanted() {
                self.related_of_now();
            }
            if is_wanted() {
                let _made_or_reported = self.index_of_now();
            }
        });
    }

    fn page(&self, page: &Page) -> Result<Body, Diagnostics> {
        let related = match page.kind {
            PageKind::Measure(_) => self.related(),
            _ => Arc::default(),
        };
        match html::page(&self.site, &self.theme, self, &related, page) {
            Ok(made) => Ok(made.body),
            Err(found) => {
                let mut problems = Diagnostics::new();
                problems.extend(found);
                Err(problems)
            }
        }
    }

    fn picture(&self, path: &str) -> Option<Vec<u8>> {
        let &(index, language) = self.pictures.get(path)?;
        let fonts = self.fonts.as_ref()?;
        Some(picture::picture(&self.site, &self.theme, fonts, index, language))
    }

    /// The files of a part of the catalogue, which is made once.
    fn part(&self, part: CatalogPart) -> FilesOfPart {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let files = parts.entry(part.clone()).or_default().clone();
        drop(parts);
        files.get_or_init(|| {
            let sink = MemorySink::default();
            catalog::render_part(&self.site, part, &sink);
            by_path(sink.into_artifacts())
        });
        FilesOfPart(files)
    }

    /// The whole site's manifest: everything is made for it.
    fn manifest(&self) -> Result<Body, Diagnostics> {
        let (sink, mut problems) = (MemorySink::default(), Diagnostics::new());
        render(&self.site, &self.theme, self.fonts.as_ref(), &sink, &mut problems);
        match problems.has_errors() {
            true => Err(problems),
            false => Ok(publish::manifest(&sink.facts(), manifest_head(&self.site)).body),
        }
    }

    fn related(&self) -> Arc<RelatedMeasures> {
        match &self.before.related {
            Some((numbering, related))
                if self.related.get().is_none() && *numbering == Numbering::of(&self.site) =>
            {
                related.clone()
            }
            _ => self.related_of_now(),
        }
    }

    fn related_of_now(&self) -> Arc<RelatedMeasures> {
        self.related.get_or_init(|| Arc::new(search::related(&self.site))).clone()
    }

    fn index(&self) -> Result<Arc<FilesByPath>, Diagnostics> {
        match &self.before.index {
            Some(index) if self.index.get().is_none() => Ok(index.clone()),
            _ => self.index_of_now(),
        }
    }

    fn index_of_now(&self) -> Result<Arc<FilesByPath>, Diagnostics> {
        let made = self.index.get_or_init(|| {
            let mut corpus = search::Corpus::of(&self.site, &self.theme.words);
            let built = search::build(&mut corpus).map_err(|error| error.to_string())?;
            let mut files = built.artifacts;
            if self.site.config.offline_search {
                files.extend(search::offline(&files));
            }
            Ok(Arc::new(by_path(files)))
        });
        made.clone().map_err(|reason| failed(&reason))
    }

    /// The newest that was made of what takes long.
    fn made(&self) -> Before {
        let related = self.related.get().cloned();
        let related = related.map(|related| (Numbering::of(&self.site), related));
        let index = self.index.get().and_then(|made| made.clone().ok());
        Before {
            related: related.or_else(|| self.before.related.clone()),
            index: index.or_else(|| self.before.index.clone()),
        }
    }
}

impl KnownFacts for LiveSite {
    fn facts(&self, path: &str) -> Option<FileFacts> {
        if self.pictures.contains_key(path) {
            return self.picture(path).map(|picture| FileFacts::of(&picture));
        }
        // A page also asks for files that do not exist. No others are made to find that out.
        if !self.site.plan.has(path) {
            return None;
        }
        self.part(CatalogPart::of(path)).get(path).map(Body::facts)
    }
}

/// The files of a part that has been made.
struct FilesOfPart(Arc<OnceLock<FilesByPath>>);

impl FilesOfPart {
    fn get(&self, path: &str) -> Option<&Body> {
        self.0.get()?.get(path)
    }
}

fn by_path(artifacts: Vec<Artifact>) -> FilesByPath {
    artifacts.into_iter().map(|artifact| (artifact.path, artifact.body)).collect()
}

fn failed(reason: &str) -> Diagnostics {
    let mut problems = Diagnostics::new();
    problems.push(index_problem(reason));
    problems
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::LiveSite;
    use crate::config::BuildOptions;
    use crate::pipeline::{Assembled, assemble};

    /// The live site of the sample content.
    fn sample() -> LiveSite {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let Assembled { site, .. } = assemble(root, &BuildOptions::default());
        let (site, theme) = site.expect("the sample has no errors");
        LiveSite::new(site, theme, None, None)
    }

    #[test]
    fn the_page_of_a_measure_waits_for_no_data_file() {
        let live = sample();
        assert!(live.site.config.pictures.is_none(), "the page asks for a picture in vain");
        let path = crate::site::file_paths::measure_page(live.site.measures[0].id.as_str());
        assert!(live.file(&path).expect("it can be made").is_some());
        assert!(live.parts.lock().expect("no thread has panicked").is_empty());
    }
}
