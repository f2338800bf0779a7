//! Tables that were not written for a test: every one is read, or it is said which cell is at
//! fault.
//!
//! The data lies in `shared/data` beside the repository, or where `KAWARABAN_SHARED` points. Where
//! it is absent the tests say so and pass; with `KAWARABAN_REQUIRE_SHARED` set they fail.
#![allow(clippy::disallowed_methods, reason = "tests read their data themselves")]

mod outcomes;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kawaraban::config::Selection;
use kawaraban::dataset;
use kawaraban::diagnostic::{Diagnostics, Place};
use kawaraban::source::Sources;
use kawaraban::table::{self, Declaration, Table};
use support::shared_data;

/// The files below `folder` that are tables by their ending, in order.
fn tables_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false if table::is_table(&path.to_string_lossy()) => files.push(path),
                false => {}
            }
        }
    }
    files.sort();
    files
}

fn read(path: &Path) -> (Option<Table>, Diagnostics) {
    let name = format!("content/{}", path.file_name().expect("a name").to_string_lossy());
    let bytes = std::fs::read(path).expect("a readable file");
    let sources = Sources::from_memory([(name.as_str(), bytes.as_slice())]);
    let mut diagnostics = Diagnostics::new();
    let table = table::read(
        sources.get(&name).expect("just made"),
        &Declaration::default(),
        &mut diagnostics,
    );
    (table, diagnostics)
}

fn rows(table: &Table) -> Vec<BTreeMap<String, String>> {
    let header = table.header().iter().enumerate();
    let row =
        |row| header.clone().map(move |(c, h)| (h.text.to_string(), table.cell(row, c).to_owned()));
    (0..table.len()).map(|index| row(index).collect()).collect()
}

/// Places that are looked at in a file.
const PLACES: usize = 40;

/// Every cell that one of the first places names must lie within the text, on its line, at its
/// column.
fn assert_places_are_true(path: &Path, diagnostics: &Diagnostics) {
    let bytes = std::fs::read(path).expect("a readable file");
    let text = kawaraban::source::decode_table(&bytes).0;
    for problem in diagnostics.iter().take(PLACES) {
        let Place::Cell(cell) = &problem.place else { continue };
        let Some((start, end)) = cell.bytes else { continue };
        let marked = text.get(start..end).expect("characters are whole");
        let before = text[..start].replace("\r\n", "\n").replace('\r', "\n");
        let line = before.matches('\n').count() + 1;
        assert_eq!(Some(line), cell.line.map(|line| line as usize), "{problem:?}");
        // A quotation mark within a cell is doubled.
        let unquoted = marked.trim_matches('"').replace("\"\"", "");
        assert!(!unquoted.contains("\",\""), "more than a cell in {}: {marked}", path.display());
    }
}

#[test]
fn csv_spectrum_reads_as_its_authors_say() {
    let Some(folder) = shared_data("csv-spectrum") else { return };
    let mut compared = 0;
    for path in tables_below(&folder.join("csvs")) {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let (table, diagnostics) = read(&path);
        if stem == "location_coordinates" {
            // The file itself holds U+FFFD where a degree sign was.
            assert!(diagnostics.iter().any(|d| d.code.id == "source::encoding"), "{diagnostics:?}");
            continue;
        }
        assert!(diagnostics.is_empty(), "{stem}: {diagnostics:?}");
        let json = std::fs::read(folder.join("json").join(format!("{stem}.json"))).expect("JSON");
        let expected: Vec<BTreeMap<String, String>> = serde_json::from_slice(&json).expect("rows");
        // Whether the JSON has LF or CRLF within a cell is an accident of how it was made.
        let same_ends = |rows: Vec<BTreeMap<String, String>>| -> Vec<BTreeMap<String, String>> {
            let cell = |(name, cell): (String, String)| (name, cell.replace("\r\n", "\n"));
            rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
        };
        let table = table.expect("a table");
        assert_eq!(same_ends(rows(&table)), same_ends(expected), "{stem}");
        compared += 1;
    }
    assert!(compared >= 11, "only {compared} files were compared");
}

#[test]
fn the_csv_crate_reads_the_same_cells() {
    let Some(folder) = shared_data("") else { return };
    let mut compared = 0;
    for path in tables_below(&folder) {
        let (table, diagnostics) = read(&path);
        let plain = path.extension().is_some_and(|ending| ending == "csv");
        // Only what is sound is compared: a fault is where the two are meant to differ.
        let (true, true, Some(table)) = (plain, diagnostics.is_empty(), table) else { continue };
        let bytes = std::fs::read(&path).expect("readable");
        let text = kawaraban::source::decode_table(&bytes).0;
        let first_line = text.lines().next().unwrap_or("");
        if !first_line.contains(',') && first_line.contains(['\t', ';']) {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("text")).collect();
        let filled =
            records.iter().filter(|record| record.iter().any(|cell| !cell.trim().is_empty()));
        let filled: Vec<_> = filled.collect();
        // Where the table was understood otherwise, rows were left out on purpose.
        let mut told = Diagnostics::new();
        table.tell(Vec::new(), &mut told);
        if !told.is_empty() {
            continue;
        }
        assert_eq!(filled.len(), table.len(), "{}", path.display());
        for (row, record) in filled.into_iter().enumerate() {
            for (column, header) in table.header().iter().enumerate() {
                let cell = record.get(header.column as usize - 1).unwrap_or("").trim();
                assert_eq!(table.cell(row, column), cell, "{} row {row}", path.display());
            }
        }
        compared += 1;
    }
    assert!(compared > 100, "only {compared} files were compared");
}

#[test]
fn awkward_files_are_read_or_refused_without_panic() {
    for folder in ["csvlint-fixtures", "messytables-horror"] {
        let Some(folder) = shared_data(folder) else { return };
        for path in tables_below(&folder) {
            let (table, diagnostics) = read(&path);
            assert!(table.is_some() || diagnostics.has_errors(), "{}", path.display());
            if path.extension().is_some_and(|ending| ending == "csv" || ending == "tsv") {
                assert_places_are_true(&path, &diagnostics);
            }
        }
    }
}

#[test]
fn one_table_in_four_formats_has_the_same_cells() {
    let Some(folder) = shared_data("messytables-horror") else { return };
    let expected: Vec<BTreeMap<String, String>> =
        rows(&read(&folder.join("simple.csv")).0.expect("a table"));
    assert_eq!(expected.len(), 6);
    for name in ["simple.xls", "simple.xlsx"] {
        let (table, diagnostics) = read(&folder.join(name));
        assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}");
        assert_eq!(rows(&table.expect("a table")), expected, "{name}");
    }
}

#[test]
fn what_a_city_publishes_is_read_or_a_cell_is_named() {
    let Some(folder) = shared_data("takamatsu") else { return };
    let (mut files, mut with_rows) = (0, 0);
    for path in tables_below(&folder) {
        files += 1;
        let (table, diagnostics) = read(&path);
        with_rows += usize::from(table.is_some_and(|table| !table.is_empty()));
        for problem in &diagnostics {
            let named = matches!(&problem.place, Place::Cell(_));
            assert!(named, "{}: {problem:?}", path.display());
        }
        assert_places_are_true(&path, &diagnostics);
    }
    assert_eq!(files, 107);
    assert!(with_rows >= 100, "only {with_rows} of {files} have rows");
}

#[test]
fn shift_jis_and_utf_8_say_the_same() {
    let Some(folder) = shared_data("localgovjp") else { return };
    let (old, old_problems) = read(&folder.join("2019/localgovjp-sjis.csv"));
    let (new, new_problems) = read(&folder.join("localgovjp-utf8.csv"));
    assert!(old_problems.is_empty() && new_problems.is_empty());
    let names = |table: &Table| -> BTreeMap<String, String> {
        rows(table).into_iter().map(|row| (row["cid"].clone(), row["city"].clone())).collect()
    };
    let (old, new) = (names(&old.expect("a table")), names(&new.expect("a table")));
    let same = old.iter().filter(|(code, city)| new.get(*code) == Some(*city)).count();
    assert_eq!(old.len(), 1916);
    // Between the two years a handful of towns became cities; a wrong decoding would leave none.
    assert!(same >= 1880, "only {same} of {} names agree", old.len());
}

/// A list as a clerk sets it out for the eye is a dataset in one run, with the figures that a
/// person reads in it.
#[test]
fn a_list_as_clerks_make_it_is_a_dataset() {
    let Some(folder) = shared_data("forms") else { return };
    let bytes = std::fs::read(folder.join("list.xlsx")).expect("a workbook");
    let truth = std::fs::read(folder.join("list.truth.json")).expect("its truth");
    let truth: serde_json::Value = serde_json::from_slice(&truth).expect("JSON");
    let toml = "title = \"重点施策\"\ndescription = \"令和6年度の重点施策\"\n";
    let sources = Sources::from_memory([
        ("content/datasets/list/dataset.toml", toml.as_bytes()),
        ("content/datasets/list/list.xlsx", bytes.as_slice()),
    ]);
    let mut diagnostics = Diagnostics::new();
    let datasets = dataset::read(&sources, Selection::default(), &mut Vec::new(), &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let list = datasets.first().expect("one dataset");
    let titles: Vec<&str> = list.columns.iter().map(|column| column.title.own.as_str()).collect();
    assert_eq!(
        titles,
        [
            "部課名",
            "番号",
            "施策名",
            "予算額・当初",
            "予算額・決算",
            "成果指標・目標",
            "成果指標・実績",
            "達成度",
            "備考"
        ]
    );
    let programmes = truth["programmes"].as_array().expect("programmes");
    assert_eq!((list.rows.len(), programmes.len()), (20, 20));
    let names = ["department", "id", "title", "budget", "settled", "target", "actual", "grade"];
    for (row, programme) in programmes.iter().enumerate() {
        for (column, name) in names.iter().enumerate() {
            let cell = list.rows.cell(row, column);
            match &programme[name] {
                serde_json::Value::String(text) => assert_eq!(cell, text, "{row} {name}"),
                number => assert_eq!(cell.parse().ok(), number.as_f64(), "{row} {name}"),
            }
        }
    }
    let units: Vec<Option<&str>> = list.columns.iter().map(|c| c.unit.as_deref()).collect();
    assert_eq!(units[3..7], [Some("千円"), Some("千円"), Some("%"), Some("%")]);
    let told: Vec<&str> = diagnostics
        .iter()
        .filter(|found| {
            found.code.id == "table::understood" && found.message.en.contains("header in")
        })
        .map(|found| found.message.en.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "header in rows 3 to 4; `令和６年度 重点施策一覧（令和７年５月１日現在）` above the header left out; \
             unit 千円 taken from J2; 6 merged cells of `部課名` read as the same value in each row; \
             6 subtotals in rows 8, 12, 15, 19, 25, 30 left out; 2 notes in rows 32, 33 left out; \
             without `[[columns]]`, the columns are taken as: `部課名` text, `番号` code, `施策名` text, \
             `予算額・当初` whole number (千円), `予算額・決算` whole number (千円), `成果指標・目標` number (%), \
             `成果指標・実績` number (%), `達成度` text, `備考` text"
        ]
    );
}
