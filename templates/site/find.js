// Finds things on a page that shows them all in families, such as events, and keeps what is sought in the
// address. Pages are complete without it.
(function () {
  "use strict";
  var chosen = window.chosen;
  var form = document.querySelector(".find");
  if (!chosen || !form) return;
  var all = window.page.all;
  var things = form.dataset.things;
  var text = form.querySelector("input");
  var family = form.querySelector("select");
  var said = document.querySelector(".shown");
  var none = document.querySelector(".none");
  // What else the page tells makes way for what is found.
  var besides = document.querySelector(".besides");

  var families = all(".family").map(function (part) {
    return {
      part: part, name: part.dataset.family, count: part.querySelector(".count"),
      entries: all(".entry", part).map(function (entry) { return { entry: entry, text: "" }; })
    };
  });
  var total = all(".family .entry").length;

  function apply() {
    var words = window.page.words(text.value);
    var count = 0;
    families.forEach(function (one) {
      var shown = 0;
      one.entries.forEach(function (entry) {
        var here = !family.value || family.value === one.name;
        if (here && words.length) {
          entry.text = entry.text || entry.entry.textContent.toLowerCase();
          here = words.every(function (word) { return entry.text.indexOf(word) >= 0; });
        }
        entry.entry.hidden = !here;
        if (here) shown += 1;
      });
      one.part.hidden = shown === 0;
      if (one.count) one.count.textContent = shown === one.entries.length ? String(shown) : shown + " of " + one.entries.length;
      count += shown;
    });
    if (besides) besides.hidden = Boolean(words.length || family.value);
    none.hidden = count > 0;
    said.textContent = count === total ? total + " " + things
      : count === 0 ? "No " + things + " match."
      : count + " of " + total + " " + things;
  }

  function changed() { apply(); chosen.save(); }

  chosen.keep("q", function () { return text.value; }, function (value) { text.value = value; });
  chosen.keep("subject", function () { return family.value; }, function (value) {
    family.value = value;
    if (family.value !== value) family.value = "";
  });
  chosen.changed.push(apply);
  form.addEventListener("input", changed);
  none.querySelector(".clear").addEventListener("click", function () {
    text.value = "";
    family.value = "";
    changed();
    text.focus();
  });
  form.hidden = false;
  // What an address leads to is shown, whatever is sought.
  window.addEventListener("hashchange", function () {
    var place = window.page.place();
    if (!place || place.getClientRects().length) return;
    text.value = "";
    family.value = "";
    apply();
    place.scrollIntoView();
  });
})();
