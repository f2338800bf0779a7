//! What a clerk reads when something is wrong: whole texts, in both languages, for every kind of
//! problem.
//!
//! `tests/errors/site` is a sound site. Each folder
//! `tests/errors/cases/<module>/<kind>[-<variant>]` is laid over a copy of it: its files replace
//! those of the same path, `removed.txt` names files to leave out, `made.txt` files to make whose
//! names a repository cannot hold everywhere, `links.txt` symbolic links (`path -> target`), and
//! `pipes.txt` named pipes. `en.txt` and `ja.txt` are what the binary then says, and `r.csv`, where
//! there is one, the rows of the dataset `r` that it publishes. A case about what a build would change
//! has a folder `published`, which is laid over the sound site first and published.
//! `right.diff` says how the case is put right: a list of files, each with its lines to remove (`-`),
//! to add (`+`) and to pass on the way there (a space); `path -> path` moves a file, `path ->` removes
//! it. Without it, the sound site is the right example of the case.
//! `workbooks.<language>.txt` are the reports on the same faults in workbooks.
//! `KAWARABAN_BLESS=1 cargo test --release --all-features --test errors` writes them anew, for a
//! person to read before they are committed.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kawaraban::diagnostic::{ALL, Severity};
use pretty_assertions::StrComparison;
use rust_xlsxwriter::Workbook;
use support::{copy, copy_where, sound_site, temporary};
use tempfile::TempDir;

/// Kinds that no content can bring about; a test beside their source compares the text.
const NOT_BY_CONTENT: [&str; 1] = ["search::index"];

#[test]
fn every_kind_of_problem_is_worded_as_a_person_has_read_it() {
    let bless = std::env::var_os("KAWARABAN_BLESS").is_some();
    assert!(!(bless && std::env::var_os("CI").is_some()), "nothing is blessed in CI");
    let only = std::env::var("KAWARABAN_CASES").unwrap_or_default();
    let mut wrong = Vec::new();
    for case in cases().into_iter().filter(|case| can_be_laid_out(case)) {
        let name = name_of(&case);
        if !name.contains(&only) {
            continue;
        }
        for language in ["en", "ja"] {
            let said = said(&case, language);
            let expected = case.join(format!("{language}.txt"));
            if bless {
                fs::write(&expected, &said).expect("the folder can be written to");
                continue;
            }
            let expected = fs::read_to_string(&expected).unwrap_or_default();
            if said != expected {
                let difference = StrComparison::new(&said, &expected);
                wrong.push(format!("--- {name} ({language}), said and expected:\n{difference}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} texts differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_kind_of_problem_has_a_case() {
    let cases: BTreeSet<String> = cases().iter().map(|case| name_of(case)).collect();
    for code in ALL.iter().filter(|code| !NOT_BY_CONTENT.contains(&code.id)) {
        let folder = code.id.replace("::", "/");
        assert!(cases.contains(&folder), "tests/errors/cases/{folder} is missing");
        let label = match code.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "note",
        };
        let path = root().join("cases").join(&folder).join("en.txt");
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(text.contains(&format!("{label}[{}]", code.id)), "{folder} is about another kind");
    }
    for case in cases {
        let folder = case.replace('/', "::");
        assert!(ALL.iter().any(|code| folder.starts_with(code.id)), "there is no kind for {case}");
    }
}

#[test]
fn the_right_example_of_every_kind_has_no_such_problem() {
    let mut wrong = Vec::new();
    for code in ALL {
        let case = root().join("cases").join(code.id.replace("::", "/"));
        let right = case.join("right.diff");
        // Without changes it is the sound site, which has no problem at all.
        let Ok(changes) = fs::read_to_string(right) else { continue };
        let folder = laid_out(&case);
        put_right(folder.path(), &changes);
        let root = ["check", "--lang", "en", "--root"].map(OsStr::new).into_iter();
        let (status, _, said) = support::run(root.chain([folder.path().as_os_str()]));
        if status != 0 || said.contains(&format!("[{}]", code.id)) {
            wrong.push(format!("--- {}\n{said}", code.id));
        }
    }
    assert!(wrong.is_empty(), "{} examples are not right\n{}", wrong.len(), wrong.join("\n"));
}

/// Kinds that are about CSV files alone: what they report cannot be in a workbook.
const NOT_IN_WORKBOOKS: [&str; 2] = ["table::quote", "table::unreadable"];

#[test]
fn the_faults_of_tables_are_worded_as_well_where_the_tables_are_workbooks() {
    let bless = std::env::var_os("KAWARABAN_BLESS").is_some();
    for language in ["en", "ja"] {
        let (mut reports, mut untold) = (String::new(), BTreeSet::new());
        for code in ALL {
            let case = root().join("cases").join(code.id.replace("::", "/"));
            let Some(site) = as_workbooks(&case) else { continue };
            let arguments = ["check", "--lang", language, "--root"].map(OsStr::new).into_iter();
            let (_, _, said) = support::run(arguments.chain([site.path().as_os_str()]));
            if !said.contains(&format!("[{}]", code.id)) {
                untold.insert(code.id);
                continue;
            }
            reports.push_str(&format!("# {}\n\n{said}\n", code.id));
        }
        assert_eq!(untold, BTreeSet::from(NOT_IN_WORKBOOKS));
        let path = root().join(format!("workbooks.{language}.txt"));
        if bless {
            fs::write(path, reports).expect("the folder can be written to");
            continue;
        }
        let expected = fs::read_to_string(path).unwrap_or_default();
        assert!(reports == expected, "{}", StrComparison::new(&reports, &expected));
    }
}

/// The sound site with the tables of `case` as workbooks: figures are numbers, as a clerk types
/// them. `None` where the case is not about a table in CSV, about one that forms read, or about what
/// was published before.
fn as_workbooks(case: &Path) -> Option<TempDir> {
    let is_table = |path: &Path| {
        let folder = path.components().nth(1).map(|folder| folder.as_os_str().to_owned());
        let is_stored = folder.is_some_and(|f| f == "versions" || f == "sheets");
        !is_stored && path.extension().is_some_and(|end| end == "csv")
    };
    if !case.is_dir() || case.join("published").exists() {
        return None;
    }
    let tables: Vec<PathBuf> =
        support::tree(case).into_keys().filter(|path| is_table(path)).collect();
    if tables.is_empty() {
        return None;
    }
    let site = laid_out(case);
    for table in tables {
        let path = site.path().join(table);
        let text = fs::read_to_string(&path).ok()?;
        // The reader passes over blank lines, which are rows of a sheet.
        let lines = text.lines().map(|line| if line.is_empty() { "," } else { line });
        let text = lines.collect::<Vec<_>>().join("\n");
        fs::remove_file(&path).expect("it is there");
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let rows = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes())
            .into_records();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(&cells.ok()?) {
                let figure = cell.parse::<u32>().ok().filter(|_| !cell.starts_with('0'));
                match figure {
                    Some(figure) => sheet.write(row, column, figure),
                    None if cell.is_empty() => continue,
                    None => sheet.write(row, column, cell),
                }
                .expect("within the sheet");
            }
        }
        book.save(path.with_extension("xlsx")).expect("a workbook");
    }
    Some(site)
}

#[test]
fn the_site_that_the_cases_lie_over_is_sound() {
    let folder = copied();
    assert_eq!(run(folder.path(), "en"), (0, String::new()));
}

/// What the binary writes to the standard error for `case`, and that it keeps its word on the rest:
/// errors end with 1 and leave no output, warnings alone end with 0 and do.
fn said(case: &Path, language: &str) -> String {
    let before = case.join("published");
    let folder = copied();
    let out = folder.path().join("out");
    if before.exists() {
        copy(&before, folder.path());
        assert_eq!(run(folder.path(), language).0, 0, "{} can be published", name_of(case));
    }
    let published = before.exists().then(|| support::tree(&out));
    lay(case, folder.path());
    let (status, said) = run(folder.path(), language);
    // A case that tells how the dataset `r` is read has its rows too.
    let rows = case.join("r.csv");
    if rows.exists() {
        let published = folder.path().join("out/data/r/latest/r.csv");
        let published = fs::read_to_string(published).unwrap_or_default().replace("\r\n", "\n");
        match std::env::var_os("KAWARABAN_BLESS") {
            Some(_) => fs::write(&rows, &published).expect("the folder can be written to"),
            None => {
                let expected = fs::read_to_string(&rows).expect("expected rows");
                assert_eq!(published, expected, "{}", name_of(case));
            }
        }
    }
    let is_error = said.contains("error[") || said.contains("エラー[");
    assert_eq!(status, i32::from(is_error), "{}: {said}", name_of(case));
    match published {
        Some(before) => assert_eq!(support::tree(&out) == before, is_error, "{}", name_of(case)),
        None => assert_eq!(out.exists(), !is_error, "{}", name_of(case)),
    }
    said
}

/// A copy of the sound site.
fn copied() -> TempDir {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    folder
}

/// A copy of the sound site with `case` laid over it.
fn laid_out(case: &Path) -> TempDir {
    let folder = copied();
    lay(case, folder.path());
    folder
}

/// Lays `case` over the site in `folder`.
fn lay(case: &Path, folder: &Path) {
    // What stands beside the content is about the case: expected texts, removed files, links, and
    // what is published before.
    let is_content = |path: &Path| path.components().count() > 1 && !path.starts_with("published");
    copy_where(case, folder, is_content);
    for path in lines(&case.join("removed.txt")) {
        fs::remove_file(folder.join(path)).expect("what a case removes is there");
    }
    for link in lines(&case.join("links.txt")) {
        let (path, target) = link.split_once(" -> ").expect("a link has a target");
        symbolic_link(target, &new_file(folder, path));
    }
    for path in lines(&case.join("made.txt")) {
        fs::write(new_file(folder, &path), "text\n").expect("a new file");
    }
    for path in lines(&case.join("pipes.txt")) {
        let made = Command::new("mkfifo").arg(new_file(folder, &path)).status();
        assert!(made.expect("mkfifo runs").success(), "mkfifo made {path}");
    }
}

/// Makes the `changes` of a `right.diff` to the site in `folder`. Line ends stay as they are.
fn put_right(folder: &Path, changes: &str) {
    let mut file: Option<(PathBuf, Vec<String>, usize)> = None;
    let write = |file: Option<(PathBuf, Vec<String>, usize)>| {
        if let Some((path, lines, _)) = file {
            fs::write(path, lines.concat()).expect("a file that was put right");
        }
    };
    for line in changes.lines() {
        let (sign, text) = line.split_at(1);
        let Some((_, lines, at)) = file.as_mut().filter(|_| matches!(sign, " " | "-" | "+")) else {
            write(file.take());
            let (from, to) = line.split_once(" ->").unwrap_or((line, line));
            let text = fs::read_to_string(folder.join(from)).unwrap_or_default();
            if from != to {
                fs::remove_file(folder.join(from)).expect("what is moved is there");
            }
            if !to.is_empty() {
                let lines = text.split_inclusive('\n').map(str::to_owned).collect();
                file = Some((new_file(folder, to.trim()), lines, 0));
            }
            continue;
        };
        if sign == "+" {
            let end =
                if lines.first().is_some_and(|l| l.ends_with("\r\n")) { "\r\n" } else { "\n" };
            lines.insert(*at, format!("{text}{end}"));
            *at += 1;
            continue;
        }
        let is_it = |own: &String| own.trim_end_matches(['\r', '\n']) == text;
        let found = lines[*at..].iter().position(is_it);
        *at += found.unwrap_or_else(|| panic!("there is no line {text:?}"));
        match sign {
            "-" => drop(lines.remove(*at)),
            _ => *at += 1,
        }
    }
    write(file);
}

/// Whether this system can make the files of `case`: links, pipes and some names need Unix.
fn can_be_laid_out(case: &Path) -> bool {
    let unix_only = ["links.txt", "pipes.txt", "made.txt"];
    cfg!(unix) || !unix_only.iter().any(|name| case.join(name).exists())
}

/// The place of a new file at `path` below `folder`; the folder that it lies in exists then.
fn new_file(folder: &Path, path: &str) -> PathBuf {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("the file is in a folder")).expect("a new folder");
    path
}

#[cfg(unix)]
fn symbolic_link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).expect("a new link");
}

#[cfg(not(unix))]
fn symbolic_link(target: &str, path: &Path) {
    unreachable!("a case with a link from {} to {target} is left out", path.display());
}

/// Exit status and standard error of a build.
fn run(site: &Path, language: &str) -> (i32, String) {
    let arguments = ["build", "--lang", language, "--root"].map(OsStr::new);
    let out = site.join("out");
    let paths = [site.as_os_str(), OsStr::new("--out"), out.as_os_str()];
    let (status, _, said) = support::run(arguments.into_iter().chain(paths));
    (status, said)
}

/// The folders of all cases, in order.
fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> =
        entries(&root().join("cases")).iter().flat_map(|f| entries(f)).collect();
    cases.sort();
    cases
}

/// `<module>/<kind>` of a case.
fn name_of(case: &Path) -> String {
    let below = case.strip_prefix(root().join("cases")).expect("a case lies among the cases");
    below.to_str().expect("names are ASCII").to_owned()
}

fn root() -> PathBuf {
    support::root().join("tests/errors")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

fn lines(file: &Path) -> Vec<String> {
    fs::read_to_string(file).unwrap_or_default().lines().map(str::to_owned).collect()
}
