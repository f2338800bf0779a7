//! The **format of the content**: a number that grows when content means something else to a newer
//! program. It is written into `site.toml`, so that an older program says that it is too old and
//! does not misread what it cannot know.

use crate::diagnostic;
use crate::document::Keys;
use crate::message;

/// The format that this program reads. Content without a number has the first one.
const FORMAT: i64 = 1;

/// Reads `format` from the top level of `site.toml` and reports one that this program cannot read.
pub(super) fn read(keys: &mut Keys<'_>) {
    let Some(format) = keys.integer("format") else { return };
    if (1..=FORMAT).contains(&format) {
        return;
    }
    let (message, help) = if format > FORMAT {
        (
            message!(
                ja: "このサイトの入力データは、新しい形式（{format}）で書かれています。このプログラムが読めるのは形式{FORMAT}までです",
                en: "the content of this site is written in a newer format ({format}); this program reads formats up to {FORMAT}",
            ),
            message!(
                ja: "新しい版のkawarabanを使ってください",
                en: "use a newer version of kawaraban",
            ),
        )
    } else {
        (
            message!(
                ja: "入力データの形式に「{format}」はありません",
                en: "there is no format `{format}` of the content",
            ),
            message!(ja: "「{FORMAT}」と書いてください", en: "write `{FORMAT}`"),
        )
    };
    keys.problem(&diagnostic::DOCUMENT_VALUE, "format", message, help);
}
