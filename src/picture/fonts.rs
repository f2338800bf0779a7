//! **Fonts** of pictures: the files that the site names and the machine has, in the order in which
//! they are searched for a character.
//!
//! Not in here: outlines (`glyphs`).

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

use ttf_parser::{Face, GlyphId, Tag, fonts_in_collection, name_id};

use crate::config::{Config, FontName, Pictures};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Message};
use crate::message;
use crate::source;
use crate::text::nearest;

use super::glyphs::{Glyph, GlyphKey};

/// What reading each font's file gave: its bytes, or nothing where there is no such file.
type FontFiles = BTreeMap<String, io::Result<Option<Arc<[u8]>>>>;

/// The fonts that are there and can be read.
#[derive(Clone, Debug)]
pub struct Fonts {
    text: Vec<OpenedFont>,
    title: Vec<OpenedFont>,
}

/// One font of a file, which may hold several.
#[derive(Clone, Debug)]
struct OpenedFont {
    bytes: Arc<[u8]>,
    index: u32,
}

/// Weights of variable fonts: titles are bold, and other texts are lighter.
const TITLE_WEIGHT: f32 = 700.0;
const TEXT_WEIGHT: f32 = 500.0;

/// Opens the fonts that `config` names for pictures; paths are relative to `root`.
///
/// Returns `None` where the site wants no pictures or no font could be opened. A file that is not a
/// font is an error; a machine that has none of the fonts is a warning, since the content is sound.
pub fn open_fonts(root: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Option<Fonts> {
    let pictures = config.pictures.as_ref()?;
    let names = pictures.fonts.iter().chain(&pictures.title_fonts);
    // One file may hold several of the fonts.
    let paths: BTreeSet<&String> = names.map(|name| &name.path).collect();
    let read =
        |path: &String| (path.clone(), source::read_named(root, path, config.limits.of_font()));
    open(pictures, &paths.into_iter().map(read).collect(), diagnostics)
}

/// Opens the fonts of `pictures`, whose `files` have been read.
fn open(pictures: &Pictures, files: &FontFiles, diagnostics: &mut Diagnostics) -> Option<Fonts> {
    let mut open_all = |names: &[Located<FontName>]| -> Vec<OpenedFont> {
        names.iter().filter_map(|name| open_one(name, files, diagnostics)).collect()
    };
    let mut title = open_all(&pictures.title_fonts);
    let text = open_all(&pictures.fonts);
    title.extend(text.iter().cloned());
    if !text.is_empty() {
        return Some(Fonts { text, title });
    }
    let absent = |name: &&Located<FontName>| matches!(files.get(&name.path), Some(Ok(None)));
    if pictures.fonts.iter().all(|name| absent(&name)) {
        diagnostics.push(no_font(pictures));
    }
    None
}

fn no_font(pictures: &Pictures) -> Diagnostic {
    let paths: Vec<&str> = pictures.fonts.iter().map(|name| name.path.as_str()).collect();
    let Message { ja, en } = Message::list(paths);
    Diagnostic::new(
        &diagnostic::PICTURE_NO_FONT,
        pictures.place.clone(),
        message!(
            ja: "共有用の画像のフォントが、このパソコンに1つもありません（{ja}）。施策の画像の代わりに「share.png」を使います",
            en: "none of the fonts for the pictures is on this machine ({en}); `share.png` is used in place of pictures of measures",
        ),
    )
    .with_help(message!(
        ja: "フォントのファイルをサイトの「fonts」フォルダーに置いてその名前を記入するか、フォントをインストールしてください（Debianでは「apt install fonts-noto-cjk」）。画像が不要な場合は「[pictures]」を削除してください",
        en: "put a font file into `fonts/` in the site's folder and name it, or install one (on Debian: `apt install fonts-noto-cjk`); remove `[pictures]` to publish without pictures",
    ))
}

/// Opens the font `name` from `files`: the face that it names, or else the first that can be read.
/// `None` if there is no such file, silently, or if the file or the face cannot be used, which is
/// reported.
fn open_one(
    name: &Located<FontName>,
    files: &FontFiles,
    diagnostics: &mut Diagnostics,
) -> Option<OpenedFont> {
    let mut problem = |message: Message, help: Message| {
        let problem = Diagnostic::new(&diagnostic::PICTURE_FONT, name.place.clone(), message);
        diagnostics.push(problem.with_help(help));
        None
    };
    let path = &name.path;
    let bytes = match files.get(path)? {
        Ok(bytes) => bytes.clone()?,
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            return problem(
                message!(ja: "フォント「{path}」が大きすぎます", en: "the font `{path}` is too large"),
                message!(
                    ja: "別のフォントを指定するか、「site.toml」の「[limits]」の「font」（バイト数）を増やしてください",
                    en: "name another font, or raise `font` (bytes) of `[limits]` in `site.toml`",
                ),
            );
        }
        Err(error) => {
            return problem(
                message!(ja: "フォント「{path}」を読み取れません（{error}）", en: "the font `{path}` cannot be read: {error}"),
                message!(
                    ja: "ファイルの読み取りを許可するか、別のフォントを指定してください",
                    en: "allow the file to be read, or name another font",
                ),
            );
        }
    };
    let count = fonts_in_collection(&bytes).unwrap_or(1);
    let faces: Vec<Option<String>> = (0..count)
        .map(|index| Face::parse(&bytes, index).ok().map(|face| post_script_name(&face)))
        .collect();
    if faces.iter().all(Option::is_none) {
        return problem(
            message!(ja: "「{path}」はフォントとして読み取れません", en: "`{path}` cannot be read as a font"),
            message!(
                ja: "OpenTypeまたはTrueTypeのファイル（.otf、.ttf、.ttc）を指定してください。ウェブフォント（.woff2）は使えません",
                en: "name an OpenType or TrueType file (`.otf`, `.ttf`, `.ttc`); web fonts (`.woff2`) are not supported",
            ),
        );
    }
    let wanted = |found: &Option<String>| match (&name.face, found) {
        (None, found) => found.is_some(),
        (Some(face), found) => found.as_ref() == Some(face),
    };
    if let Some(index) = faces.iter().position(wanted) {
        return Some(OpenedFont { bytes, index: index as u32 });
    }
    let face = name.face.as_deref().unwrap_or_default();
    let there: Vec<&str> = faces.iter().flatten().map(String::as_str).collect();
    let Message { ja, en } = Message::list(&there);
    problem(
        message!(ja: "「{path}」に「{face}」というフォントはありません", en: "`{path}` has no font `{face}`"),
        match nearest(face, there.iter().copied()) {
            Some(near) => Message::did_you_mean(near),
            None => message!(ja: "使えるフォント：{ja}", en: "its fonts: {en}"),
        },
    )
}

fn post_script_name(face: &Face<'_>) -> String {
    let names = face.names().into_iter();
    let mut own = names.filter(|name| name.name_id == name_id::POST_SCRIPT_NAME);
    own.find_map(|name| name.to_string()).unwrap_or_default()
}

/// The faces of the fonts, in the order in which they are searched for a character.
pub(super) struct Stacks<'f> {
    faces: Vec<Face<'f>>,
    /// Number of faces for titles, which come first; the others are for all other texts.
    titles: usize,
}

/// What a text is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TextRole {
    Title,
    Text,
}

impl<'f> Stacks<'f> {
    pub fn of(fonts: &'f Fonts) -> Self {
        let face = |font: &'f OpenedFont, weight: f32| {
            let mut face = Face::parse(&font.bytes, font.index).ok()?;
            // This has no effect on a font with a single weight.
            let _ = face.set_variation(Tag::from_bytes(b"wght"), weight);
            Some(face)
        };
        let titles: Vec<Face<'f>> =
            fonts.title.iter().filter_map(|font| face(font, TITLE_WEIGHT)).collect();
        let count = titles.len();
        let texts = fonts.text.iter().filter_map(|font| face(font, TEXT_WEIGHT));
        Self { titles: count, faces: titles.into_iter().chain(texts).collect() }
    }

    /// The first face of `role` that has `character`, and its glyph there.
    pub fn find(&self, role: TextRole, character: char) -> Option<(u16, GlyphId)> {
        let range = match role {
            TextRole::Title => 0..self.titles,
            TextRole::Text => self.titles..self.faces.len(),
        };
        let mut faces = self.faces[range.clone()].iter().zip(range);
        faces.find_map(|(face, number)| {
            let glyph = face.glyph_index(character).filter(|glyph| glyph.0 != 0)?;
            Some((number as u16, glyph))
        })
    }

    /// How far a glyph moves the pen, in ems.
    pub fn advance(&self, face: u16, glyph: GlyphId) -> f32 {
        let face = &self.faces[usize::from(face)];
        let advance = face.glyph_hor_advance(glyph).unwrap_or(face.units_per_em());
        f32::from(advance) / f32::from(face.units_per_em())
    }

    /// Blank space before a glyph, in ems.
    pub fn bearing(&self, face: u16, glyph: GlyphId) -> f32 {
        let face = &self.faces[usize::from(face)];
        let left = face.glyph_bounding_box(glyph).map_or(0, |bounds| bounds.x_min);
        f32::from(left) / f32::from(face.units_per_em())
    }

    /// The pixels of the glyph `key`.
    pub fn draw(&self, key: GlyphKey) -> Glyph {
        Glyph::draw(&self.faces[usize::from(key.face)], key)
    }
}
