//! `build`: reads the content, asks where that is wanted, and writes the site to the output folder.
//!
//! Not in here: the stages (`pipeline`), and how a folder is replaced (`publish`).

use std::path::Path;

use crate::config::{BaseUrl, Drafts, PublicState, Selection, WantedFormats};
use crate::dataset::FileFormat;
use crate::diagnostic::{Diagnostics, Message, Severity};
use crate::message;
use crate::pipeline::{self, Assembled, BuildOptions, Progress, Stage};
use crate::publish::{self, Manner, Publication, PublishError, Summary, TightRoom, Turn};
use crate::report::{self, ReportFormat, ReportStyle};
use crate::site::Site;
use crate::source::Sources;
use crate::text::{Language, counted};

use super::arguments::BuildArguments;
use super::commands::{failure, output_folder, refuse, selection, show, start, tell};
use super::published::confirm::confirm;
use super::published::suspicious::{Consequence, suspicious};
use super::{CommandOutcome, progress, say};

/// Builds the site and writes it. Nothing is written where the content has errors, a change is
/// suspicious and not accepted, or a person who was asked has not agreed.
pub(super) fn build(arguments: &BuildArguments, language: Language) -> CommandOutcome {
    let style = start(&arguments.common, language);
    let selection = selection(arguments.common.drafts, arguments.common.as_of);
    let base_url = match arguments.base_url.as_deref().map(|text| (text, BaseUrl::parse(text))) {
        Some((text, None)) => {
            return refuse(
                style.language,
                &message!(
                    ja: "「--base-url」の「{text}」は公開先のURLとして使えません",
                    en: "`{text}` (`--base-url`) cannot be used as the site's URL",
                ),
                None,
            );
        }
        other => other.and_then(|(_, base_url)| base_url),
    };
    let options = BuildOptions {
        selection,
        base_url,
        offline_search: arguments.offline_search,
        ..BuildOptions::default()
    };
    let line = progress::ProgressLine::new(style.language);
    let denies = |diagnostics: &Diagnostics| {
        arguments.deny_warnings && diagnostics.count(Severity::Warning) > 0
    };
    let root = &arguments.common.root;
    let out = match (&arguments.out, selection.drafts) {
        // Where nobody names a folder, the published one is safe from previews.
        (None, Drafts::Included) => root.join(PREVIEW),
        (named, _) => output_folder(root, named.as_deref()),
    };
    let manner = if arguments.in_place { Manner::InPlace } else { Manner::Exchange };
    let mut begun = publish::now();
    let mut turn = None;
    // Once; a second time where another build has written the site meanwhile, perhaps from newer
    // content.
    let (mut assembled, mut site, theme, turn) = loop {
        line.begin(Stage::Reading);
        let mut assembled = pipeline::assemble(root, &options);
        let whole = assembled.site.take().filter(|_| !denies(&assembled.diagnostics));
        let Some((site, theme)) = whole else {
            line.clear();
            let outcome = failure(&assembled.sources);
            tell(assembled, style, report::RunOutcome::NothingWritten);
            return outcome;
        };
        let taken = match turn.take() {
            Some(turn) => Ok(turn),
            None => take_turn(root, &out, manner, style.language, || line.clear()),
        };
        match taken {
            Ok(taken) if taken.was_taken_since(begun) => {
                begun = publish::now();
                turn = Some(taken);
            }
            Ok(taken) => break (assembled, site, theme, taken),
            Err(error) => {
                line.clear();
                return nothing_written(assembled, style, Err(error));
            }
        }
    };
    line.clear();
    if let Err(error) = is_of_the_same_kind(&out, selection.drafts) {
        return nothing_written(assembled, style, Err(error));
    }
    let first = matches!(publish::is_preview(&out), Ok(None));
    match consent(arguments, &site, &out, style) {
        Ok(Consent::Given) => {}
        Ok(Consent::Refused(found)) => {
            assembled.diagnostics.append(found);
            tell(assembled, style, report::RunOutcome::NothingWritten);
            return CommandOutcome::ContentErrors;
        }
        Ok(Consent::Declined) => return nothing_written(assembled, style, Ok(())),
        Err(error) => return nothing_written(assembled, style, Err(error)),
    }
    let publication = match Publication::begin(turn, arguments.keep.into()) {
        Ok(publication) => publication.recorded(arguments.fresh),
        Err(error) => return nothing_written(assembled, style, Err(error)),
    };
    if let Some(room) = publication.tight_room() {
        tell_tight_room(room, &out, style.language);
    }
    line.begin(Stage::Rendering);
    let Assembled { fonts, diagnostics, .. } = &mut assembled;
    pipeline::render(&site, &theme, fonts.as_ref(), &publication, diagnostics);
    if diagnostics.has_errors() || denies(diagnostics) {
        drop(publication);
        line.clear();
        tell(assembled, style, report::RunOutcome::NothingWritten);
        return CommandOutcome::ContentErrors;
    }
    line.begin(Stage::Publishing);
    // The manifest of all files takes the room of the tables, which are few and large.
    site.datasets.clear();
    let published = publication.finish(pipeline::manifest_head(&site));
    line.clear();
    tell(assembled, style, report::RunOutcome::Written);
    let (measures, wanted) = (site.measures.len(), site.config.formats.clone());
    let withheld = WithheldCounts::of(&site);
    // The process ends, and the system takes its memory back faster than text by text.
    std::mem::forget((site, theme));
    match published {
        Ok(summary) => {
            tell_summary(arguments, style, &out, (measures, &wanted), summary);
            if first && !arguments.ask {
                tell_passed_over(style);
            }
            tell_day(style, selection, withheld);
            CommandOutcome::Fine
        }
        Err(error) => refuse(style.language, &error.message(), Some(&error.help())),
    }
}

/// The folder in the site's own that a preview is written to.
const PREVIEW: &str = "preview";

/// A preview does not replace a published site, and a site does not replace a preview: what is kept
/// for `rollback` would be of the other kind.
///
/// # Errors
///
/// Where `out` holds a site of the other kind, or its manifest cannot be read.
fn is_of_the_same_kind(out: &Path, drafts: Drafts) -> Result<(), PublishError> {
    match (publish::is_preview(out)?, drafts) {
        (Some(false), Drafts::Included) => {
            Err(PublishError::HoldsSite { path: out.to_owned(), preview: false })
        }
        (Some(true), Drafts::LeftOut) => {
            Err(PublishError::HoldsSite { path: out.to_owned(), preview: true })
        }
        _ => Ok(()),
    }
}

/// Takes the turn to write to `out`, a folder of the site in `root`. A person who must wait for
/// another build is told so; `before` is called first.
///
/// # Errors
///
/// Where `out` cannot be written to ([`Turn::take`]).
pub(super) fn take_turn(
    root: &Path,
    out: &Path,
    manner: Manner,
    language: Language,
    before: impl FnOnce(),
) -> Result<Turn, PublishError> {
    let protected = [root.to_owned(), root.join("content"), root.join("themes")];
    Turn::take(out, &protected, manner, |process| {
        before();
        tell_waiting(process, language);
    })
}

/// Says that another process, with the number `process` where that is known, is publishing.
pub(super) fn tell_waiting(process: Option<u32>, language: Language) {
    let number = process.map(|process| process.to_string()).unwrap_or_default();
    eprintln!(
        "{}",
        match (language, process) {
            (Language::Ja, Some(_)) => format!(
                "別の「kawaraban」（プロセス{number}）が同じフォルダーに書き出しています。終わるまで待ちます"
            ),
            (Language::Ja, None) =>
                "別の「kawaraban」が同じフォルダーに書き出しています。終わるまで待ちます".to_owned(),
            (Language::En, Some(_)) => format!(
                "waiting for another kawaraban (process {number}) that is writing to the same folder"
            ),
            (Language::En, None) =>
                "waiting for another kawaraban that is writing to the same folder".to_owned(),
        }
    );
}

/// Whether a site may be written.
enum Consent {
    Given,
    /// It was refused for these suspicious changes.
    Refused(Diagnostics),
    /// The person who was asked has not agreed.
    Declined,
}

/// May the site be written? Asks where `--ask` is given; otherwise suspicious changes need
/// `--accept`.
fn consent(
    arguments: &BuildArguments,
    site: &Site,
    out: &Path,
    style: ReportStyle,
) -> Result<Consent, PublishError> {
    let found = match arguments.accept {
        true => Diagnostics::new(),
        false if arguments.ask => suspicious(site, out, Consequence::Question)?,
        false => suspicious(site, out, Consequence::Refusal)?,
    };
    if !arguments.ask {
        return Ok(if found.is_empty() { Consent::Given } else { Consent::Refused(found) });
    }
    show(&report::render(found, &Sources::default(), style), style.format);
    Ok(match confirm(site, out, style.language)? {
        true => Consent::Given,
        false => Consent::Declined,
    })
}

/// Ends a build that has not written anything, because of an error or because the person who was
/// asked has not agreed: shows the report, then why.
fn nothing_written(
    assembled: Assembled,
    style: ReportStyle,
    why: Result<(), PublishError>,
) -> CommandOutcome {
    tell(assembled, style, report::RunOutcome::NothingWritten);
    match why {
        Ok(()) => {
            let said: Message = message!(ja: "書き出しませんでした", en: "nothing was written");
            eprintln!("{}", report::in_language(&said, style.language));
            CommandOutcome::ContentErrors
        }
        Err(error) => refuse(style.language, &error.message(), Some(&error.help())),
    }
}

/// Says what was written.
fn tell_summary(
    arguments: &BuildArguments,
    style: ReportStyle,
    out: &Path,
    (measures, wanted): (usize, &WantedFormats),
    summary: Summary,
) {
    let (out, files) = (out.display(), summary.files);
    let megabytes = summary.bytes as f64 / 1e6;
    let say = |line: String| match style.format {
        // The standard output is for the report alone.
        ReportFormat::Json => eprintln!("{line}"),
        _ => say(line),
    };
    say(match style.language {
        Language::Ja => format!(
            "施策{measures}件のサイトを「{out}」に書き出しました（{files}ファイル、{megabytes:.1} MB）"
        ),
        Language::En => {
            let measures = counted(measures, "measure");
            format!("{measures} written to {out}: {files} files, {megabytes:.1} MB")
        }
    });
    if let Some(line) = formats_left_out(wanted, style.language) {
        say(line);
    }
    if arguments.in_place {
        say(match style.language {
            Language::Ja => {
                "ファイルを一つずつ入れ替えました。入れ替えの途中では、前のページと新しいページが混在します。以前のサイトは保存していないため、「rollback」では戻せません"
            }
            Language::En => {
                "files were replaced one by one; in between, visitors may have seen pages of both sites; the site before is not kept, so `rollback` cannot bring it back"
            }
        }.to_owned());
    }
}

/// Says that the disk may become full. It goes to the standard error in every format: it is about
/// this machine, not about the content.
fn tell_tight_room(room: TightRoom, out: &Path, language: Language) {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let (free, last, out) = (megabytes(room.free), megabytes(room.last), out.display());
    let caption = report::severity_caption(Severity::Warning, language);
    eprintln!(
        "{caption}: {}",
        match language {
            Language::Ja => format!(
                "「{out}」のあるディスクの空き容量（{free:.1} MB）が、前回のサイト（{last:.1} MB）より少なくなっています。変更したファイルが多い場合は、書き出せないことがあります。その場合も、前回のサイトはそのまま残ります"
            ),
            Language::En => format!(
                "the disk of {out} has {free:.1} MB free, less than the {last:.1} MB of the previous site; if many files have changed, they may not fit, and the previous site then stays as it is"
            ),
        }
    );
}

/// Says that there was no site to compare the new one with.
fn tell_passed_over(style: ReportStyle) {
    let line = match style.language {
        Language::Ja => "前回のサイトがないため、大きな変更がないかの確認は行っていません",
        Language::En => "there was no site before, so no check for suspicious changes was made",
    };
    match style.format {
        ReportFormat::Json => eprintln!("{line}"),
        _ => say(line),
    }
}

/// The number of parts of the content that are withheld, each for its reason.
struct WithheldCounts {
    drafts: usize,
    not_due: usize,
    expired: usize,
}

impl WithheldCounts {
    /// The counts of `site`, without what only follows from the state of a policy.
    fn of(site: &Site) -> Self {
        let mut counts = Self { drafts: 0, not_due: 0, expired: 0 };
        for withheld in site.withheld.iter().filter(|withheld| withheld.own) {
            match withheld.state {
                PublicState::Public => {}
                PublicState::Draft => counts.drafts += 1,
                PublicState::NotDue(_) => counts.not_due += 1,
                PublicState::Expired(_) => counts.expired += 1,
            }
        }
        counts
    }
}

/// Says of which day the site is, and what of the content is not public on it.
fn tell_day(style: ReportStyle, selection: Selection, counts: WithheldCounts) {
    let Some(day) = selection.as_of else { return };
    let WithheldCounts { drafts, not_due, expired } = counts;
    let line = match (style.language, selection.drafts) {
        (Language::Ja, Drafts::LeftOut) => format!(
            "{day}時点の内容です。下書き{drafts}件、公開日前{not_due}件、公開終了{expired}件は公開していません"
        ),
        (Language::Ja, Drafts::Included) => format!(
            "{day}時点のプレビューです。下書き{drafts}件、公開日前{not_due}件を含みます。公開しないでください"
        ),
        (Language::En, Drafts::LeftOut) => format!(
            "as of {day}; left out: {}, {not_due} not yet due, {expired} expired",
            counted(drafts, "draft"),
        ),
        (Language::En, Drafts::Included) => format!(
            "a preview as of {day} with {} and {not_due} not yet due; do not publish it",
            counted(drafts, "draft"),
        ),
    };
    match style.format {
        ReportFormat::Json => eprintln!("{line}"),
        _ => say(line),
    }
}

/// What the output lacks because this program was compiled without the code for it.
fn formats_left_out(wanted: &WantedFormats, language: Language) -> Option<String> {
    let missing = FileFormat::ALL.into_iter().filter(|format| !format.is_compiled());
    let missing = missing.filter(|format| format.is_among(wanted));
    let missing: Vec<&str> = missing.map(FileFormat::name).collect();
    (!missing.is_empty()).then(|| match language {
        Language::Ja => format!(
            "このプログラムは{}の出力に対応していないため、その形式のファイルはありません（配布版か --all-features でコンパイルしたものは対応しています）",
            missing.join("と")
        ),
        Language::En => format!(
            "no {} files: this program was compiled without them (released programs and `--all-features` have them)",
            missing.join(" or ")
        ),
    })
}
