//! Collects the **notices** of the crates that are compiled into the binary: their licence texts
//! must go with it. `kawaraban licences` prints them.
//!
//! The texts are read from the sources that cargo has unpacked, so they are those of the versions
//! in `Cargo.lock`, and of the features and the target of this build only.

#![allow(clippy::disallowed_methods, reason = "it runs while the product is compiled")]

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Beginnings, in lower case, of the names of files with licence texts and notices.
const TEXTS: [&str; 6] = ["license", "licence", "copying", "copyright", "notice", "unlicense"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let crates = compiled_crates().unwrap_or_else(|why| {
        println!("cargo::warning=the notices of the crates are not collected: {why}");
        Vec::new()
    });
    let checksums = checksums(&fs::read_to_string("Cargo.lock").unwrap_or_default());
    let mut components = String::new();
    // Each text once, with the crates that it belongs to.
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, version, licence) in &crates {
        let found =
            unpacked(name, version).map(|folder| licence_texts(&folder)).unwrap_or_default();
        let checksum = checksums.get(&(name.clone(), version.clone()));
        let checksum = checksum.map_or("", String::as_str);
        writeln!(components, "{name}\t{version}\t{licence}\t{checksum}\t{}", found.len())
            .expect("memory takes every byte");
        for text in found {
            texts.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    let mut notices = String::new();
    for (text, crates) in &texts {
        let line = "-".repeat(80);
        write!(notices, "{line}\n{}\n{line}\n\n{text}\n\n", crates.join(", "))
            .expect("memory takes every byte");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder"));
    fs::write(out.join("components.tsv"), components).expect("cargo's folder can be written to");
    fs::write(out.join("notices.txt"), notices).expect("cargo's folder can be written to");
}

/// Name, version and licence of each crate that is compiled into the binary, sorted.
fn compiled_crates() -> Result<Vec<(String, String, String)>, String> {
    let features: Vec<String> = env::vars()
        .filter_map(|(name, _)| name.strip_prefix("CARGO_FEATURE_").map(str::to_lowercase))
        .filter(|feature| feature != "default")
        .collect();
    let target = env::var("TARGET").map_err(|error| error.to_string())?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tree = Command::new(cargo)
        .args(["tree", "--offline", "--locked", "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "none", "--format", "{p}\t{l}", "--no-default-features"])
        .args(["--features", &features.join(","), "--target", &target])
        .output()
        .map_err(|error| error.to_string())?;
    if !tree.status.success() {
        let why = String::from_utf8_lossy(&tree.stderr);
        return Err(why.lines().next().unwrap_or("cargo tree failed").to_owned());
    }
    let text = String::from_utf8_lossy(&tree.stdout);
    let own = env::var("CARGO_PKG_NAME").unwrap_or_default();
    let mut crates: Vec<(String, String, String)> = text
        .lines()
        .filter_map(|line| {
            let (package, licence) = line.split_once('\t')?;
            let mut words = package.split(' ');
            let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
            let licence = licence.trim_end_matches(" (*)");
            (name != own).then(|| (name.to_owned(), version.to_owned(), licence.to_owned()))
        })
        .collect();
    crates.sort();
    crates.dedup();
    Ok(crates)
}

/// The SHA-256 of each crate's package by name and version, from the lock file.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |line: &str, key: &str| {
        let rest = line.strip_prefix(key)?.strip_prefix(" = \"")?;
        Some(rest.trim_end_matches('"').to_owned())
    };
    let mut found = BTreeMap::new();
    for package in lock.split("[[package]]") {
        let of = |key| package.lines().find_map(|line| value(line, key));
        if let (Some(name), Some(version), Some(sum)) = (of("name"), of("version"), of("checksum"))
        {
            found.insert((name, version), sum);
        }
    }
    found
}

/// The folder in which cargo has unpacked a crate.
fn unpacked(name: &str, version: &str) -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
        Some(PathBuf::from(home).join(".cargo"))
    })?;
    let registries = fs::read_dir(home.join("registry/src")).ok()?;
    let folders = registries.filter_map(|entry| Some(entry.ok()?.path()));
    folders.map(|folder| folder.join(format!("{name}-{version}"))).find(|folder| folder.is_dir())
}

/// The licence texts in a crate's folder, by the names of their files, with LF line ends.
fn licence_texts(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            TEXTS.iter().any(|beginning| name.starts_with(beginning)) && path.is_file()
        })
        .collect();
    files.sort();
    let texts = files.iter().filter_map(|path| fs::read_to_string(path).ok());
    texts
        .map(|text| text.replace("\r\n", "\n").trim_end().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}
