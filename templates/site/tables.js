// Filters a table of endpoints by what its rows are marked with, keeps the choice in the address, and
// says which scopes the picked calls need at least. Pages are complete without it.
(function () {
  "use strict";
  var MARK = "#show:";
  var form = document.querySelector("form.filter");
  var table = form && document.getElementById(form.dataset.table);
  if (!table) return;
  var shown = document.querySelector(".shown");
  var none = document.querySelector(".none");
  var answer = document.getElementById("answer");
  var rows = Array.prototype.slice.call(table.querySelectorAll("tr.row"));
  var fields = Array.prototype.slice.call(form.elements).filter(function (one) { return one.name; });
  var texts = rows.map(function (row) {
    var group = row.parentNode.querySelector("tr.group").textContent;
    return (row.textContent + " " + row.dataset.id + " " + group).toLowerCase();
  });

  function matches(row, at) {
    return fields.every(function (field) {
      if (!field.value) return true;
      if (field.name !== "q") return row.dataset[field.name].split(" ").indexOf(field.value) >= 0;
      return field.value.toLowerCase().split(/\s+/).every(function (word) { return texts[at].indexOf(word) >= 0; });
    });
  }

  function apply() {
    var count = 0;
    rows.forEach(function (row, at) {
      row.hidden = !matches(row, at);
      if (!row.hidden) count += 1;
    });
    Array.prototype.forEach.call(table.tBodies, function (body) {
      body.hidden = !body.querySelector("tr.row:not([hidden])");
    });
    none.hidden = count > 0;
    shown.textContent = count === rows.length ? count + " endpoints" : count + " of " + rows.length + " endpoints";
    if (answer) say();
  }

  function box(row) { return row.querySelector("input[type=checkbox]"); }

  function picked() { return answer ? rows.filter(function (row) { return box(row).checked; }) : []; }

  // The least scope of each call, without those that another of them grants anyway.
  function fewest(calls) {
    var needed = {};
    calls.forEach(function (row) { needed[row.dataset.scope] = row; });
    return Object.keys(needed).filter(function (scope) {
      return !needed[scope].dataset.enough.split(" ").some(function (other) { return other !== scope && needed[other]; });
    }).map(function (scope) { return needed[scope]; });
  }

  function say() {
    var calls = picked();
    var scopes = fewest(calls);
    var list = document.getElementById("answer-scopes");
    list.textContent = "";
    scopes.forEach(function (row) {
      var item = document.createElement("li");
      var code = document.createElement("code");
      code.textContent = row.dataset.scope;
      item.appendChild(code);
      item.appendChild(document.createTextNode(" (" + row.dataset.panel + ")"));
      list.appendChild(item);
    });
    document.getElementById("answer-text").textContent = calls.length === 0
      ? "Select endpoints to see the fewest scopes that grant them all."
      : calls.length + (calls.length === 1 ? " call is" : " calls are") + " picked. The fewest scopes that are enough:";
  }

  function remember() {
    var state = fields
      .filter(function (field) { return field.value; })
      .map(function (field) { return field.name + "=" + encodeURIComponent(field.value); });
    var calls = picked().map(function (row) { return row.dataset.id; });
    if (calls.length) state.push("pick=" + calls.join(","));
    history.replaceState(null, "", state.length ? MARK + state.join("&") : location.pathname.split("/").pop() + location.search);
  }

  function recall() {
    if (location.hash.indexOf(MARK) !== 0) return;
    location.hash.slice(MARK.length).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      var name = pair.slice(0, at);
      var value = pair.slice(at + 1);
      try { value = decodeURIComponent(value); } catch (e) { return; }
      if (name === "pick" && answer) {
        rows.forEach(function (row) { box(row).checked = value.split(",").indexOf(row.dataset.id) >= 0; });
      }
      fields.forEach(function (field) { if (field.name === name) field.value = value; });
    });
    form.scrollIntoView();
  }

  function changed() {
    apply();
    try { remember(); } catch (e) { /* an address that may not be changed */ }
  }

  function pick(which) {
    rows.forEach(function (row) { box(row).checked = which(row); });
    changed();
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(changed, 0); });
  window.addEventListener("hashchange", function () { recall(); apply(); });
  form.hidden = false;
  if (answer) {
    answer.hidden = false;
    Array.prototype.forEach.call(table.querySelectorAll(".pick"), function (cell) { cell.hidden = false; });
    table.addEventListener("change", changed);
    document.getElementById("pick-shown").addEventListener("click", function () {
      pick(function (row) { return box(row).checked || !row.hidden; });
    });
    document.getElementById("pick-none").addEventListener("click", function () {
      pick(function () { return false; });
    });
  }
  recall();
  apply();
})();
