//! The **options** of a command, which are not part of `site.toml`.
//!
//! Not in here: the flags of the command line (`cli`).

use crate::calendar::Date;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::message;

use super::BaseUrl;

/// The options of a command that are not part of `site.toml`.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// What of the content is published.
    pub selection: Selection,
    /// URL of the site's root that replaces `base_url` of `site.toml`.
    pub base_url: Option<BaseUrl>,
    /// Whether the search index is also published for pages that are opened from a file share.
    pub offline_search: bool,
    /// Whether the site is only checked, without making its files. The table of sources, which
    /// contains nothing to check, then has no rows.
    pub without_files: bool,
}

/// What of the content is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Whether drafts are published.
    pub drafts: Drafts,
    /// The day of the build: what is to be published later is left out. `None` leaves nothing out.
    pub as_of: Option<Date>,
}

impl Selection {
    /// Is a part of the content left out that is marked as a draft, or not?
    pub fn leaves_out(self, draft: bool) -> bool {
        draft && self.drafts == Drafts::LeftOut
    }

    /// Returns the day on which a part of the content will be published, if that day is still to
    /// come. A preview with drafts shows it before.
    pub fn not_before(self, published: Option<Date>) -> Option<Date> {
        published.filter(|day| {
            self.drafts == Drafts::LeftOut && self.as_of.is_some_and(|today| *day > today)
        })
    }
}

/// The problem, with its `code`, of a part of the content that is left out because it is not to be
/// published before `day`. `what` is the part in Japanese and English, such as `実績` and `result`.
pub fn not_due(code: &'static Code, (ja, en): (&str, &str), place: Place, day: Date) -> Diagnostic {
    let message = message!(
        ja: "この{ja}は、公開日（{day}）の前のため、まだ公開しません",
        en: "this {en} is not published before {day}",
    );
    Diagnostic::new(code, place, message).with_help(message!(
        ja: "公開日以降に「build」を実行すると公開されます。「--as-of {day}」を付けると、その日のサイトを確認できます",
        en: "a build on that day or later publishes it; `--as-of {day}` shows the site of that day",
    ))
}

/// Whether policies, measures and datasets that are marked as drafts are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out.
    #[default]
    LeftOut,
    /// They are published like everything else, for a preview.
    Included,
}
