//! The **list of open data** (オープンデータ一覧) of 自治体標準オープンデータセット: a CSV of 45
//! columns with one row per file, which systems of municipalities and prefectures import by column
//! name. Unknown values are blank.

use crate::artifact::Body;
use crate::calendar::Date;
use crate::config::Contact;
use crate::dataset::{DataSource, Dataset, FileFormat, StandardSet};
use crate::markdown::summary;
use crate::site::{Site, file_paths};

use super::File;
use super::csv::{self, Dialect, WRITTEN};

/// The columns, in their order.
const HEADER: [&str; 45] = [
    "データセット_ID",
    "全国地方公共団体コード",
    "地方公共団体名",
    "データセット_タイトル",
    "データセット_サブタイトル",
    "データセット_概要",
    "データセット_キーワード",
    "データセット_分類",
    "データセット_ユニバーサルメニュー",
    "データセット_公開日",
    "データセット_最終更新日",
    "データセット_バージョン",
    "データセット_言語",
    "データセット_URL",
    "データセット_更新頻度",
    "データセット_準拠する標準",
    "データセット_関連ドキュメント",
    "データセット_来歴情報",
    "データセット_対象地域",
    "データセット_対象期間",
    "データセット_作成者",
    "データセット_連絡先名称",
    "データセット_連絡先メールアドレス",
    "データセット_連絡先電話番号",
    "データセット_連絡先内線番号",
    "データセット_連絡先FormURL",
    "データセット_連絡先備考（その他、SNSなど）",
    "データセット_備考",
    "ファイル_ID",
    "ファイル_タイトル",
    "ファイル_アクセスURL",
    "ファイル_ダウンロードURL",
    "ファイル_説明",
    "ファイル_形式",
    "ファイル_ライセンス",
    "ファイル_ステータス",
    "ファイル_サイズ",
    "ファイル_公開日",
    "ファイル_最終更新日",
    "ファイル_利用規約",
    "ファイル_関連ドキュメント",
    "ファイル_言語",
    "ファイル_準拠する標準",
    "ファイル_API対応有無",
    "ファイル_著作権表記",
];

/// Maximum length of a description, in characters.
const SUMMARY: usize = 500;

/// The list as a CSV for Excel, with a byte order mark. `files` are those of each dataset, in the
/// order of the datasets.
pub(super) fn render(site: &Site, files: &[Vec<File<'_>>]) -> Body {
    let mut writer = csv::writer(Dialect::Excel);
    writer.write_record(HEADER).expect(WRITTEN);
    for (dataset, files) in site.datasets.iter().zip(files) {
        let described = describe_dataset(site, dataset);
        for file in files {
            let row = described.iter().cloned().chain(describe_file(site, dataset, file));
            writer.write_record(row).expect(WRITTEN);
        }
    }
    csv::finish(writer)
}

/// The first 28 columns of [`HEADER`], which describe the dataset and are the same for all of its
/// files.
fn describe_dataset(site: &Site, dataset: &Dataset) -> [String; 28] {
    let publisher = &site.config.publisher;
    let department = site.department_of(dataset);
    let department = department.map(|index| site.departments[index].department.name.own.clone());
    let topics = site.topics_of(dataset).into_iter();
    let topics: Vec<&str> =
        topics.map(|index| site.topics[index].topic.name.own.as_str()).collect();
    let period = dataset.period.map(|period| format!("{}/{}", day(period.start), day(period.end)));
    let background = &dataset.background;
    let contact = background.contact.as_ref().or(publisher.contact.as_ref());
    let authors = match background.authors.as_slice() {
        [] => department.unwrap_or_else(|| publisher.name.own.clone()),
        authors => joined(authors.iter().map(|author| author.own.clone())),
    };
    let asked =
        |pick: fn(&Contact) -> Option<&String>| contact.and_then(pick).cloned().unwrap_or_default();
    [
        dataset.id.to_string(),
        publisher.code.as_str().to_owned(),
        publisher.name.own.clone(),
        dataset.title.own.clone(),
        String::new(),
        summary(&dataset.description.own, SUMMARY),
        dataset.keywords.join(";"),
        topics.join(";"),
        String::new(),
        day(dataset.published),
        day(dataset.changed()),
        version(dataset),
        languages(site, dataset),
        page(site, dataset),
        (dataset.update_frequency.as_ref())
            .map(|often| often.words.own.clone())
            .unwrap_or_default(),
        standard(dataset),
        joined(background.related.iter().map(|document| document.url.clone())),
        history(dataset),
        background.spatial.as_ref().unwrap_or(&publisher.name).own.clone(),
        period.unwrap_or_default(),
        authors,
        contact.map(|contact| contact.name.own.clone()).unwrap_or_default(),
        asked(|contact| contact.email.as_ref()),
        asked(|contact| contact.phone.as_ref()),
        asked(|contact| contact.extension.as_ref()),
        asked(|contact| contact.form_url.as_ref()),
        String::new(),
        background.note.as_ref().map(|note| note.own.clone()).unwrap_or_default(),
    ]
}

/// The name of the newest version if the dataset has not changed since; otherwise blank.
fn version(dataset: &Dataset) -> String {
    dataset.released_as().map_or(String::new(), ToString::to_string)
}

/// The tags of the languages of the data.
fn languages(site: &Site, dataset: &Dataset) -> String {
    match dataset.background.languages.as_slice() {
        [] => site.config.own_language().tag().to_owned(),
        languages => joined(languages.iter().map(|language| language.tag.to_owned())),
    }
}

/// The title of the standard that the dataset names, or its id if the standard is not known here.
fn standard(dataset: &Dataset) -> String {
    let Some(named) = &dataset.conforms_to else { return String::new() };
    let id = named.value.as_str();
    StandardSet::find(id).map_or_else(|| id.to_owned(), |set| set.full_title().own)
}

/// How the dataset was made, and from what: `国勢調査（2020-10-01現在）https://…`.
fn history(dataset: &Dataset) -> String {
    let background = &dataset.background;
    let source = |source: &DataSource| {
        let as_of = source.as_of.map(|day| format!("（{day}現在）")).unwrap_or_default();
        let url = source.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
        format!("{}{as_of}{url}", source.name.own)
    };
    let method = background.method.as_ref().map(|method| method.own.clone());
    joined(method.into_iter().chain(background.sources.iter().map(source)))
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(";")
}

/// The last 17 columns of [`HEADER`], which describe `file`.
fn describe_file(site: &Site, dataset: &Dataset, file: &File<'_>) -> [String; 17] {
    let licence = site.licence_of(dataset);
    let name = file.format.file_name(dataset.id.as_str());
    let described = match file.format {
        FileFormat::Csv => "プログラム向け。見出しは英字の列名",
        FileFormat::ExcelCsv => "Excel向け。見出しは日本語",
        FileFormat::TextCsv => "文章の列。行を区別する列で表と対応",
        FileFormat::Workbook => "項目の説明付き",
        _ => "",
    };
    [
        format!("{}-{}", dataset.id, file.format.ending().replace('.', "-")),
        name,
        page(site, dataset),
        site.config.base_url.join(file.path),
        described.to_owned(),
        file.format.name().to_owned(),
        licence.name().to_owned(),
        "配信中".to_owned(),
        file.facts.bytes.to_string(),
        day(dataset.published),
        day(dataset.changed()),
        licence.url().to_owned(),
        String::new(),
        languages(site, dataset),
        standard(dataset),
        "無".to_owned(),
        site.config.publisher.name.own.clone(),
    ]
}

/// The date in ISO 8601; blank if it is not known.
fn day(day: Option<Date>) -> String {
    day.map_or(String::new(), |day| day.to_string())
}

fn page(site: &Site, dataset: &Dataset) -> String {
    site.config.base_url.join(&file_paths::dataset_page(dataset.id.as_str()))
}
