//! **On a page**: what a Markdown text needs to know of the page on which it is shown.

use std::borrow::Cow;

use crate::markdown::{Phrase, PictureShown, Surroundings};
use crate::site::Destination;

use super::blocks;
use super::context::PageContext;

impl PageContext<'_> {
    /// The address of a page or file of the site, as a link from this page.
    fn address(&self, destination: &Destination) -> String {
        let linker = &self.linker;
        match destination {
            Destination::Page { key, rest } => format!("{}{key}{rest}", linker.base),
            Destination::File { path, rest } => format!("{}{path}{rest}", linker.root),
        }
    }
}

impl Surroundings for PageContext<'_> {
    fn link<'w>(&self, written: &'w str) -> Option<Cow<'w, str>> {
        let context = self;
        let found =
            context.site.destination(written, &context.linker.key, context.language).ok()?;
        Some(Cow::Owned(self.address(&found)))
    }

    fn picture<'w>(&self, written: &'w str) -> Option<PictureShown<'w>> {
        let context = self;
        let found =
            context.site.destination(written, &context.linker.key, context.language).ok()?;
        let size = match &found {
            Destination::File { path, .. } => context.site.size_of_picture(path),
            Destination::Page { .. } => None,
        };
        Some(PictureShown { url: Cow::Owned(self.address(&found)), size })
    }

    fn fence(&self, kind: &str, text: &str) -> Option<String> {
        let context = self;
        let page = &context.linker.key;
        let block = context.site.block(kind, text, page, context.language)?;
        Some(blocks::in_text(context, block))
    }

    fn id(&self, wanted: &str) -> Option<String> {
        Some(self.linker.id(wanted))
    }

    fn phrase(&self, phrase: Phrase) -> String {
        self.word(match phrase {
            Phrase::Notes => "notes_of_text",
            Phrase::Note => "note_of_text",
            Phrase::Back => "back_to_text",
            Phrase::Done => "task_done",
            Phrase::Open => "task_open",
        })
    }
}
