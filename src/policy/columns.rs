//! The **columns** of the tables of policies: English name, Japanese header, and whether the column
//! is required; and those of the fields that a site declares. `docs/*/content.md` is tested against
//! the built-in ones.

use crate::table::{ColumnSpec, OwnColumns, TableSpec};

use super::field::{DeclaredFields, Of};

/// Where fields are declared, for messages.
const FIELDS: OwnColumns = OwnColumns::DeclaredIn("content/fields.toml");

const fn required(name: &'static str, title: &'static str) -> ColumnSpec<'static> {
    ColumnSpec { name, title, required: true, narrative: false }
}

const fn optional(name: &'static str, title: &'static str) -> ColumnSpec<'static> {
    ColumnSpec { name, title, required: false, narrative: false }
}

/// A column of sentences.
const fn narrative(name: &'static str, title: &'static str) -> ColumnSpec<'static> {
    ColumnSpec { name, title, required: false, narrative: true }
}

/// `departments.csv`
pub static DEPARTMENTS: TableSpec<'static> = TableSpec {
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
    own: FIELDS,
};

/// `topics.csv`
pub static TOPICS: TableSpec<'static> = TableSpec {
    ja: "分野の表",
    en: "the table of topics",
    path: "content/topics.csv",
    columns: &[
        required("id", "分野ID"),
        required("name", "分野名"),
        optional("name_kana", "分野名_カナ"),
        optional("name_en", "分野名_英字"),
        optional("theme", "データテーマ"),
    ],
    own: OwnColumns::Never,
};

/// `plan.csv`
pub static PLAN: TableSpec<'static> = TableSpec {
    ja: "計画の表",
    en: "the table of the plan",
    path: "content/plan.csv",
    columns: &[
        required("id", "計画ID"),
        optional("parent", "上位の計画ID"),
        optional("level", "階層"),
        optional("code", "コード"),
        required("title", "名称"),
        optional("title_en", "名称_英字"),
        narrative("description", "説明"),
        narrative("description_en", "説明_英字"),
    ],
    own: FIELDS,
};

/// `redirects.csv`
pub static REDIRECTS: TableSpec<'static> = TableSpec {
    ja: "転送の表",
    en: "the table of redirects",
    path: "content/redirects.csv",
    columns: &[
        required("from", "旧ページ"),
        optional("to", "新ページ"),
        optional("date", "日付"),
        narrative("note", "備考"),
    ],
    own: OwnColumns::Never,
};

/// `addresses.csv`
pub static ADDRESSES: TableSpec<'static> = TableSpec {
    ja: "公開したアドレスの表",
    en: "the table of published addresses",
    path: "content/addresses.csv",
    columns: &[
        required("address", "アドレス"),
        optional("title", "名称"),
        optional("date", "記録日"),
    ],
    own: OwnColumns::Never,
};

/// `policies/*.csv`
pub static POLICIES: TableSpec<'static> = TableSpec {
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
        optional("expires", "公開終了日"),
        optional("updated", "更新日"),
        optional("draft", "下書き"),
    ],
    own: FIELDS,
};

/// `measures/*.csv`
pub static MEASURES: TableSpec<'static> = TableSpec {
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
        optional("plan", "計画"),
        narrative("direction", "めざす方向"),
        narrative("direction_en", "めざす方向_英字"),
        narrative("easy", "やさしい日本語"),
        optional("rating", "達成度"),
        narrative("account", "実績"),
        narrative("account_en", "実績_英字"),
        optional("result_published", "実績公表日"),
        optional("result_expires", "実績公開終了日"),
        optional("result_draft", "実績下書き"),
        optional("published", "公表日"),
        optional("expires", "公開終了日"),
        optional("updated", "更新日"),
        optional("draft", "下書き"),
    ],
    own: FIELDS,
};

/// The columns that say what an indicator is and what its figures are.
const OF_INDICATORS: [ColumnSpec<'static>; 17] = [
    required("indicator", "指標ID"),
    required("name", "指標名"),
    optional("name_en", "指標名_英字"),
    optional("unit", "単位"),
    optional("unit_en", "単位_英字"),
    optional("kind", "種別"),
    optional("better", "望ましい方向"),
    required("fiscal_year", "年度"),
    optional("baseline", "基準値"),
    optional("target", "目標値"),
    optional("actual", "実績値"),
    narrative("definition", "定義"),
    narrative("formula", "算式"),
    narrative("source", "出典"),
    narrative("disaggregation", "内訳"),
    optional("status", "状態"),
    narrative("note", "備考"),
];

/// The column `owner`, which names the owner of an indicator, followed by `OF_INDICATORS`.
const fn indicators_of(owner: ColumnSpec<'static>) -> [ColumnSpec<'static>; 18] {
    let mut columns = [owner; 18];
    let mut index = 0;
    while index < OF_INDICATORS.len() {
        columns[index + 1] = OF_INDICATORS[index];
        index += 1;
    }
    columns
}

/// `indicators/*.csv`
pub static INDICATORS: TableSpec<'static> = TableSpec {
    ja: "指標の表",
    en: "the table of indicators",
    path: "content/indicators",
    columns: &indicators_of(required("measure", "施策ID")),
    own: FIELDS,
};

/// `plan-indicators/*.csv`
pub static PLAN_INDICATORS: TableSpec<'static> = TableSpec {
    ja: "計画の指標の表",
    en: "the table of the plan's indicators",
    path: "content/plan-indicators",
    columns: &indicators_of(required("plan", "計画")),
    own: FIELDS,
};

/// `budgets/*.csv`
pub static BUDGETS: TableSpec<'static> = TableSpec {
    ja: "予算の表",
    en: "the table of budgets",
    path: "content/budgets",
    columns: &[
        required("measure", "施策ID"),
        required("fiscal_year", "年度"),
        optional("budget", "予算額"),
        optional("settled", "決算額"),
        optional("source", "財源"),
        optional("category", "費目"),
        optional("status", "状態"),
        narrative("note", "備考"),
    ],
    own: FIELDS,
};

/// The table that has the columns of fields declared for `of`.
pub(super) fn of_fields(of: Of) -> &'static TableSpec<'static> {
    match of {
        Of::Measure | Of::Result => &MEASURES,
        Of::Indicator => &INDICATORS,
        Of::Budget => &BUDGETS,
        Of::Policy => &POLICIES,
        Of::Department => &DEPARTMENTS,
        Of::Plan => &PLAN,
    }
}

/// The tables of one site: the built-in columns, then those of its fields.
pub(super) struct SiteTables<'f> {
    /// The fields that the site declares.
    pub fields: &'f DeclaredFields,
    departments: Vec<ColumnSpec<'f>>,
    policies: Vec<ColumnSpec<'f>>,
    measures: Vec<ColumnSpec<'f>>,
    indicators: Vec<ColumnSpec<'f>>,
    plan_indicators: Vec<ColumnSpec<'f>>,
    budgets: Vec<ColumnSpec<'f>>,
    plan: Vec<ColumnSpec<'f>>,
}

impl<'f> SiteTables<'f> {
    /// The tables of a site that declares `fields`.
    pub fn of(fields: &'f DeclaredFields) -> Self {
        let columns = |table: &TableSpec<'static>| {
            // Indicators of nodes have the fields of all indicators.
            let home = if table.path == PLAN_INDICATORS.path { &INDICATORS } else { table };
            let own = fields.all.iter().filter(|field| of_fields(field.of).path == home.path);
            let own = own.flat_map(|field| &field.columns).map(|column| ColumnSpec {
                name: &column.name,
                title: &column.title,
                required: false,
                narrative: column.narrative,
            });
            table.columns.iter().copied().chain(own).collect()
        };
        Self {
            fields,
            departments: columns(&DEPARTMENTS),
            policies: columns(&POLICIES),
            measures: columns(&MEASURES),
            indicators: columns(&INDICATORS),
            plan_indicators: columns(&PLAN_INDICATORS),
            budgets: columns(&BUDGETS),
            plan: columns(&PLAN),
        }
    }

    pub fn departments(&self) -> TableSpec<'_> {
        self.table(&DEPARTMENTS, &self.departments)
    }

    pub fn policies(&self) -> TableSpec<'_> {
        self.table(&POLICIES, &self.policies)
    }

    pub fn measures(&self) -> TableSpec<'_> {
        self.table(&MEASURES, &self.measures)
    }

    pub fn indicators(&self) -> TableSpec<'_> {
        self.table(&INDICATORS, &self.indicators)
    }

    pub fn plan_indicators(&self) -> TableSpec<'_> {
        self.table(&PLAN_INDICATORS, &self.plan_indicators)
    }

    pub fn budgets(&self) -> TableSpec<'_> {
        self.table(&BUDGETS, &self.budgets)
    }

    pub fn plan(&self) -> TableSpec<'_> {
        self.table(&PLAN, &self.plan)
    }

    /// The tables in which the proper place of a misplaced column is looked for, in this order. The
    /// table of the plan's indicators is left out, because its columns are those of the other
    /// indicators.
    pub fn all(&self) -> [TableSpec<'_>; 8] {
        [
            self.budgets(),
            self.indicators(),
            self.measures(),
            self.policies(),
            self.departments(),
            TOPICS,
            self.plan(),
            REDIRECTS,
        ]
    }

    fn table<'s>(
        &self,
        built_in: &TableSpec<'static>,
        columns: &'s [ColumnSpec<'f>],
    ) -> TableSpec<'s> {
        let own = if self.fields.broken { OwnColumns::Unknown } else { built_in.own };
        TableSpec { columns, own, ..*built_in }
    }
}
