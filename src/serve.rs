//! **Serves** a preview of the site. When a file is saved, the site is read and checked again and
//! the browser reloads; a page or file is made when the browser asks for it. Errors are shown in
//! the page, and the last good site stays. A bar in each page lists what is wrong and chooses the
//! day that is shown. Only this machine can reach the preview.
//!
//! Not in here: how a site is read and its files are made (the caller's closure), and publishing.

mod files;
mod respond;
mod watch;

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch as channel;

use crate::calendar::Date;
use crate::text::Language;

pub use files::SiteFiles;

/// The settings of a preview.
#[derive(Clone, Debug)]
pub struct PreviewOptions {
    /// Port to listen on; 0 stands for any free port, and `None` for the first free one from 8000
    /// on.
    pub port: Option<u16>,
    /// Is the preview opened in the browser?
    pub opens_browser: bool,
    /// Folders whose changes make a new build.
    pub watched: Vec<PathBuf>,
    /// Are the folders looked through in an interval even if the system tells changes?
    pub polls: bool,
    /// Language of the messages in the terminal.
    pub language: Language,
    /// What is shown at first.
    pub choice: PreviewChoice,
}

/// What of the content the preview shows. A person changes it in the bar of the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviewChoice {
    /// Are drafts shown, and what is not due yet?
    pub drafts: bool,
    /// The day whose site is shown; `None` for today.
    pub as_of: Option<Date>,
}

/// A problem, as the bar of the preview lists it.
#[derive(Clone, Debug, Serialize)]
pub struct PreviewProblem {
    /// Is it an error?
    pub error: bool,
    /// The file with the line or cell.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// Path of the page that shows what is written there.
    pub page: Option<String>,
}

/// One state of the site, as the preview needs it.
pub struct Preview {
    /// The files of the site; absent where there is an error.
    pub files: Option<Arc<dyn SiteFiles>>,
    /// The report of what is wrong; empty where nothing is.
    pub report: String,
    /// Does the report have an error?
    pub errors: bool,
    /// The errors and warnings.
    pub problems: Vec<PreviewProblem>,
    /// The day whose site was built, as `2027-04-01`.
    pub day: String,
}

/// What the browser sees now: the last good site, and what is wrong with the newest one.
#[derive(Clone, Default)]
struct ShownSite {
    /// Absent until there is a good site.
    files: Option<Arc<dyn SiteFiles>>,
    report: String,
    errors: bool,
    problems: Vec<PreviewProblem>,
    day: String,
    choice: Option<PreviewChoice>,
    /// Grows with every build, so that a page knows when to reload.
    version: u64,
}

/// Serves until Ctrl-C. `build` reads and checks the site: once at first, and again after every
/// change of a file or of the choice.
///
/// # Errors
///
/// Returns an error if no port can be opened or if the server cannot run.
pub fn run(
    options: &PreviewOptions,
    mut build: impl FnMut(PreviewChoice) -> Preview + Send + 'static,
) -> std::io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = listen(options.port).await?;
        let address = listener.local_addr()?;
        let (sender, shown) = channel::channel(Arc::new(ShownSite::default()));
        let sender = Arc::new(sender);
        // Watching begins before the first build, so that no change meanwhile is missed.
        let (mut changes, change, polled) = watch::changes(&options.watched, options.polls);
        let choice = Arc::new(Mutex::new(options.choice));
        announce(address, options.language);
        if let Some(reason) = polled {
            announce_polling(&reason, options.language);
        }
        if options.opens_browser {
            open_browser(address, options.language);
        }
        let language = options.language;
        let tell = sender.clone();
        let chosen = choice.clone();
        std::thread::spawn(move || {
            let build = || {
                let choice = *chosen.lock().unwrap_or_else(PoisonError::into_inner);
                (build(choice), choice)
            };
            rebuild(build, &sender, &mut changes, language);
        });
        let app = axum::Router::new().fallback(respond::respond).with_state(respond::Served {
            shown,
            tell,
            port: address.port(),
            language,
            choice,
            change,
        });
        axum::serve(listener, app)
            .with_graceful_shutdown(async {
                let _interrupted = tokio::signal::ctrl_c().await;
                // Open event streams would delay a graceful shutdown for ever.
                std::process::exit(0);
            })
            .await
    })
}

/// Reads the site at once, then after every change; never twice at a time.
fn rebuild(
    mut build: impl FnMut() -> (Preview, PreviewChoice),
    sender: &Arc<channel::Sender<Arc<ShownSite>>>,
    changes: &mut watch::FileChanges,
    language: Language,
) {
    let mut files = None;
    let one_at_a_time = Arc::new(Mutex::new(()));
    for version in 1.. {
        let (preview, choice) = build();
        if !preview.report.is_empty() {
            eprint!("{}", preview.report);
        }
        let is_new = preview.files.is_some();
        files = preview.files.or(files);
        if version > 1 {
            eprintln!(
                "{}",
                match (language, preview.errors) {
                    (Language::Ja, false) => "表示を更新しました",
                    (Language::Ja, true) => "エラーがあるため、直前の正しい内容を表示しています",
                    (Language::En, false) => "rebuilt",
                    (Language::En, true) => "there are errors; the last correct site is shown",
                }
            );
        }
        let shown = ShownSite {
            files: files.clone(),
            report: preview.report,
            errors: preview.errors,
            problems: preview.problems,
            day: preview.day,
            choice: Some(choice),
            version,
        };
        let everybody_left = sender.send(Arc::new(shown)).is_err();
        if let Some(files) = files.clone().filter(|_| is_new) {
            let (sender, one_at_a_time) = (sender.clone(), one_at_a_time.clone());
            std::thread::spawn(move || {
                let _turn = one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
                files.prepare(&|| sender.borrow().version == version);
            });
        }
        if everybody_left || !changes.wait() {
            return;
        }
    }
}

async fn listen(port: Option<u16>) -> std::io::Result<TcpListener> {
    let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    match port {
        Some(port) => TcpListener::bind(at(port)).await,
        None => {
            for port in 8000..8100 {
                if let Ok(listener) = TcpListener::bind(at(port)).await {
                    return Ok(listener);
                }
            }
            TcpListener::bind(at(0)).await
        }
    }
}

fn announce(address: SocketAddr, language: Language) {
    let line = match language {
        Language::Ja => {
            format!(
                "http://{address}/ で表示しています。終了するときは Ctrl キーを押しながら C キーを押してください"
            )
        }
        Language::En => format!("serving on http://{address}/ (press Ctrl-C to stop)"),
    };
    // The preview continues even if its output cannot be written.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Says that changes are shown a little later than usual, and why.
fn announce_polling(reason: &watch::PollReason, language: Language) {
    use watch::PollReason::{Asked, Network, Refused};

    let line = match (language, reason) {
        (Language::Ja, Asked) => "ファイルの変更を1秒ごとに確認します".to_owned(),
        (Language::En, Asked) => "looking for changed files every second".to_owned(),
        (Language::Ja, Network) => {
            "サイトのフォルダーは共有フォルダーにあるため、ファイルの変更を1秒ごとに確認します"
                .to_owned()
        }
        (Language::En, Network) => {
            "the site is on a shared folder: looking for changed files every second".to_owned()
        }
        (Language::Ja, Refused(said)) => {
            format!("OSがフォルダーの変更を通知できないため（{said}）、1秒ごとに確認します")
        }
        (Language::En, Refused(said)) => {
            format!(
                "the system cannot watch the folders ({said}): looking for changed files every second"
            )
        }
    };
    eprintln!("{line}");
}

/// Opens the preview at `address` in the browser. Where that fails, the person is told to do it.
fn open_browser(address: SocketAddr, language: Language) {
    let address = format!("http://{address}/");
    if open::that_detached(&address).is_err() {
        eprintln!(
            "{}",
            match language {
                Language::Ja => format!(
                    "ブラウザーを起動できません。ブラウザーを起動し、アドレス欄に「{address}」と入力してください"
                ),
                Language::En =>
                    format!("cannot start a browser; start one and open {address} in it"),
            }
        );
    }
}
