//! Checks of pages in general: theme, menu, samples, copying, folds, print, accessibility.

use serde_json::{Value, json};

use super::{fetch, page::Page, search::search};

/// The color behind the text of a page.
pub const GROUND: &str = "getComputedStyle(document.body).backgroundColor";

/// Opens the menu on a phone, closes it, and navigates with it.
pub fn the_menu_opens_over_the_page(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.size(360, 740)?;
    page.open("orders.html")?;
    let visible = "document.getElementById('menu').checkVisibility()";
    page.expect(visible, false)?;
    page.eval("window.scrollTo(0, 900)")?;
    let at = page.eval("Math.round(scrollY)")?;
    page.eval("document.querySelector('.to-menu').click()")?;
    page.expect(visible, true)?;
    page.expect("Math.round(scrollY)", at.clone())?;
    page.expect(
        "getComputedStyle(document.getElementById('menu')).position",
        "fixed",
    )?;
    page.press("Escape")?;
    page.until("!document.getElementById('menu').checkVisibility()")?;
    page.expect("Math.round(scrollY)", at)?;
    // With room for it next to the page, an open menu is no longer over it.
    page.eval("document.querySelector('.to-menu').click()")?;
    page.size(1200, 900)?;
    page.until("!document.getElementById('menu').matches(':popover-open')")?;
    page.expect(visible, true)
}

/// Looks for the current page in the menu.
pub fn the_current_page_is_in_view(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    for name in ["webhooks.html", "orders.html", "index.html"] {
        page.size(1200, 600)?;
        page.open(name)?;
        page.expect(
            "(function () {
                var at = document.querySelector('#menu [aria-current]').getBoundingClientRect();
                return at.top >= 56 && at.bottom <= innerHeight;
            })()",
            true,
        )?;
    }
    Ok(())
}

/// The kinds of samples that a page shows.
pub const SHOWN: &str = "[].map.call(document.querySelectorAll('#main .sample'), function (one) {
    return one.hidden ? '' : one.dataset.tab;
}).filter(function (one, at, all) { return one && all.indexOf(one) === at; }).sort().join(' ')";

/// Uses the tabs of samples.
pub fn samples_are_tabs(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("brands.html")?;
    page.eval("localStorage.removeItem('sample')")?;
    page.open("brands.html")?;
    page.expect(SHOWN, "curl")?;
    page.eval("document.querySelector('[role=tab]').focus()")?;
    page.press("ArrowRight")?;
    page.expect(SHOWN, "rust")?;
    page.expect(
        "document.activeElement.getAttribute('aria-selected')",
        "true",
    )?;
    page.open("products.html")?;
    page.expect(SHOWN, "rust")?;
    page.eval("localStorage.removeItem('sample')")?;
    Ok(())
}

/// A clipboard that can be inspected.
const CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: {
    writeText: function (text) { window.copied = text; return Promise.resolve(); }
} })";

/// Presses every kind of copy button, and reads the clipboard.
pub fn things_are_copied(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("brands.html")?;
    page.eval(CLIPBOARD)?;
    let article = "document.getElementById('brands.create').closest('article')";
    page.eval(&format!(
        "{article}.querySelectorAll('.call .copy')[0].click()"
    ))?;
    page.expect("window.copied", "/v3/catalog/brands")?;
    page.until("document.querySelector('.told').textContent === 'Copied.'")?;
    page.eval(&format!(
        "{article}.querySelector('[data-tab=curl] .copy').click()"
    ))?;
    page.expect("window.copied.indexOf('curl --request POST')", 0)?;
    page.eval(&format!(
        "{article}.querySelector('[data-tab=rust] .copy').click()"
    ))?;
    page.expect("window.copied.indexOf('use bigcommerce_client')", 0)?;
    page.eval(&format!(
        "{article}.querySelectorAll('.call .copy')[1].click()"
    ))?;
    page.expect(
        "['## ', '`POST /v3/catalog/brands`', '- **Scope:** [`store_v2_products`](', '```rust'].every(
            function (part) { return window.copied.indexOf(part) >= 0; })",
        true,
    )?;
    page.open("scopes.html#show:pick=brands.get")?;
    page.eval(CLIPBOARD)?;
    page.eval("document.querySelector('#answer .copyable .copy').click()")?;
    page.expect("window.copied", "store_v2_products_read_only")?;
    page.until("document.querySelector('#answer .copyable .copy').textContent === 'Copied'")?;
    page.until("document.querySelector('#answer .copyable .copy').textContent === 'Copy'")
}

/// Navigates to a field inside a fold.
pub fn folded_fields_are_reached(page: &mut Page<'_>, pages: &[String]) -> Result<(), String> {
    let mut tried = 0;
    for name in pages {
        page.open(name)?;
        let id = page.eval(
            "(document.querySelector('.fields details .fields > div[id]') || {}).id || null",
        )?;
        let Some(id) = id.as_str() else { continue };
        page.open(&format!("{name}#{id}"))?;
        page.until(&format!(
            "(function () {{
                var at = document.getElementById({id:?});
                var top = at.getBoundingClientRect().top;
                return at.checkVisibility() && top >= 50 && top < innerHeight;
            }})()"
        ))?;
        tried += 1;
        if tried == 4 {
            break;
        }
    }
    if tried == 0 {
        return Err("no page has fields within fields".to_owned());
    }
    Ok(())
}

/// Prints.
pub fn print_shows_everything(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    for name in ["orders.html", "endpoints.html"] {
        page.media("print", "dark")?;
        page.open(name)?;
        page.eval("window.dispatchEvent(new Event('beforeprint'))")?;
        page.expect(
            "[].filter.call(document.querySelectorAll('form, button, .menu, .top'), function (one) {
                return one.checkVisibility();
            }).map(function (one) { return one.outerHTML.slice(0, 60); }).join(' and ')",
            "",
        )?;
        page.expect(
            "[].every.call(document.querySelectorAll('.sample, main details > *'), function (one) {
                return one.checkVisibility();
            })",
            true,
        )?;
        // Paper is white, whatever the system prefers or the reader chose.
        page.expect(GROUND, "rgb(255, 255, 255)")?;
        page.eval("document.documentElement.dataset.theme = 'dark'")?;
        page.expect(GROUND, "rgb(255, 255, 255)")?;
        page.eval("window.dispatchEvent(new Event('afterprint'))")?;
        page.expect(
            "document.querySelectorAll('main details.sources[open]').length",
            0,
        )?;
    }
    page.media("", "light")
}

/// Prints pages to PDF, and checks their text: it includes folded content and hidden tabs, and no
/// interactive controls.
pub fn printed_text_is_whole(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    for (name, there, not) in [
        (
            "brands",
            "['.sample code', '.fields dt code', 'details p', 'h1', '.facts dd']",
            "CopyMarkdown",
        ),
        (
            "endpoints",
            "['tr.more div:not(.origin) dd', 'tr.row code', 'h1']",
            "Path,nameorfield",
        ),
        (
            "scopes",
            "['#matrix .permission', 'h1', 'h2']",
            "Selectallshown",
        ),
        (
            "events",
            "['.sent code', '.sent td', 'h4 code']",
            "Searchevents",
        ),
    ] {
        page.open(&format!("{name}.html"))?;
        // The first and the last of each, by the beginning of its text in the PDF.
        let wanted = page.eval(&format!(
            "[].concat.apply([], {there}.map(function (selector) {{
                var all = document.querySelectorAll('main ' + selector);
                return [all[0], all[all.length - 1]].map(function (one) {{
                    return one.textContent.replace(/#$/, '').replace(/\\s+/g, '').slice(0, 40);
                }});
            }}))"
        ))?;
        let printed = page.printed()?;
        let text = super::pdf::text(&printed);
        let wanted = wanted.as_array().cloned().unwrap_or_default();
        for part in wanted.iter().filter_map(Value::as_str) {
            if !text.contains(part) {
                let begin: String = text.chars().take(300).collect();
                return Err(format!("{name} printed has no `{part}`, but {begin}"));
            }
        }
        if text.contains(not) {
            return Err(format!("{name} printed has `{not}`"));
        }
    }
    Ok(())
}

/// One page of each kind.
pub const KINDS: [&str; 22] = [
    "index",
    "authentication",
    "endpoints",
    "scopes",
    "events",
    "limits",
    "errors",
    "versions",
    "questions",
    "glossary",
    "tax_provider",
    "sources",
    "404",
    "orders",
    "webhooks",
    "access",
    "coverage",
    "scope-store_v2_orders",
    "guides",
    "guide-testing",
    "diagnostics",
    "diagnostic-e400",
];

/// Looks for elements that overlap instead of being next to each other.
pub fn nothing_overlaps(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    let mut wrong = Vec::new();
    for kind in KINDS {
        page.open(&format!("{kind}.html"))?;
        for width in [320, 360, 820, 1000, 1200, 1440] {
            page.size(width, 900)?;
            let found = page.eval(
                "(function () {
                    var found = [];
                    // The head of a column that is too narrow overflows into the next.
                    [].forEach.call(document.querySelectorAll('thead th'), function (one) {
                        if (getComputedStyle(one.closest('thead')).position === 'absolute') return;
                        if (one.scrollWidth > one.offsetWidth) found.push('the head ' + one.textContent);
                    });
                    var rows = document.querySelectorAll('.top, .call, .tabs, .fields dt, .facts > div, .card h3, .filter, .sample, article');
                    [].forEach.call(rows, function (row) {
                        var all = [].filter.call(row.children, function (one) {
                            return one.checkVisibility() && !one.matches('.found');
                        }).map(function (one) { return [one, one.getBoundingClientRect()]; });
                        all.forEach(function (one, at) {
                            all.slice(at + 1).forEach(function (other) {
                                var a = one[1], b = other[1];
                                var across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                                var down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                                if (across > 1 && down > 1) found.push(one[0].outerHTML.slice(0, 70) + ' and ' + other[0].outerHTML.slice(0, 70));
                            });
                        });
                    });
                    return found.slice(0, 2);
                })()",
            )?;
            let found = found.as_array().cloned().unwrap_or_default();
            let found = found.iter().filter_map(Value::as_str);
            wrong.extend(found.map(|one| format!("{kind} at {width}: {one}")));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(wrong.join("\n  "))
}

/// Checks tables at the width where the menu begins to be shown next to the page, and slightly below and
/// above the width at which there is no room for rows.
pub fn tables_are_rows_or_cards(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    for width in [620, 660, 700, 960, 1000, 1440] {
        page.size(width, 900)?;
        for name in [
            "access.html",
            "endpoints.html",
            "errors.html",
            "orders.html",
            "scopes.html",
        ] {
            page.open(name)?;
            let mixed = page.eval(
                "[].filter.call(document.querySelectorAll('table.stack'), function (table) {
                    var head = table.querySelector('thead');
                    var cards = getComputedStyle(head).position === 'absolute';
                    var columns = [].filter.call(head.rows[0].cells, function (cell) { return !cell.hidden; }).length;
                    return [].some.call(table.querySelectorAll('tbody tr:not([hidden])'), function (row) {
                        // A long table is a grid, with a column for each of its headings.
                        var style = getComputedStyle(row);
                        var rows = style.display === 'table-row'
                            || style.display === 'grid' && style.gridTemplateColumns.split(' ').length === columns;
                        return rows === cards;
                    });
                }).length",
            )?;
            if mixed != 0 {
                return Err(format!(
                    "{name} at {width}: {mixed} tables are half rows and half cards"
                ));
            }
        }
    }
    Ok(())
}

/// Checks pages with the light theme against the accessibility rules.
pub fn pages_are_accessible_in_the_light(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    accessible(page, "light", &json!({}))
}

/// Checks pages with the dark theme against the accessibility rules about colours: a theme changes nothing
/// else.
pub fn pages_are_accessible_in_the_dark(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    let colours = ["color-contrast", "link-in-text-block"];
    accessible(page, "dark", &json!({ "runOnly": colours }))
}

/// Checks a page of each kind when it is loaded, with the search open, and with folds open.
fn accessible(page: &mut Page<'_>, scheme: &str, rules: &Value) -> Result<(), String> {
    let mut options = json!({ "resultTypes": ["violations"], "preload": false });
    if let (Some(options), Some(rules)) = (options.as_object_mut(), rules.as_object()) {
        options.extend(rules.clone());
    }
    let axe = fetch::axe()?;
    let mut wrong = Vec::new();
    page.media("", scheme)?;
    for kind in KINDS {
        page.open(&format!("{kind}.html"))?;
        page.eval("document.querySelectorAll('main details').forEach(function (one, at) { one.open = at < 20; })")?;
        page.eval("[].slice.call(document.querySelectorAll('button.open'), 0, 5).forEach(function (one) { one.click(); })")?;
        if kind == "index" {
            search(page, "orders")?;
        }
        page.eval(&axe)?;
        for width in [360, 1200] {
            page.size(width, 900)?;
            let found = page.eval(&format!(
                "axe.run(document, {options}).then(function (all) {{
                    return all.violations.map(function (one) {{
                        return one.id + ' (' + one.nodes.length + '): ' + one.nodes[0].html.slice(0, 120);
                    }});
                }})",
            ))?;
            let found = found.as_array().cloned().unwrap_or_default();
            let found = found.iter().filter_map(Value::as_str);
            wrong.extend(found.map(|one| format!("{kind} at {width}, {scheme}: {one}")));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(wrong.join("\n  "))
}
