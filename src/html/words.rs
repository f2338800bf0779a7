//! The **words** of the user interface as a value for templates: every page looks up dozens of the
//! hundreds that there are.
//!
//! Not in here: where they come from (`theme`).

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value};

/// The words with their keys.
#[derive(Debug)]
struct WordsValue {
    /// The keys in the order of a map.
    keys: Vec<Value>,
    /// Ordered by the length of the key, then by key: lengths are compared faster than texts.
    found: Vec<(Box<str>, Value)>,
}

/// `words` as a value.
pub(super) fn value(words: &BTreeMap<String, String>) -> Value {
    let keys = words.keys().map(Value::from).collect();
    let mut found: Vec<(Box<str>, Value)> =
        words.iter().map(|(key, word)| (key.as_str().into(), word.into())).collect();
    found.sort_by(|(one, _), (other, _)| place(one).cmp(&place(other)));
    Value::from_object(WordsValue { keys, found })
}

fn place(key: &str) -> (usize, &str) {
    (key.len(), key)
}

impl Object for WordsValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let found = self.found.binary_search_by(|(other, _)| place(other).cmp(&place(key)));
        found.ok().map(|at| self.found[at].1.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.keys.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use minijinja::value::{Serde, Value};

    #[test]
    fn words_are_a_map_in_the_order_of_their_keys() {
        let words: BTreeMap<String, String> =
            ["b", "ab", "c"].map(|key| (key.to_owned(), key.repeat(2))).into();
        let value = super::value(&words);
        assert_eq!(value, Value::from(Serde(&words)));
        assert_eq!(value.to_string(), Value::from(Serde(&words)).to_string());
        assert_eq!(value.get_attr("b").unwrap_or_default().as_str(), Some("bb"));
        assert!(value.get_attr("d").is_ok_and(|value| value.is_undefined()));
    }
}
