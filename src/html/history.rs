//! A measure's **figures over the years**: charts, the tables beside them, and both as files.
//!
//! Not in here: drawing (`chart`), and which years belong together (`site`).

use minijinja::value::Value;
use rayon::prelude::*;
use serde::Serialize;

use crate::artifact::Artifact;
use crate::calendar::FiscalYear;
use crate::policy::{Better, IndicatorYear};
use crate::site::{BudgetYear, IndicatorHistory, file_paths};
use crate::text::{Decimal, Language, is_japanese};

use super::chart::{self, Figure, Plan, Plot, Source, YearFigures};
use super::page::Linker;
use super::shared::{Shared, Text};

/// More years than this between the first and the last are not drawn one by one: those without a row are left out.
const LONGEST: i32 = 60;

/// A chart on a page.
#[derive(Serialize)]
pub(super) struct ChartView {
    svg: Value,
    key: Vec<KeyItem>,
}

/// One mark of a chart and what it means.
#[derive(Serialize)]
struct KeyItem {
    look: &'static str,
    text: String,
}

#[derive(Serialize)]
pub(super) struct IndicatorView<'s> {
    id: &'s str,
    name: Text<'s>,
    unit: Option<&'s str>,
    better: &'static str,
    chart: Option<ChartView>,
    years: Vec<IndicatorYearView<'s>>,
    has_baseline: bool,
    has_target: bool,
    has_ratio: bool,
    has_notes: bool,
    /// Addresses of the chart and of its figures as files.
    chart_file: Option<String>,
    figures_file: Option<String>,
}

impl IndicatorView<'_> {
    /// Does its table have a dash, or a ratio?
    pub fn needs_explaining(&self) -> bool {
        let is_blank = |year: &IndicatorYearView<'_>| {
            year.actual.is_none() || (self.has_target && year.target.is_none())
        };
        self.has_ratio || self.years.iter().any(is_blank)
    }
}

/// One table for several indicators: whether there is to be one, and what it has.
#[derive(Default, Serialize)]
pub(super) struct Together {
    applies: bool,
    year: String,
    has_target: bool,
    has_ratio: bool,
    has_notes: bool,
}

/// One table for `indicators` applies where each has one row, all of the same year, and none is drawn: a heading and
/// a table for every single figure would be hard to read.
pub(super) fn together(indicators: &[IndicatorView<'_>]) -> Together {
    let [first, _, ..] = indicators else { return Together::default() };
    let Some(IndicatorYearView { year, named, .. }) = first.years.first() else {
        return Together::default();
    };
    let is_alone = |indicator: &IndicatorView<'_>| {
        let [only] = indicator.years.as_slice() else { return false };
        indicator.chart.is_none() && !indicator.has_baseline && only.year == *year
    };
    Together {
        applies: indicators.iter().all(is_alone),
        year: named.clone(),
        has_target: indicators.iter().any(|indicator| indicator.has_target),
        has_ratio: indicators.iter().any(|indicator| indicator.has_ratio),
        has_notes: indicators.iter().any(|indicator| indicator.has_notes),
    }
}

#[derive(Serialize)]
struct IndicatorYearView<'s> {
    year: String,
    /// As a caption names it.
    #[serde(skip)]
    named: String,
    current: bool,
    baseline: Option<String>,
    target: Option<String>,
    actual: Option<String>,
    /// Actual of target in percent, where that means something.
    ratio: Option<String>,
    note: Option<&'s str>,
}

#[derive(Serialize)]
pub(super) struct MoneyView<'s> {
    chart: Option<ChartView>,
    years: Vec<MoneyYearView>,
    /// Is any budget, any settlement known? A column of dashes says nothing.
    has_budget: bool,
    has_settled: bool,
    /// The rows of the measure itself, where they say more than the sums.
    sources: Vec<SourceView<'s>>,
    chart_file: Option<String>,
    figures_file: String,
}

#[derive(Serialize)]
struct MoneyYearView {
    year: String,
    current: bool,
    budget: Option<String>,
    settled: Option<String>,
}

#[derive(Serialize)]
struct SourceView<'s> {
    year: String,
    source: Option<&'s str>,
    budget: Option<String>,
    settled: Option<String>,
    note: Option<&'s str>,
}

/// The indicators of `measure`.
pub(super) fn indicators<'s>(
    shared: &Shared<'s>,
    linker: &Linker,
    measure: usize,
) -> Vec<IndicatorView<'s>> {
    let own_year = shared.site.measures[measure].fiscal_year;
    let name = shared.site.history_name(measure);
    let view = |(number, history): (usize, IndicatorHistory<'s>)| {
        let entry = history.entry;
        let plot = indicator_plot(shared, &history, own_year);
        let chart = on_page(shared, &plot, &format!("indicator-{}", number + 1));
        let years: Vec<IndicatorYearView<'_>> = history
            .years
            .iter()
            .map(|year| IndicatorYearView {
                year: in_table(year.fiscal_year, shared.language),
                named: match shared.language {
                    Language::Ja => year.fiscal_year.long(shared.language),
                    Language::En => year.fiscal_year.short(shared.language),
                },
                current: year.fiscal_year == own_year,
                baseline: grouped(&year.baseline),
                target: grouped(&year.target),
                actual: grouped(&year.actual),
                ratio: ratio(entry.better, year.target.as_ref(), year.actual.as_ref()),
                note: year.note.as_deref(),
            })
            .collect();
        let file = |path: fn(&str, &str) -> String| {
            history
                .published_by
                .map(|_| linker.root.clone() + &path(&name, entry.indicator.as_str()))
        };
        IndicatorView {
            id: entry.indicator.as_str(),
            name: shared.text(&entry.name),
            unit: entry.unit.as_deref(),
            better: entry.better.as_str(),
            chart_file: file(file_paths::indicator_chart).filter(|_| chart.is_some()),
            figures_file: file(file_paths::indicator_figures),
            chart,
            has_baseline: years.iter().any(|year| year.baseline.is_some()),
            has_target: years.iter().any(|year| year.target.is_some()),
            has_ratio: years.iter().any(|year| year.ratio.is_some()),
            has_notes: years.iter().any(|year| year.note.is_some()),
            years,
        }
    };
    shared.site.indicator_histories(measure).into_iter().enumerate().map(view).collect()
}

/// The money of `measure`; `None` where nothing is known of it.
pub(super) fn money<'s>(
    shared: &Shared<'s>,
    linker: &Linker,
    measure: usize,
) -> Option<MoneyView<'s>> {
    let entry = &shared.site.measures[measure];
    let history = shared.site.budget_history(measure);
    if history.is_empty() {
        return None;
    }
    let name = shared.site.history_name(measure);
    let chart = on_page(shared, &budget_plot(shared, &history, entry.fiscal_year), "money");
    let told = entry.budgets.iter().any(|row| row.source.is_some() || row.note.is_some());
    let sources = entry.budgets.iter().filter(|_| told).map(|row| SourceView {
        year: in_table(row.fiscal_year, shared.language),
        source: row.source.as_deref(),
        budget: grouped(&row.budget),
        settled: grouped(&row.settled),
        note: row.note.as_deref(),
    });
    Some(MoneyView {
        chart_file: chart.as_ref().map(|_| linker.root.clone() + &file_paths::budget_chart(&name)),
        figures_file: linker.root.clone() + &file_paths::budget_figures(&name),
        chart,
        sources: sources.collect(),
        has_budget: history.iter().any(|sum| sum.budget.is_some()),
        has_settled: history.iter().any(|sum| sum.settled.is_some()),
        years: history
            .iter()
            .map(|sum| MoneyYearView {
                year: in_table(sum.fiscal_year, shared.language),
                current: sum.fiscal_year == entry.fiscal_year,
                budget: grouped(&sum.budget),
                settled: grouped(&sum.settled),
            })
            .collect(),
    })
}

/// Every chart that is worth drawing as a file, in the content's own language.
pub(super) fn files(shared: &Shared<'_>) -> Vec<Artifact> {
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
    let marks: Vec<String> = key(shared, plot)
        .into_iter()
        .map(|item| format!("{} {}", glyph(item.look), item.text))
        .collect();
    Source {
        lang: shared.language.tag(),
        subtitle: format!("{measure} · {subtitle}"),
        key: marks.join("   "),
        source: shared
            .word("chart_source")
            .replace("{publisher}", publisher)
            .replace("{licence}", config.licence.name())
            .replace("{url}", &config.base_url.join("")),
    }
}

/// The mark of a key as a character, for a file.
fn glyph(look: &str) -> char {
    match look {
        "column" => '■',
        "point" => '●',
        "target" => '━',
        "budget" => '□',
        "baseline" => '┄',
        _ => '—',
    }
}

fn on_page(shared: &Shared<'_>, plot: &Plot<'_>, id: &str) -> Option<ChartView> {
    if !plot.is_worth_drawing() {
        return None;
    }
    Some(ChartView { svg: Value::from_safe_string(plot.on_page(id)), key: key(shared, plot) })
}

/// What the marks mean.
fn key(shared: &Shared<'_>, plot: &Plot<'_>) -> Vec<KeyItem> {
    let (actual, planned) = words(plot.plan);
    let item = |look, text| KeyItem { look, text };
    let mut key = vec![item(
        if plot.years.len() >= chart::LINE_FROM && plot.plan == Plan::Target {
            "point"
        } else {
            "column"
        },
        shared.word(actual),
    )];
    if plot.years.iter().any(|year| year.plan.is_some()) {
        let look = if plot.plan == Plan::Budget { "budget" } else { "target" };
        key.push(item(look, shared.word(planned)));
    }
    if let Some(baseline) = &plot.baseline {
        key.push(item("baseline", format!("{} {}", shared.word("baseline"), baseline.text)));
    }
    if plot.years.iter().any(|year| year.actual.is_none()) {
        key.push(item("missing", shared.word("unknown")));
    }
    if plot.is_cut() {
        key.push(item("note", shared.word("chart_cut")));
    }
    key
}

fn words(plan: Plan) -> (&'static str, &'static str) {
    match plan {
        Plan::Target => ("actual", "target"),
        Plan::Budget => ("settled", "budget"),
    }
}

fn indicator_plot<'s>(
    shared: &Shared<'s>,
    history: &IndicatorHistory<'s>,
    own_year: FiscalYear,
) -> Plot<'s> {
    let unit = history.entry.unit.as_deref();
    let rows: Vec<(FiscalYear, Option<&IndicatorYear>)> =
        every_year(&history.years, |row| row.fiscal_year)
            .into_iter()
            .map(|(year, row)| (year, row.copied()))
            .collect();
    let years = rows.into_iter().map(|(year, row)| {
        let figure =
            |pick: fn(&IndicatorYear) -> &Option<Decimal>| row.and_then(|row| figure(pick(row)));
        year_figures(
            shared,
            Plan::Target,
            unit,
            year,
            own_year,
            (figure(|row| &row.actual), figure(|row| &row.target)),
        )
    });
    // A baseline is where things stood before the first year; where the rows differ, what the newest says.
    let baseline = history.years.iter().rev().find_map(|row| figure(&row.baseline));
    Plot {
        title: history.entry.name.get(shared.language),
        title_lang: shared.text(&history.entry.name).lang,
        unit,
        plan: Plan::Target,
        baseline,
        years: years.collect(),
        language: shared.language,
    }
}

fn budget_plot<'s>(shared: &Shared<'s>, history: &[BudgetYear], own_year: FiscalYear) -> Plot<'s> {
    let unit = shared.site.config.budget_unit.get(shared.language);
    let years = every_year(history, |sum| sum.fiscal_year).into_iter().map(|(year, sum)| {
        let settled = sum.and_then(|sum| figure(&sum.settled));
        let budget = sum.and_then(|sum| figure(&sum.budget));
        year_figures(shared, Plan::Budget, Some(unit), year, own_year, (settled, budget))
    });
    let words = shared.theme.words.get(&shared.language);
    let title = words.and_then(|words| words.get("budget_caption"));
    Plot {
        title: title.map_or("budget", String::as_str),
        title_lang: None,
        unit: Some(unit),
        plan: Plan::Budget,
        baseline: None,
        years: years.collect(),
        language: shared.language,
    }
}

fn year_figures(
    shared: &Shared<'_>,
    plan: Plan,
    unit: Option<&str>,
    year: FiscalYear,
    own_year: FiscalYear,
    (actual, planned): (Option<Figure>, Option<Figure>),
) -> YearFigures {
    let (actual_word, plan_word) = words(plan);
    let mut said = vec![(actual_word, actual.as_ref())];
    if planned.is_some() {
        said.push((plan_word, planned.as_ref()));
    }
    let said: Vec<String> = said
        .into_iter()
        .map(|(word, figure)| {
            let value = figure.map_or_else(
                || shared.word("unknown"),
                |f| with_unit(&f.text, unit, shared.language),
            );
            format!("{} {value}", shared.word(word))
        })
        .collect();
    YearFigures {
        label: year.short(shared.language),
        current: year == own_year,
        reading: shared
            .word("chart_year")
            .replace("{year}", &year.long(shared.language))
            .replace("{list}", &said.join(&shared.word("chart_comma"))),
        actual,
        plan: planned,
    }
}

/// A year at the head of a row: `令和4（2022）`, `2022`.
fn in_table(year: FiscalYear, language: Language) -> String {
    match language {
        Language::Ja => format!("{}（{year}）", year.short(language)),
        Language::En => year.short(language),
    }
}

/// `63.0%`, `163品`, `163 items`.
fn with_unit(number: &str, unit: Option<&str>, language: Language) -> String {
    match unit {
        None => number.to_owned(),
        Some(unit @ ("%" | "％")) => format!("{number}{unit}"),
        Some(unit) if language == Language::Ja => format!("{number}{unit}"),
        // Within a sentence nothing could say that the unit is in another language; it stands above the chart.
        Some(unit) if is_japanese(unit) => number.to_owned(),
        Some(unit) => format!("{number} {unit}"),
    }
}

/// Every fiscal year from the first of `rows` to the last, with its row where there is one. `rows` are in order.
fn every_year<T>(rows: &[T], year: impl Fn(&T) -> FiscalYear) -> Vec<(FiscalYear, Option<&T>)> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    let (first, last) = (year(first).year(), year(last).year());
    if last - first >= LONGEST {
        return rows.iter().map(|row| (year(row), Some(row))).collect();
    }
    let find = |wanted: FiscalYear| rows.iter().find(|row| year(row) == wanted);
    (first..=last).filter_map(FiscalYear::new).map(|year| (year, find(year))).collect()
}

fn figure(number: &Option<Decimal>) -> Option<Figure> {
    number.as_ref().map(|number| Figure { value: number.as_f64(), text: number.grouped() })
}

/// Actual of target in percent. It means something only where more is better and the target is above
/// zero: half of a target of zero waiting children is nothing that can be said.
fn ratio(better: Better, target: Option<&Decimal>, actual: Option<&Decimal>) -> Option<String> {
    let (target, actual) = (target?.as_f64(), actual?.as_f64());
    let meaningful = better == Better::Higher && target > 0.0 && actual >= 0.0;
    meaningful.then(|| format!("{:.1}", actual / target * 100.0))
}

fn grouped(number: &Option<Decimal>) -> Option<String> {
    number.as_ref().map(Decimal::grouped)
}

#[cfg(test)]
mod tests {
    use super::{every_year, ratio, with_unit};
    use crate::calendar::FiscalYear;
    use crate::policy::Better;
    use crate::text::{Decimal, Language};

    #[test]
    fn a_ratio_is_shown_only_where_it_means_something() {
        let number = |text: &str| Decimal::parse(text).expect("a number");
        let of = |better, target: &str, actual: &str| {
            ratio(better, Some(&number(target)), Some(&number(actual)))
        };
        assert_eq!(of(Better::Higher, "200", "190").as_deref(), Some("95.0"));
        assert_eq!(of(Better::Higher, "0", "3"), None);
        assert_eq!(of(Better::Lower, "10", "5"), None);
        assert_eq!(of(Better::Steady, "10", "10"), None);
        assert_eq!(ratio(Better::Higher, None, Some(&number("1"))), None);
    }

    #[test]
    fn every_year_has_its_place_unless_there_are_too_many() {
        let rows = |years: &[i32]| -> Vec<FiscalYear> {
            years.iter().copied().filter_map(FiscalYear::new).collect()
        };
        let gap = rows(&[2019, 2022]);
        let known: Vec<bool> =
            every_year(&gap, |year| *year).into_iter().map(|(_, row)| row.is_some()).collect();
        assert_eq!(known, [true, false, false, true]);
        assert_eq!(every_year(&rows(&[1900, 2022]), |year| *year).len(), 2);
    }

    #[test]
    fn a_unit_follows_as_the_language_has_it() {
        assert_eq!(with_unit("5", Some("品"), Language::Ja), "5品");
        assert_eq!(with_unit("5", Some("items"), Language::En), "5 items");
        assert_eq!(with_unit("5", Some("品"), Language::En), "5");
        assert_eq!(with_unit("5", Some("%"), Language::En), "5%");
        assert_eq!(with_unit("5", None, Language::Ja), "5");
    }
}
