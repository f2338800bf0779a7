//! **Gaps**: blank rows among the records.

use crate::diagnostic::{self, CellPlace, Diagnostic};
use crate::message;
use crate::table::Sheet;
use crate::table::facts::Region;
use crate::table::grid::Gap;

use super::SheetOutline;

/// The blank rows among the records of `sheet`, as diagnostics. Blank rows that separate a title or
/// notes from the table are left out.
pub(in crate::table) fn gaps<'s>(
    sheet: &'s Sheet,
    outline: &SheetOutline,
) -> impl Iterator<Item = Diagnostic> + 's {
    let number = |row: &u32| sheet.grid.row(*row as usize).number;
    // Blank rows at the top of a file without title count as well.
    let above = match outline.header.start {
        0 => 0,
        start => sheet.grid.row(start).number,
    };
    let last = outline.rows.last().map_or(0, number);
    // A row whose only cells are merged with cells above has a value.
    let merged = |gap: &Gap| {
        let covers = |region: &&Region| region.top < gap.first && gap.last <= region.bottom;
        sheet.facts.merged.iter().find(covers).is_some()
    };
    let gaps = sheet.gaps.below(above).filter(move |gap| gap.first < last && !merged(gap));
    gaps.map(|gap| empty_rows(sheet, gap))
}

fn empty_rows(sheet: &Sheet, Gap { first, last }: Gap) -> Diagnostic {
    let any_row = sheet.row_place(0);
    let place = CellPlace { row: first, line: None, bytes: None, ..any_row };
    let message = match first == last {
        true => message!(ja: "{first}行目が空白です", en: "row {first} is empty"),
        false => message!(
            ja: "{first}行目から{last}行目までが空白です",
            en: "the rows {first} to {last} are empty",
        ),
    };
    Diagnostic::new(&diagnostic::TABLE_EMPTY_ROW, place, message).with_help(message!(
        ja: "空白の行を削除してください（今回は読み飛ばしました）",
        en: "delete the empty rows; they were skipped this time",
    ))
}
