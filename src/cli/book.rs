//! `kawaraban book`: writes the policies of a year into one HTML file for print.

use std::path::PathBuf;

use crate::message;
use crate::pipeline::{self, Assembled, BuildOptions};
use crate::site::Site;
use crate::text::{Language, nearest};
use crate::{html, publish, report};

use super::arguments::BookArguments;
use super::commands::{failure, refuse, selection, show, start};
use super::{CommandOutcome, say};

/// Assembles the site, and writes the book of the year and, if one is named, of the department with
/// those below it.
pub(super) fn run(arguments: &BookArguments, language: Language) -> CommandOutcome {
    let style = start(&arguments.common, language);
    let selection = selection(arguments.common.drafts, arguments.common.as_of);
    let options = BuildOptions { selection, without_files: true, ..BuildOptions::default() };
    let Assembled { sources, site, mut diagnostics, .. } =
        pipeline::assemble(&arguments.common.root, &options);
    let assembled = site.filter(|_| !diagnostics.has_errors());
    let Some((site, theme)) = assembled else {
        show(&report::render(diagnostics, &sources, style), style.format);
        return failure(&sources);
    };
    let year = match year_of(&site, &arguments.year, style.language) {
        Ok(year) => year,
        Err(outcome) => return outcome,
    };
    let departments = match &arguments.department {
        Some(name) => match departments_of(&site, name, style.language) {
            Ok(departments) => Some(departments),
            Err(outcome) => return outcome,
        },
        None => None,
    };
    let of = (year, departments.as_deref());
    let own = site.config.own_language();
    let text = html::book(&site, &theme, own, of, &mut diagnostics);
    show(&report::render(diagnostics, &sources, style), style.format);
    let Some(text) = text else { return CommandOutcome::ContentErrors };
    let fiscal_year = site.years[year].fiscal_year;
    let path =
        arguments.out.clone().unwrap_or_else(|| PathBuf::from(format!("book-{fiscal_year}.html")));
    if let Err(error) = publish::put(&path, text.as_bytes()) {
        return refuse(style.language, &error.message(), Some(&error.help()));
    }
    let path = path.display();
    say(match style.language {
        Language::Ja => format!("「{path}」に書き出しました。ブラウザーで開いて印刷できます"),
        Language::En => format!("{path} written: open it in a browser and print it"),
    });
    CommandOutcome::Fine
}

/// Index of the fiscal year that `text` names. Refused if the site has no policies of it.
fn year_of(site: &Site, text: &str, language: Language) -> Result<usize, CommandOutcome> {
    let wanted = crate::calendar::FiscalYear::parse(text).ok();
    let found = site.years.iter().position(|year| Some(year.fiscal_year) == wanted);
    found.ok_or_else(|| {
        let years: Vec<String> =
            site.years.iter().map(|year| year.fiscal_year.to_string()).collect();
        let (ja, en) = (years.join("、"), years.join(", "));
        refuse(
            language,
            &message!(
                ja: "「{text}」年度の施策はありません",
                en: "there are no measures of the fiscal year `{text}`",
            ),
            Some(&message!(ja: "次の年度があります：{ja}", en: "these years exist: {en}")),
        )
    })
}

/// The department with the id or the name `text` and those below it. Refused if there is none.
fn departments_of(
    site: &Site,
    text: &str,
    language: Language,
) -> Result<Vec<usize>, CommandOutcome> {
    let is_named = |entry: &crate::site::DepartmentEntry| {
        entry.department.id.as_str() == text || entry.department.name.own == text
    };
    let found = site.departments.iter().position(is_named);
    found.map(|index| html::with_those_below(site, index)).ok_or_else(|| {
        let names = site.departments.iter().flat_map(|entry| {
            [entry.department.id.as_str(), entry.department.name.own.as_str()]
        });
        let help = match nearest(text, names) {
            Some(near) => crate::diagnostic::Message::did_you_mean(near),
            None => message!(
                ja: "「content/departments.csv」の部局のIDか名称を指定してください",
                en: "name a department by its id or name in `content/departments.csv`",
            ),
        };
        refuse(
            language,
            &message!(ja: "「{text}」という部局はありません", en: "there is no department `{text}`"),
            Some(&help),
        )
    })
}
