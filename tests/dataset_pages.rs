//! The page of a dataset: its chart, the columns that it shows first, and its numbers.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;
use std::fs;

use support::{built_texts, copy, sound_site, temporary, write};

/// Trips of two lines by month, with a code that is the same everywhere and a reading.
const TRIPS: &str = "市コード,月,路線,ろせん,増減,運賃率\n\
    999997,2023-04-01,東線,ひがしせん,-1200,1.5\n999997,2023-04-01,西線,にしせん,30,2\n\
    999997,2023-05-01,東線,ひがしせん,4100,1.25\n999997,2023-05-01,西線,にしせん,,2\n\
    999997,2023-06-01,東線,ひがしせん,900,1\n999997,2023-06-01,西線,にしせん,-7,2\n";

const COLUMNS: &str = r#"
[[columns]]
name = "city_code"
header = "市コード"
type = "code"

[[columns]]
name = "month"
header = "月"
type = "date"

[[columns]]
name = "line"
header = "路線"

[[columns]]
name = "line_kana"
header = "ろせん"

[[columns]]
name = "change"
title = "増減"
title_en = "Change"
type = "integer"
unit = "人"

[[columns]]
name = "rate"
header = "運賃率"
type = "number"
unit = "倍"
"#;

/// The texts of the sound site with a dataset `trips`, whose declaration begins with `declared`.
fn built(declared: &str, settings: &str) -> BTreeMap<String, String> {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let site = folder.path().join("content/site.toml");
    let text = fs::read_to_string(&site).expect("the site has settings");
    write(&site, format!("languages = [\"ja\", \"en\"]\n{text}\n{settings}"));
    let dataset = folder.path().join("content/datasets/trips");
    let head = "title = \"乗客\"\ntitle_en = \"Riders\"\ndescription = \"路線別の乗客。\"\n";
    write(&dataset.join("dataset.toml"), format!("{head}{declared}\n{COLUMNS}"));
    write(&dataset.join("trips.csv"), TRIPS);
    built_texts(folder.path()).0
}

const KEY: &str = "primary_key = [\"month\", \"line\"]";

#[test]
fn a_dataset_over_time_is_drawn_without_being_asked() {
    let files = built(KEY, "");
    let page = &files["data/trips.html"];
    let chart = page.find("chart-block").expect("the page has a chart");
    assert!(chart < page.find("id=\"preview\"").expect("the page has a table"), "{page}");
    assert!(page.contains(">東線</li>") && page.contains(">西線</li>"), "{page}");
    assert!(!page.contains("複数の行の合計"), "no rows are added up");
    let csv = &files["embed/data/trips/chart.csv"];
    assert_eq!(
        csv,
        "\u{feff}月,東線 (人),西線 (人)\r\n2023-04-01,-1200,30\r\n2023-05-01,4100,\r\n\
         2023-06-01,900,-7\r\n"
    );
    assert!(files["embed/data/trips/chart.html"].contains("乗客"));
    assert!(files["en/embed/data/trips/chart.html"].contains("Riders"));
}

#[test]
fn what_no_time_tells_apart_is_not_drawn() {
    for declared in ["", "primary_key = [\"month\", \"line\", \"rate\"]"] {
        let page = &built(declared, "")["data/trips.html"];
        assert!(!page.contains("chart-block"), "{declared}: {page}");
    }
}

#[test]
fn the_chart_that_a_dataset_declares_stands_instead() {
    let chart = "[chart]\nx = \"路線\"\ny = \"rate\"\nkind = \"bar\"\nwhere = { month = \"2023-06-01\" }\n\
                 title = \"運賃\"\ntitle_en = \"Fares\"\nnote = \"6月の値\"";
    let files = built(&format!("{KEY}\n{chart}"), "");
    let page = &files["data/trips.html"];
    assert_eq!(page.matches("chart-block").count(), 1);
    assert!(page.contains(">運賃</figcaption>") && page.contains("6月の値"), "{page}");
    assert!(files["en/data/trips.html"].contains(">Fares</figcaption>"));
    assert_eq!(
        files["embed/data/trips/chart.csv"],
        "\u{feff}路線,運賃率 (倍)\r\n東線,1\r\n西線,2\r\n"
    );
    // The page itself needs no link to itself, and another site does.
    assert!(!page.contains("class=\"source\""));
    assert!(files["embed/data/trips/chart.html"].contains("class=\"source\""));
}

#[test]
fn columns_that_say_nothing_of_a_row_are_left_out_of_the_first_view() {
    let page = &built(KEY, "")["data/trips.html"];
    let aside = |name: &str| {
        let head = page.split(&format!("data-column=\"{name}\"")).nth(1).expect("a column");
        head.split('>').next().is_some_and(|rest| rest.contains("data-aside"))
    };
    let all = ["city_code", "month", "line", "line_kana", "change", "rate"];
    assert_eq!(all.map(aside), [true, false, false, true, false, false]);
    // A reader without scripts sees all of them.
    assert!(page.contains("<td>ひがしせん</td>"), "{page}");
}

#[test]
fn columns_of_long_cells_have_room_and_names_come_first_on_phones() {
    let page = &built(KEY, "")["data/trips.html"];
    let head = |name: &str, mark: &str| {
        let head = page.split(&format!("data-column=\"{name}\"")).nth(1).expect("a column");
        head.split('>').next().is_some_and(|rest| rest.contains(mark))
    };
    let all = ["city_code", "month", "line", "line_kana", "change", "rate"];
    assert_eq!(all.map(|name| head(name, "data-wide")), [false, true, false, true, false, false]);
    assert_eq!(all.map(|name| head(name, "data-lead")), [false, true, true, false, true, false]);
}

#[test]
fn the_course_of_all_periods_of_a_series_is_drawn_by_month() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let content = folder.path().join("content");
    write(&content.join("series.csv"), "id,title,description\ntrips,乗客,路線別の乗客。\n");
    for year in [2022, 2023] {
        let dataset = content.join(format!("datasets/trips-{year}"));
        let period = format!("period = {{ start = {year}-04-01, end = {}-03-31 }}", year + 1);
        let head =
            format!("title = \"乗客\"\ndescription = \"乗客\"\nseries = \"trips\"\n{period}");
        write(&dataset.join("dataset.toml"), format!("{head}\n{KEY}\n{COLUMNS}"));
        write(&dataset.join("trips.csv"), TRIPS.replace("2023", &year.to_string()));
    }
    let number = "table = \"trips-all\"\ncolumn = \"change\"\nwhere = { line = \"東線\" }";
    let page = format!("+++\ntitle = \"n\"\n+++\n\n```number\n{number}\n```\n");
    write(&content.join("pages/n.md"), page);
    let files = built_texts(folder.path()).0;
    let csv = &files["embed/data/trips-all/chart.csv"];
    assert!(csv.starts_with("\u{feff}月,東線 (人),西線 (人)\r\n2022-04-01,-1200,30\r\n"), "{csv}");
    assert!(csv.ends_with("\r\n2023-06-01,900,-7\r\n"), "{csv}");
    // The newest figure is that of the last month, not of all months of the last period.
    assert!(files["embed/n/1.csv"].contains("900"), "{}", files["embed/n/1.csv"]);
    assert!(files["n.html"].contains("2023年6月1日"), "{}", files["n.html"]);
    assert!(!files["n.html"].contains("複数の行の合計"));
}

#[test]
fn a_year_keeps_its_digits_together() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let dataset = folder.path().join("content/datasets/bridges");
    let columns = "[[columns]]\nname = \"name\"\n\n[[columns]]\nname = \"built\"\ntype = \"integer\"\n\
                   unit = \"年\"\n\n[[columns]]\nname = \"cost\"\ntype = \"integer\"\nunit = \"万円\"\n";
    let head = "title = \"橋\"\ndescription = \"橋の一覧。\"";
    write(&dataset.join("dataset.toml"), format!("{head}\n\n{columns}"));
    write(&dataset.join("bridges.csv"), "name,built,cost\n東橋,1991,1991\n西橋,2003,20030\n");
    let page = &built_texts(folder.path()).0["data/bridges.html"];
    for cell in ["1991", "1,991", "2003", "20,030"] {
        assert!(page.contains(&format!("<td class=\"number\">{cell}</td>")), "{cell}: {page}");
    }
}

#[test]
fn a_column_has_one_number_of_decimals_and_numbers_the_sign_of_the_site() {
    let files = built(KEY, "");
    let page = &files["data/trips.html"];
    for cell in ["−1,200", "4,100", "−7", "1.50", "2.00", "1.25"] {
        assert!(page.contains(&format!("<td class=\"number\">{cell}</td>")), "{cell}: {page}");
    }
    let manifest = &files["tables/trips/manifest.json"];
    assert!(manifest.contains("\"decimals\":2"), "{manifest}");
    let files = built(KEY, "[numbers]\nminus = \"▲\"");
    assert!(files["data/trips.html"].contains(">▲1,200</td>"));
    assert!(files["data/trips.html"].contains("data-minus=\"▲\""));
    assert!(files["data/trips.html"].contains("▲1,200人"), "in words too");
    assert!(files["en/data/trips.html"].contains(">−1,200</td>"), "▲ is a Japanese custom");
    assert!(files["data/trips/latest/trips.csv"].contains("-1200"), "programs read a hyphen");
}
