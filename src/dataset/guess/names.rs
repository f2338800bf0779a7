//! Physical **names** of columns: known ones for headers that are common in Japanese open data,
//! otherwise made from the header.
//!
//! Source of the headers: デジタル庁「自治体標準オープンデータセット」.

use crate::text::Id;

/// Common headers with their physical names.
const KNOWN: [(&str, &str); 99] = [
    ("全国地方公共団体コード", "localgov_code"),
    ("市区町村コード", "localgov_code"),
    ("団体コード", "localgov_code"),
    ("地方公共団体名", "localgov_name"),
    ("都道府県名", "prefecture"),
    ("市区町村名", "municipality"),
    ("番号", "number"),
    ("整理番号", "number"),
    ("№", "number"),
    ("NO", "number"),
    ("No", "number"),
    ("No.", "number"),
    ("名称", "name"),
    ("名前", "name"),
    ("施設名", "name"),
    ("施設名称", "name"),
    ("名称_カナ", "name_kana"),
    ("名称_通称", "name_common"),
    ("名称_英語", "name_english"),
    ("名称_英字", "name_english"),
    ("住所", "address"),
    ("所在地", "address"),
    ("施設所在地", "address"),
    ("所在地_連結表記", "address"),
    ("方書", "building"),
    ("建物名等(方書)", "building"),
    ("郵便番号", "postal_code"),
    ("町字ID", "town_id"),
    ("地区", "district"),
    ("地区名", "district"),
    ("町名", "town"),
    ("町丁名", "town"),
    ("緯度", "latitude"),
    ("経度", "longitude"),
    ("標高", "elevation"),
    ("電話番号", "phone"),
    ("TEL", "phone"),
    ("連絡先電話番号", "phone"),
    ("内線番号", "extension"),
    ("FAX番号", "fax"),
    ("連絡先メールアドレス", "email"),
    ("URL", "url"),
    ("画像", "image"),
    ("備考", "note"),
    ("特記事項", "note"),
    ("説明", "description"),
    ("概要", "summary"),
    ("種別", "type"),
    ("種類", "type"),
    ("区分", "category"),
    ("分類", "category"),
    ("業種", "business_type"),
    ("利用可能曜日", "open_days"),
    ("開始時間", "opening_time"),
    ("終了時間", "closing_time"),
    ("利用可能日時特記事項", "opening_note"),
    ("休業日", "closed_days"),
    ("定員", "capacity"),
    ("管理者", "manager"),
    ("設置者", "installer"),
    ("設置位置", "location"),
    ("法人番号", "corporate_number"),
    ("団体名", "organisation"),
    ("所管課", "department"),
    ("担当課", "department"),
    ("所管部課", "department"),
    ("所管", "department"),
    ("年", "year"),
    ("年度", "fiscal_year"),
    ("月", "month"),
    ("年月日", "date"),
    ("調査年月日", "date"),
    ("人口", "population"),
    ("総人口", "population"),
    ("男", "male"),
    ("女", "female"),
    ("男性", "male"),
    ("女性", "female"),
    ("世帯数", "households"),
    ("合計", "total"),
    ("件数", "count"),
    ("金額", "amount"),
    ("事業名", "programme"),
    ("事務事業名", "programme"),
    ("バリアフリー情報", "accessibility"),
    ("部課名", "department"),
    ("施策名", "measure"),
    ("達成度", "rating"),
    ("評価", "rating"),
    ("予算額", "budget"),
    ("予算", "budget"),
    ("決算額", "settled"),
    ("決算", "settled"),
    ("当初", "initial"),
    ("補正", "revised"),
    ("成果指標", "outcome"),
    ("活動指標", "activity"),
    ("目標", "target"),
    ("実績", "actual"),
];

/// A physical name for the column at `index` with the title `title`, for which `taken` returns
/// `false`: a known name, the title in Latin letters, or `column_01`, with a number appended if
/// that is taken.
pub(super) fn free(title: &str, index: usize, taken: impl Fn(&str) -> bool) -> String {
    let bare: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    // The parts of a header of several lines are joined with `・`.
    let parts = bare.split('・').map(|part| {
        let known = KNOWN.iter().find(|(header, _)| *header == part);
        known.map(|(_, name)| *name)
    });
    let known = parts.collect::<Option<Vec<&str>>>().map(|parts| parts.join("_"));
    let name =
        known.or_else(|| of_latin(title)).unwrap_or_else(|| format!("column_{:02}", index + 1));
    let numbered = |number: usize| format!("{name}_{number}");
    match taken(&name) {
        false => name,
        true => (2..).map(numbered).find(|name| !taken(name)).unwrap_or_default(),
    }
}

/// `telephone_number` for `telephoneNumber`; `None` if the title has other characters than ASCII,
/// or none that an id can have.
fn of_latin(title: &str) -> Option<String> {
    if !title.is_ascii() {
        return None;
    }
    let mut spaced = String::new();
    let mut lower = false;
    for c in title.chars() {
        if c.is_ascii_uppercase() && lower {
            spaced.push(' ');
        }
        lower = c.is_ascii_lowercase();
        spaced.push(c);
    }
    Id::suggest(&spaced).map(|id| id.as_str().replace('-', "_"))
}

#[cfg(test)]
mod tests {
    use super::of_latin;

    #[test]
    fn headers_in_latin_letters_become_names() {
        for (title, name) in [
            ("telephoneNumber", Some("telephone_number")),
            ("#property", Some("property")),
            ("API対応", None),
            ("URL", Some("url")),
            ("flood_L1", Some("flood_l1")),
            ("??", None),
        ] {
            assert_eq!(of_latin(title).as_deref(), name, "{title}");
        }
    }
}
