//! Checks what `site.toml` names for the **front** page and the page of money: indicators, and the
//! dataset of the number of people with its columns.

use crate::dataset::Dataset;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message};
use crate::message;
use crate::site::Site;
use crate::text::nearest;

/// Reports indicators, a dataset and columns that the site does not have.
pub(super) fn named(site: &Site, diagnostics: &mut Diagnostics) {
    let of_measures = site.measures.iter().flat_map(|measure| &measure.indicators);
    let of_nodes = site.nodes.iter().flat_map(|node| &node.indicators);
    let indicators: Vec<&str> =
        of_measures.chain(of_nodes).map(|entry| entry.indicator.as_str()).collect();
    for id in &site.config.home_indicators {
        known(id, ("指標", "indicator"), &indicators, diagnostics);
    }
    let Some(population) = &site.config.population else { return };
    let datasets: Vec<&str> = site.datasets.iter().map(|dataset| dataset.id.as_str()).collect();
    if !site.is_broken_dataset(&population.dataset.value) {
        known(&population.dataset, ("データセット", "dataset"), &datasets, diagnostics);
    }
    let of_people = |dataset: &&Dataset| dataset.id.as_str() == population.dataset.value;
    let Some(dataset) = site.datasets.iter().find(of_people) else { return };
    let columns: Vec<&str> = dataset.columns.iter().map(|column| column.name.as_str()).collect();
    for column in [&population.column, &population.date] {
        known(column, ("列", "column"), &columns, diagnostics);
    }
}

/// Reports `name` if it is not among `all`, which are called `ja` and `en` in messages.
fn known(
    name: &Located<String>,
    (ja, en): (&str, &str),
    all: &[&str],
    diagnostics: &mut Diagnostics,
) {
    let text = &name.value;
    if all.contains(&text.as_str()) {
        return;
    }
    let problem = Diagnostic::new(
        &diagnostic::POLICY_UNKNOWN_ID,
        name.place.clone(),
        message!(ja: "「{text}」という{ja}はありません", en: "there is no {en} `{text}`"),
    );
    diagnostics.push(problem.with_help(match nearest(text.as_str(), all.iter().copied()) {
        Some(near) => Message::did_you_mean(near),
        None => message!(
            ja: "入力の誤りを直すか、先に{ja}を追加してください",
            en: "correct the spelling, or add the {en} first",
        ),
    }));
}
