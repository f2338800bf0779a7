//! The targets of `fuzz/` run without a fuzzer: on their corpus, and on copies of it that are
//! changed a little. It holds that they compile and that the corpus passes; to find new faults is
//! for `fuzz/run`.

#![allow(clippy::disallowed_methods, reason = "tests read their inputs")]

// What the targets call by the names of other crates is in this one.
extern crate self as kawaraban_fuzz;
extern crate self as libfuzzer_sys;

mod support;

#[path = "../fuzz/src/lib.rs"]
mod shared;

use std::fs;

pub use shared::{file, files, parts, report};

/// What a target says of an input; a fuzzer would keep it or not.
pub enum Corpus {
    /// It is of use.
    Keep,
    /// It is none.
    Reject,
}

/// A module for each target.
macro_rules! targets {
    ($($name:ident: $path:literal),+ $(,)?) => {
        $(
            #[allow(unused_attributes, reason = "the attribute is for the program of the target")]
            #[path = $path]
            mod $name;
        )+

        /// The targets by their names.
        const TARGETS: &[(&str, fn(&[u8]))] = &[$((stringify!($name), $name::run)),+];
    };
}

targets!(
    analyzer: "../fuzz/targets/analyzer.rs",
    calendar: "../fuzz/targets/calendar.rs",
    forms: "../fuzz/targets/forms.rs",
    markdown: "../fuzz/targets/markdown.rs",
    records: "../fuzz/targets/records.rs",
    settings: "../fuzz/targets/settings.rs",
    workbook: "../fuzz/targets/workbook.rs",
);

/// How many changed copies of each input are tried.
const COPIES: usize = 24;

/// What readers take for more than a character.
const SIGNS: [&str; 12] =
    ["\"", ",", "\n", "\r", "\0", "\u{feff}", "年", "２", "@@", "[[", "<", "99999999999999999999"];

#[test]
fn every_target_runs_on_its_corpus_and_on_changed_copies() {
    let corpus = support::root().join("fuzz/corpus");
    let mut names: Vec<String> = fs::read_dir(&corpus)
        .expect("a corpus")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let targets: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, targets, "each target has a corpus");
    for (name, run) in TARGETS {
        let mut inputs: Vec<_> = fs::read_dir(corpus.join(name))
            .expect("a corpus")
            .flatten()
            .map(|entry| entry.path())
            .collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "{name}");
        for path in inputs {
            let input = fs::read(&path).expect("an input");
            run(&input);
            for copy in 0..COPIES {
                run(&changed(&input, copy));
            }
        }
    }
}

/// The `copy`th changed copy of `input`: cut, a byte changed, or a sign put in. The same each time,
/// so that a failure can be repeated.
fn changed(input: &[u8], copy: usize) -> Vec<u8> {
    let place = |factor: usize| (copy * 7_919 + factor * 104_729) % (input.len() + 1);
    let mut bytes = input.to_vec();
    match copy % 3 {
        0 => bytes.truncate(place(1)),
        1 => {
            if let Some(byte) = bytes.get_mut(place(2)) {
                *byte ^= 1 << (copy % 8);
            }
        }
        _ => {
            let at = place(3);
            bytes.splice(at..at, SIGNS[copy % SIGNS.len()].bytes());
        }
    }
    bytes
}

// At the end, for the targets import it as they do that of the fuzzer.
/// Makes the function `run` of a target, which takes bytes.
macro_rules! fuzz_target {
    (|$input:ident: &[u8]| -> Corpus $body:block) => {
        /// Tries one input.
        pub fn run($input: &[u8]) {
            let target = || -> Corpus { $body };
            let _kept = matches!(target(), Corpus::Keep);
        }
    };
    (|$input:ident: &[u8]| $body:block) => {
        /// Tries one input.
        pub fn run($input: &[u8]) {
            $body
        }
    };
    (|$input:ident: &str| $($rest:tt)+) => {
        /// Tries one input.
        pub fn run(bytes: &[u8]) {
            let Ok($input) = std::str::from_utf8(bytes) else { return };
            $($rest)+
        }
    };
}
pub(crate) use fuzz_target;
