//! **Released versions** as a clerk makes them and a researcher finds them: three versions of a
//! dataset with known changes, their addresses, pages, tables of changes and entries of the feed;
//! and what the commands refuse.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use kawaraban::artifact::FileFacts;
use pretty_assertions::{assert_eq, assert_ne};
use support::{copy, kill_at_moments, sound_site, temporary, tree};
use tempfile::TempDir;

/// A site with one dataset of its own, `halls`, that changes from release to release.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let folder = temporary();
        copy(&sound_site(), folder.path());
        Self { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Makes `rows` the table, as of the day `updated`, with the columns and the key of `declared`.
    fn write(&self, updated: &str, declared: &str, rows: &str) {
        let head = format!(
            "title = \"公民館一覧\"\ndescription = \"市内の公民館の所在地。\"\nupdated = {updated}\n{declared}"
        );
        fs::write(self.path("content/datasets/halls/dataset.toml"), head).expect("an edit");
        fs::write(self.path("content/datasets/halls/halls.csv"), rows).expect("an edit");
    }

    /// Exit status, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let arguments = arguments.iter().chain(&["--lang", "en", "--root"]).map(OsStr::new);
        support::run(arguments.chain([self.folder.path().as_os_str()]))
    }

    fn release(&self, arguments: &[&str]) -> String {
        let (status, out, errors) = self.run(&[&["release", "halls"], arguments].concat());
        assert_eq!((status, errors.as_str()), (0, ""));
        out.lines().next().unwrap_or_default().to_owned()
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let (status, out, errors) = self.run(arguments);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(errors.contains("\n  help: "), "{errors}");
        errors
    }

    fn build(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let (status, _, errors) = self.run(&["build"]);
        assert_eq!((status, errors.as_str()), (0, ""));
        tree(&self.path("public"))
    }
}

const COLUMNS: &str = "primary_key = [\"id\"]\n[[columns]]\nname = \"id\"\ntype = \"code\"\nrequired = true\n\
    [[columns]]\nname = \"name\"\ntitle = \"名称\"\n[[columns]]\nname = \"capacity\"\ntitle = \"定員\"\ntype = \"integer\"\nunit = \"人\"\n";
const WITH_PHONE: &str = "[[columns]]\nname = \"phone\"\ntitle = \"電話\"\ntype = \"code\"\n";

const FIRST: &str = "id,名称,定員\n01,中央公民館,120\n02,東公民館,80\n03,西公民館,60\n";
const SECOND: &str = "id,名称,定員\n04,\"北公民館, 新館\",90\n01,中央公民館,150\n02,東公民館,\n";
const THIRD: &str =
    "id,名称,定員,電話\n01,中央公民館,150,0000\n02,東公民館,80,0001\n04,\"北公民館, 新館\",90,\n";

#[test]
fn three_versions_keep_their_addresses_and_tell_their_changes() {
    let site = Site::new();
    site.write("2022-04-01", COLUMNS, FIRST);
    assert_eq!(site.release(&[]), "halls 2022-04-01: 3 rows; first version");
    let first = site.build();
    site.write("2023-04-01", COLUMNS, SECOND);
    let note = ["--note", "西公民館を廃止", "--note-en", "The western hall was closed"];
    assert_eq!(
        site.release(&note),
        "halls 2023-04-01: 3 rows; since 2022-04-01: 1 added, 1 removed, 2 changed"
    );
    let second = site.build();
    site.write("2024-04-01", &format!("{COLUMNS}{WITH_PHONE}"), THIRD);
    // Before the release, what stands now is told apart from the newest version.
    let unreleased = site.build();
    let page = text(&unreleased, "data/halls.html");
    assert!(
        page.contains("data/halls/latest/index.html") || page.contains("halls/latest/index.html")
    );
    assert_eq!(
        site.release(&["--version", "2024-04-01.1"]),
        "halls 2024-04-01.1: 3 rows; since 2023-04-01: 0 added, 0 removed, 1 changed"
    );
    let third = site.build();

    // What was published is there, byte for byte, in every later build.
    let csv = |build: &BTreeMap<PathBuf, Vec<u8>>, version: &str| {
        text(build, &format!("data/halls/{version}/halls.csv"))
    };
    assert_eq!(csv(&first, "2022-04-01"), csv(&first, "latest"));
    for (build, version) in [(&first, "2022-04-01"), (&second, "2023-04-01")] {
        let folder = format!("data/halls/{version}/");
        let mut held = 0;
        for (path, bytes) in build {
            let name = path.to_str().expect("names are ASCII");
            let is_page = name.ends_with(".html") || name.ends_with(".md");
            if name.starts_with(&folder) && !is_page {
                assert_eq!(third.get(path), Some(bytes), "{name}");
                held += 1;
            }
        }
        assert!(held >= 8, "{version} has {held} files");
    }
    assert!(csv(&third, "2023-04-01").ends_with("01,中央公民館,150\r\n02,東公民館,\r\n"));

    let changes = |version: &str| text(&third, &format!("data/halls/{version}/halls.changes.csv"));
    assert!(!third.contains_key(Path::new("data/halls/2022-04-01/halls.changes.csv")));
    assert_eq!(
        changes("2023-04-01"),
        "change,row_before,row_after,key_id,column,before,after\r\n\
         row_removed,3,,03,id,03,\r\n\
         row_removed,3,,03,name,西公民館,\r\n\
         row_removed,3,,03,capacity,60,\r\n\
         row_added,,1,04,id,,04\r\n\
         row_added,,1,04,name,,\"北公民館, 新館\"\r\n\
         row_added,,1,04,capacity,,90\r\n\
         cell_changed,1,2,01,capacity,120,150\r\n\
         cell_changed,2,3,02,capacity,80,\r\n"
    );
    assert_eq!(
        changes("2024-04-01.1"),
        "change,row_before,row_after,key_id,column,before,after\r\n\
         column_added,,,,phone,,code\r\n\
         cell_changed,3,2,02,capacity,,80\r\n"
    );
    assert_eq!(changes("latest"), "change,row_before,row_after,key_id,column,before,after\r\n");

    // Where a line may break is no part of what is said.
    let page = text(&third, "data/halls/2023-04-01/index.html").replace("<wbr>", "");
    for said in [
        "西公民館を廃止",
        "<del>120</del>",
        "<ins>150</ins>",
        "北公民館, 新館",
        "halls.changes.csv",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(text(&third, "data/halls/2022-04-01/index.html").contains("最初の版です。"));
    let dataset = text(&third, "data/halls.html");
    let places: Vec<usize> = ["2024-04-01.1版", "2023-04-01版", "2022-04-01版"]
        .iter()
        .map(|version| dataset.find(version).unwrap_or_else(|| panic!("{version} is not listed")))
        .collect();
    assert!(places.is_sorted(), "newest first");

    let feed = text(&third, "feed.xml");
    assert!(feed.contains("/data/halls/2023-04-01/</id>"));
    let digest = FileFacts::of(text(&third, "data/halls/2023-04-01/halls.csv").as_bytes()).sha256;
    let summary = format!("西公民館を廃止 追加1行、削除1行、変更2行 CSVのSHA-256：{digest}");
    assert!(feed.contains(&summary), "{summary} in {feed}");
    assert!(text(&third, "sitemap.xml").contains("data/halls/2024-04-01.1/</loc>"));
    let catalog: serde_json::Value =
        serde_json::from_str(&text(&third, "catalog.json")).expect("JSON");
    let listed = catalog["datasets"].as_array().expect("a list").iter();
    let halls = listed.clone().find(|dataset| dataset["id"] == "halls").expect("it is listed");
    let names: Vec<&str> = halls["versions"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|version| version["version"].as_str())
        .collect();
    assert_eq!(names, ["2022-04-01", "2023-04-01", "2024-04-01.1"]);
    assert_eq!(halls["versions"][1]["changes"]["rows_changed"], 2);
    for name in ["2022-04-01", "2023-04-01"] {
        let version: serde_json::Value =
            serde_json::from_str(&text(&third, &format!("data/halls/{name}/halls.json")))
                .expect("JSON");
        assert_eq!((&version["published"], &version["updated"]), (&name.into(), &name.into()));
    }

    let (status, told, _) =
        site.run(&["diff", "halls", "--from", "2022-04-01", "--to", "2023-04-01"]);
    assert_eq!(status, 0);
    assert_eq!(
        told,
        "halls 2022-04-01 → 2023-04-01 (rows matched by id)\n+ 04, 北公民館, 新館, 90\n- 03, 西公民館, 60\n\
         ~ 01: capacity: 120 → 150\n~ 02: capacity: 80 → ∅\nrows: 1 added, 1 removed, 2 changed\n"
    );
    let (_, told, _) = site.run(&["diff", "halls", "--to", "2023-04-01", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told["rows_changed"][0]["cells"][0]["after"], "150");
    assert_eq!(told["rows_removed"][0]["cells"]["name"], "西公民館");
}

#[test]
fn nothing_is_released_twice_or_out_of_order() {
    let site = Site::new();
    site.write("2022-04-01", COLUMNS, FIRST);
    site.release(&[]);
    let store = || tree(&site.path("content/versions"));
    let before = store();
    assert_eq!(site.release(&[]), "halls: unchanged since 2022-04-01");
    site.write("2022-04-01", COLUMNS, SECOND);
    assert!(
        site.refused(&["release", "halls"])
            .contains("version `2022-04-01` of `halls` has already been released")
    );
    site.write("2022-03-01", COLUMNS, SECOND);
    assert!(site.refused(&["release", "halls"]).contains("would come before the newest"));
    assert!(
        site.refused(&["release", "halls", "--version", "latest"])
            .contains("is not a valid version name")
    );
    assert!(site.refused(&["release", "hall"]).contains("did you mean `halls`?"));
    assert!(site.refused(&["diff", "measures"]).contains("no version of `measures`"));
    // Two were asked for and one is refused: none is written.
    assert!(site.refused(&["release", "measures", "halls"]).contains("before the newest"));
    // Content with errors is not released.
    site.write("2023-04-01", COLUMNS, "id,名称,定員\n01,中央公民館,many\n");
    let (status, _, errors) = site.run(&["release", "halls"]);
    assert_eq!(status, 1);
    assert!(errors.contains("table::not-a-number") && errors.contains("nothing was written"));
    assert_eq!(store(), before);
}

/// A release that is killed has written its versions whole, or none of them: the next build and the
/// next release work, and nothing stays behind.
#[test]
fn a_release_killed_at_any_moment_writes_whole_versions_or_none() {
    let site = Site::new();
    site.write("2022-04-01", COLUMNS, FIRST);
    let content = site.path("content");
    let before = tree(&content);
    let began = Instant::now();
    site.release(&[]);
    let whole = began.elapsed();
    let after = tree(&content);
    assert_ne!(before, after, "a version is written");
    let released = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kawaraban"));
        command.args(["release", "halls", "--root"]).arg(site.folder.path());
        command
    };
    let moments = 200;
    let versions = site.path("content/versions");
    fs::remove_dir_all(&versions).expect("the versions");
    kill_at_moments(released, whole, moments, |moment| {
        let (status, _, errors) = site.run(&["check"]);
        assert_eq!((status, errors.as_str()), (0, ""), "moment {moment}");
        site.release(&[]);
        assert!(tree(&content) == after, "moment {moment}: the next release makes it whole");
        fs::remove_dir_all(&versions).expect("the versions");
    });
    assert!(tree(&content) == before, "nothing else stays");
}

#[test]
fn a_version_keeps_where_it_came_from() {
    let site = Site::new();
    let background = "source = [{ name = \"台帳\", name_en = \"Register\", url = \"https://example.jp/a\", \
        as_of = 2022-03-31 }, { name = \"調査\" }]\nmethod = \"集計\"\nauthors = [\"環境課\"]\n\
        contact = { name = \"環境課\", phone = \"03-0000-0000\", extension = \"12\" }\n\
        spatial = \"北部\"\nlanguage = [\"ja\", \"en\"]\nnote = \"注意\"\ndoi = \"10.12345/a\"\n\
        related = { title = \"手引き\", url = \"https://example.jp/b\" }\n";
    site.write("2022-04-01", &format!("{background}{COLUMNS}"), FIRST);
    site.release(&[]);
    // The present state comes from elsewhere.
    site.write("2022-05-01", COLUMNS, SECOND);
    let build = site.build();
    let package = |state: &str| text(&build, &format!("data/halls/{state}/datapackage.json"));
    let released = package("2022-04-01");
    for kept in ["\"title\": \"台帳\"", "\"version\": \"2022-03-31\"", "\"調査\"", "\"creator\""]
    {
        assert!(released.contains(kept), "{kept} in {released}");
    }
    assert!(!package("latest").contains("\"sources\""));
    let toml = site.read("content/versions/halls/2022-04-01/version.toml");
    for line in ["method = \"集計\"", "spatial = \"北部\"", "language = [\"ja\", \"en\"]"] {
        assert!(toml.contains(line), "{line} in {toml}");
    }
    assert!(!toml.contains("doi") && !toml.contains("注意"), "{toml}");
    let page = text(&build, "data/halls/2022-04-01/index.html");
    assert!(page.contains("\"version\":\"2022-04-01\"") && page.contains("北部"), "{page}");
}

#[test]
fn built_in_datasets_have_versions_too() {
    let site = Site::new();
    site.write("2022-04-01", COLUMNS, FIRST);
    let (status, out, errors) = site.run(&["release"]);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert!(out.contains("measures ") && out.contains("12 versions written"), "{out}");
    let policy = site.path("content/policies/2022/planning.toml");
    let text = site.read("content/policies/2022/planning.toml");
    fs::write(&policy, text.replace("まちづくり懇談会の開催", "まちづくり懇談会"))
        .expect("an edit");
    let (_, told, _) = site.run(&["diff", "measures"]);
    assert!(told.contains("title: まちづくり懇談会の開催 → まちづくり懇談会"), "{told}");
    let build = site.build();
    assert!(build.keys().any(|path| path.starts_with("data/measures/latest/measures.changes.csv")));
}

#[test]
fn without_the_same_key_whole_rows_are_compared() {
    let site = Site::new();
    let keyless = COLUMNS.replace("primary_key = [\"id\"]\n", "");
    site.write("2022-04-01", &keyless, FIRST);
    site.release(&[]);
    site.write("2023-04-01", &keyless, SECOND);
    let (_, told, _) = site.run(&["diff", "halls"]);
    assert!(told.contains("no column tells rows apart"), "{told}");
    assert!(told.ends_with("rows: 3 added, 3 removed, 0 changed\n"), "{told}");
    site.write("2023-04-01", COLUMNS, SECOND);
    let (_, told, _) = site.run(&["diff", "halls"]);
    assert!(told.contains("the columns that tell rows apart have changed"), "{told}");
    let build = site.build();
    assert!(
        text(&build, "data/halls/latest/index.html")
            .contains("行を区別する列が前の版から変更された")
    );
    let changes = text(&build, "data/halls/latest/halls.changes.csv");
    assert!(
        changes.starts_with("change,row_before,row_after,column,before,after\r\n"),
        "{changes}"
    );
}

fn text(build: &BTreeMap<PathBuf, Vec<u8>>, path: &str) -> String {
    let bytes = build.get(Path::new(path)).unwrap_or_else(|| panic!("{path} is not published"));
    String::from_utf8(bytes.clone()).expect("it is a text")
}

/// Texts of paragraphs, which the CSV of the table leaves to one of their own.
const NARRATIVE: &str = "[[columns]]\nname = \"story\"\ntitle = \"あゆみ\"\nnarrative = true\n";
const TOLD: &str = "id,名称,定員,あゆみ\n01,中央公民館,120,\"戦後に建った。\n\n**昭和**に建て替えた。\"\n02,東公民館,80,\n";

#[test]
fn narrative_texts_have_a_table_of_their_own_and_versions_keep_their_paragraphs() {
    let site = Site::new();
    site.write("2022-04-01", &format!("{COLUMNS}{NARRATIVE}"), TOLD);
    site.release(&[]);
    let store = tree(&site.path("content/versions/halls/2022-04-01"));
    let names: Vec<&str> = store.keys().filter_map(|path| path.to_str()).collect();
    assert_eq!(names, ["halls.csv", "halls.jsonl", "version.toml"]);
    let build = site.build();
    let latest = |name: &str| text(&build, &format!("data/halls/latest/{name}"));
    assert_eq!(latest("halls.csv"), "id,name,capacity\r\n01,中央公民館,120\r\n02,東公民館,80\r\n");
    assert_eq!(latest("halls.excel.csv").lines().next(), Some("\u{feff}id,名称,定員"));
    assert_eq!(
        latest("halls_text.csv"),
        "id,story\r\n01,戦後に建った。 **昭和**に建て替えた。\r\n02,\r\n"
    );
    let whole = r#""story": "戦後に建った。\n\n**昭和**に建て替えた。""#;
    assert!(latest("halls.jsonl").contains(whole) && latest("halls.json").contains(whole));
    // Parquet files differ in what they say about themselves.
    for name in ["halls.csv", "halls_text.csv", "halls.jsonl"] {
        assert_eq!(
            build[Path::new(&format!("data/halls/2022-04-01/{name}"))],
            build[Path::new(&format!("data/halls/latest/{name}"))],
            "{name} of the version"
        );
    }
    let package = latest("datapackage.json");
    assert!(package.contains("\"halls_text.csv\"") && package.contains("\"foreignKeys\""));

    // A text that changed is a change like any other, on one line.
    site.write("2023-04-01", &format!("{COLUMNS}{NARRATIVE}"), &TOLD.replace("戦後", "明治"));
    site.release(&[]);
    let changes = text(&site.build(), "data/halls/2023-04-01/halls.changes.csv");
    let told = "cell_changed,1,1,01,story,戦後に建った。 **昭和**に建て替えた。,明治に建った。 **昭和**に建て替えた。\r\n";
    assert!(changes.ends_with(told), "{changes}");

    // What was released is held, the lines too.
    let lines = site.path("content/versions/halls/2022-04-01/halls.jsonl");
    let held = site.read("content/versions/halls/2022-04-01/halls.jsonl");
    fs::write(&lines, held.replace("戦後", "戦前")).expect("an edit");
    let (status, _, errors) = site.run(&["check"]);
    assert_eq!(status, 1);
    assert!(errors.contains("version::edited") && errors.contains("halls.jsonl"), "{errors}");
    fs::remove_file(&lines).expect("the lines");
    let (_, _, errors) = site.run(&["check"]);
    assert!(errors.contains("version::missing-file") && errors.contains("halls.jsonl"), "{errors}");
}
