//! **Decoding**: converts bytes to Unicode text.
//!
//! TOML and Markdown must be UTF-8. Tables may be in any encoding that Excel and old systems write:
//! UTF-8 with or without byte order mark, CP932, UTF-16, EUC-JP, ISO-2022-JP. It is determined from
//! the whole file.

use std::borrow::Cow;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE};

use crate::diagnostic::{self, Diagnostic, Place};
use crate::message;

/// The encoding that a table was found to be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16 of either byte order.
    Utf16,
    /// Windows-31J, the Shift_JIS of Excel.
    Cp932,
    /// EUC-JP, of old Unix systems.
    EucJp,
    /// ISO-2022-JP, of mail and mainframes: ASCII with escapes.
    Iso2022Jp,
    /// An encoding of western Europe. Such files are refused, since nothing in them says which
    /// encoding it is.
    Western,
}

impl Encoding {
    /// The encoding's usual name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Cp932 => "Shift_JIS (CP932)",
            Self::EucJp => "EUC-JP",
            Self::Iso2022Jp => "ISO-2022-JP",
            Self::Western => "Windows-1252",
        }
    }
}

/// The error that bytes are not UTF-8: the first line with invalid bytes, and the probable
/// encoding.
pub(super) struct NotUtf8 {
    line: usize,
    encoding: Encoding,
}

impl NotUtf8 {
    pub fn diagnostic(&self, path: &Arc<str>) -> Diagnostic {
        let (line, name) = (self.line, self.encoding.name());
        Diagnostic::new(
            &diagnostic::SOURCE_ENCODING,
            Place::file(path.clone()),
            message!(
                ja: "{line}行目に、UTF-8ではない文字があります（{name}と思われます）",
                en: "line {line} is not UTF-8 (it looks like {name})",
            ),
        )
        .with_help(message!(
            ja: "エディターの「名前を付けて保存」で、文字コードをUTF-8にして保存してください",
            en: "save the file again in UTF-8",
        ))
    }
}

/// Decodes UTF-8, without a byte order mark.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, NotUtf8> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        NotUtf8 {
            line: good.iter().filter(|&&byte| byte == b'\n').count() + 1,
            encoding: decode_table(bytes).1,
        }
    })
}

/// The text of a table, and its encoding. Bytes that are invalid in every encoding become U+FFFD,
/// which the reader of tables reports for each cell.
pub fn decode_table(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    if is_iso_2022_jp(bytes)
        && let Some(text) = ISO_2022_JP.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return (text, Encoding::Iso2022Jp);
    }
    if let Ok(text) = utf8_only(bytes) {
        return (text.into(), Encoding::Utf8);
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return (String::from_utf8_lossy(&bytes[3..]), Encoding::Utf8);
    }
    if let Some(utf16) = utf16_order(bytes) {
        return (utf16.decode(bytes).0, Encoding::Utf16);
    }
    let candidates = [(SHIFT_JIS, Encoding::Cp932), (EUC_JP, Encoding::EucJp)];
    let whole: Vec<(Cow<'_, str>, Encoding)> = candidates
        .iter()
        .filter_map(|(coding, name)| {
            let text = coding.decode_without_bom_handling_and_without_replacement(bytes)?;
            Some((text, *name))
        })
        .collect();
    if whole.iter().any(|(text, _)| is_western(text)) {
        return (String::from_utf8_lossy(bytes), Encoding::Western);
    }
    match whole.len() {
        1 => whole.into_iter().next().expect("there is one"),
        // Both encodings are possible: half-width kana in one are kanji in the other. Character
        // frequencies decide.
        2 => {
            let euc = guess(bytes) == EUC_JP;
            whole.into_iter().nth(usize::from(euc)).expect("there are two")
        }
        _ => {
            let damaged_utf8 = String::from_utf8_lossy(bytes);
            let damaged_sjis = SHIFT_JIS.decode_without_bom_handling(bytes).0;
            let marks = |text: &str| text.matches('\u{FFFD}').count();
            if marks(&damaged_utf8) <= marks(&damaged_sjis) {
                (damaged_utf8, Encoding::Utf8)
            } else {
                (damaged_sjis, Encoding::Cp932)
            }
        }
    }
}

/// Are most non-ASCII characters next to lower-case letters? Then the encoding is a western one, in
/// which `Histórico` is a word; Japanese text has kana, or several non-ASCII characters in a row.
fn is_western(text: &str) -> bool {
    let (mut foreign, mut within) = (0usize, 0usize);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, '\u{3041}'..='\u{30fe}') {
            return false;
        }
        if !c.is_ascii() {
            foreign += 1;
            let after = chars.peek().copied().unwrap_or(' ');
            within += usize::from(before.is_ascii_lowercase() || after.is_ascii_lowercase());
        }
        before = c;
    }
    foreign > 0 && within * 3 >= foreign * 2
}

/// Does it begin with an escape sequence of ISO-2022-JP, and have no byte beyond ASCII?
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    const ESCAPE: u8 = 0x1b;
    let Some(first) = memchr::memchr(ESCAPE, bytes) else { return false };
    let begins = matches!(bytes[first + 1..], [b'$', b'B' | b'@', ..] | [b'(', b'I' | b'J', ..]);
    begins && bytes.is_ascii()
}

/// Decodes UTF-8, but fails where zero bytes indicate that ASCII text is in UTF-16.
fn utf8_only(bytes: &[u8]) -> Result<&str, ()> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if utf16_order(bytes).is_none() => Ok(text),
        _ => Err(()),
    }
}

/// The byte order of UTF-16, by the byte order mark or by the zero bytes beside ASCII characters;
/// `None` where it is not UTF-16.
fn utf16_order(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = bytes.chunks_exact(2).take(4096);
    let (mut high, mut low, mut total, mut separators) = (0usize, 0usize, 0usize, 0usize);
    for pair in pairs {
        total += 1;
        separators += pair.iter().filter(|byte| matches!(byte, b',' | b'\t' | b'\n')).count();
        high += usize::from(pair[0] == 0);
        low += usize::from(pair[1] == 0);
    }
    // In UTF-16, delimiters and line ends alone produce a zero in every few characters. A stray NUL
    // in 8-bit text does not: there are more separators than zeros.
    let enough = |zeros: usize, others: usize| {
        zeros * 20 > total && others * 20 < zeros && zeros * 2 > separators
    };
    if enough(low, high) {
        Some(UTF_16LE)
    } else if enough(high, low) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"jp"), Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode_table};

    fn decoded(bytes: &[u8]) -> (String, Encoding) {
        let (text, encoding) = decode_table(bytes);
        (text.into_owned(), encoding)
    }

    const TEXT: &str = "施策ID,施策名\r\nroad,道路の舗装①\r\n";

    #[test]
    fn every_encoding_of_a_clerks_programs_is_told() {
        let utf16 = |order: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            mark.encode_utf16().chain(TEXT.encode_utf16()).flat_map(order).collect()
        };
        let cases = [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            (format!("\u{FEFF}{TEXT}").into_bytes(), Encoding::Utf8),
            (encoding_rs::SHIFT_JIS.encode(TEXT).0.into_owned(), Encoding::Cp932),
            (utf16(u16::to_le_bytes, "\u{FEFF}"), Encoding::Utf16),
            (utf16(u16::to_be_bytes, "\u{FEFF}"), Encoding::Utf16),
            (utf16(u16::to_le_bytes, ""), Encoding::Utf16),
            (utf16(u16::to_be_bytes, ""), Encoding::Utf16),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decoded(&bytes), (TEXT.to_owned(), encoding));
        }
        // Plain ASCII is every one of them; it is called what programs write today.
        assert_eq!(decoded(b"id,name\n1,a\n"), ("id,name\n1,a\n".into(), Encoding::Utf8));
        let euc = "施策名,めざす方向\nみちの舗装,歩きやすいまちをつくる\n";
        let bytes = encoding_rs::EUC_JP.encode(euc).0.into_owned();
        assert_eq!(decoded(&bytes), (euc.to_owned(), Encoding::EucJp));
        let mail = b"id,\x1b$BL>>N\x1b(B\r\n1,\x1b$BCf1{\x1b(B\r\n";
        assert_eq!(decoded(mail), ("id,名称\r\n1,中央\r\n".to_owned(), Encoding::Iso2022Jp));
    }

    #[test]
    fn a_stray_zero_byte_makes_no_utf16() {
        let lines: String = (0..40).map(|line| format!("{line},name {line}\n")).collect();
        for place in [11, 12] {
            let mut bytes = lines.clone().into_bytes();
            bytes[place] = 0;
            assert_eq!(decoded(&bytes).1, Encoding::Utf8, "a zero at {place}");
        }
        // Without a mark, zeros on one side of the pairs tell the order.
        let wide: Vec<u8> = lines.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&wide), (lines.clone(), Encoding::Utf16));
        let both: Vec<u8> = lines.bytes().flat_map(|byte| [byte, 0, 0, 0]).collect();
        assert_ne!(decoded(&both).0, lines);
    }

    #[test]
    fn western_bytes_are_no_japanese() {
        let spanish = "id,descripción\r\n1,Histórico del número\r\n";
        let bytes = encoding_rs::WINDOWS_1252.encode(spanish).0.into_owned();
        let (text, encoding) = decoded(&bytes);
        assert_eq!((text.matches('\u{FFFD}').count(), encoding), (3, Encoding::Western));
        let short = "name,area_km\r\n東,12\r\n西,9\r\n";
        let bytes = encoding_rs::SHIFT_JIS.encode(short).0.into_owned();
        assert_eq!(decoded(&bytes), (short.to_owned(), Encoding::Cp932));
    }

    #[test]
    fn a_damaged_byte_leaves_its_mark() {
        let (text, encoding) =
            decoded("年度,部局\n2020,\u{1}福祉\n".replace('\u{1}', "\u{7f}").as_bytes());
        assert_eq!((text.as_str(), encoding), ("年度,部局\n2020,\u{7f}福祉\n", Encoding::Utf8));
        let mut bytes = "年度,部局,施策,分野\n2020,福祉,".as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.extend("保育,教育\n".as_bytes());
        let (text, encoding) = decoded(&bytes);
        assert_eq!(encoding, Encoding::Utf8);
        assert!(text.contains("福祉,\u{FFFD}保育"));
    }
}
