//! Checks of what readers choose for all pages: the theme, the kind of sample, and whether a key leads to the
//! search.

use chromiumoxide::cdp::browser_protocol::page::AddScriptToEvaluateOnNewDocumentParams;

use super::{
    page::Page,
    pages::{GROUND, SHOWN},
};

const THEME: &str = "document.documentElement.dataset.theme || 'auto'";
const FOCUS: &str = "document.activeElement.id";
const KEY: &str = "document.getElementById('search-text').getAttribute('aria-keyshortcuts')";
const SIGN: &str = "document.querySelector('#search kbd').checkVisibility()";
const PRESS_BOX: &str = "document.getElementById('shortcut').click()";

/// Selects themes, and comes back to a page that has them from the start.
pub fn themes_are_kept(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.media("", "light")?;
    page.open("index.html")?;
    page.expect(THEME, "auto")?;
    let light = page.eval(GROUND)?;
    let press = "document.getElementById('theme').click()";
    page.eval(press)?;
    page.expect(THEME, "light")?;
    page.eval(press)?;
    page.expect(THEME, "dark")?;
    if page.eval(GROUND)? == light {
        return Err("the dark theme is as light as the light one".to_owned());
    }
    // The script in the head runs before there is a body to render.
    let script = "new MutationObserver(function (list, observer) {
        if (!document.body) return;
        window.themeAtFirst = document.documentElement.dataset.theme;
        observer.disconnect();
    }).observe(document, { childList: true, subtree: true })";
    page.order(AddScriptToEvaluateOnNewDocumentParams::new(script))?;
    page.open("orders.html")?;
    page.expect("window.themeAtFirst", "dark")?;
    page.eval(press)?;
    page.expect(THEME, "auto")?;
    page.open("index.html")?;
    page.expect(THEME, "auto")
}

/// Makes choices in another window, and before coming back to a page that is still as it was left.
pub fn choices_hold_in_pages_that_are_open(
    page: &mut Page<'_>,
    _: &[String],
) -> Result<(), String> {
    page.open("brands.html")?;
    let back = "window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))";
    let elsewhere = "window.dispatchEvent(new StorageEvent('storage'))";
    page.eval("localStorage.setItem('theme', 'dark')")?;
    page.eval("localStorage.setItem('sample', 'rust')")?;
    page.eval("localStorage.setItem('shortcut', 'off')")?;
    page.eval(back)?;
    page.expect(THEME, "dark")?;
    page.expect(
        "document.getElementById('theme').getAttribute('aria-label')",
        "Theme: dark",
    )?;
    page.expect(SHOWN, "rust")?;
    page.expect(SIGN, false)?;
    page.eval("localStorage.setItem('theme', 'auto')")?;
    page.eval("localStorage.setItem('sample', 'curl')")?;
    page.eval("localStorage.setItem('shortcut', 'on')")?;
    page.eval(elsewhere)?;
    page.expect(THEME, "auto")?;
    page.expect(SHOWN, "curl")?;
    page.expect(SIGN, true)?;
    // What is no longer stored, or never was a choice, changes nothing.
    page.eval("localStorage.setItem('theme', 'constructor')")?;
    page.eval("localStorage.removeItem('sample')")?;
    page.eval("localStorage.removeItem('shortcut')")?;
    page.eval(back)?;
    page.expect(THEME, "auto")?;
    page.expect(SHOWN, "curl")?;
    page.expect(SIGN, true)?;
    page.eval("localStorage.removeItem('theme')")?;
    Ok(())
}

/// Turns off the key that leads to the search, on this page and the next one, and turns it on again.
pub fn the_key_of_the_search_is_turned_off(
    page: &mut Page<'_>,
    _: &[String],
) -> Result<(), String> {
    page.open("index.html")?;
    page.expect(
        "document.getElementById('shortcut').closest('label').textContent.trim()",
        "Press / to search",
    )?;
    page.expect(KEY, "/")?;
    page.expect(SIGN, true)?;
    page.eval(PRESS_BOX)?;
    page.expect(SIGN, false)?;
    page.eval("document.getElementById('theme').focus()")?;
    page.press("/")?;
    page.expect(FOCUS, "theme")?;
    page.open("orders.html")?;
    page.expect("document.getElementById('shortcut').checked", false)?;
    page.expect(KEY, ())?;
    page.press("/")?;
    page.expect(FOCUS, "")?;
    page.eval(PRESS_BOX)?;
    page.press("/")?;
    page.expect(FOCUS, "search-text")?;
    page.open("index.html")?;
    page.expect(KEY, "/")?;
    page.eval("localStorage.removeItem('shortcut')")?;
    Ok(())
}

/// Makes choices where the browser stores nothing: each holds for its page.
pub fn choices_need_no_storage(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    let script = "Object.defineProperty(window, 'localStorage', {
        get: function () { throw new DOMException('refused', 'SecurityError'); }
    })";
    page.order(AddScriptToEvaluateOnNewDocumentParams::new(script))?;
    page.open("brands.html")?;
    page.expect(THEME, "auto")?;
    page.eval("document.getElementById('theme').click()")?;
    page.expect(THEME, "light")?;
    page.eval("document.querySelector('[role=tab]:last-child').click()")?;
    page.expect(
        "document.querySelector('[role=tab]:last-child').getAttribute('aria-selected')",
        "true",
    )?;
    page.eval(PRESS_BOX)?;
    page.press("/")?;
    page.expect(FOCUS, "")?;
    page.open("endpoints.html#show:method=PUT")?;
    page.expect("document.querySelector('form.filter').hidden", false)
}
