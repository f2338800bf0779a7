//! What was **renamed** or removed of the names that a theme can rely on, with the names that take
//! their place. An old name is an error that says the new one.
//!
//! Not in here: the names themselves, which are those of the default theme and of the views.

use crate::diagnostic::Message;
use crate::message;

/// An old name, the name that takes its place, if there is one, and the version since which that is
/// so. Old names are written as [`renamed`] is asked for them.
pub type RenamedName = (&'static str, Option<&'static str>, &'static str);

/// Every name that was renamed or removed, in the order of kinds and names.
pub const RENAMED: &[RenamedName] = &[
    ("blocks.department.html.budgets", Some("money"), "0.1"),
    ("blocks.home.html.departments", None, "0.1"),
    ("blocks.home.html.year_picture", Some("promise"), "0.1"),
    ("blocks.home.html.years", None, "0.1"),
    ("blocks.plan-node.html.description", Some("lead"), "0.1"),
    ("blocks.plan-node.html.kicker", Some("heading"), "0.1"),
    ("shapes.tallies", None, "0.1"),
    // No token has been renamed yet; this one is for tests.
    #[cfg(test)]
    ("tokens.former-ink", Some("ink"), "0.1"),
    ("words.all_data", Some("all_data_count"), "0.1"),
    ("words.all_measures", Some("all_measures_count"), "0.1"),
    ("words.any_tier", None, "0.1"),
    ("words.chart_figures", Some("chart_csv"), "0.1"),
    ("words.chart_file", Some("chart_svg"), "0.1"),
    ("words.column_values", None, "0.1"),
    ("words.file_excel", Some("file_excel_csv"), "0.1"),
    ("words.history_note", None, "0.1"),
    ("words.home_counts", None, "0.1"),
    ("words.home_departments", None, "0.1"),
    ("words.home_to_year", None, "0.1"),
    ("words.home_year", None, "0.1"),
    ("words.home_years", None, "0.1"),
    ("words.money_by_source", None, "0.1"),
    ("words.none_of_these", None, "0.1"),
    ("words.plan_money", None, "0.1"),
    ("words.predecessors", None, "0.1"),
    ("words.preview_note", None, "0.1"),
    ("words.read_as", Some("search_read_as"), "0.1"),
    ("words.search_field", None, "0.1"),
    ("words.search_score", None, "0.1"),
    ("words.search_why_total", None, "0.1"),
    ("words.search_word", None, "0.1"),
    ("words.single_lead", None, "0.1"),
    ("words.successors", None, "0.1"),
    ("words.to_scoreboard", None, "0.1"),
    ("words.tone_fair", None, "0.1"),
    ("words.tone_good", None, "0.1"),
    ("words.tone_none", None, "0.1"),
    ("words.tone_poor", None, "0.1"),
    ("words.use_this_page", None, "0.1"),
    ("comparison.html view.tones", None, "0.1"),
    ("dataset.html view.preview_rows", None, "0.1"),
    ("datasets.html view.items", Some("view.groups"), "0.1"),
    ("department.html view.budgets", Some("view.money"), "0.1"),
    ("department.html view.heading", Some("view.name"), "0.1"),
    ("department.html view.shares", Some("view.score.shares"), "0.1"),
    ("department.html view.total", Some("view.score.total"), "0.1"),
    ("departments.html view.items", Some("view.present"), "0.1"),
    ("home.html view.datasets", Some("view.dataset_groups"), "0.1"),
    ("home.html view.departments", Some("data.departments"), "0.1"),
    ("home.html view.ratings", Some("data.ratings"), "0.1"),
    ("home.html view.shown", Some("view.promise"), "0.1"),
    ("home.html view.years", Some("data.years"), "0.1"),
    ("measure.html view.budgets", Some("view.money"), "0.1"),
    ("measure.html view.indicators", Some("view.indicator_groups"), "0.1"),
    ("measure.html view.other_years", Some("view.series"), "0.1"),
    ("measure.html view.together", None, "0.1"),
    ("measures.html view.measures", Some("view.rows"), "0.1"),
    ("policies.html view.policies", Some("view.years"), "0.1"),
    ("policy.html view.shares", Some("view.score.shares"), "0.1"),
    ("rating.html view.measures", Some("view.groups"), "0.1"),
    ("rating.html view.shares", Some("view.score.shares"), "0.1"),
    ("rating.html view.total", Some("view.score.total"), "0.1"),
    ("ratings.html view.items", Some("view.rows"), "0.1"),
    ("topic.html view.measures", Some("view.groups"), "0.1"),
    ("topic.html view.shares", Some("view.score.shares"), "0.1"),
    ("topic.html view.total", Some("view.score.total"), "0.1"),
    ("year.html view.measures", Some("view.groups"), "0.1"),
    ("year.html view.shares", Some("view.score.shares"), "0.1"),
    ("year.html view.total", Some("view.score.total"), "0.1"),
];

/// What to do about the unknown `name`, if it is an old one: a word `words.search`, a token
/// `tokens.accent`, a block `blocks.measure.html.result`, a value of one template
/// `measure.html view.title`, a value of every template `page.title`, or a value of a shape
/// `shapes.title`.
pub fn renamed(name: &str) -> Option<Message> {
    let (successor, since) = successor(name)?;
    Some(advice(successor, since))
}

/// What to do about the custom property `--name` of a style sheet, if it is an old token.
pub(super) fn renamed_property(name: &str) -> Option<Message> {
    let (successor, since) = successor(&format!("tokens.{name}"))?;
    let property = successor.map(|token| format!("--{token}"));
    Some(advice(property.as_deref(), since))
}

/// The name that takes the place of `name`, if it is an old one with a successor, and the version
/// of the change.
fn successor(name: &str) -> Option<(Option<&'static str>, &'static str)> {
    let (_, successor, since) = RENAMED.iter().find(|(old, ..)| *old == name)?;
    Some((*successor, since))
}

fn advice(successor: Option<&str>, since: &str) -> Message {
    match successor {
        Some(new) => message!(
            ja: "Kawaraban {since}で「{new}」に名前が変わりました。「{new}」に書き換えてください",
            en: "since Kawaraban {since} its name is `{new}`; write that instead",
        ),
        None => message!(
            ja: "Kawaraban {since}でなくなりました。この項目を削除してください",
            en: "it was removed in Kawaraban {since}; remove it from the theme",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{RENAMED, renamed, renamed_property};
    use crate::theme::{files, tokens};

    #[test]
    fn old_names_are_gone_and_new_names_are_there() {
        let files = files::default();
        let text = |path: &str| String::from_utf8_lossy(&files[path].bytes).into_owned();
        let (words, tokens) = (text("words/en.toml"), tokens::names(&text("assets/site.css")));
        // Values are held to the documentation by tests/themes.rs.
        let is_there = |name: &str| match name.split_once('.') {
            Some(("words", key)) => {
                words.lines().any(|line| line.starts_with(&format!("{key} = ")))
            }
            Some(("tokens", token)) => tokens.contains(token),
            Some(("blocks", path)) => {
                let (template, block) = path.split_once(".html.").expect("a template and a block");
                text(&format!("{template}.html")).contains(&format!("{{% block {block} "))
            }
            _ => panic!("{name} is no name of a word, a token or a block"),
        };
        let kinds = ["words.", "tokens.", "blocks."];
        for (old, new, _) in
            RENAMED.iter().filter(|(old, ..)| kinds.iter().any(|kind| old.starts_with(kind)))
        {
            assert!(!is_there(old), "{old} is there");
            let (before, _) = old.rsplit_once('.').expect("a kind");
            let new = new.map(|new| format!("{before}.{new}"));
            assert!(new.as_deref().is_none_or(is_there), "{new:?} is not there");
        }
        assert!(renamed("words.search").is_none());
        let said = renamed_property("former-ink").expect("it is an old one");
        assert_eq!(said.en, "since Kawaraban 0.1 its name is `--ink`; write that instead");
    }
}
