// What the search finds, and in which order. It reads the index and touches nothing on the page.
(function () {
  "use strict";
  // Among equals, what people look for most comes first. What the coverage page lists has results of its own, so those
  // of the page come last.
  var WEIGHT = { group: 15, endpoint: 14, page: 14, topic: 13, term: 13, guide: 14, type: 11, scope: 10, event: 9, status: 9, header: 8, diagnostic: 7, field: 3, parameter: 1, coverage: -20 };
  // What people type, and what it is called here. It has no prototype, since any word is looked up in it.
  var ALSO = Object.assign(Object.create(null), {
    hmac: ["signature", "verif"], throttling: ["rate"], throttle: ["rate"], throttled: ["rate"], paging: ["pagination"], paginate: ["pagination"],
    backoff: ["retr"], idempotency: ["idempotent", "retr"], auth: ["authenticat"], login: ["authenticat"],
    parallel: ["concurren"], bulk: ["batch"], stock: ["inventor"], permission: ["scope"], validate: ["verif", "signature"], verify: ["signature"], verification: ["signature"],
    add: ["create"], make: ["create"], new: ["create"], remove: ["delete"], erase: ["delete"], edit: ["update"], change: ["update"], modify: ["update"],
    fetch: ["get"], read: ["get"], retrieve: ["get"], search: ["list"], find: ["list", "get"], query: ["list"],
    file: ["upload", "download"], attachment: ["upload"], sse: ["event stream"], polling: ["job"], background: ["job"],
    vat: ["tax"], gst: ["tax"], avalara: ["tax provider"], taxjar: ["tax provider"], vertex: ["tax provider"], flat: ["shipping method"],
    harmonized: ["hs_code", "customs"], harmonised: ["hs_code", "customs"], pixel: ["analytics"], ga4: ["analytics"], facet: ["search filter"], facets: ["search filter"], faceted: ["search filter"],
    maintenance: ["storefront/status"], prelaunch: ["storefront/status"],
    blocking: ["async"], sync: ["async"], synchronous: ["async"], raw: ["other paths"],
    sandbox: ["testing"], mock: ["testing"], fake: ["testing"], quickstart: ["first steps"], tutorial: ["first steps"], getting: ["first steps"], started: ["first steps"],
    breaking: ["changelog"], changes: ["changelog"], release: ["changelog"], logging: ["observ"], metrics: ["observ"]
  });
  // Words that do not narrow a search.
  var EMPTY = /^(a|an|and|are|between|by|can|difference|differences|do|does|for|how|i|in|is|my|of|on|or|the|there|to|versus|vs|what|when|where|which|why|with)$/;
  // Kinds of results whose ids have several parts.
  var NAMED = { endpoint: true, event: true };
  var entries = [];

  // The index names a page, a kind, a scope and an event once, and leaves out what is empty at the end of an
  // entry; this spells everything out.
  function expand(index) {
    var found = [];
    function add(kind, file, anchor, name, text, words, title) {
      var key = name.toLowerCase();
      found.push({
        kind: kind, name: name, text: text, title: title, above: title.toLowerCase(), href: file + (anchor === "-" ? "" : "#" + anchor),
        key: key, id: anchor.toLowerCase(), last: key.slice(key.lastIndexOf(".") + 1),
        words: words.toLowerCase(), prose: text.toLowerCase()
      });
    }
    function entry(kind, file, one, title) {
      var name = one[0];
      var text = one[1] || "";
      var anchor = one[2] || name;
      if (anchor[0] === ".") anchor = file.slice(0, file.lastIndexOf(".")) + anchor;
      var words = [one[3] || ""];
      (one[5] || []).forEach(function (scope) { words.push(index.scopes[scope]); });
      (one[6] || []).forEach(function (event) { words.push(index.events[event]); });
      add(kind, file, anchor, name, text, words.join(" "), title);
      if (!one[4]) return;
      var call = kind === "endpoint";
      one[4].split(" ").forEach(function (part) {
        add(call ? "parameter" : "field", file, anchor + "." + part, (call ? anchor : name) + "." + part, call ? name : "", "", "");
      });
    }
    index.pages.forEach(function (page) {
      // A heading says little without the title of its page.
      var title = "";
      page[1].forEach(function (kind) {
        kind[1].forEach(function (one) { if (one[2] === "-" && !title) title = one[0]; });
      });
      page[1].forEach(function (kind) {
        kind[1].forEach(function (one) { entry(kind[0], page[0], one, kind[0] === "topic" ? title : ""); });
      });
    });
    return found;
  }

  // Where a word begins in a text: 0 at its start, 1 after punctuation, 2 inside a word, -1 nowhere.
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

  // The bonus if each word is a part of a name, the singular or plural of one, or the beginning of one. Other parts of
  // the name reduce it.
  function parts(name, words) {
    var own = name.split(/[^a-z0-9]+/);
    function each(fits) {
      return words.every(function (forms) {
        return forms.slice(0, forms.said).some(function (word) { return own.some(function (part) { return fits(part, word); }); });
      });
    }
    var most = each(function (part, word) { return part === word; }) ? 60
      : each(function (part, word) { return part === word || part === word + "s" || part + "s" === word; }) ? 50
      : each(function (part, word) { return part.indexOf(word) === 0; }) ? 40
      : 0;
    return Math.max(0, most - 12 * Math.max(0, own.length - words.length));
  }

  // A word without its ending, so that `retry` finds retries and `verify` verifying.
  function stem(word) {
    return word.length > 4 ? word.replace(/(ations|ation|ying|ies|ing|ed|es|e|y|s)$/, "") : word;
  }

  // `orders` of `order`, `categories` of `category`.
  function many(word) { return word.replace(/([^aeiou])y$/, "$1ie") + "s"; }

  // A single plain word usually means a part of the store; people search for fields with more: `order.status`,
  // `is_visible`.
  function weigh(entry, word, plain) {
    var inner = entry.kind === "parameter" || entry.kind === "field";
    // The name of what contains a field counts less than its own.
    var inName = place(inner ? entry.last : entry.key, word);
    var inId = place(entry.id, word);
    var inWords = place(entry.words, word);
    var inProse = place(entry.prose, word);
    if (entry.key === word || entry.id === word) return 120;
    // The name of a resource means its group first, and then its calls.
    if ((entry.kind === "group" && (entry.words === word || entry.words === many(word)))
      || (entry.kind === "page" && entry.key === many(word))) return 120;
    // A guide by its subject comes before headings that merely have the word.
    if (entry.kind === "guide" && (entry.words === word || entry.words === many(word))) return 55;
    if (plain && entry.kind === "endpoint" && (entry.id.indexOf(word + ".") === 0 || entry.id.indexOf(many(word) + ".") === 0)) return 62;
    if (plain && inner && inName >= 0) return entry.last === word ? 52 : [25, 20, 8][inName];
    if (plain && entry.kind === "type" && inName === 0) return 44;
    if (entry.last === word) return 80;
    if (inName >= 0) return [60, 45, 15][inName];
    if (inId >= 0) return inner ? [30, 16, 9][inId] : [50, 40, 12][inId];
    if (inWords >= 0) return [30, 30, 8][inWords];
    if (inProse >= 0) return [20, 20, 3][inProse];
    return place(entry.above, word) >= 0 ? 3 : 0;
  }

  function best(entry, forms, plain) {
    var most = 0;
    forms.forEach(function (form, at) {
      // A field followed by an operator is always a parameter.
      if (at > 0 && forms[0].indexOf(":") > 0 && entry.kind !== "parameter") return;
      // The word as it was typed counts most.
      most = Math.max(most, weigh(entry, form, plain) * (at === 0 ? 1 : 0.8));
    });
    return most;
  }

  function score(entry, words, whole, typed) {
    var sum = WEIGHT[entry.kind] || 0;
    var plain = words.length === 1 && /^[a-z]+$/.test(words[0][0]);
    for (var i = 0; i < words.length; i += 1) {
      var points = best(entry, words[i], plain);
      if (!points) return 0;
      sum += points;
    }
    // The whole text is a name, a path, an id or a scope.
    if (entry.key === typed || entry.key === whole || entry.id === whole || (entry.kind === "group" && entry.words === many(whole))) sum += 60;
    else if (entry.kind === "endpoint" && entry.key.slice(entry.key.indexOf(" ") + 1) === whole) sum += 60;
    else if (words.length > 1 && entry.key.indexOf(whole) === 0) sum += 30;
    // A call or an event by the parts of its name, in any order: `create product`, `cart abandoned`.
    else if (words.length > 1 && NAMED[entry.kind]) sum += parts(entry.id, words);
    else if ((entry.kind === "endpoint" || entry.kind === "scope") && /[^a-z0-9]/.test(whole) && (" " + entry.words + " ").indexOf(" " + whole + " ") >= 0) sum += 60;
    return sum - entry.key.length / 20;
  }

  function formsOf(word) {
    var forms = [word].concat(ALSO[word] || []);
    // So many mean what was typed, in the reader's words or in those of the docs; the others are parts of it.
    forms.said = forms.length;
    // A field and its operator are one parameter.
    var field = word.replace(/:[a-z_]*$/, "");
    if (field && field !== word) forms.push(field);
    if (stem(word) && stem(word) !== word) forms.push(stem(word));
    return forms;
  }

  // `whole` is what is searched for, `typed` the same with the words that do not narrow it.
  function ranked(words, whole, typed) {
    return entries
      .map(function (entry, at) { return { entry: entry, at: at, score: score(entry, words, whole, typed) }; })
      .filter(function (one) { return one.score > 0; })
      .sort(function (a, b) { return b.score - a.score || a.at - b.at; })
      .map(function (one) { return one.entry; });
  }

  // The calls with an address, with or without a method in front of it, and with values in its path.
  var calls = null;
  function requested(text) {
    var parts = /^(?:(get|post|put|patch|delete)\s+)?(\S*\/\S*)$/i.exec(text);
    var path = parts && window.page.pathOf(parts[2]);
    if (!path) return [];
    calls = calls || entries.filter(function (one) { return one.kind === "endpoint"; }).map(function (one) {
      var name = one.name.split(" ");
      return { method: name[0], path: name[1], entry: one };
    });
    return window.page.atPath(calls, (parts[1] || "").toUpperCase(), path).map(function (one) { return one.entry; });
  }

  // The words in names, the most frequent ones first.
  var known = null;
  function vocabulary() {
    if (known) return known;
    var counts = Object.create(null);
    entries.forEach(function (entry) {
      if (entry.kind === "field" || entry.kind === "parameter") return;
      entry.key.split(/[^a-z]+/).forEach(function (word) { if (word.length > 3) counts[word] = (counts[word] || 0) + 1; });
    });
    known = Object.keys(counts).sort(function (a, b) { return counts[b] - counts[a]; });
    return known;
  }

  // Of words that no entry has all of, those of the entry that they fit best. A rare word is worth more than a frequent
  // one, and part of a word in a text is worth nothing.
  function together(words, sought) {
    var counts = words.map(function () { return 0; });
    var points = entries.map(function (entry) {
      return sought.map(function (forms, at) {
        var own = best(entry, forms);
        if (own <= 8) return 0;
        counts[at] += 1;
        return own;
      });
    });
    var most = 0;
    var kept = [];
    points.forEach(function (own) {
      var worth = own.reduce(function (sum, one, at) { return one ? sum + one * Math.log(1 + entries.length / counts[at]) : sum; }, 0);
      if (worth <= most) return;
      most = worth;
      kept = words.filter(function (word, at) { return own[at]; });
    });
    return kept;
  }

  // The results, best first; the words of the search in all their forms; and what was searched for instead if there are
  // no results for what was typed.
  function find(text) {
    var typed = window.page.words(text);
    var all = typed.join(" ");
    var telling = typed.filter(function (word) { return !EMPTY.test(word); });
    if (telling.length) typed = telling;
    var whole = typed.join(" ");
    var instead = "";
    var sought = typed.map(formsOf);
    if (!typed.length) return { entries: [], sought: sought, instead: instead };
    var first = requested(text.trim().slice(0, 2000));
    var found = ranked(sought, whole, all);
    if (!found.length && !first.length) {
      typed = typed.map(function (word) {
        var forms = formsOf(word);
        var is = word.length < 4 || entries.some(function (entry) { return best(entry, forms) > 0; });
        return is ? word : window.page.closest(word, vocabulary()) || word;
      });
      if (typed.join(" ") !== whole) {
        instead = whole = typed.join(" ");
        sought = typed.map(formsOf);
        found = ranked(sought, whole, whole);
      }
      // Part of an address is not what somebody asked for.
      var kept = found.length || whole.indexOf("/") >= 0 ? typed : together(typed, sought);
      if (kept.length && kept.length < typed.length) {
        instead = whole = kept.join(" ");
        sought = kept.map(formsOf);
        found = ranked(sought, whole, whole);
      }
    }
    var others = found.filter(function (one) { return first.indexOf(one) < 0; });
    return { entries: first.concat(others), sought: sought, instead: instead };
  }

  window.ranking = {
    read: function (index) { entries = expand(index); },
    find: find
  };
})();
