//! Reports where the finished site is more than its **host** takes: without this, the host would
//! refuse it, or leave files out, after the site was built.
//!
//! Not in here: what hosts take (`config::host`).

use std::collections::{BTreeMap, BTreeSet};

use crate::artifact::FactsByPath;
use crate::config::ChosenHost;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Message};
use crate::message;

/// Reports each limit of `host` that the `files` of the site pass. The manifest, which is made of
/// their sizes, is counted with them.
pub fn host_limits(host: &ChosenHost, files: &FactsByPath, diagnostics: &mut Diagnostics) {
    let name = host.host.name();
    let mut report = |key: &str, message: Message, help: Message| {
        let more = message!(
            ja: "契約によって上限が違う場合は、「[host]」の「{key}」に記入してください",
            en: "if your contract allows more, write that to `{key}` of `[host]`",
        );
        let help =
            Message::new(format!("{}。{}", help.ja, more.ja), format!("{}; {}", help.en, more.en));
        diagnostics.push(
            Diagnostic::new(&diagnostic::CHECK_HOST_LIMIT, host.place.clone(), message)
                .with_help(help),
        );
    };
    if let Some(most) = host.limits.files.filter(|most| files.len() as u64 + 1 > *most) {
        report(
            "files",
            message!(
                ja: "サイトのファイル数が、{name}の上限（{most}ファイル）を超えています",
                en: "the site has more files than {name} takes ({most})",
            ),
            fewer_formats(),
        );
    }
    if let Some(most) = host.limits.files_in_folder
        && let Some((folder, count)) = fullest_folder(files)
        && count > most
    {
        report(
            "files_in_folder",
            message!(
                ja: "フォルダー「{folder}」の件数が、{name}の上限（1フォルダーに{most}件）を超えています",
                en: "the folder `{folder}` has more entries than {name} takes in a folder ({most})",
            ),
            other_host(),
        );
    }
    if let Some(most) = host.limits.file_bytes
        && let Some((path, facts)) = files.iter().max_by_key(|(_, facts)| facts.bytes)
        && facts.bytes as u64 > most
    {
        report(
            "file_bytes",
            message!(
                ja: "「{path}」の大きさが、{name}の上限（1ファイル{most}バイト）を超えています",
                en: "`{path}` is larger than the files that {name} takes ({most} bytes)",
            ),
            fewer_formats(),
        );
    }
    let bytes: u64 = files.values().map(|facts| facts.bytes as u64).sum();
    if let Some(most) = host.limits.bytes.filter(|most| bytes > *most) {
        report(
            "bytes",
            message!(
                ja: "サイト全体の大きさが、{name}の上限（{most}バイト）を超えています",
                en: "the site is larger than {name} takes ({most} bytes)",
            ),
            fewer_formats(),
        );
    }
}

/// The folder with most entries, and their number.
fn fullest_folder(files: &FactsByPath) -> Option<(&str, u64)> {
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for path in files.keys() {
        let mut rest = path.as_str();
        while let Some((folder, name)) = rest.rsplit_once('/') {
            if !entries.entry(folder).or_default().insert(name) {
                break;
            }
            rest = folder;
        }
    }
    let counts = entries.into_iter().map(|(folder, names)| (folder, names.len() as u64));
    counts.max_by_key(|(_, count)| *count)
}

fn fewer_formats() -> Message {
    message!(
        ja: "「[data]」の「formats」で形式を減らすか、別の公開先を選んでください",
        en: "publish fewer formats (`formats` of `[data]`), or choose another host",
    )
}

fn other_host() -> Message {
    message!(ja: "別の公開先を選んでください", en: "choose another host")
}

#[cfg(test)]
mod tests {
    use super::host_limits;
    use crate::artifact::{FactsByPath, FileFacts};
    use crate::config::{ChosenHost, Host, HostLimits};
    use crate::diagnostic::{Diagnostics, Place};

    /// What is said of `files` where a host takes `limits`.
    fn said(files: &FactsByPath, limits: HostLimits) -> Vec<String> {
        let place = Place::file("content/site.toml");
        let host = ChosenHost { host: Host::Netlify, limits, place };
        let mut diagnostics = Diagnostics::new();
        host_limits(&host, files, &mut diagnostics);
        diagnostics.iter().map(|found| found.message.en.clone()).collect()
    }

    #[test]
    fn every_limit_is_told_from_the_first_that_is_too_many() {
        let file =
            |path: &str, bytes| (path.to_owned(), FileFacts { bytes, sha256: String::new() });
        let files: FactsByPath =
            [file("a", 10), file("b/c", 20), file("b/d/e", 5), file("b/d/f", 5)].into();
        let limits = |files, files_in_folder, file_bytes, bytes| HostLimits {
            files: Some(files),
            files_in_folder: Some(files_in_folder),
            file_bytes: Some(file_bytes),
            bytes: Some(bytes),
        };
        // The manifest is a file, too.
        assert_eq!(said(&files, limits(5, 2, 20, 40)), [""; 0]);
        assert_eq!(
            said(&files, limits(4, 1, 19, 39)),
            [
                "the site has more files than Netlify takes (4)",
                "the folder `b/d` has more entries than Netlify takes in a folder (1)",
                "`b/c` is larger than the files that Netlify takes (19 bytes)",
                "the site is larger than Netlify takes (39 bytes)",
            ]
        );
        for (_, host) in Host::CHOICES {
            assert_eq!(said(&files, host.limits()), [""; 0]);
        }
    }
}
