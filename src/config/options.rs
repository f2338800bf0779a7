//! The **options** of a command, which are not part of `site.toml`.
//!
//! Not in here: the flags of the command line (`cli`).

use crate::calendar::Date;

use super::{BaseUrl, PublicPeriod, PublicState};

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
    /// Whether recorded pages may vanish without a redirect, because the command tells that itself.
    pub pages_may_vanish: bool,
}

/// What of the content is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Whether drafts are published.
    pub drafts: Drafts,
    /// The day of the build: what is to be published later, or has expired, is left out. `None`
    /// leaves nothing out but drafts.
    pub as_of: Option<Date>,
}

impl Selection {
    /// Whether a part of the content with this `period` is public on the day of the build.
    pub fn state_of(self, period: PublicPeriod) -> PublicState {
        let Some(today) = self.as_of else {
            return if period.draft { PublicState::Draft } else { PublicState::Public };
        };
        match period {
            PublicPeriod { draft: true, .. } => PublicState::Draft,
            PublicPeriod { expires: Some(day), .. } if day < today => PublicState::Expired(day),
            PublicPeriod { published: Some(day), .. } if day > today => PublicState::NotDue(day),
            _ => PublicState::Public,
        }
    }

    /// Is content in this `state` on the site? A preview with drafts shows drafts and what is not
    /// due yet; what has expired is gone.
    pub fn shows(self, state: PublicState) -> bool {
        match state {
            PublicState::Public => true,
            PublicState::Draft | PublicState::NotDue(_) => self.drafts == Drafts::Included,
            PublicState::Expired(_) => false,
        }
    }
}

/// Whether drafts and what is not due yet are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out.
    #[default]
    LeftOut,
    /// They are published like everything else, for a preview.
    Included,
}
