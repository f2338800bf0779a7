//! The **surroundings** of a text: the page on which it is shown. They decide where its links lead,
//! which size its pictures have, what its fences of data show, and which ids are still free.
//!
//! Not in here: the pages of a site (`site`, `html`).

use std::borrow::Cow;

use super::reference::scheme_of;

/// What a text has to know of the page on which it is shown.
pub trait Surroundings {
    /// The address for the link that is written `written`; `None` for an address that no page may
    /// link to. Addresses of the web and fragments of the text itself are not asked for.
    fn link<'w>(&self, written: &'w str) -> Option<Cow<'w, str>>;

    /// The picture that is written `written`; `None` if it is not part of the site.
    fn picture<'w>(&self, written: &'w str) -> Option<PictureShown<'w>>;

    /// The HTML for a fenced block whose first word is `kind`; `None` if it is shown as code.
    fn fence(&self, kind: &str, text: &str) -> Option<String>;

    /// The id that an element gets which would like to be `wanted`: unique on the page.
    fn id(&self, wanted: &str) -> Option<String>;

    /// A text of the user interface.
    fn phrase(&self, phrase: Phrase) -> String;
}

/// A picture as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureShown<'w> {
    /// Its address.
    pub url: Cow<'w, str>,
    /// Its width and height in pixels, if they are known.
    pub size: Option<(usize, usize)>,
}

/// Texts of the user interface that a text needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// Names the notes at the end of a text.
    Notes,
    /// Names the link from the text to a note.
    Note,
    /// Names the link from a note back to the text.
    Back,
    /// An item of a task list that is done.
    Done,
    /// An item of a task list that is not done.
    Open,
}

/// A text on a page of its own that knows of no site: links stay as they are written.
pub struct Alone;

impl Surroundings for Alone {
    fn link<'w>(&self, written: &'w str) -> Option<Cow<'w, str>> {
        scheme_of(written).is_none().then_some(Cow::Borrowed(written))
    }

    fn picture<'w>(&self, written: &'w str) -> Option<PictureShown<'w>> {
        Some(PictureShown { url: Cow::Borrowed(written), size: None })
    }

    fn fence(&self, _: &str, _: &str) -> Option<String> {
        None
    }

    fn id(&self, _: &str) -> Option<String> {
        None
    }

    fn phrase(&self, phrase: Phrase) -> String {
        match phrase {
            Phrase::Notes => "注",
            Phrase::Note => "注",
            Phrase::Back => "本文へ",
            Phrase::Done => "済み",
            Phrase::Open => "未了",
        }
        .to_owned()
    }
}
