//! The **files** of charts: every chart of a measure that is worth drawing, by itself and with its source.

use rayon::prelude::*;

use crate::artifact::Artifact;
use crate::html::chart::{self, Plot, Source};
use crate::html::context::Context;
use crate::site::file_paths;

use super::key;
use super::plots::{budget_plot, indicator_plot};

/// Every chart that is worth drawing as a file, in the content's own language.
pub(in crate::html) fn files(context: &Context<'_>) -> Vec<Artifact> {
    let measures = (0..context.site.measures.len()).into_par_iter();
    measures.flat_map_iter(|measure| files_of(context, measure)).collect()
}

fn files_of(context: &Context<'_>, measure: usize) -> Vec<Artifact> {
    let site = context.site;
    let entry = &site.measures[measure];
    let name = site.history_name(measure);
    let title = entry.title.get(context.language);
    let mut files = Vec::new();
    let mut add = |path: String, plot: &Plot<'_>, subtitle: String| {
        if plot.is_worth_drawing() {
            let around = around(context, plot, title, subtitle);
            files.push(Artifact::new(path, chart::file(plot, &around).into_bytes()));
        }
    };
    for history in site.indicator_histories(measure) {
        if history.published_by == Some(measure) {
            let plot = indicator_plot(context, &history, entry.fiscal_year);
            let better = context.word(&format!("better_{}", history.entry.better.as_str()));
            let subtitle = match plot.unit {
                Some(unit) => format!("{}{} · {better}", context.word("chart_unit"), unit),
                None => better,
            };
            let path = file_paths::indicator_chart(&name, history.entry.indicator.as_str());
            add(path, &plot, subtitle);
        }
    }
    let money = site.budget_history(measure);
    if site.speaks_for_history(measure) && !money.is_empty() {
        let plot = budget_plot(context, &money, entry.fiscal_year);
        let unit = site.config.budget_unit.get(context.language);
        let subtitle = context.word("chart_unit") + unit;
        add(file_paths::budget_chart(&name), &plot, subtitle);
    }
    files
}

fn around(context: &Context<'_>, plot: &Plot<'_>, measure: &str, subtitle: String) -> Source {
    let config = &context.site.config;
    let publisher = config.publisher.name.get(context.language);
    Source {
        lang: context.language.tag(),
        subtitle: format!("{measure} · {subtitle}"),
        key: key::line(context, plot),
        source: context
            .word("chart_source")
            .replace("{publisher}", publisher)
            .replace("{licence}", config.licence.name())
            .replace("{url}", &config.base_url.join("")),
    }
}
