//! The **columns** of the tables of policies: English name, Japanese header, and whether the column
//! is required. `docs/*/content.md` is tested against them.

use crate::table::{ColumnSpec, TableSpec};

const fn required(name: &'static str, title: &'static str) -> ColumnSpec {
    ColumnSpec { name, title, required: true, narrative: false }
}

const fn optional(name: &'static str, title: &'static str) -> ColumnSpec {
    ColumnSpec { name, title, required: false, narrative: false }
}

/// A column that tells in sentences.
const fn narrative(name: &'static str, title: &'static str) -> ColumnSpec {
    ColumnSpec { name, title, required: false, narrative: true }
}

/// `departments.csv`
pub static DEPARTMENTS: TableSpec = TableSpec {
    ja: "部局の表",
    en: "the table of departments",
    path: "content/departments.csv",
    columns: &[
        required("id", "部局ID"),
        required("name", "部局名"),
        optional("name_kana", "部局名_カナ"),
        optional("name_en", "部局名_英字"),
        optional("parent", "上位部局"),
        optional("valid_from", "開始日"),
        optional("valid_to", "終了日"),
        optional("successor", "後継部局"),
    ],
};

/// `topics.csv`
pub static TOPICS: TableSpec = TableSpec {
    ja: "分野の表",
    en: "the table of topics",
    path: "content/topics.csv",
    columns: &[
        required("id", "分野ID"),
        required("name", "分野名"),
        optional("name_kana", "分野名_カナ"),
        optional("name_en", "分野名_英字"),
    ],
};

/// `redirects.csv`
pub static REDIRECTS: TableSpec = TableSpec {
    ja: "転送の表",
    en: "the table of redirects",
    path: "content/redirects.csv",
    columns: &[
        required("from", "旧ページ"),
        optional("to", "新ページ"),
        optional("date", "日付"),
        narrative("note", "備考"),
    ],
};

/// `policies/*.csv`
pub static POLICIES: TableSpec = TableSpec {
    ja: "運営方針の表",
    en: "the table of policies",
    path: "content/policies",
    columns: &[
        required("department", "部局"),
        required("fiscal_year", "年度"),
        narrative("headline", "見出し"),
        narrative("headline_en", "見出し_英字"),
        narrative("statement", "方針"),
        narrative("statement_en", "方針_英字"),
        optional("published", "公表日"),
        optional("updated", "更新日"),
        optional("draft", "下書き"),
    ],
};

/// `measures/*.csv`
pub static MEASURES: TableSpec = TableSpec {
    ja: "施策の表",
    en: "the table of measures",
    path: "content/measures",
    columns: &[
        required("id", "施策ID"),
        required("fiscal_year", "年度"),
        required("department", "部局"),
        optional("series", "系列"),
        required("title", "施策名"),
        optional("title_en", "施策名_英字"),
        optional("kana", "施策名_かな"),
        optional("topics", "分野"),
        narrative("direction", "めざす方向"),
        narrative("direction_en", "めざす方向_英字"),
        narrative("easy", "やさしい日本語"),
        optional("rating", "達成度"),
        narrative("account", "実績"),
        narrative("account_en", "実績_英字"),
        optional("result_published", "実績公表日"),
        optional("updated", "更新日"),
        optional("draft", "下書き"),
    ],
};

/// `indicators/*.csv`
pub static INDICATORS: TableSpec = TableSpec {
    ja: "指標の表",
    en: "the table of indicators",
    path: "content/indicators",
    columns: &[
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
        narrative("note", "備考"),
    ],
};

/// `budgets/*.csv`
pub static BUDGETS: TableSpec = TableSpec {
    ja: "予算の表",
    en: "the table of budgets",
    path: "content/budgets",
    columns: &[
        required("measure", "施策ID"),
        required("fiscal_year", "年度"),
        optional("budget", "予算額"),
        optional("settled", "決算額"),
        optional("source", "財源"),
        narrative("note", "備考"),
    ],
};

/// The tables of the domain, in the order in which a column without a home is looked for.
pub static TABLES: [&TableSpec; 7] =
    [&BUDGETS, &INDICATORS, &MEASURES, &POLICIES, &DEPARTMENTS, &TOPICS, &REDIRECTS];
