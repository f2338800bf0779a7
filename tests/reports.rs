//! How problems are shown: whole texts, in every format.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use kawaraban::diagnostic::{self, CellPlace, Diagnostic, Diagnostics, Place};
use kawaraban::message;
use kawaraban::report::{ColourChoice, ReportFormat, ReportStyle, RunOutcome, render, summary};
use kawaraban::source::Sources;
use kawaraban::table::{self, Declaration};
use kawaraban::text::Language;
use pretty_assertions::assert_eq;

const PLAIN: ReportStyle = ReportStyle {
    format: ReportFormat::Human,
    language: Language::En,
    colour: ColourChoice::Plain,
};

/// The problem of the sample in the design, with the file that it is in.
fn sample() -> (Sources, Diagnostics) {
    let mut csv = String::from("measure,name,unit,better,fiscal_year,baseline,actual,note\n");
    csv.push_str("general-2,訪問者数,人,higher,2020,10,12（3）,\n");
    let sources = Sources::from_memory([("content/indicators/2020.csv", csv.as_bytes())]);
    let mut diagnostics = Diagnostics::new();
    let file = sources.get("content/indicators/2020.csv").expect("just made");
    let table = table::read(file, &Declaration::default(), &mut diagnostics).expect("a table");
    let problem = Diagnostic::new(
        &diagnostic::TABLE_NOT_A_NUMBER,
        table.place(0, 6),
        message!(ja: "「12（3）」は数値ではありません", en: "`12（3）` is not a number"),
    );
    diagnostics.push(problem.with_help(table::not_a_number_help(
        "12（3）",
        table::Unit::Unknown,
        "halls.csv.toml",
        |name| name == "note",
    )));
    (sources, diagnostics)
}

#[test]
fn a_person_sees_the_cell_in_its_line() {
    let (sources, diagnostics) = sample();
    assert_eq!(
        render(diagnostics, &sources, PLAIN),
        "error[table::not-a-number]: `12（3）` is not a number
  content/indicators/2020.csv:2 (cell G2, column `actual`)
    2 | general-2,訪問者数,人,higher,2020,10,12（3）,
      |                                      ^^^^^^^
  help: move the note to the column `note` and leave 12 here (rule L2-01)

"
    );
}

#[test]
fn a_person_sees_it_in_japanese_too() {
    let (sources, diagnostics) = sample();
    let style = ReportStyle { language: Language::Ja, ..PLAIN };
    assert_eq!(
        render(diagnostics, &sources, style),
        "エラー[table::not-a-number]: 「12（3）」は数値ではありません
  content/indicators/2020.csv:2（セルG2、「actual」の列）
    2 | general-2,訪問者数,人,higher,2020,10,12（3）,
      |                                      ^^^^^^^
  直し方: 注記は「note」の列に移し、ここには 12 だけを残してください（規則 L2-01）

"
    );
}

#[test]
fn an_editor_gets_one_line() {
    let (sources, diagnostics) = sample();
    assert_eq!(
        render(diagnostics, &sources, ReportStyle { format: ReportFormat::Short, ..PLAIN }),
        "content/indicators/2020.csv:2:33: error[table::not-a-number]: `12（3）` is not a number\n"
    );
    let (sources, diagnostics) = sample();
    let style = ReportStyle { format: ReportFormat::Short, language: Language::Ja, ..PLAIN };
    assert_eq!(
        render(diagnostics, &sources, style),
        "content/indicators/2020.csv:2:33: エラー[table::not-a-number]: 「12（3）」は数値ではありません\n"
    );
}

#[test]
fn a_program_gets_everything_in_both_languages() {
    let (sources, diagnostics) = sample();
    let text = render(diagnostics, &sources, ReportStyle { format: ReportFormat::Json, ..PLAIN });
    let value: serde_json::Value = serde_json::from_str(&text).expect("one object");
    assert_eq!(
        value,
        serde_json::json!({
            "code": "table::not-a-number",
            "severity": "error",
            "rule": "L2-01",
            "place": {
                "file": "content/indicators/2020.csv",
                "sheet": null,
                "cell": "G2",
                "header": "actual",
                "line": 2,
                "column": 33,
            },
            "message": { "ja": "「12（3）」は数値ではありません", "en": "`12（3）` is not a number" },
            "help": {
                "ja": "注記は「note」の列に移し、ここには 12 だけを残してください（規則 L2-01）",
                "en": "move the note to the column `note` and leave 12 here (rule L2-01)",
            },
            "related": [],
        })
    );
}

#[test]
fn a_ci_host_gets_a_workflow_command_with_its_signs_escaped() {
    let sources = Sources::from_memory([("content/a,b.toml", &b"x = 1\n"[..])]);
    let mut diagnostics = Diagnostics::new();
    let place = Place::text("content/a,b.toml", 4..5);
    let text = message!(ja: "50% は\n二行", en: "50% is\r\ntwo lines");
    diagnostics.push(Diagnostic::new(&diagnostic::DOCUMENT_VALUE, place, text));
    assert_eq!(
        render(diagnostics, &sources, ReportStyle { format: ReportFormat::Github, ..PLAIN }),
        "::error file=content/a%2Cb.toml,line=1,col=5,title=document%3A%3Avalue::50%25 is%0D%0Atwo lines\n"
    );
}

#[test]
fn a_long_line_is_cut_around_the_cell() {
    let cell = "長い説明。".repeat(40);
    let csv = format!("a,b,c\n{cell},だめ,{cell}\n");
    let sources = Sources::from_memory([("content/t.csv", csv.as_bytes())]);
    let mut diagnostics = Diagnostics::new();
    let file = sources.get("content/t.csv").expect("just made");
    let table = table::read(file, &Declaration::default(), &mut diagnostics).expect("a table");
    let text = message!(ja: "だめ", en: "wrong");
    diagnostics.push(Diagnostic::new(&diagnostic::TABLE_VALUE, table.place(0, 1), text));
    let shown = render(diagnostics, &sources, PLAIN);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[2].starts_with("    2 | …") && lines[2].ends_with("。…"), "{}", lines[2]);
    assert!(lines[2].contains("説明。,だめ,長い説明。"), "{}", lines[2]);
    assert!(lines[2].chars().count() < 70, "{}", lines[2]);
    let (source, marks) =
        (lines[2].find("だめ").expect("the cell"), lines[3].find('^').expect("marks"));
    let width = |text: &str| {
        text.chars().map(|c| if c.is_ascii() || c == '…' { 1 } else { 2 }).sum::<usize>()
    };
    assert_eq!(width(&lines[2][..source]), marks);
    assert_eq!(lines[3].matches('^').count(), 4);
}

#[test]
fn a_workbook_has_no_line_but_a_place() {
    let place = CellPlace {
        file: "content/measures.xlsx".into(),
        sheet_number: 0,
        sheet: Some("令和2年度".into()),
        row: 12,
        column: Some(2),
        header: Some("年度".into()),
        line: None,
        bytes: None,
    };
    let mut diagnostics = Diagnostics::new();
    let text = message!(ja: "空", en: "blank");
    diagnostics.push(Diagnostic::new(&diagnostic::TABLE_MISSING_VALUE, place, text));
    assert_eq!(
        render(diagnostics, &Sources::default(), PLAIN),
        "error[table::missing-value]: blank
  content/measures.xlsx (sheet `令和2年度`, cell B12, column `年度`)

"
    );
}

#[test]
fn nothing_in_the_content_commands_the_terminal() {
    let csv = "a\n\u{1b}[2J\u{202e}x\n";
    let sources = Sources::from_memory([("content/t.csv", csv.as_bytes())]);
    let mut diagnostics = Diagnostics::new();
    let file = sources.get("content/t.csv").expect("just made");
    let table = table::read(file, &Declaration::default(), &mut diagnostics).expect("a table");
    let cell = table.cell(0, 0);
    let text = message!(ja: "`{cell}`", en: "`{cell}`");
    diagnostics.push(Diagnostic::new(&diagnostic::TABLE_VALUE, table.place(0, 0), text));
    for format in [ReportFormat::Human, ReportFormat::Short] {
        let shown = render(diagnostics.clone(), &sources, ReportStyle { format, ..PLAIN });
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    }
}

#[test]
fn the_last_line_counts() {
    let (_, diagnostics) = sample();
    let last = |outcome, language| summary(&diagnostics, outcome, language);
    assert_eq!(
        last(RunOutcome::NothingWritten, Language::En),
        "1 error in 1 file; nothing was written\n"
    );
    assert_eq!(last(RunOutcome::Checked, Language::En), "1 error in 1 file\n");
    assert!(last(RunOutcome::NothingWritten, Language::Ja).starts_with("エラー 1件（"));
    assert_eq!(summary(&Diagnostics::new(), RunOutcome::Checked, Language::En), "");
}

/// A sound site whose table of budgets has `faults` rows with a figure that is none.
fn faulty_site(faults: usize) -> tempfile::TempDir {
    let folder = support::temporary();
    support::copy(&support::sound_site(), folder.path());
    let measures = folder.path().join("content/measures/many.csv");
    let mut table = "施策ID,年度,部局,施策名,実績公表日\n".to_owned();
    for number in 0..faults {
        table.push_str(&format!("m-{number},2020,企画部,施策{number},<b>{number}日\n"));
    }
    support::write(&measures, table);
    folder
}

/// Standard output and standard error of `check`, which finds errors.
fn checked(site: &std::path::Path, flags: &[&str]) -> (String, String) {
    let arguments = ["check", "--lang", "ja", "--root"].map(std::ffi::OsStr::new).into_iter();
    let arguments = arguments.chain([site.as_os_str()]);
    let (code, out, said) = support::run(arguments.chain(flags.iter().map(std::ffi::OsStr::new)));
    assert_eq!(code, 1, "{said}");
    (out, said)
}

#[test]
fn ten_thousand_faults_are_one_screen_one_page_and_all_for_programs() {
    let folder = faulty_site(10_000);
    let (_, said) = checked(folder.path(), &[]);
    assert!(said.lines().count() <= 200, "{said}");
    assert!(said.ends_with("エラー 10000件（1ファイル）\n"), "{said}");
    let (out, _) = checked(folder.path(), &["--format", "json"]);
    assert_eq!(out.lines().count(), 10_000);
    let file = folder.path().join("report.html");
    let (out, said) = checked(folder.path(), &["--format", "html", file.to_str().expect("UTF-8")]);
    assert!(out.contains("report.html") && said.lines().count() == 1, "{out}{said}");
    let page = std::fs::read_to_string(&file).expect("a page");
    assert!(page.len() < 8_000_000, "{}", page.len());
    assert_eq!(page.matches("<div class=\"sheet part\"").count(), 41);
    assert!(page.contains("<td class=\"number\">10000</td>"), "every problem is counted");
    for part in [
        "<h2>content/measures/many.csv</h2>",
        "<td class=\"error\" id=\"p0\">&lt;b>0日</td>",
        "<div class=\"error\"><b>エラー</b> E2: ",
        "<a href=\"#p1\" title=\"同じ規則の次の指摘\">→</a>",
        "<th scope=\"col\">E</th>",
        "<h3 id=\"rule-table::not-a-date\">table::not-a-date</h3>",
        "<a href=\"#rule-table::not-a-date\">table::not-a-date</a>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let linked = page.matches("href=\"#p").count();
    let anchors = page.matches(" id=\"p").count();
    assert!(anchors == 10_000 && linked == 2 * 9_999 + 1, "{anchors} {linked}");
}

#[test]
fn a_rule_is_explained_by_its_name_or_its_number() {
    let (code, out, _) = support::run(["explain", "l1-06", "--lang", "ja"]);
    assert_eq!(code, 0);
    for part in
        ["table::spaces\n\n警告：", "規則 L1-06", "理由：", "-01,中央　公民館", "+01,中央公民館"]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    let (code, _, said) = support::run(["explain", "table::space", "--lang", "en"]);
    assert!(code == 2 && said.contains("`kawaraban explain table::spaces`"), "{said}");
}

#[test]
fn a_site_decides_on_its_rules() {
    let folder = support::temporary();
    support::copy(&support::sound_site(), folder.path());
    let case = support::root().join("tests/errors/cases/table/ditto");
    support::copy_where(&case, folder.path(), |path| path.starts_with("content"));
    let settings = folder.path().join("content/site.toml");
    let text = std::fs::read_to_string(&settings).expect("settings");
    let check = |rule: &str| {
        std::fs::write(&settings, format!("{text}\n[checks]\n{rule}\n")).expect("settings");
        let arguments = ["check", "--lang", "en", "--format", "short", "--root"];
        let arguments = arguments.map(std::ffi::OsStr::new).into_iter();
        let (code, _, said) = support::run(arguments.chain([folder.path().as_os_str()]));
        (code, said)
    };
    let (code, said) = check("");
    assert!(code == 0 && said.contains(": warning[table::ditto]: "), "{said}");
    let (code, said) = check("\"table::ditto\" = \"error\"");
    assert!(code == 1 && said.contains(": error[table::ditto]: "), "{said}");
    let (code, said) = check("\"L2-02\" = \"off\"");
    assert!(code == 0 && !said.contains("table::ditto"), "{said}");
}
