//! The **commands**, one function each. A function runs the request, prints the result, and returns
//! the outcome.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::artifact::Body;
use crate::calendar::Date;
use crate::config::{Drafts, Selection};
use crate::diagnostic::{Diagnostics, Message, Severity};
use crate::pipeline::{self, Assembled, BuildOptions, LiveSite};
use crate::report::{self, Excerpts, ReportFormat, ReportStyle, in_language};
use crate::search::{Built, Corpus};
use crate::source::{KeptReadings, Sources};
use crate::text::{Language, counted};
use crate::{correction, publish, search, serve};

use super::answers::ShownAnswer;
use super::arguments::{CheckArguments, CommonArguments, SearchArguments, ServeArguments};
use super::clock::today;
use super::published::suspicious::{Consequence, suspicious};
use super::{CommandOutcome, print, say, style};

/// `kawaraban check`: reads and checks the site without making its files, and prints the report.
pub(super) fn check(arguments: &CheckArguments, language: Language) -> CommandOutcome {
    let style = start(&arguments.common, language);
    let selection = selection(arguments.common.drafts, arguments.common.as_of);
    let options = BuildOptions { selection, without_files: true, ..BuildOptions::default() };
    let Assembled { sources, site, mut diagnostics, .. } =
        pipeline::check(&arguments.common.root, &options);
    let mut is_ready = site.is_some();
    if let Some((site, _)) = &site {
        let published = output_folder(&arguments.common.root, None);
        // A manifest that cannot be read is told by the build that needs it.
        let found = suspicious(site, &published, Consequence::Warning).unwrap_or_default();
        is_ready = found.is_empty();
        diagnostics.append(found);
    }
    let denied = arguments.deny_warnings && diagnostics.count(Severity::Warning) > 0;
    let outcome = match diagnostics.has_errors() || denied {
        true => failure(&sources),
        false => CommandOutcome::Fine,
    };
    let summary = report::summary(&diagnostics, report::RunOutcome::Checked, style.language);
    if let Some(folder) = &arguments.mark
        && let Some(refused) = mark(folder, arguments, (&diagnostics, &sources), style)
    {
        return refused;
    }
    match &arguments.page {
        Some(path) => {
            let page = correction::page(diagnostics, &sources, style.language);
            if let Err(error) = publish::put(path, page.as_bytes()) {
                return refuse(style.language, &error.message(), Some(&error.help()));
            }
            let shown = path.display();
            say(match style.language {
                Language::Ja => format!("指摘を「{shown}」に書き出しました"),
                Language::En => format!("wrote the report to {shown}"),
            });
        }
        None => show(&report::render(diagnostics, &sources, style), style.format),
    }
    if matches!(style.format, ReportFormat::Human) {
        eprint!("{summary}");
        if let Some((site, _)) = site.as_ref().filter(|_| is_ready && !denied) {
            let (measures, datasets) = (site.measures.len(), site.datasets.len());
            say(match style.language {
                Language::Ja => format!(
                    "施策{measures}件、データセット{datasets}件を確認しました。公開できます"
                ),
                Language::En => {
                    let measures = counted(measures, "measure");
                    let datasets = counted(datasets, "dataset");
                    format!("{measures} and {datasets} checked: ready to be published")
                }
            });
        }
    }
    // The process is about to end, and the system frees its memory faster than dropping each text.
    std::mem::forget((sources, site));
    outcome
}

/// Writes the marked copies of the faulty tables to `folder`; the outcome if that was refused.
#[cfg(feature = "excel")]
fn mark(
    folder: &Path,
    arguments: &CheckArguments,
    (diagnostics, sources): (&Diagnostics, &Sources),
    style: ReportStyle,
) -> Option<CommandOutcome> {
    let files = correction::marked(diagnostics.clone(), sources, style.language);
    let protected = ["content", "themes"].map(|name| arguments.common.root.join(name));
    if let Err(error) = publish::add_to_new(folder, &protected, &files) {
        return Some(refuse(style.language, &error.message(), Some(&error.help())));
    }
    let (shown, count) = (folder.display(), files.len());
    let line = match style.language {
        Language::Ja => {
            format!("印を付けた表と指摘の一覧を「{shown}」に書き出しました（{count}ファイル）")
        }
        Language::En => {
            format!(
                "wrote marked tables and a list of the problems to {shown}: {}",
                counted(count, "file")
            )
        }
    };
    match style.format {
        ReportFormat::Json => eprintln!("{line}"),
        _ => say(line),
    }
    None
}

/// Refuses to write marked copies, for which this program was not compiled.
#[cfg(not(feature = "excel"))]
fn mark(
    _: &Path,
    _: &CheckArguments,
    _: (&Diagnostics, &Sources),
    style: ReportStyle,
) -> Option<CommandOutcome> {
    Some(refuse(
        style.language,
        &crate::message!(
            ja: "このプログラムは「--mark」に対応していません",
            en: "this program was compiled without `--mark`",
        ),
        Some(&crate::message!(
            ja: "配布版か、「--features excel」を付けてコンパイルしたものを使ってください",
            en: "use a released program, or compile it with `--features excel`",
        )),
    ))
}

/// `kawaraban serve`: serves a preview of the site, which is read again after every change in
/// `content` and `themes`. Refused if the preview cannot be started.
pub(super) fn serve(arguments: &ServeArguments, language: Language) -> CommandOutcome {
    let style = start(&arguments.common, language);
    let style = ReportStyle { colour: report::ColourChoice::Plain, ..style };
    let root = arguments.common.root.clone();
    // A person who edits sees what they edit, drafts included, until they choose otherwise.
    let choice = serve::PreviewChoice { drafts: true, as_of: arguments.common.as_of };
    let mut last: Option<Arc<PreviewedSite>> = None;
    let mut readings = (choice, KeptReadings::default());
    let build = move |choice: serve::PreviewChoice| {
        // What a table gives depends on the choice, too.
        if readings.0 != choice {
            readings = (choice, KeptReadings::default());
        }
        let selection = selection(choice.drafts, choice.as_of);
        let options = BuildOptions { selection, ..BuildOptions::default() };
        let mut assembled = pipeline::assemble_again(&root, &options, Some(&readings.1));
        let problems = preview_problems(&assembled, style.language);
        let (site, fonts) = (assembled.site.take(), assembled.fonts.take());
        let Assembled { sources, diagnostics, .. } = assembled;
        let errors = diagnostics.has_errors();
        let summary = report::summary(&diagnostics, report::RunOutcome::Checked, style.language);
        let report = report::render(diagnostics, &sources, style) + &summary;
        let files = site.map(|(site, theme)| {
            let before = last.as_ref().map(|last| &last.site);
            let site = LiveSite::new(site, theme, fonts, before);
            let previewed = Arc::new(PreviewedSite { site, sources, style });
            last = Some(previewed.clone());
            previewed as Arc<dyn serve::SiteFiles>
        });
        let day = selection.as_of.map(|day| day.to_string()).unwrap_or_default();
        serve::Preview { files, report, errors, problems, day }
    };
    let watched = ["content", "themes"].map(|folder| arguments.common.root.join(folder)).to_vec();
    let options = serve::PreviewOptions {
        port: arguments.port,
        opens_browser: arguments.open,
        watched,
        polls: arguments.poll,
        language: style.language,
        choice,
    };
    match serve::run(&options, build) {
        Ok(()) => CommandOutcome::Fine,
        Err(error) => {
            let said = error.to_string();
            refuse(
                style.language,
                &crate::message!(
                    ja: "プレビューを開始できません（{said}）",
                    en: "cannot start the preview: {said}",
                ),
                Some(&crate::message!(
                    ja: "「--port」で別のポートを指定してください",
                    en: "choose another port with `--port`",
                )),
            )
        }
    }
}

/// A site in the preview, with what a report about it needs.
struct PreviewedSite {
    site: LiveSite,
    sources: Sources,
    style: ReportStyle,
}

impl serve::SiteFiles for PreviewedSite {
    fn file(&self, path: &str) -> Result<Option<Body>, String> {
        let report = |problems| report::render(problems, &self.sources, self.style);
        self.site.file(path).map_err(report)
    }

    fn prepare(&self, is_wanted: &(dyn Fn() -> bool + Sync)) {
        self.site.prepare(is_wanted);
    }
}

/// The errors and warnings of the content as the bar of the preview lists them, errors first: at
/// most a hundred, since the terminal has them all.
fn preview_problems(assembled: &Assembled, language: Language) -> Vec<serve::PreviewProblem> {
    const LISTED: usize = 100;
    let problems = assembled.diagnostics.clone().sorted();
    let of = |severity: Severity| problems.iter().filter(move |p| p.severity() == severity);
    let listed = of(Severity::Error).chain(of(Severity::Warning)).take(LISTED);
    let mut excerpts = Excerpts::new(&assembled.sources);
    listed
        .map(|problem| serve::PreviewProblem {
            error: problem.severity() == Severity::Error,
            place: excerpts.position(&problem.place),
            message: in_language(&problem.message, language).to_owned(),
            page: assembled.pages.find(&problem.place).map(str::to_owned),
        })
        .collect()
}

/// `kawaraban search`: builds the search index in memory and prints the answer to the words of the
/// command line or, with `--each-line`, to each line of standard input.
pub(super) fn search(arguments: &SearchArguments, language: Language) -> CommandOutcome {
    let style = start(&arguments.common, language);
    let options = BuildOptions {
        selection: selection(arguments.common.drafts, arguments.common.as_of),
        ..BuildOptions::default()
    };
    let Assembled { sources, site, diagnostics, .. } =
        pipeline::assemble(&arguments.common.root, &options);
    let Some((site, theme)) = site else {
        show(&report::render(diagnostics, &sources, style), style.format);
        return failure(&sources);
    };
    let mut corpus = Corpus::of(&site, &theme.words);
    let queries: std::io::Result<Vec<String>> = match arguments.each_line {
        true => std::io::stdin().lines().collect(),
        false => Ok(vec![arguments.words.join(" ")]),
    };
    let answered = queries.map_err(tantivy::TantivyError::from).and_then(|queries| {
        let Built { artifacts, index } = search::build(&mut corpus)?;
        for query in queries {
            let answer = index.search(&query, arguments.limit)?;
            let reasons = match arguments.explain {
                true => answer.hits.iter().map(|hit| index.explain(&query, *hit)).collect(),
                false => Ok(Vec::new()),
            }?;
            let shown =
                ShownAnswer { corpus: &corpus, query: &query, answer: &answer, reasons: &reasons };
            say(if arguments.json { shown.json() } else { shown.text(style.language) });
        }
        // The process is about to end, and the system frees its memory faster than dropping each
        // text.
        std::mem::forget((artifacts, index));
        Ok(())
    });
    std::mem::forget(corpus);
    match answered {
        Ok(()) => CommandOutcome::Fine,
        Err(error) => {
            let said = error.to_string();
            refuse(
                style.language,
                &crate::message!(
                    ja: "検索できません（{said}）",
                    en: "the search failed: {said}",
                ),
                None,
            )
        }
    }
}

/// The outcome of a command whose site could not be assembled from `sources`: errors in the content
/// or, if there is no content at all, a wrong `--root`.
pub(super) fn failure(sources: &Sources) -> CommandOutcome {
    match sources.is_nothing() {
        true => CommandOutcome::Refused,
        false => CommandOutcome::ContentErrors,
    }
}

/// Refuses `lake`, for which this program was not compiled.
#[cfg(not(feature = "lake"))]
pub(super) fn without_lake(language: Language) -> CommandOutcome {
    refuse(
        language,
        &crate::message!(
            ja: "このプログラムは「lake」に対応していません",
            en: "this program was compiled without `lake`",
        ),
        Some(&crate::message!(
            ja: "配布版か、「--features lake」を付けてコンパイルしたものを使ってください",
            en: "use a released program, or compile it with `--features lake`",
        )),
    )
}

/// Sets the number of threads, and returns the style of the report.
pub(super) fn start(common: &CommonArguments, language: Language) -> ReportStyle {
    if let Some(threads) = common.threads {
        // The thread pool can be configured only once, before its first use.
        let _set = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    style(common.format.into(), language)
}

/// The folder that the site in `root` is written to: `named`, or `public` in it.
pub(super) fn output_folder(root: &Path, named: Option<&Path>) -> PathBuf {
    named.map_or_else(|| root.join("public"), Path::to_owned)
}

/// What of the content is published, by the flags `--drafts` and `--as-of`; without the latter what
/// is due today.
pub(super) fn selection(drafts: bool, as_of: Option<Date>) -> Selection {
    let drafts = if drafts { Drafts::Included } else { Drafts::LeftOut };
    Selection { drafts, as_of: as_of.or_else(|| Date::parse(&today()).ok()) }
}

/// Shows the report of `assembled`, followed by a summary if the format is for people.
pub(super) fn tell(assembled: Assembled, style: ReportStyle, outcome: report::RunOutcome) {
    let Assembled { sources, diagnostics, .. } = assembled;
    let summary = report::summary(&diagnostics, outcome, style.language);
    show(&report::render(diagnostics, &sources, style), style.format);
    if style.format == ReportFormat::Human {
        eprint!("{summary}");
    }
}

/// Shows a report: JSON on standard output, other formats on standard error.
pub(super) fn show(report: &str, format: ReportFormat) {
    match format {
        ReportFormat::Json => print(report.as_bytes()),
        ReportFormat::Human | ReportFormat::Short | ReportFormat::Github => eprint!("{report}"),
    }
}

/// Shows why the command was refused and what to do about it, and returns
/// [`CommandOutcome::Refused`].
pub(super) fn refuse(
    language: Language,
    message: &Message,
    help: Option<&Message>,
) -> CommandOutcome {
    let caption = report::severity_caption(Severity::Error, language);
    eprintln!("{caption}: {}", in_language(message, language));
    if let Some(help) = help {
        eprintln!("  {}: {}", report::help_caption(language), in_language(help, language));
    }
    CommandOutcome::Refused
}
