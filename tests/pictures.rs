//! Pictures of measures, on the binary, the sample content and a font of the machine: a PNG for
//! each measure and language, named in the head of its page; the same bytes whatever the threads;
//! and a whole site where there is no font. What a browser makes of the pictures is tested in
//! `tests/browser/pictures.test.js`.

#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Debian's `fonts-noto-cjk`, which `tests/run` installs; `KAWARABAN_TEST_FONT` names another font.
const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc#NotoSansCJKjp-Regular";

/// What is said beside the notes that every build of the sample gives.
fn beside_what_the_sample_tells(said: &str) -> String {
    let blocks = said.split_inclusive("\n\n");
    let told = ["note[form::read]", "note[dataset::standard-left-out]"];
    blocks.filter(|block| !told.iter().any(|code| block.starts_with(code))).collect()
}

#[test]
fn every_measure_has_a_picture_that_its_page_names() {
    let site = Site::new(&format!("[pictures]\nfonts = [\"{}\"]\n", font()));
    let said = site.build("out", "2");
    assert_eq!(
        beside_what_the_sample_tells(&said),
        "",
        "every character of the sample has a glyph"
    );
    let pictures = site.pictures("out");
    let pages = site.files("out", "html");
    // The old addresses of renamed measures lead to pages too, which are no measures'.
    let is_measure = |path: &&String| {
        String::from_utf8_lossy(&pages[*path]).contains("<article class=\"measure\">")
    };
    let measures: Vec<&String> = pages.keys().filter(is_measure).collect();
    assert!(
        measures.len() > 100 && pictures.len() == measures.len(),
        "{} of {}",
        pictures.len(),
        measures.len()
    );
    let mut total = 0;
    for path in measures {
        let picture = path.replace(".html", ".png");
        let bytes = &pictures[&picture];
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{picture}");
        assert_eq!((number(bytes, 16), number(bytes, 20)), (1200, 630), "{picture}");
        total += bytes.len();
        let page = String::from_utf8(pages[path].clone()).expect("a page is a text");
        let named =
            format!("property=\"og:image\" content=\"https://data.city.kawara.example/{picture}?");
        assert!(page.contains(&named), "{path}");
        for tag in [
            "property=\"og:image:width\" content=\"1200\"",
            "property=\"og:image:height\" content=\"630\"",
            "name=\"twitter:card\" content=\"summary_large_image\"",
        ] {
            assert!(page.contains(tag), "{path}: {tag}");
        }
        let alt = page.split("property=\"og:image:alt\" content=\"").nth(1).unwrap_or_default();
        assert!(alt.chars().take_while(|&c| c != '"').count() > 20, "{path} says what it shows");
    }
    assert!(total / pictures.len() < 25_000, "a picture has {} bytes", total / pictures.len());
    // Other pages, and those of measures without a picture, have that of the site.
    let home = String::from_utf8(pages["index.html"].clone()).expect("a text");
    assert!(
        home.contains(
            "property=\"og:image\" content=\"https://data.city.kawara.example/share.png\""
        )
    );
}

#[test]
fn the_bytes_do_not_hang_on_threads() {
    let site = Site::new(&format!("[pictures]\nfonts = [\"{}\"]\n", font()));
    site.build("one", "1");
    site.build("many", "7");
    let (one, many) = (site.pictures("one"), site.pictures("many"));
    assert!(one == many && one.len() > 100);
}

#[test]
fn an_address_changes_with_the_picture_and_with_nothing_else() {
    let site = Site::new(&format!("[pictures]\nfonts = [\"{}\"]\n", font()));
    site.build("before", "2");
    let settings = site.folder.path().join("root/content/site.toml");
    let text = fs::read_to_string(&settings).expect("a text");
    fs::write(&settings, text.replacen("未達成", "とどかず", 1)).expect("it can be written");
    site.build("after", "2");
    let (before, after) = (site.pictures("before"), site.pictures("after"));
    let changed: Vec<&String> =
        before.keys().filter(|path| before[*path] != after[*path]).collect();
    assert!(!changed.is_empty() && changed.len() < before.len() / 4, "{changed:?}");
    let named = |out: &str, picture: &str| {
        let page = picture.replace(".png", ".html");
        let text = fs::read_to_string(site.folder.path().join(out).join(page)).expect("a page");
        let rest = text.split(&format!("{picture}?")).nth(1).expect("it names its picture");
        rest.split('"').next().map(str::to_owned)
    };
    for path in before.keys() {
        let same = named("before", path) == named("after", path);
        assert_eq!(same, !changed.contains(&path), "{path}");
    }
}

#[test]
fn without_a_font_the_site_is_whole_and_says_so() {
    let plain = Site::new("");
    assert_eq!(beside_what_the_sample_tells(&plain.build("out", "2")), "");
    let site = Site::new("[pictures]\nfonts = [\"fonts/city.otf\"]\n");
    let said = site.build("out", "2");
    assert_eq!(said.matches("warning[picture::no-font]").count(), 1, "{said}");
    assert!(
        said.contains("none of the fonts for the pictures is on this machine (`fonts/city.otf`)")
    );
    assert!(site.pictures("out").is_empty());
    let (pages, expected) = (site.files("out", "html"), plain.files("out", "html"));
    assert!(pages == expected, "pages are as they were, with the site's own picture");
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn font() -> String {
    let font = std::env::var("KAWARABAN_TEST_FONT").unwrap_or_else(|_| FONT.to_owned());
    let path = font.split('#').next().unwrap_or_default();
    assert!(
        Path::new(path).is_file(),
        "the font {path} is missing: `apt-get install fonts-noto-cjk`, or name a Japanese font in KAWARABAN_TEST_FONT"
    );
    font
}

/// A copy of the sample with other settings.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new(settings: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        for entry in walkdir::WalkDir::new(&sample) {
            let entry = entry.expect("the sample can be read");
            let below = entry.path().strip_prefix(&sample).expect("it lies below");
            let target = folder.path().join("root/content").join(below);
            if entry.file_type().is_dir() {
                fs::create_dir_all(target).expect("a new folder");
            } else {
                fs::copy(entry.path(), target).expect("a copy");
            }
        }
        let file = folder.path().join("root/content/site.toml");
        let text = fs::read_to_string(&file).expect("a text");
        fs::write(&file, format!("{text}\n{settings}")).expect("it can be written");
        Self { folder }
    }

    /// Builds into the folder `out`. Returns what the binary says beside its last line.
    fn build(&self, out: &str, threads: &str) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_kawaraban"))
            .args(["build", "--lang", "en", "--threads", threads, "--root"])
            .arg(self.folder.path().join("root"))
            .arg("--out")
            .arg(self.folder.path().join(out))
            .output()
            .expect("the binary runs");
        let said = String::from_utf8(output.stderr).expect("messages are UTF-8");
        assert!(output.status.success(), "{said}");
        said
    }

    fn pictures(&self, out: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.files(out, "png");
        files.remove("share.png");
        files
    }

    fn files(&self, out: &str, end: &str) -> BTreeMap<String, Vec<u8>> {
        let root: PathBuf = self.folder.path().join(out);
        let entries = walkdir::WalkDir::new(&root).into_iter().map(|e| e.expect("an entry"));
        entries
            .filter(|entry| entry.path().extension().is_some_and(|found| found == end))
            .map(|entry| {
                let below = entry.path().strip_prefix(&root).expect("it lies below");
                let path = below.to_str().expect("paths are ASCII").to_owned();
                (path, fs::read(entry.path()).expect("it can be read"))
            })
            .collect()
    }
}
