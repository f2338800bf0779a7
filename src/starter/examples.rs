//! The **examples** that a new site begins with: settings, departments, topics, two measures with
//! their figures, a dataset, a page, and one with a chart. They are content, and therefore in
//! Japanese.

use crate::artifact::Artifact;
use crate::document::quoted;

use super::columns::{CellUse, SheetColumn};
use super::{Choices, City, NamedRow, StarterTable, TableFormat, plain};

/// Topics: id, name, reading in katakana.
const TOPICS: [[&str; 3]; 6] = [
    ["community", "地域づくり", "チイキヅクリ"],
    ["safety", "防災・安全", "ボウサイ・アンゼン"],
    ["welfare", "福祉・健康", "フクシ・ケンコウ"],
    ["children", "子育て・教育", "コソダテ・キョウイク"],
    ["environment", "環境・公園", "カンキョウ・コウエン"],
    ["industry", "産業・観光", "サンギョウ・カンコウ"],
];

/// Replaced in the texts of files.
const NAME: &str = "見本市";
const CODE: &str = "999997";

pub(super) fn settings(city: &City) -> Artifact {
    let text = include_str!("site.toml");
    // The name stands in strings of TOML.
    let name = quoted(&city.name);
    let text = text.replace(NAME, name.trim_matches('"')).replace(CODE, city.code.as_str());
    Artifact::new("content/site.toml", text.into_bytes())
}

pub(super) fn about(city: &City) -> Artifact {
    let text = include_str!("about.md").replace(NAME, &city.name);
    Artifact::new("content/pages/about.md", text.into_bytes())
}

/// The choices of the tables of `city`.
pub(super) fn choices(city: &City) -> Choices {
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    Choices {
        departments: city.departments.iter().map(|one| one.name.clone()).collect(),
        topics: TOPICS.iter().map(|[_, name, ..]| (*name).to_owned()).collect(),
        ratings: texts(&["目標どおり達成", "ほぼ目標どおり達成", "未達成", "評価対象外"]),
        kinds: texts(&["活動指標", "成果指標", "投入指標"]),
    }
}

pub(super) fn departments(city: &City) -> Vec<NamedRow> {
    let row = |one: &super::CityDepartment| {
        let kana = KANA.iter().find(|(name, _)| *name == one.name).map(|(_, kana)| *kana);
        row(&[
            ("id", one.id.as_str()),
            ("name", &one.name),
            ("name_kana", kana.unwrap_or_default()),
        ])
    };
    city.departments.iter().map(row).collect()
}

/// Readings of the departments of the invented city.
const KANA: [(&str, &str); 3] =
    [("企画部", "キカクブ"), ("市民部", "シミンブ"), ("建設部", "ケンセツブ")];

pub(super) fn topics() -> Vec<NamedRow> {
    let row = |[id, name, kana]: [&str; 3]| row(&[("id", id), ("name", name), ("name_kana", kana)]);
    TOPICS.into_iter().map(row).collect()
}

pub(super) fn policies(city: &City) -> Vec<NamedRow> {
    let year = plain(city.year);
    let row = |index: usize, department: &super::CityDepartment| {
        let (headline, statement) = match index {
            0 => (
                "市民とともにつくるまち",
                "（見本）市民の声を聞きながら、地域の課題に取り組みます。",
            ),
            _ => ("", ""),
        };
        row(&[
            ("department", &department.name),
            ("fiscal_year", &year),
            ("headline", headline),
            ("statement", statement),
        ])
    };
    city.departments.iter().enumerate().map(|(index, one)| row(index, one)).collect()
}

pub(super) fn measures(city: &City) -> Vec<NamedRow> {
    let year = plain(city.year);
    let first = &city.departments[0].name;
    let last = &city.departments.last().unwrap_or(&city.departments[0]).name;
    let measure = |series: &str, department, title, kana, topic, direction| {
        row(&[
            ("id", &format!("{series}-{year}")),
            ("fiscal_year", &year),
            ("department", department),
            ("series", series),
            ("title", title),
            ("kana", kana),
            ("topics", topic),
            ("direction", direction),
        ])
    };
    vec![
        measure(
            "town-meetings",
            first,
            "（見本）まちづくり意見交換",
            "まちづくりいけんこうかん",
            "地域づくり",
            "市内のすべての地区で意見を聞く場を設け、出された意見とその後の対応を公表します。",
        ),
        measure(
            "park-renewal",
            last,
            "（見本）公園の遊具更新",
            "こうえんのゆうぐこうしん",
            "環境・公園、子育て・教育",
            "古くなった公園の遊具を計画的に取り替え、子どもが安心して遊べる場所を増やします。",
        ),
    ]
}

pub(super) fn indicators(city: &City) -> Vec<NamedRow> {
    let indicator = |series: &str, id, name, unit, values: [[&str; 2]; 3]| {
        let measure = format!("{series}-{}", plain(city.year));
        let rows = (0..).zip(values).map(|(index, [target, actual])| {
            // The years before are known; the present one has a target only.
            let year = (city.year.year() - 2 + index).to_string();
            row(&[
                ("measure", &measure),
                ("indicator", id),
                ("name", name),
                ("unit", unit),
                ("kind", "活動指標"),
                ("better", "高い"),
                ("fiscal_year", &year),
                ("target", target),
                ("actual", actual),
            ])
        });
        rows.collect::<Vec<_>>()
    };
    let mut rows = indicator(
        "town-meetings",
        "meetings",
        "意見交換の回数",
        "回",
        [["6", "5"], ["8", "8"], ["10", ""]],
    );
    rows.extend(indicator(
        "park-renewal",
        "renewed-parks",
        "遊具を更新した公園の数",
        "か所",
        [["3", "3"], ["4", "5"], ["5", ""]],
    ));
    rows
}

pub(super) fn budgets(city: &City) -> Vec<NamedRow> {
    let year = plain(city.year);
    let budget = |series: &str, amount, source| {
        row(&[
            ("measure", &format!("{series}-{year}")),
            ("fiscal_year", &year),
            ("budget", amount),
            ("source", source),
        ])
    };
    vec![
        budget("town-meetings", "350", "一般財源"),
        budget("park-renewal", "12000", "一般財源"),
        budget("park-renewal", "6000", "国庫支出金"),
    ]
}

/// Path of the page with a chart of the example dataset.
pub(super) const CHART: &str = "content/pages/example.md";

/// A dataset of parks: its declaration, its table, and a page with a chart of it.
pub(super) fn dataset(format: TableFormat) -> Vec<Artifact> {
    let column = |(title, number): &(&str, bool)| SheetColumn {
        name: (*title).to_owned(),
        title: (*title).to_owned(),
        note: String::new(),
        required: false,
        content: if *number { CellUse::Number } else { CellUse::Text },
    };
    const COLUMNS: [(&str, bool); 5] = [
        ("公園番号", false),
        ("名称", false),
        ("所在地", false),
        ("面積", true),
        ("遊具の数", true),
    ];
    const ROWS: [[&str; 5]; 4] = [
        ["001", "中央公園", "見本町1丁目1番", "12500", "8"],
        ["002", "東公園", "東町2丁目3番", "3200", "5"],
        ["003", "川沿い公園", "川端町4番", "5400.5", "4"],
        ["004", "西公園", "西町1丁目7番", "2100", "6"],
    ];
    let table = StarterTable {
        stem: "content/datasets/parks/parks".to_owned(),
        sheet: "公園",
        about: "公園の一覧です。1行に1つの公園を入力します。",
        columns: COLUMNS.iter().map(column).collect(),
        rows: ROWS.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect(),
    };
    let declaration = include_bytes!("parks.toml").to_vec();
    vec![
        Artifact::new("content/datasets/parks/dataset.toml", declaration),
        table.file(format),
        Artifact::new(CHART, include_bytes!("example.md").to_vec()),
    ]
}

fn row(cells: &[(&'static str, &str)]) -> NamedRow {
    cells.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}
