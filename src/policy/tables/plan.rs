//! The table of the **plan**: its nodes, most of them below another. Parents must exist and must
//! not form cycles.

use std::collections::BTreeMap;

use crate::config::PlanLevel;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::policy::assemble::unknown_id;
use crate::policy::columns::SiteTables;
use crate::policy::field::read_cells;
use crate::policy::{Of, PlanNode};
use crate::source::Sources;
use crate::table;
use crate::text::{Id, nearest};

use super::{leads_back, rows, unique};

/// Reads `plan.csv`; no nodes if there is no such file.
pub(in crate::policy) fn plan(
    sources: &Sources,
    site: &SiteTables<'_>,
    levels: &[PlanLevel],
    diagnostics: &mut Diagnostics,
) -> Vec<PlanNode> {
    let Some(file) = table::single(sources, "plan") else { return Vec::new() };
    let nodes = rows(sources, file, (site.plan(), site), diagnostics, |fields| {
        let id = fields.required_id("id");
        let parent = fields.id("parent");
        let level = fields.located_text("level");
        let code = fields.text("code");
        let title = fields.required_localized("title");
        let description = fields.paragraphs("description");
        let level = level.and_then(|written| {
            let is_it =
                |level: &&PlanLevel| level.id.as_str() == *written || level.label.own == *written;
            if let Some(level) = levels.iter().find(is_it) {
                return Some(level.id.clone());
            }
            let text = &written.value;
            let labels = || levels.iter().map(|level| level.label.own.as_str());
            let help = match (nearest(text, labels()), levels.is_empty()) {
                (_, true) => message!(
                    ja: "「site.toml」に「[[plan.levels]]」で計画の階層を定義してください",
                    en: "name the levels of the plan in `site.toml`, as `[[plan.levels]]`",
                ),
                (Some(near), false) => Message::did_you_mean(near),
                (None, false) => Message::allowed_values(labels()),
            };
            fields.problem(
                &diagnostic::POLICY_UNKNOWN_ID,
                "level",
                message!(ja: "「{text}」という計画の階層はありません", en: "there is no level `{text}` of the plan"),
                help,
            );
            None
        });
        let own = read_cells(fields, site.fields, Of::Plan);
        Some(PlanNode {
            id: id?.value,
            parent,
            level,
            code,
            title: title?,
            description,
            fields: own,
            place: fields.place(),
            provenance: fields.provenance(),
        })
    });
    let nodes = unique(nodes, |node| (&node.id, &node.place), diagnostics);
    report_dangling(&nodes, diagnostics);
    report_same_codes(&nodes, diagnostics);
    nodes
}

/// Reports parents that are not nodes, and nodes whose parents lead back to them.
fn report_dangling(nodes: &[PlanNode], diagnostics: &mut Diagnostics) {
    let by_id: BTreeMap<&Id, &PlanNode> = nodes.iter().map(|node| (&node.id, node)).collect();
    for node in nodes {
        let Some(parent) = &node.parent else { continue };
        if !by_id.contains_key(&parent.value) {
            let known = nodes.iter().map(|node| node.id.as_str());
            diagnostics.push(unknown_id("計画の項目", "node of the plan", parent, known));
        }
        let parents = |id: &Id| by_id.get(id).and_then(|node| node.parent.as_ref()).into_iter();
        if leads_back(&node.id, parents) {
            let problem = Diagnostic::new(
                &diagnostic::POLICY_PLAN_CYCLE,
                parent.place.clone(),
                message!(
                    ja: "上位の項目をたどると、この項目に戻ります",
                    en: "the parents of this node lead back to it",
                ),
            );
            diagnostics.push(problem.with_help(message!(
                ja: "「parent」を訂正してください",
                en: "correct its `parent`",
            )));
        }
    }
}

/// Reports codes that are used more than once below the same parent.
fn report_same_codes(nodes: &[PlanNode], diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<(Option<&Id>, &str), &PlanNode> = BTreeMap::new();
    for node in nodes {
        let Some(code) = node.code.as_deref() else { continue };
        let parent = node.parent.as_ref().map(|parent| &parent.value);
        let Some(first) = seen.insert((parent, code), node) else { continue };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_DUPLICATE_ID,
                node.place.clone(),
                message!(
                    ja: "コード「{code}」が、同じ上位項目の下で2回使われています",
                    en: "the code `{code}` is used twice below the same node",
                ),
            )
            .with_help(
                message!(ja: "どちらかのコードを変更してください", en: "change one of the two"),
            )
            .with_related(
                first.place.clone(),
                message!(ja: "先に使われた場所", en: "first used here"),
            ),
        );
    }
}
