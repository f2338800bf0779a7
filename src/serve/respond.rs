//! **Responses** of the preview: the site's files with the headers that a strict host sends, and
//! below `/__kawaraban/` what reloads the page and shows errors in it.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use percent_encoding::percent_decode_str;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::{ReceiverStream, WatchStream};

use crate::artifact::{Body as ContentBody, Streamed};
use crate::calendar::Date;
use crate::site::{file_paths, served};
use crate::text::Language;

use super::files::{Resolved, find};
use super::watch::ChangeSender;
use super::{PreviewChoice, ShownSite};

const SCRIPT: &str = include_str!("preview.js");
const STYLE: &str = include_str!("preview.css");

/// Script and style sheet are files, so that the preview complies with the content security policy
/// that the site promises.
const INJECTED: &str = "<link rel=\"stylesheet\" href=\"/__kawaraban/preview.css\">\
                        <script type=\"module\" src=\"/__kawaraban/preview.js\"></script>";

/// The header of the bar's requests.
const CHOOSER: &str = "x-kawaraban";

const EMPTY_PAGE: &str = "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\">\
                          <title>kawaraban</title></head><body></body></html>";

#[derive(Clone)]
pub(super) struct Served {
    pub shown: watch::Receiver<Arc<ShownSite>>,
    /// Shows a problem that is found while a page is made.
    pub tell: Arc<watch::Sender<Arc<ShownSite>>>,
    pub port: u16,
    pub language: Language,
    pub choice: Arc<Mutex<PreviewChoice>>,
    /// Asks for a new build.
    pub change: ChangeSender,
}

/// Answers a request: files of the site, a redirect for a folder without its final `/`, the site's
/// own page for unknown addresses, and what the preview needs below `/__kawaraban/`. Waits for the
/// first build. Requests for other hosts and other methods than GET and HEAD are refused.
pub(super) async fn respond(
    State(served): State<Served>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    if !is_local(&headers, served.port) {
        return plain(StatusCode::FORBIDDEN, "text/plain", "only this machine can see the preview");
    }
    if method != Method::GET && method != Method::HEAD {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "text/plain", "only GET and HEAD are served");
    }
    match uri.path() {
        "/__kawaraban/events" => return events(served.shown, served.language),
        "/__kawaraban/choose" => return choose(&served, &uri, &headers),
        "/__kawaraban/preview.js" => return plain(StatusCode::OK, "text/javascript", SCRIPT),
        "/__kawaraban/preview.css" => return plain(StatusCode::OK, "text/css", STYLE),
        _ => {}
    }
    let shown = first_build(served.shown.clone()).await;
    let Some(files) = shown.files.clone() else {
        // There is no good build yet; the injected script shows the errors.
        return html(StatusCode::OK, EMPTY_PAGE.as_bytes());
    };
    let path = percent_decode_str(uri.path().trim_start_matches('/')).decode_utf8_lossy();
    let path = path.into_owned();
    let found = tokio::task::spawn_blocking(move || {
        let found = find(&files, &path)?;
        match found {
            Resolved::Nothing => Ok((found, files.file(file_paths::NOT_FOUND)?)),
            _ => Ok((found, None)),
        }
    });
    match found.await.unwrap_or_else(|failed| Err(failed.to_string())) {
        Ok((Resolved::File(path, body), _)) if path.ends_with(".html") => {
            html(StatusCode::OK, &body.whole())
        }
        Ok((Resolved::File(path, ContentBody::Streamed(body)), _)) => {
            streamed(&served::content_type(&path), body)
        }
        Ok((Resolved::File(path, body), _)) => {
            file(StatusCode::OK, &served::content_type(&path), body.whole().into_owned())
        }
        Ok((Resolved::Folder, _)) => {
            let target = format!("{}/", uri.path());
            with_headers(Response::builder().status(StatusCode::PERMANENT_REDIRECT))
                .header(header::LOCATION, target)
                .body(Body::empty())
                .expect("a path of a request is a header value")
        }
        Ok((Resolved::Nothing, Some(page))) => html(StatusCode::NOT_FOUND, &page.whole()),
        Ok((Resolved::Nothing, None)) => plain(StatusCode::NOT_FOUND, "text/plain", "not found"),
        Err(report) => {
            show_problem(&served.tell, shown.version, report);
            html(StatusCode::INTERNAL_SERVER_ERROR, EMPTY_PAGE.as_bytes())
        }
    }
}

/// Shows the `report` of a file that cannot be made, unless a newer site than `version` is shown or
/// there are errors already.
fn show_problem(tell: &watch::Sender<Arc<ShownSite>>, version: u64, report: String) {
    eprint!("{report}");
    tell.send_if_modified(|shown| {
        let is_news = shown.version == version && !shown.errors;
        if is_news {
            *shown = Arc::new(ShownSite { report, errors: true, ..(**shown).clone() });
        }
        is_news
    });
}

/// Is the request addressed to this machine? Others are refused: a foreign page could make its own
/// name point to this machine. Without a `Host` header the request is accepted.
fn is_local(headers: &HeaderMap, port: u16) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else {
        return true;
    };
    let name = host.strip_suffix(&format!(":{port}")).unwrap_or(host);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// Waits until something has been built.
async fn first_build(mut shown: watch::Receiver<Arc<ShownSite>>) -> Arc<ShownSite> {
    let built = shown.wait_for(|shown| shown.version > 0).await.map(|shown| shown.clone());
    built.unwrap_or_default()
}

/// Changes what the preview shows, and asks for a new build. The query is `drafts` for drafts, and
/// `as_of=DATE` for another day than today. Only the script of the preview can ask for it: another
/// site's page cannot send its header.
fn choose(served: &Served, uri: &Uri, headers: &HeaderMap) -> Response<Body> {
    if !headers.contains_key(CHOOSER) {
        return plain(StatusCode::FORBIDDEN, "text/plain", "only the preview's bar can choose");
    }
    let mut chosen = PreviewChoice { drafts: false, as_of: None };
    for part in uri.query().unwrap_or_default().split('&') {
        match part.split_once('=') {
            None if part == "drafts" => chosen.drafts = true,
            Some(("as_of", day)) => match Date::parse(day) {
                Ok(day) => chosen.as_of = Some(day),
                Err(_) => return plain(StatusCode::BAD_REQUEST, "text/plain", "not a date"),
            },
            _ => {}
        }
    }
    *served.choice.lock().unwrap_or_else(PoisonError::into_inner) = chosen;
    served.change.send();
    plain(StatusCode::OK, "text/plain", "")
}

/// A stream with one event for every build: its number, what it shows, and what is wrong.
fn events(shown: watch::Receiver<Arc<ShownSite>>, language: Language) -> Response<Body> {
    let stream = WatchStream::new(shown).filter(|shown| shown.version > 0).map(move |shown| {
        let choice = shown.choice;
        let data = serde_json::json!({
            "language": language.tag(),
            "problems": shown.problems,
            "day": shown.day,
            "drafts": choice.is_some_and(|choice| choice.drafts),
            "as_of": choice.and_then(|choice| choice.as_of).map(|day| day.to_string()),
            "version": shown.version,
            "errors": shown.errors,
            "report": shown.report,
        });
        Ok::<_, std::convert::Infallible>(Event::default().data(data.to_string()))
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// A page with the script and the style sheet of the preview added to its head.
fn html(status: StatusCode, bytes: &[u8]) -> Response<Body> {
    let text = String::from_utf8_lossy(bytes);
    let page = match text.find("</head>") {
        Some(at) => format!("{}{INJECTED}{}", &text[..at], &text[at..]),
        None => text.into_owned(),
    };
    file(status, "text/html; charset=utf-8", page.into_bytes())
}

fn plain(status: StatusCode, media_type: &'static str, text: &'static str) -> Response<Body> {
    file(status, media_type, text.as_bytes().to_vec())
}

fn file(status: StatusCode, media_type: &str, bytes: Vec<u8>) -> Response<Body> {
    with_headers(Response::builder().status(status))
        .header(header::CONTENT_TYPE, media_type)
        .body(Body::from(bytes))
        .expect("fixed headers are well formed")
}

/// A large file, piece by piece. A reader that goes away ends it.
fn streamed(media_type: &str, body: Streamed) -> Response<Body> {
    let (pieces, sent) = tokio::sync::mpsc::channel::<io::Result<Vec<u8>>>(2);
    tokio::task::spawn_blocking(move || {
        let read = body.each_piece(|piece| {
            pieces.blocking_send(Ok(piece.to_vec())).map_err(|_| io::ErrorKind::BrokenPipe.into())
        });
        if let Err(error) = read {
            let _reader_went_away = pieces.blocking_send(Err(error));
        }
    });
    with_headers(Response::builder().status(StatusCode::OK))
        .header(header::CONTENT_TYPE, media_type)
        .body(Body::from_stream(ReceiverStream::new(sent)))
        .expect("fixed headers are well formed")
}

fn with_headers(builder: axum::http::response::Builder) -> axum::http::response::Builder {
    builder
        .header(header::CONTENT_SECURITY_POLICY, served::policy(served::Frames::Own))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "no-cache")
}
