//! The **tally** counts the kanji of a document, for the field of single kanji.
//!
//! Not in here: which characters are kanji (`analyzer`).

/// Counts the code points of one document after the other.
pub(super) struct CodePointTally {
    /// Count of each code point, saturating. Nearly all stay zero, and untouched zero pages take no
    /// memory.
    counts: Vec<u16>,
    /// The code points whose count is not zero, in the order of their first occurrence.
    counted: Vec<char>,
}

impl Default for CodePointTally {
    fn default() -> Self {
        Self { counts: vec![0; char::MAX as usize + 1], counted: Vec::new() }
    }
}

impl CodePointTally {
    /// Counts `c` once more.
    pub fn count(&mut self, c: char) {
        let count = &mut self.counts[c as usize];
        if *count == 0 {
            self.counted.push(c);
        }
        *count = count.saturating_add(1);
    }

    /// The counted code points, each repeated `1 + ⌊log₂ count⌋` times, and resets the tally. The
    /// logarithm dampens the term frequency: the tenth occurrence of a character says less than the
    /// second (Salton and Buckley, 1988).
    pub fn take(&mut self) -> String {
        let mut text = String::with_capacity(4 * self.counted.len());
        for c in self.counted.drain(..) {
            let count = std::mem::take(&mut self.counts[c as usize]);
            (0..=count.ilog2()).for_each(|_| text.push(c));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::CodePointTally;

    #[test]
    fn every_doubling_counts_once_more() {
        let mut tally = CodePointTally::default();
        "橋港橋橋橋𠮟".chars().for_each(|c| tally.count(c));
        assert_eq!(tally.take(), "橋橋橋港𠮟");
        tally.count('橋');
        assert_eq!(tally.take(), "橋");
        assert_eq!(tally.take(), "");
    }
}
