//! A **form** (`content/forms/<id>.toml`) says where the facts are in the city's own workbooks.
//! Reading these by the form gives tables of measures, indicators and budgets, whose cells know
//! where they come from.
//!
//! Not in here: what the columns of these tables mean (`policy`), and what a cell is (`table`).

mod common;
mod coverage;
mod definition;
mod files;
mod guess;
mod list;
mod money;
mod sheet;
mod source;
mod tables;
mod text;
mod totals;
mod view;
mod written;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Place};
use crate::message;
use crate::source::{SourceFile, Sources};
use crate::table::{self, Hidden, Sheets, Table, matching_form};

pub use definition::shape;
pub use guess::{Drafted, Personal, guess, is_missing, personal, plan_table};
pub use money::MoneyUnit;

use coverage::Coverage;
use definition::{Form, FormKind, SheetChoice};
use sheet::FormPage;
use tables::FilledTables;
use view::FormView;

/// What the forms of a site have read.
#[derive(Debug, Default)]
pub struct FormTables {
    /// Tables of measures.
    pub measures: Vec<Table>,
    /// Tables of indicators of measures.
    pub indicators: Vec<Table>,
    /// Tables of indicators of nodes of the plan.
    pub plan_indicators: Vec<Table>,
    /// Tables of budgets.
    pub budgets: Vec<Table>,
    /// The units of money that worksheets and lists name for their amounts.
    pub money_units: Vec<MoneyUnit>,
    /// The files that forms name, including those of drafts.
    pub files: BTreeSet<Arc<str>>,
}

/// Separates the levels of a path in the city's plan: `安全なまち › 防災`.
pub const PATH_SIGN: char = '›';

/// The folder of the forms.
pub const FOLDER: &str = "content/forms/";

/// Reads the workbooks that the forms of the site name. A mistake in one worksheet does not keep
/// the others from being read.
pub fn read(sources: &Sources, diagnostics: &mut Diagnostics) -> FormTables {
    let mut forms = Vec::new();
    for file in sources.files_below(FOLDER) {
        match file.path.to_lowercase().ends_with(".toml") {
            true => forms.extend(definition::read(file, diagnostics)),
            false => diagnostics.push(unexpected(file)),
        }
    }
    let mut found = FormTables::default();
    if forms.is_empty() {
        return found;
    }
    let jobs = jobs(&forms, sources, &mut found, diagnostics);
    let opened: Vec<Opened> = jobs.par_iter().map(|job| open(&forms, job)).collect();
    let mut inputs: Vec<Vec<Input>> = forms.iter().map(|_| Vec::new()).collect();
    let mut coverages: Vec<Coverage> = forms.iter().map(|_| Coverage::default()).collect();
    for (job, opened) in jobs.iter().zip(opened) {
        let Opened { inputs: read, passed_over, problems } = opened;
        diagnostics.append(problems);
        for (form, input) in read {
            inputs[form].push(input);
        }
        if let Some((form, _)) = job.forms.first() {
            coverages[*form].passed_over.extend(passed_over);
        }
    }
    let read: Vec<(FilledTables, Coverage, Diagnostics)> = forms
        .par_iter()
        .zip(inputs)
        .zip(coverages)
        .map(|((form, inputs), coverage)| read_form(form, inputs, coverage))
        .collect();
    for (form, (tables, coverage, problems)) in forms.iter().zip(read) {
        diagnostics.append(problems);
        coverage.tell(form, matches!(form.kind, FormKind::List(_)), diagnostics);
        let (units, [measures, indicators, budgets]) = tables.finish();
        found.money_units.extend(units.finish());
        found.measures.extend(measures);
        match form.of_node {
            true => found.plan_indicators.extend(indicators),
            false => found.indicators.extend(indicators),
        }
        found.budgets.extend(budgets);
    }
    found
}

/// A file and the forms that read it, each with the fiscal year.
struct Job<'s> {
    file: &'s SourceFile,
    forms: Vec<(usize, FiscalYear)>,
}

/// What was found in a file.
struct Opened {
    /// What its forms read, each with the index of the form.
    inputs: Vec<(usize, Input)>,
    /// The names of the worksheets that no form reads.
    passed_over: Vec<String>,
    problems: Diagnostics,
}

/// A worksheet with one measure, or a list with its fiscal year.
enum Input {
    Page(FormPage),
    List(Box<Table>, FiscalYear),
}

/// The files to be read, each with its forms. Drafts and forms with errors read nothing. Reported
/// are drafts, forms without files, forms without a year, and paths whose `{year}` is not a year.
fn jobs<'s>(
    forms: &[Form],
    sources: &'s Sources,
    found: &mut FormTables,
    diagnostics: &mut Diagnostics,
) -> Vec<Job<'s>> {
    let mut jobs: Vec<Job<'s>> = Vec::new();
    let mut used = vec![false; forms.len()];
    for file in sources.files_below("content/") {
        if !table::is_table(&file.path) {
            continue;
        }
        let mut job = Job { file, forms: Vec::new() };
        for (index, form) in forms.iter().enumerate() {
            let Some(year) = form.files.matches(&file.path) else { continue };
            used[index] = true;
            found.files.insert(file.path.clone());
            if form.draft || form.broken {
                continue;
            }
            match year.transpose().map(|year| year.or(form.fiscal_year)) {
                Ok(Some(year)) => job.forms.push((index, year)),
                Ok(None) => {}
                Err(written) => diagnostics.push(no_year_in_path(file, &written)),
            }
        }
        if !job.forms.is_empty() {
            jobs.push(job);
        }
    }
    for (form, used) in forms.iter().zip(used) {
        if form.draft {
            diagnostics.push(draft(form));
        } else if form.broken {
            continue;
        } else if !used {
            diagnostics.push(no_file(form));
        } else if form.fiscal_year.is_none() && !form.files.written.contains("{year}") {
            diagnostics.push(no_year(form));
        }
    }
    jobs
}

/// Opens the file of `job` and assigns each of its worksheets to the form that it fits. A worksheet
/// that fits no form, or two, is reported.
fn open(forms: &[Form], job: &Job<'_>) -> Opened {
    let mut diagnostics = Diagnostics::new();
    let mut inputs = Vec::new();
    let of_sheets: Vec<(usize, FiscalYear)> = job
        .forms
        .iter()
        .filter(|(index, _)| matches!(forms[*index].kind, FormKind::Sheet(_)))
        .copied()
        .collect();
    for &(index, year) in &job.forms {
        if let FormKind::List(_) = forms[index].kind
            && let Some(table) = read_list(&forms[index], job.file, &mut diagnostics)
        {
            inputs.push((index, Input::List(Box::new(table), year)));
        }
    }
    if of_sheets.is_empty() {
        return Opened { inputs, passed_over: Vec::new(), problems: diagnostics };
    }
    let declarations = || of_sheets.iter().map(|(index, _)| &forms[*index].declaration);
    let hidden: Option<Hidden> = declarations().find_map(|declaration| declaration.hidden);
    let home = declarations().next().map_or("", |declaration| declaration.home.as_str());
    let wanted = |name: &str| of_sheets.iter().any(|(index, _)| forms[*index].sheets.has(name));
    let Some(sheets) = table::open(job.file, (hidden, home), wanted, &mut diagnostics) else {
        return Opened { inputs, passed_over: Vec::new(), problems: diagnostics };
    };
    for sheet in sheets.read {
        let name = sheet.name().cloned().unwrap_or_default();
        let view = FormView::of(sheet);
        if view.cells.is_empty() {
            continue;
        }
        let named: Vec<(usize, FiscalYear)> = of_sheets
            .iter()
            .filter(|(index, _)| name.is_empty() || forms[*index].sheets.has(&name))
            .copied()
            .collect();
        let fits = |(index, _): &&(usize, FiscalYear)| match &forms[*index].when {
            None => true,
            Some(when) => when.spellings.iter().any(|label| view.has(&matching_form(label))),
        };
        let taking: Vec<(usize, FiscalYear)> = named.iter().filter(fits).copied().collect();
        match taking.as_slice() {
            [(index, year)] => inputs.push((*index, Input::Page(FormPage { view, year: *year }))),
            [] => diagnostics.push(no_form(&view, named.iter().map(|(index, _)| &forms[*index]))),
            [(one, _), (other, _), ..] => {
                diagnostics.push(two_forms(&view, &forms[*one], &forms[*other]));
            }
        }
    }
    Opened { inputs, passed_over: sheets.passed_over, problems: diagnostics }
}

/// Reads the list in `file` as `form` declares it; a pattern for worksheets stands for all names
/// that match it. `None` if the list cannot be read, which is reported.
fn read_list(form: &Form, file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Table> {
    let mut declaration = form.declaration.clone();
    if let SheetChoice::Matching(pattern) = &form.sheets {
        let names = table::sheet_names(file, diagnostics)?;
        let fitting = names.into_iter().filter(|name| pattern.is_match(name));
        let place = form.files.declared.clone();
        let named = fitting.map(|name| Located::new(name, place.clone()));
        declaration.sheets = Some(Sheets::Named(named.collect()));
    }
    let table = table::read(file, &declaration, diagnostics)?;
    table.tell(Vec::new(), diagnostics);
    Some(table)
}

/// Reads the `inputs` of `form`. Returns the filled tables, what was read and what was not, and the
/// problems.
fn read_form(
    form: &Form,
    inputs: Vec<Input>,
    mut coverage: Coverage,
) -> (FilledTables, Coverage, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut tables = FilledTables::of(form);
    let mut pages = Vec::new();
    for input in inputs {
        match (input, &form.kind) {
            (Input::Page(page), _) => pages.push(page),
            (Input::List(table, year), FormKind::List(blocks)) => {
                list::read(
                    form,
                    blocks,
                    (&table, year),
                    &mut tables,
                    &mut coverage,
                    &mut diagnostics,
                );
            }
            (Input::List(..), FormKind::Sheet(_)) => {}
        }
    }
    if let FormKind::Sheet(figures) = &form.kind {
        sheet::read(form, figures, &pages, &mut tables, &mut coverage, &mut diagnostics);
    }
    (tables, coverage, diagnostics)
}

impl SheetChoice {
    /// Is the worksheet `name` among them?
    fn has(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Named(names) => names.iter().any(|named| named == name),
            Self::Matching(pattern) => pattern.is_match(name),
        }
    }
}

fn unexpected(file: &SourceFile) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::SOURCE_UNEXPECTED,
        Place::file(file.path.clone()),
        message!(
            ja: "「content/forms」フォルダーには、様式の定義（.toml）だけを置けます",
            en: "`content/forms` holds the definitions of forms (.toml) and nothing else",
        ),
    )
    .with_help(message!(
        ja: "ファイルを「content」の別のフォルダーに移し、様式の「files」にそのパスを書いてください",
        en: "move the file to another folder of `content`, and name it in `files` of the form",
    ))
}

fn draft(form: &Form) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::FORM_DRAFT,
        Place::file(form.file.clone()),
        message!(ja: "この様式は下書きのため、読み取りに使っていません", en: "this form is a draft and reads nothing"),
    )
    .with_help(message!(
        ja: "内容を確かめてから、「draft = true」の行を削除してください",
        en: "read it, correct it, and delete the line `draft = true`",
    ))
}

fn no_file(form: &Form) -> Diagnostic {
    let written = &form.files.written;
    Diagnostic::new(
        &diagnostic::FORM_FILES,
        form.files.declared.clone(),
        message!(
            ja: "「content」フォルダーに、「{written}」に当てはまるファイルがありません",
            en: "no file in `content` is called `{written}`",
        ),
    )
    .with_help(message!(
        ja: "ファイルを置くか、「files」のパスを訂正してください",
        en: "put the files there, or correct the path in `files`",
    ))
}

fn no_year(form: &Form) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::FORM_FILES,
        form.files.declared.clone(),
        message!(ja: "様式の年度が分かりません", en: "the fiscal year of the form is not known"),
    )
    .with_help(message!(
        ja: "「fiscal_year = 2024」と書くか、年度の名前のフォルダーに入れて「files = \"sheets/{{year}}/*.xlsx\"」のように書いてください",
        en: "write `fiscal_year = 2024`, or put the files into folders of their year and write `files = \"sheets/{{year}}/*.xlsx\"`",
    ))
}

fn no_year_in_path(file: &SourceFile, written: &str) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::FORM_FILES,
        Place::file(file.path.clone()),
        message!(
            ja: "パスの「{written}」は年度ではありません",
            en: "`{written}` in the path is not a fiscal year",
        ),
    )
    .with_help(message!(
        ja: "「2024」か「R6」のような年度の名前にしてください",
        en: "call it after its year, `2024` or `R6`",
    ))
}

fn no_form<'f>(view: &FormView, forms: impl Iterator<Item = &'f Form>) -> Diagnostic {
    let name = view.name();
    let labels: Vec<&str> = forms
        .filter_map(|form| form.when.as_ref())
        .flat_map(|when| when.spellings.iter().map(String::as_str))
        .collect();
    let (ja, en) = (labels.join("」「"), labels.join("`, `"));
    Diagnostic::new(
        &diagnostic::FORM_SHEET,
        Place::file(view.sheet.file().clone()),
        message!(
            ja: "シート「{name}」は、どの様式にも当てはまりません",
            en: "the worksheet `{name}` fits no form",
        ),
    )
    .with_help(message!(
        ja: "様式の「when」の項目名（「{ja}」）のどれもありません。この版の様式を書くか、「sheets」で除いてください",
        en: "it has none of the labels in `when` (`{en}`); write a form for this edition, or leave it out by `sheets`",
    ))
}

fn two_forms(view: &FormView, one: &Form, other: &Form) -> Diagnostic {
    let name = view.name();
    let (one, other) = (&one.file, &other.file);
    Diagnostic::new(
        &diagnostic::FORM_SHEET,
        Place::file(view.sheet.file().clone()),
        message!(
            ja: "シート「{name}」が、2つの様式に当てはまります（{one}、{other}）",
            en: "the worksheet `{name}` fits two forms, {one} and {other}",
        ),
    )
    .with_help(message!(
        ja: "一方にしかない項目名を、それぞれの様式に「when = {{ label = \"…\" }}」と書いてください",
        en: "write `when = {{ label = \"…\" }}` into each form, with a label that only its worksheets have",
    ))
}

#[cfg(test)]
mod tests;
