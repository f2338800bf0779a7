//! A **bit writer** that packs numbers by the Rice code (Rice & Plaunt, 1971): the upper part of a
//! number is written in unary, as ones followed by a zero, then the lower `k` bits are written
//! unchanged. Gaps between documents and between positions are nearly geometric, and for a
//! geometric distribution this code is nearly optimal.
//!
//! Not in here: which numbers (`postings`).

use smallvec::SmallVec;

/// Number of bits that are written to the bytes at once.
const WORD: u32 = 32;

/// The bytes of a list. Most lists are short, and half a million small heap allocations would take
/// longer than filling them; therefore short lists are stored inline.
pub type ListBytes = SmallVec<[u8; 24]>;

/// Bits in the order in which they are written; the first is the lowest of the first byte.
#[derive(Debug, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// Bits that do not fill a word yet; `count` of them are used.
    pending: u64,
    count: u32,
}

impl Bits {
    /// Appends the lowest `count` bits of `bits`, at most 32; all higher bits of `bits` must be
    /// zero.
    #[inline]
    pub fn add(&mut self, bits: u64, count: u32) {
        self.pending |= bits << self.count;
        self.count += count;
        if self.count >= WORD {
            self.bytes.extend_from_slice(&(self.pending as u32).to_le_bytes());
            self.pending >>= WORD;
            self.count -= WORD;
        }
    }

    /// Appends `number` in the Rice code with the parameter `k`.
    #[inline]
    pub fn add_rice(&mut self, number: u32, k: u32) {
        let upper = number >> k;
        match upper < WORD - k {
            true => self.add(lowest(number, k) << (upper + 1) | ones(upper), upper + 1 + k),
            false => self.add_long(number, k),
        }
    }

    /// The same for a number whose unary part does not fit into one word.
    #[cold]
    fn add_long(&mut self, number: u32, k: u32) {
        let mut upper = number >> k;
        while upper >= WORD {
            self.add(ones(WORD), WORD);
            upper -= WORD;
        }
        self.add(ones(upper), upper + 1);
        self.add(lowest(number, k), k);
    }

    /// Number of bytes so far, including the last one, which may not be full.
    pub fn len(&self) -> usize {
        self.bytes.len() + self.count.div_ceil(8) as usize
    }

    /// Returns the bytes, the last one padded with zeros, and resets the writer.
    pub fn finish(&mut self) -> ListBytes {
        let begun = self.count.div_ceil(8) as usize;
        self.bytes.extend_from_slice(&self.pending.to_le_bytes()[..begun]);
        let bytes = ListBytes::from_slice(&self.bytes);
        self.bytes.clear();
        (self.pending, self.count) = (0, 0);
        bytes
    }
}

fn ones(count: u32) -> u64 {
    (1 << count) - 1
}

fn lowest(number: u32, count: u32) -> u64 {
    u64::from(number) & ones(count)
}

/// The Rice parameter `k` for `count` numbers with this sum: about the number of bits of their
/// mean.
pub(super) fn rice_parameter(sum: u64, count: usize) -> u32 {
    // The best for geometric numbers is ⌊log₂ (0.9624 · mean)⌋ (Kiely, 2004).
    let mean = sum * 96 / (100 * (count as u64).max(1));
    mean.checked_ilog2().unwrap_or(0).min(MOST)
}

/// The largest `k`.
const MOST: u32 = 30;

#[cfg(test)]
mod tests {
    use super::{Bits, rice_parameter};

    #[test]
    fn a_number_is_ones_a_nought_and_the_lower_bits() {
        let mut bits = Bits::default();
        bits.add_rice(11, 2); // 11 = 2 · 4 + 3: 1 1 0, then 1 1
        bits.add_rice(0, 2); // 0, then 0 0
        assert_eq!(bits.len(), 1);
        assert_eq!(bits.finish()[..], [0b0001_1011]);
        bits.add_rice(40, 0);
        assert_eq!(bits.finish()[..], [255, 255, 255, 255, 255, 0]);
    }

    #[test]
    fn the_parameter_follows_the_mean() {
        assert_eq!(rice_parameter(0, 0), 0);
        assert_eq!(rice_parameter(10, 10), 0);
        assert_eq!(rice_parameter(300 * 8, 8), 8);
        assert_eq!(rice_parameter(260 * 8, 8), 7);
        assert_eq!(rice_parameter(u64::from(u32::MAX), 1), 30);
    }
}
