//! The **words** that offices write on their sheets, and what they most probably mean.

use unicode_normalization::UnicodeNormalization;

/// What a label or header most probably names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelMeaning {
    Id,
    Title,
    Department,
    Rating,
    Direction,
    /// A level of the plan, from the top.
    Plan(usize),
    /// The code of a level of the plan.
    PlanCode(usize),
    /// A person's name, a telephone number: never published.
    Private,
    /// The reason for a choice.
    Reason,
    /// A field, with an id for it.
    Field(&'static str),
}

impl LabelMeaning {
    /// The column of the table of measures that it is, where it is just one.
    pub fn column(self) -> Option<&'static str> {
        match self {
            Self::Id => Some("id"),
            Self::Title => Some("title"),
            Self::Department => Some("department"),
            Self::Rating => Some("rating"),
            Self::Direction => Some("direction"),
            _ => None,
        }
    }
}

/// Words that are a whole label, apart from numbering.
const WHOLE: [(&str, LabelMeaning); 56] = [
    ("整理番号", LabelMeaning::Id),
    ("事業番号", LabelMeaning::Id),
    ("事務事業番号", LabelMeaning::Id),
    ("事務事業id", LabelMeaning::Id),
    ("事務事業コード", LabelMeaning::Id),
    ("事業id", LabelMeaning::Id),
    ("事業コード", LabelMeaning::Id),
    ("管理番号", LabelMeaning::Id),
    ("番号", LabelMeaning::Id),
    ("事務事業名", LabelMeaning::Title),
    ("事務事業の名称", LabelMeaning::Title),
    ("事務事業名称", LabelMeaning::Title),
    ("事業名", LabelMeaning::Title),
    ("事業名称", LabelMeaning::Title),
    ("事業の名称", LabelMeaning::Title),
    ("取組名", LabelMeaning::Title),
    ("取組名称", LabelMeaning::Title),
    ("所管部課", LabelMeaning::Department),
    ("所管課", LabelMeaning::Department),
    ("所管部署", LabelMeaning::Department),
    ("所管", LabelMeaning::Department),
    ("所属", LabelMeaning::Department),
    ("担当部課", LabelMeaning::Department),
    ("担当課", LabelMeaning::Department),
    ("担当課名", LabelMeaning::Department),
    ("担当部署", LabelMeaning::Department),
    ("担当部局", LabelMeaning::Department),
    ("部課名", LabelMeaning::Department),
    ("部署名", LabelMeaning::Department),
    ("主管課", LabelMeaning::Department),
    ("達成度", LabelMeaning::Rating),
    ("達成状況", LabelMeaning::Rating),
    ("総合評価", LabelMeaning::Rating),
    ("評価", LabelMeaning::Rating),
    ("評価区分", LabelMeaning::Rating),
    ("判定", LabelMeaning::Rating),
    ("進捗状況", LabelMeaning::Rating),
    ("目的", LabelMeaning::Direction),
    ("意図", LabelMeaning::Direction),
    ("事業の目的", LabelMeaning::Direction),
    ("政策", LabelMeaning::Plan(0)),
    ("政策名", LabelMeaning::Plan(0)),
    ("基本目標", LabelMeaning::Plan(0)),
    ("施策", LabelMeaning::Plan(1)),
    ("施策名", LabelMeaning::Plan(1)),
    ("基本施策", LabelMeaning::Plan(1)),
    ("基本事業", LabelMeaning::Plan(2)),
    ("基本事業名", LabelMeaning::Plan(2)),
    ("対象", LabelMeaning::Field("target-group")),
    ("手段", LabelMeaning::Field("means")),
    ("根拠法令", LabelMeaning::Field("legal-basis")),
    ("根拠法令等", LabelMeaning::Field("legal-basis")),
    ("開始年度", LabelMeaning::Field("start-year")),
    ("所見", LabelMeaning::Field("comment")),
    ("会計", LabelMeaning::Field("budget-account")),
    ("概要", LabelMeaning::Field("summary")),
];

/// Words that may be anywhere in a label.
const PARTS: [(&str, LabelMeaning); 38] = [
    ("記入者", LabelMeaning::Private),
    ("作成者", LabelMeaning::Private),
    ("担当者", LabelMeaning::Private),
    ("課長名", LabelMeaning::Private),
    ("部長名", LabelMeaning::Private),
    ("係長名", LabelMeaning::Private),
    ("氏名", LabelMeaning::Private),
    ("電話", LabelMeaning::Private),
    ("内線", LabelMeaning::Private),
    ("連絡先", LabelMeaning::Private),
    ("メール", LabelMeaning::Private),
    ("fax", LabelMeaning::Private),
    ("確認者", LabelMeaning::Private),
    ("評価者", LabelMeaning::Private),
    ("の理由", LabelMeaning::Reason),
    ("政策番号", LabelMeaning::PlanCode(0)),
    ("政策コード", LabelMeaning::PlanCode(0)),
    ("基本施策番号", LabelMeaning::PlanCode(1)),
    ("施策番号", LabelMeaning::PlanCode(1)),
    ("施策コード", LabelMeaning::PlanCode(1)),
    ("基本事業番号", LabelMeaning::PlanCode(2)),
    ("基本事業コード", LabelMeaning::PlanCode(2)),
    ("意図(", LabelMeaning::Direction),
    ("根拠法令", LabelMeaning::Field("legal-basis")),
    ("始期", LabelMeaning::Field("start-year")),
    ("事業の概要", LabelMeaning::Field("summary")),
    ("手段(", LabelMeaning::Field("means")),
    ("対象(", LabelMeaning::Field("target-group")),
    ("きっかけ", LabelMeaning::Field("background")),
    ("今後の方向性", LabelMeaning::Field("future")),
    ("改善の方向性", LabelMeaning::Field("improvement")),
    ("総括", LabelMeaning::Field("comment")),
    ("会計", LabelMeaning::Field("budget-account")),
    ("整合性", LabelMeaning::Field("consistency")),
    ("妥当性", LabelMeaning::Field("public-role")),
    ("向上余地", LabelMeaning::Field("effectiveness")),
    ("削減余地", LabelMeaning::Field("efficiency")),
    ("(款)", LabelMeaning::Field("budget-chapter")),
];

/// The kind of personal data that a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// The name of a person.
    Person,
    /// A way to reach a person, such as a telephone number.
    Contact,
}

/// The kind of personal data that is probably beside `label`; `None` if it is not personal.
pub fn personal(label: &str) -> Option<Personal> {
    const CONTACT: [&str; 5] = ["電話", "内線", "連絡先", "メール", "fax"];
    let form = plain(label);
    match meaning(label) {
        _ if form == "tel" => Some(Personal::Contact),
        Some(LabelMeaning::Private) if CONTACT.iter().any(|word| form.contains(word)) => {
            Some(Personal::Contact)
        }
        Some(LabelMeaning::Private) => Some(Personal::Person),
        _ => None,
    }
}

/// What `label` most probably names; `None` if its words are not known.
pub(super) fn meaning(label: &str) -> Option<LabelMeaning> {
    let form = plain(label);
    let whole = WHOLE.iter().find(|(word, _)| *word == form);
    let part = || PARTS.iter().find(|(word, _)| form.contains(word));
    whole.or_else(part).map(|(_, meaning)| *meaning)
}

/// A label without numbering at its beginning, without spaces, in one width: `① 手段` is 手段.
pub(super) fn plain(label: &str) -> String {
    let narrow: String =
        label.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let numbering = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '.' | '、');
    let rest = narrow.trim_start_matches(numbering);
    if rest.is_empty() { narrow } else { rest.to_owned() }
}

/// Does a row or column with this name hold money from one source?
pub(super) fn is_source(label: &str) -> bool {
    const PARTS: [&str; 9] =
        ["支出金", "地方債", "市債", "起債", "財源", "使用料", "繰入金", "分担金", "負担金"];
    let form = plain(label);
    form == "その他" || PARTS.iter().any(|part| form.contains(part))
}

/// Does a row or column with this name hold a sum?
pub(super) fn is_total(label: &str) -> bool {
    let form = plain(label);
    let form = form.split('(').next().unwrap_or_default();
    !form.ends_with("会計")
        && ["合計", "総計", "総額", "計"].iter().any(|word| form.ends_with(word))
}

/// Which amounts are under this heading: `settled` or `budget`; `None` if it does not say.
pub(super) fn amount(heading: &str) -> Option<&'static str> {
    let form = plain(heading);
    if form.contains("決算") || form.contains("実績") {
        Some("settled")
    } else if ["予算", "当初", "見込", "計画"].iter().any(|word| form.contains(word)) {
        Some("budget")
    } else {
        None
    }
}

/// The unit that the header of a column of inputs implies: 人 for 従事人数. `None` if it is no
/// input.
pub(super) fn input(header: &str) -> Option<&'static str> {
    let form = plain(header);
    [("人数", "人"), ("人工", "人"), ("時間", "時間")]
        .iter()
        .find(|(word, _)| form.contains(word))
        .map(|(_, unit)| *unit)
}

/// The kind of an indicator by its header.
pub(super) fn kind(header: &str) -> Option<&'static str> {
    let form = plain(header);
    [("活動指標", "activity"), ("成果指標", "outcome")]
        .iter()
        .find(|(word, _)| form.contains(word))
        .map(|(_, kind)| *kind)
}

/// Whether a row with this label has targets (`target`) or actual values (`actual`).
pub(super) fn figure_row(label: &str) -> Option<&'static str> {
    match plain(label).as_str() {
        "目標" | "目標値" | "計画" | "計画値" => Some("target"),
        "実績" | "実績値" => Some("actual"),
        _ => None,
    }
}

/// Does the field with this id hold free texts, even if its values are few?
pub(super) fn is_text_field(id: &str) -> bool {
    ["target-group", "means", "legal-basis", "start-year", "comment", "summary", "background"]
        .contains(&id)
}

/// Does `text` stand for a missing value: one to three dashes?
pub fn is_missing(text: &str) -> bool {
    const DASHES: [char; 10] = ['-', '－', '―', '—', '–', 'ー', '‐', '−', '…', '─'];
    !text.is_empty() && text.chars().count() <= 3 && text.chars().all(|c| DASHES.contains(&c))
}

/// Does the name of a worksheet say that it holds no measure?
pub(super) fn is_aside(name: &str) -> bool {
    ["表紙", "一覧", "目次", "記入例", "凡例", "リスト", "マスタ", "説明", "要領", "集計"]
        .iter()
        .any(|word| name.contains(word))
}

/// Pairs of signs before options: marked and not marked.
pub(super) const MARKS: [(&str, &str); 4] = [("■", "□"), ("☑", "☐"), ("●", "○"), ("◉", "○")];

/// Patterns of years, the most specific first.
pub(super) const YEARS: [&str; 5] = [
    r"[MTSHR]\d+年度",
    r"(?:明治|大正|昭和|平成|令和)(?:\d+|元)年度",
    r"\d{4}年度",
    r"[MTSHR]\d+",
    r"20\d\d",
];

/// Patterns of the cell of an indicator, the most specific first.
pub(super) const INDICATORS: [&str; 6] = [
    r"^≪(?<name>.+)≫（(?<unit>.+)）$",
    r"^【(?<name>.+)】（(?<unit>.+)）$",
    r"^「(?<name>.+)」（(?<unit>.+)）$",
    r"^(?<name>.+)（(?<unit>[^（）]+)）$",
    r"^(?<name>.+)\((?<unit>[^()]+)\)$",
    r"^(?<name>.+)$",
];

#[cfg(test)]
mod tests {
    use super::{LabelMeaning, Personal, amount, is_source, is_total, meaning, personal};

    #[test]
    fn labels_are_known_with_and_without_numbering() {
        for (label, meant) in [
            ("対　象", Some(LabelMeaning::Field("target-group"))),
            ("② 対象（誰、何を対象にしているのか）", Some(LabelMeaning::Field("target-group"))),
            ("電話（内線）", Some(LabelMeaning::Private)),
            ("成果の向上余地の理由は何か？", Some(LabelMeaning::Reason)),
            ("施策番号\n十の位", Some(LabelMeaning::PlanCode(1))),
            ("事務事業ID", Some(LabelMeaning::Id)),
            ("花火", None),
        ] {
            assert_eq!(meaning(label), meant, "{label}");
        }
        assert!(is_source("一般財源") && is_source("都道府県支出金") && !is_source("延べ業務時間"));
        assert!(is_total("事業費計  （A）") && is_total("合計") && !is_total("会計"));
        assert_eq!(amount("R6年度決算"), Some("settled"));
        assert_eq!(amount("当初"), Some("budget"));
    }

    #[test]
    fn labels_of_people_are_known_and_others_are_not_personal() {
        for (label, kind) in [
            ("TEL", Some(Personal::Contact)),
            ("電話（内線）", Some(Personal::Contact)),
            ("記入者", Some(Personal::Person)),
            ("事務事業名", None),
            ("花火", None),
        ] {
            assert_eq!(personal(label), kind, "{label}");
        }
    }
}
