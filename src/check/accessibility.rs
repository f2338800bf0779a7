//! Checks that the pages named in **accessibility** tests are pages of the site.

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::site::Site;
use crate::text::nearest;

/// Reports the pages that test results name and that are not on the site. Checks nothing if there
/// are errors already.
pub(super) fn tested_pages(site: &Site, diagnostics: &mut Diagnostics) {
    // Pages may be missing because of other errors, which are reported elsewhere.
    if diagnostics.has_errors() {
        return;
    }
    let results = site.accessibility.iter().flat_map(|known| &known.results);
    for page in results.flat_map(|result| &result.pages) {
        let paths = || site.plan.pages.iter().map(|page| page.path.as_str());
        if paths().any(|path| path == page.value) {
            continue;
        }
        let written = &page.value;
        let problem = Diagnostic::new(
            &diagnostic::ACCESSIBILITY_PAGE,
            page.place.clone(),
            message!(ja: "「{written}」というページはこのサイトにありません", en: "there is no page `{written}` on this site"),
        );
        diagnostics.push(problem.with_help(match nearest(written, paths()) {
            Some(near) => Message::did_you_mean(near),
            None => message!(
                ja: "「index.html」や「measures/….html」のように、トップページのフォルダーからのパスを記入してください",
                en: "give its path from the root of the site, such as `index.html` or `measures/….html`",
            ),
        }));
    }
}
