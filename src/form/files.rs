//! Which **files** a form reads: a path with `*` and `{year}` below `content`.
//!
//! Not in here: which of their worksheets (`definition`).

use regex::Regex;

use crate::calendar::FiscalYear;
use crate::diagnostic::{self, Located, Place};
use crate::document::Keys;
use crate::message;

/// The paths of the files that a form reads.
#[derive(Debug)]
pub(super) struct PathPattern {
    /// As written, such as `sheets/{year}/*.xlsx`.
    pub written: String,
    pub declared: Place,
    regex: Regex,
}

impl PathPattern {
    /// Reads the pattern `written`, the value of the key `files`. `None` if it leads out of
    /// `content`, which is reported.
    pub fn read(keys: &mut Keys<'_>, written: Located<String>) -> Option<Self> {
        let Located { value: written, place: declared } = written;
        let regex = match outside(&written) {
            true => None,
            false => Regex::new(&regex_of(&written)).ok(),
        };
        if regex.is_none() {
            keys.problem(
                &diagnostic::DOCUMENT_VALUE,
                "files",
                message!(
                    ja: "「{written}」は「content」フォルダーの中のファイルではありません",
                    en: "`{written}` is no path below `content`",
                ),
                message!(
                    ja: "「sheets/{{year}}/*.xlsx」のように、「content」から先のパスを書いてください",
                    en: "write the path from `content` on, as in `sheets/{{year}}/*.xlsx`",
                ),
            );
        }
        Some(Self { written, declared, regex: regex? })
    }

    /// Matches `path`, which begins at the root of the site. Returns `None` if the pattern does not
    /// match, `Some(None)` if it matches and has no `{year}`, and otherwise the fiscal year that is
    /// written in the place of `{year}`.
    ///
    /// # Errors
    ///
    /// The inner result is the text in the place of `{year}` if that is not a fiscal year.
    pub fn matches(&self, path: &str) -> Option<Option<Result<FiscalYear, String>>> {
        let below = path.strip_prefix("content/")?;
        let found = self.regex.captures(below)?;
        Some(
            found
                .name("year")
                .map(|year| FiscalYear::parse(year.as_str()).map_err(|_| year.as_str().to_owned())),
        )
    }
}

/// Does `path` lead out of the folder `content`?
fn outside(path: &str) -> bool {
    path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == "..")
}

/// The regular expression for a path with placeholders: `*` and `?` stand for characters of one
/// name, `**/` for any number of folders, and `{year}` for a part of a name; the first `{year}` is
/// captured as the group `year`.
fn regex_of(pattern: &str) -> String {
    let mut regex = String::from("^");
    let mut rest = pattern;
    let mut years = 0;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("{year}") {
            years += 1;
            regex.push_str(if years == 1 { "(?<year>[^/]+?)" } else { "[^/]+?" });
            rest = after;
        } else if let Some(after) = rest.strip_prefix("**/") {
            regex.push_str("(?:[^/]+/)*");
            rest = after;
        } else {
            match c {
                '*' => regex.push_str("[^/]*"),
                '?' => regex.push_str("[^/]"),
                c => regex.push_str(&regex::escape(&c.to_string())),
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    regex.push('$');
    regex
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::{outside, regex_of};

    #[test]
    fn a_pattern_names_files_and_their_year() {
        let regex = Regex::new(&regex_of("sheets/{year}/*.xlsx")).expect("it is a pattern");
        let year = |path| regex.captures(path).map(|found| found["year"].to_owned());
        assert_eq!(year("sheets/2024/a.xlsx").as_deref(), Some("2024"));
        assert_eq!(year("sheets/R6/防災課.xlsx").as_deref(), Some("R6"));
        assert_eq!(year("sheets/2024/b/a.xlsx"), None);
        assert_eq!(year("sheets/2024/a.xls"), None);
        let deep = Regex::new(&regex_of("sheets/**/*.xls")).expect("it is a pattern");
        assert!(deep.is_match("sheets/a.xls") && deep.is_match("sheets/x/y/a.xls"));
        assert!(outside("../a.xlsx") && outside("/a.xlsx") && !outside("a/b..xlsx"));
    }
}
