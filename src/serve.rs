//! **Serves** a preview of the site: the same pipeline, with its artifacts kept in memory. When a
//! file is saved, the site is rebuilt and the browser reloads. Errors are shown in the page, and
//! the last good site stays. Only this machine can reach the preview.
//!
//! Not in here: how a site is built (the caller's closure), and publishing.

mod files;
mod respond;
mod watch;

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch as channel;

use crate::artifact::Artifact;
use crate::text::Language;

pub use files::ServedFiles;

/// The settings of a preview.
#[derive(Clone, Debug)]
pub struct PreviewOptions {
    /// Port to listen on; 0 stands for any free port, and `None` for the first free one from 8000
    /// on.
    pub port: Option<u16>,
    /// Folders whose changes make a new build.
    pub watched: Vec<PathBuf>,
    /// Language of the messages in the terminal.
    pub language: Language,
}

/// One build, as the preview needs it.
#[derive(Debug)]
pub struct Preview {
    /// Every file of the site; absent where there is an error.
    pub artifacts: Option<Vec<Artifact>>,
    /// The report of what is wrong; empty where nothing is.
    pub report: String,
    /// Does the report have an error?
    pub errors: bool,
}

/// What the browser sees now: the last good site, and what is wrong with the newest one.
#[derive(Debug, Default)]
struct ShownSite {
    files: ServedFiles,
    report: String,
    errors: bool,
    /// Grows with every build, so that a page knows when to reload.
    version: u64,
}

/// Serves until Ctrl-C. `build` is called once at first, and again after every change.
///
/// # Errors
///
/// Returns an error if no port can be opened, if the folders cannot be watched, or if the server
/// cannot run.
pub fn run(
    options: &PreviewOptions,
    build: impl Fn() -> Preview + Send + 'static,
) -> std::io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = listen(options.port).await?;
        let address = listener.local_addr()?;
        let (sender, receiver) = channel::channel(Arc::new(ShownSite::default()));
        // Watching begins before the first build, so that no change meanwhile is missed.
        let changes = watch::changes(&options.watched)?;
        announce(address, options.language);
        let language = options.language;
        std::thread::spawn(move || rebuild(&build, &sender, &changes, language));
        let app = axum::Router::new()
            .fallback(respond::respond)
            .with_state(respond::Served { shown: receiver, port: address.port() });
        axum::serve(listener, app)
            .with_graceful_shutdown(async {
                let _interrupted = tokio::signal::ctrl_c().await;
                // Open event streams would delay a graceful shutdown for ever.
                std::process::exit(0);
            })
            .await
    })
}

/// Builds at once, then after every change; never two builds at a time.
fn rebuild(
    build: &impl Fn() -> Preview,
    sender: &channel::Sender<Arc<ShownSite>>,
    changes: &watch::FileChanges,
    language: Language,
) {
    let mut files = ServedFiles::default();
    for version in 1.. {
        let preview = build();
        if !preview.report.is_empty() {
            eprint!("{}", preview.report);
        }
        if let Some(artifacts) = preview.artifacts {
            files = ServedFiles::new(artifacts);
        }
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
            version,
        };
        let everybody_left = sender.send(Arc::new(shown)).is_err();
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
