// An access policy, put together group by group: what it opens, the scopes it takes, and its file.
(function () {
  "use strict";
  var chosen = window.chosen;
  var table = document.getElementById("levels");
  var answer = document.getElementById("answer");
  if (!chosen || !table || !answer) return;
  var all = window.page.all;
  var make = window.page.make;
  var ask = document.getElementById("ask");
  var said = document.getElementById("answer-text");
  var body = document.getElementById("answer-body");
  var find = document.getElementById("find");
  var shown = ask.querySelector(".shown");
  var none = document.querySelector(".none");

  var only = document.getElementById("only-set");
  var areas = all("tbody", table).map(function (part) {
    var head = part.querySelector("tr.group");
    return { part: part, head: head, count: head.querySelector(".count"), groups: [] };
  });
  var groups = all("tr[data-group]", table).map(function (row) {
    function calls(access) {
      return all("." + access + " li", row).map(function (item) {
        return { item: item, enough: item.dataset.enough.split(" "), writes: access === "write" };
      });
    }
    var area = areas.filter(function (one) { return one.part === row.parentNode; })[0];
    var group = {
      row: row, name: row.dataset.group, radios: all("input", row), calls: calls("read").concat(calls("write")),
      text: (area.head.querySelector("th").textContent + " " + row.textContent).toLowerCase()
    };
    area.groups.push(group);
    return group;
  });
  // The names of scopes in the control panel, as the page has them.
  var panels = Object.create(null);
  all(".opens > a", table).forEach(function (link) { panels[link.getAttribute("href")] = link.textContent; });
  function level(group) { return group.radios.filter(function (one) { return one.checked; })[0].value; }
  function set(group, to) { group.radios.forEach(function (one) { one.checked = one.value === to; }); }

  // The least scope of each call, without those that the others make unnecessary. The order is that of the page.
  function least(calls) {
    var needed = [];
    calls.forEach(function (one) { if (needed.indexOf(one.enough[0]) < 0) needed.push(one.enough[0]); });
    needed.slice().forEach(function (scope) {
      var others = needed.filter(function (one) { return one !== scope; });
      var spare = calls.every(function (one) {
        return one.enough.some(function (other) { return others.indexOf(other) >= 0; });
      });
      if (spare) needed = others;
    });
    return needed;
  }

  function say() {
    var open = [];
    var total = 0;
    var named = Object.create(null);
    groups.forEach(function (group) {
      var now = level(group);
      group.row.dataset.level = now;
      if (now !== "off") named[group.name] = now;
      group.calls.forEach(function (call) {
        total += 1;
        var is = now === "full" || (now === "read" && !call.writes);
        call.item.classList.toggle("shut", !is);
        if (is) open.push(call);
      });
    });
    var names = Object.keys(named);
    said.textContent = open.length + " of " + total + " endpoints allowed, " + (total - open.length) + " denied.";
    body.textContent = "";
    var scopes = least(open);
    if (scopes.length) {
      body.appendChild(make("p", "what", "Scopes that a token needs"));
      var list = body.appendChild(make("ul", "ticks"));
      scopes.forEach(function (scope) {
        var item = list.appendChild(make("li"));
        var page = "scope-" + scope + ".html";
        item.appendChild(make("strong", "", panels[page]));
        var link = item.appendChild(make("a"));
        link.href = page;
        link.appendChild(make("code", "", scope));
      });
    }
    var yaml = names.length ? "groups:\n" + names.map(function (name) {
      // Readers of older YAML take a bare `off` for a boolean; it is the default, and not written.
      return "  " + name + ": " + named[name] + "\n";
    }).join("") : "groups: {}\n";
    body.appendChild(window.page.copyable("Policy in YAML", yaml, true));
    var json = JSON.stringify({ groups: named }, null, 2) + "\n";
    body.appendChild(window.page.copyable("Policy in JSON", json, false));
  }

  function narrow() {
    var words = window.page.words(find.value);
    var count = 0;
    groups.forEach(function (group) {
      var here = words.every(function (word) { return group.text.indexOf(word) >= 0; })
        && (!only.checked || level(group) !== "off");
      group.row.hidden = !here;
      if (here) count += 1;
    });
    areas.forEach(function (area) {
      var here = area.groups.filter(function (group) { return !group.row.hidden; }).length;
      area.part.hidden = here === 0;
      var told = here === area.groups.length ? String(here) : here + " of " + area.groups.length;
      if (area.count.textContent !== told) area.count.textContent = told;
    });
    none.hidden = count > 0;
    table.hidden = count === 0;
    shown.textContent = count === groups.length ? count + " groups" : count + " of " + groups.length + " groups";
  }

  function changed() { say(); chosen.save(); }

  ["read", "full"].forEach(function (to) {
    chosen.keep(to, function () {
      return groups.filter(function (group) { return level(group) === to; })
        .map(function (group) { return group.name; }).join(",");
    }, function (value) {
      var names = value.split(",");
      groups.forEach(function (group) {
        if (names.indexOf(group.name) >= 0) set(group, to);
        else if (to === "read" || level(group) === to) set(group, "off");
      });
    });
  });
  chosen.keep("only", function () { return only.checked ? "set" : ""; }, function (value) { only.checked = value === "set"; });
  chosen.keep("q", function () { return find.value; }, function (value) { find.value = value; });
  chosen.changed.push(function () { say(); narrow(); });

  table.addEventListener("change", changed);
  find.addEventListener("input", function () { narrow(); chosen.save(); });
  // What is set to off goes when it is narrowed again, not from under the pointer.
  only.addEventListener("change", function () { narrow(); chosen.save(); });
  none.querySelector(".clear").addEventListener("click", function () {
    find.value = "";
    only.checked = false;
    narrow();
    chosen.save();
    find.focus();
  });
  function sets(button, those) {
    button.addEventListener("click", function () {
      those.forEach(function (group) { if (!group.row.hidden) set(group, button.dataset.level); });
      changed();
    });
  }
  all("button", ask).forEach(function (button) { sets(button, groups); });
  areas.forEach(function (area) {
    all("button", area.head).forEach(function (button) { sets(button, area.groups); });
  });
  all(".level", table).forEach(function (cell) { cell.hidden = false; });
  ask.hidden = false;
  answer.hidden = false;
  document.querySelector(".bench").classList.add("works");
})();
