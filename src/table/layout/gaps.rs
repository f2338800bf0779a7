//! **Gaps**: blank rows among the records.

use crate::diagnostic::{self, CellPlace, Diagnostic};
use crate::message;
use crate::table::Sheet;
use crate::table::grid::Gap;

use super::Outline;

/// The blank rows among the records of `sheet`. Those that part a title or notes from the table are none.
pub(in crate::table) fn gaps<'s>(
    sheet: &'s Sheet,
    outline: &Outline,
) -> impl Iterator<Item = Diagnostic> + 's {
    let number = |row: &u32| sheet.grid.row(*row as usize).number;
    // At the top of a file with no title it is one too.
    let above = match outline.header.start {
        0 => 0,
        start => sheet.grid.row(start).number,
    };
    let last = outline.rows.last().map_or(0, number);
    sheet.gaps.below(above).filter(move |gap| gap.first < last).map(|gap| empty_rows(sheet, gap))
}

fn empty_rows(sheet: &Sheet, Gap { first, last }: Gap) -> Diagnostic {
    let any_row = sheet.row_place(0);
    let place = CellPlace { row: first, line: None, bytes: None, ..any_row };
    let message = match first == last {
        true => message!(ja: "{first}行目が空である", en: "row {first} is empty"),
        false => message!(
            ja: "{first}行目から{last}行目までが空である",
            en: "the rows {first} to {last} are empty",
        ),
    };
    Diagnostic::new(&diagnostic::TABLE_EMPTY_ROW, place, message).with_help(message!(
        ja: "空の行を消す。ここでは読み飛ばした",
        en: "delete the empty rows; they were passed over here",
    ))
}
