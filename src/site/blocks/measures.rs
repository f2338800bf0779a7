//! A list of **measures** in a text, selected by topic, node of the plan, department, year and
//! rating.
//!
//! Not in here: how they are laid out (`html`).

use crate::diagnostic::{self, Diagnostic, Located, Message};
use crate::document::Keys;
use crate::message;
use crate::site::{PageKind, Site};
use crate::text::Localized;

use super::columns::unknown;

/// Some measures.
#[derive(Clone, Debug)]
pub struct MeasuresBlock {
    /// Indices of the measures that are shown.
    pub measures: Vec<usize>,
    /// Number of measures that meet the conditions.
    pub total: usize,
    /// Path of the page of the first condition, below the folder of the language, with the name of
    /// what it is about.
    pub of: Option<(String, Localized)>,
}

/// Number of measures that are shown if nothing else is written, and the most.
const ROWS: u32 = 10;
const MOST: u32 = 100;

/// Reads a list of measures.
pub(super) fn read(site: &Site, keys: &mut Keys<'_>) -> Option<MeasuresBlock> {
    let most = keys.count("rows", 1).unwrap_or(ROWS).min(MOST) as usize;
    let ids = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect::<Vec<String>>();
    let topic = one(keys, "topic", ("分野", "topic"), &{
        ids(site.topics.iter().map(|entry| entry.topic.id.as_str()).collect())
    });
    let plan = one(keys, "plan", ("計画の項目", "node of the plan"), &{
        ids(site.nodes.iter().map(|entry| entry.node.id.as_str()).collect())
    });
    let department = one(keys, "department", ("部局", "department"), &{
        ids(site.departments.iter().map(|entry| entry.department.id.as_str()).collect())
    });
    let years: Vec<String> = site.years.iter().map(|year| year.fiscal_year.to_string()).collect();
    let year = one(keys, "year", ("年度", "fiscal year"), &years);
    let rating = one(keys, "rating", ("達成度", "rating"), &{
        ids(site.ratings.iter().map(|entry| entry.rating.id.as_str()).collect())
    });
    let (topic, plan) = (topic?, plan?);
    let (department, year, rating) = (department?, year?, rating?);
    let of_node = plan.map(|node| &site.nodes[node].measures);
    let found: Vec<usize> = (0..site.measures.len())
        .filter(|&index| {
            let measure = &site.measures[index];
            topic.is_none_or(|topic| measure.topics.contains(&topic))
                && of_node.is_none_or(|measures| measures.contains(&index))
                && department.is_none_or(|department| measure.department == department)
                && year.is_none_or(|year| measure.fiscal_year == site.years[year].fiscal_year)
                && rating.is_none_or(|rating| measure.rating == rating)
        })
        .collect();
    if found.is_empty() {
        let message =
            message!(ja: "この条件に合う施策がありません", en: "no measure meets these conditions");
        let help =
            message!(ja: "条件を減らすか、直してください", en: "remove or correct a condition");
        let problem = Diagnostic::new(&diagnostic::SITE_BLOCK_VALUE, keys.place(), message);
        keys.push(problem.with_help(help));
        return None;
    }
    let of_topic =
        topic.map(|index| (PageKind::Topic(index), site.topics[index].topic.name.clone()));
    let of_node = plan.map(|index| (PageKind::Node(index), site.nodes[index].node.title.clone()));
    let of_department = department.map(|index| {
        (PageKind::Department(index), site.departments[index].department.name.clone())
    });
    let of_rating =
        rating.map(|index| (PageKind::Rating(index), site.ratings[index].rating.label.clone()));
    let of = of_topic.or(of_node).or(of_department).or(of_rating);
    let of = of.map(|(page, name)| (page.key(site), name));
    let total = found.len();
    Some(MeasuresBlock { measures: found.into_iter().take(most).collect(), total, of })
}

/// The index of the id that the key names; `Some(None)` without the key, `None` if it is unknown.
fn one(
    keys: &mut Keys<'_>,
    key: &str,
    (ja, en): (&str, &str),
    known: &[String],
) -> Option<Option<usize>> {
    let Some(written) = keys.bound(key) else { return Some(None) };
    let Located { value, .. } = &written;
    let found = known.iter().position(|id| id == value);
    if found.is_none() {
        let message: Message = message!(
            ja: "「{value}」という{ja}はありません",
            en: "there is no {en} `{value}`",
        );
        let known = known.iter().map(String::as_str);
        keys.push(unknown(&diagnostic::SITE_BLOCK_TABLE, &written, message, known));
        return None;
    }
    Some(found)
}
