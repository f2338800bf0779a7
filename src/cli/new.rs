//! `kawaraban new`: a new site, and the tables and pages of a site.
//!
//! Not in here: what is in the files (`starter`), and drafts of given tables (`new_dataset`,
//! `forms`).

mod ask;

use std::path::Path;

use crate::artifact::Artifact;
use crate::calendar::FiscalYear;
use crate::config::LocalGovernmentCode;
use crate::diagnostic::Message;
use crate::message;
use crate::pipeline::{self, Assembled, BuildOptions};
use crate::policy::DeclaredFields;
use crate::publish;
use crate::report::{self, ReportFormat, in_language};
use crate::starter::{self, Choices, City, CityDepartment, StarterPart, TableFormat};
use crate::table;
use crate::text::{Id, Language, counted};

use super::arguments::{NewArguments, NewPageArguments, NewTableArguments};
use super::commands::{refuse, selection};
use super::drafts::without_content;
use super::{CommandOutcome, say, style};

/// `kawaraban new`: writes a new site. In a folder that is in use, lists what is missing, and
/// writes it if that is wanted.
pub(super) fn site(arguments: &NewArguments, language: Language) -> CommandOutcome {
    let folder = arguments.folder.as_deref().unwrap_or(".".as_ref());
    let in_use = match publish::is_in_use(folder) {
        Ok(in_use) => in_use,
        Err(error) => return refuse(language, &error.message(), Some(&error.help())),
    };
    let city = match city(arguments, language) {
        Ok(city) => city,
        Err(refused) => return refused,
    };
    let format = format(arguments.csv);
    let parts = starter::site(&city, format);
    let (files, left_out) = match in_use {
        true => missing(folder, parts),
        false => (parts.into_iter().flat_map(|part| part.files).collect(), false),
    };
    let shown = folder.display().to_string();
    if in_use && !may_add(arguments, &shown, (&files, left_out), language) {
        return if files.is_empty() { CommandOutcome::Fine } else { CommandOutcome::Refused };
    }
    if let Err(error) = publish::add(folder, &files) {
        return refuse(language, &error.message(), Some(&error.help()));
    }
    let count = files.len();
    say(match language {
        Language::Ja if in_use => format!("{count}ファイルを書き出しました"),
        Language::Ja => format!(
            "「{shown}」に新しいサイトを作成しました（{count}ファイル）。次のコマンドで表示できます：\n  \
             kawaraban serve --root {shown}"
        ),
        Language::En if in_use => format!("wrote {}", counted(count, "file")),
        Language::En => format!(
            "created a new site in {shown} ({}); preview it with:\n  kawaraban serve --root {shown}",
            counted(count, "file")
        ),
    });
    tell_format(arguments.csv, language);
    CommandOutcome::Fine
}

/// The format of tables: CSV if it is asked for, or if the program can write nothing else.
fn format(csv: bool) -> TableFormat {
    if csv { TableFormat::Csv } else { TableFormat::usual() }
}

/// Says that tables are CSV although nobody asked for it.
fn tell_format(csv: bool, language: Language) {
    if csv || TableFormat::usual() == TableFormat::Xlsx {
        return;
    }
    say(match language {
        Language::Ja => {
            "このプログラムはExcelのブックの書き出しに対応していないため、表はCSVです（配布版か --all-features でコンパイルしたものは対応しています）"
        }
        Language::En => {
            "tables are CSV: this program was compiled without Excel workbooks (released programs and `--all-features` have them)"
        }
    });
}

/// The city that the flags name; what they do not name is asked for where a person can answer, and
/// else is that of the invented city.
fn city(arguments: &NewArguments, language: Language) -> Result<City, CommandOutcome> {
    let mut city = City::invented(arguments.year.unwrap_or_else(this_year));
    if let Some(name) = &arguments.name {
        city.name.clone_from(name);
    }
    if let Some(text) = &arguments.code {
        city.code = match LocalGovernmentCode::parse(text) {
            Ok(code) => code,
            Err(problem) => {
                return Err(refuse(language, &ask::not_a_code(text), Some(&problem.help())));
            }
        };
    }
    if let Some(text) = &arguments.departments {
        city.departments = match departments(text) {
            Ok(departments) => departments,
            Err((message, help)) => return Err(refuse(language, &message, Some(&help))),
        };
    }
    ask::complete(&mut city, arguments, language)?;
    Ok(city)
}

/// The departments in `text`, at least one; otherwise what is wrong, and how to correct it.
fn departments(text: &str) -> Result<Vec<CityDepartment>, (Message, Message)> {
    let help = message!(
        ja: "名称を「、」で区切って入力してください。IDを付ける場合は「planning=企画部」のように、半角の英小文字・数字・ハイフンで、ほかと重ならないように入力してください",
        en: "separate the names by commas; write an id as in `planning=企画部`, with a–z, 0–9 and -, a different one for each department",
    );
    match CityDepartment::read_all(text.split(['、', ',', '，', ';'])) {
        Ok(all) if !all.is_empty() => Ok(all),
        Ok(_) => Err((message!(ja: "部局がありません", en: "there are no departments"), help)),
        Err(text) => Err((
            message!(ja: "「{text}」は部局として使えません", en: "`{text}` cannot be a department"),
            help,
        )),
    }
}

/// The current fiscal year in Japan.
fn this_year() -> FiscalYear {
    let today = selection(false, None).as_of;
    today.map(FiscalYear::of).or_else(|| FiscalYear::new(2026)).expect("a year of four digits")
}

/// The files of `parts` that `folder` lacks, and whether a part is left out because it would refer
/// to departments and topics of the starter.
fn missing(folder: &Path, parts: Vec<StarterPart>) -> (Vec<Artifact>, bool) {
    let has = |place: &str| {
        let tables = table::ENDINGS.iter().map(|ending| format!("{place}{ending}"));
        tables.chain([place.to_owned()]).any(|path| folder.join(path).exists())
    };
    let own_vocabulary = has("content/departments") || has("content/topics");
    let mut files = Vec::new();
    let mut left_out = false;
    for part in parts {
        if part.places.iter().any(|place| has(place)) {
            continue;
        }
        match part.needs_vocabulary && own_vocabulary {
            true => left_out = true,
            false => files.extend(part.files),
        }
    }
    (files, left_out)
}

/// Lists the missing `files` of a folder that is in use, and returns whether to write them.
fn may_add(
    arguments: &NewArguments,
    shown: &str,
    (files, left_out): (&[Artifact], bool),
    language: Language,
) -> bool {
    let paths: Vec<String> = files.iter().map(|file| format!("  {}", file.path)).collect();
    let paths = paths.join("\n");
    if files.is_empty() {
        say(match language {
            Language::Ja => format!("「{shown}」に足りないファイルはありません"),
            Language::En => format!("nothing is missing in {shown}"),
        });
    } else {
        say(match language {
            Language::Ja => format!("「{shown}」に足りないファイル：\n{paths}"),
            Language::En => format!("missing in {shown}:\n{paths}"),
        });
    }
    if left_out {
        say(match language {
            Language::Ja => {
                "部局または分野の表がすでにあるため、見本の施策とデータは作成しません。施策の表は「kawaraban new measure」で作成できます"
            }
            Language::En => {
                "no example measures and data, because there is a table of departments or topics; `kawaraban new measure` makes tables for measures"
            }
        });
    }
    if files.is_empty() || arguments.add {
        return arguments.add && !files.is_empty();
    }
    ask::agreed(language).unwrap_or_else(|| {
        let message = message!(
            ja: "フォルダーにファイルがあるため、書き出しませんでした",
            en: "nothing was written, because the folder is in use",
        );
        let help = message!(
            ja: "足りないファイルを書き出すには、「--add」を付けて実行してください。今あるファイルは変更しません",
            en: "`--add` writes the missing files and changes no file that is there",
        );
        refuse(language, &message, Some(&help));
        false
    })
}

/// `kawaraban new measure`: writes empty tables for the measures, indicators and budgets of a year
/// where the site has none yet.
pub(super) fn measures(arguments: &NewTableArguments, language: Language) -> CommandOutcome {
    tables(arguments, language, |year, choices, fields| {
        starter::measures(year, choices, fields, format(arguments.csv))
    })
}

/// `kawaraban new policy`: writes a table for the policies of a year where the site has none yet.
pub(super) fn policies(arguments: &NewTableArguments, language: Language) -> CommandOutcome {
    tables(arguments, language, |year, choices, fields| {
        vec![starter::policies(year, choices, fields, format(arguments.csv))]
    })
}

/// Writes those of the tables of a year that the site does not have yet. Their drop-down lists are
/// those of the site.
fn tables(
    arguments: &NewTableArguments,
    language: Language,
    make: impl FnOnce(FiscalYear, &Choices, &DeclaredFields) -> Vec<Artifact>,
) -> CommandOutcome {
    let root = &arguments.root;
    if let Some(refused) = without_content(root, language) {
        return refused;
    }
    let year = arguments.year.unwrap_or_else(this_year);
    let options = BuildOptions { without_files: true, ..BuildOptions::default() };
    let Assembled { sources, site, diagnostics, .. } = pipeline::assemble(root, &options);
    let Some((site, _)) = site else {
        let style = style(ReportFormat::Human, language);
        eprint!("{}", report::render(diagnostics, &sources, style));
        return CommandOutcome::ContentErrors;
    };
    let existing = site.departments.iter().map(|entry| &entry.department);
    let existing = existing.filter(|department| department.existed_in(year));
    let choices = Choices::of(
        existing.map(|department| department.name.own.as_str()),
        site.topics.iter().map(|entry| entry.topic.name.own.as_str()),
        &site.config.ratings,
        &site.config.indicator_kinds,
    );
    let files = make(year, &choices, &site.fields);
    let is_there = |file: &Artifact| {
        let stem = file.path.rsplit_once('.').map_or(&*file.path, |(stem, _)| stem);
        table::ENDINGS
            .iter()
            .map(|ending| format!("{stem}{ending}"))
            .find(|path| root.join(path).exists())
    };
    let there: Vec<String> = files.iter().filter_map(is_there).collect();
    let new: Vec<Artifact> = files.into_iter().filter(|file| is_there(file).is_none()).collect();
    if new.is_empty() {
        let Message { ja, en } = Message::list(&there);
        return refuse(
            language,
            &message!(
                ja: "すでにあるため、上書きはしません：{ja}",
                en: "already there, and not overwritten: {en}",
            ),
            Some(&message!(
                ja: "今ある表に行を追加するか、「--year」で別の年度を指定してください",
                en: "add rows to the table that is there, or name another year with `--year`",
            )),
        );
    }
    write(root, &new, language, arguments.csv)
}

/// `kawaraban new page`: writes a page to be filled in.
pub(super) fn page(arguments: &NewPageArguments, language: Language) -> CommandOutcome {
    if let Some(refused) = without_content(&arguments.root, language) {
        return refused;
    }
    let Some(id) = Id::parse(&arguments.id) else {
        return super::new_dataset::not_an_id(&arguments.id, language);
    };
    let title = arguments.title.as_deref().unwrap_or(id.as_str());
    write(&arguments.root, &[starter::page(&id, title)], language, true)
}

fn write(root: &Path, files: &[Artifact], language: Language, csv: bool) -> CommandOutcome {
    if let Err(error) = publish::add(root, files) {
        return refuse(language, &error.message(), Some(&error.help()));
    }
    let Message { ja, en } = Message::list(files.iter().map(|file| &file.path));
    let said = message!(ja: "次のファイルを作成しました：{ja}", en: "created {en}");
    say(in_language(&said, language));
    tell_format(csv, language);
    CommandOutcome::Fine
}
