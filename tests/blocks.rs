//! Blocks of data in texts: what each draws and says, its table and file, its page for other sites,
//! and the texts in which it may stand.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;

use support::{built_texts, copy, sound_site, temporary, write};
use tempfile::TempDir;

/// People of two districts in three years, with a year that is missing.
const PEOPLE: &str = "年度,地区,人口,高齢化率\n2019,東,100,20.5\n2019,西,50,30.0\n\
                      2020,東,110,21.0\n2020,西,,31.5\n2022,東,1200,22.0\n2022,西,40,33.0\n";

const DATASET: &str = r#"
title = "地区別人口"
title_en = "People by district"
description = "地区別の人口。"
primary_key = ["year", "district"]

[[columns]]
name = "year"
header = "年度"
type = "fiscal_year"

[[columns]]
name = "district"
title = "地区"
title_en = "District"

[[columns]]
name = "people"
title = "人口"
title_en = "People"
type = "integer"
unit = "人"

[[columns]]
name = "aged"
header = "高齢化率"
type = "number"
unit = "%"
"#;

/// The texts of the sound site in both languages, with `page` as its page `numbers.md`.
fn built(page: &str) -> BTreeMap<String, String> {
    let folder = with_people();
    let page = format!("+++\ntitle = \"数字\"\n+++\n\n{page}");
    write(&folder.path().join("content/pages/numbers.md"), page);
    built_texts(folder.path()).0
}

/// The sound site with a dataset.
fn with_people() -> TempDir {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let dataset = folder.path().join("content/datasets/people");
    write(&dataset.join("dataset.toml"), DATASET);
    write(&dataset.join("people.csv"), PEOPLE);
    folder
}

fn block(kind: &str, text: &str) -> String {
    format!("```{kind}\n{text}\n```\n\n")
}

/// Everything between the first `from` and the next `to`.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("{from} is not in {text}")).1;
    rest.split_once(to).map_or(rest, |(within, _)| within)
}

#[test]
fn a_chart_is_drawn_told_in_words_and_repeated_as_a_table_and_as_a_file() {
    let chart = "table = \"people\"\nx = \"year\"\ny = \"people\"\nby = \"地区\"\ntitle = \"人口\"\n\
                 target = 500\nnote = \"各年度末\"";
    let files = built(&block("chart", chart));
    let page = &files["numbers.html"];
    assert!(!page.contains("table = "), "what is written is not shown");
    assert_eq!(page.matches("<figure").count(), 1);
    let svg = between(page, "<svg class=\"chart\" role=\"img\"", "</figure>");
    assert!(svg.contains(">人口</title>"), "{svg}");
    // 東 is known in 2019, 2020 and 2022, 西 in 2019 and 2022: one line joins two years.
    assert_eq!(
        between(svg, "<title", "<ul class=\"key\"").matches("class=\"series-line").count(),
        1
    );
    assert!(
        svg.contains("東は、2019年度（令和元年度）に100人、2022年度（令和4年度）に1,200人です。"),
        "{svg}"
    );
    assert!(svg.contains("最も多いのは2022年度（令和4年度）の1,200人、最も少ないのは2019年度（令和元年度）の100人です。"));
    assert!(svg.contains("<title>2021年度（令和3年度）：東 値なし、西 値なし。</title>"), "{svg}");
    assert!(svg.contains("class=\"target\"") && svg.contains("目標値 500"));
    assert!(svg.contains("各年度末"));
    let table = between(page, "<details class=\"more\"><summary>", "</details>");
    let rows: Vec<&str> = table.split("<tr>").skip(2).collect();
    assert_eq!(rows.len(), 4, "{table}");
    assert!(
        rows[3].contains("2022年度（令和4年度）")
            && rows[3].contains(">1,200<")
            && rows[3].contains(">40<")
    );
    assert!(rows[2].contains("値なし"));
    assert_eq!(
        files["embed/numbers/1.csv"],
        "\u{feff}年度,東 (人),西 (人)\r\n2019,100,50\r\n2020,110,\r\n2021,,\r\n2022,1200,40\r\n"
    );
    assert!(page.contains("href=\"embed/numbers/1.csv\" download"));
}

#[test]
fn bars_and_small_charts_are_drawn_from_the_same_figures() {
    let of = |kind: &str| {
        let chart = "table = \"people\"\nx = \"year\"\ny = \"people\"\nby = \"district\"";
        block("chart", &format!("{chart}\nkind = \"{kind}\"\nwhere = {{ year = [2019, 2020] }}"))
    };
    let files = built(&[of("bar"), of("stacked"), of("small-multiples")].concat());
    let page = &files["numbers.html"];
    let blocks: Vec<&str> = page.split("<figure ").skip(1).collect();
    for bars in &blocks[..2] {
        // Three figures are known, and two swatches explain them.
        assert_eq!(bars.matches("<rect class=\"series s").count(), 5, "{bars}");
    }
    assert!(blocks[0].contains("棒は左からこの順です"));
    assert!(blocks[1].contains("棒は下からこの順です"));
    assert_eq!(blocks[2].matches("role=\"img\"").count(), 2);
    assert!(blocks[2].contains("plot-name"));
    let csv = |number: usize| &files[&format!("embed/numbers/{number}.csv")];
    assert!(csv(1) == csv(2) && csv(2) == csv(3));
}

#[test]
fn rows_of_one_place_are_added_up_and_that_is_said() {
    let sum =
        block("chart", "table = \"people\"\nx = \"district\"\ny = \"people\"\nkind = \"bar\"");
    let files = built(&sum);
    assert!(files["numbers.html"].contains("複数の行の合計"));
    // The sum of a blank cell and others is not known.
    assert!(files["embed/numbers/1.csv"].ends_with("\r\n東,1410\r\n西,\r\n"));
}

#[test]
fn a_number_has_its_time_its_change_and_its_target() {
    let east = "table = \"people\"\ncolumn = \"people\"\nwhere = { district = \"東\", year = { to = 2020 } }";
    let both = "table = \"people\"\ncolumn = \"people\"\nwhere = { year = 2019 }";
    let files = built(
        &[
            block("number", east),
            block("number", "indicator = \"meetings\""),
            block("number", both),
        ]
        .concat(),
    );
    let page = &files["numbers.html"];
    let blocks: Vec<&str> = page.split("<figure ").skip(1).collect();
    assert!(
        blocks[0].contains("<strong>110</strong> <span class=\"unit\">人</span>"),
        "{}",
        blocks[0]
    );
    assert!(
        blocks[0].contains("<li>2020年度（令和2年度）</li><li>前の年から10人増</li>"),
        "{}",
        blocks[0]
    );
    assert!(blocks[0].contains("href=\"data/people.html\""));
    assert!(blocks[1].contains("<strong>8</strong> <span class=\"unit\">回</span>"), "{page}");
    assert!(blocks[1].contains("目標値 8") && blocks[1].contains("目標に届いた"));
    assert!(blocks[1].contains("href=\"measures/town-meetings-2022.html\""));
    // A figure of several rows says so.
    let is_sum = |block: &str| block.contains("<li>複数の行の合計</li>");
    assert_eq!(
        blocks[..3].iter().map(|block| is_sum(block)).collect::<Vec<_>>(),
        [false, false, true]
    );
    assert_eq!(
        files["embed/numbers/1.csv"],
        "\u{feff}時点,人口 (人)\r\n2019年度（令和元年度）,100\r\n2020年度（令和2年度）,110\r\n"
    );
}

#[test]
fn a_table_is_selected_sorted_and_cut() {
    let table = "table = \"people\"\ncolumns = [\"district\", \"people\"]\nsort = \"-people\"\n\
                 rows = 2\nwhere = { people = { from = 50 } }";
    let files = built(&block("table", table));
    let page = &files["numbers.html"];
    assert!(page.contains("全4行のうち2行です。"), "{page}");
    assert_eq!(files["embed/numbers/1.csv"], "\u{feff}地区,人口 (人)\r\n東,1200\r\n東,110\r\n");
    let body = between(page, "<tbody>", "</tbody>");
    assert!(body.contains("<td class=\"number\">1,200</td>"), "{body}");
}

#[test]
fn measures_are_listed_with_their_ratings() {
    let files = built(&block("measures", "topic = \"community\"\nyear = 2022"));
    let page = &files["numbers.html"];
    let list = between(page, "<ul class=\"lines\">", "</ul>");
    assert!(list.contains("href=\"measures/town-meetings-2022.html\""), "{list}");
    assert!(list.contains("目標どおり達成"));
    assert!(page.contains("href=\"topics/community.html\""));
    let csv = &files["embed/numbers/1.csv"];
    assert!(
        csv.contains("2022,") && csv.ends_with("まちづくり懇談会の開催,目標どおり達成\r\n"),
        "{csv}"
    );
}

#[test]
fn a_block_is_a_page_of_its_own_under_the_strict_policy_with_a_lasting_address() {
    let first = block("number", "indicator = \"meetings\"");
    let named = block(
        "number",
        "id = \"people\"\ntable = \"people\"\ncolumn = \"people\"\nwhere = { district = \"西\" }",
    );
    let files = built(&[first, named].concat());
    let page = &files["numbers.html"];
    let code =
        "&lt;iframe src=&quot;https://data.city.mihon.example/embed/numbers/people.html&quot;";
    assert!(page.contains(code), "{page}");
    let embed = &files["embed/numbers/people.html"];
    assert!(
        embed.contains(
            "http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; base-uri"
        )
    );
    assert!(embed.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(
        !embed.contains("<script") && !embed.contains(" style=") && !embed.contains("&lt;iframe")
    );
    assert!(embed.contains("<strong>40</strong>"), "{embed}");
    assert!(embed.contains("href=\"../../numbers.html\""));
    assert!(embed.contains("href=\"../../embed/numbers/people.csv\" download"));
    assert!(files.contains_key("embed/numbers/1.html"));
    assert!(!files["sitemap.xml"].contains("embed/"));
}

#[test]
fn a_block_stands_in_any_text_and_in_a_grid() {
    let folder = with_people();
    let path = "content/policies/2022/planning.toml";
    let policy = std::fs::read_to_string(folder.path().join(path)).expect("the sound site has it");
    let with = policy.replace(
        "direction = \"すべての地区で懇談会を開きます。\"",
        "direction = \"\"\"\n方向。\n\n```number\nindicator = \"meetings\"\n```\n\"\"\"",
    );
    assert_ne!(policy, with);
    write(&folder.path().join(path), with);
    let grid =
        block("number", "indicator = \"meetings\"\ntitle = \"懇談会\"\ntitle_en = \"Meetings\"");
    let page = format!("+++\ntitle = \"数字\"\n+++\n\n## 数字 {{.grid}}\n\n{grid}");
    write(&folder.path().join("content/pages/numbers.md"), page);
    let (files, _) = built_texts(folder.path());
    let measure = &files["measures/town-meetings-2022.html"];
    assert!(measure.contains("class=\"block number-block\""), "{measure}");
    assert!(measure.contains("chart.css"));
    assert_eq!(measure.matches("chart-save.js").count(), 1);
    assert!(files.contains_key("embed/measures/town-meetings-2022/1.html"));
    assert!(between(&files["numbers.html"], "<div class=\"grid\">", "</div>").contains("<figure"));
    // Feeds, descriptions and data never show what is written in a block.
    assert!(!files["measures/town-meetings-2022.html"].contains("indicator ="));
    assert!(!files["feed.xml"].contains("```"));
}

#[test]
fn a_translated_page_has_the_titles_in_its_language() {
    let folder = with_people();
    let path = folder.path().join("content/site.toml");
    let site = std::fs::read_to_string(&path).expect("the sound site has it");
    write(&path, format!("languages = [\"ja\", \"en\"]\n{site}"));
    let chart = "table = \"people\"\nx = \"year\"\ny = \"people\"\nby = \"district\"\n";
    for (file, title) in [("numbers.md", "人口"), ("numbers.en.md", "People")] {
        let text = block("chart", &format!("{chart}title = \"{title}\""));
        let page = format!("+++\ntitle = \"{title}\"\n+++\n\n{text}");
        write(&folder.path().join(format!("content/pages/{file}")), page);
    }
    let (files, _) = built_texts(folder.path());
    let page = &files["en/numbers.html"];
    assert!(page.contains("id=\"block-1\">People</figcaption>"), "{page}");
    assert!(page.contains("<span lang=\"ja\">東</span>"));
    // A sentence within a drawing cannot mark what is Japanese in it.
    assert!(page.contains("<title>Fiscal 2019: series 1 100, series 2 50.</title>"), "{page}");
    assert!(files["en/embed/numbers/1.csv"].starts_with("\u{feff}年度,東 (人)"));
    assert!(files["numbers.html"].contains("id=\"block-1\">人口</figcaption>"));
}
