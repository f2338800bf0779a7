//! The commands about **released versions**: `release` adds the present state of datasets to the
//! version store, and `diff` compares two states of a dataset.
//!
//! Not in here: the files of a version (`catalog`), and comparing states (`dataset`).

use crate::artifact::Artifact;
use crate::dataset::{
    Dataset, HistoryStep, STORE, TableDifference, Version, VersionName, name_rule,
};
use crate::diagnostic::Message;
use crate::message;
use crate::pipeline::{self, Assembled, BuildOptions};
use crate::report::{self, ReportFormat};
use crate::site::Site;
use crate::text::{Language, Localized, nearest};
use crate::{catalog, publish};

use super::arguments::{DiffArguments, DiffFormat, ReleaseArguments};
use super::commands::{failure, refuse, selection, show};
use super::differences::{Told, counted, page};
use super::{CommandOutcome, say, style};

/// Why a command is refused, and a help on what to do.
type Refusal = (Message, Message);

/// `kawaraban release`: adds the present state of the requested datasets, or of all that have
/// changed, to the version store, and prints a line for each. If one of them cannot be released,
/// nothing is written.
pub(super) fn release(arguments: &ReleaseArguments, language: Language) -> CommandOutcome {
    let style = style(ReportFormat::Human, language);
    // A version stays published, so nothing is released that is not to be published yet.
    let options = BuildOptions { selection: selection(false, None), ..BuildOptions::default() };
    let Assembled { sources, site, diagnostics, .. } =
        pipeline::assemble(&arguments.root, &options);
    let Some((site, _)) = site else {
        let summary =
            report::summary(&diagnostics, report::RunOutcome::NothingWritten, style.language);
        eprint!("{}{summary}", report::render(diagnostics, &sources, style));
        return failure(&sources);
    };
    let released = match to_release(&site, arguments) {
        Ok(released) => released,
        Err((message, help)) => return refuse(style.language, &message, Some(&help)),
    };
    let files: Vec<Artifact> =
        released.iter().flat_map(|one| one.files.clone()).flatten().collect();
    if let Err(error) = publish::keep(&arguments.root, STORE, &files) {
        return refuse(style.language, &error.message(), Some(&error.help()));
    }
    let count = released.iter().filter(|one| one.files.is_some()).count();
    for one in &released {
        say(one.told(style.language));
    }
    let store = arguments.root.join(STORE.trim_end_matches('/'));
    let store = store.display();
    say(match (style.language, count) {
        (Language::Ja, 0) => "最新の版から変更されたデータセットはありません".to_owned(),
        (Language::En, 0) => "nothing has changed since the last versions".to_owned(),
        (Language::Ja, _) => {
            format!(
                "{count}件の版を「{store}」に保存しました。ほかの内容と一緒にコミットしてください"
            )
        }
        (Language::En, 1) => format!("1 version written to {store}; commit it with the content"),
        (Language::En, _) => {
            format!("{count} versions written to {store}; commit them with the content")
        }
    });
    CommandOutcome::Fine
}

/// A requested dataset with the files of its new version; `None` if nothing has changed.
struct Release<'s> {
    dataset: &'s Dataset,
    name: VersionName,
    files: Option<Vec<Artifact>>,
}

/// The datasets to be released, which are the requested ones or all, each with the name and the
/// files of its new version.
///
/// The date is that of the dataset's last change, and the default name of the version is the date.
/// Refused if a dataset is unknown, its date is not known, or the name is invalid, already used, or
/// before an earlier one.
fn to_release<'s>(
    site: &'s Site,
    arguments: &ReleaseArguments,
) -> Result<Vec<Release<'s>>, Refusal> {
    let datasets: Vec<&Dataset> = match arguments.datasets.as_slice() {
        [] => site.datasets.iter().collect(),
        names => names.iter().map(|name| find(site, name)).collect::<Result<_, _>>()?,
    };
    let note = arguments.note.as_ref().map(|note| Localized {
        own: note.trim().to_owned(),
        en: arguments.note_en.as_ref().map(|note| note.trim().to_owned()),
        plain: false,
    });
    let release = |dataset: &'s Dataset| {
        let id = &dataset.id;
        let date = dataset.changed().ok_or_else(|| {
            let place = if dataset.built_in { "content/site.toml" } else { dataset.place.path() };
            (
                message!(ja: "「{id}」がいつの時点のデータか分かりません", en: "the date of the data in `{id}` is not known"),
                message!(ja: "「{place}」に「updated = …」の形で更新日を記入してください", en: "add `updated = …` to `{place}`"),
            )
        })?;
        let name = match &arguments.version {
            Some(name) => parse(name)?,
            None => parse(&date.to_string())?,
        };
        let files = catalog::release(site, dataset, &name, date, note.as_ref());
        if files.is_some() {
            is_next(dataset, &name, date)?;
        }
        Ok(Release { dataset, name, files })
    };
    datasets.into_iter().map(release).collect()
}

/// Checks that the version `name` of `date` has a new name and comes after all earlier ones.
fn is_next(
    dataset: &Dataset,
    name: &VersionName,
    date: crate::calendar::Date,
) -> Result<(), Refusal> {
    let id = &dataset.id;
    let place = dataset.place.path();
    if dataset.versions.iter().any(|version| version.name() == name) {
        return Err((
            message!(
                ja: "「{id}」の「{name}」版はすでに公開されていて、内容が異なります",
                en: "version `{name}` of `{id}` has already been released with different content",
            ),
            message!(
                ja: "「{place}」の「updated」（更新日）を新しくするか、「--version」で別の名前を付けてください。公開した版は上書きできません",
                en: "set a newer `updated` in `{place}`, or choose another name with `--version`; a released version is never overwritten",
            ),
        ));
    }
    let Some(newest) = dataset.versions.last() else { return Ok(()) };
    let (newest_name, newest_date) = (newest.name(), newest.date);
    if newest_date.cmp(&date).then_with(|| newest_name.natural_order(name)).is_lt() {
        return Ok(());
    }
    Err((
        message!(
            ja: "「{id}」の新しい版「{name}」（{date}）が、最新の「{newest_name}」版（{newest_date}）より前になります",
            en: "the new version `{name}` of `{id}` ({date}) would come before the newest one, `{newest_name}` ({newest_date})",
        ),
        message!(
            ja: "「{place}」の「updated」（更新日）を確認するか、「--version」で後に並ぶ名前を付けてください",
            en: "check `updated` in `{place}`, or choose a name with `--version` that sorts later",
        ),
    ))
}

impl Release<'_> {
    /// A line that states what was released, or that nothing has changed.
    fn told(&self, language: Language) -> String {
        let (id, name, rows) = (&self.dataset.id, &self.name, self.dataset.rows.len());
        let newest = self.dataset.versions.last().map(Version::name);
        let since = newest.zip(self.dataset.unreleased.as_ref());
        match (&self.files, since, language) {
            (Some(_), Some((newest, difference)), Language::Ja) => {
                format!("{id} {name}: {rows}行。{newest}版から{}", counted(difference, language))
            }
            (Some(_), Some((newest, difference)), Language::En) => {
                format!(
                    "{id} {name}: {rows} rows; since {newest}: {}",
                    counted(difference, language)
                )
            }
            (Some(_), None, Language::Ja) => format!("{id} {name}: {rows}行、最初の版です"),
            (Some(_), None, Language::En) => format!("{id} {name}: {rows} rows; first version"),
            (None, Some((newest, _)), Language::Ja) => {
                format!("{id}: {newest}版から変更ありません")
            }
            (None, Some((newest, _)), Language::En) => format!("{id}: unchanged since {newest}"),
            (None, None, _) => id.to_string(),
        }
    }
}

/// `kawaraban diff <dataset>`: prints the difference between two states of a dataset. By default
/// these are the present state and the state before it.
pub(super) fn diff(arguments: &DiffArguments, dataset: &str, language: Language) -> CommandOutcome {
    let style = style(arguments.format.into(), language);
    let Assembled { sources, site, diagnostics, .. } =
        pipeline::assemble(&arguments.root, &BuildOptions::default());
    let Some((site, _)) = site else {
        show(&report::render(diagnostics, &sources, style), style.format);
        return failure(&sources);
    };
    let compared = find(&site, dataset).and_then(|dataset| {
        let now = dataset.versions.len();
        let to = match &arguments.to {
            Some(name) => state(dataset, name)?,
            None => now,
        };
        let from = match &arguments.from {
            Some(name) => state(dataset, name)?,
            None => to.checked_sub(1).ok_or_else(|| no_earlier(dataset))?,
        };
        Ok((dataset.state(from), dataset.state(to)))
    });
    let (before, after) = match compared {
        Ok(compared) => compared,
        Err((message, help)) => return refuse(style.language, &message, Some(&help)),
    };
    let difference = TableDifference::between(before, after);
    let told = Told(HistoryStep { before, after, difference: &difference });
    say(match arguments.format {
        DiffFormat::Json => told.json(),
        DiffFormat::Markdown => told.markdown(style.language),
        DiffFormat::Html => page(&told.markdown(style.language), style.language),
        DiffFormat::Human => told.text(style.language),
    });
    CommandOutcome::Fine
}

fn find<'s>(site: &'s Site, name: &str) -> Result<&'s Dataset, Refusal> {
    let found = site.datasets.iter().find(|dataset| dataset.id.as_str() == name);
    found.ok_or_else(|| {
        let ids: Vec<&str> = site.datasets.iter().map(|dataset| dataset.id.as_str()).collect();
        let help = match nearest(name, ids.iter().copied()) {
            Some(near) => Message::did_you_mean(near),
            None => {
                let Message { ja, en } = Message::list(&ids);
                message!(ja: "使えるID：{ja}", en: "datasets: {en}")
            }
        };
        (message!(ja: "「{name}」というデータセットはありません", en: "there is no dataset `{name}`"), help)
    })
}

/// The index of the state `name` of `dataset`, for [`Dataset::state`]; `latest` is the present
/// state.
fn state(dataset: &Dataset, name: &str) -> Result<usize, Refusal> {
    if name == "latest" {
        return Ok(dataset.versions.len());
    }
    let found = dataset.versions.iter().position(|version| version.name().as_str() == name);
    found.ok_or_else(|| {
        let id = &dataset.id;
        let names = dataset.versions.iter().map(|version| version.name().as_str());
        let Message { ja, en } = Message::list(names.chain(["latest"]));
        (
            message!(ja: "「{id}」に「{name}」版はありません", en: "`{id}` has no version `{name}`"),
            message!(ja: "使える版：{ja}", en: "versions: {en}"),
        )
    })
}

fn no_earlier(dataset: &Dataset) -> Refusal {
    let id = &dataset.id;
    match dataset.versions.first() {
        None => (
            message!(ja: "「{id}」の版はまだ公開されていません", en: "no version of `{id}` has been released"),
            message!(
                ja: "「kawaraban release {id}」で最初の版を作成してください",
                en: "make the first version with `kawaraban release {id}`",
            ),
        ),
        Some(first) => {
            let first = first.name();
            (
                message!(ja: "「{first}」は最初の版のため、それより前の版がありません", en: "`{first}` is the first version; there is no earlier one to compare it with"),
                message!(ja: "「--from」で版を指定してください", en: "choose a version with `--from`"),
            )
        }
    }
}

fn parse(name: &str) -> Result<VersionName, Refusal> {
    VersionName::parse(name).ok_or_else(|| {
        (
            message!(ja: "「{name}」は版の名前として使えません", en: "`{name}` is not a valid version name"),
            name_rule(),
        )
    })
}
