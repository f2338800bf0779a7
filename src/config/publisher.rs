//! The **publisher**: the local government that answers for the site.

use crate::text::Localized;

use super::LocalGovernmentCode;

/// The local government.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// Its name.
    pub name: Localized,
    /// Reading of the name, in katakana.
    pub kana: Option<String>,
    /// Its 全国地方公共団体コード.
    pub code: LocalGovernmentCode,
    /// Its own site.
    pub url: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
}

/// Whom to ask.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The office.
    pub name: Localized,
    /// Telephone number.
    pub phone: Option<String>,
    /// Address of electronic mail.
    pub email: Option<String>,
    /// Address of a form.
    pub form_url: Option<String>,
}
