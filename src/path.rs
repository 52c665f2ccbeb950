//! Paths and URLs as types.
//!
//! Every path that content names goes through [`join`]: it decodes nothing, knows `.` and `..`,
//! takes `\` for `/`, and never leaves the repository. Links are split by [`Destination::parse`].

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// A path relative to the root of the repository: `/` between names, no `.`, `..` or leading `/`.
///
/// The root itself is the empty path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Arc<str>);

impl RepoPath {
    /// Normalises `path`; `None` when it leads above the root.
    pub fn new(path: &str) -> Option<RepoPath> {
        normal(path).map(RepoPath)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds it; the empty path for what lies at the root.
    pub fn parent(&self) -> &str {
        parent(&self.0)
    }

    /// The last name of the path.
    pub fn file_name(&self) -> &str {
        file_name(&self.0)
    }

    /// The lower-case extension without its dot; empty if there is none.
    pub fn extension(&self) -> String {
        extension(&self.0)
    }

    /// What is left of the path below `folder` (`""` is the root); `None` if it lies elsewhere.
    pub fn below<'a>(&'a self, folder: &str) -> Option<&'a str> {
        below(&self.0, folder)
    }

    /// The link to the file `target` that an author writes in the file `self`, percent-encoded.
    pub fn url_to(&self, target: &RepoPath) -> String {
        relative_url(&self.0, &target.0)
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The path of an output file, relative to the output folder; `/` between names, not percent-encoded.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Normalises `path`; `None` when it leads above the output folder.
    pub fn new(path: &str) -> Option<SitePath> {
        normal(path).map(SitePath)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds it.
    pub fn parent(&self) -> &str {
        parent(&self.0)
    }

    /// How many folders lie between the output folder and the file.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// The relative URL that leads from the page `self` to the file `target`, percent-encoded.
    ///
    /// Always names a file (`index.html` too), so that it also holds under `file://`.
    pub fn url_to(&self, target: &SitePath) -> String {
        relative_url(self.as_str(), target.as_str())
    }
}

/// The URL that leads from the file `here` to the file `there`, percent-encoded.
fn relative_url(here: &str, there: &str) -> String {
    // The folders that both lie in.
    let same = here.bytes().zip(there.bytes()).take_while(|(here, there)| here == there).count();
    let common = memchr::memrchr(b'/', &here.as_bytes()[..same]).map_or(0, |slash| slash + 1);
    let (here, rest) = (&here[common..], &there[common..]);
    let ups = memchr::memchr_iter(b'/', here.as_bytes()).count();
    let mut url = String::with_capacity(3 * ups + rest.len() + 2);
    (0..ups).for_each(|_| url.push_str("../"));
    // A colon in the first segment would be read as a scheme.
    if ups == 0 && memchr::memchr2(b':', b'/', rest.as_bytes()).is_some_and(|at| rest.as_bytes()[at] == b':') {
        url.push_str("./");
    }
    push_encoded(&mut url, rest);
    url
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a URL path keeps as it is: RFC 3986 `pchar` and `/`.
const URL_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

/// Percent-encodes a path for a URL, `/` excepted.
pub fn encode_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    push_encoded(&mut url, path);
    url
}

/// Appends a path, percent-encoded. Most need no encoding, which is seen without a look at each byte by itself.
fn push_encoded(url: &mut String, path: &str) {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() | (byte == b'/') | (byte == b'-') | (byte == b'_') | (byte == b'.');
    match path.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
        true => url.push_str(path),
        false => url.extend(utf8_percent_encode(path, URL_PATH)),
    }
}

/// Percent-encodes a value for the query of a URL.
pub fn encode_query(value: &str) -> String {
    utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Decodes `%20` and the like; text that is no UTF-8 after it stays as it was.
pub fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// Resolves `path` against `folder`; `None` when it leads above the root.
///
/// `\` counts as `/`, empty segments and `.` vanish.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut joined = String::with_capacity(folder.len() + path.len() + 1);
    for mut path in [folder, path] {
        // The way up comes first, if at all; what follows is most often as it should be.
        while let Some(rest) = path.strip_prefix("../").filter(|_| !joined.is_empty()) {
            joined.truncate(parent(&joined).len());
            path = rest;
        }
        if is_normal(path) {
            append(&mut joined, path);
            continue;
        }
        for part in path.split(['/', '\\']) {
            match part {
                "." => {}
                ".." if joined.is_empty() => return None,
                ".." => joined.truncate(parent(&joined).len()),
                name => append(&mut joined, name),
            }
        }
    }
    Some(joined)
}

fn append(path: &mut String, rest: &str) {
    if !path.is_empty() && !rest.is_empty() {
        path.push('/');
    }
    path.push_str(rest);
}

/// The path as [`join`] makes it from the root.
fn normal(path: &str) -> Option<Arc<str>> {
    if is_normal(path) { Some(path.into()) } else { join("", path).map(Arc::from) }
}

/// Whether [`join`] would leave a path as it is. Names that begin with a dot are rare, and left to it.
fn is_normal(path: &str) -> bool {
    let bytes = path.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return true };
    let is_odd =
        |(before, byte): (&u8, &u8)| (*byte == b'\\') | ((*before == b'/') & ((*byte == b'/') | (*byte == b'.')));
    let has_odd = bytes.iter().zip(&bytes[1..]).fold(false, |found, pair| found | is_odd(pair));
    !has_odd && !matches!(first, b'/' | b'\\' | b'.') && *last != b'/'
}

/// The folder part of a `/` path.
pub fn parent(path: &str) -> &str {
    memchr::memrchr(b'/', path.as_bytes()).map_or("", |at| &path[..at])
}

/// The last name of a `/` path.
pub fn file_name(path: &str) -> &str {
    memchr::memrchr(b'/', path.as_bytes()).map_or(path, |at| &path[at + 1..])
}

/// The lower-case extension of a `/` path, without its dot.
pub fn extension(path: &str) -> String {
    let name = file_name(path);
    name.rfind('.').filter(|at| *at > 0).map_or(String::new(), |at| name[at + 1..].to_ascii_lowercase())
}

/// What is left of `path` below `folder`; `None` if it lies elsewhere.
pub fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// A link target as authors write it, split into its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination<'a> {
    /// Nothing at all, or only `?query` or `#fragment`: the page itself.
    Page {
        /// With its `?`, or empty.
        query: &'a str,
        /// With its `#`, or empty.
        fragment: &'a str,
    },
    /// A path relative to the file, or `~/..` from the docset root.
    Relative(Reference<'a>),
    /// A path from the root of the docs host: `/azure/..`.
    SiteRoot(Reference<'a>),
    /// `xref:uid?query#fragment`, without its scheme.
    Xref(&'a str),
    /// A URL that a page may hold: `https:`, `mailto:` and the like, or `//host`.
    Absolute(&'a str),
    /// A URL that may run code or read the reader's machine: `javascript:`, `data:`, `file:` ..
    Unsafe(&'a str),
}

/// Path, query and fragment of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// Percent-decoded, `\` as `/`.
    pub path: Cow<'a, str>,
    /// The path as it was written.
    pub raw_path: &'a str,
    /// With its `?`, or empty.
    pub query: &'a str,
    /// With its `#`, or empty.
    pub fragment: &'a str,
}

/// Schemes that content may link to: they neither run code in the page nor read local files.
const SAFE_SCHEMES: &[&str] = &[
    "http",
    "https",
    "mailto",
    "tel",
    "sms",
    "ftp",
    "ftps",
    "sftp",
    "ssh",
    "git",
    "irc",
    "ircs",
    "news",
    "nntp",
    "xmpp",
    "sip",
    "sips",
    "geo",
    "magnet",
    "webcal",
    "vscode",
    "vscode-insiders",
    "ms-settings",
    "ms-windows-store",
    "msteams",
    "skype",
    "onenote",
    "feedback-hub",
    "ms-availablenetworks",
    "shell",
    "about",
];

impl<'a> Destination<'a> {
    /// Splits a destination; never fails.
    ///
    /// White space and control characters inside a scheme are ignored, as browsers ignore them:
    /// `java\nscript:` is [`Destination::Unsafe`]. A scheme that is not known to be harmless is unsafe.
    pub fn parse(text: &'a str) -> Destination<'a> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c.is_control());
        if let Some(scheme) = scheme(text) {
            let after = || text[text.find(':').map_or(0, |at| at + 1)..].trim_start();
            return match scheme.as_str() {
                "xref" => Destination::Xref(after()),
                known if SAFE_SCHEMES.contains(&known) => Destination::Absolute(text),
                _ => Destination::Unsafe(text),
            };
        }
        let split =
            |text: &'a str, at: u8| memchr::memchr(at, text.as_bytes()).map_or((text, ""), |at| text.split_at(at));
        let (rest, fragment) = split(text, b'#');
        let (raw_path, query) = split(rest, b'?');
        if raw_path.is_empty() {
            return Destination::Page { query, fragment };
        }
        let slashes = raw_path.bytes().take_while(|b| matches!(b, b'/' | b'\\')).count();
        if slashes >= 2 {
            return Destination::Absolute(text);
        }
        let mut path = decode(raw_path);
        if memchr::memchr(b'\\', path.as_bytes()).is_some() {
            path = Cow::Owned(path.replace('\\', "/"));
        }
        let reference = Reference { path, raw_path, query, fragment };
        if slashes == 1 { Destination::SiteRoot(reference) } else { Destination::Relative(reference) }
    }
}

/// The scheme of a URL in lower case, read as browsers do; `None` for a relative one.
fn scheme(text: &str) -> Option<String> {
    memchr::memchr(b':', text.as_bytes())?;
    let mut name = String::new();
    for c in text.chars() {
        match c {
            ':' if !name.is_empty() => return Some(name),
            c if c.is_ascii_whitespace() || c.is_control() => {}
            c if c.is_ascii_alphabetic() => name.push(c.to_ascii_lowercase()),
            c if !name.is_empty() && (c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) => name.push(c),
            _ => return None,
        }
    }
    None
}
