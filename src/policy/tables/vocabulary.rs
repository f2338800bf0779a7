//! The **vocabulary** around policies: topics, synonyms, and the former addresses of pages.

use crate::diagnostic::{self, Diagnostics, Message};
use crate::message;
use crate::policy::columns::SiteTables;
use crate::policy::{ADDRESSES, DataTheme, PublishedAddress, REDIRECTS, Redirect, TOPICS, Topic};
use crate::source::Sources;
use crate::table;
use crate::text::Id;

use super::{katakana, rows, unique};

/// Reads `topics.csv`; no topics if there is no such file.
pub(in crate::policy) fn topics(
    sources: &Sources,
    site: &SiteTables<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Topic> {
    let Some(file) = table::single(sources, "topics") else { return Vec::new() };
    let topics = rows(sources, file, (TOPICS, site), diagnostics, |fields| {
        let id = fields.required_id("id");
        let name = fields.required_localized("name");
        let kana = katakana(fields);
        let theme = fields.choice("theme", &DataTheme::CHOICES, &[]);
        Some(Topic {
            theme,
            id: id?.value,
            name: name?,
            kana,
            place: fields.place(),
            provenance: fields.provenance(),
        })
    });
    unique(topics, |topic| (&topic.id, &topic.place), diagnostics)
}

/// Reads `synonyms.csv`: groups of words, one a row, without a header.
pub(in crate::policy) fn synonyms(
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<String>> {
    let Some(file) = sources.get("content/synonyms.csv") else { return Vec::new() };
    table::read_groups(file, diagnostics)
}

/// Help for `written`, which is not the path of a page.
fn how_to_write(written: &str) -> Message {
    if written.contains("://") {
        return message!(
            ja: "移動先にできるのは、このサイトのページだけです。「measures/old-id」のように入力してください。ほかのサイトへは、お知らせのページからリンクできます",
            en: "only pages of this site can be named, as in `measures/old-id`; to lead to another site, link to it from a page",
        );
    }
    let path = written.split(['#', '?']).next().unwrap_or_default();
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".html").unwrap_or(path);
    match path.split('/').all(|part| Id::parse(part).is_some()) {
        true => message!(
            ja: "「{path}」のように、先頭の「/」や、「.html」「#」以降を付けずに入力してください",
            en: "write it as `{path}`, without a leading `/`, `.html` or `#…`",
        ),
        false => message!(
            ja: "「measures/old-id」のように、「.html」を付けずに入力してください",
            en: "write it as `measures/old-id`, without `.html`",
        ),
    }
}

/// Reads `redirects.csv`. A row with a wrong path is reported and left out.
pub(in crate::policy) fn redirects(
    sources: &Sources,
    site: &SiteTables<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Redirect> {
    let Some(file) = table::single(sources, "redirects") else { return Vec::new() };
    rows(sources, file, (REDIRECTS, site), diagnostics, |fields| {
        let from = fields.required_located_text("from");
        let to = fields.located_text("to");
        let date = fields.date("date");
        let note = fields.text("note");
        let paths = [("from", from.as_ref()), ("to", to.as_ref())];
        for (name, path) in paths.into_iter().filter_map(|(name, path)| Some((name, path?))) {
            if path.split('/').all(|part| Id::parse(part).is_some()) {
                continue;
            }
            let written = &path.value;
            fields.problem(
                &diagnostic::TABLE_VALUE,
                name,
                message!(
                    ja: "「{written}」はページのパスではありません",
                    en: "`{written}` is not the path of a page",
                ),
                how_to_write(written),
            );
            return None;
        }
        Some(Redirect { from: from?.value, to, date, note, about: None, place: fields.place() })
    })
}

/// Reads `addresses.csv`, the registry of published addresses.
pub(in crate::policy) fn addresses(
    sources: &Sources,
    site: &SiteTables<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<PublishedAddress> {
    let Some(file) = table::single(sources, "addresses") else { return Vec::new() };
    rows(sources, file, (ADDRESSES, site), diagnostics, |fields| {
        let address = fields.required_located_text("address");
        let (title, date) = (fields.text("title"), fields.date("date"));
        Some(PublishedAddress { address: address?, title, date })
    })
}
