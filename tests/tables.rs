//! Tables as clerks have them: every line end, every encoding, workbooks, and what is said of
//! faults.

use kawaraban::diagnostic::{Diagnostics, Place, Severity};
use kawaraban::source::Sources;
use kawaraban::table::{self, Declaration, Table};

/// Reads `bytes` as the file `name`.
fn read(name: &str, bytes: &[u8]) -> (Option<Table>, Diagnostics) {
    let path = format!("content/{name}");
    let sources = Sources::from_memory([(path.as_str(), bytes)]);
    let mut diagnostics = Diagnostics::new();
    let table = table::read(
        sources.get(&path).expect("just made"),
        &Declaration::default(),
        &mut diagnostics,
    );
    if let Some(table) = &table {
        table.tell(Vec::new(), &mut diagnostics);
    }
    (table, diagnostics)
}

/// Code, place and English message of each problem, in the order shown.
fn problems(diagnostics: Diagnostics) -> Vec<String> {
    let shown = |place: &Place| match place {
        Place::Cell(cell) => cell.name(),
        other => other.path().to_owned(),
    };
    let sorted = diagnostics.sorted();
    sorted.iter().map(|d| format!("{} {}: {}", d.code.id, shown(&d.place), d.message.en)).collect()
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    let width = table.header().len();
    (0..table.len()).map(|row| (0..width).map(|column| table.cell(row, column)).collect()).collect()
}

fn headers(table: &Table) -> Vec<&str> {
    table.header().iter().map(|header| &*header.text).collect()
}

/// Cell name, line, and the bytes that the place marks.
fn place<'t>(table: &Table, text: &'t str, row: usize, column: usize) -> (String, u32, &'t str) {
    match table.place(row, column) {
        Place::Cell(cell) => {
            let (start, end) = cell.bytes.expect("a cell of CSV has bytes");
            (cell.name(), cell.line.expect("a cell of CSV has a line"), &text[start..end])
        }
        other => panic!("not a cell: {other:?}"),
    }
}

#[test]
fn every_line_end_gives_the_same_cells_rows_and_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let lines = ["a,b", "1,2", "", "3,\"x", "y\"", "5,6", "", ""];
        let text = lines.join(end);
        let (table, diagnostics) = read("t.csv", text.as_bytes());
        let table = table.expect("a table");
        let broken = format!("x{end}y");
        assert_eq!(cells(&table), [vec!["1", "2"], vec!["3", &broken], vec!["5", "6"]], "{end:?}");
        assert_eq!(place(&table, &text, 0, 1), ("B2".into(), 2, "2"), "{end:?}");
        let quoted = format!("\"x{end}y\"");
        assert_eq!(place(&table, &text, 1, 1), ("B4".into(), 4, quoted.as_str()), "{end:?}");
        assert_eq!(place(&table, &text, 2, 0), ("A5".into(), 6, "5"), "{end:?}");
        assert_eq!(problems(diagnostics), ["table::empty-row 3: row 3 is empty"], "{end:?}");
    }
}

#[test]
fn a_cell_after_a_quoted_newline_stands_on_its_own_line() {
    let text = "a,b\r\n\"x\r\ny\",12（3）\r\n";
    let (table, _) = read("t.csv", text.as_bytes());
    assert_eq!(place(&table.expect("a table"), text, 0, 1), ("B2".into(), 3, "12（3）"));
}

#[test]
fn quotation_marks_are_read_as_rfc_4180_has_them() {
    let text = "a,b,c\n\"1,\"\"2\"\"\",27\" screen,\"\"\n";
    let (table, diagnostics) = read("t.csv", text.as_bytes());
    let table = table.expect("a table");
    assert_eq!(cells(&table), [["1,\"2\"", "27\" screen", ""]]);
    assert_eq!(place(&table, text, 0, 0).2, "\"1,\"\"2\"\"\"");
    assert!(diagnostics.is_empty());
}

#[test]
fn an_open_quotation_mark_is_named_where_it_opens() {
    let (table, diagnostics) = read("t.csv", b"a,b\n1,2\n3,\"open\n5,6\n");
    assert!(table.is_none());
    let text = "table::quote B3: the quotation mark \" that opens on line 3 is not closed";
    assert_eq!(problems(diagnostics), [text]);
}

#[test]
fn text_after_a_closing_mark_is_named() {
    let (_, diagnostics) = read("t.csv", b"a,b\n\"x\" y,2\n\"z\" ,3\n");
    let text = "table::quote A2: text follows the closing quotation mark \"";
    assert_eq!(problems(diagnostics), [text]);
}

#[test]
fn ragged_rows_are_padded_and_their_extra_values_named() {
    let text = b"a,b,,\n1\n1,2,,,\n1,2,3,4,5\n";
    let (table, diagnostics) = read("t.csv", text);
    let table = table.expect("a table");
    assert_eq!(headers(&table), ["a", "b"]);
    assert_eq!(cells(&table), [["1", ""], ["1", "2"], ["1", "2"]]);
    assert_eq!(
        problems(diagnostics),
        [
            "table::empty-header C1: the header in C1 is blank, but there are values below it",
            "table::empty-header D1: the header in D1 is blank, but there are values below it",
            "table::row-length E4: row 4 has `5` in column 5, but the header has 2 columns",
        ]
    );
}

#[test]
fn headers_are_unique_whatever_their_width_and_stand_on_one_line() {
    let (table, diagnostics) = read("t.csv", "名称,\"備\n考\",ＩＤ,id\n".as_bytes());
    assert_eq!(headers(&table.expect("a table")), ["名称", "備考", "ＩＤ"]);
    assert_eq!(
        problems(diagnostics),
        [
            "table::header-line-break B1: the header has a line break; it is published as `備考`",
            "table::duplicate-header D1: the header `id` is in both C1 and D1",
        ]
    );
}

#[test]
fn a_title_above_the_header_is_named_and_the_table_below_it_read() {
    let text = "令和2年度 施策の実績,,\n\n施策ID,年度,実績\na,2020,x\nb,2020,y\n";
    let (table, diagnostics) = read("t.csv", text.as_bytes());
    let table = table.expect("a table");
    assert_eq!(headers(&table), ["施策ID", "年度", "実績"]);
    assert_eq!(cells(&table), [["a", "2020", "x"], ["b", "2020", "y"]]);
    assert_eq!(
        problems(diagnostics),
        ["table::understood 3: header in row 3; `令和2年度 施策の実績` above the header left out",]
    );
}

#[test]
fn one_column_is_a_table_and_none_is_not() {
    let (table, diagnostics) = read("t.csv", b"id\na\nb\n");
    assert_eq!(cells(&table.expect("a table")), [["a"], ["b"]]);
    assert!(diagnostics.is_empty());
    for nothing in ["", "\n\n", "\u{feff}", ",,\n , \n"] {
        let (table, diagnostics) = read("t.csv", nothing.as_bytes());
        assert!(table.is_none());
        assert_eq!(problems(diagnostics), ["table::no-header content/t.csv: the table is empty"]);
    }
}

#[test]
fn tabs_separate_cells_in_tsv_and_in_unicode_text_of_excel() {
    let utf_16: Vec<u8> =
        "\u{feff}a\tb\r\n1,5\t2\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [("t.tsv", b"a\tb\n1,5\t2\n".to_vec()), ("t.csv", utf_16)] {
        let (table, diagnostics) = read(name, &bytes);
        assert_eq!(cells(&table.expect("a table")), [["1,5", "2"]]);
        assert!(diagnostics.is_empty());
    }
}

#[test]
fn damaged_and_garbled_characters_are_named_by_cell() {
    let mut bytes = "id,名称\na,部局".as_bytes().to_vec();
    bytes.extend(b"\xFF\nb,\x00\n");
    let (table, diagnostics) = read("t.csv", &bytes);
    assert!(table.is_none());
    assert_eq!(
        problems(diagnostics),
        [
            "source::encoding B2: `部局\u{fffd}` contains a damaged character",
            "source::encoding B3: `\u{fffd}` contains a damaged character",
        ]
    );
    let (table, diagnostics) = read("t.csv", "id,名称\na,繧ｳ繝ｼ繝峨\n".as_bytes());
    assert!(table.is_some());
    assert_eq!(problems(diagnostics), ["table::mojibake B2: `繧ｳ繝ｼ繝峨` looks garbled"]);
}

#[test]
fn of_very_many_damaged_cells_the_first_are_kept_and_all_are_counted() {
    let rows = "a,\u{fffd}\n".repeat(10_500);
    let (_, diagnostics) = read("t.csv", format!("id,x\n{rows}").as_bytes());
    assert_eq!(diagnostics.count(Severity::Error), 10_500);
    let problems = problems(diagnostics);
    assert_eq!(problems.len(), 10_001);
    let last = "source::encoding content/t.csv: there are 500 more problems of this kind";
    assert_eq!(problems[0], last);
}

#[test]
fn what_is_no_csv_is_said_to_be_what_it_is() {
    for (bytes, message) in [
        (&b"PK\x03\x04rest"[..], "the file is named CSV, but it is a workbook"),
        (b"\xD0\xCF\x11\xE0rest", "the file is named CSV, but it is a workbook"),
        (b"<!doctype html>", "the file is named CSV, but it is a web page"),
        (&[1, 0, 0, 0, 2, 0, 0], "the file is not a text file"),
    ] {
        let (table, diagnostics) = read("t.csv", bytes);
        assert!(table.is_none());
        assert_eq!(problems(diagnostics), [format!("table::unreadable content/t.csv: {message}")]);
    }
}

mod workbooks {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

    use super::{Declaration, Diagnostics, Sources, cells, headers, problems, read, table};
    use kawaraban::table::Sheets;

    fn saved(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(&mut workbook);
        workbook.save_to_buffer().expect("a workbook in memory")
    }

    fn header(sheet: &mut Worksheet, names: &[&str]) {
        for (column, name) in (0u16..).zip(names) {
            sheet.write(0, column, *name).expect("within the sheet");
        }
    }

    #[test]
    fn cells_say_what_a_person_reads_in_them() {
        let bytes = saved(|book| {
            let sheet = book.add_worksheet();
            header(sheet, &["code", "number", "date", "time", "flag"]);
            let date = Format::new().set_num_format("yyyy/m/d");
            let time = Format::new().set_num_format("h:mm");
            sheet.write(1, 0, "01100").expect("within the sheet");
            sheet.write(1, 1, 0.1 + 0.2).expect("within the sheet");
            let day = ExcelDateTime::from_ymd(2021, 4, 1).expect("a day");
            sheet.write_with_format(1, 2, &day, &date).expect("within the sheet");
            sheet.write_with_format(1, 3, 0.437_5, &time).expect("within the sheet");
            sheet.write(1, 4, true).expect("within the sheet");
            sheet.write(3, 1, 12_345_678).expect("within the sheet");
        });
        let (table, diagnostics) = read("t.xlsx", &bytes);
        let table = table.expect("a table");
        assert_eq!(headers(&table), ["code", "number", "date", "time", "flag"]);
        assert_eq!(
            cells(&table),
            [["01100", "0.3", "2021-04-01", "10:30", "true"], ["", "12345678", "", "", ""]]
        );
        assert_eq!(table.row_number(1), 4);
        assert_eq!(problems(diagnostics), ["table::empty-row 3: row 3 is empty"]);
    }

    #[test]
    fn merged_cells_are_all_named() {
        let bytes = saved(|book| {
            let sheet = book.add_worksheet();
            header(sheet, &["a", "b", "c"]);
            sheet.merge_range(1, 0, 2, 0, "12", &Format::new()).expect("within the sheet");
            sheet.merge_range(3, 0, 3, 1, "y", &Format::new()).expect("within the sheet");
            sheet.write(3, 2, 5).expect("within the sheet");
        });
        let (table, diagnostics) = read("t.xlsx", &bytes);
        assert!(table.is_none());
        assert_eq!(
            problems(diagnostics),
            [
                "table::merged-cells A2: the cells A2:A3 are merged",
                "table::merged-cells A4: the cells A4:B4 are merged",
            ]
        );
    }

    #[test]
    fn one_sheet_must_be_meant() {
        let bytes = saved(|book| {
            for name in ["令和元年度", "令和2年度"] {
                header(book.add_worksheet().set_name(name).expect("a name"), &["a"]);
            }
            book.add_worksheet();
        });
        let text =
            "table::sheet content/t.xlsx: several worksheets have data: `令和元年度`, `令和2年度`";
        let (table, diagnostics) = read("t.xlsx", &bytes);
        assert!(table.is_some(), "sheets of one header are looked at further");
        assert!(diagnostics.has_errors());
        let understood =
            "table::understood 1: worksheets `令和元年度`, `令和2年度` read as one table";
        assert_eq!(problems(diagnostics), [understood, text]);
        let bytes = saved(|book| {
            header(book.add_worksheet().set_name("令和元年度").expect("a name"), &["a"]);
            header(book.add_worksheet().set_name("令和2年度").expect("a name"), &["b"]);
        });
        let (table, diagnostics) = read("t.xlsx", &bytes);
        assert!(table.is_none());
        assert_eq!(problems(diagnostics), [text]);
    }

    #[test]
    fn sheets_of_one_table_have_the_same_columns() {
        let bytes = |second: &[&str]| {
            saved(|book| {
                let first = book.add_worksheet().set_name("北").expect("a name");
                header(first, &["番号", "名称"]);
                header(book.add_worksheet().set_name("南").expect("a name"), second);
            })
        };
        let differs = "table::sheet 1: the header of worksheet `南` differs from that of `北`";
        for (second, said) in [
            (&["番号", "名称", "備考"][..], Some("(missing: –; added: `備考`)")),
            (&["番号"], Some("(missing: `名称`; added: –)")),
            (&["番号", "名　称"], None),
        ] {
            let bytes = bytes(second);
            let sources = Sources::from_memory([("content/t.xlsx", &bytes[..])]);
            let file = sources.get("content/t.xlsx").expect("just made");
            let declaration = Declaration { sheets: Some(Sheets::All), ..Declaration::default() };
            let mut diagnostics = Diagnostics::new();
            let table = table::read(file, &declaration, &mut diagnostics);
            assert_eq!(table.is_none(), said.is_some());
            let said: Vec<String> =
                said.map(|said| format!("{differs} {said}")).into_iter().collect();
            assert_eq!(problems(diagnostics), said);
            let names = table::sheet_names(file, &mut Diagnostics::new());
            assert_eq!(names.expect("a workbook"), ["北", "南"]);
        }
        let sources = Sources::from_memory([("content/t.csv", &b"a,b\n1,2\n"[..])]);
        let file = sources.get("content/t.csv").expect("just made");
        assert_eq!(table::sheet_names(file, &mut Diagnostics::new()), Some(Vec::new()));
    }

    #[test]
    fn a_header_reaches_as_far_as_its_merged_cells() {
        let bytes = saved(|book| {
            let sheet = book.add_worksheet();
            let plain = Format::new();
            sheet.merge_range(0, 0, 2, 0, "番号", &plain).expect("within the sheet");
            sheet.merge_range(0, 1, 0, 3, "人口", &plain).expect("within the sheet");
            sheet.merge_range(1, 1, 2, 1, "総数", &plain).expect("within the sheet");
            sheet.merge_range(1, 2, 1, 3, "内訳", &plain).expect("within the sheet");
            sheet.write(2, 2, "男").expect("within the sheet");
            sheet.write(2, 3, "女").expect("within the sheet");
            for (row, cells) in [(3, [1, 9, 4, 5]), (4, [2, 7, 3, 4])] {
                for (column, cell) in (0u16..).zip(cells) {
                    sheet.write(row, column, cell).expect("within the sheet");
                }
            }
        });
        let (table, _) = read("t.xlsx", &bytes);
        let table = table.expect("a table");
        assert_eq!(headers(&table), ["番号", "人口・総数", "人口・内訳・男", "人口・内訳・女"]);
        assert_eq!(table.header_lines(), Some((1, 3)));
        assert_eq!(cells(&table), [["1", "9", "4", "5"], ["2", "7", "3", "4"]]);
    }

    #[test]
    fn hidden_worksheets_are_named() {
        for (hidden, said) in [
            (&["控"][..], "the hidden worksheet `控` is not read"),
            (&["控", "旧"], "hidden worksheets not read: `控`, `旧`"),
        ] {
            let bytes = saved(|book| {
                header(book.add_worksheet().set_name("表").expect("a name"), &["a", "b"]);
                for name in hidden {
                    let sheet = book.add_worksheet().set_name(*name).expect("a name");
                    header(sheet, &["a", "b"]);
                    sheet.set_hidden(true);
                }
            });
            let (table, diagnostics) = read("t.xlsx", &bytes);
            assert!(table.is_some());
            assert_eq!(
                problems(diagnostics),
                [format!("table::understood content/t.xlsx: {said}")]
            );
        }
    }

    #[test]
    fn a_stray_cell_in_the_last_corner_costs_nothing() {
        let bytes = saved(|book| {
            let sheet = book.add_worksheet();
            header(sheet, &["a", "b"]);
            sheet.write(1, 0, 1).expect("within the sheet");
            sheet.write(1_048_575, 16_383, " ").expect("within the sheet");
        });
        let (table, diagnostics) = read("t.xlsx", &bytes);
        assert_eq!(cells(&table.expect("a table")), [["1", ""]]);
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn a_workbook_cut_short_is_unreadable_and_no_more() {
        let bytes = saved(|book| header(book.add_worksheet(), &["a", "b"]));
        for length in (0..bytes.len()).step_by(97) {
            for name in ["t.xlsx", "t.xls", "t.ods"] {
                let (table, diagnostics) = read(name, &bytes[..length]);
                assert!(table.is_none());
                let problems = problems(diagnostics);
                assert!(problems[0].starts_with("table::unreadable"), "{problems:?}");
            }
        }
    }
}

/// The whole of each problem: place, message, and how to put it right.
fn in_full(diagnostics: Diagnostics) -> Vec<String> {
    let sorted = diagnostics.sorted();
    let shown = |place: &Place| match place {
        Place::Cell(cell) => cell.name(),
        other => other.path().to_owned(),
    };
    let help = |help: &kawaraban::diagnostic::Message| help.en.clone();
    sorted
        .iter()
        .map(|d| {
            let help = d.help.as_ref().map(help).unwrap_or_default();
            format!("{}: {}; {help}", shown(&d.place), d.message.en)
        })
        .collect()
}

#[test]
fn a_second_table_is_told_with_the_rows_to_leave_out() {
    let move_it = "move the second table to another file or sheet, or write";
    for (below, place, rows) in [
        (",名称,面積", "B5", "5"),
        (",名称,面積\n1,甲,30", "B5", "\"5-6\""),
        ("番号,名称,面積\n1,甲,30\n\n2,乙,20", "A5", "\"5-8\""),
    ] {
        let text = format!("番号,名称,定員\n1,甲,120\n2,乙,80\n\n{below}\n");
        let (_, diagnostics) = read("t.csv", text.as_bytes());
        let shown = below.lines().next().unwrap_or_default();
        let shown = shown.trim_start_matches(',').replace(',', "、");
        let expected = format!(
            "{place}: a second table seems to begin in row 5 ({shown}); {move_it} `skip = [{rows}]` into `` to leave it out"
        );
        let said = in_full(diagnostics);
        assert!(said.contains(&expected), "{below:?}: {said:#?}");
    }
}

#[test]
fn a_header_of_two_lines_and_a_line_of_units_are_no_records() {
    let text = "番号,名称,人口,,\n,,男,女,計\n1,甲,1,2,3\n2,乙,4,5,9\n";
    let (table, _) = read("t.csv", text.as_bytes());
    let table = table.expect("a table");
    assert_eq!(headers(&table), ["番号", "名称", "人口・男", "人口・女", "人口・計"]);
    assert_eq!(table.header_lines(), Some((1, 2)));
    assert_eq!(cells(&table)[0], ["1", "甲", "1", "2", "3"]);

    let text = "番号,名称,人口,面積\n,,人,km²\n1,甲,120,3\n2,乙,80,4\n";
    let (table, _) = read("t.csv", text.as_bytes());
    let table = table.expect("a table");
    assert_eq!(headers(&table), ["番号", "名称", "人口", "面積"]);
    assert_eq!(table.header_lines(), Some((1, 1)));
    assert_eq!((table.unit(2), table.unit(3)), (Some("人"), Some("km²")));
    assert_eq!(cells(&table), [["1", "甲", "120", "3"], ["2", "乙", "80", "4"]]);
}

#[test]
fn a_single_text_below_the_records_is_a_record_unless_a_row_is_blank_between() {
    let text = |between: &str| format!("番号,名称,備考\n1,甲,あ\n2,乙,い\n{between},丙,\n");
    let (table, diagnostics) = read("t.csv", text("").as_bytes());
    assert_eq!(cells(&table.expect("a table"))[2], ["", "丙", ""]);
    assert_eq!(problems(diagnostics), [""; 0]);
    let (_, diagnostics) = read("t.csv", text("\n").as_bytes());
    let lone =
        "table::layout B5: row 5, `丙`, may be a note below the table or a row of data with blanks";
    assert_eq!(problems(diagnostics), [lone]);
}

#[test]
fn the_unit_of_a_table_is_the_first_above_its_header() {
    let text = "決算の状況\n（単位：千円）\n（単位：人）\n番号,名称,金額\n1,甲,120\n2,乙,80\n";
    let (table, diagnostics) = read("t.csv", text.as_bytes());
    let table = table.expect("a table");
    assert_eq!(table.unit_of_all(), Some("千円"));
    let understood = "header in row 4; 2 rows above the header left out, `決算の状況` among them; unit 千円 taken from A2";
    assert_eq!(problems(diagnostics), [format!("table::understood 4: {understood}")]);
}

#[test]
fn a_long_damaged_cell_is_repeated_from_where_the_damage_is() {
    let long = "市内に住む人が集まって話し合うための建物で、昭和に建てられたものの一つであり";
    let text = format!("名称,説明\n甲館,{long}壊\u{fffd}れた\n乙館,{long}\n");
    let (table, diagnostics) = read("t.csv", text.as_bytes());
    assert!(table.is_none());
    let fault =
        "source::encoding B2: `…たものの一つであり壊\u{fffd}れた` contains a damaged character";
    assert_eq!(problems(diagnostics), [fault]);
}
