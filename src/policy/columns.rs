//! The **columns** of the tables of policies: English name, Japanese header, and whether the column
//! is required. `docs/*/content.md` is tested against them.

use crate::table::ColumnSpec;

const fn required(name: &'static str, title: &'static str) -> ColumnSpec {
    ColumnSpec { name, title, required: true }
}

const fn optional(name: &'static str, title: &'static str) -> ColumnSpec {
    ColumnSpec { name, title, required: false }
}

/// `departments.csv`
pub const DEPARTMENTS: &[ColumnSpec] = &[
    required("id", "部局ID"),
    required("name", "部局名"),
    optional("name_kana", "部局名_カナ"),
    optional("name_en", "部局名_英字"),
    optional("parent", "上位部局"),
    optional("valid_from", "開始日"),
    optional("valid_to", "終了日"),
    optional("successor", "後継部局"),
];

/// `topics.csv`
pub const TOPICS: &[ColumnSpec] = &[
    required("id", "分野ID"),
    required("name", "分野名"),
    optional("name_kana", "分野名_カナ"),
    optional("name_en", "分野名_英字"),
];

/// `redirects.csv`
pub const REDIRECTS: &[ColumnSpec] = &[
    required("from", "旧ページ"),
    optional("to", "新ページ"),
    optional("date", "日付"),
    optional("note", "備考"),
];

/// `policies/*.csv`
pub const POLICIES: &[ColumnSpec] = &[
    required("department", "部局"),
    required("fiscal_year", "年度"),
    optional("headline", "見出し"),
    optional("headline_en", "見出し_英字"),
    optional("statement", "方針"),
    optional("statement_en", "方針_英字"),
    optional("published", "公表日"),
    optional("updated", "更新日"),
    optional("draft", "下書き"),
];

/// `measures/*.csv`
pub const MEASURES: &[ColumnSpec] = &[
    required("id", "施策ID"),
    required("fiscal_year", "年度"),
    required("department", "部局"),
    optional("series", "系列"),
    required("title", "施策名"),
    optional("title_en", "施策名_英字"),
    optional("kana", "施策名_かな"),
    optional("topics", "分野"),
    optional("direction", "めざす方向"),
    optional("direction_en", "めざす方向_英字"),
    optional("easy", "やさしい日本語"),
    optional("rating", "達成度"),
    optional("account", "実績"),
    optional("account_en", "実績_英字"),
    optional("result_published", "実績公表日"),
    optional("updated", "更新日"),
    optional("draft", "下書き"),
];

/// `indicators/*.csv`
pub const INDICATORS: &[ColumnSpec] = &[
    required("measure", "施策ID"),
    required("indicator", "指標ID"),
    required("name", "指標名"),
    optional("name_en", "指標名_英字"),
    optional("unit", "単位"),
    required("better", "望ましい方向"),
    required("fiscal_year", "年度"),
    optional("baseline", "基準値"),
    optional("target", "目標値"),
    optional("actual", "実績値"),
    optional("note", "備考"),
];

/// `budgets/*.csv`
pub const BUDGETS: &[ColumnSpec] = &[
    required("measure", "施策ID"),
    required("fiscal_year", "年度"),
    optional("budget", "予算額"),
    optional("settled", "決算額"),
    optional("source", "財源"),
    optional("note", "備考"),
];
