//! The built-in dataset of the **plan**: its nodes, each with the one above it.

use crate::dataset::{Column, Dataset, Rows};
use crate::policy::Of;
use crate::site::{Site, file_paths};

use super::columns::{code, columns, text, url};
use super::{
    AboutTable, dataset, english, field_cells, field_columns, filled, optional, own, page, refers,
    with_english_filled,
};

/// The table of the plan, one row for a node; `None` for a city without a plan. Optional columns
/// that are blank everywhere are left out.
pub(super) fn plan(site: &Site) -> Option<Dataset> {
    if site.nodes.is_empty() {
        return None;
    }
    let mut level = code("level", "階層", "Level");
    let levels = &site.config.plan_levels;
    level.values = levels.iter().map(|level| level.id.to_string()).collect();
    level.labels = levels.iter().map(|level| level.label.clone()).collect();
    let own_columns = [
        code("id", "計画ID", "Node id").required(),
        code("parent", "上位の計画ID", "Node above")
            .blank("最上位の項目", "at the top of the plan"),
        level,
        code("code", "コード", "Code"),
        text("title", "名称", "Title").required(),
        text("title_english", "名称_英字", "Title in English"),
        Column::narrative("description", "説明", "Description"),
        Column::narrative("description_english", "説明_英字", "Description in English"),
        url(),
    ];
    let columns = columns(own_columns.into_iter().chain(field_columns(site, Of::Plan)));
    let mut rows = Rows::new(columns.len());
    for entry in &site.nodes {
        let node = &entry.node;
        let fields = field_cells(site, Of::Plan, &node.fields);
        let cells = [
            site.config.publisher.code.as_str(),
            node.id.as_str(),
            node.parent.as_ref().map_or("", |parent| parent.value.as_str()),
            node.level.as_ref().map_or("", |level| level.as_str()),
            optional(&node.code),
            &node.title.own,
            optional(&node.title.en),
            own(&node.description),
            english(&node.description),
            &page(site, &file_paths::plan_page(node.id.as_str())),
        ];
        rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
    }
    let optional = ["level", "code", "title_english", "description", "description_english"];
    let (columns, rows) = filled(columns, rows, &optional);
    let (columns, rows) = with_english_filled(site, Of::Plan, columns, rows);
    let about = AboutTable {
        id: "plan",
        title: ("計画の体系", "The plan"),
        description: (
            "総合計画などの体系。1行が計画の1項目で、上位の項目のIDが付いています。",
            "The tree of the city's plan, one row for each node with the id of the node above it.",
        ),
        keywords: &["総合計画", "施策体系"],
        key: &["id"],
        refers: &[refers(&["parent"], "plan")],
    };
    Some(dataset(site, &about, columns, rows))
}
