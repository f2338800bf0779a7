//! **Pictures of columns**: the profile of each column as a few bars, and the same in words.
//!
//! Not in here: counting (`dataset`), and looks (`theme`).

use serde::Serialize;

use crate::dataset::{Bin, Dataset, Profile, Spread};

use crate::html::context::PageContext;

/// Width and height of a picture, in its own units.
const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 32.0;
/// Gap between two bars, as a share of their width.
const GAP: f64 = 0.12;

/// The profile of a column, as it is shown.
#[derive(Serialize)]
pub(super) struct ProfileView {
    /// Values with their counts, if there are only a few values or these are the most frequent
    /// ones.
    counts: Vec<CountView>,
    /// How many other values there are and in how many rows, in words.
    others: Option<String>,
    /// Bars side by side.
    bars: Vec<Bar>,
    /// The bars in words, for people who do not see them.
    said: String,
    /// The labels below the first and the last bar.
    ends: Option<[String; 2]>,
    /// In words: least, median and greatest number; first and last date; or the number of distinct
    /// texts.
    facts: Option<String>,
    /// In words: how many rows are blank, and which share that is.
    blanks: Option<String>,
}

#[derive(Serialize)]
struct CountView {
    value: String,
    count: usize,
    /// Width of its bar, of which the longest is 100.
    width: f64,
}

#[derive(Serialize)]
struct Bar {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// The profiles of the columns of `dataset`.
pub(in crate::html) fn profiles(dataset: &Dataset) -> Vec<Profile> {
    let columns = dataset.columns.iter().enumerate();
    columns.map(|(index, column)| Profile::of(&dataset.rows, index, column)).collect()
}

/// `profile` of a column of a dataset with `rows` rows, as the page shows it.
pub(super) fn view(context: &PageContext<'_>, profile: &Profile, rows: usize) -> ProfileView {
    let mut view = ProfileView {
        counts: Vec::new(),
        others: None,
        bars: Vec::new(),
        said: String::new(),
        ends: None,
        facts: None,
        blanks: None,
    };
    if profile.blanks > 0 {
        let share = format!("{:.0}", profile.blanks as f64 * 100.0 / rows.max(1) as f64);
        let share = if share == "0" { "<1".to_owned() } else { share };
        view.blanks = Some(fill(
            context.word("profile_blanks"),
            &[("count", &profile.blanks.to_string()), ("share", &share)],
        ));
    }
    match &profile.spread {
        Spread::Nothing => {}
        Spread::Values { counts, other_values, other_rows } => {
            let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(1);
            let count = |(value, count): &(String, usize)| CountView {
                value: value.clone(),
                count: *count,
                width: rounded(*count as f64 * 100.0 / most as f64),
            };
            view.counts = counts.iter().map(count).collect();
            view.others = (*other_values > 0).then(|| {
                fill(
                    context.word("profile_others"),
                    &[("values", &other_values.to_string()), ("rows", &other_rows.to_string())],
                )
            });
        }
        Spread::Numbers { least, median, most, bins } => {
            let stretch = |bin: &Bin| (format!("{}–{}", bin.from, bin.to), bin.count);
            draw(&mut view, bins.iter().map(stretch).collect());
            let figures = [("least", least), ("median", median), ("most", most)];
            let figures = figures.map(|(name, figure)| (name, figure.as_str()));
            view.facts = Some(fill(context.word("profile_numbers"), &figures));
            let ends = bins.first().zip(bins.last());
            view.ends = ends.map(|(first, last)| [first.from.clone(), last.to.clone()]);
        }
        Spread::Times { first, last, counts } => {
            draw(&mut view, counts.clone());
            view.facts =
                Some(fill(context.word("profile_times"), &[("first", first), ("last", last)]));
            let ends = counts.first().zip(counts.last());
            view.ends = ends.map(|(first, last)| [first.0.clone(), last.0.clone()]);
        }
        Spread::Texts { distinct } => {
            let all = *distinct == rows - profile.blanks;
            let word = if all { "profile_different" } else { "profile_distinct" };
            view.facts = Some(fill(context.word(word), &[("count", &distinct.to_string())]));
        }
    }
    view
}

fn fill(text: String, values: &[(&str, &str)]) -> String {
    values.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// Adds the bars for `counts` to `view`, and the same in words.
fn draw(view: &mut ProfileView, counts: Vec<(String, usize)>) {
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1) as f64;
    let step = WIDTH / counts.len().max(1) as f64;
    let bar = |(place, (_, count)): (usize, &(String, usize))| {
        // Even one row among thousands must be visible.
        let height = (*count as f64 / most * HEIGHT).max(if *count > 0 { 1.0 } else { 0.0 });
        Bar {
            x: rounded(place as f64 * step),
            y: rounded(HEIGHT - height),
            width: rounded(step * (1.0 - GAP)),
            height: rounded(height),
        }
    };
    view.bars = counts.iter().enumerate().map(bar).collect();
    let said: Vec<String> = counts.iter().map(|(name, count)| format!("{name}: {count}")).collect();
    view.said = said.join(", ");
}

/// Rounds to two decimals, which are enough for a picture.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
