//! Videos, whichever way they are written: their addresses, and what readers get.
//!
//! Nothing is framed: a reader's browser asks another site only when the reader presses the link. The theme's script then
//! plays the video in its place.

use crate::markdown::tree::{Element, Link, Node, NodeKind};
use crate::source::Span;

/// Hosts whose pages in a frame are videos: the host without `www.`, and what its path must hold.
const HOSTS: &[(&str, &str)] = &[
    ("channel9.msdn.com", ""),
    ("docs.microsoft.com", "video"),
    ("learn-video.azurefd.net", ""),
    ("learn.microsoft.com", "video"),
    ("m.youtube.com", ""),
    ("medius.microsoft.com", "video"),
    ("medius.studios.ms", ""),
    ("microsoft.com", "videoplayer"),
    ("player.vimeo.com", ""),
    ("vimeo.com", ""),
    ("web.microsoftstream.com", "video"),
    ("youtu.be", ""),
    ("youtube-nocookie.com", ""),
    ("youtube.com", ""),
];

/// The address at which a video is played; `None` for what is no web address.
///
/// Rule: docfx `QuoteSectionNoteRender.FixUpLink`: YouTube's addresses become those of its host without cookies.
pub fn address(source: &str) -> Option<String> {
    let (host, rest) = split(source)?;
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    Some(match host.as_str() {
        "youtu.be" => format!("https://www.youtube-nocookie.com/embed/{path}"),
        "youtube.com" | "m.youtube.com" | "youtube-nocookie.com" => {
            format!("https://www.youtube-nocookie.com/{}", embedded(path))
        }
        _ => format!("https://{rest}"),
    })
}

/// The address of the player for a page of YouTube or Vimeo that shows one video; `None` for any other address.
pub fn player(source: &str) -> Option<String> {
    let (host, rest) = split(source)?;
    let (_, path) = rest.split_once('/')?;
    match host.as_str() {
        "youtu.be" if !path.is_empty() && !path.starts_with(['?', '#']) => address(source),
        "youtube.com" | "m.youtube.com" | "youtube-nocookie.com" => {
            embedded(path).starts_with("embed/").then(|| address(source)).flatten()
        }
        "vimeo.com" => {
            let id = path.split(['?', '#']).next().unwrap_or_default();
            let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
            is_id.then(|| format!("https://player.vimeo.com/video/{id}"))
        }
        "player.vimeo.com" => path.starts_with("video/").then(|| address(source)).flatten(),
        _ => None,
    }
}

/// Whether an address is one at which a host is known to show videos.
pub fn is_of_known_host(source: &str) -> bool {
    let Some((host, rest)) = split(source) else { return false };
    let path = rest.split_once('/').map_or("", |(_, path)| path).to_ascii_lowercase();
    HOSTS.iter().any(|(known, part)| *known == host && path.contains(part))
}

/// A link to a video, in the element that docfx frames it in; with its picture if there is one.
///
/// `tag` is `div`, or `span` in a line of text.
pub fn frame(tag: &'static str, url: &str, title: Option<&str>, thumbnail: Option<&str>, span: Span) -> Node {
    let link = |destination: &str| {
        let title = "".into();
        Box::new(Link { destination: destination.into(), title, is_autolink: false })
    };
    let mut content = Vec::new();
    if let Some(thumbnail) = thumbnail.filter(|thumbnail| !thumbnail.is_empty()) {
        content.push(Node::leaf(NodeKind::Image(link(thumbnail)), span));
    }
    content.push(play_mark(span));
    let title = title.map(str::trim).filter(|title| !title.is_empty()).unwrap_or("Video");
    content.push(element("span", &[("class", "video-title")], vec![Node::text(title, span)], span));
    if let Some(host) = url.strip_prefix("https://").and_then(|rest| rest.split('/').next()) {
        let attributes = &[("class", "video-host"), ("data-decoration", "")];
        content.push(element("span", attributes, vec![Node::text(&format!(" {host}"), span)], span));
    }
    let link = Node::with(NodeKind::Link(link(url)), span, content);
    element(tag, &[("class", "embeddedvideo")], vec![link], span)
}

fn play_mark(span: Span) -> Node {
    let path = element("path", &[("d", "M8 5v14l11-7z")], Vec::new(), span);
    let size = [("viewBox", "0 0 24 24"), ("width", "32"), ("height", "32"), ("aria-hidden", "true")];
    let icon = element("svg", &size, vec![path], span);
    element("span", &[("class", "video-play"), ("data-decoration", "")], vec![icon], span)
}

fn element(tag: &'static str, attributes: &[(&'static str, &str)], children: Vec<Node>, span: Span) -> Node {
    let attributes = attributes.iter().map(|(name, value)| (*name, Box::from(*value))).collect();
    let element = Element { tag, attributes, is_block: tag == "div" };
    Node::with(NodeKind::Element(Box::new(element)), span, children)
}

/// The host of a web address, in lower case and without `www.`, and all that follows the scheme.
fn split(source: &str) -> Option<(String, &str)> {
    let rest = ["https://", "http://", "//"].iter().find_map(|scheme| source.strip_prefix(scheme))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let is_sound = !host.is_empty() && !source.contains(char::is_whitespace);
    is_sound.then(|| (host.strip_prefix("www.").unwrap_or(&host).to_owned(), rest))
}

/// The path at which YouTube plays what `watch?v=ID` or `playlist?list=ID` shows.
fn embedded(path: &str) -> String {
    let (page, query) = path.split_once('?').unwrap_or((path, ""));
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    match page {
        "watch" => match (value("v"), value("list")) {
            (Some(id), _) => format!("embed/{id}"),
            (None, Some(list)) => format!("embed/videoseries?list={list}"),
            (None, None) => path.to_owned(),
        },
        "playlist" => value("list").map_or(path.to_owned(), |list| format!("embed/videoseries?list={list}")),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_youtube_set_no_cookies() {
        let youtube = |path: &str| Some(format!("https://www.youtube-nocookie.com/{path}"));
        assert_eq!(address("http://youtu.be/abc"), youtube("embed/abc"));
        assert_eq!(address("https://www.youtube.com/watch?t=3&v=abc"), youtube("embed/abc"));
        assert_eq!(address("https://youtube.com/playlist?list=x"), youtube("embed/videoseries?list=x"));
        assert_eq!(address("//www.youtube.com/embed/abc?rel=0"), youtube("embed/abc?rel=0"));
        assert_eq!(address("http://channel9.msdn.com/a").as_deref(), Some("https://channel9.msdn.com/a"));
        assert_eq!(address("javascript:x"), None);
    }

    #[test]
    fn hosts_are_known_by_name_and_path() {
        for known in ["https://www.youtube.com/embed/a", "//player.vimeo.com/video/1", "https://youtu.be/a"] {
            assert!(is_of_known_host(known), "{known}");
        }
        assert!(is_of_known_host("https://www.microsoft.com/en-us/videoplayer/embed/RE1"));
        for other in ["https://www.microsoft.com/en-us/", "https://youtube.com.example.org/embed/a", "embed/a", "//"] {
            assert!(!is_of_known_host(other), "{other}");
        }
    }
}
