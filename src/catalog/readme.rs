//! The **README** in a dataset's bundle, in Japanese and English: the dataset, its publisher,
//! period and licence, and how to cite it.

use crate::config::Contact;
use crate::dataset::{DataSource, Dataset, FileFormat};
use crate::site::{Citation, Imprint};
use crate::text::{Language, Localized};

use super::dictionary;

/// The README, with LF line ends.
pub(super) fn of_dataset(imprint: &Imprint<'_>, dataset: &Dataset) -> String {
    [Language::Ja, Language::En]
        .map(|language| {
            let readme = Readme { imprint, dataset, language };
            [readme.head(), readme.facts(), readme.files()].join("\n\n")
        })
        .join("\n\n----\n\n")
        + "\n"
}

/// The section in one language.
struct Readme<'s> {
    imprint: &'s Imprint<'s>,
    dataset: &'s Dataset,
    language: Language,
}

impl Readme<'_> {
    /// The one of the two texts that is in the language of the section.
    fn say<'w>(&self, ja: &'w str, en: &'w str) -> &'w str {
        match self.language {
            Language::Ja => ja,
            Language::En => en,
        }
    }

    fn head(&self) -> String {
        let Self { dataset, language, .. } = *self;
        format!("{}\n\n{}", dataset.title.get(language), dataset.plain_description().get(language))
    }

    /// One line for each known fact.
    fn facts(&self) -> String {
        let Self { imprint, dataset, language } = *self;
        let publisher = imprint.publisher.name.get(language);
        let licence = imprint.licence;
        let title = dataset.title.get(language);
        let named = match language {
            Language::Ja => format!("出典：{publisher}「{title}」（{}）", licence.name()),
            Language::En => format!("Source: {publisher}, “{title}” ({})", licence.name()),
        };
        let period = dataset.period.map(|period| {
            let day = |day: Option<crate::calendar::Date>| {
                day.map_or(String::new(), |day| day.to_string())
            };
            format!("{}/{}", day(period.start), day(period.end))
        });
        let background = &dataset.background;
        let contact = background.contact.as_ref().or(imprint.publisher.contact.as_ref());
        let contact = contact.map(|contact| self.contact(contact));
        let authors = Some(
            background
                .authors
                .iter()
                .map(|name| name.get(language))
                .collect::<Vec<_>>()
                .join(self.say("、", ", ")),
        );
        let words =
            |text: &Option<Localized>| text.as_ref().map(|text| text.get(language).to_owned());
        let lines = [
            (self.say("公表者", "Publisher"), Some(publisher.to_owned())),
            (self.say("作成者", "Made by"), authors.filter(|authors| !authors.is_empty())),
            (self.say("問い合わせ先", "Contact"), contact),
            (self.say("対象期間", "Period"), period),
            (self.say("対象地域", "Area"), words(&background.spatial)),
            (self.say("出典", "Made from"), self.sources()),
            (self.say("作成方法", "How it was made"), words(&background.method)),
            (self.say("備考", "Note"), words(&background.note)),
            (self.say("関連資料", "See also"), self.related()),
            (
                self.say("更新頻度", "Updated"),
                (dataset.update_frequency.as_ref())
                    .map(|often| often.words.get(language).to_owned()),
            ),
            (self.say("版", "Version"), dataset.version.as_ref().map(ToString::to_string)),
            (
                self.say("最終更新", "Last change"),
                Some(dataset.changed().map_or("-".to_owned(), |day| day.to_string())),
            ),
            (
                self.say("ライセンス", "Licence"),
                Some(format!("{} {}", licence.name(), licence.url())),
            ),
            (self.say("出典の書き方", "Attribution"), Some(named)),
            (self.say("引用", "Citation"), Some(Citation::of(imprint, dataset, language).plain())),
            ("DOI", background.doi.as_ref().map(ToString::to_string)),
            (self.say("配布元", "Page"), Some(imprint.page_of(dataset))),
        ];
        let known = lines.into_iter().filter_map(|(name, said)| Some(format!("{name}: {}", said?)));
        known.collect::<Vec<_>>().join("\n")
    }

    /// What the table was made from, with the days of the states that were used.
    fn sources(&self) -> Option<String> {
        let source = |source: &DataSource| {
            let name = source.name.get(self.language);
            let as_of = source.as_of.map(|day| match self.language {
                Language::Ja => format!("（{day}現在）"),
                Language::En => format!(" (as of {day})"),
            });
            let url = source.url.as_ref().map(|url| format!(" {url}"));
            format!("{name}{}{}", as_of.unwrap_or_default(), url.unwrap_or_default())
        };
        listed(self.dataset.background.sources.iter().map(source))
    }

    fn related(&self) -> Option<String> {
        let related = self.dataset.background.related.iter();
        listed(related.map(|it| format!("{} {}", it.title.get(self.language), it.url)))
    }

    fn contact(&self, contact: &Contact) -> String {
        let name = contact.name.get(self.language).to_owned();
        let ways = [&contact.phone, &contact.extension, &contact.email, &contact.form_url];
        let ways = ways.into_iter().flatten().cloned();
        [name].into_iter().chain(ways).collect::<Vec<_>>().join(" ")
    }

    /// One line for each other file of the bundle, and a line on the meaning of blank cells.
    fn files(&self) -> String {
        let id = self.dataset.id.as_str();
        let name = |format: FileFormat| format.file_name(id);
        let texts = self.dataset.is_narrative().then(|| {
            (
                name(FileFormat::TextCsv),
                self.say(
                    "文章の列（改行は空白に置き換え。行を区別する列で表と対応）",
                    "the long texts (line breaks replaced by spaces; linked by the primary key)",
                ),
            )
        });
        let for_programs = (
            name(FileFormat::Csv),
            self.say(
                "プログラム向け（UTF-8、見出しは英字の列名）",
                "for programs (UTF-8, English column names)",
            ),
        );
        let for_excel = FileFormat::ExcelCsv.is_among(self.imprint.formats).then(|| {
            (
                name(FileFormat::ExcelCsv),
                self.say(
                    "Excel向け（BOM付きUTF-8、見出しは日本語。Excelで数式とみなされる文字列は、先頭に ' を付けています）",
                    "for Excel (UTF-8 with byte order mark; texts that Excel would read as a formula begin with an apostrophe)",
                ),
            )
        });
        let dictionary = (
            dictionary::FILE_NAME.to_owned(),
            self.say("項目の説明", "what the columns mean, their units, and what a blank means"),
        );
        let lines = std::iter::once(for_programs).chain(for_excel).chain(texts).chain([dictionary]);
        let mut lines: Vec<String> = lines.map(|(name, what)| format!("{name}: {what}")).collect();
        let blanks = self.say(
            "空欄は、項目の説明に別の意味がない限り「不明」または「該当なし」を表し、0ではありません。",
            "A blank means that the value is not known or does not apply, unless the dictionary says otherwise; it is never 0.",
        );
        lines.push(blanks.to_owned());
        lines.join("\n")
    }
}

/// The items in one line; `None` if there are none.
fn listed(items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| items.join("; "))
}
