//! The **classes** of a choropleth: between bounds that are declared, or with as many areas each.
//!
//! Not in here: which areas there are, and their figures (`map`).

use crate::diagnostic::{self, Diagnostic, Located};
use crate::document::Keys;
use crate::message;
use crate::text::{Decimal, Localized};

/// An area with its figure.
#[derive(Clone, Debug)]
pub struct ValuedArea {
    /// What it is called.
    pub name: Localized,
    /// Its parts, as indices into the areas of the file.
    pub parts: Vec<usize>,
    /// Its figure; `None` where that is not known.
    pub value: Option<Decimal>,
    /// Index of its class; `None` without a figure.
    pub class: Option<usize>,
}

/// A class of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapClass {
    /// Its least figure; `None` where it has no lower bound.
    pub from: Option<Decimal>,
    /// Its greatest figure or, if its bounds are declared, the figure below which it ends; `None`
    /// where it has no upper bound.
    pub to: Option<Decimal>,
}

/// Most classes, which still can be told apart, and their number if nothing else is written.
pub(super) const CLASSES: u32 = 6;
const USUAL: usize = 5;

/// The bounds of classes, which must be numbers and rise.
pub(super) fn bounds(written: &[Located<String>], keys: &mut Keys<'_>) -> Option<Vec<Decimal>> {
    let mut found: Vec<Decimal> = Vec::new();
    for bound in written {
        let text = &bound.value;
        let number = Decimal::parse(text);
        let rises =
            |number: &Decimal| found.last().is_none_or(|last| last.as_f64() < number.as_f64());
        let message = match &number {
            None => message!(ja: "「{text}」は数値ではありません", en: "`{text}` is not a number"),
            Some(number) if !rises(number) => message!(
                ja: "「{text}」が、その前の境目より大きくありません",
                en: "`{text}` is not greater than the bound before it",
            ),
            Some(_) => {
                found.extend(number);
                continue;
            }
        };
        let help = message!(
            ja: "「breaks = [5000, 10000]」のように、小さい順に記入してください",
            en: "write them in rising order: `breaks = [5000, 10000]`",
        );
        keys.push(
            Diagnostic::new(&diagnostic::SITE_BLOCK, bound.place.clone(), message).with_help(help),
        );
        return None;
    }
    if found.len() >= CLASSES as usize {
        let count = found.len() + 1;
        keys.problem(
            &diagnostic::SITE_BLOCK,
            "breaks",
            message!(
                ja: "{count}の階級は、塗り分けても見分けられません（{CLASSES}まで）",
                en: "{count} classes cannot be told apart; at most {CLASSES} can",
            ),
            message!(ja: "境目を減らしてください", en: "use fewer bounds"),
        );
        return None;
    }
    Some(found)
}

/// Puts each area into one of the classes between `breaks`.
pub(super) fn declared(areas: &mut [ValuedArea], breaks: &[Decimal]) -> Vec<MapClass> {
    for area in areas {
        let value = area.value.as_ref().map(Decimal::as_f64);
        let below = |value: f64| breaks.iter().filter(|bound| bound.as_f64() <= value).count();
        area.class = value.map(below);
    }
    let bound = |index: Option<usize>| index.and_then(|index| breaks.get(index)).cloned();
    (0..=breaks.len())
        .map(|class| MapClass { from: bound(class.checked_sub(1)), to: bound(Some(class)) })
        .collect()
}

/// Puts the areas into classes of about as many areas each; areas with the same figure are in the
/// same class.
pub(super) fn quantiles(areas: &mut [ValuedArea], wanted: Option<usize>) -> Vec<MapClass> {
    let mut sorted: Vec<f64> =
        areas.iter().filter_map(|area| area.value.as_ref().map(Decimal::as_f64)).collect();
    sorted.sort_by(f64::total_cmp);
    let count = wanted.unwrap_or_else(|| (sorted.len() / 2).clamp(2, USUAL));
    // The least figure is in the first class, with all that are equal to it.
    let above = |class: usize| {
        let from = class * sorted.len() / count;
        sorted[from..].iter().copied().find(|figure| *figure > sorted[0])
    };
    let mut bounds: Vec<f64> = (1..count).filter_map(above).collect();
    bounds.dedup();
    let mut classes: Vec<MapClass> = vec![MapClass { from: None, to: None }; bounds.len() + 1];
    for area in areas {
        let Some(value) = &area.value else { continue };
        let class = bounds.iter().filter(|bound| **bound <= value.as_f64()).count();
        area.class = Some(class);
        let MapClass { from, to } = &mut classes[class];
        if from.as_ref().is_none_or(|from| value.as_f64() < from.as_f64()) {
            *from = Some(value.clone());
        }
        if to.as_ref().is_none_or(|to| value.as_f64() > to.as_f64()) {
            *to = Some(value.clone());
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::{ValuedArea, declared, quantiles};
    use crate::text::{Decimal, Localized};

    fn areas(values: &[Option<&str>]) -> Vec<ValuedArea> {
        let area = |value: &Option<&str>| ValuedArea {
            name: Localized::new(String::new()),
            parts: Vec::new(),
            value: value.map(|value| Decimal::parse(value).unwrap()),
            class: None,
        };
        values.iter().map(area).collect()
    }

    fn classes(areas: &[ValuedArea]) -> Vec<Option<usize>> {
        areas.iter().map(|area| area.class).collect()
    }

    #[test]
    fn a_bound_belongs_to_the_class_above_it() {
        let mut found = areas(&[Some("5"), Some("10"), None, Some("-1"), Some("20.5")]);
        let bounds = ["5", "10"].map(|bound| Decimal::parse(bound).unwrap());
        assert_eq!(declared(&mut found, &bounds).len(), 3);
        assert_eq!(classes(&found), [Some(1), Some(2), None, Some(0), Some(2)]);
    }

    #[test]
    fn quantiles_hold_as_many_areas_each_and_equal_figures_together() {
        let mut found = areas(&[Some("1"), Some("2"), Some("3"), Some("4"), Some("5"), Some("6")]);
        assert_eq!(quantiles(&mut found, None).len(), 3);
        assert_eq!(classes(&found), [0, 0, 1, 1, 2, 2].map(Some));
        let mut same = areas(&[Some("1"), Some("1"), Some("1"), Some("1"), Some("9"), None]);
        let found = quantiles(&mut same, Some(3));
        assert_eq!(classes(&same), [Some(0), Some(0), Some(0), Some(0), Some(1), None]);
        assert_eq!(found[1].from, Decimal::parse("9"));
        assert_eq!(quantiles(&mut areas(&[Some("7"), Some("7")]), None).len(), 1);
    }
}
