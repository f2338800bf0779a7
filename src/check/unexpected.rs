//! Reports **unexpected** files, which nothing reads, in the content folder. Without this report, a
//! table with a misspelt name would be missing from the site unnoticed.

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::site::Site;
use crate::source::{SourceFile, Sources};
use crate::table::{self, is_declaration, is_table};
use crate::text::nearest;

/// Reports every file of the content folder that nothing reads.
pub(super) fn unexpected_files(sources: &Sources, site: &Site, diagnostics: &mut Diagnostics) {
    const FOLDERS: [&str; 11] = [
        "areas/",
        "forms/",
        "policies/",
        "measures/",
        "indicators/",
        "plan-indicators/",
        "budgets/",
        "datasets/",
        "versions/",
        "pages/",
        "static/",
    ];
    const TABLES: [&str; 6] = ["departments", "topics", "plan", "redirects", "addresses", "series"];
    for file in sources.files_below("content/") {
        let below = &file.path["content/".len()..];
        let list = below
            .rsplit_once('.')
            .map(|(name, _)| name)
            .filter(|name| is_table(below) && TABLES.contains(name))
            .and_then(|name| table::single(sources, name));
        if let Some(read) = list.filter(|read| read.path != file.path) {
            diagnostics.push(second(file, read));
            continue;
        }
        let known =
            matches!(below, "site.toml" | "fields.toml" | "synonyms.csv" | "accessibility.toml")
                || list.is_some()
                || is_declaration(sources, &file.path)
                || site.form_files.contains(&file.path)
                || FOLDERS.iter().any(|folder| below.starts_with(folder));
        if known {
            continue;
        }
        let names = [
            "site.toml",
            "departments.csv",
            "topics.csv",
            "plan.csv",
            "synonyms.csv",
            "redirects.csv",
            "addresses.csv",
            "series.csv",
            "fields.toml",
            "accessibility.toml",
        ];
        let help = match nearest(below, names.into_iter().chain(FOLDERS)) {
            Some(near) => Message::did_you_mean(near),
            None => message!(
                ja: "公開するファイルは「content/static」フォルダーに移し、不要なファイルは削除してください",
                en: "move files to be published to `content/static`, and delete files that are not needed",
            ),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SOURCE_UNEXPECTED,
                Place::file(file.path.clone()),
                message!(
                    ja: "「content」フォルダーには置けないファイルです",
                    en: "this file does not belong in `content`",
                ),
            )
            .with_help(help),
        );
    }
}

/// The problem of `file`, a table with the name of `read`, which is read.
fn second(file: &SourceFile, read: &SourceFile) -> Diagnostic {
    let name = read.path.strip_prefix("content/").unwrap_or(&read.path);
    Diagnostic::new(
        &diagnostic::SOURCE_UNEXPECTED,
        Place::file(file.path.clone()),
        message!(
            ja: "同じ名前の表「{name}」があるため、このファイルは読み取りません",
            en: "this file is not read, because there is a table with the same name, `{name}`",
        ),
    )
    .with_help(message!(
        ja: "必要な行を一つのファイルにまとめ、もう一方を削除してください",
        en: "put the rows that are needed into one of the two files, and delete the other",
    ))
}
