// Sets the theme that was chosen before anything is drawn, so that no page flashes in the other one.
(function () {
  "use strict";
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (e) { /* no storage: the system's theme */ }
})();
