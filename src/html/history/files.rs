//! The **files** of charts: every chart of a measure that is worth drawing, by itself and with its source.

use rayon::prelude::*;

use crate::artifact::Artifact;
use crate::html::chart::{self, Plot, Source};
use crate::html::shared::Shared;
use crate::site::file_paths;

use super::key;
use super::plots::{budget_plot, indicator_plot};

/// Every chart that is worth drawing as a file, in the content's own language.
pub(in crate::html) fn files(shared: &Shared<'_>) -> Vec<Artifact> {
    let measures = (0..shared.site.measures.len()).into_par_iter();
    measures.flat_map_iter(|measure| files_of(shared, measure)).collect()
}

fn files_of(shared: &Shared<'_>, measure: usize) -> Vec<Artifact> {
    let site = shared.site;
    let entry = &site.measures[measure];
    let name = site.history_name(measure);
    let title = entry.title.get(shared.language);
    let mut files = Vec::new();
    let mut add = |path: String, plot: &Plot<'_>, subtitle: String| {
        if plot.is_worth_drawing() {
            let around = around(shared, plot, title, subtitle);
            files.push(Artifact::new(path, chart::file(plot, &around).into_bytes()));
        }
    };
    for history in site.indicator_histories(measure) {
        if history.published_by == Some(measure) {
            let plot = indicator_plot(shared, &history, entry.fiscal_year);
            let better = shared.word(&format!("better_{}", history.entry.better.as_str()));
            let subtitle = match plot.unit {
                Some(unit) => format!("{}{} · {better}", shared.word("chart_unit"), unit),
                None => better,
            };
            let path = file_paths::indicator_chart(&name, history.entry.indicator.as_str());
            add(path, &plot, subtitle);
        }
    }
    let money = site.budget_history(measure);
    if site.speaks_for_history(measure) && !money.is_empty() {
        let plot = budget_plot(shared, &money, entry.fiscal_year);
        let unit = site.config.budget_unit.get(shared.language);
        let subtitle = shared.word("chart_unit") + unit;
        add(file_paths::budget_chart(&name), &plot, subtitle);
    }
    files
}

fn around(shared: &Shared<'_>, plot: &Plot<'_>, measure: &str, subtitle: String) -> Source {
    let config = &shared.site.config;
    let publisher = config.publisher.name.get(shared.language);
    Source {
        lang: shared.language.tag(),
        subtitle: format!("{measure} · {subtitle}"),
        key: key::line(shared, plot),
        source: shared
            .word("chart_source")
            .replace("{publisher}", publisher)
            .replace("{licence}", config.licence.name())
            .replace("{url}", &config.base_url.join("")),
    }
}
