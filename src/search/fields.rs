//! The **fields** of the index, with the weight that a hit in each of them has.

use tantivy::schema::{
    Field, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use super::tokenizer::Cut;

/// A field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldSpec {
    /// The field's name.
    pub name: &'static str,
    /// What a hit's score is multiplied by.
    pub boost: f32,
    /// Does the index store positions for it, so that phrases can be found?
    pub positions: bool,
    /// How its text is divided into tokens.
    pub(super) cut: Cut,
}

const fn spec(name: &'static str, boost: f32, cut: Cut) -> FieldSpec {
    FieldSpec { name, boost, positions: matches!(cut, Cut::Text), cut }
}

/// The fields, by their number in the exported index.
pub const FIELDS: [FieldSpec; 7] = [
    spec("title", 4.0, Cut::Text),
    spec("head", 2.0, Cut::Text),
    spec("body", 1.0, Cut::Text),
    spec("kana", 0.5, Cut::Text),
    spec("kanji", 0.1, Cut::Characters),
    spec("year", 1.0, Cut::Lines),
    spec("word", 1.5, Cut::Lines),
];

/// Number of the field of titles.
pub const TITLE: usize = 0;
/// Number of the field of texts.
pub const BODY: usize = 2;
/// Number of the field of single kanji.
pub const KANJI: usize = 4;
/// Number of the field of years.
pub const YEAR: usize = 5;
/// Number of the field of whole words: in katakana, and of a single kanji.
pub const WORD: usize = 6;

/// tantivy's schema of the fields, in their order.
pub fn schema() -> Schema {
    let mut builder = SchemaBuilder::new();
    for field in FIELDS {
        let record = match field.positions {
            true => IndexRecordOption::WithFreqsAndPositions,
            false => IndexRecordOption::WithFreqs,
        };
        let indexing =
            TextFieldIndexing::default().set_tokenizer(field.cut.name()).set_index_option(record);
        builder.add_text_field(field.name, TextOptions::default().set_indexing_options(indexing));
    }
    builder.build()
}

/// tantivy's handle for the field `number`.
pub fn handle(number: usize) -> Field {
    Field::from_field_id(u32::try_from(number).expect("there are seven fields"))
}
