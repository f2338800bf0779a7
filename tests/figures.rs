//! Figures of indicators and money: kinds, directions, descriptions, categories, sums and status.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;

use kawaraban::diagnostic::Severity;
use kawaraban::pipeline;
use serde_json::Value;
use support::{copy, sound_site, temporary, write};

/// The site with these files over the sound one: its texts by their paths, and what was said.
fn built(files: &[(&str, &str)]) -> (BTreeMap<String, String>, Vec<String>) {
    let folder = temporary();
    let content = folder.path().join("content");
    copy(&sound_site().join("content"), &content);
    for (path, text) in files {
        write(&content.join(path), text);
    }
    let built = pipeline::build(folder.path(), &pipeline::Options::default(), &pipeline::Silent);
    let said: Vec<String> = built.diagnostics.iter().map(|d| d.message.en.clone()).collect();
    assert_eq!(built.diagnostics.count(Severity::Error), 0, "{said:?}");
    let artifacts = built.artifacts.expect("the site is whole").into_iter();
    let text = |artifact: kawaraban::artifact::Artifact| {
        let text = String::from_utf8(artifact.body.whole().into_owned()).ok()?;
        Some((artifact.path, text))
    };
    (artifacts.filter_map(text).collect(), said)
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
    let order = ["活動指標", "開催回数", "成果指標", "意見の数", "投入指標", "職員の数"].map(at);
    assert!(order.is_sorted(), "{order:?}");
    assert!(at("職員の数") < at("そのほかの<wbr>指標"));
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
