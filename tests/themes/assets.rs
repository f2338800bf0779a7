//! The **assets** of a theme: its own scripts are bundled like those of the program, and the script
//! for pages of other sites always has the same address.

use std::collections::BTreeMap;
use std::fs;

use kawaraban::pipeline;

use super::set_theme;
use super::support::{copy, sound_site, temporary};

/// The files of the small site with the theme files `own`, by path without the folder of the
/// assets.
fn built(own: &[(&str, &str)]) -> BTreeMap<String, String> {
    let site = temporary();
    copy(&sound_site(), site.path());
    for (path, text) in own {
        let path = site.path().join("themes/city").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    set_theme(site.path(), "city");
    let built = pipeline::build(site.path(), &pipeline::BuildOptions::default(), &pipeline::Silent);
    let said: Vec<_> = built.diagnostics.iter().map(|d| (&d.message.en, &d.place)).collect();
    assert!(said.is_empty(), "{said:#?}");
    let artifacts = built.artifacts.expect("the site is whole").into_iter();
    let named = artifacts.map(|artifact| {
        let text = String::from_utf8_lossy(&artifact.body.whole()).into_owned();
        let below = artifact.path.strip_prefix("assets/").and_then(|path| path.split_once('/'));
        (below.map_or(artifact.path.clone(), |(_, path)| path.to_owned()), text)
    });
    named.collect()
}

#[test]
fn scripts_that_templates_load_are_bundled_with_what_they_import() {
    let files = built(&[
        (
            "base.html",
            "{% extends \"default/base.html\" %}{% block head %}\
             <script defer src=\"{{ asset(\"own/menu.js\") }}\"></script>\
             <script defer src=\"{{ page.assets }}own/plain.js\"></script>\
             <script type=\"module\" src=\"{{ asset(\"own/library.js\") }}\"></script>\
             {% endblock %}",
        ),
        (
            "assets/own/menu.js",
            "/*! MIT: a city */\nimport { open } from './open.js';\nimport { element } from '../search/element.js';\n// note\nopen(element('p'));\n",
        ),
        ("assets/own/open.js", "export const open = (part) => document.body.append(part);\n"),
        ("assets/own/plain.js", "// A script of the vendor's.\nvar menu = 1;\n"),
        ("assets/own/library.js", "export default function library() {}\n"),
    ]);
    let menu = &files["own/menu.js"];
    for part in ["import", "note", "export"] {
        assert!(!menu.contains(part), "{part}: {menu}");
    }
    assert!(menu.contains("/*! MIT: a city */") && menu.contains("document.body.append"), "{menu}");
    assert!(menu.contains("createElement"), "what it imports of the program: {menu}");
    // Scripts without imports stay as they are: others may use their variables. So does what only a
    // browser can load, and what is imported.
    assert_eq!(files["own/plain.js"], "// A script of the vendor's.\nvar menu = 1;\n");
    assert!(files["own/library.js"].starts_with("export default"));
    assert!(files["own/open.js"].starts_with("export const open"));
}

#[test]
fn the_folder_of_the_assets_changes_with_what_is_published() {
    let folder = |styles| {
        let files = built(&[("theme.css", styles)]);
        let home = &files["index.html"];
        let rest = home.split("href=\"assets/").nth(1).expect("a style sheet");
        rest.split('/').next().map(str::to_owned).expect("a folder")
    };
    let plain = folder("a { top: 0; }\n");
    // Comments are not published.
    assert_eq!(folder("/* note */\na { top: 0; }\n"), plain);
    assert!(folder("a { top: 1px; }\n") != plain);
}

#[test]
fn pages_of_other_sites_load_the_search_from_an_address_that_stays() {
    let files = built(&[("words/ja.toml", "search_retry = \"もう一回\"\n")]);
    let script = &files["kawaraban.js"];
    let call = script.lines().rev().nth(1).expect("the last line but one is the call");
    let (address, words) = call.split_once(", ").expect("two arguments");
    let address = address.trim_start_matches("embed(").trim_matches('"');
    let (folder, path) = address.split_once("/search/").expect("a path");
    assert!(folder.starts_with("assets/") && files.contains_key(&format!("search/{path}")));
    // The words of the site's own language are first.
    assert!(
        words.starts_with("{ \"ja\": {") && words.contains("\"retry\":\"もう一回\""),
        "{words}"
    );
    assert!(files["index.html"].contains(folder), "the folder of this build");
}
