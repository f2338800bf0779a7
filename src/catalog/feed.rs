//! The **feeds** (Atom, RFC 4287) of the site and of each department and topic: the newest entries
//! by the dates in the content. Entries without a date are left out, since a build has no clock to
//! date them.

use std::cmp::Reverse;

use crate::artifact::{Artifact, FileFacts};
use crate::calendar::Date;
use crate::dataset::{Dataset, HistoryStep};
use crate::site::{Site, file_paths};

use super::sitemap::escape;

/// Maximum number of entries in a feed.
const LENGTH: usize = 50;

/// An entry of a feed.
struct FeedEntry {
    date: Date,
    path: String,
    title: String,
    summary: String,
    /// Index of its department.
    department: Option<usize>,
    /// Indices of its topics.
    topics: Vec<usize>,
}

/// `feed.xml`, and a feed for each department and topic.
pub(super) fn render(site: &Site) -> Vec<Artifact> {
    let entries = entries(site);
    let own = site.config.own_language();
    let of = |path: String, page: String, name: &str, wanted: &dyn Fn(&FeedEntry) -> bool| {
        let title = match name {
            "" => site.config.title.own.clone(),
            name => format!("{name} | {}", site.config.title.own),
        };
        let entries = entries.iter().filter(|entry| wanted(entry)).take(LENGTH);
        let text = feed(site, &path, &page, &title, entries);
        Artifact::new(path, text.into_bytes())
    };
    let whole = of(file_paths::FEED.to_owned(), String::new(), "", &|_| true);
    let departments = site.departments.iter().enumerate().map(|(index, entry)| {
        let id = entry.department.id.as_str();
        let page = file_paths::department_page(id);
        let name = entry.department.name.get(own);
        of(file_paths::department_feed(id), page, name, &|entry| entry.department == Some(index))
    });
    let topics = site.topics.iter().enumerate().map(|(index, entry)| {
        let id = entry.topic.id.as_str();
        let page = file_paths::topic_page(id);
        let name = entry.topic.name.get(own);
        of(file_paths::topic_feed(id), page, name, &|entry| entry.topics.contains(&index))
    });
    [whole].into_iter().chain(departments).chain(topics).collect()
}

/// The Atom text of the feed at `path`, which belongs to the page at `page`. `entries` are the
/// newest first.
fn feed<'a>(
    site: &Site,
    path: &str,
    page: &str,
    title: &str,
    entries: impl Iterator<Item = &'a FeedEntry>,
) -> String {
    let entries: Vec<&FeedEntry> = entries.collect();
    let url = |path: &str| escape(&site.config.base_url.join(path));
    // A feed must have a date. Without entries it is that of the site's last change or, if that is
    // not known, the beginning of the first fiscal year.
    let fallback = site.years.last().map(|year| year.fiscal_year.start());
    let updated = entries.first().map(|entry| entry.date).or(site.updated).or(fallback);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{}</id>\n<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n\
         <updated>{}</updated>\n<author><name>{}</name></author>\n",
        site.config.own_language(),
        escape(title),
        url(page),
        url(path),
        url(page),
        updated.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), time),
        escape(&site.config.publisher.name.own),
    );
    for entry in entries {
        text.push_str(&format!(
            "<entry><title>{}</title><id>{}</id><link href=\"{}\"/><updated>{}</updated><summary>{}</summary></entry>\n",
            escape(&entry.title),
            url(&entry.path),
            url(&entry.path),
            time(entry.date),
            escape(&entry.summary),
        ));
    }
    text.push_str("</feed>\n");
    text
}

/// All entries with a date, newest first.
fn entries(site: &Site) -> Vec<FeedEntry> {
    let measures = site.measures.iter().filter_map(|measure| {
        let rating = &site.ratings[measure.rating].rating.label.own;
        let year = measure.fiscal_year.japanese();
        let department = &site.departments[measure.department].department.name.own;
        Some(FeedEntry {
            date: measure.last_change()?,
            path: file_paths::measure_page(measure.id.as_str()),
            title: format!("{}（{year}）", measure.title.own),
            summary: format!("{department} {rating}"),
            department: Some(measure.department),
            topics: measure.topics.clone(),
        })
    });
    let policies = site.policies.iter().filter_map(|policy| {
        let department = &site.departments[policy.department].department.name.own;
        Some(FeedEntry {
            date: policy.published?,
            path: file_paths::policy_page(&policy.id),
            title: format!("{department} {}", policy.fiscal_year.japanese()),
            summary: policy.headline.as_ref().map(|text| text.own.clone()).unwrap_or_default(),
            department: Some(policy.department),
            topics: Vec::new(),
        })
    });
    let datasets =
        site.datasets.iter().filter(|dataset| dataset.is_given()).filter_map(|dataset| {
            Some(FeedEntry {
                date: dataset.changed()?,
                path: file_paths::dataset_page(dataset.id.as_str()),
                title: dataset.title.own.clone(),
                summary: dataset.plain_description().own,
                department: site.department_of(dataset),
                topics: site.topics_of(dataset),
            })
        });
    let versions = site.datasets.iter().flat_map(|dataset| versions(site, dataset));
    let mut entries: Vec<FeedEntry> =
        measures.chain(policies).chain(datasets).chain(versions).collect();
    entries.sort_by(|a, b| (Reverse(a.date), &a.path).cmp(&(Reverse(b.date), &b.path)));
    entries
}

/// The entries of the released versions of a dataset. The summary is the version's note, followed
/// by the number of rows that changed, and the digest of the CSV, by which a reader of the feed can
/// tell later whether a copy of the version is the one that was announced.
fn versions(site: &Site, dataset: &Dataset) -> impl Iterator<Item = FeedEntry> {
    dataset.versions.iter().enumerate().map(move |(number, version)| {
        let note = version.note.as_ref().map(|note| note.own.clone());
        let rows = match dataset.step(number) {
            Some(HistoryStep { difference, .. }) => format!(
                "追加{}行、削除{}行、変更{}行",
                difference.rows_added.len(),
                difference.rows_removed.len(),
                difference.rows_changed.len()
            ),
            None => format!("最初の版（{}行）", version.table.rows.len()),
        };
        let digest = format!("CSVのSHA-256：{}", FileFacts::of(&version.csv).sha256);
        FeedEntry {
            date: version.date,
            path: file_paths::page_of(&version.table),
            title: format!("{} {}版", version.table.title.own, version.name()),
            summary: note.into_iter().chain([rows, digest]).collect::<Vec<_>>().join(" "),
            department: site.department_of(dataset),
            topics: site.topics_of(dataset),
        }
    })
}

/// Midnight at the beginning of `date` in Japan, in the format of RFC 3339.
fn time(date: Date) -> String {
    format!("{date}T00:00:00+09:00")
}
