//! The **host** on which the site is published: how much it takes.
//!
//! Not in here: how it is set up (`catalog::recipe`).

use crate::diagnostic::{self, Place};
use crate::document::Keys;
use crate::message;

/// A web server, or a service that publishes folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// A web server of one's own with nginx.
    Nginx,
    /// A web server of one's own with Apache, or a rented one that reads `.htaccess`.
    Apache,
    /// Cloudflare Pages.
    CloudflarePages,
    /// Netlify.
    Netlify,
    /// GitHub Pages.
    GithubPages,
    /// Amazon S3, or another object storage with its interface.
    S3,
}

impl Host {
    /// Every host, by the name that `site.toml` and the command line know.
    pub const CHOICES: [(&'static str, Self); 6] = [
        ("nginx", Self::Nginx),
        ("apache", Self::Apache),
        ("cloudflare-pages", Self::CloudflarePages),
        ("netlify", Self::Netlify),
        ("github-pages", Self::GithubPages),
        ("s3", Self::S3),
    ];

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Apache => "Apache",
            Self::CloudflarePages => "Cloudflare Pages",
            Self::Netlify => "Netlify",
            Self::GithubPages => "GitHub Pages",
            Self::S3 => "S3",
        }
    }

    /// The name of the file that it reads from the published folder.
    pub fn settings_file(self) -> Option<&'static str> {
        match self {
            Self::Apache => Some(".htaccess"),
            Self::CloudflarePages | Self::Netlify => Some("_headers"),
            // Without it, GitHub has a program of its own make pages of the files.
            Self::GithubPages => Some(".nojekyll"),
            Self::Nginx | Self::S3 => None,
        }
    }

    /// What the host takes, as its documentation says.
    pub fn limits(self) -> HostLimits {
        let none = HostLimits::default();
        match self {
            Self::Nginx | Self::Apache | Self::S3 => none,
            // Of the plan that costs nothing; paid ones take 100,000 files.
            Self::CloudflarePages => {
                HostLimits { files: Some(20_000), file_bytes: Some(25 << 20), ..none }
            }
            Self::Netlify => HostLimits { files_in_folder: Some(54_000), ..none },
            // Git does not push a larger file to GitHub.
            Self::GithubPages => {
                HostLimits { file_bytes: Some(100 << 20), bytes: Some(1_000_000_000), ..none }
            }
        }
    }
}

/// How much a host takes; `None` where a site does not reach the limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HostLimits {
    /// Files of the site.
    pub files: Option<u64>,
    /// Files and folders directly in one folder.
    pub files_in_folder: Option<u64>,
    /// Bytes of one file.
    pub file_bytes: Option<u64>,
    /// Bytes of the site.
    pub bytes: Option<u64>,
}

/// The host that a site names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenHost {
    /// The host.
    pub host: Host,
    /// What it takes, with the city's own contract in place of the usual.
    pub limits: HostLimits,
    /// The place in `site.toml`.
    pub place: Place,
}

impl ChosenHost {
    /// Reads the keys of `[host]`; `None` where no host is named.
    pub(super) fn read(keys: &mut Keys<'_>) -> Option<Self> {
        let place = keys.place_of("name");
        let host = keys.required_choice("name", &Host::CHOICES);
        let mut limits = host.map(Host::limits).unwrap_or_default();
        for (key, limit) in [
            ("files", &mut limits.files),
            ("files_in_folder", &mut limits.files_in_folder),
            ("file_bytes", &mut limits.file_bytes),
            ("bytes", &mut limits.bytes),
        ] {
            let Some(most) = keys.integer(key) else { continue };
            match u64::try_from(most) {
                Ok(most) if most > 0 => *limit = Some(most),
                _ => keys.problem(
                    &diagnostic::DOCUMENT_VALUE,
                    key,
                    message!(
                        ja: "「host.{key}」に「{most}」は使えません",
                        en: "`{most}` is not an allowed value of `host.{key}`",
                    ),
                    message!(
                        ja: "1以上の整数を記入してください",
                        en: "write a whole number of 1 or more",
                    ),
                ),
            }
        }
        host.map(|host| Self { host, limits, place })
    }
}
