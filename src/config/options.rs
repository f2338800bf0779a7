//! The **options** of a command, which are not part of `site.toml`.
//!
//! Not in here: the flags of the command line (`cli`).

use super::BaseUrl;

/// The options of a command that are not part of `site.toml`.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// Whether drafts are published.
    pub drafts: Drafts,
    /// URL of the site's root that replaces `base_url` of `site.toml`.
    pub base_url: Option<BaseUrl>,
    /// Whether the search index is also published for pages that are opened from a file share.
    pub offline_search: bool,
    /// Whether the site is only checked, without making its files. The table of sources, which
    /// contains nothing to check, then has no rows.
    pub without_files: bool,
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
