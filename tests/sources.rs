//! What is read from a folder, and what is not.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests lay out their own folders")]

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use kawaraban::diagnostic::Diagnostics;
use kawaraban::source::{self, Limits, Sources};

/// A site's folder with empty files at `paths`.
fn site(paths: &[&str]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder for the test");
    for path in paths {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        std::fs::write(path, b"").expect("a file");
    }
    root
}

fn read(root: &Path) -> (Vec<String>, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let sources: Sources = source::read(root, Limits::default(), &mut diagnostics);
    let paths = sources.iter().map(|file| file.path.to_string()).collect();
    let sorted = diagnostics.sorted();
    let said = sorted.iter().map(|d| format!("{} {}: {}", d.code.id, d.place.path(), d.message.en));
    (paths, said.collect())
}

#[test]
fn files_come_in_the_order_of_their_paths_without_what_programs_leave_behind() {
    let root = site(&[
        "content/site.toml",
        "content/measures/b.csv",
        "content/measures/a.csv",
        "content/measures-old.csv",
        "content/static/.nojekyll",
        "content/.DS_Store",
        "content/.git/config",
        "content/~$measures.xlsx",
        "content/.~lock.measures.ods#",
        "content/site.toml~",
        "content/site.toml.bak",
        "content/Thumbs.db",
        "themes/city/page.html",
        "public/index.html",
    ]);
    let (paths, problems) = read(root.path());
    assert_eq!(
        paths,
        [
            "content/measures-old.csv",
            "content/measures/a.csv",
            "content/measures/b.csv",
            "content/site.toml",
            "content/static/.nojekyll",
            "themes/city/page.html",
        ]
    );
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn names_are_one_whether_composed_or_not() {
    let root = site(&["content/pages/か\u{3099}いよう.md"]);
    assert_eq!(read(root.path()).0, ["content/pages/がいよう.md"]);
}

#[test]
fn links_are_followed_within_the_folder_and_never_out_of_it() {
    let elsewhere = site(&["secret/notes.md"]);
    let root = site(&["content/site.toml", "content/pages/about.md"]);
    let content = root.path().join("content");
    symlink(content.join("pages/about.md"), content.join("pages/same.md")).expect("a link");
    symlink(elsewhere.path().join("secret"), content.join("more")).expect("a link");
    symlink(elsewhere.path().join("secret/notes.md"), content.join("notes.md")).expect("a link");
    symlink(&content, content.join("pages/up")).expect("a link");
    symlink(content.join("none.md"), content.join("gone.md")).expect("a link");
    let (paths, problems) = read(root.path());
    assert_eq!(paths, ["content/pages/about.md", "content/pages/same.md", "content/site.toml"]);
    assert_eq!(
        problems,
        [
            "source::unreadable content/gone.md: the link's target does not exist",
            "source::unreadable content/more: the link points outside the site's folder",
            "source::unreadable content/notes.md: the link points outside the site's folder",
            "source::unreadable content/pages/up: the link points to a folder above itself and would be followed forever",
        ]
    );
}

#[test]
fn a_folder_without_content_says_how_to_begin() {
    let root = site(&["themes/city/page.html"]);
    let (paths, problems) = read(root.path());
    assert!(paths.is_empty());
    assert!(problems[0].starts_with("source::missing content: there is no `content` folder"));
}

#[test]
fn a_file_that_may_not_be_read_is_named_and_the_rest_is_read() {
    let root = site(&["content/site.toml", "content/secret.csv"]);
    let secret = root.path().join("content/secret.csv");
    std::fs::set_permissions(&secret, PermissionsExt::from_mode(0o000)).expect("permissions");
    if std::fs::read(&secret).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let (paths, problems) = read(root.path());
    assert_eq!(paths, ["content/site.toml"]);
    let text = "source::unreadable content/secret.csv: you have no permission to read it";
    assert_eq!(problems, [text]);
}
