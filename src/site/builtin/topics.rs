//! The built-in datasets of **topics**: what measures are about, and which measure is about what.

use std::collections::BTreeSet;

use crate::dataset::{Dataset, Rows};
use crate::policy::DataTheme;
use crate::site::{Site, file_paths};

use super::columns::{code, columns, flag, text, url};
use super::{AboutTable, dataset, filled, optional, page, refers};

/// The topics; `None` for a city that has none.
pub(super) fn topics(site: &Site) -> Option<Dataset> {
    if site.topics.is_empty() {
        return None;
    }
    let columns = columns([
        code("id", "分野ID", "Topic id").required(),
        text("name", "分野名", "Name").required(),
        text("name_kana", "分野名_カナ", "Name in kana"),
        text("name_english", "分野名_英字", "Name in English"),
        code("theme", "データテーマ", "Data theme").described(
            "欧州連合のデータテーマの語彙による分類",
            "Subject in the data theme vocabulary of the European Union",
        ),
        url(),
    ]);
    let mut rows = Rows::new(columns.len());
    for entry in &site.topics {
        let topic = &entry.topic;
        rows.push_row([
            site.config.publisher.code.as_str(),
            topic.id.as_str(),
            &topic.name.own,
            optional(&topic.kana),
            optional(&topic.name.en),
            topic.theme.map_or("", DataTheme::code),
            &page(site, &file_paths::topic_page(topic.id.as_str())),
        ]);
    }
    let (columns, rows) = filled(columns, rows, &["name_kana", "name_english", "theme"]);
    let about = AboutTable {
        id: "topics",
        title: ("分野一覧", "Topics"),
        description: (
            "施策の分野の一覧。1行が1分野です。",
            "What measures are about, one row for a topic.",
        ),
        keywords: &["分野"],
        key: &["id"],
        refers: &[],
    };
    Some(dataset(site, &about, columns, rows))
}

/// The topics of each measure, the primary one first; `None` for a city that has no topics.
pub(super) fn of_measures(site: &Site) -> Option<Dataset> {
    if site.topics.is_empty() {
        return None;
    }
    let columns = columns([
        code("measure", "施策ID", "Measure id").required(),
        code("topic", "分野ID", "Topic id").required(),
        flag("is_primary", "主な分野", "Primary").required().described(
            "施策ごとに一つだけtrue。分野別の合計で同じ施策を二重に数えないための印",
            "True for one topic of each measure, so that sums by topic count each measure once",
        ),
        url(),
    ]);
    let mut rows = Rows::new(columns.len());
    for measure in &site.measures {
        let url = page(site, &file_paths::measure_page(measure.id.as_str()));
        let mut named = BTreeSet::new();
        // A topic that a measure names twice counts once.
        for &topic in measure.topics.iter().filter(|&&topic| named.insert(topic)) {
            rows.push_row([
                site.config.publisher.code.as_str(),
                measure.id.as_str(),
                site.topics[topic].topic.id.as_str(),
                if measure.topics.first() == Some(&topic) { "true" } else { "false" },
                &url,
            ]);
        }
    }
    let about = AboutTable {
        id: "measure-topics",
        title: ("施策の分野", "Topics of measures"),
        description: (
            "施策がどの分野に当たるかの一覧。1行が1施策・1分野です。最初に挙げた分野が、その施策の主な分野です。",
            "Which measure is about which topics, one row for a measure and a topic. The topic that a measure names first is its primary one.",
        ),
        keywords: &["施策", "分野"],
        key: &["measure", "topic"],
        refers: &[refers(&["measure"], "measures"), refers(&["topic"], "topics")],
    };
    Some(dataset(site, &about, columns, rows))
}
