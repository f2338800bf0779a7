//! The **tally** gathers the kanji of a document, each once, for the field of single kanji.
//!
//! Not in here: which characters are kanji (`analyzer`), and which are words (`kanji_words`).

/// Gathers the code points of one document after the other.
pub(super) struct CodePointTally {
    /// Was the code point there? Nearly all never are, and untouched zero pages take no memory.
    seen: Vec<bool>,
    /// The code points that were, in the order of their first occurrence.
    found: String,
}

impl Default for CodePointTally {
    fn default() -> Self {
        Self { seen: vec![false; char::MAX as usize + 1], found: String::new() }
    }
}

impl CodePointTally {
    /// Notes that `c` occurs.
    pub fn note(&mut self, c: char) {
        if !std::mem::replace(&mut self.seen[c as usize], true) {
            self.found.push(c);
        }
    }

    /// The code points that occurred since the last call.
    pub fn take(&mut self) -> String {
        self.found.chars().for_each(|c| self.seen[c as usize] = false);
        std::mem::take(&mut self.found)
    }
}

#[cfg(test)]
mod tests {
    use super::CodePointTally;

    #[test]
    fn every_code_point_is_there_once() {
        let mut tally = CodePointTally::default();
        "橋港橋橋橋𠮟".chars().for_each(|c| tally.note(c));
        assert_eq!(tally.take(), "橋港𠮟");
        tally.note('橋');
        assert_eq!(tally.take(), "橋");
        assert_eq!(tally.take(), "");
    }
}
