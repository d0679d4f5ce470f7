//! Checks of the page that composes an access policy.

use bigcommerce_client::{Endpoint, Group, policy::Policy};

use super::{page::Page, tables::again};

const COPIED: &str = "[].map.call(document.querySelectorAll('#answer pre'), function (one) { return one.textContent; })";

/// Opens groups, and passes the file to the client.
pub fn policies_are_made(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("access.html")?;
    let said = "document.getElementById('answer-text').textContent";
    let all = Endpoint::ALL.len();
    page.expect(said, format!("0 of {all} endpoints allowed, {all} denied."))?;
    for (group, level) in [
        ("orders", "read"),
        ("brands", "full"),
        ("webhooks", "full"),
        ("webhooks", "off"),
    ] {
        page.eval(&format!(
            "document.querySelector('[name=\"level-{group}\"][value={level}]').click()"
        ))?;
    }
    agrees(page)?;
    again(page)?;
    agrees(page)?;
    page.expect(
        "document.querySelector('li[data-id=\"orders.update\"]').classList.contains('shut') &&
         !document.querySelector('li[data-id=\"orders.list\"]').classList.contains('shut')",
        true,
    )?;
    let button = "document.querySelector('#ask [data-level=read]')";
    page.expect(
        &format!("{button}.getAttribute('aria-label')"),
        "Set all groups shown to read",
    )?;
    page.eval(&format!("{button}.click()"))?;
    agrees(page)?;
    let groups = page.eval("document.querySelectorAll('#levels tr[data-group]').length")?;
    if groups != Group::ALL.len() {
        return Err(format!("{groups} groups"));
    }
    // An area has its own buttons, and the chosen levels can be shown on their own.
    page.eval("document.querySelector('#ask [data-level=off]').click()")?;
    let area = "document.querySelector('tr[data-group=\"orders\"]').parentNode";
    page.eval(&format!(
        "{area}.querySelector('tr.group [data-level=full]').click()"
    ))?;
    agrees(page)?;
    page.eval("document.getElementById('only-set').click()")?;
    let alone = format!(
        "[].every.call(document.querySelectorAll('#levels tr[data-group]'), function (row) {{
            return (row.getClientRects().length > 0) === (row.parentNode === {area});
        }})"
    );
    page.expect(&alone, true)?;
    again(page)?;
    page.expect(&alone, true)?;
    // An area says how many of its groups are shown.
    find(page, "order_products")?;
    let of = page.eval(&format!("{area}.querySelectorAll('tr[data-group]').length"))?;
    let count = format!("{area}.querySelector('.count').textContent");
    page.expect(&count, format!("1 of {of}"))?;
    find(page, "nothing like it")?;
    page.expect("document.querySelector('.none').hidden", false)?;
    page.eval("document.querySelector('.none .clear').click()")?;
    page.expect(&count, of.to_string())?;
    page.expect("document.getElementById('only-set').checked", false)?;
    page.expect("document.activeElement.id", "find")
}

fn find(page: &mut Page<'_>, words: &str) -> Result<(), String> {
    page.eval(&format!(
        "(function () {{
            var field = document.getElementById('find');
            field.value = {words:?};
            field.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }})()"
    ))?;
    Ok(())
}

/// Requires that the client parses both files, and that they allow what the page says, with the scopes
/// it says.
fn agrees(page: &mut Page<'_>) -> Result<(), String> {
    let files = page.eval(COPIED)?;
    let file = |at: usize| files[at].as_str().unwrap_or_default().to_owned();
    let yaml = Policy::from_yaml(&file(0)).map_err(|error| format!("{error}: {}", file(0)))?;
    let json = Policy::from_json(&file(1)).map_err(|error| format!("{error}: {}", file(1)))?;
    let scopes = "[].map.call(document.querySelectorAll('#answer .ticks code'),
        function (one) { return one.textContent; }).sort().join(' ')";
    let open = "[].map.call(document.querySelectorAll('#levels li:not(.shut)'),
        function (one) { return one.dataset.id; }).sort().join(' ')";
    for policy in [yaml, json] {
        let mut ids: Vec<&str> = policy.endpoints().map(Endpoint::id).collect();
        ids.sort_unstable();
        page.expect(open, ids.join(" "))?;
        let needed = policy.scopes();
        let mut names: Vec<&str> = needed.names().collect();
        names.sort_unstable();
        page.expect(scopes, names.join(" "))?;
    }
    Ok(())
}
