//! A **joined** dataset is one table over all periods of a series: the rows of its datasets, one
//! period after the other, with the period as columns.
//!
//! Not in here: which columns of the periods are one column (`columns`).

mod columns;

use crate::calendar::Date;
use crate::markdown;
use crate::text::{Id, Localized};

use super::{Background, Column, ColumnType, Dataset, ForeignKey, Period, Rows, Series};
use columns::{JoinedColumn, join};

/// What the id of the table of all periods adds to that of its series.
const SUFFIX: &str = "-all";

/// Why the datasets of a series have no table of all periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotJoined {
    /// They may be used under different conditions.
    Licences,
    /// All rows together are larger than a table may be.
    Size,
    /// Its id would be too long.
    Id,
}

impl Dataset {
    /// Whether it was given by the clerk, rather than made by the program from other content.
    pub fn is_given(&self) -> bool {
        !self.built_in && self.joins.is_none()
    }

    /// The table over all periods of `series`, whose datasets are `members`, the earliest period
    /// first. `None` for less than two datasets, and where a period is not wholly known, which
    /// `check` reports.
    ///
    /// # Errors
    ///
    /// If the datasets cannot be one table.
    pub fn joined(series: &Series, members: &[&Self]) -> Option<Result<Self, NotJoined>> {
        let ends = |member: &&Self| member.period.and_then(|period| period.start.zip(period.end));
        let periods: Vec<(Date, Date)> = members.iter().filter_map(ends).collect();
        (members.len() > 1 && periods.len() == members.len())
            .then(|| join_members(series, members, &periods))
    }
}

fn join_members(
    series: &Series,
    members: &[&Dataset],
    periods: &[(Date, Date)],
) -> Result<Dataset, NotJoined> {
    let (first, latest) = (members[0], members[members.len() - 1]);
    let id = Id::parse(&format!("{}{SUFFIX}", series.id)).ok_or(NotJoined::Id)?;
    if members.iter().any(|member| member.licence != first.licence) {
        return Err(NotJoined::Licences);
    }
    let bytes: usize = members.iter().map(|member| member.rows.distinct_bytes()).sum();
    if u32::try_from(bytes).is_err() {
        return Err(NotJoined::Size);
    }
    let joined = join(members, periods);
    let ends = period_columns(&joined);
    let rows = rows(members, periods, &joined);
    let place = |name: &str| joined.iter().position(|column| column.is_of_all(members, name));
    // The columns of the period come first.
    let shifted = |place: usize| place + ends.len();
    let key = first.key_names();
    let same_key = !key.is_empty() && members.iter().all(|member| member.key_names() == key);
    let places: Option<Vec<usize>> = key.iter().map(|name| place(name).map(shifted)).collect();
    let primary_key = match places.filter(|_| same_key) {
        Some(places) => std::iter::once(0).chain(places).collect(),
        None => Vec::new(),
    };
    let foreign_keys = latest.foreign_keys.iter().filter_map(|key| {
        let names = names_of(latest, key);
        let is_shared = |member: &&Dataset| {
            let mut own = member.foreign_keys.iter();
            own.any(|other| {
                other.dataset == key.dataset
                    && other.to == key.to
                    && names_of(member, other) == names
            })
        };
        let refers_within = members.iter().any(|member| member.id == key.dataset);
        if refers_within || !members.iter().all(is_shared) {
            return None;
        }
        let columns = names.iter().map(|name| place(name).map(shifted));
        Some(ForeignKey { columns: columns.collect::<Option<Vec<usize>>>()?, ..key.clone() })
    });
    let topics = distinct(members.iter().flat_map(|member| &member.topics), |topic| &topic.value);
    let dates = |of: fn(&Dataset) -> Option<Date>| members.iter().filter_map(move |one| of(one));
    let files = members.iter().flat_map(|member| member.files.iter().cloned());
    Ok(Dataset {
        licence: latest.licence,
        department: latest.department.clone(),
        topics,
        keywords: distinct(members.iter().flat_map(|member| &member.keywords), |word| word),
        period: Some(Period {
            start: periods.first().map(|(start, _)| *start),
            end: periods.last().map(|(_, end)| *end),
        }),
        background: background(members),
        update_frequency: latest.update_frequency.clone(),
        published: dates(|member| member.published).min(),
        updated: dates(Dataset::changed).max(),
        primary_key,
        foreign_keys: foreign_keys.collect(),
        columns: ends.into_iter().chain(joined.into_iter().map(|joined| joined.column)).collect(),
        rows,
        joins: Some(series.id.clone()),
        files: files.collect(),
        ..Dataset::empty(id, title(series), description(series), series.place.clone())
    })
}

fn title(series: &Series) -> Localized {
    Localized {
        own: format!("{}（全期間）", series.title.own),
        en: series.title.en.as_ref().map(|title| format!("{title} (all periods)")),
        ..series.title.clone()
    }
}

fn description(series: &Series) -> Localized {
    let series = &series.description;
    // Pages show the description of a series as it is written, and that of a dataset as Markdown.
    let source = |text: &str| markdown::escaped(text);
    Localized {
        own: format!(
            "{}\n\nすべての期間のデータを1つの表にまとめ、対象期間の列を加えたものです。",
            source(&series.own)
        ),
        en: series.en.as_ref().map(|text| {
            format!("{}\n\nAll periods in one table, with columns for the period.", source(text))
        }),
        plain: false,
    }
}

/// The columns of the first and the last day of the period, with names that none of `joined` has.
fn period_columns(joined: &[JoinedColumn]) -> [Column; 2] {
    let mut prefix = String::new();
    let is_taken = |prefix: &str| {
        let names = ["period_start", "period_end"].map(|name| format!("{prefix}{name}"));
        joined.iter().any(|joined| names.contains(&joined.column.name))
    };
    while is_taken(&prefix) {
        prefix.push_str("series_");
    }
    let column = |name: &str, ja: &str, en: &str| {
        Column::new(&format!("{prefix}{name}"), ja, en, ColumnType::Date).required().described(
            "その行を含む期間のデータの対象期間。",
            "Of the period whose data have the row.",
        )
    };
    [
        column("period_start", "対象期間の開始日", "First day of the period"),
        column("period_end", "対象期間の終了日", "Last day of the period"),
    ]
}

fn rows(members: &[&Dataset], periods: &[(Date, Date)], joined: &[JoinedColumn]) -> Rows {
    let mut rows = Rows::new(2 + joined.len());
    for (number, (member, (start, end))) in members.iter().zip(periods).enumerate() {
        let (start, end) = (start.to_string(), end.to_string());
        for row in 0..member.rows.len() {
            rows.push(&start);
            rows.push(&end);
            for column in joined {
                rows.push(column.source[number].map_or("", |source| member.rows.cell(row, source)));
            }
        }
    }
    rows.shrink_to_fit();
    rows
}

fn names_of<'d>(dataset: &'d Dataset, key: &ForeignKey) -> Vec<&'d str> {
    key.columns.iter().map(|&column| dataset.columns[column].name.as_str()).collect()
}

/// What is said of every period; what differs is said on the page of each.
fn background(members: &[&Dataset]) -> Background {
    let [first, others @ ..] = members else { return Background::default() };
    let all = &first.background;
    fn same<T: PartialEq + Clone + Default>(
        others: &[&Dataset],
        first: &T,
        of: impl Fn(&Background) -> &T,
    ) -> T {
        let is_same = others.iter().all(|other| of(&other.background) == first);
        if is_same { first.clone() } else { T::default() }
    }
    Background {
        sources: same(others, &all.sources, |one| &one.sources),
        method: same(others, &all.method, |one| &one.method),
        contact: same(others, &all.contact, |one| &one.contact),
        authors: same(others, &all.authors, |one| &one.authors),
        // It identifies the dataset of one period.
        doi: None,
        spatial: same(others, &all.spatial, |one| &one.spatial),
        languages: distinct(
            members.iter().flat_map(|member| &member.background.languages),
            |language| &language.tag,
        ),
        note: same(others, &all.note, |one| &one.note),
        related: same(others, &all.related, |one| &one.related),
    }
}

/// The items without those that are equal in `key` to one before.
fn distinct<'a, T: Clone + 'a, K: PartialEq + ?Sized + 'a>(
    items: impl Iterator<Item = &'a T>,
    key: impl Fn(&'a T) -> &'a K,
) -> Vec<T> {
    let mut found: Vec<&T> = Vec::new();
    for item in items {
        if !found.iter().any(|other| key(other) == key(item)) {
            found.push(item);
        }
    }
    found.into_iter().cloned().collect()
}
