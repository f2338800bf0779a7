//! The **background** of a dataset on its pages: what it was made from, how and by whom, and what
//! else there is about it, as a list of facts.

use serde::Serialize;

use crate::config::Contact;
use crate::dataset::{DataSource, Dataset, STANDARD_URL, StandardSet};
use crate::html::context::{PageContext, Text};
use crate::text::{Language, Localized};

/// One kind of fact, with its name in the page's language.
#[derive(Serialize)]
pub(super) struct BackgroundFact<'s> {
    name: String,
    items: Vec<BackgroundItem<'s>>,
}

/// A fact.
#[derive(Serialize)]
struct BackgroundItem<'s> {
    text: Text<'s>,
    /// Where it leads, if it is a link.
    url: Option<String>,
    /// What is added in the page's language: the day of a source's state.
    note: Option<String>,
}

impl<'s> BackgroundItem<'s> {
    fn of(text: Text<'s>) -> Self {
        Self { text, url: None, note: None }
    }

    fn to(self, url: impl Into<String>) -> Self {
        Self { url: Some(url.into()), ..self }
    }
}

/// What is known about the background of `dataset`, in the order in which it is shown.
pub(super) fn background<'s>(
    context: &PageContext<'s>,
    dataset: &'s Dataset,
) -> Vec<BackgroundFact<'s>> {
    let known = &dataset.background;
    let localized = |text: &'s Localized| BackgroundItem::of(context.text(text));
    let plain = |text: &'s str| BackgroundItem::of(Text { text, lang: None });
    let one = |text: &'s Option<Localized>| text.as_ref().map(localized).into_iter().collect();
    let sources = known.sources.iter().map(|source| of_source(context, source));
    let languages = known.languages.iter();
    let languages = languages
        .map(|language| BackgroundItem::of(Text { text: language.name, lang: Some(language.tag) }));
    let related = known.related.iter();
    let related = related.map(|it| localized(&it.title).to(it.url.as_str()));
    let doi = known.doi.iter().map(|doi| plain(doi.as_str()).to(doi.url()));
    let facts = [
        ("data_sources", sources.collect()),
        ("data_method", one(&known.method)),
        ("data_authors", known.authors.iter().map(localized).collect()),
        ("data_spatial", one(&known.spatial)),
        ("data_languages", languages.collect()),
        (
            "data_standard",
            dataset.conforms_to.iter().map(|id| standard(context, id.value.as_str())).collect(),
        ),
        ("data_doi", doi.collect()),
        ("data_related", related.collect()),
        ("data_note", one(&known.note)),
        ("contact", known.contact.iter().flat_map(|it| contact(context, it)).collect()),
    ];
    let known = facts.into_iter().filter(|(_, items): &(_, Vec<_>)| !items.is_empty());
    known.map(|(word, items)| BackgroundFact { name: context.word(word), items }).collect()
}

fn of_source<'s>(context: &PageContext<'s>, source: &'s DataSource) -> BackgroundItem<'s> {
    let day = source.as_of.map(|day| day.long(context.language));
    let note = day.map(|day| context.word("data_as_of").replace("{date}", &day));
    BackgroundItem { text: context.text(&source.name), url: source.url.clone(), note }
}

/// The standard with this id. Its name is Japanese in every language.
fn standard<'s>(context: &PageContext<'s>, id: &'s str) -> BackgroundItem<'s> {
    match StandardSet::find(id) {
        Some(set) => {
            let note = Some(context.word("data_standard_of"));
            let lang = (context.language != Language::Ja).then(|| Language::Ja.tag());
            let text = Text { text: set.title, lang };
            BackgroundItem { text, url: Some(STANDARD_URL.to_owned()), note }
        }
        None => BackgroundItem::of(Text { text: id, lang: None }),
    }
}

fn contact<'s>(context: &PageContext<'s>, contact: &'s Contact) -> Vec<BackgroundItem<'s>> {
    let plain = |text: &'s String| BackgroundItem::of(Text { text, lang: None });
    let phone = contact.phone.as_ref().map(plain);
    let extension = contact.extension.as_ref().map(|number| {
        let note = Some(context.word("data_extension").replace("{number}", number));
        BackgroundItem { text: Text { text: "", lang: None }, url: None, note }
    });
    let email = contact.email.as_ref().map(|it| plain(it).to(format!("mailto:{it}")));
    let form = contact.form_url.as_ref().map(|url| plain(url).to(url.as_str()));
    let name = BackgroundItem::of(context.text(&contact.name));
    [Some(name), phone, extension, email, form].into_iter().flatten().collect()
}
