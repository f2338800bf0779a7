//! Pages of the **accessibility** policy and of the results of its tests, as the city declares
//! them.

use minijinja::value::Value;
use serde::Serialize;

use crate::accessibility::{Accessibility, Degree, TestResult, Verdict};
use crate::site::file_paths;
use crate::text::{Language, Localized};

use super::PageView;
use super::context::{PageContext, Text, value};
use super::head::Crumb;

/// The standard, with the year of its edition.
const STANDARD: &str = "JIS X 8341-3:2016";

#[derive(Serialize)]
struct AccessibilityPolicyView {
    standard: &'static str,
    level: &'static str,
    degree: String,
    degree_term: Option<&'static str>,
    scope: Value,
    deadline: Option<String>,
    exceptions: Option<Value>,
    added: Option<Value>,
    problems: Option<Value>,
    results: Vec<ResultItem>,
    updated: Option<String>,
}

#[derive(Serialize)]
struct ResultItem {
    url: String,
    year: String,
    degree: String,
    degree_term: Option<&'static str>,
    level: &'static str,
    declared: String,
}

#[derive(Serialize)]
struct ResultView<'s> {
    standard: &'static str,
    year: String,
    declared: String,
    level: &'static str,
    degree: String,
    /// The Japanese term of the guidelines, on a page in another language.
    degree_term: Option<&'static str>,
    scope: Value,
    technologies: &'s [String],
    selection: Value,
    pages: Vec<TestedPage>,
    start: String,
    end: String,
    outlook: Option<Value>,
    criteria: Vec<CriterionView<'s>>,
    met: usize,
    not_met: usize,
    not_applicable: usize,
}

#[derive(Serialize)]
struct TestedPage {
    /// Path below the root of the site.
    path: String,
    /// Absolute address, as the standard asks for it.
    address: String,
}

#[derive(Serialize)]
struct CriterionView<'s> {
    id: &'static str,
    level: &'static str,
    name: &'static str,
    applies: bool,
    /// Also true for a criterion that does not apply.
    met: bool,
    note: Option<Text<'s>>,
}

/// The page of the accessibility policy, with the list of the test results.
pub(super) fn policy(context: &PageContext<'_>, known: &Accessibility) -> PageView {
    let policy = &known.policy;
    let markdown = |text: &Localized| context.markdown(text, 3);
    let view = AccessibilityPolicyView {
        standard: STANDARD,
        level: policy.level.as_str(),
        degree: degree(context, policy.degree),
        degree_term: degree_term(context, policy.degree),
        scope: markdown(&policy.scope),
        deadline: context.date(policy.deadline),
        exceptions: policy.exceptions.as_ref().map(markdown),
        added: policy.added.as_ref().map(markdown),
        problems: policy.problems.as_ref().map(markdown),
        results: known.results.iter().map(|result| item(context, result)).collect(),
        updated: context.date(policy.updated),
    };
    PageView {
        title: context.word("accessibility"),
        description: Some(
            context
                .word("accessibility_lead")
                .replace("{standard}", STANDARD)
                .replace("{level}", view.level),
        ),
        breadcrumbs: Vec::new(),
        value: value(&view),
    }
}

/// The page of one test result: how and on which pages was tested, and each criterion with its
/// verdict and note.
pub(super) fn result(context: &PageContext<'_>, result: &TestResult) -> PageView {
    let config = &context.site.config;
    let year = result.fiscal_year.long(context.language);
    let count = |verdict| result.outcomes.iter().filter(|found| found.verdict == verdict).count();
    let view = ResultView {
        standard: STANDARD,
        year: year.clone(),
        declared: result.declared.long(context.language),
        level: result.level.as_str(),
        degree: degree(context, result.degree),
        degree_term: degree_term(context, result.degree),
        scope: context.markdown(&result.scope, 3),
        technologies: &result.technologies,
        selection: context.markdown(&result.selection, 3),
        pages: result
            .pages
            .iter()
            .map(|page| TestedPage {
                path: page.value.clone(),
                address: config.base_url.join(&page.value),
            })
            .collect(),
        start: result.start.long(context.language),
        end: result.end.long(context.language),
        outlook: result.outlook.as_ref().map(|text| context.markdown(text, 3)),
        criteria: result
            .outcomes
            .iter()
            .map(|found| CriterionView {
                id: found.criterion.id,
                level: found.criterion.level.as_str(),
                name: match context.language {
                    Language::Ja => found.criterion.ja,
                    Language::En => found.criterion.en,
                },
                applies: found.verdict != Verdict::NotApplicable,
                met: found.verdict != Verdict::NotMet,
                note: found.note.as_ref().map(|text| context.text(text)),
            })
            .collect(),
        met: count(Verdict::Met),
        not_met: count(Verdict::NotMet),
        not_applicable: count(Verdict::NotApplicable),
    };
    PageView {
        title: context.word("accessibility_result_of").replace("{year}", &year),
        description: Some(
            context.word("accessibility_result_lead").replace("{standard}", STANDARD),
        ),
        breadcrumbs: vec![Crumb::new(context.word("accessibility"), file_paths::ACCESSIBILITY)],
        value: value(&view),
    }
}

fn item(context: &PageContext<'_>, result: &TestResult) -> ResultItem {
    ResultItem {
        url: file_paths::accessibility_result(result.fiscal_year),
        year: result.fiscal_year.long(context.language),
        degree: degree(context, result.degree),
        degree_term: degree_term(context, result.degree),
        level: result.level.as_str(),
        declared: result.declared.long(context.language),
    }
}

fn degree_term(context: &PageContext<'_>, degree: Degree) -> Option<&'static str> {
    (context.language != Language::Ja).then(|| degree.term())
}

fn degree(context: &PageContext<'_>, degree: Degree) -> String {
    context.word(&format!("accessibility_{}", degree.as_str()))
}
