//! A **data theme**: one of the subjects in the vocabulary of the European Union, to which a city's
//! own topics are related, so that topics of many cities can be compared.

/// One of the thirteen themes (the provisional one is not offered).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataTheme {
    code: &'static str,
    label: &'static str,
}

impl DataTheme {
    /// Every theme by its code.
    pub const CHOICES: [(&'static str, Self); 13] = [
        Self::named("AGRI", "Agriculture, fisheries, forestry and food"),
        Self::named("ECON", "Economy and finance"),
        Self::named("EDUC", "Education, culture and sport"),
        Self::named("ENER", "Energy"),
        Self::named("ENVI", "Environment"),
        Self::named("GOVE", "Government and public sector"),
        Self::named("HEAL", "Health"),
        Self::named("INTR", "International issues"),
        Self::named("JUST", "Justice, legal system and public safety"),
        Self::named("REGI", "Regions and cities"),
        Self::named("SOCI", "Population and society"),
        Self::named("TECH", "Science and technology"),
        Self::named("TRAN", "Transport"),
    ];

    const fn named(code: &'static str, label: &'static str) -> (&'static str, Self) {
        (code, Self { code, label })
    }

    /// Its code, the last part of its address.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// Its label in English.
    pub fn label(self) -> &'static str {
        self.label
    }
}
