//! Shared code of the commands that **draft** something: reading the given files, and reporting
//! what was written. A draft has no effect until a person has read it.

use std::path::{Path, PathBuf};

use crate::message;
use crate::source::{self, Sources};
use crate::starter;
use crate::text::Language;

use super::commands::refuse;
use super::{CommandOutcome, say};

/// Reads the files at `paths`. The error is the outcome of the command for a file that cannot be
/// read, which has been reported.
pub(super) fn read_files(
    root: &Path,
    paths: &[PathBuf],
    language: Language,
) -> Result<Sources, CommandOutcome> {
    let mut files = Vec::new();
    for path in paths {
        match source::read_file(root, path) {
            Ok(file) => files.push(file),
            Err(error) => {
                let shown = path.display();
                let message = message!(
                    ja: "「{shown}」を読み取れません（{error}）",
                    en: "`{shown}` cannot be read: {error}",
                );
                return Err(refuse(language, &message, None));
            }
        }
    }
    Ok(Sources::of(files))
}

/// Refuses a `root` that holds no site.
pub(super) fn without_content(root: &Path, language: Language) -> Option<CommandOutcome> {
    if root.join("content").is_dir() {
        return None;
    }
    let shown = root.display();
    Some(refuse(
        language,
        &message!(
            ja: "「{shown}」に「content」フォルダーがありません",
            en: "there is no `content` folder in `{shown}`",
        ),
        Some(&message!(
            ja: "「--root」でサイトのフォルダーを指定するか、「kawaraban new」で新しいサイトを作成してください",
            en: "name the site's folder with `--root`, or create a new site with `kawaraban new`",
        )),
    ))
}

/// The drafted `text` of the file at `path`, with the line by which editors find its schema `name`,
/// if the site in `root` has schemas.
pub(super) fn with_schema(root: &Path, path: &str, name: &str, text: &str) -> Vec<u8> {
    let schema = format!("{}/{name}.json", starter::SCHEMAS);
    let line = root.join(&schema).is_file().then(|| {
        let up = "../".repeat(path.matches('/').count());
        format!("#:schema {up}{schema}\n")
    });
    (line.unwrap_or_default() + text).into_bytes()
}

/// Prints which files were `written`; the first is the draft, which a person is asked to read and
/// correct.
pub(super) fn tell(written: &[String], language: Language) {
    let draft = &written[0];
    match language {
        Language::Ja => {
            say(format!("次のファイルに下書きを書き出しました：{}", written.join("、")));
            say(format!(
                "「{draft}」を読んで直し、「draft = true」の行を削除してから、「kawaraban check」を実行してください"
            ));
        }
        Language::En => {
            say(format!("drafted: {}", written.join(", ")));
            say(format!(
                "read and correct {draft}, delete the line `draft = true`, then run `kawaraban check`"
            ));
        }
    }
}
