//! The help of the command line in **Japanese**.
//!
//! Not in here: the arguments themselves (`arguments`), and errors of usage (`usage`).

use clap::builder::StyledStr;
use clap::{Arg, Command};

const ABOUT: &str =
    "Kawaraban（瓦版）は、TOML、CSV、Excelのファイルからオープンデータのサイトを作成します";

const AFTER_HELP: &str = "例:
  kawaraban new my-city                 新しいサイトを作成します
  kawaraban new measure --root my-city  今年度の施策の表を作成します
  kawaraban new dataset parks.xlsx      表からデータセットの下書きを作成します
  kawaraban new dataset --standard aed  自治体標準オープンデータセットの空の表を作成します
  kawaraban serve --root my-city        プレビューします。保存した変更はすぐに表示されます
  kawaraban check --root my-city        内容の確認だけを行います
  kawaraban explain table::spaces       規則を、誤りの例と正しい例とともに説明します
  kawaraban diff --root my-city         公開済みのサイトから何が変わるかを表示します
  kawaraban build --root my-city        サイトを my-city/public に書き出します
  kawaraban search ふるさと納税         内容を検索します
  kawaraban book --year 2023            1年度分の施策を印刷用に書き出します
  kawaraban release population          現在のデータを版として保存します
  kawaraban diff population             前の版からの変更点を表示します
  kawaraban list due --root my-city     これから公開するものを公開日とともに一覧にします
  kawaraban rollback --root my-city     最後の書き出しの前のサイトに戻します
  kawaraban verify my-city/public       コピーに欠けや変更がないか確認します
  kawaraban lake sites/* --out lake --base-url https://data.example.jp/lake
                                        多くの市のデータを1つにまとめます

終了コード: 0 正常、1 内容のエラーまたはコピーの違い、2 使い方の誤りまたはディスクの空き不足などの異常";

/// Descriptions of the commands by name.
const COMMANDS: &[(&str, &str)] = &[
    ("build", "サイトを作成し、フォルダーに書き出します"),
    ("check", "書き出さずに、内容の確認だけを行います"),
    ("explain", "確認の規則を、誤りの例と正しい例とともに説明します"),
    ("serve", "サイトをブラウザーでプレビューします。変更するたびに表示を更新します"),
    ("search", "内容を検索し、結果をこの画面に表示します"),
    ("book", "1年度分の運営方針と施策を、印刷用の1つのHTMLファイルに書き出します"),
    ("release", "現在のデータを、公開し続ける版として保存します"),
    ("diff", "公開済みのサイトから何が変わるか、またはデータセットの2つの版の違いを表示します"),
    ("record", "サイトのページのアドレスを記録し、知らない間になくならないようにします"),
    ("list", "下書き、公開日の前のもの、公開を終了したものを一覧にします"),
    ("rollback", "最後の書き出しの前に公開していたサイトに戻します"),
    ("verify", "公開したフォルダー、またはそのコピーを、ファイルの一覧と照合します"),
    ("sign", "公開したフォルダーのファイルの一覧に署名します。署名に使う鍵も作成できます"),
    ("host", "サイトを公開するウェブサーバーやサービスの設定を出力します"),
    ("lake", "多くの市の公開済みのサイトから、DuckDBやSparkで読める1つのデータにまとめます"),
    ("new", "新しいサイト、または施策の表、データセット、ページ、様式を作成します"),
    ("measure", "1年度分の施策、指標、予算の表を作成します"),
    ("policy", "1年度分の運営方針の表を作成します"),
    ("page", "ページを作成します"),
    ("form", "見本のブックから様式の下書きを作成します（「forms guess」と同じです）"),
    ("dataset", "表からデータセットの下書きを作成します。内容を確かめて使います"),
    (
        "forms",
        "市の調書や一覧表を読み取る様式の下書きを作成します。様式で読み取った内容を表に書き出すこともできます",
    ),
    ("guess", "見本のブックから様式の下書きを作成します。内容を確かめて使います"),
    ("write", "様式で読み取った内容を、表（CSV）として「content」に書き出します"),
    ("licences", "このプログラムに含まれるライブラリのライセンスまたは部品表を出力します"),
    ("completions", "コマンドの入力を補完するシェル用のスクリプトを出力します"),
    ("man", "マニュアルページを出力します（「man」コマンドで表示できます）"),
    ("help", "この説明、または指定したコマンドの説明を表示します"),
];

/// Descriptions of the arguments by id, or by command and id if commands differ.
const ARGUMENTS: &[(&str, &str)] = &[
    (
        "standard",
        "自治体標準オープンデータセットのID（例：aed）。ファイルを指定しない場合は、標準の列を持つ空の表を作成します",
    ),
    ("root", "サイトのフォルダー（「content」があるフォルダー）。省略時は現在のフォルダー"),
    ("drafts", "下書きと、公開日の前のものも含めます"),
    (
        "as_of",
        "ビルドの日。この日に公開するものだけを公開します（例：2027-04-01、令和9年4月1日）。省略時は日本の今日の日付",
    ),
    ("host", "公開先。nginx、apache、cloudflare-pages、netlify、github-pages、s3のいずれか"),
    ("record.as_of", "この日の時点のサイトを記録します。省略時は日本の今日の日付"),
    (
        "list.state",
        "一覧にするもの。drafts（下書き）、due（公開日の前のもの）、expired（公開を終了したもの）",
    ),
    ("list.as_of", "この日の時点で一覧にします。省略時は日本の今日の日付"),
    ("list.format", "一覧の形式。human（省略時）、json（1件1行のJSON）"),
    (
        "format",
        "エラーと警告の表示形式。human（該当する行も表示。省略時）、short（1件1行）、json（1件1行のJSON）、github（GitHub Actionsの注釈）、html（ページ。checkのみ）",
    ),
    (
        "diff.format",
        "違い、エラー、警告の表示形式。human（省略時）、json、markdown、htmlのいずれか",
    ),
    (
        "diff.dataset",
        "2つの版を比べるデータセットのID。省略時は、内容と公開済みのフォルダーを比べます",
    ),
    ("against", "公開済みのフォルダー。省略時はサイトのフォルダーの「public」"),
    ("lang", "メッセージと説明の言語。ja（日本語）またはen（英語）。省略時はシステムの言語"),
    ("threads", "並行して行う処理の数。省略時はCPUのコアの数"),
    ("out", "書き出し先のフォルダー。省略時はサイトのフォルダーの「public」"),
    ("book.out", "書き出すファイル。省略時は「book-年度.html」"),
    ("book.year", "書き出す年度（例：2023、令和5年度）"),
    ("book.department", "部局のIDまたは名称。下位の部局も含みます。省略時はすべての部局"),
    (
        "in_place",
        "出力先のフォルダーを残し、ファイルを一つずつ入れ替えます。フォルダーごと入れ替えられない場合に使います",
    ),
    (
        "lake.sites",
        "公開済みのサイトのフォルダー、またはそのようなフォルダーを1行に1つずつ書いたファイル",
    ),
    ("lake.out", "まとめたデータのフォルダー"),
    (
        "lake.base_url",
        "まとめたデータを読むときのURL（例：https://data.example.jp/lake、file:///srv/lake）",
    ),
    ("base_url", "公開先のURL。「site.toml」のURLの代わりに使います"),
    (
        "offline_search",
        "検索の索引をスクリプトとしても書き出します。共有フォルダー（file://）で開いても検索できます",
    ),
    (
        "build.out",
        "書き出し先のフォルダー。省略時はサイトのフォルダーの「public」、「--drafts」を付けた場合は「preview」",
    ),
    ("ask", "公開済みのサイトから何が変わるかを表示し、書き出す前に確認します"),
    ("write_redirects", "移動したページの転送を「content/redirects.csv」に書き加えます"),
    ("accept", "公開済みのサイトが大きく変わる場合でも書き出します"),
    (
        "fresh",
        "すべてのファイルを作り直します。付けない場合は、前回の書き出しから変わっていないファイルを引き継ぎます",
    ),
    ("keep", "「rollback」で戻せるように保存しておく、以前のサイトの数。省略時は1"),
    ("rollback.number", "戻すサイトの番号（「--list」で確認できます）。省略時は最も新しいもの"),
    ("rollback.list", "保存されている以前のサイトを表示します。何も変更しません"),
    ("build.deny_warnings", "警告がある場合は何も書き出さず、終了コード1で終了します"),
    ("page", "「--format html」で書き出すページのファイル"),
    ("mark", "誤りのあるセルに色とメモを付けた表の写しと、指摘の一覧を書き出すフォルダー"),
    ("check.deny_warnings", "警告がある場合は、終了コード1で終了します"),
    ("rule", "規則。指摘に表示される「table::spaces」のような文字、または「L1-06」のような番号"),
    ("port", "使用するポート。省略時は8000、使用中の場合は次に空いているポート"),
    ("open", "プレビューをブラウザーで開きます"),
    ("poll", "変更の通知がない場所のファイルも、1秒ごとに確認します"),
    ("words", "検索する言葉"),
    ("each_line", "標準入力の1行ごとに検索します"),
    ("limit", "表示する結果の数。省略時は10"),
    ("json", "検索1回につき1行のJSONで表示します"),
    ("explain", "結果ごとに、点数の内訳とtantivyによる説明を表示します"),
    (
        "datasets",
        "データセットのID（自動で作成される表も指定できます）。省略時は変更のあったすべてのデータセット",
    ),
    ("release.version", "版の名前。省略時はデータセットの更新日"),
    ("note", "版についての説明（内容と同じ言語）"),
    ("note_en", "版についての説明（英語）"),
    ("from", "比べる版のうち前の版。省略時は「--to」の1つ前の版"),
    ("to", "比べる版のうち後の版。省略時は「latest」（現在のデータ）"),
    ("verify.folder", "「manifest.json」があるフォルダー"),
    (
        "verify.manifest",
        "フォルダーの中の一覧ではなく、信頼できる方法で入手したこの一覧と照合します",
    ),
    ("verify.key", "一覧の署名を、この公開鍵（ファイル、または鍵の文字列）で確認します"),
    (
        "licences.sbom",
        "ライセンスの代わりに、ソフトウェア部品表（CycloneDX 1.6、JSON）を出力します",
    ),
    ("sign.folder", "公開したフォルダー（「manifest.json」があるフォルダー）"),
    ("sign.key", "秘密鍵のファイル"),
    (
        "sign.new_key",
        "署名せずに鍵を作成します。秘密鍵をFILEに、公開鍵を拡張子.pubで隣に書き出します",
    ),
    ("sign.no_password", "秘密鍵にパスワードを付けません"),
    ("verify.sources", "元のファイルも読み直し、公開した値と異なるセルを報告します"),
    ("verify.root", "「--sources」で読み直すサイトのフォルダー"),
    ("verify.drafts", "「--sources」で下書きも読みます"),
    ("ignore_foreign", "一覧にないファイル、リンク、空のフォルダーを表示しません"),
    (
        "new.folder",
        "新しいサイトのフォルダー。ファイルのあるフォルダーでは、足りないファイルを表示します",
    ),
    ("new.name", "市の名称。省略時は質問します"),
    ("new.code", "全国地方公共団体コード6桁。省略時は質問します"),
    ("new.year", "最初の施策の年度（例：2027、令和9年度）。省略時は質問します"),
    (
        "departments",
        "部局の名称。「、」で区切ります。「planning=企画部」のようにIDも指定できます。省略時は質問します",
    ),
    ("csv", "表を、ExcelのブックではなくCSVで書き出します"),
    ("add", "ファイルのあるフォルダーで、足りないファイルを書き出します"),
    ("year", "年度（例：2027、令和9年度）。省略時は日本の今年度"),
    ("page.id", "ページのID。ページのURLの一部になります"),
    ("title", "ページの題名。省略時はID"),
    ("files", "同じ様式のブック。サイトの「content」フォルダーに置いたものを指定します"),
    ("file", "CSVファイルまたはブック。「content/datasets」にコピーします"),
    ("dataset.id", "データセットのID。省略時はファイル、または標準の名前"),
    ("id", "様式のID。省略時はファイルまたはフォルダーの名前"),
    ("shell", "スクリプトを使うシェル。bash、elvish、fish、powershell、zshのいずれか"),
    ("man.command", "マニュアルを出力するコマンド。省略時は「kawaraban」全体のマニュアル"),
    ("help", "この説明を表示します"),
    ("version", "バージョンを表示します"),
];

/// Placeholders for values in the usage, by the English word.
const VALUES: &[(&str, &str)] = &[
    ("DIR", "フォルダー"),
    ("NAMES", "名称"),
    ("NAME", "名称"),
    ("CODE", "コード"),
    ("YEAR", "年度"),
    ("DATE", "日付"),
    ("FORMAT", "形式"),
    ("LANG", "言語"),
    ("N", "数"),
    ("NUMBER", "番号"),
    ("URL", "URL"),
    ("PORT", "ポート"),
    ("WORDS", "言葉"),
    ("DATASET", "データセット"),
    ("DEPARTMENT", "部局"),
    ("VERSION", "版"),
    ("TEXT", "説明"),
    ("COMMAND", "コマンド"),
    ("FILE", "ファイル"),
    ("ID", "ID"),
    ("SHELL", "シェル"),
    ("STATE", "状態"),
    ("RULE", "規則"),
];

const TEMPLATE: &str = "{about-with-newline}
使い方: {usage}

{all-args}{after-help}";

/// `command` with its help in Japanese.
pub(super) fn translated(mut command: Command) -> Command {
    // `--help`, `--version` and global arguments are added to every command when it is built.
    command.build();
    let command = command.about(ABOUT).after_help(AFTER_HELP).subcommand_help_heading("コマンド");
    with_subcommands(in_japanese(command))
}

/// `command` with the help of all commands below it in Japanese.
fn with_subcommands(command: Command) -> Command {
    command.mut_subcommands(|command| {
        let about = text(COMMANDS, command.get_name()).unwrap_or_default();
        let command = command.about(about).subcommand_help_heading("コマンド");
        with_subcommands(in_japanese(command))
    })
}

/// `command`, which has been built, with its usage and the help of its arguments in Japanese.
fn in_japanese(mut command: Command) -> Command {
    let name = command.get_name().to_owned();
    let usage = usage(&command.render_usage());
    command.help_template(TEMPLATE).override_usage(usage).mut_args(|argument| {
        let id = argument.get_id().to_string();
        let help = text(ARGUMENTS, &format!("{name}.{id}")).or_else(|| text(ARGUMENTS, &id));
        let heading = if argument.is_positional() { "引数" } else { "オプション" };
        let help = help.unwrap_or_default();
        let argument = argument.help(help).long_help(help).help_heading(heading);
        value_names(argument).hide_default_value(true).hide_possible_values(true)
    })
}

fn value_names(argument: Arg) -> Arg {
    let names: Option<Vec<&'static str>> = argument
        .get_value_names()
        .map(|names| names.iter().filter_map(|name| text(VALUES, name)).collect());
    match names {
        Some(names) if !names.is_empty() && argument.get_action().takes_values() => {
            argument.value_names(names)
        }
        _ => argument,
    }
}

/// The usage line of clap in Japanese.
fn usage(english: &StyledStr) -> String {
    let english = english.to_string();
    let usage = english.trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[オプション]");
    VALUES.iter().fold(usage, |usage, (english, japanese)| {
        usage
            .replace(&format!("<{english}>"), &format!("<{japanese}>"))
            .replace(&format!("[{english}]"), &format!("[{japanese}]"))
    })
}

fn text(texts: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    texts.iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::super::arguments::Arguments;
    use super::translated;

    #[test]
    fn every_command_and_argument_is_explained_in_japanese() {
        let command = translated(Arguments::command());
        let mut wrong = Vec::new();
        look(&command, &mut wrong);
        for command in command.get_subcommands() {
            look(command, &mut wrong);
            command.get_subcommands().for_each(|command| look(command, &mut wrong));
        }
        assert!(wrong.is_empty(), "without Japanese: {wrong:?}");
    }

    fn look(command: &Command, wrong: &mut Vec<String>) {
        let is_japanese = |text: &str| text.contains(|c: char| matches!(c, 'ぁ'..='ヿ'));
        let name = command.get_name();
        if !command.get_about().is_some_and(|about| is_japanese(&about.to_string())) {
            wrong.push(name.to_owned());
        }
        if name == "help" {
            return;
        }
        for argument in command.get_arguments() {
            if !argument.get_help().is_some_and(|help| is_japanese(&help.to_string())) {
                wrong.push(format!("{name}.{}", argument.get_id()));
            }
        }
    }
}
