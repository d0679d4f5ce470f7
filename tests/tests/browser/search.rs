//! What must hold for the search: what people type is found, and the field is worked from the keyboard.

use bigcommerce_tests::json;
use serde::Deserialize;
use serde_json::json;

use super::page::Page;

const CHOSEN: &str = "[].findIndex.call(document.querySelectorAll('#search-found [role=option]'),
    function (one) { return one.getAttribute('aria-selected') === 'true'; })";
const CLOSED: &str = "document.getElementById('search-panel').hidden";
const FOCUS: &str = "document.activeElement.id";

/// Types into the search field; returns the URLs of the results, best first.
pub fn search(page: &mut Page<'_>, words: &str) -> Result<Vec<String>, String> {
    page.eval("document.getElementById('search-text').value = ''")?;
    page.eval("document.getElementById('search-text').focus()")?;
    page.write(words)?;
    page.until(
        "!document.getElementById('search-panel').hidden &&
         !/^Loading/.test(document.getElementById('search-count').textContent)",
    )?;
    let found = page.eval(
        "[].map.call(document.querySelectorAll('#search-found [role=option]'), function (one) {
            return one.dataset.href;
        })",
    )?;
    let found = found.as_array().into_iter().flatten();
    Ok(found
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect())
}

/// Requires that a URL is among the first few results for some words.
fn leads(page: &mut Page<'_>, words: &str, address: &str, among: usize) -> Result<(), String> {
    let found = search(page, words)?;
    match found.iter().position(|one| one == address) {
        Some(at) if at < among => Ok(()),
        at => Err(format!("`{words}` has {address} at {at:?} of {found:?}")),
    }
}

pub fn endpoints_are_found(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("index.html")?;
    let list = "products.html#products.list";
    leads(page, "products.list", list, 1)?;
    leads(page, "list products", list, 3)?;
    leads(page, "GET /v3/catalog/products", list, 1)?;
    leads(page, "/v3/catalog/products", list, 2)?;
    leads(page, "getProducts", list, 1)?;
    leads(page, "products_list", list, 1)?;
    // The scope itself, then the many calls that need it.
    let scope = "scope-store_v2_products_read_only.html";
    leads(page, "store_v2_products_read_only", scope, 1)?;
    leads(page, "store_v2_products_read_only", list, 6)
}

pub fn all_kinds_are_found(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("errors.html")?;
    for (words, address) in [
        ("Product", "products.html#Product"),
        ("ProductCreate", "products.html#Product"),
        ("product.price", "products.html#Product.price"),
        ("is_visible", "products.html#Product.is_visible"),
        ("id:in products", "products.html#products.list.id"),
        ("store_v2_orders", "scope-store_v2_orders.html"),
        ("store/order/created", "events.html#store/order/created"),
        ("429", "errors.html#429"),
        ("webhooks", "webhooks.html"),
        ("E012", "diagnostic-e012.html"),
    ] {
        leads(page, words, address, 4)?;
    }
    Ok(())
}

/// A search, and a page or an anchor that must be among the first results.
#[derive(Deserialize)]
struct Search {
    search: String,
    finds: String,
}

/// How many results people look at before they type something else.
const FIRST: usize = 3;

pub fn words_that_people_type(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("index.html")?;
    let mut missed = Vec::new();
    for Search {
        search: words,
        finds,
    } in json::<Vec<Search>>("tests/data/site/searches.json")
    {
        let found = search(page, &words)?;
        let leads = |address: &String| {
            let file = address.split('#').next();
            *address == finds || file == Some(finds.as_str())
        };
        if !found.iter().take(FIRST).any(leads) {
            missed.push(format!(
                "`{words}` does not lead to {finds} at once: {found:?}"
            ));
        }
    }
    if !missed.is_empty() {
        return Err(missed.join("\n  "));
    }
    // The interpretation is shown, the matching letters are highlighted, and a heading names its page.
    search(page, "webhok")?;
    let said = "document.getElementById('search-count').textContent";
    page.expect(&format!("{said}.indexOf('Results for “webhook”. ')"), 0)?;
    // If nothing has all of the words, those that fit best are searched for.
    search(page, "orders qwertzuiop")?;
    page.expect(&format!("{said}.indexOf('Results for “orders”. ')"), 0)?;
    search(page, "webhok")?;
    let marked = "document.querySelector('#search-found mark').textContent";
    page.expect(marked, "Webhook")?;
    search(page, "wildcards")?;
    let kind = "document.querySelector('#search-found .kind').textContent";
    page.expect(kind, "topic Webhook events")
}

pub fn the_panel_closes(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("index.html")?;
    search(page, "orders")?;
    page.expect(CLOSED, false)?;
    // A short search field still leaves room for the results.
    for width in [770, 820, 940, 1000, 1440] {
        page.size(width, 900)?;
        page.expect(
            "document.getElementById('search-panel').offsetWidth >= 600",
            true,
        )?;
    }
    page.eval("document.getElementById('theme').focus()")?;
    page.expect(CLOSED, true)?;
    // The tab key leaves the field and the panel in one step, whether the list scrolls or not.
    search(page, "orders")?;
    page.press("Tab")?;
    page.expect(CLOSED, true)?;
    page.expect(FOCUS, "theme")?;
    // A key that starts the search does so from a box that is ticked, too.
    page.open("scopes.html")?;
    page.eval("document.querySelector('#matrix tr.row input').focus()")?;
    page.press("/")?;
    page.expect(FOCUS, "search-text")
}

pub fn nothing_is_found(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("index.html")?;
    // A method alone is not what a call is found by.
    for words in ["GET /v9/zzqqy", "zzqqy"] {
        let found = search(page, words)?;
        if !found.is_empty() {
            return Err(format!("`{words}`: {found:?}"));
        }
        page.expect(
            "document.getElementById('search-count').textContent",
            "No results.",
        )?;
    }
    let expanded = "document.getElementById('search-text').getAttribute('aria-expanded')";
    page.expect(expanded, "false")?;
    search(page, "orders")?;
    page.expect(expanded, "true")
}

pub fn the_keyboard_works(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("index.html")?;
    page.press("/")?;
    page.expect(FOCUS, "search-text")?;
    page.expect("document.getElementById('search-text').value", "")?;
    let found = search(page, "orders")?;
    if found.len() < 3 {
        return Err(format!("too little is called orders: {found:?}"));
    }
    page.expect(CHOSEN, 0)?;
    page.press("ArrowDown")?;
    page.press("ArrowDown")?;
    page.expect(CHOSEN, 2)?;
    page.expect(
        "document.getElementById(document.getElementById('search-text').getAttribute('aria-activedescendant')).getAttribute('aria-selected')",
        "true",
    )?;
    page.press("ArrowUp")?;
    page.expect(CHOSEN, 1)?;
    page.press("ArrowUp")?;
    page.press("ArrowUp")?;
    page.expect(CHOSEN, json!(found.len() - 1))?;
    page.press("Escape")?;
    page.expect(CLOSED, true)?;
    page.expect(FOCUS, "search-text")?;
    page.press("Escape")?;
    page.expect("document.getElementById('search-text').value", "")?;
    page.expect(FOCUS, "search-text")?;
    search(page, "products.list")?;
    page.press("Enter")?;
    page.until("/products\\.html#products\\.list$/.test(location.href) && document.readyState === 'complete'")?;
    page.until("document.querySelector(':target') !== null")?;
    page.expect("document.querySelector(':target').id", "products.list")
}

pub fn the_same_page_is_reached(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("products.html")?;
    // The middle button opens a result in another tab, and leaves this one as it is.
    search(page, "product.sku")?;
    page.eval("window.open = function (href) { window.opened = href; }")?;
    page.eval(
        "document.querySelector('#search-found [role=option]').dispatchEvent(
            new MouseEvent('auxclick', { button: 1, bubbles: true }))",
    )?;
    page.expect("window.opened", "products.html#Product.sku")?;
    page.expect(CLOSED, false)?;
    search(page, "product.sku")?;
    page.press("Enter")?;
    page.until("location.hash === '#Product.sku'")?;
    page.expect(CLOSED, true)?;
    // Below the top bar, and on the screen.
    page.until(
        "(function () {
            var top = document.getElementById('Product.sku').getBoundingClientRect().top;
            return top >= document.querySelector('.top').getBoundingClientRect().bottom && top < innerHeight;
        })()",
    )
}
