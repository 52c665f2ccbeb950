//! Tabs. Without script all panels stand one under the other, each with its title; the list of tabs leads to them.

use crate::markdown::html::Writer;
use crate::markdown::html::heading_text::HeadingText;
use crate::markdown::tree::{Node, NodeKind, Tab};

impl Writer {
    /// Writes a group of tabs; its ids are numbered over the whole page.
    pub(super) fn tab_group(&mut self, group: &Node) {
        self.tab_groups += 1;
        let panels: Vec<(&Tab, String, &Node)> = group.children.iter().filter_map(|node| self.panel(node)).collect();
        let id = self.ids.claim(format!("tabgroup_{}", self.tab_groups));
        // Links do not nest: in one the panels stand alone.
        let has_list = self.make_room("a");
        self.push(&format!("<div class=\"tabGroup\" id=\"{id}\">\n"));
        if has_list {
            self.tab_list(&panels);
        }
        for (tab, id, node) in panels {
            self.push("<section");
            self.attribute("id", &id);
            self.tab_attributes(tab);
            self.push(">\n");
            self.tab_title(tab, node);
            self.contained("section", |writer| writer.blocks(&node.children[1..]));
            self.push("</section>\n");
            self.body.bookmarks.push(id.into());
        }
        self.push("</div>\n");
        for tab in &group.children {
            if let NodeKind::Tab(kind) = &tab.kind {
                let name = self.name_of(tab);
                self.tab_names.extend(kind.ids.iter().map(|id| (id.clone(), name.as_str().into())));
            }
        }
    }

    /// Writes the list of links to the panels.
    fn tab_list(&mut self, panels: &[(&Tab, String, &Node)]) {
        self.push("<ul class=\"tab-list\" data-decoration>\n");
        for (tab, id, node) in panels {
            self.push("<li><a");
            self.attribute("href", &format!("#{id}"));
            self.tab_attributes(tab);
            self.push(">");
            let name = self.name_of(node);
            self.text(&name);
            self.tab_condition(tab);
            self.push("</a></li>\n");
        }
        self.push("</ul>\n");
    }

    /// A tab, the unique id of its panel, and its node, whose first child is its title.
    fn panel<'n>(&mut self, node: &'n Node) -> Option<(&'n Tab, String, &'n Node)> {
        let (NodeKind::Tab(tab), NodeKind::TabTitle(slug)) = (&node.kind, &node.children.first()?.kind) else {
            return None;
        };
        // The heading that the author wrote takes its id, as docfx does, though nothing on the page shows it.
        self.ids.claim(slug.to_string());
        let condition = tab.condition.as_deref().map_or(String::new(), |condition| format!("_{condition}"));
        let id = format!("tabpanel_{}_{}{condition}", self.tab_groups, tab.ids.join("-"));
        Some((tab, self.ids.claim(id), node))
    }

    fn tab_attributes(&mut self, tab: &Tab) {
        self.attribute("data-tab", &tab.ids.join("+"));
        if let Some(condition) = &tab.condition {
            self.attribute("data-condition", condition);
        }
    }

    fn tab_title(&mut self, tab: &Tab, node: &Node) {
        self.push("<p class=\"tab-title\" data-decoration>");
        // Nothing in the title may end its paragraph.
        self.contained("p", |writer| {
            writer.contained("", |writer| writer.inlines(&node.children[0].children));
        });
        self.tab_condition(tab);
        self.push("</p>\n");
    }

    /// Names the tab that a tab depends on: without script those of all conditions are shown.
    fn tab_condition(&mut self, tab: &Tab) {
        if let Some(condition) = &tab.condition {
            let name = self.tab_names.get(condition).unwrap_or(condition).clone();
            self.push("<span class=\"tab-condition\"> (");
            self.text(&name);
            self.push(")</span>");
        }
    }

    /// What a tab is called, as plain text.
    fn name_of(&self, tab: &Node) -> String {
        HeadingText::of(&tab.children[..1], self.raw_html).text
    }
}
