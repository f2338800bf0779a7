//! Dates and fiscal years: what is read is the same when it is written in either way and read again.
#![no_main]

use kawaraban::calendar::{Date, FiscalYear};
use kawaraban::search::analyzer::{normalise, years};
use kawaraban::text::{Decimal, Language};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Date::parse(text) {
        Ok(date) => {
            assert_eq!(Date::parse(&date.to_string()), Ok(date));
            // Before the year 1000 nothing is written with its Western year alone.
            if date.year() >= 1000 {
                assert_eq!(Date::parse(&date.japanese()), Ok(date), "{}", date.japanese());
            }
            for language in [Language::Ja, Language::En] {
                assert!(date.long(language).contains(&date.year().to_string()));
            }
            let year = FiscalYear::of(date);
            assert!(year.start() <= date && date <= year.end());
        }
        Err(problem) => drop(problem.told(text)),
    }
    match FiscalYear::parse(text) {
        Ok(year) => {
            assert_eq!(FiscalYear::parse(&year.to_string()), Ok(year));
            assert_eq!(FiscalYear::parse(&year.japanese()), Ok(year), "{}", year.japanese());
            assert_eq!(FiscalYear::of(year.start()), year);
            assert_eq!(FiscalYear::of(year.end()), year);
        }
        Err(problem) => drop(problem.told(text)),
    }
    let normal = normalise(text);
    for mention in years(&normal) {
        assert!(mention.start < mention.end && mention.end <= normal.len());
    }
    if let Some(number) = Decimal::parse(text) {
        assert_eq!(Decimal::parse(number.as_str()).as_ref(), Some(&number));
        assert_eq!(Decimal::parse(&number.grouped()).as_ref(), Some(&number));
    }
});
