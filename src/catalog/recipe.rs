//! **Recipes** for hosts: how a web server or a service is set up for the site, with the policy of
//! pages, media types, caching, compression, and access for programs of other sites.
//!
//! A host that reads its settings from the published folder gets them with every build; for the
//! others, `kawaraban host` prints them.
//!
//! Not in here: what is said of each file (`site::served`), and how much a host takes
//! (`config::host`).

mod apache;
mod headers;
mod nginx;
mod s3;

use crate::artifact::Artifact;
use crate::config::{BaseUrl, Host};
use crate::site::{Site, served};

/// The recipe for `host`, on which the site is to be published at `base_url`; `None` where nothing
/// can be set up.
pub fn recipe(host: Host, base_url: &BaseUrl) -> Option<String> {
    match host {
        Host::Nginx => Some(nginx::recipe(base_url)),
        Host::Apache => Some(apache::recipe(base_url)),
        Host::CloudflarePages => Some(headers::cloudflare(base_url)),
        Host::Netlify => Some(headers::netlify(base_url)),
        Host::GithubPages => None,
        Host::S3 => Some(s3::recipe(base_url)),
    }
}

/// The file that the host of `site` reads from the published folder; `None` if it reads none, or
/// the city has one of its own among the static files.
pub fn settings_file(site: &Site) -> Option<Artifact> {
    let chosen = site.config.host.as_ref()?;
    let path = site.settings_path()?;
    let text = recipe(chosen.host, &site.config.base_url).unwrap_or_default();
    Some(Artifact::new(path, text.into_bytes()))
}

/// A pattern for the paths of files below `base` whose names change with their content.
fn named_by_content(base: &str) -> String {
    let folders = served::NAMED_BY_CONTENT.map(|(folder, ending)| match ending {
        Some(ending) => format!(r"{folder}.+\.{ending}"),
        None => format!("{folder}.+"),
    });
    format!("^{}({})$", escaped(base), folders.join("|"))
}

/// A pattern for the paths of blocks below `base`, which other sites show in frames.
fn framed_by_others(base: &str) -> String {
    format!("^{}([a-z]+/)?embed/", escaped(base))
}

/// `text` as a pattern that matches it alone.
fn escaped(text: &str) -> String {
    regex::escape(text)
}
