//! Checks of the table of all endpoints: it can be filtered, its rows open, its URL is kept.

use super::page::Page;
use bigcommerce_client::{
    Endpoint, Group, Scope,
    catalogue::{Access, Method},
};

pub const ROWS: &str = "[].map.call(document.querySelectorAll('tr.row:not([hidden])'),
    function (row) { return row.dataset.id; }).join(' ')";

/// The matching endpoints, as the client knows them, in the order of the page.
pub fn ids(meant: impl Fn(Endpoint) -> bool) -> String {
    let all = Endpoint::ALL.iter().copied();
    let ids = all.filter(|endpoint| meant(*endpoint)).map(Endpoint::id);
    ids.collect::<Vec<_>>().join(" ")
}

/// Sets a field of the form above the table.
pub fn narrow(page: &mut Page<'_>, name: &str, value: &str) -> Result<(), String> {
    page.eval(&format!(
        "(function () {{
            var field = document.querySelector('form.filter').elements[{name:?}];
            field.value = {value:?};
            field.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }})()"
    ))?;
    Ok(())
}

/// Opens the page's current URL again.
pub fn again(page: &mut Page<'_>) -> Result<(), String> {
    let address = page.eval("location.href")?;
    let address = address.as_str().unwrap_or_default().to_owned();
    page.open(address.rsplit('/').next().unwrap_or_default())
}

/// Filters the table of all endpoints, and comes back to its URL.
pub fn tables_are_narrowed(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("endpoints.html")?;
    let all = page.eval("document.querySelectorAll('tr.row').length")?;
    narrow(page, "group", "orders")?;
    narrow(page, "access", "read")?;
    let read = ids(|it| it.group() == Group::Orders && it.access() == Access::Read);
    page.expect(ROWS, &*read)?;
    let found = read.split(' ').count();
    let said = "document.querySelector('.shown').textContent";
    page.expect(said, format!("{found} of {all} endpoints"))?;
    let of = ids(|it| it.group() == Group::Orders).split(' ').count();
    let count = "document.querySelector('tbody:not([hidden]) .count').textContent";
    page.expect(count, format!("{found} of {of}"))?;
    again(page)?;
    page.expect(ROWS, &*read)?;
    page.eval("document.querySelector('form.filter [type=reset]').click()")?;
    page.until("document.querySelectorAll('tr.row[hidden]').length === 0")?;
    narrow(page, "scope", Scope::OrdersModify.as_str())?;
    narrow(page, "method", "POST")?;
    let posted = ids(|it| it.scope() == Scope::OrdersModify && it.method() == Method::Post);
    page.expect(ROWS, &*posted)?;
    // Calls for which the scope is an alternative are among them.
    let other = Scope::TransactionsModify;
    narrow(page, "scope", other.as_str())?;
    let posted = ids(|it| {
        let either = it.scope() == other || it.facts().or_scope == Some(other);
        either && it.method() == Method::Post
    });
    page.expect(ROWS, &*posted)?;
    page.eval("document.querySelector('form.filter [type=reset]').click()")?;
    page.until("document.querySelectorAll('tr.row[hidden]').length === 0")?;
    // If visible cells of some rows match, rows with a match in a field only are not shown.
    narrow(page, "q", "refund")?;
    let further = "document.querySelector('.further')";
    page.until(&format!("!{further}.hidden"))?;
    let hits = "document.querySelectorAll('tr.row:not([hidden]) .hit:not(:empty)').length";
    page.expect(hits, 0)?;
    page.expect(
        &format!("({ROWS}).indexOf('refunds.create') >= 0 && /^\\d+ more by field name$/.test({further}.textContent)"),
        true,
    )?;
    page.eval(&format!("{further}.click()"))?;
    page.expect(&format!("{hits} > 0 && {further}.hidden"), true)?;
    page.expect("document.activeElement.name", "q")?;
    // A scope only matches by its name.
    narrow(page, "q", "store_v2_orders_read_only")?;
    let reading = ids(|it| it.scope() == Scope::OrdersRead);
    page.expect(ROWS, &*reading)?;
    narrow(page, "q", "nothing like it")?;
    page.expect(ROWS, "")?;
    page.expect(said, "No endpoints match.")?;
    page.expect("document.querySelector('.none').hidden", false)?;
    page.eval("document.querySelector('.none .clear').click()")?;
    page.until("document.querySelectorAll('tr.row[hidden]').length === 0")?;
    page.expect("document.activeElement.name", "q")
}

/// Opens a row, and searches for a field that no row shows.
pub fn rows_open(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("endpoints.html")?;
    let shown = "[].filter.call(document.querySelectorAll('tr.more'), function (one) {
        return one.getBoundingClientRect().height > 0;
    }).length";
    page.expect(shown, 0)?;
    let button = "document.querySelector('tr[data-id=\"products.update_batch\"] button.open')";
    page.eval(&format!("{button}.click()"))?;
    page.until(&format!("{shown} === 1"))?;
    page.expect(&format!("{button}.getAttribute('aria-expanded')"), "true")?;
    let text = page.eval("document.querySelector('tr.more:not([hidden])').innerText")?;
    let text = text.as_str().unwrap_or_default().to_owned();
    for part in [
        "products.update_batch",
        "API version",
        "Batch size",
        "operation",
    ] {
        if !text.contains(part) {
            return Err(format!("no {part} in {text}"));
        }
    }
    // What holds for nearly all endpoints is shown on none of them, exceptions on their own.
    if text.contains("Rate limit") {
        return Err(format!("the standard rate limit in {text}"));
    }
    let payment = "document.querySelector('tr[data-id=\"payments.create\"] + tr.more').textContent";
    let text = page.eval(payment)?;
    let text = text.as_str().unwrap_or_default().to_owned();
    if !text.contains("Rate limit of payments") {
        return Err(format!("not the rate limit of payments in {text}"));
    }
    narrow(page, "group", "orders")?;
    page.expect(shown, 0)?;
    narrow(page, "group", "")?;
    page.expect(shown, 1)?;
    narrow(page, "q", "out_of_delivery_zone nothing")?;
    narrow(page, "q", "is_price_hidden")?;
    page.until("document.querySelectorAll('tr.row:not([hidden])').length > 0")?;
    let hit = |id: &str| format!("document.querySelector('tr[data-id={id:?}] .hit').textContent");
    page.expect(&hit("products.list"), "Field: is_price_hidden")?;
    narrow(page, "q", "NAMEID")?;
    page.expect(&hit("carts.get"), "Field: nameId")
}

/// Whether the heading that a URL links to is completely visible at the top of the screen.
pub const HEADED: &str =
    "[].some.call(document.querySelectorAll('main h1, main h2'), function (one) {
    var top = one.getBoundingClientRect().top;
    return top >= document.querySelector('.top').getBoundingClientRect().bottom && top < 120;
})";

/// Goes from one state to another by URL, and back.
pub fn addresses_replace(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    let value =
        |name: &str| format!("document.querySelector('form.filter').elements[{name:?}].value");
    page.open("endpoints.html#show:q=cart&method=DELETE")?;
    page.expect(&value("q"), "cart")?;
    page.expect(HEADED, true)?;
    page.eval("location.hash = '#show:method=PUT'")?;
    let put = ids(|it| it.method() == Method::Put);
    page.until(&format!("{ROWS} === {put:?}"))?;
    page.expect(&value("q"), "")?;
    page.eval("history.back()")?;
    page.until(&format!(
        "{} === 'cart' && {} === 'DELETE'",
        value("q"),
        value("method")
    ))?;
    // An anchor on the page does not change the selection.
    page.eval("location.hash = '#main'")?;
    page.until("location.hash === '#main'")?;
    page.expect(&value("q"), "cart")?;
    page.open("endpoints.html#show:group=nothing&q=zzz")?;
    page.expect(&value("group"), "")?;
    page.expect(&value("q"), "zzz")?;
    // Rows that match in a field only are shown for one search, not for that of the next URL.
    page.open("endpoints.html#show:q=refund")?;
    let further = "document.querySelector('.further')";
    page.eval("document.querySelector('form.filter').elements.q.focus()")?;
    page.until(&format!("!{further}.hidden"))?;
    page.eval(&format!("{further}.click()"))?;
    page.expect(&format!("{further}.hidden"), true)?;
    page.eval("location.hash = '#show:q=refund&method=GET'")?;
    page.until(&format!("!{further}.hidden"))?;
    // An anchor that nobody can decode leads nowhere, and takes nothing from the page.
    page.open("endpoints.html#100%")?;
    page.expect("document.querySelector('form.filter').hidden", false)?;
    page.expect("document.getElementById('theme').hidden", false)
}
