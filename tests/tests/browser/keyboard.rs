//! Checks for keyboard users: every control is reached in the order of the page and visible when it has the
//! focus, and closing something does not lose the focus.

use super::page::Page;

/// How many times the key is pressed on a page.
const STEPS: usize = 60;

/// How many times it is pressed to go back.
const BACK: usize = 10;

/// What is wrong with the focus; nothing if it is on a control after the last one that is on the screen and
/// not covered.
const WRONG: &str = "(function () {
    var one = document.activeElement;
    var last = window.lastFocus;
    var name = one.outerHTML.slice(0, 90);
    if (one === document.body) return 'the focus is lost behind ' + (last ? last.outerHTML.slice(0, 90) : 'the start');
    if (last && !(last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)) return name + ' comes too late';
    window.lastFocus = one;
    var box = one.getBoundingClientRect();
    if (!one.checkVisibility() || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0) return name + ' is not on the screen';
    var mark = one.matches('label input') ? one.closest('label') : one;
    if (getComputedStyle(mark).outlineStyle === 'none' && getComputedStyle(one).outlineStyle === 'none') return name + ' does not show that it has the focus';
    var shown = one.getClientRects()[0];
    var down = Math.max(1, Math.min(shown.top + shown.height / 2, innerHeight - 1));
    var at = document.elementFromPoint(shown.left + Math.min(8, shown.width / 2), down);
    var covered = at && !one.contains(at) && !at.contains(one);
    return covered ? name + ' is under ' + at.outerHTML.slice(0, 60) : '';
})()";

/// Presses the tab key from the start of pages with every kind of control.
pub fn tabs_go_through(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    let mut wrong = Vec::new();
    for (width, height) in [(1200, 900), (360, 740)] {
        page.size(width, height)?;
        for name in ["index", "brands", "endpoints", "scopes", "access", "events"] {
            page.open(&format!("{name}.html"))?;
            for step in 0..STEPS {
                page.press("Tab")?;
                if step == 0 {
                    page.expect("document.activeElement.className", "skip")?;
                }
                let found = page.eval(WRONG)?;
                let found = found.as_str().unwrap_or_default();
                if !found.is_empty() {
                    wrong.push(format!("{name} at {width}, step {step}: {found}"));
                    break;
                }
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n  "));
    }
    // Going back, the focus is never below the answer, which stays on the screen.
    page.open("scopes.html#show:pick=orders")?;
    page.eval("document.querySelectorAll('#matrix tr.row .permission')[40].focus()")?;
    for step in 0..BACK {
        page.press_shifted("Tab")?;
        page.eval("window.lastFocus = null")?;
        let found = page.eval(WRONG)?;
        let found = found.as_str().unwrap_or_default();
        if !found.is_empty() {
            return Err(format!("scopes going back, step {step}: {found}"));
        }
    }
    // At 400 % zoom, the answer does not stay, and what has the focus is on the screen.
    page.size(320, 256)?;
    page.open("scopes.html#show:pick=orders")?;
    page.eval("document.querySelectorAll('#matrix tr.row .permission')[40].focus()")?;
    page.until(
        "(function () {
            var answer = document.getElementById('answer').getBoundingClientRect();
            var focus = document.activeElement.getBoundingClientRect();
            return answer.bottom <= 0 && focus.top >= 56 && focus.top < innerHeight;
        })()",
    )?;
    page.size(360, 740)?;
    // Skipping the bar and the menu leads to the content.
    page.open("brands.html")?;
    page.press("Tab")?;
    page.press("Enter")?;
    page.until("location.hash === '#main'")?;
    page.press("Tab")?;
    page.expect(
        "document.getElementById('main').contains(document.activeElement)",
        true,
    )
}

/// Opens the menu of a phone by its button, and closes it.
pub fn the_focus_comes_back(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.size(360, 740)?;
    page.open("brands.html")?;
    page.eval("document.querySelector('.to-menu').focus()")?;
    page.press("Enter")?;
    page.until("document.getElementById('menu').checkVisibility()")?;
    page.press("Tab")?;
    page.expect(
        "document.getElementById('menu').contains(document.activeElement)",
        true,
    )?;
    page.press("Escape")?;
    page.until("!document.getElementById('menu').checkVisibility()")?;
    page.expect("document.activeElement.className", "to-menu")
}
