//! The built-in datasets of **measures and results**: what was promised, and what came of it.

use crate::dataset::{Column, Dataset, Rows};
use crate::policy::Of;
use crate::site::{Site, file_paths};

use super::columns::{code, columns, date, fiscal_year, series, text, url};
use super::{
    AboutTable, dataset, english, field_cells, field_columns, filled, iso, optional, own, page,
    refers, with_english_filled,
};

/// The table of measures, one row for a measure, in the order of [`Site::measures`]. The columns of
/// topic and plan are left out for a site that has none.
pub(super) fn measures(site: &Site) -> Dataset {
    let own_columns = [
        code("id", "施策ID", "Measure id").required(),
        series(),
        fiscal_year(),
        code("department", "部局ID", "Department id").required(),
        text("department_name", "部局名", "Department").required(),
        code("policy", "運営方針ID", "Policy id").required(),
        text("title", "施策名", "Title").required(),
        text("title_kana", "施策名_かな", "Title in kana"),
        text("title_english", "施策名_英字", "Title in English"),
        code("topic", "主な分野ID", "Primary topic")
            .described(
                "最初に挙げた分野のID。すべての分野は「measure-topics」の表に掲載",
                "Id of the topic that is named first; the table `measure-topics` has all of them",
            )
            .blank("該当する分野なし", "no topic"),
        text("topic_name", "主な分野", "Name of the primary topic")
            .blank("該当する分野なし", "no topic"),
        code("plan", "計画ID", "Node of the plan")
            .blank("計画に位置付けなし", "not part of the plan"),
        Column::narrative("direction", "めざす方向", "Direction"),
        Column::narrative("direction_english", "めざす方向_英字", "Direction in English"),
        date("updated", "更新日", "Updated"),
        url(),
    ];
    let columns = columns(own_columns.into_iter().chain(field_columns(site, Of::Measure)));
    let mut rows = Rows::new(columns.len());
    for measure in &site.measures {
        let department = &site.departments[measure.department].department;
        let topic = measure.topics.first().map(|&topic| &site.topics[topic].topic);
        let fields = field_cells(site, Of::Measure, &measure.fields);
        let cells = [
            site.config.publisher.code.as_str(),
            measure.id.as_str(),
            measure.series.as_str(),
            &measure.fiscal_year.to_string(),
            department.id.as_str(),
            &department.name.own,
            &site.policies[measure.policy].id,
            &measure.title.own,
            optional(&measure.kana),
            optional(&measure.title.en),
            topic.map_or("", |topic| topic.id.as_str()),
            topic.map_or("", |topic| topic.name.own.as_str()),
            measure.node.map_or("", |node| site.nodes[node].node.id.as_str()),
            own(&measure.direction),
            english(&measure.direction),
            &iso(measure.updated),
            &page(site, &file_paths::measure_page(measure.id.as_str())),
        ];
        rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
    }
    let no_topics: &[&str] = if site.topics.is_empty() { &["topic", "topic_name"] } else { &[] };
    let no_plan: &[&str] = if site.nodes.is_empty() { &["plan"] } else { &[] };
    let (columns, rows) =
        filled(columns, rows, &[no_topics, no_plan, &["direction_english"]].concat());
    let (columns, rows) = with_english_filled(site, Of::Measure, columns, rows);
    let about = AboutTable {
        id: "measures",
        title: ("施策一覧", "Measures"),
        description: (
            "運営方針に掲げた施策と、そのめざす方向の一覧。1行が1施策・1年度です。",
            "The measures of the operating policies and their directions, one row for a measure and a fiscal year.",
        ),
        keywords: &["施策", "めざす方向"],
        key: &["id"],
        refers: &[
            refers(&["department"], "departments"),
            refers(&["policy"], "policies"),
            refers(&["topic"], "topics"),
            refers(&["plan"], "plan"),
        ],
    };
    dataset(site, &about, columns, rows)
}

/// The table of results, one row for each measure that has a result.
pub(super) fn results(site: &Site) -> Dataset {
    let mut rating = code("rating", "達成度", "Rating").required().described(
        "達成度のID。意味は「達成度」のページに掲載",
        "Id of the rating; its page tells what it means",
    );
    rating.values = site.ratings.iter().map(|entry| entry.rating.id.to_string()).collect();
    rating.labels = site.ratings.iter().map(|entry| entry.rating.label.clone()).collect();
    let own_columns = [
        code("measure", "施策ID", "Measure id").required(),
        series(),
        fiscal_year(),
        rating,
        text("rating_label", "達成度の名称", "Name of the rating").required(),
        Column::narrative("account", "実績", "Account"),
        Column::narrative("account_english", "実績_英字", "Account in English"),
        date("published", "公表日", "Published"),
        url(),
    ];
    let columns = columns(own_columns.into_iter().chain(field_columns(site, Of::Result)));
    let mut rows = Rows::new(columns.len());
    for measure in &site.measures {
        let Some(result) = &measure.result else { continue };
        let rating = &site.ratings[measure.rating].rating;
        let fields = field_cells(site, Of::Result, &result.fields);
        let cells = [
            site.config.publisher.code.as_str(),
            measure.id.as_str(),
            measure.series.as_str(),
            &measure.fiscal_year.to_string(),
            rating.id.as_str(),
            &rating.label.own,
            own(&result.account),
            english(&result.account),
            &iso(result.published),
            &page(site, &file_paths::measure_page(measure.id.as_str())),
        ];
        rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
    }
    let (columns, rows) = filled(columns, rows, &["account_english"]);
    let (columns, rows) = with_english_filled(site, Of::Result, columns, rows);
    let about = AboutTable {
        id: "results",
        title: ("実績一覧", "Results"),
        description: (
            "施策ごとの達成度と実績の一覧。実績が公表されていない施策の行はありません。",
            "Rating and account of each measure; a measure without published results has no row.",
        ),
        keywords: &["実績", "達成度", "評価"],
        key: &["measure"],
        refers: &[refers(&["measure"], "measures"), refers(&["rating"], "ratings")],
    };
    dataset(site, &about, columns, rows)
}
