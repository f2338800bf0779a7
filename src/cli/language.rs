//! The **language** of messages and help: that of the flag `--lang`, otherwise that of the system.

use std::ffi::OsString;

use crate::text::Language;

/// The language that `--lang` in the arguments `words` asks for, otherwise that of the system;
/// English if that is neither Japanese nor English. The first of `words` is the program.
///
/// It is determined before clap parses the arguments, because clap's help and errors depend on it.
pub(super) fn of(words: &[OsString]) -> Language {
    flag(words)
        .or_else(|| environment().or_else(sys_locale::get_locale).map(|tag| of_tag(&tag)))
        .unwrap_or(Language::En)
}

/// The value of `--lang`, which may be before or after the command. Arguments after `--` are not
/// flags.
fn flag(words: &[OsString]) -> Option<Language> {
    let words = words.iter().skip(1).map(|word| word.to_str().unwrap_or_default());
    let mut words = words.take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(language) = value.and_then(Language::parse) {
            return Some(language);
        }
    }
    None
}

/// The locale of messages in the environment, in the order of precedence of POSIX.
fn environment() -> Option<String> {
    let values =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    values.into_iter().find(|value| !value.is_empty())
}

/// The language of a locale: `ja_JP.UTF-8` and `ja-JP` are Japanese.
fn of_tag(tag: &str) -> Language {
    match tag.split(['_', '-', '.', '@']).next() {
        Some("ja") => Language::Ja,
        _ => Language::En,
    }
}

#[cfg(test)]
mod tests {
    use super::{flag, of_tag};
    use crate::text::Language;

    #[test]
    fn the_flag_counts_wherever_it_is_but_behind_two_hyphens() {
        let of = |words: &str| {
            let words: Vec<_> = words.split(' ').map(Into::into).collect();
            flag(&words)
        };
        assert_eq!(of("kawaraban --lang ja --help"), Some(Language::Ja));
        assert_eq!(of("kawaraban build --help --lang=en"), Some(Language::En));
        assert_eq!(of("kawaraban build --lang"), None);
        assert_eq!(of("kawaraban build --lang de"), None);
        assert_eq!(of("kawaraban search -- --lang ja"), None);
    }

    #[test]
    fn a_locale_has_a_language() {
        for tag in ["ja", "ja_JP.UTF-8", "ja-JP", "ja.eucJP"] {
            assert_eq!(of_tag(tag), Language::Ja, "{tag}");
        }
        for tag in ["en_US.UTF-8", "C", "jam-JM", "de"] {
            assert_eq!(of_tag(tag), Language::En, "{tag}");
        }
    }
}
