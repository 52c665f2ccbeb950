// Shows a page anew when it changed, where the reader stands. Only the preview has this script.
(function () {
  "use strict";
  var shown = document.currentScript.dataset.state;
  var key = "recto-place:" + location.pathname;
  var folds = function () { return Array.prototype.slice.call(document.querySelectorAll("main details")); };

  // The place is kept over the reload: browsers do so too, but not all, and not before images have their size.
  function keep() {
    var place = { x: scrollX, y: scrollY, open: folds().map(function (fold) { return fold.open; }) };
    try { sessionStorage.setItem(key, JSON.stringify(place)); } catch (blocked) { /* The browser does what it can. */ }
  }
  function takeUp() {
    var place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
    } catch (blocked) { /* As above. */ }
    if (!place) return;
    var all = folds();
    if (all.length === place.open.length) all.forEach(function (fold, at) { fold.open = place.open[at]; });
    var go = function () { scrollTo({ left: place.x, top: place.y, behavior: "instant" }); };
    var moved = false;
    ["wheel", "touchmove", "keydown", "pointerdown"].forEach(function (name) {
      addEventListener(name, function () { moved = true; }, { once: true, passive: true });
    });
    go();
    addEventListener("load", function () { if (!moved) go(); });
  }
  takeUp();

  // A reload would take the place of the page that a reader just chose. Mail links and downloads leave the page where
  // it is, so it looks again after a while.
  var leaving = null;
  addEventListener("beforeunload", function () {
    clearTimeout(leaving);
    leaving = setTimeout(stay, 5000);
  });
  function stay() {
    clearTimeout(leaving);
    leaving = null;
    look();
  }

  // What the server has for this address is asked for; only another state than the one shown is worth a reload.
  var version = null, asking = false, again = false;
  function look() {
    if (asking) { again = true; return; }
    asking = true;
    fetch(location.href, { method: "HEAD", cache: "no-store" }).then(function (answer) {
      var state = answer.headers.get("recto-state");
      if (state && state !== shown && !leaving) {
        keep();
        location.reload();
      }
    }).catch(function () { /* The server is gone; its next event asks again. */ }).then(function () {
      asking = false;
      if (again) { again = false; look(); }
    });
  }

  // A hidden tab hears nothing: browsers open few connections to one host. It looks when it is seen again.
  var stream = null;
  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource("/-recto/events");
    stream.onmessage = function (event) {
      var pulse = JSON.parse(event.data);
      if (pulse.version !== version) look();
      version = pulse.version;
      document.dispatchEvent(new CustomEvent("recto:pulse", { detail: pulse }));
    };
    stream.onopen = function () { version = null; };
    stream.onerror = function () {
      // Browsers give up on some errors; a server that starts anew is worth another try.
      if (stream && stream.readyState === EventSource.CLOSED) { hush(); setTimeout(listen, 1000); }
    };
  }
  function hush() {
    if (stream) stream.close();
    stream = null;
  }
  document.addEventListener("visibilitychange", function () { if (document.hidden) hush(); else listen(); });
  addEventListener("pagehide", hush);
  addEventListener("pageshow", function (event) {
    if (event.persisted) stay();
    listen();
  });
  listen();
})();
