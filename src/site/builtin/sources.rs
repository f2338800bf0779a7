//! The built-in datasets of **sources**: the files that were read, and the cell of each fact.

use std::sync::Arc;

use crate::dataset::{Column, ColumnType, Dataset, Rows};
use crate::policy::{Budget, Of};
use crate::site::{FactSource, Site, file_paths, joined};

use super::columns::{code, columns, text, url};
use super::{AboutTable, dataset, page, refers};

/// The table of source files, one row for a file; `None` for a site that does not publish its
/// sources.
pub(super) fn source_files(site: &Site) -> Option<Dataset> {
    if site.source_files.is_empty() {
        return None;
    }
    let columns = columns([
        text("path", "ファイル", "File").required(),
        Column::new("bytes", "バイト数", "Bytes", ColumnType::Integer).required(),
        code("sha256", "SHA-256", "SHA-256").required().described(
            "公開したときのファイルのダイジェスト",
            "Digest of the file when it was published",
        ),
        url(),
    ]);
    let mut rows = Rows::new(columns.len());
    for file in &site.source_files {
        rows.push_row([
            site.config.publisher.code.as_str(),
            &file.path,
            &file.bytes.to_string(),
            &file.sha256,
            &page(site, &file_paths::dataset_page("source-files")),
        ]);
    }
    let about = AboutTable {
        id: "source-files",
        title: ("出所のファイル一覧", "Source files"),
        description: (
            "公開データの元になったファイルの一覧。1行が1ファイルです。ファイルそのものは公開していません。",
            "The files that the published data were read from, one row for each. The files themselves are not published.",
        ),
        keywords: &["出所", "原資料"],
        key: &["path"],
        refers: &[],
    };
    Some(dataset(site, &about, columns, rows))
}

/// The table of the cells that facts were read from, one row for a fact; `None` for a site that
/// does not publish its sources.
pub(super) fn sources(site: &Site) -> Option<Dataset> {
    if site.source_files.is_empty() {
        return None;
    }
    let columns = columns([
        code("dataset", "データセット", "Dataset").required().described(
            "値のある組み込みデータセットのID",
            "Id of the built-in dataset that holds the fact",
        ),
        text("record", "行の識別", "Record").required().described(
            "その行を区別する列の値を「/」でつないだもの。「置換済み」の値は含みません（値の中の「/」は「~1」、「~」は「~0」）",
            "The key of its row without superseded, joined by / (within a part / is ~1 and ~ is ~0)",
        ),
        code("fact", "項目", "Fact").required().described("列の名前", "Name of the column"),
        code("measure", "施策ID", "Measure id")
            .blank("施策以外の項目", "a fact of something other than a measure"),
        text("file", "ファイル", "File").required(),
        text("sheet", "シート", "Worksheet")
            .blank("シートのないファイル", "a file without worksheets"),
        text("position", "位置", "Position").required().described(
            "表ではセル（B12）、TOMLでは行:文字（12:9）",
            "The cell (B12); in TOML line:character (12:9)",
        ),
        url(),
    ]);
    let mut rows = Rows::new(columns.len());
    let code = site.config.publisher.code.as_str();
    let budgets = || site.measures.iter().flat_map(|measure| &measure.budgets);
    let categories = budgets().any(|row| row.category.is_some());
    let mut add = |owner: &str, measure: &str, url: String, facts: Vec<FactSource<'_>>| {
        let is_of_same_row = |one: &FactSource<'_>, other: &FactSource<'_>| {
            one.of == other.of && Arc::ptr_eq(&one.within, &other.within)
        };
        for row in facts.chunk_by(is_of_same_row) {
            let record = record(site, owner, &row[0], categories);
            for source in row {
                rows.push_row([
                    code,
                    &source.dataset,
                    &record,
                    &source.fact,
                    measure,
                    &source.at.kind.file,
                    source.at.kind.sheet.as_deref().unwrap_or_default(),
                    &source.at.position.name(),
                    &url,
                ]);
            }
        }
    };
    let (departments, topics, nodes, policies) = match site.config.without_files {
        true => Default::default(),
        false => (&*site.departments, &*site.topics, &*site.nodes, &*site.policies),
    };
    for entry in departments {
        let id = entry.department.id.as_str();
        let url = page(site, &file_paths::department_page(id));
        add(id, "", url, site.facts_of_department(entry));
    }
    for entry in topics {
        let id = entry.topic.id.as_str();
        add(id, "", page(site, &file_paths::topic_page(id)), site.facts_of_topic(entry));
    }
    for entry in nodes {
        let id = entry.node.id.as_str();
        add(id, "", page(site, &file_paths::plan_page(id)), site.facts_of_node(entry));
    }
    for policy in policies {
        let url = page(site, &file_paths::policy_page(&policy.id));
        add(&policy.id, "", url, site.facts_of_policy(policy));
        for &index in &policy.measures {
            let measure = &site.measures[index];
            let id = measure.id.as_str();
            let url = page(site, &file_paths::measure_page(id));
            add(id, id, url, site.facts_of_measure(measure));
        }
    }
    let about = AboutTable {
        id: "sources",
        title: ("出所一覧", "Sources"),
        description: (
            "公開した値が、どのファイルのどのセルから読み取られたかの一覧。1行が1つの値です。",
            "From which cell of which file each published fact was read, one row for a fact.",
        ),
        keywords: &["出所", "原資料"],
        key: &["dataset", "record", "fact"],
        refers: &[refers(&["measure"], "measures"), (&["file"], "source-files", &["path"])],
    };
    Some(dataset(site, &about, columns, rows))
}

/// The key of the row that holds the fact, as the table of its dataset has it, with its parts
/// joined by `/`. Money that is not broken down has the same fixed word there, and the category is
/// part of the key only if `categories` is true.
fn record(site: &Site, owner: &str, source: &FactSource<'_>, categories: bool) -> String {
    let undivided = Budget::undivided(site.config.own_language());
    match (source.of, &*source.within) {
        (Some(Of::Budget), [year, source, category]) => {
            let said = |text: &'_ str| if text.is_empty() { undivided } else { text }.to_owned();
            let parts = [owner.to_owned(), year.clone(), said(source)];
            let category = categories.then(|| said(category));
            let row: Vec<String> = parts.into_iter().chain(category).collect();
            joined(row.iter().map(String::as_str))
        }
        (_, within) => joined([owner].into_iter().chain(within.iter().map(String::as_str))),
    }
}
