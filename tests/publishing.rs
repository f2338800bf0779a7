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
    let refused = |what: &str, place: &str| {
        let help = "check the content (`kawaraban diff` shows what would change); if it is correct, run `kawaraban build --accept`";
        let last = "1 error in 1 file; nothing was written";
        (1, format!("error[published::{what}\n  {place}\n  help: {help}\n\n{last}\n"))
    };
    let before = tree(&root.join("public"));

    write(&table, measures(18, |year, row| ("目標どおり達成", accounts(year, row))));
    let gone = "4 of the 41 published measures would be gone";
    assert_eq!(build(root, &["--lang", "en"]), (0, String::new()), "{gone}: less than a tenth");
    write(&table, measures(14, |year, row| ("目標どおり達成", accounts(year, row))));
    let gone = "gone]: 8 of the 37 published measures would be gone";
    assert_eq!(build(root, &["--lang", "en"]), refused(gone, "content"));
    assert!(tree(&root.join("public")) != before, "the one before was written");

    write(&table, measures(18, |year, row| ("未達成", accounts(year, row))));
    let worse = "worse]: 36 of 37 measures with a published rating would be rated worse";
    let of_measures = "content/measures/all.csv";
    assert_eq!(build(root, &["--lang", "en"]), refused(worse, of_measures));
    // Programs are told as of any other problem.
    let (status, out, errors) = on(root, "build", &["--format", "json"]);
    assert_eq!((status, errors.as_str()), (1, ""));
    let told: serde_json::Value = serde_json::from_str(&out).expect("one line of JSON");
    assert_eq!(told["code"], "published::worse");
    assert_eq!(told["place"]["file"], of_measures);
    assert_eq!(told["message"]["en"], worse.trim_start_matches("worse]: "));
    let (_, errors) = build(root, &["--lang", "en", "--format", "github"]);
    let annotation = "::error file=content/measures/all.csv,title=published%3A%3Aworse::36 of 37";
    assert!(errors.starts_with(annotation), "{errors}");
    let (_, errors) = build(root, &["--lang", "en", "--format", "short"]);
    assert!(errors.starts_with("content/measures/all.csv: error[published::worse]"), "{errors}");
    // What a build would refuse is told by a check too.
    let (status, _, errors) = on(root, "check", &["--lang", "en"]);
    assert_eq!(status, 0);
    assert!(errors.starts_with("warning[published::worse]: 36 of 37"), "{errors}");
    assert!(errors.contains("\n  help: check the content"), "{errors}");
    // Who is asked decides by the answer.
    let (status, errors) = build(root, &["--lang", "en", "--ask"]);
    assert_eq!(status, 1);
    assert!(errors.starts_with("warning[published::worse]: 36 of 37"), "{errors}");
    assert!(errors.ends_with("[y/N] nothing was written\n"), "{errors}");

    let of_last_year = |_, row| ("目標どおり達成", accounts(3, row));
    write(&table, measures(18, of_last_year));
    let same = "last-year]: 18 of the 18 accounts of fiscal year 2022 are those of the year before; is it last year's file?";
    assert_eq!(build(root, &["--lang", "en"]), refused(same, of_measures));
    let (status, errors) = build(root, &["--lang", "ja"]);
    assert_eq!(status, 1);
    let japanese = "エラー[published::last-year]: 2022年度（令和4年度）の実績18件のうち18件が、前年度と同じ文章です。前年度のファイルを使っていませんか\n";
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
    assert!(
        out.contains("<h2 id=\"measures\">Measures</h2>") && out.trim_end().ends_with("</html>"),
        "{out}"
    );
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
    // A table of another kind, or in another encoding, is left to the clerk; no second table comes
    // beside.
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
fn a_recorded_page_that_has_moved_is_led_on_by_one_command() {
    let site = site();
    let root = site.path();
    assert_eq!(build(root, &[]).0, 0);
    assert_eq!(on(root, "record", &[]).0, 0);
    for file in [POLICY, "indicators/2022.csv", "budgets/2022.csv"] {
        edit(root, file, "town-meetings-2022", "meetings-2022");
    }
    edit(root, POLICY, "懇談会を開きます", "懇談会を行います");
    let (status, errors) = build(root, &["--lang", "en"]);
    assert_eq!(status, 1);
    assert!(errors.starts_with("error[check::address]: "), "{errors}");
    let (status, out, errors) = on(root, "diff", &["--write-redirects", "--lang", "en"]);
    assert_eq!(
        (status, errors.as_str()),
        (0, "1 redirect written to `content/redirects.csv`\n"),
        "{out}"
    );
    let renamed = "> town-meetings-2022 → meetings-2022 “まちづくり懇談会の開催” (2022)\n    \
                   direction: “すべての地区で懇談会を開きます。” → “すべての地区で懇談会を行います。”\n";
    assert!(out.to_lowercase().contains(renamed), "{out}");
    assert_eq!(build(root, &[]), (0, String::new()));
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

    let moments = 200;
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
    // A preview with drafts shows everything, in a folder of its own.
    let preview = root.join("preview");
    let (status, errors) = build(root, &["--drafts", "--as-of", "2030-01-01"]);
    assert_eq!((status, errors.as_str()), (0, ""));
    let page = fs::read_to_string(preview.join("measures/town-meetings-2022.html"));
    let page = page.expect("the page of a measure");
    assert!(page.contains("8地区のすべてで"), "{page}");
    assert!(preview.join("data/halls.html").exists());
    let (status, _, errors) = on(root, "check", &["--as-of", "tomorrow", "--lang", "en"]);
    assert_eq!(status, 2);
    assert!(errors.contains("not a date such as 2027-04-01"), "{errors}");
}

/// The small site with one thing of each kind that is a draft, due later, and expired.
fn withheld_site() -> TempDir {
    let site = site();
    let root = site.path();
    edit(root, "site.toml", "base_url", "languages = [\"ja\", \"en\"]\nbase_url");
    let table = "施策ID,年度,部局,施策名,めざす方向,達成度,実績,実績公表日,実績公開終了日,実績下書き,公表日,公開終了日,下書き\n\
        roads-2022,令和4年度,企画部,道路の点検,点検します。,目標どおり達成,点検しました。,,,○,,,\n\
        parks-2022,令和4年度,企画部,公園の整備,整備します。,目標どおり達成,整備しました。,,,,2031-04-01,2033-03-31,\n\
        pools-2022,令和4年度,企画部,プールの開放,開放します。,目標どおり達成,開放しました。,2030-04-01,2030-09-30,,,,\n\
        tents-2022,令和4年度,企画部,テントの貸出,貸し出します。,,,,,,,,○\n";
    write(&root.join("content/measures/more.csv"), table);
    edit(root, "datasets/halls/dataset.toml", "primary_key", "expires = 2030-12-31\nprimary_key");
    let page = |keys: &str| format!("+++\ntitle = \"お知らせ\"\n{keys}+++\n\n本文\n");
    write(
        &root.join("content/pages/notice.md"),
        page("published = 2031-01-01\nexpires = 2031-12-31\n"),
    );
    write(&root.join("content/pages/notice.en.md"), page(""));
    site
}

#[test]
fn drafts_and_dates_hold_for_everything_that_can_be_published() {
    let site = withheld_site();
    let root = site.path();
    let public = root.join("public");
    let read = |path: &str| fs::read_to_string(public.join(path)).unwrap_or_default();
    // What expires as planned is no suspicious change.
    let on_day = |day: &str| {
        let (status, out, errors) = on(root, "build", &["--lang", "en", "--as-of", day]);
        assert_eq!(status, 0, "{errors}");
        out
    };
    let out = on_day("2030-05-01");
    assert!(
        out.contains("\nas of 2030-05-01; left out: 2 drafts, 2 not yet due, 0 expired\n"),
        "{out}"
    );
    let page = |id: &str| read(&format!("measures/{id}.html"));
    assert!(
        page("roads-2022").contains("道路の点検") && !page("roads-2022").contains("点検しました")
    );
    assert!(page("pools-2022").contains("開放しました"));
    assert_eq!((page("parks-2022"), page("tents-2022")), (String::new(), String::new()));
    assert!(!read("notice.html").contains("本文") && !read("en/notice.html").contains("本文"));
    assert!(read("data/halls.html").contains("公民館"));

    let out = on_day("2031-06-01");
    assert!(out.contains("left out: 2 drafts, 0 not yet due, 2 expired"), "{out}");
    assert!(page("parks-2022").contains("整備しました") && read("notice.html").contains("本文"));
    assert!(
        page("pools-2022").contains("プールの開放") && !page("pools-2022").contains("開放しました")
    );
    // What has expired leaves a page that leads on, and no data.
    let gone = read("data/halls.html");
    assert!(gone.contains("このページは削除されました") && gone.contains("noindex"), "{gone}");
    assert!(gone.contains("../search.html?q=%E5%85%AC%E6%B0%91%E9%A4%A8"), "{gone}");
    assert!(!public.join("data/halls/latest/halls.csv").exists());
    on_day("2033-04-01");
    let gone = page("parks-2022");
    for link in ["../departments/planning.html", "../years/2022.html", "../search.html?q="] {
        assert!(gone.contains(link), "{link} in {gone}");
    }
    assert!(!public.join("measures/parks-2022.json").exists());
    assert!(read("en/notice.html").contains("The page at this address has been removed"));
    // The day of the build is in none of the files: another day gives the same.
    let before = tree(&public);
    on_day("2034-04-01");
    assert!(tree(&public) == before);

    // A row of the redirects counts instead of what would be made.
    write(
        &root.join("content/redirects.csv"),
        "from,to\nmeasures/parks-2022,measures/roads-2022\n",
    );
    on_day("2033-04-01");
    assert!(page("parks-2022").contains("roads-2022.html"));

    let list = |state: &str, more: &[&str]| {
        let day = ["--as-of", "2030-05-01", "--lang", "ja"];
        let (status, out, errors) = on(root, "list", &[&[state], &day[..], more].concat());
        assert_eq!((status, errors.as_str()), (0, ""));
        out
    };
    assert_eq!(
        list("drafts", &[]),
        "施策  measures/tents-2022  テントの貸出（2022年度）  content/measures/more.csv\n\
         実績  measures/roads-2022  道路の点検（2022年度）  content/measures/more.csv\n"
    );
    assert_eq!(
        list("due", &[]),
        "2031-01-01  ページ  notice  お知らせ  content/pages/notice.md\n\
         2031-04-01  施策  measures/parks-2022  公園の整備（2022年度）  content/measures/more.csv\n"
    );
    assert_eq!(list("expired", &[]), "該当するものはありません\n");
    let line = list("due", &["--format", "json"]);
    let line = line.lines().next().expect("a line");
    let found: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(
        found,
        serde_json::json!({
            "kind": "page", "address": "notice", "title": "お知らせ", "state": "due",
            "date": "2031-01-01", "fiscal_year": null, "department": null,
            "file": "content/pages/notice.md",
        })
    );
    // A mistake in a draft is found before its day.
    edit(
        root,
        "measures/more.csv",
        "テントの貸出,貸し出します。,,",
        "テントの貸出,貸し出します。,まあまあ,",
    );
    assert_eq!(on(root, "build", &["--accept", "--as-of", "2030-05-01"]).0, 0);
    let (status, _, errors) = on(root, "check", &["--as-of", "2030-05-01", "--lang", "en"]);
    assert_eq!(status, 1);
    assert!(errors.contains("content/measures/more.csv:5 (cell F5"), "{errors}");
    assert_eq!(errors.matches("まあまあ").count(), 2, "once, with its line: {errors}");
    edit(root, "measures/more.csv", "2031-04-01,2033-03-31", "2031-04-01,2031-03-31");
    let (_, _, errors) = on(root, "check", &["--as-of", "2030-05-01", "--lang", "en"]);
    let told = "the last day (2031-03-31) is before the day of publication (2031-04-01)";
    assert!(errors.contains(told), "{errors}");
}

#[test]
fn a_preview_says_what_it_is_and_is_kept_apart_from_the_site() {
    let site = withheld_site();
    let root = site.path();
    let public = root.join("public");
    let day = ["--as-of", "2030-05-01"];
    assert_eq!(build(root, &day).0, 0);
    let before = tree(&public);
    let drafts = ["--drafts", "--as-of", "2030-05-01", "--lang", "ja"];
    let (status, out, errors) = on(root, "build", &drafts);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert!(
        out.contains("2030-05-01時点のプレビューです。下書き2件、公開日前2件を含みます"),
        "{out}"
    );
    let preview = tree(&root.join("preview"));
    let pages = preview.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "html"));
    let mut count = 0;
    for (path, bytes) in pages {
        let text = String::from_utf8_lossy(bytes);
        let path = path.display();
        assert!(text.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        let word = if text.contains("<html lang=\"en\"") { "Preview" } else { "プレビュー" };
        assert!(text.contains(&format!("<strong>{word}</strong>")), "{path}");
        count += 1;
    }
    assert!(count > 30, "{count} pages");
    let page = |path: &str| String::from_utf8_lossy(&preview[Path::new(path)]).into_owned();
    assert!(page("measures/tents-2022.html").contains("<strong>下書き</strong></aside>"));
    assert!(page("measures/roads-2022.html").contains("<strong>実績は下書き</strong></aside>"));
    let list = page("policies/2022-planning.html").replace("<wbr>", "");
    assert!(list.contains("テントの貸出</a> <strong>下書き</strong>"), "{list}");
    assert!(list.contains("<strong>2031年4月1日（令和13年）に公開</strong>"), "{list}");
    assert_eq!(page("robots.txt"), "User-agent: *\nDisallow: /\n");
    assert_eq!(run(["verify", root.join("preview").to_str().expect("UTF-8")]).0, 0);

    // Neither takes the place of the other.
    let shown = public.to_str().expect("UTF-8");
    let (status, _, errors) = on(root, "build", &[&drafts[..], &["--out", shown]].concat());
    assert_eq!(status, 2);
    assert_eq!(
        errors,
        "エラー: 「SITE/public」には公開用のサイトがあるため、プレビューを書き出しません\n  直し方: 「--out」に別のフォルダーを指定してください。省略すると「preview」フォルダーに書き出します\n"
    );
    assert!(tree(&public) == before);
    let folder = root.join("preview");
    let shown = folder.to_str().expect("UTF-8");
    let (status, _, errors) = on(root, "build", &["--lang", "en", "--out", shown]);
    assert_eq!(status, 2);
    let told =
        "error: `SITE/preview` holds a preview with drafts and is not replaced by the site\n";
    assert!(errors.contains(told), "{errors}");
    assert!(tree(&folder) == preview);
}

#[test]
fn a_recorded_address_does_not_vanish_unnoticed() {
    let site = site();
    let root = site.path();
    let registry = root.join("content/addresses.csv");
    let (status, out, errors) = on(root, "record", &["--lang", "ja"]);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert!(out.starts_with("「content/addresses.csv」にアドレスを"), "{out}");
    let text = fs::read_to_string(&registry).expect("the registry");
    assert!(text.starts_with("\u{FEFF}アドレス,名称,記録日\r\n"), "{text}");
    for row in ["\r\nmeasures/town-meetings-2022,まちづくり懇談会の開催,20", "\r\ndata/halls,"]
    {
        assert!(text.contains(row), "{row} in {text}");
    }
    assert!(!text.contains("search") && !text.contains("/rows/"), "{text}");
    let (status, out, _) = on(root, "record", &["--lang", "en"]);
    assert_eq!((status, out.as_str()), (0, "every address is in content/addresses.csv already\n"));
    assert_eq!(build(root, &[]), (0, String::new()));

    for path in [POLICY, "indicators/2022.csv", "budgets/2022.csv"] {
        edit(root, path, "town-meetings-2022", "meetings-2022");
    }
    let (status, errors) = build(root, &["--lang", "ja"]);
    assert_eq!(status, 1);
    let told = "エラー[check::address]: 公開したページ「measures/town-meetings-2022」「まちづくり懇談会の開催」がなくなっています\n";
    assert!(errors.starts_with(told), "{errors}");
    assert!(errors.contains("「measures/town-meetings-2022,measures/"), "{errors}");
    write(
        &root.join("content/redirects.csv"),
        "from,to\nmeasures/town-meetings-2022,measures/meetings-2022\n",
    );
    assert_eq!(build(root, &[]), (0, String::new()));

    // The clerk has opened the registry in Excel and saved it; its rows stay, in its own words.
    let own =
        text.replace("まちづくり懇談会の開催", "懇談会").trim_start_matches('\u{FEFF}').to_owned();
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(&own);
    write(&registry, bytes);
    let (status, out, _) = on(root, "record", &["--lang", "en"]);
    assert_eq!(status, 0);
    assert!(out.starts_with("1 address recorded in content/addresses.csv"), "{out}");
    let text = fs::read_to_string(&registry).expect("UTF-8 again");
    assert!(text.contains("\r\nmeasures/town-meetings-2022,懇談会,20"), "{text}");
    assert!(text.contains("\r\nmeasures/meetings-2022,まちづくり懇談会の開催,20"), "{text}");
    // What has not been read has not vanished.
    edit(root, POLICY, "headline", "headlne");
    let (_, errors) = build(root, &["--lang", "en"]);
    assert!(!errors.contains("check::address"), "{errors}");
}

#[test]
fn without_a_site_before_nothing_is_compared_and_nothing_is_made() {
    let site = site();
    let root = site.path();
    let before = tree(root);
    for arguments in [&["rollback"][..], &["rollback", "--list"]] {
        on(root, arguments[0], &arguments[1..]);
        assert!(!root.join(".kawaraban").exists(), "{arguments:?}");
    }
    let (status, out, errors) = on(root, "diff", &["--lang", "ja"]);
    assert_eq!((status, out.as_str()), (0, ""));
    assert!(
        errors.starts_with("「SITE/public」に公開済みのサイトがないため、比較を省略しました"),
        "{errors}"
    );
    assert!(tree(root) == before);
    let (_, out, _) = on(root, "build", &["--lang", "en"]);
    let told = "there was no site before, so no check for suspicious changes was made\n";
    assert!(out.contains(told), "{out}");
    let (_, out, _) = on(root, "build", &["--lang", "en", "--in-place"]);
    assert!(!out.contains(told) && out.contains("`rollback` cannot bring it back"), "{out}");
    // A conflict is told once on a site of two languages.
    edit(root, "site.toml", "base_url", "languages = [\"ja\", \"en\"]\nbase_url");
    write(&root.join("content/redirects.csv"), "from,to\nmeasures/town-meetings-2022,data/halls\n");
    let (_, _, errors) = on(root, "check", &["--lang", "en"]);
    assert_eq!(errors.matches("error[site::path-conflict]").count(), 1, "{errors}");
}

#[test]
fn clerks_who_build_at_once_leave_one_whole_site() {
    let site = site();
    let root = site.path();
    assert_eq!(build(root, &[]).0, 0);
    for round in 0..3 {
        edit(root, "site.toml", "title = \"", "title = \"新 ");
        let spawn = || {
            Command::new(env!("CARGO_BIN_EXE_kawaraban"))
                .args(["build", "--root"])
                .arg(root)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the binary runs")
        };
        let mut clerks: Vec<_> = (0..3).map(|_| spawn()).collect();
        for clerk in &mut clerks {
            assert!(clerk.wait().expect("the process is ours").success(), "round {round}");
        }
        let public = root.join("public");
        assert_eq!(run(["verify", public.to_str().expect("UTF-8")]).0, 0, "round {round}");
        let page = fs::read_to_string(public.join("index.html")).expect("the first page");
        let wanted = format!("<title>{}", "新 ".repeat(round + 1));
        assert!(page.contains(&wanted), "round {round}");
    }
    let mut names: Vec<_> =
        fs::read_dir(root).expect("the folder").flatten().map(|e| e.file_name()).collect();
    names.sort();
    assert_eq!(names, [".kawaraban", "content", "public"]);
}

/// A disk of its own for the site needs rights that not every machine gives.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_with_little_room_is_told_before_and_a_full_one_leaves_the_last_site() {
    if !is_long() {
        return;
    }
    let site = site();
    let script = r#"
        mount -t tmpfs -o size=12m none "$2" && cp -r "$1"/content "$2" && cd "$2" || exit 9
        "$3" build --lang en > /dev/null || exit 8
        fill() { head -c $(($(df --output=avail -B1 . | tail -1) - $1)) /dev/zero >> fill; }
        fill 1500000
        sed -i 's/懇談会を開きます/懇談会を行います/' content/policies/2022/planning.toml
        "$3" build --lang en > /dev/null || exit 7
        cp public/manifest.json before
        fill 20000
        sed -i 's/"見本市 政策と実績"/"政策と実績"/' content/site.toml
        "$3" build --lang ja > /dev/null && exit 6
        cmp before public/manifest.json && "$3" verify public --lang en"#;
    let disk = temporary();
    let output = Command::new("unshare")
        .args(["-rm", "bash", "-c", script, "bash"])
        .args([site.path(), disk.path(), Path::new(env!("CARGO_BIN_EXE_kawaraban"))])
        .output()
        .expect("unshare runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, errors) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{errors}");
    assert!(out.starts_with("all ") && out.ends_with(" files match the manifest\n"), "{out}");
    for part in [
        "warning: the disk of ",
        " MB free, less than the 1.",
        "警告: 「",
        "直し方: ディスクの空き容量を増やしてください。前回のサイトはそのまま残っています\n",
    ] {
        assert!(errors.contains(part), "{part}: {errors}");
    }
}
