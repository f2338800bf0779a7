//! Checks where **redirects** lead: each must lead to a page of this site, and none to itself or,
//! through others, back to itself.
//!
//! Not in here: a path that two redirects, or a redirect and a page, both claim (`site::plan`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message};
use crate::message;
use crate::policy::Redirect;
use crate::site::Site;
use crate::text::nearest;

/// Checks every redirect of `site` that names a target.
pub(super) fn redirects(site: &Site, diagnostics: &mut Diagnostics) {
    let pages: BTreeSet<&str> =
        site.plan.pages.iter().filter_map(|page| page.key.strip_suffix(".html")).collect();
    let moved: BTreeSet<&str> =
        site.redirects.iter().map(|redirect| redirect.from.as_str()).collect();
    // Pages that are themselves redirected are not suggested as targets.
    let stay = || pages.iter().copied().filter(|page| !moved.contains(page));
    // If two redirects have the same address, the first counts; the second is reported as a
    // conflict of paths.
    let mut by_source: BTreeMap<&str, (&Redirect, &Located<String>)> = BTreeMap::new();
    for redirect in &site.redirects {
        let Some(to) = &redirect.to else { continue };
        by_source.entry(&redirect.from).or_insert((redirect, to));
        if to.value == redirect.from {
            diagnostics.push(to_itself(to));
        } else if !pages.contains(to.as_str()) {
            diagnostics.push(to_nothing(to, nearest(&to.value, stay())));
        }
    }
    for circle in circles(&by_source, site) {
        diagnostics.push(in_a_circle(&circle));
    }
}

type RedirectStep<'s> = (&'s Redirect, &'s Located<String>);

/// The circles of redirects, each as its two or more redirects in order. Every circle is returned
/// once.
fn circles<'s>(
    by_source: &BTreeMap<&'s str, RedirectStep<'s>>,
    site: &'s Site,
) -> Vec<Vec<RedirectStep<'s>>> {
    // Follow the redirects from each start until an address is not redirected, or is one that was
    // seen before. If that address is on the way from the present start, the way from there on is a
    // circle; otherwise an earlier start has led here. A redirect to itself is not counted as a
    // circle.
    let mut circles = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for start in &site.redirects {
        let mut way: Vec<RedirectStep<'_>> = Vec::new();
        let mut at = start.from.as_str();
        while let Some(&step) = by_source.get(at) {
            if !seen.insert(at) {
                let first = way.iter().position(|(passed, _)| passed.from == at);
                circles.extend(first.map(|first| way.split_off(first)).filter(|c| c.len() > 1));
                break;
            }
            way.push(step);
            at = step.1.as_str();
        }
    }
    circles
}

fn to_itself(to: &Located<String>) -> Diagnostic {
    let text = &to.value;
    Diagnostic::new(
        &diagnostic::CHECK_REDIRECT_LOOP,
        to.place.clone(),
        message!(ja: "「{text}」の移動先が「{text}」自身になっています", en: "`{text}` redirects to itself"),
    )
    .with_help(correct_the_target())
}

fn to_nothing(to: &Located<String>, near: Option<&str>) -> Diagnostic {
    let text = &to.value;
    Diagnostic::new(
        &diagnostic::CHECK_REDIRECT,
        to.place.clone(),
        message!(ja: "移動先のページ「{text}」がありません", en: "the redirect leads to `{text}`, which is not a page"),
    )
    .with_help(match near {
        Some(near) => Message::did_you_mean(near),
        None => correct_the_target(),
    })
}

/// The problem of a circle of redirects, at the target of the first. At most five redirects are
/// named, and their places related, since circles may be long.
fn in_a_circle(circle: &[RedirectStep<'_>]) -> Diagnostic {
    let (first, to) = circle[0];
    // Circles may have hundreds of redirects.
    const SHOWN: usize = 5;
    let mut way: Vec<&str> =
        circle.iter().take(SHOWN).map(|(step, _)| step.from.as_str()).collect();
    if circle.len() > SHOWN {
        way.push("…");
    }
    way.push(&first.from);
    let way = way.join(" → ");
    let problem = Diagnostic::new(
        &diagnostic::CHECK_REDIRECT_LOOP,
        to.place.clone(),
        message!(ja: "移動先をたどると元のページに戻ります：{way}", en: "redirects lead in a circle: {way}"),
    );
    let others = circle[1..].iter().take(SHOWN - 1);
    others
        .fold(problem, |problem, (_, to)| {
            problem.with_related(to.place.clone(), message!(ja: "続く移動先", en: "leads on here"))
        })
        .with_help(correct_the_target())
}

fn correct_the_target() -> Message {
    message!(
        ja: "移動先を訂正してください。空欄にすると、ページが削除されたことをお知らせします",
        en: "correct the target, or leave it blank to announce that the page was removed",
    )
}
