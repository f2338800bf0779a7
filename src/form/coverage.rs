//! The **coverage** of a form: what it has read of its worksheets, and what it has not.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::table::GatheredCell;
use crate::text::counted;

use super::definition::Form;
use super::source::FactSpot;
use super::tables::FiguresByYear;
use super::text;

/// What a form has read.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// Worksheets or rows.
    pub read: usize,
    pub cells: usize,
    /// Worksheets that the form does not read.
    pub passed_over: Vec<String>,
    /// Labels or headers that the form does not name, with the number of worksheets or rows that
    /// have them.
    pub unread: BTreeMap<Arc<str>, usize>,
    /// Other filled cells that were not read.
    pub stray: Vec<Place>,
    /// Private labels or headers that were found.
    pub private: usize,
    /// Totals that are the sums of their parts.
    pub totals: usize,
    pub figures: FiguresByYear,
    /// The number of paths in the plan that end above the lowest level, by the label of the level
    /// that they lack.
    pub short_ways: BTreeMap<String, usize>,
    /// Comments, and charts or pictures, that lie on the worksheets.
    pub objects: (u32, u32),
    /// Files in a format (.xls) in which hidden rows, strikethrough and comments cannot be found.
    pub silent: Vec<Arc<str>>,
}

impl Coverage {
    /// Counts the path in the plan that was read as `cell`, if it ends above the lowest level of
    /// `source`.
    pub fn count_way(&mut self, source: &FactSpot, cell: &GatheredCell) {
        if let Some(label) = text::lacking(source, cell) {
            *self.short_ways.entry(label.to_owned()).or_default() += 1;
        }
    }

    /// Reports what `form` has read, and what it has not. Reports nothing if nothing was read.
    pub fn tell(&self, form: &Form, is_list: bool, diagnostics: &mut Diagnostics) {
        if self.read == 0 {
            return;
        }
        let place = Place::file(form.file.clone());
        let (read, cells) = (self.read, counted(self.cells, "cell"));
        let ja_cells = self.cells;
        let mut parts = vec![match is_list {
            true => {
                let rows = counted(read, "row");
                message!(ja: "{read}行、{ja_cells}セルを読み取りました", en: "{rows}, {cells} read")
            }
            false => {
                let sheets = counted(read, "worksheet");
                message!(ja: "{read}シート、{ja_cells}セルを読み取りました", en: "{sheets}, {cells} read")
            }
        }];
        if !self.figures.is_empty() {
            let by_year = |unit: &str, between: &str| {
                let years = self.figures.iter().map(|(year, count)| format!("{year}{unit}{count}"));
                years.collect::<Vec<_>>().join(between)
            };
            let (ja, en) = (by_year("年度：", "、"), by_year(": ", ", "));
            parts.push(message!(ja: "年度別の数値の数（{ja}）", en: "figures by year ({en})"));
        }
        if self.totals > 0 {
            let (ja, en) = (self.totals, counted(self.totals, "total"));
            parts.push(message!(ja: "合計{ja}件を内訳と照合しました", en: "{en} checked"));
        }
        for (label, count) in &self.short_ways {
            let en = counted(*count, "plan path");
            parts.push(message!(
                ja: "計画の「{label}」がないもの{count}件（上位の項目に属します）",
                en: "{en} without `{label}` (the level above is taken)",
            ));
        }
        if !self.passed_over.is_empty() {
            let (ja, en) = listed(&self.passed_over);
            parts
                .push(message!(ja: "読み取らないシート：{ja}", en: "worksheets passed over: {en}"));
        }
        if self.private > 0 {
            let (ja, en) = (self.private, counted(self.private, "private label"));
            parts.push(message!(ja: "公開しない項目{ja}件", en: "{en}"));
        }
        let (comments, drawings) = self.objects;
        if comments > 0 {
            let en = counted(comments as usize, "comment");
            parts.push(message!(ja: "公開しないコメント{comments}件", en: "{en} not published"));
        }
        if drawings > 0 {
            let en = counted(drawings as usize, "drawing");
            parts.push(
                message!(ja: "公開しない図形・グラフ・画像{drawings}件", en: "{en} not published"),
            );
        }
        if !self.silent.is_empty() {
            let (ja, en) = (self.silent.len(), counted(self.silent.len(), "file"));
            parts.push(message!(
                ja: "{ja}個のファイルの形式（.xls）では、非表示の行や列、取り消し線、コメントを調べられません",
                en: "in {en} of a kind that does not tell (.xls), hidden rows and columns, strikethrough and comments are not checked",
            ));
        }
        diagnostics.push(Diagnostic::new(
            &diagnostic::FORM_READ,
            place.clone(),
            Message::joined(&parts),
        ));
        self.tell_unread(form, place, diagnostics);
    }

    /// Reports the labels and cells that were not read, in one diagnostic; at most five cells are
    /// named.
    fn tell_unread(&self, form: &Form, place: Place, diagnostics: &mut Diagnostics) {
        if self.unread.is_empty() && self.stray.is_empty() {
            return;
        }
        let read = self.read;
        let mut ja: Vec<String> = Vec::new();
        let mut en: Vec<String> = Vec::new();
        for (label, count) in &self.unread {
            match *count == read {
                true => {
                    ja.push(format!("「{label}」"));
                    en.push(format!("`{label}`"));
                }
                false => {
                    ja.push(format!("「{label}」（{read}シート中{count}シート）"));
                    en.push(format!("`{label}` (on {count} of {read})"));
                }
            }
        }
        const SHOWN: usize = 5;
        for place in self.stray.iter().take(SHOWN) {
            if let Place::Cell(cell) = place {
                let sheet =
                    cell.sheet.as_deref().map(|sheet| format!("{sheet}!")).unwrap_or_default();
                let name = cell.name();
                ja.push(format!("セル{sheet}{name}"));
                en.push(format!("cell {sheet}{name}"));
            }
        }
        if let Some(more) = self.stray.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            ja.push(format!("ほか{more}セル"));
            en.push(format!("{more} more cells"));
        }
        let (ja, en) = (ja.join("、"), en.join(", "));
        let problem = Diagnostic::new(
            &diagnostic::FORM_NOT_READ,
            place,
            message!(ja: "読み取っていない項目：{ja}", en: "not read: {en}"),
        );
        diagnostics.push(problem.with_help(match form.of_node {
            false => message!(
                ja: "公開する項目は「[measure]」か「[fields]」に、公開しない項目は「[private]」に書いてください",
                en: "name what is to be published in `[measure]` or `[fields]`, and what is not in `[private]`",
            ),
            true => message!(
                ja: "公開する値は「[[indicators]]」に、公開しない項目は「[private]」に書いてください",
                en: "name figures that are to be published in `[[indicators]]`, and what is not in `[private]`",
            ),
        }));
    }
}

/// The first ten of `names`, quoted and joined, and how many more there are; in Japanese and
/// English.
fn listed(names: &[String]) -> (String, String) {
    const SHOWN: usize = 10;
    let more = names.len().saturating_sub(SHOWN);
    let shown = &names[..names.len().min(SHOWN)];
    let quoted = |open: &str, close: &str, between: &str| {
        let names = shown.iter().map(|name| format!("{open}{name}{close}"));
        names.collect::<Vec<_>>().join(between)
    };
    let (mut ja, mut en) = (quoted("「", "」", ""), quoted("`", "`", ", "));
    if more > 0 {
        ja.push_str(&format!("ほか{more}シート"));
        en.push_str(&format!(" and {more} more"));
    }
    (ja, en)
}
