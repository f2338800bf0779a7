//! **Themes** in DCAT: those of the European Union's vocabulary to which the topics of a dataset
//! belong, so that topics of many catalogues can be compared.

use serde_json::{Value, json};

use crate::dataset::Dataset;
use crate::policy::DataTheme;
use crate::site::Site;

use super::concept;

/// The vocabulary.
const TAXONOMY: &str = "http://publications.europa.eu/resource/authority/data-theme";

/// The node of the vocabulary.
pub(super) fn taxonomy() -> Value {
    json!({
        "@id": TAXONOMY,
        "@type": "skos:ConceptScheme",
        "dct:title": { "@value": "Data theme", "@language": "en" },
    })
}

/// The themes of the topics of `dataset`, each once, in the order of its topics.
pub(super) fn of(site: &Site, dataset: &Dataset) -> Vec<Value> {
    let mut themes: Vec<DataTheme> = Vec::new();
    for topic in site.topics_of(dataset) {
        let theme = site.topics[topic].topic.theme;
        themes.extend(theme.filter(|theme| !themes.contains(theme)));
    }
    let node = |theme: DataTheme| {
        let mut node = concept(&format!("{TAXONOMY}/{}", theme.code()), theme.label());
        node["skos:inScheme"] = json!({ "@id": TAXONOMY });
        node
    };
    themes.into_iter().map(node).collect()
}
