//! An **origin** is the digest of everything that files are made from. Files of the same origin,
//! made by the same program, have the same paths and bytes, so they need not be made again.
//!
//! Not in here: which values a file is made from (the module that makes it), and where the origins
//! of the last site are kept (`publish`).

use std::hash::{Hash, Hasher};

use sha2::{Digest as _, Sha256};

use super::hex;

/// Digest of everything that one or several files are made from, except the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileOrigin([u8; 32]);

impl FileOrigin {
    /// The origin of what is made from `value` by `maker`, a name that no other code uses.
    ///
    /// A value must give the hasher everything that its files depend on. Derived `Hash`
    /// implementations do: they pass on every field, with the lengths of texts and lists.
    pub fn of(maker: &str, value: &(impl Hash + ?Sized)) -> Self {
        let mut writer = OriginWriter::default();
        maker.hash(&mut writer);
        value.hash(&mut writer);
        writer.origin()
    }

    /// Reads what [`Display`](std::fmt::Display) writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 2 * bytes.len() || !text.is_ascii() {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl std::fmt::Display for FileOrigin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Computes an [`FileOrigin`] from all that is written to it.
#[derive(Default)]
pub struct OriginWriter {
    /// What has been written and not been digested yet: SHA-256 is slow for single bytes.
    pending: Vec<u8>,
    digest: Sha256,
}

/// Number of pending bytes that are digested together.
const TOGETHER: usize = 4096;

impl OriginWriter {
    /// The origin of all that has been written.
    pub fn origin(mut self) -> FileOrigin {
        self.digest.update(&self.pending);
        FileOrigin(self.digest.finalize().into())
    }
}

impl Hasher for OriginWriter {
    fn write(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= TOGETHER {
            self.digest.update(&self.pending);
            self.pending.clear();
        }
    }

    /// The first bytes of the origin, which is what a `Hasher` has to give.
    fn finish(&self) -> u64 {
        let digest = self.digest.clone().chain_update(&self.pending).finalize();
        u64::from_be_bytes(std::array::from_fn(|at| digest[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::FileOrigin;

    #[test]
    fn an_origin_tells_every_value_and_every_maker_apart() {
        let long = "瓦版".repeat(5000);
        let origins = [
            FileOrigin::of("page", &("a", "b")),
            FileOrigin::of("page", &("ab", "")),
            FileOrigin::of("page", &("", "ab")),
            FileOrigin::of("table", &("a", "b")),
            FileOrigin::of("page", &vec!["a", "b"]),
            FileOrigin::of("page", &vec![vec!["a"], vec!["b"]]),
            FileOrigin::of("page", &vec![vec!["a", "b"], vec![]]),
            FileOrigin::of("page", &(Some(0), None::<u8>)),
            FileOrigin::of("page", &(None::<i32>, Some(0_u8))),
            FileOrigin::of("page", &long),
            FileOrigin::of("page", &long[3..]),
        ];
        for (at, origin) in origins.iter().enumerate() {
            assert!(!origins[..at].contains(origin), "{at}");
            assert_eq!(FileOrigin::parse(&origin.to_string()), Some(*origin));
        }
        assert_eq!(FileOrigin::of("page", &long), FileOrigin::of("page", &long));
        assert_eq!(FileOrigin::parse("00"), None);
        assert_eq!(FileOrigin::parse(&"zz".repeat(32)), None);
        assert_eq!(FileOrigin::parse(&"é".repeat(32)), None);
    }
}
