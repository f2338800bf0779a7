//! How the built-in tables are related: keys without blanks, tables instead of lists, references to
//! rows that are there.
//!
//! Whether the tables of the sample keep to their keys is seen by DuckDB and other tools
//! (`tests/validators`).

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::{built_texts, copy, sound_site, temporary, write};

/// The texts of the site with these files over the sound one.
fn built(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let folder = temporary();
    let content = folder.path().join("content");
    copy(&sound_site().join("content"), &content);
    for (path, text) in files {
        write(&content.join(path), text);
    }
    built_texts(folder.path()).0
}

fn table(files: &BTreeMap<String, String>, id: &str) -> Value {
    serde_json::from_str(&files[&format!("data/{id}/latest/{id}.json")]).expect("JSON")
}

fn has(files: &BTreeMap<String, String>, id: &str) -> bool {
    files.contains_key(&format!("data/{id}/latest/{id}.json"))
}

/// The cells of these columns, row by row.
fn cells(table: &Value, names: &[&str]) -> Vec<Vec<Value>> {
    let rows = table["rows"].as_array().expect("rows").iter();
    rows.map(|row| names.iter().map(|name| row[name].clone()).collect()).collect()
}

/// No cell of the primary key is blank, and no two rows have the same.
fn assert_keyed(table: &Value) {
    let key = table["primary_key"].as_array().expect("a key").iter();
    let key: Vec<&str> = key.filter_map(Value::as_str).collect();
    assert!(!key.is_empty());
    let mut rows = cells(table, &key);
    assert!(rows.iter().flatten().all(|cell| !cell.is_null()), "{key:?}: {rows:?}");
    let count = rows.len();
    rows.sort_by_key(|row| format!("{row:?}"));
    rows.dedup();
    assert_eq!(rows.len(), count, "{key:?}");
}

#[test]
fn money_that_is_not_broken_down_has_a_key_and_is_read_back_as_such() {
    let budgets = "measure,fiscal_year,budget\ntown-meetings-2022,2022,300\n";
    let files = built(&[("budgets/2022.csv", budgets)]);
    let table = table(&files, "budgets");
    assert_keyed(&table);
    assert_eq!(table["primary_key"], json!(["measure", "fiscal_year", "source"]));
    assert_eq!(cells(&table, &["source", "budget"]), [[json!("区分なし"), json!(300)]]);
    // The page and the JSON of the measure say nothing of it.
    let measure: Value =
        serde_json::from_str(&files["measures/town-meetings-2022.json"]).expect("JSON");
    assert_eq!(measure["budgets"][0]["source"], Value::Null);
    assert!(!files["measures/town-meetings-2022.html"].contains("区分なし"));

    let published = "measure,fiscal_year,source,category,budget\n\
        town-meetings-2022,2022,区分なし,not broken down,300\n";
    let again = built(&[("budgets/2022.csv", published)]);
    assert_eq!(again["data/budgets/latest/budgets.csv"], files["data/budgets/latest/budgets.csv"]);
}

#[test]
fn money_by_category_and_money_by_source_of_one_name_are_two_rows() {
    let budgets = "measure,fiscal_year,source,category,budget\n\
        town-meetings-2022,2022,その他,,100\n\
        town-meetings-2022,2022,,その他,200\n\
        town-meetings-2022,2022,,,300\n";
    let table = table(&built(&[("budgets/2022.csv", budgets)]), "budgets");
    assert_keyed(&table);
    let expected = [["その他", "区分なし"], ["区分なし", "その他"], ["区分なし", "区分なし"]];
    assert_eq!(cells(&table, &["source", "category"]), expected.map(|row| row.map(Value::from)));
}

#[test]
fn a_list_refers_to_the_whole_key_of_what_it_belongs_to() {
    let fields = "[[fields]]\nid = \"payees\"\nof = \"budget\"\nlabel = \"支出先\"\ntype = \"list\"\n\n\
        [[fields]]\nid = \"offices\"\nof = \"department\"\nlabel = \"窓口\"\ntype = \"list\"\n";
    let budgets = "measure,fiscal_year,source,category,budget,支出先\n\
        town-meetings-2022,2022,一般財源,事業費,100,甲社；乙社\n\
        town-meetings-2022,2022,,人件費,200,丙社\n";
    let departments =
        "id,name,name_kana,窓口\nplanning,企画部,キカクブ,本庁\nwelfare,福祉部,フクシブ,\n";
    let files = built(&[
        ("fields.toml", fields),
        ("budgets/2022.csv", budgets),
        ("departments.csv", departments),
    ]);
    let list = table(&files, "budget-payees");
    assert_keyed(&list);
    let key = ["measure", "fiscal_year", "source", "category"];
    assert_eq!(list["foreign_keys"], json!([{ "columns": key, "dataset": "budgets", "to": key }]));
    let owners = cells(&table(&files, "budgets"), &key);
    assert_eq!(cells(&list, &key), [0, 0, 1].map(|index: usize| owners[index].clone()));
    let offices = table(&files, "department-offices");
    assert_keyed(&offices);
    assert_eq!(
        offices["foreign_keys"],
        json!([{ "columns": ["department"], "dataset": "departments", "to": ["id"] }])
    );
    assert_eq!(
        cells(&offices, &["department", "offices", "url"]),
        [["planning", "本庁", "https://data.city.mihon.example/departments/planning.html"]]
            .map(|row| row.map(Value::from))
    );
}

#[test]
fn topics_of_measures_and_successors_of_departments_are_tables() {
    let topics = "id,name\ncommunity,地域づくり\nhealth,健康\n";
    let measures = "id,fiscal_year,department,title,topics,direction\n\
        walks-2022,2022,welfare,健康ウォーク,健康;地域づくり;健康,歩きます。\n\
        talks-2022,2022,welfare,健康相談,,聞きます。\n";
    let departments = "id,name,valid_to,successor\n\
        planning,企画部,,\n\
        welfare,福祉部,,\n\
        old,総務企画部,2015-03-31,planning;welfare\n";
    let files = built(&[
        ("topics.csv", topics),
        ("measures/2022.csv", measures),
        ("departments.csv", departments),
    ]);
    let links = table(&files, "measure-topics");
    assert_keyed(&links);
    let of_walks: Vec<Vec<Value>> = cells(&links, &["measure", "topic", "is_primary"])
        .into_iter()
        .filter(|row| row[0] == "walks-2022")
        .collect();
    let row = |topic: &str, primary: bool| vec![json!("walks-2022"), json!(topic), json!(primary)];
    assert_eq!(of_walks, [row("health", true), row("community", false)]);
    let measures = table(&files, "measures");
    let primary = cells(&measures, &["id", "topic", "topic_name"]);
    let of = |id: &str| primary.iter().find(|row| row[0] == id).expect("the measure").clone();
    assert_eq!(of("walks-2022"), [json!("walks-2022"), json!("health"), json!("健康")]);
    assert_eq!(of("talks-2022"), [json!("talks-2022"), Value::Null, Value::Null]);
    let successions = table(&files, "department-successions");
    assert_keyed(&successions);
    assert_eq!(
        cells(&successions, &["department", "successor"]),
        [["old", "planning"], ["old", "welfare"]].map(|row| row.map(Value::from))
    );
    let departments = table(&files, "departments");
    assert!(departments["rows"][0].get("successors").is_none());
}

#[test]
fn ratings_are_a_table_in_their_order_with_their_tones() {
    let files = built(&[]);
    let ratings = table(&files, "ratings");
    assert_keyed(&ratings);
    let rows = cells(&ratings, &["order", "id", "tone", "is_grade"]);
    assert_eq!(rows[0][0], 1);
    assert_eq!(rows[0][3], true);
    let last = rows.last().expect("not yet");
    assert_eq!(last[1..], [json!("not-yet"), json!("none"), json!(false)]);
    assert!(rows.iter().map(|row| row[0].as_u64()).is_sorted());
    let key = table(&files, "results")["foreign_keys"].clone();
    assert_eq!(key[1], json!({ "columns": ["rating"], "dataset": "ratings", "to": ["id"] }));
}

#[test]
fn a_city_without_topics_and_successions_has_no_tables_of_them() {
    let folder = temporary();
    let content = folder.path().join("content");
    copy(&sound_site().join("content"), &content);
    std::fs::remove_file(content.join("topics.csv")).expect("it is there");
    let policy = content.join("policies/2022/planning.toml");
    let text = std::fs::read_to_string(&policy).expect("a text");
    write(&policy, text.replace("topics = [\"community\"]\n", ""));
    // Their ids are then free for a dataset of the city's own.
    let halls = content.join("datasets/halls");
    copy(&halls, &content.join("datasets/topics"));
    std::fs::rename(
        content.join("datasets/topics/halls.csv"),
        content.join("datasets/topics/topics.csv"),
    )
    .expect("it is there");
    let (files, _) = built_texts(folder.path());
    assert!(!has(&files, "measure-topics") && !has(&files, "department-successions"));
    assert!(has(&files, "topics") && has(&files, "halls"));
    let measures = table(&files, "measures");
    assert!(measures["rows"][0].get("topic").is_none());
    for id in ["departments", "policies", "measures", "results", "indicators", "budgets"] {
        assert_keyed(&table(&files, id));
    }
}
