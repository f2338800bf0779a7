//! Checks the **contrast** of a theme's colours: text and the shapes of ratings must contrast with
//! their background (WCAG 2.2, 1.4.3 and 1.4.11).
//!
//! Not in here: colours that are not written as `#rgb` or `#rrggbb`; they are not checked.

use std::collections::BTreeMap;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located};
use crate::message;

use super::colour::Colour;

/// Foreground and background pairs.
const PAIRS: [(&str, &str); 13] = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "mark"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent-ink", "accent"),
    ("good", "paper"),
    ("fair", "paper"),
    ("poor", "paper"),
    ("none", "paper"),
    ("good", "surface"),
];

/// Minimum contrast ratio of text.
const LEAST: f64 = 4.5;

/// The colour scheme to which the colours belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Light,
    Dark,
}

/// Warns about pairs with too little contrast when the theme's `own` tokens replace the `default`
/// ones.
pub(super) fn check(
    default: &BTreeMap<String, String>,
    own: &BTreeMap<String, Located<String>>,
    scheme: Scheme,
    diagnostics: &mut Diagnostics,
) {
    let value = |name: &str| match own.get(name) {
        Some(value) => Some(value.value.as_str()),
        None => default.get(name).map(String::as_str),
    };
    for (front, back) in PAIRS {
        let Some(place) = own.get(front).or_else(|| own.get(back)).map(|token| &token.place) else {
            continue;
        };
        let (Some(front_colour), Some(back_colour)) =
            (value(front).and_then(luminance), value(back).and_then(luminance))
        else {
            continue;
        };
        let ratio = ratio(front_colour, back_colour);
        if ratio >= LEAST {
            continue;
        }
        // Rounded down, so that a ratio shown as 4.5 is at least 4.5.
        let ratio = format!("{:.1}", (ratio * 10.0).floor() / 10.0);
        let (ja, en) = match scheme {
            Scheme::Light => ("", ""),
            Scheme::Dark => ("暗い配色で、", " in the dark colour scheme"),
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::THEME_CONTRAST,
                place.clone(),
                message!(
                    ja: "{ja}「{back}」の上の「{front}」のコントラスト比が、{ratio}:1しかありません",
                    en: "`{front}` on `{back}` has a contrast ratio of only {ratio}:1{en}",
                ),
            )
            .with_help(message!(
                ja: "文字には{LEAST}:1以上のコントラスト比が必要です（WCAG 2.2 達成基準1.4.3）。どちらかの色を明るく、または暗くしてください",
                en: "text needs at least {LEAST}:1 (WCAG 2.2, 1.4.3); make one of the two colours lighter or darker",
            )),
        );
    }
}

/// Contrast ratio of two relative luminances.
fn ratio(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of a colour written as `#rgb` or `#rrggbb`.
fn luminance(colour: &str) -> Option<f64> {
    Colour::parse(colour).map(Colour::luminance)
}

#[cfg(test)]
mod tests {
    use super::{luminance, ratio};

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let of = |a: &str, b: &str| {
            let colour = |text: &str| luminance(text).expect("a colour");
            (ratio(colour(a), colour(b)) * 100.0).round() / 100.0
        };
        assert_eq!(of("#000", "#ffffff"), 21.0);
        assert_eq!(of("#767676", "#fff"), 4.54);
        assert_eq!(of("#fff", "#fff"), 1.0);
        assert_eq!(luminance("rgb(0, 0, 0)"), None);
        assert_eq!(luminance("#12"), None);
    }
}
