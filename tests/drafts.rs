//! `kawaraban new dataset`: what it drafts of a table, compared as a whole, and what it refuses.
//!
//! Real tables lie in `shared/data` beside the repository, or where `KAWARABAN_SHARED` points.
#![allow(clippy::disallowed_methods, reason = "tests read and write what the product made")]

mod support;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use pretty_assertions::assert_eq;
use support::{root, run, shared_data, temporary, tree, write};
use tempfile::TempDir;

/// A new site.
fn site() -> TempDir {
    let folder = temporary();
    let (code, _, problems) = run([OsStr::new("new"), folder.path().join("city").as_os_str()]);
    assert_eq!((code, &*problems), (0, ""));
    folder
}

/// Drafts a dataset from `file`, in the site that is in `folder`.
fn draft(folder: &TempDir, file: &Path, more: &[&str]) -> (i32, String, String) {
    let city = folder.path().join("city");
    let arguments = ["new", "dataset", "--root"].map(OsStr::new).into_iter();
    let arguments = arguments.chain([city.as_os_str(), file.as_os_str()]);
    run(arguments.chain(more.iter().map(OsStr::new)))
}

/// The draft of the dataset `id`.
fn drafted(folder: &TempDir, id: &str) -> PathBuf {
    folder.path().join("city/content/datasets").join(id).join("dataset.toml")
}

fn command(folder: &TempDir, command: &str) -> (i32, String, String) {
    let city = folder.path().join("city");
    run([OsStr::new(command), "--lang".as_ref(), "en".as_ref(), "--root".as_ref(), city.as_ref()])
}

/// A person has read the draft at `path`.
fn accept(path: &Path) {
    let text = fs::read_to_string(path).expect("a draft");
    let rest = text.replacen("draft = true # 内容を確かめて、この行を削除してください\n", "", 1);
    assert_ne!(rest, text, "a draft says that it is one");
    fs::write(path, rest).expect("it is written");
}

/// The draft of the dataset `id` is the fixture of that name, which `KAWARABAN_BLESS=1` writes
/// anew.
fn is_as_expected(folder: &TempDir, id: &str) {
    let expected = root().join(format!("tests/fixtures/drafts/{id}.toml"));
    let found = fs::read_to_string(drafted(folder, id)).expect("a draft");
    if std::env::var_os("KAWARABAN_BLESS").is_some() {
        fs::write(&expected, &found).expect("it is written");
    }
    assert_eq!(found, fs::read_to_string(&expected).expect("a fixture"), "{id}");
}

/// A list as an office keeps it: codes, figures with units, dashes, days, places, people.
fn list(folder: &TempDir) -> PathBuf {
    let header = "整理番号,施設名,種別,所在地,緯度,経度,電話番号,定員（人）,利用者数,面積（㎡）,面積率,\
                  開始時間,開設日,調査年度,URL,駐車場,町字ID,担当者,内線,備考";
    let mut text = format!("{header}\n");
    for row in 1..=9 {
        let kind = ["公民館", "図書館", "体育館"][row % 3];
        let users = ["120", "x", "－"][row % 3];
        let park = if row % 2 == 0 { "有" } else { "無" };
        let line = format!(
            "A{row:03},第{row}会館,{kind},かわら市中央{row}番地,34.3{row},134.0{row},087-839-20{row:02},\
             1{row}0,{users},12{row}.5,0.{row},9:0{row},R6.4.{row},令和6年度,https://example.com/{row},{park},\
             000{row},山田,2{row}1,{}\n",
            if row == 3 { "改修中" } else { "" }
        );
        text.push_str(&line);
    }
    let path = folder.path().join("施設 一覧.csv");
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(&text);
    write(&path, &bytes);
    path
}

#[test]
fn a_draft_describes_a_table_and_does_nothing_until_it_is_read() {
    let folder = site();
    let file = list(&folder);
    let said = draft(&folder, &file, &["--id", "halls", "--lang", "en"]);
    let expected = "drafted: content/datasets/halls/dataset.toml, content/datasets/halls/施設 一覧.csv\n\
         read and correct content/datasets/halls/dataset.toml, delete the line `draft = true`, then run `kawaraban check`\n\
         not published, because they look personal: 担当者, 内線\n";
    assert_eq!(said, (0, expected.to_owned(), String::new()));
    is_as_expected(&folder, "halls");
    let copied = drafted(&folder, "halls").with_file_name("施設 一覧.csv");
    assert_eq!(fs::read(copied).expect("a copy"), fs::read(&file).expect("the file"));

    let page = folder.path().join("city/public/data/halls.html");
    assert_eq!(command(&folder, "build").0, 0);
    assert!(!page.exists(), "a draft is published");
    accept(&drafted(&folder, "halls"));
    let (code, _, problems) = command(&folder, "build");
    assert_eq!(code, 0, "{problems}");
    let published = tree(&folder.path().join("city/public/data/halls"));
    let csv = String::from_utf8(published[Path::new("latest/halls.csv")].clone()).expect("UTF-8");
    let second = csv.lines().nth(3).expect("a row");
    let wanted = "A003,第3会館,公民館,かわら市中央3番地,34.33,134.03,087-839-2003,130,120,123.5,0.3,09:03,\
                  2024-04-03,2024,https://example.com/3,false,0003,改修中";
    assert_eq!(second, wanted);
    for (path, bytes) in published {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("山田"), "{} has the name of a person", path.display());
    }
}

#[test]
fn what_is_there_is_kept_and_what_is_no_table_is_refused() {
    let folder = site();
    let file = list(&folder);
    let refused = |said: (i32, String, String)| (said.0, said.2);
    assert_eq!(
        refused(draft(&folder, &file, &["--lang", "ja"])),
        (
            2,
            "エラー: ファイルの名前「施設 一覧」からデータセットのIDを作れません\n  \
             直し方: 「--id public-facilities」のように指定してください。IDはページのアドレスの一部になります\n"
                .to_owned()
        )
    );
    assert_eq!(draft(&folder, &file, &["--id", "halls"]).0, 0);
    write(&drafted(&folder, "halls"), "corrected by hand");
    let before = tree(folder.path());
    for (more, told) in [
        (
            ["--id", "halls", "--lang", "ja"],
            "エラー: 「content/datasets/halls」はすでにあります。上書きはしません\n  \
             直し方: 別のIDを「--id」で指定してください。「content/datasets/halls」のデータを置き換えるには、\
             その中の表のファイルを入れ替えます\n",
        ),
        (
            ["--id", "halls", "--lang", "en"],
            "error: `content/datasets/halls` is already there and is not overwritten\n  \
             help: choose another id with `--id`; to replace the data of `content/datasets/halls`, replace the table in it\n",
        ),
        (
            ["--id", "Halls", "--lang", "en"],
            "error: `Halls` cannot be used as an id\n  help: use a–z, 0–9 and -, at most 80 characters; for example `halls`\n",
        ),
    ] {
        assert_eq!(refused(draft(&folder, &file, &more)), (2, told.to_owned()));
    }
    let note = folder.path().join("note.txt");
    write(&note, "a\n");
    let (code, told) = refused(draft(&folder, &note, &["--lang", "en"]));
    let shown = note.display();
    let wanted = format!(
        "error: `{shown}` is not a table\n  \
         help: tables are files whose names end in .csv .tsv .xlsx .xlsm .xls .ods\n"
    );
    assert_eq!((code, told), (2, wanted));
    fs::remove_file(note).expect("it goes");
    assert_eq!(tree(folder.path()), before);

    let nowhere = temporary();
    let arguments = ["new", "dataset", "--lang", "en", "--root"].map(OsStr::new).into_iter();
    let said = run(arguments.chain([nowhere.path().as_os_str(), file.as_os_str()]));
    assert_eq!(said.0, 2);
    assert!(said.2.starts_with("error: there is no `content` folder in"), "{}", said.2);
    assert_eq!(tree(nowhere.path()).len(), 0);
}

/// A table whose layout cannot be told is an error that names the file to write the choice into,
/// and the choice is kept.
#[test]
fn a_choice_beside_the_table_is_kept_in_the_draft() {
    let folder = site();
    let file = folder.path().join("city/content/datasets/survey/survey.csv");
    let header = "回答者,性別,年代,満足度,満足度（地域）\n";
    let rows = "番号,男女,十年ごと,とても満足を10点として答えてください,同じ\n1,男,40,7,5\n2,女,50,8,6\n3,女,60,6,6\n";
    write(&file, format!("{header}{rows}"));
    let (code, _, told) = draft(&folder, &file, &["--lang", "en"]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("write into `survey.csv.toml`"), "{told}");
    write(&file.with_file_name("survey.csv.toml"), "skip = [2]\nunpublished = [\"回答者\"]\n");
    let (code, said, told) = draft(&folder, &file, &["--lang", "en"]);
    assert_eq!((code, &*told), (0, ""));
    let expected = "drafted: content/datasets/survey/dataset.toml\n\
         read and correct content/datasets/survey/dataset.toml, delete the line `draft = true`, then run `kawaraban check`\n\
         what content/datasets/survey/survey.csv.toml says is now in content/datasets/survey/dataset.toml; \
         delete content/datasets/survey/survey.csv.toml\n";
    assert_eq!(said, expected);
    is_as_expected(&folder, "survey");
    fs::remove_file(file.with_file_name("survey.csv.toml")).expect("it goes");
    accept(&drafted(&folder, "survey"));
    let (code, _, told) = command(&folder, "check");
    assert_eq!(code, 0, "{told}");
}

#[test]
fn real_tables_are_drafted_so_that_they_can_be_published() {
    let (Some(takamatsu), Some(forms)) = (shared_data("takamatsu"), shared_data("forms")) else {
        return;
    };
    let folder = site();
    let said = draft(&folder, &forms.join("list.xlsx"), &["--lang", "en"]);
    assert_eq!(said.0, 0, "{}", said.2);
    is_as_expected(&folder, "list");
    accept(&drafted(&folder, "list"));
    for (name, id) in [
        ("primary_school", "primary-school"),
        ("evacuation_space", "evacuation-space"),
        ("new_barber_shops", "new-barber-shops"),
        ("dental_laboratories", "dental-laboratories"),
        ("open_data_list", "open-data-list"),
    ] {
        let file = takamatsu.join(name).join("data.csv");
        let said = draft(&folder, &file, &["--id", id, "--lang", "en"]);
        assert_eq!(said.0, 0, "{name}: {}", said.2);
        is_as_expected(&folder, id);
        accept(&drafted(&folder, id));
    }
    let (code, _, problems) = command(&folder, "build");
    assert_eq!(code, 0, "{problems}");
    for (id, rows) in [("list", 20), ("primary-school", 53), ("evacuation-space", 0)] {
        let path = format!("city/public/data/{id}/latest/{id}.jsonl");
        let lines = fs::read_to_string(folder.path().join(path)).expect("rows").lines().count();
        assert!(lines == rows || (rows == 0 && lines > 100), "{id} has {lines} rows");
    }
}
