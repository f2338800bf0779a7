//! The built-in datasets of **sources**: the files that were read, and the cell of each fact.

use crate::dataset::{Column, ColumnType, Dataset, Rows};
use crate::site::{FactSource, Site};

use super::columns::{code, columns, text};
use super::{About, dataset};

/// The files; `None` for a site that does not publish them.
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
    ]);
    let mut rows = Rows::new(columns.len());
    for file in &site.source_files {
        rows.push_row([
            site.config.publisher.code.as_str(),
            &file.path,
            &file.bytes.to_string(),
            &file.sha256,
        ]);
    }
    let about = About {
        id: "source-files",
        title: ("出所のファイル一覧", "Source files"),
        description: (
            "公開データの元になったファイルの一覧。1行が1ファイルです。ファイルそのものは公開していません。",
            "The files that the published data were read from, one row for each. The files themselves are not published.",
        ),
        keywords: &["出所", "原資料"],
        key: &["path"],
    };
    Some(dataset(site, &about, columns, rows))
}

/// The cell of each fact; `None` for a site that does not publish them.
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
            "その行を区別する列の値を「/」でつないだもの（値の中の「/」は「~1」、「~」は「~0」）",
            "The key of its row, joined by / (within a part / is ~1 and ~ is ~0)",
        ),
        code("fact", "項目", "Fact").required().described("列の名前", "Name of the column"),
        code("measure", "施策ID", "Measure id").blank("運営方針の項目", "a fact of a policy"),
        text("file", "ファイル", "File").required(),
        text("sheet", "シート", "Worksheet")
            .blank("シートのないファイル", "a file without worksheets"),
        text("position", "位置", "Position").required().described(
            "表ではセル（B12）、TOMLでは行:文字（12:9）",
            "The cell (B12); in TOML line:character (12:9)",
        ),
    ]);
    let mut rows = Rows::new(columns.len());
    let code = site.config.publisher.code.as_str();
    let mut add = |owner: &str, measure: &str, facts: Vec<FactSource<'_>>| {
        for source in facts {
            rows.push_row([
                code,
                &source.dataset,
                &source.record(owner),
                &source.fact,
                measure,
                &source.at.file,
                source.at.sheet.as_deref().unwrap_or_default(),
                &source.at.position.name(),
            ]);
        }
    };
    for policy in &site.policies {
        add(&policy.id, "", site.facts_of_policy(policy));
        for &index in &policy.measures {
            let measure = &site.measures[index];
            add(measure.id.as_str(), measure.id.as_str(), site.facts_of_measure(measure));
        }
    }
    let about = About {
        id: "sources",
        title: ("出所一覧", "Sources"),
        description: (
            "公開した値が、どのファイルのどのセルから読み取られたかの一覧。1行が1つの値です。",
            "From which cell of which file each published fact was read, one row for a fact.",
        ),
        keywords: &["出所", "原資料"],
        key: &["dataset", "record", "fact"],
    };
    Some(dataset(site, &about, columns, rows))
}
