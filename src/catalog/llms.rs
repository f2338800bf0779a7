//! `llms.txt`, the **ways in** for programs that read for people: what the site is, where its pages
//! stand in Markdown, and where its data are.

use std::fmt::Write as _;

use crate::site::{Site, file_paths};

/// Most characters of the description.
const DESCRIPTION: usize = 300;

/// The list, in the language of the content. Its length does not depend on how much there is.
pub(super) fn render(site: &Site) -> Vec<u8> {
    let config = &site.config;
    let described = config.description.as_ref().map_or("", |text| &text.own);
    let described: String = described.chars().take(DESCRIPTION).collect();
    let mut text = format!("# {}\n\n> {described}\n", config.title.own);
    let publisher = &config.publisher;
    let (name, code) = (&publisher.name.own, publisher.code.as_str());
    let licence = config.licence.name();
    let _ = writeln!(text, "\n{name}（{code}）。ライセンス (licence): {licence}");
    if config.has_twins {
        let ja = "各ページと同じ内容のMarkdownが、末尾の「.html」を「.md」に変えたURLにあります。";
        let en = "Every page has a twin in Markdown: write `.md` for `.html` in its URL.";
        let _ = writeln!(text, "\n{ja} {en}");
    }
    let pages = [
        (file_paths::HOME, "トップ", "Home", true),
        (file_paths::MEASURES, "施策", "Measures", !site.measures.is_empty()),
        (file_paths::POLICIES, "運営方針", "Operating policies", !site.policies.is_empty()),
        (file_paths::DEPARTMENTS, "部局", "Departments", !site.departments.is_empty()),
        (file_paths::TOPICS, "分野", "Topics", !site.topics.is_empty()),
        (file_paths::DATASETS, "データセット", "Datasets", !site.datasets.is_empty()),
    ];
    section(&mut text, "ページ (pages)");
    for (path, ja, en, _) in pages.into_iter().filter(|(path, _, _, is)| *is && site.plan.has(path))
    {
        let twin = file_paths::twin(path);
        item(site, &mut text, if config.has_twins { &twin } else { path }, ja, en);
    }
    section(&mut text, "データ (data)");
    let data = [
        (file_paths::CATALOG, "全データの一覧（JSON）", "Every dataset with its files"),
        (file_paths::OPENAPI, "全URLの説明（OpenAPI）", "Every URL that gives data"),
        (file_paths::DATA_PACKAGE, "全表の定義（Data Package）", "Every table with its columns"),
        (file_paths::DCAT, "DCATカタログ（JSON-LD）", "DCAT-AP catalogue"),
        (file_paths::OPENDATA_LIST, "オープンデータ一覧（CSV）", "List of open data"),
        (file_paths::FEED, "更新情報（Atom）", "What has changed"),
        (file_paths::SITEMAP, "サイトマップ", "Every page"),
        (file_paths::MANIFEST, "全ファイルのSHA-256", "Every file with its digest"),
    ];
    for (path, ja, en) in data {
        item(site, &mut text, path, ja, en);
    }
    text.into_bytes()
}

fn section(text: &mut String, title: &str) {
    let _ = write!(text, "\n## {title}\n\n");
}

fn item(site: &Site, text: &mut String, path: &str, ja: &str, en: &str) {
    let _ = writeln!(text, "- [{ja}]({}): {en}", site.config.base_url.join(path));
}
