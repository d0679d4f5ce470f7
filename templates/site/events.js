// Finds events on their page, and keeps what is sought in the address.
(function () {
  "use strict";
  var chosen = window.chosen;
  var form = document.getElementById("find-event");
  if (!chosen || !form) return;
  var all = window.page.all;
  var text = document.getElementById("event-text");
  var family = document.getElementById("event-family");
  var said = document.getElementById("event-count");
  var none = document.getElementById("no-events");

  var families = all("section.family").map(function (section) {
    var title = section.querySelector("h2");
    return {
      section: section, id: title.id, count: title.querySelector(".count"),
      events: all("article", section).map(function (article) { return { article: article, text: "" }; })
    };
  });
  var total = all("section.family article").length;

  function apply() {
    var words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    families.forEach(function (one) {
      var shown = 0;
      one.events.forEach(function (event) {
        var here = !family.value || family.value === one.id;
        if (here && words.length) {
          event.text = event.text || event.article.textContent.toLowerCase();
          here = words.every(function (word) { return event.text.indexOf(word) >= 0; });
        }
        event.article.hidden = !here;
        if (here) shown += 1;
      });
      one.section.hidden = shown === 0;
      one.count.textContent = shown === one.events.length ? String(shown) : shown + " of " + one.events.length;
      count += shown;
    });
    none.hidden = count > 0;
    said.textContent = count === total ? total + " events" : count === 0 ? "No events match." : count + " of " + total + " events";
  }

  function changed() { apply(); chosen.save(); }

  chosen.keep("q", function () { return text.value; }, function (value) { text.value = value; });
  chosen.keep("subject", function () { return family.value; }, function (value) {
    family.value = value;
    if (family.value !== value) family.value = "";
  });
  chosen.changed.push(apply);
  form.addEventListener("input", changed);
  form.hidden = false;
  // What an address leads to is shown, whatever is sought.
  window.addEventListener("hashchange", function () {
    var place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !place.closest("article[hidden], section.family[hidden]")) return;
    text.value = "";
    family.value = "";
    apply();
    place.scrollIntoView();
  });
})();
