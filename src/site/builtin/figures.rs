//! The built-in datasets of **figures**: indicators and budgets, one row per year.

use crate::dataset::{Column, Dataset, Rows};
use crate::policy::{Better, Budget, IndicatorAbout, IndicatorYear, Of, Status};
use crate::site::{IndicatorEntry, Site, file_paths};
use crate::text::{Id, Localized};

use super::columns::{code, columns, fiscal_year, flag, number, series, text, url};
use super::{
    AboutTable, dataset, field_cells, field_columns, figure, filled, optional, page, refers,
    with_english_filled,
};

/// The indicators of measures.
pub(super) fn indicators(site: &Site) -> Dataset {
    let own_columns = [code("measure", "施策ID", "Measure id").required(), series()];
    let records = site.measures.iter().map(|measure| IndicatorsOf {
        keys: vec![measure.id.as_str(), measure.series.as_str()],
        indicators: &measure.indicators,
        url: page(site, &file_paths::measure_page(measure.id.as_str())),
    });
    let about = AboutTable {
        id: "indicators",
        title: ("指標一覧", "Indicators"),
        description: (
            "施策の指標の基準値・目標値・実績値。1行が1施策・1指標・1年度です。空欄は「不明」を表し、0ではありません。",
            "Baseline, target and actual value of each indicator, one row for a measure, an indicator and a fiscal year. A blank is not known, never 0.",
        ),
        keywords: &["指標", "KPI", "目標値"],
        key: &["measure", "indicator", "fiscal_year", "superseded"],
        refers: &[refers(&["measure"], "measures")],
    };
    table_of_indicators(site, &about, own_columns, records.collect())
}

/// The indicators of nodes of the plan; `None` where no node has one. They have a table of their
/// own because the key of `indicators` begins with the measure, and no column of a key may be
/// blank.
pub(super) fn plan_indicators(site: &Site) -> Option<Dataset> {
    if site.nodes.iter().all(|entry| entry.indicators.is_empty()) {
        return None;
    }
    let own_columns = [code("plan", "計画ID", "Node id").required()];
    let records = site.nodes.iter().map(|entry| IndicatorsOf {
        keys: vec![entry.node.id.as_str()],
        indicators: &entry.indicators,
        url: page(site, &file_paths::plan_page(entry.node.id.as_str())),
    });
    let about = AboutTable {
        id: "plan-indicators",
        title: ("計画の指標一覧", "Indicators of the plan"),
        description: (
            "計画の項目の指標の基準値・目標値・実績値。1行が計画の1項目・1指標・1年度です。空欄は「不明」を表し、0ではありません。",
            "Baseline, target and actual value of each indicator of the plan, one row for a node, an indicator and a fiscal year. A blank is not known, never 0.",
        ),
        keywords: &["指標", "KPI", "総合計画"],
        key: &["plan", "indicator", "fiscal_year"],
        refers: &[refers(&["plan"], "plan")],
    };
    Some(table_of_indicators(site, &about, own_columns, records.collect()))
}

/// The indicators of one measure or node.
struct IndicatorsOf<'s> {
    /// Keys of the owner, which each of its rows begins with.
    keys: Vec<&'s str>,
    indicators: &'s [IndicatorEntry],
    /// Address of the owner's page.
    url: String,
}

/// The table of the indicators of `records`, whose rows begin with the local government code and
/// `own_columns`. Optional columns that are blank everywhere are left out.
fn table_of_indicators(
    site: &Site,
    about: &AboutTable<'_>,
    own_columns: impl IntoIterator<Item = Column>,
    records: Vec<IndicatorsOf<'_>>,
) -> Dataset {
    let years = || records.iter().flat_map(|of| of.indicators).flat_map(|entry| &entry.years);
    let mut kind = code("kind", "種別", "Kind").blank("種別なし", "no kind");
    kind.values = site.config.indicator_kinds.iter().map(|kind| kind.id.to_string()).collect();
    kind.labels = site.config.indicator_kinds.iter().map(|kind| kind.label.clone()).collect();
    let mut better = code("better", "望ましい方向", "Better").described(
        "higherは高いほど良い指標、lowerは低いほど良い指標、steadyは維持が目標の指標",
        "Whether more, less, or staying the same is better",
    );
    better.values = ["higher", "lower", "steady"].map(str::to_owned).to_vec();
    let label = |(ja, en): (&str, &str)| Localized::with_english(ja, en);
    better.labels = [("高い", "higher"), ("低い", "lower"), ("維持", "steady")].map(label).to_vec();
    better = match years().all(|row| row.better.is_some()) {
        true => better.required(),
        false => better.blank("方向を定めていない指標", "no direction is desired"),
    };
    let of_indicators = [
        code("indicator", "指標ID", "Indicator id").required(),
        fiscal_year(),
        text("name", "指標名", "Name").required(),
        text("name_english", "指標名_英字", "Name in English"),
        text("unit", "単位", "Unit"),
        text("unit_english", "単位_英字", "Unit in English"),
        kind,
        text("kind_label", "種別の名称", "Name of the kind"),
        better,
        number("baseline", "基準値", "Baseline"),
        number("target", "目標値", "Target").blank("目標の定めなし", "no target set"),
        number("actual", "実績値", "Actual").blank("未確定", "not known yet"),
        text("definition", "定義", "Definition"),
        text("formula", "算式", "Formula"),
        text("source", "出典", "Source of the figure"),
        text("disaggregation", "内訳", "Disaggregation"),
        superseded_column(),
        status_column(),
        obs_status_column(),
        text("note", "備考", "Note"),
        url(),
    ];
    let own_columns = own_columns.into_iter().chain(of_indicators);
    let columns = columns(own_columns.chain(field_columns(site, Of::Indicator)));
    let mut rows = Rows::new(columns.len());
    let superseded = superseded(years().map(|row| row.status));
    for of in &records {
        for row in of.indicators.iter().flat_map(|entry| &entry.years) {
            let fields = field_cells(site, Of::Indicator, &row.fields);
            let year = row.fiscal_year.to_string();
            let owner = [site.config.publisher.code.as_str()].into_iter().chain(of.keys.clone());
            let about = row.about.as_deref().map(IndicatorAbout::texts);
            let [definition, formula, source, disaggregation] = about
                .map(|texts| texts.map(|(_, text)| text.unwrap_or_default()))
                .unwrap_or_default();
            let cells = [
                row.indicator.as_str(),
                &year,
                &row.name.own,
                optional(&row.name.en),
                optional(&row.unit),
                optional(&row.unit_en),
                row.kind.as_ref().map_or("", Id::as_str),
                kind_label(site, row),
                row.better.map_or("", Better::as_str),
                figure(&row.baseline),
                figure(&row.target),
                figure(&row.actual),
                definition,
                formula,
                source,
                disaggregation,
                superseded(row.status),
                row.status.map_or("", Status::as_str),
                row.status.map_or("", Status::sdmx),
                optional(&row.note),
                &of.url,
            ];
            rows.push_row(owner.chain(cells).chain(fields.iter().map(String::as_str)));
        }
    }
    let (columns, rows) = with_english_filled(site, Of::Indicator, columns, rows);
    let optional = [
        "kind",
        "kind_label",
        "definition",
        "formula",
        "source",
        "disaggregation",
        "superseded",
        "status",
        "obs_status",
    ];
    let (columns, rows) = filled(columns, rows, &optional);
    dataset(site, about, columns, rows)
}

/// The column that says whether a later row repeats the same figures. It is part of the key;
/// `status` cannot be, because it is mostly blank.
fn superseded_column() -> Column {
    flag("superseded", "置換済み", "Superseded").required().described(
        "後の年度の施策が同じ値をもう一度示した行はtrue。合計には含めません",
        "True for figures that a later measure of the series gives again, which are not to be summed",
    )
}

/// Returns a function that gives the cell of that column for a status. If none of the statuses
/// `all` is superseded, the cells are blank, and the column is left out.
fn superseded(
    mut all: impl Iterator<Item = Option<Status>>,
) -> impl Fn(Option<Status>) -> &'static str {
    let is = |status| status == Some(Status::Superseded);
    let is_any = all.any(is);
    move |status| match (is_any, is(status)) {
        (false, _) => "",
        (true, false) => "false",
        (true, true) => "true",
    }
}

fn status_column() -> Column {
    let mut status = code("status", "状態", "Status").blank("特記なし", "nothing is said");
    status.values = Status::ALL.map(|(_, id, ..)| id.to_owned()).to_vec();
    status.worded = true;
    status.labels = Status::ALL.map(|(_, _, ja, en, _)| Localized::with_english(ja, en)).to_vec();
    status.described(
        "値の状態。「superseded」は、後の年度の施策が同じ値をもう一度示した行で、合計には含めません",
        "Status of the figures; those that are superseded are given again by a later measure of the series, and are not to be summed",
    )
}

fn obs_status_column() -> Column {
    code("obs_status", "状態コード", "Observation status").described(
        "SDMXの観測値の状態のコード（CL_OBS_STATUS）",
        "Code of the status in SDMX (CL_OBS_STATUS)",
    )
}

fn kind_label<'s>(site: &'s Site, row: &IndicatorYear) -> &'s str {
    let kinds = site.config.indicator_kinds.iter();
    let said = kinds.into_iter().find(|kind| row.kind.as_ref() == Some(&kind.id));
    said.map_or("", |kind| &kind.label.own)
}

/// The table of budgets and settlements, one row for a measure, fiscal year, source and category.
/// An amount that is not broken down has a fixed word for its source and category (see
/// [`Budget::undivided`]). Optional columns that are blank everywhere are left out.
pub(super) fn budgets(site: &Site) -> Dataset {
    let unit = &site.config.budget_unit.own;
    let undivided = Budget::undivided(site.config.own_language());
    let own_columns = [
        code("measure", "施策ID", "Measure id").required(),
        series(),
        fiscal_year(),
        divided(site, text("source", "財源", "Source")),
        divided(site, text("category", "費目", "Category")),
        number("budget", "予算額", "Budget").with_unit(unit),
        number("settled", "決算額", "Settled").with_unit(unit).blank("決算前", "not settled yet"),
        text("unit", "単位", "Unit").required(),
        superseded_column(),
        status_column(),
        obs_status_column(),
        text("note", "備考", "Note"),
        url(),
    ];
    let columns = columns(own_columns.into_iter().chain(field_columns(site, Of::Budget)));
    let mut rows = Rows::new(columns.len());
    let all = || site.measures.iter().flat_map(|measure| &measure.budgets);
    let superseded = superseded(all().map(|row| row.status));
    // Where no amount has a category, the column is blank and left out.
    let no_category = if all().any(|row| row.category.is_some()) { undivided } else { "" };
    for measure in &site.measures {
        let url = page(site, &file_paths::measure_page(measure.id.as_str()));
        for row in &measure.budgets {
            let fields = field_cells(site, Of::Budget, &row.fields);
            let cells = [
                site.config.publisher.code.as_str(),
                measure.id.as_str(),
                measure.series.as_str(),
                &row.fiscal_year.to_string(),
                row.source.as_deref().unwrap_or(undivided),
                row.category.as_deref().unwrap_or(no_category),
                figure(&row.budget),
                figure(&row.settled),
                unit,
                superseded(row.status),
                row.status.map_or("", Status::as_str),
                row.status.map_or("", Status::sdmx),
                optional(&row.note),
                &url,
            ];
            rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
        }
    }
    let about = AboutTable {
        id: "budgets",
        title: ("予算一覧", "Budgets"),
        description: (
            "施策の予算額と決算額。1行が1施策・1年度・1財源です。空欄は「不明」を表し、0ではありません。",
            "Budget and settlement of each measure, one row for a measure, a fiscal year and a source. A blank is not known, never 0.",
        ),
        keywords: &["予算", "決算"],
        key: &["measure", "fiscal_year", "source", "category", "superseded"],
        refers: &[refers(&["measure"], "measures")],
    };
    let (columns, rows) = with_english_filled(site, Of::Budget, columns, rows);
    let optional = ["category", "superseded", "status", "obs_status"];
    let (columns, rows) = filled(columns, rows, &optional);
    dataset(site, &about, columns, rows)
}

/// Completes a column that money is broken down by. It is part of the key and therefore never
/// blank: a fixed word marks amounts that are not broken down.
fn divided(site: &Site, column: Column) -> Column {
    let undivided = Budget::undivided(site.config.own_language());
    column.required().described(
        &format!("内訳のない金額は「{undivided}」"),
        "Never blank: amounts that are not broken down have a word here that says so",
    )
}
