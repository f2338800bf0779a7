//! The **keys** of one TOML table, requested by name and type.

mod later;
mod recording;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{
    self, Code, Diagnostic, Diagnostics, FactKind, Located, Message, Place, Position, Provenance,
    SourcedFact,
};
use crate::message;
use crate::text::nearest;

use super::shape::{Shape, ValueShape};

/// The keys of one table. Problems are added to the diagnostics of the document.
pub struct Keys<'d> {
    file: Arc<str>,
    offset: usize,
    table: &'d DeTable<'d>,
    /// The place at which a missing key is reported: the table's header, or the beginning of the
    /// file.
    head: Range<usize>,
    /// Names of the enclosing tables, for messages: `measures.result`.
    path: Vec<&'static str>,
    asked: BTreeSet<String>,
    /// Required keys that are absent. They are reported at the end, when it is known which of them
    /// are only misspelt.
    absent: Vec<String>,
    /// The text that the document was read from.
    text: &'d str,
    /// The first byte of each of its lines.
    lines: Arc<[usize]>,
    /// The facts that were requested and not taken yet.
    sourced: Vec<SourcedFact>,
    /// What was requested, if that is what the document is read for.
    shape: Option<Shape>,
    diagnostics: &'d mut Diagnostics,
}

/// A value and its byte range in the file.
pub(super) type SpannedValue<'d> = (&'d DeValue<'d>, Range<usize>);

impl<'d> Keys<'d> {
    /// The keys of the top-level table of a document, whose `text` begins at the byte `offset` of
    /// `file`.
    pub(super) fn new(
        file: Arc<str>,
        (offset, text): (usize, &'d str),
        table: &'d DeTable<'d>,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        let after_break = text.match_indices('\n').map(|(end, _)| end + 1);
        Self {
            file,
            offset,
            table,
            head: offset..offset,
            path: Vec::new(),
            asked: BTreeSet::new(),
            absent: Vec::new(),
            text,
            lines: [0].into_iter().chain(after_break).collect(),
            sourced: Vec::new(),
            shape: None,
            diagnostics,
        }
    }

    /// Returns the places of all values that were requested since the last call, including those in
    /// nested tables. Lines are counted from the beginning of the document.
    pub fn provenance(&mut self) -> Provenance {
        self.sourced.drain(..).collect()
    }

    /// Records the place of the value of `key`, which begins at the byte `start` of the document.
    fn note(&mut self, key: &str, start: usize) {
        let line = self.lines.partition_point(|first| *first <= start) - 1;
        let before = &self.text[self.lines[line]..start];
        let counted = |number: usize| u32::try_from(number + 1).unwrap_or(u32::MAX);
        let kind = FactKind { fact: key.into(), file: self.file.clone(), sheet: None };
        self.sourced.push(SourcedFact {
            kind: kind.into(),
            position: Position::Text {
                line: counted(line),
                column: counted(before.chars().count()),
            },
        });
    }

    /// The place at which the table begins.
    pub fn place(&self) -> Place {
        Place::text(self.file.clone(), self.head.clone())
    }

    /// Does the table have the key? Does not count as requesting it. If shapes are recorded, every
    /// key counts as present.
    pub fn has(&self, key: &str) -> bool {
        self.shape.is_some() || self.table.contains_key(key)
    }

    /// The keys that the table has.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.table.iter().map(|(key, _)| key.get_ref().as_ref())
    }

    /// Reads the table `key` with `read`; `None` if it is absent or not a table.
    pub fn table<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Keys<'_>) -> T,
    ) -> Option<T> {
        if self.shape.is_some() {
            let (value, shape) = self.shape_below(key, read)?;
            self.record(key, || ValueShape::Table(shape));
            return Some(value);
        }
        let (value, range) = self.value(key)?;
        let DeValue::Table(table) = value else {
            self.wrong_type(
                key,
                value,
                range,
                message!(ja: "項目のまとまり", en: "a table"),
                "[{key}]",
            );
            return None;
        };
        Some(self.below(key, table, range, read))
    }

    /// Reads each table of the array `key` with `read`, in order; empty if the key is absent.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Keys<'_>) -> T,
    ) -> Vec<T> {
        if let Some((value, shape)) = self.shape_below(key, &mut read) {
            self.record(key, || ValueShape::List(Box::new(ValueShape::Table(shape))));
            return vec![value];
        }
        let wanted = message!(ja: "項目のまとまりの一覧", en: "a list of tables");
        let mut found = Vec::new();
        for (item, range) in self.items(key, wanted, "[[{key}]]") {
            match item {
                DeValue::Table(table) => found.push(self.below(key, table, range, &mut read)),
                other => {
                    self.wrong_type(
                        key,
                        other,
                        range,
                        message!(ja: "項目のまとまり", en: "a table"),
                        "[[{key}]]",
                    );
                }
            }
        }
        found
    }

    /// Reads each table in the table `key`, whose names the content chooses: `[measure]` with
    /// `title = { … }`. In the order in which they are written; empty if the key is absent.
    pub fn named_tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(Located<String>, &mut Keys<'_>) -> T,
    ) -> Vec<T> {
        let name = Located::new(String::new(), self.place());
        if let Some((value, shape)) = self.shape_below(key, |keys| read(name, keys)) {
            self.record(key, || ValueShape::Named(Box::new(ValueShape::Table(shape))));
            return vec![value];
        }
        let mut found = Vec::new();
        for (name, value, range) in self.named(key, "[{key}]") {
            match value {
                DeValue::Table(table) => {
                    found.push(self.below(key, table, range, |keys| read(name, keys)));
                }
                other => {
                    let wanted = message!(ja: "項目のまとまり", en: "a table");
                    let written = name.value.clone();
                    self.wrong_type(&written, other, range, wanted, "{key} = { … }");
                }
            }
        }
        found
    }

    /// Reads the texts in the table `key`, whose names the content chooses: `map = { "Ａ" = "met"
    /// }`. In the order in which they are written; empty if the key is absent.
    pub fn named_texts(&mut self, key: &'static str) -> Vec<(Located<String>, Located<String>)> {
        self.record(key, || ValueShape::Named(Box::new(ValueShape::Text)));
        let mut found = Vec::new();
        for (name, value, range) in self.named(key, "{key} = { \"…\" = \"…\" }") {
            match value {
                DeValue::String(text) if !text.trim().is_empty() => {
                    found.push((name, self.located(text.trim().to_owned(), range)));
                }
                DeValue::String(_) => self.empty(key, range),
                other => {
                    let wanted = message!(ja: "文字", en: "a string");
                    self.wrong_type(key, other, range, wanted, "{key} = { \"…\" = \"…\" }");
                }
            }
        }
        found
    }

    /// Reads a list of lists of texts; a text that is not in a list counts as a list of one. Empty
    /// if the key is absent.
    pub fn text_lists(&mut self, key: &str) -> Vec<Vec<Located<String>>> {
        self.record(key, || ValueShape::List(Box::new(ValueShape::Any)));
        let wanted = message!(ja: "文字の一覧の一覧", en: "a list of lists of strings");
        let mut found = Vec::new();
        for (item, range) in self.items(key, wanted, "{key} = [[\"…\", \"…\"], [\"…\"]]") {
            let mut list = Vec::new();
            let texts: Vec<SpannedValue<'_>> = match item {
                DeValue::Array(array) => {
                    array.iter().map(|item| (item.get_ref(), self.range_of(item.span()))).collect()
                }
                _ => vec![(item, range)],
            };
            for (text, range) in texts {
                match text {
                    DeValue::String(text) if !text.trim().is_empty() => {
                        list.push(self.located(text.trim().to_owned(), range));
                    }
                    other => {
                        let wanted = message!(ja: "文字", en: "a string");
                        self.wrong_type(key, other, range, wanted, "{key} = [[\"…\"]]");
                    }
                }
            }
            found.push(list);
        }
        found
    }

    /// Is the value of `key` a text? Does not count as requesting it.
    pub fn is_text(&mut self, key: &str) -> bool {
        self.record(key, || ValueShape::Text);
        self.table.get(key).is_some_and(|value| matches!(value.get_ref(), DeValue::String(_)))
    }

    /// Is the value of `key` a list? Does not count as requesting it.
    pub fn is_list(&mut self, key: &str) -> bool {
        self.record(key, || ValueShape::List(Box::new(ValueShape::Text)));
        self.table.get(key).is_some_and(|value| matches!(value.get_ref(), DeValue::Array(_)))
    }

    /// The names and values of the table `key`, in the order in which they are written.
    pub(super) fn named(
        &mut self,
        key: &str,
        example: &str,
    ) -> Vec<(Located<String>, &'d DeValue<'d>, Range<usize>)> {
        let Some((value, range)) = self.value(key) else { return Vec::new() };
        let DeValue::Table(table) = value else {
            let wanted = message!(ja: "項目のまとまり", en: "a table");
            self.wrong_type(key, value, range, wanted, example);
            return Vec::new();
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let entry = |(name, value): (
            &toml::Spanned<std::borrow::Cow<'_, str>>,
            &'d toml::Spanned<DeValue<'d>>,
        )| {
            let place = self.range_of(name.span());
            let name = self.located(name.get_ref().trim().to_owned(), place);
            (name, value.get_ref(), self.range_of(value.span()))
        };
        entries.into_iter().map(entry).collect()
    }

    /// Counts `key` as requested, so that it is not reported as unknown.
    pub fn ask(&mut self, key: &str) {
        self.asked.insert(key.to_owned());
        if let Some(shape) = &mut self.shape {
            shape.ask(key);
        }
    }

    /// Reports a problem that is not at a single value.
    pub fn push(&mut self, problem: Diagnostic) {
        self.diagnostics.push(problem);
    }

    /// Reports a problem at the value of `key`.
    pub fn problem(&mut self, code: &'static Code, key: &str, message: Message, help: Message) {
        let place = self.place_of(key);
        self.diagnostics.push(Diagnostic::new(code, place, message).with_help(help));
    }

    /// The place of the value of `key`; the beginning of the table if the key is absent.
    pub fn place_of(&self, key: &str) -> Place {
        match self.table.get(key) {
            Some(value) => Place::text(self.file.clone(), self.range_of(value.span())),
            None => self.place(),
        }
    }

    /// Records that the required `key` is absent. Returns `None`, for use with `?`.
    pub fn missing<T>(&mut self, key: &str) -> Option<T> {
        self.record_required(key);
        self.absent.push(key.to_owned());
        None
    }

    /// Reports every key that was not requested, and the required keys that are absent. A misspelt
    /// required key is reported once, where it is written.
    pub(super) fn finish(mut self) {
        let known: Vec<&str> = self.asked.iter().map(String::as_str).collect();
        for (key, _) in self.table.iter() {
            let written = key.get_ref().as_ref();
            if self.asked.contains(written) {
                continue;
            }
            let name = readable_path(&self.path, written);
            let range = key.span().start + self.offset..key.span().end + self.offset;
            let problem = Diagnostic::new(
                &diagnostic::DOCUMENT_UNKNOWN_KEY,
                Place::text(self.file.clone(), range),
                message!(ja: "「{name}」という項目はありません", en: "unknown key `{name}`"),
            );
            let help = match nearest(written, known.iter().copied()) {
                Some(near) => {
                    self.absent.retain(|absent| absent != near);
                    Message::did_you_mean(near)
                }
                None => {
                    let Message { ja, en } = Message::list(&known);
                    message!(ja: "ここで使える項目：{ja}", en: "keys allowed here: {en}")
                }
            };
            self.diagnostics.push(problem.with_help(help));
        }
        for key in &self.absent {
            let name = self.name(key);
            let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            let key = if key.chars().all(bare) { key.clone() } else { format!("\"{key}\"") };
            self.diagnostics.push(
                Diagnostic::new(
                    &diagnostic::DOCUMENT_MISSING_KEY,
                    self.place(),
                    message!(ja: "「{name}」の項目がありません", en: "the key `{name}` is missing"),
                )
                .with_help(message!(ja: "「{key} = …」を追加してください", en: "add `{key} = …`")),
            );
        }
    }

    /// The value of `key` and its range; `None` if the key is absent. Counts as requesting it.
    pub(super) fn value(&mut self, key: &str) -> Option<SpannedValue<'d>> {
        self.asked.insert(key.to_owned());
        if let Some(shape) = &mut self.shape {
            shape.ask(key);
        }
        let value = self.table.get(key)?;
        if !holds_tables(value.get_ref()) {
            self.note(key, value.span().start);
        }
        Some((value.get_ref(), self.range_of(value.span())))
    }

    /// The items of the array `key`; empty if the key is absent or has another type.
    pub(super) fn items(
        &mut self,
        key: &str,
        wanted: Message,
        example: &str,
    ) -> Vec<SpannedValue<'d>> {
        let Some((value, range)) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value else {
            self.wrong_type(key, value, range, wanted, example);
            return Vec::new();
        };
        array.iter().map(|item| (item.get_ref(), self.range_of(item.span()))).collect()
    }

    /// Reports that `value`, at `range`, has the wrong type for `key`: `wanted` describes the right
    /// one, and `example` shows how to write it, with `{key}` for the key.
    pub(super) fn wrong_type(
        &mut self,
        key: &str,
        value: &DeValue<'_>,
        range: Range<usize>,
        wanted: Message,
        example: &str,
    ) {
        let (name, found) = (self.name(key), kind(value));
        let problem = Diagnostic::new(
            &diagnostic::DOCUMENT_TYPE,
            Place::text(self.file.clone(), range),
            Message::new(
                format!("「{name}」には{}が必要ですが、{}が記入されています", wanted.ja, found.ja),
                format!("`{name}` must be {}, not {}", wanted.en, found.en),
            ),
        );
        let example = example.replace("{key}", key);
        self.diagnostics.push(problem.with_help(message!(
            ja: "「{example}」のように記入してください",
            en: "write it as `{example}`",
        )));
    }

    pub(super) fn report(
        &mut self,
        code: &'static Code,
        range: Range<usize>,
        message: Message,
        help: Option<Message>,
    ) {
        let mut problem = Diagnostic::new(code, Place::text(self.file.clone(), range), message);
        problem.help = help;
        self.diagnostics.push(problem);
    }

    pub(super) fn located<T>(&self, value: T, range: Range<usize>) -> Located<T> {
        Located::new(value, Place::text(self.file.clone(), range))
    }

    /// The name of `key` with the names of the enclosing tables.
    pub(super) fn name(&self, key: &str) -> String {
        readable_path(&self.path, key)
    }

    /// Converts a range of the document to one of its file.
    pub(super) fn range_of(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    /// Reads the nested table `table`, called `key`, with `read`, and reports its unknown and
    /// missing keys. Places of values that `read` has not taken are added to those of this table.
    pub(super) fn below<T>(
        &mut self,
        key: &'static str,
        table: &'d DeTable<'d>,
        range: Range<usize>,
        read: impl FnOnce(&mut Keys<'_>) -> T,
    ) -> T {
        let mut path = self.path.clone();
        path.push(key);
        let mut keys = Keys {
            file: self.file.clone(),
            offset: self.offset,
            table,
            head: range,
            path,
            asked: BTreeSet::new(),
            absent: Vec::new(),
            text: self.text,
            lines: self.lines.clone(),
            sourced: Vec::new(),
            shape: None,
            diagnostics: self.diagnostics,
        };
        let value = read(&mut keys);
        let not_taken = std::mem::take(&mut keys.sourced);
        keys.finish();
        self.sourced.extend(not_taken);
        value
    }
}

/// Is it a table, or a list of tables?
fn holds_tables(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(_) => true,
        DeValue::Array(items) => {
            items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_)))
        }
        _ => false,
    }
}

/// The type of a value, for messages.
fn kind(value: &DeValue<'_>) -> Message {
    match value {
        DeValue::String(_) => message!(ja: "文字", en: "a string"),
        DeValue::Integer(_) => message!(ja: "整数", en: "an integer"),
        DeValue::Float(_) => message!(ja: "小数", en: "a decimal number"),
        DeValue::Boolean(_) => message!(ja: "「true」か「false」", en: "true or false"),
        DeValue::Datetime(_) => message!(ja: "日付か時刻", en: "a date or time"),
        DeValue::Array(_) => message!(ja: "「[…]」の一覧", en: "a list"),
        DeValue::Table(_) => message!(ja: "項目のまとまり", en: "a table"),
    }
}

/// The key with the enclosing tables: `measures.result.rating`.
fn readable_path(path: &[&str], key: &str) -> String {
    path.iter().copied().chain([key]).collect::<Vec<_>>().join(".")
}
