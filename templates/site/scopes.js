// The interactive scope matrix: the minimum scopes for calls, the calls that scopes allow, and how a
// token compares with calls. The rules are those of `cargo xtask scopes` and of the client.
(function () {
  "use strict";
  var chosen = window.chosen;
  var answer = document.getElementById("answer");
  if (!chosen || !window.calls || !answer) return;
  var all = window.page.all;
  var make = window.page.make;
  var ask = document.getElementById("ask");
  var table = document.getElementById("matrix");
  var said = document.getElementById("answer-text");
  var body = document.getElementById("answer-body");
  var paste = document.getElementById("paste");
  var pasteSaid = document.getElementById("paste-said");
  var granted = document.getElementById("granted");

  // The scopes in the order of the docs, each with those that are enough in its place. It has no prototype, since
  // pasted names are looked up in it.
  var boxes = all("#hold input");
  // What BigCommerce puts into every grant by itself; nobody has to ask for it.
  var unasked = document.getElementById("hold").dataset.unasked.split(" ");
  var order = boxes.map(function (box) { return box.value; });
  var scopes = Object.create(null);
  boxes.forEach(function (box) {
    scopes[box.value] = { panel: box.dataset.panel, area: box.dataset.area, enough: box.dataset.enough.split(" ") };
  });
  var calls = window.calls.all;
  // How many of the selected calls the answer lists; the table shows all of them.
  var LISTED = 50;
  var show = document.querySelector("form.filter [name=show]");

  function mode() { return ask.querySelector("[name=mode]:checked").value; }
  function picked() { return calls.filter(function (one) { return one.box.checked; }); }
  function sorted(names) { return order.filter(function (name) { return names.indexOf(name) >= 0; }); }
  // More different names than there are scopes; a whole document would freeze the page.
  var MOST = 500;
  function held() {
    var seen = Object.create(null);
    return granted.value.split(/[^\w]+/).filter(function (name) {
      var is = name && !seen[name];
      seen[name] = true;
      return is;
    }).slice(0, MOST);
  }
  function covers(names, scope) {
    return scopes[scope].enough.some(function (one) { return names.indexOf(one) >= 0; });
  }
  function allows(names, call) {
    return call.leasts.some(function (scope) { return covers(names, scope); });
  }
  // The least scope of each call, without those that the others make unnecessary. For a token that has only the
  // alternative of a call's least scope, that is needed instead.
  function least(of, names) {
    var needed = sorted(of.map(function (one) {
      return one.leasts.filter(function (scope) { return covers(names, scope); })[0] || one.leasts[0];
    }));
    needed.slice().forEach(function (scope) {
      var others = needed.filter(function (one) { return one !== scope; });
      if (of.every(function (one) { return allows(others, one); })) needed = others;
    });
    return needed;
  }

  // The scopes that calls need only with some values, each with its conditions.
  function sometimes(of) {
    var found = Object.create(null);
    of.forEach(function (one) {
      all(".also-needs", one.row).forEach(function (part) {
        var conditions = found[part.dataset.needs] || (found[part.dataset.needs] = []);
        var when = part.querySelector(".when").textContent;
        if (conditions.indexOf(when) < 0) conditions.push(when);
      });
    });
    return found;
  }

  // The ones of them that a token does not have. They are never missing: a program may send no such values.
  function lacked(of, names) {
    var some = sometimes(of);
    var rest = sorted(Object.keys(some)).filter(function (scope) { return !covers(names, scope); });
    list("Not granted, and needed only with some values", rest, "lacked", function (scope) { return some[scope].join("; "); });
  }

  // Saying it.
  function number(count, thing) { return count + " " + thing + (count === 1 ? "" : "s"); }
  function list(title, names, className, note) {
    if (!names.length) return;
    if (title) body.appendChild(make("p", "what", title));
    var ul = body.appendChild(make("ul", "ticks " + className));
    names.forEach(function (name) {
      var item = ul.appendChild(make("li"));
      if (scopes[name]) {
        item.appendChild(make("strong", "", scopes[name].panel));
        var link = item.appendChild(make("a"));
        link.href = "scope-" + name + ".html";
        link.appendChild(make("code", "", name));
      } else {
        item.appendChild(make("code", "", name));
      }
      var more = note && note(name);
      if (more) item.appendChild(make("span", "note", more));
    });
  }
  function copyable(title, text, open) { body.appendChild(window.page.copyable(title, text, open)); }

  // The calls that the answer is about. Who takes one away is at the next one.
  var listOpen = null;
  function chosenCalls(of) {
    var part = body.appendChild(make("details", "selected"));
    part.open = listOpen === null ? of.length <= 5 : listOpen;
    var title = part.appendChild(make("summary", "", "Selected calls (" + of.length + ")"));
    title.addEventListener("click", function () { listOpen = !part.open; });
    var ul = part.appendChild(make("ul"));
    of.slice(0, LISTED).forEach(function (one, at) {
      var item = ul.appendChild(make("li"));
      var link = item.appendChild(make("a"));
      link.href = one.href;
      link.appendChild(make("code", "", one.id));
      var button = item.appendChild(make("button", "", "Remove"));
      button.type = "button";
      button.setAttribute("aria-label", "Remove " + one.id);
      button.addEventListener("click", function () {
        one.box.checked = false;
        changed();
        var left = all(".selected button", body);
        (left[Math.min(at, left.length - 1)] || document.getElementById("pick-none")).focus();
      });
    });
    if (of.length > LISTED) part.appendChild(make("p", "what", "And " + (of.length - LISTED) + " more."));
  }

  function sayCalls() {
    var of = picked();
    var needed = least(of, []);
    said.textContent = of.length === 0
      ? "Select calls to see the minimum scopes for all of them."
      : number(of.length, "call") + (of.length === 1 ? " needs " : " need ") + number(needed.length, "scope") + ".";
    if (!of.length) return;
    list("", needed, "needed");
    var some = sometimes(of);
    var more = sorted(Object.keys(some)).filter(function (scope) { return !covers(needed, scope); });
    list("Also needed with some values", more, "some", function (scope) { return some[scope].join("; "); });
    chosenCalls(of);
    copyable("OAuth scope string", needed.join(" "), true);
    copyable("JSON", JSON.stringify({ scopes: needed, calls: of.map(function (one) { return one.id; }) }, null, 2), false);
  }

  function sayScopes() {
    var names = held();
    var open = calls.filter(function (one) { return allows(names, one); });
    said.textContent = names.length === 0
      ? "Select or paste scopes to see which calls they allow."
      : number(open.length, "call") + " allowed, " + (calls.length - open.length) + " denied.";
    if (!names.length) return;
    list("", sorted(names), "held", function (name) {
      return number(calls.filter(function (one) { return allows([name], one); }).length, "call");
    });
    lacked(open, names);
    unknown(names);
    body.appendChild(make("p", "what", "Each denied call shows the scope that would allow it."));
    copyable("JSON", JSON.stringify({
      granted: names,
      allowed: open.map(function (one) { return one.id; })
    }, null, 2), false);
  }

  function strangeOf(names) {
    return names.filter(function (name) { return !scopes[name] && unasked.indexOf(name) < 0; });
  }
  function unknown(names) {
    list("Not in this reference", strangeOf(names), "strange", function (name) {
      var near = window.page.closest(name, order);
      return near ? "did you mean " + near + "?" : "no call here needs it";
    });
    var given = names.filter(function (name) { return unasked.indexOf(name) >= 0; });
    list("Ignored", given, "ignored", function () { return "BigCommerce grants it to every app; no app requests it"; });
  }

  function sayCheck() {
    var of = picked();
    var names = held();
    var needed = least(of, names);
    if (!of.length || !names.length) {
      said.textContent = "Select calls and paste the scopes of a token to see which scopes are missing or not needed.";
      return;
    }
    var missing = needed.filter(function (scope) { return !covers(names, scope); });
    // Next to a needed one that includes it, a scope is not needed with any value.
    var some = sometimes(of);
    var enough = needed.concat(Object.keys(some)).filter(function (one) { return names.indexOf(one) >= 0; });
    var kept = sorted(Object.keys(some)).filter(function (scope) {
      var wider = enough.filter(function (one) { return one !== scope; });
      return names.indexOf(scope) >= 0 && needed.indexOf(scope) < 0 && !covers(wider, scope);
    });
    var excess = sorted(names).filter(function (scope) { return needed.indexOf(scope) < 0 && kept.indexOf(scope) < 0; });
    var strange = strangeOf(names);
    said.textContent = missing.length + excess.length + strange.length === 0
      ? "The token fits: no scope is missing, and none is unnecessary."
      : number(missing.length, "scope") + " missing, " + excess.length + " not needed"
        + (strange.length ? ", " + strange.length + " not in this reference." : ".");
    list(missing.length ? "Missing" : "", missing, "missing");
    list("Not needed", excess, "excess", function (scope) {
      var narrower = sorted(needed.concat(Object.keys(some))).filter(function (one) {
        return one !== scope && covers([scope], one);
      });
      return narrower.length ? "enough: " + narrower.join(", ") : "no selected call needs it";
    });
    list("Needed only with some values", kept, "some", function (scope) { return some[scope].join("; "); });
    lacked(of, names.concat(needed));
    unknown(names);
    chosenCalls(of);
    copyable("Sufficient OAuth scope string", needed.join(" "), false);
    copyable("JSON", JSON.stringify({ missing: missing, excess: excess.concat(strange), needed: needed }, null, 2), false);
  }

  function mark() {
    var names = held();
    var shows = marks();
    calls.forEach(function (one) {
      var open = shows && allows(names, one);
      var text = !shows ? "" : open ? "Allowed" : "Denied without";
      if (one.state.textContent !== text) one.state.textContent = text;
      one.state.classList.toggle("denied", shows && !open);
      one.state.classList.toggle("allowed", open);
    });
  }

  // The table shows all calls, those that are selected, or those that the scopes allow or deny.
  function marks() { return mode() !== "calls" && held().length > 0; }
  chosen.tests.show = function (row, value) {
    var one = window.calls.byId[row.dataset.id];
    return value === "selected" ? one.box.checked : allows(held(), one) === (value === "allowed");
  };
  function offer() {
    var can = { "": true, selected: mode() !== "scopes", allowed: marks(), denied: marks() };
    all("option", show).forEach(function (one) { one.disabled = !can[one.value]; });
    if (!can[show.value]) show.value = "";
  }

  function say() {
    var now = mode();
    var picks = now !== "scopes";
    all(".for", ask).forEach(function (one) { one.hidden = !one.classList.contains(now); });
    if (table.classList.contains("picks") !== picks) {
      table.classList.toggle("picks", picks);
      all(".pick", table).forEach(function (one) { one.hidden = !picks; });
      all("tr.group th", table).forEach(function (one) { one.colSpan = picks ? 3 : 2; });
    }
    var names = held();
    boxes.forEach(function (box) { box.checked = names.indexOf(box.value) >= 0; });
    body.textContent = "";
    mark();
    offer();
    if (now === "calls") sayCalls(); else if (now === "scopes") sayScopes(); else sayCheck();
  }

  function sayAll() {
    var before = show.value;
    say();
    if (before || show.value) chosen.narrow();
  }
  function changed() { sayAll(); chosen.save(); }

  chosen.keep("mode", function () { return mode() === "calls" ? "" : mode(); }, function (value) {
    all("[name=mode]", ask).forEach(function (one) { one.checked = one.value === (value || "calls"); });
    if (!ask.querySelector("[name=mode]:checked")) ask.querySelector("[name=mode]").checked = true;
  });
  // All calls of a group are kept by its name, so that the address stays short.
  chosen.keep("pick", function () {
    var sizes = Object.create(null);
    var counts = Object.create(null);
    calls.forEach(function (one) { sizes[one.group] = (sizes[one.group] || 0) + 1; });
    picked().forEach(function (one) { counts[one.group] = (counts[one.group] || 0) + 1; });
    var names = picked().map(function (one) { return counts[one.group] === sizes[one.group] ? one.group : one.id; });
    return names.filter(function (name, at) { return names.indexOf(name) === at; }).join(",");
  }, function (value) {
    var names = value.split(",");
    forget();
    calls.forEach(function (one) { one.box.checked = names.indexOf(one.id) >= 0 || names.indexOf(one.group) >= 0; });
  });
  chosen.keep("granted", function () { return held().join(","); }, function (value) {
    if (held().join(",") !== value) granted.value = value.split(",").join(" ");
  });
  chosen.changed.push(sayAll);

  all("[name=mode]", ask).forEach(function (one) { one.addEventListener("change", changed); });
  // What is unselected in the table stays where it is until the table is narrowed again.
  table.addEventListener("change", function () { say(); chosen.save(); });
  granted.addEventListener("input", changed);
  document.getElementById("hold").addEventListener("change", function () {
    var strange = held().filter(function (name) { return !scopes[name]; });
    var known = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
    granted.value = known.concat(strange).join(" ");
    changed();
  });

  // What is pasted is selected as it comes, and what it no longer names is not, unless it was selected by hand.
  var pasted = [];
  var waits = 0;
  function wait(milliseconds) {
    clearTimeout(waits);
    waits = milliseconds ? setTimeout(readPaste, milliseconds) : 0;
  }
  // Clears the pasted text, because the selection no longer comes from it.
  function forget() {
    wait(0);
    paste.value = "";
    pasted = [];
    pasteSaid.textContent = "";
  }
  function readPaste() {
    wait(0);
    var got = window.calls.read(paste.value);
    pasted.forEach(function (one) { one.box.checked = false; });
    pasted = got.found.filter(function (one) { return !one.box.checked; });
    pasted.forEach(function (one) { one.box.checked = true; });
    var strange = got.unknown.slice(0, 5).map(function (one) {
      return " There is no " + one.name + (one.hint ? "; " + one.hint : ".");
    }).concat(got.untyped.slice(0, 5).map(function (name) {
      return " " + name + " may be a call, but the type of " + name.split(".")[0] + " is unknown.";
    })).join("");
    pasteSaid.textContent = !paste.value.trim() ? ""
      : got.found.length || strange ? number(got.found.length, "call") + " found." + strange
      : "No calls found. Supported formats: ids (orders.list), groups (orders or orders.*), requests "
        + "(GET /v2/orders/118, curl) and Rust (store.orders().list()).";
    changed();
  }
  paste.addEventListener("input", function () { wait(150); });
  paste.addEventListener("change", function () { if (waits) readPaste(); });
  document.getElementById("pick-shown").addEventListener("click", function () {
    calls.forEach(function (one) { if (!one.row.hidden) one.box.checked = true; });
    changed();
  });
  document.getElementById("pick-none").addEventListener("click", function () {
    forget();
    calls.forEach(function (one) { one.box.checked = false; });
    changed();
  });
  ask.hidden = false;
  answer.hidden = false;
  document.querySelector(".bench").classList.add("works");
})();
