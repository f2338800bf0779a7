//! How the **text** at a source becomes a value: the marked choice is taken, the text is mapped, a
//! list is split, and a prefix and a suffix are added.

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Diagnostic};
use crate::message;
use crate::table::{GatheredCell, Missing, shortened};

use super::PATH_SIGN;
use super::source::{At, FactSpot, Marks};

/// The value that is published for `cell`, which was found at `source`. `year` is the fiscal year
/// of the form, and `missing` has the texts that stand for a missing value.
///
/// # Errors
///
/// If `source` has marks and not exactly one choice is marked.
pub(super) fn published(
    source: &FactSpot,
    cell: GatheredCell,
    year: FiscalYear,
    missing: &Missing,
) -> Result<GatheredCell, Box<Diagnostic>> {
    let GatheredCell { text, spot, whole, told } = cell;
    let is_missing = missing.contains(&text);
    let mut made = match &source.marks {
        Some(marks) => match chosen(&text, marks) {
            Ok(choice) => choice.to_owned(),
            Err(marked) => {
                let place =
                    spot.as_ref().map_or(source.declared.clone(), |spot| spot.place().into());
                return Err(Box::new(not_one(place, &text, marked, marks, source)));
            }
        },
        None if is_missing => String::new(),
        None => text.clone(),
    };
    if !made.is_empty() {
        made = source.mapped(&made).to_owned();
        if let Some(between) = &source.split {
            let items = made.split(between.as_str()).map(str::trim).filter(|item| !item.is_empty());
            made = items.collect::<Vec<_>>().join(";");
        }
        let around = |text: &Option<String>| {
            text.as_deref().unwrap_or_default().replace("{year}", &year.to_string())
        };
        made = around(&source.prefix) + &made + &around(&source.suffix);
    }
    let whole = whole && (made == text || is_missing);
    Ok(GatheredCell { text: made, spot, whole, told })
}

/// The cell of `source`. A code or a path in the plan is composed of several places in their order;
/// `leaf` reads one of them.
pub(super) fn composed(
    source: &FactSpot,
    leaf: &mut impl FnMut(&FactSpot) -> GatheredCell,
) -> GatheredCell {
    match &source.at {
        At::Code(digits) => joined(digits.iter().map(leaf).collect()),
        At::Path { codes, titles } => {
            let codes = codes
                .iter()
                .map(|digits| joined(digits.iter().map(&mut *leaf).collect()))
                .collect();
            path(codes, titles.iter().map(leaf).collect())
        }
        _ => leaf(source),
    }
}

/// The parts of a code joined to one cell; its spot is the first that is known.
fn joined(digits: Vec<GatheredCell>) -> GatheredCell {
    let text = digits.iter().map(|part| part.text.as_str()).collect();
    let spot = digits.into_iter().find_map(|part| part.spot);
    GatheredCell { text, spot, whole: false, told: false }
}

/// The path in the plan as the table of measures has it:
/// `01 安全に暮らせるまち › 02 交通安全の推進`. Its spot is that of the lowest code, or else of the
/// lowest title.
fn path(codes: Vec<GatheredCell>, titles: Vec<GatheredCell>) -> GatheredCell {
    let levels = codes.len().max(titles.len());
    let mut parts: Vec<String> = Vec::with_capacity(levels);
    for level in 0..levels {
        let text = |cells: &[GatheredCell]| {
            cells.get(level).map(|cell| cell.text.clone()).filter(|text| !text.is_empty())
        };
        match (text(&codes), text(&titles)) {
            (Some(code), Some(title)) => parts.push(format!("{code} {title}")),
            (Some(one), None) | (None, Some(one)) => parts.push(one),
            (None, None) => {}
        }
    }
    let spot = titles.iter().chain(&codes).rev().find_map(|cell| cell.spot.clone());
    GatheredCell { text: parts.join(&format!(" {PATH_SIGN} ")), spot, whole: false, told: false }
}

/// The label of the first level that the path `way` lacks; `None` if it reaches the lowest level of
/// `source`, or is blank.
pub(super) fn lacking<'s>(source: &'s FactSpot, way: &GatheredCell) -> Option<&'s str> {
    let At::Path { codes, titles } = &source.at else { return None };
    let levels = way.text.split(PATH_SIGN).filter(|level| !level.trim().is_empty()).count();
    let next = titles.get(levels).or_else(|| codes.get(levels)?.first());
    next.filter(|_| levels > 0).and_then(FactSpot::label)
}

/// The marked choice in `text`, or the number of marked choices if that is not one.
fn chosen<'t>(text: &'t str, marks: &Marks) -> Result<&'t str, usize> {
    let mut choices: Vec<(bool, &str)> = Vec::new();
    let mut rest = text;
    // The text before the first sign belongs to none of the choices.
    while let Some((at, is_marked)) = next_mark(rest, marks) {
        let sign = if is_marked { &marks.marked } else { &marks.unmarked };
        let after = &rest[at + sign.len()..];
        let end = next_mark(after, marks).map_or(after.len(), |(end, _)| end);
        let between = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '／' | '/');
        choices.push((is_marked, after[..end].trim_matches(between)));
        rest = &after[end..];
    }
    let mut marked = choices.iter().filter(|(is_marked, _)| *is_marked);
    match (marked.next(), marked.count()) {
        (Some((_, choice)), 0) => Ok(choice),
        (Some(_), more) => Err(more + 1),
        (None, _) => Err(0),
    }
}

/// Where the next sign in `text` begins, and whether it marks a choice.
fn next_mark(text: &str, marks: &Marks) -> Option<(usize, bool)> {
    let marked = text.find(&marks.marked).map(|at| (at, true));
    let unmarked = text.find(&marks.unmarked).map(|at| (at, false));
    match (marked, unmarked) {
        (Some(one), Some(other)) => Some(if one.0 <= other.0 { one } else { other }),
        (one, other) => one.or(other),
    }
}

/// The problem that `marked` choices of `text`, rather than one, are marked.
fn not_one(
    place: crate::diagnostic::Place,
    text: &str,
    marked: usize,
    marks: &Marks,
    source: &FactSpot,
) -> Diagnostic {
    let Marks { marked: sign, .. } = marks;
    let label = source.label().unwrap_or_default();
    let shown = shortened(text);
    let message = match (marked, text.is_empty()) {
        (_, true) => message!(
            ja: "「{label}」の選択肢がなく、「{sign}」が付いていません",
            en: "nothing is chosen for `{label}`: the cell is blank",
        ),
        (0, _) => message!(
            ja: "「{label}」の「{shown}」には、「{sign}」の付いた選択肢がありません",
            en: "nothing is marked by `{sign}` for `{label}`: `{shown}`",
        ),
        _ => message!(
            ja: "「{label}」の「{shown}」には、「{sign}」の付いた選択肢が{marked}つあります",
            en: "{marked} choices are marked by `{sign}` for `{label}`: `{shown}`",
        ),
    };
    Diagnostic::new(&diagnostic::FORM_MARK, place, message).with_help(message!(
        ja: "当てはまる選択肢を一つだけ「{sign}」にしてください",
        en: "mark the one choice that applies by `{sign}`",
    ))
}

#[cfg(test)]
mod tests {
    use super::super::source::Marks;
    use super::chosen;

    #[test]
    fn just_one_choice_is_marked() {
        let marks = Marks { marked: "■".to_owned(), unmarked: "□".to_owned() };
        for (text, choice) in [
            ("□現状維持　■改革改善（縮小・統合含む）　□廃止", Ok("改革改善（縮小・統合含む）")),
            ("■ 妥当である\n□ 見直し余地がある", Ok("妥当である")),
            ("□有　□無", Err(0)),
            ("■有　■無", Err(2)),
            ("", Err(0)),
            ("妥当である", Err(0)),
        ] {
            assert_eq!(chosen(text, &marks), choice, "{text}");
        }
    }
}
