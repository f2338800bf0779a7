//! How the product speaks: rules of `CONTRIBUTING.md` for texts that a pattern can tell, over every
//! message and help of the source, the words of the pages, and the documents.
//!
//! Not in here: whether a text is right, or good (`tests/errors.rs` holds whole texts, which a
//! person reads).

#![allow(clippy::disallowed_methods, reason = "tests read what belongs to the repository")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use regex::Regex;

/// Where Japanese strings are not ours to write: the tables of phrase breaking, the names of a
/// standard, and the words that clerks write in cells and headers.
const NO_TEXTS: [&str; 6] = [
    "src/text",
    "src/accessibility/criteria.rs",
    "src/policy/figures.rs",
    "src/dataset/frequency.rs",
    "src/dataset/known.rs",
    "src/dataset/standard",
];

/// Labels that end like a verb or an adjective in the plain form.
const LABELS: [&str; 3] = ["高い", "低い", "はい"];

/// Turns of phrase that plain English has other words for.
const NOT_ENGLISH: [(&str, &str); 12] = [
    (r"\bmend(s|ed|ing)?\b", "fix, correct"),
    (r"\bthat there (is|are) not\b", "which does not exist, which is not a …"),
    (r"\bpossible are\b", "allowed values:"),
    (r"\bhas not the form\b", "does not match"),
    (r"\bbelongs? into\b", "belong in"),
    (r"\bit cannot be told\b", "it is not clear"),
    (r"\bthere stands?\b", "there is"),
    (r"\bby way of its\b", "through its"),
    (r"\bin vain\b", "without effect"),
    (r"\bno two alike\b", "unique"),
    (r"\bleads? nowhere\b", "names something that does not exist"),
    (r"\bwill not do\b", "is not supported"),
];

/// Words that an office writes otherwise.
const NOT_JAPANESE: [(&str, &str); 23] = [
    ("真偽値", "はい・いいえ"),
    ("物理名", "列名"),
    ("パース", "読み取り"),
    ("わから", "分から"),
    ("わかる", "分かる"),
    ("さがす", "探す"),
    ("さがせ", "探せ"),
    ("くらべ", "比べ、比較"),
    ("下さい", "ください"),
    ("出来", "でき"),
    ("全て", "すべて"),
    ("既に", "すでに"),
    ("又は", "または"),
    ("及び", "、"),
    ("無い", "ない"),
    ("フォルダ(?:[^ー]|$)", "フォルダー"),
    ("ブラウザ(?:[^ー]|$)", "ブラウザー"),
    ("エディタ(?:[^ー]|$)", "エディター"),
    ("サーバ(?:[^ー]|$)", "サーバー"),
    ("ユーザ(?:[^ー]|$)", "利用者"),
    ("メモリ(?:[^ー]|$)", "メモリー"),
    ("(?:二|三)(?:つ|か所|度)", "2つ、2か所、2回"),
    ("いくつもあ", "複数あ"),
];

#[test]
fn messages_in_japanese_are_polite_and_quote_as_an_office_does() {
    let mut wrong = Vec::new();
    for (place, text) in texts_of_the_source().into_iter().filter(|(_, text)| is_japanese(text)) {
        wrong
            .extend(faults_of_japanese(&text).into_iter().map(|fault| format!("{place}: {fault}")));
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

/// What parsers of TOML, scripts and templates say is theirs, and in English.
const OF_PARSERS: [&str; 4] =
    ["document/syntax", "theme/script", "theme/script-own", "theme/template"];

#[test]
fn no_message_in_japanese_quotes_by_backquotes() {
    // Put together at run time, as a list of values is, it is not seen in the source.
    let cases = root().join("tests/errors/cases");
    let mut wrong = Vec::new();
    let mut checked = 0;
    for entry in walkdir::WalkDir::new(&cases).sort_by_file_name() {
        let entry = entry.expect("the cases can be listed");
        let path = entry.path().strip_prefix(&cases).expect("walked from there");
        if !path.ends_with("ja.txt") || OF_PARSERS.iter().any(|case| path.starts_with(case)) {
            continue;
        }
        checked += 1;
        // Excerpts show the content as it is.
        let excerpt = regex(r"^ *[0-9]* *\|");
        for line in read(entry.path()).lines().filter(|line| !excerpt.is_match(line)) {
            if line.contains('`') {
                wrong.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(checked > 200, "only {checked} cases were read");
    assert!(wrong.is_empty(), "write 「…」 or 、:\n{}", wrong.join("\n"));
}

#[test]
fn messages_in_english_have_no_turns_of_their_own() {
    let mut wrong = Vec::new();
    for (place, text) in texts_of_the_source() {
        wrong.extend(faults_of_english(&text).into_iter().map(|fault| format!("{place}: {fault}")));
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_words_of_the_pages_keep_the_same_rules() {
    let mut wrong = Vec::new();
    for (language, faults) in
        [("ja", faults_of_words as fn(&str) -> Vec<String>), ("en", faults_of_english)]
    {
        let text = read(&root().join(format!("themes/default/words/{language}.toml")));
        let words: toml::Table = toml::from_str(&text).expect("the words are TOML");
        assert!(words.len() > 300, "only {} words", words.len());
        for (key, word) in &words {
            let word = word.as_str().expect("a word is a text");
            wrong
                .extend(faults(word).into_iter().map(|fault| format!("{language} {key}: {fault}")));
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_documents_keep_the_rules_of_words() {
    let mut wrong = Vec::new();
    for path in documents() {
        let text = read(&path);
        let name =
            path.strip_prefix(root()).expect("it is in the repository").display().to_string();
        // The list of messages holds those of rooms that are not yet written anew.
        for (number, line) in text.lines().enumerate() {
            let mut faults = faults_of_english(line);
            if name.starts_with("docs/ja") {
                faults.extend(unfit_words(line));
            }
            let place = format!("{name}:{}", number + 1);
            wrong.extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_rules_find_what_they_are_for() {
    for text in [
        "値が空である",
        "`id` が空です",
        "値を直す",
        "列がない",
        "書かれていた",
        "値がいくつもあります",
        "キーがありません",
        "読み取れません（UTF-8でない）",
        "別のIDにする。正しければ構いません",
    ] {
        assert!(!faults_of_japanese(text).is_empty(), "{text}");
    }
    for text in [
        "2行目の「施策ID」が空欄です",
        "「planning」の誤りではありませんか",
        "日付",
        "先に使われた場所",
        "「高い」か「低い」を入力してください",
        "行を区別する列の値が同じ行が2つ以上あります",
        "（空欄）",
        "前の年度：",
    ] {
        assert_eq!(faults_of_japanese(text), Vec::<String>::new(), "{text}");
    }
    assert!(!faults_of_english("mend the value").is_empty());
    assert!(faults_of_english("correct the value; recommended").is_empty());
}

/// What is wrong with the Japanese `text`.
fn faults_of_japanese(text: &str) -> Vec<String> {
    let mut faults = unfit_words(text);
    if text.contains('`') {
        faults.push(format!("backquotes in “{text}”: write 「…」"));
    }
    // What is quoted speaks as it likes.
    let own = regex("「[^」]*」").replace_all(text, "「」");
    let plain = regex("[うくぐすつぬぶむるいただ]$");
    let polite = regex("(です|ます|ました|でした|ください)$");
    for sentence in own.split(['。', '（', '）', '：', '\n']) {
        let sentence = sentence.trim().trim_end_matches(['」', '、', ';', '.', '"']);
        let is_label = LABELS.contains(&sentence);
        if plain.is_match(sentence) && !polite.is_match(sentence) && !is_label {
            faults.push(format!("plain form at the end of “{sentence}”"));
        }
    }
    faults
}

/// What is wrong with a word of the pages: a link may be called `一覧から探す`, a sentence is
/// polite.
fn faults_of_words(text: &str) -> Vec<String> {
    match text.rsplit_once('。') {
        Some((sentences, _)) => [faults_of_japanese(sentences), unfit_words(text)].concat(),
        None => unfit_words(text),
    }
}

fn unfit_words(text: &str) -> Vec<String> {
    let key = regex("(主|外部|Ctrl |C |ス)?キー(ワード|ボード|マ)?");
    let keys = key.captures_iter(text).filter(|found| found.get(1).or(found.get(2)).is_none());
    let mut faults: Vec<String> = keys.map(|_| format!("キー in “{text}”: write 項目")).collect();
    for (pattern, instead) in NOT_JAPANESE {
        if let Some(found) = regex(pattern).find(text) {
            faults.push(format!("{} in “{text}”: write {instead}", found.as_str()));
        }
    }
    faults
}

/// What is wrong with the English `text`.
fn faults_of_english(text: &str) -> Vec<String> {
    let found = |(pattern, instead): &(&str, &str)| {
        let found = regex(&format!("(?i){pattern}")).find(text)?.as_str().to_owned();
        Some(format!("{found} in “{text}”: write {instead}"))
    };
    NOT_ENGLISH.iter().filter_map(found).collect()
}

/// Is the text in Japanese, rather than in English about a word of Japanese?
fn is_japanese(text: &str) -> bool {
    let japanese = text.chars().filter(|c| matches!(c, 'ぁ'..='ヿ' | '一'..='龥')).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    text.contains(|c: char| matches!(c, 'ぁ'..='ん')) && 4 * japanese >= latin
}

/// The strings of the source, tests and comments left out, with the places where they begin.
fn texts_of_the_source() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in walkdir::WalkDir::new(root().join("src")).sort_by_file_name() {
        let path = entry.expect("the folder can be read").into_path();
        let name = path.strip_prefix(root()).expect("it is in the repository");
        let left_out = NO_TEXTS
            .iter()
            .any(|room| name.starts_with(room) || name == Path::new(&format!("{room}.rs")));
        if path.extension().is_none_or(|end| end != "rs") || left_out {
            continue;
        }
        let source = read(&path);
        let code = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        for (line, text) in strings(code) {
            texts.push((format!("{}:{line}", name.display()), text));
        }
    }
    assert!(texts.len() > 1000, "only {} texts were found", texts.len());
    texts
}

/// The string literals of Rust `code`, each with its line: escapes resolved as far as texts have
/// any.
fn strings(code: &str) -> Vec<(usize, String)> {
    // A comment, a raw string, a string, or a character (which may be a quotation mark).
    let token =
        r##"(?s)//[^\n]*|r#"(.*?)"#|r"([^"]*)"|"((?:[^"\\]|\\.)*)"|'(?:[^'\\\n]|\\.[^'\n]*)'"##;
    let found = regex(token);
    let broken = regex(r"\\\n\s*");
    found
        .captures_iter(code)
        .filter_map(|found| {
            let text = found.get(1).or(found.get(2)).or(found.get(3))?;
            let line = code[..text.start()].matches('\n').count() + 1;
            let whole = broken.replace_all(text.as_str(), "");
            Some((line, whole.replace("\\\"", "\"").replace("\\n", "\n")))
        })
        .collect()
}

fn documents() -> Vec<PathBuf> {
    let names = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"];
    let own = names.iter().map(|name| root().join(name)).filter(|path| path.is_file());
    let mut documents: Vec<PathBuf> = own.collect();
    for entry in walkdir::WalkDir::new(root().join("docs")).sort_by_file_name() {
        let path = entry.expect("the folder can be read").into_path();
        if path.extension().is_some_and(|end| end == "md") {
            documents.push(path);
        }
    }
    assert!(documents.len() > 8, "only {} documents", documents.len());
    documents
}

/// The pattern, compiled once however often it is asked for.
fn regex(pattern: &str) -> Regex {
    static COMPILED: LazyLock<Mutex<BTreeMap<String, Regex>>> = LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().expect("no test has panicked in here");
    let new = || Regex::new(pattern).expect("a pattern of this test");
    compiled.entry(pattern.to_owned()).or_insert_with(new).clone()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file of the repository")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
