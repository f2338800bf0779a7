//! The **criteria** of JIS X 8341-3:2016, levels A and AA, which have the numbers of WCAG 2.0.
//!
//! Not in here: level AAA, which the guidelines do not require of public sites.

/// A level of conformance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Level A.
    A,
    /// AA, which includes level A.
    Aa,
}

impl Level {
    /// All levels with their spellings.
    pub const CHOICES: [(&'static str, Self); 2] = [("A", Self::A), ("AA", Self::Aa)];

    /// Its spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aa => "AA",
        }
    }
}

/// One success criterion.
#[derive(Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its number: `1.4.3`.
    pub id: &'static str,
    /// Its level.
    pub level: Level,
    /// Its name in Japanese.
    pub ja: &'static str,
    /// Its name in English.
    pub en: &'static str,
}

const fn criterion(
    id: &'static str,
    level: Level,
    ja: &'static str,
    en: &'static str,
) -> Criterion {
    Criterion { id, level, ja, en }
}

/// The criteria, in the order of the standard.
pub static CRITERIA: [Criterion; 38] = [
    criterion("1.1.1", Level::A, "非テキストコンテンツ", "Non-text Content"),
    criterion(
        "1.2.1",
        Level::A,
        "音声だけ及び映像だけ（収録済み）",
        "Audio-only and Video-only (Prerecorded)",
    ),
    criterion("1.2.2", Level::A, "キャプション（収録済み）", "Captions (Prerecorded)"),
    criterion(
        "1.2.3",
        Level::A,
        "音声解説又はメディアに対する代替コンテンツ（収録済み）",
        "Audio Description or Media Alternative (Prerecorded)",
    ),
    criterion("1.2.4", Level::Aa, "キャプション（ライブ）", "Captions (Live)"),
    criterion("1.2.5", Level::Aa, "音声解説（収録済み）", "Audio Description (Prerecorded)"),
    criterion("1.3.1", Level::A, "情報及び関係性", "Info and Relationships"),
    criterion("1.3.2", Level::A, "意味のある順序", "Meaningful Sequence"),
    criterion("1.3.3", Level::A, "感覚的な特徴", "Sensory Characteristics"),
    criterion("1.4.1", Level::A, "色の使用", "Use of Color"),
    criterion("1.4.2", Level::A, "音声の制御", "Audio Control"),
    criterion("1.4.3", Level::Aa, "コントラスト（最低限レベル）", "Contrast (Minimum)"),
    criterion("1.4.4", Level::Aa, "テキストのサイズ変更", "Resize text"),
    criterion("1.4.5", Level::Aa, "文字画像", "Images of Text"),
    criterion("2.1.1", Level::A, "キーボード", "Keyboard"),
    criterion("2.1.2", Level::A, "キーボードトラップなし", "No Keyboard Trap"),
    criterion("2.2.1", Level::A, "タイミング調整可能", "Timing Adjustable"),
    criterion("2.2.2", Level::A, "一時停止、停止及び非表示", "Pause, Stop, Hide"),
    criterion("2.3.1", Level::A, "3回の閃光、又は閾値以下", "Three Flashes or Below Threshold"),
    criterion("2.4.1", Level::A, "ブロックスキップ", "Bypass Blocks"),
    criterion("2.4.2", Level::A, "ページタイトル", "Page Titled"),
    criterion("2.4.3", Level::A, "フォーカス順序", "Focus Order"),
    criterion("2.4.4", Level::A, "リンクの目的（コンテキスト内）", "Link Purpose (In Context)"),
    criterion("2.4.5", Level::Aa, "複数の手段", "Multiple Ways"),
    criterion("2.4.6", Level::Aa, "見出し及びラベル", "Headings and Labels"),
    criterion("2.4.7", Level::Aa, "フォーカスの可視化", "Focus Visible"),
    criterion("3.1.1", Level::A, "ページの言語", "Language of Page"),
    criterion("3.1.2", Level::Aa, "一部分の言語", "Language of Parts"),
    criterion("3.2.1", Level::A, "フォーカス時", "On Focus"),
    criterion("3.2.2", Level::A, "入力時", "On Input"),
    criterion("3.2.3", Level::Aa, "一貫したナビゲーション", "Consistent Navigation"),
    criterion("3.2.4", Level::Aa, "一貫した識別性", "Consistent Identification"),
    criterion("3.3.1", Level::A, "エラーの特定", "Error Identification"),
    criterion("3.3.2", Level::A, "ラベル又は説明", "Labels or Instructions"),
    criterion("3.3.3", Level::Aa, "エラー修正の提案", "Error Suggestion"),
    criterion(
        "3.3.4",
        Level::Aa,
        "エラー回避（法的、金融及びデータ）",
        "Error Prevention (Legal, Financial, Data)",
    ),
    criterion("4.1.1", Level::A, "構文解析", "Parsing"),
    criterion("4.1.2", Level::A, "名前（name）、役割（role）及び値（value）", "Name, Role, Value"),
];

#[cfg(test)]
mod tests {
    use super::{CRITERIA, Level};

    #[test]
    fn there_are_25_criteria_of_level_a_and_13_of_level_aa() {
        let of = |level| CRITERIA.iter().filter(|criterion| criterion.level == level).count();
        assert_eq!((of(Level::A), of(Level::Aa)), (25, 13));
        assert!(CRITERIA.is_sorted_by_key(|criterion| criterion.id));
    }
}
