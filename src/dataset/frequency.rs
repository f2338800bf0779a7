//! The **update frequency** of a dataset: how often it changes, in the clerk's words and, for
//! common words, also as a code of the EU's authority table.

use crate::text::Localized;

/// How often a dataset changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Frequency {
    /// The clerk's words, with an English translation if they are known.
    pub words: Localized,
    /// Code in the EU's authority table of frequencies, if the words are known:
    /// <http://publications.europa.eu/resource/authority/frequency>.
    pub authority: Option<&'static str>,
}

/// The known frequencies: code, English translation, and spellings used by clerks.
const KNOWN: [(&str, &str, &[&str]); 9] = [
    ("DAILY", "daily", &["毎日", "日次"]),
    ("WEEKLY", "weekly", &["毎週", "週1回", "週次"]),
    ("MONTHLY", "monthly", &["毎月", "月1回", "月次"]),
    ("BIMONTHLY", "every two months", &["隔月", "2か月に1回"]),
    ("QUARTERLY", "every three months", &["四半期", "四半期ごと", "年4回", "3か月に1回"]),
    ("ANNUAL_2", "twice a year", &["年2回", "半年ごと", "半期ごと"]),
    ("ANNUAL", "once a year", &["毎年", "年1回", "年次"]),
    ("IRREG", "irregularly", &["随時", "不定期"]),
    ("NEVER", "never", &["更新しない", "更新なし"]),
];

impl Frequency {
    /// The frequency that `words` describe.
    pub fn of(words: String) -> Self {
        let known = KNOWN.into_iter().find(|(_, _, spellings)| spellings.contains(&words.as_str()));
        Self {
            words: Localized {
                own: words,
                en: known.map(|(_, english, _)| english.to_owned()),
                plain: false,
            },
            authority: known.map(|(code, _, _)| code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Frequency;

    #[test]
    fn words_that_everybody_uses_are_known() {
        let known = Frequency::of("年1回".to_owned());
        assert_eq!(known.words.en.as_deref(), Some("once a year"));
        assert_eq!(known.authority, Some("ANNUAL"));
        let other = Frequency::of("国勢調査のたび".to_owned());
        assert_eq!((other.words.own.as_str(), other.words.en), ("国勢調査のたび", None));
        assert_eq!(other.authority, None);
    }
}
