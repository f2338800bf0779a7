//! A **sheet** as its clerk knows it: letters of columns, numbers of rows, faulty cells marked,
//! and what is wrong beside each row.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostic::{CellPlace, column_letters};
use crate::table::Sheet;
use crate::text::Language;

use super::escaped;
use super::problems::{ShownProblem, class};
use super::rows::shown;

/// Rows of a table; a sheet with more is shown as several tables, of which a browser lays out those
/// that are in sight.
const ROWS: usize = 250;

/// A problem with the cell that it is in.
pub(super) type CellProblem<'p, 'd> = (&'p CellPlace, &'p ShownProblem<'d>);

/// Appends the rows of `sheet` with its `problems` to `html`, as one table or several.
pub(super) fn table(
    sheet: &Sheet,
    problems: &[CellProblem<'_, '_>],
    language: Language,
    html: &mut String,
) {
    let places: Vec<(u32, u32)> =
        problems.iter().map(|(cell, _)| (cell.row, cell.column.unwrap_or(1))).collect();
    let shown = shown(sheet, &places);
    let mut by_row: BTreeMap<u32, Vec<CellProblem<'_, '_>>> = BTreeMap::new();
    for &(cell, one) in problems {
        by_row.entry(cell.row).or_default().push((cell, one));
    }
    let is_long = shown.rows.len() > ROWS;
    let mut last = 0;
    for rows in shown.rows.chunks(ROWS) {
        let class = if is_long { "sheet part" } else { "sheet" };
        let _ =
            write!(html, "<div class=\"{class}\" tabindex=\"0\">\n<table>\n<thead><tr><th></th>");
        for column in 1..=shown.columns {
            let _ = write!(html, "<th scope=\"col\">{}</th>", column_letters(column));
        }
        html.push_str(match language {
            Language::Ja => "<th scope=\"col\">指摘</th></tr></thead>\n<tbody>\n",
            Language::En => "<th scope=\"col\">Problems</th></tr></thead>\n<tbody>\n",
        });
        for &number in rows {
            if number > last + 1 && last > 0 {
                let columns = shown.columns + 1;
                let _ = writeln!(html, "<tr><th>…</th><td colspan=\"{columns}\"></td></tr>");
            }
            last = number;
            let problems = by_row.get(&number).map(Vec::as_slice).unwrap_or_default();
            row(sheet, (number, shown.columns), problems, language, html);
        }
        html.push_str("</tbody>\n</table>\n</div>\n");
    }
}

fn row(
    sheet: &Sheet,
    (number, columns): (u32, u32),
    problems: &[CellProblem<'_, '_>],
    language: Language,
    html: &mut String,
) {
    let _ = write!(html, "<tr><th scope=\"row\">{number}</th>");
    for column in 1..=columns {
        let mut of_cell = problems.iter().filter(|(cell, _)| cell.column == Some(column));
        let worst = of_cell.clone().map(|(_, one)| one.problem.severity()).min();
        let worst = worst.map(|severity| format!(" class=\"{}\"", class(severity)));
        let id = of_cell.next().map(|(_, one)| format!(" id=\"p{}\"", one.number));
        let (worst, id) = (worst.unwrap_or_default(), id.unwrap_or_default());
        let text = escaped(sheet.text_at(number, column - 1));
        let _ = write!(html, "<td{worst}{id}>{text}</td>");
    }
    html.push_str("<td class=\"says\">");
    let mut anchored: Vec<Option<u32>> = Vec::new();
    for (cell, one) in problems {
        // The first problem of a cell has its anchor at the cell.
        let at_cell = cell.column.is_some() && !anchored.contains(&cell.column);
        anchored.push(cell.column);
        let id = if at_cell { String::new() } else { format!(" id=\"p{}\"", one.number) };
        let (class, says) = (one.class(), one.says(&cell.name(), language));
        let _ = write!(html, "<div{id} class=\"{class}\">{says}</div>");
    }
    html.push_str("</td></tr>\n");
}
