//! The recipe for **S3** and other object storage with its interface: commands that upload the
//! published folder with the headers of each file.
//!
//! Headers that are not part of an object, such as the policy of pages, are set where the storage
//! is published, in a distribution of CloudFront; the comments of the recipe say which.

use crate::config::BaseUrl;
use crate::site::served::{ASK_AGAIN, FOR_EVER, Frames, MEDIA_TYPES, NAMED_BY_CONTENT, policy};

/// The script.
pub(super) fn recipe(base_url: &BaseUrl) -> String {
    let base = base_url.path();
    let (own, all) = (policy(Frames::Own), policy(Frames::All));
    let named: Vec<String> = NAMED_BY_CONTENT
        .iter()
        .map(|(folder, ending)| match ending {
            Some(ending) => format!("{folder}*.{ending}"),
            None => format!("{folder}*"),
        })
        .collect();
    let flags = |flag: &str| {
        named.iter().map(|pattern| format!(" --{flag} '{pattern}'")).collect::<String>()
    };
    let (include, exclude) = (flags("include"), flags("exclude"));
    // What the command does not know by itself, or would send without the encoding.
    let typed = MEDIA_TYPES.iter().filter(|kind| {
        kind.is_text
            || ["jsonl", "jsonld", "geojson", "parquet"].iter().any(|e| kind.endings.contains(e))
    });
    let by_type: String = typed
        .map(|kind| {
            let endings: String =
                kind.endings.iter().map(|ending| format!(" --include '*.{ending}'")).collect();
            let charset = if kind.is_text { "; charset=utf-8" } else { "" };
            format!("put \"{ASK_AGAIN}\" --exclude '*'{endings}{exclude} --content-type '{}{charset}'\n", kind.name)
        })
        .collect();
    format!(
        r#"#!/bin/sh
# Uploads the published folder to S3, with the AWS command line (2.x):
#   sh s3.sh public s3://BUCKET{base}
# An object is one PUT of at most 5 GiB, or several by themselves; there is no limit to their number.
#
# CloudFront in front of it compresses texts if its behaviour says so, and adds what no object has,
# by a response headers policy:
#   Content-Security-Policy: {own}
#     (for the paths embed/* and */embed/*: {all})
#   X-Content-Type-Options: nosniff
#   Access-Control-Allow-Origin: *
# The default root object is index.html; the error page for 403 and 404 is {base}404.html, with 404.
set -eu
folder=$1 bucket=$2

# Copies what is chosen, with its headers. `cp` rather than `sync`: that does not see when only a
# header has changed.
put() {{
  cache=$1
  shift
  aws s3 cp --recursive "$folder" "$bucket" --cache-control "$cache" --no-progress "$@"
}}

# Files that are named by their content come first, and pages that name them after them.
put "{FOR_EVER}" --exclude '*'{include}
put "{ASK_AGAIN}"{exclude}
{by_type}
# Then what is gone is removed.
aws s3 sync "$folder" "$bucket" --delete --size-only --no-progress
"#
    )
}
