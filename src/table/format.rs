//! A **number format** as a workbook stores it (`#,##0.0`, `0.0%`, `ggge"年"`), and the text that
//! Excel displays for a number in that format.
//!
//! Excel's formats are those of ECMA-376, part 1, 18.8.30 and 18.8.31. The crate `ssfmt` applies
//! them. It does not know Japanese eras and days of the week; these are replaced in the format by
//! literal text first (`japanese`).
//!
//! Not in here: what is published of the text in a column (`cell`).

mod japanese;

use ssfmt::ast::FormatPart;
use ssfmt::{DateSystem, FormatOptions, NumberFormat as Parsed};

/// A number format.
#[derive(Clone, Debug)]
pub(super) struct NumberFormat {
    code: String,
    kind: FormatKind,
    parsed: Option<Parsed>,
    /// How many times the number is divided by 1000.
    thousands: i32,
}

/// How a format displays a number, as far as this matters before the column is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormatKind {
    /// The number unchanged (`General`, `@`).
    General,
    /// The number's digits, perhaps in groups of three, with a limited number of decimals: the same
    /// number, or a rounded one.
    Digits {
        /// Largest number of decimals.
        decimals: u8,
    },
    /// A date or time, or a part of one (`yyyy/m/d`, `ggge"年"`, `h:mm`).
    Moment,
    /// Anything else: percentages, numbers scaled by thousands, a sign or unit in the format,
    /// leading zeros.
    Other,
}

impl NumberFormat {
    /// The format written as `code`.
    pub fn new(code: &str) -> Self {
        let kind = kind(code);
        let (unscaled, thousands) = japanese::unscaled(code);
        let parsed = match kind {
            FormatKind::General | FormatKind::Moment => None,
            FormatKind::Digits { .. } | FormatKind::Other => Parsed::parse(&unscaled).ok(),
        };
        Self { code: code.to_owned(), kind, parsed, thousands }
    }

    /// Excel's built-in format with the number `id`, in the Japanese edition; `General` for an
    /// unknown number.
    pub fn built_in(id: u16) -> Self {
        Self::new(built_in(id))
    }

    /// How it displays a number.
    pub fn kind(&self) -> FormatKind {
        self.kind
    }

    /// The text that Excel displays for `number`; `None` where this is just its digits, or cannot
    /// be determined.
    pub fn shown(&self, number: f64, date_1904: bool) -> Option<String> {
        let date_system = if date_1904 { DateSystem::Date1904 } else { DateSystem::Date1900 };
        let options = FormatOptions { date_system, ..FormatOptions::default() };
        match self.kind {
            FormatKind::General => None,
            FormatKind::Moment => japanese::shown(&self.code, number, &options),
            FormatKind::Digits { .. } | FormatKind::Other => {
                // The crate truncates scaled numbers, but Excel rounds them; so the number is
                // scaled here.
                let number = number / 1000_f64.powi(self.thousands);
                Some(self.parsed.as_ref()?.try_format(number, &options).ok()?.trim().to_owned())
            }
        }
    }
}

impl FormatKind {
    /// Does a format of this kind display `number` differently from its canonical text `plain`,
    /// apart from separators of thousands?
    pub fn says_more(self, number: f64, plain: &str) -> bool {
        // Only fifteen digits of a number are reliable.
        number.abs() >= 1e15
            || match self {
                Self::General => false,
                Self::Digits { decimals } => {
                    let written = plain.split_once('.').map_or(0, |(_, digits)| digits.len());
                    written > usize::from(decimals)
                }
                Self::Moment | Self::Other => true,
            }
    }
}

/// The kind of the format `code`. It is `Digits` only if each of the first three sections shows
/// nothing but digits and has no condition, and `Other` if it cannot be parsed.
fn kind(code: &str) -> FormatKind {
    if japanese::is_moment(code) {
        return FormatKind::Moment;
    }
    let Ok(parsed) = Parsed::parse(code) else { return FormatKind::Other };
    let sections = parsed.sections();
    let general = |parts: &[FormatPart]| {
        parts
            .iter()
            .all(|part| matches!(part, FormatPart::GeneralNumber | FormatPart::TextPlaceholder))
    };
    if sections.len() == 1 && general(&sections[0].parts) {
        return FormatKind::General;
    }
    let mut most = 0;
    for (index, section) in sections.iter().take(3).enumerate() {
        let Some(decimals) = digits_only(&section.parts, index == 1 && sections.len() > 1) else {
            return FormatKind::Other;
        };
        if section.condition.is_some() {
            return FormatKind::Other;
        }
        most = most.max(decimals);
    }
    FormatKind::Digits { decimals: most }
}

/// The number of decimals of a section that displays only digits; `None` for any other section. A
/// section for negative numbers must have its minus sign.
fn digits_only(parts: &[FormatPart], negative: bool) -> Option<u8> {
    let (mut whole, mut padded, mut decimals, mut minus) = (0_u8, 0_u8, None::<u8>, false);
    for (index, part) in parts.iter().enumerate() {
        match part {
            FormatPart::Digit(digit) => match &mut decimals {
                Some(count) => *count = count.saturating_add(1),
                None => {
                    whole = whole.saturating_add(1);
                    padded = padded.saturating_add(u8::from(digit.is_required()));
                }
            },
            FormatPart::DecimalPoint => decimals = Some(0),
            // A comma after the last digit divides the number by 1000.
            FormatPart::ThousandsSeparator => {
                let goes_on = parts[index + 1..].iter().any(|p| matches!(p, FormatPart::Digit(_)));
                if decimals.is_some() || !goes_on {
                    return None;
                }
            }
            FormatPart::Literal(text) | FormatPart::EscapedLiteral(text) => match text.as_str() {
                " " => {}
                "-" if negative && whole == 0 => minus = true,
                _ => return None,
            },
            FormatPart::Skip(_) | FormatPart::Fill(' ') => {}
            FormatPart::Locale(locale) if locale.currency.as_ref().is_none_or(String::is_empty) => {
            }
            _ => return None,
        }
    }
    // More than one required digit may add leading zeros; without any, nothing is displayed for 0.
    (whole > 0 && padded == 1 && minus == negative).then(|| decimals.unwrap_or(0))
}

/// The built-in formats of ECMA-376, 18.8.30, including those of the Japanese edition.
fn built_in(id: u16) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => "[$-411]ge.m.d",
        28 | 29 | 51 | 54 | 58 => "[$-411]ggge\"年\"m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 | 42 => "#,##0;-#,##0;0",
        43 | 44 => "#,##0.00;-#,##0.00;0.00",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::{FormatKind, NumberFormat};

    #[test]
    fn built_in_formats_are_those_of_the_japanese_edition() {
        let moments = (14..=22).chain(27..=36).chain(45..=47).chain(50..=58);
        for id in moments {
            assert_eq!(NumberFormat::built_in(id).kind(), FormatKind::Moment, "{id}");
        }
        let day = |id| NumberFormat::built_in(id).shown(45016.0, false);
        let known = |text: &str| Some(text.to_owned());
        assert_eq!(day(14), known("2023/3/31"));
        assert_eq!(day(30), known("3/31/23"));
        assert_eq!(day(31), known("2023年3月31日"));
        assert_eq!(day(55), known("2023年3月"));
        assert_eq!(day(58), known("令和5年3月31日"));
        for (id, decimals) in [(1, 0), (2, 2), (3, 0), (4, 2), (37, 0), (39, 2)] {
            let kind = FormatKind::Digits { decimals };
            assert_eq!(NumberFormat::built_in(id).kind(), kind, "{id}");
        }
        for id in [5, 7, 9, 10, 11, 12, 48] {
            assert_eq!(NumberFormat::built_in(id).kind(), FormatKind::Other, "{id}");
        }
        for id in [0, 23, 49, 200] {
            assert_eq!(NumberFormat::built_in(id).kind(), FormatKind::General, "{id}");
        }
    }

    #[test]
    fn formats_are_told_apart() {
        for (code, kind) in [
            ("General", FormatKind::General),
            ("@", FormatKind::General),
            ("0", FormatKind::Digits { decimals: 0 }),
            ("#,##0", FormatKind::Digits { decimals: 0 }),
            ("#,##0.0#_ ;[Red]\\-#,##0.0#\\ ", FormatKind::Digits { decimals: 2 }),
            ("#,##0;[Red]#,##0", FormatKind::Other),
            ("#,##0,", FormatKind::Other),
            ("0.0%", FormatKind::Other),
            ("00000", FormatKind::Other),
            ("#,###", FormatKind::Other),
            ("0\"人\"", FormatKind::Other),
            ("#,##0;\"▲ \"#,##0", FormatKind::Other),
            ("[<=999]000;000-0000", FormatKind::Other),
            ("yyyy/m/d", FormatKind::Moment),
            ("[$-411]ggge\"年\"", FormatKind::Moment),
            ("h:mm", FormatKind::Moment),
            ("0\"days\"", FormatKind::Other),
        ] {
            assert_eq!(NumberFormat::new(code).kind(), kind, "{code}");
        }
    }

    #[test]
    fn numbers_are_shown_as_excel_shows_them() {
        for (code, number, shown) in [
            ("0.0%", 0.455, "45.5%"),
            ("#,##0,", 12_345_678.0, "12,346"),
            ("#,##0;\"▲ \"#,##0", -300.0, "▲ 300"),
            ("\"▲\"0", 300.0, "▲300"),
            ("000000", 12_025.0, "012025"),
            ("[<=999]000;[<=9999]000-00;000-0000", 7_600_011.0, "760-0011"),
            ("0\"人\"", 12.0, "12人"),
            ("\"¥\"#,##0", 1_200.0, "¥1,200"),
            ("[$¥-411]#,##0", 1_200.0, "¥1,200"),
            ("0.00E+00", 12_345.0, "1.23E+04"),
            ("#,###", 0.0, ""),
        ] {
            let format = NumberFormat::new(code);
            assert_eq!(format.shown(number, false).as_deref(), Some(shown), "{code}");
        }
    }
}
