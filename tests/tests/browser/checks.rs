//! Checks in a browser, each with a sentence that describes it.

use bigcommerce_tests::json;
use serde::Deserialize;
use serde_json::json;

use super::{
    access::policies_are_made,
    events::{events_are_found, events_show_what_comes},
    keyboard,
    page::Page,
    pages,
    scopes::{
        calls_are_pasted, fewest_scopes_are_answered, samples_are_read, scopes_are_explained,
        tokens_are_checked,
    },
    sources::disagreements_are_found,
    tables::{addresses_replace, rows_open, tables_are_narrowed},
};

/// A check with its description.
pub type Named = (&'static str, Check);

type Check = fn(&mut Page<'_>, &[String]) -> Result<(), String>;

/// Every check, the slowest first, so that no browser is left with a slow one at the end.
pub const CHECKS: &[Named] = &[
    (
        "no page is wider than its screen, or complains",
        every_page_fits,
    ),
    (
        "a page of each kind is accessible in the light theme",
        pages::pages_are_accessible_in_the_light,
    ),
    (
        "a page of each kind is accessible in the dark theme",
        pages::pages_are_accessible_in_the_dark,
    ),
    (
        "an endpoint is found by name, path, scope and operation",
        endpoints_are_found,
    ),
    (
        "types, fields, scopes, events and statuses are found",
        all_kinds_are_found,
    ),
    (
        "what is not there is not found, and said so",
        nothing_is_found,
    ),
    ("the search is worked from the keyboard", the_keyboard_works),
    (
        "the tab key goes through a page in its order, and what has the focus is seen",
        keyboard::tabs_go_through,
    ),
    (
        "the focus comes back to what opened the menu",
        keyboard::the_focus_comes_back,
    ),
    (
        "a result on the same page leads to its place",
        the_same_page_is_reached,
    ),
    (
        "the table of all endpoints is narrowed, and the address keeps it",
        tables_are_narrowed,
    ),
    (
        "picked calls show the fewest scopes they need",
        fewest_scopes_are_answered,
    ),
    (
        "calls are found in what is pasted: code, ids and requests",
        calls_are_pasted,
    ),
    (
        "each sample of the site is read as the call that it shows",
        samples_are_read,
    ),
    (
        "scopes show what they open, and each other call what would open it",
        scopes_are_explained,
    ),
    (
        "a token is checked against calls by the client's rules",
        tokens_are_checked,
    ),
    ("a row opens in place, and fields are searched", rows_open),
    (
        "a new address and going back replace what was chosen",
        addresses_replace,
    ),
    (
        "a policy is what the client reads, and opens what the page says",
        policies_are_made,
    ),
    (
        "events are found by name, endpoint and field",
        events_are_found,
    ),
    (
        "the example of each event is a delivery that the client reads",
        events_show_what_comes,
    ),
    (
        "disagreements of the sources are found by what they are about",
        disagreements_are_found,
    ),
    ("everything is there without scripts", no_script_is_needed),
    (
        "the words that people type lead to what they mean",
        words_that_people_type,
    ),
    (
        "the panel of the search closes when the focus leaves it",
        the_panel_closes,
    ),
    (
        "a theme is chosen, kept, and set before the page is drawn",
        pages::themes_are_kept,
    ),
    (
        "on a phone the menu opens over the page and closes again",
        pages::the_menu_opens_over_the_page,
    ),
    (
        "the current page is in view in the menu",
        pages::the_current_page_is_in_view,
    ),
    (
        "samples are tabs that arrows work, and one choice holds for all of them",
        pages::samples_are_tabs,
    ),
    (
        "paths, code and whole endpoints are copied",
        pages::things_are_copied,
    ),
    (
        "a link to a field that is folded away opens what it is in",
        pages::folded_fields_are_reached,
    ),
    (
        "print shows every fold and sample, and no form",
        pages::print_shows_everything,
    ),
    (
        "a printed page has the text of every fold and sample",
        pages::printed_text_is_whole,
    ),
    (
        "what stands side by side does not overlap",
        pages::nothing_overlaps,
    ),
    (
        "a table is shown in rows or in cards, at no width half in either",
        pages::tables_are_rows_or_cards,
    ),
];

const WIDTHS: [u32; 7] = [320, 360, 640, 820, 1000, 1200, 1440];

/// Checks another page of the same kind more closely: where long content has the least space.
const NARROWEST: [u32; 1] = [320];

/// How many pages of a kind there are per page that is checked closely, in addition to the representative
/// one.
const OF_A_KIND: usize = 8;

/// Whether every page is checked closely, which takes a long time.
fn is_long() -> bool {
    std::env::var_os("BIGCOMMERCE_LONG").is_some()
}

/// Whether a page is checked closely: one of each kind, and some if there are many.
fn is_close(at: usize, page: &str) -> bool {
    let stands_for_its_kind = || {
        let name = page.trim_end_matches(".html");
        pages::KINDS.contains(&name)
    };
    is_long() || at.is_multiple_of(OF_A_KIND) || stands_for_its_kind()
}

fn every_page_fits(page: &mut Page<'_>, pages: &[String]) -> Result<(), String> {
    let mut wide = Vec::new();
    for (at, name) in pages.iter().enumerate() {
        page.open(name)?;
        let widths = if is_close(at, name) {
            WIDTHS.as_slice()
        } else {
            NARROWEST.as_slice()
        };
        for &width in widths {
            page.size(width, 900)?;
            let over = page.eval(
                // The width of the window grows with content that does not fit on a phone; the width of the
                // screen does not.
                &format!("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - Math.min({width}, document.documentElement.clientWidth)"),
            )?;
            if over.as_i64().unwrap_or(i64::MAX) > 0 {
                let who = page.eval(
                    "[].filter.call(document.querySelectorAll('main *'), function (one) {
                        return one.getBoundingClientRect().right > document.documentElement.clientWidth;
                    }).slice(0, 3).map(function (one) { return one.outerHTML.slice(0, 80); }).join(' and ')",
                )?;
                wide.push(format!("{name} at {width} by {over}: {who}"));
            }
        }
    }
    if wide.is_empty() {
        return Ok(());
    }
    Err(wide.join("; "))
}

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

fn endpoints_are_found(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
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

fn all_kinds_are_found(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
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

fn words_that_people_type(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
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
    let marked = "document.querySelector('#search-found mark').textContent";
    page.expect(marked, "Webhook")?;
    search(page, "wildcards")?;
    let kind = "document.querySelector('#search-found .kind').textContent";
    page.expect(kind, "topic Webhook events")
}

fn the_panel_closes(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
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
    page.expect(CLOSED, true)
}

fn nothing_is_found(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("index.html")?;
    let found = search(page, "zzqqy")?;
    if !found.is_empty() {
        return Err(format!("{found:?}"));
    }
    page.expect(
        "document.getElementById('search-count').textContent",
        "No results.",
    )
}

const CHOSEN: &str = "[].findIndex.call(document.querySelectorAll('#search-found [role=option]'),
    function (one) { return one.getAttribute('aria-selected') === 'true'; })";
const CLOSED: &str = "document.getElementById('search-panel').hidden";
const FOCUS: &str = "document.activeElement.id";

fn the_keyboard_works(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
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

fn the_same_page_is_reached(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("products.html")?;
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

fn no_script_is_needed(page: &mut Page<'_>, pages: &[String]) -> Result<(), String> {
    page.order(
        "Emulation.setScriptExecutionDisabled",
        &json!({ "value": true }),
    )?;
    let close = pages.iter().enumerate();
    for (_, name) in close.filter(|(at, name)| is_close(*at, name)) {
        page.open(name)?;
        page.expect(
            "[].every.call(document.querySelectorAll('form, .pick, #answer, #theme'), function (one) {
                return one.hidden;
            })",
            true,
        )?;
        page.expect("document.querySelectorAll('.sample[hidden]').length", 0)?;
        page.expect("document.querySelectorAll('tr.row[hidden]').length", 0)?;
        if name.starts_with("diagnostic-") {
            // One rule is short, with examples of wrong and right.
            let shown = "document.querySelectorAll('.pair > *').length > 1 && [].every.call(document.querySelectorAll('.pair > *'),
                function (side) { return side.innerText.trim().length > 6; })";
            page.expect(shown, true)?;
            continue;
        }
        let text = page.eval("document.getElementById('main').innerText.length")?;
        if text.as_u64().unwrap_or(0) < 400 && name != "404.html" {
            return Err(format!("{name} says next to nothing: {text}"));
        }
    }
    Ok(())
}
