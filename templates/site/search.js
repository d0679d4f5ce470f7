// Searches everything that the site holds. The index is a script next to the pages, loaded at the first
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
  // What is called by words; the names of all else are code.
  var WORDS = { group: true, page: true, topic: true, term: true, guide: true, status: true };
  var loaded = false;
  var waiting = false;
  // Whether Enter was pressed before there was anything to open.
  var hurried = false;
  var chosen = -1;
  // The words of the last search, in all their forms.
  var sought = [];

  function load() {
    if (loaded || waiting) return;
    waiting = true;
    var script = document.createElement("script");
    script.src = "search-index.js";
    script.onload = function () {
      window.ranking.read(SEARCH_INDEX);
      loaded = true;
      waiting = false;
      // If the reader has moved on or closed the panel in the meantime, it stays closed.
      if (panel.hidden) return;
      update();
      if (hurried && list.firstChild) open(list.firstChild, false);
    };
    script.onerror = function () { waiting = hurried = false; count.textContent = "The index could not be loaded."; };
    document.head.appendChild(script);
  }

  // A text with the letters marked that were sought in it.
  function marked(span, text) {
    var lower = text.toLowerCase();
    var at = 0;
    while (at < text.length) {
      var from = -1;
      var size = 0;
      sought.forEach(function (forms) {
        forms.some(function (form) {
          var here = lower.indexOf(form, at);
          if (here < 0) return false;
          if (from < 0 || here < from || (here === from && form.length > size)) { from = here; size = form.length; }
          return true;
        });
      });
      if (from < 0) break;
      span.appendChild(document.createTextNode(text.slice(at, from)));
      span.appendChild(document.createElement("mark")).textContent = text.slice(from, from + size);
      at = from + size;
    }
    span.appendChild(document.createTextNode(text.slice(at)));
  }

  function option(entry, at) {
    var item = document.createElement("li");
    item.id = "found-" + at;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.href = entry.href;
    [["kind", entry.kind], ["name", entry.name], ["about", entry.text]].forEach(function (part) {
      var span = document.createElement("span");
      span.className = part[0] === "name" && WORDS[entry.kind] ? "name words" : part[0];
      if (part[0] === "kind") span.textContent = part[1]; else marked(span, part[1]);
      item.appendChild(span);
    });
    if (entry.title) {
      item.firstChild.appendChild(document.createTextNode(" "));
      item.firstChild.appendChild(document.createElement("span")).textContent = entry.title;
    }
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
    // Where nothing is found, there is a message and no list.
    input.setAttribute("aria-expanded", String(open && list.children.length > 0));
    if (!open) { choose(-1); hurried = false; }
  }

  function update() {
    var text = input.value;
    if (!text.trim()) { list.textContent = ""; count.textContent = ""; show(false); return; }
    if (!loaded) { count.textContent = "Loading…"; show(true); load(); return; }
    var result = window.ranking.find(text);
    var found = result.entries;
    sought = result.sought;
    list.textContent = "";
    found.slice(0, SHOWN).forEach(function (entry, at) { list.appendChild(option(entry, at)); });
    count.textContent = (result.instead ? "Results for “" + result.instead + "”. " : "") + (found.length === 0 ? "No results."
      : found.length > SHOWN ? "The first " + SHOWN + " of " + found.length + "."
      : found.length + " found.");
    show(true);
    choose(found.length ? 0 : -1);
    list.scrollTop = 0;
  }

  function open(item, apart) {
    if (apart) { window.open(item.dataset.href); return; }
    show(false);
    input.blur();
    location.href = item.dataset.href;
  }

  input.addEventListener("focus", function () { load(); if (input.value) update(); });
  input.addEventListener("input", function () { hurried = false; update(); });
  input.addEventListener("keydown", function (event) {
    // Enter and the arrows belong to the input method while it composes a word.
    if (event.isComposing) return;
    var last = list.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (panel.hidden) update();
      else choose(event.key === "ArrowDown" ? (chosen < last ? chosen + 1 : 0) : (chosen > 0 ? chosen - 1 : last));
    } else if (event.key === "Enter") {
      var item = list.children[chosen];
      if (item) open(item, event.ctrlKey || event.metaKey);
      else hurried = !loaded;
    } else if (event.key === "Escape") {
      if (panel.hidden) input.value = "";
      show(false);
    } else {
      // The list itself is no stop: browsers make one of whatever scrolls.
      if (event.key === "Tab") show(false);
      return;
    }
    event.preventDefault();
  });
  // The field keeps the focus while something is chosen with the pointer.
  list.addEventListener("pointerdown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) {
    var item = event.target.closest("[role=option]");
    if (item) open(item, event.ctrlKey || event.metaKey);
  });
  // The middle button opens a result in a new tab, like a link.
  list.addEventListener("auxclick", function (event) {
    var item = event.target.closest("[role=option]");
    if (item && event.button === 1) open(item, true);
  });
  form.addEventListener("focusout", function (event) {
    if (!form.contains(event.relatedTarget)) show(false);
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.addEventListener("pointerdown", function (event) {
    if (!form.contains(event.target)) show(false);
  });

  // The key that moves the focus to the field. Speech input may press it by accident, so it can be turned off at the end
  // of every page.
  var box = document.getElementById("shortcut");
  var sign = form.querySelector("kbd");
  function allow(on) {
    box.checked = on;
    sign.hidden = !on;
    if (on) input.setAttribute("aria-keyshortcuts", "/"); else input.removeAttribute("aria-keyshortcuts");
  }
  function recall() {
    var said = window.page.kept("shortcut");
    if (said) allow(said !== "off");
  }
  box.addEventListener("change", function () {
    allow(box.checked);
    window.page.keep("shortcut", box.checked ? "on" : "off");
  });
  window.page.choices.push(recall);
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || !box.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    var at = document.activeElement;
    var typing = at && (/^(SELECT|TEXTAREA)$/.test(at.tagName) || (at.tagName === "INPUT" && !/^(checkbox|radio)$/.test(at.type)));
    if (typing) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  // The state of the box that a browser restores may not be the last choice.
  allow(true);
  recall();
  document.getElementById("keys").hidden = false;
  form.hidden = false;
})();
