//! What a build promises, tested on the binary and the sample content: the same bytes whatever the
//! machine, the last good site whatever happens, and nothing touched that is not its own.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use sha2::{Digest, Sha256};
use support::{Tree, kill_at_moments, tree};
use tempfile::TempDir;

#[test]
fn the_bytes_do_not_hang_on_threads_time_zone_or_locale() {
    let folder = temporary();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = |name: &str, threads: &str, environment: &[(&str, &str)]| {
        let out = folder.path().join(name);
        let output = command(sample, &out)
            .args(["--threads", threads])
            .envs(environment.iter().copied())
            .output()
            .expect("the binary runs");
        assert_success(&output);
        tree(&out)
    };
    let first = built("first", "1", &[("TZ", "UTC"), ("LANG", "C"), ("LC_ALL", "C")]);
    assert!(first.len() > 300, "the sample is a whole site, not {} files", first.len());
    for (name, threads, environment) in [
        ("again", "1", vec![]),
        ("many", "8", vec![]),
        (
            "tokyo",
            "3",
            vec![("TZ", "Asia/Tokyo"), ("LANG", "ja_JP.UTF-8"), ("LC_ALL", "ja_JP.UTF-8")],
        ),
        ("kiritimati", "2", vec![("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8")]),
    ] {
        assert_same_tree(&built(name, threads, &environment), &first, name);
    }
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_site() {
    let sample = Sample::new();
    assert_success(&sample.build());
    let before = tree(&sample.out);
    assert_whole(&before, "the first build");

    // How long an undisturbed build takes, and what it makes of the changed content.
    sample.edit("content/site.toml", |text| {
        text.replacen("description = \"", "description = \"改稿。", 1)
    });
    let elsewhere = sample.folder.path().join("elsewhere");
    let started = Instant::now();
    assert_success(&command(&sample.root, &elsewhere).output().expect("the binary runs"));
    let whole_build = started.elapsed();
    let after = tree(&elsewhere);
    assert_ne!(before, after, "the edit changes the site");

    let moments = 200;
    let build = || command(&sample.root, &sample.out);
    kill_at_moments(build, whole_build, moments, |moment| {
        let found = tree(&sample.out);
        assert_whole(&found, &format!("killed at moment {moment}"));
        assert!(
            found == before || found == after,
            "the site is neither the last one nor the new one"
        );
    });

    assert_success(&sample.build());
    assert_same_tree(&tree(&sample.out), &after, "the build after the killed ones");
    let beside: Vec<String> = names(sample.out.parent().expect("the output lies in a folder"));
    assert_eq!(
        beside,
        [".kawaraban", "elsewhere", "out", "root"],
        "killed builds leave nothing for good"
    );
}

#[test]
fn an_error_in_the_content_leaves_the_output_as_it_is() {
    let sample = Sample::new();
    assert_success(&sample.build());
    let before = tree(&sample.out);
    let changed_at = modified(&sample.out.join("index.html"));

    sample.edit("content/site.toml", |text| format!("no_such_key = 1\n{text}"));
    let output = sample.build();

    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("no_such_key"), "{}", said(&output));
    assert_same_tree(&tree(&sample.out), &before, "the output");
    assert_eq!(modified(&sample.out.join("index.html")), changed_at);
    assert_eq!(
        names(sample.folder.path()),
        [".kawaraban", "out", "root"],
        "nothing is left beside the output"
    );
}

#[test]
fn an_error_in_the_content_makes_no_output() {
    let sample = Sample::new();
    sample.edit("content/site.toml", |text| format!("no_such_key = 1\n{text}"));
    assert_eq!(sample.build().status.code(), Some(1));
    assert_eq!(names(sample.folder.path()), ["root"]);
}

#[test]
fn files_that_the_product_did_not_write_survive() {
    let sample = Sample::new();
    assert_success(&sample.build());
    let foreign =
        [".git/HEAD", "CNAME", ".well-known/security.txt", "measures/notes.txt", "old/kept.html"];
    for path in foreign {
        let target = sample.out.join(path);
        fs::create_dir_all(target.parent().expect("it lies in the output"))
            .expect("a folder can be made");
        fs::write(&target, format!("the city's own {path}")).expect("a file can be written");
    }
    for _ in 0..2 {
        assert_success(&sample.build());
        for path in foreign {
            let kept = fs::read_to_string(sample.out.join(path));
            assert_eq!(kept.ok(), Some(format!("the city's own {path}")), "{path}");
        }
    }
}

#[test]
fn a_foreign_file_in_the_place_of_a_new_one_stops_the_build() {
    // A file where a page goes, a file where a folder goes, a folder where a page goes; and, which is
    // no conflict, a folder where a folder goes.
    let cases = [
        ("news.html", false, true),
        ("news", false, true),
        ("news.html", true, true),
        ("news", true, false),
    ];
    for in_place in [false, true] {
        for (foreign, is_folder, conflicts) in cases {
            let sample = Sample::small();
            assert_success(&sample.build());
            let target = sample.out.join(foreign);
            let own = if is_folder { target.join("own.txt") } else { target.clone() };
            fs::create_dir_all(own.parent().expect("a folder")).expect("a folder can be made");
            fs::write(&own, "the city's own").expect("a file can be written");
            let before = support::tree(&sample.out);
            let head = "+++\ntitle = \"お知らせ\"\n+++\n\n本文。\n";
            for page in ["news.md", "news/first.md"] {
                support::write(&sample.root.join("content/pages").join(page), head);
            }
            let mut command = command(&sample.root, &sample.out);
            if in_place {
                command.arg("--in-place");
            }
            let output = command.output().expect("the binary runs");
            let what = format!("{foreign}, folder: {is_folder}, in place: {in_place}");
            let kept = fs::read_to_string(&own).ok();
            assert_eq!(kept.as_deref(), Some("the city's own"), "{what}");
            if conflicts {
                assert_eq!(output.status.code(), Some(2), "{what}: {}", said(&output));
                assert!(said(&output).contains("was not written by Kawaraban"), "{what}");
                assert_same_tree(&support::tree(&sample.out), &before, &what);
            } else {
                assert_success(&output);
                assert!(sample.out.join("news/first.html").exists(), "{what}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn what_others_have_keeps_its_mode_times_and_links() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    let sample = Sample::new();
    assert_success(&sample.build());
    let out = |path: &str| sample.out.join(path);
    let mode = |path: &str, mode: u32| {
        fs::set_permissions(out(path), fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    // Folders of others, one in another and one empty, and files and links in them.
    fs::create_dir_all(out("uploads/2022/empty")).expect("a new folder");
    fs::write(out("uploads/2022/form.pdf"), "form").expect("a new file");
    fs::hard_link(out("uploads/2022/form.pdf"), out("uploads/form.pdf")).expect("a new link");
    symlink("2022/nowhere", out("uploads/link")).expect("a new link");
    mode("uploads/2022/form.pdf", 0o640);
    mode("uploads/2022", 0o2750);
    mode("uploads", 0o1777);
    // Folders of the site itself, with the access that a host has given them.
    mode("measures", 0o2775);
    mode("", 0o2755);
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for path in ["uploads/2022/empty", "uploads/2022", "uploads"] {
        let folder = fs::File::open(out(path)).expect("it is there");
        folder.set_times(fs::FileTimes::new().set_modified(long_ago)).expect("it is ours");
    }
    let look = |path: &str| {
        let metadata = fs::symlink_metadata(out(path)).expect("it is there");
        // A published folder changes with the site; its time is not another's.
        let time = path.starts_with("uploads").then(|| metadata.modified().ok());
        let file = (!metadata.is_dir()).then(|| (metadata.ino(), metadata.nlink()));
        (metadata.mode(), metadata.uid(), metadata.gid(), time, file)
    };
    let paths = [
        "uploads",
        "uploads/2022",
        "uploads/2022/empty",
        "uploads/2022/form.pdf",
        "uploads/form.pdf",
        "uploads/link",
        "measures",
        "",
    ];
    // The last site goes after the exchange, and its names for the files with it.
    let before = paths.map(look);
    sample.edit("content/site.toml", |text| {
        text.replacen("description = \"", "description = \"改稿。", 1)
    });
    assert_success(&sample.build());
    for (path, before) in paths.into_iter().zip(before) {
        assert_eq!(look(path), before, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn in_place_the_folder_stays_and_becomes_the_same_site() {
    use std::os::unix::fs::MetadataExt as _;

    let sample = Sample::new();
    let in_place = || {
        let output = command(&sample.root, &sample.out).arg("--in-place").output();
        let output = output.expect("the binary runs");
        assert_success(&output);
        said(&output)
    };
    let page = sample.root.join("content/pages/going.md");
    fs::write(&page, "+++\ntitle = \"なくなるページ\"\n+++\n\nしばらくの間だけある。\n")
        .expect("a file can be written");
    assert!(in_place().contains("one by one"));
    assert!(sample.out.join("going.html").is_file());
    fs::write(sample.out.join("CNAME"), "example.jp").expect("a file can be written");
    let folder = || fs::metadata(&sample.out).expect("the output is there").ino();
    let (folder_before, unchanged) = (folder(), sample.out.join("assets"));
    let time_before = modified(&unchanged);

    fs::remove_file(&page).expect("the file is there");
    sample.edit("content/site.toml", |text| {
        text.replacen("description = \"", "description = \"改稿。", 1)
    });
    let elsewhere = sample.folder.path().join("elsewhere");
    assert_success(&command(&sample.root, &elsewhere).output().expect("the binary runs"));
    let mut wanted = tree(&elsewhere);
    wanted.insert("CNAME".into(), b"example.jp".to_vec());

    // Killed before the files are exchanged the last site stands; killed later, the next build
    // mends it.
    for moment in 1..6 {
        let mut build = command(&sample.root, &sample.out)
            .arg("--in-place")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the binary runs");
        let until = Instant::now() + std::time::Duration::from_secs(20);
        // As soon as a few files are exchanged; the manifest comes after all of them.
        let journal = || {
            let inside = fs::read_dir(&sample.out).expect("the output is there").flatten();
            let fresh = inside.map(|entry| entry.path().join("journal"));
            fresh.filter_map(|path| fs::metadata(path).ok()).map(|file| file.len()).max()
        };
        while journal().unwrap_or(0) == 0
            && Instant::now() < until
            && build.try_wait().expect("the process is ours").is_none()
        {
            std::thread::yield_now();
        }
        std::thread::sleep(std::time::Duration::from_millis(moment * 3));
        build.kill().expect("the process is ours");
        build.wait().expect("the process is ours");
    }
    in_place();
    assert_same_tree(&tree(&sample.out), &wanted, "the output");
    assert_eq!(folder(), folder_before, "the folder is the same one");
    assert_eq!(modified(&unchanged), time_before, "what did not change was not touched");
}

#[test]
fn an_error_while_pages_are_made_leaves_the_output_as_it_is() {
    let sample = Sample::new();
    assert_success(&sample.build());
    let before = tree(&sample.out);
    // Data files are written by then, into a folder that is no site yet.
    let template = sample.root.join("themes/default/year.html");
    fs::create_dir_all(template.parent().expect("it lies in a folder")).expect("a new folder");
    fs::write(&template, "{{ view.nothing.at.all }}").expect("a file can be written");
    let output = sample.build();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("year.html"), "{}", said(&output));
    assert_same_tree(&tree(&sample.out), &before, "the output");
    assert_eq!(
        names(sample.folder.path()),
        [".kawaraban", "out", "root"],
        "nothing is left beside the output"
    );
}

#[test]
fn what_left_the_content_leaves_the_site() {
    let sample = Sample::new();
    let page = sample.root.join("content/pages/going.md");
    fs::write(&page, "+++\ntitle = \"なくなるページ\"\n+++\n\nしばらくの間だけある。\n")
        .expect("a file can be written");
    assert_success(&sample.build());
    assert!(sample.out.join("going.html").is_file());

    fs::remove_file(&page).expect("the file is there");
    assert_success(&sample.build());
    assert!(!sample.out.join("going.html").exists());
}

#[test]
fn a_build_writes_nothing_but_its_output() {
    let sample = Sample::new();
    let before = tree(&sample.root);
    assert_success(&sample.build());
    assert_same_tree(&tree(&sample.root), &before, "the site's root");
    // The state folder says who builds, and keeps what was published before.
    assert_eq!(names(sample.folder.path()), [".kawaraban", "out", "root"]);
    let state = sample.folder.path().join(".kawaraban");
    assert_eq!(names(&state), [".gitignore", "out"]);
    assert_eq!(names(&state.join("out")), ["lock", "origins"]);
}

#[test]
fn wrong_usage_ends_with_2() {
    let binary = || Command::new(env!("CARGO_BIN_EXE_kawaraban"));
    for arguments in
        [&["biuld"][..], &["build", "--no-such-flag"], &["build", "--root", "/nowhere/at/all"]]
    {
        let output = binary().args(arguments).output().expect("the binary runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(!said(&output).contains("panicked"), "{}", said(&output));
    }
}

/// A copy of the sample content that a test may change, and where it is built.
struct Sample {
    folder: TempDir,
    root: PathBuf,
    out: PathBuf,
}

impl Sample {
    fn new() -> Self {
        let folder = temporary();
        let (root, out) = (folder.path().join("root"), folder.path().join("out"));
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (path, bytes) in tree(&repository.join("content")) {
            let target = root.join("content").join(path);
            fs::create_dir_all(target.parent().expect("it lies in the root"))
                .expect("a folder can be made");
            fs::write(target, bytes).expect("a file can be written");
        }
        Self { folder, root, out }
    }

    /// A copy of the small site of the messages.
    fn small() -> Self {
        let folder = temporary();
        let (root, out) = (folder.path().join("root"), folder.path().join("out"));
        support::copy(&support::sound_site(), &root);
        Self { folder, root, out }
    }

    fn build(&self) -> Output {
        command(&self.root, &self.out).output().expect("the binary runs")
    }

    fn edit(&self, path: &str, change: impl Fn(String) -> String) {
        let path = self.root.join(path);
        let before = fs::read_to_string(&path).expect("the sample has this file");
        let after = change(before.clone());
        assert_ne!(before, after, "the edit changes nothing");
        fs::write(path, after).expect("a file can be written");
    }
}

fn temporary() -> TempDir {
    tempfile::Builder::new().prefix("kawaraban-promises-").tempdir().expect("a folder for the test")
}

fn command(root: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kawaraban"));
    command.arg("build").arg("--root").arg(root).arg("--out").arg(out);
    command
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn assert_success(output: &Output) {
    assert!(output.status.success(), "{}: {}", output.status, said(output));
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry.expect("the folder can be listed").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

fn modified(path: &Path) -> std::time::SystemTime {
    fs::metadata(path).and_then(|metadata| metadata.modified()).expect("the file is there")
}

/// Missing, unexpected and different files, told apart.
fn assert_same_tree(found: &Tree, expected: &Tree, what: &str) {
    let missing: Vec<_> =
        expected.keys().filter(|path| !found.contains_key(*path)).take(5).collect();
    let unexpected: Vec<_> =
        found.keys().filter(|path| !expected.contains_key(*path)).take(5).collect();
    let different: Vec<_> = expected
        .iter()
        .filter(|(path, bytes)| found.get(*path).is_some_and(|other| other != *bytes))
        .map(|(path, _)| path)
        .take(5)
        .collect();
    assert!(
        missing.is_empty() && unexpected.is_empty() && different.is_empty(),
        "{what}: missing {missing:?}, unexpected {unexpected:?}, different {different:?}",
    );
}

/// Is every file of the manifest there with its size and digest, and no other?
fn assert_whole(site: &Tree, when: &str) {
    let manifest = site.get(Path::new("manifest.json"));
    let manifest = manifest.unwrap_or_else(|| panic!("{when}: there is no manifest"));
    let manifest: serde_json::Value =
        serde_json::from_slice(manifest).expect("the manifest is JSON");
    let files = manifest["files"].as_array().expect("the manifest lists files");
    for file in files {
        let path = file["path"].as_str().expect("a file has a path");
        let bytes =
            site.get(Path::new(path)).unwrap_or_else(|| panic!("{when}: {path} is missing"));
        let digest: String =
            Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], digest, "{when}: {path}");
        assert_eq!(file["bytes"], bytes.len(), "{when}: {path}");
    }
    assert_eq!(files.len() + 1, site.len(), "{when}: files beside those of the manifest");
}
