//! What one cell is: the value that a clerk sees in it, from every kind of file, or a message that
//! names both values.

use std::io::Write as _;

use kawaraban::config::Selection;
use kawaraban::dataset;
use kawaraban::diagnostic::{Diagnostics, Place};
use kawaraban::source::{Limits, Sources};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// The rows of a dataset whose table is `bytes` under `name`, its `columns` declared as
/// `[[columns]]` are, and what is said.
fn read(columns: &str, name: &str, bytes: &[u8]) -> (Option<Vec<Vec<String>>>, Vec<String>) {
    let (datasets, diagnostics) = read_limited(columns, name, bytes, Limits::default());
    (datasets, problems(diagnostics, |message| message.en.clone()))
}

fn read_limited(
    columns: &str,
    name: &str,
    bytes: &[u8],
    limits: Limits,
) -> (Option<Vec<Vec<String>>>, Diagnostics) {
    let toml = format!("title = \"試験\"\ndescription = \"試験の表。\"\n{columns}");
    let path = format!("content/datasets/d/{name}");
    let mut sources = Sources::from_memory([
        ("content/datasets/d/dataset.toml", toml.as_bytes()),
        (path.as_str(), bytes),
    ]);
    sources.limit(limits);
    let mut diagnostics = Diagnostics::new();
    let datasets = dataset::read(&sources, Selection::default(), &mut Vec::new(), &mut diagnostics);
    let rows = datasets.first().map(|dataset| {
        let width = dataset.columns.len();
        let row =
            |row| (0..width).map(|column| dataset.rows.cell(row, column).to_owned()).collect();
        (0..dataset.rows.len()).map(row).collect()
    });
    (rows, diagnostics)
}

/// Code, place and message of each problem, in the order shown.
fn problems(
    diagnostics: Diagnostics,
    language: impl Fn(&kawaraban::diagnostic::Message) -> String,
) -> Vec<String> {
    let shown = |place: &Place| match place {
        Place::Cell(cell) => cell.name(),
        other => other.path().trim_start_matches("content/datasets/").to_owned(),
    };
    let sorted = diagnostics.sorted();
    let one = |d: &kawaraban::diagnostic::Diagnostic| {
        format!("{} {}: {}", d.code.id, shown(&d.place), language(&d.message))
    };
    sorted.iter().map(one).collect()
}

/// A declaration of columns: `name type unit`.
fn columns(list: &[(&str, &str, &str)]) -> String {
    let column = |(name, kind, unit): &(&str, &str, &str)| {
        let unit = if unit.is_empty() { String::new() } else { format!("unit = \"{unit}\"\n") };
        format!("[[columns]]\nname = \"{name}\"\ntype = \"{kind}\"\n{unit}")
    };
    list.iter().map(column).collect()
}

/// A workbook whose first row is `header`, and the rest filled by `fill`.
fn workbook(header: &[&str], fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0u16..).zip(header) {
        sheet.write(0, column, *name).expect("within the sheet");
    }
    fill(sheet);
    book.save_to_buffer().expect("a workbook in memory")
}

fn number(sheet: &mut Worksheet, row: u32, column: u16, number: f64, format: &str) {
    let format = Format::new().set_num_format(format);
    sheet.write_with_format(row, column, number, &format).expect("within the sheet");
}

/// A package of `parts`, path and content.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, content) in parts {
        let options: zip::write::SimpleFileOptions = zip::write::SimpleFileOptions::default();
        zip.start_file(*path, options).expect("a part begins");
        zip.write_all(content).expect("memory takes it");
    }
    zip.finish().expect("a package").into_inner()
}

/// An OpenDocument spreadsheet of one sheet with these rows.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:fo="f"><office:automatic-styles><style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[("content.xml", content.as_bytes())])
}

/// A row of an OpenDocument spreadsheet from texts.
fn ods_row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

/// An Excel workbook whose sheet has this XML.
fn xlsx(sheet: &[u8]) -> Vec<u8> {
    package(&[
        ("_rels/.rels", br#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

const PERCENT: &str = "table::understood B2: a percentage is read as it is shown, 45.5% as 45.5";

#[test]
fn a_percentage_follows_the_unit_of_its_column() {
    let bytes = workbook(&["id", "rate"], |sheet| {
        sheet.write(1, 0, "1").expect("within the sheet");
        number(sheet, 1, 1, 0.455, "0.0%");
        sheet.write(2, 0, "2").expect("within the sheet");
        number(sheet, 2, 1, 0.592, "0%");
    });
    let with =
        |unit| read(&columns(&[("id", "code", ""), ("rate", "number", unit)]), "d.xlsx", &bytes);
    let (rows, said) = with("％");
    assert_eq!(rows.expect("a dataset"), [["1", "45.5"], ["2", "59.2"]]);
    let rounded = "table::understood B3: a number that is rounded for display is published with all its digits";
    assert_eq!(said, [&format!("{PERCENT} (2 cells of this column)"), rounded]);
    let (rows, said) = with("なし");
    assert_eq!((rows.expect("a dataset")[0][1].as_str(), said.len()), ("0.455", 0));
    let (rows, said) = with("人");
    assert!(rows.is_none());
    assert_eq!(
        said[0],
        "table::shown-value B2: the cell shows `45.5%`, but the unit of this column is 人"
    );
}

#[test]
fn a_percentage_of_open_document_is_the_same() {
    let rows = ods_row(&["id", "rate"])
        + r#"<table:table-row><table:table-cell office:value-type="string"><text:p>1</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.455"><text:p>45.5%</text:p></table:table-cell></table:table-row>"#;
    let declared = columns(&[("id", "code", ""), ("rate", "number", "%")]);
    let (rows, said) = read(&declared, "d.ods", &ods(&rows));
    assert_eq!(rows.expect("a dataset"), [["1", "45.5"]]);
    assert_eq!(said, [PERCENT]);
}

#[test]
fn scaled_signed_and_foreign_formats_are_named_with_both_values() {
    let bytes = workbook(&["a", "b", "c"], |sheet| {
        number(sheet, 1, 0, 12_345_678.0, "#,##0,");
        number(sheet, 1, 1, 300.0, "\"▲\"#,##0");
        number(sheet, 1, 2, 1200.0, "\"¥\"#,##0");
    });
    let (rows, said) = read(
        &columns(&[("a", "number", "円"), ("b", "number", "円"), ("c", "number", "人")]),
        "d.xlsx",
        &bytes,
    );
    assert!(rows.is_none());
    assert_eq!(
        said,
        [
            "table::understood B2: a sign in the number format, such as ▲, is read as minus",
            "table::shown-value A2: the cell shows `12,346` but stores `12345678`",
            "table::shown-value C2: the cell shows `¥1,200`, but the unit of this column is 人",
        ]
    );
    let (rows, _) = read(
        &columns(&[("a", "number", "千円"), ("b", "number", "円"), ("c", "number", "円")]),
        "d.xlsm",
        &bytes,
    );
    assert_eq!(rows.expect("a dataset"), [["12345.678", "-300", "1200"]]);
}

#[test]
fn codes_keep_the_zeros_that_are_shown() {
    let bytes = workbook(&["code", "post", "name"], |sheet| {
        number(sheet, 1, 0, 123.0, "00000");
        number(sheet, 1, 1, 7_600_011.0, "[<=999]000;[<=9999]000-00;000-0000");
        number(sheet, 1, 2, 12_345.0, "#,##0");
        number(sheet, 2, 0, 12_025.0, "#,##0");
    });
    let declared = columns(&[("code", "code", ""), ("post", "text", ""), ("name", "text", "")]);
    let (rows, said) = read(&declared, "d.xlsx", &bytes);
    assert_eq!(rows.expect("a dataset"), [["00123", "760-0011", "12345"], ["12025", "", ""]]);
    assert_eq!(said, [""; 0]);
}

#[test]
fn a_number_in_a_column_of_texts_is_published_without_the_separators_of_its_format() {
    let bytes = workbook(&["name"], |sheet| {
        number(sheet, 1, 0, 12_345.0, "#,##0");
        number(sheet, 2, 0, 0.5, "0.00");
        number(sheet, 3, 0, 7.0, "000");
    });
    let (rows, said) = read(&columns(&[("name", "text", "")]), "d.xlsx", &bytes);
    assert_eq!(said, [""; 0]);
    let names = rows.expect("a table").into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(names, ["12345", "0.5", "007"]);
}

#[test]
fn formulas_without_result_are_errors_in_every_kind_of_file() {
    let bytes = xlsx(br#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>n</t></is></c><c r="B1" t="inlineStr"><is><t>m</t></is></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f><v></v></c></row><row r="3"><c r="A3"><v>1</v></c><c r="B3" t="str"><f>""</f><v></v></c></row></sheetData></worksheet>"#);
    let declared = columns(&[("n", "number", "人"), ("m", "number", "人")]);
    let expected = ["table::no-result B2: the file does not hold the result of this formula"];
    let (rows, said) = read(&declared, "d.xlsx", &bytes);
    assert!(rows.is_none());
    assert_eq!(said, expected);
    let rows = ods_row(&["n", "m"])
        + r#"<table:table-row><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell><table:table-cell table:formula="of:=[.A2]*2"/></table:table-row>"#;
    assert_eq!(read(&declared, "d.ods", &ods(&rows)).1, expected);
    // A library that cannot calculate writes 0 for every result.
    let bytes = workbook(&["n", "m"], |sheet| {
        sheet.write(1, 0, 5).expect("within the sheet");
        sheet.write_formula(1, 1, Formula::new("=A2*2")).expect("within the sheet");
    });
    assert_eq!(read(&declared, "d.xlsx", &bytes).1, expected);
    let bytes = workbook(&["n", "m"], |sheet| {
        sheet.write(1, 0, 5).expect("within the sheet");
        sheet
            .write_formula(1, 1, Formula::new("=A2*2").set_result("10"))
            .expect("within the sheet");
    });
    assert_eq!(read(&declared, "d.xlsx", &bytes).0.expect("a dataset"), [["5", "10"]]);
}

#[test]
fn hidden_rows_and_columns_are_named_until_somebody_decides() {
    let bytes = workbook(&["a", "b", "c"], |sheet| {
        for row in 1..5 {
            for column in 0..3 {
                sheet.write(row, column, "x").expect("within the sheet");
            }
        }
        sheet.set_row_hidden(2).expect("within the sheet");
        sheet.set_row_hidden(3).expect("within the sheet");
        sheet.set_column_hidden(2).expect("within the sheet");
    });
    let (_, said) = read("", "d.xlsx", &bytes);
    let expected = "table::hidden C1: there are values in hidden columns (C) and hidden rows (3–4)";
    assert!(said.contains(&expected.to_owned()), "{said:?}");
    let rows = ods_row(&["a", "b"])
        + &ods_row(&["1", "x"])
            .replace("<table:table-row>", r#"<table:table-row table:visibility="filter">"#)
        + &ods_row(&["2", "y"]);
    let (_, said) = read("", "d.ods", &ods(&rows));
    let expected = "table::hidden A2: there are values in rows that a filter leaves out (2)";
    assert!(said.contains(&expected.to_owned()), "{said:?}");
}

#[test]
fn days_are_what_their_column_makes_of_them() {
    let bytes = workbook(&["year", "text", "day"], |sheet| {
        let day = ExcelDateTime::from_ymd(2024, 4, 1).expect("a day");
        for (row, format) in [(1, "ggge\"年\""), (2, "yyyy\"年度\""), (3, "[$-411]ggge\"年度\"")]
        {
            for column in 0..3 {
                let format = Format::new().set_num_format(format);
                sheet.write_with_format(row, column, &day, &format).expect("within the sheet");
            }
        }
    });
    let declared =
        columns(&[("year", "fiscal_year", ""), ("text", "text", ""), ("day", "date", "")]);
    let (rows, said) = read(&declared, "d.xlsx", &bytes);
    assert_eq!(
        rows.expect("a dataset"),
        [
            ["2024", "令和6年", "2024-04-01"],
            ["2024", "2024年度", "2024-04-01"],
            ["2024", "令和6年度", "2024-04-01"]
        ]
    );
    let day = "table::understood C2: a date of which only a part is displayed is published whole (3 cells of this column)";
    assert_eq!(said, [day]);
    let whole = workbook(&["year", "code"], |sheet| {
        let day = ExcelDateTime::from_ymd(2024, 4, 1).expect("a day");
        for (column, format) in [(0, "yyyy/m/d"), (1, "m\"月\"d\"日\"")] {
            let format = Format::new().set_num_format(format);
            sheet.write_with_format(1, column, &day, &format).expect("within the sheet");
        }
    });
    let (_, said) =
        read(&columns(&[("year", "fiscal_year", ""), ("code", "code", "")]), "d.xlsx", &whole);
    assert_eq!(
        said,
        [
            "table::not-a-fiscal-year A2: a cell for a fiscal year holds the date `2024/4/1`",
            "table::lost-digits B2: Excel has turned what was typed into the date `4月1日`",
        ]
    );
}

#[test]
fn long_integers_are_codes_up_to_fifteen_digits() {
    let bytes = workbook(&["code", "n"], |sheet| {
        sheet.write(1, 0, 8_000_020_370_002.0).expect("within the sheet");
        sheet.write(2, 0, 1_234_567_890_123_456.0).expect("within the sheet");
        sheet.write(2, 1, 1e21).expect("within the sheet");
    });
    let (_, said) =
        read(&columns(&[("code", "code", ""), ("n", "number", "人")]), "d.xlsx", &bytes);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().all(|said| said.starts_with("table::lost-digits")), "{said:?}");
}

#[test]
fn what_excel_has_spoilt_on_the_way_to_csv_is_named() {
    let text = "施設番号,番地,名称,日\n4.58123E+12,1月2日,#N/A,########\n=\"0123\",Jan-02,東,2024-01-02\n760001.0,1-2-3,#DIV/0!,2024-01-03\n1月2日,4,西,2024-01-04\n";
    let declared = "[[columns]]\nname = \"code\"\nheader = \"施設番号\"\ntype = \"code\"\n[[columns]]\nname = \"lot\"\nheader = \"番地\"\n[[columns]]\nname = \"name\"\nheader = \"名称\"\n[[columns]]\nname = \"day\"\nheader = \"日\"\ntype = \"date\"\n";
    let (rows, said) = read(declared, "d.csv", text.as_bytes());
    assert!(rows.is_none());
    assert_eq!(
        said,
        [
            "table::understood A3: a cell of the form =\"0123\" is read as the text between the quotation marks",
            "table::lost-digits A2: Excel has shortened the code to `4.58123E+12`, and its digits are lost",
            "table::doubtful-code B2: `1月2日` looks like what Excel makes of a number such as 1-2",
            "table::formula-error C2: the formula ends in the error `#N/A`",
            "table::formula-error D2: the column was too narrow when the file was saved, and the value became `########`",
            "table::doubtful-code B3: `Jan-02` looks like what Excel makes of a number such as 1-2",
            "table::lost-digits A4: the code was handled as a number and became `760001.0`",
            "table::formula-error C4: the formula ends in the error `#DIV/0!`",
            "table::lost-digits A5: Excel has turned the code into the date `1月2日`",
        ]
    );
}

#[test]
fn numbers_are_read_or_refused_with_what_is_the_same_value() {
    let table = |written: &str| format!("v\n\"{written}\"\n");
    let declared = columns(&[("v", "number", "人")]);
    for (written, value) in [
        ("５００", "500"),
        ("−5", "-5"),
        ("+5", "5"),
        ("1，234", "1234"),
        ("12 人", "12"),
        ("▲3", "-3"),
        ("123 ", "123"),
    ] {
        let (rows, _) = read(&declared, "d.csv", table(written).as_bytes());
        assert_eq!(rows.expect("a dataset"), [[value]], "{written}");
    }
    for (written, help) in [
        (
            "NaN",
            "leave the cell blank where there is no value; or write `missing = [\"NaN\"]` into `dataset.toml`, and `NaN` is published as a blank",
        ),
        ("(123)", "write -123"),
        (".5", "write 0.5"),
        ("1.2万", "write 12000"),
        ("12%", "this column is in 人; write the value in 人, digits only"),
        (
            "1 234",
            "write one number in digits, and leave the cell blank where the value is not known",
        ),
        (
            "ー5",
            "write one number in digits, and leave the cell blank where the value is not known",
        ),
        ("1e5", "write all digits, as 1234567 or 1,234,567"),
    ] {
        let (rows, diagnostics) =
            read_limited(&declared, "d.csv", table(written).as_bytes(), Limits::default());
        assert!(rows.is_none(), "{written}");
        let said = diagnostics.sorted().pop().expect("a problem");
        let help_said = said.help.expect("a help").en;
        assert_eq!(
            (said.code.id, help_said),
            ("table::not-a-number", format!("{help} (rule L2-01)")),
            "{written}"
        );
    }
}

#[test]
fn yes_and_no_times_and_years_are_read_as_offices_write_them() {
    for (written, value) in [
        ("可", "true"),
        ("不可", "false"),
        ("Y", "true"),
        ("対応", "true"),
        ("☓", "false"),
        ("◯", "true"),
    ] {
        let text = format!("v\n{written}\n");
        let (rows, _) = read(&columns(&[("v", "boolean", "")]), "d.csv", text.as_bytes());
        assert_eq!(rows.expect("a dataset"), [[value]], "{written}");
    }
    for (written, value) in
        [("2024年", "2024"), ("2024.0", "2024"), ("６", "2024"), ("令和6年", "2024")]
    {
        let text = format!("v\n{written}\n");
        let (rows, said) = read(&columns(&[("v", "fiscal_year", "")]), "d.csv", text.as_bytes());
        assert_eq!(rows.expect("a dataset"), [[value]], "{written}");
        assert_eq!(said.len(), usize::from(written == "６"));
    }
    let text = "v\n９：００\n24:00\n24:01\n24:59\n+9:00\n";
    let (rows, said) = read(&columns(&[("v", "time", "")]), "d.csv", text.as_bytes());
    assert!(rows.is_none());
    assert_eq!(said.len(), 3, "{said:?}");
}

#[test]
fn any_sign_parts_cells_and_a_header_may_have_a_comma() {
    for text in [
        "番号\t名称,別名\t住所\n1\t東\t本町\n",
        "番号;名称(漢字,かな);住所\n1;東;本町\n",
        "番号|名称|住所\n1|東|本町\n",
    ] {
        let (rows, said) = read("", "d.csv", text.as_bytes());
        assert_eq!(rows.expect("a dataset"), [["1", "東", "本町"]], "{text}");
        assert!(said.iter().all(|said| said.starts_with("table::understood")), "{said:?}");
    }
}

#[test]
fn invisible_characters_are_taken_out_and_said() {
    let text = "\u{feff}番号\u{200b},名称\n1\u{200b},中央\u{200b}公民館\n\u{feff}2,西\u{ad}館\n";
    let declared = "primary_key = [\"id\"]\n[[columns]]\nname = \"id\"\nheader = \"番号\"\n[[columns]]\nname = \"name\"\nheader = \"名称\"\n";
    let (rows, said) = read(declared, "d.csv", text.as_bytes());
    assert_eq!(rows.expect("a dataset"), [["1", "中央公民館"], ["2", "西館"]]);
    assert_eq!(
        said,
        [
            "table::invisible-character A1: invisible characters are taken out: zero-width character (U+200B), byte order mark (U+FEFF); 3 cells of this column",
            "table::invisible-character B2: invisible characters are taken out: zero-width character (U+200B), soft hyphen (U+00AD); 2 cells of this column",
        ]
    );
    let bytes = workbook(&["番号", "名称"], |sheet| {
        sheet.write(1, 0, "1").expect("within the sheet");
        sheet.write(1, 1, "東\u{200b}館").expect("within the sheet");
    });
    assert_eq!(read(declared, "d.xlsx", &bytes).0.expect("a dataset"), [["1", "東館"]]);
}

#[test]
fn old_encodings_are_read_and_garbled_ones_named() {
    let mail = b"\x1b$BHV9f\x1b(B,\x1b$BL>>N\x1b(B\r\n1,\x1b$BCf1{8xL14[\x1b(B\r\n";
    assert_eq!(read("", "d.csv", mail).0.expect("a dataset"), [["1", "中央公民館"]]);
    let twice = encoding_rs::SHIFT_JIS.decode("番号,名称\n1,企画課\n".as_bytes()).0.into_owned();
    let (_, said) = read("", "d.csv", twice.as_bytes());
    assert!(said.iter().any(|said| said.starts_with("table::mojibake")), "{said:?}");
}

#[test]
fn a_file_of_another_kind_is_told_what_it_is() {
    let book = workbook(&["a"], |_| {});
    let html = b"<html><table><tr><td>a</td></tr></table></html>".as_slice();
    for (name, bytes, said) in [
        ("d.xls", html, "the name ends in .xls, but the file is a web page (HTML)"),
        (
            "d.xls",
            b"a\tb\n1\t2\n",
            "the name ends in .xls, but the file is a text file, such as CSV",
        ),
        (
            "d.xlsx",
            b"a,b\n1,2\n",
            "the name ends in .xlsx, but the file is a text file, such as CSV",
        ),
        ("d.xls", &book, "the name ends in .xls, but the file is an Excel workbook"),
        ("d.csv", &book, "the file is named CSV, but it is a workbook"),
        ("d.xlsx", &ods(""), "the name ends in .xlsx, but the file is an OpenDocument spreadsheet"),
        ("d.ods", &book, "the name ends in .ods, but the file is an Excel workbook"),
    ] {
        let (rows, problems) = read("", name, bytes);
        assert!(rows.is_none());
        assert_eq!(problems, [format!("table::unreadable d/{name}: {said}")], "{name}");
    }
}

#[test]
fn known_headers_are_checked_though_nobody_declared_them() {
    let text = "名称,郵便番号,電話番号,緯度,経度\n東,600001,878392011,34.3428,134.0466\n西,760-0011,087-839-2011,134.0466,34.3428\n";
    let (rows, said) = read("", "d.csv", text.as_bytes());
    assert!(rows.is_none());
    assert_eq!(
        said,
        [
            "table::understood 1: without `[[columns]]`, the columns are taken as: `名称` text, `郵便番号` code, `電話番号` code, `緯度` number, `経度` number",
            "table::lost-digits B2: `600001` has lost its leading zero",
            "table::lost-digits C2: `878392011` has lost its leading zero",
            "table::position D3: the latitude 134.0466 and the longitude 34.3428 are swapped",
        ]
    );
}

/// What is too large is refused at once, and what is just small enough is read.
#[test]
fn every_ceiling_holds_just_above_and_just_below() {
    let limits = Limits {
        file: 2_000_000,
        unpacked: 3_000_000,
        cells: 60,
        columns: 12,
        cell: 100,
        repeated: 20_000,
        ..Limits::default()
    };
    let table = |columns: usize, rows: usize, cell: &str| {
        let header: Vec<String> = (0..columns).map(|column| format!("c{column}")).collect();
        let row = vec![cell; columns].join(",") + "\n";
        format!("{}\n{}", header.join(","), row.repeat(rows))
    };
    let refused = |name: &str, bytes: &[u8]| {
        let (rows, diagnostics) = read_limited("", name, bytes, limits);
        let said = problems(diagnostics, |message| message.en.clone());
        (rows.is_none(), said.into_iter().find(|said| said.contains("too-large")))
    };
    for (text, said) in [
        (table(12, 4, "x"), None),
        (table(13, 1, "x"), Some("there are more than 12 columns")),
        (table(10, 6, "x"), Some("there are more than 60 cells")),
        (table(1, 1, &"x".repeat(100)), None),
        (table(1, 1, &"x".repeat(101)), Some("a cell has more than 100 bytes")),
        ("x".repeat(2_000_001), Some("the file has more than 2000000 bytes")),
    ] {
        let expected = said.map(|said| format!("table::too-large d/d.csv: {said}"));
        assert_eq!(refused("d.csv", text.as_bytes()), (expected.is_some(), expected));
    }
    let sheet = |rows: &str| {
        xlsx(format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes())
    };
    let zeros = xlsx(&vec![b'0'; 4_000_000]);
    for (bytes, said) in [
        (sheet(r#"<row r="1"><c r="M1"><v>1</v></c></row>"#), "there are more than 12 columns"),
        (zeros, "the workbook takes more than 3000000 bytes when unpacked"),
        (
            sheet(
                &(1..8)
                    .map(|row| format!(r#"<row r="{row}"><c r="L{row}"><v>1</v></c></row>"#))
                    .collect::<String>(),
            ),
            "there are more than 60 cells",
        ),
        (
            sheet(
                &(1..8)
                    .map(|row| format!(r#"<row r="{row}"><c r="K{row}"><v>1</v></c></row>"#))
                    .collect::<String>(),
            ),
            "there are more than 60 cells",
        ),
    ] {
        let expected = Some(format!("table::too-large d/d.xlsx: {said}"));
        assert_eq!(refused("d.xlsx", &bytes), (true, expected));
    }
    let repeated = r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    let expected = Some("table::too-large d/d.ods: there are more than 60 cells".to_owned());
    assert_eq!(refused("d.ods", &ods(repeated)), (true, expected));
}

/// What a file holds once and repeats is counted as often as it is repeated: texts that cells
/// share, and cells.
#[test]
fn a_small_file_cannot_take_a_lot_of_memory() {
    let limits = Limits { repeated: 20_000, ..Limits::default() };
    let refused = |name: &str, bytes: &[u8]| {
        let (rows, diagnostics) = read_limited("", name, bytes, limits);
        let both = |d: &kawaraban::diagnostic::Diagnostic| {
            (d.code.id, d.message.en.clone(), d.message.ja.clone())
        };
        let said = diagnostics.sorted().iter().map(both).find(|(id, ..)| *id == "table::too-large");
        (rows.is_none(), said)
    };
    let met = || {
        let en = "values that are repeated take more than 20000 bytes";
        let ja = "同じ値の繰り返しが20000バイトを超えています";
        Some(("table::too-large", en.to_owned(), ja.to_owned()))
    };
    let shared = |rows: usize| {
        let strings = format!("<sst><si><t>{}</t></si></sst>", "あ".repeat(300));
        let cell = |row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#);
        let cells: String = (1..=rows).map(cell).collect();
        package(&[
            ("_rels/.rels", br#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
            ("xl/workbook.xml", br#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#),
            ("xl/sharedStrings.xml", strings.as_bytes()),
            ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{cells}</sheetData></worksheet>").as_bytes()),
        ])
    };
    assert_eq!(refused("d.xlsx", &shared(20)), (false, None));
    assert_eq!(refused("d.xlsx", &shared(60)), (true, met()));
    let repeated = |rows: usize| {
        let header = ods_row(&["名称"]);
        ods(&format!(
            r#"{header}<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string"><text:p>東</text:p></table:table-cell></table:table-row>"#
        ))
    };
    assert_eq!(refused("d.ods", &repeated(100)), (false, None));
    assert_eq!(refused("d.ods", &repeated(2_000)), (true, met()));
}

/// After a hundred thousand errors a table is not read on, which is said; up to them every one is
/// counted.
#[test]
fn a_table_that_is_wrong_everywhere_is_not_read_to_its_end() {
    let wrong = |rows: usize| {
        let row = |row: usize| format!("{row},約{row},昔\n");
        "id,number,year\n".to_owned() + &(0..rows).map(row).collect::<String>()
    };
    let declared =
        columns(&[("id", "code", ""), ("number", "number", "人"), ("year", "fiscal_year", "")]);
    let read = |rows: usize| {
        let text = wrong(rows);
        read_limited(&declared, "d.csv", text.as_bytes(), Limits::default())
    };
    let (rows, diagnostics) = read(49_999);
    assert!(rows.is_none());
    assert_eq!(diagnostics.count(kawaraban::diagnostic::Severity::Error), 99_998);
    let (rows, diagnostics) = read(60_000);
    assert!(rows.is_none());
    assert_eq!(diagnostics.count(kawaraban::diagnostic::Severity::Error), 100_001);
    let both = |d: &kawaraban::diagnostic::Diagnostic| {
        let help = d.help.clone().expect("a help");
        [d.message.en.clone(), help.en, d.message.ja.clone(), help.ja]
    };
    let sorted = diagnostics.sorted();
    let said: Vec<_> =
        sorted.iter().filter(|d| d.code.id == "table::too-large").map(both).collect();
    assert_eq!(
        said,
        [[
            "there are 100000 errors or more, so the rows from row 50002 on were not checked",
            "correct those that were found, then run this again",
            "誤りが100000件以上あるため、50002行目から下は確認していません",
            "見つかった誤りを直してから、もう一度実行してください",
        ]]
    );
}

#[test]
fn a_text_that_is_not_there_is_an_error_and_no_panic() {
    let bytes = xlsx(br#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>4294967295</v></c></row></sheetData></worksheet>"#);
    let (rows, said) = read("", "d.xlsx", &bytes);
    assert!(rows.is_none());
    assert_eq!(
        said,
        [
            "table::unreadable d/d.xlsx: the workbook cannot be read: a cell names a text that is not there"
        ]
    );
}

/// Cut anywhere, or with bytes changed, a workbook is read or refused. (In a cut one, the reader of
/// old workbooks runs past the end.)
#[test]
fn a_cut_or_damaged_old_workbook_is_an_error_and_no_panic() {
    let whole = include_bytes!("fixtures/shown.xls").as_slice();
    let mut refused = 0;
    let mut try_one = |bytes: &[u8], what: &str| {
        let (rows, said) = read("", "d.xls", bytes);
        assert!(rows.is_some() || !said.is_empty(), "{what}: nothing was read, and nothing said");
        refused += usize::from(said.iter().any(|line| line.starts_with("table::unreadable")));
    };
    for length in (0..whole.len()).step_by(97) {
        try_one(&whole[..length], &format!("cut after {length} bytes"));
    }
    let mut seed = 20_261_129_u32;
    for turn in 0..300 {
        let mut bytes = whole.to_vec();
        for _ in 0..4 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (seed >> 8) as usize % bytes.len();
            bytes[at] = if seed & 64 == 0 { 0xff } else { (seed >> 3) as u8 };
        }
        try_one(&bytes, &format!("damaged, turn {turn}"));
    }
    assert!(refused > 50, "only {refused} were refused");
}

/// One sheet saved by LibreOffice in two kinds of file: 7 shown as 007, 0.455 as 45.5%, a hidden
/// row, a hidden column, a struck-out cell and a comment.
#[test]
fn old_and_open_workbooks_tell_what_they_show() {
    let declared = columns(&[("code", "code", ""), ("rate", "number", "％"), ("name", "text", "")]);
    for (name, bytes) in [
        ("d.xls", include_bytes!("fixtures/shown.xls").as_slice()),
        ("d.ods", include_bytes!("fixtures/shown.ods")),
    ] {
        let (_, said) = read(&declared, name, bytes);
        assert_eq!(
            said,
            [
                &format!(
                    "table::objects d/{name}: not published: 1 comment on the worksheet `Sheet1`"
                ),
                &format!("{PERCENT} (2 cells of this column)"),
                "table::hidden C1: there are values in hidden columns (C) and hidden rows (3)",
                "table::struck-out C2: the cell is struck out",
            ],
            "{name}"
        );
    }
}

#[test]
fn the_whole_text_of_a_cell_of_open_document_is_read() {
    let cell = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string">{text}</table:table-cell>"#)
    };
    let texts = [
        "<text:p>a<text:s text:c=\"2\"/>b</text:p>",
        "<text:p>公園（<text:a xlink:href=\"https://a.example/\">地図</text:a>）</text:p>",
        "<text:p><text:span>北</text:span>と<text:span>南</text:span></text:p>",
        "<office:annotation><text:p>注</text:p></office:annotation><text:p>本文</text:p>",
        "<text:p>A&amp;B<text:tab/>C</text:p>",
    ];
    let row = |text: &&str| {
        format!("<table:table-row>{}{}</table:table-row>", cell("<text:p>x</text:p>"), cell(text))
    };
    let rows = ods_row(&["a", "b"]) + &texts.iter().map(row).collect::<String>();
    let (rows, said) =
        read(&columns(&[("a", "text", ""), ("b", "text", "")]), "d.ods", &ods(&rows));
    let read: Vec<String> =
        rows.unwrap_or_else(|| panic!("{said:?}")).into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(read, ["a  b", "公園（地図）", "北と南", "本文", "A&B\tC"], "{said:?}");
}

/// A row or cell without its number stands after the one before; days may count from 1904.
#[test]
fn rows_and_cells_without_numbers_follow_each_other() {
    let text = |text: &str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    let row = |cells: &[&str]| {
        format!("<row>{}</row>", cells.iter().map(|cell| text(cell)).collect::<String>())
    };
    let rows = [row(&["a", "b"]), row(&["1", "x"]), row(&["2", "y"])].concat();
    let later = r#"<row r="7"><c r="B7"><v>4</v></c></row>"#.to_owned() + &row(&["3", "z"]);
    let sheet = format!("<worksheet><sheetData>{rows}{later}</sheetData></worksheet>");
    let declared = columns(&[("a", "code", ""), ("b", "text", "")]);
    let (rows, said) = read(&declared, "d.xlsx", &xlsx(sheet.as_bytes()));
    assert_eq!(rows.expect("a dataset"), [["1", "x"], ["2", "y"], ["", "4"], ["3", "z"]]);
    assert_eq!(said, ["table::empty-row 4: the rows 4 to 6 are empty"]);
}

#[test]
fn texts_of_a_workbook_may_be_written_as_character_data() {
    let sheet = br#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2" t="str"><v><![CDATA[x < y]]></v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t><![CDATA[A&B]]></t></is></c></row><row r="4"><c r="A4" t="inlineStr"><is><r><t>1</t></r><r><t>2&amp;3</t></r></is></c></row></sheetData></worksheet>"#;
    let (rows, said) = read(&columns(&[("a", "text", "")]), "d.xlsx", &xlsx(sheet));
    assert_eq!(rows.expect("a dataset"), [["x < y"], ["A&B"], ["12&3"]], "{said:?}");
}

#[test]
fn a_figure_in_parentheses_is_no_figure_with_its_unit() {
    let declared = columns(&[("n", "number", "人")]);
    let (rows, said) = read(&declared, "d.csv", "n\n5人\n".as_bytes());
    assert_eq!(rows.expect("a dataset"), [["5"]], "{said:?}");
    for cell in ["(5人)", "（5）人", "5世帯"] {
        let (rows, said) = read(&declared, "d.csv", format!("n\n{cell}\n").as_bytes());
        assert!(rows.is_none(), "{cell}: {said:?}");
    }
}

#[test]
fn drawings_of_a_workbook_are_counted() {
    let sheet = br#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#;
    let bytes = package(&[
        ("_rels/.rels", br#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/_rels/sheet1.xml.rels", br#"<Relationships><Relationship Id="a" Type="x/drawing" Target="../drawings/drawing1.xml"/><Relationship Id="b" Type="x/comments" Target="../comments1.xml"/></Relationships>"#),
        ("xl/drawings/drawing1.xml", b"<wsDr><twoCellAnchor><pic/></twoCellAnchor><oneCellAnchor/><absoluteAnchor/></wsDr>"),
        ("xl/comments1.xml", br#"<comments><commentList><comment ref="A1"/></commentList></comments>"#),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let (_, said) = read(&columns(&[("a", "text", "")]), "d.xlsx", &bytes);
    let objects = "1 comment and 3 charts or pictures on the worksheet `S`";
    assert_eq!(said, [format!("table::objects d/d.xlsx: not published: {objects}")]);
}

#[test]
fn days_count_from_1904_where_the_workbook_says_so() {
    let sheet = br#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>day</t></is></c></row><row r="2"><c r="A2" s="1"><v>43555</v></c></row></sheetData></worksheet>"#;
    let workbook = |properties: &str| {
        format!(
            r#"<workbook xmlns:r="r">{properties}<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>"#
        )
    };
    for (properties, day) in [
        ("", "2019-03-31"),
        (r#"<workbookPr date1904="0"/>"#, "2019-03-31"),
        (r#"<workbookPr date1904="1"/>"#, "2023-04-01"),
    ] {
        let bytes = package(&[
            ("_rels/.rels", br#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
            ("xl/workbook.xml", workbook(properties).as_bytes()),
            ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="x/styles" Target="styles.xml"/></Relationships>"#),
            ("xl/styles.xml", br#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
            ("xl/worksheets/sheet1.xml", sheet),
        ]);
        let (rows, said) = read(&columns(&[("day", "date", "")]), "d.xlsx", &bytes);
        assert_eq!(rows.expect("a dataset"), [[day]], "{properties}: {said:?}");
    }
}

#[test]
fn an_error_of_libreoffice_is_one_in_open_document() {
    let cell = |value: &str| {
        format!(
            r#"<table:table-row><table:table-cell office:value-type="string"><text:p>1</text:p></table:table-cell>{value}</table:table-row>"#
        )
    };
    let declared = columns(&[("n", "code", ""), ("m", "number", "人")]);
    for (value, said) in [
        (
            r#"<table:table-cell table:formula="of:=[.A2]/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>"#,
            Some("table::formula-error B2: the formula ends in the error `#DIV/0!`"),
        ),
        (
            r#"<table:table-cell table:style-name="error" office:value-type="float" office:value="5" calcext:value-type="float"><text:p>5</text:p></table:table-cell>"#,
            None,
        ),
    ] {
        let rows = ods_row(&["n", "m"]) + &cell(value);
        let (rows, problems) = read(&declared, "d.ods", &ods(&rows));
        assert_eq!(problems, Vec::from_iter(said), "{value}");
        assert_eq!(rows, said.is_none().then(|| vec![vec!["1".to_owned(), "5".to_owned()]]));
    }
}
