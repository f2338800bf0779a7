//! A **frame** lets a script tell a whole file from a damaged one: a magic number before the
//! content, its length and a checksum over name and content behind it. A flipped bit, a file that
//! was cut, an error page of the host, and a file other than the one that was requested all fail
//! the check.
//!
//! Not in here: what the files contain (`search`, `catalog::tables`).

/// The first bytes of every framed file.
const MAGIC: &[u8; 4] = b"KWB5";

/// Frames `content`: the magic number, the content, its length, and the checksum of `name` and
/// content. Both numbers take four bytes, little-endian.
///
/// # Panics
///
/// Panics if the content has 4 GiB or more.
pub fn framed(name: &str, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("a framed file is far from 4 GiB");
    let mut framed = Vec::with_capacity(MAGIC.len() + content.len() + 8);
    framed.extend_from_slice(MAGIC);
    framed.extend_from_slice(content);
    framed.extend_from_slice(&length.to_le_bytes());
    framed.extend_from_slice(&fnv(hash(name.as_bytes()), content).to_le_bytes());
    framed
}

/// Adds a last key `check` to a JSON object: the checksum of all bytes before it, in eight
/// hexadecimal digits.
pub fn checked(mut manifest: Vec<u8>) -> Vec<u8> {
    manifest.pop();
    let sum = hash(&manifest);
    manifest.extend(format!(",\"check\":\"{sum:08x}\"}}").into_bytes());
    manifest
}

/// FNV-1a, 32 bits. Changing any single byte changes it.
pub fn hash(bytes: &[u8]) -> u32 {
    fnv(0x811C_9DC5, bytes)
}

/// Continues the hash of the bytes before.
fn fnv(before: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(before, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::{checked, framed, hash};

    #[test]
    fn a_frame_ends_with_length_and_checksum() {
        let sum = hash(b"010203040506abc");
        let end = [&b"KWB5abc"[..], &[3, 0, 0, 0], &sum.to_le_bytes()].concat();
        assert_eq!(framed("010203040506", b"abc"), end);
        assert_ne!(framed("010203040507", b"abc"), end);
    }

    #[test]
    fn a_manifest_ends_with_the_checksum_of_what_stands_before() {
        let sum = hash(br#"{"rows":1"#);
        let expected = format!(r#"{{"rows":1,"check":"{sum:08x}"}}"#);
        assert_eq!(checked(br#"{"rows":1}"#.to_vec()), expected.into_bytes());
    }
}
