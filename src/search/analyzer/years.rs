//! **Years** in a text, such as 令和3年度, R3 and 2021年, are indexed as the Western year.

use super::characters::{CharacterClass, character, class};
use super::tables::{TABLES, WrittenEra};

/// A year in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMention {
    /// Index of its first code point.
    pub start: usize,
    /// Index after its last code point; 年 and 年度 are part of it.
    pub end: usize,
    /// The Western year.
    pub year: i32,
}

/// The years in `normal`, in order: a year of an era by its name or letter, or four digits before
/// 年.
pub fn years(normal: &[char]) -> Vec<YearMention> {
    let mut years = Vec::new();
    let mut position = 0;
    while position < normal.len() {
        let begins = character(normal[position]).begins_year();
        match begins.then(|| mention(normal, position, false)).flatten() {
            Some(mention) => {
                position = mention.end;
                years.push(mention);
            }
            None => position += 1,
        }
    }
    years
}

/// The year, if the whole keyword `normal` is one; here four digits without 年 are enough.
pub fn whole_year(normal: &[char]) -> Option<i32> {
    let mention = mention(normal, 0, true)?;
    (mention.end == normal.len()).then_some(mention.year)
}

/// The year that begins at `start`. `alone` accepts four digits without 年.
fn mention(normal: &[char], start: usize, alone: bool) -> Option<YearMention> {
    of_an_era(normal, start).or_else(|| western(normal, start, alone))
}

/// The year of an era that begins at `start`.
fn of_an_era(normal: &[char], start: usize) -> Option<YearMention> {
    let rest = &normal[start..];
    let (era, at, by_letter) = TABLES.eras.iter().find_map(|era| named(era, normal, start))?;
    let (number, length) = match rest.get(at) {
        Some('元') => (1, 1),
        _ => number(&rest[at..])?,
    };
    let end = start + at + length;
    // R3 must end with its number: `r3b`, and 令和31 followed by more digits, are no years.
    let after = normal.get(end).copied().and_then(class);
    if after == Some(CharacterClass::Digit) || (by_letter && after == Some(CharacterClass::Word)) {
        return None;
    }
    if number == 0 || number > 64 {
        return None;
    }
    Some(YearMention { start, end: past_year(normal, end), year: era.first_year + number - 1 })
}

/// `era`, if its name or letter is at `start`, with the number of code points that it takes, and
/// whether it is the letter.
fn named<'t>(
    era: &'t WrittenEra,
    normal: &[char],
    start: usize,
) -> Option<(&'t WrittenEra, usize, bool)> {
    let rest = &normal[start..];
    let named = era.name.chars().zip(rest).take_while(|(a, b)| a == *b).count();
    if named == era.name.chars().count() && rest.len() > named {
        return Some((era, named, false));
    }
    if rest[0] != era.letter || !rest.get(1).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let before = start.checked_sub(1).and_then(|before| class(normal[before]));
    (!matches!(before, Some(CharacterClass::Word | CharacterClass::Digit)))
        .then_some((era, 1, true))
}

/// The value of one or two digits, or of kanji numerals up to 99, and how many code points they
/// take.
fn number(rest: &[char]) -> Option<(i32, usize)> {
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        return (digits <= 2).then(|| (value(&rest[..digits]), digits));
    }
    let (mut tens, mut ones, mut length) = (0, 0, 0);
    for &c in rest {
        match "一二三四五六七八九".chars().position(|kanji| kanji == c) {
            Some(digit) if ones == 0 => ones = digit as i32 + 1,
            None if c == '十' && tens == 0 => {
                tens = if ones == 0 { 1 } else { ones };
                ones = 0;
            }
            _ => break,
        }
        length += 1;
    }
    (length > 0).then_some((tens * 10 + ones, length))
}

/// Four digits that begin at `start` and name a year from 1868 to 2199; 年 must follow unless
/// `alone`.
fn western(normal: &[char], start: usize, alone: bool) -> Option<YearMention> {
    let digit_before = start > 0 && normal[start - 1].is_ascii_digit();
    let digits = normal[start..].iter().take_while(|c| c.is_ascii_digit()).count();
    if digits != 4 || digit_before {
        return None;
    }
    let end = start + 4;
    let year = value(&normal[start..end]);
    let past = past_year(normal, end);
    ((1868..=2199).contains(&year) && (alone || past > end)).then_some(YearMention {
        start,
        end: past,
        year,
    })
}

/// Value of at most four ASCII digits.
fn value(digits: &[char]) -> i32 {
    digits.iter().filter_map(|c| c.to_digit(10)).fold(0, |value, digit| value * 10 + digit as i32)
}

/// The index after 年 or 年度, where one is at `end`; otherwise `end`.
fn past_year(normal: &[char], end: usize) -> usize {
    match (normal.get(end), normal.get(end + 1)) {
        (Some('年'), Some('度')) => end + 2,
        (Some('年'), _) => end + 1,
        _ => end,
    }
}
