//! **OpenSearch** descriptions, one for each language, which allow browsers to offer the site's
//! search.

use crate::site::{Site, file_paths};
use crate::text::Language;

use super::sitemap::escape;

/// Maximum lengths of a short name and of a description, in characters.
const SHORT_NAME: usize = 16;
const DESCRIPTION: usize = 1024;

/// The description in `language`, as XML. Names and descriptions are cut to the allowed lengths.
pub(super) fn render(site: &Site, language: Language) -> Vec<u8> {
    let config = &site.config;
    let own = config.own_language();
    let page = config.base_url.join(&file_paths::localized(file_paths::SEARCH_PAGE, language, own));
    let itself = config.base_url.join(&file_paths::open_search(language, own));
    let title = config.title.get(language);
    let description = config.description.as_ref().unwrap_or(&config.title).get(language);
    let cut = |text: &str, most: usize| escape(&text.chars().take(most).collect::<String>());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{short}</ShortName>\n\
         <LongName>{long}</LongName>\n\
         <Description>{description}</Description>\n\
         <Language>{tag}</Language>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <OutputEncoding>UTF-8</OutputEncoding>\n\
         <Url type=\"text/html\" method=\"get\" template=\"{page}?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{itself}\"/>\n\
         </OpenSearchDescription>\n",
        short = cut(title, SHORT_NAME),
        long = cut(title, 3 * SHORT_NAME),
        description = cut(description, DESCRIPTION),
        tag = language.tag(),
        page = escape(&page),
        itself = escape(&itself),
    )
    .into_bytes()
}
