//! Checks the registry of published **addresses**: a page that was published must not vanish
//! without a redirect or the announcement that it was removed.
//!
//! Not in here: recording addresses (`cli`), and where redirects lead (`redirects`).

use std::collections::BTreeSet;

use crate::config::PublicState;
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::message;
use crate::site::{Site, file_paths};
use crate::text::nearest;

/// Checks every recorded address of `site`. Does nothing if the content has errors: what could not
/// be read has not vanished.
pub(super) fn addresses(site: &Site, diagnostics: &mut Diagnostics) {
    if diagnostics.has_errors() {
        return;
    }
    let later = |state| matches!(state, PublicState::NotDue(_));
    let not_due: BTreeSet<&str> = (site.withheld.iter())
        .filter(|withheld| later(withheld.state))
        .map(|withheld| withheld.address.as_str())
        .collect();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for recorded in &site.addresses {
        let address = recorded.address.as_str();
        if !known.insert(address)
            || site.plan.has(&file_paths::named_page(address))
            || not_due.contains(address)
        {
            continue;
        }
        let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
        let pages = site.plan.pages.iter().filter_map(|page| page.key.strip_suffix(".html"));
        let beside = pages.filter(|page| page.rsplit_once('/').map_or("", |(f, _)| f) == folder);
        let target = nearest(address, beside).unwrap_or("…");
        let title =
            recorded.title.as_deref().map(|title| format!("「{title}」")).unwrap_or_default();
        let message = message!(
            ja: "公開したページ「{address}」{title}がなくなっています",
            en: "the page `{address}`, which was published, has vanished",
        );
        let place = recorded.address.place.clone();
        diagnostics.push(Diagnostic::new(&diagnostic::CHECK_ADDRESS, place, message).with_help(message!(
            ja: "ページが移動した場合は「{address},{target}」、削除した場合は「{address},」という行を「content/redirects.csv」（旧ページ,新ページ）に加えてください。移動先の分かるページの行は、「kawaraban diff --write-redirects」でも加えられます",
            en: "add a row to `content/redirects.csv`: `{address},{target}` if it has moved, `{address},` if it was removed; `kawaraban diff --write-redirects` adds the rows of pages whose new address is known",
        )));
    }
}
