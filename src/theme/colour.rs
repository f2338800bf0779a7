//! A **colour** of a theme that is written as `#rgb` or `#rrggbb`.
//!
//! Not in here: other colour notations of CSS, which have no value for the product.

/// Red, green and blue of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Parses `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let channel = |at: usize| {
            let pair = match digits.len() {
                3 => digits.get(at..=at)?.repeat(2),
                6 => digits.get(at * 2..at * 2 + 2)?.to_owned(),
                _ => return None,
            };
            u8::from_str_radix(&pair, 16).ok()
        };
        Some(Self([channel(0)?, channel(1)?, channel(2)?]))
    }

    /// Relative luminance (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0;
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn a_colour_is_read_in_both_lengths() {
        assert_eq!(Colour::parse("#173f77"), Some(Colour([0x17, 0x3f, 0x77])));
        assert_eq!(Colour::parse("#fA0"), Some(Colour([0xff, 0xaa, 0x00])));
        for other in ["rgb(0, 0, 0)", "#12", "#12345g", "navy"] {
            assert_eq!(Colour::parse(other), None, "{other}");
        }
    }
}
