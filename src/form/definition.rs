//! The **definition** of a form: what `content/forms/<id>.toml` says.
//!
//! Not in here: which files it reads (`files`), and reading them (`sheet`, `list`).

mod list;
mod sheet;

use std::sync::Arc;

use regex::Regex;

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Place};
use crate::document::{self, Keys, Shape};
use crate::message;
use crate::source::SourceFile;
use crate::table::{Declaration, Sheets};

use super::files::PathPattern;
use super::source::{At, FactSpot, SheetLabel, read_label};
use list::read_blocks;
use sheet::{read_budget_rows, read_indicator_rows, read_years};

pub(super) use list::{Year, YearBlock};
pub(super) use sheet::{BudgetRows, FigureRow, IndicatorRows, SheetFigures, Years};

/// The definition of a form.
#[derive(Debug)]
pub(super) struct Form {
    /// Path of the file that defines it.
    pub file: Arc<str>,
    /// The files that it reads.
    pub files: PathPattern,
    /// It is a draft that nobody has checked yet, and reads nothing.
    pub draft: bool,
    /// It has errors, and reads nothing.
    pub broken: bool,
    /// The worksheets that it reads.
    pub sheets: SheetChoice,
    /// A label that a worksheet of this form has.
    pub when: Option<SheetLabel>,
    /// The fiscal year, where the path does not say it.
    pub fiscal_year: Option<FiscalYear>,
    /// How the worksheets are read as tables: header, rows to leave out, texts for missing values.
    pub declaration: Declaration,
    /// It reads indicators of nodes of the plan, not measures.
    pub of_node: bool,
    /// The columns of the table of measures; for a node of the plan only `plan`, which names it.
    pub columns: Vec<FormColumn>,
    pub kind: FormKind,
    /// Labels or headers whose values are private and never read.
    pub private: Vec<Located<String>>,
}

/// A column of the table of measures, and where its value is found.
#[derive(Debug)]
pub(super) struct FormColumn {
    pub name: Located<String>,
    pub source: FactSpot,
}

/// The two kinds of forms.
#[derive(Debug)]
pub(super) enum FormKind {
    /// One worksheet a measure.
    Sheet(SheetFigures),
    /// One row a measure.
    List(Vec<YearBlock>),
}

/// The worksheets of a workbook that a form reads.
#[derive(Debug)]
pub(super) enum SheetChoice {
    All,
    Named(Vec<String>),
    Matching(Regex),
}

/// Whether an amount of money is a budget or was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Budget,
    Settled,
}

impl Amount {
    const CHOICES: [(&'static str, Self); 2] =
        [("budget", Self::Budget), ("settled", Self::Settled)];
}

/// What a form says of an indicator.
#[derive(Debug)]
pub(super) struct Indicator {
    pub id: String,
    pub kind: Option<String>,
    pub better: Option<String>,
    /// In a list, where its name is found; likewise the fields below.
    pub name: Option<FactSpot>,
    pub name_en: Option<FactSpot>,
    pub unit: Option<FactSpot>,
    pub target: Option<FactSpot>,
    pub actual: Option<FactSpot>,
}

impl Indicator {
    /// In a list, where its names and its unit are found.
    pub fn called_by(&self) -> impl Iterator<Item = &FactSpot> {
        self.name.iter().chain(&self.name_en).chain(&self.unit)
    }
}

/// Reads the form in `file`. `None` if it cannot be read or names no files; a form with other
/// errors is marked as `broken`.
pub(super) fn read(file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Form> {
    let text = file.text(diagnostics)?;
    let mut problems = Diagnostics::new();
    let form = document::read(&file.path, &text, &mut problems, |keys| read_form(&file.path, keys));
    let broken = problems.has_errors();
    diagnostics.append(problems);
    form.flatten().map(|form| Form { broken, ..form })
}

/// The shape of the definition of a form, whether of a list or of worksheets.
pub fn shape() -> Shape {
    document::shape(|keys| {
        // A reader on which every key is present reads a list of measures.
        let _list = read_form(&"".into(), keys);
        let _nodes = keys.named_tables("node", |_, keys| FactSpot::read(keys));
        let _figures = read_sheet_figures(keys);
    })
}

/// Reads a form from its keys. It is a form for lists if it has `header`, `blocks` or a fact in a
/// `column`, otherwise one for worksheets. `None` if `files` is missing or wrong.
fn read_form(file: &Arc<str>, keys: &mut Keys<'_>) -> Option<Form> {
    let draft = keys.flag("draft");
    let pattern = keys.required_located_text("files");
    let is_list = keys.has("header") || keys.has("blocks");
    let home = file.rsplit('/').next().unwrap_or_default();
    let sheets = read_sheet_choice(keys);
    let mut declaration = Declaration::read_form_keys(keys, home);
    let fiscal_year = if keys.has("fiscal_year") { keys.fiscal_year("fiscal_year") } else { None };
    let when = keys.table("when", |keys| {
        if !keys.has("label") {
            return keys.missing("label");
        }
        read_label(keys)
    });
    let mut named: Vec<String> = Vec::new();
    let mut read_column = |name: Located<String>, keys: &mut Keys<'_>| {
        named.push(name.value.clone());
        FactSpot::read(keys).map(|source| FormColumn { name, source })
    };
    let of_node = keys.has("node") && !keys.has("measure");
    let section = if of_node { "node" } else { "measure" };
    let had = keys.has(section);
    let mut columns: Vec<FormColumn> =
        keys.named_tables(section, &mut read_column).into_iter().flatten().collect();
    if !had {
        keys.missing::<()>("measure");
    }
    columns.extend(keys.named_tables("fields", &mut read_column).into_iter().flatten());
    with_series(&mut columns);
    let private = keys.table("private", |keys| {
        let mut private = keys.texts("labels");
        private.extend(keys.texts("columns"));
        private
    });
    let is_list = is_list || columns.iter().any(|column| matches!(column.source.at, At::Column(_)));
    let kind = match is_list {
        true => FormKind::List(read_blocks(keys)),
        false => FormKind::Sheet(read_sheet_figures(keys)),
    };
    declaration.by_form = true;
    if let (true, SheetChoice::Named(_)) = (is_list, &sheets.0) {
        declaration.sheets = sheets.1.clone();
    }
    let required: &[&str] = if of_node { &["plan"] } else { &["id", "title", "department"] };
    for name in required.iter().filter(|_| had) {
        if !named.iter().any(|known| known == name) {
            let problem = not_said(section, name, keys.place_of(section));
            keys.push(problem);
        }
    }
    if of_node {
        only_indicators(&columns, &kind, keys);
    }
    Some(Form {
        file: file.clone(),
        files: PathPattern::read(keys, pattern?)?,
        draft,
        broken: false,
        sheets: sheets.0,
        when: when.flatten(),
        fiscal_year,
        declaration,
        of_node,
        columns,
        kind,
        private: private.unwrap_or_default(),
    })
}

fn read_sheet_figures(keys: &mut Keys<'_>) -> SheetFigures {
    SheetFigures {
        years: keys.table("years", read_years).flatten(),
        budgets: keys.tables("budgets", read_budget_rows).into_iter().flatten().collect(),
        indicators: keys.tables("indicators", read_indicator_rows).into_iter().flatten().collect(),
    }
}

fn not_said(section: &str, name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::FORM_DEFINITION,
        place,
        message!(
            ja: "「[{section}]」に「{name}」がありません",
            en: "`[{section}]` does not say where `{name}` stands",
        ),
    )
    .with_help(message!(
        ja: "「{name} = {{ label = \"…\" }}」か「{name} = {{ column = \"…\" }}」を書き加えてください",
        en: "add `{name} = {{ label = \"…\" }}` or `{name} = {{ column = \"…\" }}`",
    ))
}

/// Reports what a form of nodes of the plan cannot read: columns other than `plan`, and money.
/// Other facts of nodes belong to the table of the plan.
fn only_indicators(columns: &[FormColumn], kind: &FormKind, keys: &mut Keys<'_>) {
    for column in columns.iter().filter(|column| column.name.value != "plan") {
        let name = &column.name.value;
        let problem = Diagnostic::new(
            &diagnostic::FORM_DEFINITION,
            column.name.place.clone(),
            message!(
                ja: "計画の項目の様式では「{name}」を読み取れません",
                en: "a form of nodes of the plan cannot read `{name}`",
            ),
        );
        keys.push(problem.with_help(message!(
            ja: "「[node]」には「plan」だけを書き、名称や説明は「plan.csv」に入力してください",
            en: "write nothing but `plan` below `[node]`; titles and descriptions belong to `plan.csv`",
        )));
    }
    let has_money = match kind {
        FormKind::Sheet(figures) => !figures.budgets.is_empty(),
        FormKind::List(blocks) => blocks.iter().any(|block| !block.budgets.is_empty()),
    };
    if has_money {
        let place = keys.place_of("node");
        let problem = Diagnostic::new(
            &diagnostic::FORM_DEFINITION,
            place,
            message!(
                ja: "計画の項目の様式では金額を読み取れません",
                en: "a form of nodes of the plan cannot read money",
            ),
        );
        keys.push(problem.with_help(message!(
            ja: "「budgets」を削除してください。計画の項目の金額は、施策の金額から合計されます",
            en: "delete `budgets`: the money of a node is the sum of that of its measures",
        )));
    }
}

/// Adds a column `series` after `id` if the fiscal year is put before or after the id and the form
/// has no `series`: the id without the year.
fn with_series(columns: &mut Vec<FormColumn>) {
    let has = |name: &str| columns.iter().position(|column| column.name.value == name);
    let (Some(id), None) = (has("id"), has("series")) else { return };
    let FormColumn { name, source } = &columns[id];
    let of_year = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains("{year}"));
    let (before, behind) = (of_year(&source.prefix), of_year(&source.suffix));
    if before || behind {
        let name = Located::new("series".to_owned(), name.place.clone());
        let mut source = source.clone();
        source.prefix = source.prefix.filter(|_| !before);
        source.suffix = source.suffix.filter(|_| !behind);
        columns.insert(id + 1, FormColumn { name, source });
    }
}

fn read_sheet_choice(keys: &mut Keys<'_>) -> (SheetChoice, Option<Sheets>) {
    let is_text = keys.is_text("sheets");
    let Some(named) = keys.text_or_texts("sheets") else { return (SheetChoice::All, None) };
    match named.as_slice() {
        [only] if is_text && only.value == "all" => (SheetChoice::All, Some(Sheets::All)),
        [only] if is_text => match read_regex(keys, "sheets", &only.value) {
            Some(regex) => (SheetChoice::Matching(regex), None),
            None => (SheetChoice::All, None),
        },
        _ => {
            let names = named.iter().map(|name| name.value.clone()).collect();
            (SheetChoice::Named(names), Some(Sheets::Named(named)))
        }
    }
}

/// Compiles the regular expression `pattern`, the value of `key`. A wrong one is reported.
pub(super) fn read_regex(keys: &mut Keys<'_>, key: &str, pattern: &str) -> Option<Regex> {
    match Regex::new(pattern) {
        Ok(regex) => Some(regex),
        Err(error) => {
            let why = error.to_string();
            let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
            keys.problem(
                &diagnostic::DOCUMENT_VALUE,
                key,
                message!(
                    ja: "「{pattern}」は正規表現として使えません（{why}）",
                    en: "`{pattern}` is not a regular expression: {why}",
                ),
                message!(
                    ja: "「'^\\d+$'」のように、「'」で囲んで書いてください",
                    en: "write it between single quotation marks, as in `'^\\d+$'`",
                ),
            );
            None
        }
    }
}

fn read_indicator(keys: &mut Keys<'_>) -> Option<Indicator> {
    let id = keys.required_id("id");
    Some(Indicator {
        kind: keys.text("kind"),
        better: keys.text("better"),
        name: FactSpot::read_or_constant(keys, "name"),
        name_en: FactSpot::read_or_constant(keys, "name_en"),
        unit: FactSpot::read_or_constant(keys, "unit"),
        target: keys.located_text("target").map(FactSpot::column),
        actual: keys.located_text("actual").map(FactSpot::column),
        id: id?.value.to_string(),
    })
}
