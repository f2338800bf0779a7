//! Publishing as a clerk meets it: one build at a time, suspicious changes, the site before brought
//! back, redirects for pages that have moved.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pretty_assertions::assert_eq;
use support::{copy, is_long, kill_at_moments, run, sound_site, temporary, tree, write};
use tempfile::TempDir;

/// A copy of the small site.
fn site() -> TempDir {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    folder
}

/// Exit status, standard output and standard error of `command` on the site in `root`.
fn on(root: &Path, command: &str, arguments: &[&str]) -> (i32, String, String) {
    let root_flag = ["--root", root.to_str().expect("UTF-8")];
    let (status, out, errors) = run([&[command], &root_flag[..], arguments].concat());
    let shown = root.display().to_string();
    (status, out.replace(&shown, "SITE"), errors.replace(&shown, "SITE"))
}

fn build(root: &Path, arguments: &[&str]) -> (i32, String) {
    let (status, _, errors) = on(root, "build", arguments);
    (status, errors)
}

fn edit(root: &Path, path: &str, before: &str, after: &str) {
    let path = root.join("content").join(path);
    let text = fs::read_to_string(&path).expect("a file of the content");
    assert!(text.contains(before), "{before}");
    fs::write(&path, text.replace(before, after)).expect("an edit");
}

const POLICY: &str = "policies/2022/planning.toml";

#[test]
fn the_site_before_is_brought_back_and_what_others_have_stays() {
    let site = site();
    let root = site.path();
    let public = root.join("public");
    let (status, out, errors) = on(root, "rollback", &["--lang", "ja"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert_eq!(
        errors,
        "エラー: 「SITE/public」の以前のサイトは保存されていません\n  直し方: 「kawaraban rollback --list」で、保存されているサイトを確認できます。「build」は、直前のサイトを保存してから入れ替えます（「--in-place」と「--keep 0」では保存しません）\n"
    );
    assert_eq!(build(root, &[]), (0, String::new()));
    let first = tree(&public);
    edit(root, POLICY, "まちづくり懇談会の開催", "懇談会の開催");
    write(&public.join("CNAME"), "data.city.mihon.example");
    assert_eq!(build(root, &[]), (0, String::new()));
    let second = tree(&public);
    write(&public.join("CNAME"), "open.city.mihon.example");

    let (status, out, errors) = on(root, "rollback", &["--lang", "en"]);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert!(out.starts_with("SITE/public is again the site written on 2"), "{out}");
    assert!(out.ends_with("is kept as number 2; a second rollback brings it back\n"), "{out}");
    let mut found = tree(&public);
    let own = found.remove(Path::new("CNAME")).expect("the file of the host stays");
    assert_eq!(own, b"open.city.mihon.example");
    assert!(found == first, "the rest is the site before");
    let shown = public.to_str().expect("UTF-8");
    assert_eq!(run(["verify", "--ignore-foreign", shown]).0, 0);

    assert_eq!(on(root, "rollback", &[]).0, 0);
    let mut found = tree(&public);
    found.insert(PathBuf::from("CNAME"), b"data.city.mihon.example".to_vec());
    assert!(found == second, "a second time brings the newer one back");
    let (_, out, _) = on(root, "rollback", &["--list", "--lang", "ja"]);
    assert!(out.starts_with("3番：2") && out.ends_with("に書き出したサイト\n"), "{out}");
    assert_eq!(out.lines().count(), 1);
    let (status, _, errors) = on(root, "rollback", &["7", "--lang", "en"]);
    assert_eq!(status, 2);
    assert!(errors.starts_with("error: `SITE/public` has no previous site number 7\n"), "{errors}");

    // A file that was changed since is noticed, and nothing is exchanged.
    let kept = root.join(".kawaraban/public/previous/3/index.html");
    fs::remove_file(&kept).expect("a file of the site before");
    write(&kept, "changed");
    let (status, _, errors) = on(root, "rollback", &["--lang", "ja"]);
    assert_eq!(status, 2);
    let told = "エラー: 以前のサイトのファイル「SITE/.kawaraban/public/previous/3/index.html」がないか、保存した後に変更されています\n";
    assert!(errors.starts_with(told), "{errors}");
    assert!(tree(&public) == found_without_change(&second, &public), "the output is as it was");
}

/// `second` with the file of the host as it is in `public` now.
fn found_without_change(second: &support::Tree, public: &Path) -> support::Tree {
    let mut expected = second.clone();
    let name = PathBuf::from("CNAME");
    let own = fs::read(public.join(&name)).expect("the file of the host");
    expected.insert(name, own);
    expected
}

#[test]
fn as_many_sites_are_kept_as_are_asked_for() {
    let site = site();
    let root = site.path();
    let kept = || {
        let (_, out, _) = on(root, "rollback", &["--list", "--lang", "en"]);
        let numbers = out.lines().filter_map(|line| line.split(':').next()?.parse::<u32>().ok());
        numbers.collect::<Vec<_>>()
    };
    for _ in 0..4 {
        assert_eq!(build(root, &["--keep", "2"]).0, 0);
    }
    assert_eq!(kept(), [3, 2]);
    // A site that is brought back makes room for the one that it replaces, and for no other.
    assert_eq!(on(root, "rollback", &[]).0, 0);
    assert_eq!(kept(), [4, 2]);
    assert_eq!(on(root, "rollback", &["2"]).0, 0);
    assert_eq!(kept(), [5, 4]);
    assert_eq!(build(root, &[]).0, 0);
    assert_eq!(kept(), [6]);
    assert_eq!(build(root, &["--keep", "0"]).0, 0);
    assert_eq!(kept(), [0; 0]);
    // Files that are exchanged one by one leave no site behind.
    assert_eq!(build(root, &["--in-place"]).0, 0);
    assert_eq!(kept(), [0; 0]);
}

#[test]
fn a_second_build_waits_and_publishes_the_newer_content() {
    let site = site();
    let root = site.path();
    assert_eq!(build(root, &[]).0, 0);
    let path = root.join(".kawaraban/public/lock");
    let mut lock = File::options().write(true).open(&path).expect("the lock");
    lock.lock().expect("nobody builds");
    lock.set_len(0).expect("it is ours");
    lock.write_all(b"4711\n").expect("it is ours");

    let mut second = Command::new(env!("CARGO_BIN_EXE_kawaraban"))
        .args(["build", "--lang", "ja", "--root"])
        .arg(root)
        .stdout(Stdio::null())
        .stderr(File::create(root.join("errors.txt")).expect("a new file"))
        .spawn()
        .expect("the binary runs");
    let said = || fs::read_to_string(root.join("errors.txt")).expect("what was said");
    let begun = Instant::now();
    while said().is_empty() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(
        said(),
        "別の「kawaraban」（プロセス4711）が同じフォルダーに書き出しています。終わるまで待ちます\n"
    );
    assert!(second.try_wait().expect("the process is ours").is_none(), "it waits");
    // The other one read this before it wrote; the second must not publish what it read itself.
    edit(root, POLICY, "まちづくり懇談会の開催", "懇談会の開催");
    lock.set_len(0).expect("it is ours");
    drop(lock);
    assert!(second.wait().expect("the process is ours").success());
    let page = fs::read_to_string(root.join("public/measures/town-meetings-2022.html"));
    assert!(page.expect("a page").contains("<title>懇談会の開催"));
}

/// Measures of the years 令和3 and 4, `rows` of each; the results of year `r` have these ratings and
/// accounts.
fn measures(rows: usize, rated: impl Fn(u32, usize) -> (&'static str, String)) -> String {
    let mut text = String::from("施策ID,年度,部局,系列,施策名,めざす方向,達成度,実績\n");
    for year in [3, 4] {
        for row in 1..=rows {
            let (rating, account) = rated(year, row);
            text += &format!(
                "m{row}-r{year},令和{year}年度,企画部,m{row},施策その{row},進めます。,{rating},{account}\n"
            );
        }
    }
    text
}

#[test]
fn suspicious_changes_need_a_word() {
    let site = site();
    let root = site.path();
    let table = root.join("content/measures/all.csv");
    let accounts = |year: u32, row: usize| format!("{year}年度は{row}件を実施しました。");
    write(&table, measures(20, |year, row| ("目標どおり達成", accounts(year, row))));
    assert_eq!(build(root, &[]), (0, String::new()));
    let heading = "the published site would change in a way that is often a mistake\n";
    let ending = "check the content (`kawaraban diff` shows what would change); if it is correct, build with `--accept`\nnothing was written\n";
    let refused = |line: &str| (1, format!("{heading}  {line}\n{ending}"));
    let before = tree(&root.join("public"));

    write(&table, measures(18, |year, row| ("目標どおり達成", accounts(year, row))));
    let gone = "4 of the 41 published measures would be gone";
    assert_eq!(build(root, &["--lang", "en"]), (0, String::new()), "{gone}: less than a tenth");
    write(&table, measures(14, |year, row| ("目標どおり達成", accounts(year, row))));
    let gone = "8 of the 37 published measures would be gone";
    assert_eq!(build(root, &["--lang", "en"]), refused(gone));
    assert!(tree(&root.join("public")) != before, "the one before was written");

    write(&table, measures(18, |year, row| ("未達成", accounts(year, row))));
    let worse = "36 of 37 measures with a published rating would be rated worse";
    assert_eq!(build(root, &["--lang", "en"]), refused(worse));

    let of_last_year = |_, row| ("目標どおり達成", accounts(3, row));
    write(&table, measures(18, of_last_year));
    let same = "18 of the 18 accounts of fiscal year 2022 are those of the year before; is it last year's file?";
    assert_eq!(build(root, &["--lang", "en"]), refused(same));
    let (status, errors) = build(root, &["--lang", "ja"]);
    assert_eq!(status, 1);
    let japanese = "  2022年度（令和4年度）の実績18件のうち18件が、前年度と同じ文章です。前年度のファイルを使っていませんか\n";
    assert!(errors.contains(japanese), "{errors}");
    assert_eq!(build(root, &["--accept"]), (0, String::new()));
}

#[test]
fn redirects_are_written_for_pages_that_have_moved() {
    let site = site();
    let root = site.path();
    assert_eq!(build(root, &[]).0, 0);
    let redirects = root.join("content/redirects.csv");
    edit(root, POLICY, "town-meetings-2022", "meetings-2022");
    edit(root, "indicators/2022.csv", "town-meetings-2022", "meetings-2022");
    edit(root, "budgets/2022.csv", "town-meetings-2022", "meetings-2022");
    let today = |text: &str| {
        let date = text.split(',').nth(2).map(|cell| cell.trim().to_owned()).unwrap_or_default();
        assert!(date.len() == 10 && date.starts_with("20"), "{text}");
        date
    };
    let row = |text: &str| text.lines().last().map(str::to_owned).unwrap_or_default();

    // Columns in the order of the clerk, with titles in Japanese.
    let own = "\u{FEFF}備考,新ページ,旧ページ\r\n";
    write(&redirects, own);
    let (status, _, errors) = on(root, "diff", &["--write-redirects", "--lang", "ja"]);
    assert_eq!(status, 0, "{errors}");
    assert_eq!(errors, "「content/redirects.csv」に転送を1行書き込みました\n");
    let written = fs::read_to_string(&redirects).expect("the table");
    assert_eq!(written, format!("{own},measures/meetings-2022,measures/town-meetings-2022\r\n"));

    fs::remove_file(&redirects).expect("it is there");
    let (status, out, errors) =
        on(root, "diff", &["--write-redirects", "--format", "html", "--lang", "en"]);
    assert_eq!((status, errors.as_str()), (0, "1 redirect written to `content/redirects.csv`\n"));
    assert!(out.starts_with("<!doctype html>\n<html lang=\"en\">"), "{out}");
    assert!(out.contains("<h2>Measures</h2>") && out.trim_end().ends_with("</html>"), "{out}");
    let written = fs::read_to_string(&redirects).expect("a new table");
    let last = row(&written);
    assert_eq!(
        written,
        format!(
            "from,to,date\r\nmeasures/town-meetings-2022,measures/meetings-2022,{}\r\n",
            today(&last)
        )
    );
    assert_eq!(build(root, &[]), (0, String::new()));
    let old = fs::read_to_string(root.join("public/measures/town-meetings-2022.html"));
    assert!(old.expect("the old address").contains("meetings-2022.html"));

    edit(root, POLICY, "\"meetings-2022\"", "\"talks-2022\"");
    edit(root, "indicators/2022.csv", "meetings-2022", "talks-2022");
    edit(root, "budgets/2022.csv", "meetings-2022", "talks-2022");
    // A table of another kind, or in another encoding, is left to the clerk; no second table comes beside.
    fs::remove_file(&redirects).expect("it is there");
    let other = root.join("content/redirects.tsv");
    write(&other, "from\tto\n");
    let (status, _, errors) = on(root, "diff", &["--write-redirects", "--lang", "en"]);
    assert_eq!(status, 0, "{errors}");
    let told = "`content/redirects.tsv` cannot be added to here; add these rows to it (from, to, date)\nmeasures/meetings-2022,measures/talks-2022,";
    assert!(errors.starts_with(told), "{errors}");
    assert!(!redirects.exists());
    fs::remove_file(&other).expect("it is there");
    let bytes: &[u8] = b"\x8b\x8c\x83y\x81[\x83W,\x90V\x83y\x81[\x83W\r\n";
    write(&redirects, bytes);
    let (status, _, errors) = on(root, "diff", &["--write-redirects", "--lang", "ja"]);
    assert_eq!(status, 0, "{errors}");
    assert!(errors.starts_with("「content/redirects.csv」には書き込めないため、次の行（旧ページ、新ページ、日付）を加えてください\nmeasures/meetings-2022,measures/talks-2022,"), "{errors}");
    assert_eq!(fs::read(&redirects).expect("the table"), bytes);
}

#[test]
fn a_rollback_killed_at_any_moment_leaves_a_whole_site() {
    let site = site();
    let root = site.path();
    let public = root.join("public");
    assert_eq!(build(root, &[]).0, 0);
    let first = tree(&public);
    edit(root, POLICY, "まちづくり懇談会の開催", "懇談会の開催");
    assert_eq!(build(root, &[]).0, 0);
    let second = tree(&public);
    let begun = Instant::now();
    assert_eq!(on(root, "rollback", &[]).0, 0);
    let whole = begun.elapsed();
    assert!(tree(&public) == first);

    let moments = if is_long() { 200 } else { 30 };
    let rollback = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kawaraban"));
        command.args(["rollback", "--root"]).arg(root);
        command
    };
    kill_at_moments(rollback, whole, moments, |moment| {
        let found = tree(&public);
        assert!(found == first || found == second, "moment {moment}: neither site");
    });
    // The next build clears away what they left, and a site is still there to go back to.
    assert_eq!(build(root, &[]).0, 0);
    assert!(tree(&public) == second);
    let mut names: Vec<String> = fs::read_dir(root)
        .expect("the site's folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, [".kawaraban", "content", "public"]);
    assert_eq!(on(root, "rollback", &[]).0, 0);
    let found = tree(&public);
    assert!(found == first || found == second);
}

#[test]
fn what_is_not_due_is_left_out_until_its_day() {
    let site = site();
    let root = site.path();
    edit(root, POLICY, "published = 2023-06-23", "published = 2031-06-23");
    edit(root, "datasets/halls/dataset.toml", "primary_key", "published = 2032-04-01\nprimary_key");
    let pages = || {
        let page = fs::read_to_string(root.join("public/measures/town-meetings-2022.html"));
        let hall = root.join("public/data/halls.html").exists();
        (page.is_ok(), page.unwrap_or_default().contains("8地区のすべてで"), hall)
    };
    let on_day = |day: &str| {
        let (status, errors) = build(root, &["--accept", "--lang", "ja", "--as-of", day]);
        assert_eq!(status, 0, "{errors}");
        (pages(), errors)
    };
    let (found, errors) = on_day("2030-12-31");
    assert_eq!(found, (true, false, false));
    assert_eq!(
        errors,
        "お知らせ[dataset::not-due]: このデータセットは、公開日（2032-04-01）の前のため、まだ公開しません
  content/datasets/halls/dataset.toml
  直し方: 公開日以降に「build」を実行すると公開されます。「--as-of 2032-04-01」を付けると、その日のサイトを確認できます

お知らせ[policy::result-not-due]: この実績は、公開日（2031-06-23）の前のため、まだ公開しません
  content/policies/2022/planning.toml:14:1
   14 | [measures.result]
      | ^^^^^^^^^^^^^^^^^
  直し方: 公開日以降に「build」を実行すると公開されます。「--as-of 2031-06-23」を付けると、その日のサイトを確認できます

"
    );
    // The same on any day until something comes due.
    let before = tree(&root.join("public"));
    on_day("令和13年6月22日");
    assert!(tree(&root.join("public")) == before);
    assert_eq!(on_day("2031-06-23").0, (true, true, false));
    assert_eq!(on_day("2032-04-01"), ((true, true, true), String::new()));
    // Policies too, and with them what is said of their measures.
    edit(root, POLICY, "published = 2022-05-27", "published = 2033-05-27");
    assert_eq!(on_day("2033-05-26").0, (false, false, true));
    assert_eq!(on_day("2033-05-27").0, (true, true, true));
    // A preview with drafts shows everything.
    assert_eq!(build(root, &["--accept", "--drafts", "--as-of", "2030-01-01"]), (0, String::new()));
    assert_eq!(pages(), (true, true, true));
    let (status, _, errors) = on(root, "check", &["--as-of", "tomorrow", "--lang", "en"]);
    assert_eq!(status, 2);
    assert!(errors.contains("not a date such as 2027-04-01"), "{errors}");
}
