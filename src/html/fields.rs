//! The **fields** that a site declares, on the pages of their owners: under their headings, each as
//! its type is shown. Choices with a tone have the shapes of ratings.
//!
//! Not in here: which pages show them (the modules of the pages), and their look (`_fields.html`).

use minijinja::value::Value as View;
use serde::Serialize;

use crate::config::Tone;
use crate::policy::{Field, FieldContent, FieldPlace, FieldType, FieldValue, FieldValues, Of};
use crate::text::Localized;

use super::context::{OwnText, PageContext};

/// What a page shows of the fields of one owner.
#[derive(Default, Serialize)]
pub(super) struct FieldsView {
    /// Those in the main text of the page.
    body: Vec<FieldGroup>,
    /// Those in the folded part of the page.
    details: Vec<FieldGroup>,
}

impl FieldsView {
    /// Is there nothing to be shown?
    pub fn is_empty(&self) -> bool {
        self.body.is_empty() && self.details.is_empty()
    }
}

/// Fields under one heading.
#[derive(Serialize)]
struct FieldGroup {
    /// `None` for fields without a heading.
    title: Option<OwnText>,
    fields: Vec<FieldView>,
}

/// One field with its label, its value and the reason for it.
#[derive(Serialize)]
struct FieldView {
    label: OwnText,
    #[serde(flatten)]
    value: ValueView,
    reason: Option<OwnText>,
}

/// How a value is shown.
#[derive(Serialize)]
#[serde(rename_all = "lowercase", tag = "look", content = "value")]
pub(super) enum ValueView {
    /// No value; only a reason may be given.
    Nothing(()),
    /// One line of text, or several.
    Text(OwnText),
    /// Paragraphs as HTML.
    Prose(View),
    /// A figure with its unit.
    Figure { text: String, unit: Option<OwnText> },
    /// A choice, shown like a rating by shape and word.
    Rating { look: String, name: OwnText },
    /// Several texts.
    Items(Vec<OwnText>),
    /// An address.
    Link(String),
}

/// The fields of `of` for which `values` has an entry, in the order of their declaration, grouped
/// by their headings. Fields that are for published data only are left out.
pub(super) fn fields(context: &PageContext<'_>, of: Of, values: &FieldValues) -> FieldsView {
    let mut view = FieldsView::default();
    for (index, field) in context.site.fields.of(of) {
        let groups = match field.place {
            FieldPlace::Body => &mut view.body,
            FieldPlace::Details => &mut view.details,
            FieldPlace::Data => continue,
        };
        let Some(said) = values.get(&index) else { continue };
        let title = field.group.as_ref().map(|group| own(context, group));
        let shown = shown(context, field, said);
        let named = |title: &Option<OwnText>| title.as_ref().map(|title| title.text.clone());
        match groups.iter_mut().find(|group| named(&group.title) == named(&title)) {
            Some(group) => group.fields.push(shown),
            None => groups.push(FieldGroup { title, fields: vec![shown] }),
        }
    }
    view
}

fn shown(context: &PageContext<'_>, field: &Field, said: &FieldValue) -> FieldView {
    FieldView {
        label: own(context, &field.label),
        value: said
            .value
            .as_ref()
            .map_or(ValueView::Nothing(()), |value| shown_value(context, field, value)),
        reason: said.reason.as_ref().map(|reason| own(context, reason)),
    }
}

/// How `value` of `field` is shown. A choice is shown as a rating if any choice of the field has a
/// tone.
pub(super) fn shown_value(
    context: &PageContext<'_>,
    field: &Field,
    value: &FieldContent,
) -> ValueView {
    if let (FieldType::Markdown, FieldContent::Text(text)) = (field.kind, value) {
        return ValueView::Prose(context.markdown(text, 4));
    }
    let named = field.named(value);
    let Some(first) = named.first() else { return ValueView::Nothing(()) };
    match value {
        FieldContent::List(_) => {
            ValueView::Items(named.iter().map(|named| own(context, &named.name)).collect())
        }
        FieldContent::Number(_) => ValueView::Figure {
            text: first.name.get(context.language).to_owned(),
            unit: field.unit.as_ref().map(|unit| own(context, unit)),
        },
        FieldContent::Url(url) => ValueView::Link(url.clone()),
        FieldContent::Choice(_) if has_tones(field) => ValueView::Rating {
            look: first.look.map(|look| look.to_string()).unwrap_or_default(),
            name: own(context, &first.name),
        },
        _ => ValueView::Text(own(context, &first.name)),
    }
}

/// Does any choice of `field` have a tone?
fn has_tones(field: &Field) -> bool {
    field.choices.iter().any(|choice| choice.look.tone != Tone::None)
}

fn own(context: &PageContext<'_>, localized: &Localized) -> OwnText {
    context.own_text(localized)
}
