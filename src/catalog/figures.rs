//! The figures of a **chart** as CSV for Excel, so that readers of the chart can calculate with
//! them. All figures of all measures are in the datasets.

use rayon::prelude::*;

use crate::artifact::{Artifact, Body};
use crate::site::{Site, file_paths};
use crate::text::Decimal;

use super::csv::{Dialect, WRITTEN, finish, write_cell, writer};

/// The files of all histories, in the order of the measures.
pub(super) fn render(site: &Site) -> Vec<Artifact> {
    (0..site.measures.len())
        .into_par_iter()
        .flat_map_iter(|measure| of_measure(site, measure))
        .collect()
}

fn of_measure(site: &Site, measure: usize) -> Vec<Artifact> {
    let name = site.history_name(measure);
    let mut files = Vec::new();
    for history in site.indicator_histories(measure) {
        if history.published_by != Some(measure) {
            continue;
        }
        let unit = history.entry.unit.as_deref().unwrap_or_default();
        let rows = history.years.iter().map(|row| {
            [
                row.fiscal_year.to_string(),
                row.name.own.clone(),
                unit.to_owned(),
                text(&row.baseline),
                text(&row.target),
                text(&row.actual),
                row.note.clone().unwrap_or_default(),
            ]
        });
        let header = ["年度", "指標名", "単位", "基準値", "目標値", "実績値", "備考"];
        let path = file_paths::indicator_figures(&name, history.entry.indicator.as_str());
        files.push(Artifact::new(path, table(header, rows)));
    }
    let money = site.budget_history(measure);
    if site.speaks_for_history(measure) && !money.is_empty() {
        let unit = &site.config.budget_unit.own;
        let rows = money.iter().map(|year| {
            let fiscal_year = year.fiscal_year.to_string();
            [fiscal_year, unit.clone(), text(&year.budget), text(&year.settled)]
        });
        let header = ["年度", "単位", "予算額", "決算額"];
        files.push(Artifact::new(file_paths::budget_figures(&name), table(header, rows)));
    }
    files
}

fn table<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> Body {
    let mut writer = writer(Dialect::Excel);
    writer.write_record(header).expect(WRITTEN);
    for row in rows {
        row.iter().for_each(|cell| write_cell(&mut writer, cell));
        writer.write_record(None::<&[u8]>).expect(WRITTEN);
    }
    finish(writer)
}

fn text(number: &Option<Decimal>) -> String {
    number.as_ref().map(Decimal::to_string).unwrap_or_default()
}
