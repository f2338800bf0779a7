//! Reads the **fields** of one row by name and type. A wrong cell is reported and then reads as a
//! blank one.

use crate::calendar::{Date, DateProblem, FiscalYear};
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Located, Message, Place, Provenance};
use crate::document::id_rule;
use crate::message;
use crate::text::{Decimal, Id, Localized, nearest};

use super::header::{matching_form, shortened};
use super::noted::Noted;
use super::{
    BoundTable, CellReader, ColumnMeaning, Status, Unit, no_value_help, not_a_number_help,
};

/// One row of a bound table.
pub struct RowFields<'d, 't> {
    bound: &'d BoundTable<'t>,
    cells: &'d mut CellReader<'t>,
    row: usize,
    noted: &'d mut Noted,
    diagnostics: &'d mut Diagnostics,
}

impl<'d, 't> RowFields<'d, 't> {
    pub(super) fn new(
        bound: &'d BoundTable<'t>,
        (cells, noted): (&'d mut CellReader<'t>, &'d mut Noted),
        row: usize,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        Self { bound, cells, noted, row, diagnostics }
    }

    /// Returns the places of all facts that were read since the last call.
    pub fn provenance(&mut self) -> Provenance {
        self.noted.take()
    }

    /// Place of the row.
    pub fn place(&self) -> Place {
        self.bound.table().row_place(self.row)
    }

    /// Reports a problem with the cell of `name`.
    pub fn problem(&mut self, code: &'static Code, name: &str, message: Message, help: Message) {
        let place = self.cell_place(name);
        self.diagnostics.push(Diagnostic::new(code, place, message).with_help(help));
    }

    /// Reports a problem with the whole column of `name`.
    pub fn problem_of_column(
        &mut self,
        code: &'static Code,
        name: &str,
        message: Message,
        help: Message,
    ) {
        let column = self.bound.column(name);
        let place = column.map_or_else(|| self.place(), |c| self.bound.table().header_place(c));
        self.diagnostics.push(Diagnostic::new(code, place, message).with_help(help));
    }

    /// The header of the column `name`; `name` itself where the table does not have it.
    pub fn header<'n>(&self, name: &'n str) -> &'n str
    where
        't: 'n,
    {
        self.bound.column(name).map_or(name, |column| self.bound.table().column_name(column))
    }

    /// In the first row, the unit that the table gives for the column `name`; `None` in all other
    /// rows.
    pub fn unit_of_first(&self, name: &str) -> Option<&'t str> {
        let column = self.bound.column(name).filter(|_| self.row == 0)?;
        self.bound.table().unit(column)
    }

    /// A text, with LF line ends; `None` for a blank cell.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.read(name, ColumnMeaning::Text)
    }

    /// A text with its place.
    pub fn located_text(&mut self, name: &str) -> Option<Located<String>> {
        let text = self.read(name, ColumnMeaning::Text)?;
        Some(Located::new(text, self.cell_place(name)))
    }

    /// A text that must not be blank.
    pub fn required_text(&mut self, name: &str) -> Option<String> {
        if self.is_blank(name) { self.missing(name) } else { self.text(name) }
    }

    /// A text that must not be blank, with its place.
    pub fn required_located_text(&mut self, name: &str) -> Option<Located<String>> {
        if self.is_blank(name) { self.missing(name) } else { self.located_text(name) }
    }

    /// A text and its translation in the column `<name>_en`.
    pub fn localized(&mut self, name: &str) -> Option<Localized> {
        let en = self.text(&format!("{name}_en"));
        match (self.text(name), en) {
            (Some(own), en) => Some(Localized { own, en, plain: false }),
            (None, Some(_)) => self.missing(name),
            (None, None) => None,
        }
    }

    /// A text of paragraphs, and its translation. It is plain text, in which `*` and `#` have no
    /// meaning and lines stay separate, unless the table's declaration has `text = "markdown"`.
    pub fn paragraphs(&mut self, name: &str) -> Option<Localized> {
        let plain = !self.bound.table().is_markdown();
        self.localized(name).map(|text| Localized { plain, ..text })
    }

    /// A text of paragraphs without translation.
    pub fn paragraphs_in_own_language(&mut self, name: &str) -> Option<Localized> {
        let plain = !self.bound.table().is_markdown();
        self.text(name).map(|own| Localized { own, en: None, plain })
    }

    /// A text that must not be blank, and its translation.
    pub fn required_localized(&mut self, name: &str) -> Option<Localized> {
        let en = self.text(&format!("{name}_en"));
        Some(Localized { own: self.required_text(name)?, en, plain: false })
    }

    /// An id that must not be blank.
    pub fn required_id(&mut self, name: &str) -> Option<Located<Id>> {
        if self.is_blank(name) { self.missing(name) } else { self.id(name) }
    }

    /// An id.
    pub fn id(&mut self, name: &str) -> Option<Located<Id>> {
        let text = self.read(name, ColumnMeaning::Code)?;
        let text = Located::new(text, self.cell_place(name));
        self.parse_id(name, text)
    }

    /// A code: text, though it may look like a number.
    pub fn code(&mut self, name: &str) -> Option<String> {
        self.read(name, ColumnMeaning::Code)
    }

    /// An absolute URL with the scheme `https` or `http`.
    pub fn url(&mut self, name: &str) -> Option<String> {
        let text = self.read(name, ColumnMeaning::Text)?;
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        if rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace)) {
            return Some(text);
        }
        let shown = shortened(&text);
        self.problem(
            &diagnostic::TABLE_VALUE,
            name,
            message!(ja: "「{shown}」はURLではありません", en: "`{shown}` is not a URL"),
            message!(
                ja: "「https://」から始まるURLを入力してください",
                en: "begin the URL with `https://`",
            ),
        );
        None
    }

    /// Ids, separated by `;`.
    pub fn ids(&mut self, name: &str) -> Vec<Located<Id>> {
        let mut ids = Vec::new();
        for text in self.list(name) {
            ids.extend(self.parse_id(name, text));
        }
        ids
    }

    /// Texts, separated by `;`, `；` or `、`.
    pub fn list(&mut self, name: &str) -> Vec<Located<String>> {
        let Some(cell) = self.read(name, ColumnMeaning::Text) else { return Vec::new() };
        let parts = cell.split([';', '；', '、']).map(str::trim).filter(|part| !part.is_empty());
        let place = self.cell_place(name);
        parts.map(|part| Located::new(part.to_owned(), place.clone())).collect()
    }

    /// A number in `unit`; `None` for a blank cell.
    pub fn decimal(&mut self, name: &str, unit: Unit<'_>) -> Option<Decimal> {
        let text = self.read(name, ColumnMeaning::Number(unit))?;
        let number = Decimal::parse(&text);
        if number.is_none() {
            let shown = shortened(&text);
            let table = self.bound.table();
            let has = |name: &str| table.has_header(name);
            let help = not_a_number_help(&text, unit, table.declared_in(), has);
            self.problem(
                &diagnostic::TABLE_NOT_A_NUMBER,
                name,
                message!(ja: "「{shown}」は数値ではありません", en: "`{shown}` is not a number"),
                help,
            );
        }
        number
    }

    /// A date, in any of the forms of `calendar`.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.read(name, ColumnMeaning::Date)?;
        match parse_date(&text) {
            Ok(date) => Some(date),
            Err(problem) => {
                let (message, help) = problem.told(&text);
                let help = self.without_value(&text).unwrap_or(help);
                self.problem(&diagnostic::TABLE_NOT_A_DATE, name, message, help);
                None
            }
        }
    }

    /// A fiscal year that must not be blank.
    pub fn required_fiscal_year(&mut self, name: &str) -> Option<FiscalYear> {
        if self.is_blank(name) { self.missing(name) } else { self.fiscal_year(name) }
    }

    /// A fiscal year, in any of the forms of `calendar`.
    pub fn fiscal_year(&mut self, name: &str) -> Option<FiscalYear> {
        let text = self.read(name, ColumnMeaning::FiscalYear)?;
        match FiscalYear::parse(&text) {
            Ok(year) => Some(year),
            Err(problem) => {
                let (message, help) = problem.told(&text);
                let help = self.without_value(&text).unwrap_or(help);
                self.problem(&diagnostic::TABLE_NOT_A_YEAR, name, message, help);
                None
            }
        }
    }

    /// Yes or no; a blank cell means no.
    pub fn flag(&mut self, name: &str) -> bool {
        let Some(text) = self.read(name, ColumnMeaning::Flag) else { return false };
        parse_flag(&text).unwrap_or_else(|| {
            self.problem(
                &diagnostic::TABLE_VALUE,
                name,
                message!(ja: "「{text}」は使えません", en: "`{text}` is neither true nor false"),
                message!(
                    ja: "使える値：true、false、1、0、はい、いいえ",
                    en: "allowed values: `true`, `false`, `1`, `0`, `はい`, `いいえ`",
                ),
            );
            false
        })
    }

    /// Yes or no; `None` for a blank cell.
    pub fn yes_or_no(&mut self, name: &str) -> Option<bool> {
        let text = self.read(name, ColumnMeaning::Flag)?;
        let flag = parse_flag(&text);
        if flag.is_none() {
            self.problem(
                &diagnostic::TABLE_VALUE,
                name,
                message!(
                    ja: "「{text}」は「はい」「いいえ」を表す値として読み取れません",
                    en: "`{text}` is neither yes nor no",
                ),
                message!(
                    ja: "「○」か「×」、「はい」か「いいえ」、「有」か「無」を入力し、分からないときは空欄にしてください",
                    en: "write `○` or `×`, `はい` or `いいえ`, `true` or `false`; leave the cell blank if it is not known",
                ),
            );
        }
        flag
    }

    /// One of `choices`, by its spelling, that must not be blank. The spellings in `also` are
    /// accepted, but not suggested in messages.
    pub fn required_choice<T: Copy>(
        &mut self,
        name: &str,
        choices: &[(&str, T)],
        also: &[(&str, T)],
    ) -> Option<T> {
        if self.is_blank(name) { self.missing(name) } else { self.choice(name, choices, also) }
    }

    /// One of `choices`, by its spelling. The spellings in `also` are accepted, but not suggested
    /// in messages.
    pub fn choice<T: Copy>(
        &mut self,
        name: &str,
        choices: &[(&str, T)],
        also: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(name)?;
        let written = matching_form(&text);
        let found =
            choices.iter().chain(also).find(|(spelling, _)| matching_form(spelling) == written);
        if let Some((_, value)) = found {
            return Some(*value);
        }
        let text = shortened(&text);
        let spellings = || choices.iter().map(|(spelling, _)| *spelling);
        let help = match nearest(&text, spellings()) {
            Some(near) => {
                let Message { ja, en } = Message::list(spellings());
                message!(
                    ja: "「{near}」の誤りではありませんか。使える値：{ja}",
                    en: "did you mean `{near}`? allowed values: {en}",
                )
            }
            None => Message::allowed_values(spellings()),
        };
        self.problem(
            &diagnostic::TABLE_VALUE,
            name,
            message!(ja: "「{text}」はこの列では使えません", en: "`{text}` is not an allowed value of this column"),
            help,
        );
        None
    }

    /// The reason why the cell has no value, if its text gives one.
    pub fn missing_status(&self, name: &str) -> Option<Status> {
        let column = self.bound.column(name)?;
        self.bound.table().missing_status(self.row, column)
    }

    /// Is the cell empty in the file?
    pub fn is_empty(&self, name: &str) -> bool {
        let column = self.bound.column(name);
        column.is_none_or(|column| self.bound.table().written(self.row, column).trim().is_empty())
    }

    /// Advice on declaring that `text` means that there is no value; `None` where it does not look
    /// like that.
    fn without_value(&self, text: &str) -> Option<Message> {
        no_value_help(text, self.bound.table().declared_in())
    }

    /// Is the cell blank? A formula without a result is not.
    fn is_blank(&self, name: &str) -> bool {
        let Some(column) = self.bound.column(name) else { return true };
        self.bound.table().is_blank(self.row, column)
    }

    /// The text that is published of the cell, with LF line ends; `None` for a blank cell, and for
    /// a wrong one, which is reported. Records where the fact was read.
    fn read(&mut self, name: &str, meaning: ColumnMeaning<'_>) -> Option<String> {
        let index = self.bound.index(name)?;
        let column = self.bound.column_at(index)?;
        let text = match self.cells.read(self.row, column, meaning) {
            Ok(text) if text.is_empty() => return None,
            Ok(text) if text.contains('\r') => text.replace("\r\n", "\n").replace('\r', "\n"),
            Ok(text) => text.into_owned(),
            Err(wrong) => {
                let place = self.bound.table().place(self.row, column);
                self.diagnostics.push(wrong.at(place));
                return None;
            }
        };
        // A value that the form itself gives has no cell.
        if let Some(spot) = self.bound.table().spot(self.row, column) {
            self.noted.note((index, name), &spot);
        }
        Some(text)
    }

    fn cell_place(&self, name: &str) -> Place {
        match self.bound.column(name) {
            Some(column) => self.bound.table().place(self.row, column),
            None => self.place(),
        }
    }

    /// Has a problem of the cell of `name` been reported already? Such a cell reads as blank.
    pub fn is_told(&self, name: &str) -> bool {
        let column = self.bound.column(name);
        column.is_some_and(|column| self.bound.table().is_told(self.row, column))
    }

    /// Reports that the cell of `name` must not be blank, and returns `None`. Reports nothing where
    /// the table lacks the column, or a problem of the cell has been reported already.
    fn missing<T>(&mut self, name: &str) -> Option<T> {
        // A missing column has been reported already.
        let column = self.bound.column(name)?;
        if self.is_told(name) {
            return None;
        }
        let table = self.bound.table();
        let header = table.column_name(column);
        let (message, help) = match table.is_gathered() {
            true => (
                message!(ja: "「{header}」が空欄です", en: "`{header}` is blank"),
                message!(ja: "値を入力してください", en: "write a value"),
            ),
            false => {
                let row = table.row_number(self.row);
                let message = message!(
                    ja: "{row}行目の「{header}」が空欄です",
                    en: "`{header}` is blank in row {row}",
                );
                let help = message!(
                    ja: "値を入力してください。上のセルと同じ値でも省略できません",
                    en: "write a value, even where it is the same as in the cell above",
                );
                (message, help)
            }
        };
        self.problem(&diagnostic::TABLE_MISSING_VALUE, name, message, help);
        None
    }

    /// Parses an id. Reports text that is none, with a proposed id where one can be derived from
    /// it.
    fn parse_id(&mut self, name: &str, text: Located<String>) -> Option<Located<Id>> {
        if let Some(id) = Id::parse(&text.value) {
            return Some(Located { value: id, place: text.place });
        }
        let written = &text.value;
        let help = id_rule(written);
        self.problem(
            &diagnostic::TABLE_VALUE,
            name,
            message!(ja: "「{written}」はIDとして使えません", en: "`{written}` is not a valid id"),
            help,
        );
        None
    }
}

/// Parses a date, or the serial number of five digits that Excel leaves where a date cell lost its
/// format.
///
/// # Errors
///
/// Where `text` is neither.
pub fn parse_date(text: &str) -> Result<Date, DateProblem> {
    let serial = || match text.len() {
        5 => text.parse().ok().and_then(Date::from_excel_serial),
        _ => None,
    };
    Date::parse(text).or_else(|problem| serial().ok_or(problem))
}

/// Parses yes or no in any of the usual spellings; `None` for anything else.
pub fn parse_flag(text: &str) -> Option<bool> {
    match matching_form(text).as_str() {
        "1" | "true" | "yes" | "y" | "はい" | "○" | "〇" | "◯" | "有" | "有り" | "あり" | "可"
        | "対応" => Some(true),
        "0" | "false" | "no" | "n" | "いいえ" | "×" | "✕" | "☓" | "✖" | "無" | "無し" | "なし"
        | "不可" | "非対応" => Some(false),
        _ => None,
    }
}
