//! Files of **another format** than their names say, recognised by their first bytes before they
//! are read.

use crate::source::SourceFile;

use super::reason::{FileKind, Unreadable};

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The extension of `path`, in lower case and without the dot.
pub(super) fn ending(path: &str) -> String {
    path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase())
}

/// Do these bytes begin like those of a workbook?
pub(in crate::table) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(&OLE[..4])
}

/// Refuses a workbook in another format than its extension says.
pub(super) fn check(file: &SourceFile) -> Result<(), Unreadable> {
    let bytes: &[u8] = &file.bytes;
    let expected = ending(&file.path);
    let kind = if bytes.starts_with(ZIP) {
        // .xlsx and .ods are distinguished by their contents when they are opened.
        match expected.as_str() {
            "xls" if holds(bytes, b"mimetypeapplication/vnd.oasis") => FileKind::Ods,
            "xls" if holds(bytes, b"xl/workbook.bin") => FileKind::Xlsb,
            "xls" => FileKind::Xlsx,
            _ => return Ok(()),
        }
    } else if bytes.starts_with(OLE) {
        if expected == "xls" {
            return Ok(());
        }
        if holds(bytes, &utf16("EncryptedPackage")) {
            return Err(Unreadable::Password);
        }
        FileKind::Xls
    } else {
        // Workbooks of Excel 2 to 4 have no container. They are left to calamine, whose error is
        // reported.
        if expected == "xls" && matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, ..]) {
            return Ok(());
        }
        match text_kind(bytes) {
            Some(kind) => kind,
            None => return Ok(()),
        }
    };
    Err(Unreadable::Fake(kind))
}

/// The format of a file that does not begin like a workbook; `None` where it is no text either.
fn text_kind(bytes: &[u8]) -> Option<FileKind> {
    let start = &bytes[..bytes.len().min(4096)];
    if start.is_empty() {
        return None;
    }
    let text = crate::source::decode_table(start).0;
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let lower = trimmed.to_ascii_lowercase();
    if lower.contains("schemas-microsoft-com:office:spreadsheet") && lower.starts_with("<?xml") {
        return Some(FileKind::Xml2003);
    }
    if lower.starts_with("<!doctype html") || lower.starts_with('<') {
        return Some(FileKind::Html);
    }
    let odd = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{1b}');
    (!text.chars().any(|c| odd(&c))).then_some(FileKind::Text)
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::{FileKind, text_kind};

    #[test]
    fn texts_are_told_apart_by_how_they_begin() {
        let excel = "urn:schemas-microsoft-com:office:spreadsheet";
        let xml = format!("\u{feff}<?xml version=\"1.0\"?><Workbook xmlns=\"{excel}\">");
        let inside = format!("<p>{excel}</p>");
        let named = format!("名称,{excel}\n");
        for (text, kind) in [
            (&*xml, Some("Xml2003")),
            (&inside, Some("Html")),
            ("<?xml version=\"1.0\"?><svg/>", Some("Html")),
            ("  <!DOCTYPE html>", Some("Html")),
            (&named, Some("Text")),
            ("a\tb\r\n", Some("Text")),
            ("a\u{1}b", None),
            ("", None),
        ] {
            let found = text_kind(text.as_bytes()).map(|kind| match kind {
                FileKind::Xml2003 => "Xml2003",
                FileKind::Html => "Html",
                FileKind::Text => "Text",
                _ => "another kind",
            });
            assert_eq!(found, kind, "{text:?}");
        }
    }
}
