//! The **status** of a figure (値の状態), such as provisional, estimated or suppressed, with its
//! code in SDMX (code list `CL_OBS_STATUS`).

/// The status of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It is final.
    Final,
    /// It may still change.
    Provisional,
    /// It replaces another value that was published.
    Revised,
    /// It was estimated.
    Estimated,
    /// It is about the future.
    Forecast,
    /// It is not comparable with earlier figures.
    Break,
    /// It is known, but not published.
    Suppressed,
    /// There cannot be a value.
    NotApplicable,
    /// No data was collected.
    NotCollected,
    /// A later sheet of the same series gives the figure again.
    Superseded,
}

impl Status {
    /// Every status with its id, its Japanese and English names and its SDMX code, which is empty
    /// for superseded figures.
    pub const ALL: [(Self, &'static str, &'static str, &'static str, &'static str); 10] = [
        (Self::Final, "final", "確定値", "final", "A"),
        (Self::Provisional, "provisional", "速報値", "provisional", "P"),
        (Self::Revised, "revised", "改定値", "revised", "A"),
        (Self::Estimated, "estimated", "推計値", "estimated", "E"),
        (Self::Forecast, "forecast", "見込値", "forecast", "F"),
        (Self::Break, "break", "前年度と接続しない値", "break in the series", "B"),
        (Self::Suppressed, "suppressed", "秘匿", "suppressed", "Q"),
        (Self::NotApplicable, "not-applicable", "該当なし", "not applicable", "M"),
        (Self::NotCollected, "not-collected", "調査なし", "not collected", "L"),
        (
            Self::Superseded,
            "superseded",
            "後の年度の値に置換",
            "superseded by a later year's sheet",
            "",
        ),
    ];

    /// Further spellings that clerks use.
    pub const ALSO: [(&'static str, Self); 12] = [
        ("確定", Self::Final),
        ("速報", Self::Provisional),
        ("暫定", Self::Provisional),
        ("暫定値", Self::Provisional),
        ("改定", Self::Revised),
        ("訂正", Self::Revised),
        ("訂正値", Self::Revised),
        ("推計", Self::Estimated),
        ("見込", Self::Forecast),
        ("見込み", Self::Forecast),
        ("非公表", Self::Suppressed),
        ("未調査", Self::NotCollected),
    ];

    /// The id of the status in data.
    pub fn as_str(self) -> &'static str {
        self.entry().1
    }

    /// The Japanese and the English name of the status.
    pub fn names(self) -> (&'static str, &'static str) {
        (self.entry().2, self.entry().3)
    }

    /// The code of the status in SDMX; empty for a superseded figure.
    pub fn sdmx(self) -> &'static str {
        self.entry().4
    }

    /// Is it a reason for a missing figure?
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Suppressed | Self::NotApplicable | Self::NotCollected)
    }

    fn entry(self) -> &'static (Self, &'static str, &'static str, &'static str, &'static str) {
        Self::ALL.iter().find(|entry| entry.0 == self).unwrap_or(&Self::ALL[0])
    }
}
