// What a page can do beyond being read. Everything here is an addition: without it all text and links are there.
"use strict";
{
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  const status = make("div", { className: "visually-hidden", role: "status" });
  document.body.append(status);

  // Theme: the system's, light, dark; kept where storage is allowed.
  function themeSwitch(button) {
    const order = ["system", "light", "dark"];
    const current = () => root.dataset.theme || "system";
    const next = () => order[(order.indexOf(current()) + 1) % 3];
    const label = () => { button.title = button.lastChild.textContent = `Theme: ${current()} (switch to ${next()})`; };
    button.onclick = () => {
      const theme = next();
      if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
      try {
        localStorage.setItem("theme", theme);
      } catch {
        // The choice holds for this page.
      }
      label();
      status.textContent = "Theme: " + theme;
    };
    label();
  }

  // Code: a button that copies what is to be typed, so without prompts.
  const prompts = /^(?:lang-)?(?:bash|sh|shell|console|azurecli|powershell|pwsh|cmd|dos)$/i;
  function codeText(code) {
    const text = code.textContent.replace(/\n$/, "");
    return prompts.test(code.className.split(" ")[0]) ? text.replace(/^(?:\$|PS(?: [^>\n]*)?>|[A-Z]:\\[^>\n]*>) ?/gm, "") : text;
  }
  function copyByHand(text) {
    const area = make("textarea", { value: text, className: "visually-hidden" });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw done;
  }
  function copyButton(block) {
    const pre = block.querySelector("pre");
    if (!pre) return;
    const button = make("button", { type: "button", className: "control copy", textContent: "Copy" });
    button.onclick = async () => {
      const text = codeText(pre.querySelector("code") || pre);
      let word = "Copied";
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        try { copyByHand(text); } catch { word = "Not copied"; }
      }
      button.textContent = status.textContent = word;
      setTimeout(() => { button.textContent = "Copy"; status.textContent = ""; }, 2000);
    };
    block.append(button);
  }

  // Regions that fit need no tab stop and no landmark; those that scroll keep both.
  function regions() {
    const names = new Map();
    const observer = new ResizeObserver((entries) => entries.forEach(({ target: region }) => {
      if (region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight) {
        region.tabIndex = 0;
        region.role = "region";
        region.ariaLabel = names.get(region);
      } else if (region !== document.activeElement) {
        ["tabindex", "role", "aria-label"].forEach((name) => region.removeAttribute(name));
      }
    }));
    all("[role=region][tabindex]").forEach((region) => {
      names.set(region, region.ariaLabel);
      observer.observe(region);
    });
  }

  // In this article: marks the last heading that has passed the upper third of the window.
  function outline(nav) {
    const details = nav.querySelector("details"), wide = matchMedia("(min-width: 80rem)");
    // Styles alone show the list in a wide window; open, it is also told as open, and older browsers show it.
    const unfold = () => { details.open = wide.matches; };
    unfold();
    wide.onchange = unfold;
    details.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) details.open = false; });
    const links = all("a", nav), above = new Map();
    const headings = links.map((link) => document.getElementById(link.getAttribute("href").slice(1)));
    const observer = new IntersectionObserver((entries) => {
      entries.forEach((entry) => above.set(entry.target, entry.isIntersecting));
      const last = headings.findLast((heading) => above.get(heading));
      links.forEach((link, at) => {
        if (last && headings[at] === last) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      });
    }, { rootMargin: "9999999px 0px -67% 0px" });
    headings.forEach((heading) => heading && observer.observe(heading));
  }

  // Videos: a press loads the player above the link. Where the site's policy forbids that, the link is followed.
  function video(link) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || link.previousElementSibling) return;
      event.preventDefault();
      const isFile = /\.(mp4|m4v|webm|ogv|mov)$/i.test(link.pathname);
      const frame = make(isFile ? "video" : "iframe", { src: link.href, title: link.querySelector(".video-title").textContent });
      if (isFile) frame.controls = frame.autoplay = true; else frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      const refused = (violation) => {
        if (!/^(frame|child|media|default)-src/.test(violation.effectiveDirective)) return;
        document.removeEventListener("securitypolicyviolation", refused);
        frame.remove();
        location.assign(link.href);
      };
      document.addEventListener("securitypolicyviolation", refused);
      link.before(frame);
      frame.focus();
    });
  }

  // The tree: its current entry in view, a filter, and the entries that the page leaves out. Those come from
  // assets/toc/ID.js, a call of rectoToc(id, [[title, href from the site's root, is expanded, [children]], ..]);
  // a script and no fetched data, so that it also loads from a folder on disk.
  function tree(panel) {
    const list = panel.querySelector(".tree");
    if (!list) return;
    const { root: base, toc: id } = panel.dataset, waiting = [];
    const nameOf = (li) => li.querySelector(":scope > a, :scope > span, :scope > details > summary").textContent;
    const below = (li) => li.querySelector(":scope > details > ul");
    let data, script;

    function reveal() {
      const current = list.querySelector("[aria-current=page]");
      if (!current) return;
      const box = panel.getBoundingClientRect(), row = current.getBoundingClientRect();
      // A row at the very edge does not show what surrounds it.
      const edge = Math.min(96, box.height / 4);
      if (row.top < box.top + edge || row.bottom > box.bottom - edge) panel.scrollTop += row.top - box.top - box.height / 3;
    }
    const url = (href) => /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(href) ? href : base + href;

    function rows(nodes) {
      const ul = make("ul");
      nodes.forEach((node) => {
        const [textContent, href, , children, ariaCurrent = null] = node, li = make("li"), isBranch = children && children.length;
        if (href) li.append(make("a", { href: url(href), textContent, ariaCurrent }));
        else if (!isBranch) li.append(make("span", { textContent }));
        if (isBranch) branch(li, node);
        ul.append(li);
      });
      return ul;
    }
    // Rows below a closed entry are made when it opens: a large tree costs what is looked at.
    function branch(li, [title, href, isExpanded, children]) {
      const details = make("details"), summary = make("summary");
      if (href) {
        li.className = "branch";
        summary.ariaLabel = "Below: " + title;
      } else summary.textContent = title;
      const fill = () => below(li) || details.append(rows(children));
      details.append(summary);
      li.append(details);
      summary.onclick = details.ontoggle = fill;
      if (isExpanded) fill();
      details.open = isExpanded;
    }
    // Entries of the page and of the data come in the same order; what the page leaves out is put between.
    function complete(ul, nodes) {
      let at = 0;
      [...ul.children].forEach((li) => {
        const name = nameOf(li), here = nodes.findIndex((node, place) => place >= at && node[0] === name);
        if (here < 0) return;
        li.before(...rows(nodes.slice(at, here)).children);
        at = here + 1;
        if (below(li)) complete(below(li), nodes[here][3]);
        else if (li.classList.contains("more")) { li.classList.remove("more"); branch(li, nodes[here]); }
      });
      ul.append(...rows(nodes.slice(at)).children);
    }
    const read = (ul) => [...ul.children].map((li) => {
      const { href, ariaCurrent } = li.querySelector(":scope > a") || {};
      return [nameOf(li), href, 0, below(li) && read(below(li)), ariaCurrent];
    });
    function use(nodes) {
      data = nodes;
      waiting.splice(0).forEach((then) => then());
    }
    window.rectoToc = (name, nodes) => {
      if (name !== id || data) return;
      complete(list, nodes);
      use(nodes);
    };
    function load(then) {
      if (!id) data ||= read(list);
      if (data) return then();
      waiting.push(then);
      // Without the data the filter still works on the entries that are here.
      const onerror = () => use(read(list));
      if (!script) document.head.append(script = make("script", { src: `${base}assets/toc/${id}.js`, onerror }));
    }

    const input = panel.querySelector(".filter input"), note = make("p", { className: "tree-note", hidden: true });
    let results = note;
    function filter() {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean), limit = 200;
      let count = 0;
      const pick = (nodes) => nodes.flatMap(([title, href, , children, current]) => {
        const here = words.every((word) => title.toLowerCase().includes(word)) && ++count <= limit, inner = pick(children || []);
        return here || inner.length ? [[title, href, true, inner, current]] : [];
      });
      const shown = make("div");
      if (words.length) shown.append(rows(pick(data)));
      if (shown.firstChild) shown.firstChild.className = "tree";
      results.replaceWith(shown);
      shown.append(note);
      results = shown;
      list.hidden = words.length > 0;
      note.hidden = !words.length || (count > 0 && count <= limit);
      note.textContent = count ? `The first ${limit} of ${count} entries` : "No entry has these words in its title";
      status.textContent = words.length ? (count === 1 ? "1 entry" : count + " entries") : "";
    }
    if (input) {
      list.before(note);
      input.oninput = () => load(filter);
      input.onkeydown = (event) => {
        if (event.key !== "Escape" || !input.value) return;
        event.preventDefault();
        input.value = "";
        load(filter);
      };
    }
    const prepare = () => load(() => {});
    panel.addEventListener("focusin", prepare, { once: true });
    panel.addEventListener("pointerenter", prepare, { once: true });
    panel.ontoggle = (event) => { if (event.newState === "open") { prepare(); reveal(); } };
    reveal();
  }

  all("[data-theme-switch]").forEach(themeSwitch);
  all(".code-block").forEach(copyButton);
  regions();
  all(".outline").forEach(outline);
  all(".embeddedvideo > a").forEach(video);
  all(".tree-panel").forEach(tree);
}
