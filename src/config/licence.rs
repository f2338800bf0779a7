//! The **licence** under which data may be used.

/// One of the licences in use for Japanese open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Licence {
    /// Creative Commons Attribution 4.0.
    CcBy4,
    /// 公共データ利用規約（第1.0版）, デジタル庁.
    Pdl1,
    /// Creative Commons Zero 1.0.
    Cc0,
}

impl Licence {
    /// Every licence with its id, which is that of SPDX where SPDX has one.
    pub const CHOICES: [(&'static str, Self); 3] =
        [("CC-BY-4.0", Self::CcBy4), ("PDL-1.0", Self::Pdl1), ("CC0-1.0", Self::Cc0)];

    /// Its id in `site.toml` and `dataset.toml`.
    pub fn id(self) -> &'static str {
        match self {
            Self::CcBy4 => "CC-BY-4.0",
            Self::Pdl1 => "PDL-1.0",
            Self::Cc0 => "CC0-1.0",
        }
    }

    /// Its name, which does not depend on the language.
    pub fn name(self) -> &'static str {
        match self {
            Self::CcBy4 => "CC BY 4.0",
            Self::Pdl1 => "公共データ利用規約（PDL1.0）",
            Self::Cc0 => "CC0 1.0",
        }
    }

    /// Its address, by which programs know it. It leads to its text too, in the reader's language
    /// where the licence has several.
    pub fn address(self) -> &'static str {
        match self {
            Self::CcBy4 => "https://creativecommons.org/licenses/by/4.0/",
            Self::Pdl1 => self.url(),
            Self::Cc0 => "https://creativecommons.org/publicdomain/zero/1.0/",
        }
    }

    /// Its title in the registers of licences that catalogues keep.
    pub fn registered_title(self) -> &'static str {
        match self {
            Self::CcBy4 => "Creative Commons Attribution",
            Self::Pdl1 => self.name(),
            Self::Cc0 => "Creative Commons CCZero",
        }
    }

    /// URL of its text in Japanese, for people.
    pub fn url(self) -> &'static str {
        match self {
            Self::CcBy4 => "https://creativecommons.org/licenses/by/4.0/deed.ja",
            Self::Pdl1 => "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
            Self::Cc0 => "https://creativecommons.org/publicdomain/zero/1.0/deed.ja",
        }
    }
}
