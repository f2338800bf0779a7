//! **Own facets**: the fields of a site by which measures are narrowed, each with its values as labels.
//!
//! Not in here: the facets that every site has (`facets`).

use serde::Serialize;

use crate::policy::{Field, FieldType, Named, Value};
use crate::site::{MeasureEntry, Site, filters, said_of};
use crate::text::Localized;

use super::label::Label;

/// A field with the values to narrow by.
#[derive(Clone, Debug, Serialize)]
pub struct OwnFacet {
    /// What it is called in addresses and in the index: `f-` and the id of the field, so that no field
    /// is called as anything else.
    pub facet: String,
    /// Its name.
    pub name: Localized,
    /// Its values: choices in the order of their declaration, others in that of their texts.
    #[serde(skip)]
    pub values: Vec<Label>,
    /// Index of the field among those declared.
    #[serde(skip)]
    field: usize,
}

/// The facets of `site`. Numbers and days, which hardly two measures share, are no labels; the table of
/// measures has ranges of them.
pub(super) fn own_facets(site: &Site) -> Vec<OwnFacet> {
    let counted = |field: &Field| !matches!(field.kind, FieldType::Number | FieldType::Date);
    let fields = filters(site).filter(|(_, field)| counted(field));
    fields.map(|(index, field)| facet(site, index, field)).collect()
}

fn facet(site: &Site, index: usize, field: &Field) -> OwnFacet {
    let all = match field.kind {
        FieldType::Choice => (0..field.choices.len())
            .flat_map(|choice| field.named(&Value::Choice(choice)))
            .collect(),
        FieldType::YesNo => {
            [true, false].into_iter().flat_map(|flag| field.named(&Value::YesNo(flag))).collect()
        }
        _ => {
            let mut found: Vec<Named> =
                site.measures.iter().flat_map(|measure| named(measure, index, field)).collect();
            found.sort_by(|one, other| one.id.cmp(&other.id));
            found.dedup_by(|one, other| one.id == other.id);
            found
        }
    };
    let label = |named: Named| Label {
        tone: named.tone.map(|tone| tone.as_str()),
        id: named.id,
        name: named.name,
    };
    OwnFacet {
        facet: format!("f-{}", field.id),
        name: field.label.clone(),
        values: all.into_iter().map(label).collect(),
        field: index,
    }
}

fn named(measure: &MeasureEntry, index: usize, field: &Field) -> Vec<Named> {
    let value = said_of(measure, index).and_then(|said| said.value.as_ref());
    value.map(|value| field.named(value)).unwrap_or_default()
}

/// For each facet the indices of the values that `measure` has.
pub(super) fn of_measure(
    site: &Site,
    facets: &[OwnFacet],
    measure: &MeasureEntry,
) -> Vec<Vec<usize>> {
    let values = |facet: &OwnFacet| {
        let named = named(measure, facet.field, &site.fields.all[facet.field]);
        let place = |named: &Named| facet.values.iter().position(|value| value.id == named.id);
        named.iter().filter_map(place).collect()
    };
    facets.iter().map(values).collect()
}
