// Runs before the first paint, so that the chosen theme never flashes; recto.js holds the switch.
(function (root) {
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (blocked) {
    // Without storage the system's theme applies.
  }
})(document.documentElement);
