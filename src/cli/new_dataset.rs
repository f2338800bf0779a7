//! `kawaraban new dataset`: **drafts** a dataset from a table, for a person to read and correct.
//!
//! Not in here: guessing the declaration of a table (`dataset::guess`).

use std::path::Path;

use crate::artifact::Artifact;
use crate::dataset::{STANDARD_SETS, StandardSet};
use crate::diagnostic::{Diagnostics, Message};
use crate::report::{self, ReportFormat};
use crate::source::Sources;
use crate::text::{Id, Language};
use crate::{dataset, document, message, publish, table};

use super::arguments::NewDatasetArguments;
use super::commands::refuse;
use super::{CommandOutcome, drafts, say, style};

/// The folder with a folder for each dataset.
const FOLDER: &str = "content/datasets/";

/// `kawaraban new dataset`: drafts a dataset from the given table and from the declaration beside
/// it (`<table>.toml`), if there is one.
pub(super) fn run(arguments: &NewDatasetArguments, language: Language) -> CommandOutcome {
    let root = &arguments.root;
    if let Some(refused) = drafts::without_content(root, language) {
        return refused;
    }
    let set = match arguments.standard.as_deref().map(|id| (id, StandardSet::find(id))) {
        Some((id, None)) => return no_standard(id, language),
        Some((_, set)) => set,
        None => None,
    };
    let file = match (&arguments.file, set) {
        (Some(file), _) => file,
        (None, Some(set)) => return empty(arguments, set, language),
        (None, None) => return no_standard("", language),
    };
    let mut paths = vec![file.clone()];
    let mut beside = file.clone().into_os_string();
    beside.push(".toml");
    paths.extend(Path::new(&beside).is_file().then(|| beside.clone().into()));
    let sources = match drafts::read_files(root, &paths, language) {
        Ok(sources) => sources,
        Err(refused) => return refused,
    };
    draft(arguments, file, set, &sources, language)
}

/// Makes the folder of a dataset with the declaration of `set` and an empty table. Refused if the
/// id is none, or if the folder exists already.
fn empty(arguments: &NewDatasetArguments, set: &StandardSet, language: Language) -> CommandOutcome {
    let root = &arguments.root;
    let written = arguments.id.as_deref().unwrap_or(set.id);
    let Some(id) = Id::parse(written) else { return not_an_id(written, language) };
    let folder = format!("{FOLDER}{id}");
    if root.join(&folder).exists() {
        return is_there(&folder, true, language);
    }
    let toml = format!("{folder}/dataset.toml");
    let text = drafts::with_schema(root, &toml, "dataset", &set.drafted_toml());
    let csv = format!("{folder}/{id}.csv");
    let files = vec![Artifact::new(&*toml, text), Artifact::new(&*csv, set.drafted_csv())];
    if let Err(error) = publish::add(root, &files) {
        return refuse(language, &error.message(), Some(&error.help()));
    }
    drafts::tell(&[toml, csv.clone()], language);
    say(match language {
        Language::Ja => format!("「{csv}」に、1行に1件ずつ入力してください"),
        Language::En => format!("fill in {csv}, one record a row"),
    });
    CommandOutcome::Fine
}

/// Refuses a standard set that there is not.
fn no_standard(written: &str, language: Language) -> CommandOutcome {
    let message = message!(
        ja: "「{written}」という標準のデータセットはありません",
        en: "there is no standard set `{written}`",
    );
    let each = |set: &StandardSet| {
        Message::new(
            format!("{}（{}）", set.id, set.title),
            format!("{} ({})", set.id, set.title_en),
        )
    };
    let sets: Vec<Message> = STANDARD_SETS.iter().map(each).collect();
    let ja = sets.iter().map(|set| set.ja.as_str()).collect::<Vec<_>>().join("、");
    let en = sets.iter().map(|set| set.en.as_str()).collect::<Vec<_>>().join(", ");
    let help = message!(ja: "指定できるもの：{ja}", en: "sets: {en}");
    refuse(language, &message, Some(&help))
}

/// Drafts the dataset of the only table in `sources`: writes `dataset.toml` into the dataset's
/// folder, and a copy of the table unless it is there already. Refused if no file is a table, if no
/// id can be determined, or if the folder exists already (for a table in it: if `dataset.toml`
/// exists).
fn draft(
    arguments: &NewDatasetArguments,
    named: &Path,
    set: Option<&StandardSet>,
    sources: &Sources,
    language: Language,
) -> CommandOutcome {
    let root = &arguments.root;
    let Some(file) = sources.iter().find(|file| table::is_table(&file.path)) else {
        let (shown, endings) = (named.display(), table::ENDINGS.join(" "));
        return refuse(
            language,
            &message!(ja: "「{shown}」は表のファイルではありません", en: "`{shown}` is not a table"),
            Some(&message!(
                ja: "表として読めるのは、名前の末尾が {endings} のファイルです",
                en: "tables are files whose names end in {endings}",
            )),
        );
    };
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // A table that is already in the folder of a dataset stays there.
    let own = file.path.strip_prefix(FOLDER).and_then(|below| below.split_once('/'));
    let own = own.and_then(|(folder, _)| Id::parse(folder));
    let given = arguments.id.as_deref().map(|id| (id, Id::parse(id)));
    let id = match (given, own) {
        (Some((written, None)), _) => return not_an_id(written, language),
        (Some((_, Some(id))), None) => id,
        (Some((_, Some(id))), Some(own)) if id == own => id,
        (Some(_), Some(own)) => return stays(&file.path, &own, language),
        (None, Some(own)) => own,
        (None, None) => match Id::parse(stem).or_else(|| Id::suggest(stem)) {
            Some(id) => id,
            None => return no_id(stem, language),
        },
    };
    let folder = format!("{FOLDER}{id}");
    let copied = !file.path.starts_with(&format!("{folder}/"));
    let there = format!("{folder}/dataset.toml");
    if root.join(if copied { &folder } else { &there }).exists() {
        return is_there(if copied { &folder } else { &there }, copied, language);
    }
    let mut diagnostics = Diagnostics::new();
    let drafted = dataset::guess(sources, file, (title(stem, &id), set), &mut diagnostics);
    eprint!("{}", report::render(diagnostics, sources, style(ReportFormat::Human, language)));
    let Some(drafted) = drafted else { return CommandOutcome::ContentErrors };
    let text = drafts::with_schema(root, &there, "dataset", &drafted.toml);
    let mut files = vec![Artifact::new(&*there, text)];
    if copied {
        files.push(Artifact::new(format!("{folder}/{name}"), file.bytes.to_vec()));
    }
    if let Err(error) = publish::add(root, &files) {
        return refuse(language, &error.message(), Some(&error.help()));
    }
    let written: Vec<String> = files.iter().map(|file| file.path.to_string()).collect();
    drafts::tell(&written, language);
    if !drafted.personal.is_empty() {
        let personal = &drafted.personal;
        say(match language {
            Language::Ja => {
                format!("個人に関わると思われる列は公開しません：{}", personal.join("、"))
            }
            Language::En => {
                format!("not published, because they look personal: {}", personal.join(", "))
            }
        });
    }
    let beside = format!("{}.toml", file.path);
    if !copied && sources.get(&beside).is_some() {
        say(match language {
            Language::Ja => {
                format!(
                    "「{beside}」の内容は「{there}」に移しました。「{beside}」は削除してください"
                )
            }
            Language::En => format!("what {beside} says is now in {there}; delete {beside}"),
        });
    }
    CommandOutcome::Fine
}

/// The title until a person writes a better one: the name of the file, or the id if the name is in
/// ASCII.
fn title<'t>(stem: &'t str, id: &'t Id) -> &'t str {
    if stem.is_ascii() { id.as_str() } else { stem }
}

/// Refuses to overwrite `path`, which is the folder of a dataset or, if not `folder`, its
/// `dataset.toml`.
fn is_there(path: &str, folder: bool, language: Language) -> CommandOutcome {
    let help = match folder {
        true => message!(
            ja: "別のIDを「--id」で指定してください。「{path}」のデータを置き換えるには、その中の表のファイルを入れ替えます",
            en: "choose another id with `--id`; to replace the data of `{path}`, replace the table in it",
        ),
        false => message!(
            ja: "作り直すには、このファイルを別の場所に移してください",
            en: "to draft it anew, move this file away",
        ),
    };
    let message = message!(
        ja: "「{path}」はすでにあります。上書きはしません",
        en: "`{path}` is already there and is not overwritten",
    );
    refuse(language, &message, Some(&help))
}

/// Refuses an id other than `own`, the id of the dataset in whose folder the table is.
fn stays(path: &str, own: &Id, language: Language) -> CommandOutcome {
    let message = message!(
        ja: "「{path}」は、データセット「{own}」のフォルダーにあります",
        en: "`{path}` is in the folder of the dataset `{own}`",
    );
    let help = message!(
        ja: "「--id」を付けずに実行するか、ファイルをこのフォルダーの外に移してください",
        en: "leave out `--id`, or move the file out of this folder",
    );
    refuse(language, &message, Some(&help))
}

/// Refuses an id that is none.
pub(super) fn not_an_id(written: &str, language: Language) -> CommandOutcome {
    let message = message!(ja: "「{written}」はIDとして使えません", en: "`{written}` cannot be used as an id");
    refuse(language, &message, Some(&document::id_rule(written)))
}

fn no_id(stem: &str, language: Language) -> CommandOutcome {
    let message = message!(
        ja: "ファイルの名前「{stem}」からデータセットのIDを作れません",
        en: "no dataset id can be made of the file name `{stem}`",
    );
    let help = message!(
        ja: "「--id public-facilities」のように指定してください。IDはページのアドレスの一部になります",
        en: "give one, such as `--id public-facilities`; it becomes part of the page's address",
    );
    refuse(language, &message, Some(&help))
}
