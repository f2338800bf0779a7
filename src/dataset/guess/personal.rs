//! Columns that look **personal**: names of people, their dates of birth, and ways to reach them. A
//! draft leaves them unpublished, and the person who reads it decides.

use crate::dataset::ColumnType;
use crate::form::{Personal, personal};
use crate::table::Table;

use super::columns::Guessed;

/// Words in headers that refer to a person, in lists of licences and registers.
const PEOPLE: [&str; 12] = [
    "開設者",
    "申請者",
    "営業者",
    "代表者",
    "世帯主",
    "保護者",
    "所有者",
    "受講者",
    "生年月日",
    "個人番号",
    "マイナンバー",
    "続柄",
];

/// Words in headers that name or locate a facility.
const FACILITY: [&str; 7] = ["施設", "所在地", "住所", "名称", "緯度", "address", "latitude"];

/// The headers of the columns of `table` that look personal. Contact details of a facility are not
/// personal; those of a person named in the same table are, and so are numbers of mobile phones.
pub(super) fn of(table: &Table, columns: &[Guessed]) -> Vec<String> {
    let by_header: Vec<Option<Personal>> = columns.iter().map(said).collect();
    let staff = by_header.contains(&Some(Personal::Person));
    let facility = columns.iter().any(|column| {
        let title = column.title.to_lowercase();
        FACILITY.iter().any(|word| title.contains(word))
    });
    let reaches_one = |index: usize, title: &str| {
        let own = title.contains("内線") || !facility;
        (staff && own) || is_mobile(table, index)
    };
    let is_personal = |index: usize, column: &Guessed| match by_header[index] {
        Some(Personal::Person) => true,
        Some(Personal::Contact) => reaches_one(index, &column.title),
        None => is_of_person(column),
    };
    let found = columns.iter().enumerate().filter(|(index, column)| is_personal(*index, column));
    found.map(|(_, column)| column.header.clone()).collect()
}

/// What the header says about people; `None` for a number of people.
fn said(column: &Guessed) -> Option<Personal> {
    personal(&column.title).filter(|_| !column.title.ends_with('数'))
}

fn is_of_person(column: &Guessed) -> bool {
    let counts = matches!(column.kind, ColumnType::Number | ColumnType::Boolean);
    !counts && names_a_person(&column.title)
}

/// Does the header `title` announce people, as lists of licences and registers name them?
pub fn names_a_person(title: &str) -> bool {
    let bare: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    !bare.ends_with('数') && PEOPLE.iter().any(|word| bare.contains(word))
}

/// Whether one of the cells is the number of a mobile phone.
fn is_mobile(table: &Table, column: usize) -> bool {
    (0..table.len()).any(|row| {
        let digits: String = table.cell(row, column).chars().filter(char::is_ascii_digit).collect();
        digits.len() == 11 && ["070", "080", "090"].iter().any(|start| digits.starts_with(start))
    })
}

#[cfg(test)]
mod tests {
    use super::is_mobile;
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;
    use crate::table::{self, Declaration};

    #[test]
    fn numbers_of_mobile_phones_are_known_from_others() {
        for (cell, expected) in [
            ("090-1234-5678", true),
            ("070 1234 5678", true),
            ("08012345678", true),
            ("087-839-2011", false),
            ("0801-23-456", false),
            ("12345678901", false),
            ("", false),
        ] {
            let text = format!("名称,電話\n甲,119\n乙,{cell}\n");
            let sources = Sources::from_memory([("content/t.csv", text.as_bytes())]);
            let file = sources.get("content/t.csv").expect("just made");
            let table = table::read(file, &Declaration::default(), &mut Diagnostics::new());
            let table = table.expect("a table");
            assert_eq!(is_mobile(&table, 1), expected, "{cell}");
        }
    }
}
