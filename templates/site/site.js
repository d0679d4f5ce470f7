// Narrows the table of all endpoints by method, access, scope and words, and keeps the choice in the
// address. Pages are complete without it.
(function () {
  "use strict";
  var form = document.getElementById("filter");
  var table = document.getElementById("all");
  if (!form || !table) return;
  var shown = document.getElementById("shown");
  var none = document.getElementById("none");
  var rows = Array.prototype.slice.call(table.querySelectorAll("tr.row"));
  var fields = ["q", "method", "access", "scope"];
  var MARK = "#show:";

  var texts = rows.map(function (row) {
    var group = row.parentNode.querySelector("tr.group").textContent;
    return (row.textContent + " " + group).toLowerCase();
  });

  function matches(row, at, words) {
    if (form.elements.method.value && row.dataset.method !== form.elements.method.value) return false;
    if (form.elements.access.value && row.dataset.access !== form.elements.access.value) return false;
    if (form.elements.scope.value && row.dataset.scope !== form.elements.scope.value) return false;
    return words.every(function (word) { return texts[at].indexOf(word) >= 0; });
  }

  function apply() {
    var words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row, at) {
      row.hidden = !matches(row, at, words);
      if (!row.hidden) count += 1;
    });
    Array.prototype.forEach.call(table.tBodies, function (body) {
      body.hidden = !body.querySelector("tr.row:not([hidden])");
    });
    none.hidden = count > 0;
    shown.textContent = count === rows.length
      ? count + " endpoints"
      : count + " of " + rows.length + " endpoints";
  }

  function remember() {
    var state = fields
      .filter(function (name) { return form.elements[name].value; })
      .map(function (name) { return name + "=" + encodeURIComponent(form.elements[name].value); })
      .join("&");
    history.replaceState(null, "", state ? MARK + state : location.pathname.split("/").pop());
  }

  function recall() {
    if (location.hash.indexOf(MARK) !== 0) return;
    location.hash.slice(MARK.length).split("&").forEach(function (pair) {
      var parts = pair.split("=");
      if (fields.indexOf(parts[0]) >= 0) {
        form.elements[parts[0]].value = decodeURIComponent(parts[1] || "");
      }
    });
  }

  function changed() {
    apply();
    try { remember(); } catch (e) { /* an address that may not be changed */ }
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(changed, 0); });
  window.addEventListener("hashchange", function () { recall(); apply(); });
  form.hidden = false;
  recall();
  apply();
})();
