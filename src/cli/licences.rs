//! `licences`: the licences and notices of the crates that are part of the binary, as text or as a
//! software bill of materials (SBOM) in CycloneDX 1.6.
//!
//! Not in here: collecting them, which `build.rs` does when the binary is compiled.

use serde_json::{Value, json};

use crate::text::Language;

use super::arguments::LicencesArguments;
use super::{CommandOutcome, print};

/// The crates, a line each: name, version, licence, SHA-256 of the package, number of texts.
const COMPONENTS: &str = include_str!(concat!(env!("OUT_DIR"), "/components.tsv"));

/// The texts, each below the names of its crates.
const NOTICES: &str = include_str!(concat!(env!("OUT_DIR"), "/notices.txt"));

/// A crate that is part of the binary.
struct Component<'s> {
    name: &'s str,
    version: &'s str,
    /// An SPDX expression.
    licence: String,
    sha256: &'s str,
    has_text: bool,
}

/// Prints the notices, or the SBOM.
pub(super) fn licences(arguments: &LicencesArguments, language: Language) -> CommandOutcome {
    match arguments.sbom {
        true => print(format!("{:#}\n", sbom()).as_bytes()),
        false => print(text(language).as_bytes()),
    }
    CommandOutcome::Fine
}

fn components() -> Vec<Component<'static>> {
    let lines = COMPONENTS.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        let mut field = || fields.next();
        let (name, version, licence) = (field()?, field()?, field()?);
        let (sha256, texts) = (field()?, field()?);
        // Older crates separate alternatives with a slash.
        let licence = licence.replace(" / ", " OR ").replace('/', " OR ");
        Some(Component { name, version, licence, sha256, has_text: texts != "0" })
    });
    lines.collect()
}

fn text(language: Language) -> String {
    let components = components();
    let mut text = match language {
        Language::Ja => format!(
            "Kawaraban {} のライセンスは、MITまたはApache-2.0です。\n\
             このプログラムには、次の{}件のライブラリが含まれています。\n\n",
            env!("CARGO_PKG_VERSION"),
            components.len(),
        ),
        Language::En => format!(
            "Kawaraban {} is licensed under MIT or Apache-2.0.\n\
             It contains these {} libraries:\n\n",
            env!("CARGO_PKG_VERSION"),
            components.len(),
        ),
    };
    for Component { name, version, licence, has_text, .. } in &components {
        let note = match (has_text, language) {
            (true, _) => "",
            (false, Language::Ja) => "（ライセンス本文は同梱されていません）",
            (false, Language::En) => " (the package has no licence text)",
        };
        text.push_str(&format!("  {name} {version}: {licence}{note}\n"));
    }
    text.push('\n');
    text.push_str(NOTICES);
    let bare: Vec<String> = components
        .iter()
        .filter(|component| !component.has_text && component.licence.contains("MIT"))
        .map(|Component { name, version, .. }| format!("{name} {version}"))
        .collect();
    if !bare.is_empty() {
        let line = "-".repeat(80);
        text.push_str(&format!("{line}\n{}\n{line}\n\n{}", bare.join(", "), mit()));
    }
    text
}

/// The text of the MIT licence without the line of the holder, for crates without a text of their
/// own.
fn mit() -> String {
    let lines = include_str!("../../LICENSE-MIT").lines();
    let lines: Vec<&str> = lines.filter(|line| !line.starts_with("Copyright")).collect();
    lines.join("\n") + "\n"
}

/// The bill of materials. It has no serial number and no time: the same binary gives the same text.
fn sbom() -> Value {
    let licence = |expression: &str| json!([{ "expression": expression }]);
    let components: Vec<Value> = components()
        .iter()
        .map(|Component { name, version, licence: expression, sha256, .. }| {
            let purl = format!("pkg:cargo/{name}@{version}");
            let mut component = json!({
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": version,
                "licenses": licence(expression),
                "purl": purl,
            });
            if !sha256.is_empty() {
                component["hashes"] = json!([{ "alg": "SHA-256", "content": sha256 }]);
            }
            component
        })
        .collect();
    let version = env!("CARGO_PKG_VERSION");
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": format!("pkg:cargo/kawaraban@{version}"),
                "name": "kawaraban",
                "version": version,
                "licenses": licence("MIT OR Apache-2.0"),
                "purl": format!("pkg:cargo/kawaraban@{version}"),
            },
        },
        "components": components,
    })
}
