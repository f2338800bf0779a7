//! **gzip** (RFC 1952), without a time stamp, so that the same bytes give the same file.
//!
//! Not in here: which files are worth compressing.

use libdeflater::{CompressionLvl, Compressor};

/// Compresses one file after the other; creating a compressor takes longer than compressing most
/// files.
pub struct Gzip {
    compressor: Compressor,
    /// Output buffer, large enough for the longest file so far.
    room: Vec<u8>,
}

impl Gzip {
    /// The first bytes of a compressed file.
    pub const MAGIC: [u8; 2] = [0x1F, 0x8B];

    /// A compressor of the given `level`, from 1 (fastest) to 12 (smallest).
    ///
    /// # Panics
    ///
    /// Panics for any other level.
    pub fn new(level: i32) -> Self {
        let level = CompressionLvl::new(level).expect("a level is from 1 to 12");
        Self { compressor: Compressor::new(level), room: Vec::new() }
    }

    /// `bytes` compressed.
    pub fn compress(&mut self, bytes: &[u8]) -> Vec<u8> {
        let most = self.compressor.gzip_compress_bound(bytes.len());
        self.room.resize(most.max(self.room.len()), 0);
        let compressed = self.compressor.gzip_compress(bytes, &mut self.room);
        let length = compressed.expect("there is room for what compresses worst");
        self.room[..length].to_vec()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::Gzip;

    #[test]
    fn another_program_unpacks_it_and_finds_no_date() {
        let mut gzip = Gzip::new(2);
        for text in ["瓦版".repeat(999), String::new(), "a".to_owned()] {
            let compressed = gzip.compress(text.as_bytes());
            assert_eq!(compressed[..2], Gzip::MAGIC);
            assert_eq!(compressed[4..8], [0; 4]);
            let mut unpacked = String::new();
            GzDecoder::new(compressed.as_slice()).read_to_string(&mut unpacked).expect("gzip");
            assert_eq!(unpacked, text);
        }
    }
}
