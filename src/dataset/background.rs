//! The **background** of a dataset: what its table was made from and how, by whom, for which area,
//! and what else there is about it.
//!
//! Not in here: the files of the content from which its rows were read (`site::sources`).

use crate::calendar::Date;
use crate::config::Contact;
use crate::diagnostic;
use crate::document::Keys;
use crate::message;
use crate::text::Localized;

use super::Doi;

/// What is known about where a dataset comes from; everything may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Background {
    /// The data and documents from which the table was made.
    pub sources: Vec<DataSource>,
    /// How it was made.
    pub method: Option<Localized>,
    /// The contact for questions about it, if that is not the one of the site.
    pub contact: Option<Contact>,
    /// Those who made it, if that is not the publisher.
    pub authors: Vec<Localized>,
    /// Its digital object identifier.
    pub doi: Option<Doi>,
    /// The area that it covers, if that is not the whole area of the publisher.
    pub spatial: Option<Localized>,
    /// The languages of its texts, if they are not in the site's own language.
    pub languages: Vec<DataLanguage>,
    /// A note for those who use it.
    pub note: Option<Localized>,
    /// Pages and documents about it.
    pub related: Vec<RelatedDocument>,
}

/// Something from which a dataset was made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DataSource {
    /// Its name.
    pub name: Localized,
    /// Its URL.
    pub url: Option<String>,
    /// The day of its state that was used.
    pub as_of: Option<Date>,
}

/// A page or document about a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelatedDocument {
    /// Its title.
    pub title: Localized,
    /// Its URL.
    pub url: String,
}

/// A language in which data are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DataLanguage {
    /// Its tag (ISO 639-1).
    pub tag: &'static str,
    /// Its code in the authority table of languages of the European Union (ISO 639-3).
    pub authority: &'static str,
    /// Its name in itself.
    pub name: &'static str,
}

/// The languages in which Japanese local governments publish, with their codes.
const LANGUAGES: [(&str, DataLanguage); 17] = [
    ("ja", language("ja", "JPN", "日本語")),
    ("en", language("en", "ENG", "English")),
    ("zh", language("zh", "ZHO", "中文")),
    ("ko", language("ko", "KOR", "한국어")),
    ("pt", language("pt", "POR", "Português")),
    ("es", language("es", "SPA", "Español")),
    ("vi", language("vi", "VIE", "Tiếng Việt")),
    ("tl", language("tl", "TGL", "Tagalog")),
    ("ne", language("ne", "NEP", "नेपाली")),
    ("id", language("id", "IND", "Bahasa Indonesia")),
    ("th", language("th", "THA", "ไทย")),
    ("my", language("my", "MYA", "မြန်မာ")),
    ("fr", language("fr", "FRA", "Français")),
    ("de", language("de", "DEU", "Deutsch")),
    ("ru", language("ru", "RUS", "Русский")),
    ("uk", language("uk", "UKR", "Українська")),
    ("ar", language("ar", "ARA", "العربية")),
];

const fn language(tag: &'static str, authority: &'static str, name: &'static str) -> DataLanguage {
    DataLanguage { tag, authority, name }
}

/// Reads the keys of the background. Problems are reported; what has one is left out.
pub(super) fn read_background(keys: &mut Keys<'_>) -> Background {
    let sources = keys.table_or_tables("source", read_source);
    let method = keys.localized("method");
    let contact = keys.table("contact", Contact::read).flatten();
    let authors = read_authors(keys);
    let doi = read_doi(keys);
    let spatial = keys.localized("spatial");
    let languages = keys.choices("language", &LANGUAGES);
    let note = keys.localized("note");
    let related = keys.table_or_tables("related", read_related);
    Background {
        sources: sources.into_iter().flatten().collect(),
        method,
        contact,
        authors,
        doi,
        spatial,
        languages,
        note,
        related: related.into_iter().flatten().collect(),
    }
}

fn read_source(keys: &mut Keys<'_>) -> Option<DataSource> {
    let name = keys.required_localized("name");
    let url = keys.url("url");
    let as_of = keys.date("as_of");
    Some(DataSource { name: name?, url, as_of })
}

fn read_related(keys: &mut Keys<'_>) -> Option<RelatedDocument> {
    let title = keys.required_localized("title");
    let url = match keys.has("url") {
        true => keys.url("url"),
        false => keys.missing("url"),
    };
    Some(RelatedDocument { title: title?, url: url? })
}

/// Reads the authors with their translations, which must be as many.
fn read_authors(keys: &mut Keys<'_>) -> Vec<Localized> {
    let own = keys.text_or_texts("authors").unwrap_or_default();
    let english = keys.text_or_texts("authors_en").unwrap_or_default();
    if !english.is_empty() && english.len() != own.len() {
        keys.problem(
            &diagnostic::DOCUMENT_VALUE,
            "authors_en",
            message!(
                ja: "「authors_en」の数が「authors」の数と違います",
                en: "`authors_en` does not have as many names as `authors`",
            ),
            message!(
                ja: "「authors」と同じ順序で、同じ数だけ記入してください",
                en: "give as many names, in the same order",
            ),
        );
    }
    let english = english.into_iter().map(|name| Some(name.value)).chain(std::iter::repeat(None));
    let pairs = own.into_iter().zip(english);
    pairs.map(|(own, en)| Localized { own: own.value, en, plain: false }).collect()
}

fn read_doi(keys: &mut Keys<'_>) -> Option<Doi> {
    let text = keys.text("doi")?;
    let doi = Doi::parse(&text);
    if doi.is_none() {
        keys.problem(
            &diagnostic::DOCUMENT_VALUE,
            "doi",
            message!(ja: "「{text}」はDOIではありません", en: "`{text}` is not a DOI"),
            message!(
                ja: "「doi = \"10.12345/abc\"」のように、「10.」から始まるDOIを記入してください",
                en: "write the DOI, which begins with `10.`, for example `doi = \"10.12345/abc\"`",
            ),
        );
    }
    doi
}
