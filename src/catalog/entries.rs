//! **JSON** of measures and of policies, with the facts on their pages.

pub(super) mod fields;

use serde_json::{Map, Number, Value, json};

use crate::policy::{Better, IndicatorYear, Of, Status};
use crate::site::{
    FactSource, IndicatorEntry, MeasureEntry, PolicyEntry, Site, file_paths, sheets,
};
use crate::text::{Decimal, Localized};

use super::{pretty, schema};

/// The JSON of a measure: its result, indicators, budgets, fields, the same measure in other years,
/// and the sources of its facts if the site publishes them. Unknown values are `null`.
pub(super) fn measure(site: &Site, measure: &MeasureEntry) -> Vec<u8> {
    let rating = &site.ratings[measure.rating].rating;
    let result = measure.result.as_ref().map(|result| {
        let mut said = json!({
            "rating": rating.id,
            "rating_label": rating.label.own,
            "account": own(&result.account),
            "account_en": english(&result.account),
            "published": result.published,
        });
        fields::add(&mut said, site, Of::Result, &result.fields);
        said
    });
    let other_years: Vec<Value> = measure
        .in_other_years
        .iter()
        .map(|&index| &site.measures[index])
        .filter(|other| other.id != measure.id)
        .map(|other| {
            json!({
                "id": other.id,
                "fiscal_year": other.fiscal_year,
                "title": other.title.own,
                "rating": site.ratings[other.rating].rating.id,
            })
        })
        .collect();
    let department = &site.departments[measure.department].department;
    let mut said = json!({
        "$schema": schema::address(site, &file_paths::schema("measure")),
        "id": measure.id,
        "url": site.config.base_url.join(&file_paths::measure_page(measure.id.as_str())),
        "series": measure.series,
        "fiscal_year": measure.fiscal_year,
        "localgov_code": site.config.publisher.code.as_str(),
        "department": { "id": department.id, "name": department.name.own },
        "policy": site.policies[measure.policy].id,
        "title": measure.title.own,
        "title_en": measure.title.en,
        "kana": measure.kana,
        "plan": measure.node.map(|node| site.path_of_node(node).into_iter().map(|index| {
            let node = &site.nodes[index].node;
            json!({ "id": node.id, "code": node.code, "title": node.title.own })
        }).collect::<Vec<_>>()),
        "topics": measure.topics.iter().map(|&topic| {
            let topic = &site.topics[topic].topic;
            json!({ "id": topic.id, "name": topic.name.own })
        }).collect::<Vec<_>>(),
        "direction": own(&measure.direction),
        "direction_en": english(&measure.direction),
        "easy": own(&measure.easy),
        "result": result,
        "indicators": indicators(site, measure),
        "budgets": budgets(site, measure),
        "other_years": other_years,
        "updated": measure.updated,
        "licence": site.config.licence.id(),
    });
    fields::add(&mut said, site, Of::Measure, &measure.fields);
    add_sources(&mut said, site, &site.facts_of_measure(measure));
    pretty(&said)
}

/// The indicators of `measure`, each with its figures by year. Kind and descriptions are included
/// only if the table `indicators` has these columns.
fn indicators(site: &Site, measure: &MeasureEntry) -> Vec<Value> {
    let indicator = |entry: &IndicatorEntry| {
        let mut said = json!({
            "id": entry.indicator,
            "name": entry.name.own,
            "name_en": entry.name.en,
            "unit": entry.unit.as_ref().map(|unit| &unit.own),
            "unit_en": entry.unit.as_ref().and_then(|unit| unit.en.as_ref()),
            "better": entry.better.map(Better::as_str),
            "years": entry.years.iter().map(|year| indicator_year(site, year)).collect::<Vec<_>>(),
        });
        if site.has_column("indicators", "kind") {
            let kind = entry.kind.map(|kind| &site.config.indicator_kinds[kind]);
            said["kind"] = json!(kind.map(|kind| &kind.id));
            said["kind_label"] = json!(kind.map(|kind| &kind.label.own));
        }
        for (name, text) in entry.about.texts() {
            if site.has_column("indicators", name) {
                said[name] = json!(text);
            }
        }
        said
    };
    measure.indicators.iter().map(indicator).collect()
}

/// Adds the status of a row and its code in SDMX, if the table `dataset` has these columns.
fn add_status(row: &mut Value, site: &Site, dataset: &str, status: Option<Status>) {
    if site.has_column(dataset, "status") {
        row["status"] = json!(status.map(Status::as_str));
        let code = status.map(Status::sdmx).filter(|code| !code.is_empty());
        row["obs_status"] = json!(code);
    }
}

fn indicator_year(site: &Site, year: &IndicatorYear) -> Value {
    let mut said = json!({
        "fiscal_year": year.fiscal_year,
        "baseline": number(&year.baseline),
        "target": number(&year.target),
        "actual": number(&year.actual),
        "note": year.note,
    });
    add_status(&mut said, site, "indicators", year.status);
    fields::add(&mut said, site, Of::Indicator, &year.fields);
    said
}

/// The budgets of `measure`, one object per row. The category is included only if the table
/// `budgets` has this column.
fn budgets(site: &Site, measure: &MeasureEntry) -> Vec<Value> {
    let unit = &site.config.budget_unit.own;
    measure
        .budgets
        .iter()
        .map(|budget| {
            let mut said = json!({
                "fiscal_year": budget.fiscal_year,
                "source": budget.source,
                "budget": number(&budget.budget),
                "settled": number(&budget.settled),
                "unit": unit,
                "note": budget.note,
            });
            if site.has_column("budgets", "category") {
                said["category"] = json!(budget.category);
            }
            add_status(&mut said, site, "budgets", budget.status);
            fields::add(&mut said, site, Of::Budget, &budget.fields);
            said
        })
        .collect()
}

/// The JSON of a policy: its texts, its measures in order of priority, the number of measures with
/// each rating, its fields, and the sources of its facts if the site publishes them. Unknown values
/// are `null`.
pub(super) fn policy(site: &Site, policy: &PolicyEntry) -> Vec<u8> {
    let department = &site.departments[policy.department].department;
    let measures: Vec<Value> = policy
        .measures
        .iter()
        .map(|&index| {
            let measure = &site.measures[index];
            json!({
                "id": measure.id,
                "title": measure.title.own,
                "rating": site.ratings[measure.rating].rating.id,
                "json": site.config.base_url.join(&file_paths::measure_json(measure.id.as_str())),
            })
        })
        .collect();
    let ratings: Map<String, Value> = policy
        .counts
        .iter()
        .map(|count| (site.ratings[count.rating].rating.id.to_string(), count.count.into()))
        .collect();
    let mut said = json!({
        "$schema": schema::address(site, &file_paths::schema("policy")),
        "id": policy.id,
        "url": site.config.base_url.join(&file_paths::policy_page(&policy.id)),
        "fiscal_year": policy.fiscal_year,
        "localgov_code": site.config.publisher.code.as_str(),
        "department": { "id": department.id, "name": department.name.own },
        "headline": own(&policy.headline),
        "headline_en": english(&policy.headline),
        "statement": own(&policy.statement),
        "statement_en": english(&policy.statement),
        "published": policy.published,
        "updated": policy.updated,
        "measures": measures,
        "ratings": ratings,
        "licence": site.config.licence.id(),
    });
    fields::add(&mut said, site, Of::Policy, &policy.fields);
    add_sources(&mut said, site, &site.facts_of_policy(policy));
    pretty(&said)
}

/// Adds the places from which `facts` were read, by file and worksheet, if the site publishes them.
fn add_sources(said: &mut Value, site: &Site, facts: &[FactSource<'_>]) {
    if !site.config.publishes_sources {
        return;
    }
    let sheets = sheets(facts);
    let sources = sheets.into_iter().map(|(file, sheet, facts)| {
        let cells: Map<String, Value> = facts
            .into_iter()
            .map(|source| (source.path(), source.at.position.name().into()))
            .collect();
        let known = site.source_file(file);
        json!({
            "file": file,
            "sha256": known.map(|known| &known.sha256),
            "sheet": sheet,
            "cells": cells,
        })
    });
    said["sources"] = sources.collect();
}

fn own(text: &Option<Localized>) -> Option<&str> {
    text.as_ref().map(|text| text.own.as_str())
}

fn english(text: &Option<Localized>) -> Option<&str> {
    text.as_ref().and_then(|text| text.en.as_deref())
}

/// A JSON number with the digits of the source.
fn number(decimal: &Option<Decimal>) -> Option<Number> {
    decimal.as_ref().and_then(|decimal| decimal.as_str().parse().ok())
}
