//! **Numbers** as pages show them: digits in groups of three, the sign before negative numbers that
//! the city has chosen, and as many decimals in each row of a column.
//!
//! Not in here: amounts of money in sentences (`amount`), and numbers in files, which stay as they
//! are published.

use crate::config::MinusSign;
use crate::site::Site;
use crate::text::{Decimal, Language};

/// `number` on the pages of `site` in `language`: `−1,234.50`.
pub(super) fn number(site: &Site, number: &Decimal, language: Language) -> String {
    signed(&number.grouped(), site.config.minus, language)
}

/// `number`, which begins with a hyphen if it is negative, with the sign of the pages in
/// `language`.
pub(super) fn signed(number: &str, minus: MinusSign, language: Language) -> String {
    match number.strip_prefix('-') {
        Some(digits) => format!("{}{digits}", minus.on_pages(language)),
        None => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::signed;
    use crate::config::MinusSign;
    use crate::text::Language;

    #[test]
    fn the_sign_is_the_one_of_the_site_and_the_language() {
        let ja = |number, minus| signed(number, minus, Language::Ja);
        assert_eq!(ja("-1,234.50", MinusSign::Minus), "−1,234.50");
        assert_eq!(ja("-1,234.50", MinusSign::Triangle), "▲1,234.50");
        assert_eq!(ja("5", MinusSign::Triangle), "5");
        assert_eq!(signed("-5", MinusSign::Triangle, Language::En), "−5");
    }
}
