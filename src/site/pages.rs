//! A **free page** is Markdown that the city writes about itself, its ratings or its accessibility;
//! **static files** are copied unchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::artifact::{Body, Streamed};
use crate::calendar::Date;
use crate::config::{PublicPeriod, PublicState, Selection, Withheld, WithheldKind};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Place};
use crate::document::{self, Extra};
use crate::message;
use crate::source::{SourceFile, Sources};
use crate::text::{Id, LONGEST_NAME, Language, Localized, Unportable, is_control, unportable};

/// One page in one language.
#[derive(Clone, Debug)]
pub struct FreePage {
    /// The page's name in the address, with its folders: `about`, `guide/moving`.
    pub slug: String,
    /// Language that it is written in.
    pub language: Language,
    /// The page's title.
    pub title: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// Place in the navigation; `None` keeps it out.
    pub order: Option<i64>,
    /// When it is public.
    pub period: PublicPeriod,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// The template of the theme that lays the page out instead of `page.html`: `guide` for
    /// `page-guide.html`.
    pub template: Option<Located<String>>,
    /// Its values for that template.
    pub extra: Extra,
    /// The page's text, in Markdown.
    pub body: String,
    /// Where the text begins: number of bytes of the file before it.
    pub body_start: usize,
    /// The file.
    pub place: Place,
}

/// A file that is copied unchanged.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// Output path.
    pub path: String,
    /// Path below the site's root.
    pub source: Arc<str>,
    /// Content, or the first bytes of a large file.
    pub head: Arc<[u8]>,
    /// The content of a large file.
    pub stored: Option<Streamed>,
}

impl StaticFile {
    /// The whole content.
    pub fn body(&self) -> Body {
        match &self.stored {
            Some(stored) => Body::Streamed(stored.clone()),
            None => self.head.to_vec().into(),
        }
    }
}

/// All files below `content/static/`. Reports paths with a name that some system cannot hold, and
/// leaves these files out.
pub fn read_static_files(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<StaticFile> {
    let mut files = Vec::new();
    for file in sources.files_below("content/static/") {
        let path = &file.path["content/static/".len()..];
        let problem = path.split('/').find_map(|name| Some((name, unportable(name)?)));
        match problem {
            Some((name, problem)) => diagnostics.push(unportable_name(file, name, problem)),
            None => files.push(StaticFile {
                path: path.to_owned(),
                source: file.path.clone(),
                head: file.bytes.clone(),
                stored: file.stored.clone(),
            }),
        }
    }
    files
}

/// The error that `name`, a part of the path of `file`, cannot be a file name everywhere.
fn unportable_name(file: &SourceFile, name: &str, problem: Unportable) -> Diagnostic {
    let name: String = name.chars().map(|c| if is_visible(c) { c } else { '\u{fffd}' }).collect();
    let message = match problem {
        Unportable::Character(c) => message!(
            ja: "名前「{name}」の「{c}」は、Windowsのファイル名に使えません",
            en: "`{c}` in the name `{name}` is not allowed in file names on Windows",
        ),
        Unportable::Invisible(c) => {
            let c = u32::from(c);
            message!(
                ja: "名前「{name}」に、表示されない文字（U+{c:04X}）があります",
                en: "the name `{name}` contains a character that is not displayed (U+{c:04X})",
            )
        }
        Unportable::Ending => message!(
            ja: "名前「{name}」の末尾がピリオドか空白です。Windowsでは末尾の文字が失われます",
            en: "the name `{name}` ends in a full stop or a space, which Windows removes",
        ),
        Unportable::Device => message!(
            ja: "名前「{name}」は、Windowsでは装置の名前のため、ファイルに使えません",
            en: "Windows takes the name `{name}` for a device, so no file can have it",
        ),
        Unportable::Long => message!(
            ja: "名前「{name}」が{LONGEST_NAME}バイトを超えています",
            en: "the name `{name}` is longer than {LONGEST_NAME} bytes",
        ),
    };
    Diagnostic::new(&diagnostic::SOURCE_NAME, Place::file(file.path.clone()), message).with_help(
        message!(
            ja: "ファイルまたはフォルダーの名前を変更してください",
            en: "rename the file or folder",
        ),
    )
}

/// Is `c` shown as it is in a message?
fn is_visible(c: char) -> bool {
    !matches!(unportable(c.encode_utf8(&mut [0; 4])), Some(Unportable::Invisible(_)))
}

/// Reads the free pages `content/pages/**/*.md`; `own_language` is the language of a page without a
/// language tag in its name. Reports files and folders with other names, and pages without front
/// matter.
pub fn read_free_pages(
    sources: &Sources,
    own_language: Language,
    selection: Selection,
    withheld: &mut Vec<Withheld>,
    diagnostics: &mut Diagnostics,
) -> Vec<FreePage> {
    let mut pages = Vec::new();
    for file in sources.files_below("content/pages/") {
        let Some((slug, language)) = page_name(file, own_language) else {
            diagnostics.push(
                Diagnostic::new(
                    &diagnostic::SOURCE_NAME,
                    Place::file(file.path.clone()),
                    message!(
                        ja: "「pages」フォルダーには、「about.md」や「about.en.md」のような名前のファイルだけを置けます",
                        en: "only files with names such as `about.md` and `about.en.md` can be in `pages`",
                    ),
                )
                .with_help(message!(
                    ja: "ファイルとフォルダーは、英小文字・数字・ハイフンの名前にしてください。画像やPDFは「content/static」フォルダーに置いてください",
                    en: "use a–z, 0–9 and - in names of files and folders; put images and PDFs into `content/static`",
                )),
            );
            continue;
        };
        pages.extend(read_page(file, slug, language, diagnostics));
    }
    without_withheld(pages, (own_language, selection), withheld, diagnostics)
}

/// Leaves out of `pages` what `selection` leaves out, and adds what is withheld to `withheld`.
/// Where the page in `own_language` is withheld, its translations are too.
fn without_withheld(
    mut pages: Vec<FreePage>,
    (own_language, selection): (Language, Selection),
    withheld: &mut Vec<Withheld>,
    diagnostics: &mut Diagnostics,
) -> Vec<FreePage> {
    let mut originals: BTreeMap<String, PublicState> = BTreeMap::new();
    for page in &pages {
        page.period.check(&page.place, diagnostics);
        let state = selection.state_of(page.period);
        if page.language == own_language {
            originals.insert(page.slug.clone(), state);
        }
        // A translation that is withheld is replaced by the original, which stays at its address.
        if state == PublicState::Public || page.language != own_language {
            continue;
        }
        let found = Withheld {
            kind: WithheldKind::Page,
            address: page.slug.clone(),
            title: Localized::new(page.title.clone()),
            department: None,
            fiscal_year: None,
            state,
            own: true,
            place: page.place.clone(),
        };
        found.tell(selection.shows(state), diagnostics);
        withheld.push(found);
    }
    pages.retain(|page| {
        let original = originals.get(&page.slug).copied().unwrap_or_default();
        selection.shows(original) && selection.shows(selection.state_of(page.period))
    });
    pages
}

/// Slug and language in the file name of a page; `None` for any other file.
fn page_name(file: &SourceFile, own_language: Language) -> Option<(String, Language)> {
    let name = file.path.strip_prefix("content/pages/")?.strip_suffix(".md")?;
    let (slug, language) = match name.split_once('.') {
        Some((slug, tag)) => (slug, Language::parse(tag)?),
        None => (name, own_language),
    };
    let parts: Option<Vec<Id>> = slug.split('/').map(Id::parse).collect();
    let parts: Vec<String> = parts?.iter().map(Id::to_string).collect();
    Some((parts.join("/"), language))
}

/// Reads the front matter and body of a page. Returns `None` and reports an error if the file is no
/// text, has no front matter between two `+++` lines, or has no title there.
fn read_page(
    file: &SourceFile,
    slug: String,
    language: Language,
    diagnostics: &mut Diagnostics,
) -> Option<FreePage> {
    let text = without_controls(file, file.text(diagnostics)?, diagnostics);
    let Some((head, head_start, body)) = split_head(&text) else {
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::SITE_PAGE_HEAD,
                Place::text(file.path.clone(), 0..text.lines().next().unwrap_or_default().len()),
                message!(ja: "ページの先頭に、「+++」で囲んだ設定欄がありません", en: "the page has no front matter between two `+++` lines"),
            )
            .with_help(message!(
                ja: "1行目に「+++」、2行目に「title = \"…\"」、3行目に「+++」を記入してください",
                en: "begin with a `+++` line, then `title = \"…\"`, then another `+++` line",
            )),
        );
        return None;
    };
    document::read_at(&file.path, head, head_start, diagnostics, |keys| {
        let title = keys.required_text("title");
        let description = keys.text("description");
        let order = keys.integer("order");
        let updated = keys.date("updated");
        let template = keys.located_text("template");
        let extra = keys.extra();
        let period = PublicPeriod {
            draft: keys.flag("draft"),
            published: keys.date("published"),
            expires: keys.date("expires"),
        };
        Some(FreePage {
            slug,
            language,
            title: title?,
            description,
            order,
            period,
            updated,
            template,
            extra,
            body: body.to_owned(),
            body_start: text.len() - body.len(),
            place: Place::file(file.path.clone()),
        })
    })
    .flatten()
}

/// The `text` of a page with spaces in the place of control characters, which no page displays and
/// XML does not allow. There are as many bytes, so that places stay the same. This is reported.
fn without_controls(file: &SourceFile, text: String, diagnostics: &mut Diagnostics) -> String {
    let Some((at, first)) = text.char_indices().find(|(_, c)| is_control(*c)) else { return text };
    let found: BTreeSet<char> = text.chars().filter(|c| is_control(*c)).collect();
    let listed: Vec<String> =
        found.into_iter().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let (ja, en) = (listed.join("、"), listed.join(", "));
    diagnostics.push(Diagnostic::new(
        &diagnostic::DOCUMENT_CONTROL,
        Place::text(file.path.clone(), at..at + first.len_utf8()),
        message!(
            ja: "制御文字（{ja}）を空白に置き換えて読み取りました",
            en: "control characters are read as spaces: {en}",
        ),
    ));
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match is_control(c) {
            true => plain.push_str(&"   "[..c.len_utf8()]),
            false => plain.push(c),
        }
    }
    plain
}

/// Splits a page into its front matter, the byte offset where that begins, and its body; `None`
/// where there is no front matter.
fn split_head(text: &str) -> Option<(&str, usize, &str)> {
    let start = text.strip_prefix("+++").and_then(|rest| {
        let line_end = rest.find('\n')?;
        rest[..line_end].trim().is_empty().then_some("+++".len() + line_end + 1)
    })?;
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((&text[start..end], start, &text[end + line.len()..]));
        }
        end += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::split_head;

    #[test]
    fn a_head_stands_between_two_lines_of_pluses() {
        assert_eq!(split_head("+++\na = 1\n+++\nbody"), Some(("a = 1\n", 4, "body")));
        assert_eq!(split_head("+++\r\na = 1\r\n+++\r\n"), Some(("a = 1\r\n", 5, "")));
        assert_eq!(split_head("body"), None);
        assert_eq!(split_head("+++\na = 1\n"), None);
    }
}
