//! **Words** of the interface, as templates ask for them: `{{ words.search }}`, some fifty times a page.
//!
//! Not in here: where they come from (`theme`).

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value};

/// The words of one language. The engine's own maps compare keys as values of any kind; a large site asks too often for
/// that.
#[derive(Debug)]
struct Words(BTreeMap<String, Value>);

impl Object for Words {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.get(key).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.keys().map(Value::from).collect())
    }
}

/// `words` as a template's value.
pub(super) fn value(words: &BTreeMap<String, String>) -> Value {
    let words = words.iter().map(|(key, word)| (key.clone(), Value::from(word.as_str())));
    Value::from_object(Words(words.collect()))
}

#[cfg(test)]
mod tests {
    use super::value;
    use std::collections::BTreeMap;

    #[test]
    fn a_word_is_found_by_its_key_and_all_of_them_in_order() {
        let words = [("year", "年度"), ("search", "検索")];
        let words: BTreeMap<String, String> =
            words.into_iter().map(|(key, word)| (key.to_owned(), word.to_owned())).collect();
        let value = value(&words);
        assert_eq!(value.get_attr("year").expect("a map").as_str(), Some("年度"));
        assert!(value.get_attr("none").expect("a map").is_undefined());
        let keys: Vec<String> =
            value.try_iter().expect("a map").map(|key| key.to_string()).collect();
        assert_eq!(keys, ["search", "year"]);
    }
}
