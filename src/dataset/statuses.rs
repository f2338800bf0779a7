//! The **statuses** of the figures of a column: why a figure is missing, or how reliable it is.
//! They are read from a column of the clerk's table and from the texts that stand for a missing
//! value. They are published as two columns after that of the figures: one with the ids of this
//! program, and one with the codes of SDMX.
//!
//! Not in here: the list of statuses (`table::Status`).

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::table::{Status, Table, matching_form};
use crate::text::{Localized, nearest};

use super::columns::WrittenColumn;
use super::{Column, ColumnType, Dataset, Rows};

/// The statuses of the figures of one column, row by row.
#[derive(Debug)]
pub(super) struct Statuses {
    /// Index of the column of figures.
    pub column: usize,
    /// The status of each row; `None` if there is none.
    pub rows: Vec<Option<Status>>,
    /// Whether the columns of statuses are published even if no row has one.
    pub always: bool,
}

/// Parses a status as clerks write it. The error is a help that suggests the most similar status or
/// lists all of them.
pub(super) fn parse(written: &str) -> Result<Status, Message> {
    let form = matching_form(written);
    let all = Status::ALL.into_iter().filter(|(status, ..)| *status != Status::Superseded);
    let spelt = all.clone().flat_map(|(status, id, ja, ..)| [(id, status), (ja, status)]);
    let found = spelt.chain(Status::ALSO).find(|(spelling, _)| matching_form(spelling) == form);
    found.map(|(_, status)| status).ok_or_else(|| {
        let names: Vec<&str> = all.map(|(_, _, ja, ..)| ja).collect();
        match nearest(written, names.iter().copied()) {
            Some(near) => Message::did_you_mean(near),
            None => Message::allowed_values(names.iter().copied()),
        }
    })
}

/// The status of the cell of the column `written` in `row`. It is read from the table's column
/// `from`, if there is one, and from the text in the column `source` if it stands for a missing
/// value.
///
/// The flag is `false` if the status is unknown, if it says that there is no figure although there
/// is one, or if the two texts contradict each other, which is reported.
pub(super) fn of_cell(
    (table, row): (&Table, usize),
    written: &WrittenColumn,
    (source, from): (usize, Option<usize>),
    diagnostics: &mut Diagnostics,
) -> (Option<Status>, bool) {
    let text = table.cell(row, source);
    let marked = written.column.missing.status(text);
    let has_figure = !text.is_empty() && !written.column.missing.contains(text);
    let Some(from) = from else { return (marked, true) };
    let said = table.cell(row, from);
    if said.is_empty() {
        return (marked, true);
    }
    let mut wrong = |code, message: Message, help: Message| {
        diagnostics.push(Diagnostic::new(code, table.place(row, from), message).with_help(help));
        (None, false)
    };
    let status = match parse(said) {
        Ok(status) => status,
        Err(help) => {
            let message =
                message!(ja: "「{said}」は値の状態ではありません", en: "`{said}` is not a status");
            return wrong(&diagnostic::TABLE_VALUE, message, help);
        }
    };
    let (ja, en) = status.names();
    let title = &written.column.title.own;
    match marked {
        _ if status.is_missing() && has_figure => wrong(
            &diagnostic::POLICY_STATUS,
            message!(
                ja: "状態が「{ja}」ですが、「{title}」に値「{text}」があります",
                en: "the status is `{en}`, but `{title}` has the value {text}",
            ),
            message!(
                ja: "公開しない値や存在しない値のセルは空欄にするか、状態を訂正してください",
                en: "leave the cell blank if the figure is not published or cannot exist, or correct its status",
            ),
        ),
        Some(marked) if marked != status => {
            let (own_ja, own_en) = marked.names();
            wrong(
                &diagnostic::POLICY_STATUS,
                message!(
                    ja: "状態は「{ja}」ですが、「{title}」の「{text}」は「{own_ja}」を表します",
                    en: "the status is `{en}`, but `{text}` in `{title}` means `{own_en}`",
                ),
                message!(ja: "どちらかを訂正してください", en: "correct one of the two"),
            )
        }
        _ => (Some(status), true),
    }
}

/// Inserts the published columns of `statuses` into `dataset`, after the columns to which they
/// belong, and adapts the keys. `sources`, the index of the table's column for each column of the
/// dataset, is extended likewise; a column of statuses has that of its figures.
pub(super) fn insert(dataset: &mut Dataset, statuses: Vec<Statuses>, sources: &mut Vec<usize>) {
    let said = |statuses: &Statuses| statuses.always || statuses.rows.iter().any(Option::is_some);
    let statuses: Vec<Statuses> = statuses.into_iter().filter(said).collect();
    if statuses.is_empty() {
        return;
    }
    let of = |column: usize| statuses.iter().find(|statuses| statuses.column == column);
    let mut columns: Vec<Column> = Vec::new();
    let mut at: Vec<usize> = Vec::new();
    let mut from: Vec<usize> = Vec::new();
    for (index, column) in dataset.columns.drain(..).enumerate() {
        let added = of(index).map(|_| status_columns(&column));
        at.push(columns.len());
        columns.push(column);
        from.push(sources[index]);
        for column in added.into_iter().flatten() {
            columns.push(column);
            from.push(sources[index]);
        }
    }
    let mut rows = Rows::new(columns.len());
    for row in 0..dataset.rows.len() {
        for (index, cell) in dataset.rows.row(row).enumerate() {
            rows.push(cell);
            if let Some(statuses) = of(index) {
                let status = statuses.rows.get(row).copied().flatten();
                rows.push(status.map_or("", Status::as_str));
                rows.push(status.map_or("", Status::sdmx));
            }
        }
    }
    let moved = |index: &mut usize| *index = at[*index];
    dataset.primary_key.iter_mut().for_each(moved);
    dataset.foreign_keys.iter_mut().flat_map(|key| &mut key.columns).for_each(moved);
    dataset.columns = columns;
    dataset.rows = rows;
    *sources = from;
}

/// The names of the two columns with the statuses of the column `name`.
pub(super) fn names(name: &str) -> [String; 2] {
    [format!("{name}_status"), format!("{name}_obs_status")]
}

/// The definitions of the two columns with the statuses of the column `of`: one of ids, and one of
/// codes of SDMX.
fn status_columns(of: &Column) -> [Column; 2] {
    let [status, code] = names(&of.name);
    let (ja, en) = (&of.title.own, of.title.en.as_deref().unwrap_or(&of.title.own));
    let titled = |name: String, of_ja: &str, of_en: &str| {
        Column::text(
            name,
            Localized::with_english(format!("{ja}の{of_ja}"), format!("{en}: {of_en}")),
        )
    };
    let all = Status::ALL.into_iter().filter(|(status, ..)| *status != Status::Superseded);
    let mut status = titled(status, "状態", "status").described(
        "値の状態。空欄は特記なしを表します",
        "Status of the value; a blank says nothing of it",
    );
    status.kind = ColumnType::Code;
    status.values = all.clone().map(|(_, id, ..)| id.to_owned()).collect();
    status.labels = all.map(|(_, _, ja, en, _)| Localized::with_english(ja, en)).collect();
    status.worded = true;
    let mut code = titled(code, "状態コード", "observation status").described(
        "SDMXの観測値の状態のコード（CL_OBS_STATUS）",
        "Code of the status in SDMX (CL_OBS_STATUS)",
    );
    code.kind = ColumnType::Code;
    [status, code].map(|column| column.blank("特記なし", "nothing is said"))
}
