//! **Lines** of a title: where it breaks. Breaks are allowed by Unicode's rules for strict Japanese
//! (UAX #14: no 、 or 」 or ー or small kana at the head of a line, no 「 at its foot). Of these,
//! breaks between phrases are preferred to breaks within words, and lines of about equal length.
//!
//! Not in here: where a phrase ends (`text`).

use std::ops::Range;

use unicode_linebreak::linebreaks;

use crate::text::{Script, ends_phrase};

/// The end of a text that was cut.
pub(super) const ELLIPSIS: char = '…';

/// The cost of a break that no rule allows, within a word that is longer than a line.
const FORCED: f32 = 2.0;

/// The cost of each step to a smaller size: a slightly smaller size is better than a torn word.
const SMALLER: f32 = 0.05;

/// A text, with the width of each of its characters in ems and the cost of a break before it,
/// `None` where no break is allowed.
pub(super) struct Letters {
    characters: Vec<char>,
    widths: Vec<f32>,
    breaks: Vec<Option<f32>>,
}

/// A text broken into lines of one size.
#[derive(Debug, PartialEq)]
pub(super) struct Fitted {
    pub size: u16,
    pub lines: Vec<String>,
}

impl Letters {
    pub fn of(text: &str, width: impl Fn(char) -> f32) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let widths = characters.iter().map(|&character| width(character)).collect();
        let mut breaks = vec![None; characters.len()];
        let mut allowed = linebreaks(text).map(|(at, _)| at).peekable();
        for (number, (at, _)) in text.char_indices().enumerate() {
            if allowed.next_if_eq(&at).is_some() && number > 0 {
                breaks[number] = Some(cost(&characters, number));
            }
        }
        Self { characters, widths, breaks }
    }

    /// The text broken into lines that are `room` pixels wide, in one of `sizes` (pixels per em,
    /// and most lines): the largest that fits, unless a smaller one breaks better. If none fits,
    /// the text is cut in the last size.
    pub fn fit(&self, sizes: &[(u16, usize)], room: f32) -> Fitted {
        let mut best: Option<(f32, u16, Vec<Range<usize>>)> = None;
        for (step, &(size, most)) in sizes.iter().enumerate() {
            let Some((cost, lines)) = self.lines(room / f32::from(size), most) else { continue };
            let cost = cost + step as f32 * SMALLER;
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, size, lines));
            }
        }
        if let Some((_, size, lines)) = best {
            return Fitted { size, lines: lines.into_iter().map(|line| self.text(line)).collect() };
        }
        let (size, most) = sizes.last().copied().unwrap_or((32, 1));
        Fitted { size, lines: self.cut(room / f32::from(size), most) }
    }

    /// The cheapest way to break the text into as few lines of `room` ems as possible, and its
    /// cost. `None` if there are more than `most` lines. Every line costs the square of its
    /// distance from the average length, and each break its own cost; the minimum is found line by
    /// line.
    fn lines(&self, room: f32, most: usize) -> Option<(f32, Vec<Range<usize>>)> {
        let count = self.greedy(room).len();
        if count > most {
            return None;
        }
        let ends = self.ends(room);
        let aim = self.width(0..self.characters.len()) / count.max(1) as f32;
        // For each end the least cost of the lines before it, and where the last of them began.
        let mut best = vec![(0, 0.0, 0)];
        let mut rows = Vec::new();
        for line in 1..=count {
            let mut next: Vec<(usize, f32, usize)> = Vec::new();
            for &(end, cost) in &ends {
                if (end == self.characters.len()) != (line == count) {
                    continue;
                }
                let ways = best.iter().filter(|(start, ..)| *start < end);
                let ways = ways.filter_map(|&(start, before, _)| {
                    let width = self.width(start..end);
                    let off = (aim - width) / room;
                    (width <= room).then_some((before + off * off + cost, start))
                });
                if let Some((cost, start)) = ways.min_by(|a, b| a.0.total_cmp(&b.0)) {
                    next.push((end, cost, start));
                }
            }
            rows.push(next.clone());
            best = next;
        }
        let mut end = self.characters.len();
        let mut lines = Vec::new();
        let &(_, cost, _) = best.iter().find(|(at, ..)| *at == end)?;
        for row in rows.iter().rev() {
            let &(_, _, start) = row.iter().find(|(at, ..)| *at == end)?;
            lines.push(start..end);
            end = start;
        }
        lines.reverse();
        Some((cost, lines))
    }

    /// The lines if each is made as full as possible.
    fn greedy(&self, room: f32) -> Vec<Range<usize>> {
        let (mut lines, mut start, mut end) = (Vec::new(), 0, 0);
        for (next, _) in self.ends(room) {
            if end > start && self.width(start..next) > room {
                lines.push(start..end);
                start = end;
            }
            end = next;
        }
        lines.push(start..end);
        lines
    }

    /// The first `most` lines; if there are more, the last one ends in an ellipsis.
    fn cut(&self, room: f32, most: usize) -> Vec<String> {
        let lines = self.greedy(room);
        let mut texts: Vec<String> =
            lines.iter().take(most).map(|line| self.text(line.clone())).collect();
        if lines.len() > most
            && let (Some(last), Some(line)) = (texts.last_mut(), lines.get(most.saturating_sub(1)))
        {
            let mut end = line.end;
            while end > line.start + 1 && self.width(line.start..end) + 1.0 > room {
                end -= 1;
            }
            *last = self.text(line.start..end);
            // The ellipsis follows no opening bracket and no punctuation.
            let hangs = |c: char| is_opening(c) || "、。・，． ".contains(c);
            last.truncate(last.trim_end_matches(hangs).len());
            last.push(ELLIPSIS);
        }
        texts
    }

    /// Where a line may end, and the cost of a break there; the end of the text comes last. A word
    /// that is wider than `room` may end anywhere.
    fn ends(&self, room: f32) -> Vec<(usize, f32)> {
        let length = self.characters.len();
        let allowed: Vec<usize> = (1..length).filter(|&at| self.breaks[at].is_some()).collect();
        let mut ends = Vec::with_capacity(allowed.len() + 1);
        let mut start = 0;
        for end in allowed.into_iter().chain([length]) {
            if self.width(start..end) > room {
                ends.extend((start + 1..end).map(|at| (at, FORCED)));
            }
            ends.push((end, self.breaks.get(end).copied().flatten().unwrap_or_default()));
            start = end;
        }
        ends
    }

    /// Width of `line` in ems. Spaces at its ends take no room.
    fn width(&self, line: Range<usize>) -> f32 {
        self.widths[self.trimmed(line)].iter().sum()
    }

    fn text(&self, line: Range<usize>) -> String {
        self.characters[self.trimmed(line)].iter().collect()
    }

    fn trimmed(&self, line: Range<usize>) -> Range<usize> {
        let is_space = |at: &usize| self.characters[*at].is_whitespace();
        let start = line.clone().find(|at| !is_space(at)).unwrap_or(line.end);
        let end = line.rev().find(|at| !is_space(at)).map_or(start, |at| at + 1);
        start..end.max(start)
    }
}

/// Is it an opening bracket or quotation mark, with which a line looks indented?
pub(super) fn is_opening(character: char) -> bool {
    "「『（【〔《〈［｛“‘([{".contains(character)
}

/// The cost of a break before the character `at`: nothing between sentences and words, little
/// between phrases, much within what is probably a word.
fn cost(characters: &[char], at: usize) -> f32 {
    let (before, after) = (characters[at - 1], characters[at]);
    if before.is_whitespace()
        || "、。，．！？：；」』）】〕》〉］｝".contains(before)
        || is_opening(after)
    {
        return 0.0;
    }
    // A single character before a closing bracket would look torn off at the head of a line.
    if characters.get(at + 1).is_some_and(|c| "」』）】〕》〉］｝、。".contains(*c)) {
        return 0.15;
    }
    match (Script::of(before), Script::of(after)) {
        (Script::Hiragana, Script::Kanji | Script::Katakana | Script::Other) => {
            if ends_phrase(characters, at) { 0.005 } else { 0.12 }
        }
        // を is the only particle that is never a part of a word.
        (Script::Hiragana, Script::Hiragana) if before == 'を' => 0.01,
        (Script::Kanji, Script::Katakana) | (Script::Katakana, Script::Kanji) => 0.04,
        _ if before == '・' => 0.03,
        (Script::Other, _) | (_, Script::Other) => 0.04,
        (Script::Kanji, Script::Kanji) => 0.09,
        (Script::Katakana, Script::Katakana) => 0.3,
        _ => 0.15,
    }
}

#[cfg(test)]
mod tests {
    use super::{ELLIPSIS, Letters};

    /// Full width for what is Japanese, half for what is not.
    fn letters(text: &str) -> Letters {
        Letters::of(text, |c| if c.is_ascii() { 0.5 } else { 1.0 })
    }

    fn lines(text: &str, room: f32) -> Vec<String> {
        letters(text).fit(&[(1, 9)], room).lines
    }

    #[test]
    fn lines_end_where_phrases_do_and_are_alike() {
        assert_eq!(
            lines("だれもが使えるオンライン手続の推進", 12.0),
            ["だれもが使える", "オンライン手続の推進"]
        );
        assert_eq!(
            lines("妊娠期から子育て期にわたる切れ目のない支援体制の構築", 14.0),
            ["妊娠期から子育て期にわたる", "切れ目のない支援体制の構築"]
        );
        assert_eq!(lines("短い題", 12.0), ["短い題"]);
        assert_eq!(lines("", 12.0), [""]);
    }

    #[test]
    fn nothing_stands_where_it_must_not() {
        let text = "「データ」、「サービス」（ウェブ）ー。ちょっとキャッシュレスへ・ウィーク々々";
        let (heads, feet) =
            ("、。，．）」』ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々・！？", "「『（");
        for room in 4..20 {
            for line in lines(text, room as f32) {
                let (first, last) = (line.chars().next(), line.chars().last());
                assert!(!first.is_some_and(|c| heads.contains(c)), "{room}: {line}");
                assert!(!last.is_some_and(|c| feet.contains(c)), "{room}: {line}");
            }
        }
    }

    #[test]
    fn words_and_numbers_stay_whole_unless_a_line_is_too_short_for_them() {
        assert_eq!(
            lines("Digital services for 1,234 people", 8.0),
            ["Digital services", "for 1,234 people"]
        );
        assert_eq!(lines("abcdefghij", 2.5).len(), 2);
    }

    #[test]
    fn a_long_title_becomes_smaller_and_then_is_cut() {
        let sizes = [(4, 1), (2, 2)];
        let fit = |text: &str| letters(text).fit(&sizes, 20.0);
        assert_eq!(fit("五文字の題").size, 4);
        let smaller = fit("これは少し長めの題名である");
        assert_eq!((smaller.size, smaller.lines.len()), (2, 2));
        let cut = fit("これはどこまでも続く、とても長い題名である");
        assert_eq!((cut.size, cut.lines.len()), (2, 2));
        let last = &cut.lines[1];
        assert!(last.ends_with(ELLIPSIS) && last.chars().count() <= 10, "{last}");
    }
}
