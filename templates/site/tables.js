// Filters a table of endpoints, opens its rows, and keeps what is chosen in the address. Pages are complete
// without it.
(function () {
  "use strict";
  var MARK = "#show:";
  var kept = [];
  var form = document.querySelector("form.filter");
  var table = form && document.getElementById(form.dataset.table);
  var all = window.page.all;

  // A value as a part of an address. One that no address can have is left out.
  function encoded(value) {
    try { return encodeURIComponent(value).replace(/%2C/g, ",").replace(/%2F/g, "/"); } catch (e) { return ""; }
  }

  // What is chosen, as the address has it. An address states all of it: what it leaves out is reset.
  var address = window.chosen = {
    // `get` returns a string, `set` takes one; `""` is the start.
    keep: function (name, get, set) { kept.push({ name: name, get: get, set: set }); },
    save: function () {
      var state = [];
      kept.forEach(function (one) {
        var value = encoded(one.get());
        if (value) state.push(one.name + "=" + value);
      });
      var page = location.pathname.split("/").pop() + location.search;
      try { history.replaceState(null, "", state.length ? MARK + state.join("&") : page); } catch (e) { /* not allowed */ }
    },
    load: function () {
      var hash = location.hash;
      var states = hash.indexOf(MARK) === 0;
      // Any other anchor is a place on the page and says nothing of what is chosen.
      if (!states && hash.length > 1) return false;
      var values = Object.create(null);
      if (states) {
        hash.slice(MARK.length).split("&").forEach(function (pair) {
          var at = pair.indexOf("=");
          try { values[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1)); } catch (e) { /* no value */ }
        });
      }
      kept.forEach(function (one) { one.set(values[one.name] || ""); });
      return states;
    },
    changed: [],
    // Whether a row fits a choice that its own attributes do not have, by the name of the choice.
    tests: Object.create(null)
  };

  // What an address that states something leads to: the heading above what it states.
  function heading(place) {
    for (var part = place; part && part.id !== "main"; part = part.parentElement) {
      for (var one = part; one; one = one.previousElementSibling) {
        if (/^H[1-6]$/.test(one.tagName)) return one;
      }
    }
    return place;
  }

  function loaded() {
    var states = address.load();
    address.changed.forEach(function (then) { then(); });
    if (states) heading(document.querySelector(".bench") || form || document.querySelector(".find") || document.getElementById("main")).scrollIntoView();
  }
  window.addEventListener("hashchange", loaded);
  // Scripts behind this one add what they keep before the address is read.
  document.addEventListener("DOMContentLoaded", loaded);
  if (!table) return;

  var shown = document.querySelector(".shown");
  var none = document.querySelector(".none");
  var fields = all("[name]", form).filter(function (one) { return one.tagName !== "BUTTON"; });
  var rows = all("tr.row", table).map(function (row) {
    var more = row.nextElementSibling;
    return { row: row, more: more && more.classList.contains("more") ? more : null, data: row.dataset, open: false, text: "" };
  });
  var groups = all("tbody", table).map(function (body) {
    var count = body.querySelector(".count");
    return { body: body, count: count, size: body.querySelectorAll("tr.row").length, shown: 0 };
  });
  rows.forEach(function (one) {
    one.group = groups.filter(function (group) { return group.body === one.row.parentNode; })[0];
  });

  // What a row shows that it is searched by: its path, id, group and description.
  function text(one) {
    if (!one.text) {
      var group = one.group.body.querySelector("tr.group a").textContent;
      var does = one.row.querySelector("td:not(.brief, .pick)");
      one.text = " " + (one.row.querySelector("th").textContent + " " + one.data.id + " " + group + " " + (does ? does.textContent : "")).toLowerCase();
    }
    return one.text;
  }

  // Whether a word begins somewhere in a text.
  function begins(text, word) {
    for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (/[^a-z0-9]/.test(word[0]) || /[^a-z0-9]/.test(text[at - 1])) return true;
    }
    return false;
  }

  // Whether a word is the name of a scope of a row, or the beginning of one. The words in it are those of many rows.
  function scoped(one, word) { return word.indexOf("_") > 0 && (" " + one.data.scope.toLowerCase()).indexOf(" " + word) >= 0; }

  // The names of parameters and fields, which come when somebody searches.
  var names = null;
  var asked = false;
  function ask() {
    if (asked) return;
    asked = true;
    if (!table.dataset.fields) return;
    var script = document.createElement("script");
    script.src = table.dataset.fields;
    script.onload = function () {
      var all = window.ENDPOINT_FIELDS;
      function both(text) { return { text: text, lower: text.toLowerCase() }; }
      var objects = all.objects.map(both);
      names = Object.create(null);
      Object.keys(all.endpoints).forEach(function (id) {
        var own = all.endpoints[id];
        names[id] = [both(own[0])].concat(own[1].map(function (at) { return objects[at]; }));
      });
      apply();
    };
    // The next letter asks again.
    script.onerror = function () { asked = false; };
    document.head.appendChild(script);
  }

  // The name of a parameter or a field that has a word in it.
  function field(id, word) {
    var lists = names && names[id];
    if (!lists) return "";
    for (var at = 0; at < lists.length; at += 1) {
      var from = lists[at].lower.indexOf(word);
      if (from >= 0) {
        var text = lists[at].text;
        var end = text.indexOf(" ", from);
        return text.slice(text.lastIndexOf(" ", from) + 1, end < 0 ? undefined : end);
      }
    }
    return "";
  }

  // Whether a row fits. What fits without being visible is added to `hits`.
  function fits(one, values, words, hits) {
    for (var at = 0; at < values.length; at += 1) {
      var test = address.tests[values[at].name];
      if (test ? !test(one.row, values[at].value) : (" " + one.data[values[at].name] + " ").indexOf(" " + values[at].value + " ") < 0) return false;
    }
    for (var next = 0; next < words.length; next += 1) {
      if (begins(text(one), words[next]) || scoped(one, words[next])) continue;
      var name = field(one.data.id, words[next]);
      if (!name) return false;
      if (hits.indexOf(name) < 0) hits.push(name);
    }
    return true;
  }

  function tell(one, hits) {
    var told = hits.length ? "Field: " + hits.join(", ") : "";
    if ((one.told || "") === told) return;
    one.told = told;
    if (!one.hit) {
      one.hit = document.createElement("span");
      one.hit.className = "hit";
      one.row.querySelector("td").appendChild(one.hit);
    }
    one.hit.textContent = told;
  }

  // Where rows fit by what they show, those that fit by a field alone wait behind a button.
  var further = null;
  var withFields = false;
  if (table.dataset.fields) {
    further = document.createElement("button");
    further.type = "button";
    further.className = "further";
    further.hidden = true;
    shown.parentNode.insertBefore(further, shown.nextSibling);
    further.addEventListener("click", function () {
      withFields = true;
      apply();
      form.elements.q.focus();
    });
  }

  function apply() {
    var values = fields.filter(function (one) { return one.name !== "q" && one.value; });
    var words = window.page.words(form.elements.q.value);
    if (words.length) ask();
    var count = 0;
    var own = 0;
    groups.forEach(function (group) { group.shown = 0; });
    rows.forEach(function (one) {
      one.hits = [];
      one.fits = fits(one, values, words, one.hits);
      if (one.fits && !one.hits.length) own += 1;
      if (one.fits) count += 1;
    });
    var hidden = withFields || !own ? 0 : count - own;
    rows.forEach(function (one) {
      var here = one.fits && (!hidden || !one.hits.length);
      if (one.row.hidden === here) one.row.hidden = !here;
      if (one.more && one.more.hidden === (here && one.open)) one.more.hidden = !(here && one.open);
      if (here) { one.group.shown += 1; tell(one, one.hits); }
    });
    count -= hidden;
    if (further) {
      further.hidden = !hidden;
      further.textContent = hidden + " more by field name";
    }
    groups.forEach(function (group) {
      group.body.hidden = group.shown === 0;
      // How high a group is that is not laid out.
      if (group.sized !== group.shown) group.body.style.containIntrinsicBlockSize = "calc(4rem + " + group.shown + " * var(--row))";
      group.sized = group.shown;
      var said = group.shown === group.size ? String(group.size) : group.shown + " of " + group.size;
      if (group.count && group.count.textContent !== said) group.count.textContent = said;
    });
    none.hidden = count > 0;
    table.hidden = count === 0;
    shown.textContent = count === rows.length ? count + " endpoints"
      : count === 0 ? "No endpoints match."
      : count + " of " + rows.length + " endpoints";
  }

  function changed() { apply(); address.save(); }
  address.narrow = apply;

  // Rows open in place.
  var place = 0;
  rows.forEach(function (one) {
    if (!one.more) return;
    place += 1;
    one.more.id = "more-" + place;
    one.more.hidden = true;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "open";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", one.more.id);
    button.setAttribute("aria-label", "Details of " + one.data.id);
    one.row.querySelector("th").prepend(button);
    one.button = button;
    one.row.classList.add("opens");
  });
  function open(one, is) {
    one.open = is;
    one.more.hidden = !is;
    one.button.setAttribute("aria-expanded", String(is));
  }
  table.addEventListener("click", function (event) {
    if (event.target.closest("a, input, label, tr.more")) return;
    var row = event.target.closest("tr.row");
    // Who marks text in a row does not want it opened.
    if (!row || (!event.target.closest("button") && String(window.getSelection()))) return;
    rows.some(function (one) {
      if (one.row !== row || !one.more) return false;
      open(one, !one.open);
      return true;
    });
  });

  fields.forEach(function (field) {
    address.keep(field.name, function () { return field.value; }, function (value) {
      field.value = value;
      if (field.name === "q") withFields = false;
      // A value that is none of the choices chooses nothing.
      if (field.value !== value) field.value = "";
    });
  });
  address.changed.push(apply);
  address.rows = rows.map(function (one) { return one.row; });
  // What is searched is read before the first letter is typed.
  form.addEventListener("focusin", function () {
    if (!asked) setTimeout(function () { rows.forEach(text); }, 0);
    ask();
  });
  form.addEventListener("input", function (event) {
    if (event.target === form.elements.q) withFields = false;
    changed();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { withFields = false; setTimeout(changed, 0); });
  none.querySelector(".clear").addEventListener("click", function () {
    form.reset();
    form.elements.q.focus();
  });
  form.hidden = false;
  apply();
})();
