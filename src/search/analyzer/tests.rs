//! The test cases that the browser's analyzer must pass as well, and the eras of the calendar.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::plan::plan;
use super::{characters::character, class, is_kanji, normalise, tables::TABLES, tokens, years};
use crate::calendar::ERAS;

#[derive(Deserialize)]
struct Cases {
    normalise: Vec<(String, String)>,
    tokens: Vec<(String, Vec<(usize, String)>)>,
    years: Vec<(String, Vec<i32>)>,
    synonyms: Vec<Vec<String>>,
    readings: BTreeMap<String, Vec<String>>,
    plans: Vec<(String, serde_json::Value)>,
}

fn cases() -> Cases {
    serde_json::from_str(include_str!("../../../tests/analyzer-cases.json"))
        .expect("the cases are JSON")
}

#[test]
fn texts_come_into_normal_form() {
    for (text, normal) in cases().normalise {
        assert_eq!(normalise(&text).into_iter().collect::<String>(), normal, "{text}");
    }
}

#[test]
fn normal_form_is_its_own_normal_form() {
    for (text, normal) in cases().normalise {
        assert_eq!(normalise(&normal).into_iter().collect::<String>(), normal, "{text}");
    }
}

#[test]
fn tokens_stand_where_their_first_code_point_does() {
    for (text, expected) in cases().tokens {
        let tokens = tokens(&normalise(&text));
        let found: Vec<_> = tokens.into_iter().map(|token| (token.position, token.text)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn characters_that_are_not_looked_up_have_the_class_of_the_tables() {
    for c in '\0'..=char::MAX {
        assert_eq!(class(c), character(c).class(), "{c:?}");
        assert_eq!(is_kanji(c), character(c).is_kanji(), "{c:?}");
    }
}

#[test]
fn years_are_found() {
    for (text, expected) in cases().years {
        let found: Vec<i32> = years(&normalise(&text)).iter().map(|year| year.year).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn queries_are_planned() {
    let Cases { synonyms, readings, plans, .. } = cases();
    let readings = readings.into_iter().collect();
    for (query, expected) in plans {
        let found =
            serde_json::to_value(plan(&query, &synonyms, &readings)).expect("a plan is plain data");
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn the_eras_are_those_of_the_calendar() {
    let mut tables: Vec<(String, char, i32)> =
        TABLES.eras.iter().map(|era| (era.name.clone(), era.letter, era.first_year)).collect();
    tables.reverse();
    let calendar: Vec<(String, char, i32)> = ERAS
        .iter()
        .map(|era| (era.name.to_owned(), era.letter.to_ascii_lowercase(), era.first_year))
        .collect();
    assert_eq!(tables, calendar);
}
