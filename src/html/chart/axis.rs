//! The **axis** labels: how a round value is written in little space, how wide that is, and which
//! years have room for their names.

use crate::config::MinusSign;
use crate::html::numbers::signed;
use crate::text::{Decimal, Language};

/// Least width of a plot in pixels: a phone of 320 pixels, less its margins.
pub(super) const NARROWEST: f64 = 288.0;

/// The labels of `ticks`, all in the same power of ten. A power (`40万`, `2 m`) is used if every
/// tick then needs one decimal at most, and 万 only from 100,000 on. Japanese labels use none if
/// `unit` itself is a power, as in 千円.
pub(super) fn labels(
    ticks: &[f64],
    decimals: usize,
    unit: Option<&str>,
    (language, minus): (Language, MinusSign),
) -> Vec<String> {
    let most = ticks.iter().fold(0.0_f64, |most, tick| most.max(tick.abs()));
    let counts_itself =
        unit.is_some_and(|unit| unit.starts_with(['十', '百', '千', '万', '億', '兆']));
    let powers: &[(f64, &str)] = match language {
        Language::Ja if counts_itself => &[],
        Language::Ja => &[(1e12, "兆"), (1e8, "億"), (1e4, "万")],
        Language::En => &[(1e12, " tn"), (1e9, " bn"), (1e6, " m")],
    };
    let fits = |power: f64| {
        let tenth = |tick: &f64| (tick / power * 10.0).fract().abs() < 1e-9;
        most >= power * if power < 1e6 { 10.0 } else { 1.0 } && ticks.iter().all(tenth)
    };
    let power = powers.iter().find(|(power, _)| fits(*power));
    let grouped = |value, decimals| {
        let number = Decimal::rounded(value, decimals).map_or_else(String::new, |n| n.grouped());
        signed(&number, minus, language)
    };
    ticks
        .iter()
        .map(|&tick| match power {
            Some((power, name)) if tick != 0.0 => {
                let decimals = usize::from((tick / power).fract().abs() > 1e-9);
                format!("{}{name}", grouped(tick / power, decimals))
            }
            _ => grouped(tick, if tick == 0.0 { 0 } else { decimals }),
        })
        .collect()
}

/// Estimated width of `text` in pixels at the size of labels; rather too large than too small.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 7.6 } else { 13.2 }).sum()
}

/// Which of the `labels` are written, if each has a band of `band` pixels: all of them, or every
/// second, third and so on, counted from the newest, so that none runs into the next.
pub(super) fn written(labels: &[&str], band: f64) -> Vec<bool> {
    let widest = labels.iter().map(|label| width(label)).fold(0.0, f64::max) + 6.0;
    let every = ((widest / band).ceil() as usize).max(1);
    (0..labels.len()).map(|place| (labels.len() - 1 - place).is_multiple_of(every)).collect()
}

#[cfg(test)]
mod tests {
    use super::{labels, written};
    use crate::config::MinusSign;
    use crate::text::Language;

    const JA: (Language, MinusSign) = (Language::Ja, MinusSign::Minus);

    #[test]
    fn large_round_numbers_are_short() {
        let ja = |ticks: &[f64], unit| labels(ticks, 0, Some(unit), JA);
        assert_eq!(ja(&[0.0, 200_000.0, 400_000.0], "円"), ["0", "20万", "40万"]);
        assert_eq!(ja(&[0.0, 200_000.0, 400_000.0], "千円"), ["0", "200,000", "400,000"]);
        assert_eq!(ja(&[0.0, 5e7, 1e8], "円"), ["0", "0.5億", "1億"]);
        assert_eq!(ja(&[0.0, 25_000.0], "人"), ["0", "25,000"]);
        assert_eq!(
            labels(&[0.0, 2.5e6], 0, None, (Language::En, MinusSign::Minus)),
            ["0", "2.5 m"]
        );
        assert_eq!(labels(&[-0.5, 0.0, 0.5], 1, None, JA), ["−0.5", "0", "0.5"]);
    }

    #[test]
    fn years_are_left_out_from_the_newest_backwards() {
        assert_eq!(written(&["令和2", "令和3", "令和4"], 60.0), [true, true, true]);
        assert_eq!(written(&["2019", "2020", "2021", "2022"], 20.0), [false, true, false, true]);
    }
}
