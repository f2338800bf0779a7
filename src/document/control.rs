//! **Control characters**, which TOML has by an escape such as `\u000b`: no page shows them and no
//! XML may have them. They are taken out, and said.
//!
//! Not in here: those in cells of tables (`table::invisible`).

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Place};
use crate::message;
use crate::text::is_control;

/// Takes them out of all texts of `document`, read from `text`; `place` is where a range of it
/// stands.
pub(super) fn take_out(
    document: &mut DeTable<'_>,
    text: &str,
    place: impl Fn(Range<usize>) -> Place,
    diagnostics: &mut Diagnostics,
) {
    // Without an escape there are none: the parser refuses them.
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

/// Takes them out of `value`, which stands at `range`, and of what is in it; adds what was `found`.
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

/// What is left of a character: Word parts lines by a vertical tab.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_control(c) => None,
        c => Some(c),
    }
}
