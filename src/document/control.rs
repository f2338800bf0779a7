//! **Control characters**, which a TOML file can have by an escape such as `\u000b`: no page
//! displays them and XML does not allow them. They are removed, and this is reported.
//!
//! Not in here: control characters in cells of tables (`table::invisible`).

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::text::is_control;

/// Removes control characters from all texts of `document`, which was read from `text`, and reports
/// them; `place` converts a range of the text to a place.
pub(super) fn take_out(
    document: &mut DeTable<'_>,
    text: &str,
    place: impl Fn(Range<usize>) -> Place,
    diagnostics: &mut Diagnostics,
) {
    // Without an escape there are none, since the parser refuses unescaped ones.
    if !text.contains('\\') {
        return;
    }
    let mut found = Vec::new();
    for (_, value) in document.iter_mut() {
        clean(value.span(), value.get_mut(), &mut found);
    }
    for (range, characters) in found {
        let listed: Vec<String> =
            characters.into_iter().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        let (ja, en) = (listed.join("、"), listed.join(", "));
        diagnostics.push(Diagnostic::new(
            &diagnostic::DOCUMENT_CONTROL,
            place(range),
            message!(
                ja: "制御文字（{ja}）を取り除いて読み取りました",
                en: "control characters are taken out: {en}",
            ),
        ));
    }
}

/// Removes control characters from `value`, which is at `range`, and from the values in it. Adds
/// the ranges and characters to `found`.
fn clean(
    range: Range<usize>,
    value: &mut DeValue<'_>,
    found: &mut Vec<(Range<usize>, BTreeSet<char>)>,
) {
    match value {
        DeValue::String(text) => {
            let controls: BTreeSet<char> = text.chars().filter(|c| is_control(*c)).collect();
            if !controls.is_empty() {
                let plain: String = text.chars().filter_map(plain).collect();
                *text = plain.into();
                found.push((range, controls));
            }
        }
        DeValue::Array(items) => {
            for item in items.iter_mut() {
                clean(item.span(), item.get_mut(), found);
            }
        }
        DeValue::Table(table) => {
            for (_, value) in table.iter_mut() {
                clean(value.span(), value.get_mut(), found);
            }
        }
        _ => {}
    }
}

/// The replacement of a character: a space for those that separate lines (Word writes a vertical
/// tab), `None` for other control characters.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_control(c) => None,
        c => Some(c),
    }
}
