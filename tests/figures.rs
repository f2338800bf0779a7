//! Figures of indicators and money: kinds, directions, descriptions, categories, sums and status.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{built_texts, copy, sound_site, temporary, write};

/// The site with these files over the sound one: its texts by their paths, and what was said.
fn built(files: &[(&str, &str)]) -> (BTreeMap<String, String>, Vec<String>) {
    let folder = temporary();
    let content = folder.path().join("content");
    copy(&sound_site().join("content"), &content);
    for (path, text) in files {
        write(&content.join(path), text);
    }
    built_texts(folder.path())
}

fn json(files: &BTreeMap<String, String>, path: &str) -> Value {
    serde_json::from_str(&files[path]).expect("JSON")
}

fn columns(files: &BTreeMap<String, String>, id: &str) -> Vec<String> {
    let table = json(files, &format!("data/{id}/latest/{id}.json"));
    let columns = table["columns"].as_array().expect("columns").iter();
    columns.filter_map(|column| column["name"].as_str().map(str::to_owned)).collect()
}

const KINDS: &str = "\
measure,indicator,name,unit,kind,better,fiscal_year,target,actual,definition,source
town-meetings-2022,voices,意見の数,件,outcome,higher,2022,100,120,会場で出た意見,記録票
town-meetings-2022,meetings,開催回数,回,活動,,2022,8,8,,
town-meetings-2022,staff,職員の数,人,投入指標,,2022,,3,,
town-meetings-2022,others,そのほか,件,,,2022,,1,,
";

#[test]
fn indicators_stand_by_kind_and_without_a_direction_nothing_is_judged() {
    let (files, _) = built(&[("indicators/2022.csv", KINDS)]);
    let page = &files["measures/town-meetings-2022.html"];
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not on the page"));
    let order =
        ["活動指標", "開催回数", "成果指標", "意見の数", "投入指標", "職員の<wbr>数"].map(at);
    assert!(order.is_sorted(), "{order:?}");
    assert!(at("職員の<wbr>数") < at("そのほかの<wbr>指標"));
    assert!(page.contains("会場で出た意見") && page.contains("記録票"));
    // One indicator alone has a direction, and one alone a ratio.
    assert_eq!(page.matches("高いほど良い").count(), 2, "in the text and for saved charts");
    assert_eq!(page.matches("<td class=\"number\">100.0%</td>").count(), 0);
    let indicators = json(&files, "measures/town-meetings-2022.json");
    let meetings = &indicators["indicators"][1];
    assert_eq!((&meetings["kind"], &meetings["better"]), (&"activity".into(), &Value::Null));
    assert_eq!(indicators["indicators"][0]["definition"], "会場で出た意見");
    let columns = columns(&files, "indicators");
    for name in ["kind", "kind_label", "definition", "source"] {
        assert!(columns.iter().any(|column| column == name), "{name}: {columns:?}");
    }
    // What nobody says is no column.
    assert!(!columns.iter().any(|column| column == "formula" || column == "disaggregation"));
}

#[test]
fn a_site_names_its_own_kinds() {
    let site = std::fs::read_to_string(sound_site().join("content/site.toml")).expect("a text");
    let site = format!(
        "{site}\n[[indicator_kinds]]\nid = \"scope\"\nlabel = \"対象指標\"\n\n[[indicator_kinds]]\nid = \"result\"\nlabel = \"結果\"\n"
    );
    let table = "measure,indicator,name,kind,fiscal_year,actual\n\
        town-meetings-2022,residents,住民の数,対象,2022,900\n\
        town-meetings-2022,voices,意見の数,結果,2022,12\n";
    let (files, _) = built(&[("site.toml", &site), ("indicators/2022.csv", table)]);
    let schema = json(&files, "schemas/measure.json");
    let kinds = &schema["properties"]["indicators"]["items"]["properties"]["kind"]["enum"];
    assert_eq!(*kinds, serde_json::json!(["scope", "result", null]));
    assert!(files["measures/town-meetings-2022.html"].contains("対象指標"));
}

#[test]
fn a_site_without_kinds_has_neither_heading_nor_column() {
    let (files, _) = built(&[]);
    let page = &files["measures/town-meetings-2022.html"];
    assert!(!page.contains("活動指標") && !page.contains("そのほかの"));
    let columns = columns(&files, "indicators");
    assert!(!columns.iter().any(|column| column.starts_with("kind")), "{columns:?}");
}

const NEXT_YEAR: &str = "\
department = \"planning\"
fiscal_year = 2023

[[measures]]
id = \"town-meetings-2023\"
series = \"town-meetings\"
title = \"まちづくり懇談会の開催\"
direction = \"開きます。\"
";

/// The rows of the published table of budgets: measure, year, source, category, budget, settled,
/// status.
fn budget_rows(files: &BTreeMap<String, String>) -> Vec<String> {
    let table = json(files, "data/budgets/latest/budgets.json");
    let text = |row: &Value, name: &str| match &row[name] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let names = ["measure", "fiscal_year", "source", "category", "budget", "settled", "status"];
    let rows = table["rows"].as_array().expect("rows").iter();
    rows.map(|row| names.map(|name| text(row, name)).join(",")).collect()
}

#[test]
fn money_is_summed_once_from_the_latest_sheet() {
    let old = "measure,fiscal_year,source,category,budget,settled\n\
        town-meetings-2022,2021,一般財源,事業費,300,290\n\
        town-meetings-2022,2022,一般財源,事業費,350,330\n\
        town-meetings-2022,2022,国庫支出金,事業費,100,90\n\
        town-meetings-2022,2022,一般財源,人件費,80,80\n";
    // The later sheet repeats 2021, corrects what was settled in 2022, and says nothing of its
    // budget.
    let new = "measure,fiscal_year,source,category,budget,settled\n\
        town-meetings-2023,2021,一般財源,事業費,300,290\n\
        town-meetings-2023,2022,一般財源,事業費,,345\n\
        town-meetings-2023,2022,国庫支出金,事業費,,90\n\
        town-meetings-2023,2023,一般財源,事業費,360,\n";
    let (files, said) = built(&[
        ("policies/2023/planning.toml", NEXT_YEAR),
        ("budgets/2022.csv", old),
        ("budgets/2023.csv", new),
    ]);
    assert!(said.iter().any(|said| said.starts_with("1 figure of earlier years")), "{said:?}");
    for page in ["measures/town-meetings-2022.html", "measures/town-meetings-2023.html"] {
        let row = |year: &str| {
            let from = files[page].find(&format!("data-year=\"{year}\"")).expect("the year");
            let money = files[page].find("id=\"budget\"").expect("the money");
            let from = from.max(
                money + files[page][money..].find(&format!("data-year=\"{year}\"")).expect("it"),
            );
            files[page][from..].split("</tr>").next().expect("a row").to_owned()
        };
        assert!(row("2021").contains(">300<") && row("2021").contains(">290<"), "{}", row("2021"));
        // 350 + 100 + 80, and 345 + 90 + 80.
        assert!(row("2022").contains(">530<") && row("2022").contains(">515<"), "{}", row("2022"));
        assert!(row("2023").contains(">360<"));
        assert!(files[page].contains("費目別の予算・決算"));
    }
    let rows = budget_rows(&files);
    let superseded = "town-meetings-2022,2022,一般財源,事業費,,330,superseded".to_owned();
    assert!(rows.contains(&superseded), "{rows:?}");
    assert!(rows.contains(&"town-meetings-2022,2022,一般財源,事業費,350,,".to_owned()), "{rows:?}");
    assert!(
        rows.contains(&"town-meetings-2022,2021,一般財源,事業費,300,290,superseded".to_owned())
    );
    // Whoever leaves out what is superseded sums every figure once.
    let settled = |year: &str| -> i64 {
        let rows = rows.iter().map(|row| row.split(',').collect::<Vec<_>>());
        let rows = rows.filter(|row| row[1] == year && row[6] != "superseded");
        rows.filter_map(|row| row[5].parse::<i64>().ok()).sum()
    };
    assert_eq!((settled("2021"), settled("2022")), (290, 515));
    let table = json(&files, "data/budgets/latest/budgets.json");
    assert_eq!(
        table["primary_key"],
        serde_json::json!(["measure", "fiscal_year", "source", "category", "superseded"])
    );
    // The table of measures has the figure of the measure's own year as the series knows it.
    let list = &files["measures/index.html"];
    assert!(list.contains(">515<") && list.contains(">530<"), "{list}");
}

#[test]
fn a_later_breakdown_takes_the_place_of_an_earlier_one() {
    let old = "measure,fiscal_year,source,budget,settled\n\
        town-meetings-2022,2022,一般財源,300,310\n\
        town-meetings-2022,2022,県支出金,50,30\n";
    let new = "measure,fiscal_year,source,budget,settled\n\
        town-meetings-2023,2022,,,345\n";
    let (files, _) = built(&[
        ("policies/2023/planning.toml", NEXT_YEAR),
        ("budgets/2022.csv", old),
        ("budgets/2023.csv", new),
    ]);
    let page = &files["measures/town-meetings-2022.html"];
    assert!(page.contains(">345<") && page.contains(">350<"), "the sum of either, not of both");
    assert!(!page.contains(">685<") && !page.contains(">655<"));
}

#[test]
fn indicators_take_each_year_from_the_latest_sheet() {
    let rows = |measure: &str, first: &str, second: &str| {
        format!(
            "measure,indicator,name,unit,better,fiscal_year,target,actual,status\n\
            {measure},meetings,開催回数,回,higher,2022,8,{first},\n\
            {measure},meetings,開催回数,回,higher,2023,9,{second},速報\n"
        )
    };
    let (old, new) = (rows("town-meetings-2022", "8", ""), rows("town-meetings-2023", "7", "9"));
    let (files, _) = built(&[
        ("policies/2023/planning.toml", NEXT_YEAR),
        ("indicators/2022.csv", &old),
        ("indicators/2023.csv", &new),
    ]);
    let page = &files["measures/town-meetings-2022.html"];
    let row = page.split("data-year=\"2022\"").nth(1).expect("the year").split("</tr>").next();
    assert!(row.is_some_and(|row| row.contains(">7<") && row.contains("87.5%")), "{row:?}");
    assert!(page.contains("速報値"));
    let table = json(&files, "data/indicators/latest/indicators.json");
    let statuses: Vec<(&str, &str)> = table["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["status"].as_str().unwrap_or(""), row["obs_status"].as_str().unwrap_or("")))
        .collect();
    assert!(statuses.contains(&("superseded", "")) && statuses.contains(&("provisional", "P")));
}

#[test]
fn a_status_says_why_there_is_no_figure() {
    let table = "measure,indicator,name,unit,fiscal_year,target,actual,status\n\
        town-meetings-2022,meetings,開催回数,回,2022,8,,秘匿\n\
        town-meetings-2022,voices,意見の数,件,2022,,12,推計\n";
    let (files, _) = built(&[("indicators/2022.csv", table)]);
    let page = &files["measures/town-meetings-2022.html"];
    assert!(page.contains("<span class=\"status\">秘匿</span>") && page.contains("推計値"));
    let measure = json(&files, "measures/town-meetings-2022.json");
    let year = |indicator: usize| &measure["indicators"][indicator]["years"][0];
    assert_eq!((&year(0)["status"], &year(0)["obs_status"]), (&"suppressed".into(), &"Q".into()));
    assert_eq!(year(1)["obs_status"], "E");
    let schema = json(&files, "schemas/measure.json");
    let years = &schema["properties"]["indicators"]["items"]["properties"]["years"]["items"];
    assert!(years["required"].as_array().is_some_and(|all| all.contains(&"obs_status".into())));
}

#[test]
fn a_text_that_stands_for_a_figure_gives_its_status() {
    let table = "measure,indicator,name,unit,fiscal_year,target,actual,status\n\
        town-meetings-2022,meetings,開催回数,回,2022,8,x,\n\
        town-meetings-2022,voices,意見の数,件,2022,-,,\n\
        town-meetings-2022,staff,職員の数,人,2022,…,12,推計\n";
    let declaration =
        "missing = { \"x\" = \"suppressed\", \"-\" = \"not-applicable\", \"…\" = \"unknown\" }\n";
    let (files, _) =
        built(&[("indicators/2022.csv", table), ("indicators/2022.csv.toml", declaration)]);
    let measure = json(&files, "measures/town-meetings-2022.json");
    let year = |indicator: usize| {
        let year = &measure["indicators"][indicator]["years"][0];
        (year["status"].as_str(), year["obs_status"].as_str(), year["actual"].as_i64())
    };
    assert_eq!(year(0), (Some("suppressed"), Some("Q"), None));
    assert_eq!(year(1), (Some("not-applicable"), Some("M"), None));
    assert_eq!(year(2), (Some("estimated"), Some("E"), Some(12)));
    let page = &files["measures/town-meetings-2022.html"];
    assert!(page.contains("<span class=\"status\">秘匿</span>"));
}

const COUNTS: &str = "\
id,title,users,users_said,seats
1,北,120,,30
2,南,x,,-
3,東,,調査なし,12
4,西,90,速報,12
";

#[test]
fn the_statuses_of_a_dataset_are_columns_of_their_own() {
    let dataset = "title = \"集会所\"\ndescription = \"集会所の一覧です。\"\nprimary_key = [\"title\"]\n\
        missing = { \"-\" = \"not-applicable\" }\n\
        [[columns]]\nname = \"id\"\ntype = \"code\"\n\
        [[columns]]\nname = \"users\"\ntitle = \"利用者\"\ntitle_en = \"Users\"\nheader = \"users\"\n\
        type = \"integer\"\nunit = \"人\"\nstatus = \"users_said\"\nmissing = { \"x\" = \"suppressed\" }\n\
        [[columns]]\nname = \"title\"\n\
        [[columns]]\nname = \"seats\"\ntype = \"integer\"\nunit = \"席\"\n";
    let (files, said) =
        built(&[("datasets/counts/dataset.toml", dataset), ("datasets/counts/counts.csv", COUNTS)]);
    assert!(said.iter().all(|line| !line.contains("counts")), "{said:?}");
    let csv = "\
        id,users,users_status,users_obs_status,title,seats,seats_status,seats_obs_status\r\n\
        1,120,,,北,30,,\r\n\
        2,,suppressed,Q,南,,not-applicable,M\r\n\
        3,,not-collected,L,東,12,,\r\n\
        4,90,provisional,P,西,12,,\r\n";
    let published = files["data/counts/latest/counts.csv"].replace('\u{feff}', "");
    assert_eq!(published.replace("\r\n", "\n"), csv.replace("\r\n", "\n"));
    let described = json(&files, "data/counts/latest/counts.json");
    assert_eq!(described["primary_key"], serde_json::json!(["title"]));
    let columns = described["columns"].as_array().expect("columns");
    let status =
        columns.iter().find(|column| column["name"] == "users_status").expect("it is there");
    assert_eq!(
        (&status["title"], &status["title_en"]),
        (&"利用者の状態".into(), &"Users: status".into())
    );
    assert!(status["values"].as_array().is_some_and(|all| all.contains(&"suppressed".into())));
    let schema = json(&files, "schemas/data/counts.json");
    let row = &schema["$defs"]["row"]["properties"]["users_status"]["enum"];
    assert!(row.as_array().is_some_and(|all| all.contains(&"provisional".into())), "{row}");
    // Pages say it in words, in their language.
    let page = &files["data/counts.html"];
    assert!(page.contains("秘匿") && page.contains("速報値"), "no words for statuses");
    assert!(page.contains("x（秘匿）"), "the dictionary does not say what x stands for");
}

#[test]
fn a_form_keeps_the_status_of_what_it_does_not_find() {
    let form = "files = \"sheets/{year}/list.csv\"\nheader = 1\n\
        missing = { \"x\" = \"suppressed\", \"-\" = \"not-applicable\", \"…\" = \"unknown\" }\n\
        [measure]\nid = { column = \"番号\", prefix = \"{year}-\" }\ntitle = { column = \"施策名\" }\n\
        department = { column = \"課\" }\n\
        [[blocks]]\nbudgets = [{ column = \"国\", source = \"国庫支出金\", as = \"settled\" }, \
        { column = \"市\", source = \"一般財源\", as = \"settled\" }]\ntotals = [{ column = \"計\", of = \"budgets\" }]\n\
        indicators = [{ id = \"a\", better = \"higher\", name = \"回数\", unit = \"回\", actual = \"実績\" }]\n";
    let departments =
        std::fs::read_to_string(sound_site().join("content/departments.csv")).expect("a table");
    let department = departments.lines().nth(1).and_then(|line| line.split(',').next());
    let department = department.expect("a department");
    let sheet = format!(
        "番号,施策名,課,国,市,計,実績\n\
        1,道の点検,{department},10,20,30,5\n2,橋の点検,{department},x,20,50,-\n3,街灯の点検,{department},…,20,20,…\n"
    );
    let (files, _) = built(&[("forms/list.toml", form), ("sheets/2022/list.csv", &sheet)]);
    let budgets = &files["data/budgets/latest/budgets.csv"];
    let of = |id: &str| -> Vec<&str> {
        budgets.lines().filter(|line| line.contains(&format!(",{id},"))).collect()
    };
    assert_eq!(of("2022-1").len(), 2, "{budgets}");
    assert!(of("2022-2")[0].contains("suppressed,Q"), "{budgets}");
    assert_eq!(of("2022-3").len(), 1, "an unknown amount is no row: {budgets}");
    let measure = json(&files, "measures/2022-2.json");
    assert_eq!(measure["indicators"][0]["years"][0]["status"], "not-applicable");
    assert_eq!(json(&files, "measures/2022-3.json")["indicators"], serde_json::json!([]));

    // The plain tables that take the place of the form say it too.
    let folder = temporary();
    write(&folder.path().join("content/forms/list.toml"), form);
    write(&folder.path().join("content/sheets/2022/list.csv"), &sheet);
    let arguments = ["forms", "write", "--root"].map(std::ffi::OsStr::new).into_iter();
    let said = support::run(arguments.chain([folder.path().as_os_str()]));
    assert_eq!(said.0, 0, "{}", said.2);
    let written = std::fs::read_to_string(folder.path().join("content/budgets/list.csv"));
    let written = written.expect("a table");
    assert!(written.contains("2022-2,2022,国庫支出金,,,suppressed"), "{written}");
}

const PLAN: &str = "\
id,parent,code,title
safety,,1,安全なまち
drills,safety,1-1,備えるまち
";

const OF_NODES: &str = "\
計画,指標ID,指標名,指標名_英字,単位,種別,望ましい方向,年度,基準値,目標値,実績値,出典
safety,stock,備蓄をする市民の割合,Residents with supplies,%,outcome,higher,2021,40,45,44.5,市民意識調査
safety,stock,備蓄をする市民の割合,Residents with supplies,%,outcome,higher,2022,,50,51,
安全なまち › 備えるまち,groups,自主防災組織の数,,団体,活動,,2022,,,12,
";

#[test]
fn nodes_of_the_plan_have_indicators_of_their_own() {
    let (files, _) = built(&[("plan.csv", PLAN), ("plan-indicators/2022.csv", OF_NODES)]);
    let page = &files["plan/safety.html"];
    for text in ["備蓄をする市民の割合", "高いほど良い", "市民意識調査", "chart.css", "<svg"]
    {
        assert!(page.contains(text), "{text} is not on the page: {page}");
    }
    assert!(page.contains("<td class=\"number\">102.0%</td>"), "{page}");
    let below = &files["plan/drills.html"];
    assert!(below.contains("自主防災組織の数") && !below.contains("備蓄をする"), "{below}");
    let table = json(&files, "data/plan-indicators/latest/plan-indicators.json");
    assert_eq!(table["primary_key"], serde_json::json!(["plan", "indicator", "fiscal_year"]));
    let rows = table["rows"].as_array().expect("rows");
    let keys: Vec<(&str, &str, i64)> = rows
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().expect("a text");
            (text("plan"), text("indicator"), row["fiscal_year"].as_i64().expect("a year"))
        })
        .collect();
    assert_eq!(
        keys,
        [("safety", "stock", 2021), ("safety", "stock", 2022), ("drills", "groups", 2022)]
    );
    assert_eq!(rows[1]["actual"], 51);
    assert_eq!(rows[2]["kind_label"], "活動指標");
    assert!(rows[0]["url"].as_str().expect("an address").ends_with("/plan/safety.html"));
    assert!(files.contains_key("schemas/data/plan-indicators.json"));
    assert!(files["openapi.json"].contains("plan-indicators"));
    // A city whose plan has no indicators has no such table, and no heading for them.
    let (files, _) = built(&[("plan.csv", PLAN)]);
    assert!(!files.keys().any(|path| path.contains("plan-indicators")));
    assert!(!files["plan/safety.html"].contains("id=\"indicators\""));
}

#[test]
fn measures_stand_in_their_table_with_the_way_down_the_plan() {
    let walks = "施策ID,年度,部局,施策名,計画\nwalks-2022,2022,福祉部,まち歩き,drills\n";
    let (files, _) = built(&[("plan.csv", PLAN), ("measures/R4.csv", walks)]);
    let page = &files["measures/index.html"];
    assert!(page.contains("data-column=\"plan\""), "{page}");
    assert!(page.contains("安全なまち") && page.contains("備えるまち"), "{page}");
    // Where no measure belongs to a node there is no such column.
    let (files, _) = built(&[("plan.csv", PLAN)]);
    assert!(!files["measures/index.html"].contains("data-column=\"plan\""));
}

/// The messages of the errors of the site with these files over the sound one.
fn errors(files: &[(&str, &str)]) -> Vec<String> {
    let folder = temporary();
    let content = folder.path().join("content");
    copy(&sound_site().join("content"), &content);
    for (path, text) in files {
        write(&content.join(path), text);
    }
    let options = kawaraban::pipeline::BuildOptions::default();
    let built = kawaraban::pipeline::assemble(folder.path(), &options);
    let errors = built.diagnostics.iter();
    errors
        .filter(|problem| problem.code.severity == kawaraban::diagnostic::Severity::Error)
        .map(|problem| problem.message.en.clone())
        .collect()
}

#[test]
fn an_indicator_of_no_node_and_one_given_twice_are_errors() {
    let table = "計画,指標ID,指標名,年度,実績値\n\
                 safty,stock,備蓄,2021,1\nsafety,stock,備蓄,2022,1\n安全なまち,stock,備蓄,2022,2\n,stock,備蓄,2022,3\n";
    assert_eq!(
        errors(&[("plan.csv", PLAN), ("plan-indicators/2022.csv", table)]),
        [
            "`計画` is blank in row 5",
            "there is no node `safty` of the plan",
            "there is already a row for safety, stock, fiscal year 2022",
        ]
    );
}

const SHEET: &str = "\
施策評価シート,,,
政策,安全なまち,,
施策,備えるまち,,
区分,R3年度,R4年度,R5年度
自主防災組織の数（団体）,,,
目標,10,12,14
実績,9,12,
";

const FORM: &str = r#"
files = "nodes/{year}/*.csv"
[node]
plan = { path = [{ label = "政策" }, { label = "施策" }] }
[years]
row = { match = 'R\d+年度', least = 3 }
[[indicators]]
start = { match = '^(?<name>.+)（(?<unit>.+)）$' }
target = { row = "目標", below = 1 }
actual = { row = "実績", below = 2 }
each = [{ id = "groups", kind = "activity", better = "higher" }]
[private]
labels = ["施策評価シート", "区分"]
"#;

#[test]
fn a_form_reads_the_indicators_of_nodes() {
    let files = [("plan.csv", PLAN), ("forms/nodes.toml", FORM), ("nodes/2022/1.csv", SHEET)];
    let (files, _) = built(&files);
    let table = json(&files, "data/plan-indicators/latest/plan-indicators.json");
    let figures: Vec<(&Value, &Value, &Value)> = table["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (&row["fiscal_year"], &row["target"], &row["actual"]))
        .collect();
    let number = |number: i64| Value::from(number);
    let wanted = [(2021, 10, Some(9)), (2022, 12, Some(12)), (2023, 14, None)];
    let wanted = wanted.map(|(year, target, actual)| {
        (number(year), number(target), actual.map_or(Value::Null, number))
    });
    let wanted: Vec<(&Value, &Value, &Value)> =
        wanted.iter().map(|(year, target, actual)| (year, target, actual)).collect();
    assert_eq!(figures, wanted);
    assert_eq!(table["rows"][0]["plan"], "drills");
    // A node that is not there is told once for all figures of its worksheet.
    let other = SHEET.replace("備えるまち", "備えたまち");
    let problems =
        errors(&[("plan.csv", PLAN), ("forms/nodes.toml", FORM), ("nodes/2022/1.csv", &other)]);
    assert_eq!(problems, ["there is no node `安全なまち › 備えたまち` of the plan"]);
    let nameless = SHEET.replace("備えるまち", "").replace("安全なまち", "");
    let problems =
        errors(&[("plan.csv", PLAN), ("forms/nodes.toml", FORM), ("nodes/2022/1.csv", &nameless)]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let money = format!("{FORM}[[budgets]]\nsource = [\"一般財源\"]\n")
        .replace("[node]\n", "[node]\ntitle = { label = \"施策\" }\n");
    let problems =
        errors(&[("plan.csv", PLAN), ("forms/nodes.toml", &money), ("nodes/2022/1.csv", SHEET)]);
    assert_eq!(
        problems,
        [
            "a form of nodes of the plan cannot read `title`",
            "a form of nodes of the plan cannot read money",
        ]
    );
}

#[test]
fn a_lone_value_is_a_figure_and_no_table() {
    let (files, _) = built(&[
        (
            "indicators/2022.csv",
            "measure,indicator,name,unit,fiscal_year,actual,note\ntown-meetings-2022,meetings,開催回数,回,2022,8,延期を含む\n",
        ),
        (
            "budgets/2022.csv",
            "measure,fiscal_year,budget,settled,note\ntown-meetings-2022,2022,9400,,補正を含む\n",
        ),
    ]);
    let page = &files["measures/town-meetings-2022.html"];
    let section = |id: &str| {
        let from = page.find(&format!("<section aria-labelledby=\"{id}\"")).expect("the section");
        page[from..].split("</section>").next().expect("its text")
    };
    for (id, value, note) in [("indicators", "8", "延期を含む"), ("budget", "9,400", "補正を含む")]
    {
        let shown = section(id);
        assert!(shown.contains(&format!("<strong>{value}</strong>")), "{shown}");
        assert!(shown.contains(note) && !shown.contains("<table"), "{shown}");
    }
}

#[test]
fn sums_of_money_say_what_they_leave_out_and_count_a_measure_once() {
    let policy =
        |measures: &str| format!("fiscal_year = 2022\ndepartment = \"planning\"\n{measures}");
    let measure = |id: &str, topics: &str| {
        format!(
            "[[measures]]\nid = \"{id}\"\nseries = \"{id}\"\ntitle = \"{id}の施策\"\ntopics = [{topics}]\n"
        )
    };
    let both = measure("one", "\"community\", \"paths\"")
        + &measure("two", "\"community\"")
        + &measure("town-meetings-2022", "\"paths\"");
    let (files, _) = built(&[
        ("policies/2022/planning.toml", &policy(&both)),
        ("topics.csv", "id,name\ncommunity,地域づくり\npaths,道\n"),
        ("indicators/2022.csv", "measure,indicator,name,fiscal_year,actual\n"),
        (
            "budgets/2022.csv",
            "measure,fiscal_year,budget,settled,source\none,2022,300,200,一般財源\ntwo,2022,100,100,市債\n",
        ),
    ]);
    let page = &files["money/2022.html"];
    let lead = page.split("class=\"lead\">").nth(1).expect("the lead").split("</p>").next();
    let lead = lead.expect("its text").replace("<wbr>", "");
    assert!(lead.contains("30万円") && lead.contains("40万円"), "{lead}");
    assert!(page.contains("3件のうち1件"), "one measure has no amount");
    let amounts: Vec<&str> = page
        .split("<span class=\"amount\">")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    // Topics: both have the first measure; the largest measures and the sources have it once.
    assert!(page.contains("それぞれの分野に含めています"));
    assert!(amounts.contains(&"30万円") && amounts.contains(&"20万円"), "{amounts:?}");
}

#[test]
fn the_table_of_measures_has_no_column_without_figures() {
    let heads = |files: &[(&str, &str)]| {
        let (files, _) = built(files);
        let page = &files["measures/index.html"];
        let head = page.split("<thead>").nth(1).and_then(|rest| rest.split("</thead>").next());
        let first = page.split("<tbody>").nth(1).and_then(|rest| rest.split("</tr>").next());
        let (head, first) = (head.unwrap_or_default(), first.unwrap_or_default());
        let cells = first.matches("<td").count() + first.matches("<th").count();
        assert_eq!(cells, head.matches("<th").count(), "{head}\n{first}");
        ["topics", "budget", "settled", "indicators"]
            .map(|name| head.contains(&format!("data-column=\"{name}\"")))
    };
    assert_eq!(heads(&[]), [true; 4]);
    let budgets =
        "measure,fiscal_year,budget,settled,source,note\ntown-meetings-2022,2022,350,,一般財源,\n";
    assert_eq!(heads(&[("budgets/2022.csv", budgets)]), [true, true, false, true]);
    let indicators = "measure,indicator,name,unit,better,fiscal_year,baseline,target,actual,note\n";
    let none = [("indicators/2022.csv", indicators)];
    assert_eq!(heads(&none), [true, true, true, false]);
}

#[test]
fn the_unit_of_an_indicator_is_said_in_the_language_of_the_page() {
    let settings = std::fs::read_to_string(sound_site().join("content/site.toml"));
    let settings = format!("languages = [\"ja\", \"en\"]\n{}", settings.expect("settings"));
    // The newest row need not repeat the unit in English.
    let rows = "measure,indicator,name,name_en,unit,unit_en,better,fiscal_year,target,actual\n\
                town-meetings-2022,meetings,開催回数,Meetings,回,<b>times</b>,higher,2021,8,4\n\
                town-meetings-2022,meetings,開催回数,Meetings,回,,higher,2022,8,12\n\
                town-meetings-2022,voices,意見の数,Voices,件,,higher,2021,8,-4\n\
                town-meetings-2022,voices,意見の数,Voices,件,,higher,2022,8,12\n";
    let page = "+++\ntitle = \"n\"\n+++\n\n```number\nindicator = \"meetings\"\n```\n";
    let (files, _) =
        built(&[("site.toml", &settings), ("indicators/2022.csv", rows), ("pages/n.md", page)]);
    let measure = |language: &str| &files[&format!("{language}measures/town-meetings-2022.html")];
    assert!(measure("").contains("12回"), "{}", measure(""));
    assert!(measure("en/").contains("12 &lt;b&gt;times&lt;/b&gt;"), "{}", measure("en/"));
    assert!(
        measure("en/").contains("<span lang=\"ja\">件</span>"),
        "what is not translated is marked"
    );
    assert!(!measure("en/").contains("<b>times"), "{}", measure("en/"));
    assert!(files["en/n.html"].contains("<span class=\"unit\">&lt;b&gt;times&lt;/b&gt;</span>"));
    let meetings = &json(&files, "measures/town-meetings-2022.json")["indicators"][0];
    assert_eq!((&meetings["unit"], &meetings["unit_en"]), (&"回".into(), &"<b>times</b>".into()));
    assert!(columns(&files, "indicators").contains(&"unit_english".to_owned()));
}
