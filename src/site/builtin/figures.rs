//! The built-in datasets of **figures**: indicators and budgets, one row a year.

use std::collections::BTreeSet;

use crate::dataset::{Column, Dataset, Rows};
use crate::policy::{Better, IndicatorYear, Of, Status};
use crate::site::Site;
use crate::text::{Id, Localized};

use super::columns::{code, columns, fiscal_year, number, text};
use super::{About, dataset, field_cells, field_columns, figure, filled, optional};

pub(super) fn indicators(site: &Site) -> Dataset {
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
    better = match site.is_judged_throughout() {
        true => better.required(),
        false => better.blank("方向を定めていない指標", "no direction is desired"),
    };
    let own_columns = [
        code("measure", "施策ID", "Measure id").required(),
        code("indicator", "指標ID", "Indicator id").required(),
        fiscal_year(),
        text("name", "指標名", "Name").required(),
        text("name_english", "指標名_英字", "Name in English"),
        text("unit", "単位", "Unit"),
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
        status_column(),
        obs_status_column(),
        text("note", "備考", "Note"),
    ];
    let columns = columns(own_columns.into_iter().chain(field_columns(site, Of::Indicator)));
    let mut rows = Rows::new(columns.len());
    for measure in &site.measures {
        for row in measure.indicators.iter().flat_map(|entry| &entry.years) {
            let fields = field_cells(site, Of::Indicator, &row.fields);
            let cells = [
                site.config.publisher.code.as_str(),
                measure.id.as_str(),
                row.indicator.as_str(),
                &row.fiscal_year.to_string(),
                &row.name.own,
                optional(&row.name.en),
                optional(&row.unit),
                row.kind.as_ref().map_or("", Id::as_str),
                kind_label(site, row),
                row.better.map_or("", Better::as_str),
                figure(&row.baseline),
                figure(&row.target),
                figure(&row.actual),
                optional(&row.about.definition),
                optional(&row.about.formula),
                optional(&row.about.source),
                optional(&row.about.disaggregation),
                row.status.map_or("", Status::as_str),
                row.status.map_or("", Status::sdmx),
                optional(&row.note),
            ];
            rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
        }
    }
    let about = About {
        id: "indicators",
        title: ("指標一覧", "Indicators"),
        description: (
            "施策の指標の基準値・目標値・実績値。1行が1施策・1指標・1年度です。空欄は「不明」を表し、0ではありません。",
            "Baseline, target and actual value of each indicator, one row for a measure, an indicator and a fiscal year. A blank is not known, never 0.",
        ),
        keywords: &["指標", "KPI", "目標値"],
        key: &["measure", "indicator", "fiscal_year"],
    };
    let optional = [
        "kind",
        "kind_label",
        "definition",
        "formula",
        "source",
        "disaggregation",
        "status",
        "obs_status",
    ];
    let (columns, rows) = filled(columns, rows, &optional);
    let key = key(&columns, &rows, about.key);
    let about = About { key: &key, ..about };
    dataset(site, &about, columns, rows)
}

fn status_column() -> Column {
    let mut status = code("status", "状態", "Status").blank("特記なし", "nothing is said");
    status.values = Status::ALL.map(|(_, id, ..)| id.to_owned()).to_vec();
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

/// `key`, with the category where there are any, and with the status where an earlier figure is kept beside a
/// later one of the same.
fn key<'a>(columns: &[Column], rows: &Rows, key: &[&'a str]) -> Vec<&'a str> {
    let place = |name: &str| columns.iter().position(|column| column.name == name);
    let mut names: Vec<&'a str> = key.to_vec();
    names.extend(place("category").map(|_| "category"));
    let places: Vec<usize> = names.iter().filter_map(|name| place(name)).collect();
    let mut seen: BTreeSet<Vec<&str>> = BTreeSet::new();
    let is_unique = (0..rows.len())
        .all(|row| seen.insert(places.iter().map(|&column| rows.cell(row, column)).collect()));
    if !is_unique && place("status").is_some() {
        names.push("status");
    }
    names
}

fn kind_label<'s>(site: &'s Site, row: &IndicatorYear) -> &'s str {
    let kinds = site.config.indicator_kinds.iter();
    let said = kinds.into_iter().find(|kind| row.kind.as_ref() == Some(&kind.id));
    said.map_or("", |kind| &kind.label.own)
}

pub(super) fn budgets(site: &Site) -> Dataset {
    let unit = &site.config.budget_unit.own;
    let own_columns = [
        code("measure", "施策ID", "Measure id").required(),
        fiscal_year(),
        text("source", "財源", "Source").blank("財源の区分なし", "not broken down by source"),
        text("category", "費目", "Category").blank("費目の区分なし", "not broken down by category"),
        number("budget", "予算額", "Budget").with_unit(unit),
        number("settled", "決算額", "Settled").with_unit(unit).blank("決算前", "not settled yet"),
        text("unit", "単位", "Unit").required(),
        status_column(),
        obs_status_column(),
        text("note", "備考", "Note"),
    ];
    let columns = columns(own_columns.into_iter().chain(field_columns(site, Of::Budget)));
    let mut rows = Rows::new(columns.len());
    for measure in &site.measures {
        for row in &measure.budgets {
            let fields = field_cells(site, Of::Budget, &row.fields);
            let cells = [
                site.config.publisher.code.as_str(),
                measure.id.as_str(),
                &row.fiscal_year.to_string(),
                optional(&row.source),
                optional(&row.category),
                figure(&row.budget),
                figure(&row.settled),
                unit,
                row.status.map_or("", Status::as_str),
                row.status.map_or("", Status::sdmx),
                optional(&row.note),
            ];
            rows.push_row(cells.into_iter().chain(fields.iter().map(String::as_str)));
        }
    }
    let about = About {
        id: "budgets",
        title: ("予算一覧", "Budgets"),
        description: (
            "施策の予算額と決算額。1行が1施策・1年度・1財源です。空欄は「不明」を表し、0ではありません。",
            "Budget and settlement of each measure, one row for a measure, a fiscal year and a source. A blank is not known, never 0.",
        ),
        keywords: &["予算", "決算"],
        key: &["measure", "fiscal_year", "source"],
    };
    let (columns, rows) = filled(columns, rows, &["category", "status", "obs_status"]);
    let key = key(&columns, &rows, about.key);
    let about = About { key: &key, ..about };
    dataset(site, &about, columns, rows)
}
