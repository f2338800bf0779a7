//! The pages of **money**: what the measures of each year cost, and of one year by department,
//! topic, node of the plan, category and source.
//!
//! Bars are links or have their measures folded below them, so that each step down is a page or a
//! fold. A sum says what it leaves out.
//!
//! Not in here: the sums (`site`), and the money of one measure (`history`).

use std::cmp::Ordering;

use minijinja::value::Value;
use serde::Serialize;

use crate::calendar::FiscalYear;
use crate::site::{MoneyPart, PageKind, Spending, YearEntry, file_paths};
use crate::text::{Decimal, Localized};

use super::PageView;
use super::amount;
use super::context::{OwnText, PageContext, Text, value};
use super::departments::whole;
use super::head::Crumb;
use super::scores::YearHead;

/// Most bars of one section; the rest are summed up in one.
const BARS: usize = 24;
/// Length of the shortest bar, in hundredths of a hundredth.
const SHORTEST: f64 = 40.0;
/// Most measures that are folded below a bar, and most that are listed as the largest.
const MEASURES: usize = 10;

/// A sum as it is shown.
#[derive(Serialize)]
pub(super) struct SumView {
    /// The figure of the bar in words: the settled amount or, without one, the budget.
    amount: Option<String>,
    /// Is the figure a budget, because nothing is settled yet?
    is_budget: bool,
    budget: Option<String>,
    settled: Option<String>,
    measures: usize,
    /// How many measures the figure leaves out.
    left_out: usize,
}

/// A bar with its name.
#[derive(Serialize)]
struct MoneyBar<'s> {
    name: OwnText,
    /// Page of what it stands for.
    url: Option<String>,
    sum: SumView,
    /// Length of the bar in hundredths of the section's longest.
    width: f64,
    /// The same for the budget.
    planned: Option<f64>,
    /// Is it a part of the bar above it?
    below: bool,
    measures: Vec<MoneyMeasure<'s>>,
    /// How many measures are not listed.
    more: usize,
}

#[derive(Serialize)]
struct MoneyMeasure<'s> {
    url: String,
    title: Text<'s>,
    amount: String,
}

/// The money of a year, told apart by one property of its measures.
#[derive(Serialize)]
struct MoneySection<'s> {
    id: &'static str,
    title: String,
    note: Option<String>,
    bars: Vec<MoneyBar<'s>>,
}

/// A year's money for a table or a bar.
#[derive(Serialize)]
pub(super) struct MoneyOfYear {
    head: YearHead,
    url: String,
    sum: SumView,
    width: f64,
    planned: Option<f64>,
    current: bool,
}

/// The bars of a section before their lengths are known.
struct Unscaled {
    name: OwnText,
    url: Option<String>,
    sum: Spending,
    below: bool,
    members: Vec<usize>,
}

impl Unscaled {
    /// The bar of the measures `members`, called `name`, which leads to `url`.
    fn of(context: &PageContext<'_>, name: &Localized, url: String, members: Vec<usize>) -> Self {
        let sum = context.site.spending(members.iter().copied());
        Self { name: context.own_text(name), url: Some(url), sum, below: false, members }
    }
}

/// The page of all years.
pub(super) fn money(context: &PageContext<'_>) -> PageView {
    let shown = year_to_show(context);
    PageView {
        title: context.word("money_page"),
        description: Some(context.word("money_lead")),
        breadcrumbs: Vec::new(),
        value: view(context, shown, true),
    }
}

/// The page of the year `index`.
pub(super) fn year(context: &PageContext<'_>, index: usize) -> PageView {
    let name = context.site.years[index].fiscal_year.long(context.language);
    PageView {
        title: context.word("money_of_year").replace("{year}", &name),
        description: Some(context.word("money_lead")),
        breadcrumbs: vec![Crumb::new(
            context.word("money_page"),
            PageKind::Money.key(context.site),
        )],
        value: view(context, index, false),
    }
}

/// Index of the year that is shown first: the newest whose settled amounts are known for at least
/// half of the measures with money; without one, the newest with any money.
pub(super) fn year_to_show(context: &PageContext<'_>) -> usize {
    let site = context.site;
    let sums: Vec<Spending> =
        (site.years.iter()).map(|year| site.spending(year.measures.iter().copied())).collect();
    let is_settled = |sum: &Spending| {
        let budgeted = sum.measures - sum.without_budget.min(sum.without_settled);
        sum.settled.is_some() && (sum.measures - sum.without_settled) * 2 >= budgeted
    };
    let settled = sums.iter().position(is_settled);
    settled.or_else(|| sums.iter().position(Spending::is_known)).unwrap_or(0)
}

fn view(context: &PageContext<'_>, index: usize, is_overview: bool) -> Value {
    let site = context.site;
    let year = &site.years[index];
    let all = site.spending(year.measures.iter().copied());
    let is_budget = all.settled.is_none();
    minijinja::context! {
        is_overview => is_overview,
        year => context.year_value(year.fiscal_year),
        sentences => sentences(context, year),
        years => value(&years(context, index)),
        sections => value(&sections(context, year, is_budget)),
        largest => value(&largest(context, &year.measures, is_budget)),
        is_budget => is_budget,
    }
}

/// What the year cost, in sentences: the sum with the budget and the share of it that was spent,
/// the amount for each inhabitant, and what the sums leave out.
pub(super) fn sentences(context: &PageContext<'_>, year: &YearEntry) -> Vec<String> {
    let site = context.site;
    let sum = site.spending(year.measures.iter().copied());
    let name = context.year_head(year.fiscal_year).year;
    let words = |money: &Decimal| amount::in_words(site, money, context.language);
    let fill = |word: &str| context.word(word).replace("{year}", &name);
    let mut sentences = Vec::new();
    match (&sum.settled, &sum.budget) {
        (Some(settled), Some(budget)) => {
            let percent = settled.as_f64() * 100.0 / budget.as_f64();
            // The share means nothing if one of the sums has measures that the other lacks.
            let word = match sum.without_settled == sum.without_budget && percent.is_finite() {
                true => "money_settled_of",
                false => "money_settled_and",
            };
            let percent = Decimal::rounded(percent, 0).map(|p| p.to_string()).unwrap_or_default();
            let text = fill(word).replace("{settled}", &words(settled));
            sentences.push(text.replace("{budget}", &words(budget)).replace("{percent}", &percent));
        }
        (Some(settled), None) => {
            sentences.push(fill("money_settled_only").replace("{settled}", &words(settled)));
        }
        (None, Some(budget)) => {
            sentences.push(fill("money_budget_only").replace("{budget}", &words(budget)));
        }
        (None, None) => return sentences,
    }
    let shown = sum.settled.as_ref().or(sum.budget.as_ref());
    if let Some((people, money)) = site.population(year.fiscal_year).zip(shown)
        && let Some(each) = amount::per_head(site, money, &people, context.language)
    {
        let text = context.word("money_per_head").replace("{amount}", &each);
        sentences.push(text.replace("{people}", &context.number(&people)));
    }
    let left_out = if sum.settled.is_some() { sum.without_settled } else { sum.without_budget };
    if left_out > 0 {
        let text = context.word("money_left_out").replace("{count}", &left_out.to_string());
        sentences.push(text.replace("{total}", &sum.measures.to_string()));
    }
    sentences
}

/// Every year with known money, newest first.
fn years(context: &PageContext<'_>, current: usize) -> Vec<MoneyOfYear> {
    let site = context.site;
    let sums: Vec<(usize, Spending)> = (site.years.iter().enumerate())
        .map(|(index, year)| (index, site.spending(year.measures.iter().copied())))
        .filter(|(_, sum)| sum.is_known())
        .collect();
    let longest = longest(sums.iter().map(|(_, sum)| sum));
    let row = |(index, sum): (usize, Spending)| {
        let year = site.years[index].fiscal_year;
        let (width, planned) = lengths(&sum, sum.settled.is_none(), longest);
        MoneyOfYear {
            head: context.year_head(year),
            url: file_paths::money_page(year),
            sum: sum_view(context, &sum, sum.settled.is_none()),
            width,
            planned,
            current: index == current,
        }
    };
    sums.into_iter().map(row).collect()
}

/// The money of `measures` in each of their years, newest first, for the page of what they have in
/// common. Years without any known amount are left out.
pub(super) fn of_measures(context: &PageContext<'_>, measures: &[usize]) -> Vec<MoneyOfYear> {
    let site = context.site;
    let of_year = |year: &YearEntry| {
        let own = measures
            .iter()
            .copied()
            .filter(|&measure| site.measures[measure].fiscal_year == year.fiscal_year);
        (year.fiscal_year, site.spending(own))
    };
    let sums: Vec<_> = site.years.iter().map(of_year).filter(|(_, sum)| sum.is_known()).collect();
    let longest = longest(sums.iter().map(|(_, sum)| sum));
    let row = |(year, sum): (FiscalYear, Spending)| {
        let (width, planned) = lengths(&sum, sum.settled.is_none(), longest);
        MoneyOfYear {
            head: context.year_head(year),
            url: file_paths::money_page(year),
            sum: sum_view(context, &sum, sum.settled.is_none()),
            width,
            planned,
            current: false,
        }
    };
    sums.into_iter().map(row).collect()
}

fn sections<'s>(
    context: &PageContext<'s>,
    year: &'s YearEntry,
    is_budget: bool,
) -> Vec<MoneySection<'s>> {
    let mut sections = vec![
        section(context, "departments", is_budget, by_department(context, year)),
        section(context, "topics", is_budget, by_topic(context, year)),
        section(context, "plan", is_budget, by_node(context, year)),
    ];
    for (id, part) in [("categories", MoneyPart::Category), ("sources", MoneyPart::Source)] {
        let rows = context.site.spending_by(part, &year.measures);
        let bars = rows.into_iter().map(|(name, members, sum)| {
            let own = context.site.config.own_language();
            let name = match name {
                // Categories and sources are named in the language of the content only.
                Some(text) => OwnText { text, lang: (own != context.language).then(|| own.tag()) },
                None => OwnText { text: context.word("money_unnamed"), lang: None },
            };
            Unscaled { name, url: None, sum, below: false, members }
        });
        sections.push(section(context, id, is_budget, bars.collect()));
    }
    // A single bar says what the sum of the year has said already.
    sections.into_iter().filter(|section| section.bars.len() > 1).collect()
}

/// The section `id` of `bars`, longest first, each with those that are parts of it behind it.
fn section<'s>(
    context: &PageContext<'s>,
    id: &'static str,
    is_budget: bool,
    bars: Vec<Unscaled>,
) -> MoneySection<'s> {
    let mut groups: Vec<Vec<Unscaled>> = Vec::new();
    for bar in bars.into_iter().filter(|bar| bar.sum.is_known()) {
        match groups.last_mut().filter(|_| bar.below) {
            Some(group) => group.push(bar),
            None => groups.push(vec![bar]),
        }
    }
    let figure = |sum: &Spending| shown(sum, is_budget).map_or(0.0, Decimal::as_f64);
    groups.sort_by(|one, other| {
        figure(&other[0].sum).partial_cmp(&figure(&one[0].sum)).unwrap_or(Ordering::Equal)
    });
    let has_parts = groups.iter().any(|group| group.len() > 1);
    let is_repeated = id == "topics"
        && groups.iter().map(|group| group[0].members.len()).sum::<usize>()
            > distinct(groups.iter().flat_map(|group| &group[0].members));
    let longest = longest(groups.iter().flatten().map(|bar| &bar.sum));
    let lists_measures = ["categories", "sources"].contains(&id);
    let bar = |bar: Unscaled| {
        let (width, planned) = lengths(&bar.sum, is_budget, longest);
        let measures = match lists_measures {
            true => largest(context, &bar.members, is_budget),
            false => Vec::new(),
        };
        MoneyBar {
            more: if lists_measures { bar.members.len() - measures.len() } else { 0 },
            measures,
            name: bar.name,
            url: bar.url,
            sum: sum_view(context, &bar.sum, is_budget),
            width,
            planned,
            below: bar.below,
        }
    };
    MoneySection {
        id,
        title: context.word(&format!("money_by_{id}")),
        note: match (has_parts, is_repeated) {
            (true, _) => Some(context.word("money_parts_note")),
            (_, true) => Some(context.word("money_topics_note")),
            _ => None,
        },
        bars: groups.into_iter().flatten().take(BARS).map(bar).collect(),
    }
}

fn distinct<'m>(members: impl Iterator<Item = &'m usize>) -> usize {
    members.collect::<std::collections::BTreeSet<_>>().len()
}

/// The departments of the year: those at the top with everything below them, then those below.
fn by_department(context: &PageContext<'_>, year: &YearEntry) -> Vec<Unscaled> {
    let site = context.site;
    let members_of = |departments: &[usize]| -> Vec<usize> {
        let is_of = |&measure: &usize| departments.contains(&site.measures[measure].department);
        year.measures.iter().copied().filter(is_of).collect()
    };
    let mut bars = Vec::new();
    for (index, entry) in site.departments.iter().enumerate() {
        if entry.parent.is_some() {
            continue;
        }
        let all = whole(site, index);
        for (place, &department) in all.iter().enumerate() {
            let members =
                members_of(&if place == 0 { all.clone() } else { whole(site, department) });
            if members.is_empty()
                || (place > 0 && site.departments[department].parent != Some(index))
            {
                continue;
            }
            let own = &site.departments[department].department;
            let url = file_paths::department_page(own.id.as_str());
            let bar = Unscaled::of(context, &own.name, url, members);
            bars.push(Unscaled { below: place > 0, ..bar });
        }
    }
    bars
}

fn by_topic(context: &PageContext<'_>, year: &YearEntry) -> Vec<Unscaled> {
    let site = context.site;
    let of = |wanted: Option<usize>| -> Vec<usize> {
        let is_of = |&measure: &usize| match wanted {
            Some(topic) => site.measures[measure].topics.contains(&topic),
            None => site.measures[measure].topics.is_empty(),
        };
        year.measures.iter().copied().filter(is_of).collect()
    };
    let mut bars: Vec<Unscaled> = (site.topics.iter().enumerate())
        .map(|(index, entry)| {
            let url = file_paths::topic_page(entry.topic.id.as_str());
            Unscaled::of(context, &entry.topic.name, url, of(Some(index)))
        })
        .collect();
    let without = of(None);
    if !bars.is_empty() && !without.is_empty() {
        bars.push(unnamed(context, "money_no_topic", without));
    }
    bars
}

/// The nodes at the top of the plan, each with everything below it.
fn by_node(context: &PageContext<'_>, year: &YearEntry) -> Vec<Unscaled> {
    let site = context.site;
    let top = site.nodes.iter().filter(|entry| entry.parent.is_none());
    let mut bars: Vec<Unscaled> = top
        .map(|entry| {
            let is_of_year =
                |&measure: &usize| site.measures[measure].fiscal_year == year.fiscal_year;
            let members: Vec<usize> = entry.measures.iter().copied().filter(is_of_year).collect();
            let url = file_paths::plan_page(entry.node.id.as_str());
            Unscaled::of(context, &entry.node.title, url, members)
        })
        .collect();
    let is_outside = |&measure: &usize| site.measures[measure].node.is_none();
    let without: Vec<usize> = year.measures.iter().copied().filter(is_outside).collect();
    if !bars.is_empty() && !without.is_empty() {
        bars.push(unnamed(context, "money_no_node", without));
    }
    bars
}

fn unnamed(context: &PageContext<'_>, word: &str, members: Vec<usize>) -> Unscaled {
    Unscaled {
        name: OwnText { text: context.word(word), lang: None },
        url: None,
        sum: context.site.spending(members.iter().copied()),
        below: false,
        members,
    }
}

/// The measures among `members` with the largest amounts.
fn largest<'s>(
    context: &PageContext<'s>,
    members: &[usize],
    is_budget: bool,
) -> Vec<MoneyMeasure<'s>> {
    let site = context.site;
    let mut known: Vec<(usize, Decimal)> = members
        .iter()
        .filter_map(|&measure| {
            let sum = site.spending([measure]);
            Some((measure, shown(&sum, is_budget)?.clone()))
        })
        .collect();
    known.sort_by(|(_, one), (_, other)| {
        other.as_f64().partial_cmp(&one.as_f64()).unwrap_or(Ordering::Equal)
    });
    let measure = |(measure, amount): (usize, Decimal)| MoneyMeasure {
        url: file_paths::measure_page(site.measures[measure].id.as_str()),
        title: context.text(&site.measures[measure].title),
        amount: amount::in_words(site, &amount, context.language),
    };
    known.into_iter().take(MEASURES).map(measure).collect()
}

fn shown(sum: &Spending, is_budget: bool) -> Option<&Decimal> {
    if is_budget { sum.budget.as_ref() } else { sum.settled.as_ref() }
}

fn longest<'m>(sums: impl Iterator<Item = &'m Spending>) -> f64 {
    let figures = sums.flat_map(|sum| [&sum.budget, &sum.settled]).flatten();
    figures.map(Decimal::as_f64).filter(|figure| figure.is_finite()).fold(0.0, f64::max)
}

/// The lengths of the bar and, beside a settled amount, of the budget, in hundredths of `longest`.
fn lengths(sum: &Spending, is_budget: bool, longest: f64) -> (f64, Option<f64>) {
    let length = |figure: &Decimal| {
        let share = figure.as_f64() / longest;
        match share.is_finite() && share > 0.0 {
            // Whatever was spent is seen, however little it is.
            true => (share * 10_000.0).round().max(SHORTEST) / 100.0,
            false => 0.0,
        }
    };
    let planned = sum.budget.as_ref().filter(|_| !is_budget).map(length);
    (shown(sum, is_budget).map_or(0.0, length), planned)
}

fn sum_view(context: &PageContext<'_>, sum: &Spending, is_budget: bool) -> SumView {
    let words = |money: &Decimal| amount::in_words(context.site, money, context.language);
    SumView {
        amount: shown(sum, is_budget).map(words),
        is_budget,
        budget: sum.budget.as_ref().map(|number| context.number(number)),
        settled: sum.settled.as_ref().map(|number| context.number(number)),
        measures: sum.measures,
        left_out: if is_budget { sum.without_budget } else { sum.without_settled },
    }
}
