// The calls of the scope matrix, and how they are read out of what people have at hand: ids and groups, requests
// as in curl and other languages, and chains of methods in Rust, from the client or from a name that is a handle.
(function () {
  "use strict";
  var page = window.page;
  if (!window.chosen || !window.chosen.rows) return;
  var calls = window.chosen.rows.map(function (row) {
    return {
      row: row, id: row.dataset.id, group: row.dataset.group, leasts: row.dataset.scope.split(" "), method: row.dataset.method,
      path: row.querySelector("th code").textContent, href: row.querySelector("th a").getAttribute("href"),
      rust: row.dataset.rust.split(" "), form: row.dataset.form === "",
      box: row.querySelector("input"), state: row.querySelector(".state")
    };
  });
  // Without what every object has, since names are looked up that somebody pasted.
  var chains = Object.create(null);
  var ids = Object.create(null);
  var groups = Object.create(null);
  // How many names the longest chain has. Pasted text may have longer ones.
  var longest = 0;
  // The chains that return handles, such as "products.images", and those of the types of handles.
  var handles = Object.create(null);
  var types = Object.create(null);
  // The names of the methods that are calls, alone and after the one that returns their handle.
  var methods = Object.create(null);
  calls.forEach(function (one) {
    ids[one.id] = one;
    (groups[one.group] = groups[one.group] || []).push(one);
    one.rust.forEach(function (chain) {
      chains[chain] = one;
      var names = chain.split(".");
      longest = Math.max(longest, names.length);
      methods[names.slice(-1)[0]] = true;
      if (names.length > 2) methods[names.slice(-2).join(".")] = true;
      for (var to = 1; to < names.length; to += 1) handles[names.slice(0, to).join(".")] = true;
    });
    (one.row.dataset.handles || "").split(" ").forEach(function (type) {
      types[type] = one.rust[0].split(".").slice(0, -1).join(".");
    });
  });

  // A path, with its host or without, and the methods that stand before and behind one.
  var ADDRESS = /https?:\/\/[^\s"'`<>\\]+|\b[\w.-]{1,100}\.bigcommerce\.com\/[^\s"'`<>\\]+|\/(?:stores\/[^\s\/"'`]+\/)?v[23]\/[^\s"'`<>\\]*/gi;
  var COMMAND = /\bcurl\b|\bfetch\s*\(/g;
  var BEFORE = /\b(get|post|put|patch|delete)\b[\s,:("'`&]*(?:format!\()?(?:[\w.$]+\s*\+\s*)*[frb]?["'`]?(?:\$?\{[^{}]*\})*$/i;
  var BEHIND = /(?:-X|--request)[\s=]*["']?(get|post|put|patch|delete)\b|\bmethod["']?\s*[:=,]\s*["'`]?(get|post|put|patch|delete)\b/i;
  // Two calls may differ by their body alone, which is a form or none.
  var FORM = /\s(?:-F|--form(?:-string)?)\b|\bFormData\b|\bmultipart\b/;
  var BODY = /\bcurl\b[^]*\s(?:-d|-F|--json|--form(?:-string)?|--data(?:-\w+)?)\b/;

  var QUERY = /\s(?:-G|--get)\b/;
  // At most so many unknown names are compared with those that exist; a whole document would freeze the page.
  var MOST = 100;

  // Code without the arguments of its calls and without blanks, in which a chain is written as it is called.
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
  // Where several calls end a chain, the longest is meant: the products of an order are no products.
  function inCode(code, deep, found) {
    (bare(code).match(/(?:\.\w+\(\))+/g) || []).forEach(function (run) {
      var names = run.slice(1, -2).split("().");
      for (var from = 0; from < names.length; from += 1) {
        for (var to = Math.min(names.length, from + longest); to > from + 1; to -= 1) {
          var one = chains[names.slice(from, to).join(".")];
          if (one) { found.push(one); from = to - 1; break; }
        }
      }
    });
    if (deep < 8) inside(code).forEach(function (part) { if (part.indexOf("(") >= 0) inCode(part, deep + 1, found); });
  }

  // A type after a name, behind a reference or a pointer.
  var TYPE = "&?(?:'\\w{1,30}\\s+)?(?:mut\\s+)?(?:(?:Arc|Box|Rc)<&?)?(?:\\w{1,80}::)*([A-Z]\\w{0,80})\\b";
  var TYPED = new RegExp("^\\s*" + TYPE);
  // What binds a name, ends a binding, or uses a name: blocks and functions, `let`, the parameters of closures and
  // the names of loops, names with types, and names or fields that something is called on.
  var NAMES = new RegExp("[{}]|\\bfn\\b"
    + "|\\blet\\s+(?:mut\\s+)?(\\w{1,80})\\s*(?::([^=;]{1,100}))?=(?!=)"
    + "|\\bfor\\s+(\\w{1,80})\\s*\\bin\\b|\\|\\s*\\(?((?:&|mut\\s+)?\\w{1,80}(?:\\s*,\\s*(?:&|mut\\s+)?\\w{1,80}){0,5})\\)?\\s*\\|"
    + "|\\b(\\w{1,80})\\s*:\\s*" + TYPE
    + "|(\\.\\s*)?\\b(\\w{1,80})(?=\\s*\\.)", "g");
  // Blocks that are nested deeper share their names, and a handle is bound by less code than this.
  var DEEPEST = 100;
  var SHORT = 400;
  // What names are bound to that are no handles: what a call returns, and parameters of closures whose types are
  // unknown.
  var RESPONSE = "!";
  var UNTYPED = "?";
  // Calls whose names strings, collections, iterators and hashes have, too. They only count if their results are
  // awaited or sent.
  var COMMON = /^(?:add|apply|assign|capture|check|count|events|find|get|remove|replace|update|validate)$/;
  var SENT = /\.await\b|\.(?:send|stream|pages)\(\)/;

  // The first of these characters outside of brackets, or but for statements the bracket that closes around it.
  function until(code, from, ends, otherwise) {
    var depth = 0;
    for (var at = from; at < code.length && at < from + SHORT; at += 1) {
      if (/[(\[{]/.test(code[at])) depth += 1;
      if (/[)\]}]/.test(code[at])) depth -= 1;
      if (depth < 0 && ends !== ";" || depth <= 0 && ends.indexOf(code[at]) >= 0) return at;
    }
    return otherwise;
  }

  // What the method is called on that a closure is passed to: "store.orders().list().map" before "(|order| …)".
  function receiver(code, to) {
    var depth = 0;
    var end = -1;
    for (var at = to - 1; at >= 0 && at > to - SHORT; at -= 1) {
      if (/[)\]}]/.test(code[at])) depth += 1;
      else if (/[(\[{]/.test(code[at]) && depth > 0) depth -= 1;
      else if (code[at] === "(" && end < 0) end = at;
      else if (/[(\[{;]/.test(code[at]) || code[at] === "," && depth === 0 && end >= 0) break;
    }
    return end < 0 ? "" : code.slice(at + 1, end);
  }

  // Code with handles in place of the names that are bound to them, by `let` or by the type of a parameter or field.
  // Adds what may be calls on parameters of closures whose types are unknown.
  function inlined(code, untyped) {
    // The chains of the names in a block; its prototype is that of the block around it.
    var bound = Object.create(null);
    var fields = Object.create(null);
    var depth = 0;
    // What a statement binds holds after it, and so does what a closure or loop hides.
    var later = [];
    // The handle that an expression is.
    function handle(value) {
      value = bare(value).replace(/^&/, "");
      var run = /(?:\.\w+\(\))*$/.exec(value);
      var base = value.slice(0, run.index);
      var field = /\.(\w+)$/.exec(base);
      var names = run[0].slice(1, -2).split("().").filter(function (name) { return name && name !== "clone"; });
      var before = field ? fields[field[1]] : bound[base];
      if (before === RESPONSE || before === UNTYPED) return "";
      if (before) names = before.split(".").concat(names);
      for (var from = 0; from < (before ? 1 : names.length); from += 1) {
        var chain = names.slice(from).join(".");
        if (handles[chain]) return chain;
      }
      return "";
    }
    // Whether an expression is what a call returns, or a part of it.
    function isResponse(value) {
      var found = [];
      inCode(value, 8, found);
      var base = /(?:^|[^\w.])(\w+)\s*(?=\.)/.exec(value);
      var of = base ? bound[base[1]] : "";
      if (!of || of === RESPONSE || of === UNTYPED) return found.length > 0 || of === RESPONSE;
      var run = /^(?:\.\w+\(\))*/.exec(bare(value.slice(base.index + base[0].length)))[0];
      return run.slice(1, -2).split("().").some(function (name, at, names) {
        return chains[[of].concat(names.slice(0, at + 1)).join(".")];
      });
    }
    // Names that are bound to something else up to a place.
    function hide(name, value, end, start) {
      if (end > start && (bound[name] || value)) later.push({ name: name, chain: bound[name] || "", end: end });
      bound[name] = value;
    }
    function mayCall(name, run) {
      var names = (/^(?:\.\w+\(\))+/.exec(run) || [""])[0].slice(1, -2).split("().");
      var own = name + "." + names[0];
      var known = chains[own] || handles[own] || methods[names[0]] && (!COMMON.test(names[0]) || SENT.test(run));
      var inner = names[1] && methods[names.slice(0, 2).join(".")] && !chains[names.slice(0, 2).join(".")];
      if ((known || inner) && untyped.indexOf(own) < 0) untyped.push(own);
    }
    return code.replace(NAMES, function (text, variable, variableType, looped, given, typed, type, dot, used, at) {
      var from = at + text.length;
      later = later.filter(function (one) {
        if (at >= one.end) bound[one.name] = one.chain;
        return at < one.end;
      });
      if (text === "{") {
        depth += 1;
        if (depth <= DEEPEST) bound = Object.create(bound);
      } else if (text === "}") {
        if (depth <= DEEPEST) bound = Object.getPrototypeOf(bound) || Object.create(null);
        depth = Math.max(0, depth - 1);
      } else if (text === "fn") {
        bound = Object.create(null);
        depth = 0;
      } else if (variable) {
        var end = until(code, from, ";", from);
        var own = TYPED.exec(variableType || "");
        var value = code.slice(from, end);
        var chain = own && types[own[1]] || handle(value) || (isResponse(value) ? RESPONSE : "");
        if (chain || bound[variable]) later.push({ name: variable, chain: chain, end: end });
      } else if (looped) {
        hide(looped, "", until(code, from, "}", from - 1) + 1, from);
      } else if (given) {
        // What a call returns gives no handles to a closure.
        var passed = isResponse(receiver(code, at)) ? "" : UNTYPED;
        given.split(",").forEach(function (name) {
          hide(name.replace(/^\s*(?:&|mut\s)?\s*|\s+$/g, ""), passed, until(code, from, ",;", from), from);
        });
      } else if (typed) {
        bound[typed] = types[type] || "";
        if (types[type]) fields[typed] = types[type];
      } else {
        var of = dot ? fields[used] : bound[used];
        if (of === UNTYPED) mayCall(used, bare(code.slice(from, until(code, from, ",;", from + SHORT))));
        else if (of && of !== RESPONSE) return (dot ? "." : "store.") + of.split(".").join("().") + "()";
      }
      return text;
    });
  }

  function inRequests(text, found, strange) {
    var starts = [];
    var addresses = [];
    text.replace(COMMAND, function (word, at) { starts.push(at); return word; });
    text.replace(ADDRESS, function (address, at) { addresses.push({ text: address, at: at }); return address; });
    addresses.forEach(function (one, number) {
      var end = one.at + one.text.length;
      var before = number ? addresses[number - 1].at + addresses[number - 1].text.length : 0;
      var behind = number + 1 < addresses.length ? addresses[number + 1].at : text.length;
      starts.forEach(function (start) {
        if (start > before && start < one.at) before = start;
        if (start > end && start < behind) behind = start;
      });
      var command = text.slice(before, behind);
      var own = BEFORE.exec(text.slice(before, one.at)) || BEHIND.exec(command);
      var method = own ? (own[1] || own[2]).toUpperCase() : BODY.test(command) && !QUERY.test(command) ? "POST" : "GET";
      var path = page.pathOf(one.text);
      if (!path) return;
      var fits = page.atPath(calls, method, path);
      if (fits.length) {
        var form = FORM.test(command);
        found.push(fits.filter(function (call) { return call.form === form; })[0] || fits[0]);
        return;
      }
      var others = page.atPath(calls, "", path).map(function (call) { return call.method; });
      strange(method + " " + path, others.length ? "the methods there are " + others.join(", ") + "." : "");
    });
    return text.replace(ADDRESS, " ");
  }

  // The calls that a text names, and the names in it that no call has.
  function read(text) {
    var found = [];
    var unknown = [];
    var untyped = [];
    // Each name is looked up once, and reported once.
    var looked = Object.create(null);
    var compared = 0;
    function strange(name, hint) {
      if (!looked[name]) unknown.push({ name: name, hint: hint });
      looked[name] = true;
    }
    // A command that goes over several lines is one.
    var rest = inRequests(text.replace(/\\\r?\n\s*/g, ""), found, strange);
    inCode(inlined(rest.replace(/"(?:[^"\\]|\\[^])*"/g, "\"\"").replace(/\/\/[^\n]*/g, ""), untyped), 0, found);
    // The names of groups are words that also occur elsewhere; they are meant only if there is nothing else.
    var list = !/[({]/.test(rest);
    rest.split(/\r?\n/).forEach(function (line) {
      var names = line.split(/[\s,;"'`\[\]{}]+/).filter(Boolean);
      var alone = list && names.every(function (name) { return ids[name] || groups[name] || /^[a-z]\w*\.(\w+|\*)$/.test(name); });
      names.forEach(function (name) {
        var all = /\.\*$/.test(name) || alone ? groups[name.replace(/\.\*$/, "")] : null;
        if (ids[name]) found.push(ids[name]);
        else if (all) all.forEach(function (one) { found.push(one); });
        else if (list && !looked[name] && compared < MOST && (alone || names.length === 1)) {
          compared += 1;
          var near = page.closest(name, Object.keys(/\.\w/.test(name) ? ids : groups));
          if (alone || near) strange(name, near ? "did you mean " + near + "?" : "");
          looked[name] = true;
        }
      });
    });
    found = found.filter(function (one, at) { return found.indexOf(one) === at; });
    return { found: found, unknown: unknown, untyped: untyped };
  }

  window.calls = { all: calls, byId: ids, read: read };
})();
