//! The **loose** part of a plan: the parts of several words or a sentence, not all of which a
//! document must have. What every sentence has (particles, endings, interrogatives) is no part.
//!
//! The browser does the same (`assets/search/loose.js`).
//!
//! Not in here: the query as its keywords (`plan`), and looking the parts up (`queries`).

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use super::analyzer::{CharacterClass, GRAMMAR, Normal, class, is_kanji, tokens, years};

/// In tier B, one of so many parts is required.
const SHARE: usize = 3;

/// Tier B of several words or a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Loose {
    /// Tokens that are looked up in the texts. Tokens with hiragana say little; they are included
    /// only where there are no others.
    pub tokens: Vec<String>,
    /// Keywords of a single kanji, looked up among single kanji.
    pub kanji: Vec<String>,
    /// Western years that the query names.
    pub years: Vec<i32>,
    /// Words that are looked up as phrases, each with its synonyms: those that have synonyms, and
    /// those in hiragana, whose pairs are in too many other words.
    pub words: Vec<Vec<String>>,
    /// How many of tokens, kanji, years and words a document must have.
    pub needed: usize,
    /// Bigrams that are optional because inflected endings differ from text to text.
    pub optional: Vec<String>,
    /// Is the query a question, which ends with much grammar? No text is what it asks with, so
    /// that it has no tier A.
    pub question: bool,
    /// Do texts weigh more than titles? Not where the query is about a single word.
    pub texts: bool,
}

/// A text without its grammar.
pub struct WithoutGrammar(Vec<char>);

impl WithoutGrammar {
    /// Puts blanks in place of the grammar of `text`, and ends of lines in place of what separates;
    /// ア stands for katakana.
    pub fn of(Normal { chars, katakana }: &Normal) -> Self {
        static WORDS: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(&GRAMMAR.words).expect("the tables hold an expression"));
        let written = chars.iter().zip(katakana).map(|(&c, &katakana)| match c {
            _ if class(c).is_none() => '\n',
            '\u{10000}'.. => '一',
            _ if katakana => 'ア',
            _ => c,
        });
        let written: String = written.collect();
        let blanks = |found: &regex::Captures<'_>| " ".repeat(found[0].chars().count());
        let mut own: Vec<char> = WORDS.replace_all(&written, blanks).chars().collect();
        for at in (0..own.len()).rev() {
            let c = own[at];
            let begins = at == 0 || is_open(own[at - 1]) || is_hiragana(own[at - 1]);
            let after = own.get(at + 1).copied().unwrap_or(' ');
            let is_end =
                is_open(after) || !begins || (GRAMMAR.joins.contains(c) && !is_hiragana(after));
            if is_end && GRAMMAR.particles.contains(c) {
                own[at] = ' ';
            }
        }
        Self(own)
    }

    /// Is the text more than a word: something with grammar? In a text of kana alone, which may be
    /// the reading of a word, only three characters of grammar at its end say so.
    pub fn is_sentence(&self, text: &[char]) -> bool {
        let Self(own) = self;
        own.iter().any(|&c| !is_open(c))
            && (self.is_question() || (own.contains(&' ') && !text.iter().all(|&c| is_kana(c))))
    }

    /// Does it end with much grammar?
    fn is_question(&self) -> bool {
        let end = self.0.iter().rposition(|&c| c != '\n').map_or(0, |last| last + 1);
        self.0[..end].ends_with(&[' '; 3])
    }

    fn is_blank(&self, at: usize) -> bool {
        self.0[at] == ' '
    }

    /// The words in hiragana that are no endings, and the number of stretches in other characters.
    /// Both have at least two characters.
    fn stretches(&self) -> (Vec<String>, usize) {
        let kind = |c: char| if is_open(c) { None } else { Some(is_hiragana(c)) };
        let mut words = Vec::new();
        let mut others = 0;
        let mut before = ' ';
        for stretch in self.0.chunk_by(|&a, &b| kind(a) == kind(b)) {
            match kind(stretch[0]) {
                Some(true) if stretch.len() >= 2 && !is_kanji(before) => {
                    words.push(stretch.iter().collect());
                }
                Some(false) if stretch.len() >= 2 => others += 1,
                _ => {}
            }
            before = stretch[stretch.len() - 1];
        }
        (words, others)
    }
}

/// Tier B of the keywords that are not quoted, each with whether it is a single kanji, and of the
/// `groups` of synonyms of which they have a word; `None` where they have no parts.
///
/// Each year is one part. Tokens without hiragana are parts, tokens of both kanji and hiragana are
/// optional. Where no token is without hiragana, words in hiragana are the parts, and where there
/// are none either, inflected words. Nothing else is a part.
pub fn of_parts(parts: &[(Normal, bool)], groups: Vec<Vec<String>>) -> Option<Loose> {
    let mut loose = Loose::default();
    let mut spoken: Vec<String> = Vec::new();
    let (mut mixed, mut seams) = (Vec::new(), Vec::new());
    let is_japanese = |&c: &char| class(c) == Some(CharacterClass::Japanese);
    let is_english = !parts.iter().any(|(text, _)| text.chars.iter().any(is_japanese));
    let mut stretches = 0;
    for (text, single_kanji) in parts {
        let Normal { chars, katakana } = text;
        let content = WithoutGrammar::of(text);
        loose.question = parts.len() < 2 && content.is_question();
        let mentions = years(chars);
        for mention in &mentions {
            push(&mut loose.years, mention.year);
        }
        for token in tokens(chars) {
            // A year is one part, not as many as it has pairs.
            if mentions.iter().any(|year| (year.start..year.end).contains(&token.position)) {
                continue;
            }
            let at = || token.position..token.position + token.length;
            let blank = || at().filter(|&at| content.is_blank(at));
            let is_ending = || token.position > 0 && is_kanji(content.0[token.position - 1]);
            let is_stop = is_english && GRAMMAR.is_stop(&token.text);
            if is_stop || blank().any(|at| !is_kana(chars[at])) {
                continue;
            }
            let list = if at().all(|at| !is_kana(chars[at]) || katakana[at]) {
                if *single_kanji { &mut loose.kanji } else { &mut loose.tokens }
            } else if !at().all(|at| is_kana(chars[at])) {
                if blank().next().is_some() { &mut seams } else { &mut mixed }
            } else if blank().next().is_some() || is_ending() {
                continue;
            } else {
                &mut mixed
            };
            push(list, token.text);
        }
        let (words, others) = content.stretches();
        words.into_iter().for_each(|word| push(&mut spoken, word));
        stretches += others;
    }
    let said = stretches + spoken.len() + parts.len() - 1;
    loose.texts = if is_english { loose.tokens.len() } else { said } > 1;
    let has_strong = !loose.tokens.is_empty() || !loose.kanji.is_empty();
    loose.words = groups;
    if !has_strong || parts.len() > 1 {
        spoken.retain(|word| !loose.words.iter().flatten().any(|said| said == word));
        loose.words.extend(spoken.into_iter().map(|word| vec![word]));
    }
    if has_strong || !loose.words.is_empty() || !loose.years.is_empty() {
        loose.optional = [mixed, seams].concat();
    } else {
        (loose.tokens, loose.optional) = (mixed, seams);
    }
    let all = [loose.tokens.len(), loose.kanji.len(), loose.years.len(), loose.words.len()];
    loose.needed = all.iter().sum::<usize>().div_ceil(SHARE);
    (loose.needed > 0).then_some(loose)
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Is `c` kana, of either kind?
pub fn is_kana(c: char) -> bool {
    class(c) == Some(CharacterClass::Japanese) && !is_kanji(c)
}

/// Is there nothing, or grammar?
fn is_open(c: char) -> bool {
    matches!(c, ' ' | '\n')
}

fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ー')
}

#[cfg(test)]
mod tests {
    use super::super::analyzer::normalise_with_katakana;
    use super::WithoutGrammar;

    #[test]
    fn grammar_is_blank() {
        for (text, content) in [
            ("図書館はどこですか", "図書館      "),
            ("ごみを減らすために市は何をしましたか", "ごみ 減らす   市        "),
            ("バスに乗りたい", "アア 乗り  "),
            ("市のふるさと納税", "市 ふるさと納税"),
            ("DX・給食について教えて", "dx\n給食       "),
            ("何人ですか", "     "),
            ("まちの空き家", "まち 空き家"),
            ("𠮟られた", "一られた"),
        ] {
            let WithoutGrammar(found) = WithoutGrammar::of(&normalise_with_katakana(text));
            assert_eq!(found.iter().collect::<String>(), content, "{text}");
        }
    }

    #[test]
    fn a_word_is_no_sentence() {
        for (text, is_sentence) in [
            ("図書館はどこ", true),
            ("ごみはどこですか", true),
            ("いじめ", false),
            ("まちなか", false),
            ("ふるさと納税", false),
            ("何ですか", false),
            ("図書館！！！", false),
        ] {
            let normal = normalise_with_katakana(text);
            assert_eq!(
                WithoutGrammar::of(&normal).is_sentence(&normal.chars),
                is_sentence,
                "{text}"
            );
        }
    }
}
