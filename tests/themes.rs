//! What a theme can rely on: every variable that a template is given stands in `docs/en/theme.md`
//! with its type and meaning, and nothing stands there that no template is given; the same for
//! blocks, words and tokens. `docs/ja/theme.md` has the same lists without meanings. `KAWARABAN_BLESS=1 cargo test --release --all-features --test themes` writes
//! names and types anew and keeps the meanings; a variable without a meaning is for a person to
//! describe.

#![allow(clippy::disallowed_methods, reason = "tests read what belongs to the repository")]

mod support;

#[path = "themes/assets.rs"]
mod assets;
#[path = "themes/contract.rs"]
mod contract;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use kawaraban::artifact::{Body, MemorySink};
use kawaraban::diagnostic::Severity;
use kawaraban::{catalog, html, pipeline, search};
use pretty_assertions::assert_eq;
use serde_json::Value;
use support::{copy, root, temporary};

/// Where the generated part of the documentation begins.
const BEGIN: &str =
    "<!-- From here on names, types and blocks are checked by tests/themes.rs. -->\n";
/// The section of what every template is given.
const EVERY: &str = "every template";
/// The section of the lists that templates can query.
const DATA: &str = "data";
/// The section of the custom properties that `theme.toml` sets.
const TOKENS: &str = "tokens";

/// The section of the words of the user interface.
const WORDS: &str = "words";
/// The section of names that earlier versions had.
const RENAMED: &str = "renamed and removed";
/// Blocks that may change in any version.
const INTERNAL: [&str; 2] = ["page_head", "title_within"];
/// Where the generated part of the Japanese documentation begins.
const BEGIN_JA: &str =
    "<!-- From here on names, types and blocks are written by tests/themes.rs. -->\n";

/// Types by variable, by section.
type Sections = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

#[test]
fn every_variable_of_every_template_is_documented() {
    let bless = std::env::var_os("KAWARABAN_BLESS").is_some();
    assert!(!(bless && std::env::var_os("CI").is_some()), "nothing is blessed in CI");
    let path = root().join("docs/en/theme.md");
    let document = fs::read_to_string(&path).expect("docs/en/theme.md is there");
    let (before, written) = document.split_once(BEGIN).expect("the document has its mark");
    let shapes = shapes(written);
    let list = list(&given(&shapes), &shapes, &Written::of(written));
    if bless {
        fs::write(&path, format!("{before}{BEGIN}{list}")).expect("the document can be written");
    }
    let path_ja = root().join("docs/ja/theme.md");
    let document_ja = fs::read_to_string(&path_ja).expect("docs/ja/theme.md is there");
    let (before_ja, written_ja) = document_ja.split_once(BEGIN_JA).expect("it has its mark");
    let list_ja = in_japanese(&list);
    if bless {
        fs::write(&path_ja, format!("{before_ja}{BEGIN_JA}{list_ja}")).expect("it can be written");
    }
    assert!(bless || written_ja == list_ja, "docs/ja/theme.md is not up to date");
    let nameless: Vec<&str> = list.lines().filter(|line| line.ends_with("|  |")).collect();
    assert!(nameless.is_empty(), "variables without a meaning:\n{}", nameless.join("\n"));
    let wrong: Vec<&str> = list.lines().filter(|line| !written.contains(line)).collect();
    let gone: Vec<&str> = written.lines().filter(|line| !list.contains(line)).collect();
    assert!(
        bless || written == list,
        "docs/en/theme.md is not up to date; given, but not written:\n{}\nwritten, but not given:\n{}",
        wrong.join("\n"),
        gone.join("\n"),
    );
}

#[test]
fn the_second_theme_is_short_and_whole() {
    let folder = root().join("themes/sumi");
    let mut lines = 0;
    for entry in walkdir::WalkDir::new(&folder) {
        let entry = entry.expect("the folder can be read");
        if entry.file_type().is_file() {
            lines += fs::read_to_string(entry.path()).expect("a text").lines().count();
        }
    }
    assert!((20..200).contains(&lines), "themes/sumi has {lines} lines");

    let site = temporary();
    let content = site.path().join("content");
    copy(&root().join("content"), &content);
    copy(&folder, &site.path().join("themes/sumi"));
    let settings = fs::read_to_string(content.join("site.toml")).expect("a text");
    fs::write(content.join("site.toml"), format!("theme = \"sumi\"\n{settings}")).expect("written");
    let built = pipeline::build(site.path(), &pipeline::BuildOptions::default(), &pipeline::Silent);
    let said: Vec<String> = built.diagnostics.iter().map(|d| d.message.en.clone()).collect();
    assert_eq!(built.diagnostics.count(Severity::Error), 0, "{said:?}");
    assert!(!built.diagnostics.iter().any(|d| d.code.id == "theme::contrast"), "{said:?}");
    let artifacts = built.artifacts.expect("the site is whole");
    let text = |wanted: &dyn Fn(&str) -> bool| {
        let found = artifacts.iter().find(|artifact| wanted(&artifact.path)).expect("it is there");
        String::from_utf8(found.body.whole().into_owned()).expect("a text")
    };
    // Tokens, styles, blocks, words; and the rest is the default theme's.
    let css = text(&|path| path.starts_with("assets/") && path.ends_with("/site.css"));
    assert!(css.contains("--accent:#a8281c") && css.contains("'Yu Mincho'"));
    let home = text(&|path| path == "index.html");
    assert!(home.contains("class=\"colophon\"") && home.contains(">調べる<"), "{home}");
    assert!(home.contains("id=\"main\"") && home.contains("class=\"site-header\""), "{home}");
    // Not every measure has related ones.
    let has_related =
        |body: &Body| String::from_utf8_lossy(&body.whole()).contains("id=\"related\"");
    let mut measures = artifacts.iter().filter(|artifact| artifact.path.starts_with("measures/"));
    let whole = |path: &str| path.ends_with("2022.html");
    let related = measures.find(|found| whole(&found.path) && has_related(&found.body));
    let related = &related.expect("a measure has related ones").path;
    let measure = text(&|path| path == related);
    assert!(measure.contains("class=\"seal\"") && !measure.contains("class=\"facts-line\""));
    for section in ["direction", "result", "related", "use"] {
        assert!(measure.contains(&format!("<h2 id=\"{section}\">")), "{section}: {measure}");
    }
}

#[test]
fn a_theme_of_a_third_city_stands_on_the_second() {
    let folder = root().join("tests/fixtures/minato");
    let mut lines = 0;
    for entry in walkdir::WalkDir::new(folder.join("themes")) {
        let entry = entry.expect("the folder can be read");
        // The font is no text.
        lines += fs::read_to_string(entry.path()).map_or(0, |text| text.lines().count());
    }
    assert!((20..150).contains(&lines), "the theme has {lines} lines");

    let site = temporary();
    copy(&root().join("content"), &site.path().join("content"));
    copy(&folder, site.path());
    set_theme(site.path(), "minato");
    let built = pipeline::build(site.path(), &pipeline::BuildOptions::default(), &pipeline::Silent);
    let of_theme = built.diagnostics.iter().filter(|found| {
        found.code.severity == Severity::Error || found.code.id.starts_with("theme::")
    });
    let said: Vec<_> = of_theme.map(|found| (&found.message.en, &found.place)).collect();
    assert!(said.is_empty(), "{said:#?}");
    let artifacts = built.artifacts.expect("the site is whole");
    let text = |wanted: &dyn Fn(&str) -> bool| {
        let found = artifacts.iter().find(|artifact| wanted(&artifact.path)).expect("it is there");
        String::from_utf8(found.body.whole().into_owned()).expect("a text")
    };
    let home = text(&|path| path == "index.html");
    // What it adds, what sumi adds, and what the default theme has.
    for part in ["class=\"crest\"", "class=\"colophon\"", "href=\"guide/moving.html\""] {
        assert!(home.contains(part), "{part}: {home}");
    }
    let latest = home.split("id=\"latest\"").nth(1).and_then(|rest| rest.split("</ul>").next());
    assert_eq!(latest.map(|list| list.matches("<li>").count()), Some(5), "{home}");
    let english = text(&|path| path == "en/index.html");
    assert!(english.contains("<h2 id=\"latest\">Latest results of "), "{english}");
    let guide = text(&|path| path == "guide/moving.html");
    assert!(guide.contains("窓口： 市民課（本庁舎1階）</p>"), "{guide}");
    assert!(guide.contains("src=\"../assets/"), "{guide}");
    let css = text(&|path| path.starts_with("assets/") && path.ends_with("/site.css"));
    assert!(css.contains("--accent:#0b4f8a") && css.contains("url('figures.otf')"));
}

#[test]
fn every_list_of_the_data_can_be_queried_on_every_page() {
    let site = temporary();
    copy(&support::sound_site(), site.path());
    let write = |path: &str, text: &str| {
        let path = site.path().join("themes/city").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    };
    set_theme(site.path(), "city");
    let lists = [
        "{% for m in data.measures | where(topics='community', fiscal_year='2022') %}{{ m.id }} {{ m.department.name.text }} {{ m.rating.id }} {{ m.published_iso }}{% endfor %}",
        "{% for p in data.policies %}{{ p.id }} {{ p.count }} {{ p.headline.text }}{% endfor %}",
        "{% for d in data.departments %}{{ d.id }} {{ d.count }}{% endfor %}",
        "{{ (data.topics | where(id='community') | first).url }}",
        "{{ data.ratings | map(attribute='id') | join(' ') }}",
        "{% for y in data.years %}{{ y.fiscal_year }} {{ y.url }}{% endfor %}",
        "{% for d in data.datasets | where(built_in=false) %}{{ d.id }} {{ d.row_count }}{% endfor %}",
        "{{ data.pages | map(attribute='id') | join(' ') }}",
        "{{ data.rows.halls | length }} {{ (data.rows.halls | order_by('name'))[0].name }}",
    ];
    let lists = lists.join("|");
    write(
        "base.html",
        &format!(
            "{{% extends \"default/base.html\" %}}{{% block body_end %}}<!--{lists}-->{{% endblock %}}"
        ),
    );
    let build = || {
        let options = pipeline::BuildOptions::default();
        let built = pipeline::build(site.path(), &options, &pipeline::Silent);
        let said: Vec<_> = built.diagnostics.iter().map(|d| (&d.message.en, &d.place)).collect();
        assert!(said.is_empty(), "{said:#?}");
        let pages = built.artifacts.expect("the site is whole").into_iter();
        let pages = pages.filter(|artifact| artifact.path.ends_with(".html"));
        let text = |page: &Body| String::from_utf8(page.whole().into_owned()).expect("a text");
        pages.map(|page| (page.path, text(&page.body))).collect::<BTreeMap<_, _>>()
    };
    let pages = build();
    let said = |page: &str| {
        let rest = page.split("<!--").nth(1).expect("the page has the lists");
        rest.split("-->").next().unwrap_or_default().to_owned()
    };
    let first = said(&pages["index.html"]);
    assert_eq!(
        first.split('|').collect::<Vec<_>>(),
        [
            "town-meetings-2022 企画部 met 2023-06-23",
            "2022-planning 1 市民とともにつくるまち",
            "planning 1welfare 0",
            "topics/community.html",
            "met not-met not-rated not-yet",
            "2022 years/2022.html",
            "halls 2",
            "about",
            "2 中央公民館",
        ]
    );
    for (path, page) in &pages {
        assert!(path.starts_with("en/") || said(page) == first, "{path}");
    }
    assert!(build() == pages, "two builds are the same");
}

#[test]
fn the_default_theme_passes_the_check_of_own_templates() {
    let site = temporary();
    copy(&root().join("content"), &site.path().join("content"));
    copy(&root().join("themes/default"), &site.path().join("themes/copied"));
    for name in templates().keys() {
        // What is only copied is not checked again.
        let path = site.path().join("themes/copied").join(name);
        let text = fs::read_to_string(&path).expect("a text") + "{#- changed -#}\n";
        fs::write(&path, text).expect("it can be written");
    }
    let settings = site.path().join("content/site.toml");
    let text = fs::read_to_string(&settings).expect("a text");
    fs::write(&settings, format!("theme = \"copied\"\n{text}")).expect("it can be written");
    let assembled = pipeline::assemble(site.path(), &pipeline::BuildOptions::default());
    let of_theme = assembled.diagnostics.iter().filter(|found| {
        found.code.id.starts_with("theme::") || found.code.id.starts_with("html::")
    });
    let said: Vec<_> = of_theme.map(|found| (&found.message.en, &found.place)).collect();
    assert!(said.is_empty(), "{said:#?}");
    let (_, theme) = assembled.site.expect("the site is sound");
    let paths: usize = theme.own.iter().map(|template| template.paths.len()).sum();
    assert!(theme.own.len() == templates().len() && paths > 500, "{paths} attributes");
}

#[test]
fn check_refuses_what_build_refuses_in_the_same_words() {
    for case in ["html/render", "theme/unknown-variable", "theme/missing-template", "theme/policy"]
    {
        let site = temporary();
        copy(&support::sound_site(), site.path());
        copy(&root().join("tests/errors/cases").join(case), site.path());
        let folder = site.path().to_str().expect("a path that is a text");
        let (status, _, said) = support::run(["check", "--lang", "en", "--root", folder]);
        let built = fs::read_to_string(site.path().join("en.txt")).expect("a text");
        assert_eq!((status, said), (1, built.replace("; nothing was written", "")), "{case}");
    }
}

#[test]
fn a_theme_extends_a_theme_that_extends_one_of_the_program() {
    let site = temporary();
    copy(&support::sound_site(), site.path());
    let write = |path: &str, text: &str| {
        let path = site.path().join("themes").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    };
    let settings = site.path().join("content/site.toml");
    let text = fs::read_to_string(&settings).expect("a text");
    fs::write(&settings, format!("theme = \"city\"\n{text}")).expect("it can be written");
    write(
        "region/theme.toml",
        "extends = \"sumi\"\nmade_for = \"0.1\"\n[tokens]\nink = \"#101010\"\n",
    );
    write("region/theme.css", ".region { top: 0 }\n");
    write("region/words/ja.toml", "search = \"さがしもの\"\nown_region = \"地域\"\n");
    write(
        "region/base.html",
        "{% extends \"sumi/base.html\" %}\n{% block footer %}{{ super() }}<p>{{ words.own_region }}</p>{% endblock %}\n",
    );
    write("city/theme.toml", "extends = \"region\"\n[tokens]\nink = \"#202020\"\n");
    write("city/theme.css", ".city { top: 0 }\n");
    write("city/words/ja.toml", "own_region = \"市\"\n");
    write(
        "city/base.html",
        "{% extends \"region/base.html\" %}\n{% block brand %}{{ super() }}<img src=\"{{ page.assets }}crest.svg\" alt=\"\">{% endblock %}\n",
    );
    // What the theme that it extends has not of its own is that of the one before.
    write(
        "city/measure.html",
        "{% extends \"region/measure.html\" %}\n{% block lead %}<p>own lead</p>{% endblock %}\n",
    );
    write("city/assets/crest.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
    let built = pipeline::build(site.path(), &pipeline::BuildOptions::default(), &pipeline::Silent);
    let said: Vec<_> = built.diagnostics.iter().map(|d| (&d.message.en, &d.place)).collect();
    assert!(said.is_empty(), "{said:#?}");
    let artifacts = built.artifacts.expect("the site is whole");
    let text = |end: &str| {
        let found = artifacts.iter().find(|artifact| artifact.path.ends_with(end));
        String::from_utf8(found.expect("it is there").body.whole().into_owned()).expect("a text")
    };
    let css = text("/site.css");
    let at = |part: &str| css.find(part).unwrap_or_else(|| panic!("{part} is not in the sheet"));
    assert!(at("'Yu Mincho'") < at(".region") && at(".region") < at(".city"));
    assert!(at("--ink:#111111") < at("--ink:#101010") && at("--ink:#101010") < at("--ink:#202020"));
    assert!(css.contains("--accent:#a8281c"), "a token of the first");
    let measure = text("measures/town-meetings-2022.html");
    for part in [
        "class=\"colophon\"",
        "<p>市</p>",
        "crest.svg",
        "class=\"seal\"",
        "<p>own lead</p>",
        "さがしもの",
    ] {
        assert!(measure.contains(part), "{part}: {measure}");
    }
}

#[test]
fn pages_lie_in_folders_choose_templates_and_give_them_values() {
    let site = temporary();
    copy(&support::sound_site(), site.path());
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    };
    let settings = fs::read_to_string(site.path().join("content/site.toml")).expect("a text");
    write("content/site.toml", &format!("theme = \"city\"\n{settings}"));
    let policy = "content/policies/2022/planning.toml";
    let text = fs::read_to_string(site.path().join(policy)).expect("a text");
    let extra = "[extra]\nslogan = \"歩いて暮らす\"\n[[measures]]";
    let text = text.replacen("[[measures]]", extra, 1);
    write(policy, &format!("{text}\n[measures.extra]\nphotos = [\"a.jpg\", \"b.jpg\"]\n"));
    let head = "title = \"引っ越し\"\norder = 1\ntemplate = \"guide\"\n[extra]\nday = 2026-04-01";
    write("content/pages/guide/moving.md", &format!("+++\n{head}\n+++\n手順です。\n"));
    write(
        "themes/city/page-guide.html",
        "{% extends \"page.html\" %}{% block text %}<p>day {{ view.extra.day }}</p>{{ super() }}{% endblock %}\n",
    );
    write(
        "themes/city/policy.html",
        "{% extends \"default/policy.html\" %}{% block heading %}{{ super() }}<p>{{ view.extra.slogan }}</p>{% endblock %}\n",
    );
    write(
        "themes/city/measure.html",
        "{% extends \"default/measure.html\" %}{% block lead %}{{ super() }}<p>{{ view.extra.photos | join(' ') }}</p>{% endblock %}\n",
    );
    let built = pipeline::build(site.path(), &pipeline::BuildOptions::default(), &pipeline::Silent);
    let said: Vec<_> = built.diagnostics.iter().map(|d| (&d.message.en, &d.place)).collect();
    assert!(said.is_empty(), "{said:#?}");
    let artifacts = built.artifacts.expect("the site is whole");
    let text = |path: &str| {
        let found = artifacts.iter().find(|artifact| artifact.path == path);
        String::from_utf8(found.expect("it is there").body.whole().into_owned()).expect("a text")
    };
    let page = text("guide/moving.html");
    assert!(page.contains("<p>day 2026-04-01</p>") && page.contains("手順です。"), "{page}");
    // Its links lead to the root, and no section of the navigation is current.
    let entry = "<a href=\"../guide/moving.html\" aria-current=\"page\">引っ越し</a>";
    let entry = entry.replace("\" aria", "\"\n        aria");
    assert!(page.contains("href=\"../index.html\"") && page.contains(&entry), "{page}");
    assert!(!text("about.html").contains("<p>day"));
    assert!(text("policies/2022-planning.html").contains("<p>歩いて暮らす</p>"));
    assert!(text("measures/town-meetings-2022.html").contains("<p>a.jpg b.jpg</p>"));
    let published = ["2026-04-01", "歩いて暮らす", "b.jpg"];
    let is_data = |path: &str| path.ends_with(".json") || path.ends_with(".csv");
    for file in artifacts.iter().filter(|artifact| is_data(&artifact.path)) {
        let whole = file.body.whole();
        let body = String::from_utf8_lossy(&whole);
        assert!(!published.iter().any(|value| body.contains(value)), "{}", file.path);
    }
}

#[test]
fn every_block_can_be_changed_without_copying_the_rest() {
    let blocks = blocks();
    let site = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("content"), &site.path().join("content"));
    let build = || {
        let built =
            pipeline::build(site.path(), &pipeline::BuildOptions::default(), &pipeline::Silent);
        let said: Vec<String> = built.diagnostics.iter().map(|d| d.message.en.clone()).collect();
        assert_eq!(built.diagnostics.count(Severity::Error), 0, "{said:?}");
        let artifacts = built.artifacts.expect("the site is whole").into_iter();
        let pages = artifacts.filter(|artifact| artifact.path.ends_with(".html"));
        pages.map(|page| (page.path, page.body.whole().into_owned())).collect::<BTreeMap<_, _>>()
    };
    let plain = build();

    // A theme that puts a mark before every block of every template, and extends what it replaces.
    let theme = site.path().join("themes/marked");
    fs::create_dir_all(&theme).expect("a new folder");
    let mark = |template: &str, block: &str| format!("\u{2}{template} {block}\u{3}");
    for (template, blocks) in blocks.iter().filter(|(_, blocks)| !blocks.is_empty()) {
        let own = blocks.iter().map(|block| {
            format!(
                "{{% block {block} %}}{}{{{{ super() }}}}{{% endblock %}}\n",
                mark(template, block)
            )
        });
        let text = format!("{{% extends \"default/{template}\" %}}\n{}", own.collect::<String>());
        fs::write(theme.join(template), text).expect("it can be written");
    }
    let settings = site.path().join("content/site.toml");
    let text = fs::read_to_string(&settings).expect("a text");
    fs::write(&settings, format!("theme = \"marked\"\n{text}")).expect("it can be written");
    let marked = build();

    assert!(plain.keys().eq(marked.keys()));
    let mut seen = BTreeSet::new();
    for (path, page) in &marked {
        let page = String::from_utf8(page.clone()).expect("a page is a text");
        let mut rest = String::with_capacity(page.len());
        for (number, part) in page.split('\u{2}').enumerate() {
            let Some((name, after)) = part.split_once('\u{3}').filter(|_| number > 0) else {
                rest.push_str(part);
                continue;
            };
            seen.insert(name.to_owned());
            rest.push_str(after);
        }
        assert!(rest.as_bytes() == plain[path], "{path} is the same but for the marks");
    }
    // What a theme adds to the blocks of every page is lost on none. A block of data that another
    // site shows has no header and no footer.
    let is_framed = |path: &str| !path.trim_start_matches("en/").starts_with("embed/");
    for block in ["head", "brand", "navigation_entries", "footer", "body_end", "title", "header"] {
        let lost: Vec<&String> = (marked.iter())
            .filter(|(path, _)| is_framed(path))
            .filter(|(_, page)| !String::from_utf8_lossy(page).contains(&mark("base.html", block)))
            .map(|(path, _)| path)
            .collect();
        assert!(lost.is_empty(), "{block} of base.html is lost on {lost:?}");
    }
    // What a template of the default theme leaves to those that extend it is theirs to show.
    let parents = parents();
    let is_left = |template: &str, block: &String| {
        let extends = |other: &str| match parents.get(other) {
            Some(parent) => parent == template,
            None => template == "base.html" && other != template,
        };
        blocks.iter().any(|(other, own)| extends(other) && own.contains(block))
    };
    let unseen: Vec<String> = (blocks.iter())
        .flat_map(|(template, own)| own.iter().map(move |block| (template, block)))
        .filter(|(template, block)| !is_left(template, block))
        .map(|(template, block)| format!("{template} {block}"))
        .filter(|name| !seen.contains(name))
        .collect();
    assert!(unseen.is_empty(), "blocks that no page of the sample shows: {}", unseen.join(", "));
}

/// Writes the name of a theme into the settings of the site in `folder`.
fn set_theme(folder: &std::path::Path, name: &str) {
    let settings = folder.join("content/site.toml");
    let text = fs::read_to_string(&settings).expect("a text");
    fs::write(&settings, format!("theme = \"{name}\"\n{text}")).expect("it can be written");
}

/// Everything that the views of the sample site give, with the documented `shapes` by their names.
fn given(shapes: &BTreeMap<BTreeSet<String>, String>) -> Sections {
    let folder = temporary();
    copy(&root().join("content"), &folder.path().join("content"));
    // A theme that asks for all of the data, which otherwise is not made.
    let asks = folder.path().join("themes/asks");
    fs::create_dir_all(&asks).expect("a new folder");
    let all =
        "{% extends \"default/404.html\" %}{% block main %}{% set all = data %}{% endblock %}";
    fs::write(asks.join("404.html"), all).expect("it can be written");
    set_theme(folder.path(), "asks");
    let assembled = pipeline::assemble(folder.path(), &pipeline::BuildOptions::default());
    let (site, theme) = assembled.site.expect("the sample is sound");
    let facts = catalog::render(&site, &MemorySink::default());
    let mut sections = Sections::from([(TOKENS.to_owned(), tokens()), (WORDS.to_owned(), words())]);
    let related = search::related(&site);
    let mut described = BTreeSet::new();
    for (template, context) in html::views(&site, &theme, &facts, &related) {
        let is_first = described.insert(
            context
                .get_attr("page")
                .and_then(|page| page.get_attr("lang"))
                .map_or_else(|_| String::new(), |lang| lang.to_string()),
        );
        for root in ["site", "page", "data", "view"] {
            // The data are the same on every page of a language.
            if root == "data" && !is_first {
                continue;
            }
            let section = match root {
                "view" => &*template,
                "data" => DATA,
                _ => EVERY,
            };
            let values = context.get_attr(root).expect("every template is given it");
            let values = serde_json::to_value(&values).expect("values are JSON");
            let Some(fields) = values.as_object() else {
                sections.entry(template.to_string()).or_default();
                continue;
            };
            // The rows of datasets have the names that the site gives them.
            for (key, value) in fields.iter().filter(|(key, _)| root != "data" || *key != "rows") {
                describe(value, &format!("{root}.{key}"), section, shapes, &mut sections);
            }
        }
    }
    sections
}

fn describe(
    value: &Value,
    path: &str,
    section: &str,
    shapes: &BTreeMap<BTreeSet<String>, String>,
    sections: &mut Sections,
) {
    let mut say = |kind: &str| {
        let variables = sections.entry(section.to_owned()).or_default();
        variables.entry(path.to_owned()).or_default().insert(kind.to_owned());
    };
    match value {
        Value::Null => say("none"),
        Value::Bool(_) => say("true or false"),
        Value::Number(_) => say("number"),
        Value::String(_) => say("string"),
        Value::Array(items) => {
            say("list");
            for item in items {
                describe(item, &format!("{path}[]"), section, shapes, sections);
            }
        }
        Value::Object(fields) => {
            let shape = shapes.get(&fields.keys().cloned().collect::<BTreeSet<_>>());
            say(shape.map_or("map", String::as_str));
            for (key, field) in fields {
                match shape {
                    Some(shape) => describe(field, key, &section_of(shape), shapes, sections),
                    None => describe(field, &format!("{path}.{key}"), section, shapes, sections),
                }
            }
        }
    }
}

/// The document's list, with what is known of the meanings.
fn list(
    sections: &Sections,
    shapes: &BTreeMap<BTreeSet<String>, String>,
    written: &Written,
) -> String {
    let (blocks, parents) = (blocks(), parents());
    let mut names: Vec<&String> = sections.keys().collect();
    let is_shape = |name: &str| shapes.values().any(|shape| section_of(shape) == name);
    let rank =
        |name: &str| (name != TOKENS, name != WORDS, !is_shape(name), name != EVERY, name != DATA);
    names.sort_by_key(|name| (rank(name), (*name).clone()));
    let mut text = String::new();
    for name in names {
        text.push_str(&format!("\n### {name}\n"));
        if name == WORDS {
            text.push_str("\n| word | Japanese | English |\n|---|---|---|\n");
            for (word, texts) in &sections[name] {
                let texts: Vec<&str> = texts.iter().flat_map(|texts| texts.split('\n')).collect();
                text.push_str(&format!("| `{word}` | {} |\n", texts.join(" | ")));
            }
            continue;
        }
        // Those of `base.html` stand once, above; those of a template that several extend, at each.
        let inner = if name == EVERY { vec!["base.html"] } else { vec![name.as_str()] };
        let parent = inner.iter().filter_map(|name| parents.get(*name)).map(String::as_str);
        let names: Vec<&str> = parent.collect::<Vec<_>>().into_iter().chain(inner).collect();
        let mut found: Vec<&String> = Vec::new();
        for block in names.iter().filter_map(|name| blocks.get(*name)).flatten() {
            if !found.contains(&block) {
                found.push(block);
            }
        }
        if !found.is_empty() {
            let names = found.into_iter().map(String::as_str);
            let (internal, stable): (Vec<&str>, Vec<&str>) =
                names.partition(|name| INTERNAL.contains(name));
            text.push_str(&format!("\nBlocks: `{}`.", stable.join("`, `")));
            if !internal.is_empty() {
                text.push_str(&format!(" Internal: `{}`.", internal.join("`, `")));
            }
            text.push('\n');
        }
        let variables = &sections[name];
        if variables.is_empty() {
            continue;
        }
        text.push_str("\n| variable | type | meaning |\n|---|---|---|\n");
        for (variable, kinds) in variables {
            let items = format!("{variable}[]");
            let below = |other: &&String| other.starts_with(&items) && **other != items;
            let plain = variables.get(&items).filter(|_| !variables.keys().any(|o| below(&o)));
            if variable.ends_with("[]")
                && !variables.keys().any(|o| o.starts_with(&format!("{variable}.")))
            {
                continue;
            }
            let kind = join(kinds).replace(
                "list",
                &plain.map_or("list".to_owned(), |kinds| format!("list of {}", join(kinds))),
            );
            let row = (name.clone(), variable.clone());
            let kind = match written.types.get(&row) {
                Some(known) if holds(known, &kind) => known.clone(),
                _ => kind,
            };
            let of_another = || {
                let mut others =
                    written.meanings.iter().filter(|((_, other), _)| other == variable);
                others.next().map(|(_, meaning)| meaning.as_str())
            };
            let meaning = written.meanings.get(&row).map(String::as_str).or_else(of_another);
            let meaning = meaning.unwrap_or_default();
            text.push_str(&format!("| `{variable}` | {kind} | {meaning} |\n"));
        }
    }
    text.push_str(&format!("\n### {RENAMED}\n\n| old name | new name | since |\n|---|---|---|\n"));
    for (old, new, since) in kawaraban::theme::RENAMED {
        let new = new.map_or("none".to_owned(), |new| format!("`{new}`"));
        text.push_str(&format!("| `{old}` | {new} | {since} |\n"));
    }
    text
}

/// The list for people who read Japanese: headings and types in Japanese, without meanings.
fn in_japanese(list: &str) -> String {
    let mut text = String::new();
    let mut section = "";
    for line in list.lines() {
        section = line.strip_prefix("### ").unwrap_or(section);
        let is_of_words = section == WORDS;
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let line = match cells.as_slice() {
            _ if line.starts_with("### ") => line
                .replace("### tokens", "### トークン")
                .replace("### words", "### 用語")
                .replace("### renamed and removed", "### 名前が変わったもの・なくなったもの")
                .replace("### shape: ", "### 共通の形：")
                .replace("### every template", "### すべてのテンプレート"),
            _ if line.starts_with("Blocks: ") => line
                .replace("Blocks: ", "ブロック：")
                .replace(". Internal: ", "。内部用：")
                .replace("`, `", "`、`")
                .replace("`.", "`。"),
            [.., "since"] => "| 以前の名前 | 今の名前 | バージョン |".to_owned(),
            _ if section == RENAMED => line.replace("| none |", "| なし |"),
            ["---|---|---"] => "|---|---|".to_owned(),
            ["word", ..] => "| 用語 | 表示する言葉 |".to_owned(),
            ["variable", ..] => "| 変数 | 型 |".to_owned(),
            [name, japanese, _] if is_of_words => format!("| {name} | {japanese} |"),
            [name, kind, _] => format!("| {name} | {} |", kind_in_japanese(kind)),
            _ => line.to_owned(),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn kind_in_japanese(kind: &str) -> String {
    let one = |kind: &str| match kind {
        "string" => "文字列".to_owned(),
        "text" => "`text` と `lang`".to_owned(),
        "number" => "数値".to_owned(),
        "true or false" => "`true`・`false`".to_owned(),
        "map" => "項目のまとまり".to_owned(),
        "list" => "一覧".to_owned(),
        "none" => "`none`".to_owned(),
        "one" => "共通".to_owned(),
        "light and dark" => "明るい画面と暗い画面".to_owned(),
        other => format!("`{other}`"),
    };
    let several = |kinds: &str| {
        let kinds = kinds.replace("true or false", "true/false");
        let kinds =
            kinds.split(" or ").map(|kind| one(&kind.replace("true/false", "true or false")));
        kinds.collect::<Vec<_>>().join("、")
    };
    match kind.strip_prefix("list of ") {
        Some(inner) => format!("{}の一覧", several(inner)),
        None => several(kind),
    }
}

fn join(kinds: &BTreeSet<String>) -> String {
    // What may be absent says so last.
    let known = kinds.iter().filter(|kind| *kind != "none").map(String::as_str);
    let absent = kinds.contains("none").then_some("none");
    known.chain(absent).collect::<Vec<_>>().join(" or ")
}

fn section_of(shape: &str) -> String {
    format!("shape: {shape}")
}

/// The documented shapes: a map with just these fields is called by this name.
fn shapes(document: &str) -> BTreeMap<BTreeSet<String>, String> {
    let mut shapes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (section, variable, _) in rows(document) {
        if let Some(shape) = section.strip_prefix("shape: ") {
            let field = variable.split(['.', '[']).next().unwrap_or_default().to_owned();
            shapes.entry(shape.to_owned()).or_default().insert(field);
        }
    }
    shapes.into_iter().map(|(name, fields)| (fields, name)).collect()
}

/// Types and meanings as the document has them, by section and variable.
#[derive(Default)]
struct Written {
    types: BTreeMap<(String, String), String>,
    meanings: BTreeMap<(String, String), String>,
}

impl Written {
    fn of(document: &str) -> Self {
        let mut written = Self::default();
        for (section, variable, [kind, meaning]) in rows(document) {
            let row = (section, variable);
            written.types.insert(row.clone(), kind);
            if !meaning.is_empty() {
                written.meanings.insert(row, meaning);
            }
        }
        written
    }
}

/// Does the written type allow everything that is given? The sample need not show that something
/// can be absent, or a list without items.
fn holds(written: &str, given: &str) -> bool {
    let written: Vec<&str> = written.split(" or ").collect();
    given.split(" or ").all(|kind| {
        let listed = kind == "list" && written.iter().any(|known| known.starts_with("list of "));
        listed || written.contains(&kind)
    })
}

/// Section and variable of each row, with its type and meaning.
fn rows(document: &str) -> impl Iterator<Item = (String, String, [String; 2])> {
    let mut section = "";
    document.lines().filter_map(move |line| {
        section = line.strip_prefix("### ").unwrap_or(section);
        let cells: Vec<&str> = line.strip_prefix("| `")?.strip_suffix('|')?.split(" | ").collect();
        let [variable, kind, meaning] = cells.as_slice() else { return None };
        let variable = variable.trim_end_matches('`').to_owned();
        Some((section.to_owned(), variable, [kind, meaning].map(|cell| cell.trim().to_owned())))
    })
}

/// The tokens at the head of the default style sheet, and whether dark screens have their own
/// value.
fn tokens() -> BTreeMap<String, BTreeSet<String>> {
    let css = fs::read_to_string(root().join("themes/default/assets/site.css")).expect("a text");
    let names = |text: &str| -> BTreeSet<String> {
        let block = text.split(":root {").nth(1).and_then(|rest| rest.split('}').next());
        let lines = block.unwrap_or_default().split([';', '\n']);
        let names = lines.filter_map(|line| line.trim().strip_prefix("--")?.split(':').next());
        names.map(str::to_owned).collect()
    };
    let (light, dark) =
        css.split_once("prefers-color-scheme: dark").expect("there are dark screens");
    let dark = names(dark);
    let kind = |name: &str| if dark.contains(name) { "light and dark" } else { "one" };
    names(light).into_iter().map(|name| (name.clone(), [kind(&name).to_owned()].into())).collect()
}

/// The words of the user interface, each in Japanese and English.
fn words() -> BTreeMap<String, BTreeSet<String>> {
    let read = |language: &str| -> BTreeMap<String, String> {
        let path = root().join(format!("themes/default/words/{language}.toml"));
        toml::from_str(&fs::read_to_string(path).expect("a text")).expect("it is TOML")
    };
    let (japanese, english) = (read("ja"), read("en"));
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    let both = |(key, ja): (&String, &String)| {
        (key.clone(), [format!("{}\n{}", cell(ja), cell(&english[key]))].into())
    };
    japanese.iter().map(both).collect()
}

/// The blocks of each template, those of the templates that it extends left out.
fn blocks() -> BTreeMap<String, Vec<String>> {
    let of = |text: &str| -> Vec<String> {
        let block = regex::Regex::new(r"\{%-? block (\w+)").expect("a pattern");
        block.captures_iter(text).map(|found| found[1].to_owned()).collect()
    };
    templates().into_iter().map(|(name, text)| (name, of(&text))).collect()
}

/// Which template of the others each extends; of every page's, `base.html`, nothing is said.
fn parents() -> BTreeMap<String, String> {
    let parent =
        |text: &str| Some(text.split("{% extends \"").nth(1)?.split('"').next()?.to_owned());
    let found = templates().into_iter().filter_map(|(name, text)| Some((name, parent(&text)?)));
    found.filter(|(_, parent)| parent != "base.html").collect()
}

fn templates() -> BTreeMap<String, String> {
    let mut templates = BTreeMap::new();
    for entry in fs::read_dir(root().join("themes/default")).expect("the default theme is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|end| end != "html") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a template is a text");
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        templates.insert(name, text);
    }
    templates
}
