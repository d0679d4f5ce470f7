// The calls of the scope matrix, and how they are read out of what people have at hand: ids and groups, requests
// as in curl and other languages, and chains of methods in Rust, from the client or from a name that is a handle.
(function () {
  "use strict";
  var page = window.page;
  if (!window.chosen || !window.chosen.rows) return;
  var calls = window.chosen.rows.map(function (row) {
    return {
      row: row, id: row.dataset.id, group: row.dataset.group, scope: row.dataset.scope, method: row.dataset.method,
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
  calls.forEach(function (one) {
    ids[one.id] = one;
    (groups[one.group] = groups[one.group] || []).push(one);
    one.rust.forEach(function (chain) {
      chains[chain] = one;
      var names = chain.split(".");
      longest = Math.max(longest, names.length);
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
    + "|(?:\\|&?|\\bfor\\s+)(\\w{1,80})\\s*(?:\\||\\bin\\b)"
    + "|\\b(\\w{1,80})\\s*:\\s*" + TYPE
    + "|(\\.\\s*)?\\b(\\w{1,80})(?=\\s*\\.)", "g");
  // Blocks that are nested deeper share their names, and a handle is bound by less code than this.
  var DEEPEST = 100;
  var SHORT = 400;

  // Where the statement ends that starts here, if it is short.
  function endOf(code, from) {
    var depth = 0;
    for (var at = from; at < code.length && at < from + SHORT; at += 1) {
      if (/[(\[{]/.test(code[at])) depth += 1;
      if (/[)\]}]/.test(code[at])) depth -= 1;
      if (code[at] === ";" && depth <= 0) return at;
    }
    return from;
  }

  // Code with handles in place of the names that are bound to them, by `let` or by the type of a parameter or field.
  function inlined(code) {
    // The chains of the names in a block; its prototype is that of the block around it.
    var bound = Object.create(null);
    var fields = Object.create(null);
    var depth = 0;
    // What a statement binds holds after it, and so does what it hides.
    var next = null;
    // The handle that an expression is.
    function handle(value) {
      value = bare(value).replace(/^&/, "");
      var run = /(?:\.\w+\(\))*$/.exec(value);
      var base = value.slice(0, run.index);
      var field = /\.(\w+)$/.exec(base);
      var names = run[0].slice(1, -2).split("().").filter(function (name) { return name && name !== "clone"; });
      var before = field ? fields[field[1]] : bound[base];
      if (before) names = before.split(".").concat(names);
      for (var from = 0; from < (before ? 1 : names.length); from += 1) {
        var chain = names.slice(from).join(".");
        if (handles[chain]) return chain;
      }
      return "";
    }
    return code.replace(NAMES, function (text, variable, variableType, ended, typed, type, dot, used, at) {
      if (next && at >= next.end) {
        bound[next.name] = next.chain;
        next = null;
      }
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
        var from = at + text.length;
        var end = endOf(code, from);
        var own = TYPED.exec(variableType || "");
        var chain = own && types[own[1]] || handle(code.slice(from, end));
        if (chain || bound[variable]) next = { name: variable, chain: chain || "", end: end };
      } else if (ended) {
        // Only until the end of the statement that the closure or loop is in.
        var start = at + text.length;
        var until = bound[ended] && !next ? endOf(code, start) : start;
        if (until > start) next = { name: ended, chain: bound[ended], end: until };
        bound[ended] = "";
      } else if (typed) {
        bound[typed] = types[type] || "";
        if (types[type]) fields[typed] = types[type];
      } else {
        var of = dot ? fields[used] : bound[used];
        if (of) return (dot ? "." : "store.") + of.split(".").join("().") + "()";
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
    // Each name is looked up once, and reported once.
    var looked = Object.create(null);
    var compared = 0;
    function strange(name, hint) {
      if (!looked[name]) unknown.push({ name: name, hint: hint });
      looked[name] = true;
    }
    // A command that goes over several lines is one.
    var rest = inRequests(text.replace(/\\\r?\n\s*/g, ""), found, strange);
    inCode(inlined(rest.replace(/"(?:[^"\\]|\\[^])*"/g, "\"\"").replace(/\/\/[^\n]*/g, "")), 0, found);
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
    return { found: found.filter(function (one, at) { return found.indexOf(one) === at; }), unknown: unknown };
  }

  window.calls = { all: calls, byId: ids, read: read };
})();
