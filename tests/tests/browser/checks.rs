//! Checks in a browser, each with a sentence that describes it.

use chromiumoxide::cdp::browser_protocol::emulation::SetScriptExecutionDisabledParams;

use super::{
    access::policies_are_made,
    choices,
    events::{events_are_found, events_show_what_comes},
    keyboard, odd,
    page::Page,
    pages,
    paste::{calls_are_pasted, samples_are_read},
    scopes::{fewest_scopes_are_answered, scopes_are_explained, tokens_are_checked},
    search,
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
        search::endpoints_are_found,
    ),
    (
        "types, fields, scopes, events and statuses are found",
        search::all_kinds_are_found,
    ),
    (
        "what is not there is not found, and said so",
        search::nothing_is_found,
    ),
    (
        "the search is worked from the keyboard",
        search::the_keyboard_works,
    ),
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
        search::the_same_page_is_reached,
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
        search::words_that_people_type,
    ),
    (
        "the panel of the search closes when the focus leaves it",
        search::the_panel_closes,
    ),
    (
        "a theme is chosen, kept, and set before the page is drawn",
        choices::themes_are_kept,
    ),
    (
        "a choice made elsewhere holds in a page that is open",
        choices::choices_hold_in_pages_that_are_open,
    ),
    (
        "the key that leads to the search is turned off, and stays off",
        choices::the_key_of_the_search_is_turned_off,
    ),
    (
        "choices hold for a page where nothing can be stored",
        choices::choices_need_no_storage,
    ),
    (
        "a name that every object has is a name like any other",
        odd::names_that_every_object_has_are_names,
    ),
    (
        "a long text in a field does not stop the page",
        odd::long_texts_do_not_stop_the_page,
    ),
    (
        "keys pressed before the page is ready are not lost, and nothing opens that is no longer wanted",
        odd::quick_hands_get_what_they_want,
    ),
    (
        "what is chosen is seen where the system sets the colors",
        odd::forced_colors_show_what_is_chosen,
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
    (
        "errors on a page and requests to other hosts are noticed",
        complaints_are_heard,
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

fn no_script_is_needed(page: &mut Page<'_>, pages: &[String]) -> Result<(), String> {
    page.order(SetScriptExecutionDisabledParams::new(true))?;
    let close = pages.iter().enumerate();
    for (_, name) in close.filter(|(at, name)| is_close(*at, name)) {
        page.open(name)?;
        page.expect(
            "[].every.call(document.querySelectorAll('form, .pick, #answer, #theme, #keys'), function (one) {
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

/// Causes what no page may do. Each check ends by requiring that there was none of it.
fn complaints_are_heard(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    for (cause, complaint) in [
        ("console.error('wrong')", "EventConsoleApiCalled"),
        (
            "setTimeout(function () { throw new Error('wrong'); }),
            new Promise(function (done) { setTimeout(done, 50); })",
            "EventExceptionThrown",
        ),
        // The browser itself refuses this port.
        (
            "fetch('http://127.0.0.1:9/').catch(function () {})",
            "EventEntryAdded",
        ),
        (
            "fetch('http://127.0.0.1:9/').catch(function () {})",
            "a request to http://127.0.0.1:9/",
        ),
    ] {
        page.eval(cause)?;
        match page.quiet() {
            Err(heard) if heard.contains(complaint) => {}
            heard => return Err(format!("{cause} should be {complaint}, but is {heard:?}")),
        }
    }
    Ok(())
}
