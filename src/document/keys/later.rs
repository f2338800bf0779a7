//! Tables that are read **later**, when what their values name is known.

use super::Keys;

impl Keys<'_> {
    /// Leaves the table `key` to [`read_table`](crate::document::read_table), which can check its
    /// values against the whole content. `shape` requests the keys that it has, for the schema of
    /// the document. Returns whether the document has the key.
    pub fn read_later(&mut self, key: &'static str, shape: impl FnOnce(&mut Keys<'_>)) -> bool {
        if self.shape.is_some() {
            let _value = self.table(key, shape);
        }
        self.ask(key);
        self.table.contains_key(key)
    }

    /// Counts every key as requested.
    pub(in crate::document) fn ask_all(&mut self) {
        let written: Vec<String> = self.written().map(str::to_owned).collect();
        written.iter().for_each(|key| self.ask(key));
    }
}
