// What a page can do beyond being read. Everything here is an addition: without it all text and links are there.
(function () {
  "use strict";
  var root = document.documentElement;
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };
  var make = function (tag, properties) { return Object.assign(document.createElement(tag), properties); };

  var status = make("div", { className: "visually-hidden" });
  status.setAttribute("role", "status");
  document.body.append(status);

  // Theme: the system's, light, dark; kept where storage is allowed.
  function themeSwitch(button) {
    var order = ["system", "light", "dark"];
    var current = function () { return root.dataset.theme || "system"; };
    var next = function () { return order[(order.indexOf(current()) + 1) % order.length]; };
    var label = function () { button.title = "Theme: " + current() + " (switch to " + next() + ")"; button.lastChild.textContent = button.title; };
    button.addEventListener("click", function () {
      var theme = next();
      if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
      try {
        if (theme === "system") localStorage.removeItem("theme"); else localStorage.setItem("theme", theme);
      } catch (blocked) { /* The choice holds for this page. */ }
      label();
      status.textContent = "Theme: " + theme;
    });
    label();
  }

  // Code: a button that copies what is to be typed, so without prompts.
  var prompts = /^(?:lang-)?(?:bash|sh|shell|console|azurecli|powershell|pwsh|cmd|dos)$/i;
  function codeText(code) {
    var text = code.textContent.replace(/\n$/, "");
    return prompts.test(code.className.split(" ")[0]) ? text.replace(/^(?:\$|PS(?: [^>\n]*)?>|[A-Z]:\\[^>\n]*>) ?/gm, "") : text;
  }
  function copyByHand(text) {
    var area = make("textarea", { value: text, className: "visually-hidden" });
    document.body.append(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject();
  }
  function copyButton(block) {
    var code = block.querySelector("pre");
    if (!code) return;
    var button = make("button", { type: "button", className: "control copy", textContent: "Copy" });
    button.addEventListener("click", function () {
      var text = codeText(code.querySelector("code") || code);
      var say = function (word) {
        button.textContent = status.textContent = word;
        setTimeout(function () { button.textContent = "Copy"; status.textContent = ""; }, 2000);
      };
      var copied = navigator.clipboard ? navigator.clipboard.writeText(text).catch(function () { return copyByHand(text); }) : copyByHand(text);
      copied.then(function () { say("Copied"); }, function () { say("Not copied"); });
    });
    block.append(button);
  }

  // Regions that fit need no tab stop and no landmark; those that scroll keep both.
  function regions() {
    var names = new WeakMap();
    var observer = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) {
        var region = entry.target;
        var scrolls = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
        if (scrolls) {
          region.tabIndex = 0;
          region.setAttribute("role", "region");
          region.setAttribute("aria-label", names.get(region));
        } else if (region !== document.activeElement) {
          ["tabindex", "role", "aria-label"].forEach(function (name) { region.removeAttribute(name); });
        }
      });
    });
    all("[role=region][tabindex]").forEach(function (region) {
      names.set(region, region.getAttribute("aria-label"));
      observer.observe(region);
    });
  }

  // In this article: marks the last heading that has passed the upper third of the window.
  function outline(nav) {
    var details = nav.querySelector("details"), wide = matchMedia("(min-width: 80rem)");
    // Styles alone show the list in a wide window; open, it is also told as open, and older browsers show it.
    var unfold = function () { details.open = wide.matches; };
    unfold();
    wide.addEventListener("change", unfold);
    details.addEventListener("click", function (event) {
      if (event.target.closest("a") && !wide.matches) details.open = false;
    });
    var links = all("a", nav);
    var above = new Map();
    var headings = links.map(function (link) { return document.getElementById(link.getAttribute("href").slice(1)); });
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) { above.set(entry.target, entry.isIntersecting); });
      var last = -1;
      headings.forEach(function (heading, at) { if (heading && above.get(heading)) last = at; });
      links.forEach(function (link, at) {
        if (at === last) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      });
    }, { rootMargin: "9999999px 0px -67% 0px" });
    headings.forEach(function (heading) { if (heading) observer.observe(heading); });
  }

  // The tree: its current entry in view, a filter, and the entries that the page leaves out. Those come from
  // assets/toc/ID.js, a call of rectoToc(id, [[title, href from the site's root, is expanded, [children]], ..]);
  // a script and no fetched data, so that it also loads from a folder on disk.
  function tree(panel) {
    var list = panel.querySelector(".tree");
    if (!list) return;
    var id = panel.dataset.toc, whole = !id, waiting = [];

    function reveal() {
      var current = list.querySelector('[aria-current="page"]');
      if (!current) return;
      var box = panel.getBoundingClientRect(), row = current.getBoundingClientRect();
      // A row at the very edge does not show what surrounds it.
      var edge = Math.min(96, box.height / 4);
      if (row.top < box.top + edge || row.bottom > box.bottom - edge) panel.scrollTop += row.top - box.top - box.height / 3;
    }
    var url = function (href) { return /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(href) ? href : panel.dataset.root + href; };

    function rows(nodes) {
      var ul = make("ul", {});
      nodes.forEach(function (node) {
        var li = make("li", {}), children = node[3] || [];
        if (node[1]) li.append(make("a", { href: url(node[1]), textContent: node[0] }));
        else if (!children.length) li.append(make("span", { textContent: node[0] }));
        if (children.length) branch(li, node);
        ul.append(li);
      });
      return ul;
    }
    // Rows below a closed entry are made when it opens: a large tree costs what is looked at.
    function branch(li, node) {
      var details = make("details", {}), summary = make("summary", {});
      if (li.querySelector("a")) {
        li.className = "branch";
        summary.setAttribute("aria-label", "Below: " + node[0]);
      } else summary.textContent = node[0];
      var fill = function () { if (!details.querySelector("ul")) details.append(rows(node[3])); };
      details.append(summary);
      summary.addEventListener("click", fill);
      details.addEventListener("toggle", fill);
      if (node[2]) { fill(); details.open = true; }
      li.append(details);
    }
    // Entries of the page and of the data come in the same order; what the page leaves out is put between.
    function complete(ul, nodes) {
      var at = 0, add = function (to, place) { Array.prototype.slice.call(rows(nodes.slice(at, to)).children).forEach(place); };
      Array.prototype.slice.call(ul.children).forEach(function (li) {
        var name = li.querySelector(":scope > a, :scope > span, :scope > details > summary").textContent, here = at;
        while (here < nodes.length && nodes[here][0] !== name) here++;
        if (here === nodes.length) return;
        add(here, function (row) { li.before(row); });
        at = here + 1;
        var node = nodes[here], inner = li.querySelector(":scope > details > ul");
        if (inner) complete(inner, node[3]);
        else if (li.classList.contains("more")) { li.classList.remove("more"); branch(li, node); }
      });
      add(nodes.length, function (row) { ul.append(row); });
    }
    var data = null;
    window.rectoToc = function (name, nodes) {
      if (name !== id || data) return;
      data = nodes;
      complete(list, nodes);
      waiting.splice(0).forEach(function (then) { then(); });
    };
    function load(then) {
      if (whole || data) return then && then();
      if (then) waiting.push(then);
      if (panel.dataset.loading) return;
      panel.dataset.loading = "yes";
      var script = make("script", { src: panel.dataset.root + "assets/toc/" + id + ".js" });
      // Without the data the filter still works on the entries that are here.
      script.onerror = function () { whole = true; waiting.splice(0).forEach(function (then) { then(); }); };
      document.head.append(script);
    }

    // A tree that is all here is filtered where it stands; of a large one only what is found is built.
    function entries() {
      var title = function (li) { var name = li.querySelector(":scope > a, :scope > span, :scope > details > summary"); return name ? name.textContent.toLowerCase() : ""; };
      return all("li", list).map(function (li) { return { li: li, title: title(li) }; });
    }
    var index = null, opened = null, found = make("p", { className: "tree-note", hidden: true });
    function filterWhole(words) {
      index = index || entries();
      opened = opened || all("details", list).filter(function (details) { return details.open; });
      var keep = new Set(), count = 0;
      index.forEach(function (entry) {
        if (!words.every(function (word) { return entry.title.indexOf(word) >= 0; })) return;
        count++;
        for (var li = entry.li; li && !keep.has(li); li = li.parentElement.closest("li")) keep.add(li);
      });
      index.forEach(function (entry) { entry.li.hidden = !keep.has(entry.li); });
      all("details", list).forEach(function (details) { details.open = true; });
      return count;
    }
    var results = null, limit = 200;
    function filterData(words) {
      var count = 0;
      var pick = function (nodes) {
        return nodes.reduce(function (kept, node) {
          var title = node[0].toLowerCase(), hit = words.every(function (word) { return title.indexOf(word) >= 0; });
          if (hit) count++;
          var here = hit && count <= limit, below = pick(node[3] || []);
          if (here || below.length) kept.push([node[0], node[1], 1, below]);
          return kept;
        }, []);
      };
      var shown = rows(pick(data));
      shown.className = "tree";
      if (results) results.replaceWith(shown); else list.after(shown);
      results = shown;
      list.hidden = true;
      return count;
    }
    function clear() {
      list.hidden = false;
      found.hidden = true;
      if (results) { results.remove(); results = null; }
      if (opened) {
        index.forEach(function (entry) { entry.li.hidden = false; });
        all("details", list).forEach(function (details) { details.open = opened.indexOf(details) >= 0; });
        opened = null;
        reveal();
      }
    }
    var input = panel.querySelector(".filter input");
    function filter() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      if (!words.length) { clear(); status.textContent = ""; return; }
      var count = data ? filterData(words) : filterWhole(words);
      found.hidden = count > 0 && !(data && count > limit);
      found.textContent = count ? "The first " + limit + " of " + count + " entries" : "No entry has these words in its title";
      status.textContent = count === 1 ? "1 entry" : count + " entries";
    }
    if (input) {
      input.closest(".filter").after(found);
      input.addEventListener("input", function () { load(filter); });
      input.addEventListener("keydown", function (event) {
        if (event.key !== "Escape" || !input.value) return;
        event.preventDefault();
        input.value = "";
        filter();
      });
    }
    panel.addEventListener("focusin", function () { load(); }, { once: true });
    panel.addEventListener("pointerenter", function () { load(); }, { once: true });
    panel.addEventListener("toggle", function (event) { if (event.newState === "open") { load(); reveal(); } });
    reveal();
  }

  all("[data-theme-switch]").forEach(themeSwitch);
  all(".code-block").forEach(copyButton);
  if (window.ResizeObserver) regions();
  all(".outline").forEach(outline);
  all(".tree-panel").forEach(tree);
})();
