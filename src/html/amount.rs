//! An **amount** of money in a sentence: `66.7億円`, `6.67 billion yen`. Tables have every digit.

use crate::site::Site;
use crate::text::{Decimal, Language};

use super::numbers::{self, signed};

/// The amount `money`, which is in the unit of the site's budgets, for a sentence. If the unit is
/// no number of yen, the amount has all its digits and the unit itself.
pub(super) fn in_words(site: &Site, money: &Decimal, language: Language) -> String {
    let unit = &site.config.budget_unit;
    let shown = |money| numbers::number(site, money, language);
    match yen(&unit.own) {
        Some(factor) => {
            signed(&worded(money.as_f64() * factor, language), site.config.minus, language)
        }
        None if language == Language::Ja => format!("{}{}", shown(money), unit.get(language)),
        None => format!("{} {}", shown(money), unit.get(language)),
    }
}

/// `yen` divided by the number of people, in whole yen; `None` if the unit is no number of yen.
pub(super) fn per_head(
    site: &Site,
    money: &Decimal,
    people: &Decimal,
    language: Language,
) -> Option<String> {
    let each = money.as_f64() * yen(&site.config.budget_unit.own)? / people.as_f64();
    let digits = Decimal::rounded(each, 0)?.grouped();
    Some(match language {
        Language::Ja => format!("{digits}円"),
        Language::En => format!("{digits} yen"),
    })
}

/// How many yen the Japanese unit `unit` is: 1,000 for `千円`.
fn yen(unit: &str) -> Option<f64> {
    let powers = unit.trim().strip_suffix('円')?;
    powers.chars().try_fold(1.0, |product, power| {
        let factor = match power {
            '十' => 1e1,
            '百' => 1e2,
            '千' => 1e3,
            '万' => 1e4,
            '億' => 1e8,
            '兆' => 1e12,
            _ => return None,
        };
        Some(product * factor)
    })
}

fn worded(yen: f64, language: Language) -> String {
    let powers: &[(f64, &str)] = match language {
        Language::Ja => &[(1e12, "兆円"), (1e8, "億円"), (1e4, "万円")],
        Language::En => &[(1e12, " trillion yen"), (1e9, " billion yen"), (1e6, " million yen")],
    };
    let whole = |amount: f64, decimals| {
        Decimal::rounded(amount, decimals).map_or_else(String::new, |number| number.grouped())
    };
    match powers.iter().find(|(power, _)| yen.abs() >= *power) {
        Some((power, name)) => {
            let amount = yen / power;
            let decimals = usize::from(amount.abs() < 999.5 && *name != "万円");
            format!("{}{name}", whole(amount, decimals))
        }
        None if language == Language::Ja => format!("{}円", whole(yen, 0)),
        None => format!("{} yen", whole(yen, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::{worded, yen};
    use crate::text::Language;

    #[test]
    fn units_are_numbers_of_yen() {
        assert_eq!(yen("千円"), Some(1e3));
        assert_eq!(yen("百万円"), Some(1e6));
        assert_eq!(yen("円"), Some(1.0));
        assert_eq!(yen("人"), None);
        assert_eq!(yen("税込円"), None);
    }

    #[test]
    fn an_amount_has_as_few_digits_as_tell_it() {
        let ja = |yen| worded(yen, Language::Ja);
        assert_eq!(ja(6_670_400_000.0), "66.7億円");
        assert_eq!(ja(1_200_000_000_000.0), "1.2兆円");
        assert_eq!(ja(123_460_000_000.0), "1,235億円");
        assert_eq!(ja(41_250_000.0), "4,125万円");
        assert_eq!(ja(9_800.0), "9,800円");
        assert_eq!(ja(1_000_000_000.0), "10.0億円");
        assert_eq!(worded(6_670_400_000.0, Language::En), "6.7 billion yen");
    }
}
