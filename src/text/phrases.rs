//! **Phrases** of Japanese: the best places for line breaks. Where a line may break is defined by
//! Unicode (UAX #14); breaks between phrases are better than breaks within words.
//!
//! Most phrases end where hiragana changes to another script. This rule needs no dictionary, and
//! where it is wrong the break is no worse than an ordinary one.

use unicode_linebreak::linebreaks;

/// Phrases of more characters are also divided between words, where only the script changes.
const LONG: usize = 8;

/// Scripts that Japanese words are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// ひらがな: particles, and the ends of verbs.
    Hiragana,
    /// カタカナ.
    Katakana,
    /// 漢字.
    Kanji,
    /// Everything else.
    Other,
}

impl Script {
    /// The script of `character`.
    pub fn of(character: char) -> Self {
        match character {
            'ぁ'..='ゟ' => Self::Hiragana,
            '・' => Self::Other,
            'ァ'..='ヿ' | 'ｦ'..='ﾟ' => Self::Katakana,
            '々' | '〇' | '一'..='鿿' | '㐀'..='䶿' | '豈'..='﫿' | '\u{20000}'..='\u{3ffff}' => {
                Self::Kanji
            }
            _ => Self::Other,
        }
    }
}

/// Does `text` have any character of a Japanese script?
pub fn is_japanese(text: &str) -> bool {
    text.chars().any(|character| Script::of(character) != Script::Other)
}

/// Does a phrase probably end with the hiragana before `at`, where another script follows? True for
/// particles and the endings of verbs and adjectives; not for 取り組み and 見直し, where the word
/// goes on, and お知らせ, where it has only begun.
pub fn ends_phrase(characters: &[char], at: usize) -> bool {
    let is_hiragana = |c: &&char| Script::of(**c) == Script::Hiragana;
    let length = characters[..at].iter().rev().take_while(is_hiragana).count();
    let run: String = characters[at - length..at].iter().collect();
    let Some(last) = run.chars().last() else { return false };
    match length {
        _ if "おご".contains(last) => false,
        1 => "のはがをにでとへもなるうくすむつぶぐぬた".contains(last),
        2 => {
            "のはがをにでとへもなるうくすむつぶぐぬたいて".contains(last)
                || [
                    "から", "など", "より", "たち", "ごと", "だけ", "ほど", "こと", "もの", "ため",
                    "とき",
                ]
                .contains(&run.as_str())
        }
        _ => true,
    }
}

/// Divides Japanese text into parts between which a line breaks well. Marks and spaces, at which
/// lines break anyway, are no boundaries. The concatenation of the parts is `text`; text without
/// Japanese is one part.
pub fn phrases(text: &str) -> Vec<&str> {
    if !is_japanese(text) {
        return vec![text];
    }
    let characters: Vec<char> = text.chars().collect();
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    // 1. Find where Unicode allows a break between two letters.
    let mut allowed = linebreaks(text).map(|(at, _)| at).peekable();
    let joins =
        |at: usize| characters[at - 1].is_alphanumeric() && characters[at].is_alphanumeric();
    let may: Vec<usize> = (1..characters.len())
        .filter(|&at| {
            while allowed.next_if(|&place| place < places[at]).is_some() {}
            allowed.peek() == Some(&places[at]) && joins(at)
        })
        .collect();
    // 2. Of these places, cut where a phrase ends.
    let mut cuts: Vec<usize> =
        may.iter().copied().filter(|&at| is_between_phrases(&characters, at)).collect();
    // 3. Cut phrases that are still too long also between words. A phrase extends to the next cut,
    // or to a mark at which lines break.
    let is_mark = |at: &usize| !characters[*at].is_alphanumeric();
    let mut ends: Vec<usize> = (0..characters.len()).filter(is_mark).collect();
    ends.extend(cuts.iter().copied());
    ends.push(characters.len());
    ends.sort_unstable();
    let mut start = 0;
    for end in ends {
        if end - start > LONG {
            let within = may.iter().copied().filter(|&at| start < at && at < end);
            cuts.extend(within.filter(|&at| is_between_words(&characters, at)));
        }
        start = end;
    }
    cuts.sort_unstable();
    cuts.dedup();
    let starts = [0].into_iter().chain(cuts.iter().map(|&at| places[at]));
    let ends = cuts.iter().map(|&at| places[at]).chain([text.len()]);
    starts.zip(ends).map(|(start, end)| &text[start..end]).collect()
}

fn is_between_phrases(characters: &[char], at: usize) -> bool {
    match (Script::of(characters[at - 1]), Script::of(characters[at])) {
        // を is the only particle that is never part of a word.
        (Script::Hiragana, Script::Hiragana) => characters[at - 1] == 'を',
        (Script::Hiragana, _) => ends_phrase(characters, at),
        _ => false,
    }
}

/// デジタル|技術 and 第5次|総合計画, but not デジタル|化推進: a suffix leans on what is before it.
fn is_between_words(characters: &[char], at: usize) -> bool {
    let is_kanji = |at: usize| characters.get(at).is_some_and(|&c| Script::of(c) == Script::Kanji);
    match (Script::of(characters[at - 1]), Script::of(characters[at])) {
        (Script::Kanji, Script::Kanji) => {
            at > 1 && characters[at - 2].is_numeric() && "次期回号".contains(characters[at - 1])
        }
        (Script::Katakana, Script::Kanji) => {
            is_kanji(at + 1) && !"化性的等型系用者別".contains(characters[at])
        }
        (Script::Kanji, Script::Katakana) => at > 1 && is_kanji(at - 2),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::phrases;

    fn parted(text: &str) -> String {
        let phrases = phrases(text);
        assert_eq!(phrases.concat(), text);
        phrases.join("|")
    }

    #[test]
    fn a_phrase_ends_with_its_particle_or_the_end_of_its_verb() {
        assert_eq!(
            parted("だれもが使えるオンライン手続の推進"),
            "だれもが|使える|オンライン手続の|推進"
        );
        assert_eq!(parted("妊娠期から子育て期にわたる支援"), "妊娠期から|子育て期にわたる|支援");
        assert_eq!(parted("安全をまもるまち"), "安全を|まもるまち");
        assert_eq!(parted("部局ごとの達成度"), "部局ごとの|達成度");
    }

    #[test]
    fn words_that_change_script_go_on() {
        assert_eq!(parted("取り組みの見直し状況"), "取り組みの|見直し状況");
        assert_eq!(parted("お知らせ一覧"), "お知らせ一覧");
        assert_eq!(parted("子育て支援の切れ目"), "子育て支援の|切れ目");
        assert_eq!(parted("市へのお問い合わせ"), "市へのお問い合わせ");
    }

    #[test]
    fn long_phrases_part_where_the_script_changes() {
        assert_eq!(parted("第5次総合計画後期計画等の推進"), "第5次|総合計画後期計画等の|推進");
        assert_eq!(
            parted("自治体デジタル技術活用推進の計画"),
            "自治体|デジタル|技術活用推進の|計画"
        );
        assert_eq!(parted("行政手続オンライン化推進計画"), "行政手続|オンライン化推進計画");
        assert_eq!(parted("デジタル技術"), "デジタル技術");
    }

    #[test]
    fn marks_part_by_themselves_and_other_languages_are_left_alone() {
        assert_eq!(parted("安心・安全な「まち」の、実現"), "安心・安全な「まち」の、実現");
        assert_eq!(
            parted("Digital services for 1,234 people"),
            "Digital services for 1,234 people"
        );
        assert_eq!(parted(""), "");
    }

    #[test]
    fn no_phrase_begins_with_what_may_not_begin_a_line() {
        for part in phrases("らーめんのゞ市のーおどりを々々楽しむっと") {
            assert!(!part.starts_with(['ー', 'ゞ', '々', 'っ']), "{part}");
        }
    }
}
