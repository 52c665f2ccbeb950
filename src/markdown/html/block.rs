//! Blocks: headings, lists, tables, code, callouts.

use crate::markdown::code::{CodeBlock, LineRange};
use crate::markdown::heading;
use crate::markdown::html::heading_text::HeadingText;
use crate::markdown::html::stretches::stretches;
use crate::markdown::html::{CodeSpan, Heading, Writer};
use crate::markdown::language;
use crate::markdown::tree::{Alignment, Callout, Condition, Node, NodeKind};
use crate::path;

impl Writer {
    /// Writes nodes that stand one after the other in the flow of blocks, or in a tight list item.
    pub(super) fn blocks(&mut self, nodes: &[Node]) {
        let mut in_line = false;
        for node in nodes {
            if !node.is_block() {
                self.inline(node);
            } else if self.can_start(node) {
                if in_line && !matches!(node.kind, NodeKind::HtmlBlock) {
                    self.push("\n");
                }
                self.block(node);
            } else {
                // Inside emphasis, in a paragraph, no block can stand: what it says stays.
                let mut text = String::new();
                node.push_plain_text(&mut text);
                self.text(&text);
            }
            in_line = !node.is_block();
        }
    }

    /// Makes ready for a block; whether it can stand here.
    fn can_start(&mut self, node: &Node) -> bool {
        let name = match &node.kind {
            NodeKind::HtmlBlock => return true,
            NodeKind::Heading(level, _) if !self.has_anchor(*level) => heading_tag(*level),
            NodeKind::Item => "li",
            NodeKind::Element(element) => element.tag,
            _ => "div",
        };
        self.start_block(name, node.span)
    }

    fn block(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Paragraph => self.paragraph(&node.children),
            NodeKind::Heading(level, slug) => self.heading(*level, slug, node),
            NodeKind::BlockQuote => self.container("<blockquote>\n", "blockquote", node),
            NodeKind::List(None) => self.container("<ul>\n", "ul", node),
            NodeKind::List(Some(1)) => self.container("<ol>\n", "ol", node),
            NodeKind::List(Some(start)) => self.container(&format!("<ol start=\"{start}\">\n"), "ol", node),
            NodeKind::Item => self.container("<li>", "li", node),
            NodeKind::CodeBlock(block) => self.code_block(block, node),
            NodeKind::HtmlBlock => self.raw_block(&node.children),
            NodeKind::Rule => self.push("<hr>\n"),
            NodeKind::Table(alignments) => self.table(alignments, node),
            NodeKind::Callout(callout) => self.callout(callout, node),
            // Footnotes stand at the end of the page.
            NodeKind::Footnote(_) => {}
            NodeKind::Math(formula) => {
                self.formula("div", formula);
                self.push("\n");
            }
            NodeKind::TabGroup => self.tab_group(node),
            NodeKind::Condition(condition) => self.condition(condition, node),
            NodeKind::Element(element) => {
                self.start_element(element);
                if node.children.first().is_some_and(Node::is_block) {
                    self.push("\n");
                }
                self.contained(element.tag, |writer| writer.blocks(&node.children));
                self.end_tag(element.tag);
                self.push("\n");
            }
            NodeKind::Directive(directive) => {
                self.push("<p class=\"missing\" data-decoration>");
                self.text(&directive.raw);
                self.push("</p>\n");
            }
            _ => self.blocks(&node.children),
        }
    }

    /// A block in a line of text, such as a video, ends the paragraph: HTML allows none in it.
    fn paragraph(&mut self, inlines: &[Node]) {
        let end = inlines.iter().position(holds_block).unwrap_or(inlines.len());
        let (line, rest) = inlines.split_at(end);
        if rest.is_empty() || !line.is_empty() {
            self.push("<p>");
            if self.contained("p", |writer| writer.inlines(line)) {
                self.push("</p>\n");
            }
        }
        self.contained("", |writer| writer.blocks(rest));
    }

    fn container(&mut self, open: &str, name: &'static str, node: &Node) {
        self.push(open);
        self.contained(name, |writer| writer.blocks(&node.children));
        self.end_tag(name);
        self.push("\n");
    }

    /// Whether a heading has a link to itself: the first is the title of the page, and links do not nest.
    fn has_anchor(&self, level: u8) -> bool {
        level > 1 && !self.is_in(&["a", "summary"])
    }

    fn heading(&mut self, level: u8, slug: &str, node: &Node) {
        let own = heading::own_id(&node.children);
        let automatic = self.ids.claim(slug.to_owned());
        let id = match own {
            Some(own) => self.ids.claim_own(own, automatic),
            None => automatic,
        };
        let has_anchor = self.has_anchor(level);
        if has_anchor {
            self.push("<div class=\"heading ");
            self.push(heading_tag(level));
            self.push("\">");
        }
        self.push("<");
        self.push(heading_tag(level));
        self.attribute("id", &id);
        self.push(">");
        let inlines = if own.is_some() { &node.children[2..] } else { &node.children };
        self.contained(heading_tag(level), |writer| writer.inlines(inlines));
        self.end_tag(heading_tag(level));
        let text = HeadingText::of(inlines, self.raw_html);
        if has_anchor {
            self.push("<a class=\"anchor\" href=\"#");
            self.push(&path::encode_path(&id));
            self.push("\" aria-label=\"Link to this section: ");
            self.heading_text(&text, node);
            self.push("\" data-decoration></a></div>");
        }
        self.push("\n");
        self.body.bookmarks.push(id.as_str().into());
        let HeadingText { text, references, .. } = text;
        self.body.headings.push(Heading { level, id: id.into(), text: text.into(), references: references.into() });
    }

    fn code_block(&mut self, block: &CodeBlock, node: &Node) {
        self.code_blocks += 1;
        let language = block.language();
        let known = language::find(&block.info);
        self.push("<div class=\"code-block\">\n");
        let mut label = format!("Code {}", self.code_blocks);
        if !language.is_empty() {
            let name = known.map_or(language, |known| known.label);
            self.push("<div class=\"code-label\" data-decoration>");
            self.text(name);
            self.push("</div>\n");
            label.push_str(": ");
            label.push_str(name);
        }
        self.push("<pre tabindex=\"0\" role=\"region\"");
        self.attribute("aria-label", &label);
        self.push("><code");
        if !language.is_empty() {
            self.push(" class=\"lang-");
            self.text(language);
            self.push("\"");
        }
        self.code_attributes(block);
        self.push(">");
        let start = self.place();
        for child in &node.children {
            if let NodeKind::Text(text) = &child.kind {
                self.code_text(text, &block.highlight);
            }
        }
        let end = self.place();
        self.body.code.extend(known.map(|language| CodeSpan { start, end, language }));
        self.push("</code></pre>\n</div>\n");
    }

    fn code_text(&mut self, text: &str, highlight: &[LineRange]) {
        for (stretch, stands_out) in stretches(text, highlight) {
            self.push(if stands_out { "<mark>" } else { "" });
            self.text(stretch);
            self.push(if stands_out { "</mark>" } else { "" });
        }
    }

    /// What scripts may want to know of a code block, as docfx names it.
    fn code_attributes(&mut self, block: &CodeBlock) {
        if block.is_interactive() {
            self.attribute("data-interactive", block.language());
        }
        for (name, value) in [("data-interactive-mode", &block.interactive), ("title", &block.title)] {
            if !value.is_empty() {
                self.attribute(name, value);
            }
        }
    }

    fn table(&mut self, alignments: &[Alignment], node: &Node) {
        self.table_start();
        self.push("<table>\n");
        let mut in_body = false;
        for row in &node.children {
            let is_head = row.kind == NodeKind::TableHead;
            if is_head {
                self.push("<thead>\n");
            } else if !in_body {
                self.push("<tbody>\n");
                in_body = true;
            }
            self.row(alignments, row, is_head);
            if is_head {
                self.push("</thead>\n");
            }
        }
        if in_body {
            self.push("</tbody>\n");
        }
        self.push("</table>\n</div>\n");
    }

    /// Opens the region in which a table scrolls.
    pub(super) fn table_start(&mut self) {
        self.tables += 1;
        let label = format!("Table {}", self.tables);
        self.push("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\"");
        self.attribute("aria-label", &label);
        self.push(">\n");
    }

    fn row(&mut self, alignments: &[Alignment], row: &Node, is_head: bool) {
        self.push("<tr>\n");
        for (column, cell) in row.children.iter().enumerate() {
            self.push(if is_head { "<th scope=\"col\"" } else { "<td" });
            self.push(match alignments.get(column) {
                Some(Alignment::Left) => " class=\"text-start\">",
                Some(Alignment::Center) => " class=\"text-center\">",
                Some(Alignment::Right) => " class=\"text-end\">",
                Some(Alignment::None) | None => ">",
            });
            self.contained("td", |writer| writer.blocks(&cell.children));
            self.push(if is_head { "</th>\n" } else { "</td>\n" });
        }
        self.push("</tr>\n");
    }

    fn callout(&mut self, callout: &Callout, node: &Node) {
        let (title, icon) = callout_title(&callout.kind);
        self.push("<div");
        self.attribute("class", &callout.class);
        self.push(" role=\"note\">\n<p class=\"callout-title\" data-decoration>");
        self.push("<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" aria-hidden=\"true\">");
        self.push(icon);
        self.push("</svg>");
        self.text(title.unwrap_or(&callout.kind));
        self.push("</p>\n");
        self.contained("div", |writer| writer.blocks(&node.children));
        self.push("</div>\n");
    }

    fn condition(&mut self, condition: &Condition, node: &Node) {
        self.push("<div");
        for (name, value) in condition.attributes() {
            self.attribute(name, &value);
        }
        self.push(">\n");
        if let Some(label) = condition.label() {
            self.push("<p class=\"zone-label\" data-decoration>");
            self.text(&label);
            self.push("</p>\n");
        }
        self.contained("div", |writer| writer.blocks(&node.children));
        self.push("</div>\n");
    }
}

fn holds_block(node: &Node) -> bool {
    node.is_block() || node.children.iter().any(holds_block)
}

fn heading_tag(level: u8) -> &'static str {
    ["h1", "h2", "h3", "h4", "h5"].get(usize::from(level).saturating_sub(1)).unwrap_or(&"h6")
}

/// The name of a callout as readers see it, and its icon.
fn callout_title(kind: &str) -> (Option<&'static str>, &'static str) {
    match kind {
        "TIP" => {
            (Some("Tip"), "<path d=\"M9 18h6M10 21h4M8.5 14.5a6 6 0 1 1 7 0c-.6.5-1 1.2-1 2h-5c0-.8-.4-1.5-1-2z\"/>")
        }
        "IMPORTANT" => (Some("Important"), "<path d=\"M4 4h16v12h-8l-5 4v-4H4zM12 7v4M12 13v.5\"/>"),
        "WARNING" => (Some("Warning"), "<path d=\"M12 3.5 2.5 20h19zM12 10v4.5M12 17v.5\"/>"),
        "CAUTION" => (Some("Caution"), "<path d=\"M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v4.5M12 15.5v.5\"/>"),
        "NOTE" => (Some("Note"), NOTE),
        _ => (None, NOTE),
    }
}

const NOTE: &str = "<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M12 11v5M12 7.5v.5\"/>";
