//! Marked copies of tables, by the real binary: faulty cells are coloured and noted, all else is as
//! it was, and what has no cell is on the list.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use rust_xlsxwriter::{Color, DataValidation, Format, Note, Workbook, XlsxError};
use support::{copy, copy_where, is_long, run, sound_site, temporary, write};
use tempfile::TempDir;

/// A sound site with the content of the case `case` of `tests/errors/cases`.
fn site(case: Option<&Path>) -> TempDir {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    if let Some(case) = case {
        copy_where(case, folder.path(), |path| path.components().count() > 1);
        for path in fs::read_to_string(case.join("removed.txt")).unwrap_or_default().lines() {
            fs::remove_file(folder.path().join(path)).expect("what a case removes is there");
        }
    }
    folder
}

/// What `check` says of `site` in JSON: the errors and warnings.
fn problems(site: &Path) -> Vec<String> {
    let root = site.to_str().expect("UTF-8");
    let (_, said, _) = run(["check", "--format", "json", "--root", root]);
    let is_problem = |line: &&str| !line.contains("\"severity\":\"note\"");
    said.lines().filter(is_problem).map(str::to_owned).collect()
}

/// Marks the tables of `site` in the folder `marked` beside its content.
fn mark(site: &Path, language: &str) -> (i32, String, PathBuf) {
    let (root, folder) = (site.to_str().expect("UTF-8"), site.join("marked"));
    let named = folder.to_str().expect("UTF-8");
    let (code, _, said) = run(["check", "--lang", language, "--root", root, "--mark", named]);
    (code, said, folder)
}

/// The parts of a workbook by their names.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("a part");
            let mut text = Vec::new();
            part.read_to_end(&mut text).expect("it can be unpacked");
            (part.name().expect("a name").into_owned(), String::from_utf8_lossy(&text).into_owned())
        })
        .collect()
}

/// Measures as a clerk fills them in, with colours, a drop-down list, a note, a second sheet and
/// four faults: two in one cell's column, one in a blank cell, one in a cell with a note.
fn measures() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let head = Format::new().set_bold().set_background_color(Color::Silver);
    let date = Format::new().set_num_format("yyyy/m/d").set_italic();
    let sheet = workbook.add_worksheet().set_name("施策 & 事業")?;
    for (column, title) in
        (0..).zip(["施策ID", "年度", "部局", "施策名", "達成度", "実績", "更新日"])
    {
        sheet.write_with_format(0, column, title, &head)?;
    }
    let rows = [
        ["lights-2023", "planning", "街路灯の整備", "目標どおり達成", "整備しました。"],
        ["roads-2023", "総務部", "道路の補修", "◎", "補修しました。"],
        ["", "planning", "公園の整備", "目標どおり達成", "整備しました。"],
    ];
    for (row, cells) in (1..).zip(rows) {
        for (column, text) in [0, 2, 3, 4, 5].into_iter().zip(cells) {
            if !text.is_empty() {
                sheet.write(row, column, text)?;
            }
        }
        sheet.write(row, 1, 2023)?;
        sheet.write_with_format(row, 6, 45_000, &date)?;
    }
    let ratings = DataValidation::new().allow_list_strings(&["目標どおり達成", "未達成"])?;
    sheet.add_data_validation(1, 4, 99, 4, &ratings)?;
    sheet.insert_note(2, 4, &Note::new("係長に確認"))?;
    sheet.set_column_width(3, 30)?;
    workbook.add_worksheet().set_name("記入の説明")?.write(0, 0, "このシートは公開しません")?;
    workbook.save_to_buffer()
}

#[test]
fn a_workbook_is_marked_and_nothing_else_of_it_changes() {
    let site = site(None);
    let table = site.path().join("content/measures/2023.xlsx");
    let own = measures().expect("a workbook");
    write(&table, &own);
    let before = problems(site.path());
    assert_eq!(before.len(), 3, "{before:#?}");
    let (code, said, folder) = mark(site.path(), "ja");
    assert_eq!(code, 1, "{said}");
    assert_eq!(fs::read(&table).expect("the table"), own, "the original stays as it is");

    let marked = fs::read(folder.join("measures/2023.xlsx")).expect("a marked copy");
    let (old, new) = (parts(&own), parts(&marked));
    let changed: Vec<&str> = new
        .iter()
        .filter(|(name, text)| old.get(*name) != Some(*text))
        .map(|(name, _)| name.as_str())
        .collect();
    let expected = [
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    ];
    assert_eq!(changed, expected);
    assert!(old.keys().all(|name| new.contains_key(name)));
    let notes = &new["xl/comments1.xml"];
    for part in ["係長に確認", "エラー: 「◎」", "直し方: ", "エラー: 「総務部」", "ref=\"A4\""]
    {
        assert!(notes.contains(part), "{part}: {notes}");
    }
    assert_eq!(notes.matches("<comment ").count(), 3);
    // The cells keep their formats: the copies differ in the colour only.
    let styles = &new["xl/styles.xml"];
    assert!(styles.contains("FFFFC7CE") && styles.contains("FFFFEB9C"), "{styles}");

    // Read as content, the copy is the same table.
    write(&table, &marked);
    assert_eq!(problems(site.path()), before);
}

#[test]
fn every_workbook_with_a_fault_is_read_as_before_once_it_is_marked() {
    let cases = support::root().join("tests/errors/cases/table");
    let mut marked = 0;
    for entry in fs::read_dir(cases).expect("the cases") {
        let case = entry.expect("a case").path();
        let table = "datasets/halls/halls.xlsx";
        if !case.join("content").join(table).exists() || case.ends_with("too-large") {
            continue;
        }
        let site = site(Some(&case));
        let before = problems(site.path());
        let (_, said, folder) = mark(site.path(), "en");
        let copy = folder.join(table);
        if before.iter().any(|line| line.contains("\"cell\":\"")) {
            let copy = fs::read(copy).unwrap_or_else(|_| panic!("{}: {said}", case.display()));
            write(&site.path().join("content").join(table), copy);
            assert_eq!(problems(site.path()), before, "{}", case.display());
            marked += 1;
        }
    }
    assert!(marked >= 6, "only {marked} were marked");
}

#[test]
fn a_table_without_colours_is_copied_and_the_rest_is_on_the_list() {
    let site = site(None);
    let content = site.path().join("content");
    write(&content.join("policies/2022/welfare.toml"), "department = \"welfare\"\n");
    let budgets = "施策ID,年度,予算額\r\ntown-meetings-2022,2022,約350\r\n";
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(budgets);
    write(&content.join("budgets/2022.csv"), &bytes);
    let (code, said, folder) = mark(site.path(), "ja");
    assert_eq!(code, 1, "{said}");
    let copy = parts(&fs::read(folder.join("budgets/2022.csv.xlsx")).expect("a copy"));
    assert!(copy["xl/sharedStrings.xml"].contains("予算額"));
    assert!(copy["xl/comments1.xml"].contains("「約350」"));
    assert!(copy["xl/styles.xml"].contains("FFFFC7CE"));
    let list = parts(&fs::read(folder.join("指摘の一覧.xlsx")).expect("a list"));
    let texts = &list["xl/sharedStrings.xml"];
    for part in
        ["content/policies/2022/welfare.toml", "document::missing-key", "budgets/2022.csv.xlsx"]
    {
        assert!(texts.contains(part), "{part}: {texts}");
    }
}

#[test]
fn a_folder_in_use_or_in_the_content_is_not_written_to() {
    let site = site(None);
    let root = site.path().to_str().expect("UTF-8");
    write(&site.path().join("used/note.txt"), "keep");
    for folder in ["used", "content/marked", "themes"] {
        let named = site.path().join(folder);
        write(&site.path().join("themes/README.txt"), "");
        let named = named.to_str().expect("UTF-8");
        let (code, _, said) = run(["check", "--lang", "en", "--root", root, "--mark", named]);
        assert!(code == 2 && said.contains("is not a new folder"), "{folder}: {said}");
    }
    assert!(!site.path().join("content/marked").exists());
}

/// What LibreOffice shows of a marked copy: a note for each faulty cell, and its colour.
#[test]
fn libreoffice_shows_the_marks() {
    if !is_long() {
        return;
    }
    let site = site(None);
    write(&site.path().join("content/measures/2023.xlsx"), measures().expect("a workbook"));
    let budgets = "施策ID,年度,予算額\r\ntown-meetings-2022,2022,約350\r\n";
    write(&site.path().join("content/budgets/2022.csv"), budgets);
    let (_, _, folder) = mark(site.path(), "ja");
    for (copy, notes, colours) in [("measures/2023.xlsx", 3, 3), ("budgets/2022.csv.xlsx", 1, 1)] {
        let profile = format!("-env:UserInstallation=file://{}/profile", site.path().display());
        let saved = Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", "fods", "--outdir"])
            .arg(site.path())
            .arg(folder.join(copy))
            .output();
        assert!(saved.expect("LibreOffice runs").status.success());
        let name = Path::new(copy).file_stem().expect("a name").to_str().expect("UTF-8");
        let text = fs::read_to_string(site.path().join(format!("{name}.fods"))).expect("a copy");
        assert_eq!(text.matches("<office:annotation ").count(), notes, "{copy}");
        let coloured = text.matches("fo:background-color=\"#ffc7ce\"").count();
        assert!(coloured >= colours.min(1), "{copy}");
    }
}
