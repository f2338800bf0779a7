//! The **feed** (Atom, RFC 4287): what was published last, by the dates in the content. A build has no
//! clock, so what has no date is not news.

use std::cmp::Reverse;

use crate::calendar::Date;
use crate::dataset::{Dataset, Step};
use crate::site::{Site, file_paths};

use super::sitemap::escape;

/// Entries in the feed.
const LENGTH: usize = 50;

struct Entry {
    date: Date,
    path: String,
    title: String,
    summary: String,
}

/// `feed.xml`
pub(super) fn render(site: &Site) -> Vec<u8> {
    let entries = entries(site);
    let url = |path: &str| escape(&site.config.base_url.join(path));
    // A feed must have a time; that of the first fiscal year is a sound floor for one without entries.
    let fallback = site.years.last().map(|year| year.fiscal_year.start());
    let updated = entries.first().map(|entry| entry.date).or(site.updated).or(fallback);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{}</id>\n<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n\
         <updated>{}</updated>\n<author><name>{}</name></author>\n",
        site.config.own_language(),
        escape(&site.config.title.own),
        url(""),
        url(file_paths::FEED),
        url(""),
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
    text.into_bytes()
}

fn entries(site: &Site) -> Vec<Entry> {
    let measures = site.measures.iter().filter_map(|measure| {
        let rating = &site.ratings[measure.rating].rating.label.own;
        let year = measure.fiscal_year.japanese();
        let department = &site.departments[measure.department].department.name.own;
        Some(Entry {
            date: measure.last_change()?,
            path: format!("measures/{}.html", measure.id),
            title: format!("{}（{year}）", measure.title.own),
            summary: format!("{department} {rating}"),
        })
    });
    let policies = site.policies.iter().filter_map(|policy| {
        let department = &site.departments[policy.department].department.name.own;
        Some(Entry {
            date: policy.published?,
            path: format!("policies/{}.html", policy.id),
            title: format!("{department} {}", policy.fiscal_year.japanese()),
            summary: policy.headline.as_ref().map(|text| text.own.clone()).unwrap_or_default(),
        })
    });
    let datasets = site.datasets.iter().filter(|dataset| !dataset.built_in).filter_map(|dataset| {
        Some(Entry {
            date: dataset.changed()?,
            path: file_paths::dataset_page(dataset.id.as_str()),
            title: dataset.title.own.clone(),
            summary: dataset.description.own.clone(),
        })
    });
    let versions = site.datasets.iter().flat_map(versions);
    let mut entries: Vec<Entry> =
        measures.chain(policies).chain(datasets).chain(versions).collect();
    entries.sort_by(|a, b| (Reverse(a.date), &a.path).cmp(&(Reverse(b.date), &b.path)));
    entries.truncate(LENGTH);
    entries
}

/// What was released of a dataset: what the clerk says of it, and how many rows are new.
fn versions(dataset: &Dataset) -> impl Iterator<Item = Entry> {
    dataset.versions.iter().enumerate().map(|(number, version)| {
        let note = version.note.as_ref().map(|note| note.own.clone());
        let rows = match dataset.step(number) {
            Some(Step { difference, .. }) => format!(
                "追加 {} 行、削除 {} 行、変更 {} 行",
                difference.rows_added.len(),
                difference.rows_removed.len(),
                difference.rows_changed.len()
            ),
            None => format!("最初の版（{} 行）", version.table.rows.len()),
        };
        Entry {
            date: version.date,
            path: file_paths::page_of(&version.table),
            title: format!("{} {}版", version.table.title.own, version.name()),
            summary: note.into_iter().chain([rows]).collect::<Vec<_>>().join(" "),
        }
    })
}

/// Midnight in Japan at the beginning of `date` (RFC 3339).
fn time(date: Date) -> String {
    format!("{date}T00:00:00+09:00")
}
