//! The analyzer **agrees** with the browser's: over every code point by itself, 100,000 strings
//! drawn by chance and every line of the sample content, the normal forms, tokens and years of both
//! have the same digests.
//!
//! `tests/analyzer-digests.json` holds the digests of this side, in chunks, so that a difference
//! can be found. Node, Chromium and Firefox compute theirs by `tests/js/agreement.js`, which draws
//! the same strings. `KAWARABAN_BLESS=1 cargo test --release --all-features --test agreement`
//! writes the file anew.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kawaraban::search::analyzer::{normalise, tokens, years};
use serde::{Deserialize, Serialize};

/// Code points in a chunk.
const ALONE: u32 = 0x1000;
/// Strings drawn, and in a chunk.
const DRAWN: usize = 100_000;
const CHUNK: usize = 1000;

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Digests {
    /// Every code point by itself.
    alone: Vec<String>,
    /// Strings drawn by chance.
    drawn: Vec<String>,
    /// The lines of each file of the sample content, with its path.
    content: Vec<(String, String)>,
}

#[test]
fn the_digests_are_those_that_browsers_are_held_to() {
    let file = root().join("tests/analyzer-digests.json");
    let digests = Digests { alone: alone(), drawn: drawn(), content: content() };
    if std::env::var_os("KAWARABAN_BLESS").is_some() {
        assert!(std::env::var_os("CI").is_none(), "nothing is blessed in CI");
        let text = serde_json::to_string_pretty(&digests).expect("digests are plain data");
        fs::write(&file, text + "\n").expect("the folder can be written to");
    }
    let text = fs::read_to_string(&file).unwrap_or_default();
    let expected: Digests = serde_json::from_str(&text).expect("the file holds digests");
    assert_eq!(digests, expected);
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// FNV-1a over what the analyzer makes of strings.
struct Digest(u32);

impl Digest {
    fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
        let mut digest = Self(0x811C_9DC5);
        for text in texts {
            digest.add(text);
        }
        format!("{:08x}", digest.0)
    }

    fn add(&mut self, text: &str) {
        let normal = normalise(text);
        let mut said: String = normal.iter().collect();
        for token in tokens(&normal) {
            let _ = write!(said, "|{} {}", token.position, token.text);
        }
        for mention in years(&normal) {
            let _ = write!(said, "|{}", mention.year);
        }
        for byte in said.bytes().chain([b'\n']) {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
}

fn alone() -> Vec<String> {
    let chunk = |start: u32| {
        let texts: Vec<String> =
            (start..start + ALONE).filter_map(char::from_u32).map(String::from).collect();
        Digest::of(texts.iter().map(String::as_str))
    };
    (0..=0x10_FFFF).step_by(ALONE as usize).map(chunk).collect()
}

fn drawn() -> Vec<String> {
    let mut chance = Chance(20_260_401);
    let chunk = |_| {
        let texts: Vec<String> = (0..CHUNK).map(|_| chance.text()).collect();
        Digest::of(texts.iter().map(String::as_str))
    };
    (0..DRAWN / CHUNK).map(chunk).collect()
}

/// A small generator of numbers, the same in `agreement.js`.
struct Chance(u32);

/// Stretches of code points from which strings are drawn, the likelier ones several times.
const STRETCHES: [(u32, u32); 24] = [
    (0x3041, 0x309F),
    (0x3041, 0x309F),
    (0x30A0, 0x30FF),
    (0x30A0, 0x30FF),
    (0x4E00, 0x9FFF),
    (0x4E00, 0x9FFF),
    (0x4E00, 0x9FFF),
    (0x30, 0x39),
    (0x30, 0x39),
    (0x20, 0x7E),
    (0xFF01, 0xFF9F),
    (0xFF61, 0xFF9F),
    (0x2460, 0x24FF),
    (0x3220, 0x33FF),
    (0x3000, 0x3020),
    (0x2000, 0x206F),
    (0xC0, 0x17F),
    (0x300, 0x36F),
    (0xFE00, 0xFE0F),
    (0x2E80, 0x2FDF),
    (0xF900, 0xFAFF),
    (0x1F300, 0x1FAFF),
    (0x20000, 0x2A6DF),
    (0xE0100, 0xE01EF),
];

/// Words that mean more together than by themselves.
const WORDS: [&str; 20] = [
    "令和", "平成", "昭和", "元年", "年度", "十", "二", "R", "H", "々", "ゝ", "ゞ", "ヽ", "ー",
    "-", "―", "が", "ﾞ", "①", "㈱",
];

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((u64::from(self.0) * u64::from(limit)) >> 32) as u32
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(12) {
            if self.below(5) == 0 {
                text.push_str(WORDS[self.below(WORDS.len() as u32) as usize]);
            } else {
                let (first, last) = STRETCHES[self.below(STRETCHES.len() as u32) as usize];
                let code = first + self.below(last - first + 1);
                text.push(char::from_u32(code).expect("no stretch has surrogates"));
            }
        }
        text
    }
}

fn content() -> Vec<(String, String)> {
    let mut files = Vec::new();
    add_files(&root().join("content"), &mut files);
    files.sort();
    let mut digests = Vec::new();
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let path = file.strip_prefix(root()).expect("it is below").to_string_lossy().into_owned();
        digests.push((path, Digest::of(text.split('\n'))));
    }
    digests
}

fn add_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the sample is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            add_files(&path, files);
        } else if path
            .extension()
            .is_some_and(|ending| ["csv", "md", "toml"].iter().any(|e| ending == *e))
        {
            files.push(path);
        }
    }
}
