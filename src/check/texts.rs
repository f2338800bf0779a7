//! Checks what Markdown **texts** refer to: links and fragments that lead nowhere, pictures that
//! are not part of the site or have no alternative text, and signs of notes without a note.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::markdown::{
    HeadingMark, ReferenceKind, TextReference, headings, is_outside, references, scheme_of,
};
use crate::message;
use crate::site::{Destination, LINKED_KINDS, MarkdownText, NoDestination, Site};
use crate::source::Sources;
use crate::text::{Language, nearest};

/// Reports every reference of a text that leads nowhere.
pub(super) fn references_of_texts(sources: &Sources, site: &Site, diagnostics: &mut Diagnostics) {
    let texts = site.markdown_texts();
    let of_pages = headings_of_pages(&texts);
    for text in &texts {
        for reference in references(text.text) {
            let problem = problem(site, text, &of_pages, &reference);
            let place = || text.place_of(sources, reference.range.clone());
            diagnostics.extend(problem.map(|problem| problem(place())));
        }
    }
}

/// The headings of each free page in each language, by the key of the page.
type PageHeadings<'t> = BTreeMap<(&'t str, Language), Vec<HeadingMark>>;

fn headings_of_pages<'t>(texts: &'t [MarkdownText<'_>]) -> PageHeadings<'t> {
    let mut known = PageHeadings::new();
    for text in texts.iter().filter(|text| text.start.is_some()) {
        let found = headings(text.text);
        for &language in &text.languages {
            known.insert((&text.page, language), found.clone());
        }
    }
    known
}

/// A problem that still needs its place.
type Unplaced = Box<dyn FnOnce(Place) -> Diagnostic>;

fn unplaced(code: &'static diagnostic::Code, message: Message, help: Message) -> Option<Unplaced> {
    Some(Box::new(move |place| Diagnostic::new(code, place, message).with_help(help)))
}

/// What is wrong with a `reference` of `text`.
fn problem(
    site: &Site,
    text: &MarkdownText<'_>,
    of_pages: &PageHeadings<'_>,
    reference: &TextReference,
) -> Option<Unplaced> {
    match &reference.kind {
        ReferenceKind::Link(written) if is_outside(written) => None,
        ReferenceKind::Link(written) => link(site, text, of_pages, written),
        ReferenceKind::Picture { written, alt } => picture(site, text, written, alt),
        ReferenceKind::Note(name) => unplaced(
            &diagnostic::CHECK_NOTE,
            message!(
                ja: "注「{name}」の文がありません",
                en: "there is no text for the footnote `{name}`",
            ),
            message!(
                ja: "文章の終わりに「[^{name}]: 注の文」という行を書き足してください",
                en: "add a line `[^{name}]: text of the note` at the end of the text",
            ),
        ),
        ReferenceKind::Fence { .. } => None,
    }
}

fn link(
    site: &Site,
    text: &MarkdownText<'_>,
    of_pages: &PageHeadings<'_>,
    written: &str,
) -> Option<Unplaced> {
    let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
    let fragment = percent_decode_str(fragment).decode_utf8_lossy();
    for &language in &text.languages {
        let found = match path {
            "" => Ok(Destination::Page { key: text.page.clone(), rest: String::new() }),
            _ => site.destination(path, &text.page, language),
        };
        let found = match found {
            Ok(found) => found,
            // A dataset with errors has been left out of the site.
            Err(_) if is_broken_dataset(site, path) => return None,
            Err(NoDestination { near }) => return no_destination(written, near),
        };
        let own = path.is_empty().then(|| headings(text.text));
        let known = own.as_ref().or_else(|| match &found {
            Destination::Page { key, .. } => of_pages.get(&(key.as_str(), language)),
            Destination::File { .. } => None,
        });
        let Some(known) = known.filter(|_| !fragment.is_empty()) else { continue };
        if !known.iter().any(|mark| mark.slug == *fragment) {
            return no_heading(&fragment, known);
        }
    }
    None
}

fn is_broken_dataset(site: &Site, link: &str) -> bool {
    link.strip_prefix("dataset:").is_some_and(|id| site.is_broken_dataset(id))
}

fn no_destination(written: &str, near: Option<String>) -> Option<Unplaced> {
    let help = match (near, scheme_of(written)) {
        (Some(near), _) => Message::did_you_mean(&near),
        (None, Some(kind)) if !LINKED_KINDS.contains(&kind) => Message::allowed_values(
            LINKED_KINDS.iter().map(|kind| format!("{kind}:")).chain(["https:".to_owned()]),
        ),
        (None, _) => message!(
            ja: "「about.md」のようなページの名前、「dataset:population」のようなID、「content/static」にあるファイルの名前、または「https://」で始まるアドレスを記入してください",
            en: "name a page such as `about.md`, a record such as `dataset:population`, a file in `content/static`, or an address that begins with `https://`",
        ),
    };
    unplaced(
        &diagnostic::CHECK_LINK,
        message!(
            ja: "リンク先の「{written}」がありません",
            en: "the link leads to `{written}`, which does not exist",
        ),
        help,
    )
}

fn no_heading(fragment: &str, known: &[HeadingMark]) -> Option<Unplaced> {
    let slugs = || known.iter().map(|mark| mark.slug.as_str());
    let help = match nearest(fragment, slugs()) {
        Some(near) => Message::did_you_mean(&format!("#{near}")),
        None if known.is_empty() => message!(
            ja: "「#」から後を消してください。リンク先のページに見出しがありません",
            en: "remove the fragment; the page has no headings",
        ),
        None => Message::allowed_values(slugs().map(|slug| format!("#{slug}"))),
    };
    unplaced(
        &diagnostic::CHECK_FRAGMENT,
        message!(
            ja: "リンク先のページに「#{fragment}」という見出しがありません",
            en: "the page that the link leads to has no heading `#{fragment}`",
        ),
        help,
    )
}

fn picture(site: &Site, text: &MarkdownText<'_>, written: &str, alt: &str) -> Option<Unplaced> {
    if is_outside(written) {
        return unplaced(
            &diagnostic::CHECK_PICTURE,
            message!(
                ja: "画像「{written}」は、ほかのサイトにあるため表示できません",
                en: "the picture `{written}` is on another site and cannot be shown",
            ),
            message!(
                ja: "画像を「content/static」フォルダーに置き、そのファイルの名前を記入してください",
                en: "put the picture into `content/static` and write the name of its file",
            ),
        );
    }
    let missing = text.languages.iter().find_map(|&language| {
        match site.destination(written, &text.page, language) {
            Ok(Destination::File { .. }) => None,
            Ok(Destination::Page { .. }) => Some(None),
            Err(NoDestination { near }) => Some(near),
        }
    });
    if let Some(near) = missing {
        let help = match near {
            Some(near) => Message::did_you_mean(&near),
            None => message!(
                ja: "画像を「content/static」フォルダーに置き、そのファイルの名前を記入してください",
                en: "put the picture into `content/static` and write the name of its file",
            ),
        };
        return unplaced(
            &diagnostic::CHECK_PICTURE,
            message!(ja: "画像「{written}」がありません", en: "there is no picture `{written}`"),
            help,
        );
    }
    if !alt.trim().is_empty() {
        return None;
    }
    unplaced(
        &diagnostic::CHECK_PICTURE_TEXT,
        message!(
            ja: "画像「{written}」に、代わりの文がありません",
            en: "the picture `{written}` has no alternative text",
        ),
        message!(
            ja: "画像を見られない人のために、「![何の画像か]({written})」のように記入してください",
            en: "say what it shows to people who do not see it: `![what it shows]({written})`",
        ),
    )
}
