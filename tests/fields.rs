//! Fields that a site declares: from tables and TOML to pages, search and every published file.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use kawaraban::pipeline;
use kawaraban::policy::{Of, published};
use serde_json::Value;
use support::{built_texts, copy, sound_site, temporary, write};

/// A field of every type, and of every owner.
const FIELDS: &str = r#"
[[fields]]
id = "purpose"
of = "measure"
label = "目的"
label_en = "Purpose"
type = "markdown"
search = true

[[fields]]
id = "legal-basis"
of = "measure"
label = "根拠法令"
type = "text"
place = "details"
search = true

[[fields]]
id = "method"
of = "measure"
label = "実施方法"
type = "choice"
choices = [{ id = "own", label = "直営", label_en = "City staff" }, { id = "contract", label = "委託" }]
filter = true

[[fields]]
id = "accounts"
of = "measure"
label = "会計科目"
type = "list"
filter = true

[[fields]]
id = "staff"
of = "measure"
label = "従事職員数"
type = "number"
unit = "人"

[[fields]]
id = "began"
of = "measure"
label = "開始年度"
type = "fiscal_year"

[[fields]]
id = "open"
of = "measure"
label = "市民参加"
type = "yes-no"
filter = true

[[fields]]
id = "number"
of = "measure"
label = "整理番号"
type = "code"
place = "data"

[[fields]]
id = "need"
of = "result"
label = "必要性"
label_en = "Need"
type = "choice"
choices = [{ id = "high", label = "高い", tone = "good" }, { id = "low", label = "低い", tone = "poor" }]
reason = true
group = "観点別の評価"
filter = true

[[fields]]
id = "reviewed"
of = "result"
label = "評価日"
type = "date"

[[fields]]
id = "survey"
of = "indicator"
label = "調査名"
type = "text"

[[fields]]
id = "item"
of = "budget"
label = "節"
type = "text"

[[fields]]
id = "plan-page"
of = "policy"
label = "計画のページ"
type = "url"

[[fields]]
id = "site"
of = "department"
label = "部局のページ"
type = "url"
"#;

const MEASURES: &str = "\
施策ID,年度,部局,施策名,達成度,実績,目的,根拠法令,実施方法,会計科目,従事職員数,開始年度,市民参加,整理番号,必要性,必要性の理由,評価日
walks-2022,令和4年度,福祉部,まち歩き,目標どおり達成,歩きました。,健康をつくる。,介護保険法,委託,一般会計・民生費；介護保険・地域支援,2.5人,平成16年度,○,0042,低い,参加が限られます。,2023/6/1
";

const POLICY: &str = r#"
department = "planning"
fiscal_year = 2023

[fields]
plan-page = "https://www.example.jp/plan"

[[measures]]
id = "town-meetings-2023"
title = "まちづくり懇談会の開催"

[measures.fields]
purpose = "声を**聞く**。"
purpose_en = "To **listen**."
method = "own"
accounts = ["一般会計・総務費"]
staff = 3
open = false

[measures.result]
rating = "met"

[measures.result.fields]
need = "高い"
need_reason = "地区ごとに違う声があります。"
need_reason_en = "Each district has its own voice."
"#;

/// The site with these fields, as published: texts by their paths.
fn built() -> BTreeMap<String, String> {
    let folder = temporary();
    let content = folder.path().join("content");
    copy(&sound_site().join("content"), &content);
    let put = |path: &str, text: &str| write(&content.join(path), text);
    put("fields.toml", FIELDS);
    put("measures/R4.csv", MEASURES);
    put("policies/2023/planning.toml", POLICY);
    replaced(&content.join("site.toml"), "base_url", "languages = [\"ja\", \"en\"]\nbase_url");
    replaced(&content.join("indicators/2022.csv"), ",note\n", ",note,調査名\n");
    replaced(&content.join("indicators/2022.csv"), "4,8,8,\n", "4,8,8,,市民意識調査\n");
    replaced(&content.join("budgets/2022.csv"), ",note\n", ",note,節\n");
    replaced(&content.join("budgets/2022.csv"), "一般財源,\n", "一般財源,,委託料\n");
    replaced(&content.join("departments.csv"), "successor\n", "successor,部局のページ\n");
    replaced(
        &content.join("departments.csv"),
        "2010-04-01,,\n",
        "2010-04-01,,,https://www.example.jp/\n",
    );
    built_texts(folder.path()).0
}

fn replaced(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).expect("a text");
    assert!(text.contains(from), "{from} is not in {}", path.display());
    std::fs::write(path, text.replace(from, to)).expect("written");
}

/// The row of a CSV file whose second cell is `id`, by the names of the columns.
fn row<'f>(
    files: &'f BTreeMap<String, String>,
    path: &str,
    id: &str,
) -> BTreeMap<&'f str, &'f str> {
    let mut lines = files[path].lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let found = lines.find(|line| line.get(1) == Some(&id)).expect("the row is there");
    header.into_iter().zip(found).collect()
}

#[test]
fn fields_are_columns_of_the_published_tables_and_lists_tables_of_their_own() {
    let files = built();
    let measure = row(&files, "data/measures/latest/measures.csv", "walks-2022");
    for (column, cell) in [
        ("legal_basis", "介護保険法"),
        ("method", "contract"),
        ("method_label", "委託"),
        ("staff", "2.5"),
        ("began", "2004"),
        ("open", "true"),
        ("number", "0042"),
    ] {
        assert_eq!(measure.get(column), Some(&cell), "{column}: {measure:?}");
    }
    // No cell holds a list, and paragraphs stand in the table of texts.
    assert!(!measure.contains_key("accounts") && !measure.contains_key("purpose"));
    let texts = &files["data/measures/latest/measures_text.csv"];
    assert!(texts.contains("purpose") && texts.contains("健康をつくる。"), "{texts}");
    // English texts stand beside them, where any row has one.
    assert!(texts.contains("purpose,purpose_en") && texts.contains("To **listen**."), "{texts}");
    assert!(!measure.contains_key("legal_basis_en"), "{measure:?}");
    let meeting = row(&files, "data/measures/latest/measures.csv", "town-meetings-2023");
    assert_eq!((measure["method_label_en"], meeting["method_label_en"]), ("", "City staff"));
    let measures: Value =
        serde_json::from_str(&files["data/measures/latest/measures.json"]).expect("JSON");
    let titles = measures["columns"].as_array().expect("columns").iter();
    let english = titles.filter(|column| column["name"] == "purpose_en");
    let english: Vec<&Value> = english.map(|column| &column["title_en"]).collect();
    assert_eq!(english, ["Purpose in English"]);
    let list = &files["data/measure-accounts/latest/measure-accounts.csv"];
    let (meetings, walks) = (
        "https://data.city.mihon.example/measures/town-meetings-2023.html",
        "https://data.city.mihon.example/measures/walks-2022.html",
    );
    let expected = format!(
        "localgov_code,measure,position,accounts,url\r\n\
        999997,town-meetings-2023,1,一般会計・総務費,{meetings}\r\n\
        999997,walks-2022,1,一般会計・民生費,{walks}\r\n\
        999997,walks-2022,2,介護保険・地域支援,{walks}\r\n"
    );
    assert_eq!(*list, expected);

    let result = row(&files, "data/results/latest/results.csv", "walks-2022");
    assert_eq!((result["need"], result["need_label"]), ("low", "低い"));
    assert_eq!(result["reviewed"], "2023-06-01");
    assert!(files["data/results/latest/results_text.csv"].contains("参加が限られます。"));
    assert!(
        files["data/results/latest/results_text.csv"].contains("Each district has its own voice.")
    );
    let indicators = row(&files, "data/indicators/latest/indicators.csv", "town-meetings-2022");
    assert_eq!(indicators["survey"], "市民意識調査");
    let budgets = row(&files, "data/budgets/latest/budgets.csv", "town-meetings-2022");
    assert_eq!(budgets["item"], "委託料");
    let policy = row(&files, "data/policies/latest/policies.csv", "2023-planning");
    assert_eq!(policy["plan_page"], "https://www.example.jp/plan");
    let department = row(&files, "data/departments/latest/departments.csv", "planning");
    assert_eq!(department["site"], "https://www.example.jp/");
}

#[test]
fn fields_stand_in_json_and_its_schema() {
    let files = built();
    let json = |path: &str| -> Value { serde_json::from_str(&files[path]).expect("JSON") };
    let measure = json("measures/town-meetings-2023.json");
    let fields = &measure["fields"];
    assert_eq!(fields["purpose"], "声を**聞く**。");
    assert_eq!(fields["purpose_en"], "To **listen**.");
    assert_eq!(fields["accounts"], serde_json::json!(["一般会計・総務費"]));
    assert_eq!((&fields["staff"], &fields["open"]), (&3.into(), &false.into()));
    assert_eq!(fields["began"], Value::Null);
    let result = &measure["result"]["fields"];
    assert_eq!((&result["need"], &result["need_label"]), (&"high".into(), &"高い".into()));
    assert_eq!(result["need_label_en"], Value::Null);
    assert_eq!(result["need_reason_en"], "Each district has its own voice.");
    let schema = &json("schemas/measure.json")["properties"]["fields"];
    assert_eq!(
        schema["properties"]["method"]["enum"],
        serde_json::json!(["own", "contract", null])
    );
    assert_eq!(schema["additionalProperties"], false);
    let names: Vec<&String> = fields.as_object().expect("an object").keys().collect();
    let declared: Vec<&String> = schema["properties"].as_object().expect("one").keys().collect();
    assert_eq!(names, declared);
    let package = json("data/measures/latest/datapackage.json");
    let columns = package["resources"][0]["schema"]["fields"].as_array().expect("fields");
    let method = columns.iter().find(|column| column["name"] == "method").expect("the column");
    assert_eq!(method["title"], "実施方法");
    assert_eq!(method["categories"][1]["label"], "委託");
}

#[test]
fn fields_are_shown_by_place_group_and_tone() {
    let files = built();
    let page = &files["measures/walks-2022.html"];
    for shown in [
        "観点別の<wbr>評価</h3>",
        "class=\"rating poor\"",
        "参加が限られます。",
        "2004年度",
        "<li>介護保険・地域支援</li>",
        "2.5 人",
    ] {
        assert!(page.contains(shown), "{shown} is not on the page");
    }
    assert!(!page.contains("整理番号"), "data alone");
    let (before, details) = page.split_once("そのほかの項目").expect("a folded part");
    assert!(details.contains("根拠法令") && !before.contains("根拠法令"));
    let english = &files["en/measures/town-meetings-2023.html"];
    assert!(english.contains("To <strong>listen</strong>.") && english.contains("City staff"));
    assert!(english.contains("Each district has its own voice."));
    assert!(files["departments/planning.html"].contains("href=\"https://www.example.jp/\""));
    assert!(files["policies/2023-planning.html"].contains("href=\"https://www.example.jp/plan\""));
    let figures = &files["measures/town-meetings-2022.html"];
    assert!(figures.contains("市民意識調査") && figures.contains("委託料"));
    // A measure without fields has no heading of any.
    assert!(!figures.contains("観点別の") && !figures.contains("実施方法"));
}

#[test]
fn measures_are_filtered_by_fields_in_the_search_and_in_the_table() {
    let files = built();
    let manifest: Value = serde_json::from_str(&files["search/manifest.json"]).expect("JSON");
    let own = manifest["labels"]["own"].as_array().expect("facets of the site");
    let ids: Vec<&str> = own.iter().filter_map(|facet| facet["facet"].as_str()).collect();
    assert_eq!(ids, ["f-method", "f-accounts", "f-open", "f-need"]);
    assert_eq!(manifest["labels"]["f-need"][0]["tone"], "good");
    assert_eq!(manifest["labels"]["f-accounts"].as_array().map(Vec::len), Some(3));
    let table: Value =
        serde_json::from_str(&files["tables/measures.ja/manifest.json"]).expect("JSON");
    let columns = table["columns"].as_array().expect("columns");
    let column = |name: &str| columns.iter().find(|column| column["name"] == name);
    assert_eq!(column("need").expect("a column")["tones"]["低い"], "poor");
    assert_eq!(column("accounts").expect("a column")["separator"], "\n");
    assert!(column("legal_basis").is_none());
    let page = &files["measures/index.html"];
    assert!(page.contains("data-column=\"method\"") && page.contains("<td>委託</td>"), "{page}");
}

#[test]
fn names_that_fields_cannot_have_are_those_of_the_published_columns() {
    let built =
        pipeline::build(&sound_site(), &pipeline::BuildOptions::default(), &pipeline::Silent);
    let artifacts = built.artifacts.expect("the site is whole");
    for (id, of) in [
        ("departments", Of::Department),
        ("policies", Of::Policy),
        ("measures", Of::Measure),
        ("results", Of::Result),
        ("indicators", Of::Indicator),
        ("budgets", Of::Budget),
    ] {
        let path = format!("data/{id}/latest/{id}.json");
        let file = artifacts.iter().find(|artifact| artifact.path == path).expect("the table");
        let table: Value = serde_json::from_slice(&file.body.whole()).expect("JSON");
        let columns = table["columns"].as_array().expect("columns").iter();
        let names: Vec<&str> = columns.filter_map(|column| column["name"].as_str()).collect();
        // Columns that no row fills are left out, and are no names for fields either.
        let reserved = published(of);
        assert!(names.iter().all(|name| reserved.contains(name)), "{id}: {names:?}");
        assert!(table["columns"].as_array().is_some_and(|columns| !columns.is_empty()));
    }
}

#[test]
fn nodes_of_the_plan_have_fields_too() {
    let folder = temporary();
    let content = folder.path().join("content");
    copy(&sound_site().join("content"), &content);
    let put = |path: &str, text: &str| write(&content.join(path), text);
    put(
        "fields.toml",
        "[[fields]]\nid = \"vision\"\nof = \"plan\"\nlabel = \"めざす姿\"\nlabel_en = \"Vision\"\ntype = \"text\"\n\
         [[fields]]\nid = \"state\"\nof = \"plan\"\nlabel = \"進み具合\"\ntype = \"choice\"\nreason = true\n\
         choices = [{ id = \"good\", label = \"順調\", tone = \"good\" }]\n\
         [[fields]]\nid = \"laws\"\nof = \"plan\"\nlabel = \"関連法令\"\ntype = \"list\"\n",
    );
    put(
        "plan.csv",
        "id,parent,title,めざす姿,vision_en,進み具合,進み具合の理由,laws\n\
         safety,,安心して暮らせるまち,だれもが備えている。,All are prepared.,順調,訓練が定着した。,災害対策基本法；消防法\n\
         talks,safety,市民との対話,,,,,\n",
    );
    let walks = "施策ID,年度,部局,施策名,計画\nwalks-2022,2022,福祉部,まち歩き,talks\n";
    put("measures/R4.csv", walks);
    let files = built_texts(folder.path()).0;
    let plan = &files["data/plan/latest/plan.csv"];
    let mut lines = plan.lines();
    let header = lines.next().expect("a header");
    assert!(header.ends_with("title,url,vision,vision_en,state,state_label"), "{header}");
    let first = lines.next().expect("a node");
    assert!(first.ends_with("だれもが備えている。,All are prepared.,good,順調"), "{first}");
    assert!(files["data/plan-laws/latest/plan-laws.csv"].contains("safety,2,消防法"));
    let page = &files["plan/safety.html"];
    let shown =
        ["めざす<wbr>姿", "だれもが備えている。", "rating good", "訓練が定着した。", "消防法"];
    for text in shown {
        assert!(page.contains(text), "{text} is not on the page: {page}");
    }
    // A node that says nothing of them shows nothing of them.
    assert!(!files["plan/talks.html"].contains("めざす<wbr>姿"));
    let schema: Value = serde_json::from_str(&files["schemas/data/plan.json"]).expect("JSON");
    assert!(schema["$defs"]["row"]["properties"]["state"]["enum"].is_array());
    let reserved = published(Of::Plan);
    let columns = header
        .split(',')
        .filter(|name| !["vision", "vision_en", "state", "state_label"].contains(name));
    assert!(columns.into_iter().all(|name| reserved.contains(&name)), "{header}");
}
