//! The **citation** of a dataset, as a sentence and for reference managers (BibTeX, RIS).
//!
//! The day of access is not known when the site is built. The sentence has a blank for it, and the
//! files for reference managers leave it out, so that nobody takes over a day on which the data
//! were not read.
//!
//! Not in here: the attribution that the licence requires, and sample code (`html`).

use crate::calendar::Date;
use crate::dataset::{Dataset, Doi, VersionName};
use crate::text::Language;

use super::{Imprint, file_paths};

/// What a citation of a dataset consists of, in one language.
#[derive(Clone, Debug)]
pub struct Citation<'s> {
    title: &'s str,
    publisher: &'s str,
    /// Those who made it; empty if that is the publisher.
    authors: Vec<&'s str>,
    changed: Option<Date>,
    url: String,
    doi: Option<&'s Doi>,
    licence: &'static str,
    language: Language,
    /// Key of the BibTeX entry, which no other state of the dataset has.
    key: String,
    version: Option<&'s VersionName>,
}

impl<'s> Citation<'s> {
    /// The citation of `dataset`, whose imprint is `imprint`, in `language`.
    pub fn of(imprint: &Imprint<'s>, dataset: &'s Dataset, language: Language) -> Self {
        let state = dataset.version.as_ref().map(VersionName::as_str);
        let key: Vec<&str> = [dataset.id.as_str()].into_iter().chain(state).collect();
        let page = file_paths::page_of(dataset);
        Self {
            title: dataset.title.get(language),
            publisher: imprint.publisher.name.get(language),
            authors: dataset.background.authors.iter().map(|name| name.get(language)).collect(),
            changed: dataset.changed(),
            url: imprint.base_url.join(&file_paths::localized(
                &page,
                language,
                imprint.own_language,
            )),
            doi: dataset.background.doi.as_ref(),
            licence: imprint.licence.name(),
            language,
            key: key.join("_").replace(['-', '.'], "_"),
            version: dataset.version.as_ref().or_else(|| dataset.released_as()),
        }
    }

    /// The citation as an entry of a list of references, with a blank for the day of access. A
    /// released version is named by its number; the date is that of the last change, if known.
    pub fn plain(&self) -> String {
        let Self { title, publisher, licence, language, .. } = self;
        let day = self.changed.map(|day| day.long(*language));
        let address = self.doi.map_or_else(|| self.url.clone(), Doi::url);
        match language {
            Language::Ja => {
                let version = self.version.map(|version| format!("{version}版"));
                let day = day.map(|day| format!("{day}更新"));
                let facts = [Some("データ".to_owned()), version, day, Some((*licence).to_owned())];
                let facts: Vec<String> = facts.into_iter().flatten().collect();
                let (facts, by) = (facts.join("、"), self.authors.join("・"));
                let publisher = match by.is_empty() {
                    true => (*publisher).to_owned(),
                    false => format!("{by}（{publisher}）"),
                };
                format!("{publisher}「{title}」（{facts}）{address} （参照日：　　年　　月　　日）")
            }
            Language::En => {
                let by = match self.authors.is_empty() {
                    true => (*publisher).to_owned(),
                    false => format!("{} ({publisher})", self.authors.join(", ")),
                };
                let version = self.version.map(|version| format!(" Version {version}."));
                let day = day.map(|day| format!(" Updated {day}."));
                let facts: String = version.into_iter().chain(day).collect();
                format!(
                    "{by}. “{title}” [data set].{facts} {licence}. {address} (accessed ____-__-__)"
                )
            }
        }
    }

    /// The citation as a BibTeX entry of the type `@misc`.
    pub fn bibtex(&self) -> String {
        let Self { key, title, publisher, url, licence, .. } = self;
        // A second pair of braces keeps names together and capitals as they are.
        let whole = |text: &str| format!("{{{}}}", escaped(text));
        let authors: Vec<String> = match self.authors.as_slice() {
            [] => vec![whole(publisher)],
            authors => authors.iter().map(|author| whole(author)).collect(),
        };
        let mut fields = vec![
            ("title", format!("{{{}}}", whole(title))),
            ("author", format!("{{{}}}", authors.join(" and "))),
            ("publisher", format!("{{{}}}", whole(publisher))),
        ];
        if let Some([year, month, _]) = self.date() {
            fields.push(("year", format!("{{{year}}}")));
            // The names of months are macros of every style.
            let number: usize = month.parse().unwrap_or(1);
            fields.push(("month", MONTHS[(number - 1) % MONTHS.len()].to_owned()));
        }
        fields.extend(self.version.map(|version| ("version", format!("{{{version}}}"))));
        fields.extend(self.doi.map(|doi| ("doi", format!("{{{doi}}}"))));
        fields.push(("url", format!("{{{url}}}")));
        fields.push(("note", format!("{{{}}}", escaped(licence))));
        let fields: Vec<String> =
            fields.into_iter().map(|(name, value)| format!("  {name} = {value}")).collect();
        format!("@misc{{{key},\n{}\n}}", fields.join(",\n"))
    }

    /// The citation as a record in RIS.
    pub fn ris(&self) -> String {
        let Self { title, publisher, url, licence, .. } = self;
        let mut fields = vec![("TY", "DATA".to_owned()), ("TI", one_line(title))];
        match self.authors.as_slice() {
            [] => fields.push(("AU", one_line(publisher))),
            authors => fields.extend(authors.iter().map(|author| ("AU", one_line(author)))),
        }
        if let Some([year, month, day]) = self.date() {
            fields.push(("PY", year.clone()));
            fields.push(("DA", format!("{year}/{month}/{day}/")));
        }
        fields.extend(self.version.map(|version| ("ET", version.to_string())));
        fields.push(("PB", one_line(publisher)));
        fields.extend(self.doi.map(|doi| ("DO", doi.to_string())));
        fields.push(("UR", url.clone()));
        fields.push(("N1", (*licence).to_owned()));
        fields.push(("ER", String::new()));
        let lines: Vec<String> =
            fields.into_iter().map(|(tag, value)| format!("{tag}  - {value}")).collect();
        lines.join("\n")
    }

    /// Year, month and day of the last change.
    fn date(&self) -> Option<[String; 3]> {
        let day = self.changed?.to_string();
        let parts: Vec<String> = day.split('-').map(str::to_owned).collect();
        parts.try_into().ok()
    }
}

/// The macros for the months of the year.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `text` with the characters that have a meaning in TeX written as commands. BibTeX counts braces
/// even behind a backslash, so each has a counterpart that does not show, as Zotero writes them.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => written.extend(['\\', c]),
            '{' => written.push_str("\\{\\vphantom{\\}}"),
            '}' => written.push_str("\\vphantom{\\{}\\}"),
            '\\' => written.push_str("\\textbackslash{}"),
            '~' => written.push_str("\\textasciitilde{}"),
            '^' => written.push_str("\\textasciicircum{}"),
            c => written.push(c),
        }
    }
    written
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
