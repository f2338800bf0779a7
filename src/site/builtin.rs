//! The **built-in datasets**: the domain's own tables, tidy, coded and long.
//!
//! Every one starts with the common columns of 自治体標準オープンデータセット (全国地方公共団体コード, then the
//! id). Narrative texts are columns of their own, which the CSV files leave to the table of texts; figures are in the long
//! format, one row a year.

use crate::calendar::Date;
use crate::dataset::{Column, ColumnType, Dataset, Period, Rows};
use crate::diagnostic::Place;
use crate::text::{Decimal, Id, Localized, has_line_break, one_line};

use super::Site;

/// The built-in datasets, in the order in which one reads them.
pub(super) fn datasets(site: &Site) -> Vec<Dataset> {
    vec![
        departments(site),
        policies(site),
        measures(site),
        results(site),
        indicators(site),
        budgets(site),
    ]
}

/// Ids that the clerk's own datasets cannot have.
pub const IDS: [&str; 6] =
    ["departments", "policies", "measures", "results", "indicators", "budgets"];

/// What is said of a table, beside its columns and rows.
struct About {
    id: &'static str,
    title: (&'static str, &'static str),
    description: (&'static str, &'static str),
    keywords: &'static [&'static str],
    /// Columns whose values name a row.
    key: &'static [&'static str],
}

fn dataset(site: &Site, about: &About, columns: Vec<Column>, rows: Rows) -> Dataset {
    let key = |name: &&str| columns.iter().position(|column| column.name == *name);
    let years = || site.years.iter().map(|year| year.fiscal_year);
    let period = Period {
        start: years().min().map(|year| year.start()),
        end: years().max().map(|year| year.end()),
    };
    let id = Id::parse(about.id).expect("a built-in id is well formed");
    let title = Localized::with_english(about.title.0, about.title.1);
    let description = Localized::with_english(about.description.0, about.description.1);
    Dataset {
        keywords: about.keywords.iter().map(|&word| word.to_owned()).collect(),
        period: (!site.years.is_empty()).then_some(period),
        updated: site.updated,
        primary_key: about.key.iter().filter_map(key).collect(),
        rows: on_one_line(rows, &columns),
        columns,
        built_in: true,
        ..Dataset::empty(id, title, description, Place::file("content"))
    }
}

/// The rows with every text that is not narrative on one line: titles and notes may have been written on several.
fn on_one_line(rows: Rows, columns: &[Column]) -> Rows {
    let breaks = |row: usize| {
        let cells = rows.row(row).zip(columns);
        cells.into_iter().any(|(cell, column)| !column.narrative && has_line_break(cell))
    };
    if !(0..rows.len()).any(breaks) {
        return rows;
    }
    let mut lines = Rows::new(columns.len());
    for row in rows.iter() {
        for (cell, column) in row.zip(columns) {
            match column.narrative {
                true => lines.push(cell),
                false => lines.push(&one_line(cell)),
            }
        }
    }
    lines
}

fn text(name: &str, ja: &str, en: &str) -> Column {
    Column::new(name, ja, en, ColumnType::Text)
}

fn code(name: &str, ja: &str, en: &str) -> Column {
    Column::new(name, ja, en, ColumnType::Code)
}

fn date(name: &str, ja: &str, en: &str) -> Column {
    Column::new(name, ja, en, ColumnType::Date)
}

fn number(name: &str, ja: &str, en: &str) -> Column {
    Column::new(name, ja, en, ColumnType::Number)
}

fn fiscal_year() -> Column {
    Column::new("fiscal_year", "年度", "Fiscal year", ColumnType::FiscalYear).required().described(
        "4月1日に始まる会計年度。2020は令和2年度（2020-04-01から2021-03-31）",
        "The year that begins on 1 April: 2020 runs from 2020-04-01 to 2021-03-31",
    )
}

fn local_government() -> [Column; 1] {
    [code("localgov_code", "全国地方公共団体コード", "Local government code").required().described(
        "6桁の文字列。先頭の0も値の一部",
        "Six digits as text; a leading zero belongs to it",
    )]
}

fn columns(own: impl IntoIterator<Item = Column>) -> Vec<Column> {
    local_government().into_iter().chain(own).collect()
}

fn departments(site: &Site) -> Dataset {
    let columns = columns([
        code("id", "ID", "Id").required(),
        text("localgov_name", "地方公共団体名", "Local government"),
        text("name", "名称", "Name").required(),
        text("name_kana", "名称_カナ", "Name in kana"),
        text("name_english", "名称_英字", "Name in English"),
        code("parent", "上位部局", "Parent department")
            .blank("上位部局がない", "no department above"),
        date("valid_from", "開始日", "First day"),
        date("valid_to", "終了日", "Last day")
            .blank("今もある部局", "the department is still there"),
        text("successors", "後継部局", "Successor departments")
            .described("IDを ; で区切る", "Ids, separated by ;")
            .blank("後継がない", "no successor"),
    ]);
    let publisher = &site.config.publisher;
    let mut rows = Rows::new(columns.len());
    for entry in &site.departments {
        let department = &entry.department;
        let successors: Vec<&str> =
            department.successors.iter().map(|successor| successor.as_str()).collect();
        rows.push_row([
            publisher.code.as_str(),
            department.id.as_str(),
            &publisher.name.own,
            &department.name.own,
            optional(&department.kana),
            optional(&department.name.en),
            department.parent.as_ref().map_or("", |parent| parent.as_str()),
            &iso(department.valid_from),
            &iso(department.valid_to),
            &successors.join(";"),
        ]);
    }
    let about = About {
        id: "departments",
        title: ("部局一覧", "Departments"),
        description: (
            "運営方針を定める部局の一覧。組織改正で終わった部局と、その後継も含みます。",
            "The departments that publish operating policies, dissolved ones and their successors included.",
        ),
        keywords: &["部局", "組織"],
        key: &["id"],
    };
    dataset(site, &about, columns, rows)
}

fn policies(site: &Site) -> Dataset {
    let columns = columns([
        code("id", "運営方針ID", "Policy id").required(),
        fiscal_year(),
        code("department", "部局ID", "Department id").required(),
        text("department_name", "部局名", "Department").required(),
        text("headline", "見出し", "Headline"),
        Column::narrative("statement", "方針", "Statement"),
        date("published", "公表日", "Published"),
        date("updated", "更新日", "Updated"),
    ]);
    let mut rows = Rows::new(columns.len());
    for policy in &site.policies {
        let department = &site.departments[policy.department].department;
        rows.push_row([
            site.config.publisher.code.as_str(),
            &policy.id,
            &policy.fiscal_year.to_string(),
            department.id.as_str(),
            &department.name.own,
            own(&policy.headline),
            own(&policy.statement),
            &iso(policy.published),
            &iso(policy.updated),
        ]);
    }
    let about = About {
        id: "policies",
        title: ("運営方針一覧", "Operating policies"),
        description: (
            "部局が年度ごとに定めた運営方針の一覧。1行が1部局・1年度です。",
            "The operating policies of the departments, one row for a department and a fiscal year.",
        ),
        keywords: &["運営方針", "計画"],
        key: &["id"],
    };
    dataset(site, &about, columns, rows)
}

fn measures(site: &Site) -> Dataset {
    let columns = columns([
        code("id", "施策ID", "Measure id").required(),
        code("series", "系列", "Series")
            .required()
            .described("同じ施策を年度をまたいでつなぐID", "Ties the same measure across years"),
        fiscal_year(),
        code("department", "部局ID", "Department id").required(),
        text("department_name", "部局名", "Department").required(),
        code("policy", "運営方針ID", "Policy id").required(),
        text("title", "施策名", "Title").required(),
        text("title_kana", "施策名_かな", "Title in kana"),
        text("title_english", "施策名_英字", "Title in English"),
        text("topics", "分野", "Topics")
            .described("分野のIDを ; で区切る", "Topic ids, separated by ;")
            .blank("どの分野にも入らない", "of no topic"),
        Column::narrative("direction", "めざす方向", "Direction"),
        date("updated", "更新日", "Updated"),
    ]);
    let mut rows = Rows::new(columns.len());
    for measure in &site.measures {
        let department = &site.departments[measure.department].department;
        let topics: Vec<&str> =
            measure.topics.iter().map(|&topic| site.topics[topic].topic.id.as_str()).collect();
        rows.push_row([
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
            &topics.join(";"),
            own(&measure.direction),
            &iso(measure.updated),
        ]);
    }
    let about = About {
        id: "measures",
        title: ("施策一覧", "Measures"),
        description: (
            "運営方針に掲げた施策と、そのめざす方向の一覧。1行が1施策・1年度です。",
            "The measures of the operating policies and their directions, one row for a measure and a fiscal year.",
        ),
        keywords: &["施策", "めざす方向"],
        key: &["id"],
    };
    dataset(site, &about, columns, rows)
}

fn results(site: &Site) -> Dataset {
    let mut rating = code("rating", "達成度", "Rating").required().described(
        "達成度のID。意味は「達成度の読み方」のページにある",
        "Id of the rating; its page tells what it means",
    );
    rating.values = site.ratings.iter().map(|entry| entry.rating.id.to_string()).collect();
    rating.labels = site.ratings.iter().map(|entry| entry.rating.label.clone()).collect();
    let columns = columns([
        code("measure", "施策ID", "Measure id").required(),
        fiscal_year(),
        rating,
        text("rating_label", "達成度の名称", "Name of the rating").required(),
        Column::narrative("account", "実績", "Account"),
        date("published", "公表日", "Published"),
    ]);
    let mut rows = Rows::new(columns.len());
    for measure in &site.measures {
        let Some(result) = &measure.result else { continue };
        let rating = &site.ratings[measure.rating].rating;
        rows.push_row([
            site.config.publisher.code.as_str(),
            measure.id.as_str(),
            &measure.fiscal_year.to_string(),
            rating.id.as_str(),
            &rating.label.own,
            own(&result.account),
            &iso(result.published),
        ]);
    }
    let about = About {
        id: "results",
        title: ("実績一覧", "Results"),
        description: (
            "施策ごとの達成度と実績の一覧。実績が公表されていない施策の行はありません。",
            "Rating and account of each measure; a measure without published results has no row.",
        ),
        keywords: &["実績", "達成度", "評価"],
        key: &["measure"],
    };
    dataset(site, &about, columns, rows)
}

fn indicators(site: &Site) -> Dataset {
    let mut better = code("better", "望ましい方向", "Better").required().described(
        "higher は高いほど、lower は低いほど、steady は変わらないほど良い",
        "Whether more, less, or staying the same is better",
    );
    better.values = ["higher", "lower", "steady"].map(str::to_owned).to_vec();
    let label = |(ja, en): (&str, &str)| Localized::with_english(ja, en);
    better.labels = [("高い", "higher"), ("低い", "lower"), ("維持", "steady")].map(label).to_vec();
    let columns = columns([
        code("measure", "施策ID", "Measure id").required(),
        code("indicator", "指標ID", "Indicator id").required(),
        fiscal_year(),
        text("name", "指標名", "Name").required(),
        text("name_english", "指標名_英字", "Name in English"),
        text("unit", "単位", "Unit"),
        better,
        number("baseline", "基準値", "Baseline"),
        number("target", "目標値", "Target").blank("目標を定めていない", "no target was set"),
        number("actual", "実績値", "Actual").blank("まだ分からない", "not known yet"),
        text("note", "備考", "Note"),
    ]);
    let mut rows = Rows::new(columns.len());
    for measure in &site.measures {
        for row in measure.indicators.iter().flat_map(|entry| &entry.years) {
            rows.push_row([
                site.config.publisher.code.as_str(),
                measure.id.as_str(),
                row.indicator.as_str(),
                &row.fiscal_year.to_string(),
                &row.name.own,
                optional(&row.name.en),
                optional(&row.unit),
                row.better.as_str(),
                figure(&row.baseline),
                figure(&row.target),
                figure(&row.actual),
                optional(&row.note),
            ]);
        }
    }
    let about = About {
        id: "indicators",
        title: ("指標一覧", "Indicators"),
        description: (
            "施策の指標の基準値・目標値・実績値。1行が1施策・1指標・1年度です。空欄は「わからない」で、0ではありません。",
            "Baseline, target and actual value of each indicator, one row for a measure, an indicator and a fiscal year. A blank is not known, never 0.",
        ),
        keywords: &["指標", "KPI", "目標値"],
        key: &["measure", "indicator", "fiscal_year"],
    };
    dataset(site, &about, columns, rows)
}

fn budgets(site: &Site) -> Dataset {
    let unit = &site.config.budget_unit.own;
    let columns = columns([
        code("measure", "施策ID", "Measure id").required(),
        fiscal_year(),
        text("source", "財源", "Source").blank("財源を分けていない", "not divided by source"),
        number("budget", "予算額", "Budget").with_unit(unit),
        number("settled", "決算額", "Settled")
            .with_unit(unit)
            .blank("まだ決算していない", "not settled yet"),
        text("unit", "単位", "Unit").required(),
        text("note", "備考", "Note"),
    ]);
    let mut rows = Rows::new(columns.len());
    for measure in &site.measures {
        for row in &measure.budgets {
            rows.push_row([
                site.config.publisher.code.as_str(),
                measure.id.as_str(),
                &row.fiscal_year.to_string(),
                optional(&row.source),
                figure(&row.budget),
                figure(&row.settled),
                unit,
                optional(&row.note),
            ]);
        }
    }
    let about = About {
        id: "budgets",
        title: ("予算一覧", "Budgets"),
        description: (
            "施策の予算額と決算額。1行が1施策・1年度・1財源です。空欄は「わからない」で、0ではありません。",
            "Budget and settlement of each measure, one row for a measure, a fiscal year and a source. A blank is not known, never 0.",
        ),
        keywords: &["予算", "決算"],
        key: &["measure", "fiscal_year", "source"],
    };
    dataset(site, &about, columns, rows)
}

fn own(text: &Option<Localized>) -> &str {
    text.as_ref().map_or("", |text| &text.own)
}

fn optional(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
}

fn figure(number: &Option<Decimal>) -> &str {
    number.as_ref().map_or("", Decimal::as_str)
}

fn iso(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}
