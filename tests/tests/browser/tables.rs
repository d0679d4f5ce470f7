//! What must hold for the tables of endpoints: they are narrowed, and say which scopes are needed.

use bigcommerce_client::{
    Endpoint, Event, Scope,
    catalogue::{Access, Method},
};

use super::page::Page;

const ROWS: &str = "[].map.call(document.querySelectorAll('tr.row:not([hidden])'),
    function (row) { return row.dataset.id; }).join(' ')";

/// The endpoints that are meant, as the client knows them, in the order of the page.
fn ids(meant: impl Fn(Endpoint) -> bool) -> String {
    let all = Endpoint::ALL.iter().copied();
    let ids = all.filter(|endpoint| meant(*endpoint)).map(Endpoint::id);
    ids.collect::<Vec<_>>().join(" ")
}

/// Sets a field of the form above the table.
fn narrow(page: &mut Page<'_>, name: &str, value: &str) -> Result<(), String> {
    page.eval(&format!(
        "(function () {{
            var field = document.querySelector('form.filter').elements[{name:?}];
            field.value = {value:?};
            field.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }})()"
    ))?;
    Ok(())
}

/// Narrows the table of all endpoints, and comes back to its address.
pub fn tables_are_narrowed(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("endpoints.html")?;
    let all = page.eval("document.querySelectorAll('tr.row').length")?;
    narrow(page, "group", "orders")?;
    narrow(page, "access", "read")?;
    let read = ids(|it| it.group() == "orders" && it.access() == Access::Read);
    page.expect(ROWS, &*read)?;
    let found = read.split(' ').count();
    page.expect(
        "document.querySelector('.shown').textContent",
        format!("{found} of {all} endpoints"),
    )?;
    let address = page.eval("location.href")?;
    let address = address.as_str().unwrap_or_default().to_owned();
    page.open(address.rsplit('/').next().unwrap_or_default())?;
    page.expect(ROWS, &*read)?;
    page.eval("document.querySelector('form.filter [type=reset]').click()")?;
    page.until("document.querySelectorAll('tr.row[hidden]').length === 0")?;
    narrow(page, "event", "store/order/created")?;
    narrow(page, "method", "POST")?;
    let posted = ids(|it| it.fires().contains(&Event::OrderCreated) && it.method() == Method::Post);
    page.expect(ROWS, &*posted)?;
    narrow(page, "q", "nothing like it")?;
    page.expect(ROWS, "")?;
    page.expect("document.querySelector('.none').hidden", false)
}

/// Picks a call in the matrix.
fn pick(page: &mut Page<'_>, id: &str) -> Result<(), String> {
    page.eval(&format!(
        "document.querySelector('tr[data-id=\"{id}\"] input').click()"
    ))?;
    Ok(())
}

const ANSWER: &str = "[].map.call(document.querySelectorAll('#answer-scopes code'),
    function (one) { return one.textContent; }).join(' ')";

/// Picks calls in the matrix, and reads the result.
pub fn fewest_scopes_are_answered(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("scopes.html")?;
    page.expect(ANSWER, "")?;
    pick(page, "orders.list")?;
    page.expect(ANSWER, "store_v2_orders_read_only")?;
    pick(page, "products.list")?;
    page.expect(
        ANSWER,
        "store_v2_products_read_only store_v2_orders_read_only",
    )?;
    // What writes grants what reads.
    pick(page, "orders.create")?;
    page.expect(ANSWER, "store_v2_products_read_only store_v2_orders")?;
    let address = page.eval("location.href")?;
    let address = address.as_str().unwrap_or_default().to_owned();
    page.open(address.rsplit('/').next().unwrap_or_default())?;
    page.expect(ANSWER, "store_v2_products_read_only store_v2_orders")?;
    page.eval("document.getElementById('pick-none').click()")?;
    page.expect(ANSWER, "")?;
    narrow(page, "group", "carts")?;
    page.eval("document.getElementById('pick-shown').click()")?;
    page.expect(ANSWER, "store_cart")?;
    narrow(page, "group", "")?;
    page.eval("document.getElementById('pick-none').click()")?;
    narrow(page, "enough", "store_v2_orders_read_only")?;
    let open = ids(|it| Scope::OrdersRead.satisfies(it.scope()));
    page.expect(ROWS, &*open)
}
