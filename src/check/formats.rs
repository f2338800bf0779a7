//! Tells which **formats** of a dataset are left out, because they would cut a text or lose a
//! digit.

use crate::dataset::{Dataset, FileFormat, LeftOut};
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;
use crate::site::{Site, file_paths};

/// Tells of each format that the site wants and that cannot hold one of its datasets.
pub(super) fn formats(site: &Site, diagnostics: &mut Diagnostics) {
    for dataset in &site.datasets {
        let wanted = |format: &FileFormat| {
            format.is_compiled()
                && format.is_among(&site.config.formats)
                && !site.plan.has(&file_paths::file_of(dataset, *format))
        };
        for format in FileFormat::ALL.into_iter().filter(wanted) {
            if let Some(left_out) = format.left_out(dataset) {
                diagnostics.push(told(dataset, format, &left_out));
            }
        }
    }
}

fn told(dataset: &Dataset, format: FileFormat, left_out: &LeftOut) -> Diagnostic {
    let cell = left_out.at.zip(dataset.origin.as_ref());
    let place = cell.map(|((row, column), origin)| origin.place(row, column));
    let (id, name, why) = (&dataset.id, format.name(), &left_out.why);
    let (ja, en) = (&why.ja, &why.en);
    Diagnostic::new(
        &diagnostic::DATASET_FORMAT,
        place.unwrap_or_else(|| dataset.place.clone()),
        message!(
            ja: "「{id}」の{name}形式のファイルは作成しません（{ja}）",
            en: "`{id}` has no {name} file: {en}",
        ),
    )
    .with_help(match left_out.at {
        Some(_) => message!(
            ja: "ほかの形式では、すべての内容を公開します。長い文章は、別の文書に分けて、表にはそのURLを入力する方法もあります",
            en: "the other formats hold everything; a long text can also be a document of its own, with its address in the table",
        ),
        None => message!(
            ja: "ほかの形式では、すべての内容を公開します",
            en: "the other formats hold everything",
        ),
    })
}
