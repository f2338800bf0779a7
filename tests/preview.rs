//! The preview makes each file when it is asked for. Its files are those of a build, byte for byte.

#![allow(clippy::disallowed_methods, reason = "a test edits the content as a clerk does")]

mod support;

use kawaraban::pipeline::{Assembled, BuildOptions, LiveSite, Silent, assemble, build};

use support::{copy, root, sound_site, temporary};

/// The live site of `folder`, which must have no error.
fn live(folder: &std::path::Path, before: Option<&LiveSite>) -> LiveSite {
    let Assembled { site, fonts, .. } = assemble(folder, &BuildOptions::default());
    let (site, theme) = site.expect("the site has no error");
    LiveSite::new(site, theme, fonts, before)
}

#[test]
fn every_file_of_the_preview_is_that_of_a_build() {
    for folder in [sound_site(), root()] {
        let live = live(&folder, None);
        let built = build(&folder, &BuildOptions::default(), &Silent);
        let artifacts = built.artifacts.expect("the site is whole");
        assert!(artifacts.len() > 100);
        for artifact in artifacts {
            let found = live.file(&artifact.path);
            let found = found.unwrap_or_else(|problems| panic!("{}: {problems:?}", artifact.path));
            let found = found.unwrap_or_else(|| panic!("{} is missing", artifact.path));
            assert!(found.whole() == artifact.body.whole(), "{} differs", artifact.path);
        }
        for nothing in ["measures/none.html", "tables/none/manifest.json", "data/none.csv", "x"] {
            assert!(live.file(nothing).is_ok_and(|found| found.is_none()), "{nothing}");
        }
    }
}

#[test]
fn after_an_edit_pages_are_new_and_what_takes_long_is_that_of_before_until_it_is_made() {
    let site = temporary();
    copy(&sound_site(), site.path());
    let first = live(site.path(), None);
    first.prepare(|| true);
    let manifest = |live: &LiveSite| {
        let found = live.file("search/manifest.json").expect("an index");
        found.expect("a manifest").whole().into_owned()
    };
    let indexed = manifest(&first);

    let policy = site.path().join("content/policies/2022/planning.toml");
    let text = std::fs::read_to_string(&policy).expect("a policy");
    let changed = text.replace("まちづくり懇談会の開催", "まちづくり懇談会の充実");
    assert_ne!(text, changed);
    support::write(&policy, changed);

    let second = live(site.path(), Some(&first));
    drop(first);
    let page = second.file("measures/town-meetings-2022.html").expect("a page").expect("a page");
    assert!(String::from_utf8_lossy(&page.whole()).contains("まちづくり懇談会の充実"));
    assert!(manifest(&second) == indexed, "the index of before answers");
    second.prepare(|| false);
    assert!(manifest(&second) == indexed, "nobody wanted the new one");
    second.prepare(|| true);
    assert!(manifest(&second) != indexed, "the new index answers");
}
