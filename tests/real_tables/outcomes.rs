//! What becomes of **every** table among the real data: read, with so many rows and columns, or
//! refused, with what and where; and why, in the words of a person who has opened the file.
//!
//! `outcomes.tsv` has a line for each file. `KAWARABAN_BLESS=1` writes all of it anew but for the
//! last column, for a person to read, and to explain, before it is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kawaraban::config::Selection;
use kawaraban::dataset;
use kawaraban::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use kawaraban::source::Sources;

use crate::support::{root, shared_data};
use crate::tables_below;

/// The folders whose tables are looked at.
const FOLDERS: [&str; 6] = [
    "csv-spectrum",
    "csvlint-fixtures",
    "jimujigyo",
    "localgovjp",
    "messytables-horror",
    "takamatsu",
];

const HEADER: &str = "file\toutcome\trows\tcolumns\tsaid\twhy";

/// The file as the table of a dataset of which nothing is declared: outcome, rows, columns, and
/// what is said, each code with how often and where first.
fn outcome(path: &Path) -> String {
    let ending = path.extension().expect("a table has an ending").to_string_lossy();
    let name = format!("content/datasets/d/d.{ending}");
    let bytes = std::fs::read(path).expect("a readable file");
    let toml = "title = \"試験\"\ndescription = \"試験の表。\"\n";
    let sources = Sources::from_memory([
        ("content/datasets/d/dataset.toml", toml.as_bytes()),
        (name.as_str(), bytes.as_slice()),
    ]);
    let mut diagnostics = Diagnostics::new();
    let datasets = dataset::read(&sources, Selection::default(), &mut Vec::new(), &mut diagnostics);
    let has_errors = diagnostics.has_errors();
    let read = datasets.first().filter(|_| !has_errors);
    assert!(read.is_some() || has_errors, "{}: lost without a word", path.display());
    let size = read.map(|dataset| (dataset.rows.len(), dataset.columns.len()));
    let (rows, columns) = size.unwrap_or_default();
    let word = if has_errors { "refused" } else { "read" };
    format!("{word}\t{rows}\t{columns}\t{}", said(diagnostics.sorted()))
}

/// `table::total-row C4; 3 table::spaces A2`: errors first, then warnings; of notices those on more
/// than the columns.
fn said(found: Vec<Diagnostic>) -> String {
    let mut counts: BTreeMap<(Severity, &str), (usize, String)> = BTreeMap::new();
    for problem in found {
        let only_columns = problem.message.en.starts_with("without `[[columns]]`");
        if problem.severity() == Severity::Notice && only_columns {
            continue;
        }
        let place = match &problem.place {
            Place::Cell(cell) => cell.name(),
            _ => String::new(),
        };
        let key = (problem.severity(), problem.code.id);
        counts.entry(key).or_insert((0, place)).0 += 1;
    }
    let each = counts.into_iter().map(|((_, code), (count, place))| {
        let count = if count > 1 { format!("{count} ") } else { String::new() };
        let place = if place.is_empty() { String::new() } else { format!(" {place}") };
        format!("{count}{code}{place}")
    });
    each.collect::<Vec<_>>().join("; ")
}

#[test]
fn every_real_table_is_read_or_refused_for_a_reason() {
    let file = root().join("tests/real_tables/outcomes.tsv");
    let stored = std::fs::read_to_string(&file).unwrap_or_default();
    let reasons: BTreeMap<&str, &str> = stored
        .lines()
        .skip(1)
        .filter_map(|line| Some((line.split('\t').next()?, line.rsplit('\t').next()?)))
        .collect();
    let mut lines = vec![HEADER.to_owned()];
    let mut unexplained = BTreeSet::new();
    for name in FOLDERS {
        let Some(folder) = shared_data(name) else { return };
        for path in tables_below(&folder) {
            let below = path.strip_prefix(&folder).expect("below it").to_string_lossy();
            let name = format!("{name}/{below}");
            let why = reasons.get(name.as_str()).copied().unwrap_or_default();
            let outcome = outcome(&path);
            if outcome.starts_with("refused") && why.is_empty() {
                unexplained.insert(name.clone());
            }
            lines.push(format!("{name}\t{outcome}\t{why}"));
        }
    }
    let found = lines.join("\n") + "\n";
    if std::env::var_os("KAWARABAN_BLESS").is_some() {
        std::fs::write(&file, &found).expect("the file can be written to");
        return;
    }
    assert_eq!(unexplained, BTreeSet::new(), "refused without a reason in {}", file.display());
    let differ = |(new, old): &(&str, &str)| new != old;
    let different: Vec<_> = found.lines().zip(stored.lines()).filter(differ).collect();
    assert!(found == stored, "{different:#?}");
}
