// Tabs and selectors. A page that has some loads this before it is painted, so that nothing moves when they are made.
"use strict";
{
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  // Without the original that stands beside a translation.
  function shownText(node) {
    const copy = node.cloneNode(true);
    all(".sxs-lookup", copy).forEach((original) => original.remove());
    return copy.textContent.trim();
  }

  // Tabs. `wanted` are the ids that the reader chose, the latest first: those of the address, then those kept.
  const list = (ids) => ids ? ids.split(",") : [];
  let wanted = list(new URLSearchParams(location.search).get("tabs"));
  try {
    wanted.push(...list(localStorage.getItem("tabs")));
  } catch {
    // Each page begins anew.
  }
  const groupOf = (tab) => tab.closest(".tabGroup");
  const tabsOf = (group) => all(":scope > .tab-list > li > a", group);
  const idsOf = (tab) => tab.dataset.tab.split("+");
  const rank = (tab) => Math.min(...idsOf(tab).map((id) => wanted.indexOf(id) + 1 || Infinity));

  function mark(tab, isChosen, isShown) {
    const id = tab.hash.slice(1), panel = document.getElementById(id), row = tab.parentElement;
    row.parentElement.role = "tablist";
    Object.assign(row, { role: "presentation", hidden: !isShown });
    Object.assign(tab, { role: "tab", id: id + ":tab", ariaSelected: isChosen, tabIndex: isChosen ? 0 : -1 });
    tab.setAttribute("aria-controls", id);
    if (!panel) return;
    Object.assign(panel, { role: "tabpanel", tabIndex: isChosen ? 0 : -1, ariaHidden: isChosen ? null : true });
    panel.setAttribute("aria-labelledby", tab.id);
    // The browser's search and links still find what is there: see `beforematch`.
    if (isChosen) panel.removeAttribute("hidden"); else panel.setAttribute("hidden", "until-found");
  }

  // Shows in each group the tab that is wanted most, of those whose condition an earlier group meets.
  function show() {
    const chosen = new Set();
    all(".tabGroup").forEach((group) => {
      const tabs = tabsOf(group), shown = tabs.filter(({ dataset: { condition } }) => !condition || chosen.has(condition));
      const best = shown.reduce((best, tab) => rank(tab) < rank(best) ? tab : best, shown[0]);
      tabs.forEach((tab) => mark(tab, tab === best, shown.includes(tab)));
      group.hidden = !best;
      if (best) idsOf(best).forEach((id) => chosen.add(id));
    });
  }
  function choose(tab) {
    const others = tabsOf(groupOf(tab)).flatMap(idsOf);
    wanted = [...idsOf(tab), ...list(tab.dataset.condition), ...wanted.filter((id) => !others.includes(id))].slice(0, 64);
    show();
  }

  // What the reader chooses is kept, and told in the address. The tab stays where it is in the window.
  function press(tab) {
    const { body } = document, before = tab.getBoundingClientRect().top;
    body.style.minBlockSize = "";
    choose(tab);
    const top = scrollY + tab.getBoundingClientRect().top - before, end = top + innerHeight;
    if (end > body.offsetHeight) body.style.minBlockSize = end + "px";
    scrollTo({ top, behavior: "instant" });
    const ids = all("li:not([hidden]) > [role=tab][aria-selected=true]").map(idsOf);
    const url = new URL(location);
    url.searchParams.delete("tabs");
    url.search += `${url.search && "&"}tabs=${[...new Set(ids.map((ids) => ids.find((id) => wanted.includes(id)) || ids[0]))]}`;
    try {
      localStorage.setItem("tabs", wanted);
    } catch {
      // The choice holds for this page.
    }
    try {
      history.replaceState(history.state, "", url);
    } catch {
      // A browser may not allow it for files.
    }
  }
  const tabAt = ({ target, altKey, ctrlKey, metaKey, shiftKey }) => !(altKey || ctrlKey || metaKey || shiftKey) && target.closest("[role=tab]");
  document.addEventListener("click", (event) => {
    const tab = tabAt(event);
    if (!tab) return;
    event.preventDefault();
    press(tab);
  });
  document.addEventListener("keydown", (event) => {
    const tab = tabAt(event);
    if (!tab) return;
    const tabs = tabsOf(groupOf(tab)).filter((tab) => !tab.parentElement.hidden), at = tabs.indexOf(tab);
    const step = getComputedStyle(tab).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: -1, " ": at }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs.at(to % tabs.length);
    next.focus({ preventScroll: true });
    press(next);
  });

  // Opens the panels that hide an element; says whether there were any.
  function open(element) {
    const panel = element && element.closest(".tabGroup > section");
    if (!panel) return false;
    const isHidden = panel.hidden;
    if (isHidden) choose(tabsOf(panel.parentElement).find((tab) => tab.hash === "#" + panel.id));
    return open(panel.parentElement) || isHidden;
  }
  function target() {
    try {
      const id = decodeURIComponent(location.hash.slice(1));
      return document.getElementById(id) || document.getElementsByName(id)[0];
    } catch {
      // It names nothing.
    }
  }
  document.addEventListener("beforematch", (event) => open(event.target));
  addEventListener("hashchange", () => { if (open(target())) target().scrollIntoView(); });

  // Selectors: a list of links becomes a field, or one for each part of `A | B`, that leads to the article chosen.
  function selector(division) {
    const list = division.querySelector("ul"), isMulti = division.matches(".op_multi_selector");
    if (!list) return;
    const rows = all("a:not(.sxs-lookup a)", list).map((link) => {
      const text = shownText(link);
      return { link, parts: isMulti ? text.replace(/^\(|\)$/g, "").split("|").map((part) => part.trim()) : [text] };
    });
    const current = rows.find(({ link }) => link.ariaCurrent), fields = make("div", { className: "selector" });
    const agrees = (row, from, to) => !current || current.parts.slice(from, to).every((part, at) => row.parts[from + at] === part);
    (current || rows[0] || { parts: [] }).parts.forEach((_, at) => {
      const below = rows.filter((row) => agrees(row, 0, at)), chosen = current && current.parts[at];
      const select = make("select", { autocomplete: "off", title: "Enter opens the article" });
      if (!current) select.add(new Option("Choose", ""));
      new Set(below.map((row) => row.parts[at])).forEach((name) => select.add(new Option(name, name, false, name === chosen)));
      const go = () => {
        const fits = below.filter((row) => row.parts[at] === select.value);
        const row = fits.find((row) => agrees(row, at + 1)) || fits[0];
        if (row && row !== current) location.assign(row.link.href);
      };
      // Arrow keys in a closed field only choose.
      let key = "";
      select.onpointerdown = () => { key = ""; };
      select.onkeydown = (event) => {
        key = event.key.trim();
        if (key !== "Enter" || select.value === chosen) return;
        event.preventDefault();
        go();
      };
      select.onchange = () => { if (!key || key === "Enter") go(); };
      const label = make("label", { textContent: division.dataset["title" + (at + 1)] || (isMulti ? "Choice " + (at + 1) : "Article for") });
      label.append(select);
      fields.append(label);
    });
    const old = division.querySelector(".selector");
    if (old) old.replaceWith(fields); else list.before(fields);
    list.hidden = true;
  }

  // While the page is read: what is there is made before it is painted, and what the address names is opened.
  let isOpened = false;
  const selectors = () => all(".op_single_selector, .op_multi_selector").forEach(selector);
  function build() {
    show();
    isOpened ||= open(target());
    selectors();
    reader.takeRecords();
  }
  const reader = new MutationObserver(build);
  reader.observe(document, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => { build(); reader.disconnect(); });
  // A page that comes back from the browser's memory shows itself as chosen again.
  addEventListener("pageshow", selectors);
}
