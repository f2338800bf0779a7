//! The **home** page: search, what was promised and what came of it, what was spent, the topics,
//! the indicators that the city chose, and the newest results.
//!
//! Not in here: the lists of everything (the navigation leads to them).

use std::cmp::Reverse;

use minijinja::value::Value;
use serde::Serialize;

use crate::config::Tone;
use crate::site::{IndicatorHistory, Site, file_paths};
use crate::text::{Decimal, Language};

use super::PageView;
use super::chart;
use super::context::{MeasureItem, PageContext, PageLink, value};
use super::datasets;
use super::history::with_unit;
use super::money;
use super::scores::{Score, YearHead};

/// Number of newest results that are shown.
const NEWEST: usize = 6;

/// Number of years whose ratings are shown.
const YEARS: usize = 5;

/// Most topics that are named; there is a link to the list of all.
const TOPICS: usize = 24;

/// A year's ratings as a bar.
#[derive(Serialize)]
struct YearOfRatings {
    head: YearHead,
    score: Score,
}

#[derive(Serialize)]
struct TopicCell {
    link: Value,
    count: usize,
    score: Score,
}

/// An indicator that the city chose.
#[derive(Serialize)]
struct ChosenIndicator<'s> {
    link: PageLink<'s>,
    value: String,
    year: String,
    target: Option<String>,
    /// Was the target reached? `None` where that cannot be told.
    reached: Option<bool>,
    /// The course over the years.
    line: Option<Value>,
}

/// The home page. The newest results are those of the measures that changed last.
pub(super) fn home(context: &PageContext<'_>) -> PageView {
    let site = context.site;
    let mut newest: Vec<usize> =
        (0..site.measures.len()).filter(|&index| site.measures[index].result.is_some()).collect();
    newest.sort_by_key(|&index| (Reverse(site.measures[index].last_change()), index));
    let newest: Vec<MeasureItem<'_>> =
        newest.into_iter().take(NEWEST).map(|index| context.measure_item(index)).collect();
    let (topics, more_topics) = topics(context);
    let money_year = site.has_money().then(|| money::year_to_show(context));
    // A site of datasets alone shows them here: there is nothing else to lead to.
    let lists_datasets = site.measures.is_empty();
    PageView {
        title: site.config.title.get(context.language).to_owned(),
        description: site.config.description.as_ref().map(|d| d.get(context.language).to_owned()),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            promise => year_to_show(site).map(|index| promise(context, index)),
            money => money_year.map(|index| money::sentences(context, &site.years[index])),
            topics => value(&topics),
            more_topics => more_topics,
            indicators => value(&indicators(context)),
            newest => value(&newest),
            dataset_groups => value(&match lists_datasets {
                true => datasets::of_the_city(context),
                false => Vec::new(),
            }),
            measure_count => site.measures.len(),
            dataset_count => site.datasets.len(),
        },
    }
}

/// Index of the year whose ratings are told: the newest with results for at least half of its
/// measures; else the newest with any result; else the newest. `None` if there is no year.
fn year_to_show(site: &Site) -> Option<usize> {
    let not_yet = site.ratings.len().checked_sub(1)?;
    let known = |index: &usize| {
        let year = &site.years[*index];
        year.measures.len() - year.counts[not_yet].count
    };
    let half = (0..site.years.len()).find(|i| known(i) * 2 >= site.years[*i].measures.len());
    let any = || (0..site.years.len()).find(|index| known(index) > 0);
    half.or_else(any).or((!site.years.is_empty()).then_some(0))
}

/// What the measures of the year `index` promised and what came of it, as a sentence and as bars of
/// the last years.
fn promise(context: &PageContext<'_>, index: usize) -> Value {
    let site = context.site;
    let year = &site.years[index];
    let of = |is_counted: &dyn Fn(usize) -> bool| -> usize {
        year.counts.iter().filter(|c| is_counted(c.rating)).map(|c| c.count).sum()
    };
    let tone = |rating: usize| site.ratings[rating].rating.tone;
    let reached = of(&|rating| matches!(tone(rating), Tone::Good | Tone::Fair));
    let graded = of(&|rating| rating < site.config.ratings.grades.len());
    let not_yet = of(&|rating| rating + 1 == site.ratings.len());
    let most = year.counts.iter().filter(|c| c.rating < site.config.ratings.grades.len());
    let most = most.max_by_key(|count| (count.count, Reverse(count.rating)));
    let word = match (graded > 0, context.has_tones) {
        (false, _) => "home_promised",
        (true, true) => "home_reached",
        (true, false) => "home_most",
    };
    let number = |number: usize| Decimal::of_count(number).grouped();
    let mut sentence = context
        .word(word)
        .replace("{year}", &context.year_head(year.fiscal_year).year)
        .replace("{total}", &number(year.measures.len()))
        .replace("{reached}", &number(reached));
    if let Some(most) = most {
        let label = site.ratings[most.rating].rating.label.get(context.language);
        sentence = sentence.replace("{rating}", label).replace("{count}", &number(most.count));
    }
    if not_yet > 0 && graded > 0 {
        let text = context.word("home_not_yet").replace("{count}", &number(not_yet));
        let gap = if context.language == Language::Ja { "" } else { " " };
        sentence = format!("{sentence}{gap}{text}");
    }
    let rated = site.years.iter().take(YEARS).filter(|_| graded > 0).map(|year| YearOfRatings {
        head: context.year_head(year.fiscal_year),
        score: context.score(&year.counts),
    });
    let rated: Vec<YearOfRatings> = rated.collect();
    let before = site.years.get(index + 1);
    minijinja::context! {
        head => context.year_value(year.fiscal_year),
        sentence => sentence,
        years => value(&rated),
        legend => context.legend(),
        missed => (site.can_miss() && !year.missed.is_empty())
            .then(|| file_paths::missed(year.fiscal_year, 1)),
        missed_count => year.missed.len(),
        comparison => before.map(|b| file_paths::comparison(year.fiscal_year, b.fiscal_year)),
    }
}

/// The `TOPICS` topics with the most measures, in the order of the site, and whether any were left
/// out. Topics without measures are left out; nothing is said of them here.
fn topics(context: &PageContext<'_>) -> (Vec<TopicCell>, bool) {
    let entries = &context.site.topics;
    let mut chosen: Vec<usize> =
        (0..entries.len()).filter(|&topic| !entries[topic].measures.is_empty()).collect();
    chosen.sort_by_key(|&topic| Reverse(entries[topic].measures.len()));
    let left_out = chosen.len() > TOPICS;
    chosen.truncate(TOPICS);
    chosen.sort_unstable();
    let cell = |topic: usize| TopicCell {
        link: context.topics[topic].clone(),
        count: entries[topic].measures.len(),
        score: context.score(&entries[topic].counts),
    };
    (chosen.into_iter().map(cell).collect(), left_out)
}

/// The indicators that `[home]` names, each with its last known figure.
fn indicators<'s>(context: &PageContext<'s>) -> Vec<ChosenIndicator<'s>> {
    let chosen = |id: &str| {
        let (page, history) = context.site.indicator(id)?;
        shown(context, page.key(context.site), &history)
    };
    context.site.config.home_indicators.iter().filter_map(|id| chosen(&id.value)).collect()
}

fn shown<'s>(
    context: &PageContext<'s>,
    url: String,
    history: &IndicatorHistory<'s>,
) -> Option<ChosenIndicator<'s>> {
    let language = context.language;
    let unit = history.entry.unit.as_ref().map(|unit| unit.get(language));
    let last = history.years.iter().rev().find(|year| year.actual.is_some())?;
    let words = |number: &Decimal| with_unit(&context.number(number), unit, language);
    let course: Vec<(i32, f64)> = history
        .years
        .iter()
        .filter_map(|year| Some((year.fiscal_year.year(), year.actual.as_ref()?.as_f64())))
        .collect();
    Some(ChosenIndicator {
        link: PageLink { url, name: context.text(&history.entry.name) },
        value: words(last.actual.as_ref()?),
        year: last.fiscal_year.long(language),
        target: last.target.as_ref().map(words),
        reached: last.reached(),
        line: chart::spark(&course).map(Value::from_safe_string),
    })
}
