//! The schemas of the JSON of **measures and policies**.

use serde_json::{Map, Value, json};

use crate::catalog::annotation::{self, described};
use crate::catalog::entries::fields;
use crate::policy::{Better, IndicatorAbout, Of, Status};
use crate::site::Site;
use crate::text::Localized;

use super::{
    address_of_a_page, closed, count, day, document, fiscal_year, id, licence_id, list_of,
    localgov_code, named_thing, node_of_plan, number, one_of, or_null, sha256, text,
};

/// The directions in which an indicator can improve.
const BETTER: [Better; 3] = [Better::Higher, Better::Lower, Better::Steady];

/// The schema of the JSON of measures. Optional columns and declared fields have properties only if
/// the site has them.
pub(super) fn measure(site: &Site) -> Value {
    let result = with_fields(
        site,
        Of::Result,
        json!({
            "rating": rating(site),
            "rating_label": text(),
            "account": or_null(markdown()),
            "account_en": or_null(markdown()),
            "published": or_null(day()),
        }),
    );
    let result = closed(result);
    let other_year = closed(json!({
        "id": id(), "fiscal_year": fiscal_year(), "title": text(), "rating": rating(site),
    }));
    let properties = with_fields(
        site,
        Of::Measure,
        json!({
            "id": id(),
            "url": address_of_a_page(),
            "series": described(id(), "どの年度の施策にも共通のID。", "The same in every year of the measure."),
            "fiscal_year": fiscal_year(),
            "localgov_code": localgov_code(),
            "department": named_thing(),
            "policy": described(policy_id(), "施策を掲げた運営方針。", "The policy that the measure belongs to."),
            "title": text(),
            "title_en": or_null(text()),
            "kana": described(or_null(text()), "名称の読み。", "Reading of the title."),
            "plan": described(
                or_null(list_of(node_of_plan())),
                "計画での位置。最上位から順。", "The way down the city's plan, from the top.",
            ),
            "topics": list_of(named_thing()),
            "direction": described(or_null(markdown()), "めざす方向。", "What is to be achieved."),
            "direction_en": or_null(markdown()),
            "easy": described(or_null(markdown()), "めざす方向を、やさしい日本語で書いたもの。", "The same in easy Japanese."),
            "result": described(or_null(result), "実績。年度の途中はnull。", "What was done; null while the year runs."),
            "indicators": list_of(indicator(site)),
            "budgets": list_of(budget(site)),
            "other_years": list_of(other_year),
            "updated": or_null(day()),
            "licence": licence_id(),
        }),
    );
    document_of(("施策", "A measure"), with_sources(site, properties))
}

/// The schema of the JSON of policies.
pub(super) fn policy(site: &Site) -> Value {
    let measure = closed(json!({
        "id": id(), "title": text(), "rating": rating(site), "json": address_of_a_page(),
    }));
    let counts: Map<String, Value> =
        site.ratings.iter().map(|entry| (entry.rating.id.to_string(), count())).collect();
    let properties = with_fields(
        site,
        Of::Policy,
        json!({
            "id": policy_id(),
            "url": address_of_a_page(),
            "fiscal_year": fiscal_year(),
            "localgov_code": localgov_code(),
            "department": named_thing(),
            "headline": or_null(text()),
            "headline_en": or_null(text()),
            "statement": or_null(markdown()),
            "statement_en": or_null(markdown()),
            "published": or_null(day()),
            "updated": or_null(day()),
            "measures": described(list_of(measure), "優先順。", "In order of priority."),
            "ratings": described(closed(Value::Object(counts)), "達成度ごとの施策の数。", "How many measures have each rating."),
            "licence": licence_id(),
        }),
    );
    let title =
        ("運営方針（1部局・1年度）", "An operating policy: one department in one fiscal year");
    document_of(title, with_sources(site, properties))
}

fn document_of((ja, en): (&str, &str), properties: Value) -> Value {
    let mut schema = document(ja, properties);
    annotation::annotate(&mut schema, &Localized::with_english(ja, en), None);
    schema
}

/// `properties` with those of the sources, if the site publishes them.
fn with_sources(site: &Site, mut properties: Value) -> Value {
    if site.config.publishes_sources {
        let cells = json!({ "type": "object", "additionalProperties": text() });
        let source = closed(json!({
            "file": text(),
            "sha256": sha256(),
            "sheet": or_null(text()),
            "cells": described(
                cells,
                "このJSONでのパスと、読み取ったセル（B12）、TOMLでは行と文字（12:9）。パスの中では/を~1、~を~0と書きます。", "Each fact by its path in this document, with its cell (B12), or line and character in TOML (12:9). In a part of the path / is ~1 and ~ is ~0.",
            ),
        }));
        properties["sources"] = described(
            list_of(source),
            "値を読み取ったファイルとセル。",
            "From which files and cells the facts were read.",
        );
    }
    properties
}

/// The schema of an indicator with its years. Status, kind and descriptions have properties only if
/// the table `indicators` has these columns.
fn indicator(site: &Site) -> Value {
    let mut year = json!({
        "fiscal_year": fiscal_year(),
        "baseline": or_null(number()),
        "target": or_null(number()),
        "actual": or_null(number()),
        "note": or_null(text()),
    });
    add_status(&mut year, site, "indicators");
    let year = closed(with_fields(site, Of::Indicator, year));
    let better = one_of(BETTER.map(Better::as_str));
    let better = if site.is_judged_throughout() { better } else { or_null(better) };
    let mut properties = json!({
        "id": id(),
        "name": text(),
        "name_en": or_null(text()),
        "unit": or_null(text()),
        "unit_en": or_null(text()),
        "better": described(better, "望ましい方向。", "Which way is better."),
        "years": list_of(year),
    });
    if site.has_column("indicators", "kind") {
        let kinds = site.config.indicator_kinds.iter().map(|kind| kind.id.as_str());
        properties["kind"] = or_null(one_of(kinds));
        properties["kind_label"] = or_null(text());
    }
    for (name, _) in IndicatorAbout::default().texts() {
        if site.has_column("indicators", name) {
            properties[name] = or_null(text());
        }
    }
    closed(properties)
}

fn budget(site: &Site) -> Value {
    let mut properties = json!({
        "fiscal_year": fiscal_year(),
        "source": or_null(text()),
        "budget": or_null(number()),
        "settled": or_null(number()),
        "unit": text(),
        "note": or_null(text()),
    });
    if site.has_column("budgets", "category") {
        properties["category"] = or_null(text());
    }
    add_status(&mut properties, site, "budgets");
    closed(with_fields(site, Of::Budget, properties))
}

/// Adds the properties of the status of a row and its code in SDMX, if the table `dataset` has
/// these columns.
fn add_status(properties: &mut Value, site: &Site, dataset: &str) {
    if site.has_column(dataset, "status") {
        properties["status"] = or_null(one_of(Status::ALL.map(|(_, id, ..)| id)));
        let code = json!({ "type": "string", "pattern": "^[A-Z]$" });
        properties["obs_status"] = described(
            or_null(code),
            "値の状態のSDMXでのコード（CL_OBS_STATUS）。",
            "Code of the status in SDMX (CL_OBS_STATUS).",
        );
    }
}

/// `properties` with `fields`, the declared fields of the kind `of`, if there are any.
fn with_fields(site: &Site, of: Of, mut properties: Value) -> Value {
    if let Some(own) = fields::properties(site, of) {
        let schema = closed(Value::Object(own));
        properties["fields"] = described(
            schema,
            "この自治体が追加した項目。",
            "What this city declares beyond the common model.",
        );
    }
    properties
}

fn rating(site: &Site) -> Value {
    one_of(site.ratings.iter().map(|entry| entry.rating.id.as_str()))
}

fn policy_id() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}-[a-z0-9][a-z0-9-]*$" })
}

fn markdown() -> Value {
    json!({ "type": "string", "contentMediaType": "text/markdown" })
}
