//! The commands on **forms**: `forms guess` drafts a form from examples, and `forms write` writes
//! what forms read as plain tables.

use std::collections::BTreeSet;
use std::path::Path;

use crate::artifact::Artifact;
use crate::diagnostic::Diagnostics;
use crate::report::{self, ReportFormat};
use crate::source::{self, Limits, Sources};
use crate::text::{Id, Language};
use crate::{config, form, message, publish};

use super::arguments::{FormsArguments, FormsCommand, GuessArguments, WriteArguments};
use super::commands::refuse;
use super::{CommandOutcome, drafts, say, style};

pub(super) fn run(arguments: &FormsArguments, language: Language) -> CommandOutcome {
    match &arguments.command {
        FormsCommand::Guess(guess) => draft(guess, language),
        FormsCommand::Write(write) => tables(write, language),
    }
}

/// `kawaraban forms guess` and `kawaraban new form`: drafts a form from the given workbooks and
/// writes it to `content/forms`. The fields that it uses and the site does not declare yet are
/// appended to `content/fields.toml`, and the plan is written to `content/plan.csv` if there is
/// none.
pub(super) fn draft(arguments: &GuessArguments, language: Language) -> CommandOutcome {
    let style = style(ReportFormat::Human, language);
    let root = &arguments.root;
    let sources = match drafts::read_files(root, &arguments.files, language) {
        Ok(sources) => sources,
        Err(refused) => return refused,
    };
    let mut diagnostics = Diagnostics::new();
    let drafted = form::guess(&sources, &mut diagnostics);
    let failed = diagnostics.has_errors();
    eprint!("{}", report::render(diagnostics, &sources, style));
    let Some(drafted) = drafted else {
        if failed {
            return CommandOutcome::ContentErrors;
        }
        return refuse(
            language,
            &message!(
                ja: "様式の下書きを作れません。項目名の並ぶシートか、見出しのある一覧表が見つかりません",
                en: "no form can be guessed: there is neither a worksheet with labels nor a list with a header",
            ),
            None,
        );
    };
    let id = match &arguments.id {
        Some(id) => id.clone(),
        None => id_of(&sources),
    };
    let path = format!("{}{id}.toml", form::FOLDER);
    let text = drafts::with_schema(root, &path, "form", &drafted.form);
    if let Err(error) = publish::add(root, &[Artifact::new(&*path, text)]) {
        return refuse(language, &error.message(), Some(&error.help()));
    }
    let mut written = vec![path];
    let known = declared_ids(root);
    let new: String = drafted
        .fields
        .iter()
        .filter(|(id, _)| !known.contains(id))
        .map(|(_, text)| format!("{text}\n"))
        .collect();
    if !new.is_empty() {
        if let Err(error) = publish::append(root, FIELDS, &new) {
            return refuse(language, &error.message(), Some(&error.help()));
        }
        written.push(FIELDS.to_owned());
    }
    // An existing plan is never changed: a node that it lacks is an error of a later check, which
    // suggests similar ones.
    if !root.join("content/plan.csv").exists()
        && let Some(table) = form::plan_table(&drafted.plan)
    {
        let path = table.path.clone();
        if let Err(error) = publish::add(root, &[table]) {
            return refuse(language, &error.message(), Some(&error.help()));
        }
        written.push(path.to_string());
    }
    drafts::tell(&written, language);
    CommandOutcome::Fine
}

/// The ids of the fields that the site already declares; empty if the file is missing or cannot be
/// read, which a later check reports.
fn declared_ids(root: &Path) -> BTreeSet<String> {
    let text = source::read_named(root, FIELDS, Limits::default().of(FIELDS)).ok().flatten();
    let text = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let table: toml::Table = text.trim_start_matches('\u{feff}').parse().unwrap_or_default();
    let fields = table.get("fields").and_then(|fields| fields.as_array());
    let ids = fields.into_iter().flatten().filter_map(|field| field.get("id")?.as_str());
    ids.map(str::to_owned).collect()
}

/// The file in which fields are declared.
const FIELDS: &str = "content/fields.toml";

/// An id for the form: the name of the file, or of its folder if there are several files. Names of
/// folders that are fiscal years are skipped; `sheets` if no name can be made an id.
fn id_of(sources: &Sources) -> String {
    let path = sources.iter().next().map_or("", |file| &file.path);
    let several = sources.iter().nth(1).is_some();
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let folders = parts.filter(|folder| crate::calendar::FiscalYear::parse(folder).is_err());
    let names: Vec<&str> = match several {
        true => folders.collect(),
        false => std::iter::once(name).chain(folders).collect(),
    };
    let id = names.into_iter().find_map(|name| Id::parse(name).or_else(|| Id::suggest(name)));
    id.map_or_else(|| "sheets".to_owned(), |id| id.as_str().to_owned())
}

/// `kawaraban forms write`: reads the site's own sheets through its forms and writes the result as
/// new tables in `content`. Nothing is written if there are errors or no form reads anything.
fn tables(arguments: &WriteArguments, language: Language) -> CommandOutcome {
    let style = style(ReportFormat::Human, language);
    let root = &arguments.root;
    let mut diagnostics = Diagnostics::new();
    let limits = source::settings(root).map(|text| config::limits(&text)).unwrap_or_default();
    let sources = source::read(root, limits, &mut diagnostics);
    let read = form::read(&sources, &mut diagnostics);
    let failed = diagnostics.has_errors();
    eprint!("{}", report::render(diagnostics, &sources, style));
    if failed {
        return CommandOutcome::ContentErrors;
    }
    let files = read.written();
    if files.is_empty() {
        return refuse(
            language,
            &message!(ja: "様式で読み取ったものがありません", en: "no form has read anything"),
            None,
        );
    }
    if let Err(error) = publish::add(root, &files) {
        return refuse(language, &error.message(), Some(&error.help()));
    }
    tell_written(root, &files, language);
    CommandOutcome::Fine
}

fn tell_written(root: &Path, files: &[Artifact], language: Language) {
    for file in files {
        let path = root.join(&file.path);
        say(path.display());
    }
    say(match language {
        Language::Ja => {
            "様式の代わりにこれらの表を使う場合は、「content/forms」の様式とそのブックを「content」の外に移してください"
        }
        Language::En => {
            "to use these tables in place of the forms, move the forms and their workbooks out of `content`"
        }
    });
}
