//! Checks of input that nobody expects: words that every object in a script has, very long texts, characters
//! that no address can have, and keys that are faster than the page.

use super::{
    page::Page,
    search::search,
    tables::{ROWS, narrow},
};

const CLOSED: &str = "document.getElementById('search-panel').hidden";

/// What every object has, by a name that someone may type.
const EVERYWHERE: [&str; 5] = [
    "constructor",
    "__proto__",
    "toString",
    "hasOwnProperty",
    "valueOf",
];

/// Enters each of these names wherever names are looked up.
pub fn names_that_every_object_has_are_names(
    page: &mut Page<'_>,
    _: &[String],
) -> Result<(), String> {
    page.open("index.html")?;
    for name in EVERYWHERE {
        let found = search(page, name)?;
        let plain = found
            .iter()
            .all(|one| one.contains(".html") && !one.contains(name));
        if !plain {
            return Err(format!("`{name}` finds {found:?}"));
        }
    }
    for name in EVERYWHERE {
        page.open(&format!("scopes.html#show:mode=scopes&granted={name}"))?;
        page.expect(
            "[].map.call(document.querySelectorAll('#answer .strange code'), function (one) {
                return one.textContent;
            }).join(' ')",
            name,
        )?;
        page.open(&format!(
            "endpoints.html#show:{name}=x&group={name}&q=carts"
        ))?;
        page.expect(
            "document.querySelector('form.filter').elements.q.value",
            "carts",
        )?;
        page.expect(
            "document.querySelector('form.filter').elements.group.value",
            "",
        )?;
        page.open(&format!("access.html#show:read={name}"))?;
        page.expect("document.querySelectorAll('#answer .ticks li').length", 0)?;
    }
    Ok(())
}

/// Enters a text in a field and leaves it; how many milliseconds the page takes for that.
fn took(id: &str, text: &str) -> String {
    format!(
        "(function () {{
            var field = document.getElementById({id:?});
            var start = performance.now();
            field.value = {text};
            ['input', 'change'].forEach(function (event) {{
                field.dispatchEvent(new Event(event, {{ bubbles: true }}));
            }});
            return performance.now() - start;
        }})()"
    )
}

/// The time after which a page seems to hang, on a slow machine, in milliseconds.
const HANGS: f64 = 3000.0;

fn is_quick(page: &mut Page<'_>, id: &str, text: &str) -> Result<(), String> {
    let milliseconds = page.eval(&took(id, text))?;
    if milliseconds.as_f64().is_none_or(|time| time > HANGS) {
        return Err(format!("{text} in {id} takes {milliseconds} ms"));
    }
    Ok(())
}

/// Pastes whole documents where a few words are expected.
pub fn long_texts_do_not_stop_the_page(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    let words =
        "Array.from({ length: 20000 }, function (_, at) { return 'paragraph' + at; }).join(' ')";
    let chain = "'store' + '.orders()'.repeat(3000)";
    let name = "'x'.repeat(200000) + ' ' + 'y.z'.repeat(50000)";
    let path = "'/a'.repeat(200000) + ' b'";
    let groups = "'orders '.repeat(20000)";
    let lines = "Array.from({ length: 20000 }, function (_, at) { return 'a.paragraph' + at; }).join('\\n')";
    page.open("scopes.html")?;
    search(page, "orders")?;
    for (id, text) in [
        ("search-text", words),
        ("search-text", name),
        ("search-text", path),
        ("granted", name),
        ("paste", chain),
        ("paste", name),
        ("paste", groups),
        ("paste", lines),
    ] {
        is_quick(page, id, text)?;
    }
    page.open("scopes.html#show:mode=scopes")?;
    is_quick(page, "granted", words)?;
    page.open("endpoints.html")?;
    let all = page.eval("document.querySelectorAll('tr.row').length")?;
    // Half of a character, such as an input method may leave for a moment.
    page.eval(
        "(function () {
            var field = document.querySelector('form.filter').elements.q;
            field.value = '\\ud83d';
            field.dispatchEvent(new Event('input', { bubbles: true }));
        })()",
    )?;
    page.expect(ROWS, "")?;
    page.expect("location.hash", "")?;
    narrow(page, "q", "")?;
    page.expect(
        "document.querySelectorAll('tr.row:not([hidden])').length",
        all,
    )
}

/// Types into the search, all at once, before its index is there.
fn typed_at_once(words: &str, then: &str) -> String {
    format!(
        "(function () {{
            var field = document.getElementById('search-text');
            field.focus();
            field.value = {words:?};
            field.dispatchEvent(new Event('input', {{ bubbles: true }}));
            {then}
        }})()"
    )
}

const LOADED: &str = "window.SEARCH_INDEX !== undefined";
const SOON: &str = "new Promise(function (done) { setTimeout(done, 100); })";

/// Goes on before the search has its index.
pub fn quick_hands_get_what_they_want(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    // Enter opens the first result as soon as there is one.
    page.open("index.html")?;
    let enter = "field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));";
    page.eval(&typed_at_once("products.list", enter))?;
    page.until("/products\\.html#products\\.list$/.test(location.href)")?;
    // Nothing opens over the page for someone who has left the field or closed the panel.
    let left = "document.getElementById('theme').focus();";
    let escape = "field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));";
    for then in [left, escape] {
        page.open("index.html")?;
        page.eval(&typed_at_once("orders", then))?;
        page.until(LOADED)?;
        page.eval(SOON)?;
        page.expect(CLOSED, true)?;
    }
    // Enter is forgotten by someone who has closed the panel since.
    page.open("index.html")?;
    let again = format!("{enter}{escape}field.blur();field.focus();");
    page.eval(&typed_at_once("orders", &again))?;
    page.until(LOADED)?;
    page.eval(SOON)?;
    page.expect("location.pathname.split('/').pop()", "index.html")?;
    // A new address replaces what was pasted a moment before.
    page.open("scopes.html")?;
    page.eval(
        "(function () {
            var field = document.getElementById('paste');
            field.value = 'orders.list';
            field.dispatchEvent(new Event('input', { bubbles: true }));
            location.hash = '#show:pick=carts.get';
        })()",
    )?;
    page.until("location.hash === '#show:pick=carts.get'")?;
    page.eval("new Promise(function (done) { setTimeout(done, 400); })")?;
    page.expect(
        "[].map.call(document.querySelectorAll('td.pick input:checked'), function (one) {
            return one.closest('tr').dataset.id;
        }).join(' ')",
        "carts.get",
    )?;
    page.expect("document.getElementById('paste').value", "")?;
    // Alt and an arrow are the browser's way back, also on a tab.
    page.open("brands.html")?;
    page.expect(
        "document.querySelector('[role=tab]').dispatchEvent(new KeyboardEvent('keydown', {
            key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true }))",
        true,
    )
}

/// Looks for what is chosen where the system sets the colors, so that no ground of ours is seen.
pub fn forced_colors_show_what_is_chosen(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.setting("forced-colors", "active")?;
    for (name, chosen, other) in [
        (
            "index.html",
            "#search-found [aria-selected=true]",
            "#search-found [aria-selected=false]",
        ),
        (
            "index.html",
            "#menu [aria-current]",
            "#menu a:not([aria-current])",
        ),
        (
            "brands.html",
            ".tabs [aria-selected=true]",
            ".tabs [aria-selected=false]",
        ),
        (
            "scopes.html",
            ".modes label:has(:checked)",
            ".modes label:not(:has(:checked))",
        ),
        (
            "access.html",
            ".levels .level label:has(:checked)",
            ".levels .level label:not(:has(:checked))",
        ),
    ] {
        page.open(name)?;
        page.expect("matchMedia('(forced-colors: active)').matches", true)?;
        if name == "index.html" {
            search(page, "orders")?;
        }
        let outline = |selector: &str| {
            format!("getComputedStyle(document.querySelector({selector:?})).outlineStyle")
        };
        page.expect(&outline(chosen), "solid")?;
        page.expect(&outline(other), "none")?;
    }
    Ok(())
}
