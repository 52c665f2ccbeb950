//! Looks up the links of a TOC and splices nested TOCs in.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::node::{Link, Node, Written};
use super::{Toc, TocItem, TocTarget, md, yml};
use crate::content::redirects::Moves;
use crate::content::reference;
use crate::content::tree::{Entry, SourceTree, breadcrumb_paths, is_toc};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::path::{self, Destination, Reference, RepoPath};
use crate::source::{FileId, Found, Span};

/// Entries of one TOC, nested ones and those of the folders it names included.
const MAX_ITEMS: usize = 100_000;
/// Entries inside each other.
const MAX_DEPTH: usize = 64;

/// Reads the TOC of an entry, with the TOCs that it includes.
///
/// Entries whose target does not exist stay, without a target. Reports what docfx's engine reports, at the link:
/// `file-not-found`, `file-case`, `link-out-of-scope`, `toc-not-found`, `invalid-toc-href`, `invalid-topic-href`,
/// `circular-reference`; also `redirected-link`, `unsafe-link` and `budget-exceeded`.
pub fn read(tree: &SourceTree, moves: &Moves, entry: &Entry) -> (Toc, Diagnostics) {
    let mut reader = Reader {
        tree,
        moves,
        entry,
        stack: Vec::new(),
        written: FxHashMap::default(),
        spliced: Vec::new(),
        budget: Some(MAX_ITEMS),
        is_silent: false,
        diagnostics: Vec::new(),
    };
    let written = reader.written(entry.file);
    let items = reader.splice(entry.file, 0);
    let mut dependencies: Vec<FileId> = reader.written.keys().copied().collect();
    dependencies.sort();
    reader.spliced.sort();
    reader.spliced.dedup();
    let is_breadcrumb = is_breadcrumb(tree, entry, &written.nodes);
    let Reader { spliced, diagnostics, .. } = reader;
    (Toc { file: entry.file, dependencies, spliced, items, order: written.order, is_breadcrumb }, diagnostics)
}

/// Whether a TOC is the one that the docset names as its breadcrumb, or stands and looks like one.
fn is_breadcrumb(tree: &SourceTree, entry: &Entry, nodes: &[Node]) -> bool {
    let docset = &tree.docsets[entry.docset];
    let named = breadcrumb_paths(&docset.config).into_iter().any(|breadcrumb| {
        let breadcrumb = breadcrumb.split(['?', '#']).next().unwrap_or_default().to_lowercase();
        let path = tree.path_in_docset(entry);
        // `toc.json` would end the address of every breadcrumb: without a known base only a folder tells.
        let is_at_base =
            docset.base_path.as_ref().is_some_and(|base| breadcrumb == format!("{}/{path}", base.to_lowercase()));
        is_at_base || path.contains('/') && breadcrumb.ends_with(&format!("/{path}"))
    });
    let path = tree.sources.path(entry.file);
    let folder = path::file_name(path.parent()).to_lowercase();
    named || folder.starts_with("bread") && !nodes.iter().any(has_href)
}

fn has_href(node: &Node) -> bool {
    node.href.is_some() || node.items.iter().any(has_href)
}

struct Reader<'a> {
    tree: &'a SourceTree,
    moves: &'a Moves,
    entry: &'a Entry,
    /// The TOCs that are being read, outermost first.
    stack: Vec<FileId>,
    written: FxHashMap<FileId, Rc<Written>>,
    spliced: Vec<FileId>,
    /// The entries that may still be made; `None` once it was reported that there are too many.
    budget: Option<usize>,
    /// Whether mistakes belong to another TOC, which reports them itself.
    is_silent: bool,
    diagnostics: Diagnostics,
}

impl<'a> Reader<'a> {
    /// The entries of a TOC file as they are written; each file is read once.
    fn written(&mut self, file: FileId) -> Rc<Written> {
        if let Some(written) = self.written.get(&file) {
            return written.clone();
        }
        let sources = &self.tree.sources;
        let (written, mut diagnostics) = match sources.read_lossy(file) {
            Ok(text) if sources.path(file).extension() == "md" => md::parse(&text, file),
            Ok(text) => yml::parse(&text, file),
            Err(error) => {
                let message = format!("cannot read `{}`: {error}", sources.path(file));
                (Written::default(), vec![Diagnostic::new(Code::FileUnreadable, file, message)])
            }
        };
        if !self.is_silent {
            self.diagnostics.append(&mut diagnostics);
        }
        let written = Rc::new(written);
        self.written.insert(file, written.clone());
        written
    }

    /// The entries of a TOC file that is not being read already, looked up; `depth` is that of the entry that includes it.
    fn splice(&mut self, file: FileId, depth: usize) -> Vec<TocItem> {
        self.stack.push(file);
        let written = self.written(file);
        let items = self.items(&written.nodes, depth);
        self.stack.pop();
        items
    }

    fn items(&mut self, nodes: &[Node], depth: usize) -> Vec<TocItem> {
        let mut items = Vec::with_capacity(nodes.len());
        for node in nodes {
            if !self.spend(node.span, depth) {
                break;
            }
            items.push(self.item(node, depth));
        }
        items
    }

    fn spend(&mut self, span: Span, depth: usize) -> bool {
        let Some(left) = self.budget else { return false };
        let message = match left {
            0 => format!("this TOC has more than {MAX_ITEMS} entries"),
            _ if depth >= MAX_DEPTH => format!("the entries of this TOC are nested more than {MAX_DEPTH} deep"),
            _ => {
                self.budget = Some(left - 1);
                return true;
            }
        };
        self.report(Diagnostic::new(Code::BudgetExceeded, span, message).help("split it into several TOCs"));
        if left == 0 {
            self.budget = None;
        }
        false
    }

    fn item(&mut self, node: &Node, depth: usize) -> TocItem {
        let mut item = TocItem {
            name: node.name.clone(),
            target: self.topic(node),
            is_folder: false,
            items: Vec::new(),
            is_expanded: node.is_expanded,
            span: node.links().next().map_or(node.span, |link| link.span),
        };
        match self.toc_link(node) {
            Some(TocLink::Url(url)) => item.target = Some(TocTarget::Url(url)),
            Some(TocLink::File(file, span)) if self.stack.contains(&file) => {
                self.spliced.push(file);
                self.report_circle(file, span);
                return item;
            }
            Some(TocLink::File(file, _)) => {
                self.spliced.push(file);
                item.items = self.splice(file, depth + 1);
                return item;
            }
            Some(TocLink::Folder(file)) if item.target.is_none() => {
                item.target = self.first_page(file);
                item.is_folder = true;
            }
            Some(TocLink::Folder(_)) | None => {}
        }
        item.items = self.items(&node.items, depth + 1);
        item
    }

    /// The page that an entry leads to: by its uid, its `topicHref`, or its `href` if that is no TOC.
    fn topic(&mut self, node: &Node) -> Option<TocTarget> {
        let href = node.href.as_ref().filter(|link| toc_shape(&link.text).is_none());
        let page = match (&node.topic_href, href) {
            (Some(link), _) if toc_shape(&link.text).is_some() => {
                let message = format!("`{}` is a TOC, and no page", link.text);
                self.report(
                    Diagnostic::new(Code::InvalidTopicHref, link.span, message).help("name a page, or use `tocHref`"),
                );
                None
            }
            (Some(link), _) | (None, Some(link)) => self.page(link),
            (None, None) => {
                node.homepage.as_ref().filter(|link| toc_shape(&link.text).is_none()).and_then(|link| self.page(link))
            }
        };
        match &node.uid {
            Some(uid) => Some(TocTarget::Uid { uid: uid.text.clone(), otherwise: page.map(Box::new) }),
            None => page,
        }
    }

    /// Looks up the page or resource that a link names.
    fn page(&mut self, link: &Link) -> Option<TocTarget> {
        let reference = match Destination::parse(&link.text) {
            Destination::Page { .. } => return None,
            Destination::Relative(reference) => reference,
            Destination::SiteRoot(_) | Destination::Absolute(_) => return Some(TocTarget::Url(link.text.clone())),
            Destination::Xref(uid) => return Some(TocTarget::Uid { uid: uid.to_owned(), otherwise: None }),
            Destination::Unsafe(url) => {
                let message = format!("the URL `{url}` is not safe to follow, and left out");
                self.report(
                    Diagnostic::new(Code::UnsafeLink, link.span, message).help("link to a file, or to an `https:` URL"),
                );
                return None;
            }
        };
        let suffix = format!("{}{}", reference.query, reference.fragment);
        let path = self.resolve(&reference, link)?;
        let Some(found) = self.tree.sources.find(&path) else { return self.missing(&path, &reference, link) };
        self.check_case(found, &reference, link.span);
        if self.tree.entry(found.file).is_some() {
            return Some(TocTarget::File { file: found.file, suffix });
        }
        if let Some(winner) = self.tree.winners.get(&found.file) {
            self.report(reference::left_out(self.tree, *winner, reference.raw_path, link.span));
            return Some(TocTarget::File { file: *winner, suffix });
        }
        let message = format!("`{}` is there, but no docset builds it", reference.raw_path);
        let help = reference::inclusion_help(self.tree, found.file);
        self.report(Diagnostic::new(Code::LinkOutOfScope, link.span, message).help(help));
        let (docset, output) = self.tree.route(self.tree.sources.path(found.file).as_str())?;
        Some(TocTarget::Url(format!("{}{suffix}", self.tree.published_url(docset, &output)?)))
    }

    /// The path of the repository that a relative link means; reports one that leads out of it.
    fn resolve(&mut self, reference: &Reference<'_>, link: &Link) -> Option<String> {
        let folder = self.tree.sources.path(link.span.file);
        let path = match reference.path.strip_prefix("~/") {
            Some(path) => path::join(self.tree.docsets[self.entry.docset].config.root.as_str(), path),
            None => path::join(folder.parent(), &reference.path),
        };
        if path.is_none() {
            let message = format!("`{}` leads out of the repository", reference.raw_path);
            let help = "name a file of this repository, or a URL";
            self.report(Diagnostic::new(Code::FileNotFound, link.span, message).help(help));
        }
        path
    }

    /// A link whose file is not there: it was moved, or is reported.
    fn missing(&mut self, path: &str, reference: &Reference<'_>, link: &Link) -> Option<TocTarget> {
        if let Some(moved) = self.moves.of_source(path).filter(|moved| !moved.is_circular) {
            let message = format!("`{}` is redirected", reference.raw_path);
            let fragment = if moved.url.contains('#') { "" } else { reference.fragment };
            let url = format!("{}{fragment}", moved.url);
            let help = format!("link to its target, `{url}`");
            self.report(Diagnostic::new(Code::RedirectedLink, link.span, message).help(help));
            return Some(TocTarget::Url(url));
        }
        let message = format!("cannot find `{}`", reference.raw_path);
        let diagnostic = Diagnostic::new(Code::FileNotFound, link.span, message);
        if let Some((file, name)) = reference::page_without_extension(self.tree, path, &reference.path) {
            self.report(diagnostic.help(format!("did you mean `{name}`?")));
            return Some(TocTarget::File { file, suffix: format!("{}{}", reference.query, reference.fragment) });
        }
        let names = self.tree.sources.list(path::parent(path));
        let near = suggest(path::file_name(path), names.iter().map(|(name, _)| name.as_str()));
        let help = match near {
            _ if self.tree.sources.find_folder(path).is_some() => {
                format!("that is a folder: write `{}/` to link to its TOC, or name a page in it", reference.raw_path)
            }
            Some(name) => format!("the path is relative to this TOC; did you mean `{name}` in the same folder?"),
            None => RepoPath::new(path)
                .and_then(|path| reference::dependency_help(self.tree, &path))
                .unwrap_or_else(|| "the path is relative to this TOC".to_owned()),
        };
        self.report(diagnostic.help(help));
        None
    }

    fn check_case(&mut self, found: Found, reference: &Reference<'_>, span: Span) {
        if !found.is_exact {
            self.report(reference::other_case(self.tree, found, &reference.path, span));
        }
    }

    /// The TOC that an entry names by `tocHref`, or by an `href` that looks like a TOC.
    fn toc_link(&mut self, node: &Node) -> Option<TocLink> {
        let href = || node.href.as_ref().filter(|link| toc_shape(&link.text).is_some());
        let link = node.toc_href.as_ref().or_else(href)?;
        let Some(shape) = toc_shape(&link.text) else {
            return match Destination::parse(&link.text) {
                Destination::SiteRoot(_) | Destination::Absolute(_) => Some(TocLink::Url(link.text.clone())),
                _ => {
                    let message = format!("`{}` is no TOC", link.text);
                    let help = "`tocHref` names a `toc.yml` or `toc.md`, a `folder/`, or an absolute URL";
                    self.report(Diagnostic::new(Code::InvalidTocHref, link.span, message).help(help));
                    None
                }
            };
        };
        let Destination::Relative(reference) = Destination::parse(&link.text) else { return None };
        let path = self.resolve(&reference, link)?;
        match shape {
            Shape::File => match self.tree.sources.find(&path) {
                Some(found) => {
                    self.check_case(found, &reference, link.span);
                    Some(TocLink::File(found.file, link.span))
                }
                None => {
                    self.missing(&path, &reference, link);
                    None
                }
            },
            Shape::Folder => self.folder(&path, link),
        }
    }

    fn folder(&mut self, path: &str, link: &Link) -> Option<TocLink> {
        let found = ["toc.yml", "toc.md"].iter().find_map(|name| self.tree.sources.find(&format!("{path}/{name}")));
        if found.is_none() {
            let message = format!("there is no `toc.yml` or `toc.md` in `{}`", link.text);
            let help = "name a page, or add a TOC to the folder";
            self.report(Diagnostic::new(Code::TocNotFound, link.span, message).help(help));
        }
        found.map(|found| TocLink::Folder(found.file))
    }

    /// The first page of another TOC; what is wrong with that TOC is its own matter.
    fn first_page(&mut self, file: FileId) -> Option<TocTarget> {
        if self.stack.contains(&file) {
            return None;
        }
        let (was_silent, spliced) = (std::mem::replace(&mut self.is_silent, true), self.spliced.len());
        let items = self.splice(file, self.stack.len());
        self.is_silent = was_silent;
        self.spliced.truncate(spliced);
        first_page(&items)
    }

    fn report_circle(&mut self, file: FileId, span: Span) {
        let start = self.stack.iter().position(|open| *open == file).unwrap_or(0);
        let chain = self.stack[start..].iter().chain([&file]);
        let chain: Vec<String> = chain.map(|file| format!("`{}`", self.tree.sources.path(*file))).collect();
        let message = format!("TOCs include each other in a circle: {}", chain.join(" --> "));
        let help = "take one of the links out; a `folder/` links to a TOC without including it";
        self.report(Diagnostic::new(Code::CircularReference, span, message).help(help));
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if !self.is_silent {
            self.diagnostics.push(diagnostic);
        }
    }
}

enum TocLink {
    /// Elsewhere.
    Url(String),
    /// A TOC to splice in, and where it is named.
    File(FileId, Span),
    /// The TOC of a folder, which stays its own.
    Folder(FileId),
}

enum Shape {
    File,
    Folder,
}

/// Whether a relative link looks like a TOC file or a folder.
fn toc_shape(link: &str) -> Option<Shape> {
    let Destination::Relative(reference) = Destination::parse(link) else { return None };
    if reference.path.ends_with('/') {
        return Some(Shape::Folder);
    }
    is_toc(&reference.path).then_some(Shape::File)
}

fn first_page(items: &[TocItem]) -> Option<TocTarget> {
    items.iter().find_map(|item| match &item.target {
        Some(target @ (TocTarget::File { .. } | TocTarget::Uid { .. })) => Some(target.clone()),
        _ => first_page(&item.items),
    })
}
