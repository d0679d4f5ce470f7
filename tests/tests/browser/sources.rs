//! Checks of the page of sources: its disagreements can be searched.

use super::{page::Page, tables::again};

const SHOWN: &str = "[].filter.call(document.querySelectorAll('.entry'), function (one) {
    return one.getBoundingClientRect().height > 0;
})";

/// Searches for an endpoint, narrows the list to one part, and comes back to the URL.
pub fn disagreements_are_found(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("sources.html")?;
    let all = page.eval("document.querySelectorAll('.entry').length")?;
    let said = "document.querySelector('.shown').textContent";
    page.expect(said, format!("{all} disagreements"))?;
    page.expect(&format!("{SHOWN}.length"), all.clone())?;
    choose(page, "input", "orders.create")?;
    let found = page.eval(&format!("{SHOWN}.length"))?;
    if found.as_u64().is_none_or(|found| found == 0) || found == all {
        return Err(format!("`orders.create` finds {found} of {all}"));
    }
    page.expect(said, format!("{found} of {all} disagreements"))?;
    let about = format!(
        "{SHOWN}.every(function (one) {{ return one.textContent.indexOf('orders.create') >= 0; }})"
    );
    page.expect(&about, true)?;
    // A heading without visible entries is hidden.
    let headings =
        "[].filter.call(document.querySelectorAll('.families h3, .family h4'), function (one) {
        return one.getBoundingClientRect().height > 0 &&
            !one.closest('.families').querySelector('.entry:not([hidden])');
    }).length";
    page.expect(headings, 0)?;
    again(page)?;
    page.expect(
        "document.querySelector('.find input').value",
        "orders.create",
    )?;
    page.expect(&format!("{SHOWN}.length"), found)?;
    choose(page, "input", "")?;
    let part = "document.querySelector('.find select option:nth-of-type(2)').value";
    let part = page.eval(part)?;
    choose(page, "select", part.as_str().unwrap_or_default())?;
    page.expect(
        "document.querySelectorAll('.family:not([hidden])').length",
        1,
    )?;
    choose(page, "input", "nothing like it")?;
    page.expect(said, "No disagreements match.")?;
    page.expect("document.querySelector('.none').hidden", false)?;
    page.eval("document.querySelector('.none .clear').click()")?;
    page.expect(&format!("{SHOWN}.length"), all)?;
    page.expect("document.activeElement.matches('.find input')", true)
}

/// Sets a field of the form above the list.
fn choose(page: &mut Page<'_>, field: &str, value: &str) -> Result<(), String> {
    page.eval(&format!(
        "(function () {{
            var field = document.querySelector('.find ' + {field:?});
            field.value = {value:?};
            field.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }})()"
    ))?;
    Ok(())
}
