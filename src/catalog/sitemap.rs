//! The **sitemap** (sitemaps.org protocol) and `robots.txt`.

use crate::artifact::Artifact;
use crate::calendar::Date;
use crate::config::Drafts;
use crate::site::{ADDRESSES_IN_A_SITEMAP, Page, PageKind, Site, file_paths};

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `sitemap.xml`: every page that search engines should know, with the date of its last change. For
/// a site of more than [`ADDRESSES_IN_A_SITEMAP`] pages it is an index, and the pages are in
/// further files.
pub(super) fn render(site: &Site) -> Vec<Artifact> {
    let pages: Vec<&Page> = site.plan.listed_pages().collect();
    if site.plan.sitemap_parts() == 0 {
        return vec![Artifact::new(file_paths::SITEMAP, list(site, &pages))];
    }
    let mut index = opened("sitemapindex");
    let mut files = Vec::new();
    for (number, pages) in (1..).zip(pages.chunks(ADDRESSES_IN_A_SITEMAP)) {
        let path = file_paths::sitemap_part(number);
        let changed = pages.iter().filter_map(|page| last_change(site, page.kind)).max();
        index.push_str(&entry("sitemap", &site.config.base_url.join(&path), changed));
        files.push(Artifact::new(path, list(site, pages)));
    }
    index.push_str("</sitemapindex>\n");
    files.push(Artifact::new(file_paths::SITEMAP, index.into_bytes()));
    files
}

fn list(site: &Site, pages: &[&Page]) -> Vec<u8> {
    let mut text = opened("urlset");
    for page in pages {
        let address = site.config.base_url.join(&page.path);
        text.push_str(&entry("url", &address, last_change(site, page.kind)));
    }
    text.push_str("</urlset>\n");
    text.into_bytes()
}

fn opened(element: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{element} xmlns=\"{NAMESPACE}\">\n")
}

fn entry(element: &str, address: &str, changed: Option<Date>) -> String {
    let address = escape(address);
    let changed = changed.map(|date| format!("<lastmod>{date}</lastmod>")).unwrap_or_default();
    format!("<{element}><loc>{address}</loc>{changed}</{element}>\n")
}

/// `robots.txt`: allows everything and names the sitemap. A preview allows nothing.
pub(super) fn robots(site: &Site) -> Vec<u8> {
    if site.config.selection.drafts == Drafts::Included {
        return b"User-agent: *\nDisallow: /\n".to_vec();
    }
    let sitemap = site.config.base_url.join(file_paths::SITEMAP);
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}

/// The date of the last change of a page, if it is known. Pages of kinds without a date of their
/// own have that of the site.
fn last_change(site: &Site, kind: PageKind) -> Option<Date> {
    match kind {
        PageKind::Measure(index) => site.measures[index].last_change(),
        PageKind::Policy(index) => site.policies[index].updated,
        PageKind::Dataset(index) => site.datasets[index].changed(),
        PageKind::Accessibility => site.accessibility.as_ref()?.policy.updated,
        PageKind::AccessibilityResult(index) => {
            Some(site.accessibility.as_ref()?.results.get(index)?.declared)
        }
        PageKind::Version { dataset, number } => site.datasets[dataset].state(number).changed(),
        PageKind::Free(index) => site.pages[index].updated,
        _ => site.updated,
    }
}

/// Escapes text for XML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
