//! **Reading** the files of areas, `content/areas/NAME.geojson`, `.topojson` or `.json`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message, Place};
use crate::message;
use crate::source::{SourceFile, Sources};
use crate::text::Id;

use super::fault::Faults;
use super::{Areas, geojson, topojson, topology};

/// The folder of the files.
const FOLDER: &str = "content/areas/";

/// The endings of their names.
const ENDINGS: [&str; 3] = ["geojson", "topojson", "json"];

/// Reads all files of areas, by name. Reports files with other names, and what is wrong in them.
pub fn read(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Arc<Areas>> {
    let mut known: BTreeMap<String, Arc<Areas>> = BTreeMap::new();
    for file in sources.files_below(FOLDER) {
        let Some(name) = name_of(file) else {
            diagnostics.push(wrong_name(file));
            continue;
        };
        let read = sources.reading(file, || {
            let mut found = Diagnostics::new();
            (read_file(&name, file, &mut found).map(Arc::new), found)
        });
        let (areas, found) = &*read;
        diagnostics.extend(found.iter().cloned());
        let Some(areas) = areas else { continue };
        if let Some(other) = known.get(&name) {
            diagnostics.push(same_name(file, &name, &other.place));
            continue;
        }
        known.insert(name, areas.clone());
    }
    known.into_values().collect()
}

/// The name of the areas in `file`; `None` if it is not one that content can refer to.
fn name_of(file: &SourceFile) -> Option<String> {
    let (name, ending) = file.path[FOLDER.len()..].rsplit_once('.')?;
    (ENDINGS.contains(&ending) && Id::parse(name).is_some()).then(|| name.to_owned())
}

fn wrong_name(file: &SourceFile) -> Diagnostic {
    let place = Place::file(file.path.clone());
    let message = message!(
        ja: "「areas」フォルダーには、「districts.geojson」や「districts.topojson」のような名前のファイルだけを置けます",
        en: "only files with names such as `districts.geojson` and `districts.topojson` can be in `areas`",
    );
    Diagnostic::new(&diagnostic::SOURCE_NAME, place, message).with_help(message!(
        ja: "英小文字・数字・ハイフンの名前にし、「.geojson」「.topojson」「.json」のいずれかで終えてください",
        en: "use a–z, 0–9 and - in the name, and end it with `.geojson`, `.topojson` or `.json`",
    ))
}

fn same_name(file: &SourceFile, name: &str, other: &Place) -> Diagnostic {
    let message = message!(
        ja: "「{name}」という区域のファイルが2つあります",
        en: "there are two files of areas named `{name}`",
    );
    Diagnostic::new(&diagnostic::SOURCE_NAME, Place::file(file.path.clone()), message)
        .with_help(
            message!(ja: "一方の名前を変えるか、取り除いてください", en: "rename or remove one"),
        )
        .with_related(other.clone(), message!(ja: "もう一方", en: "the other one"))
}

/// Reads the areas `name` of `file`. Returns `None`, and reports why, if anything is wrong.
pub fn read_file(name: &str, file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Areas> {
    let text = file.text(diagnostics)?;
    let json: Value = match serde_json::from_str(&text) {
        Ok(json) => json,
        Err(error) => {
            diagnostics.push(broken(file, &text, &error));
            return None;
        }
    };
    let mut faults = Faults::of(file.path.clone());
    let kind = json.get("type").and_then(Value::as_str).unwrap_or_default();
    let written = match kind {
        "FeatureCollection" => geojson::areas(&json, &mut faults),
        "Topology" => match topojson::areas(&json, &mut faults) {
            Ok(areas) => areas,
            Err(problem) => {
                diagnostics.push(unknown(file, problem));
                return None;
            }
        },
        _ => {
            diagnostics.push(unknown(file, not_a_map(kind)));
            return None;
        }
    };
    if !faults.report(diagnostics) {
        return None;
    }
    if written.is_empty() {
        let problem = message!(ja: "区域が1つもありません", en: "there is no area in it");
        diagnostics.push(unknown(file, problem));
        return None;
    }
    let (areas, arcs) = topology::of(written);
    let place = Place::file(file.path.clone());
    Some(Areas { name: name.to_owned(), place, areas, arcs, outlines: OnceLock::new() })
}

fn not_a_map(kind: &str) -> Message {
    match kind {
        "" => message!(
            ja: "「type」がないので、GeoJSONでもTopoJSONでもありません",
            en: "without a `type`, it is neither GeoJSON nor TopoJSON",
        ),
        _ => message!(
            ja: "「type」が「{kind}」です。区域の集まりではありません",
            en: "its `type` is `{kind}`, which is not a collection of areas",
        ),
    }
}

/// The problem that `file` is JSON, but not a collection of areas.
fn unknown(file: &SourceFile, message: Message) -> Diagnostic {
    Diagnostic::new(&diagnostic::MAP_FORMAT, Place::file(file.path.clone()), message).with_help(
        message!(
            ja: "GeoJSON（「FeatureCollection」）かTopoJSON（「Topology」）として書き出し直してください",
            en: "export it again as GeoJSON (`FeatureCollection`) or TopoJSON (`Topology`)",
        ),
    )
}

/// The problem that the `text` of `file` is no JSON.
fn broken(file: &SourceFile, text: &str, error: &serde_json::Error) -> Diagnostic {
    let before: usize =
        text.split_inclusive('\n').take(error.line().max(1) - 1).map(str::len).sum();
    let start = (before + error.column().max(1) - 1).min(text.len());
    let start = (0..=start).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
    let message = match error.is_eof() {
        true => message!(
            ja: "ファイルが途中で終わっています",
            en: "the file ends in the middle",
        ),
        false => message!(ja: "JSONとして読み取れません", en: "this is not valid JSON"),
    };
    let place = Place::text(file.path.clone(), start..end);
    Diagnostic::new(&diagnostic::MAP_FORMAT, place, message).with_help(message!(
        ja: "元のデータから書き出し直すか、元のファイルをもう一度コピーしてください",
        en: "export the file again, or copy it again from where it came from",
    ))
}
