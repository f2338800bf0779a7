//! **Own facets**: the fields of a site by which measures are narrowed, each with its values as
//! labels.
//!
//! Not in here: the facets that every site has (`facets`).

use serde::Serialize;

use crate::policy::{Field, FieldContent, FieldType, Named};
use crate::site::{MeasureEntry, NodeEntry, Site, filters, said_of};
use crate::text::Localized;

use super::label::FilterLabel;

/// A field with the values to narrow by.
#[derive(Clone, Debug, Serialize)]
pub struct OwnFacet {
    /// What it is called in addresses and in the index: `f-` and the id of the field, so that no
    /// field is called as anything else.
    pub facet: String,
    /// Its name.
    pub name: Localized,
    /// Its values: choices in the order of their declaration, others in that of their texts.
    #[serde(skip)]
    pub values: Vec<FilterLabel>,
    /// What it is made of.
    #[serde(skip)]
    of: FacetOf,
}

/// What a facet is made of.
#[derive(Clone, Copy, Debug)]
enum FacetOf {
    /// The field at this index among those declared.
    Field(usize),
    /// The city's plan: a measure has its node and all above it.
    Plan,
}

/// The facets of `site`. Numbers and days, which hardly two measures share, are no labels; the
/// table of measures has ranges of them.
pub(super) fn own_facets(site: &Site) -> Vec<OwnFacet> {
    let counted = |field: &Field| !matches!(field.kind, FieldType::Number | FieldType::Date);
    let fields = filters(site).filter(|(_, field)| counted(field));
    let own = fields.map(|(index, field)| facet(site, index, field));
    plan_facet(site).into_iter().chain(own).collect()
}

/// The nodes of the city's plan in the order of its table.
fn plan_facet(site: &Site) -> Option<OwnFacet> {
    let label = |entry: &NodeEntry| FilterLabel {
        id: entry.node.id.as_str().to_owned(),
        name: entry.node.title.clone(),
        tone: None,
    };
    (!site.nodes.is_empty()).then(|| OwnFacet {
        facet: "plan".to_owned(),
        name: Localized::with_english("計画", "Plan"),
        values: site.nodes.iter().map(label).collect(),
        of: FacetOf::Plan,
    })
}

fn facet(site: &Site, index: usize, field: &Field) -> OwnFacet {
    let all = match field.kind {
        FieldType::Choice => (0..field.choices.len())
            .flat_map(|choice| field.named(&FieldContent::Choice(choice)))
            .collect(),
        FieldType::YesNo => [true, false]
            .into_iter()
            .flat_map(|flag| field.named(&FieldContent::YesNo(flag)))
            .collect(),
        _ => {
            let mut found: Vec<Named> =
                site.measures.iter().flat_map(|measure| named(measure, index, field)).collect();
            found.sort_by(|one, other| one.id.cmp(&other.id));
            found.dedup_by(|one, other| one.id == other.id);
            found
        }
    };
    let label = |named: Named| FilterLabel {
        tone: named.tone.map(|tone| tone.as_str()),
        id: named.id,
        name: named.name,
    };
    OwnFacet {
        facet: format!("f-{}", field.id),
        name: field.label.clone(),
        values: all.into_iter().map(label).collect(),
        of: FacetOf::Field(index),
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
        let index = match facet.of {
            FacetOf::Field(index) => index,
            FacetOf::Plan => {
                return measure.node.map(|node| site.path_of_node(node)).unwrap_or_default();
            }
        };
        let named = named(measure, index, &site.fields.all[index]);
        let place = |named: &Named| facet.values.iter().position(|value| value.id == named.id);
        named.iter().filter_map(place).collect()
    };
    facets.iter().map(values).collect()
}
