//! The page of the city's **plan**: the whole tree.
//!
//! Not in here: the page of one of its nodes (`plan_node`).

use serde::Serialize;

use crate::site::file_paths;

use super::PageView;
use super::context::{PageContext, Text, value};
use super::list::overview;
use super::scores::Score;

/// A node of the plan with the nodes below it.
#[derive(Serialize)]
pub(super) struct NodeItem<'s> {
    url: String,
    title: Text<'s>,
    code: Option<&'s str>,
    level: Option<Text<'s>>,
    count: usize,
    score: Score,
    children: Vec<NodeItem<'s>>,
}

/// The page of the whole tree.
pub(super) fn plan(context: &PageContext<'_>) -> PageView {
    let top = (0..context.site.nodes.len()).filter(|&i| context.site.nodes[i].parent.is_none());
    let items: Vec<NodeItem<'_>> = top.map(|index| item(context, index, usize::MAX)).collect();
    overview(context, "plan", minijinja::context! { items => value(&items) })
}

/// The node `index` with `depth` levels below it.
pub(super) fn item<'s>(context: &PageContext<'s>, index: usize, depth: usize) -> NodeItem<'s> {
    let entry = &context.site.nodes[index];
    let below: &[usize] = if depth == 0 { &[] } else { &entry.children };
    NodeItem {
        url: file_paths::plan_page(entry.node.id.as_str()),
        title: context.text(&entry.node.title),
        code: entry.node.code.as_deref(),
        level: level(context, index),
        count: entry.measures.len(),
        score: context.score(&entry.counts),
        children: below.iter().map(|&child| item(context, child, depth - 1)).collect(),
    }
}

/// What the level of the node `index` is called, where the site names levels.
pub(super) fn level<'s>(context: &PageContext<'s>, index: usize) -> Option<Text<'s>> {
    let id = context.site.nodes[index].node.level.as_ref()?;
    let levels = &context.site.config.plan_levels;
    Some(context.text(&levels.iter().find(|level| level.id == *id)?.label))
}
