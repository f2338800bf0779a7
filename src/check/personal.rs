//! Reports **personal** data in what is published: people's names beside ways to reach them or
//! their dates of birth, and マイナンバー (individual numbers).
//!
//! Not in here: how personal data are recognised (`dataset`).

use crate::dataset::Dataset;
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;
use crate::site::Site;

/// Reports datasets with personal columns.
pub(super) fn personal_columns(site: &Site, diagnostics: &mut Diagnostics) {
    // A table of all periods has what the datasets of the periods have.
    for dataset in site.datasets.iter().filter(|dataset| dataset.joins.is_none()) {
        if !dataset.built_in {
            diagnostics.extend(people(dataset));
        }
        for column in 0..dataset.columns.len() {
            my_numbers(dataset, column, diagnostics);
        }
    }
}

/// The warning about a dataset with people's names and something else that is personal, at the
/// header of the first of these columns.
fn people(dataset: &Dataset) -> Option<Diagnostic> {
    let (named, reached) = dataset.columns_of_people();
    let first = *named.first()?;
    let quoted = |columns: &[usize], open: &str, close: &str, between: &str| {
        let titles = columns.iter().map(|column| &dataset.columns[*column].title.own);
        let each: Vec<String> = titles.map(|title| format!("{open}{title}{close}")).collect();
        each.join(between)
    };
    let (ja_named, ja_reached) = (quoted(&named, "「", "」", ""), quoted(&reached, "「", "」", ""));
    let (en_named, en_reached) = (quoted(&named, "`", "`", ", "), quoted(&reached, "`", "`", ", "));
    let origin = dataset.origin.as_ref();
    let problem = Diagnostic::new(
        &diagnostic::CHECK_PERSONAL,
        origin.map_or_else(|| dataset.place.clone(), |origin| origin.header_place(first)),
        message!(
            ja: "個人に関わる列があるようです：{ja_named}と{ja_reached}",
            en: "columns look personal: {en_named} beside {en_reached}",
        ),
    );
    Some(problem.with_help(message!(
        ja: "公開しない列は、「dataset.toml」の「unpublished」に見出しを書いてください。公開してよい場合は、「site.toml」の「[checks]」に「\"check::personal\" = \"off\"」と書けます",
        en: "write the headers of columns that are not to be published as `unpublished` in `dataset.toml`; if all may be published, `\"check::personal\" = \"off\"` in `[checks]` of `site.toml` turns this rule off",
    )))
}

/// Reports every cell of `column` that holds an individual number. The number itself is not quoted,
/// since reports are passed on.
fn my_numbers(dataset: &Dataset, column: usize, diagnostics: &mut Diagnostics) {
    let file = dataset.origin.as_ref().map_or(dataset.place.file_path(), |origin| origin.file());
    for row in dataset.my_numbers(column) {
        diagnostics.push_with(&diagnostic::CHECK_MY_NUMBER, file, || {
            let title = &dataset.columns[column].title.own;
            let place = match &dataset.origin {
                Some(origin) => origin.place(row, column),
                None => dataset.place.clone(),
            };
            let problem = Diagnostic::new(
                &diagnostic::CHECK_MY_NUMBER,
                place,
                message!(
                    ja: "「{title}」の列に、マイナンバー（個人番号）と思われる番号があります",
                    en: "the column `{title}` holds what looks like an individual number (マイナンバー)",
                ),
            );
            problem.with_help(message!(
                ja: "マイナンバーは公開できません。元のファイルからこの列を削除するか、「dataset.toml」の「unpublished」に見出しを書いてください",
                en: "individual numbers must not be published: delete the column from the file, or write its header as `unpublished` in `dataset.toml`",
            ))
        });
    }
}
