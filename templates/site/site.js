// What a page gains from scripts: the theme button, copy buttons, tabs, the current group in view. A page
// is complete without any of it. What the scripts behind this one need of it is `window.page`.
(function () {
  "use strict";
  var root = document.documentElement;

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function keep(name, value) {
    try { localStorage.setItem(name, value); } catch (e) { /* no storage */ }
  }

  function kept(name) {
    try { return localStorage.getItem(name); } catch (e) { return null; }
  }

  // A browser may show a page again as it was left, and other windows may be open: a choice that was made there in the
  // meantime applies here, too.
  var choices = [];
  function again() { choices.forEach(function (take) { take(); }); }
  window.addEventListener("pageshow", function (event) { if (event.persisted) again(); });
  window.addEventListener("storage", again);

  // The theme: as the system has it, light, dark.
  (function () {
    var button = document.getElementById("theme");
    var next = { auto: "light", light: "dark", dark: "auto" };
    function set(theme) {
      if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
      say();
    }
    function say() {
      var theme = root.dataset.theme || "auto";
      button.textContent = "";
      button.appendChild(make("span", "wide", "Theme: " + theme));
      // On a phone only the icon is shown, without the words.
      button.setAttribute("aria-label", "Theme: " + theme);
      button.title = "Theme: " + theme;
    }
    button.addEventListener("click", function () {
      var theme = next[root.dataset.theme || "auto"];
      set(theme);
      keep("theme", theme);
    });
    choices.push(function () {
      var theme = kept("theme");
      if (Object.keys(next).indexOf(theme) >= 0) set(theme);
    });
    say();
    button.hidden = false;
  })();

  // The current page, within the menu.
  var menu = document.getElementById("menu");
  function show() {
    var current = menu.querySelector("[aria-current]");
    if (!current) return;
    var box = menu.getBoundingClientRect();
    var at = current.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.top + menu.clientHeight / 2) {
      menu.scrollTop += at.top - box.top - menu.clientHeight / 4;
    }
  }
  show();
  menu.addEventListener("toggle", show);
  menu.addEventListener("click", function (event) {
    if (event.target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
  });
  // Once there is room for the menu next to the page, as after a tablet is turned, it no longer covers the page.
  window.matchMedia("(min-width: 60rem)").addEventListener("change", function () {
    if (menu.matches(":popover-open")) menu.hidePopover();
  });

  // What the address leads to on this page, if anything. An anchor that is not encoded well is taken as it is.
  function place() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (e) { /* as it is */ }
    return id ? document.getElementById(id) : null;
  }

  // What leads into a closed part opens it, and so does printing.
  function open(moved) {
    var target = place();
    if (!target) return;
    var closed = target.tagName === "DETAILS" ? target : null;
    for (var one = target; one; one = one.parentElement) {
      if (one.tagName === "DETAILS" && !one.open) { one.open = true; closed = one; }
    }
    if (closed || moved === true) target.scrollIntoView();
  }
  open();
  window.addEventListener("hashchange", function () { open(false); });
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = all("main details:not([open])");
    opened.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (one) { one.open = false; });
  });

  // Copying.
  var told = make("p", "told");
  told.setAttribute("role", "status");
  document.body.appendChild(told);

  function copy(text, button) {
    function done(ok) {
      // Pressed again before it has its own name back, it still has that name.
      var before = button.dataset.title || button.textContent;
      button.dataset.title = before;
      button.textContent = ok ? "Copied" : "Failed";
      told.textContent = ok ? "Copied." : "It could not be copied.";
      setTimeout(function () { button.textContent = before; told.textContent = ""; }, 1500);
    }
    function byHand() {
      var area = make("textarea", "told");
      area.value = text;
      document.body.appendChild(area);
      area.focus({ preventScroll: true });
      area.select();
      var ok = false;
      try { ok = document.execCommand("copy"); } catch (e) { /* not allowed */ }
      area.remove();
      button.focus({ preventScroll: true });
      done(ok);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { done(true); }, byHand);
    } else {
      byHand();
    }
  }

  function copier(text, title, label) {
    var button = make("button", "copy", title);
    button.type = "button";
    button.setAttribute("aria-label", label);
    button.addEventListener("click", function () { copy(text(), button); });
    return button;
  }

  // A text that opens below its title, and can be copied. It is created again for each answer, but stays open or closed
  // as the reader left it.
  var left = Object.create(null);
  function copyable(title, text, open) {
    var part = make("details", "copyable");
    // Where the answer is above the table, it takes little room.
    part.open = title in left ? left[title] : open && window.matchMedia("(min-width: 72rem)").matches;
    part.appendChild(make("summary", "", title)).addEventListener("click", function () { left[title] = !part.open; });
    var pre = part.appendChild(make("pre"));
    pre.tabIndex = 0;
    pre.setAttribute("aria-label", title);
    pre.appendChild(make("code", "", text));
    part.appendChild(copier(function () { return text; }, "Copy", "Copy " + title));
    return part;
  }

  // The different words of what somebody typed or pasted, up to a number that is enough for any search; a whole document
  // would freeze the page.
  var MOST = 20;
  function words(text) {
    var all = text.slice(0, 2000).toLowerCase().split(/\s+/).filter(Boolean);
    return all.filter(function (word, at) { return all.indexOf(word) === at; }).slice(0, MOST);
  }

  // How many letters one has to change to come from one word to another.
  function distance(one, other) {
    var last = [];
    for (var j = 0; j <= other.length; j += 1) last.push(j);
    for (var i = 1; i <= one.length; i += 1) {
      var row = [i];
      for (var k = 1; k <= other.length; k += 1) {
        row.push(Math.min(row[k - 1] + 1, last[k] + 1, last[k - 1] + (one[i - 1] === other[k - 1] ? 0 : 1)));
      }
      last = row;
    }
    return last[other.length];
  }
  // The name that is meant by one with a slip in it, or nothing.
  function closest(name, names) {
    var best = "";
    var far = Math.max(1, Math.floor(name.length / 3)) + 1;
    names.forEach(function (one) {
      if (Math.abs(one.length - name.length) >= far) return;
      var d = distance(name, one);
      if (d < far) { far = d; best = one; }
    });
    return best;
  }

  // The path of an address as this reference has it, without the host and the store; "" where it is of no API here.
  function pathOf(address) {
    var path = address.replace(/[?#].*$/, "").replace(/[.,;:)]+$/, "").replace(/\.json$/, "");
    var own = /\/v[23]\/.*$/i.exec(path);
    if (own) return own[0].replace(/\/+$/, "");
    own = /^(?:https?:\/\/)?[\w.-]+\.bigcommerce\.com(?:\/stores\/[^\/]+)?(\/.+)$/i.exec(path);
    return own ? own[1].replace(/\/+$/, "") : "";
  }
  // The calls of a path with values in it, and of a method where one is given. What fits word by word goes before
  // what fits a place for a value.
  function atPath(calls, method, path) {
    var parts = path.toLowerCase().split("/");
    var fits = [];
    var most = 0;
    calls.forEach(function (one) {
      if (method && one.method !== method) return;
      var own = one.path.toLowerCase().split("/");
      if (own.length !== parts.length) return;
      var words = 0;
      var same = own.every(function (part, at) {
        if (part === parts[at]) { words += 1; return true; }
        return part[0] === "{" && parts[at] !== "";
      });
      if (!same || words < most) return;
      if (words > most) fits = [];
      most = words;
      fits.push(one);
    });
    return fits;
  }
  window.page = {
    all: all, make: make, place: place, keep: keep, kept: kept, choices: choices, copyable: copyable, words: words,
    closest: closest, pathOf: pathOf, atPath: atPath
  };

  // What a sample is called.
  function title(sample) { return sample.querySelector("h2, h3, h4, h5"); }

  // An endpoint in Markdown, from what is on the page.
  function plain(element) { return element.textContent.replace(/\s+/g, " ").trim(); }

  // The same with its marks: code is code, and a link leads where it leads here.
  var marks = { CODE: "`", STRONG: "**", EM: "*" };
  function within(element) {
    return [].map.call(element.childNodes, function (node) {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(".anchor, .copy")) return "";
      if (node.tagName === "BR") return " ";
      var text = within(node);
      var mark = marks[node.tagName] || "";
      return node.tagName === "A" ? "[" + text + "](" + node.href + ")" : mark + text + mark;
    }).join("");
  }
  function marked(element) { return within(element).replace(/\s+/g, " ").trim(); }

  function markdown(article) {
    var path = article.querySelector(".call .path");
    var lines = ["## " + plain(article.querySelector("h3 .title")), "", "`" + plain(article.querySelector(".call .verb")) + " " + plain(path) + "`", ""];
    all(".what > p", article).forEach(function (one) { lines.push(marked(one), ""); });
    all(".facts > div", article).forEach(function (one) {
      lines.push("- **" + plain(one.children[0]) + ":** " + marked(one.children[1]));
    });
    all(".what > .parameters", article).forEach(function (list) {
      lines.push("", "### " + plain(list.querySelector("h4")), "");
      all("dl > div", list).forEach(function (one) {
        lines.push("- " + marked(one.children[0]) + ": " + marked(one.children[1]));
      });
    });
    all(".sample", article).forEach(function (one) {
      lines.push("", "### " + plain(title(one)), "", "```" + (one.dataset.language || ""), one.querySelector("code").textContent.trim(), "```");
    });
    return lines.join("\n") + "\n";
  }

  all(".call").forEach(function (call) {
    var path = call.querySelector(".path");
    var article = call.closest(".endpoint");
    var id = article ? article.getAttribute("aria-labelledby") : plain(path);
    call.appendChild(copier(function () { return plain(path); }, "Copy path", "Copy path of " + id));
    if (article) call.appendChild(copier(function () { return markdown(article); }, "Copy Markdown", "Copy Markdown of " + id));
  });
  all(".sample").forEach(function (sample) {
    var code = sample.querySelector("code");
    var name = sample.dataset.title || plain(title(sample));
    sample.appendChild(copier(function () { return code.textContent; }, "Copy", "Copy: " + name));
  });

  // Samples side by side become tabs; the choice holds for every endpoint.
  var sets = all(".samples").filter(function (set) { return set.querySelectorAll(".sample").length > 1; });
  function choose(name) {
    sets.forEach(function (set) {
      var samples = all(".sample", set);
      var found = name && samples.some(function (one) { return one.dataset.tab === name; });
      samples.forEach(function (one, at) {
        var on = found ? one.dataset.tab === name : at === 0;
        var tab = document.getElementById(one.id + "-tab");
        one.hidden = !on;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on ? 0 : -1;
      });
    });
  }
  sets.forEach(function (set, number) {
    var list = make("div", "tabs");
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Examples");
    all(".sample", set).forEach(function (one) {
      var heading = title(one);
      var tab = make("button", "", plain(heading));
      one.id = "sample-" + number + "-" + one.dataset.tab;
      tab.type = "button";
      tab.id = one.id + "-tab";
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", one.id);
      tab.addEventListener("click", function () {
        var before = tab.getBoundingClientRect().top;
        choose(one.dataset.tab);
        // The samples above may have become longer or shorter.
        window.scrollBy(0, tab.getBoundingClientRect().top - before);
        keep("sample", one.dataset.tab);
      });
      one.setAttribute("role", "tabpanel");
      one.setAttribute("aria-labelledby", tab.id);
      heading.hidden = true;
      list.appendChild(tab);
    });
    list.addEventListener("keydown", function (event) {
      // With another key, an arrow is the browser's: Alt and an arrow go back.
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      var tabs = all("[role=tab]", list);
      var at = tabs.indexOf(document.activeElement);
      var to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      to = tabs[(to + tabs.length) % tabs.length];
      to.click();
      to.focus();
    });
    set.insertBefore(list, set.firstChild);
  });
  if (sets.length) {
    choose(kept("sample"));
    choices.push(function () { if (kept("sample")) choose(kept("sample")); });
    root.classList.add("tabbed");
    // The samples above a target have become shorter. A page that is gone back to is put back by the browser.
    var entry = performance.getEntriesByType("navigation")[0];
    open(Boolean(entry && entry.type === "navigate"));
  }
})();
