//! The **sitemap** (sitemaps.org protocol) and `robots.txt`.

use crate::calendar::Date;
use crate::site::{Page, PageKind, Site, file_paths};

/// Maximum number of URLs in one sitemap, a limit of the protocol.
const MAX_URLS: usize = 50_000;

/// `sitemap.xml`: all pages for search engines, with the dates of their last changes.
pub(super) fn render(site: &Site) -> Vec<u8> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let pages = site.plan.pages.iter().filter(|page| is_listed(page)).take(MAX_URLS);
    for page in pages {
        let url = escape(&site.config.base_url.join(&page.path));
        let changed = last_change(site, page.kind)
            .map(|date| format!("<lastmod>{date}</lastmod>"))
            .unwrap_or_default();
        text.push_str(&format!("<url><loc>{url}</loc>{changed}</url>\n"));
    }
    text.push_str("</urlset>\n");
    text.into_bytes()
}

/// `robots.txt`: allows everything and names the sitemap.
pub(super) fn robots(site: &Site) -> Vec<u8> {
    let sitemap = site.config.base_url.join(file_paths::SITEMAP);
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}

fn is_listed(page: &Page) -> bool {
    !matches!(page.kind, PageKind::NotFound | PageKind::Redirect(_))
}

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
