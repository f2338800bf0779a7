//! How files are to be **served**: what a host says of them to browsers and programs. The preview
//! and the recipes for hosts (`catalog::recipe`) both take it from here.

use crate::theme::POLICY;

use super::file_paths;

/// Who may show a page in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frames {
    /// Pages of the same site.
    Own,
    /// Pages of every site.
    All,
}

/// The whole policy, as a header.
pub fn policy(frames: Frames) -> String {
    let ancestors = match frames {
        Frames::Own => "'self'",
        Frames::All => "*",
    };
    format!("{POLICY}; frame-ancestors {ancestors}")
}

/// What is said of a file whose name changes with its content.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What is said of every other file: it may be kept, and the host is asked whether it has changed.
pub const ASK_AGAIN: &str = "no-cache";

/// The folders with files whose names change with their content, each with the ending that these
/// files have; `None` for all files of the folder.
pub const NAMED_BY_CONTENT: [(&str, Option<&str>); 3] = [
    (file_paths::ASSETS, None),
    (file_paths::SEARCH, Some("kwb")),
    (file_paths::TABLES, Some("kwb")),
];

/// A media type, and the endings of its files.
#[derive(Clone, Copy, Debug)]
pub struct MediaType {
    /// The type without parameters.
    pub name: &'static str,
    /// The endings, without the full stop.
    pub endings: &'static [&'static str],
    /// Is it text, which is in UTF-8?
    pub is_text: bool,
    /// Is a file of it much smaller when it is compressed?
    pub shrinks: bool,
}

const fn text(name: &'static str, endings: &'static [&'static str]) -> MediaType {
    MediaType { name, endings, is_text: true, shrinks: true }
}

/// A format whose own rules say how its texts are encoded.
const fn structured(name: &'static str, endings: &'static [&'static str]) -> MediaType {
    MediaType { name, endings, is_text: false, shrinks: true }
}

const fn packed(name: &'static str, endings: &'static [&'static str]) -> MediaType {
    MediaType { name, endings, is_text: false, shrinks: false }
}

/// The media types of everything that sites consist of. Other files are [`UNKNOWN`].
pub const MEDIA_TYPES: [MediaType; 33] = [
    text("text/html", &["html", "htm"]),
    text("text/css", &["css"]),
    text("text/javascript", &["js", "mjs"]),
    text("text/csv", &["csv"]),
    text("text/tab-separated-values", &["tsv"]),
    text("text/plain", &["txt", "md", "minisig"]),
    text("text/turtle", &["ttl"]),
    text("application/x-bibtex", &["bib"]),
    text("application/x-research-info-systems", &["ris"]),
    structured("application/json", &["json", "map"]),
    structured("application/x-ndjson", &["jsonl"]),
    structured("application/sql", &["sql"]),
    structured("application/ld+json", &["jsonld"]),
    structured("application/rdf+xml", &["rdf"]),
    structured("application/geo+json", &["geojson"]),
    structured("application/manifest+json", &["webmanifest"]),
    structured("application/xml", &["xml"]),
    structured("image/svg+xml", &["svg"]),
    structured("font/ttf", &["ttf"]),
    structured("font/otf", &["otf"]),
    packed("font/woff", &["woff"]),
    packed("font/woff2", &["woff2"]),
    packed("image/png", &["png"]),
    packed("image/jpeg", &["jpg", "jpeg"]),
    packed("image/gif", &["gif"]),
    packed("image/webp", &["webp"]),
    packed("image/avif", &["avif"]),
    packed("image/x-icon", &["ico"]),
    packed("application/pdf", &["pdf"]),
    packed("application/zip", &["zip"]),
    packed("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    packed("application/vnd.apache.parquet", &["parquet"]),
    packed(UNKNOWN, &["kwb"]),
];

/// The media type of bytes of which nothing else is known.
pub const UNKNOWN: &str = "application/octet-stream";

/// Files with a media type that does not follow from their ending: a pattern of the end of the
/// path, as nginx and Apache read it, and the type.
pub const APART: [(&str, &str); 2] = [
    (r"/(feed|(departments|topics)/[^/]+)\.xml$", "application/atom+xml"),
    (r"/opensearch\.xml$", "application/opensearchdescription+xml"),
];

/// The media type of the file at `path`, by its ending, as the header `Content-Type` has it.
pub fn content_type(path: &str) -> String {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match MEDIA_TYPES.iter().find(|kind| kind.endings.contains(&ending)) {
        Some(kind) if kind.is_text => format!("{}; charset=utf-8", kind.name),
        Some(kind) => kind.name.to_owned(),
        None => UNKNOWN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{MEDIA_TYPES, content_type};
    use crate::dataset::FileFormat;

    #[test]
    fn no_ending_has_two_types_and_every_format_has_its_own() {
        let endings: Vec<&str> =
            MEDIA_TYPES.iter().flat_map(|kind| kind.endings).copied().collect();
        assert_eq!(endings.iter().collect::<BTreeSet<_>>().len(), endings.len());
        for format in FileFormat::ALL {
            let found = content_type(&format.file_name("a"));
            let bare = found.split(';').next().expect("a split has a first part");
            assert_eq!(bare, format.media_type().split(';').next().expect("the same"));
        }
        assert_eq!(content_type("a/b.csv"), "text/csv; charset=utf-8");
        assert_eq!(content_type("catalog.ttl"), "text/turtle; charset=utf-8");
        assert_eq!(content_type("catalog.rdf"), "application/rdf+xml");
        assert_eq!(content_type("CNAME"), "application/octet-stream");
    }
}
