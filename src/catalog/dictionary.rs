//! The **data dictionary** of a dataset as rows of text, one row per column, for the worksheet and
//! for CSV.

use crate::dataset::{Column, Dataset, FileFormat};
use crate::text::Language;

/// Name of the dictionary's CSV in a bundle.
pub(super) const FILE_NAME: &str = "dictionary.csv";

/// The header of the rows.
pub(super) const HEADER: [&str; 9] =
    ["項目名", "列名", "型", "単位", "必須", "取り得る値", "規則", "空欄の意味", "説明"];

/// The row of the column `index`, with the fields of [`HEADER`].
pub(super) fn row(dataset: &Dataset, index: usize) -> [String; 9] {
    let column = &dataset.columns[index];
    let description = column.description.as_ref();
    [
        column.title.own.clone(),
        column.name.clone(),
        column.kind.as_str().to_owned(),
        column.unit.clone().unwrap_or_default(),
        if column.required { "はい".to_owned() } else { String::new() },
        column.listed_values().join("、"),
        rules(dataset, column, index).join("、"),
        blank(column).to_owned(),
        description.map(|text| text.own.clone()).unwrap_or_default(),
    ]
}

/// The meaning of a blank cell of the column.
fn blank(column: &Column) -> &str {
    match &column.blank {
        _ if column.required => "空欄なし",
        Some(text) => &text.own,
        None => "不明、または該当なし",
    }
}

fn rules(dataset: &Dataset, column: &Column, index: usize) -> Vec<String> {
    let unique = column.unique.then(|| "重複なし".to_owned());
    let minimum = column.minimum.as_ref().map(|least| format!("最小 {least}"));
    let maximum = column.maximum.as_ref().map(|most| format!("最大 {most}"));
    let pattern =
        column.pattern.as_ref().map(|pattern| format!("正規表現 {} に一致", pattern.as_str()));
    let missing = (!column.missing.is_empty()).then(|| {
        format!("元の表の「{}」は空欄として公開", column.missing.told(Language::Ja).join("」「"))
    });
    let narrative = column.narrative.then(|| {
        format!("長い文章。CSVでは {} に収録", FileFormat::TextCsv.file_name(dataset.id.as_str()))
    });
    let references = dataset.references_of(index);
    let references = references.map(|(id, name)| format!("{id} の {name} にある値のみ"));
    let own = [unique, minimum, maximum, pattern, missing, narrative];
    own.into_iter().flatten().chain(references).collect()
}
