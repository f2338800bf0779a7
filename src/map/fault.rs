//! A **fault** of a file of areas: what is wrong, at which area, and how it is put right.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Message, Place};
use crate::message;

use super::{EAST, LonLat, NORTH};

/// A kind of fault. Only the first area of each kind is named, with the number of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    NoShape,
    Geometry,
    FewPoints,
    Half,
    Zero,
    Swapped,
    Abroad,
    NoArc,
}

/// The faults of one file.
pub(super) struct Faults {
    file: Arc<str>,
    found: BTreeMap<Fault, (Message, String, usize)>,
}

impl Faults {
    pub fn of(file: Arc<str>) -> Self {
        Self { file, found: BTreeMap::new() }
    }

    /// Adds a fault of the area called `label`; `what` is the value in question.
    pub fn add(&mut self, fault: Fault, label: &Message, what: impl FnOnce() -> String) {
        let entry = self.found.entry(fault);
        entry.or_insert_with(|| (label.clone(), what(), 0)).2 += 1;
    }

    /// Checks one position of the area called `label`.
    pub fn check(&mut self, [east, north]: LonLat, label: &Message) -> bool {
        let fault = match (EAST.contains(&east), NORTH.contains(&north)) {
            (true, true) => return true,
            _ if east == 0.0 && north == 0.0 => Fault::Zero,
            _ if EAST.contains(&north) && NORTH.contains(&east) => Fault::Swapped,
            _ => Fault::Abroad,
        };
        self.add(fault, label, || format!("[{east}, {north}]"));
        false
    }

    /// Reports them; `true` if there are none.
    pub fn report(self, diagnostics: &mut Diagnostics) -> bool {
        let sound = self.found.is_empty();
        for (fault, (label, what, count)) in self.found {
            let (code, message, help) = fault.told(&what);
            let others = match count - 1 {
                0 => Message::new("", ""),
                more => message!(ja: "（ほか{more}か所）", en: " (and {more} more)"),
            };
            let message = Message::new(
                format!("{}：{}{}", label.ja, message.ja, others.ja),
                format!("{}: {}{}", label.en, message.en, others.en),
            );
            let place = Place::file(self.file.clone());
            diagnostics.push(Diagnostic::new(code, place, message).with_help(help));
        }
        sound
    }
}

/// What the area `number` of a file, from 1, is called in messages: its number, and its name.
pub(super) fn label(number: usize, area: &BTreeMap<String, String>) -> Message {
    match super::NAMES.iter().find_map(|key| area.get(*key)) {
        Some(name) => {
            message!(ja: "{number}番目の区域「{name}」", en: "area {number}, `{name}`")
        }
        None => message!(ja: "{number}番目の区域", en: "area {number}"),
    }
}

impl Fault {
    fn told(self, what: &str) -> (&'static Code, Message, Message) {
        match self {
            Self::NoShape => (
                &diagnostic::MAP_SHAPE,
                message!(ja: "形（geometry）がありません", en: "there is no geometry"),
                message!(
                    ja: "この区域の形を入れるか、この区域を取り除いてください",
                    en: "give the area a geometry, or remove it",
                ),
            ),
            Self::Geometry => (
                &diagnostic::MAP_SHAPE,
                message!(
                    ja: "「{what}」は区域の形として使えません",
                    en: "`{what}` is not the geometry of an area",
                ),
                message!(
                    ja: "「Polygon」か「MultiPolygon」にしてください。地点は、緯度と経度の列があるデータセットにします",
                    en: "use `Polygon` or `MultiPolygon`; places belong in a dataset with latitude and longitude",
                ),
            ),
            Self::FewPoints => (
                &diagnostic::MAP_SHAPE,
                message!(
                    ja: "境界線の点が足りません（{what}点）",
                    en: "a ring has too few positions ({what})",
                ),
                message!(
                    ja: "境界線には、始点に戻る点を含めて4点以上が必要です",
                    en: "a ring needs four positions or more, of which the last is the first again",
                ),
            ),
            Self::Half => (
                &diagnostic::MAP_POSITION,
                message!(
                    ja: "座標「{what}」は、経度と緯度の組ではありません",
                    en: "the position `{what}` is not a longitude and a latitude",
                ),
                message!(
                    ja: "「[136.05, 35.24]」のように、経度、緯度の順に2つの数を記入してください",
                    en: "write two numbers, first the longitude: `[136.05, 35.24]`",
                ),
            ),
            Self::Zero => (
                &diagnostic::MAP_POSITION,
                message!(
                    ja: "座標「{what}」は0で、アフリカの沖の海です",
                    en: "the position `{what}` is zero, which is in the sea off Africa",
                ),
                message!(
                    ja: "元のデータで、その点の座標を確かめてください",
                    en: "look up the position in the source of the data",
                ),
            ),
            Self::Swapped => (
                &diagnostic::MAP_POSITION,
                message!(
                    ja: "座標「{what}」は、経度と緯度が入れ替わっています",
                    en: "in the position `{what}`, longitude and latitude are swapped",
                ),
                message!(
                    ja: "GeoJSONでは経度、緯度の順に記入します。座標の順を入れ替えて書き出し直してください",
                    en: "GeoJSON has the longitude first; export the file with the axes in that order",
                ),
            ),
            Self::Abroad => (
                &diagnostic::MAP_POSITION,
                message!(
                    ja: "座標「{what}」は日本の外です",
                    en: "the position `{what}` is outside Japan",
                ),
                message!(
                    ja: "世界測地系の、度を単位とする経度（122～154）と緯度（20～46）で書き出してください。平面直角座標のメートルは使えません",
                    en: "export longitudes (122 to 154) and latitudes (20 to 46) in degrees of WGS 84, not metres of a plane",
                ),
            ),
            Self::NoArc => (
                &diagnostic::MAP_SHAPE,
                message!(
                    ja: "「arcs」に{what}番の線がありません",
                    en: "`arcs` has no line {what}",
                ),
                message!(
                    ja: "TopoJSONを元のデータから作り直してください",
                    en: "make the TopoJSON anew from its source",
                ),
            ),
        }
    }
}
