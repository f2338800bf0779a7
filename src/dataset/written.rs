//! `dataset.toml` as **written**: the values of its keys, with the columns not yet bound to a
//! table.
//!
//! Not in here: a single column (`columns`), and rules for the declaration as a whole
//! (`declaration`).

use crate::calendar::Date;
use crate::config::{Licence, PublicPeriod};
use crate::diagnostic::{self, Located};
use crate::document::Keys;
use crate::message;
use crate::table::{Declaration, Sheets};
use crate::text::{Id, Localized};

use super::Period;
use super::background::{Background, read_background};
use super::chart::chart_keys;
use super::columns::{WrittenColumn, read_column};
use super::references::{WrittenForeignKey, read_foreign_key};

/// The contents of `dataset.toml`.
pub(super) struct DatasetFile {
    pub title: Localized,
    pub description: Localized,
    pub file: Option<Located<String>>,
    /// How the table is to be read.
    pub declaration: Declaration,
    pub licence: Option<Licence>,
    pub department: Option<Located<Id>>,
    pub topics: Vec<Located<Id>>,
    pub keywords: Vec<String>,
    pub period: Option<Period>,
    pub series: Option<Located<Id>>,
    pub conforms_to: Option<Located<Id>>,
    pub background: Background,
    pub update_frequency: Option<String>,
    pub period_of_publication: PublicPeriod,
    pub updated: Option<Date>,
    pub primary_key: Vec<Located<String>>,
    pub foreign_keys: Vec<WrittenForeignKey>,
    pub columns: Vec<WrittenColumn>,
    /// Does it declare how the dataset is drawn?
    pub has_chart: bool,
}

/// Reads all keys of `dataset.toml`. Every problem is reported. `None` if the title or the
/// description is missing or wrong. Foreign keys and columns with errors are left out.
pub(super) fn read_keys(keys: &mut Keys<'_>) -> Option<DatasetFile> {
    let title = keys.required_localized("title");
    let description = keys.required_localized("description");
    let file = keys.located_text("file");
    let sheet = keys.located_text("sheet");
    let licence = keys.choice("licence", &Licence::CHOICES);
    let department = keys.id("department");
    let topics = keys.ids("topics");
    let keywords = keys.texts("keywords").into_iter().map(|word| word.value).collect();
    let period = keys.table("period", |keys| {
        let period = Period { start: keys.date("start"), end: keys.date("end") };
        if period.start.zip(period.end).is_some_and(|(start, end)| start > end) {
            keys.problem(
                &diagnostic::POLICY_PERIOD,
                "end",
                message!(ja: "期間の終わりが始まりより前になっています", en: "the period ends before it begins"),
                message!(ja: "「start」（開始日）と「end」（終了日）を確認してください", en: "check `start` and `end`"),
            );
        }
        period
    });
    let series = keys.id("series");
    let conforms_to = keys.id("conforms_to");
    let background = read_background(keys);
    let update_frequency = keys.text("update_frequency");
    let published = keys.date("published");
    let expires = keys.date("expires");
    let updated = keys.date("updated");
    let primary_key = keys.texts("primary_key");
    let mut declaration = Declaration::read_keys(keys, "dataset.toml");
    if let (None, Some(sheet)) = (&declaration.sheets, sheet) {
        declaration.sheets = Some(Sheets::Named(vec![sheet]));
    }
    // The texts that stand for a missing value are kept by column. Columns without texts of their
    // own take over those of the table.
    let missing = std::mem::take(&mut declaration.missing);
    let foreign_keys = keys.tables("foreign_keys", read_foreign_key);
    let draft = keys.flag("draft");
    let has_chart = keys.read_later("chart", chart_keys);
    let mut seen: Vec<String> = Vec::new();
    let mut columns = keys.tables("columns", |keys| read_column(keys, &mut seen));
    for column in columns.iter_mut().flatten() {
        column.own_missing = !column.column.missing.is_empty();
        if !column.own_missing {
            column.column.missing.clone_from(&missing);
        }
    }
    Some(DatasetFile {
        title: title?,
        description: description?,
        file,
        declaration,
        licence,
        department,
        topics,
        keywords,
        period,
        series,
        conforms_to,
        background,
        update_frequency,
        period_of_publication: PublicPeriod { draft, published, expires },
        updated,
        primary_key,
        foreign_keys: foreign_keys.into_iter().flatten().collect(),
        columns: columns.into_iter().flatten().collect(),
        has_chart,
    })
}
