//! The **origin** of a page: the digest of the templates, of all values that its template is
//! given, and of the marks that a preview puts into it. Templates have no other input, so pages of
//! the same origin have the same bytes.
//!
//! Not in here: what is done with an origin (`artifact::Sink`).

use std::hash::{Hash, Hasher as _};

use minijinja::value::{Value, ValueKind};

use crate::artifact::{FileOrigin, OriginWriter};
use crate::site::Page;

/// The origin of what all pages of one language have in common: the templates, the marks of a
/// preview, and these values. `None` if one of them cannot be digested.
pub(super) fn of_shared(
    templates: &FileOrigin,
    marks: &impl Hash,
    values: [&Value; 3],
) -> Option<FileOrigin> {
    let mut writer = OriginWriter::default();
    (templates, marks).hash(&mut writer);
    values.into_iter().try_for_each(|value| write(value, &mut writer))?;
    Some(writer.origin())
}

/// The origin of `page`, which `template` lays out with the values `head` and `view` and with those
/// that all pages share, whose origin is `shared`.
pub(super) fn of_page(
    shared: &FileOrigin,
    page: &Page,
    template: &str,
    [head, view]: [&Value; 2],
) -> Option<FileOrigin> {
    let mut writer = OriginWriter::default();
    // A preview marks a page by its key.
    ("page", shared, template, &page.path, &page.key).hash(&mut writer);
    write(head, &mut writer)?;
    write(view, &mut writer)?;
    Some(writer.origin())
}

/// Writes everything that a template can see of `value`. `None` for what has no contents of its
/// own, such as a function. Minijinja's own `Hash` does not tell apart 1 and 1.0, nor a text and
/// the same text as HTML.
fn write(value: &Value, writer: &mut OriginWriter) -> Option<()> {
    writer.write_u8(value.kind() as u8);
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => {}
        ValueKind::Bool => value.is_true().hash(writer),
        ValueKind::Number => match value.as_i64().filter(|_| value.is_integer()) {
            Some(number) => number.hash(writer),
            None => value.to_string().hash(writer),
        },
        ValueKind::String => (value.is_safe(), value.as_str()?).hash(writer),
        ValueKind::Bytes => value.as_bytes()?.hash(writer),
        ValueKind::Seq => {
            (value.is_tuple(), value.len()?).hash(writer);
            for item in value.try_iter().ok()? {
                write(&item, writer)?;
            }
        }
        ValueKind::Map => {
            value.len()?.hash(writer);
            for (key, item) in value.as_object()?.try_iter_pairs()? {
                write(&key, writer)?;
                write(&item, writer)?;
            }
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use minijinja::value::Value;

    use super::write;
    use crate::artifact::{FileOrigin, OriginWriter};

    fn origin(value: &Value) -> Option<FileOrigin> {
        let mut writer = OriginWriter::default();
        write(value, &mut writer).map(|()| writer.origin())
    }

    #[test]
    fn whatever_a_template_could_tell_apart_has_another_origin() {
        let list = |items: &[&'static str]| Value::from(items.to_vec());
        let values = [
            Value::UNDEFINED,
            Value::from(()),
            Value::from(false),
            Value::from(true),
            Value::from(1),
            Value::from(1.0),
            Value::from(u64::MAX),
            Value::from(u64::MAX as f64),
            Value::from("1"),
            Value::from("<b>"),
            Value::from_safe_string("<b>".to_owned()),
            Value::from(""),
            list(&[]),
            list(&["a", "b"]),
            list(&["ab"]),
            Value::from(vec![list(&["a"]), list(&["b"])]),
            Value::from(vec![list(&["a", "b"]), list(&[])]),
            Value::from_pairs([("a", "b")]),
            Value::from_pairs([("a", Value::UNDEFINED)]),
            Value::from_pairs([("a", Value::from(()))]),
        ];
        let origins: Vec<FileOrigin> =
            values.iter().map(|value| origin(value).expect("plain values")).collect();
        for (at, origin) in origins.iter().enumerate() {
            assert!(!origins[..at].contains(origin), "{:?}", values[at]);
        }
        assert_eq!(
            origin(&Value::from_pairs([("a", "b")])),
            origin(&Value::from_pairs([("a", "b")]))
        );
        assert_eq!(origin(&Value::from_function(|| 1)), None, "it could do anything");
    }
}
