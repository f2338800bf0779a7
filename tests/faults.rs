//! What the system refuses: files to open, memory, a sound clock, a folder that can be exchanged.
//! Whatever it is, the last good site stays, the message says what to do, and the next build needs
//! no help. A full disk is in `publishing`, a killed process in `promises`.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use support::{is_long, retitle, run, sound_site_with, tree};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kawaraban");

/// A site that has been built, in its own folder.
fn built() -> TempDir {
    let site = sound_site_with("");
    let (status, said) = shell(site.path(), "\"$program\" build --lang en");
    assert_eq!(status, 0, "{said}");
    site
}

/// Runs the shell's `script` in `folder`; gives the exit status and what was said. A process that a
/// signal ended has the status -1.
fn shell(folder: &Path, script: &str) -> (i32, String) {
    let output = Command::new("sh")
        .args(["-c", script])
        .current_dir(folder)
        .env("program", PROGRAM)
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("a shell");
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    (output.status.code().unwrap_or(-1), said.concat())
}

/// The site in `public` is whole.
fn assert_whole(site: &Path, when: &str) {
    let public = site.join("public").to_string_lossy().into_owned();
    let (status, said, errors) = run(["verify", &public, "--lang", "en"]);
    assert_eq!(status, 0, "{when}: {said}{errors}");
}

/// Under each limit that `limits` sets by a shell's command, the build succeeds, or fails as `fails`
/// has it and leaves the last site. Returns how many failed.
fn under_limits(limits: &[String], fails: impl Fn(i32, &str) -> bool) -> usize {
    let site = built();
    let mut failed = 0;
    for limit in limits {
        retitle(site.path(), limit);
        let before = tree(&site.path().join("public"));
        let (status, said) =
            shell(site.path(), &format!("{limit}; exec \"$program\" build --lang en"));
        if status != 0 {
            failed += 1;
            assert!(fails(status, &said), "{limit}: {status}: {said}");
            assert!(tree(&site.path().join("public")) == before, "{limit}: the site has changed");
        }
        assert_whole(site.path(), limit);
    }
    let (status, said) = shell(site.path(), "\"$program\" build --lang en");
    assert_eq!(status, 0, "{said}");
    let mut names: Vec<_> = fs::read_dir(site.path())
        .expect("it is there")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    names.sort();
    assert_eq!(names, [".kawaraban", "content", "public"], "nothing is left over");
    failed
}

#[test]
fn where_no_more_files_can_be_opened_the_last_site_stays() {
    let limits: Vec<String> = (3..12).map(|files| format!("ulimit -n {files}")).collect();
    let failed = under_limits(&limits, |status, said| {
        let help = "help: too many files are open: end other programs, or raise the limit, for example \
                    with `ulimit -n 1024`\n";
        // With three files, the system cannot even load the program.
        [1, 2].contains(&status) && said.contains(help) || said.contains("shared libraries")
    });
    assert!(failed >= 3 && failed < limits.len(), "{failed} limits were too low");
}

#[test]
fn where_memory_runs_out_the_last_site_stays() {
    let limits: Vec<String> = (5..20).map(|step| format!("ulimit -v {}", step * 20_000)).collect();
    let failed = under_limits(&limits, |_, said| {
        // Who says it depends on what the system refuses: to a thread, a library, the program.
        [
            "memory allocation of ",
            "out of memory",
            "annot allocate memory",
            "Resource temporarily unavailable",
            "error while loading shared libraries",
        ]
        .iter()
        .any(|words| said.contains(words))
    });
    assert!(failed > 0 && failed < limits.len(), "{failed} limits were too low");
}

#[test]
fn a_clock_that_shows_an_impossible_day_is_told_and_others_change_nothing() {
    let site = built();
    let at = |time: &str, flags: &str| {
        shell(site.path(), &format!("faketime '{time}' \"$program\" build --lang en {flags}"))
    };
    let message = "error: the clock of this computer is wrong; it must show a day from 1970 to 9998\n  \
                   help: set the date and time of the computer\n";
    for time in ["1960-01-01 00:00:00", "9999-12-31 12:00:00"] {
        assert_eq!(at(time, ""), (2, message.to_owned()), "{time}");
        assert_whole(site.path(), time);
    }
    let mut sites = Vec::new();
    for (number, time) in
        ["1970-01-02 00:00:00", "2004-02-29 23:59:59", "2038-01-19 12:00:00", "2100-01-01 00:00:00"]
            .into_iter()
            .enumerate()
    {
        let (status, said) = at(time, &format!("--as-of 2023-12-20 --out clock-{number}"));
        assert_eq!(status, 0, "{time}: {said}");
        sites.push(tree(&site.path().join(format!("clock-{number}"))));
    }
    assert!(sites.windows(2).all(|pair| pair[0] == pair[1]), "the clock changes no byte");
}

/// A mount of one's own needs rights that not every machine gives.
#[test]
fn a_folder_that_is_mounted_or_cannot_be_written_keeps_its_site() {
    if !is_long() {
        return;
    }
    let site = built();
    let script = |inner: &str| {
        let script = format!(
            r#"unshare -rm sh -c 'set -e
            mkdir -p elsewhere; mount --bind public elsewhere
            {inner}'"#
        );
        shell(site.path(), &script)
    };
    retitle(site.path(), "二つ目");
    let before = tree(&site.path().join("public"));
    let (status, said) = script("\"$program\" build --lang en");
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("add `--in-place` to keep the folder"), "{said}");
    assert!(tree(&site.path().join("public")) == before, "the mounted folder is not emptied");

    let (status, said) =
        script("mount -o remount,ro,bind elsewhere; \"$program\" build --out elsewhere --lang en");
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("  help: "), "{said}");
    assert!(tree(&site.path().join("public")) == before, "a read-only folder stays");

    let (status, said) = script(
        "\"$program\" build --in-place --lang en; cmp public/manifest.json elsewhere/manifest.json",
    );
    assert_eq!(status, 0, "{said}");
    assert!(tree(&site.path().join("public")) != before, "in place, the new site is there");
    assert_whole(site.path(), "in place");
}
