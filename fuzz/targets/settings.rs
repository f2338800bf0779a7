//! TOML, and everything that is made of it: the files of an input are put over those of a small
//! site, which is then read and checked.
#![no_main]

use std::sync::LazyLock;

use kawaraban::config::{self, BuildOptions};
use kawaraban::diagnostic::Diagnostics;
use kawaraban::site::{self, Parts};
use kawaraban::source::{SourceFile, Sources};
use kawaraban::{accessibility, check, dataset, map, policy};
use kawaraban_fuzz::{file, files, report};
use libfuzzer_sys::{Corpus, fuzz_target};

/// The small site of the tests.
macro_rules! site {
    ($($path:literal)*) => {
        [$((
            concat!("content/", $path),
            include_bytes!(concat!("../../tests/errors/site/content/", $path)).as_slice(),
        )),*]
    };
}

static SITE: LazyLock<Vec<SourceFile>> = LazyLock::new(|| {
    let files = site!(
        "site.toml" "departments.csv" "topics.csv" "policies/2022/planning.toml"
        "indicators/2022.csv" "budgets/2022.csv" "datasets/halls/dataset.toml"
        "datasets/halls/halls.csv" "pages/about.md"
    );
    files.into_iter().map(|(path, bytes)| file(path, bytes)).collect()
});

fuzz_target!(|data: &[u8]| -> Corpus {
    let mut files = files(data);
    if files.is_empty() {
        return Corpus::Reject;
    }
    let others: Vec<SourceFile> =
        SITE.iter().filter(|own| files.iter().all(|file| file.path != own.path)).cloned().collect();
    files.extend(others);
    let mut sources = Sources::of(files);
    let mut diagnostics = Diagnostics::new();
    assemble(&mut sources, &mut diagnostics);
    report(diagnostics, &sources);
    Corpus::Keep
});

/// Reads and checks everything but the theme, which takes as long as all the rest.
fn assemble(sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let Some(config) = config::load(sources, &BuildOptions::default(), diagnostics) else { return };
    let (language, selection) = (config.own_language(), config.selection);
    let domain = policy::read(sources, &config, diagnostics);
    let mut withheld = Vec::new();
    let datasets = dataset::read(sources, selection, &mut withheld, diagnostics);
    let parts = Parts {
        areas: map::read(sources, diagnostics),
        series: dataset::read_series(sources, diagnostics),
        versions: dataset::read_versions(sources, diagnostics),
        pages: site::read_free_pages(sources, language, selection, &mut withheld, diagnostics),
        static_files: site::read_static_files(sources, diagnostics),
        source_files: site::source_files(sources, &domain, &datasets),
        accessibility: accessibility::read(sources, diagnostics),
        config,
        domain,
        datasets,
        withheld,
    };
    let site = site::assemble(parts, sources, diagnostics);
    check::check(sources, &site, diagnostics);
}
