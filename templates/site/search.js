// Searches everything that the site holds. The index is a script beside the pages, loaded at the first
// use, so that it works without a server. `/` goes to the field, arrows choose, Enter opens, Escape closes.
(function () {
  "use strict";
  var form = document.getElementById("search");
  var input = document.getElementById("search-text");
  var panel = document.getElementById("search-panel");
  var list = document.getElementById("search-found");
  var count = document.getElementById("search-count");
  if (!form) return;

  var SHOWN = 40;
  // What people look for most stands first among equals.
  var WEIGHT = { endpoint: 14, group: 12, type: 11, scope: 10, event: 9, status: 7, topic: 6, field: 3, parameter: 1 };
  var entries = null;
  var waiting = false;
  var chosen = -1;

  function load() {
    if (entries || waiting) return;
    waiting = true;
    var script = document.createElement("script");
    script.src = "search-index.js";
    script.onload = function () {
      entries = SEARCH_INDEX.map(function (one) {
        var name = one[1].toLowerCase();
        return {
          kind: one[0], name: one[1], href: one[2], text: one[3],
          key: name, last: name.slice(name.lastIndexOf(".") + 1),
          words: one[4].toLowerCase(), prose: one[3].toLowerCase()
        };
      });
      waiting = false;
      update();
    };
    script.onerror = function () { waiting = false; count.textContent = "The index could not be loaded."; };
    document.head.appendChild(script);
  }

  // Where a word begins in a text: 0 at its start, 1 behind a mark, 2 inside a word, -1 nowhere.
  function place(text, word) {
    var at = text.indexOf(word);
    var best = -1;
    while (at >= 0) {
      if (at === 0) return 0;
      if (/[^a-z0-9]/.test(text[at - 1])) best = 1;
      else if (best < 0) best = 2;
      at = text.indexOf(word, at + 1);
    }
    return best;
  }

  function score(entry, words, whole) {
    var sum = WEIGHT[entry.kind] || 0;
    for (var i = 0; i < words.length; i += 1) {
      var word = words[i];
      var inName = place(entry.key, word);
      var inWords = place(entry.words, word);
      var inProse = place(entry.prose, word);
      if (entry.key === word) sum += 120;
      else if (entry.last === word) sum += 80;
      else if (inName >= 0) sum += [60, 45, 15][inName];
      else if (inWords >= 0) sum += [30, 30, 8][inWords];
      else if (inProse >= 0) sum += [10, 10, 3][inProse];
      else return 0;
    }
    // A path or a scope that was typed whole.
    if (entry.kind === "endpoint" && /[^a-z0-9]/.test(whole) && (" " + entry.words + " ").indexOf(" " + whole + " ") >= 0) sum += 60;
    return sum - entry.key.length / 20;
  }

  function find(text) {
    var whole = text.trim().toLowerCase();
    var words = whole.split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    return entries
      .map(function (entry, at) { return { entry: entry, at: at, score: score(entry, words, whole) }; })
      .filter(function (one) { return one.score > 0; })
      .sort(function (a, b) { return b.score - a.score || a.at - b.at; })
      .map(function (one) { return one.entry; });
  }

  function option(entry, at) {
    var item = document.createElement("li");
    item.id = "found-" + at;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    var link = document.createElement("a");
    link.href = entry.href;
    link.tabIndex = -1;
    [["kind", entry.kind], ["name", entry.name], ["about", entry.text]].forEach(function (part) {
      var span = document.createElement("span");
      span.className = part[0];
      span.textContent = part[1];
      link.appendChild(span);
    });
    item.appendChild(link);
    return item;
  }

  function choose(at) {
    var items = list.children;
    if (items[chosen]) items[chosen].setAttribute("aria-selected", "false");
    chosen = at;
    if (!items[at]) { input.removeAttribute("aria-activedescendant"); return; }
    items[at].setAttribute("aria-selected", "true");
    items[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[at].id);
  }

  function show(open) {
    panel.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }

  function update() {
    var text = input.value;
    if (!text.trim()) { list.textContent = ""; count.textContent = ""; show(false); return; }
    if (!entries) { count.textContent = "Loading…"; show(true); load(); return; }
    var found = find(text);
    list.textContent = "";
    found.slice(0, SHOWN).forEach(function (entry, at) { list.appendChild(option(entry, at)); });
    count.textContent = found.length === 0 ? "No results."
      : found.length > SHOWN ? "The first " + SHOWN + " of " + found.length + "."
      : found.length + " found.";
    show(true);
    choose(found.length ? 0 : -1);
    panel.scrollTop = 0;
  }

  function open(link) {
    show(false);
    input.blur();
    link.click();
  }

  input.addEventListener("focus", function () { load(); if (input.value) update(); });
  input.addEventListener("input", update);
  input.addEventListener("keydown", function (event) {
    var last = list.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (panel.hidden) update();
      else choose(event.key === "ArrowDown" ? (chosen < last ? chosen + 1 : 0) : (chosen > 0 ? chosen - 1 : last));
    } else if (event.key === "Enter") {
      var item = list.children[chosen];
      if (item) open(item.querySelector("a"));
    } else if (event.key === "Escape") {
      if (panel.hidden) { input.value = ""; input.blur(); }
      show(false);
    } else {
      return;
    }
    event.preventDefault();
  });
  list.addEventListener("click", function (event) {
    if (event.target.closest("a")) { show(false); input.blur(); }
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.addEventListener("pointerdown", function (event) {
    if (!form.contains(event.target)) show(false);
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  form.hidden = false;
})();
