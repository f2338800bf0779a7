//! The marks of a **preview**: a notice on every page that it is not the published site, and a mark
//! at what is a draft or not due yet, on its page and at every link to it. They are put into the
//! finished page, so that no theme can leave them out.
//!
//! Not in here: what is withheld (`config`), and the bar of `kawaraban serve` (`serve`).

use std::collections::BTreeMap;

use crate::config::{Drafts, PublicState, Withheld, WithheldKind};
use crate::site::{Page, Site};
use crate::text::Language;
use crate::theme::Theme;

/// The marks of the pages of one language, by the path of the marked page without its ending;
/// `None` for a site that is no preview.
#[derive(Hash)]
pub(super) struct PreviewMarks<'s> {
    marks: BTreeMap<&'s str, String>,
    title: String,
    lead: String,
}

impl<'s> PreviewMarks<'s> {
    /// The marks of `site` in `language`; `None` if the site is no preview.
    pub fn of(site: &'s Site, theme: &Theme, language: Language) -> Option<Self> {
        if site.config.selection.drafts == Drafts::LeftOut {
            return None;
        }
        let word = |key: &str| {
            let words = theme.words.get(&language);
            words.and_then(|words| words.get(key)).cloned().unwrap_or_else(|| key.to_owned())
        };
        let mut marks: BTreeMap<&str, String> = BTreeMap::new();
        for withheld in &site.withheld {
            let Some(mark) = mark(withheld, language, &word) else { continue };
            let known = marks.entry(&withheld.address).or_default();
            if !known.contains(&mark) {
                let between = if known.is_empty() { "" } else { " / " };
                *known += &format!("{between}{mark}");
            }
        }
        Some(Self { marks, title: word("review"), lead: word("review_lead") })
    }

    /// `html`, the page `page`, with its notice and its marks.
    pub fn put_into(&self, page: &Page, html: &str) -> String {
        let mut text = String::with_capacity(html.len() + 512);
        let mut rest = html;
        if let Some((before, after)) = rest.split_once("<head>") {
            text.extend([before, "<head>\n<meta name=\"robots\" content=\"noindex\">"]);
            rest = after;
        }
        let body = rest.find("<body").and_then(|at| Some(at + rest[at..].find('>')? + 1));
        if let Some(end) = body {
            let (title, lead) = (&self.title, &self.lead);
            let own = page.key.strip_suffix(".html").and_then(|address| self.marks.get(address));
            let own = own.map(|mark| format!(" <strong>{mark}</strong>")).unwrap_or_default();
            text.push_str(&rest[..end]);
            text.push_str(&format!(
                "\n<aside class=\"notice preview\" aria-label=\"{title}\"><strong>{title}</strong> {lead}{own}</aside>"
            ));
            rest = &rest[end..];
        }
        self.mark_links(rest, &mut text);
        text
    }

    /// Writes `html` to `text`, with a mark after each link to a marked page.
    fn mark_links(&self, html: &str, text: &mut String) {
        let mut rest = html;
        let begins = |rest: &str| {
            let of_link = |(at, _): &(usize, &str)| rest[at + 2..].starts_with([' ', '\n']);
            rest.match_indices("<a").find(of_link).map(|(at, _)| at)
        };
        while let Some(at) = begins(rest) {
            let (before, link) = rest.split_at(at);
            text.push_str(before);
            let Some(end) = link.find("</a>").map(|at| at + "</a>".len()) else {
                rest = link;
                break;
            };
            text.push_str(&link[..end]);
            let target =
                link[..end].split("href=\"").nth(1).and_then(|rest| rest.split('"').next());
            let target = target.map(|target| target.trim_start_matches("../"));
            let target = target.and_then(|target| target.split(['#', '?']).next());
            let address = target.and_then(|target| target.strip_suffix(".html"));
            if let Some(mark) = address.and_then(|address| self.marks.get(address)) {
                text.push_str(&format!(" <strong>{mark}</strong>"));
            }
            rest = &link[end..];
        }
        text.push_str(rest);
    }
}

/// The mark of a part of the content; `None` for what is not shown.
fn mark(withheld: &Withheld, language: Language, word: &impl Fn(&str) -> String) -> Option<String> {
    let of_result = withheld.kind == WithheldKind::Result;
    match withheld.state {
        PublicState::Public | PublicState::Expired(_) => None,
        PublicState::Draft if of_result => Some(word("mark_result_draft")),
        PublicState::Draft => Some(word("mark_draft")),
        PublicState::NotDue(day) => {
            let key = if of_result { "mark_result_due" } else { "mark_due" };
            Some(word(key).replace("{date}", &day.long(language)))
        }
    }
}
