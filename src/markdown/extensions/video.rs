//! Videos: `> [!VIDEO https://..]` and `:::video source=".." title="..":::`.
//!
//! Rule: docfx `QuoteSectionNoteRender` and `VideoExtension`. A video is one line of a quote: what follows it there is a
//! quote of its own. What stands between `type="complex"` and `:::video-end:::` is the long description of a video.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::markdown::Options;
use crate::markdown::description;
use crate::markdown::extension::{Context, Extension, Indentation, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Node, NodeKind};
use crate::markdown::video::{address, frame, player};
use crate::source::Span;

/// `> [!VIDEO url]`, with a title behind the address or without. Rule: docfx `QuoteSectionNoteParser`.
#[derive(Debug)]
pub struct VideoQuote;

/// `:::video`
#[derive(Debug)]
pub struct Video;

impl Extension for VideoQuote {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        name == "video"
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::QuoteMarker
    }

    fn code(&self) -> Code {
        Code::InvalidVideo
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let raw = &directive.raw;
        let source = raw.get("[!video".len()..raw.len() - 1).unwrap_or_default().trim();
        let body = std::mem::take(&mut cx.body);
        // The lines after a marker that is no block have no `>`.
        let is_lazy = !directive.is_block;
        let (link, title) = source.split_once(char::is_whitespace).unwrap_or((source, ""));
        let title = title.trim_start();
        let title = title.strip_prefix("title=").unwrap_or(title).trim_matches('"');
        let Some(url) = address(link) else {
            let diagnostic = no_address(source, cx.span).severity(Severity::Warning);
            cx.diagnostics.push(diagnostic);
            let text = Node::with(NodeKind::Paragraph, cx.span, vec![Node::text(raw, cx.span)]);
            return vec![Node::with(NodeKind::BlockQuote, cx.span, [text].into_iter().chain(body).collect())];
        };
        let rest = match body.is_empty() || is_lazy {
            true => body,
            false => vec![Node::with(NodeKind::BlockQuote, cx.span, body)],
        };
        let title = Some(title).filter(|title| !title.is_empty());
        [frame("div", &url, title, None, cx.span)].into_iter().chain(rest).collect()
    }
}

impl Extension for Video {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        matches!(name, ":video" | ":video-end")
    }

    fn shape(&self, directive: &Directive) -> Shape {
        match &*directive.name {
            ":video-end" => Shape::End,
            _ if directive.is_alone && description::is_wanted(directive) => Shape::Container(Indentation::IsEaten),
            _ => Shape::Inline,
        }
    }

    fn opens(&self, directive: &Directive, cx: &mut Context<'_>) -> bool {
        let fault = sound_address(directive, cx.span).err();
        let is_sound = fault.is_none();
        cx.diagnostics.extend(fault);
        is_sound
    }

    fn code(&self) -> Code {
        Code::InvalidVideo
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let url = match sound_address(&directive, cx.span) {
            Ok(url) => url,
            Err(fault) => {
                cx.diagnostics.push(fault);
                return vec![Node::text(&directive.raw, cx.span)];
            }
        };
        cx.diagnostics.extend(incomplete(&directive, cx.span));
        let mut nodes = vec![frame("div", &url, directive.filled("title"), directive.filled("thumbnail"), cx.span)];
        match std::mem::take(&mut cx.body) {
            body if !body.is_empty() => nodes.push(description::details(body, cx.span)),
            _ if description::is_wanted(&directive) => {
                cx.diagnostics.push(description::missing(&directive, self.code(), cx.span));
            }
            _ => {}
        }
        nodes
    }
}

/// What a video may say.
const ATTRIBUTES: &[&str] = &["duration", "max-width", "source", "thumbnail", "title", "type", "upload-date"];

/// Where a video is played, or why it stays text.
fn sound_address(directive: &Directive, span: Span) -> Result<String, Diagnostic> {
    let source = directive.filled("source").unwrap_or_default();
    match fault(directive, span) {
        Some(fault) => Err(fault),
        None => address(source).ok_or_else(|| no_address(source, span)),
    }
}

/// What is wrong with the attributes of a video, so that it stays text.
fn fault(directive: &Directive, span: Span) -> Option<Diagnostic> {
    if let Some(other) = directive.other_than(ATTRIBUTES) {
        let place = Span::new(span.file, other.range.clone());
        let message = format!("a video has no attribute `{}`", other.name);
        let help = "use `source`, `title`, `thumbnail`, `upload-date`, `duration`, `type` or `max-width`";
        return Some(Diagnostic::new(Code::InvalidVideo, place, message).help(help));
    }
    let width = directive.filled("max-width").filter(|width| width.parse::<u32>().is_err())?;
    let diagnostic = Diagnostic::new(Code::InvalidVideo, span, format!("`max-width=\"{width}\"` is no number"));
    Some(diagnostic.help("write the width in pixels, such as `max-width=\"600\"`"))
}

/// Names what Microsoft Learn asks of every video, and what readers miss when it is not there.
fn incomplete(directive: &Directive, span: Span) -> Option<Diagnostic> {
    let missing: Vec<String> = ["title", "thumbnail", "upload-date"]
        .iter()
        .filter(|name| directive.filled(name).is_none())
        .map(|name| format!("`{name}`"))
        .collect();
    if missing.is_empty() {
        return None;
    }
    let diagnostic = Diagnostic::new(Code::InvalidVideo, span, format!("the video has no {}", missing.join(", no ")));
    Some(
        diagnostic
            .severity(Severity::Suggestion)
            .help("Microsoft Learn asks for all three; the title is what readers press"),
    )
}

fn no_address(source: &str, span: Span) -> Diagnostic {
    let message = match source {
        "" => "the video has no address".to_owned(),
        _ => format!("`{source}` is no address of a video"),
    };
    Diagnostic::new(Code::InvalidVideo, span, message).help("name its `https:` address")
}

/// What an image is that is a video: `![title](https://example.com/video.mp4)`, or the address of YouTube or Vimeo for one;
/// `None` if it is none.
///
/// Rule: Markdig's `MediaLinkExtension` and its `HostProviderBuilder`.
pub fn of_image(image: &Node) -> Option<Node> {
    let NodeKind::Image(target) = &image.kind else { return None };
    let path = target.destination.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let url = match player(&target.destination) {
        Some(url) => url,
        None if VIDEOS.iter().any(|ending| path.ends_with(ending)) => {
            address(&target.destination).unwrap_or_else(|| target.destination.to_string())
        }
        None => return None,
    };
    let mut title = String::new();
    image.push_plain_text(&mut title);
    Some(frame("span", &url, Some(&title), None, image.span))
}

/// What the names of videos end in.
const VIDEOS: &[&str] = &[".mp4", ".m4v", ".webm", ".ogv", ".mov", ".mpg", ".mpeg", ".3gp", ".avi", ".wmv"];
