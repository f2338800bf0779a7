//! One table over all periods of a series: every row of every period once, and no value that means
//! something else than where it was read.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::{built_texts, copy, sound_site, temporary, write};

const SERIES: &str = "id,title,title_en,description,description_en\n\
    use,利用状況,Use,年度ごとの利用状況（*施設別*）。,Use by year.\n";

/// A dataset of the series for the fiscal year `year`, with `columns` and `rows`.
fn period(year: u32, more: &str, columns: &str, rows: &str) -> Vec<(String, String)> {
    let declaration = format!(
        "title = \"利用状況（{year}）\"\ndescription = \"利用状況。\"\nseries = \"use\"\n\
         period = {{ start = {year}-04-01, end = {next}-03-31 }}\nupdated = {next}-05-01\n{more}\n{columns}",
        next = year + 1,
    );
    let folder = format!("datasets/use-{year}");
    vec![
        (format!("{folder}/dataset.toml"), declaration),
        (format!("{folder}/use.csv"), rows.to_owned()),
    ]
}

fn column(name: &str, kind: &str, more: &str) -> String {
    format!(
        "[[columns]]\nname = \"{name}\"\nheader = \"{name}\"\ntitle = \"{name}の列\"\ntype = \"{kind}\"\n{more}\n"
    )
}

/// The texts of the sound site with this series, and what was said.
fn built(datasets: &[Vec<(String, String)>]) -> (BTreeMap<String, String>, Vec<String>) {
    let folder = temporary();
    let content = folder.path().join("content");
    copy(&sound_site().join("content"), &content);
    write(&content.join("series.csv"), SERIES);
    for (path, text) in datasets.iter().flatten() {
        write(&content.join(path), text);
    }
    built_texts(folder.path())
}

fn json(files: &BTreeMap<String, String>, path: &str) -> Value {
    serde_json::from_str(&files[path]).expect("JSON")
}

fn described<'t>(table: &'t Value, name: &str) -> &'t Value {
    let columns = table["columns"].as_array().expect("columns");
    columns.iter().find(|column| column["name"] == name).expect("a column of this name")
}

#[test]
fn the_rows_of_all_periods_are_in_every_format_with_their_period() {
    let columns = column("id", "text", "required = true")
        + &column("visitors", "integer", "unit = \"人\"\nminimum = 0");
    let key = "primary_key = [\"id\"]\nkeywords = [\"利用\"]";
    let (files, said) = built(&[
        period(2022, key, &columns, "id,visitors\na,10\nb,\n"),
        period(2021, key, &columns, "id,visitors\na,12\n"),
    ]);
    assert!(said.is_empty(), "{said:#?}");
    let csv = "period_start,period_end,id,visitors\r\n2021-04-01,2022-03-31,a,12\r\n\
        2022-04-01,2023-03-31,a,10\r\n2022-04-01,2023-03-31,b,\r\n";
    assert_eq!(files["data/use-all/latest/use-all.csv"], csv);
    let table = json(&files, "data/use-all/latest/use-all.json");
    assert_eq!(table["title"], "利用状況（全期間）");
    assert_eq!(table["title_en"], "Use (all periods)");
    assert!(
        table["description"]
            .as_str()
            .expect("a text")
            .starts_with("年度ごとの利用状況（*施設別*）。")
    );
    assert_eq!(table["period"], json!({ "start": "2021-04-01", "end": "2023-03-31" }));
    assert_eq!(table["updated"], "2023-05-01");
    assert_eq!(table["primary_key"], json!(["period_start", "id"]));
    let visitors = described(&table, "visitors");
    assert_eq!((&visitors["title"], &visitors["unit"]), (&json!("visitorsの列"), &json!("人")));
    assert_eq!((&visitors["minimum"], &visitors["required"]), (&json!("0"), &json!(false)));
    assert_eq!(described(&table, "id")["required"], true);
    for ending in ["excel.csv", "jsonl"] {
        assert!(files.contains_key(&format!("data/use-all/latest/use-all.{ending}")), "{ending}");
    }
    // It is a dataset as any other, and says which series it joins.
    let catalog = json(&files, "catalog.json");
    let datasets = catalog["datasets"].as_array().expect("datasets");
    let joined: Vec<&Value> = datasets.iter().filter(|one| one["joins"] == "use").collect();
    assert_eq!(joined.iter().map(|one| &one["id"]).collect::<Vec<_>>(), ["use-all"]);
    assert_eq!(
        joined[0]["files"].as_array().map(Vec::len),
        datasets[0]["files"].as_array().map(Vec::len)
    );
    assert_eq!(catalog["series"][0]["table"], "use-all");
    assert_eq!(catalog["series"][0]["datasets"], json!(["use-2021", "use-2022"]));
    let tables = json(&files, "data/datapackage.json");
    let names = tables["resources"].as_array().expect("resources").iter().map(|one| &one["name"]);
    assert!(names.into_iter().any(|name| name == "use-all"));
    let graph = &files["catalog.jsonld"];
    assert!(graph.contains("data/use-all.html#dataset"));
    // The pages of the periods lead to it and back; it has no news and no rows of its own to be found.
    for page in ["data/use-2021.html", "data/use-2022.html", "data/index.html"] {
        assert!(files[page].contains("data/use-all.html"), "{page}");
    }
    let page = &files["data/use-all.html"];
    assert!(
        page.contains("data/use-2021.html") && page.contains("aria-current=\"page\">すべての期間")
    );
    assert!(!files["feed.xml"].contains("use-all"));
    assert!(!files.keys().any(|path| path.starts_with("data/use-all/rows/")));
}

#[test]
fn columns_of_some_periods_are_blank_in_the_others() {
    let id = column("id", "text", "");
    let (files, _) = built(&[
        period(
            2021,
            "",
            &(id.clone() + &column("old", "integer", "required = true")),
            "id,old\na,1\n",
        ),
        period(
            2022,
            "",
            &(id + &column("new", "date", "description = \"開始した日\"")),
            "id,new\na,2022-05-01\n",
        ),
    ]);
    let csv = "period_start,period_end,id,new,old\r\n2021-04-01,2022-03-31,a,,1\r\n2022-04-01,2023-03-31,a,2022-05-01,\r\n";
    assert_eq!(files["data/use-all/latest/use-all.csv"], csv);
    let table = json(&files, "data/use-all/latest/use-all.json");
    assert_eq!(described(&table, "old")["required"], false);
    assert_eq!(
        described(&table, "new")["description"],
        "開始した日。次の期間では空欄です：2021-04-01から。"
    );
    assert_eq!(described(&table, "old")["description_en"], "Blank in the periods from 2022-04-01.");
    assert_eq!(table["primary_key"], json!([]));
}

#[test]
fn types_that_hold_both_are_one_column_and_others_are_two() {
    let columns =
        |count: &str, day: &str| column("count", count, "minimum = 1") + &column("day", day, "");
    let (files, _) = built(&[
        period(2021, "", &columns("number", "text"), "count,day\n1.5,春\n"),
        period(2022, "", &columns("integer", "date"), "count,day\n2,2022-05-01\n"),
        period(2023, "", &columns("integer", "date"), "count,day\n3,2023-05-01\n"),
    ]);
    let csv = "period_start,period_end,count,day,day_2\r\n2021-04-01,2022-03-31,1.5,,春\r\n\
        2022-04-01,2023-03-31,2,2022-05-01,\r\n2023-04-01,2024-03-31,3,2023-05-01,\r\n";
    assert_eq!(files["data/use-all/latest/use-all.csv"], csv);
    let table = json(&files, "data/use-all/latest/use-all.json");
    let count = described(&table, "count");
    assert_eq!(count["type"], "number");
    assert_eq!(
        count["description"],
        "型は期間により異なります（2021-04-01から：number、2022-04-01から：integer、2023-04-01から：integer）。"
    );
    assert_eq!(described(&table, "day")["type"], "date");
    assert!(described(&table, "day")["description_en"].as_str().expect("said").contains("`day_2`"));
    let other = described(&table, "day_2");
    assert_eq!(
        (&other["type"], &other["title"]),
        (&json!("text"), &json!("dayの列（2021-04-01から2022-03-31まで）"))
    );
}

#[test]
fn amounts_of_another_unit_and_codes_of_another_meaning_are_columns_of_their_own() {
    let columns = |unit: &str, label: &str| {
        column("amount", "integer", &format!("unit = \"{unit}\""))
            + &column("kind", "code", &format!("values = {{ 1 = \"{label}\", 2 = \"その他\" }}"))
    };
    let (files, _) = built(&[
        period(2021, "", &columns("円", "小学校"), "amount,kind\n5000,1\n"),
        period(2022, "", &columns("千円", "中学校"), "amount,kind\n6,1\n"),
    ]);
    let csv = "period_start,period_end,amount,amount_2,kind,kind_2\r\n2021-04-01,2022-03-31,,5000,,1\r\n\
        2022-04-01,2023-03-31,6,,1,\r\n";
    assert_eq!(files["data/use-all/latest/use-all.csv"], csv);
    let table = json(&files, "data/use-all/latest/use-all.json");
    assert_eq!(described(&table, "amount")["unit"], "千円");
    assert_eq!(described(&table, "amount_2")["unit"], "円");
    assert_eq!(described(&table, "kind_2")["labels"], json!(["小学校", "その他"]));
}

#[test]
fn vocabularies_and_bounds_are_those_of_all_periods() {
    let columns = |values: &str, most: u32| {
        column("size", "text", &format!("values = {values}\nrequired = true"))
            + &column("rooms", "integer", &format!("minimum = 1\nmaximum = {most}"))
    };
    let (files, _) = built(&[
        period(2021, "", &columns("[\"大\", \"中\"]", 20), "size,rooms\n中,20\n"),
        period(2022, "", &columns("[\"大\", \"小\"]", 9), "size,rooms\n小,9\n"),
    ]);
    let table = json(&files, "data/use-all/latest/use-all.json");
    assert_eq!(described(&table, "size")["values"], json!(["大", "小", "中"]));
    assert_eq!(described(&table, "rooms")["maximum"], "20");
    assert_eq!(described(&table, "rooms")["minimum"], "1");
}

#[test]
fn references_and_licences_are_those_that_hold_for_every_row() {
    let columns = column("place", "code", "");
    let key = |columns: &str, dataset: &str, to: &str| {
        let key = format!("columns = [\"{columns}\"]\ndataset = \"{dataset}\"\nto = [\"{to}\"]");
        format!("[[foreign_keys]]\n{key}\n")
    };
    let halls = key("place", "halls", "id");
    let reference = json!([{ "columns": ["place"], "dataset": "halls", "to": ["id"] }]);
    for (before, now, expected) in [
        (halls.clone(), halls.clone(), reference.clone()),
        (key("place", "departments", "id"), halls.clone(), json!([])),
        (String::new(), halls.clone(), json!([])),
        (halls.clone(), String::new(), json!([])),
    ] {
        let rows = if before.contains("departments") { "place\nplanning\n" } else { "place\n01\n" };
        let licence = "licence = \"CC0-1.0\"\n";
        let (files, _) = built(&[
            period(2021, &format!("{licence}{before}"), &columns, rows),
            period(2022, &format!("{licence}{now}"), &columns, "place\n02\n"),
        ]);
        let table = json(&files, "data/use-all/latest/use-all.json");
        assert_eq!(table["foreign_keys"], expected, "{before} {now}");
        for id in ["use-all", "use-2021"] {
            let table = json(&files, &format!("data/{id}/latest/{id}.json"));
            assert_eq!(table["licence"]["id"], "CC0-1.0", "{id}");
        }
        let halls = json(&files, "data/halls/latest/halls.json");
        assert_eq!(halls["licence"]["id"], "CC-BY-4.0");
    }
}

#[test]
fn a_column_that_is_called_like_the_period_keeps_its_name() {
    let columns = column("period_start", "text", "");
    let (files, _) = built(&[
        period(2021, "", &columns, "period_start\n朝\n"),
        period(2022, "", &columns, "period_start\n昼\n"),
    ]);
    let csv = "series_period_start,series_period_end,period_start\r\n2021-04-01,2022-03-31,朝\r\n2022-04-01,2023-03-31,昼\r\n";
    assert_eq!(files["data/use-all/latest/use-all.csv"], csv);
}

#[test]
fn one_period_has_no_table() {
    let (files, said) = built(&[period(2021, "", &column("id", "text", ""), "id\na\n")]);
    assert!(said.is_empty(), "{said:#?}");
    assert!(!files.keys().any(|path| path.contains("use-all")));
}
