//! A **colour** of a theme: its value where it is written as `#rgb` or `#rrggbb`, and whether any
//! other text is a colour of CSS.

/// The named colours of CSS (CSS Color Module Level 4), and the keywords that every property
/// accepts.
const NAMES: &str = "\
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue \
    blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk \
    crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki \
    darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen \
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue \
    dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite \
    gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki \
    lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan \
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen \
    lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen \
    magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen \
    mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream \
    mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid \
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum \
    powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown \
    seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen \
    steelblue tan teal thistle tomato transparent turquoise violet wheat white whitesmoke \
    yellow yellowgreen currentcolor canvas canvastext linktext visitedtext activetext \
    buttonface buttontext buttonborder field fieldtext highlight highlighttext selecteditem \
    selecteditemtext mark marktext graytext accentcolor accentcolortext inherit initial unset \
    ";

/// The functions of CSS that return a colour.
const FUNCTIONS: [&str; 14] = [
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "color-mix",
    "light-dark",
    "var",
    "contrast-color",
];

/// Is `text` a colour of CSS? The arguments of functions are not checked.
pub(super) fn is_colour(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    if let Some(digits) = text.strip_prefix('#') {
        return [3, 4, 6, 8].contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    match text.split_once('(') {
        Some((function, _)) => FUNCTIONS.contains(&function),
        None => names().any(|name| name == text),
    }
}

/// The names of colours.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.split_whitespace()
}

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
    use super::{Colour, is_colour};

    #[test]
    fn a_colour_of_css_is_told_from_a_slip() {
        for good in ["blue", "#0b6e4f80", "oklch(60% 0.1 200)", "var(--ink)", "CanvasText"] {
            assert!(is_colour(good), "{good}");
        }
        for bad in ["blu", "#12345", "calc(1px)", "", "1px", "#gggggg"] {
            assert!(!is_colour(bad), "{bad}");
        }
    }

    #[test]
    fn a_colour_is_read_in_both_lengths() {
        assert_eq!(Colour::parse("#173f77"), Some(Colour([0x17, 0x3f, 0x77])));
        assert_eq!(Colour::parse("#fA0"), Some(Colour([0xff, 0xaa, 0x00])));
        for other in ["rgb(0, 0, 0)", "#12", "#12345g", "navy"] {
            assert_eq!(Colour::parse(other), None, "{other}");
        }
    }
}
