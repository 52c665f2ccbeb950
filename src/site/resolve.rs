//! Fills the open places of a page: where links lead, whether bookmarks exist.

use crate::content::redirects::Moved;
use crate::content::reference;
use crate::content::tree::{Entry, Kind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::markdown::RawHtml;
use crate::markdown::html::{CodeSpan, Want, escape};
use crate::markdown::reference::CrossReference;
use crate::path::{self, Destination, Reference, RepoPath};
use crate::site::bookmark;
use crate::site::index::{Site, Target};
use crate::site::page::{Page, ResolvedPage};
use crate::source::{FileId, Span};

/// Fills the places of `page`.
pub fn resolve(page: &Page, site: &Site) -> (ResolvedPage, Diagnostics) {
    let Some(entry) = site.tree.entry(page.file) else {
        return (ResolvedPage { html: page.body.html.to_string(), code: page.body.code.to_vec() }, Vec::new());
    };
    let html = String::with_capacity(page.body.html.len() + 64 * page.body.slots.len());
    let own_url = entry.output.url_to(&entry.output);
    let (ends, diagnostics, room) = (Vec::new(), Vec::new(), MAX_COMPARED);
    let mut resolver = Resolver { site, page, entry, own_url, html, ends, room, diagnostics };
    let mut code = Vec::with_capacity(page.body.code.len());
    let mut at = 0;
    for slot in &page.body.slots {
        resolver.copy(at, slot.at, &mut code);
        at = slot.at;
        resolver.fill(&slot.want, slot.span);
    }
    resolver.copy(at, u32::try_from(page.body.html.len()).unwrap_or(u32::MAX), &mut code);
    (ResolvedPage { html: resolver.html, code }, resolver.diagnostics)
}

/// With how many names the broken links of one page are compared, to tell what an author may have meant.
pub(super) const MAX_COMPARED: usize = 250_000;

struct Resolver<'a> {
    site: &'a Site,
    page: &'a Page,
    entry: &'a Entry,
    /// How the page links to itself.
    own_url: String,
    html: String,
    /// The end tags of the links that stand open.
    ends: Vec<&'static str>,
    /// How many names may still be compared.
    room: usize,
    diagnostics: Diagnostics,
}

impl Resolver<'_> {
    /// Copies the HTML between two places, and notes where the code in it now stands.
    fn copy(&mut self, start: u32, end: u32, code: &mut Vec<CodeSpan>) {
        let here = u32::try_from(self.html.len()).unwrap_or(u32::MAX);
        let moved = |place: u32| here.saturating_add(place - start);
        let spans = self.page.body.code[code.len()..].iter().take_while(|span| span.end <= end);
        code.extend(spans.map(|span| CodeSpan { start: moved(span.start), end: moved(span.end), ..*span }));
        self.html.push_str(&self.page.body.html[start as usize..end as usize]);
    }

    fn fill(&mut self, want: &Want, span: Span) {
        match want {
            Want::LinkStart { destination, attributes } => self.link(destination, attributes, span),
            Want::Text(wanted) => {
                let found = self.site.text_of(&CrossReference::parse(&wanted.reference), self.entry);
                escape::push_text(&mut self.html, found.as_deref().unwrap_or(&wanted.otherwise));
            }
            Want::Mention { uid, written } => self.mention(uid, written),
            Want::LinkEnd => {
                let end = self.ends.pop().unwrap_or("");
                self.html.push_str(end);
            }
            Want::Source(destination) => {
                if let Some(url) = self.source(destination, span) {
                    escape::push_text(&mut self.html, &url);
                }
            }
        }
    }

    fn link(&mut self, destination: &str, attributes: &str, span: Span) {
        let url = match Destination::parse(destination) {
            Destination::Xref(reference) => match self.cross_reference(&CrossReference::parse(reference), span) {
                Some(url) => url,
                None => {
                    self.html.push_str("<span class=\"xref\">");
                    return self.ends.push("</span>");
                }
            },
            Destination::Unsafe(url) if self.is_trusted() => url.to_owned(),
            Destination::Unsafe(url) => {
                self.report_unsafe(url, span);
                self.html.push_str("<span>");
                return self.ends.push("</span>");
            }
            Destination::Absolute(url) => url.to_owned(),
            Destination::Page { query, fragment } => {
                let fragment = self.bookmark(self.entry, fragment, span);
                format!("{query}{fragment}")
            }
            Destination::Relative(reference) => self.relative(&reference, span),
            Destination::SiteRoot(reference) => self.site_root(&reference, span),
        };
        self.html.push_str("<a");
        escape::push_attribute(&mut self.html, "href", &url);
        // A list of articles, such as a selector, shows which of them is being read.
        if url == self.own_url {
            self.html.push_str(" aria-current=\"page\"");
        }
        self.html.push_str(attributes);
        self.html.push('>');
        self.ends.push("</a>");
    }

    /// The URL of the page with a uid.
    fn cross_reference(&mut self, reference: &CrossReference<'_>, span: Span) -> Option<String> {
        let Some(entry) = self.site.with_uid(&reference.uid, self.entry.docset, self.entry.group) else {
            let (message, help) = match reference.has_no_uid() {
                true => ("this cross reference names no uid".to_owned(), "name that of a page, such as `<xref:uid>`"),
                false => {
                    let message = format!("cannot find the uid `{}`", reference.uid);
                    (message, "no page of the site has this `uid` in its front matter")
                }
            };
            self.report(Diagnostic::new(Code::XrefNotFound, span, message).help(help));
            return None;
        };
        Some(self.moved_page(entry.file, &reference.suffix, span))
    }

    /// A link to the page with a uid; what is no uid stays as it is written.
    fn mention(&mut self, uid: &str, written: &str) {
        let reference = CrossReference::parse(uid);
        match self.site.with_uid(&reference.uid, self.entry.docset, self.entry.group) {
            Some(entry) => {
                let url = format!("{}{}", self.entry.output.url_to(&entry.output), reference.suffix);
                self.html.push_str("<a");
                escape::push_attribute(&mut self.html, "href", &url);
                self.html.push('>');
                let text = self.site.text_of(&reference, self.entry);
                escape::push_text(&mut self.html, text.as_deref().unwrap_or(written));
                self.html.push_str("</a>");
            }
            None => escape::push_text(&mut self.html, written),
        }
    }

    fn source(&mut self, destination: &str, span: Span) -> Option<String> {
        match Destination::parse(destination) {
            Destination::Relative(reference) => Some(self.relative(&reference, span)),
            Destination::SiteRoot(reference) => Some(self.site_root(&reference, span)),
            Destination::Absolute(url) => Some(url.to_owned()),
            Destination::Unsafe(url) if is_inline_image(url) || self.is_trusted() => Some(url.to_owned()),
            Destination::Unsafe(url) => {
                self.report_unsafe(url, span);
                None
            }
            Destination::Xref(_) | Destination::Page { .. } => None,
        }
    }

    fn relative(&mut self, reference: &Reference<'_>, span: Span) -> String {
        let tree = &self.site.tree;
        let place = |path: &str| reference::repository_path(tree, self.entry.docset, span.file, path);
        let target = place(&reference.path);
        let as_written = || if reference.path == reference.raw_path { None } else { place(reference.raw_path) };
        let find = |path: &str| tree.sources.find(path);
        let found = target.as_deref().and_then(find).or_else(|| as_written().as_deref().and_then(find));
        if let Some(found) = found {
            if !found.is_exact {
                self.report(reference::other_case(tree, found, &reference.path, span));
            }
            return self.file(found.file, reference, span);
        }
        let suffix = format!("{}{}", reference.query, reference.fragment);
        let Some(target) = target else {
            let help = "the path leads out of the repository";
            self.report(Diagnostic::new(Code::FileNotFound, span, not_found(&reference.path)).help(help));
            return format!("{}{suffix}", path::encode_path(&reference.path));
        };
        if let Some(moved) = self.site.moves.of_source(&target) {
            return self.redirected(&moved, &suffix, &reference.path, span);
        }
        if let Some(index) = self.index_of(&target) {
            return self.file(index, reference, span);
        }
        self.missing(&target, reference, span)
    }

    /// The URL of a file that exists.
    fn file(&mut self, file: FileId, reference: &Reference<'_>, span: Span) -> String {
        match self.site.tree.entry(file) {
            Some(entry) if entry.kind != Kind::Toc => {
                let fragment = self.bookmark(entry, reference.fragment, span);
                self.entry.output.url_to(&entry.output) + reference.query + &fragment
            }
            _ => match self.site.tree.winners.get(&file) {
                Some(winner) => {
                    self.report(reference::left_out(&self.site.tree, *winner, &reference.path, span));
                    self.file(*winner, reference, span)
                }
                None => self.out_of_scope(file, reference, span),
            },
        }
    }

    fn out_of_scope(&mut self, file: FileId, reference: &Reference<'_>, span: Span) -> String {
        let tree = &self.site.tree;
        let (message, help) = match tree.entry(file) {
            Some(_) => ("is a table of contents, which is no page", "link to one of the pages that it lists"),
            None => ("exists, but no docset publishes it", reference::inclusion_help(tree, file)),
        };
        let message = format!("`{}` {message}", reference.path);
        let file = tree.sources.path(file);
        let published = tree.route(file.as_str()).and_then(|(docset, output)| tree.published_url(docset, &output));
        self.report(Diagnostic::new(Code::LinkOutOfScope, span, message).help(help));
        let url = match published {
            Some(path) => self.site.docs_url(&path::encode_path(&path)),
            None => path::encode_path(&reference.path),
        };
        format!("{url}{}{}", reference.query, reference.fragment)
    }

    fn redirected(&mut self, moved: &Moved, suffix: &str, path: &str, span: Span) -> String {
        let (url, shown) = match self.site.arrival(moved, suffix, self.entry.docset, self.entry.group) {
            Target::Url(url) => (url.clone(), url),
            Target::Local(file, suffix) => {
                let sources = &self.site.tree.sources;
                let shown = format!("{}{suffix}", sources.path(span.file).url_to(&sources.path(file)));
                (self.moved_page(file, &suffix, span), shown)
            }
        };
        let message = format!("`{path}` has moved");
        self.report(Diagnostic::new(Code::RedirectedLink, span, message).help(format!("link to `{shown}`")));
        url
    }

    /// The URL of the page to which a redirection leads. The bookmark was written for the page that was there before.
    fn moved_page(&mut self, file: FileId, suffix: &str, span: Span) -> String {
        let Some(entry) = self.site.tree.entry(file) else { return suffix.to_owned() };
        let (query, fragment) = suffix.split_at(suffix.find('#').unwrap_or(suffix.len()));
        let fragment = self.bookmark(entry, fragment, span);
        format!("{}{query}{fragment}", self.entry.output.url_to(&entry.output))
    }

    /// The page that a folder stands for.
    fn index_of(&self, folder: &str) -> Option<FileId> {
        let sources = &self.site.tree.sources;
        let folder = sources.find_folder(folder)?;
        let names = ["index.md", "index.yml", "README.md"];
        names.iter().find_map(|name| Some(sources.find(&format!("{folder}/{name}"))?.file))
    }

    /// The URL that a file would have if it existed.
    fn missing(&mut self, target: &str, reference: &Reference<'_>, span: Span) -> String {
        let tree = &self.site.tree;
        let diagnostic = Diagnostic::new(Code::FileNotFound, span, not_found(&reference.path));
        if let Some((file, name)) = reference::page_without_extension(tree, target, &reference.path) {
            self.report(diagnostic.help(format!("did you mean `{name}`?")));
            return self.file(file, reference, span);
        }
        let folder = path::parent(target);
        let names = if self.room > 0 { tree.sources.list(folder) } else { Vec::new() };
        self.room = self.room.saturating_sub(names.len());
        let names = names.iter().filter(|(_, is_folder)| !is_folder).map(|(name, _)| name.as_str());
        let help = match suggest(path::file_name(target), names) {
            _ if tree.sources.find_folder(target).is_some() => "that folder has no `index.md`".to_owned(),
            Some(name) => format!("there is `{name}` in that folder: did you mean it?"),
            None => reference::missing_help(tree, RepoPath::new(target).as_ref()),
        };
        self.report(diagnostic.help(help));
        let url = match tree.route(target) {
            _ if span.file == self.page.file => path::encode_path(&reference.path),
            Some((_, output)) => self.entry.output.url_to(&output),
            None => path::encode_path(&reference.path),
        };
        format!("{url}{}{}", reference.query, reference.fragment)
    }

    fn site_root(&mut self, reference: &Reference<'_>, span: Span) -> String {
        if let Some(entry) = self.site.at_address(&reference.path, self.entry.docset, self.entry.group)
            && entry.kind != Kind::Toc
        {
            let fragment = self.bookmark(entry, reference.fragment, span);
            return format!("{}{}{fragment}", self.entry.output.url_to(&entry.output), reference.query);
        }
        let suffix = format!("{}{}", reference.query, reference.fragment);
        if let Some(moved) = self.site.moves.of_url(&reference.path) {
            return self.redirected(&moved, &suffix, reference.raw_path, span);
        }
        self.site.docs_url(&format!("{}{suffix}", reference.raw_path))
    }

    /// Checks that `fragment` (with its `#`) is on the page of `entry`, and gives it as it should be written.
    fn bookmark(&mut self, entry: &Entry, fragment: &str, span: Span) -> String {
        let facts = if entry.file == self.page.file { Some(&self.page.facts) } else { self.site.facts(entry.file) };
        let Some(facts) = facts.filter(|_| entry.is_page()) else { return fragment.to_owned() };
        let Some(lacking) = bookmark::lacking(fragment, &facts.bookmarks) else { return fragment.to_owned() };
        let known = if self.room > 0 { &facts.bookmarks[..] } else { &[] };
        self.room = self.room.saturating_sub(known.len());
        let page = if entry.file == self.page.file {
            "this page".to_owned()
        } else {
            format!("`{}`", self.site.tree.sources.path(entry.file))
        };
        let (diagnostic, other_case) = bookmark::missing(&lacking, &page, known, span);
        let mended = other_case.map(|own| format!("#{}", path::encode_path(own)));
        self.report(diagnostic);
        mended.unwrap_or_else(|| fragment.to_owned())
    }

    /// Whether the docset trusts its authors with any HTML.
    fn is_trusted(&self) -> bool {
        self.site.tree.docsets[self.entry.docset].config.markdown.raw_html == RawHtml::Trusted
    }

    fn report_unsafe(&mut self, url: &str, span: Span) {
        let shown: String = url.chars().take(40).collect();
        let help = "link to a page, a file of the docset, or an `https:` or `mailto:` address";
        self.report(Diagnostic::new(Code::UnsafeLink, span, format!("the link `{shown}` is left out")).help(help));
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

fn not_found(path: &str) -> String {
    format!("cannot find `{path}`")
}

/// Whether a `data:` URL is an image that cannot hold script. SVG can.
fn is_inline_image(url: &str) -> bool {
    let lower: String = url.chars().take(32).collect::<String>().to_ascii_lowercase();
    ["png", "gif", "jpeg", "jpg", "webp", "avif", "bmp", "x-icon"].iter().any(|kind| {
        lower
            .strip_prefix("data:image/")
            .and_then(|rest| rest.strip_prefix(kind))
            .is_some_and(|rest| rest.starts_with([';', ',']))
    })
}
