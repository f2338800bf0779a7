//! The **commands** as a person gives them: a new site, a check, a search in the terminal; and the
//! promise that a policy in TOML, as tables, or half and half gives the same site.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pretty_assertions::assert_eq;
use support::{copy, sound_site, temporary, tree, write};

#[test]
fn a_new_site_is_sound_and_can_be_published() {
    let folder = temporary();
    let site = folder.path().join("city");
    let made = run(&["new", "--lang", "en"], &[&site]);
    let shown = site.display();
    assert_eq!(
        made,
        (
            0,
            format!(
                "created a new site in {shown} (19 files); preview it with:\n  kawaraban serve --root {shown}\n"
            ),
            String::new()
        )
    );
    let built = run(&["build", "--lang", "en", "--root"], &[&site]);
    let (status, _, errors) = built;
    assert_eq!((status, errors.as_str()), (0, ""));
    for page in ["index.html", "search.html", "about.html", "catalog.json", "search/manifest.json"]
    {
        assert!(site.join("public").join(page).is_file(), "{page} is missing");
    }
}

#[test]
fn a_check_writes_nothing_and_tells_by_its_exit() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let before = tree(folder.path());
    assert_eq!(run(&["check", "--root"], &[folder.path()]).0, 0);
    let departments = folder.path().join("content/departments.csv");
    let text = fs::read_to_string(&departments).expect("a table");
    fs::write(&departments, text.replace("2010-04-01", "2010-04-31")).expect("an edit");
    let (status, _, errors) =
        run(&["check", "--lang", "ja", "--format", "short", "--root"], &[folder.path()]);
    assert_eq!(status, 1);
    assert_eq!(errors.lines().count(), 2, "{errors}");
    assert!(errors.contains("content/departments.csv:2:"), "{errors}");
    fs::write(&departments, text).expect("an edit");
    assert!(tree(folder.path()) == before, "a check writes nothing");
}

#[test]
fn a_pipeline_reads_reports_from_the_standard_output_and_can_refuse_warnings() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let case = support::root().join("tests/errors/cases/theme/unknown-property");
    copy(&case, folder.path());
    for command in ["build", "check"] {
        let arguments = [command, "--lang", "en", "--format", "json", "--root"];
        let (status, report, progress) = run(&arguments, &[folder.path()]);
        assert_eq!(status, 0, "{progress}");
        let lines: Vec<serde_json::Value> =
            report.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.len(), 2, "{report}");
        assert_eq!(lines[0]["code"], "theme::unknown-property");
        assert_eq!(lines[0]["place"]["file"], "themes/city/theme.css");
        assert!(!progress.contains("theme::"), "{progress}");
    }
    let public = folder.path().join("public");
    let before = tree(&public);
    fs::remove_file(folder.path().join("content/pages/about.md")).expect("a page");
    let denied =
        |command| run(&[command, "--deny-warnings", "--lang", "en", "--root"], &[folder.path()]);
    let said = fs::read_to_string(case.join("en.txt")).expect("a text");
    let nothing = said.replace("2 warnings in 1 file", "2 warnings in 1 file; nothing was written");
    assert_eq!(denied("build"), (1, String::new(), nothing));
    assert!(tree(&public) == before, "the last site stands");
    assert_eq!(denied("check"), (1, String::new(), said));
    fs::remove_file(folder.path().join("themes/city/theme.css")).expect("the cause");
    fs::write(folder.path().join("themes/city/README.md"), "").expect("a new file");
    assert_eq!(denied("check").0, 0);
    assert_eq!(denied("build").0, 0);
}

#[test]
fn assets_of_the_last_two_generations_stay_published() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    copy(&support::root().join("tests/errors/cases/theme/unknown-property"), folder.path());
    let sheet = folder.path().join("themes/city/theme.css");
    let build = |out: &Path, css: &str, flags: &[&str]| {
        fs::write(&sheet, css).expect("an edit");
        let arguments = [&["build", "--lang", "en"], flags, &["--out"]].concat();
        let arguments: Vec<&OsStr> = (arguments.iter().map(OsStr::new))
            .chain([out.as_os_str(), OsStr::new("--root"), folder.path().as_os_str()])
            .collect();
        let (status, _, errors) = support::run(arguments);
        assert_eq!((status, errors.as_str()), (0, ""));
        let verified = run(&["verify", "--lang", "en"], &[out]);
        assert_eq!(verified.0, 0, "{}", verified.1);
    };
    // Which of the versions of the style sheet are published.
    let versions = |out: &Path| -> String {
        let sheets = tree(out).into_iter().filter(|(path, _)| path.ends_with("site.css"));
        let mut found: Vec<char> = sheets
            .filter_map(|(_, css)| String::from_utf8_lossy(&css).trim_end().chars().rev().nth(1))
            .collect();
        found.sort_unstable();
        found.into_iter().collect()
    };
    let assets_of = |page: &str| -> Vec<String> {
        let addresses = page.split(['"', ' ']).filter(|part| part.starts_with("assets/"));
        let addresses: Vec<String> = addresses.map(str::to_owned).collect();
        assert!(addresses.len() > 1, "{page}");
        addresses
    };
    for flags in [&[][..], &["--in-place"]] {
        let mut cached = BTreeMap::new();
        let out = folder.path().join(if flags.is_empty() { "exchanged" } else { "in-place" });
        for (version, expected) in
            [("1", "1"), ("2", "12"), ("2", "12"), ("3", "123"), ("4", "234"), ("3", "34")]
        {
            build(&out, &format!(".a {{ order: {version}; }}\n"), flags);
            assert_eq!(versions(&out), expected, "{flags:?} {version}");
            // A page that a browser kept finds all its styles and scripts, as long as they stay.
            let home = fs::read_to_string(out.join("index.html")).expect("a page");
            cached.insert(version, home);
            for (of, page) in &cached {
                let has_all = assets_of(page).iter().all(|path| out.join(path).is_file());
                assert_eq!(has_all, expected.contains(*of), "{flags:?} {version}: page of {of}");
            }
        }
        // A folder without an earlier site is the same on every machine.
        let fresh = folder.path().join("fresh");
        build(&fresh, ".a { order: 3; }\n", &[]);
        let mut kept = tree(&out);
        let files = tree(&fresh);
        kept.retain(|path, _| files.contains_key(path));
        kept.remove(Path::new("manifest.json"));
        assert!(kept.iter().all(|(path, bytes)| files[path] == *bytes));
        assert_eq!(kept.len(), files.len() - 1);
        fs::remove_dir_all(fresh).expect("it was built");
    }
}

#[test]
fn the_terminal_finds_what_the_site_says() {
    let found =
        run(&["search", "--lang", "en", "まちづくり", "--json", "--root"], &[&sound_site()]);
    let (status, out, errors) = found;
    assert_eq!((status, errors.as_str()), (0, ""));
    let answer: serde_json::Value = serde_json::from_str(&out).expect("one JSON object");
    assert_eq!(answer["total"], 1);
    assert_eq!(answer["hits"][0]["url"], "measures/town-meetings-2022.html");
    let none = run(&["search", "--lang", "en", "存在しない語", "--root"], &[&sound_site()]);
    assert_eq!(none, (0, "存在しない語: 0 found\n".to_owned(), String::new()));
}

/// What the sound site says in TOML, as the rows of tables: headers in Japanese, years in eras,
/// names for ids.
const POLICIES: &str = "部局,年度,見出し,公表日\n企画部,令和4年度,市民とともにつくるまち,R4.5.27\n";
const MEASURES: &str = "施策ID,年度,部局,系列,施策名,施策名_かな,分野,めざす方向,達成度,実績,実績公表日\n\
    town-meetings-2022,2022,planning,town-meetings,まちづくり懇談会の開催,まちづくりこんだんかいのかいさい,地域づくり,\
    すべての地区で懇談会を開きます。,目標どおり達成,8地区のすべてで懇談会を開きました。,2023/6/23\n";
const POLICY_ALONE: &str = "department = \"planning\"\nfiscal_year = \"R4\"\n\
    headline = \"市民とともにつくるまち\"\npublished = \"令和4年5月27日\"\n";

#[test]
fn toml_tables_and_half_of_each_give_the_same_site() {
    // They differ in where the values stand, which this site does not publish.
    let toml = built_with(&[]);
    assert!(toml.len() > 60, "only {} files", toml.len());
    for (name, files) in [
        ("tables", vec![("policies/all.csv", POLICIES), ("measures/all.csv", MEASURES)]),
        (
            "half and half",
            vec![("policies/2022/own.toml", POLICY_ALONE), ("measures/all.csv", MEASURES)],
        ),
    ] {
        let other = built_with(&files);
        let differing: Vec<&PathBuf> = toml
            .keys()
            .chain(other.keys())
            .filter(|path| toml.get(*path) != other.get(*path))
            .collect();
        assert!(differing.is_empty(), "{name}: {differing:?}");
    }
}

/// The sound site, built with `files` in place of its policy in TOML where there are any.
fn built_with(files: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let content = folder.path().join("content");
    if !files.is_empty() {
        fs::remove_dir_all(content.join("policies")).expect("the policies in TOML");
    }
    let settings = content.join("site.toml");
    let text = fs::read_to_string(&settings).expect("the settings");
    fs::write(settings, format!("{text}\n[sources]\npublish = \"none\"\n")).expect("an edit");
    for (path, text) in files {
        let path = content.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    let (status, _, errors) = run(&["build", "--lang", "en", "--root"], &[folder.path()]);
    assert_eq!((status, errors.as_str()), (0, ""));
    tree(&folder.path().join("public"))
}

#[test]
fn published_values_are_held_against_their_cells() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let public = folder.path().join("public");
    let build = || run(&["build", "--lang", "en", "--root"], &[folder.path()]).0;
    let verify = |language: &str| {
        run(
            &["verify", "--sources", "--lang", language, "--root"],
            &[folder.path(), public.as_path()],
        )
    };
    assert_eq!(build(), 0);
    let (status, out, errors) = verify("en");
    assert_eq!((status, errors.as_str()), (0, ""), "{out}");
    assert!(out.ends_with("all 26 published values match their sources\n"), "{out}");

    let policy = folder.path().join("content/policies/2022/planning.toml");
    let text = fs::read_to_string(&policy).expect("a policy");
    let title = "title = \"まちづくり懇談会の開催\"";
    let changed = text.replace(title, "\ntitle = \"懇談会の開催\"\neasy = \"はなしあいます。\"");
    assert_ne!(changed, text);
    let changed: String = changed
        .lines()
        .filter(|line| !line.starts_with("kana"))
        .fold(String::new(), |text, line| text + line + "\n");
    fs::write(&policy, changed).expect("an edit");
    let departments = folder.path().join("content/departments.csv");
    let text = fs::read_to_string(&departments).expect("the departments");
    fs::write(&departments, text.replace("福祉部", "福祉局")).expect("an edit");
    let (status, out, errors) = verify("ja");
    assert_eq!((status, errors.as_str()), (1, ""));
    let told = out.split_once('\n').expect("the copy, then the values").1;
    assert_eq!(
        told,
        "data/departments/latest/departments.jsonのwelfare/name（content/departments.csv B3）：公開した値は「福祉部」、いまの値は「福祉局」です\n\
         measures/town-meetings-2022.jsonのkana（content/policies/2022/planning.toml 10:8）：いまの内容では読み取られません\n\
         measures/town-meetings-2022.jsonのtitle（content/policies/2022/planning.toml 9:9）：公開した値は「まちづくり懇談会の開催」、いまの値は「懇談会の開催」です\n\
         measures/town-meetings-2022.jsonのeasy（content/policies/2022/planning.toml 11:8）：公開した後に加わりました\n\
         content/policies/2022/planning.toml：5件の値は、同じ値のまま位置が変わりました\n\
         公開した26件の値と元のファイルに、異なる点が5件あります\n"
    );
    let (status, out, errors) = verify("en");
    assert_eq!((status, errors.as_str()), (1, ""));
    let told = out.split_once('\n').expect("the copy, then the values").1;
    assert_eq!(
        told,
        "data/departments/latest/departments.json, welfare/name (content/departments.csv B3): published as `福祉部`, now `福祉局`\n\
         measures/town-meetings-2022.json, kana (content/policies/2022/planning.toml 10:8): not read any more\n\
         measures/town-meetings-2022.json, title (content/policies/2022/planning.toml 9:9): published as `まちづくり懇談会の開催`, now `懇談会の開催`\n\
         measures/town-meetings-2022.json, easy (content/policies/2022/planning.toml 11:8): not published yet\n\
         content/policies/2022/planning.toml: 5 values stand elsewhere now, and are the same\n\
         5 differences between the 26 published values and their sources\n"
    );

    let settings = folder.path().join("content/site.toml");
    let text = fs::read_to_string(&settings).expect("the settings");
    fs::write(&settings, format!("{text}\n[sources]\npublish = \"none\"\n")).expect("an edit");
    assert_eq!(build(), 0);
    assert!(!public.join("data/sources.html").exists());
    let (status, _, errors) = verify("ja");
    assert_eq!(status, 2);
    assert_eq!(
        errors,
        "エラー: このフォルダーには、値の出所が記録されていません\n  \
         直し方: 「site.toml」の「[sources]」に「publish = \"references\"」と書いて公開したサイトを指定してください\n"
    );
}

const SUSPICIOUS: &str = "\
エラー[published::gone]: 公開済みのデータセット「halls」（2行）がなくなります
  content/datasets/halls
  直し方: 内容を確かめてください（「kawaraban diff」で違いを表示します）。このとおりでよい場合は「kawaraban build --accept」で書き出してください

エラー 1件（1ファイル）。サイトは書き出していません
";

const SUSPICIOUS_EN: &str = "\
error[published::gone]: the published dataset `halls` (2 rows) would be gone
  content/datasets/halls
  help: check the content (`kawaraban diff` shows what would change); if it is correct, run `kawaraban build --accept`

1 error in 1 file; nothing was written
";

#[test]
fn what_a_build_would_change_is_told_before_it_is_made() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let content = folder.path().join("content");
    let diff = |more: &[&str]| {
        let words = [&["diff"], more, &["--root"]].concat();
        let (status, out, errors) = run(&words, &[folder.path()]);
        let out = out.replace(&folder.path().display().to_string(), "SITE");
        let errors = errors.replace(&folder.path().display().to_string(), "SITE");
        (status, out, errors)
    };
    let (status, out, errors) = diff(&["--lang", "en"]);
    assert_eq!((status, out.as_str()), (0, ""));
    assert_eq!(
        errors,
        "there is no published site in SITE/public, so nothing was compared; name one elsewhere with `--against`\n"
    );
    let (status, out, errors) = diff(&["--lang", "en", "--against", "nowhere"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert_eq!(
        errors,
        "error: there is no published site in `nowhere` to compare with\n  \
         help: name the folder of the published site with `--against`\n"
    );
    assert_eq!(run(&["build", "--lang", "en", "--root"], &[folder.path()]).0, 0);
    let (status, out, errors) = diff(&["--lang", "ja"]);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert_eq!(out, "公開済みのサイト（SITE/public）と違いはありません\n");

    let edit = |path: &str, edits: &[(&str, &str)]| {
        let path = content.join(path);
        let mut text = fs::read_to_string(&path).expect("a file of the content");
        for (before, after) in edits {
            assert!(text.contains(before), "{before}");
            text = text.replace(before, after);
        }
        fs::write(&path, text).expect("an edit");
    };
    let (policy, indicators, budgets) =
        ("policies/2022/planning.toml", "indicators/2022.csv", "budgets/2022.csv");
    edit(
        policy,
        &[
            ("まちづくり懇談会の開催", "*懇談会*の開催"),
            ("\"met\"", "\"not-met\""),
            (
                "published = 2022-05-27\n",
                "published = 2022-05-27\nfields = { accounts = [\"一般会計\"] }\n",
            ),
        ],
    );
    let field = "[[fields]]\nid = \"accounts\"\nof = \"policy\"\nlabel = \"会計\"\nlabel_en = \"Accounts\"\ntype = \"list\"\n";
    write(&content.join("fields.toml"), field);
    edit(indicators, &[(",4,8,8,", ",4,8,7,")]);
    edit(budgets, &[(",350,340,", ",350,,")]);
    write(&content.join("datasets/rooms/rooms.csv"), "id,name\n1,東\n2,西\n");
    write(&content.join("datasets/rooms/dataset.toml"), ROOMS);
    let (status, out, errors) = diff(&["--lang", "en", "--format", "markdown"]);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert_eq!(out, EXPECTED_MARKDOWN);

    assert_eq!(run(&["build", "--lang", "en", "--root"], &[folder.path()]).0, 0);
    edit(
        "datasets/rooms/rooms.csv",
        &[("id,name\n1,東\n2,西\n", "id,name,ward\n2,西館,北\n3,南,北\n")],
    );
    edit(
        "datasets/rooms/dataset.toml",
        &[("name = \"name\"", "name = \"ward\"\n[[columns]]\nname = \"name\"")],
    );
    fs::remove_dir_all(content.join("datasets/halls")).expect("a dataset goes");
    for file in [policy, indicators, budgets] {
        edit(file, &[("town-meetings-2022", "meetings-2022")]);
    }
    let (status, out, errors) = diff(&["--lang", "ja"]);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert_eq!(out, EXPECTED_TEXT);
    let (status, out, _) = diff(&["--format", "json"]);
    assert_eq!(status, 0);
    let told: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(told["measures"]["gone"], serde_json::json!([]));
    let renamed = &told["measures"]["renamed"][0];
    assert_eq!(
        (&renamed["from"], &renamed["to"]),
        (&"town-meetings-2022".into(), &"meetings-2022".into())
    );
    assert_eq!(told["datasets"][1]["rows_changed"], 1);
    assert_eq!(told["datasets"][1]["columns_added"], serde_json::json!(["ward"]));
    // A page that is led on is not gone.
    write(
        &content.join("redirects.csv"),
        "from,to\nmeasures/town-meetings-2022,measures/meetings-2022\n",
    );
    let (status, out, errors) = diff(&["--format", "json"]);
    assert_eq!((status, errors.as_str()), (0, ""));
    let told: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let halls = serde_json::json!([{ "path": "data/halls.html", "moved_to": null }]);
    assert_eq!(told["pages_gone"], halls);
    // Of very many the first are named.
    let pages: String =
        (1..=60).map(|number| format!("measures/old-{number},measures/meetings-2022\n")).collect();
    write(&content.join("redirects.csv"), format!("from,to\n{pages}"));
    // A dataset that goes is more often a slip than a decision.
    let (status, out, errors) = run(&["build", "--lang", "ja", "--root"], &[folder.path()]);
    assert_eq!((status, out.as_str()), (1, ""));
    assert_eq!(errors, SUSPICIOUS);
    let (status, _, errors) = run(&["build", "--lang", "en", "--root"], &[folder.path()]);
    assert_eq!(status, 1);
    assert_eq!(errors, SUSPICIOUS_EN);
    assert_eq!(run(&["build", "--accept", "--lang", "en", "--root"], &[folder.path()]).0, 0);
    fs::remove_file(content.join("redirects.csv")).expect("the redirects go");
    let (status, out, errors) = diff(&["--lang", "en"]);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert_eq!(out.matches("\n- measures/old-").count(), 50);
    assert!(out.contains("\n  10 more; `--format json` has all\n"), "{out}");
    // Nothing was written.
    assert!(folder.path().join("public/measures/old-60.html").exists());
}

#[test]
fn a_build_that_is_told_to_ask_writes_what_was_agreed_to() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let published = folder.path().join("public/measures/town-meetings-2022.json");
    let build = |answer: &str| {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_kawaraban"))
            .args(["build", "--ask", "--lang", "ja", "--root"])
            .arg(folder.path())
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut stdin = child.stdin.take().expect("an input");
        // It may have ended without reading.
        let _unread = std::io::Write::write_all(&mut stdin, answer.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let errors = String::from_utf8(output.stderr).expect("UTF-8");
        let errors = errors.replace(&folder.path().display().to_string(), "SITE");
        (output.status.code().expect("it ended by itself"), errors)
    };
    let (status, said) = build("");
    assert_eq!(status, 0, "{said}");
    assert_eq!(said, "「SITE/public」には公開済みのサイトがないため、確認を省略します\n");
    let (status, said) = build("");
    assert_eq!(status, 0, "{said}");
    assert_eq!(said, "公開済みのサイト（SITE/public）と違いはありません\n");

    let policy = folder.path().join("content/policies/2022/planning.toml");
    let text = fs::read_to_string(&policy).expect("a policy");
    fs::write(&policy, text.replace("懇談会の開催", "懇談会")).expect("an edit");
    let before = fs::read(&published).expect("it is published");
    for answer in ["", "\n", "n\n", "いいえ\n"] {
        let (status, said) = build(answer);
        assert_eq!(status, 1, "{said}");
        let asked = "\n施策\n~ town-meetings-2022「まちづくり懇談会」（2022年度）\n    \
                     施策名：「まちづくり懇談会の開催」→「まちづくり懇談会」\n";
        assert!(said.contains(asked), "{said}");
        let end = "このとおり書き出しますか。書き出す場合は「y」を入力してください：書き出しませんでした\n";
        assert!(said.ends_with(end), "{said}");
        assert_eq!(fs::read(&published).expect("it stands"), before);
    }
    let (status, said) = build("y\n");
    assert_eq!(status, 0, "{said}");
    assert_ne!(fs::read(&published).expect("it is published"), before);
}

#[test]
fn a_copy_is_held_against_its_manifest() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    assert_eq!(run(&["build", "--lang", "en", "--root"], &[folder.path()]).0, 0);
    let copied = folder.path().join("copied");
    copy(&folder.path().join("public"), &copied);
    let files = tree(&copied).len() - 1;
    let verify = |arguments: &[&str]| run(&[&["verify"], arguments].concat(), &[&copied]);
    let whole = format!("all {files} files match the manifest\n");
    assert_eq!(verify(&["--lang", "en"]), (0, whole, String::new()));

    let change = |path: &str, change: fn(&mut Vec<u8>)| {
        let mut bytes = fs::read(copied.join(path)).expect("a published file");
        change(&mut bytes);
        fs::write(copied.join(path), bytes).expect("an edit");
    };
    change("catalog.json", |bytes| bytes[10] ^= 1);
    change("robots.txt", |bytes| bytes.truncate(3));
    fs::remove_file(copied.join("feed.xml")).expect("a published file");
    fs::write(copied.join("extra.txt"), "of somebody else").expect("a new file");
    let robots = tree(&folder.path().join("public"))[Path::new("robots.txt")].len();
    let told = format!(
        "catalog.json: changed: the SHA-256 differs\nextra.txt: not in the manifest\nfeed.xml: missing\n\
         robots.txt: changed: 3 bytes instead of {robots}\n\
         4 differences from the {files} files in the manifest\n"
    );
    assert_eq!(verify(&["--lang", "en"]), (1, told, String::new()));
    let told = format!(
        "catalog.json: 内容が異なります（SHA-256が一致しません）\nfeed.xml: ファイルがありません\n\
         robots.txt: 内容が異なります（一覧では{robots}バイト、実際は3バイト）\n\
         一覧の{files}ファイルと比べて、異なる点が3件あります\n"
    );
    assert_eq!(verify(&["--lang", "ja", "--ignore-foreign"]), (1, told, String::new()));

    // A manifest that names what lies outside is not followed there.
    change("manifest.json", |bytes| {
        *bytes = String::from_utf8_lossy(bytes).replace("feed.xml", "../secret").into_bytes();
    });
    let (status, out, errors) = verify(&["--lang", "en"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(errors.contains("manifest.json") && errors.contains("help:"), "{errors}");
    fs::remove_file(copied.join("manifest.json")).expect("the manifest");
    let (status, _, errors) = verify(&["--lang", "en"]);
    assert_eq!(status, 2);
    assert!(errors.contains("the manifest `"), "{errors}");
}

#[test]
fn a_number_that_no_column_holds_is_published_where_it_is_whole() {
    const HUGE: &str = "1234567890123456789012345678901234567890";
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let dataset = folder.path().join("content/datasets/stars");
    fs::create_dir_all(&dataset).expect("a new folder");
    let described = "title = \"星の数\"\ndescription = \"空に見える星の数をまとめた。\"\n\
                     [[columns]]\nname = \"count\"\ntype = \"integer\"\nunit = \"個\"\nrequired = true\n";
    fs::write(dataset.join("dataset.toml"), described).expect("a new file");
    fs::write(dataset.join("stars.csv"), format!("count\n3\n{HUGE}\n")).expect("a new file");
    let (status, _, errors) = run(&["build", "--lang", "en", "--root"], &[folder.path()]);
    assert_eq!(status, 0);
    assert!(errors.starts_with("note[dataset::format-left-out]: "), "{errors}");
    let latest = folder.path().join("public/data/stars/latest");
    let published: Vec<String> =
        tree(&latest).keys().map(|path| path.display().to_string()).collect();
    assert!(!published.contains(&"stars.parquet".to_owned()), "{published:?}");
    for name in ["stars.csv", "stars.json", "stars.jsonl"] {
        let text = fs::read_to_string(latest.join(name)).expect("a published file");
        assert!(text.contains(HUGE), "{name}: {text}");
    }
    let page = fs::read_to_string(folder.path().join("public/data/stars.html")).expect("a page");
    assert!(
        !page.contains("stars.parquet") && page.contains("stars.xlsx"),
        "the page offers what there is"
    );
}

#[test]
fn the_help_and_the_errors_of_usage_are_in_the_language_asked_for() {
    for arguments in [
        &["--lang", "ja", "--help"][..],
        &["--help", "--lang=ja"],
        &["build", "-h", "--lang", "ja"],
    ] {
        let (status, out, errors) = run(arguments, &[]);
        assert_eq!((status, errors.as_str()), (0, ""), "{arguments:?}");
        assert!(out.contains("使い方: kawaraban") && out.contains("オプション:"), "{out}");
        let english = ["Usage", "Options", "Commands", "Print", "default", "possible"];
        assert!(!english.iter().any(|word| out.contains(word)), "{out}");
    }
    let (_, out, _) = run(&["--help", "--lang", "en"], &[]);
    assert!(out.contains("Usage: kawaraban") && !out.contains("使い方"), "{out}");
    let wrong = |arguments: &[&str]| {
        let (status, out, errors) = run(arguments, &[]);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        errors
    };
    let last = "\n使い方は「--help」を付けて実行すると表示されます\n";
    for (arguments, told) in [
        (
            &["bild"][..],
            "エラー: 「bild」というコマンドはありません\n  直し方: 「build」の誤りではありませんか\n",
        ),
        (
            &["check", "--draft"],
            "エラー: 「--draft」という引数はありません\n  直し方: 「--drafts」の誤りではありませんか\n",
        ),
        (&["check", "--drafts", "--drafts"], "エラー: 「--drafts」は1回だけ指定できます\n"),
        (
            &["check", "--format", "表"],
            "エラー: 「--format <形式>」に「表」は使えません\n  直し方: 使える値：human、short、json、github、html\n",
        ),
        (&["check", "--threads", "0"], "エラー: 「--threads <数>」に「0」は使えません\n"),
        (&["check", "--root"], "エラー: 「--root <フォルダー>」に値を指定してください\n"),
        (&["search"], "エラー: 必要な引数がありません：<言葉>...\n"),
        (
            &["search", "--each-line", "x"],
            "エラー: 「--each-line」と「[言葉]...」は同時に指定できません\n",
        ),
    ] {
        assert_eq!(wrong(&[arguments, &["--lang", "ja"]].concat()), format!("{told}{last}"));
    }
    assert!(wrong(&["bild", "--lang", "en"]).contains("unrecognized subcommand"));
}

#[test]
fn without_a_flag_the_language_is_that_of_the_system() {
    for (variables, japanese) in [
        (&[("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "ja_JP.UTF-8")][..], true),
        (&[("LC_ALL", ""), ("LC_MESSAGES", "en_US.UTF-8"), ("LANG", "ja_JP.UTF-8")], false),
        (&[("LC_ALL", "ja_JP.eucJP"), ("LC_MESSAGES", ""), ("LANG", "en_US.UTF-8")], true),
        (&[("LC_ALL", "C"), ("LC_MESSAGES", ""), ("LANG", "")], false),
    ] {
        let run = Command::new(env!("CARGO_BIN_EXE_kawaraban"))
            .arg("--help")
            .envs(variables.iter().copied())
            .output()
            .expect("the binary runs");
        let out = String::from_utf8(run.stdout).expect("a text");
        assert_eq!(out.contains("使い方: "), japanese, "{variables:?}: {out}");
    }
}

#[test]
fn completions_offer_every_command_and_flag() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, script, errors) = run(&["completions", shell], &[]);
        assert_eq!((status, errors.as_str()), (0, ""), "{shell}");
        for command in commands() {
            assert!(script.contains(&command), "{shell}: no `{command}`");
            // fish writes `-l lang` for `--lang`.
            for flag in flags(&command) {
                assert!(script.contains(&flag), "{shell}: `{command}` has no `--{flag}`");
            }
        }
    }
    let (status, _, errors) = run(&["completions", "tcsh"], &[]);
    assert_eq!(status, 2);
    assert!(errors.contains("powershell"), "the shells are listed: {errors}");
}

#[cfg(unix)]
#[test]
fn a_shell_reads_its_completions() {
    let (_, script, _) = run(&["completions", "bash"], &[]);
    let asked = format!(
        "set -eu\n{script}\nCOMP_WORDS=(kawaraban che) COMP_CWORD=1\n\
         _kawaraban kawaraban che kawaraban\necho \"${{COMPREPLY[@]}}\""
    );
    let output = Command::new("bash").args(["-c", &asked]).output().expect("bash");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "check\n");
}

#[test]
fn every_command_has_its_manual_page() {
    let (_, page, _) = run(&["man", "build", "--lang", "ja"], &[]);
    assert!(page.contains("下書きと、公開日の前のものも含めます"), "{page}");
    let (status, page, errors) = run(&["man", "--lang", "en"], &[]);
    assert_eq!((status, errors.as_str()), (0, ""));
    for command in commands() {
        assert!(page.contains(&format!("kawaraban\\-{command}(1)")), "{command}: {page}");
        let (status, page, errors) = run(&["man", &command], &[]);
        assert_eq!((status, errors.as_str()), (0, ""), "{command}");
        assert!(page.contains(&format!("\n.TH kawaraban-{command} 1 ")), "{command}: {page}");
        assert!(page.contains(&format!("\\fBkawaraban {command}\\fR")), "{command}: {page}");
        for flag in flags(&command) {
            let flag = flag.replace('-', "\\-");
            assert!(page.contains(&format!("\\-\\-{flag}")), "{command}: no {flag} in {page}");
        }
    }
    let unknown = run(&["man", "buld", "--lang", "en"], &[]);
    let told = "error: there is no command `buld`\n  help: did you mean `build`?\n";
    assert_eq!(unknown, (2, String::new(), told.to_owned()));
}

#[cfg(unix)]
#[test]
fn a_release_is_packed_with_what_belongs_to_it() {
    let folder = temporary();
    let packed = Command::new(support::root().join(".github/pack"))
        .args(["x86_64-unknown-linux-gnu", env!("CARGO_BIN_EXE_kawaraban")])
        .arg(folder.path())
        .output()
        .expect("the script runs");
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let name = concat!("kawaraban-", env!("CARGO_PKG_VERSION"), "-x86_64-unknown-linux-gnu");
    let unpacked = Command::new("tar")
        .args(["-xzf", &format!("{name}.tar.gz")])
        .current_dir(folder.path())
        .status();
    assert!(unpacked.expect("tar").success());
    let files = tree(&folder.path().join(name));
    let expected = ["kawaraban", "LICENSE-MIT", "LICENSE-APACHE", "README.md", "CHANGELOG.md"];
    let mut expected: Vec<String> = expected.map(str::to_owned).to_vec();
    expected.extend(["docs/ja/guide.md", "docs/en/guide.md"].map(str::to_owned));
    expected.extend(["completions/kawaraban.bash", "completions/_kawaraban"].map(str::to_owned));
    expected.push("man/kawaraban.1".to_owned());
    expected.extend(commands().iter().map(|command| format!("man/kawaraban-{command}.1")));
    for path in expected {
        let bytes = files.get(Path::new(&path)).unwrap_or_else(|| panic!("{path} is missing"));
        assert!(bytes.len() > 100, "{path} is empty");
    }
}

/// The commands that `--help` lists, but for `help` itself.
fn commands() -> Vec<String> {
    let (_, help, _) = run(&["--help", "--lang", "en"], &[]);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed.map_while(|line| line.split_whitespace().next());
    let names: Vec<String> = names.filter(|name| *name != "help").map(str::to_owned).collect();
    assert!(names.len() > 7, "{names:?}");
    names
}

/// The long flags that `--help` lists of a command, without their hyphens.
fn flags(command: &str) -> Vec<String> {
    let (_, help, _) = run(&[command, "--help", "--lang", "en"], &[]);
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let flags = lines.filter_map(|line| line.split("--").nth(1));
    flags.map(|flag| flag.split([' ', ',']).next().unwrap_or_default().to_owned()).collect()
}

/// Runs the binary with `arguments`, then `paths`.
fn run(arguments: &[&str], paths: &[&Path]) -> (i32, String, String) {
    let arguments = arguments.iter().map(OsStr::new);
    support::run(arguments.chain(paths.iter().map(|path| path.as_os_str())))
}

/// What a clerk types into a cell is shown as it was typed: signs of Markdown mean nothing, and
/// lines parted by Alt+Enter stay apart, unless the table's declaration says Markdown.
#[test]
fn texts_of_cells_are_plain_unless_the_declaration_says_markdown() {
    let rows = "施策ID,年度,部局,施策名,めざす方向,達成度,実績\n\
                roads,令和4年度,企画部,道路,\"幅は 2*3*4 m\n+5 か所\n1. 一つ目\",,\n\
                parks,令和4年度,企画部,公園,**緑** を増やす,,\n";
    let mut pages = Vec::new();
    for declaration in [None, Some("text = \"markdown\"\n")] {
        let folder = temporary();
        copy(&sound_site(), folder.path());
        let measures = folder.path().join("content/measures");
        fs::create_dir_all(&measures).expect("a new folder");
        fs::write(measures.join("2022.csv"), rows).expect("a table");
        if let Some(text) = declaration {
            fs::write(measures.join("2022.csv.toml"), text).expect("a declaration");
        }
        let (status, _, errors) = run(&["build", "--lang", "en", "--root"], &[folder.path()]);
        assert_eq!(status, 0, "{errors}");
        let page = |id: &str| {
            let path = folder.path().join(format!("public/measures/{id}.html"));
            fs::read_to_string(path).expect("a page of the measure")
        };
        pages.push((page("roads"), page("parks")));
    }
    let [(plain_roads, plain_parks), (_, marked_parks)] = &pages[..] else { panic!("two sites") };
    assert!(
        plain_roads.contains("<p>幅は 2*3*4 m<br />\n+5 か所<br />\n1. 一つ目</p>"),
        "{plain_roads}"
    );
    assert!(plain_parks.contains("<p>**緑** を増やす</p>"), "{plain_parks}");
    assert!(marked_parks.contains("<p><strong>緑</strong> を増やす</p>"), "{marked_parks}");
}

/// The same in a workbook, in the account of a result and in a field of the city's own.
#[test]
fn texts_of_a_workbook_are_plain_wherever_they_are_shown() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let content = folder.path().join("content");
    let fields = "[[fields]]\nid = \"future\"\nof = \"measure\"\nlabel = \"今後の方向性\"\ntype = \"markdown\"\nplace = \"body\"\n";
    fs::write(content.join("fields.toml"), fields).expect("a declaration");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let account = "#1 を達成\n---\n・10~20人と5~6人\n    2024. 4月に開始";
    for (row, cells) in [
        ["施策ID", "年度", "部局", "施策名", "めざす方向", "達成度", "実績", "今後の方向性"],
        [
            "roads",
            "令和4年度",
            "企画部",
            "道路",
            "*印は概数",
            "met",
            account,
            "[要確認](後日)\n<65歳未満>は対象外\n1) `引用`",
        ],
    ]
    .into_iter()
    .enumerate()
    {
        sheet.write_row(u32::try_from(row).expect("a row"), 0, cells).expect("within the sheet");
    }
    fs::create_dir_all(content.join("measures")).expect("a new folder");
    book.save(content.join("measures/R4.xlsx")).expect("a workbook");
    let (status, _, errors) = run(&["build", "--lang", "ja", "--root"], &[folder.path()]);
    assert_eq!((status, errors.as_str()), (0, ""));
    let page =
        fs::read_to_string(folder.path().join("public/measures/roads.html")).expect("a page");
    for shown in [
        "<p>*印は概数</p>",
        "<p>#1 を達成<br />\n---<br />\n・10~20人と5~6人<br />\n\u{a0}\u{a0}\u{a0}\u{a0}2024. 4月に開始</p>",
        "[要確認](後日)<br />\n&lt;65歳未満&gt;は対象外<br />\n1) `引用`",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
}

/// The lists at the top of the content may have a declaration beside them, as any other table.
#[test]
fn a_declaration_beside_a_list_of_the_content_is_read() {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let content = folder.path().join("content");
    let departments = fs::read_to_string(content.join("departments.csv")).expect("a table");
    let titled = format!("部局の一覧,,\n{departments}");
    fs::write(content.join("departments.csv"), titled).expect("an edit");
    fs::write(content.join("departments.csv.toml"), "header = \"2\"\n").expect("a declaration");
    let (status, _, errors) = run(&["check", "--lang", "en", "--root"], &[folder.path()]);
    assert_eq!(status, 0, "{errors}");
}

const ROOMS: &str = "title = \"会議室\"\ndescription = \"会議室の一覧です。\"\nprimary_key = [\"id\"]\n\
                     [[columns]]\nname = \"id\"\ntype = \"code\"\n[[columns]]\nname = \"name\"\n";

const EXPECTED_MARKDOWN: &str = "\
policies: 0 added, 0 gone, 1 changed; measures: 0 added, 0 gone, 1 changed; 1 dataset changed; pages: 3 new, 0 gone

## Policies

- **changed** 2022-planning “市民とともにつくるまち” (2022)
  - Accounts: blank → “一般会計”

## Measures

- **changed** town-meetings-2022 “\\*懇談会\\*の開催” (2022)
  - Title: “まちづくり懇談会の開催” → “\\*懇談会\\*の開催”
  - Rating: “目標どおり達成” → “未達成”
  - Actual (懇談会の開催回数, 2022): “8” → “7”
  - Settled (一般財源, 2022): “340” → blank

## Datasets

- **added** rooms
";

const EXPECTED_TEXT: &str = "\
公開済みのサイト（SITE/public）から次のとおり変わります

施策
> town-meetings-2022 → meetings-2022「*懇談会*の開催」（2022年度）

データセット
- halls
~ rooms
    追加1行、削除1行、変更1行
    追加される列：ward

なくなるページ
- data/halls.html
- measures/town-meetings-2022.html
    移動先とみられるページ：measures/meetings-2022
  ほかのサイトからのリンクが切れます。移動先があるページは、「content/redirects.csv」に「measures/town-meetings-2022,measures/meetings-2022」のような行を加えてください

運営方針：追加0件、削除0件、変更0件。施策：追加0件、削除0件、変更0件、IDの変更1件。データセット：2件。ページ：追加1件、なくなるもの2件
";
