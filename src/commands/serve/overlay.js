// Shows what is wrong with the page and with the site. Only the preview has this script.
//
// All that comes from files is put in as text, never as markup.
(function () {
  "use strict";
  var key = "recto-problems";
  var make = function (tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  var plural = function (count, word) { return count + " " + word + (count === 1 ? "" : "s"); };
  var read = function () { try { return sessionStorage.getItem(key); } catch (blocked) { return null; } };
  var write = function (choice) { try { sessionStorage.setItem(key, choice); } catch (blocked) { /* For this page only. */ } };

  var host = null, panel = null, checked = null;

  function attach() {
    if (host) return;
    host = document.createElement("recto-problems");
    var root = host.attachShadow({ mode: "open" });
    var styles = make("link");
    styles.rel = "stylesheet";
    styles.href = "/-recto/overlay.css";
    panel = make("details", "panel");
    panel.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !panel.open) return;
      panel.open = false;
      panel.querySelector("summary").focus();
    });
    // The toggle event would also tell of what this script opens: only the reader's own choice is kept.
    panel.addEventListener("click", function (event) {
      if (event.target.closest("summary")) write(panel.open ? "closed" : "open");
    });
    root.append(styles, panel);
    document.body.append(host);
  }

  function one(problem) {
    var item = make("li", "problem " + problem.severity);
    var head = make("p", "message");
    head.append(make("strong", "code", problem.severity + "[" + problem.code + "]"), " " + problem.message);
    item.append(head);
    if (problem.file) {
      var place = problem.file + (problem.line ? ":" + problem.line + ":" + problem.column : "");
      item.append(make("p", "place", place));
    }
    if (problem.excerpt) {
      var excerpt = make("pre", "excerpt");
      excerpt.append(problem.excerpt[0], make("mark", "", problem.excerpt[1] || "\u200b"), problem.excerpt[2]);
      item.append(excerpt);
    }
    if (problem.help) item.append(make("p", "help", "help: " + problem.help));
    return item;
  }

  function list(title, problems, leftOut) {
    if (!problems.length) return [];
    var all = make("ul");
    problems.forEach(function (problem) { all.append(one(problem)); });
    if (leftOut) all.append(make("li", "more", "and " + leftOut + " more; the terminal and `recto check` have them all"));
    return [make("h2", "", title), all];
  }

  function label(found) {
    if (found.trouble) return "The theme is broken";
    var counts = [];
    if (found.errors) counts.push(plural(found.errors, "error"));
    if (found.warnings) counts.push(plural(found.warnings, "warning"));
    var here = found.page.length ? found.page.length + " on this page" : "none on this page";
    return counts.join(", ") + " (" + here + ")";
  }

  function show(found) {
    if (!found.trouble && !found.page.length && !found.others.length) {
      if (host) host.remove();
      host = panel = null;
      return;
    }
    attach();
    var isGrave = found.trouble || found.page.some(function (problem) { return problem.severity === "error"; });
    var choice = read();
    var focused = host.shadowRoot.activeElement;
    var summary = panel.querySelector("summary") || make("summary");
    summary.textContent = label(found);
    var body = make("div", "body");
    body.tabIndex = 0;
    body.setAttribute("role", "region");
    body.setAttribute("aria-label", "Problems");
    if (found.trouble) body.append(make("pre", "excerpt", found.trouble));
    body.append.apply(body, list("On this page", found.page, 0));
    body.append.apply(body, list("Elsewhere", found.others, found.left_out));
    var scroll = panel.querySelector(".body") ? panel.querySelector(".body").scrollTop : 0;
    panel.replaceChildren(summary, body);
    panel.dataset.grave = isGrave ? "yes" : "no";
    panel.open = choice ? choice === "open" : Boolean(isGrave);
    body.scrollTop = scroll;
    if (focused === summary) summary.focus();
  }

  function ask() {
    fetch("/-recto/problems?page=" + encodeURIComponent(location.pathname), { cache: "no-store" })
      .then(function (answer) { return answer.json(); })
      .then(show)
      .catch(function () { /* The server is gone; its next event asks again. */ });
  }
  document.addEventListener("recto:pulse", function (event) {
    if (event.detail.checked === checked) return;
    checked = event.detail.checked;
    ask();
  });
})();
