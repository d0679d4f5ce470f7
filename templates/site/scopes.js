// The scope matrix as an instrument: the fewest scopes for calls, the calls that scopes open, and how a
// token compares with calls. The rules are those of `cargo xtask scopes` and of the client.
(function () {
  "use strict";
  var chosen = window.chosen;
  var answer = document.getElementById("answer");
  if (!chosen || !chosen.rows || !answer) return;
  // What BigCommerce puts into every grant by itself.
  var OF_EVERY_TOKEN = ["store_v2_default", "users_basic_information"];
  var all = window.page.all;
  var make = window.page.make;
  var ask = document.getElementById("ask");
  var table = document.getElementById("matrix");
  var said = document.getElementById("answer-text");
  var body = document.getElementById("answer-body");
  var paste = document.getElementById("paste");
  var pasteSaid = document.getElementById("paste-said");
  var granted = document.getElementById("granted");

  // The scopes in the order of the docs, each with those that are enough in its place.
  var boxes = all("#hold input");
  var order = boxes.map(function (box) { return box.value; });
  var scopes = {};
  boxes.forEach(function (box) {
    scopes[box.value] = { panel: box.dataset.panel, area: box.dataset.area, enough: box.dataset.enough.split(" ") };
  });
  var calls = chosen.rows.map(function (row) {
    return {
      row: row, id: row.dataset.id, group: row.dataset.group, scope: row.dataset.scope, method: row.dataset.method,
      path: row.querySelector("th code").textContent, rust: row.dataset.rust.split(" "),
      box: row.querySelector("input"), state: row.querySelector(".state")
    };
  });
  var byId = {};
  calls.forEach(function (one) { byId[one.id] = one; });

  function mode() { return ask.querySelector("[name=mode]:checked").value; }
  function picked() { return calls.filter(function (one) { return one.box.checked; }); }
  function sorted(names) { return order.filter(function (name) { return names.indexOf(name) >= 0; }); }
  function held() {
    var names = granted.value.split(/[^\w]+/).filter(Boolean);
    return names.filter(function (name, at) { return names.indexOf(name) === at; });
  }
  function covers(names, scope) {
    return scopes[scope].enough.some(function (one) { return names.indexOf(one) >= 0; });
  }
  function least(of) {
    var needed = sorted(of.map(function (one) { return one.scope; }));
    return needed.filter(function (scope) {
      return !scopes[scope].enough.some(function (other) { return other !== scope && needed.indexOf(other) >= 0; });
    });
  }

  // What is pasted: ids, requests, and chains of methods in Rust.
  function bare(code) {
    var out = "";
    var depth = 0;
    for (var at = 0; at < code.length; at += 1) {
      var c = code[at];
      if (c === ")" && depth > 0) depth -= 1;
      if (depth === 0 && !/\s/.test(c)) out += c;
      if (c === "(") depth += 1;
    }
    return out;
  }
  function inside(code) {
    var found = [];
    var depth = 0;
    var from = 0;
    for (var at = 0; at < code.length; at += 1) {
      if (code[at] === "(") { if (depth === 0) from = at + 1; depth += 1; }
      if (code[at] === ")" && depth > 0) { depth -= 1; if (depth === 0) found.push(code.slice(from, at)); }
    }
    return found;
  }
  function inCode(code, deep) {
    var text = bare(code).replace(/[{};,]/g, " ");
    var found = calls.filter(function (one) {
      return one.rust.some(function (chain) {
        return text.indexOf("." + chain.split(".").join("().") + "()") >= 0;
      });
    });
    if (deep < 8) inside(code).forEach(function (part) { if (part.indexOf("(") >= 0) found = found.concat(inCode(part, deep + 1)); });
    return found;
  }
  function onPath(method, path) {
    var parts = path.replace(/[?#].*$/, "").replace(/^.*?(\/v[23]\/)/, "$1").replace(/^\/|\/$/g, "").split("/");
    var best = null;
    var most = -1;
    calls.forEach(function (one) {
      var own = one.path.replace(/^\//, "").split("/");
      if (one.method !== method || own.length !== parts.length) return;
      var words = 0;
      var fits = own.every(function (part, at) {
        if (part === parts[at]) { words += 1; return true; }
        return part[0] === "{" && parts[at] !== "";
      });
      if (fits && words > most) { best = one; most = words; }
    });
    return best;
  }
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
  function meant(name, names) {
    var best = "";
    var far = Math.max(1, Math.floor(name.length / 3)) + 1;
    names.forEach(function (one) {
      if (Math.abs(one.length - name.length) >= far) return;
      var d = distance(name, one);
      if (d < far) { far = d; best = one; }
    });
    return best;
  }
  function read(text) {
    var found = inCode(text, 0);
    var rest = text.replace(/\b(get|post|put|patch|delete)\s+(\S+)/gi, function (whole, method, path) {
      var one = onPath(method.toUpperCase(), path);
      if (one) found.push(one);
      return one ? " " : whole;
    });
    var unknown = [];
    (rest.match(/\b[a-z]\w*\.[a-z]\w*\b(?!\s*\()/g) || []).forEach(function (name) {
      if (byId[name]) found.push(byId[name]);
      else if (text.indexOf("(") < 0) unknown.push(name);
    });
    return { found: found.filter(function (one, at) { return found.indexOf(one) === at; }), unknown: unknown };
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

  function sayCalls() {
    var of = picked();
    var needed = least(of);
    said.textContent = of.length === 0
      ? "Select calls to see the fewest scopes that open them all."
      : number(of.length, "call") + (of.length === 1 ? " needs " : " need ") + number(needed.length, "scope") + ".";
    if (!of.length) return;
    list("", needed, "needed");
    copyable("OAuth scope string", needed.join(" "), true);
    copyable("JSON", JSON.stringify({ scopes: needed, calls: of.map(function (one) { return one.id; }) }, null, 2), false);
  }

  function sayScopes() {
    var names = held();
    var open = calls.filter(function (one) { return covers(names, one.scope); });
    said.textContent = names.length === 0
      ? "Select or paste scopes to see which calls they open."
      : number(open.length, "call") + " allowed, " + (calls.length - open.length) + " denied.";
    if (!names.length) return;
    list("", sorted(names), "held", function (name) {
      return calls.filter(function (one) { return covers([name], one.scope); }).length + " calls";
    });
    unknown(names);
    body.appendChild(make("p", "what", "Each denied call names the one scope that would open it."));
    copyable("JSON", JSON.stringify({
      granted: names,
      allowed: open.map(function (one) { return one.id; })
    }, null, 2), false);
  }

  function unknown(names) {
    var strange = names.filter(function (name) { return !scopes[name]; });
    list("Not in this reference", strange, "strange", function (name) {
      if (OF_EVERY_TOKEN.indexOf(name) >= 0) return "granted to every token";
      var near = meant(name, order);
      return near ? "did you mean " + near + "?" : "no call here needs it";
    });
    return strange.filter(function (name) { return OF_EVERY_TOKEN.indexOf(name) < 0; });
  }

  function sayCheck() {
    var of = picked();
    var names = held();
    var needed = least(of);
    if (!of.length || !names.length) {
      said.textContent = "Select calls and paste the scopes of a token to see what it has too few or too many of.";
      return;
    }
    var missing = needed.filter(function (scope) { return !covers(names, scope); });
    var excess = sorted(names).filter(function (scope) { return needed.indexOf(scope) < 0; });
    var strange = names.filter(function (name) { return !scopes[name] && OF_EVERY_TOKEN.indexOf(name) < 0; });
    var more = excess.length + strange.length;
    said.textContent = missing.length + more === 0
      ? "The token fits: nothing is missing and nothing in excess."
      : number(missing.length, "scope") + " missing, " + more + " in excess.";
    list(missing.length ? "Missing" : "", missing, "missing");
    list("In excess", excess, "excess", function (scope) {
      var narrower = needed.filter(function (one) { return covers([scope], one); });
      return narrower.length ? "enough: " + narrower.join(", ") : "no selected call needs it";
    });
    unknown(names);
    copyable("OAuth scope string that is enough", needed.join(" "), false);
    copyable("JSON", JSON.stringify({ missing: missing, excess: excess.concat(strange), needed: needed }, null, 2), false);
  }

  function mark() {
    var names = held();
    var shows = mode() !== "calls" && names.length > 0;
    calls.forEach(function (one) {
      var open = shows && covers(names, one.scope);
      var text = !shows ? "" : open ? "Allowed" : "Denied without";
      if (one.state.textContent !== text) one.state.textContent = text;
      one.state.classList.toggle("denied", shows && !open);
      one.state.classList.toggle("allowed", open);
    });
  }

  function say() {
    var now = mode();
    all(".for", ask).forEach(function (one) { one.hidden = !one.classList.contains(now); });
    all(".pick", table).forEach(function (one) { one.hidden = now === "scopes"; });
    all("tr.group th", table).forEach(function (one) { one.colSpan = now === "scopes" ? 2 : 3; });
    var names = held();
    boxes.forEach(function (box) { box.checked = names.indexOf(box.value) >= 0; });
    body.textContent = "";
    mark();
    if (now === "calls") sayCalls(); else if (now === "scopes") sayScopes(); else sayCheck();
  }

  function changed() { say(); chosen.save(); }

  chosen.keep("mode", function () { return mode() === "calls" ? "" : mode(); }, function (value) {
    all("[name=mode]", ask).forEach(function (one) { one.checked = one.value === (value || "calls"); });
    if (!ask.querySelector("[name=mode]:checked")) ask.querySelector("[name=mode]").checked = true;
  });
  // All calls of a group are kept by its name, so that the address stays short.
  chosen.keep("pick", function () {
    var sizes = {};
    var counts = {};
    calls.forEach(function (one) { sizes[one.group] = (sizes[one.group] || 0) + 1; });
    picked().forEach(function (one) { counts[one.group] = (counts[one.group] || 0) + 1; });
    var names = picked().map(function (one) { return counts[one.group] === sizes[one.group] ? one.group : one.id; });
    return names.filter(function (name, at) { return names.indexOf(name) === at; }).join(",");
  }, function (value) {
    var names = value.split(",");
    calls.forEach(function (one) { one.box.checked = names.indexOf(one.id) >= 0 || names.indexOf(one.group) >= 0; });
  });
  chosen.keep("granted", function () { return held().join(","); }, function (value) {
    if (held().join(",") !== value) granted.value = value.split(",").join(" ");
  });
  chosen.changed.push(say);

  all("[name=mode]", ask).forEach(function (one) { one.addEventListener("change", changed); });
  table.addEventListener("change", changed);
  granted.addEventListener("input", changed);
  document.getElementById("hold").addEventListener("change", function () {
    var strange = held().filter(function (name) { return !scopes[name]; });
    var known = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
    granted.value = known.concat(strange).join(" ");
    changed();
  });
  document.getElementById("paste-add").addEventListener("click", function () {
    var got = read(paste.value);
    got.found.forEach(function (one) { one.box.checked = true; });
    pasteSaid.textContent = number(got.found.length, "call") + " found." + got.unknown.map(function (name) {
      var near = meant(name, Object.keys(byId));
      return " There is no " + name + (near ? "; did you mean " + near + "?" : ".");
    }).join("");
    changed();
  });
  document.getElementById("pick-shown").addEventListener("click", function () {
    calls.forEach(function (one) { if (!one.row.hidden) one.box.checked = true; });
    changed();
  });
  document.getElementById("pick-none").addEventListener("click", function () {
    calls.forEach(function (one) { one.box.checked = false; });
    pasteSaid.textContent = "";
    changed();
  });
  ask.hidden = false;
  answer.hidden = false;
  document.querySelector(".bench").classList.add("works");
})();
