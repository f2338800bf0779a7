//! **Bits**: numbers in as few of them as their size asks for, by Rice's code (Rice & Plaunt,
//! 1971): the upper part in ones ended by a nought, the lower `k` bits as they are. Distances
//! between documents and positions are nearly geometric, for which the code is nearly the best
//! there is.
//!
//! Not in here: which numbers (`postings`).

use smallvec::SmallVec;

/// Bits that are put down at once.
const WORD: u32 = 32;

/// Bytes of a list. Most lists are short, and half a million small pieces of memory would take
/// longer to get and to give back than to fill.
pub type ListBytes = SmallVec<[u8; 24]>;

/// Bits in the order in which they are written; the first is the lowest of the first byte.
#[derive(Debug, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// Bits that do not fill a word yet, and how many.
    pending: u64,
    count: u32,
}

impl Bits {
    /// Adds `bits`, of which the lowest `count` may be set; at most 32.
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

    /// Adds `number` in the code of `k`.
    #[inline]
    pub fn add_rice(&mut self, number: u32, k: u32) {
        let upper = number >> k;
        match upper < WORD - k {
            true => self.add(lowest(number, k) << (upper + 1) | ones(upper), upper + 1 + k),
            false => self.add_long(number, k),
        }
    }

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

    /// How many bytes there are, the last one begun included.
    pub fn len(&self) -> usize {
        self.bytes.len() + self.count.div_ceil(8) as usize
    }

    /// The bytes, the last one filled up with noughts. What is added next begins anew.
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

/// The `k` for `count` numbers with this sum: about the bits of their mean.
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
