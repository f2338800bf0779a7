//! **Ratings by year**: a row for each fiscal year, divided among the ratings of its measures.

use minijinja::value::Value;
use serde::Serialize;

use crate::calendar::FiscalYear;
use crate::config::RatingLook;
use crate::site::{RatingCount, file_paths};

use super::super::context::PageContext;
use super::looks::{ShapeClass, ShapeRole};
use super::svg::{Anchor, Drawing};

/// Height of a row, and how far the next begins below.
const BAR: f64 = 26.0;
const STEP: f64 = 36.0;
/// Left and right end of the bars, as fractions of the width: years are left of them, sums right.
const BARS: (f64, f64) = (0.16, 0.88);
/// Width of the bars on the smallest phone, and width of a digit, in pixels.
const SMALLEST: f64 = 200.0;
const DIGIT: f64 = 9.0;

/// The chart, and the same figures for a table. `_charts.html` lays both out.
#[derive(Serialize)]
pub(in crate::html) struct RatingsByYear {
    svg: Value,
    /// The ratings that occur, in the order of the scale: heads of the table, and the key of the
    /// chart.
    ratings: Vec<LegendItem>,
    years: Vec<RatedYear>,
}

#[derive(Serialize)]
struct LegendItem {
    rating: Value,
    /// Class of its segments, for the key.
    look: String,
}

#[derive(Serialize)]
struct RatedYear {
    year: String,
    url: String,
    total: usize,
    /// Number of measures for each of `RatingsByYear::ratings`.
    counts: Vec<usize>,
}

/// A chart with a row for each of `years`, in their order. All bars are equally long, because
/// shares are compared; each segment that has room shows its number. `id` must be unique on the
/// page and a valid element id; `title` names the chart ("達成度の内訳：福祉部"). `None` if nothing
/// is counted.
///
/// In a view: `ratings: chart::ratings_by_year(context, "ratings", &title, &years)`. In its
/// template:
/// `{% import "_charts.html" as charts %}{{ charts.ratings_by_year(view.ratings, words, page) }}`
/// and `{% block head %}<link rel="stylesheet" href="{{ page.assets }}chart.css">{% endblock %}`.
pub(in crate::html) fn ratings_by_year(
    context: &PageContext<'_>,
    id: &str,
    title: &str,
    years: &[(FiscalYear, &[RatingCount])],
) -> Option<RatingsByYear> {
    let all = &context.site.ratings;
    let count = |counts: &[RatingCount], rating: usize| -> usize {
        counts.iter().filter(|c| c.rating == rating).map(|c| c.count).sum()
    };
    let occurs = |rating: &usize| years.iter().any(|(_, counts)| count(counts, *rating) > 0);
    let ratings: Vec<usize> = (0..all.len()).filter(occurs).collect();
    if ratings.is_empty() {
        return None;
    }
    let looks: Vec<RatingLook> = ratings.iter().map(|&rating| context.looks[rating]).collect();
    let mut drawing = Drawing::new();
    let mut rows = Vec::new();
    let mut sentences = Vec::new();
    for (row, (year, counts)) in years.iter().enumerate() {
        let counts: Vec<usize> = ratings.iter().map(|&rating| count(counts, rating)).collect();
        let total: usize = counts.iter().sum();
        let top = row as f64 * STEP + 2.0;
        let base = top + BAR / 2.0 + 4.5;
        let label = year.short(context.language);
        drawing.text(ShapeRole::Label, Anchor::Start, (0.0, 0.0), base, &label);
        let mut done = 0;
        for (&count, &look) in counts.iter().zip(&looks) {
            if count == 0 {
                continue;
            }
            let at = |count: usize| BARS.0 + (BARS.1 - BARS.0) * count as f64 / total as f64;
            let (left, right) = (at(done), at(done + count));
            drawing.rect(ShapeRole::Segment(look), (left, right), top, BAR);
            let text = count.to_string();
            if (right - left) / (BARS.1 - BARS.0) * SMALLEST > DIGIT * text.len() as f64 + 6.0 {
                let at = ((left + right) / 2.0, 0.0);
                drawing.text(ShapeRole::OnSegment(look), Anchor::Middle, at, base, &text);
            }
            done += count;
        }
        drawing.text(ShapeRole::Value, Anchor::End, (1.0, 0.0), base, &total.to_string());
        sentences.push(sentence(context, *year, &ratings, &counts));
        rows.push(RatedYear {
            year: year.long(context.language),
            url: file_paths::year_page(*year),
            total,
            counts,
        });
    }
    let height = STEP * years.len() as f64 - (STEP - BAR) + 4.0;
    let svg = drawing.into_page(id, height, (title, None), &sentences.join(" "));
    let legend = ratings.iter().zip(&looks).map(|(&rating, &look)| LegendItem {
        rating: context.ratings[rating].clone(),
        look: ShapeClass(ShapeRole::Segment(look)).to_string(),
    });
    Some(RatingsByYear {
        svg: Value::from_safe_string(svg),
        ratings: legend.collect(),
        years: rows,
    })
}

/// The counts of one year in words, for people who do not see the chart.
fn sentence(
    context: &PageContext<'_>,
    year: FiscalYear,
    ratings: &[usize],
    counts: &[usize],
) -> String {
    let named: Vec<String> = ratings
        .iter()
        .zip(counts)
        .filter(|(_, count)| **count > 0)
        .map(|(&rating, count)| {
            let label = context.site.ratings[rating].rating.label.get(context.language);
            context
                .word("chart_count")
                .replace("{name}", label)
                .replace("{count}", &count.to_string())
        })
        .collect();
    let comma = context.word("chart_comma");
    let list = if named.is_empty() { context.word("chart_nothing") } else { named.join(&comma) };
    context
        .word("chart_year")
        .replace("{year}", &year.long(context.language))
        .replace("{list}", &list)
}
