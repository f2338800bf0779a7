//! The **citation** of a dataset, as a sentence and for reference managers (BibTeX, RIS).
//!
//! Not in here: the attribution that the licence requires, and sample code (`html`).

use crate::calendar::Date;
use crate::dataset::{Dataset, VersionName};
use crate::text::Language;

use super::{Site, file_paths};

/// What a citation of a dataset consists of, in one language.
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
    /// The citation of `dataset` in `language`.
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

    /// The citation as an entry of a list of references. A released version is named by its number,
    /// otherwise the date of the last change is given, if known.
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

    /// The citation as a BibTeX entry of the type `@misc`.
    pub fn bibtex(&self) -> String {
        let Self { title, publisher, url, licence, .. } = self;
        // Within braces, commas and spaces have no special meaning; braces and backslashes are
        // removed.
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

    /// The citation as a record in RIS.
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

    /// The year of the last change.
    fn year(&self) -> Option<String> {
        self.changed.map(|day| day.to_string().chars().take(4).collect())
    }
}
