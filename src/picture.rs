//! A **picture** represents a measure where its page is shared: a PNG of 1200 × 630 pixels (Open
//! Graph) with title, rating, department and year.
//!
//! Its text is drawn in fonts that the site names. None is part of the binary, since a Japanese
//! font is many times its size; on a machine with none of the fonts there are no pictures, which is
//! a warning. The same fonts and content give the same bytes: coverage is rounded to a few steps,
//! and each picture is painted in a fixed order by one thread.
//!
//! Not in here: which pages name a picture (`html`).

mod canvas;
mod card;
mod encode;
mod fonts;
mod glyphs;
mod lines;
mod shapes;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::artifact::{Artifact, FactsByPath, Sink};
use crate::config::Pictures;
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;
use crate::site::{Site, file_paths};
use crate::text::Language;
use crate::theme::Theme;

use card::Card;
use fonts::Stacks;
use glyphs::{Glyph, GlyphKey};

pub use fonts::{Fonts, open_fonts};

/// Most characters that a warning names.
const NAMED: usize = 12;

/// Draws the pictures of all measures, in each language of the site, into `sink`. Characters that
/// the fonts lack are reported in `diagnostics`. Returns size and digest of each picture by path.
pub fn render(
    site: &Site,
    theme: &Theme,
    fonts: &Fonts,
    sink: &dyn Sink,
    diagnostics: &mut Diagnostics,
) -> FactsByPath {
    let stacks = Stacks::of(fonts);
    let own = site.config.own_language();
    let wanted: Vec<(usize, _)> = (site.config.languages.iter())
        .flat_map(|&language| (0..site.measures.len()).map(move |index| (index, language)))
        .collect();
    let cards: Vec<Card> = wanted
        .par_iter()
        .map(|&(index, language)| Card::of(site, theme, &stacks, index, language))
        .collect();
    if let Some(pictures) = &site.config.pictures {
        let missing = missing(&cards, &wanted);
        diagnostics_of_missing(site, pictures, &missing, diagnostics);
    }
    // Most characters are on many pictures: each is drawn once and then copied.
    let keys: BTreeSet<GlyphKey> = cards.iter().flat_map(Card::glyphs).collect();
    let keys: Vec<GlyphKey> = keys.into_iter().collect();
    let glyphs: BTreeMap<GlyphKey, Glyph> =
        keys.par_iter().map(|&key| (key, stacks.draw(key))).collect();
    wanted
        .par_iter()
        .zip(&cards)
        .map(|(&(index, language), card)| {
            let key = file_paths::measure_picture(site.measures[index].id.as_str());
            let canvas = card.paint(&glyphs);
            let path = file_paths::localized(&key, language, own);
            let picture = encode::png(&canvas, &card.palette(&theme.colours));
            (path.clone(), sink.take(Artifact::new(path, picture)))
        })
        .collect()
}

/// Draws the picture of the measure `index` in `language`: the same bytes that [`render`] gives.
pub fn picture(
    site: &Site,
    theme: &Theme,
    fonts: &Fonts,
    index: usize,
    language: Language,
) -> Vec<u8> {
    let stacks = Stacks::of(fonts);
    let card = Card::of(site, theme, &stacks, index, language);
    let glyphs: BTreeMap<GlyphKey, Glyph> =
        card.glyphs().map(|key| (key, stacks.draw(key))).collect();
    encode::png(&card.paint(&glyphs), &card.palette(&theme.colours))
}

/// Characters that no font has, each with the first measure that needs it.
fn missing<L>(cards: &[Card], wanted: &[(usize, L)]) -> BTreeMap<char, usize> {
    let mut missing = BTreeMap::new();
    for (card, (index, _)) in cards.iter().zip(wanted) {
        for &character in &card.missing {
            missing.entry(character).or_insert(*index);
        }
    }
    missing
}

/// Reports the characters that no font has, in one diagnostic, with the first measure of the site
/// that needs any of them. Reports nothing if `missing` is empty.
fn diagnostics_of_missing(
    site: &Site,
    pictures: &Pictures,
    missing: &BTreeMap<char, usize>,
    diagnostics: &mut Diagnostics,
) {
    let Some(&first) = missing.values().min() else { return };
    let named = || missing.keys().take(NAMED).map(|&c| (c, u32::from(c)));
    let more = missing.len().saturating_sub(NAMED);
    let (more, more_en) = match more {
        0 => (String::new(), String::new()),
        _ => (format!("、ほか{more}字"), format!(" and {more} more")),
    };
    let list: Vec<String> = named().map(|(c, code)| format!("「{c}」（U+{code:04X}）")).collect();
    let list_en: Vec<String> = named().map(|(c, code)| format!("`{c}` (U+{code:04X})")).collect();
    let (list, list_en) = (list.join("、") + &more, list_en.join(", ") + &more_en);
    diagnostics.push(
        Diagnostic::new(
            &diagnostic::PICTURE_GLYPH,
            pictures.place.clone(),
            message!(
                ja: "共有用の画像のフォントに、次の文字がありません：{list}",
                en: "the fonts for the pictures have no glyph for {list_en}",
            ),
        )
        .with_help(message!(
            ja: "その文字を含むフォントを「fonts」に追加してください。追加するまでは「〓」で表示します",
            en: "add a font that has these characters to `fonts`; until then, 〓 is drawn instead",
        ))
        .with_related(
            site.measures[first].place.clone(),
            message!(ja: "その文字を使っている施策の例", en: "a measure that uses these characters"),
        ),
    );
}
