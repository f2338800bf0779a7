//! No two files of `src/` depend on each other in a circle.
//!
//! A file depends on the file that *defines* a name it uses: re-exports are followed. That a file
//! uses what one of the modules above it defines is no dependency: a module is opened by its head,
//! and its parts share what the head says.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{SourceFile, source_files, without_tests};

/// Ties that are part of a circle and are being undone, from file to file.
const BEING_UNDONE: [(&str, &str); 2] = [
    ("src/dataset/references.rs", "src/dataset/columns.rs"),
    ("src/table/fields.rs", "src/table/bind.rs"),
];

/// Names from the root of the crate: `["html", "chart", "svg"]`.
type Names = Vec<String>;

/// What the graph needs to know of one module.
struct Module {
    path: String,
    code: String,
    /// What each name of a `use` in it stands for.
    imports: BTreeMap<String, Names>,
}

#[test]
fn no_files_depend_on_each_other_in_a_circle() {
    let modules = modules(&source_files());
    let edges = edges(&modules);
    let mut circles = Vec::new();
    let mut told: BTreeSet<&Names> = BTreeSet::new();
    for start in modules.keys() {
        if told.contains(start) {
            continue;
        }
        let circle: Vec<&Names> = reachable(&edges, start)
            .into_iter()
            .filter(|other| reachable(&edges, other).contains(start))
            .collect();
        told.extend(&circle);
        let ties = edges.iter().flat_map(|(from, to)| to.iter().map(move |tie| (from, tie)));
        let within = ties.filter(|(from, (to, _))| circle.contains(from) && circle.contains(to));
        let lines: Vec<String> = within
            .map(|(from, (to, names))| {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let (from, to) = (&modules[from].path, &modules[to].path);
                format!("  {from} -> {to}: {}", names.join(", "))
            })
            .collect();
        if !lines.is_empty() {
            circles.push(lines.join("\n"));
        }
    }
    assert!(circles.is_empty(), "circles of files:\n{}", circles.join("\n\n"));
}

#[test]
fn a_dependency_is_on_the_file_that_defines_the_name() {
    let file = |path: &str, text: &str| {
        let below: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
        SourceFile {
            path: format!("src/{path}"),
            module: below[0].to_owned(),
            supers_to_root: below.len(),
            lines: text.lines().map(str::to_owned).collect(),
        }
    };
    let modules = modules(&[
        file("a.rs", "mod b;\nmod c;\npub use b::Thing as Other;\npub struct Own;"),
        file(
            "a/b.rs",
            "use super::{Own, c::{self, helper}};\npub struct Thing;\nfn f() { c::g() }",
        ),
        file("a/c.rs", "use crate::a::Other;\npub fn helper() {}\npub fn g() {}"),
    ]);
    let name = |text: &str| text.split("::").map(str::to_owned).collect::<Names>();
    let edges = edges(&modules);
    let found = |from: &str, to: &str| edges[&name(from)].get(&name(to)).map(|names| names.len());
    assert_eq!(found("a::b", "a::c"), Some(2));
    assert_eq!(found("a::c", "a::b"), Some(1));
    assert_eq!(found("a::b", "a"), None);
}

/// For each module, the modules that it depends on, and by which names.
type Edges = BTreeMap<Names, BTreeMap<Names, BTreeSet<String>>>;

fn edges(modules: &BTreeMap<Names, Module>) -> Edges {
    let mut edges = Edges::new();
    for (own, module) in modules {
        let ties = edges.entry(own.clone()).or_default();
        for path in paths_in(modules, own, module) {
            let Some((definer, name)) = definer(modules, &path) else { continue };
            let tie = (module.path.as_str(), modules[&definer].path.as_str());
            if !own.starts_with(&definer) && !BEING_UNDONE.contains(&tie) {
                ties.entry(definer).or_default().insert(name);
            }
        }
    }
    edges
}

fn reachable<'e>(edges: &'e Edges, start: &Names) -> BTreeSet<&'e Names> {
    let mut found: BTreeSet<&Names> = BTreeSet::new();
    let mut next: Vec<&Names> = edges.get(start).into_iter().flat_map(BTreeMap::keys).collect();
    while let Some(module) = next.pop() {
        if found.insert(module) {
            next.extend(edges.get(module).into_iter().flat_map(BTreeMap::keys));
        }
    }
    found
}

fn modules(files: &[SourceFile]) -> BTreeMap<Names, Module> {
    let mut modules: BTreeMap<Names, Module> = BTreeMap::new();
    for file in files {
        let below = file.path.trim_start_matches("src/").trim_end_matches(".rs");
        let own: Names = below.split('/').map(str::to_owned).collect();
        let lines = without_tests(&file.lines).iter();
        let code: Vec<&str> = lines.map(|line| line.split("//").next().unwrap_or("")).collect();
        let module =
            Module { path: file.path.clone(), code: code.join("\n"), imports: BTreeMap::new() };
        modules.insert(own, module);
    }
    let all: Vec<Names> = modules.keys().cloned().collect();
    for own in all {
        let mut imports = BTreeMap::new();
        for (written, name) in uses(&modules[&own].code) {
            if let Some(path) = absolute(&modules, &own, &written) {
                imports.insert(name, path);
            }
        }
        modules.get_mut(&own).expect("it was just listed").imports = imports;
    }
    modules
}

/// The paths of every `use`, each with the name by which it is known there.
fn uses(code: &str) -> Vec<(Names, String)> {
    let mut found = Vec::new();
    for line_start in code.match_indices("use ").map(|(at, _)| at) {
        let begins = code[..line_start].rsplit('\n').next().unwrap_or_default().trim();
        let visibility = begins.is_empty() || (begins.starts_with("pub") && !begins.contains('{'));
        if !visibility {
            continue;
        }
        let rest = &code[line_start + "use ".len()..];
        let end = rest.find(';').unwrap_or(rest.len());
        expand(&[], &rest[..end].split_whitespace().collect::<Vec<_>>().join(" "), &mut found);
    }
    found
}

/// Adds the paths of one item of a `use`, below the names `above`.
fn expand(above: &[String], item: &str, found: &mut Vec<(Names, String)>) {
    let item = item.trim();
    if let Some(at) = item.find('{') {
        let mut names = above.to_vec();
        names.extend(
            item[..at].split("::").map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned),
        );
        let inner = item[at + 1..].trim_end().trim_end_matches('}');
        let inner = if item.ends_with('}') { &item[at + 1..item.len() - 1] } else { inner };
        let (mut depth, mut start) = (0, 0);
        for (place, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    expand(&names, &inner[start..place], found);
                    start = place + 1;
                }
                _ => {}
            }
        }
        expand(&names, &inner[start..], found);
        return;
    }
    if item.is_empty() {
        return;
    }
    let (path, alias) = match item.split_once(" as ") {
        Some((path, alias)) => (path, Some(alias.trim().to_owned())),
        None => (item, None),
    };
    let mut names = above.to_vec();
    names.extend(path.split("::").map(|name| name.trim().to_owned()));
    if names.last().is_some_and(|name| name == "self") && names.len() > 1 {
        names.pop();
    }
    let last = names.last().cloned().unwrap_or_default();
    found.push((names, alias.unwrap_or(last)));
}

/// The path `written` in the module `own`, from the root of the crate; `None` for another crate's.
fn absolute(modules: &BTreeMap<Names, Module>, own: &Names, written: &[String]) -> Option<Names> {
    let mut base: Names = match written.first()?.as_str() {
        "crate" | "kawaraban" => return Some(written[1..].to_vec()),
        "self" => own.clone(),
        "super" => own[..own.len() - 1].to_vec(),
        first => {
            let mut child = own.clone();
            child.push(first.to_owned());
            modules.contains_key(&child).then_some(child)?
        }
    };
    for name in &written[1..] {
        match name.as_str() {
            "super" => {
                base.pop();
            }
            name => base.push(name.to_owned()),
        }
    }
    Some(base)
}

/// Every path of the crate that a module names: in its `use`s, and in its code.
fn paths_in(modules: &BTreeMap<Names, Module>, own: &Names, module: &Module) -> Vec<Names> {
    let mut paths: Vec<Names> = module.imports.values().cloned().collect();
    let bytes = module.code.as_bytes();
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let mut at = 0;
    while at < bytes.len() {
        let starts = is_name(bytes[at]) && (at == 0 || !is_name(bytes[at - 1]));
        if !starts || (at > 1 && &bytes[at - 2..at] == b"::") {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < bytes.len() && (is_name(bytes[end]) || bytes[end..].starts_with(b"::")) {
            end += if bytes[end] == b':' { 2 } else { 1 };
        }
        let written: Names = module.code[at..end]
            .split("::")
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        at = end.max(at + 1);
        if written.len() < 2 {
            continue;
        }
        match module.imports.get(&written[0]) {
            Some(known) => paths.push([known.as_slice(), &written[1..]].concat()),
            None => paths.extend(absolute(modules, own, &written)),
        }
    }
    paths
}

/// The module that defines what `path` ends in, and the name; `None` where it ends in a module.
fn definer(modules: &BTreeMap<Names, Module>, path: &[String]) -> Option<(Names, String)> {
    let mut module: Names = Vec::new();
    for (place, name) in path.iter().enumerate() {
        let mut child = module.clone();
        child.push(name.clone());
        if modules.contains_key(&child) {
            module = child;
            continue;
        }
        if let Some(target) = modules.get(&module).and_then(|known| known.imports.get(name)) {
            let further = [target.as_slice(), &path[place + 1..]].concat();
            return if further == path { None } else { definer(modules, &further) };
        }
        return modules.contains_key(&module).then(|| (module, name.clone()));
    }
    None
}
