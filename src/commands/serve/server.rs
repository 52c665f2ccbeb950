//! Answers browsers: only those of this machine, only what they may ask for.
//!
//! 1. Methods other than GET and HEAD, and hosts other than this machine, are refused: a foreign page whose name leads
//!    here (DNS rebinding) cannot read drafts.
//! 2. Addresses below `/-recto/` are the server's own: events, problems, and the scripts that use them.
//! 3. All else is the site's. Pages get the scripts; the site that `recto build` writes has no trace of them.

use std::convert::Infallible;
use std::hash::{DefaultHasher, Hasher as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::Notify;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;
use tower_http::services::ServeFile;

use super::snapshot::{Answer, Snapshot};
use super::state::{Pulse, Shared, Site};
use crate::markdown::html::escape;
use crate::path;
use crate::report;
use crate::report::paths::plain;

/// Where the server's own addresses begin.
const RESERVED: &str = "/-recto/";
/// What the pages of a site need, and no more; see the theme. Here, so that what breaks it is seen while writing.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; \
                              font-src 'self'; connect-src 'self'";
/// A browser waits so long for the first build before it is told so.
const PATIENCE: Duration = Duration::from_secs(2);
/// A browser asks again after so many milliseconds when the server is gone.
const RETRY: Duration = Duration::from_millis(500);
/// Names the state of a page, so that its script knows whether it shows the last one.
const STATE: HeaderName = HeaderName::from_static("recto-state");

/// Answers until `end` is told.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>, end: Arc<Notify>) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = Router::new().fallback(answer).with_state(shared);
    let serving = axum::serve(listener, router);
    tokio::select! {
        served = async { serving.await } => served,
        () = end.notified() => Ok(()),
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refused = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered\n");
        return with(refused, [(header::ALLOW, "GET, HEAD")]);
    }
    if !is_own_host(request.headers(), request.uri()) {
        let advice = "this server answers only to 127.0.0.1 and localhost: use one of them in the address\n";
        return text(StatusCode::FORBIDDEN, advice);
    }
    let response = match request.uri().path().strip_prefix(RESERVED) {
        Some(name) => own(name.to_owned(), &shared, request.uri()).await,
        None => of_site(&shared, request).await,
    };
    with(
        response,
        [
            (header::CACHE_CONTROL, "no-store"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ],
    )
}

/// Whether a request names this machine, on any port: the port may be forwarded.
fn is_own_host(headers: &HeaderMap, uri: &Uri) -> bool {
    let is_own = |host: &str| {
        let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        let name = match host.rsplit_once(':') {
            Some((name, port)) if is_port(port) => name,
            _ => host,
        };
        name.eq_ignore_ascii_case("localhost") || name == "127.0.0.1" || name == "[::1]"
    };
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    host.is_some_and(is_own) && hosts.next().is_none() && uri.authority().is_none_or(|host| is_own(host.as_str()))
}

/// The server's own addresses.
async fn own(name: String, shared: &Arc<Shared>, uri: &Uri) -> Response {
    const SCRIPT: &str = "text/javascript; charset=utf-8";
    match name.as_str() {
        "reload.js" => typed(SCRIPT, include_str!("reload.js")),
        "overlay.js" => typed(SCRIPT, include_str!("overlay.js")),
        "overlay.css" => typed("text/css; charset=utf-8", include_str!("overlay.css")),
        "events" => events(shared),
        "problems" => {
            let page = uri.query().and_then(|query| query.strip_prefix("page=")).unwrap_or_default();
            let (shared, page) = (shared.clone(), path::decode(page).into_owned());
            blocking(move || typed("application/json", problems(&shared, &page))).await
        }
        _ => text(StatusCode::NOT_FOUND, "no such address\n"),
    }
}

/// Tells a browser of each build: `{"version": n, "checked": n}`.
fn events(shared: &Shared) -> Response {
    let event = |Pulse { version, checked }: Pulse| {
        let data = format!("{{\"version\":{version},\"checked\":{checked}}}");
        Ok::<Event, Infallible>(Event::default().data(data).retry(RETRY))
    };
    let stream = WatchStream::new(shared.pulses()).map(event);
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// What is wrong with the page at an address, and elsewhere.
fn problems(shared: &Shared, page: &str) -> String {
    let of_page = shared.ready().map_or_else(Vec::new, |snapshot| {
        let input = &snapshot.build.input;
        report::finish(snapshot.problems(page), &input.config.settings.rules, &input.tree.sources)
    });
    shared.problems().to_json(&of_page).to_string()
}

/// What the site has at an address.
async fn of_site(shared: &Arc<Shared>, request: Request) -> Response {
    let site = tokio::time::timeout(PATIENCE, shared.built()).await.unwrap_or(Site::Building);
    let snapshot = match site {
        Site::Ready(snapshot) => snapshot,
        Site::Building => {
            return notice("Building", "The site is being built. This page shows it as soon as it is there.");
        }
        Site::Failed(reason) => return notice("The site cannot be built", &reason),
    };
    let path = request.uri().path().to_owned();
    let (found, snapshot) = blocking(move || (snapshot.answer(&path), snapshot)).await;
    match found {
        Answer::Page(html) => page(StatusCode::OK, html, snapshot.assets),
        Answer::NotFound(html) => page(StatusCode::NOT_FOUND, html, snapshot.assets),
        Answer::File(path, bytes) => typed(&media_type(&path), bytes),
        Answer::Source(path) => source(&path, request).await,
        Answer::Redirect(path) => redirect(&path, request.uri()),
        Answer::Broken(reason) => {
            snapshot.tell(&reason);
            notice("The theme cannot show this page", &reason)
        }
    }
}

/// A copied file, with ranges.
async fn source(path: &Path, request: Request) -> Response {
    match ServeFile::new(path).try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, &format!("cannot read `{}`: {error}\n", plain(path))),
    }
}

fn redirect(path: &str, uri: &Uri) -> Response {
    let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
    match HeaderValue::from_str(&format!("{path}{query}")) {
        Ok(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Err(_) => text(StatusCode::NOT_FOUND, "no such address\n"),
    }
}

/// A page with the scripts that reload it and tell its problems.
fn page(status: StatusCode, html: Vec<u8>, assets: u64) -> Response {
    let mut hasher = DefaultHasher::new();
    hasher.write(&html);
    hasher.write_u64(assets);
    let state = format!("{:016x}", hasher.finish());
    let scripts = format!(
        "<script src=\"{RESERVED}reload.js\" data-state=\"{state}\" defer></script>\n\
         <script src=\"{RESERVED}overlay.js\" defer></script>\n"
    );
    let end = memchr::memmem::rfind(&html, b"</body>").unwrap_or(html.len());
    let html = [&html[..end], scripts.as_bytes(), &html[end..]].concat();
    let mut response = typed("text/html; charset=utf-8", html);
    *response.status_mut() = status;
    if let Ok(state) = HeaderValue::from_str(&state) {
        response.headers_mut().insert(STATE, state);
    }
    with(response, [(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY)])
}

/// A page of the server's own, for when the site has none to show.
fn notice(title: &str, message: &str) -> Response {
    let (title, message) = (escape::text(title), escape::text(message));
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{RESERVED}overlay.css\">\n</head>\n\
         <body class=\"notice\">\n<h1>{title}</h1>\n<pre>{message}</pre>\n</body>\n</html>\n"
    );
    page(StatusCode::SERVICE_UNAVAILABLE, html.into_bytes(), 0)
}

fn media_type(path: &str) -> String {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = guess.type_() == mime_guess::mime::TEXT || matches!(guess.subtype().as_str(), "javascript" | "xml");
    if is_text { format!("{guess}; charset=utf-8") } else { guess.to_string() }
}

fn typed(media_type: &str, body: impl Into<Body>) -> Response {
    with(Response::new(body.into()), [(header::CONTENT_TYPE, media_type)])
}

fn text(status: StatusCode, message: &str) -> Response {
    let mut response = typed("text/plain; charset=utf-8", message.to_owned());
    *response.status_mut() = status;
    response
}

fn with<const N: usize>(mut response: Response, headers: [(HeaderName, &str); N]) -> Response {
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Runs work that takes a while beside the threads that answer.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}

// Snapshots are shared by the threads that answer.
const _: fn() = || {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Snapshot>();
};
