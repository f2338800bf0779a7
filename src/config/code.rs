//! The **全国地方公共団体コード** (local government code): six digits, the last of which is a check
//! digit; always text.
//!
//! Source: 総務省「全国地方公共団体コード」; check digit by modulus 11 with the weights 6 to 2.

use std::fmt;

use crate::diagnostic::Message;
use crate::message;

/// A local government code with a correct check digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalGovernmentCode(String);

/// Why a text is not a code, with the codes that were probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// Not six digits, nor the five or four that remain when digits are lost.
    Shape,
    /// Too few digits: the check digit, a leading zero, or both are lost.
    Short {
        /// The codes that the text may have been.
        candidates: Vec<String>,
    },
    /// Six digits, but a wrong check digit.
    CheckDigit {
        /// The same code with the correct check digit.
        right: String,
    },
}

impl CodeProblem {
    /// How to correct the code.
    pub fn help(&self) -> Message {
        match self {
            Self::Shape => message!(
                ja: "半角数字6桁（最後の1桁は検査数字）で入力してください",
                en: "write six digits, the last of which is the check digit",
            ),
            Self::Short { candidates } => {
                let ja = candidates.join("」または「");
                let en = candidates.join("` or `");
                message!(
                    ja: "検査数字か先頭の0が抜けています。「{ja}」の誤りではありませんか",
                    en: "the check digit or a leading zero is missing; did you mean `{en}`?",
                )
            }
            Self::CheckDigit { right } => message!(
                ja: "検査数字が合いません。「{right}」の誤りではありませんか",
                en: "the check digit is wrong; did you mean `{right}`?",
            ),
        }
    }
}

impl LocalGovernmentCode {
    /// Parses a code of six ASCII digits.
    ///
    /// # Errors
    ///
    /// Returns a [`CodeProblem`] if the text does not have six digits or the check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, CodeProblem> {
        let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
        let digits = digits.ok_or(CodeProblem::Shape)?;
        match digits.len() {
            6 if check_digit(&digits[..5]) == digits[5] => Ok(Self(text.to_owned())),
            6 => {
                let right = format!("{}{}", &text[..5], check_digit(&digits[..5]));
                Err(CodeProblem::CheckDigit { right })
            }
            5 => {
                let mut candidates = vec![format!("{text}{}", check_digit(&digits))];
                let with_zero = [&[0], digits.as_slice()].concat();
                if check_digit(&with_zero[..5]) == with_zero[5] {
                    candidates.insert(0, format!("0{text}"));
                }
                Err(CodeProblem::Short { candidates })
            }
            4 => {
                let with_zero = [&[0], digits.as_slice()].concat();
                let candidates = vec![format!("0{text}{}", check_digit(&with_zero))];
                Err(CodeProblem::Short { candidates })
            }
            _ => Err(CodeProblem::Shape),
        }
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LocalGovernmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Check digit of the five digits abcde: (11 − (6a+5b+4c+3d+2e) mod 11) mod 10.
fn check_digit(five: &[u32]) -> u32 {
    let sum: u32 = five.iter().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 10
}

#[cfg(test)]
mod tests {
    use super::{CodeProblem, LocalGovernmentCode};

    #[test]
    fn real_codes_are_right() {
        // Of 012360, the remainder is 1, and the difference to 11 has two digits.
        for code in ["272078", "131016", "372013", "011002", "999997", "012360"] {
            assert!(LocalGovernmentCode::parse(code).is_ok(), "{code}");
        }
    }

    #[test]
    fn a_wrong_code_proposes_the_right_one() {
        let problem = |text| LocalGovernmentCode::parse(text).expect_err("not a code");
        assert_eq!(problem("012361"), CodeProblem::CheckDigit { right: "012360".into() });
        assert_eq!(
            problem("01236"),
            CodeProblem::Short { candidates: vec!["001236".into(), "012360".into()] }
        );
        assert_eq!(problem("272070"), CodeProblem::CheckDigit { right: "272078".into() });
        assert_eq!(problem("27207"), CodeProblem::Short { candidates: vec!["272078".into()] });
        assert_eq!(
            problem("11002"),
            CodeProblem::Short { candidates: vec!["011002".into(), "110027".into()] }
        );
        assert_eq!(problem("1100"), CodeProblem::Short { candidates: vec!["011002".into()] });
        assert_eq!(problem("２７２０７８"), CodeProblem::Shape);
        assert_eq!(problem("2720788"), CodeProblem::Shape);
    }
}
