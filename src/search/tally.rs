//! The **tally** of a document's kanji: how often each of them counts where it is looked for by
//! itself.
//!
//! Not in here: which characters are kanji (`analyzer`).

/// Counts of code points, of one document after the other.
pub(super) struct CodePointTally {
    /// By code point; no further than the largest number. Nearly all stay nought, and memory that
    /// nobody touches takes no place.
    counts: Vec<u16>,
    /// Those that are not, in the order in which they came.
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

    /// What was counted, each code point once and once more for every time that its count doubles,
    /// and begins anew: who writes a word once will write it again, so that the tenth time tells
    /// less than the second (Salton and Buckley, 1988).
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
