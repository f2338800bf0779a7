//! The **options** of a command: what it asks for beside what `site.toml` says.
//!
//! Not in here: the flags of the command line (`cli`).

use super::BaseUrl;

/// What a command asks for beside what `site.toml` says.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// Whether drafts are published.
    pub drafts: Drafts,
    /// Address of the site's root in place of `base_url`, for a preview.
    pub base_url: Option<BaseUrl>,
    /// Whether the search index is also published for pages that are opened from a file share.
    pub offline_search: bool,
    /// Whether the site is only checked, and no files are made of it. The table of sources, in
    /// which there is nothing to check, then has no rows.
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
