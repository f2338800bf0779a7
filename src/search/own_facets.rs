//! **Own facets** are the site's own fields by which measures are filtered, each with its values as
//! labels.
//!
//! Not in here: the facets that every site has (`facets`).

use serde::Serialize;

use crate::policy::{Field, FieldContent, FieldType, Named};
use crate::site::{MeasureEntry, NodeEntry, Site, filters, said_of};
use crate::text::Localized;

use super::label::FilterLabel;

/// A facet with its values.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct OwnFacet {
    /// The facet's name in addresses and in the index: `plan`, or `f-` and the id of the field, so
    /// that a field's name cannot collide with that of another facet.
    pub facet: String,
    /// The facet's name.
    pub name: Localized,
    /// The facet's values: choices and nodes in the order of their declaration, others ordered by
    /// their ids.
    #[serde(skip)]
    pub values: Vec<FilterLabel>,
    /// Where its values come from.
    #[serde(skip)]
    of: FacetOf,
}

/// Where the values of a facet come from.
#[derive(Clone, Copy, Debug, Hash)]
enum FacetOf {
    /// The field at this index among those declared.
    Field(usize),
    /// The city's plan: the values of a measure are its node and all nodes above it.
    Plan,
}

/// The facets of `site`, that of the plan first. Numbers and dates, which hardly two measures
/// share, are left out; the table of measures has ranges for them.
pub(super) fn own_facets(site: &Site) -> Vec<OwnFacet> {
    let counted = |field: &Field| !matches!(field.kind, FieldType::Number | FieldType::Date);
    let fields = filters(site).filter(|(_, field)| counted(field));
    let own = fields.map(|(index, field)| facet(site, index, field));
    plan_facet(site).into_iter().chain(own).collect()
}

/// The facet of the city's plan, with its nodes in the order of its table; `None` where the city
/// has no plan.
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

/// The facet of the field at `index`. Choices, and yes and no, are all listed, even those that no
/// measure has; of other fields, the values that measures have, ordered by id, each once.
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
        tone: named.look.map(|look| look.to_string()),
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

/// The values of `measure` in the field at `index`; empty where it has none.
fn named(measure: &MeasureEntry, index: usize, field: &Field) -> Vec<Named> {
    let value = said_of(measure, index).and_then(|said| said.value.as_ref());
    value.map(|value| field.named(value)).unwrap_or_default()
}

/// For each of `facets`, the indices of the values that `measure` has.
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
