//! The **list** of all problems as a workbook, with the places where they are, so that what is in
//! a text file, or in no cell at all, is found too.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, Workbook, XlsxError};

use crate::artifact::Artifact;
use crate::diagnostic::{Diagnostic, Place};
use crate::report::{Excerpts, in_language, severity_caption, where_it_is};
use crate::source::Sources;
use crate::text::Language;

use super::colour;

/// The list of `problems`, of which `copies` mark those that are in cells, by the path of the file.
/// `None` where it does not fit into a workbook.
pub(super) fn list(
    problems: &[&Diagnostic],
    copies: &BTreeMap<&str, Artifact>,
    sources: &Sources,
    language: Language,
) -> Option<Artifact> {
    let name = match language {
        Language::Ja => "指摘の一覧.xlsx",
        Language::En => "problems.xlsx",
    };
    Some(Artifact::new(name, write(problems, copies, sources, language).ok()?))
}

fn write(
    problems: &[&Diagnostic],
    copies: &BTreeMap<&str, Artifact>,
    sources: &Sources,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let (sheet, heads) = match language {
        Language::Ja => {
            ("指摘の一覧", ["種類", "規則", "場所", "指摘", "直し方", "印を付けたファイル"])
        }
        Language::En => {
            ("Problems", ["Severity", "Rule", "Place", "Problem", "How to correct it", "Marked in"])
        }
    };
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet().set_name(sheet)?;
    let wrapped = Format::new().set_text_wrap().set_align(rust_xlsxwriter::FormatAlign::Top);
    for ((column, head), width) in (0..).zip(heads).zip([10, 26, 44, 60, 60, 32]) {
        page.set_column_width(column, width)?;
        page.write_with_format(0, column, head, &Format::new().set_bold())?;
    }
    page.set_freeze_panes(1, 0)?;
    let mut excerpts = Excerpts::new(sources);
    for (row, problem) in (1..).zip(problems) {
        let found = excerpts.find(&problem.place);
        let marked = matches!(problem.place, Place::Cell(_))
            .then(|| copies.get(problem.place.path()))
            .flatten();
        let texts = [
            severity_caption(problem.severity(), language).to_owned(),
            problem.code.id.to_owned(),
            where_it_is(&problem.place, found.as_ref(), language),
            in_language(&problem.message, language).to_owned(),
            problem
                .help
                .as_ref()
                .map(|help| in_language(help, language))
                .unwrap_or_default()
                .into(),
            marked.map(|copy| copy.path.clone()).unwrap_or_default(),
        ];
        let severity = wrapped.clone().set_background_color(Color::RGB(colour(problem.severity())));
        for (column, text) in (0..).zip(texts) {
            let format = if column == 0 { &severity } else { &wrapped };
            page.write_with_format(row, column, text, format)?;
        }
    }
    workbook.save_to_buffer()
}
