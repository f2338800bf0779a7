//! The page of a **node of the plan**: the nodes below it, its indicators, its measures with their
//! ratings by year, and their money.
//!
//! Not in here: the whole tree (`plan`).

use minijinja::value::Value;
use serde::Serialize;

use crate::policy::Of;
use crate::site::{PageKind, file_paths};

use super::PageView;
use super::context::{PageContext, Text, value};
use super::fields::{FieldsView, fields};
use super::head::Crumb;
use super::history::{self, IndicatorGroup};
use super::list::{LIST_LENGTH, MeasureGroup, groups, years_to_compare};
use super::money::{self, MoneyOfYear};
use super::plan::{NodeItem, item, level};
use super::scores::{Score, YearScore};
use super::sources::{SheetView, sources};

#[derive(Serialize)]
struct NodeView<'s> {
    heading: Text<'s>,
    level: Option<Text<'s>>,
    code: Option<&'s str>,
    description: Option<Value>,
    fields: FieldsView,
    children: Vec<NodeItem<'s>>,
    /// Its own indicators, by kind.
    indicator_groups: Vec<IndicatorGroup<'s>>,
    /// Is there a dash or a ratio that must be explained?
    explains_figures: bool,
    score: Score,
    years: Vec<YearScore>,
    money: Vec<MoneyOfYear>,
    groups: Vec<MeasureGroup<'s>>,
    cut: bool,
    filter: String,
    sources: Vec<SheetView<'s>>,
}

/// The page of a node.
pub(super) fn node(context: &PageContext<'_>, index: usize) -> PageView {
    let entry = &context.site.nodes[index];
    let histories = context.site.indicators_of_node(index);
    let indicator_groups = history::indicators(context, &histories, None);
    let view = NodeView {
        heading: context.text(&entry.node.title),
        level: level(context, index),
        code: entry.node.code.as_deref(),
        description: entry.node.description.as_ref().map(|text| value(&context.markdown(text, 2))),
        fields: fields(context, Of::Plan, &entry.node.fields),
        children: entry.children.iter().map(|&child| item(context, child, 0)).collect(),
        explains_figures: indicator_groups.iter().any(IndicatorGroup::needs_explaining),
        indicator_groups,
        score: context.score(&entry.counts),
        years: years_to_compare(context, &entry.measures),
        money: money::of_measures(context, &entry.measures),
        groups: groups(context, &entry.measures),
        cut: entry.measures.len() > LIST_LENGTH,
        filter: format!("plan={}", entry.node.id),
        sources: sources(context, context.site.facts_of_node(entry), &entry.indicators),
    };
    let title = full_title(context, index);
    let mut breadcrumbs = vec![Crumb::new(context.word("plan"), PageKind::Plan.key(context.site))];
    for &above in &context.site.path_of_node(index) {
        if above != index {
            let node = &context.site.nodes[above].node;
            let url = file_paths::plan_page(node.id.as_str());
            breadcrumbs.push(Crumb::named(&context.text(&node.title), url));
        }
    }
    PageView {
        description: Some(context.word("plan_single").replace("{title}", &title)),
        title,
        breadcrumbs,
        value: value(&view),
    }
}

/// The title after the level and the code, which tell it from a topic of the same title.
fn full_title(context: &PageContext<'_>, index: usize) -> String {
    let entry = &context.site.nodes[index];
    let level = level(context, index).map(|level| level.text.to_owned());
    let kind = level.unwrap_or_else(|| context.word("plan"));
    let title = entry.node.title.get(context.language);
    match &entry.node.code {
        Some(code) => format!("{kind} {code} {title}"),
        None => format!("{kind} {title}"),
    }
}
