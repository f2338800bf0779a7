//! A table to be filled in as a **workbook**: the table with drop-down lists and a locked header, a
//! sheet that explains it, and one with the choices of the lists.
//!
//! Not in here: workbooks of published data (`catalog`).

use super::StarterTable;

/// The workbook of `table`.
///
/// # Panics
///
/// In a program without the feature `excel`, which never asks for a workbook.
#[cfg(not(feature = "excel"))]
pub(super) fn write(table: &StarterTable) -> Vec<u8> {
    unreachable!("no workbook of {} without the feature `excel`", table.stem)
}

#[cfg(feature = "excel")]
pub(super) use written::write;

#[cfg(feature = "excel")]
mod written {
    use rust_xlsxwriter::{
        Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
        FormatAlign, FormatBorder, ProtectionOptions, Workbook, Worksheet, XlsxError,
    };

    use crate::starter::columns::{CellUse, SheetColumn};
    use crate::table::NOT_PUBLISHED;

    use super::StarterTable;

    /// Name of the sheet that holds the choices.
    const CHOICES: &str = "選択肢";
    /// Name of the sheet that explains the workbook.
    const GUIDE: &str = "記入の説明";
    /// Last row that has drop-down lists, from 0.
    const LAST_ROW: u32 = 4999;
    /// Excel's maximum numbers of characters in the title and in the text of a note.
    const TITLE: usize = 32;

    /// The workbook of `table`.
    pub(in super::super) fn write(table: &StarterTable) -> Vec<u8> {
        try_write(table).expect("a small table fits a workbook")
    }

    fn try_write(table: &StarterTable) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // A fixed date, so that the same answers give the same bytes.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let sheet = workbook.add_worksheet().set_name(table.sheet)?;
        write_table(sheet, table)?;
        write_guide(workbook.add_worksheet().set_name(GUIDE)?, table)?;
        let lists = || table.columns.iter().filter(|column| listed(column).is_some());
        if lists().next().is_some() {
            write_choices(workbook.add_worksheet().set_name(CHOICES)?, lists())?;
        }
        workbook.save_to_buffer()
    }

    fn write_table(sheet: &mut Worksheet, table: &StarterTable) -> Result<(), XlsxError> {
        let mut list = 0;
        for (at, column) in (0u16..).zip(&table.columns) {
            sheet.set_column_format(at, &cells(column))?;
            let wide = match column.content {
                CellUse::Prose => 48.0,
                _ => (column.title.chars().count() * 2 + 4).clamp(12, 24) as f64,
            };
            sheet.set_column_width(at, wide)?;
            sheet.write_with_format(0, at, &column.title, &header(column.required))?;
            // The note is shown where the header or a cell of the column is selected.
            let note = |validation: DataValidation| {
                let title: String = column.title.chars().take(TITLE).collect();
                let noted = validation.set_input_title(title)?;
                if column.note.is_empty() {
                    Ok(noted)
                } else {
                    noted.set_input_message(&column.note)
                }
            };
            sheet.add_data_validation(0, at, 0, at, &note(DataValidation::new())?)?;
            let mut validation = DataValidation::new();
            if let Some(choices) = listed(column) {
                validation =
                    validation.allow_list_formula(range(list, choices.len()).as_str().into());
                list += 1;
                validation = match column.content {
                    CellUse::Proposals(_) => validation.show_error_message(false),
                    _ => validation
                        .set_error_style(DataValidationErrorStyle::Stop)
                        .set_error_title("一覧にない値です")?
                        .set_error_message("一覧から選んでください。")?,
                };
            }
            sheet.add_data_validation(1, at, LAST_ROW, at, &note(validation)?)?;
        }
        for (number, row) in (1u32..).zip(&table.rows) {
            for ((at, column), value) in (0u16..).zip(&table.columns).zip(row) {
                match value.parse::<f64>().ok().filter(|_| column.content == CellUse::Number) {
                    _ if value.is_empty() => continue,
                    Some(figure) => sheet.write_with_format(number, at, figure, &cells(column))?,
                    None => sheet.write_with_format(number, at, value, &cells(column))?,
                };
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            delete_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
        Ok(())
    }

    /// Explains the table and each column.
    fn write_guide(sheet: &mut Worksheet, table: &StarterTable) -> Result<(), XlsxError> {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        sheet.write(0, 0, NOT_PUBLISHED)?;
        let about = [
            format!("シート「{}」に入力してください。{}", table.sheet, table.about),
            "色の濃い見出しの列は、必ず入力してください。ほかの列は空欄でもかまいません。".to_owned(),
            "見出しの行は変更できません。見出しかセルを選ぶと、入力する内容が表示されます。".to_owned(),
            "列が不要な場合は、シートの保護を解除して（［校閲］→［シート保護の解除］。パスワードはありません）削除してください。".to_owned(),
        ];
        for (row, line) in (1u32..).zip(&about) {
            sheet.write(row, 0, line)?;
        }
        let first = 2 + about.len() as u32;
        for (at, head) in (0u16..).zip(["見出し", "必須", "入力する内容"]) {
            sheet.write_with_format(first, at, head, &header(false))?;
        }
        for (row, column) in (first + 1..).zip(&table.columns) {
            sheet.write_with_format(row, 0, &column.title, &wrapped)?;
            sheet.write_with_format(row, 1, if column.required { "○" } else { "" }, &wrapped)?;
            sheet.write_with_format(row, 2, &column.note, &wrapped)?;
        }
        for (at, wide) in [(0, 20.0), (1, 6.0), (2, 90.0)] {
            sheet.set_column_width(at, wide)?;
        }
        sheet.protect();
        Ok(())
    }

    /// Writes a column of choices for each list.
    fn write_choices<'c>(
        sheet: &mut Worksheet,
        lists: impl Iterator<Item = &'c SheetColumn>,
    ) -> Result<(), XlsxError> {
        sheet.write(0, 0, NOT_PUBLISHED)?;
        for (at, column) in (0u16..).zip(lists) {
            sheet.write_with_format(1, at, &column.title, &header(false))?;
            sheet.set_column_width(at, 24.0)?;
            for (row, choice) in (2u32..).zip(listed(column).unwrap_or_default()) {
                sheet.write(row, at, choice)?;
            }
        }
        Ok(())
    }

    /// The choices of a column that has any.
    fn listed(column: &SheetColumn) -> Option<&[String]> {
        match &column.content {
            CellUse::Choice(choices) | CellUse::Proposals(choices) => {
                Some(choices.as_slice()).filter(|choices| !choices.is_empty())
            }
            _ => None,
        }
    }

    /// The cells of the list at `index` on the sheet of choices.
    fn range(index: u32, choices: usize) -> String {
        let letters = crate::diagnostic::column_letters(index + 1);
        format!("={CHOICES}!${letters}$3:${letters}${}", choices + 2)
    }

    fn header(required: bool) -> Format {
        let colour = if required { 0x9DC3E6 } else { 0xDDEBF7 };
        Format::new()
            .set_bold()
            .set_background_color(Color::RGB(colour))
            .set_border_bottom(FormatBorder::Thin)
    }

    /// The format of the cells of `column`, which are not locked.
    fn cells(column: &SheetColumn) -> Format {
        let unlocked = Format::new().set_unlocked().set_align(FormatAlign::Top);
        match column.content {
            CellUse::Prose => unlocked.set_text_wrap(),
            CellUse::Number => unlocked,
            CellUse::Date => unlocked.set_num_format("yyyy-mm-dd"),
            // Excel would turn a code such as 1-2 into a date.
            CellUse::Text | CellUse::Choice(_) | CellUse::Proposals(_) => {
                unlocked.set_num_format("@")
            }
        }
    }
}
