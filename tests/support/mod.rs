//! What the tests share: the folders of the repository, copies of them, and runs of the binary.

#![allow(dead_code, reason = "every test takes what it needs of it")]
#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

pub mod markdown;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kawaraban::diagnostic::Severity;
use kawaraban::pipeline;
use tempfile::TempDir;

/// The folder `folder` of the real data, which lie in `shared/data` beside the repository or where
/// `KAWARABAN_SHARED` points; `None`, with a line that says so, where it is absent. With
/// `KAWARABAN_REQUIRE_SHARED` set its absence fails.
pub fn shared_data(folder: &str) -> Option<PathBuf> {
    let shared = match std::env::var_os("KAWARABAN_SHARED") {
        Some(path) => PathBuf::from(path),
        None => root().join("../shared"),
    };
    let path = shared.join("data").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    let required = std::env::var_os("KAWARABAN_REQUIRE_SHARED").is_some();
    assert!(!required, "{} is absent", path.display());
    eprintln!("skipped: {} is absent", path.display());
    None
}

/// Are the tests that take long to run, as `bash tests/run long` does?
pub fn is_long() -> bool {
    std::env::var_os("KAWARABAN_LONG").is_some()
}

/// Kills `command` at `moments` moments of a run that takes `whole`, the last a little past its
/// end, and calls `check` with each moment. At least a third of the runs must really be
/// interrupted.
pub fn kill_at_moments(
    command: impl Fn() -> Command,
    mut whole: Duration,
    moments: u32,
    mut check: impl FnMut(u32),
) {
    let mut killed = 0;
    for moment in 0..moments {
        let mut process =
            command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs");
        // A little past the end, since no two runs take the same time.
        let (started, until) = (Instant::now(), whole * moment * 11 / (moments * 10));
        while started.elapsed() < until {
            if process.try_wait().expect("the process is ours").is_some() {
                // The machine was busier with the first one; the next is interrupted sooner.
                whole = whole.min(started.elapsed());
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        process.kill().expect("the process is ours");
        killed += u32::from(!process.wait().expect("the process is ours").success());
        check(moment);
    }
    assert!(killed > moments / 3, "only {killed} of {moments} runs were really interrupted");
}

/// Builds the site in `folder`, which must have no error: its texts by path, and what was said in
/// English.
pub fn built_texts(folder: &Path) -> (BTreeMap<String, String>, Vec<String>) {
    let built = pipeline::build(folder, &pipeline::BuildOptions::default(), &pipeline::Silent);
    let said: Vec<String> = built.diagnostics.iter().map(|d| d.message.en.clone()).collect();
    assert_eq!(built.diagnostics.count(Severity::Error), 0, "{said:?}");
    let artifacts = built.artifacts.expect("the site is whole").into_iter();
    let text = |artifact: kawaraban::artifact::Artifact| {
        let text = String::from_utf8(artifact.body.whole().into_owned()).ok()?;
        Some((artifact.path.to_string(), text))
    };
    (artifacts.filter_map(text).collect(), said)
}

/// Files of a folder by their relative paths.
pub type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A small site without any mistake.
pub fn sound_site() -> PathBuf {
    root().join("tests/errors/site")
}

/// A copy of the small site with `settings` after its own.
pub fn sound_site_with(settings: &str) -> TempDir {
    let folder = temporary();
    copy(&sound_site(), folder.path());
    let path = folder.path().join("content/site.toml");
    let own = fs::read_to_string(&path).expect("the settings");
    fs::write(path, format!("{own}\n{settings}\n")).expect("the settings");
    folder
}

/// Gives the site in `root` another title, which every page shows.
pub fn retitle(root: &Path, title: &str) {
    let path = root.join("content/site.toml");
    let text = fs::read_to_string(&path).expect("the settings");
    let old = text.lines().find(|line| line.starts_with("title = ")).expect("a title");
    fs::write(&path, text.replace(old, &format!("title = \"{title}\""))).expect("the settings");
}

/// A folder that goes with its name.
pub fn temporary() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The files of `folder`.
pub fn tree(folder: &Path) -> Tree {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it lies below").to_owned();
            (path, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// Writes a file, and the folders above it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
    fs::write(path, bytes).expect("a new file");
}

/// Copies the files of the folder `from` over those of `to`.
pub fn copy(from: &Path, to: &Path) {
    copy_where(from, to, |_| true);
}

/// The same of those whose relative paths are `wanted`.
pub fn copy_where(from: &Path, to: &Path, wanted: impl Fn(&Path) -> bool) {
    for (path, bytes) in tree(from).into_iter().filter(|(path, _)| wanted(path)) {
        write(&to.join(path), bytes);
    }
}

/// Runs the binary: exit status, standard output, standard error.
pub fn run(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kawaraban"))
        .args(arguments)
        .output()
        .expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("messages are UTF-8");
    let status = output.status.code().expect("it ended by itself");
    (status, text(output.stdout), text(output.stderr))
}
