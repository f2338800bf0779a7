//! `diff` without a dataset: the changes that a build would make to the **published** folder.
//!
//! Not in here: comparing two versions of a dataset (`releases`), and comparing published values
//! with their cells (`sources`).

mod changes;
pub(super) mod confirm;
mod facts;
mod records;
mod redirects;
pub(super) mod suspicious;
mod tables;
mod told;

use std::path::Path;

use crate::message;
use crate::pipeline::{self, Assembled, BuildOptions};
use crate::report;
use crate::text::Language;

use super::arguments::{DiffArguments, DiffFormat};
use super::commands::{failure, output_folder, refuse, selection, show};
use super::{CommandOutcome, say, style};

use changes::changes;

/// Compares the content with the published folder and prints the changes that a build would make.
pub(super) fn diff(arguments: &DiffArguments, language: Language) -> CommandOutcome {
    let style = style(arguments.format.into(), language);
    let selection = selection(arguments.drafts, arguments.as_of);
    // Pages that vanish are what is told here, with the redirects that `--write-redirects` writes.
    let options = BuildOptions { selection, pages_may_vanish: true, ..BuildOptions::default() };
    let Assembled { sources, site, diagnostics, .. } =
        pipeline::assemble(&arguments.root, &options);
    let Some((site, _)) = site else {
        show(&report::render(diagnostics, &sources, style), style.format);
        return failure(&sources);
    };
    let tree = output_folder(&arguments.root, arguments.against.as_deref());
    let changes = match changes(&site, &tree) {
        Ok(Some(changes)) => changes,
        Ok(None) if arguments.against.is_none() => return passed_over(&tree, language),
        Ok(None) => return nothing_published(&tree, language),
        Err(error) => return refuse(language, &error.message(), Some(&error.help())),
    };
    say(match arguments.format {
        DiffFormat::Human => told::text(&changes, &tree, language),
        DiffFormat::Markdown => told::markdown(&changes, language),
        DiffFormat::Json => told::json(&changes),
        DiffFormat::Html => told::html(&changes, language),
    });
    if arguments.write_redirects {
        match redirects::write(&arguments.root, &sources, &changes.pages_gone, language) {
            // The standard output is for the differences alone.
            Ok(said) => eprintln!("{said}"),
            Err(error) => return refuse(language, &error.message(), Some(&error.help())),
        }
    }
    CommandOutcome::Fine
}

/// Says that nothing was compared, since no site has been built to `tree` yet.
fn passed_over(tree: &Path, language: Language) -> CommandOutcome {
    let path = tree.display();
    eprintln!(
        "{}",
        match language {
            Language::Ja => format!(
                "「{path}」に公開済みのサイトがないため、比較を省略しました。別の場所のサイトと比べる場合は、「--against」で指定してください"
            ),
            Language::En => format!(
                "there is no published site in {path}, so nothing was compared; name one elsewhere with `--against`"
            ),
        }
    );
    CommandOutcome::Fine
}

/// Refuses a comparison with `tree`, in which nothing is published.
fn nothing_published(tree: &Path, language: Language) -> CommandOutcome {
    let path = tree.display();
    refuse(
        language,
        &message!(
            ja: "「{path}」には公開済みのサイトがないため、比べられません",
            en: "there is no published site in `{path}` to compare with",
        ),
        Some(&message!(
            ja: "公開済みのサイトのフォルダーを「--against」で指定してください",
            en: "name the folder of the published site with `--against`",
        )),
    )
}
