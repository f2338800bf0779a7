//! The **pipeline**: each stage once, in order. It stops before rendering if there is an error.
//! What is rendered is a pure function of what was read; each file goes to a sink as soon as it is
//! made.
//!
//! Not in here: what the stages do, and what becomes of the files (`publish`, `serve`).

mod live;

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use crate::artifact::{Artifact, FileOrigin, MemorySink, Sink};
use crate::config::{Drafts, PublicState, Withheld};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Place, RuleVerdict};
use crate::message;
use crate::picture::Fonts;
use crate::publish::{self, ManifestHead};
use crate::site::{self, PagesByPlace, Parts, Site, file_paths};
use crate::source::{self, KeptReadings, Sources};
use crate::theme::Theme;
use crate::{
    accessibility, catalog, check, config, dataset, html, map, picture, policy, search, theme,
};

use crate::config::Config;

pub use crate::config::BuildOptions;
pub use live::LiveSite;

/// Everything that is known before rendering.
#[derive(Debug)]
pub struct Assembled {
    /// The files that were read.
    pub sources: Sources,
    /// The site and its theme; absent where there is an error.
    pub site: Option<(Site, Theme)>,
    /// What of the content is withheld from the public, even where there is an error.
    pub withheld: Vec<Withheld>,
    /// The pages that show what is written at a place, even where there is an error.
    pub pages: PagesByPlace,
    /// The fonts of the pictures, where the site wants pictures and the machine has a font.
    pub fonts: Option<Fonts>,
    /// What is wrong.
    pub diagnostics: Diagnostics,
}

/// A whole build in memory.
#[derive(Debug)]
pub struct Build {
    /// The files that were read.
    pub sources: Sources,
    /// Every file to be published, the manifest last; absent where there is an error.
    pub artifacts: Option<Vec<Artifact>>,
    /// Number of measures, for the last line of the output.
    pub measures: usize,
    /// The pages that show what is written at a place.
    pub pages: PagesByPlace,
    /// What is wrong.
    pub diagnostics: Diagnostics,
}

/// Reads and checks the site in `root`.
pub fn assemble(root: &Path, options: &BuildOptions) -> Assembled {
    assemble_again(root, options, None)
}

/// Reads and checks the site in `root`. What was read from files that have not changed since is
/// taken from `readings`.
pub fn assemble_again(
    root: &Path,
    options: &BuildOptions,
    readings: Option<&KeptReadings>,
) -> Assembled {
    // This runs on a thread of the pool. The system's allocator keeps memory that a thread has
    // freed for that thread, and threads of the pool read the tables.
    rayon::scope(|_| assemble_here(root, options, readings))
}

fn assemble_here(
    root: &Path,
    options: &BuildOptions,
    readings: Option<&KeptReadings>,
) -> Assembled {
    let mut diagnostics = Diagnostics::new();
    // Limits hold for the settings, too, but for their own.
    let limits = source::settings(root).map(|text| config::limits(&text)).unwrap_or_default();
    let mut sources = source::read(root, limits, &mut diagnostics);
    if let Some(readings) = readings {
        sources.keep(readings);
    }
    // A file that cannot be read does not hide what is wrong with the others.
    let is_there = sources.iter().next().is_some();
    let site =
        is_there.then(|| assemble_sources(&mut sources, options, &mut diagnostics)).flatten();
    let fonts = site
        .as_ref()
        .and_then(|(site, _)| picture::open_fonts(root, &site.config, &mut diagnostics));
    if let Some((site, _)) = &site {
        diagnostics.judge(&site.config.judgement);
    }
    let withheld = site.as_ref().map(|(site, _)| site.withheld.clone()).unwrap_or_default();
    let pages = match (&site, diagnostics.is_empty()) {
        (Some((site, _)), false) => PagesByPlace::of(site, &diagnostics),
        _ => PagesByPlace::default(),
    };
    let site = site.filter(|_| !diagnostics.has_errors());
    Assembled { sources, site, withheld, pages, fonts, diagnostics }
}

/// Reads and checks the site in `root`, and then, if anything is a draft or not due yet, once more
/// with all of that: a mistake in a draft is found before its day.
pub fn check(root: &Path, options: &BuildOptions) -> Assembled {
    let mut assembled = assemble(root, options);
    let later =
        |withheld: &Withheld| matches!(withheld.state, PublicState::Draft | PublicState::NotDue(_));
    if options.selection.drafts == Drafts::Included || !assembled.withheld.iter().any(later) {
        return assembled;
    }
    let mut with_drafts = options.clone();
    with_drafts.selection.drafts = Drafts::Included;
    let found = assemble(root, &with_drafts).diagnostics;
    let key =
        |problem: &Diagnostic| (problem.code.id, problem.place.clone(), problem.message.clone());
    let known: BTreeSet<_> = assembled.diagnostics.iter().map(key).collect();
    let new = found.iter().filter(|problem| !known.contains(&key(problem)));
    assembled.diagnostics.extend(new.cloned().collect::<Vec<_>>());
    assembled.site = assembled.site.filter(|_| !assembled.diagnostics.has_errors());
    assembled
}

/// Builds the site in `root` in memory. `progress` receives each stage as it begins.
pub fn build(root: &Path, options: &BuildOptions, progress: &dyn Progress) -> Build {
    progress.begin(Stage::Reading);
    let Assembled { sources, site, fonts, pages, mut diagnostics, .. } = assemble(root, options);
    let Some((site, theme)) = site else {
        return Build { sources, artifacts: None, measures: 0, pages, diagnostics };
    };
    progress.begin(Stage::Rendering);
    let sink = MemorySink::default();
    render(&site, &theme, fonts.as_ref(), &sink, &mut diagnostics);
    let artifacts = (!diagnostics.has_errors()).then(|| {
        sink.take(publish::manifest(&sink.facts(), manifest_head(&site)));
        sink.into_artifacts()
    });
    Build { sources, artifacts, measures: site.measures.len(), pages, diagnostics }
}

/// Makes every file of `site` except the manifest, and hands each to `sink` as soon as it is made.
/// Problems are added to `diagnostics`; if one is an error, the files in `sink` are not a whole
/// site.
pub fn render(
    site: &Site,
    theme: &Theme,
    fonts: Option<&Fonts>,
    sink: &dyn Sink,
    diagnostics: &mut Diagnostics,
) {
    // Pages need size and digest of data files and pictures.
    let mut facts = catalog::render(site, sink);
    if let Some(fonts) = fonts {
        // A page names its picture with a part of its digest.
        facts.extend(picture::render(site, theme, fonts, sink, diagnostics));
    }
    let related = search::related(site);
    // Neither needs the other; idle threads take work of both. Data files, the comparison of
    // measures and the index need most memory, so they are made one after the other.
    let (index, ()) = rayon::join(
        || render_index(site, theme, sink),
        || html::render(site, theme, &facts, &related, sink, diagnostics),
    );
    if let Err(error) = index {
        diagnostics.push(index_problem(&error.to_string()));
    }
    if let Some(host) = &site.config.host {
        check::host_limits(host, &sink.facts(), diagnostics);
    }
    diagnostics.judge(&site.config.judgement);
}

/// Makes the search index, unless `sink` has that of the same corpus already.
fn render_index(site: &Site, theme: &Theme, sink: &dyn Sink) -> tantivy::Result<()> {
    let mut corpus = search::Corpus::of(site, &theme.words);
    let offline = site.config.offline_search;
    let origin = FileOrigin::of("search index", &(&corpus, offline));
    if sink.again(&origin).is_some() {
        return Ok(());
    }
    let mut files = search::build(&mut corpus)?.artifacts;
    if offline {
        files.extend(search::offline(&files));
    }
    files.into_par_iter().for_each(|file| {
        sink.take_made(file, &origin);
    });
    Ok(())
}

/// What the manifest says of `site` as a whole.
pub fn manifest_head(site: &Site) -> ManifestHead {
    ManifestHead {
        schema: site.config.base_url.join(&file_paths::schema("manifest")),
        preview: site.config.selection.drafts == Drafts::Included,
    }
}

/// Receives the progress of a build.
pub trait Progress: Sync {
    /// A stage begins.
    fn begin(&self, stage: Stage);
}

/// The stages of a build that are shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading and checking.
    Reading,
    /// Making pages, files and index.
    Rendering,
    /// Writing the files and replacing the published site.
    Publishing,
}

/// Ignores the progress.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: Stage) {}
}

/// Reads and checks everything in `sources`, in the order of the stages. `None` if the
/// configuration or the theme cannot be used. A site is returned even if `diagnostics` has errors.
fn assemble_sources(
    sources: &mut Sources,
    options: &BuildOptions,
    diagnostics: &mut Diagnostics,
) -> Option<(Site, Theme)> {
    let mut config = config::load(sources, options, diagnostics)?;
    if options.pages_may_vanish {
        config.judgement.set(&diagnostic::CHECK_ADDRESS, RuleVerdict::Off);
    }
    let judgement = config.judgement.clone();
    let assembled = assemble_with(config, sources, diagnostics);
    diagnostics.judge(&judgement);
    assembled
}

/// Reads and checks everything in `sources` besides the configuration.
fn assemble_with(
    config: Config,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Site, Theme)> {
    sources.limit(config.limits);
    let sources = &*sources;
    let mut of_theme = Diagnostics::new();
    let (theme, domain) = rayon::join(
        || theme::load(sources, &config.theme, &mut of_theme),
        || policy::read(sources, &config, diagnostics),
    );
    diagnostics.append(of_theme);
    let mut withheld = Vec::new();
    let datasets = dataset::read(sources, config.selection, &mut withheld, diagnostics);
    let series = dataset::read_series(sources, diagnostics);
    let versions = dataset::read_versions(sources, diagnostics);
    let language = config.own_language();
    let pages =
        site::read_free_pages(sources, language, config.selection, &mut withheld, diagnostics);
    let static_files = site::read_static_files(sources, diagnostics);
    let areas = map::read(sources, diagnostics);
    let source_files = match config.publishes_sources {
        true => site::source_files(sources, &domain, &datasets),
        false => Vec::new(),
    };
    let accessibility = accessibility::read(sources, diagnostics);
    let parts = Parts {
        config,
        domain,
        datasets,
        series,
        versions,
        pages,
        accessibility,
        static_files,
        areas,
        withheld,
        source_files,
    };
    let site = site::assemble(parts, sources, diagnostics);
    check::check(sources, &site, diagnostics);
    let theme = theme?;
    html::check_templates(&site, &theme, diagnostics);
    Some((site, theme))
}

fn index_problem(reason: &str) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::SEARCH_INDEX,
        Place::file("content"),
        message!(ja: "検索の索引を作成できません（{reason}）", en: "the search index cannot be built: {reason}"),
    )
    .with_help(message!(
        ja: "メモリーの空き容量を確認してください。繰り返し起きる場合は、この表示を添えて開発元にお知らせください",
        en: "check that enough memory is free; if it happens again, report it together with this text",
    ))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::Mutex;

    use super::{Assembled, assemble, index_problem};
    use crate::artifact::{Artifact, Body, FactsByPath, FileFacts, FileOrigin, MemorySink, Sink};
    use crate::catalog::{self, CatalogPart};
    use crate::config::BuildOptions;
    use crate::diagnostic::Diagnostics;
    use crate::report::{ColourChoice, ReportFormat, ReportStyle, render};
    use crate::source::Sources;
    use crate::text::Language;

    /// A sink that has the files of the site `last`, and keeps those that are made anew.
    #[derive(Default)]
    struct Second {
        last: BTreeMap<FileOrigin, Vec<Artifact>>,
        made: Mutex<BTreeMap<FileOrigin, Vec<Artifact>>>,
        others: MemorySink,
    }

    impl Sink for Second {
        fn take(&self, artifact: Artifact) -> FileFacts {
            self.others.take(artifact)
        }

        fn take_made(&self, artifact: Artifact, origin: &FileOrigin) -> FileFacts {
            let facts = artifact.body.facts();
            self.made.lock().expect("no panic").entry(*origin).or_default().push(artifact);
            facts
        }

        fn facts(&self) -> FactsByPath {
            self.others.facts()
        }

        fn again(&self, origin: &FileOrigin) -> Option<Vec<(String, FileFacts)>> {
            let files = self.last.get(origin)?.iter();
            Some(files.map(|file| (file.path.clone(), file.body.facts())).collect())
        }

        fn body_again(&self, origin: &FileOrigin, path: &str) -> Option<Body> {
            let file = self.last.get(origin)?.iter().find(|file| file.path == path)?;
            Some(file.body.clone())
        }
    }

    #[test]
    fn files_of_datasets_that_are_there_are_described_as_if_they_had_been_made() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let Assembled { site, .. } = assemble(root, &BuildOptions::default());
        let (site, _) = site.expect("the sample has no errors");
        let first = Second::default();
        let facts = catalog::render_part(&site, CatalogPart::Data, &first);
        let last = first.made.into_inner().expect("no panic");
        assert!(last.len() >= site.datasets.len());
        let second = Second { last, ..Second::default() };
        assert_eq!(catalog::render_part(&site, CatalogPart::Data, &second), facts);
        assert!(second.made.into_inner().expect("no panic").is_empty());
        assert_eq!(second.others.into_artifacts(), first.others.into_artifacts());
    }

    #[test]
    fn a_failing_index_is_worded_as_a_person_has_read_it() {
        let said = |language| {
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(index_problem("no memory"));
            let style =
                ReportStyle { format: ReportFormat::Human, language, colour: ColourChoice::Plain };
            render(diagnostics, &Sources::default(), style)
        };
        assert_eq!(
            said(Language::En),
            "error[search::index]: the search index cannot be built: no memory\n  content\n  \
             help: check that enough memory is free; if it happens again, report it together with this text\n\n"
        );
        assert_eq!(
            said(Language::Ja),
            "エラー[search::index]: 検索の索引を作成できません（no memory）\n  content\n  \
             直し方: メモリーの空き容量を確認してください。繰り返し起きる場合は、この表示を添えて開発元にお知らせください\n\n"
        );
    }
}
