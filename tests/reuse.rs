//! A build takes over files of the last site that are made from the same. Whatever has changed, and
//! whatever has happened to the output or to the record of it, the site is the same, byte for byte,
//! as one that is made anew in another folder.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{copy, is_long, kill_at_moments, run, sound_site, temporary, tree, write};
use tempfile::TempDir;

/// A site, and the folder that it is built into again and again.
struct Site {
    folder: TempDir,
    root: PathBuf,
    out: PathBuf,
    /// Title, direction, rating and account of each measure in its table.
    measures: Vec<[String; 4]>,
}

type Files = BTreeMap<String, Vec<u8>>;

impl Site {
    /// The sound site with a table of forty measures, built once.
    fn built() -> Self {
        let folder = temporary();
        let (root, out) = (folder.path().join("site"), folder.path().join("published/out"));
        copy(&sound_site(), &root);
        let subjects = ["空き家の見回り", "公園の手入れ", "橋の点検", "読書の集い", "河川の清掃"];
        let measure = |number: usize| {
            let subject = subjects[number % subjects.len()];
            [
                format!("{subject}（第{}地区）", number / subjects.len() + 1),
                format!("{subject}を年に{}回行います。", number + 2),
                ["met", "not-met"][number % 2].to_owned(),
                format!("{subject}を{}回行いました。", number + 1),
            ]
        };
        let site = Self { folder, root, out, measures: (0..40).map(measure).collect() };
        site.build(&[]);
        site
    }

    fn write_measures(&self) {
        let mut table = "id,fiscal_year,department,title,direction,rating,account\n".to_owned();
        for (number, cells) in self.measures.iter().enumerate() {
            let [title, direction, rating, account] = cells;
            let department = ["planning", "welfare"][number % 2];
            let id = format!("measure-{number}");
            table += &format!("{id},2023,{department},{title},{direction},{rating},{account}\n");
        }
        write(&self.root.join("content/measures/all.csv"), table);
    }

    fn arguments(&self, out: &Path, flags: &[&str]) -> Vec<String> {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let own = ["build", "--lang", "en", "--accept"].map(str::to_owned);
        let folders = ["--root".into(), text(&self.root), "--out".into(), text(out)];
        let flags = flags.iter().map(|flag| (*flag).to_owned());
        own.into_iter().chain(folders).chain(flags).collect()
    }

    fn build(&self, flags: &[&str]) {
        self.write_measures();
        let (code, _, errors) = run(self.arguments(&self.out, flags));
        assert_eq!(code, 0, "{errors}");
    }

    /// Builds again, and compares every file with the site as it is made in a new folder. Returns
    /// the paths of the files that were written; all others are the same files as before.
    fn build_again(&self, flags: &[&str], what: &str) -> BTreeSet<String> {
        let before = identities(&self.out);
        self.build(flags);
        self.assert_fresh(flags, what);
        let after = identities(&self.out);
        after.difference(&before).map(|(path, _)| path.clone()).collect()
    }

    fn assert_fresh(&self, flags: &[&str], what: &str) {
        let elsewhere = temporary();
        let out = elsewhere.path().join("out");
        let flags: Vec<&str> = flags.iter().copied().filter(|flag| *flag != "--in-place").collect();
        let (code, _, errors) = run(self.arguments(&out, &flags));
        assert_eq!(code, 0, "{errors}");
        let (mut found, expected) = (files(&self.out), files(&out));
        // Assets of earlier generations stay, and the manifest lists them.
        let is_kept = |path: &String| path.starts_with("assets/") && !expected.contains_key(path);
        let keeps_assets = found.keys().any(is_kept);
        found.retain(|path, _| !is_kept(path));
        assert!(found.keys().eq(expected.keys()), "{what}");
        for (path, bytes) in &found {
            if !(keeps_assets && path == "manifest.json") {
                assert!(expected[path] == *bytes, "{what}: {path}");
            }
        }
        let (code, said, errors) = run(["verify".as_ref(), self.out.as_os_str()]);
        assert_eq!(code, 0, "{what}: {said}{errors}");
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.root.join(path);
        let text = fs::read_to_string(&path).expect("the site has it");
        assert!(text.contains(from), "{} has {from}", path.display());
        fs::write(path, text.replacen(from, to, 1)).expect("a copy can be written");
    }

    fn record(&self) -> PathBuf {
        self.folder.path().join("published/.kawaraban/out/origins")
    }
}

/// Every file by its path.
fn files(folder: &Path) -> Files {
    let names = |(path, bytes): (PathBuf, Vec<u8>)| (path.to_string_lossy().into_owned(), bytes);
    tree(folder).into_iter().map(names).collect()
}

/// Every file with what shows that it is still the same one: its time, and its number on the disk.
fn identities(out: &Path) -> BTreeSet<(String, (u64, std::time::SystemTime))> {
    let found = files(out).into_keys().map(|path| {
        let file = fs::metadata(out.join(&path)).expect("it was just read");
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&file);
        #[cfg(not(unix))]
        let number = 0;
        (path, (number, file.modified().expect("the system has times")))
    });
    found.collect()
}

#[test]
fn only_what_changed_is_written_and_the_site_is_that_of_a_fresh_build() {
    let mut site = Site::built();
    assert_eq!(site.build_again(&[], "nothing"), BTreeSet::new());

    site.measures[7][3] = "参加者が倍に増えました。".to_owned();
    let written = site.build_again(&[], "a cell");
    let pages = written.iter().filter(|path| path.ends_with(".html"));
    let of_measures: Vec<&String> =
        pages.clone().filter(|path| path.starts_with("measures/")).collect();
    assert_eq!(of_measures, ["measures/measure-7.html"]);
    assert!(pages.count() < 12, "{written:?}");

    write(&site.root.join("themes/own/words/ja.toml"), "measure = \"取り組み\"\n");
    site.edit("content/site.toml", "title =", "theme = \"own\"\ntitle =");
    site.build_again(&[], "a word");
    let template =
        "{% extends \"default/404.html\" %}\n{% block main %}<p>ない</p>{% endblock %}\n";
    write(&site.root.join("themes/own/404.html"), template);
    let written = site.build_again(&[], "a template");
    assert!(written.contains("404.html"), "{written:?}");
    // A template that reads the site's data depends on all of them.
    let template = "{% extends \"default/404.html\" %}\n{% block main %}\
        {% for row in data.rows.halls %}<p>{{ row.name }}</p>{% endfor %}{% endblock %}\n";
    write(&site.root.join("themes/own/404.html"), template);
    site.build_again(&[], "a template with data");
    site.edit("content/datasets/halls/halls.csv", "中央公民館", "本町公民館");
    let written = site.build_again(&[], "a cell that a template reads");
    assert!(written.contains("404.html"), "{written:?}");
    site.edit("content/site.toml", "title_en =", "description = \"新しい説明\"\ntitle_en =");
    site.build_again(&[], "a setting");
    for (path, from, to) in [
        ("content/site.toml", "name = \"見本市\"", "name = \"新見本市\""),
        ("content/site.toml", "[publisher]", "[licence]\nid = \"CC0-1.0\"\n\n[publisher]"),
        ("content/topics.csv", "地域づくり", "まちづくり"),
        ("content/datasets/halls/dataset.toml", "所在地", "場所"),
        (
            "content/site.toml",
            "[publisher]",
            "[data]\nformats = [\"csv\", \"json\"]\n\n[publisher]",
        ),
    ] {
        site.edit(path, from, to);
        let written = site.build_again(&[], to);
        assert!(written.iter().any(|path| path.starts_with("data/")), "{to}: {written:?}");
    }
    write(&site.root.join("content/static/share.png"), "no picture");
    site.build_again(&[], "a static file");

    site.build_again(&["--as-of", "2022-06-01"], "an earlier day");
    let written = site.build_again(&[], "today");
    assert!(written.contains("measures/town-meetings-2022.html"), "{written:?}");
    site.build_again(&["--base-url", "https://other.example.jp/below/"], "another address");
    site.build_again(&["--offline-search"], "the index as scripts");
    site.build_again(&["--threads", "1"], "one thread");
    let kept = identities(&site.out);
    site.build_again(&["--fresh"], "everything anew");
    assert_eq!(identities(&site.out), kept, "the same bytes are the same file");
    assert_eq!(site.build_again(&["--in-place"], "in place"), BTreeSet::new());

    site.measures.pop();
    site.build_again(&["--in-place"], "a removed measure");
    site.measures.remove(3);
    site.build_again(&[], "a measure that moves all others");
}

#[test]
fn a_preview_is_taken_over_with_its_marks() {
    let site = Site::built();
    let site = Site { out: site.folder.path().join("published/preview"), ..site };
    site.build(&["--drafts"]);
    site.edit("content/policies/2022/planning.toml", "[[measures]]", "[[measures]]\ndraft = true");
    site.build_again(&["--drafts"], "a new draft");
}

#[test]
fn no_damaged_file_or_record_is_taken_over() {
    let site = Site::built();
    let good = fs::read(site.record()).expect("a build leaves a record");
    let page = site.out.join("index.html");
    let text = fs::read_to_string(&page).expect("the site has a first page");

    // A file that somebody changed, of the same length and with its old time, is made again.
    let time = fs::metadata(&page).and_then(|file| file.modified()).expect("a time");
    fs::write(&page, text.replacen("<html", "<htmx", 1)).expect("the page can be written");
    let file = fs::File::options().write(true).open(&page).expect("the page can be opened");
    file.set_modified(time).expect("the time can be set");
    assert!(site.build_again(&[], "a changed page").contains("index.html"));
    fs::write(&page, "").expect("the page can be written");
    assert!(site.build_again(&[], "an empty page").contains("index.html"));
    let index = files(&site.out).into_keys().find(|path| path.starts_with("search/"));
    fs::remove_file(site.out.join(index.expect("there is an index"))).expect("it can be removed");
    site.build_again(&[], "a removed file of the index");
    assert_eq!(fs::read(site.record()).expect("a record"), good, "the site is the first one again");

    // Records that cannot be used are the same as none.
    let text = String::from_utf8(good.clone()).expect("a record is text");
    let other = {
        let (first, rest) = text.split_once('\n').expect("a record has lines");
        let digit = if first.ends_with('0') { '1' } else { '0' };
        format!("{}{digit}\n{rest}", &first[..first.len() - 1])
    };
    let changed = text.replacen("index.html", "indez.html", 1);
    for damaged in [String::new(), text[..text.len() / 2].to_owned(), other, changed] {
        fs::write(site.record(), damaged).expect("the record can be written");
        site.build_again(&[], "a damaged record");
        assert_eq!(fs::read(site.record()).expect("a record"), good);
    }
    fs::remove_file(site.record()).expect("it can be removed");
    fs::create_dir(site.record()).expect("a folder can be made");
    site.build_again(&[], "a folder in the place of the record");
    fs::remove_dir(site.record()).expect("the folder is empty");

    // The record of an older state of the site, after a rollback.
    site.build(&[]);
    site.edit("content/site.toml", "title_en =", "description = \"新しい説明\"\ntitle_en =");
    site.build(&[]);
    let back = ["rollback".to_owned(), "--root".into(), site.root.to_string_lossy().into_owned()];
    let out = ["--out".to_owned(), site.out.to_string_lossy().into_owned()];
    let (code, _, errors) = run(back.into_iter().chain(out));
    assert_eq!(code, 0, "{errors}");
    site.build_again(&[], "after a rollback");
}

#[test]
fn another_program_makes_every_file_anew() {
    let site = Site::built();
    let good = fs::read(site.record()).expect("a build leaves a record");
    // The same program with other bytes at its end: the system runs it as before.
    let program = site.folder.path().join("kawaraban");
    let mut bytes = fs::read(env!("CARGO_BIN_EXE_kawaraban")).expect("the program");
    bytes.push(0);
    fs::write(&program, bytes).expect("a copy can be written");
    let own = fs::metadata(env!("CARGO_BIN_EXE_kawaraban")).expect("the program").permissions();
    fs::set_permissions(&program, own).expect("a copy can be run");
    let built = Command::new(&program).args(site.arguments(&site.out, &[])).output();
    assert!(built.expect("it runs").status.success());
    site.assert_fresh(&[], "another program");
    let first = |record: &[u8]| String::from_utf8_lossy(record).lines().next().map(str::to_owned);
    let written = fs::read(site.record()).expect("a record");
    assert_ne!(first(&written), first(&good), "the record names the program");
}

#[test]
fn a_build_killed_at_any_moment_leaves_nothing_that_is_wrongly_taken_over() {
    let mut site = Site::built();
    let started = std::time::Instant::now();
    site.build(&["--fresh"]);
    let whole_build = started.elapsed();
    for round in 0..if is_long() { 40 } else { 4 } {
        site.measures[round % 40][0] = format!("{round}番目の題名");
        site.write_measures();
        let build = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_kawaraban"));
            command.args(site.arguments(&site.out, &[]));
            command
        };
        kill_at_moments(build, whole_build, 3, |_| {});
        site.build_again(&[], "after killed builds");
    }
}

#[test]
fn any_row_of_edits_gives_the_site_of_a_fresh_build() {
    let mut site = Site::built();
    let mut random = 20_261_129_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (random >> 33) as usize % below
    };
    for round in 0..if is_long() { 200 } else { 8 } {
        // Several edits of different kinds between two builds.
        for _ in 0..=next(3) {
            let count = site.measures.len();
            match next(7) {
                0 => site.measures[next(count)][next(2)] = format!("{round}番目の見直し"),
                1 => {
                    let rating = ["met", "not-met"][next(2)];
                    site.measures[next(count)][2] = rating.to_owned();
                }
                2 => {
                    let measure = site.measures[next(count)].clone();
                    site.measures.insert(next(count), measure);
                }
                3 if count > 2 => {
                    site.measures.remove(next(count));
                }
                4 => {
                    let text = format!("+++\ntitle = \"第{round}版\"\n+++\n\n本文{}\n", next(9));
                    write(&site.root.join("content/pages/edited.md"), text);
                }
                5 => {
                    let amounts = (100 + next(9), 100 + next(9));
                    let row =
                        format!("town-meetings-2022,2022,{},{},一般財源,", amounts.0, amounts.1);
                    let head = "measure,fiscal_year,budget,settled,source,note";
                    let path = site.root.join("content/budgets/2022.csv");
                    write(&path, format!("{head}\n{row}\n"));
                }
                _ => {
                    let name = format!("第{}公民館", next(5));
                    let row = format!("03,{name},{},1994-10-01,A03", 50 + next(5));
                    let head = "番号,名称,定員,開館日,施設コード";
                    let path = site.root.join("content/datasets/halls/halls.csv");
                    write(&path, format!("{head}\n01,中央公民館,120,1988-04-01,A01\n{row}\n"));
                }
            }
        }
        site.build_again(&[], &format!("round {round}"));
    }
}
