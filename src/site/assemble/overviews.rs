//! **Overviews**: the measures and other members of each rating, year, topic, node and department,
//! and the number of measures for each rating.

use std::collections::BTreeMap;

use crate::calendar::FiscalYear;
use crate::config::{Rating, RatingScale};
use crate::diagnostic::Located;
use crate::policy::{Department, PlanNode, Topic};
use crate::site::entries::{
    DepartmentEntry, MeasureEntry, NodeEntry, PolicyEntry, RatingCount, RatingEntry, TopicEntry,
    YearEntry,
};
use crate::text::Id;

use super::positions;

/// Each rating of the scale with its measures.
pub(super) fn rating_entries(scale: &RatingScale, measures: &[MeasureEntry]) -> Vec<RatingEntry> {
    let entry = |(index, rating): (usize, &Rating)| RatingEntry {
        rating: rating.clone(),
        measures: positions(measures, |measure| measure.rating == index),
    };
    scale.all().enumerate().map(entry).collect()
}

/// Each topic with its measures.
pub(super) fn topic_entries(
    topics: Vec<Topic>,
    measures: &[MeasureEntry],
    count: &impl Fn(&[usize]) -> Vec<RatingCount>,
) -> Vec<TopicEntry> {
    let entry = |(index, topic)| {
        let members = positions(measures, |measure| measure.topics.contains(&index));
        TopicEntry { topic, counts: count(&members), measures: members }
    };
    topics.into_iter().enumerate().map(entry).collect()
}

/// Each node of the plan with the nodes directly below it, and all measures of the node and of
/// those below it.
pub(super) fn node_entries(
    nodes: Vec<PlanNode>,
    measures: &[MeasureEntry],
    count: &impl Fn(&[usize]) -> Vec<RatingCount>,
) -> Vec<NodeEntry> {
    let index: BTreeMap<Id, usize> =
        nodes.iter().enumerate().map(|(index, node)| (node.id.clone(), index)).collect();
    let parents: Vec<Option<usize>> = nodes
        .iter()
        .map(|node| node.parent.as_ref().and_then(|parent| index.get(&parent.value).copied()))
        .collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (measure, entry) in measures.iter().enumerate() {
        let mut above = entry.node;
        // A cycle is reported elsewhere; here it must not cause an endless loop.
        for _ in 0..nodes.len() {
            let Some(node) = above else { break };
            members[node].push(measure);
            above = parents[node];
        }
    }
    let entry = |(index, (node, members)): (usize, (PlanNode, Vec<usize>))| NodeEntry {
        node,
        parent: parents[index],
        children: positions(&parents, |parent| *parent == Some(index)),
        counts: count(&members),
        measures: members,
        indicators: Vec::new(),
    };
    nodes.into_iter().zip(members).enumerate().map(entry).collect()
}

/// The years that have policies, each with its policies, its measures, and those of its measures
/// that missed their goals.
pub(super) fn year_entries(
    policies: &[PolicyEntry],
    count: &impl Fn(&[usize]) -> Vec<RatingCount>,
    is_missed: &impl Fn(&usize) -> bool,
) -> Vec<YearEntry> {
    let mut years: Vec<FiscalYear> = policies.iter().map(|policy| policy.fiscal_year).collect();
    years.dedup();
    years
        .into_iter()
        .map(|fiscal_year| {
            let members = positions(policies, |policy| policy.fiscal_year == fiscal_year);
            let measures: Vec<usize> =
                members.iter().flat_map(|&policy| policies[policy].measures.clone()).collect();
            let missed = measures.iter().copied().filter(is_missed).collect();
            YearEntry { fiscal_year, policies: members, counts: count(&measures), missed, measures }
        })
        .collect()
}

/// Each department with its neighbours and its policies.
pub(super) fn department_entries(
    departments: Vec<Department>,
    policies: &[PolicyEntry],
    count: &impl Fn(&[usize]) -> Vec<RatingCount>,
) -> Vec<DepartmentEntry> {
    let index: BTreeMap<Id, usize> =
        departments.iter().enumerate().map(|(index, d)| (d.id.clone(), index)).collect();
    let find = |id: &Located<Id>| index.get(&id.value).copied();
    let parents: Vec<Option<usize>> =
        departments.iter().map(|d| d.parent.as_ref().and_then(find)).collect();
    let successors: Vec<Vec<usize>> =
        departments.iter().map(|d| d.successors.iter().filter_map(find).collect()).collect();
    let entry = |(index, department)| {
        let members = positions(policies, |policy| policy.department == index);
        let measures: Vec<usize> =
            members.iter().flat_map(|&policy| policies[policy].measures.clone()).collect();
        DepartmentEntry {
            department,
            parent: parents[index],
            children: positions(&parents, |parent| *parent == Some(index)),
            successors: successors[index].clone(),
            predecessors: positions(&successors, |after| after.contains(&index)),
            policies: members,
            counts: count(&measures),
        }
    };
    departments.into_iter().enumerate().map(entry).collect()
}

/// How many of the measures `members` have each of the ratings, of which there are `ratings`.
pub(super) fn count_ratings(
    ratings: usize,
    measures: &[MeasureEntry],
    members: &[usize],
) -> Vec<RatingCount> {
    let mut counts: Vec<RatingCount> =
        (0..ratings).map(|rating| RatingCount { rating, count: 0 }).collect();
    for &member in members {
        counts[measures[member].rating].count += 1;
    }
    counts
}
