//! **Stems** of English words, so that libraries is found by library and running by run: the
//! endings of plurals, -ed and -ing are removed, and the changes of spelling that they cause are
//! undone. A light version of Porter's rules (1980), without a dictionary.
//!
//! Words of other languages in the letters a to z are treated in the same way, in texts and queries
//! alike.

use std::borrow::Cow;

/// Shorter words stay as they are.
const SHORTEST: usize = 4;

/// The stem of `word`, which is in normal form. A word with anything but the letters a to z, or of
/// fewer than four letters, is its own stem.
pub fn stem(word: &str) -> Cow<'_, str> {
    let is_fit = word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase());
    // The only common word that ends in s without being a plural and has another meaning without
    // it.
    if !is_fit || word == "news" {
        return Cow::Borrowed(word);
    }
    let mut stem = word.as_bytes().to_vec();
    without_plural(&mut stem);
    without_ending(&mut stem);
    match stem.as_slice() {
        [.., before, b'y'] if !is_vowel(*before) => *stem.last_mut().expect("it ends in y") = b'i',
        [base @ .., b'e'] if base.len() >= 3 && !is_short(base) => stem.truncate(stem.len() - 1),
        _ => {}
    }
    Cow::Owned(String::from_utf8(stem).expect("letters stay letters"))
}

/// Removes the ending of a plural: libraries, buses, measures.
fn without_plural(word: &mut Vec<u8>) {
    let length = word.len();
    if (word.ends_with(b"ies") || word.ends_with(b"uses")) && length >= 5 {
        word.truncate(length - 2);
    } else if let [.., before, b's'] = word.as_slice()
        && !matches!(before, b'i' | b's' | b'u')
    {
        word.truncate(length - 1);
    }
}

/// Removes -ing and -ed: running, planned, caring.
fn without_ending(word: &mut Vec<u8>) {
    let base = match word.as_slice() {
        [base @ .., b'i', b'n', b'g'] => base,
        [.., b'e', b'e', b'd'] => return,
        [base @ .., b'e', b'd'] => base,
        _ => return,
    };
    if base.len() < 2 || !base.iter().any(|&letter| is_vowel(letter) || letter == b'y') {
        return;
    }
    let length = base.len();
    let is_short = is_short(base);
    let is_doubled = matches!(base, [.., a, b] if a == b
        && !is_vowel(*a) && !matches!(a, b'y' | b'l' | b's' | b'z'));
    word.truncate(if is_doubled { length - 1 } else { length });
    if is_short {
        word.push(b'e');
    }
}

/// Is the base consonants, one vowel and one consonant, as car and us, but not plann or hous? Such
/// a word keeps its e, since without it it would be another word.
fn is_short(base: &[u8]) -> bool {
    matches!(base, [before @ .., vowel, last]
        if !before.iter().copied().any(is_vowel)
            && (is_vowel(*vowel) || *vowel == b'y')
            && !is_vowel(*last) && !matches!(last, b'w' | b'x' | b'y'))
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["library", "libraries"][..],
            &["running", "runs"],
            &["city", "cities"],
            &["bus", "buses"],
            &["house", "houses", "housing", "housed"],
            &["plan", "plans", "planned", "planning"],
            &["care", "cares", "cared", "caring"],
            &["supply", "supplies", "supplied", "supplying"],
            &["service", "services"],
            &["tax", "taxes", "taxed"],
            &["school", "schools"],
            &["vote", "voting", "voted"],
            &["study", "studies", "studying"],
        ] {
            let stems: Vec<_> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|other| *other == stems[0]), "{stems:?}");
        }
        assert_eq!(stem("running"), "run");
    }

    #[test]
    fn other_words_stay_apart() {
        for (a, b) in [
            ("care", "car"),
            ("plane", "plan"),
            ("policy", "police"),
            ("university", "universe"),
            ("news", "new"),
            ("string", "str"),
            ("need", "ne"),
            ("bus", "bu"),
            ("class", "clas"),
        ] {
            assert_ne!(stem(a), stem(b));
        }
        for same in ["dx", "ごみ", "4k", "straße", "2023", "spring", "tennis"] {
            assert_eq!(stem(same), same);
        }
    }
}
