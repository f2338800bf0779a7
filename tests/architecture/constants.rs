//! **Constants** that the program and the scripts of the pages share. Those that depend on a site
//! travel in its manifests. These belong to the algorithms themselves, and are written in both.

use std::fs;

/// Script, its constant, source file, its constant.
const SHARED: [[&str; 4]; 33] = [
    ["search/frame.js", "MAGIC", "artifact/frame.rs", "MAGIC"],
    ["search/files.js", "FORMAT", "search/export.rs", "FORMAT"],
    ["search/index.js", "PAGE", "search/shards.rs", "PAGE"],
    ["search/plan.js", "FEW", "search/plan.rs", "FEW"],
    ["search/plan.js", "LONGEST_WORD", "search/plan.rs", "LONGEST_WORD"],
    ["search/loose.js", "SHARE", "search/loose.rs", "SHARE"],
    ["search/plan.js", "SHARE", "search/readings.rs", "SHARE"],
    ["search/plan.js", "VARIANTS", "search/plan.rs", "VARIANTS"],
    ["search/plan.js", "WORDS", "search/readings.rs", "WORDS"],
    ["search/plan.js", "STAYS", "search/readings.rs", "STAYS"],
    ["search/plan.js", "LONGEST_KANA", "search/readings.rs", "LONGEST"],
    ["search/score.js", "B", "search/best.rs", "B"],
    ["search/score.js", "LARGE", "search/postings.rs", "LARGE"],
    ["search/score.js", "TITLE", "search/fields.rs", "TITLE"],
    ["search/score.js", "BODY", "search/fields.rs", "BODY"],
    ["search/score.js", "KANJI", "search/fields.rs", "KANJI"],
    ["search/score.js", "YEAR", "search/fields.rs", "YEAR"],
    ["search/score.js", "WORD", "search/fields.rs", "WORD"],
    ["search/worth.js", "INSIDE", "search/queries.rs", "INSIDE"],
    ["search/worth.js", "VARIANT", "search/queries.rs", "VARIANT"],
    ["search/worth.js", "THERE", "search/queries.rs", "THERE"],
    ["search/worth.js", "SAID", "search/queries.rs", "SAID"],
    ["search/worth.js", "BESIDE", "search/queries.rs", "BESIDE"],
    ["search/worth.js", "FOLLOWS", "search/nearness.rs", "FOLLOWS"],
    ["search/worth.js", "NEAR", "search/nearness.rs", "NEAR"],
    ["search/worth.js", "HALF", "search/nearness.rs", "HALF"],
    ["search/worth.js", "FAR", "search/nearness.rs", "FAR"],
    ["search/worth.js", "COMMON", "search/postings.rs", "COMMON"],
    ["search/slips.js", "MOST", "search/words.rs", "MOST"],
    ["search/suggest.js", "SUGGESTED", "search/suggestions.rs", "SUGGESTED"],
    ["search/suggest.js", "HALF", "search/suggestions.rs", "HALF"],
    ["search/suggest.js", "FAR", "search/suggestions.rs", "FAR"],
    ["table/files.js", "FORMAT", "catalog/tables.rs", "FORMAT"],
];

#[test]
fn shared_constants_are_equal() {
    for [script, name, source, own] in SHARED {
        let of_script = value(&format!("themes/default/assets/{script}"), name);
        let of_source = value(&format!("src/{source}"), own);
        assert_eq!(of_script, of_source, "{name} of {script} and {own} of {source}");
    }
}

/// The value of the constant `name`, without what only one of the languages writes: types, rounding
/// to single precision, quotation marks, a decimal point before a zero.
fn value(path: &str, name: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let defines = |line: &&str| {
        let after = line.split_once("const ").map(|(_, after)| after);
        after
            .and_then(|after| after.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with([':', ' ']))
    };
    let line = text.lines().find(defines).unwrap_or_else(|| panic!("{path} has no {name}"));
    let (_, value) = line.split_once(" = ").expect("a constant has a value");
    let value = value.trim_end_matches(';').replace("Math.fround", "").replace("f32", "");
    let value = value.trim_start_matches(['b', '(', '"', '\'']).trim_end_matches([')', '"', '\'']);
    value.trim_end_matches(".0").replace('_', "")
}
