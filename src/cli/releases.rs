//! The commands about **released versions**: `release` puts what stands now into the store, `diff` tells two states of a
//! dataset apart.
//!
//! Not in here: the files of a version (`catalog`), the differences themselves (`dataset`).

use crate::artifact::Artifact;
use crate::dataset::{Dataset, Difference, STORE, Step, Version, VersionName, name_rule};
use crate::diagnostic::Message;
use crate::message;
use crate::pipeline::{self, Assembled, Options};
use crate::report::{self, Format};
use crate::site::Site;
use crate::text::{Language, Localized, nearest};
use crate::{catalog, publish};

use super::arguments::{DiffArguments, ReleaseArguments};
use super::commands::{failure, refuse};
use super::differences::{Told, counted};
use super::{Outcome, say, style};

/// Why a command will not, and what to do.
type Refusal = (Message, Message);

pub(super) fn release(arguments: &ReleaseArguments) -> Outcome {
    let style = style(Format::Human, arguments.lang.map(Into::into));
    let Assembled { sources, site, diagnostics, .. } =
        pipeline::assemble(&arguments.root, &Options::default());
    let Some((site, _)) = site else {
        let summary =
            report::summary(&diagnostics, report::Outcome::NothingWritten, style.language);
        eprint!("{}{summary}", report::render(diagnostics, &sources, style));
        return failure(&sources);
    };
    let released = match to_release(&site, arguments) {
        Ok(released) => released,
        Err((message, help)) => return refuse(style.language, &message, Some(&help)),
    };
    let files: Vec<Artifact> =
        released.iter().flat_map(|one| one.files.clone()).flatten().collect();
    if !files.is_empty()
        && let Err(error) = publish::keep(&arguments.root, STORE, &files)
    {
        return refuse(style.language, &error.message(), Some(&error.help()));
    }
    let count = released.iter().filter(|one| one.files.is_some()).count();
    for one in &released {
        say(one.told(style.language));
    }
    let store = arguments.root.join(STORE.trim_end_matches('/'));
    let store = store.display();
    say(match (style.language, count) {
        (Language::Ja, 0) => "新しい版はありません".to_owned(),
        (Language::En, 0) => "nothing to release".to_owned(),
        (Language::Ja, _) => {
            format!("{count} 件の版を {store} に書きました。内容と一緒に履歴に残してください")
        }
        (Language::En, 1) => format!("1 version written to {store}; commit it with the content"),
        (Language::En, _) => {
            format!("{count} versions written to {store}; commit them with the content")
        }
    });
    Outcome::Fine
}

/// A dataset that was asked for, and the files of its new version; none where nothing is new.
struct Release<'s> {
    dataset: &'s Dataset,
    name: VersionName,
    files: Option<Vec<Artifact>>,
}

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
    });
    let release = |dataset: &'s Dataset| {
        let id = &dataset.id;
        let date = dataset.changed().ok_or_else(|| {
            let place = if dataset.built_in { "content/site.toml" } else { dataset.place.path() };
            (
                message!(ja: "`{id}` がいつのデータか分からない", en: "it is not known of when `{id}` is"),
                message!(ja: "`{place}` に `updated = …` と書く", en: "write `updated = …` into `{place}`"),
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

/// A version is new, and later than all before it.
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
                ja: "`{id}` の `{name}` 版はすでにリリースされていて、内容が違う",
                en: "`{id}` has been released as `{name}` already, with other content",
            ),
            message!(
                ja: "`{place}` の `updated` を新しくするか、`--version` で別の名前を付ける。リリースした版は書き換えない",
                en: "renew `updated` in `{place}`, or give another name by `--version`; a released version is never written over",
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
            ja: "`{id}` の新しい版 `{name}`（{date}）が、最新の `{newest_name}` 版（{newest_date}）より前になる",
            en: "the new version `{name}` of `{id}` ({date}) would come before the newest, `{newest_name}` ({newest_date})",
        ),
        message!(
            ja: "`{place}` の `updated` を確かめるか、`--version` で後に並ぶ名前を付ける",
            en: "check `updated` in `{place}`, or give a name by `--version` that comes later",
        ),
    ))
}

impl Release<'_> {
    /// A line: what was released, or that nothing is new.
    fn told(&self, language: Language) -> String {
        let (id, name, rows) = (&self.dataset.id, &self.name, self.dataset.rows.len());
        let newest = self.dataset.versions.last().map(Version::name);
        let since = newest.zip(self.dataset.unreleased.as_ref());
        match (&self.files, since, language) {
            (Some(_), Some((newest, difference)), Language::Ja) => {
                format!("{id} {name}: {rows} 行。{newest}版から{}", counted(difference, language))
            }
            (Some(_), Some((newest, difference)), Language::En) => {
                format!(
                    "{id} {name}: {rows} rows; since {newest}: {}",
                    counted(difference, language)
                )
            }
            (Some(_), None, Language::Ja) => format!("{id} {name}: {rows} 行、最初の版"),
            (Some(_), None, Language::En) => format!("{id} {name}: {rows} rows; the first version"),
            (None, Some((newest, _)), Language::Ja) => {
                format!("{id}: {newest}版から変わっていない")
            }
            (None, Some((newest, _)), Language::En) => format!("{id}: unchanged since {newest}"),
            (None, None, _) => id.to_string(),
        }
    }
}

pub(super) fn diff(arguments: &DiffArguments) -> Outcome {
    let style = style(arguments.format.into(), arguments.lang.map(Into::into));
    let Assembled { sources, site, diagnostics, .. } =
        pipeline::assemble(&arguments.root, &Options::default());
    let Some((site, _)) = site else {
        eprint!("{}", report::render(diagnostics, &sources, style));
        return failure(&sources);
    };
    let compared = find(&site, &arguments.dataset).and_then(|dataset| {
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
    let difference = Difference::between(before, after);
    let told = Told(Step { before, after, difference: &difference });
    say(match style.format {
        Format::Json => told.json(),
        _ => told.text(style.language),
    });
    Outcome::Fine
}

fn find<'s>(site: &'s Site, name: &str) -> Result<&'s Dataset, Refusal> {
    let found = site.datasets.iter().find(|dataset| dataset.id.as_str() == name);
    found.ok_or_else(|| {
        let ids: Vec<&str> = site.datasets.iter().map(|dataset| dataset.id.as_str()).collect();
        let help = match nearest(name, ids.iter().copied()) {
            Some(near) => Message::did_you_mean(near),
            None => {
                let list = ids.join("`, `");
                message!(ja: "あるのは `{list}`", en: "there are `{list}`")
            }
        };
        (message!(ja: "データセット `{name}` はない", en: "there is no dataset `{name}`"), help)
    })
}

/// The number of the state of `dataset` that is called `name`; `latest` is what stands now.
fn state(dataset: &Dataset, name: &str) -> Result<usize, Refusal> {
    if name == "latest" {
        return Ok(dataset.versions.len());
    }
    let found = dataset.versions.iter().position(|version| version.name().as_str() == name);
    found.ok_or_else(|| {
        let id = &dataset.id;
        let names = dataset.versions.iter().map(|version| version.name().as_str());
        let list = names.chain(["latest"]).collect::<Vec<_>>().join("`, `");
        (
            message!(ja: "`{id}` に `{name}` 版はない", en: "`{id}` has no version `{name}`"),
            message!(ja: "あるのは `{list}`", en: "there are `{list}`"),
        )
    })
}

fn no_earlier(dataset: &Dataset) -> Refusal {
    let id = &dataset.id;
    match dataset.versions.first() {
        None => (
            message!(ja: "`{id}` はまだリリースされていない", en: "nothing of `{id}` has been released"),
            message!(
                ja: "`kawaraban release {id}` で最初の版を作る",
                en: "make the first version by `kawaraban release {id}`",
            ),
        ),
        Some(first) => {
            let first = first.name();
            (
                message!(ja: "`{first}` は最初の版である", en: "`{first}` is the first version"),
                message!(ja: "`--from` で版を選ぶ", en: "choose a version by `--from`"),
            )
        }
    }
}

fn parse(name: &str) -> Result<VersionName, Refusal> {
    VersionName::parse(name).ok_or_else(|| {
        (
            message!(ja: "`{name}` は版の名前として使えない", en: "`{name}` cannot be the name of a version"),
            name_rule(),
        )
    })
}
