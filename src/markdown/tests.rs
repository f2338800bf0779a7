//! A long Japanese text with **every construct**, and the HTML that it gives.
//! `KAWARABAN_BLESS=1 cargo test --release --all-features --lib markdown` writes the HTML anew.

use std::borrow::Cow;

use pretty_assertions::assert_eq;

use super::{Alone, Phrase, PictureShown, Surroundings, summary, to_html};

const TEXT: &str = include_str!("../../tests/fixtures/markdown/japanese.md");

/// A page one folder below the root, of a site that has every page, picture and dataset.
struct Below;

impl Surroundings for Below {
    fn link<'w>(&self, written: &'w str) -> Option<Cow<'w, str>> {
        let known = written.replace("dataset:", "data/").replace(".en.md", ".md");
        (!written.starts_with("javascript")).then(|| Cow::Owned(format!("../{known}")))
    }

    fn picture<'w>(&self, written: &'w str) -> Option<PictureShown<'w>> {
        let url = Cow::Owned(format!("../{written}"));
        Some(PictureShown { url, size: Some((640, 480)) })
    }

    fn fence(&self, kind: &str, text: &str) -> Option<String> {
        (kind == "chart").then(|| format!("<figure>{}</figure>", text.len()))
    }

    fn id(&self, wanted: &str) -> Option<String> {
        Some(wanted.to_owned())
    }

    fn phrase(&self, phrase: Phrase) -> String {
        Alone.phrase(phrase)
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a test writes what was made, to be read")]
fn every_construct_of_a_japanese_text_is_as_expected() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/markdown/japanese.html");
    let made = to_html(TEXT, 2, &Below);
    if std::env::var_os("KAWARABAN_BLESS").is_some() {
        std::fs::write(file, &made).expect("the folder can be written to");
    }
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(made, expected);
    assert!(TEXT.lines().count() >= 400);
}

#[test]
fn no_sign_of_markdown_is_left_in_a_summary() {
    let said = summary(TEXT, usize::MAX);
    for sign in ["**「", "[^", "<!--", "覚え書き", "](", "```", "<sub>2"] {
        assert!(!said.contains(sign), "{sign} in {said}");
    }
}

fn html(text: &str, level: usize) -> String {
    to_html(text, level, &Alone)
}

#[test]
fn raw_html_is_shown_and_not_run() {
    let html = html("a <script>alert(1)</script> b\n\n<img src=x onerror=alert(1)>", 2);
    assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn links_cannot_run_code() {
    for url in ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x"] {
        assert_eq!(html(&format!("[a]({url})"), 2), "<p><a href=\"#\">a</a></p>\n", "{url}");
    }
    assert!(html("[a](about.html#x:y)", 2).contains("href=\"about.html#x:y\""));
    assert!(html("[a](https://example.org/)", 2).contains("href=\"https://example.org/\""));
}

#[test]
fn pictures_come_from_the_site() {
    assert_eq!(html("![alt](https://example.org/x.png)", 2), "<p>alt</p>\n");
    assert!(html("![alt](x.png)", 2).contains("<img src=\"x.png\" alt=\"alt\""));
}

#[test]
fn headings_go_below_the_page_and_lines_join() {
    assert_eq!(html("# 見出し", 3), "<h3 id=\"見出し\">見出し</h3>\n");
    let skipping = html("## 上\n\n#### 下\n\n## 上", 2);
    assert_eq!(skipping, "<h2 id=\"上\">上</h2>\n<h3 id=\"下\">下</h3>\n<h2 id=\"上-2\">上</h2>\n");
    assert_eq!(html("市民の\n暮らし", 2), "<p>市民の暮らし</p>\n");
    assert_eq!(html("市民の\n**暮らし**", 2), "<p>市民の<strong>暮らし</strong></p>\n");
    assert_eq!(html("one\ntwo", 2), "<p>one\ntwo</p>\n");
    assert!(!html("|a|\n|-:|\n|1|", 2).contains("style="));
}

#[test]
fn the_parts_of_a_ruby_end_though_their_ends_are_left_out() {
    for (written, expected) in [
        ("<ruby>漢<rt>かん</ruby>", "<ruby>漢<rt>かん</rt></ruby>"),
        (
            "<ruby>漢<rt>かん<rp>（<rt>字</ruby>",
            "<ruby>漢<rt>かん</rt><rp>（</rp><rt>字</rt></ruby>",
        ),
        ("<ruby>漢<rt>かん</rt><rt>字", "&lt;ruby&gt;漢&lt;rt&gt;かん&lt;/rt&gt;&lt;rt&gt;字"),
        ("<ruby>漢</rt><rt>字</ruby>", "<ruby>漢&lt;/rt&gt;<rt>字</rt></ruby>"),
        ("<rt>字</rt>", "&lt;rt&gt;字&lt;/rt&gt;"),
        ("<sub>a<ruby>b</sub>c</ruby>", "&lt;sub&gt;a<ruby>b&lt;/sub&gt;c</ruby>"),
        ("<ruby>a<rt>H<sub>2</sub>O</ruby>", "<ruby>a<rt>H<sub>2</sub>O</rt></ruby>"),
    ] {
        assert_eq!(html(written, 2), format!("<p>{expected}</p>\n"), "{written}");
    }
}

#[test]
fn a_table_is_in_a_frame_named_by_its_heads() {
    let html = html("|対象 \"a\"|`b<c`|\n|-|-:|\n|1|2|\n\n後\n\n||\n|-|\n|3|\n", 2);
    assert!(html.starts_with(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"対象 &quot;a&quot; b&lt;c\"><table><thead><tr><th scope=\"col\">"
    ), "{html}");
    assert!(html.contains("<th scope=\"col\" class=\"number\">"), "{html}");
    assert!(html.contains("<p>後</p>\n<div class=\"scroll\" tabindex=\"0\"><table>"), "{html}");
    assert_eq!(html.matches("</table></div>").count(), 2);
}
