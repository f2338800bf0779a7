//! The **citation** of a dataset: as a sentence, and for reference managers (BibTeX, RIS).
//!
//! Not in here: the line of attribution that the licence asks for, and code that reads the data
//! (`html`).

use crate::calendar::Date;
use crate::dataset::{Dataset, VersionName};
use crate::text::Language;

use super::{Site, file_paths};

/// A dataset as it is cited, in one language.
#[derive(Clone, Debug)]
pub struct Citation<'s> {
    title: &'s str,
    publisher: &'s str,
    changed: Option<Date>,
    url: String,
    licence: &'static str,
    language: Language,
    id: &'s str,
    version: Option<&'s VersionName>,
}

impl<'s> Citation<'s> {
    /// How `dataset` is cited.
    pub fn of(site: &'s Site, dataset: &'s Dataset, language: Language) -> Self {
        let id = dataset.id.as_str();
        let page = file_paths::page_of(dataset);
        let own = site.config.own_language();
        Self {
            title: dataset.title.get(language),
            publisher: site.config.publisher.name.get(language),
            changed: dataset.changed(),
            url: site.config.base_url.join(&file_paths::localized(&page, language, own)),
            licence: site.licence_of(dataset).name(),
            language,
            id,
            version: dataset.version.as_ref(),
        }
    }

    /// As a sentence of a list of references.
    pub fn plain(&self) -> String {
        let Self { title, publisher, url, licence, .. } = self;
        let day = self.changed.map(|day| day.long(self.language));
        if let Some(version) = self.version {
            return match self.language {
                Language::Ja => {
                    format!("{publisher}「{title}」（データ、{version}版、{licence}）{url}")
                }
                Language::En => {
                    format!(
                        "{publisher}. “{title}” [data set]. Version {version}. {licence}. {url}"
                    )
                }
            };
        }
        match (self.language, day) {
            (Language::Ja, Some(day)) => {
                format!("{publisher}「{title}」（データ、{day}更新、{licence}）{url}")
            }
            (Language::Ja, None) => format!("{publisher}「{title}」（データ、{licence}）{url}"),
            (Language::En, Some(day)) => {
                format!("{publisher}. “{title}” [data set]. Updated {day}. {licence}. {url}")
            }
            (Language::En, None) => format!("{publisher}. “{title}” [data set]. {licence}. {url}"),
        }
    }

    /// As an entry for BibTeX.
    pub fn bibtex(&self) -> String {
        let Self { title, publisher, url, licence, .. } = self;
        // Within braces a comma or a blank parts nothing; braces of the text must be in pairs.
        let plain = |text: &str| text.replace(['{', '}', '\\'], "");
        let mut lines = vec![format!("@misc{{{},", self.id.replace('-', "_"))];
        lines.push(format!("  title = {{{{{}}}}},", plain(title)));
        lines.push(format!("  author = {{{{{}}}}},", plain(publisher)));
        lines.extend(self.year().map(|year| format!("  year = {{{year}}},")));
        lines.extend(self.version.map(|version| format!("  version = {{{version}}},")));
        lines.push(format!("  url = {{{url}}},"));
        lines.push(format!("  note = {{{licence}}}"));
        lines.push("}".to_owned());
        lines.join("\n")
    }

    /// As a record in RIS.
    pub fn ris(&self) -> String {
        let Self { title, publisher, url, licence, .. } = self;
        let mut lines =
            vec!["TY  - DATA".to_owned(), format!("TI  - {title}"), format!("AU  - {publisher}")];
        lines.extend(self.year().map(|year| format!("PY  - {year}")));
        lines.extend(self.version.map(|version| format!("ET  - {version}")));
        lines.extend([
            format!("PB  - {publisher}"),
            format!("UR  - {url}"),
            format!("N1  - {licence}"),
        ]);
        lines.push("ER  - ".to_owned());
        lines.join("\n")
    }

    fn year(&self) -> Option<String> {
        self.changed.map(|day| day.to_string().chars().take(4).collect())
    }
}
