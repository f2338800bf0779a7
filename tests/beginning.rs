//! A clerk **begins**: `kawaraban new` and its tables, opened and saved by the programs that a
//! clerk has.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use pretty_assertions::assert_eq;
use support::{Tree, run, temporary, tree};
use tempfile::TempDir;

/// A new site in the folder `city`, made with these flags.
fn city(flags: &[&str]) -> (TempDir, PathBuf) {
    let folder = temporary();
    let site = folder.path().join("city");
    let (code, _, said) = new(&site, flags);
    assert_eq!((code, said.as_str()), (0, ""));
    (folder, site)
}

fn new(site: &Path, flags: &[&str]) -> (i32, String, String) {
    let arguments = ["new", "--lang", "en", "--year", "2026"].map(OsStr::new).into_iter();
    run(arguments.chain(flags.iter().map(OsStr::new)).chain([site.as_os_str()]))
}

/// `kawaraban new …` in a site.
fn new_in(site: &Path, words: &[&str], language: &str) -> (i32, String, String) {
    let arguments = [&["new"], words, &["--lang", language, "--root"]].concat();
    run(arguments.into_iter().map(OsStr::new).chain([site.as_os_str()]))
}

/// What a build of `site` publishes. The places that values were read from are left out, since
/// they differ when a file is saved again.
fn published(site: &Path) -> Tree {
    let settings = site.join("content/site.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    if !text.contains("[sources]") {
        let text = text + "\n[sources]\npublish = \"none\"\n";
        fs::write(&settings, text).expect("settings");
    }
    let arguments = ["build", "--lang", "en", "--as-of", "2026-10-01", "--root"];
    let (code, _, said) = run(arguments.map(OsStr::new).into_iter().chain([site.as_os_str()]));
    assert_eq!((code, said.as_str()), (0, ""));
    tree(&site.join("public"))
}

/// Both are the same site.
#[track_caller]
fn assert_same(one: &Tree, other: &Tree) {
    let paths = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(one), paths(other));
    let differ: Vec<_> = one.iter().filter(|(path, bytes)| other[*path] != **bytes).collect();
    assert!(differ.is_empty(), "{:?}", differ.iter().map(|(path, _)| path).collect::<Vec<_>>());
}

/// The parts of a workbook as texts, by name.
fn parts(path: &Path) -> BTreeMap<String, String> {
    let bytes = fs::File::open(path).expect("a workbook");
    let mut package = zip::ZipArchive::new(bytes).expect("a package");
    let mut texts = BTreeMap::new();
    for index in 0..package.len() {
        let mut part = package.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("XML");
        texts.insert(name, text);
    }
    texts
}

#[cfg(feature = "excel")]
#[test]
fn a_table_has_lists_notes_and_a_locked_header() {
    let (_folder, site) = city(&["--departments", "企画部、dx=デジタル推進課"]);
    let book = parts(&site.join("content/measures/2026.xlsx"));
    let sheet = &book["xl/worksheets/sheet1.xml"];
    let texts = &book["xl/sharedStrings.xml"];
    for text in
        ["施策ID", "デジタル推進課", "目標どおり達成", "地域づくり", "このシートは公開しません"]
    {
        assert!(texts.contains(&format!(">{text}<")), "{text}");
    }
    for choices in ["選択肢!$A$3:$A$4", "選択肢!$B$3:$B$8", "選択肢!$C$3:$C$6"] {
        assert!(sheet.contains(&format!("<formula1>{choices}</formula1>")), "{choices}");
    }
    assert!(sheet.contains("<sheetProtection ") && sheet.contains("state=\"frozen\""));
    assert!(sheet.contains("prompt=\"担当する部局を一覧から選びます。\""));
    assert!(book["xl/workbook.xml"].contains("name=\"記入の説明\""));
    // What is locked is the header; the columns are not.
    let unlocked = book["xl/styles.xml"].matches("locked=\"0\"").count();
    assert!(unlocked >= 3, "{unlocked}");
    let departments = published(&site);
    let table = &departments[Path::new("data/departments/latest/departments.csv")];
    let table = String::from_utf8_lossy(table);
    assert!(table.contains(",planning,") && table.contains(",dx,見本市,デジタル推進課"), "{table}");
}

#[cfg(feature = "excel")]
#[test]
fn csv_as_excel_saves_it_is_the_same_site() {
    let (_folder, site) = city(&[]);
    let expected = published(&site);
    let (_other, tables) = city(&["--csv"]);
    assert_same(&expected, &published(&tables));
    for path in tree(&tables.join("content")).keys().filter(|path| is(path, "csv")) {
        let path = tables.join("content").join(path);
        let text = fs::read_to_string(&path).expect("a table");
        assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"), "{}", path.display());
        // Excel's “CSV (comma delimited)” of a Japanese Windows.
        let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(text.trim_start_matches('\u{feff}'));
        assert!(!lost, "{}", path.display());
        fs::write(&path, bytes).expect("a table");
    }
    assert_same(&expected, &published(&tables));
}

#[cfg(feature = "excel")]
#[test]
fn workbooks_saved_by_libreoffice_are_the_same_site() {
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("skipped: soffice is not installed");
        return;
    }
    let (folder, site) = city(&[]);
    let expected = published(&site);
    let books = tree(&site.join("content"));
    let books: Vec<&PathBuf> = books.keys().filter(|path| is(path, "xlsx")).collect();
    // All in one run, under names that do not collide.
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    fs::create_dir_all(&from).expect("a new folder");
    let flat = |path: &Path| path.to_string_lossy().replace('/', "_");
    for path in &books {
        fs::copy(site.join("content").join(path), from.join(flat(path))).expect("a copy");
    }
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("lo").display());
    let saved = Command::new("soffice")
        .args([&*profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&to)
        .args(books.iter().map(|path| from.join(flat(path))))
        .output()
        .expect("soffice runs");
    assert!(saved.status.success(), "{}", String::from_utf8_lossy(&saved.stderr));
    for path in &books {
        let (saved, own) = (to.join(flat(path)), site.join("content").join(path));
        assert!(fs::read(&saved).expect("it was saved") != fs::read(&own).expect("a workbook"));
        fs::copy(saved, own).expect("a copy");
    }
    assert_same(&expected, &published(&site));
}

#[test]
fn a_new_site_shows_a_chart_of_its_dataset() {
    let (_folder, site) = city(&["--csv"]);
    let page = |path: &str| {
        let site = published(&site);
        String::from_utf8(site[Path::new(path)].clone()).expect("UTF-8")
    };
    let example = page("example.html");
    assert!(example.contains("<svg class=\"chart") && example.contains("中央公園"), "{example}");
    assert!(page("measures/park-renewal-2026.html").contains("<svg class=\"chart"));
}

#[test]
fn a_folder_in_use_keeps_what_is_there() {
    let folder = temporary();
    support::write(&folder.path().join("README.md"), "mine");
    let before = tree(folder.path());
    let (code, out, said) = new(folder.path(), &[]);
    assert_eq!(code, 2, "{out}{said}");
    assert!(out.contains("\n  content/site.toml\n") && said.contains("`--add`"), "{out}{said}");
    assert!(tree(folder.path()) == before);
    assert_eq!(new(folder.path(), &["--add"]).0, 0);
    let (code, out, said) = new(folder.path(), &["--add"]);
    let shown = folder.path().display();
    assert_eq!((code, out, said), (0, format!("nothing is missing in {shown}\n"), String::new()));
    // Whoever has departments of his own gets no measures of others.
    let (_folder, site) = city(&["--csv"]);
    for path in ["measures", "policies", "indicators", "budgets", "datasets", "pages"] {
        fs::remove_dir_all(site.join("content").join(path)).expect("a folder");
    }
    let (code, out, said) = new(&site, &["--csv", "--add"]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(out.contains("  content/pages/about.md\n") && !out.contains("measures/"), "{out}");
    // The example dataset names a topic, and its page the dataset.
    assert!(!out.contains("datasets/") && !out.contains("example.md"), "{out}");
    let arguments = ["check", "--lang", "en", "--root"].map(OsStr::new).into_iter();
    assert_eq!(run(arguments.chain([site.as_os_str()])).0, 0);
    assert!(out.contains("`kawaraban new measure`"), "{out}");
}

#[test]
fn wrong_answers_are_refused_before_anything_is_written() {
    let folder = temporary();
    for (flags, said) in [
        (["--code", "99999"], "error: `99999` is not a local government code"),
        (["--departments", "a=企画部、a=総務部"], "error: `a=総務部` cannot be a department"),
        (["--departments", "、"], "error: there are no departments"),
    ] {
        let (code, out, errors) = new(folder.path(), &flags);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(errors.starts_with(said) && errors.contains("help: "), "{errors}");
    }
    assert!(tree(folder.path()).is_empty());
}

#[test]
fn tables_of_a_year_have_the_choices_of_the_site() {
    let (_folder, site) = city(&[]);
    let path = site.join("content/fields.toml");
    let field =
        "[[fields]]\nid = \"basis\"\nof = \"measure\"\nlabel = \"根拠法令\"\ntype = \"text\"\n";
    fs::write(path, field).expect("a declaration");
    let (code, out, said) = new_in(&site, &["measure", "--year", "2027", "--csv"], "ja");
    let made = "次のファイルを作成しました：content/measures/2027.csv、content/indicators/2027.csv、content/budgets/2027.csv\n";
    assert_eq!((code, out.as_str(), said.as_str()), (0, made, ""));
    let table = fs::read_to_string(site.join("content/measures/2027.csv")).expect("a table");
    assert!(table.starts_with("\u{feff}施策ID,年度,部局,"), "{table}");
    assert!(table.ends_with(",下書き,根拠法令\r\n"), "{table}");
    let (code, out, said) = new_in(&site, &["measure", "--year", "2027"], "ja");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(said.starts_with("エラー: すでにあるため、上書きはしません："), "{said}");
    assert_eq!(new_in(&site, &["policy", "--year", "2027", "--csv"], "en").0, 0);
    let table = fs::read_to_string(site.join("content/policies/2027.csv")).expect("a table");
    assert!(table.contains("\r\n建設部,2027,"), "{table}");
    let (code, out, _) = new_in(&site, &["page", "parks", "--title", "公園\"案内\""], "en");
    assert_eq!((code, out.as_str()), (0, "created `content/pages/parks.md`\n"));
    assert_eq!(new_in(&site, &["page", "公園"], "en").0, 2);
    assert!(published(&site).contains_key(Path::new("parks.html")));
}

#[test]
fn drafts_in_a_site_with_schemas_name_theirs() {
    let (folder, site) = city(&["--csv"]);
    let table = folder.path().join("halls.csv");
    fs::write(&table, "番号,名称\n01,中央公民館\n02,東公民館\n").expect("a table");
    let table = table.to_str().expect("UTF-8");
    let (code, _, said) = new_in(&site, &["dataset", table], "en");
    assert_eq!(code, 0, "{said}");
    let draft = fs::read_to_string(site.join("content/datasets/halls/dataset.toml"));
    let first = "#:schema ../../../schemas/dataset.json\ndraft = true # ";
    assert!(draft.expect("a draft").starts_with(first));
    assert!(site.join("content/datasets/halls/../../../schemas/dataset.json").is_file());
}

#[test]
fn a_standard_set_gives_an_empty_table_with_its_header() {
    let (folder, site) = city(&["--csv"]);
    let (code, _, said) = new_in(&site, &["dataset", "--standard", "aed"], "en");
    assert_eq!(code, 0, "{said}");
    let made = site.join("content/datasets/aed");
    let table = fs::read_to_string(made.join("aed.csv")).expect("a table");
    assert!(table.starts_with("\u{feff}全国地方公共団体コード,ID,地方公共団体名,名称,"), "{table}");
    assert_eq!((table.lines().count(), table.split(',').count()), (1, 39));
    let toml = fs::read_to_string(made.join("dataset.toml")).expect("a declaration");
    assert!(toml.contains("\nconforms_to = \"aed\"\nprimary_key = [\"id\"]\n"), "{toml}");
    // Published as it is, it agrees with the standard and has no rows.
    let toml = toml.replacen("draft = true", "# draft = true", 1);
    fs::write(made.join("dataset.toml"), toml).expect("a declaration");
    let json = &published(&site)[Path::new("data/aed/latest/aed.json")];
    assert!(String::from_utf8_lossy(json).contains("\"小児対応設備の有無\""));
    assert_eq!(new_in(&site, &["dataset", "--standard", "aed"], "en").0, 2);
    let (code, _, said) = new_in(&site, &["dataset", "--standard", "ade"], "ja");
    assert_eq!(code, 2);
    assert!(said.contains("aed（AED設置箇所一覧）"), "{said}");
    assert_eq!(new_in(&site, &["dataset"], "en").0, 2);
    // A table that is there keeps its columns, and is compared.
    let table = folder.path().join("water.csv");
    fs::write(&table, "NO,種別,備考\n1,消火栓,\n2,防火水槽,\n").expect("a table");
    let table = table.to_str().expect("UTF-8");
    let (code, _, said) = new_in(&site, &["dataset", table, "--standard", "fire-hydrant"], "en");
    assert_eq!(code, 0, "{said}");
    let toml = fs::read_to_string(site.join("content/datasets/water/dataset.toml"));
    assert!(toml.expect("a draft").contains("conforms_to = \"fire-hydrant\"\n"));
}

#[test]
fn a_sheet_that_says_so_is_not_part_of_the_table() {
    let (_folder, site) = city(&[]);
    let book = |first: &str| {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, text) in (0..).zip(["部局ID", "部局名"]) {
            sheet.write(0, column, text).expect("a cell");
        }
        for (row, [id, name]) in
            (1..).zip([["planning", "企画部"], ["citizens", "市民部"], ["construction", "建設部"]])
        {
            sheet.write(row, 0, id).expect("a cell");
            sheet.write(row, 1, name).expect("a cell");
        }
        workbook.add_worksheet().write(0, 0, first).expect("a cell");
        let path = site.join("content/departments.xlsx");
        workbook.save(path).expect("a workbook");
        let arguments = ["check", "--lang", "en", "--format", "short", "--root"];
        run(arguments.map(OsStr::new).into_iter().chain([site.as_os_str()]))
    };
    assert_eq!(book("このシートは公開しません").0, 0);
    let (code, _, said) = book("メモ");
    assert_eq!(code, 1);
    assert!(said.contains("several worksheets have data"), "{said}");
}

fn is(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|own| own == ending)
}

/// The sample's files of TOML, and those of a new site, by an independent validator.
#[test]
fn an_editor_finds_the_files_of_the_sample_sound() {
    let check = support::root().join(".cache/venv/bin/check-jsonschema");
    if !check.is_file() {
        eprintln!("skipped: {} is absent", check.display());
        return;
    }
    let (_folder, site) = city(&[]);
    let sample = support::root().join("content");
    let of = |folder: &Path, wanted: &dyn Fn(&str) -> bool| -> Vec<PathBuf> {
        let paths = tree(folder).into_keys();
        paths.filter(|path| wanted(&path.to_string_lossy())).map(|path| folder.join(path)).collect()
    };
    type Wanted<'w> = &'w dyn Fn(&str) -> bool;
    let kinds: [(&str, Wanted<'_>); 8] = [
        ("site", &|path| path == "site.toml"),
        ("policy", &|path| path.starts_with("policies/") && path.ends_with(".toml")),
        ("fields", &|path| path == "fields.toml"),
        ("dataset", &|path| path.ends_with("/dataset.toml")),
        ("table", &|path| path.ends_with(".csv.toml") || path.ends_with(".xlsx.toml")),
        ("accessibility", &|path| path == "accessibility.toml"),
        ("form", &|path| path.contains("forms/") && path.ends_with(".toml")),
        ("theme", &|path| path.ends_with("theme.toml")),
    ];
    let validate = |kind: &str, files: &[PathBuf]| {
        let schema = site.join(format!("schemas/{kind}.json"));
        let mut command = Command::new(&check);
        let output = command.arg("--schemafile").arg(schema).args(files).output();
        let output = output.expect("it runs");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for (kind, wanted) in kinds {
        let mut files = of(&sample, wanted);
        files.extend(of(&site.join("content"), wanted));
        // Forms and themes of every kind are in the tests.
        files.extend(match kind {
            "form" => of(&support::root().join("tests/fixtures/forms"), wanted),
            "theme" => of(&support::root().join("themes"), wanted),
            _ => Vec::new(),
        });
        if files.is_empty() {
            continue;
        }
        let (sound, said) = validate(kind, &files);
        assert!(sound, "{kind}: {said}");
    }
    let settings = site.join("content/site.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    assert!(text.starts_with("#:schema ../schemas/site.json\n"), "{text}");
    for wrong in
        [text.replace("tone = \"good\"", "tone = \"god\""), text.replace("base_url", "base_uri")]
    {
        fs::write(&settings, wrong).expect("settings");
        let (sound, said) = validate("site", std::slice::from_ref(&settings));
        assert!(!sound, "{said}");
    }
}
