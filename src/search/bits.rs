//! **Bits**: numbers in as few of them as their size asks for, by Rice's code (Rice & Plaunt, 1971): the
//! upper part in ones ended by a nought, the lower `k` bits as they are. Distances between documents
//! and positions are nearly geometric, for which the code is nearly the best there is.
//!
//! Not in here: which numbers (`postings`).

/// Bits in the order in which they are written; the first is the lowest of the first byte.
#[derive(Debug, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// Bits that do not fill a byte yet, and how many.
    pending: u64,
    count: u32,
}

impl Bits {
    /// Adds the lowest `count` bits of `bits`; at most 32.
    pub fn add(&mut self, bits: u32, count: u32) {
        self.pending |= u64::from(bits) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.count -= 8;
        }
    }

    /// Adds `number` in the code of `k`.
    pub fn add_rice(&mut self, number: u32, k: u32) {
        let mut upper = number >> k;
        while upper >= 31 {
            self.add(0x7FFF_FFFF, 31);
            upper -= 31;
        }
        self.add((1 << upper) - 1, upper + 1);
        self.add(number & ((1 << k) - 1), k);
    }

    /// How many bytes there are, the last one begun included.
    pub fn len(&self) -> usize {
        self.bytes.len() + usize::from(self.count > 0)
    }

    /// The bytes, the last one filled up with noughts.
    pub fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push(self.pending as u8);
        }
        self.bytes
    }
}

/// The `k` for `count` numbers with this sum: the bits of their mean, less what the ones take over.
pub(super) fn rice_parameter(sum: u64, count: usize) -> u32 {
    // Golomb's choice is mean · ln 2; 69 / 100 is near enough.
    let mean = sum * 69 / (100 * (count as u64).max(1));
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
        assert_eq!((bits.len(), bits.finish()), (1, vec![0b0001_1011]));
        let mut long = Bits::default();
        long.add_rice(40, 0);
        assert_eq!(long.finish(), [255, 255, 255, 255, 255, 0]);
    }

    #[test]
    fn the_parameter_follows_the_mean() {
        assert_eq!(rice_parameter(0, 0), 0);
        assert_eq!(rice_parameter(10, 10), 0);
        assert_eq!(rice_parameter(300 * 8, 8), 7);
        assert_eq!(rice_parameter(u64::from(u32::MAX), 1), 30);
    }
}
