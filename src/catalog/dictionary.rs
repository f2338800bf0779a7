//! The **data dictionary** of a dataset as rows of text, one row per column, for the worksheet and
//! for CSV. What is said in words stands in Japanese and in English.

use crate::dataset::{Column, Dataset, FileFormat};
use crate::text::{Language, Localized};

/// Name of the dictionary's CSV in a bundle.
pub(super) const FILE_NAME: &str = "dictionary.csv";

/// The header of the rows: what is said in Japanese, then in English.
pub(super) const HEADER: [&str; 14] = [
    "項目名",
    "列名",
    "型",
    "単位",
    "必須",
    "取り得る値",
    "規則",
    "空欄の意味",
    "説明",
    "Title",
    "Values",
    "Rules",
    "Meaning of a blank",
    "Description",
];

/// The row of the column `index`, with the fields of [`HEADER`].
pub(super) fn row(dataset: &Dataset, index: usize) -> [String; 14] {
    let column = &dataset.columns[index];
    let said = |language| {
        let description = column.description.as_ref().map(|text| in_language(text, language));
        (
            in_language(&column.title, language),
            values(column, language).join(if language == Language::Ja { "、" } else { "; " }),
            rules(dataset, column, index, language).join(if language == Language::Ja {
                "、"
            } else {
                "; "
            }),
            blank(column, language),
            description.unwrap_or_default(),
        )
    };
    let (title, values, rules, blank, description) = said(Language::Ja);
    let (title_en, values_en, rules_en, blank_en, description_en) = said(Language::En);
    [
        title,
        column.name.clone(),
        column.kind.as_str().to_owned(),
        column.unit.clone().unwrap_or_default(),
        if column.required { "はい".to_owned() } else { String::new() },
        values,
        rules,
        blank,
        description,
        title_en,
        values_en,
        rules_en,
        blank_en,
        description_en,
    ]
}

/// The text in `language`; empty for a text that has no English translation.
fn in_language(text: &Localized, language: Language) -> String {
    match language {
        Language::Ja => text.own.clone(),
        Language::En => text.en.clone().unwrap_or_default(),
    }
}

/// The allowed values, each with its meaning; in English only those whose meaning is translated.
fn values(column: &Column, language: Language) -> Vec<String> {
    if language == Language::Ja {
        return column.listed_values();
    }
    let labelled = column.values.iter().zip(&column.labels);
    labelled.filter_map(|(value, label)| Some(format!("{value} {}", label.en.as_ref()?))).collect()
}

/// The meaning of a blank cell of the column.
fn blank(column: &Column, language: Language) -> String {
    let say = |ja: &str, en: &str| if language == Language::Ja { ja } else { en }.to_owned();
    match &column.blank {
        _ if column.required => say("空欄なし", "never blank"),
        Some(text) => in_language(text, language),
        None => say("不明、または該当なし", "not known, or does not apply"),
    }
}

fn rules(dataset: &Dataset, column: &Column, index: usize, language: Language) -> Vec<String> {
    let say = |ja: String, en: String| if language == Language::Ja { ja } else { en };
    let unique = column.unique.then(|| say("重複なし".to_owned(), "no repeats".to_owned()));
    let minimum = column.minimum.as_ref();
    let minimum = minimum.map(|least| say(format!("最小 {least}"), format!("at least {least}")));
    let maximum = column.maximum.as_ref();
    let maximum = maximum.map(|most| say(format!("最大 {most}"), format!("at most {most}")));
    let pattern = column.pattern.as_ref().map(|pattern| {
        let form = pattern.as_str();
        say(format!("正規表現 {form} に一致"), format!("matches the regular expression {form}"))
    });
    let missing = (!column.missing.is_empty()).then(|| {
        let told = column.missing.told(language);
        say(
            format!("元の表の「{}」は空欄として公開", told.join("」「")),
            format!("`{}` of the source is published as a blank", told.join("`, `")),
        )
    });
    let narrative = column.narrative.then(|| {
        let file = FileFormat::TextCsv.file_name(dataset.id.as_str());
        say(
            format!("長い文章。CSVでは {file} に収録"),
            format!("long text; for CSV it is in {file}"),
        )
    });
    let references = dataset.references_of(index).map(|(id, name)| {
        say(format!("{id} の {name} にある値のみ"), format!("one of `{name}` in {id}"))
    });
    let own = [unique, minimum, maximum, pattern, missing, narrative];
    own.into_iter().flatten().chain(references).collect()
}
