//! A city's own sheets, read by forms: what is published is what a person reads on them.
//!
//! The workbooks and what a right reading gives lie in `shared/data/forms` beside the repository,
//! or where `KAWARABAN_SHARED` points. Where they are absent the tests say so and pass; with
//! `KAWARABAN_REQUIRE_SHARED` set they fail.
#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use pretty_assertions::assert_eq;
use serde_json::{Map, Value, json};
use support::{copy, root, run, shared_data, temporary, tree, write};
use tempfile::TempDir;

/// The folder of the workbooks; `None` where it is absent.
fn workbooks() -> Option<PathBuf> {
    shared_data("forms")
}

/// A site that reads the workbooks `name` (a file or a folder) by the form of the fixture
/// `fixture`.
fn site(fixture: &str, name: &str, year: &str) -> Option<TempDir> {
    let workbooks = workbooks()?;
    let fixtures = root().join("tests/fixtures/forms");
    let site = temporary();
    copy(&fixtures.join("common"), &site.path().join("content"));
    copy(&fixtures.join(fixture), site.path());
    let to = site.path().join("content/sheets").join(year);
    let from = workbooks.join(name);
    match from.is_dir() {
        true => copy(&from, &to),
        false => write(&to.join(name), fs::read(&from).expect("a workbook")),
    }
    Some(site)
}

fn truth(name: &str) -> Value {
    let path = workbooks().expect("it is there").join(format!("{name}.truth.json"));
    serde_json::from_slice(&fs::read(path).expect("the truth")).expect("JSON")
}

/// Builds the site and gives the measures that are published, by id.
fn published(site: &TempDir) -> BTreeMap<String, Value> {
    let out = site.path().join("public");
    let arguments: [&std::ffi::OsStr; 7] = [
        "build".as_ref(),
        "--root".as_ref(),
        site.path().as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
        "--lang".as_ref(),
        "en".as_ref(),
    ];
    let (code, _, said) = run(arguments);
    assert_eq!(code, 0, "{said}");
    let measures = fs::read_dir(out.join("measures")).expect("measures are published");
    let files = measures.map(|entry| entry.expect("an entry").path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let measure: Value =
                serde_json::from_slice(&fs::read(&path).expect("a file")).expect("JSON");
            (measure["id"].as_str().expect("an id").to_owned(), measure)
        })
        .collect()
}

/// Amounts by year and source, as the truth has them: those that are not there are null.
fn budgets_of(measure: &Value, sources: &Map<String, Value>) -> BTreeMap<String, Value> {
    let mut by_year: BTreeMap<String, Value> = BTreeMap::new();
    for row in measure["budgets"].as_array().expect("budgets") {
        let year = row["fiscal_year"].to_string();
        let amounts = by_year.entry(year).or_insert_with(|| {
            Value::Object(sources.keys().map(|source| (source.clone(), Value::Null)).collect())
        });
        let (budget, settled) = (&row["budget"], &row["settled"]);
        assert!(budget.is_null() || settled.is_null(), "one of both: {row}");
        let amount = if budget.is_null() { settled } else { budget };
        let source = row["source"].as_str().expect("a source");
        assert!(amounts[source].is_null(), "twice: {row}");
        amounts[source] = amount.clone();
    }
    by_year
}

/// Is it the same number or text? 98 is 98.0.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-9,
        _ => one == other,
    }
}

/// The figures of `indicator` by year: `target` or `actual`.
fn figures(measure: &Value, id: &str, kind: &str) -> BTreeMap<String, Value> {
    let indicators = measure["indicators"].as_array().expect("indicators");
    let found = indicators.iter().find(|indicator| indicator["id"] == id);
    let years = found.map(|indicator| indicator["years"].as_array().expect("years"));
    years
        .into_iter()
        .flatten()
        .map(|year| (year["fiscal_year"].to_string(), year[kind].clone()))
        .collect()
}

/// The indicators of the truth, with the ends of their ids on sheets and in the wide list.
const ROLES: [(&str, [&str; 2]); 3] =
    [("activity", ["a", "c"]), ("outcome", ["b", "d"]), ("decrease", ["c", "e"])];

/// The marked choices of the truth and the fields that hold them.
const JUDGED: [(&str, &str); 4] = [
    ("政策体系との整合性", "consistency"),
    ("公共関与の妥当性", "public_role"),
    ("成果の向上余地", "effectiveness"),
    ("事業費の削減余地", "efficiency"),
];

/// The texts of the truth and the fields that hold them.
const TEXTS: [(&str, &str); 5] = [
    ("law", "legal_basis"),
    ("means", "means"),
    ("target", "target_group"),
    ("background", "background"),
    ("comment", "comment"),
];

/// A text of the truth as it is published: a dash says that there is none.
fn text(truth: &Value) -> Value {
    match truth.as_str() {
        Some("-" | "－" | "―") => Value::Null,
        _ => truth.clone(),
    }
}

/// What differs between a published measure and the truth of it.
fn differences(measure: &Value, truth: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut hold = |what: String, found: &Value, wanted: &Value| {
        if !is_same(found, wanted) {
            wrong.push(format!("{what}: {found} instead of {wanted}"));
        }
    };
    hold("title".to_owned(), &measure["title"], &truth["title"]);
    let department = truth["department"].as_str().expect("a department");
    let name = measure["department"]["name"].as_str().expect("a name");
    hold("department".to_owned(), &json!(department.ends_with(name)), &json!(true));
    for (year, amounts) in truth["budgets"].as_object().expect("budgets") {
        let amounts = amounts.as_object().expect("amounts");
        let found = budgets_of(measure, amounts);
        for (source, amount) in amounts {
            let published = found.get(year).map_or(&Value::Null, |year| &year[source]);
            hold(format!("{source} of {year}"), published, amount);
        }
        let extra = found.keys().find(|year| truth["budgets"].get(year.as_str()).is_none());
        hold("years of budgets".to_owned(), &json!(extra), &Value::Null);
    }
    let path = measure["plan"]
        .as_array()
        .map(|nodes| nodes.iter().map(|node| node["title"].clone()).collect::<Vec<_>>());
    hold("plan".to_owned(), &json!(path), &truth["plan"]);
    let fields = &measure["fields"];
    for (label, field) in JUDGED {
        hold(label.to_owned(), &fields[format!("{field}_label")], &truth["judge"][label]);
        let reason = &fields[format!("{field}_reason")];
        hold(format!("why: {label}"), reason, &truth["texts"]["why"][label]);
    }
    for (name, field) in TEXTS.iter().filter(|(name, _)| !truth["texts"][*name].is_null()) {
        hold((*name).to_owned(), &fields[*field], &text(&truth["texts"][*name]));
    }
    hold("intent".to_owned(), &measure["direction"], &truth["texts"]["intent"]);
    hold("direction".to_owned(), &fields["future_label"], &truth["direction"]);
    let start = fields["start_year"].as_str().map(|start| start.trim_end_matches("年度"));
    hold("start".to_owned(), &json!(start), &text(&truth["texts"]["start"]));
    if let Some(grade) = truth["grade"].as_str() {
        hold("grade".to_owned(), &measure["result"]["rating_label"], &json!(grade));
    }
    let id = truth["id"].as_str().expect("an id");
    let is_wide = truth["texts"].get("staff").is_some();
    if let Some(staff) = truth["texts"]["staff"].as_object() {
        for (at, letter) in ["a", "b"].into_iter().enumerate() {
            let published = figures(measure, &format!("{id}-{letter}"), "actual");
            for (year, pair) in staff {
                hold(format!("staff of {year}"), &published[year], &pair[at]);
            }
        }
        for (at, field) in ["budget-account", "budget-chapter"].into_iter().enumerate() {
            let found = fields.get(field.replace('-', "_")).cloned().unwrap_or_default();
            let joined = found
                .as_array()
                .map(|items| items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("/"));
            hold(field.to_owned(), &json!(joined), &truth["texts"]["account"][at]);
        }
    }
    for (role, letters) in ROLES {
        let letter = letters[usize::from(is_wide)];
        let wanted = &truth["indicators"][role];
        let indicator = format!("{id}-{letter}");
        let all = measure["indicators"].as_array().expect("indicators");
        let found = all.iter().find(|indicator_| indicator_["id"] == indicator.as_str());
        let found = found.cloned().unwrap_or(Value::Null);
        for fact in ["name", "unit", "better"] {
            hold(format!("{fact} of {indicator}"), &found[fact], &wanted[fact]);
        }
        for kind in ["target", "actual"] {
            let Some(by_year) = wanted[kind].as_object() else { continue };
            let published = figures(measure, &indicator, kind);
            for (year, figure) in by_year {
                let found = published.get(year).unwrap_or(&Value::Null);
                hold(format!("{kind} of {indicator} in {year}"), found, figure);
            }
        }
    }
    wrong
}

/// All differences between what `site` publishes and the truth `name`.
fn all_differences(site: &TempDir, name: &str, year: &str) -> Vec<String> {
    let measures = published(site);
    let truth = truth(name);
    let programmes = truth["programmes"].as_array().expect("programmes");
    assert_eq!(measures.len(), programmes.len());
    let mut wrong = Vec::new();
    for programme in programmes {
        let id = format!("{year}-{}", programme["id"].as_str().expect("an id"));
        let measure = &measures[&id];
        wrong.extend(
            differences(measure, programme).into_iter().map(|what| format!("{id}: {what}")),
        );
    }
    wrong
}

/// No file that was published holds what is private; archives and workbooks are unpacked.
fn nothing_private(site: &TempDir) {
    let out = site.path().join("public");
    for (path, bytes) in tree(&out) {
        no_private_text(&path.display().to_string(), &bytes);
    }
}

fn no_private_text(path: &str, bytes: &[u8]) {
    for private in ["検見川", "0190-00-0000", "課長確認済み"] {
        let found = bytes.windows(private.len()).any(|window| window == private.as_bytes());
        assert!(!found, "{private} stands in {path}");
    }
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return };
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file of the archive");
        let mut inner = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut inner).expect("it is whole");
        no_private_text(&format!("{path}, file {index}"), &inner);
    }
}

#[test]
fn one_worksheet_a_measure_is_read_as_a_person_reads_it() {
    let Some(site) = site("sheets", "sheets.xlsx", "2024") else { return };
    assert_eq!(all_differences(&site, "sheets", "2024"), Vec::<String>::new());
    nothing_private(&site);
}

#[test]
fn one_file_a_measure_is_read_in_two_editions_of_its_form() {
    let Some(site) = site("files", "files", "2024") else { return };
    assert_eq!(all_differences(&site, "files", "2024"), Vec::<String>::new());
    nothing_private(&site);
}

#[test]
fn one_row_a_measure_with_a_block_a_year_is_read_as_a_person_reads_it() {
    let Some(site) = site("wide", "wide.xlsx", "2025") else { return };
    assert_eq!(all_differences(&site, "wide", "2025"), Vec::<String>::new());
    nothing_private(&site);
}

#[test]
fn a_list_is_read_as_measures_with_money_and_an_indicator() {
    let Some(site) = site("list", "list.xlsx", "2024") else { return };
    let measures = published(&site);
    let truth = truth("list");
    let programmes = truth["programmes"].as_array().expect("programmes");
    assert_eq!(measures.len(), programmes.len());
    for programme in programmes {
        let id = programme["id"].as_str().expect("an id");
        let measure = &measures[&format!("2024-{id}")];
        let [budget] = measure["budgets"].as_array().expect("budgets").as_slice() else {
            panic!("{id} has one row of money");
        };
        assert!(is_same(&budget["budget"], &programme["budget"]), "{id}: {budget}");
        assert!(is_same(&budget["settled"], &programme["settled"]), "{id}: {budget}");
        let indicator = format!("{id}-a");
        for kind in ["target", "actual"] {
            let figure = &figures(measure, &indicator, kind)["2024"];
            assert!(is_same(figure, &programme[kind]), "{id}: {kind} {figure}");
        }
        assert_eq!(measure["title"], programme["title"]);
        assert_eq!(measure["result"]["rating_label"], programme["grade"], "{id}");
    }
    nothing_private(&site);
}

/// The sums of what is published of `site` and not superseded, by year and source or indicators;
/// how many rows there are; how many of them are superseded.
fn sums_of_years(site: &TempDir) -> (BTreeMap<String, f64>, usize, usize) {
    let (mut sums, mut rows, mut superseded) = (BTreeMap::new(), 0, 0);
    let mut take = |row: &Value, kinds: &[&str], what: &str| {
        rows += 1;
        if row["status"] == "superseded" {
            superseded += 1;
            return;
        }
        for kind in kinds {
            let key = format!("{} {what} {kind}", row["fiscal_year"]);
            *sums.entry(key).or_default() += row[*kind].as_f64().unwrap_or_default();
        }
    };
    for measure in published(site).values() {
        for row in measure["budgets"].as_array().expect("budgets") {
            take(row, &["budget", "settled"], row["source"].as_str().expect("a source"));
        }
        for indicator in measure["indicators"].as_array().expect("indicators") {
            for row in indicator["years"].as_array().expect("years") {
                take(row, &["target", "actual"], "indicators");
            }
        }
    }
    (sums, rows, superseded)
}

#[test]
fn a_form_reads_the_sheets_of_two_years_and_no_figure_counts_twice() {
    let Some(site) = site("sheets", "sheets.xlsx", "2023") else { return };
    let (one_year, rows, superseded) = sums_of_years(&site);
    assert_eq!(superseded, 0);
    assert!(one_year.values().filter(|sum| **sum > 0.0).count() > 20, "{one_year:?}");
    let sheets = site.path().join("content/sheets");
    copy(&sheets.join("2023"), &sheets.join("2024"));
    let (two_years, _, superseded) = sums_of_years(&site);
    assert_eq!(published(&site).len(), 48, "24 measures a year");
    assert_eq!(superseded, rows, "the later sheets say all of them again");
    assert_eq!(two_years, one_year);
}

/// What is published of the sheets of `tests/fixtures/forms/kinds` in the workbook `name`, without
/// where it was read.
fn published_of(name: &str) -> BTreeMap<String, Value> {
    let fixtures = root().join("tests/fixtures/forms");
    let site = temporary();
    copy(&fixtures.join("common"), &site.path().join("content"));
    copy(&fixtures.join("kinds/content"), &site.path().join("content"));
    let workbook = fs::read(fixtures.join("kinds").join(name)).expect("a workbook");
    write(&site.path().join("content/sheets/2022").join(name), workbook);
    let mut measures = published(&site);
    for (id, measure) in &mut measures {
        let sources = measure.as_object_mut().expect("an object").remove("sources");
        let cells = &sources.expect("it knows its cells")[0]["cells"];
        assert_eq!(cells["title"], "D3", "{name}: {id}");
        assert_eq!(cells["budgets/2022/一般財源//settled"], "E10", "{name}: {id}");
    }
    nothing_private(&site);
    measures
}

#[test]
fn every_kind_of_workbook_gives_the_same() {
    let measures = published_of("sheets.xlsx");
    for name in ["sheets.xlsm", "sheets.xls", "sheets.ods"] {
        assert_eq!(published_of(name), measures, "{name}");
    }
    let meals = &measures["2022-1102"];
    assert_eq!(meals["title"], "配食サービス事業");
    assert_eq!(meals["result"]["rating"], "d");
    let amounts =
        budgets_of(meals, json!({"国庫支出金": 0, "一般財源": 0}).as_object().expect("it"));
    let of_source = |source: &str| {
        amounts.values().map(|year| year[source].as_f64()).collect::<Vec<Option<f64>>>()
    };
    assert_eq!(of_source("国庫支出金"), [None, Some(60.0), Some(61.5), Some(62.0)]);
    assert_eq!(of_source("一般財源"), [Some(80.0), Some(85.0), Some(90.0), Some(92.0)]);
    let figure = |kind: &str| {
        figures(meals, "1102-a", kind).values().map(Value::as_f64).collect::<Vec<Option<f64>>>()
    };
    assert_eq!(figure("target"), [Some(10000.0), Some(10000.0), Some(10500.0)]);
    assert_eq!(figure("actual"), [Some(9120.0), Some(9875.5), None]);
    let aim = measures["2022-1101"]["direction"].as_str().expect("a text");
    assert_eq!(aim, "高齢者の孤立を防ぐため、\n地域の見守り活動を支援する。");
}

#[test]
fn every_kind_of_workbook_is_drafted_alike() {
    let fixtures = root().join("tests/fixtures/forms");
    for ending in ["xlsx", "xlsm", "xls", "ods"] {
        let site = temporary();
        copy(&fixtures.join("common"), &site.path().join("content"));
        copy(&fixtures.join("kinds/content"), &site.path().join("content"));
        let name = format!("sheets.{ending}");
        let workbook = fs::read(fixtures.join("kinds").join(&name)).expect("a workbook");
        write(&site.path().join("content/sheets/2022").join(&name), workbook);
        let form = fs::read_to_string(site.path().join("content/forms/kinds.toml"));
        let form = form.expect("a form").replace("sheets.*", &name);
        let draft = drafted(&site, "kinds");
        let changed: Vec<&str> =
            form.lines().filter(|line| !draft.lines().any(|drafted| drafted == *line)).collect();
        // What the sheets cannot say: what the ratings are called in the site, that a pattern of
        // years may be narrower, that more is better, and that a remark is not for the public.
        let starts = ["rating = {", "row = {", "each = [", "labels = ["];
        assert_eq!(changed.len(), starts.len(), "{name}: {changed:#?}\n{draft}");
        for (line, start) in changed.iter().zip(starts) {
            assert!(line.starts_with(start), "{name}: {line}");
        }
        let rating = "\nrating = { label = \"達成度\", marked = \"■\", unmarked = \"□\" }\n";
        assert!(draft.contains(rating), "{name}: {draft}");
    }
}

#[test]
fn a_digit_that_differs_from_the_truth_is_told() {
    let Some(site) = site("files", "files", "2024") else { return };
    let measures = published(&site);
    let mut truth = truth("files");
    let programme = &mut truth["programmes"][0];
    programme["indicators"]["outcome"]["actual"]["2023"] = json!(0.5);
    let id = programme["id"].as_str().expect("an id").to_owned();
    let wrong = differences(&measures[&format!("2024-{id}")], programme);
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert!(wrong[0].contains("0.5") && wrong[0].contains("2023"), "{wrong:?}");
}

/// What `forms guess` drafts of the workbooks of `site`.
fn drafted(site: &TempDir, name: &str) -> String {
    let root = site.path();
    let form = root.join(format!("content/forms/{name}.toml"));
    fs::remove_file(&form).expect("the form that a person has corrected");
    let _fields = fs::remove_file(root.join("content/fields.toml"));
    let _plan = fs::remove_file(root.join("content/plan.csv"));
    let mut arguments: Vec<std::ffi::OsString> =
        ["forms", "guess", "--id", name, "--lang", "en", "--root"].map(Into::into).to_vec();
    arguments.push(root.into());
    let workbooks = tree(&root.join("content/sheets"));
    arguments.extend(workbooks.keys().map(|path| root.join("content/sheets").join(path).into()));
    let (code, said, problems) = run(arguments);
    assert_eq!(code, 0, "{problems}");
    assert!(said.contains(&format!("content/forms/{name}.toml")), "{said}");
    fs::read_to_string(form).expect("a draft")
}

#[test]
fn a_draft_needs_few_corrections() {
    for (name, workbooks, year) in [
        ("wide", "wide.xlsx", "2025"),
        ("sheets", "sheets.xlsx", "2024"),
        ("files", "files", "2024"),
        ("list", "list.xlsx", "2024"),
    ] {
        let Some(site) = site(name, workbooks, year) else { return };
        let path = site.path().join(format!("content/forms/{name}.toml"));
        let corrected = fs::read_to_string(path).expect("a form");
        let fields =
            fs::read_to_string(site.path().join("content/fields.toml")).unwrap_or_default();
        let plan = fs::read(site.path().join("content/plan.csv")).ok();
        let draft = drafted(&site, name);
        assert_eq!(fs::read(site.path().join("content/plan.csv")).ok(), plan, "{name}");
        let lines: Vec<&str> = draft.lines().collect();
        let changed = corrected.lines().filter(|line| !lines.contains(line)).count();
        assert!(changed <= 10, "{name}: {changed} lines differ from the draft:\n{draft}");
        let kept: Vec<&str> = corrected.lines().collect();
        let removed = lines.iter().filter(|line| !kept.contains(line)).count();
        assert!(removed <= 10, "{name}: {removed} lines of the draft are gone:\n{draft}");
        let drafted =
            fs::read_to_string(site.path().join("content/fields.toml")).unwrap_or_default();
        assert_eq!(drafted, fields, "{name}");
        // Until a person has read it, it does nothing.
        assert!(draft.starts_with("draft = true"), "{name}");
    }
}

#[test]
fn what_forms_read_can_be_written_as_tables() {
    let Some(site) = site("files", "files", "2024") else { return };
    let facts = |site: &TempDir| {
        let mut measures = published(site);
        for measure in measures.values_mut() {
            // That they stand in other files now is what was wanted.
            let sources = measure.as_object_mut().expect("an object").remove("sources");
            assert!(sources.is_some());
        }
        measures
    };
    let before = facts(&site);
    let root = site.path().as_os_str();
    let write = ["forms".as_ref(), "write".as_ref(), "--root".as_ref(), root];
    let (code, said, problems) = run(write);
    assert_eq!(code, 0, "{problems}");
    assert_eq!(said.lines().filter(|line| line.ends_with(".csv")).count(), 3, "{said}");
    fs::remove_dir_all(site.path().join("content/forms")).expect("the forms go");
    fs::remove_dir_all(site.path().join("content/sheets")).expect("their workbooks go");
    assert_eq!(facts(&site), before);
    let (code, _, problems) = run(write);
    assert_eq!(code, 2, "nothing is left to be written: {problems}");
}

#[test]
fn forms_are_short() {
    let fixtures = root().join("tests/fixtures/forms");
    for name in ["wide", "sheets", "files", "list"] {
        let form = fixtures.join(name).join("content/forms").join(format!("{name}.toml"));
        let text = fs::read_to_string(form).expect("a form");
        assert!(text.lines().count() <= 40, "{name} has {} lines", text.lines().count());
        let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(longest <= 180, "{name} has a line of {longest} characters");
    }
}
