//! What forms read from small worksheets and lists: every cell of the tables that they fill, and
//! what they say.

use std::io::{Cursor, Write as _};

use super::{FormTables, guess, read};
use crate::diagnostic::{Diagnostics, Place};
use crate::source::Sources;
use crate::table::Table;

/// What the form `form` reads from `files` below `content/`, and what is reported, in English.
fn read_by(form: &str, files: &[(&str, impl AsRef<[u8]>)]) -> (FormTables, Vec<String>) {
    let paths: Vec<String> = files.iter().map(|(path, _)| format!("content/{path}")).collect();
    let mut all: Vec<(&str, &[u8])> = vec![("content/forms/form.toml", form.as_bytes())];
    all.extend(paths.iter().zip(files).map(|(path, (_, text))| (path.as_str(), text.as_ref())));
    let mut diagnostics = Diagnostics::new();
    let tables = read(&Sources::from_memory(all), &mut diagnostics);
    let said = diagnostics
        .iter()
        .map(|problem| format!("{}: {}", place_of(&problem.place), problem.message.en));
    (tables, said.collect())
}

fn place_of(place: &Place) -> String {
    match place {
        Place::Cell(cell) => format!("{} {}", cell.file, cell.name()),
        other => other.path().to_owned(),
    }
}

/// The only table of `tables`: its header and its records, cell by cell.
fn written(tables: &[Table]) -> Vec<String> {
    let [table] = tables else { panic!("{} tables", tables.len()) };
    let header: Vec<&str> = table.header().iter().map(|header| &*header.text).collect();
    let row = |row| {
        let cells = (0..header.len()).map(|column| table.written(row, column));
        cells.collect::<Vec<_>>().join("|")
    };
    [header.join("|")].into_iter().chain((0..table.len()).map(row)).collect()
}

#[test]
fn a_reason_is_read_some_cells_after_its_value() {
    let form = r#"
files = "sheets/{year}/*.csv"
[measure]
id = { label = "番号", prefix = "{year}-" }
title = { label = "事業名" }
department = { label = "部課" }
[fields]
fit = { label = "整合性", marked = "■", unmarked = "□", reason = { beside = 1 } }
need = { label = "必要性", reason = { beside = 2 } }
[private]
labels = ["担当"]
"#;
    let sheet = |number: &str, fit: &str, need: &str| {
        format!(
            ",番号,{number},事業名,事業{number}\n見出し,部課,福祉部\n,整合性,{fit}\n,必要性,{need}\n"
        )
    };
    let one = sheet("1", "■高い,□低い,合っているため,予備", "ある,Ａ,法令のため,予備");
    let two = sheet("2", "□高い,■低い,,予備", "ない,,,,予備");
    let three = sheet("3", "■高い,□低い,担当,見本", "ある,Ｂ,要望のため");
    let (tables, said) = read_by(
        form,
        &[("sheets/R4/1.csv", &one), ("sheets/R4/2.csv", &two), ("sheets/R4/3.csv", &three)],
    );
    assert_eq!(
        written(&tables.measures),
        [
            "id|series|title|department|fit|fit_reason|need|need_reason|fiscal_year",
            "2022-1|1|事業1|福祉部|高い|合っているため|ある|法令のため|2022",
            "2022-2|2|事業2|福祉部|低い||ない||2022",
            "2022-3|3|事業3|福祉部|高い||ある|要望のため|2022",
        ]
    );
    assert_eq!(
        said,
        [
            "content/forms/form.toml: 3 worksheets, 36 cells read; 1 private label",
            "content/forms/form.toml: not read: `予備` (on 2 of 3), `見出し`, cell D4, cell D4",
        ]
    );
}

#[test]
fn a_value_below_its_label_is_read_and_a_blank_one_has_its_place() {
    let form = r#"
files = "sheets/{year}/*.csv"
[measure]
id = { label = "番号" }
title = { label = "事業名", at = "below" }
department = { label = "部課" }
[fields]
aim = { cell = "C5" }
[private]
labels = ["目的"]
"#;
    let sheet = |number: &str, title: &str, unit: &str, aim: &str| {
        format!("x,番号,{number}\n,事業名,部課{unit}\n,{title},\n表題\n,目的{aim}\n")
    };
    let one = sheet("m-1", "見守り", ",福祉部", ",安心");
    let two = sheet("m-2", "", ",土木部", ",,安全");
    let three = sheet("m-3", "防災", "", ",快適");
    let (tables, said) = read_by(
        form,
        &[("sheets/R4/1.csv", &one), ("sheets/R4/2.csv", &two), ("sheets/R4/3.csv", &three)],
    );
    assert_eq!(
        written(&tables.measures),
        [
            "id|title|department|aim|fiscal_year",
            "m-1|見守り|福祉部|安心|2022",
            "m-2||土木部||2022",
            "m-3|防災||快適|2022",
        ]
    );
    let table = &tables.measures[0];
    assert_eq!(place_of(&table.place(1, 1)), "content/sheets/R4/2.csv B3");
    assert_eq!(place_of(&table.place(1, 3)), "content/sheets/R4/2.csv C5");
    assert_eq!(place_of(&table.place(2, 2)), "content/sheets/R4/3.csv D2");
    let told = (0..3).map(|row| table.is_told(row, 3));
    assert_eq!(told.collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(
        said[0],
        "content/sheets/R4/2.csv D5: the value `安全` of `D5` stands in another column than on 2 other worksheets",
    );
}

#[test]
fn a_problem_is_told_of_its_own_cell_only() {
    let form = r#"
files = "sheets/{year}/*.csv"
[measure]
id = { label = "番号" }
title = { label = "事業名" }
department = { label = "部課" }
rating = { label = "達成度", marked = "■", unmarked = "□" }
"#;
    let sheet = ",番号,m-1,事業名,\n,部課,福祉部\n,達成度,■達成　■未達成\n";
    let (tables, said) = read_by(form, &[("sheets/R4/1.csv", sheet)]);
    let two =
        "content/sheets/R4/1.csv C3: 2 choices are marked by `■` for `達成度`: `■達成 ■未達成`";
    assert_eq!(said[0], two);
    let row = "m-1||福祉部||2022";
    assert_eq!(written(&tables.measures), ["id|title|department|rating|fiscal_year", row]);
    let told = (0..4).map(|column| tables.measures[0].is_told(0, column));
    assert_eq!(told.collect::<Vec<_>>(), [false, false, false, true]);
}

#[test]
fn the_year_of_an_id_is_no_part_of_the_series() {
    for (id, expected) in [
        ("prefix = \"{year}-\"", ["2022-7", "7"]),
        ("suffix = \"-{year}\"", ["7-2022", "7"]),
        ("prefix = \"m-\", suffix = \"-{year}\"", ["m-7-2022", "m-7"]),
        ("prefix = \"{year}-\", suffix = \"-m\"", ["2022-7-m", "7-m"]),
    ] {
        let form = format!(
            r#"
files = "sheets/{{year}}/*.csv"
[measure]
id = {{ label = "番号", {id} }}
title = {{ label = "事業名" }}
department = {{ label = "部課" }}
"#
        );
        let (tables, said) =
            read_by(&form, &[("sheets/R4/1.csv", ",番号,7,事業名,見守り\n,部課,福祉部\n")]);
        let [header, row] = written(&tables.measures).try_into().expect("one measure");
        assert_eq!(header, "id|series|title|department|fiscal_year");
        assert_eq!(row, format!("{}|見守り|福祉部|2022", expected.join("|")), "{said:?}");
    }
}

#[test]
fn a_list_gives_money_and_indicators_by_year() {
    let form = r#"
files = "sheets/{year}/*.csv"
header = "1-2"
missing = ["-"]
[measure]
id = { column = "番号", prefix = "{year}-" }
title = { column = "事業名" }
department = { column = "部課" }
[[blocks]]
columns = "D:G"
years = ["settled-1", "2022"]
budgets = [{ column = ["国費", "市費"], as = "settled" }]
totals = [{ column = "計", of = "budgets" }]
indicators = [{ id = "a", better = "higher", name = { column = "指標" }, unit = "人", actual = "人数" }]
[[blocks]]
budgets = [
  { column = "予算", as = "budget", source = "全体", category = "事業費" },
  { column = "決算", as = "settled", source = "全体", category = "事業費" },
]
"#;
    let list = "番号,事業名,部課,前年度,,,,本年度,,,,指標,予算,決算,備考
,,,国費,市費,計,人数,国費,市費,計,人数,,,,
1,見守り,福祉部,10,20,30,5,1,2,4,6,利用者,50,40,あ
2,緑化,土木部,-,,,,,7,7,-,参加者,,9,
3,防災,総務部,,,,,,,,,,-,,
";
    let (tables, said) = read_by(form, &[("sheets/R4/list.csv", list)]);
    assert_eq!(
        written(&tables.measures),
        [
            "id|series|title|department|fiscal_year",
            "2022-1|1|見守り|福祉部|2022",
            "2022-2|2|緑化|土木部|2022",
            "2022-3|3|防災|総務部|2022",
        ]
    );
    assert_eq!(
        written(&tables.budgets),
        [
            "measure|fiscal_year|source|category|budget|settled",
            "2022-1|2021|国費|||10",
            "2022-1|2021|市費|||20",
            "2022-1|2022|国費|||1",
            "2022-1|2022|市費|||2",
            "2022-1|2022|全体|事業費|50|40",
            "2022-2|2022|市費|||7",
            "2022-2|2022|全体|事業費||9",
        ]
    );
    assert_eq!(
        written(&tables.indicators),
        [
            "measure|indicator|name|unit|better|fiscal_year|actual",
            "2022-1|1-a|利用者|人|higher|2021|5",
            "2022-1|1-a|利用者|人|higher|2022|6",
        ]
    );
    assert_eq!(
        said[1..],
        [
            "content/sheets/R4/list.csv J3: the total is 4, but its parts add up to 3",
            "content/forms/form.toml: 3 rows, 32 cells read; figures by year (2021: 3, 2022: 7); 2 totals checked",
            "content/forms/form.toml: not read: `備考`",
        ]
    );
}

#[test]
fn a_header_may_stand_once_in_each_block_and_once_outside() {
    let form = r#"
files = "sheets/{year}/*.csv"
header = "1-2"
[measure]
id = { column = "番号" }
title = { column = "事業名" }
department = { column = "部課" }
[[blocks]]
columns = "D:F"
years = ["settled-1", "settled"]
budgets = [{ column = "計", as = "settled", source = "全体" }]
[[blocks]]
years = ["2023"]
budgets = [{ column = "計", as = "budget", source = "全体" }]
"#;
    let list = "番号,事業名,部課,前年度,,,本年度,,,翌年度
,,,国費,市費,計,国費,市費,計,計
m-1,見守り,福祉部,1,2,3,4,5,9,7
";
    let (tables, said) = read_by(form, &[("sheets/R4/list.csv", list)]);
    assert_eq!(
        written(&tables.budgets),
        [
            "measure|fiscal_year|source|budget|settled",
            "m-1|2021|全体||3",
            "m-1|2022|全体||9",
            "m-1|2023|全体|7|",
        ],
        "{said:#?}"
    );
}

#[test]
fn an_indicator_is_known_by_its_row_where_a_worksheet_has_fewer() {
    let form = r#"
files = "sheets/{year}/*.csv"
[measure]
id = { label = "番号" }
title = { label = "事業名" }
department = { label = "部課" }
[years]
row = { match = 'R\d+年度', least = 2 }
[[indicators]]
start = { match = '^≪(?<name>.+)≫（(?<unit>.+)）$' }
target = { row = "目標" }
actual = { row = "実績", below = 1 }
each = [{ id = "a", better = "higher" }, { id = "b", better = "lower" }]
"#;
    let sheet = |number: u32, rows: &[&str]| {
        let years = ",指標,,R3年度,R4年度\n";
        format!(",番号,m-{number},事業名,事業{number}\n,部課,福祉部\n{years}{}", rows.join("\n"))
    };
    let (a, b) = (",≪利用者≫（人）,目標,10,20\n,,実績,9,19", ",≪苦情≫（件）,目標,3,2\n,,実績,4,1");
    let all =
        [sheet(1, &[a, b]), sheet(2, &[a, b]), sheet(3, &[",,", ",,", b]), sheet(4, &[",", b])];
    let [one, two, second, moved] = &all;
    let (tables, said) = read_by(
        form,
        &[
            ("sheets/R4/1.csv", one),
            ("sheets/R4/2.csv", two),
            ("sheets/R4/3.csv", second),
            ("sheets/R4/4.csv", moved),
        ],
    );
    let rows = written(&tables.indicators);
    assert_eq!(rows[0], "measure|indicator|name|name_en|unit|better|fiscal_year|target|actual");
    assert_eq!(
        rows[1..5],
        [
            "m-1|m-1-a|利用者||人|higher|2021|10|9",
            "m-1|m-1-a|利用者||人|higher|2022|20|19",
            "m-1|m-1-b|苦情||件|lower|2021|3|4",
            "m-1|m-1-b|苦情||件|lower|2022|2|1",
        ]
    );
    let of_second = ["m-3|m-3-b|苦情||件|lower|2021|3|4", "m-3|m-3-b|苦情||件|lower|2022|2|1"];
    assert_eq!(rows[9..], of_second);
    let coverage = "content/forms/form.toml: 4 worksheets, 71 cells read; figures by year (2021: 10, 2022: 10)";
    assert_eq!(said[1], coverage);
    let moved =
        "content/sheets/R4/4.csv B5: the worksheet `4.csv` has 1 indicator, but the form names 2";
    assert_eq!(said[0], moved);
}

/// An Excel workbook whose only sheet has these rows, each a list of cells in XML.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let row = |cells: &&[&str]| format!("<row>{}</row>", cells.concat());
    let rows: String = rows.iter().map(row).collect();
    let link = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"a\" Type=\"x/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let sheets = "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></sheets>";
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, part) in [
        ("_rels/.rels", link("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", format!("<workbook xmlns:r=\"r\">{sheets}</workbook>")),
        ("xl/_rels/workbook.xml.rels", link("worksheet", "sheet1.xml")),
        ("xl/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(path, options).expect("a name that is not there yet");
        archive.write_all(part.as_bytes()).expect("memory can be written");
    }
    archive.finish().expect("memory can be written").into_inner()
}

#[test]
fn a_formula_without_result_is_no_blank_figure() {
    let form = r#"
files = "sheets/{year}/*.xlsx"
[measure]
id = { label = "番号" }
title = { label = "事業名" }
department = { label = "部課" }
[years]
row = { match = 'R\d+年度', least = 2 }
[[budgets]]
source = "一般財源"
"#;
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let [id, title, department, source] = ["番号", "事業名", "部課", "一般財源"].map(text);
    let [number, name, division, before, now] =
        ["m-1", "見守り", "福祉部", "R3年度", "R4年度"].map(text);
    let bytes = |figure: &str| {
        workbook(&[
            &[&id, &number],
            &[&title, &name],
            &[&department, &division],
            &["<c/>", &before, &now],
            &[&source, "<c><v>10</v></c>", figure],
        ])
    };
    let amounts = |figure: &str| {
        let (tables, said) = read_by(form, &[("sheets/R4/1.xlsx", bytes(figure))]);
        assert_eq!(said.len(), 1, "{said:?}");
        written(&tables.budgets)
    };
    let header = "measure|fiscal_year|source|budget|settled";
    let first = "m-1|2021|一般財源||10";
    assert_eq!(amounts("<c><v>20</v></c>"), [header, first, "m-1|2022|一般財源||20"]);
    assert_eq!(amounts("<c/>"), [header, first]);
    // That there is no result is reported where the table is read.
    assert_eq!(amounts("<c><f>B5*2</f></c>"), [header, first, "m-1|2022|一般財源||"]);
}

#[test]
fn figures_of_a_measure_without_a_sound_id_are_not_read() {
    let form = r#"
files = "sheets/{year}/*.csv"
[measure]
id = { label = "番号" }
series = { label = "系列" }
title = { label = "事業名" }
department = { label = "部課" }
[years]
row = { match = 'R\d+年度', least = 2 }
[[budgets]]
source = "一般財源"
"#;
    let sheet = |id: &str, series: &str| {
        format!(
            ",番号,{id},系列,{series}\n,事業名,見守り\n,部課,福祉部\n,,R3年度,R4年度\n,一般財源,10,20\n"
        )
    };
    for (id, series, amounts) in [("m-1", "m", 2), ("施策1", "m", 0), ("m-1", "系列1", 0)] {
        let (tables, said) = read_by(form, &[("sheets/R4/1.csv", &sheet(id, series))]);
        let found: usize = tables.budgets.iter().map(Table::len).sum();
        assert_eq!(found, amounts, "{id} {series}: {said:?}");
    }
}

/// The lines of the draft that is guessed from `files` below `content/`.
fn guessed(files: &[(&str, &str)]) -> Vec<String> {
    let paths: Vec<String> = files.iter().map(|(path, _)| format!("content/{path}")).collect();
    let all = paths.iter().zip(files).map(|(path, (_, text))| (path.as_str(), text.as_bytes()));
    let drafted = guess(&Sources::from_memory(all), &mut Diagnostics::new());
    drafted.expect("a draft").form.lines().map(str::to_owned).collect()
}

#[test]
fn a_draft_names_the_sheets_of_one_layout() {
    let sheet = |number: u32| {
        let (title, division) = (["見守り", "緑化", "防災"][number as usize - 1], number * 7);
        format!(
            "事務事業評価シート\n整理番号,{number},事務事業名,{title}事業\n所管部課,第{division}課\n目的,{title}のため\n達成度,Ａ\n"
        )
    };
    let [one, two, three] = [sheet(1), sheet(2), sheet(3)];
    let sheets = [("s/R4/1.csv", &*one), ("s/R4/2.csv", &*two), ("s/R4/3.csv", &*three)];
    let of_all = guessed(&sheets);
    assert!(!of_all.iter().any(|line| line.starts_with("sheets = ")), "{of_all:#?}");

    let more = [("s/R4/4集計.csv", &*one), ("s/R4/5.csv", "電話,番号\n整理番号,見本\n担当,見本\n")];
    let drafted = guessed(&[&sheets[..], &more].concat());
    let named: Vec<&String> = drafted.iter().filter(|line| line.starts_with("sheets = ")).collect();
    assert_eq!(named, ["sheets = [\"1.csv\", \"2.csv\", \"3.csv\"]"]);
    assert_eq!(drafted[1], "files = \"s/{year}/*.csv\"");
    assert!(drafted.contains(&"title = { label = \"事務事業名\" }".to_owned()), "{drafted:#?}");
}
