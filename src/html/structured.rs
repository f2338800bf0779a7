//! **Structured data** (schema.org as JSON-LD) for search engines: the place of a page on the site,
//! and what a dataset is.
//!
//! Not in here: the catalogue for harvesters (`catalog`).

use serde_json::{Value, json};

use crate::dataset::{Dataset, FileFormat};
use crate::markdown::summary;
use crate::site::{Page, PageKind, file_paths};
use crate::text::Localized;

use super::PageView;
use super::context::PageContext;

/// Least and most characters of a dataset's description, as search engines ask for it.
const DESCRIPTION: std::ops::RangeInclusive<usize> = 50..=5000;

/// The structured data of `page` as the text of a JSON-LD script element: its breadcrumbs, and its
/// dataset if it is the page of one or of a released version. `None` if it has neither.
pub(super) fn of_page(context: &PageContext<'_>, page: &Page, view: &PageView) -> Option<String> {
    let mut known = Vec::new();
    if !view.breadcrumbs.is_empty() {
        known.push(breadcrumbs(context, page, view));
    }
    let datasets = &context.site.datasets;
    match page.kind {
        PageKind::Dataset(index) => known.push(dataset(context, page, &datasets[index])),
        // The current state is described on the page of its dataset.
        PageKind::Version { dataset: index, number } if number < datasets[index].versions.len() => {
            known.push(dataset(context, page, datasets[index].state(number)));
        }
        _ => {}
    }
    let text = match known.as_slice() {
        [] => return None,
        [only] => only.to_string(),
        known => json!(known).to_string(),
    };
    // So that no text can end the script.
    Some(text.replace('<', "\\u003c"))
}

fn breadcrumbs(context: &PageContext<'_>, page: &Page, view: &PageView) -> Value {
    let config = &context.site.config;
    let own = config.own_language();
    let address = |key: &str| config.base_url.join(&file_paths::localized(key, page.language, own));
    let home = context.word("home");
    let above = view.breadcrumbs.iter().map(|crumb| (&crumb.name.text, crumb.url.as_str()));
    let all = [(&home, file_paths::HOME)]
        .into_iter()
        .chain(above)
        .chain([(&view.title, page.key.as_str())]);
    let items = all.enumerate().map(|(index, (name, key))| {
        json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": address(key) })
    });
    json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items.collect::<Vec<_>>(),
    })
}

/// `dataset` as a `Dataset` of schema.org. Only files that were made are named as downloads.
fn dataset(context: &PageContext<'_>, page: &Page, dataset: &Dataset) -> Value {
    let config = &context.site.config;
    let licence = context.site.licence_of(dataset);
    let files = FileFormat::ALL.into_iter().filter_map(|format| {
        let path = file_paths::file_of(dataset, format);
        let facts = context.facts.facts(&path)?;
        Some(json!({
            "@type": "DataDownload",
            "encodingFormat": format.media_type(),
            "contentUrl": config.base_url.join(&path),
            "contentSize": format!("{} B", facts.bytes),
            "sha256": facts.sha256,
        }))
    });
    let columns = dataset.columns.iter().map(|column| {
        let mut measured =
            json!({ "@type": "PropertyValue", "name": column.title.get(context.language) });
        if let Some(unit) = &column.unit {
            measured["unitText"] = json!(unit);
        }
        measured
    });
    let mut described = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": dataset.title.get(context.language),
        "description": description(context, dataset),
        "url": config.base_url.join(&page.path),
        "identifier": identifiers(context, dataset),
        "license": licence.address(),
        "isAccessibleForFree": true,
        "creator": creators(context, dataset),
        "publisher": organisation(context),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": config.title.get(context.language),
            "url": config.base_url.as_str(),
        },
        "spatialCoverage": {
            "@type": "Place",
            "name": dataset.background.spatial.as_ref().unwrap_or(&config.publisher.name)
                .get(context.language),
        },
        "inLanguage": languages(context, dataset),
        "variableMeasured": columns.collect::<Vec<_>>(),
        "distribution": files.collect::<Vec<_>>(),
    });
    let series = context.site.series.iter().find(|entry| {
        let named = dataset.series.as_ref().map(|named| &named.value);
        named.or(dataset.joins.as_ref()) == Some(&entry.series.id)
    });
    if let Some(entry) = series {
        described["isPartOf"] = json!({
            "@type": "CreativeWorkSeries",
            "name": entry.series.title.get(context.language),
        });
    }
    if !dataset.keywords.is_empty() {
        described["keywords"] = json!(dataset.keywords);
    }
    if let Some(published) = dataset.published {
        described["datePublished"] = json!(published);
    }
    if let Some(updated) = dataset.changed() {
        described["dateModified"] = json!(updated);
    }
    if let Some(period) = dataset.period {
        // ISO 8601; an open end is two dots.
        let day = |day: Option<_>| {
            day.map_or("..".to_owned(), |day: crate::calendar::Date| day.to_string())
        };
        described["temporalCoverage"] = json!(format!("{}/{}", day(period.start), day(period.end)));
    }
    if let Some(version) = dataset.version.as_ref().or_else(|| dataset.released_as()) {
        described["version"] = json!(version);
    }
    let background = &dataset.background;
    if let Some(method) = &background.method {
        described["measurementTechnique"] = json!(method.get(context.language));
    }
    let work = |name: &Localized, url: Option<&String>| {
        let mut work = json!({ "@type": "CreativeWork", "name": name.get(context.language) });
        if let Some(url) = url {
            work["url"] = json!(url);
        }
        work
    };
    let sources = background.sources.iter().map(|source| {
        let mut work = work(&source.name, source.url.as_ref());
        if let Some(day) = source.as_of {
            work["version"] = json!(day);
        }
        work
    });
    let related = background.related.iter();
    let related = related.map(|document| work(&document.title, Some(&document.url)));
    let lists = [("isBasedOn", sources.collect()), ("subjectOf", related.collect::<Vec<_>>())];
    for (name, works) in lists {
        if !works.is_empty() {
            described[name] = json!(works);
        }
    }
    described
}

/// The address of `dataset` on this site, which no dataset of another site has, and its DOI.
fn identifiers(context: &PageContext<'_>, dataset: &Dataset) -> Value {
    let page = context.site.config.base_url.join(&file_paths::page_of(dataset));
    match &dataset.background.doi {
        Some(doi) => json!([page, doi.url()]),
        None => json!(page),
    }
}

fn creators(context: &PageContext<'_>, dataset: &Dataset) -> Value {
    match dataset.background.authors.as_slice() {
        [] => organisation(context),
        authors => authors
            .iter()
            .map(|name| json!({ "@type": "Organization", "name": name.get(context.language) }))
            .collect(),
    }
}

/// The publisher.
fn organisation(context: &PageContext<'_>) -> Value {
    let publisher = &context.site.config.publisher;
    let name = publisher.name.get(context.language);
    let mut described = json!({ "@type": "GovernmentOrganization", "name": name });
    if let Some(url) = &publisher.url {
        described["url"] = json!(url);
    }
    described
}

/// The tags of the languages of the data.
fn languages(context: &PageContext<'_>, dataset: &Dataset) -> Value {
    match dataset.background.languages.as_slice() {
        [] => json!(context.site.config.own_language().tag()),
        languages => languages.iter().map(|language| json!(language.tag)).collect(),
    }
}

/// The description from the content. If that is too short, the publisher, the title and the names
/// of the columns are added.
fn description(context: &PageContext<'_>, dataset: &Dataset) -> String {
    let mut text = summary(dataset.description.get(context.language), *DESCRIPTION.end());
    if text.chars().count() < *DESCRIPTION.start() {
        let names: Vec<&str> =
            dataset.columns.iter().map(|column| column.title.get(context.language)).collect();
        let publisher = context.site.config.publisher.name.get(context.language);
        let title = dataset.title.get(context.language);
        text = format!("{text} {publisher} {title}: {}", names.join(", "));
    }
    text.chars().take(*DESCRIPTION.end()).collect()
}
