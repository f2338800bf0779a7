//! Ceilings of what is read, each just below and just above, and what is no regular file. The
//! ceilings of tables are in `tests/cells.rs`.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use support::{run, sound_site, sound_site_with, write};

fn check(root: &Path) -> (i32, String) {
    let root = root.to_str().expect("a path in UTF-8");
    let (status, printed, said) = run(["check", "--lang", "en", "--root", root]);
    (status, printed + &said)
}

#[test]
fn every_ceiling_of_files_holds_just_above_and_just_below() {
    // The file that each ceiling is about, made the largest of its kind.
    let about = [
        ("markdown", "content/pages/about.md", "文。\n"),
        ("toml", "content/policies/2022/planning.toml", "# comment\n"),
        ("file", "content/topics.csv", "\r\n"),
    ];
    for (key, path, more) in about {
        let with_limit = |most: usize| {
            let folder = sound_site_with(&format!("[limits]\n{key} = {most}"));
            let file = folder.path().join(path);
            let text = fs::read_to_string(&file).expect("a text");
            fs::write(&file, text + &more.repeat(600)).expect("a longer text");
            (fs::read(&file).expect("a text").len(), check(folder.path()))
        };
        let (size, _) = with_limit(1);
        let (_, (status, said)) = with_limit(size);
        assert_eq!(status, 0, "{key}: {said}");
        let (_, (status, said)) = with_limit(size - 1);
        let most = size - 1;
        let line =
            format!("error[source::too-large]: the file has more than {most} bytes\n  {path}\n");
        assert_eq!((status, said.contains(&line)), (1, true), "{key}: {said}");
        assert!(said.contains(&format!("raise `{key}` of `[limits]`")), "{said}");
    }
    let with_font = |most: u64| {
        let folder = sound_site_with(&format!(
            "[pictures]\nfonts = [\"fonts/a.ttf\"]\n\n[limits]\nfont = {most}"
        ));
        write(&folder.path().join("fonts/a.ttf"), [0; 1000]);
        check(folder.path()).1
    };
    assert!(with_font(999).contains("error[picture::font]: the font `fonts/a.ttf` is too large"));
    assert!(with_font(1000).contains("`fonts/a.ttf` cannot be read as a font"));
    // All files together, the settings with the line in question included.
    let whole = |line: &str| -> u64 {
        let folder = sound_site_with(line);
        let files = support::tree(folder.path());
        files.values().map(|bytes| bytes.len() as u64).sum()
    };
    let line = |most: u64| format!("[limits]\ncontent = {most:>9}");
    let size = whole(&line(0));
    let (status, said) = check(sound_site_with(&line(size)).path());
    assert_eq!(status, 0, "{said}");
    let (status, said) = check(sound_site_with(&line(size - 1)).path());
    assert_eq!(status, 1);
    let told = format!("the files have more than {} bytes together", size - 1);
    assert!(said.contains(&told), "{said}");
}

#[test]
fn large_static_files_count_for_no_ceiling_and_are_published_as_they_are() {
    let folder = sound_site_with("[limits]\nfile = 5000\ncontent = 100000");
    let large: Vec<u8> = (0..3_000_000_u64).map(|at| ((at * at) >> 7) as u8).collect();
    write(&folder.path().join("content/static/film.mp4"), &large);
    let root = folder.path().to_str().expect("a path in UTF-8");
    let build = || run(["build", "--lang", "en", "--root", root]);
    let (status, printed, said) = build();
    assert_eq!(status, 0, "{printed}{said}");
    let published = folder.path().join("public/film.mp4");
    assert!(fs::read(&published).expect("it is published") == large);
    let (status, printed, _) = run(["verify", "--lang", "en", &format!("{root}/public")]);
    assert_eq!(status, 0, "{printed}");
    // Unchanged, it is linked; changed at its end, it is written anew.
    let modified = fs::metadata(&published).expect("a file").modified().expect("a time");
    build();
    let now = fs::metadata(&published).expect("a file").modified().expect("a time");
    assert_eq!(now, modified);
    let mut changed = large.clone();
    *changed.last_mut().expect("it has bytes") ^= 1;
    fs::write(folder.path().join("content/static/film.mp4"), &changed).expect("an edit");
    assert_eq!(build().0, 0);
    assert!(fs::read(&published).expect("it is published") == changed);
    // A picture's size is in its first bytes.
    let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0\0\0\x02\0\x08\x02\0\0\0".to_vec();
    picture.resize(2_000_000, 7);
    write(&folder.path().join("content/static/map.png"), &picture);
    let about = folder.path().join("content/pages/about.md");
    let text = fs::read_to_string(&about).expect("a page");
    fs::write(&about, format!("{text}\n![案内図](/map.png)\n")).expect("an edit");
    assert_eq!(build().0, 0);
    let page = fs::read_to_string(folder.path().join("public/about.html")).expect("a page");
    assert!(page.contains("width=\"1024\" height=\"512\""), "{page}");
}

#[test]
fn what_is_no_regular_file_is_refused_at_once_wherever_a_file_is_named() {
    let pipe = |path: &Path| {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
    };
    let within = |arguments: &[&str]| {
        let started = Instant::now();
        let mut process = Command::new(env!("CARGO_BIN_EXE_kawaraban"))
            .args(arguments)
            .args(["--lang", "en"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the binary runs");
        loop {
            if let Some(status) = process.try_wait().expect("the process is ours") {
                return status.code().expect("it ended by itself");
            }
            if started.elapsed() > Duration::from_secs(60) {
                process.kill().expect("the process is ours");
                panic!("{arguments:?} waits for a pipe");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let folder = sound_site_with("[pictures]\nfonts = [\"fonts/a.ttf\"]");
    let at = |path: &str| folder.path().join(path).to_str().expect("a path in UTF-8").to_owned();
    let root = at("");
    // A font.
    pipe(Path::new(&at("fonts/a.ttf")));
    assert_eq!(within(&["check", "--root", &root]), 1);
    fs::remove_file(at("fonts/a.ttf")).expect("ours");
    fs::copy(sound_site().join("content/site.toml"), at("content/site.toml")).expect("a copy");
    // Parts of the content, the settings among them.
    for path in ["content/static/a.pdf", "content/measures/a.csv", "content/pages/b.md"] {
        pipe(Path::new(&at(path)));
        assert_eq!(within(&["build", "--root", &root]), 1, "{path}");
        fs::remove_file(at(path)).expect("ours");
    }
    fs::remove_file(at("content/site.toml")).expect("ours");
    pipe(Path::new(&at("content/site.toml")));
    assert_eq!(within(&["check", "--root", &root]), 1);
    fs::remove_file(at("content/site.toml")).expect("ours");
    fs::copy(sound_site().join("content/site.toml"), at("content/site.toml")).expect("a copy");
    // Manifests, keys and tables that are named.
    assert_eq!(within(&["build", "--root", &root]), 0);
    pipe(Path::new(&at("pipe.xlsx")));
    let (public, named) = (at("public"), at("pipe.xlsx"));
    assert_eq!(within(&["verify", &public, "--manifest", &named]), 2);
    assert_eq!(within(&["verify", &public, "--key", &named]), 2);
    assert_eq!(within(&["sign", &public, "--key", &named]), 2);
    assert_eq!(within(&["new", "dataset", &named, "--root", &root]), 2);
    assert_eq!(within(&["forms", "guess", &named, "--root", &root]), 2);
    // The manifest of the published folder itself, which a build and a comparison read.
    fs::remove_file(at("public/manifest.json")).expect("ours");
    pipe(Path::new(&at("public/manifest.json")));
    assert_eq!(within(&["verify", &public]), 2);
    assert_eq!(within(&["build", "--root", &root]), 2);
    assert_eq!(within(&["diff", "--root", &root]), 2);
}
