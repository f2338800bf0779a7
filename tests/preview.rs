//! The preview makes each file when it is asked for. Its files are those of a build, byte for byte.

#![allow(clippy::disallowed_methods, reason = "a test edits the content as a clerk does")]

mod support;

use kawaraban::pipeline::{
    Assembled, BuildOptions, LiveSite, Silent, assemble, assemble_again, build,
};
use kawaraban::source::KeptReadings;

use support::{copy, retitle, root, sound_site, sound_site_with, temporary};

/// The live site of `folder`, which must have no error.
fn live(folder: &std::path::Path, before: Option<&LiveSite>) -> LiveSite {
    let Assembled { site, fonts, .. } = assemble(folder, &BuildOptions::default());
    let (site, theme) = site.expect("the site has no error");
    LiveSite::new(site, theme, fonts, before)
}

#[test]
fn every_file_of_the_preview_is_that_of_a_build() {
    for folder in [sound_site(), root()] {
        let live = live(&folder, None);
        let built = build(&folder, &BuildOptions::default(), &Silent);
        let artifacts = built.artifacts.expect("the site is whole");
        assert!(artifacts.len() > 100);
        for artifact in artifacts {
            let found = live.file(&artifact.path);
            let found = found.unwrap_or_else(|problems| panic!("{}: {problems:?}", artifact.path));
            let found = found.unwrap_or_else(|| panic!("{} is missing", artifact.path));
            assert!(found.whole() == artifact.body.whole(), "{} differs", artifact.path);
        }
        for nothing in ["measures/none.html", "tables/none/manifest.json", "data/none.csv", "x"] {
            assert!(live.file(nothing).is_ok_and(|found| found.is_none()), "{nothing}");
        }
    }
}

#[test]
fn after_an_edit_pages_are_new_and_what_takes_long_is_that_of_before_until_it_is_made() {
    let site = temporary();
    copy(&sound_site(), site.path());
    let first = live(site.path(), None);
    first.prepare(|| true);
    let manifest = |live: &LiveSite| {
        let found = live.file("search/manifest.json").expect("an index");
        found.expect("a manifest").whole().into_owned()
    };
    let indexed = manifest(&first);

    let policy = site.path().join("content/policies/2022/planning.toml");
    let text = std::fs::read_to_string(&policy).expect("a policy");
    let changed = text.replace("まちづくり懇談会の開催", "まちづくり懇談会の充実");
    assert_ne!(text, changed);
    support::write(&policy, changed);

    let second = live(site.path(), Some(&first));
    drop(first);
    let page = second.file("measures/town-meetings-2022.html").expect("a page").expect("a page");
    assert!(String::from_utf8_lossy(&page.whole()).contains("まちづくり懇談会の充実"));
    assert!(manifest(&second) == indexed, "the index of before answers");
    second.prepare(|| false);
    assert!(manifest(&second) == indexed, "nobody wanted the new one");
    second.prepare(|| true);
    assert!(manifest(&second) != indexed, "the new index answers");
}

/// Edits of a clerk, with their mistakes: a file below `content`, and its text after the edit;
/// `None` removes the file.
const EDITS: [(&str, Option<&str>); 12] = [
    (
        "budgets/2022.csv",
        Some(
            "measure,fiscal_year,budget,settled,source,note\n\
             town-meetings-2022,2022,360,350,一般財源,\n",
        ),
    ),
    (
        "indicators/2022.csv",
        Some(
            "measure,indicator,name,unit,better,fiscal_year,baseline,target,actual,note\n\
             town-meetings-2022,meetings,懇談会の開催回数,回,higher,2022,4,八,8,\n",
        ),
    ),
    (
        "measures/2022.csv",
        Some(
            "id,fiscal_year,department,title,direction\n\
             walks-2022,2022,planning,まち歩き,歩く。\n",
        ),
    ),
    ("budgets/more.csv", Some("measure,fiscal_year,budget,settled\nwalks-2022,2022,10,9\n")),
    ("budgets/more.csv.toml", Some("header = 1\n")),
    (
        "indicators/2022.csv",
        Some(
            "measure,indicator,name,unit,better,fiscal_year,baseline,target,actual,note\n\
             town-meetings-2022,meetings,懇談会の開催回数,回,higher,2022,4,8,7,\n",
        ),
    ),
    ("measures/2022.csv", Some("id,fiscal_year,department,title\nwalks,2022,nowhere,まち歩き\n")),
    (
        "fields.toml",
        Some("[[fields]]\nid = \"place\"\nof = \"measure\"\nlabel = \"場所\"\ntype = \"text\"\n"),
    ),
    (
        "measures/2022.csv",
        Some("id,fiscal_year,department,title,場所\nwalks-2022,2022,planning,まち歩き,城下\n"),
    ),
    ("fields.toml", None),
    ("measures/2022.csv", None),
    ("budgets/more.csv", None),
];

#[test]
fn reading_again_after_an_edit_gives_what_reading_all_anew_gives() {
    let site = temporary();
    copy(&sound_site(), site.path());
    let (readings, options) = (KeptReadings::default(), BuildOptions::default());
    let mut sound = 0;
    for (path, text) in [("topics.csv.toml", None)].into_iter().chain(EDITS) {
        let path = site.path().join("content").join(path);
        match text {
            Some(text) => support::write(&path, text),
            None => drop(std::fs::remove_file(&path)),
        }
        // Twice: what has been read since the edit is used as well.
        for _ in 0..2 {
            let again = assemble_again(site.path(), &options, Some(&readings));
            let anew = assemble(site.path(), &options);
            assert_eq!(again.diagnostics, anew.diagnostics, "{}", path.display());
            let shown = |assembled: &Assembled| {
                assembled.site.as_ref().map(|(site, _)| format!("{site:?}"))
            };
            assert!(shown(&again) == shown(&anew), "{}", path.display());
            sound += usize::from(anew.site.is_some());
        }
    }
    assert!(sound >= 6 && sound < 2 * (EDITS.len() + 1), "edits with and without errors: {sound}");
}

/// The command that opens addresses on a Linux desktop, which writes down what it is asked to open.
#[cfg(target_os = "linux")]
#[test]
fn the_preview_is_opened_in_the_browser_if_that_is_asked_for() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let folder = temporary();
    let (opener, opened) = (folder.path().join("xdg-open"), folder.path().join("opened"));
    support::write(&opener, format!("#!/bin/sh\necho \"$1\" > {}\n", opened.display()));
    std::fs::set_permissions(&opener, Permissions::from_mode(0o755)).expect("it is ours");
    let mut serve = Command::new(env!("CARGO_BIN_EXE_kawaraban"))
        .args(["serve", "--open", "--port", "0", "--lang", "en", "--root"])
        .arg(sound_site())
        .env("PATH", folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let asked = || std::fs::read_to_string(&opened).unwrap_or_default();
    let begun = Instant::now();
    while asked().is_empty() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    serve.kill().expect("the process is ours");
    let said = serve.wait_with_output().expect("the process is ours").stdout;
    let said = String::from_utf8_lossy(&said).into_owned();
    let address = asked();
    assert!(address.starts_with("http://127.0.0.1:") && address.ends_with("/\n"), "{address}");
    assert_eq!(said, format!("serving on {} (press Ctrl-C to stop)\n", address.trim_end()));
}

/// A running preview whose lines on standard error are read as they come.
struct Watching {
    serve: std::process::Child,
    lines: std::sync::mpsc::Receiver<String>,
}

impl Watching {
    /// Serves `root`, and waits until its first site has been read.
    fn new(root: &std::path::Path, flags: &[&str]) -> Self {
        use std::io::{BufRead as _, BufReader, Read as _, Write as _};
        use std::process::{Command, Stdio};

        let mut serve = Command::new(env!("CARGO_BIN_EXE_kawaraban"))
            .args(["serve", "--port", "0", "--lang", "en", "--root"])
            .arg(root)
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut said = BufReader::new(serve.stdout.take().expect("it is piped"));
        let mut line = String::new();
        said.read_line(&mut line).expect("it says where it serves");
        let address = line.split(['/', ' ']).find(|word| word.starts_with("127.")).expect("one");
        // A page is answered when the first site has been read.
        let mut page = std::net::TcpStream::connect(address).expect("the preview listens");
        write!(page, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("ok");
        page.read_to_end(&mut Vec::new()).expect("the page is answered");
        let errors = BufReader::new(serve.stderr.take().expect("it is piped"));
        let (sender, lines) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                let _the_test_is_over = sender.send(line);
            }
        });
        Self { serve, lines }
    }

    /// Waits until the preview says `expected`, which must be within a minute.
    fn says(&self, expected: &str) {
        let mut before = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(std::time::Duration::from_secs(60)) {
            if line == expected {
                // What the same change still causes is not taken for the next one.
                while self.lines.recv_timeout(std::time::Duration::from_millis(400)).is_ok() {}
                return;
            }
            before.push(line);
        }
        panic!("`{expected}` is not said after {before:?}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _it_has_ended = self.serve.kill();
        let _it_has_ended = self.serve.wait();
    }
}

const BROKEN: &str = "there are errors; the last correct site is shown";

/// `git checkout`, a synchronised folder and a copy over the old one replace folders, not files.
#[test]
fn folders_that_are_replaced_or_appear_are_watched_from_then_on() {
    let folder = sound_site_with("");
    let site = folder.path();
    let (content, themes) = (site.join("content"), site.join("themes"));
    let _there_may_be_none = std::fs::remove_dir_all(&themes);
    let watching = Watching::new(site, &[]);

    retitle(site, "一つ目");
    watching.says("rebuilt");

    let before = site.join("before/content");
    std::fs::create_dir(site.join("before")).expect("a folder beside it");
    std::fs::rename(&content, &before).expect("the folder is moved away");
    watching.says(BROKEN);
    copy(&before, &site.join("new"));
    std::fs::rename(site.join("new"), &content).expect("another takes its place");
    watching.says("rebuilt");
    retitle(site, "二つ目");
    watching.says("rebuilt");

    std::fs::create_dir_all(themes.join("own")).expect("a folder of themes");
    watching.says("rebuilt");
    support::write(&themes.join("own/theme.toml"), "name = ");
    watching.says("rebuilt");

    // What was moved away is no longer watched, nor is what lies beside the folders.
    retitle(&site.join("before"), "三つ目");
    support::write(&site.join("notes.txt"), "");
    std::thread::sleep(std::time::Duration::from_millis(500));
    let said: Vec<String> = watching.lines.try_iter().collect();
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn where_the_system_tells_no_changes_files_are_looked_for() {
    let folder = sound_site_with("");
    let site = folder.path();
    let watching = Watching::new(site, &["--poll"]);
    retitle(site, "一つ目");
    watching.says("rebuilt");
    std::fs::rename(site.join("content"), site.join("before")).expect("it is moved away");
    watching.says(BROKEN);
    std::fs::rename(site.join("before"), site.join("content")).expect("it is moved back");
    watching.says("rebuilt");
}
