//! The **compact** form of JSON in the files of the index: EUC-JP, which every browser decodes. A
//! character of Japanese takes two bytes, most often one of few first ones, so that texts are a
//! twelfth smaller after compression than in UTF-16, and a sixth smaller than in UTF-8. Characters
//! that EUC-JP does not have are escaped.

use std::sync::LazyLock;

use encoding_rs::EUC_JP;

/// The bytes of each character of the basic plane; none where EUC-JP does not have it.
static CODES: LazyLock<Vec<EucCode>> = LazyLock::new(codes);

/// One to three bytes.
#[derive(Clone, Copy, Default)]
struct EucCode {
    bytes: [u8; 3],
    length: u8,
}

/// The first and last of the bytes that stand for characters in EUC-JP.
const ROWS: std::ops::RangeInclusive<u8> = 0xA1..=0xFE;
/// The byte that precedes the two bytes of a character of JIS X 0212.
const SUPPLEMENT: u8 = 0x8F;

/// Decodes all pairs of bytes, and notes which character each is; the first that is the character
/// counts. An encoder would have to be trusted to be the inverse of the browsers' decoders.
fn codes() -> Vec<EucCode> {
    let mut codes = vec![EucCode::default(); 1 << 16];
    for prefix in [&[][..], &[SUPPLEMENT]] {
        for (row, cell) in ROWS.flat_map(|row| ROWS.map(move |cell| (row, cell))) {
            let bytes = [prefix, &[row, cell]].concat();
            let decoded = EUC_JP.decode_without_bom_handling_and_without_replacement(&bytes);
            let Some(decoded) = decoded else { continue };
            let mut chars = decoded.chars();
            let (Some(c), None) = (chars.next(), chars.next()) else { continue };
            if let Some(code) = codes.get_mut(c as usize).filter(|code| code.length == 0) {
                code.length = bytes.len() as u8;
                code.bytes[..bytes.len()].copy_from_slice(&bytes);
            }
        }
    }
    codes
}

/// `json` in EUC-JP, with escapes of what that does not have.
pub(super) fn compact(json: &str) -> Vec<u8> {
    let codes: &[EucCode] = &CODES;
    let mut bytes = Vec::with_capacity(json.len());
    for c in json.chars() {
        match codes.get(c as usize) {
            _ if c.is_ascii() => bytes.push(c as u8),
            Some(code) if code.length > 0 => {
                bytes.extend_from_slice(&code.bytes[..usize::from(code.length)])
            }
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    bytes.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                }
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use encoding_rs::EUC_JP;

    use super::compact;

    #[test]
    fn every_character_comes_back() {
        let all: String = ('\0'..=char::MAX).collect();
        for text in [all.as_str(), "港町の“橋”～①−－¥‾𠮟😀髙﨑"] {
            let json = serde_json::to_string(text).expect("a text is JSON");
            let bytes = compact(&json);
            let (decoded, _, wrong) = EUC_JP.decode(&bytes);
            assert!(!wrong);
            assert_eq!(serde_json::from_str::<String>(&decoded).expect("is JSON"), text);
        }
    }

    #[test]
    fn characters_take_two_bytes_or_are_escaped() {
        assert_eq!(compact("\"橋a\""), [b'"', 0xB6, 0xB6, b'a', b'"']);
        assert_eq!(compact("\"😀\""), br#""\ud83d\ude00""#);
    }
}
