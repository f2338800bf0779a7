//! The **publisher**: the local government that publishes the site.

use crate::document::Keys;
use crate::text::Localized;

use super::LocalGovernmentCode;

/// The local government.
#[derive(Clone, Debug, Hash)]
pub struct Publisher {
    /// Its name.
    pub name: Localized,
    /// Reading of the name, in katakana.
    pub kana: Option<String>,
    /// Its 全国地方公共団体コード.
    pub code: LocalGovernmentCode,
    /// URL of its main website.
    pub url: Option<String>,
    /// The contact for questions.
    pub contact: Option<Contact>,
}

/// The contact for questions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contact {
    /// Name of the office.
    pub name: Localized,
    /// Telephone number.
    pub phone: Option<String>,
    /// Extension of the telephone number.
    pub extension: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// URL of a contact form.
    pub form_url: Option<String>,
}

impl Contact {
    /// Reads the keys of a contact. `None` if the name is missing or wrong, which is reported.
    pub fn read(keys: &mut Keys<'_>) -> Option<Self> {
        let name = keys.required_localized("name");
        let phone = keys.text("phone");
        let extension = keys.text("extension");
        let email = keys.text("email");
        let form_url = keys.url("form_url");
        Some(Self { name: name?, phone, extension, email, form_url })
    }
}
