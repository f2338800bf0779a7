//! **Related** measures: finds series with similar content by their most distinctive terms, in the
//! manner of Lucene's more-like-this.
//!
//! A series is one text, made from its newest measure, so that the years of one measure do not
//! displace everything else.
//!
//! Not in here: the comparison of texts (`terms`) and of titles (`titles`).

mod terms;
mod titles;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::markdown::{source, summary};
use crate::site::{MeasureEntry, RelatedMeasures, Relation, Site};
use crate::text::{Id, Language};

use super::analyzer::normalise;

use terms::TextTerms;
use titles::{ScriptRun, runs, shared_word};

/// Number of characters of the direction that are used: its beginning says what the measure is
/// about.
const DIRECTION: usize = 160;
/// How many similar series are examined, and how many measures are named.
const CANDIDATES: usize = 12;
const NAMED: usize = 4;
/// Factor for a shared topic, and the smallest similarity that is enough, where 1 is the similarity
/// of a series to itself.
const TOPIC: f32 = 1.5;
const ENOUGH: f32 = 0.14;
/// The smallest similarity that is enough without a shared topic or word of the title.
const ENOUGH_ALONE: f32 = 0.3;

/// For each measure of `site`, by index, other measures that its readers may want to see, most
/// similar first.
pub fn related(site: &Site) -> RelatedMeasures {
    let mut newest: BTreeMap<&Id, usize> = BTreeMap::new();
    for (index, measure) in site.measures.iter().enumerate() {
        newest.entry(&measure.series).or_insert(index);
    }
    let series: Vec<usize> = newest.into_values().collect();
    let texts: Vec<String> =
        series.par_iter().map(|&measure| text(&site.measures[measure])).collect();
    let terms = TextTerms::of(&texts);
    let alike: Vec<Vec<(usize, f32)>> = (0..texts.len())
        .into_par_iter()
        .map_init(
            || terms.room(),
            |room, number| {
                let mut others = terms.alike(number, CANDIDATES, room);
                others.retain(|&(_, likeness)| likeness >= ENOUGH / TOPIC);
                others
            },
        )
        .collect();
    let titles: Vec<Vec<ScriptRun>> =
        site.measures.par_iter().map(|measure| runs(&measure.title.own)).collect();
    let found: Vec<(usize, Vec<Relation>)> = alike
        .par_iter()
        .enumerate()
        .flat_map_iter(|(number, others)| {
            let members = site.measures[series[number]].in_other_years.iter();
            members.map(|&measure| {
                (measure, relations(site, &terms, &titles, measure, others, &series))
            })
        })
        .collect();
    let mut related = vec![Vec::new(); site.measures.len()];
    for (measure, relations) in found {
        related[measure] = relations;
    }
    related
}

/// The title twice, so that it weighs double, and the beginning of the direction, in normal form.
fn text(measure: &MeasureEntry) -> String {
    let direction =
        measure.direction.as_ref().map(|text| summary(&source(text, Language::Ja), DIRECTION));
    let title = &measure.title.own;
    let all = format!("{title}\n{title}\n{}", direction.unwrap_or_default());
    normalise(&all).into_iter().collect()
}

/// The relations of one measure, most similar first, at most [`NAMED`]. `titles` are the runs of
/// all measures' titles, `others` the similar series, `series` the newest measure of each series.
fn relations(
    site: &Site,
    terms: &TextTerms,
    titles: &[Vec<ScriptRun>],
    measure: usize,
    others: &[(usize, f32)],
    series: &[usize],
) -> Vec<Relation> {
    let own = &site.measures[measure];
    let mut relations: Vec<(f32, Relation)> = others
        .iter()
        .map(|&(number, likeness)| {
            let other = of_year(site, &site.measures[series[number]], own);
            let entry = &site.measures[other];
            let topic = own.topics.iter().copied().find(|topic| entry.topics.contains(topic));
            let word =
                shared_word(&titles[measure], &titles[other]).filter(|word| terms.tells(word));
            let likeness = likeness * if topic.is_some() { TOPIC } else { 1.0 };
            (likeness, Relation { measure: other, topic, word })
        })
        .filter(|(likeness, relation)| {
            let alone = relation.topic.is_none() && relation.word.is_none();
            *likeness >= if alone { ENOUGH_ALONE } else { ENOUGH }
        })
        .collect();
    relations.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.measure.cmp(&other.measure)));
    relations.truncate(NAMED);
    relations.into_iter().map(|(_, relation)| relation).collect()
}

/// The measure of `newest`'s series in the year of `own`, or else in the nearest year.
fn of_year(site: &Site, newest: &MeasureEntry, own: &MeasureEntry) -> usize {
    let away =
        |&&other: &&usize| (site.measures[other].fiscal_year.year() - own.fiscal_year.year()).abs();
    let members = newest.in_other_years.iter();
    members.min_by_key(away).copied().expect("a series has the measure that it was found by")
}
