//! The **imprint** of a dataset is what its files say of the site that publishes them: publisher,
//! licence, and where the site is. A data file is made from the dataset and its imprint, and from
//! nothing else of the site, so that it need not be made again while both stay the same.
//!
//! Not in here: what the files say of the dataset itself (`dataset`).

use crate::config::{BaseUrl, Licence, Publisher, WantedFormats};
use crate::dataset::Dataset;
use crate::text::Language;

use super::{Site, file_paths};

/// What the files of one dataset say of the site.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Imprint<'s> {
    /// The site's address.
    pub base_url: &'s BaseUrl,
    /// The local government.
    pub publisher: &'s Publisher,
    /// The dataset's licence.
    pub licence: Licence,
    /// The site's own language.
    pub own_language: Language,
    /// The formats in which the site publishes datasets.
    pub formats: &'s WantedFormats,
}

impl<'s> Imprint<'s> {
    /// The imprint of `dataset`, which `site` publishes.
    pub fn of(site: &'s Site, dataset: &Dataset) -> Self {
        Self {
            base_url: &site.config.base_url,
            publisher: &site.config.publisher,
            licence: site.licence_of(dataset),
            own_language: site.config.own_language(),
            formats: &site.config.formats,
        }
    }

    /// The URL of the page of `dataset`.
    pub fn page_of(&self, dataset: &Dataset) -> String {
        self.base_url.join(&file_paths::page_of(dataset))
    }
}
