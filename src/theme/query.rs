//! **Queries**: the filters `where` and `order_by`, which select and sort the items of a list by
//! their values. A name that an item does not have is an error; MiniJinja's own `selectattr` and
//! `sort` would give an empty or unsorted list without a word.
//!
//! Not in here: the lists (`html`).

use std::cmp::Ordering;

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error};

use crate::diagnostic::Message;
use crate::message;
use crate::text::nearest;

use super::told::problem;

/// Adds the filters to `environment`.
pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("where", select);
    environment.add_filter("order_by", order_by);
}

/// The items of `list` that have all the `wanted` values.
fn select(list: &Value, wanted: Kwargs) -> Result<Value, Error> {
    let names: Vec<String> = wanted.args().map(str::to_owned).collect();
    let mut conditions = Vec::with_capacity(names.len());
    for name in &names {
        conditions.push((name.as_str(), wanted.get::<Value>(name)?));
    }
    let mut found = Vec::new();
    for item in list.try_iter()? {
        let mut fits = true;
        for (name, wanted) in &conditions {
            fits &= is_wanted(&attribute(&item, name)?, wanted);
        }
        if fits {
            found.push(item);
        }
    }
    Ok(Value::from(found))
}

/// The items of `list`, sorted by the value `name`; those without one are last. Items with the same
/// value keep their order.
fn order_by(list: &Value, name: &str, options: Kwargs) -> Result<Value, Error> {
    let is_reversed = options.get::<Option<bool>>("reverse")?.unwrap_or(false);
    options.assert_all_used()?;
    let mut keyed = Vec::new();
    for item in list.try_iter()? {
        let key = attribute(&item, name)?;
        keyed.push((comparable(&key), item));
    }
    keyed.sort_by(|(a, _), (b, _)| match (a.is_none(), b.is_none()) {
        (false, false) if is_reversed => b.cmp(a),
        (false, false) => a.cmp(b),
        (true, true) => Ordering::Equal,
        (a, _) => {
            if a {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
    });
    Ok(Value::from(keyed.into_iter().map(|(_, item)| item).collect::<Vec<_>>()))
}

/// The value `name` of `item`, which must be a map that has it.
fn attribute(item: &Value, name: &str) -> Result<Value, Error> {
    let found = item.get_attr(name)?;
    if !found.is_undefined() {
        return Ok(found);
    }
    let keys = item.try_iter().into_iter().flatten().map(|key| key.to_string());
    let known: Vec<String> = keys.collect();
    let near = nearest(name, known.iter().map(String::as_str));
    let said = match near {
        Some(near) => message!(
            ja: "一覧の各項目に「{name}」という値はありません。「{near}」の誤りではありませんか",
            en: "the items have no `{name}`; did you mean `{near}`?",
        ),
        None => {
            let Message { ja, en } = Message::list(&known);
            message!(
                ja: "一覧の各項目に「{name}」という値はありません。使える値：{ja}",
                en: "the items have no `{name}`; they have {en}",
            )
        }
    };
    Err(problem(said))
}

/// Is `value` the `wanted` one? A linked thing, such as the department of a measure, counts as its
/// id, and of a list one item is enough.
fn is_wanted(value: &Value, wanted: &Value) -> bool {
    match value.kind() {
        ValueKind::Seq | ValueKind::Iterable if wanted.kind() != ValueKind::Seq => {
            value.try_iter().is_ok_and(|mut items| items.any(|item| is_wanted(&item, wanted)))
        }
        ValueKind::Map => {
            let id = value.get_attr("id").unwrap_or_default();
            !id.is_undefined() && is_wanted(&id, &linked(wanted))
        }
        // A number and its digits are the same: years stand in texts, too.
        ValueKind::Number | ValueKind::String if value.kind() != wanted.kind() => {
            matches!(wanted.kind(), ValueKind::Number | ValueKind::String)
                && value.to_string() == wanted.to_string()
        }
        _ => value == wanted,
    }
}

/// The id of a linked thing, any other value as it is.
fn linked(value: &Value) -> Value {
    let id = (value.kind() == ValueKind::Map).then(|| value.get_attr("id").unwrap_or_default());
    id.filter(|id| !id.is_undefined()).unwrap_or_else(|| value.clone())
}

/// What a value is sorted by: a text with a language by its text.
fn comparable(value: &Value) -> Value {
    let text = (value.kind() == ValueKind::Map).then(|| value.get_attr("text").unwrap_or_default());
    text.filter(|text| !text.is_undefined()).unwrap_or_else(|| value.clone())
}

#[cfg(test)]
mod tests {
    use minijinja::{Value, context};

    use crate::theme::templates::environment;

    fn said(expression: &str) -> String {
        let item = |id: &str, year: i32, department: &str, day: Option<&str>| {
            let department = context! { id => department, name => "n" };
            context! { id, year, department, day, topics => [context! { id => "a" }], title => context! { text => id } }
        };
        let items = vec![
            item("x", 2023, "parks", Some("2024-05-01")),
            item("y", 2022, "roads", None),
            item("z", 2022, "parks", Some("2024-06-01")),
        ];
        let environment = environment();
        let template = format!("{{% for i in {expression} %}}{{{{ i.id }}}}{{% endfor %}}");
        match environment.render_str(&template, context! { items => Value::from(items) }) {
            Ok(text) => text,
            Err(error) => error.detail().unwrap_or("no detail").to_owned(),
        }
    }

    #[test]
    fn items_are_selected_by_equality() {
        assert_eq!(said("items | where(department='parks')"), "xz");
        assert_eq!(said("items | where(department='parks', year='2022')"), "z");
        assert_eq!(said("items | where(topics='a', year=2022)"), "yz");
        assert_eq!(said("items | where(department=items[1].department)"), "y");
        assert_eq!(said("items | where(day=none)"), "y");
        assert_eq!(said("items | where()"), "xyz");
    }

    #[test]
    fn items_are_sorted_and_those_without_a_value_are_last() {
        assert_eq!(said("items | order_by('day')"), "xzy");
        assert_eq!(said("items | order_by('day', reverse=true)"), "zxy");
        assert_eq!(said("items | order_by('year')"), "yzx");
        assert_eq!(said("items | order_by('title', reverse=true)"), "zyx");
    }

    #[test]
    fn a_name_that_items_do_not_have_is_an_error() {
        assert_eq!(
            said("items | where(yaer=2022)"),
            "the items have no `yaer`; did you mean `year`?"
        );
        assert_eq!(
            said("items | order_by('titel')"),
            "the items have no `titel`; did you mean `title`?"
        );
    }
}
