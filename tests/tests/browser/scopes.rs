//! What must hold for the scope matrix as an instrument. It is held to the cases of the client and of
//! `cargo xtask scopes`.

use bigcommerce_client::{Endpoint, Scope};
use bigcommerce_tests::json;
use serde_json::Value;

use super::{
    page::Page,
    tables::{again, ids, narrow},
};

/// Picks a call in the matrix.
fn pick(page: &mut Page<'_>, id: &str) -> Result<(), String> {
    page.eval(&format!(
        "document.querySelector('tr[data-id=\"{id}\"] input').click()"
    ))?;
    Ok(())
}

/// Sets what a text field holds.
fn write(page: &mut Page<'_>, id: &str, text: &str) -> Result<(), String> {
    page.eval(&format!(
        "(function () {{
            var field = document.getElementById({id:?});
            field.value = {text:?};
            field.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }})()"
    ))?;
    Ok(())
}

fn ask(page: &mut Page<'_>, mode: &str) -> Result<(), String> {
    page.eval(&format!(
        "document.querySelector('[name=mode][value={mode}]').click()"
    ))?;
    Ok(())
}

/// The scopes in lists of the answer.
fn listed(class: &str) -> String {
    format!(
        "[].map.call(document.querySelectorAll('#answer .ticks{class} li > code, #answer .ticks{class} a code'),
            function (one) {{ return one.textContent; }}).join(' ')"
    )
}

/// Picks calls in the matrix, and reads the result.
pub fn fewest_scopes_are_answered(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    let answer = listed("");
    page.open("scopes.html")?;
    page.expect(&answer, "")?;
    pick(page, "orders.list")?;
    page.expect(&answer, "store_v2_orders_read_only")?;
    pick(page, "products.list")?;
    page.expect(
        &answer,
        "store_v2_products_read_only store_v2_orders_read_only",
    )?;
    // What writes grants what reads.
    pick(page, "orders.create")?;
    page.expect(&answer, "store_v2_products_read_only store_v2_orders")?;
    page.expect(
        "document.querySelector('#answer pre').textContent",
        "store_v2_products_read_only store_v2_orders",
    )?;
    page.expect(
        "document.getElementById('answer-text').textContent",
        "3 calls need 2 scopes.",
    )?;
    page.expect(
        "document.getElementById('answer-text').getAttribute('aria-live')",
        "polite",
    )?;
    again(page)?;
    page.expect(&answer, "store_v2_products_read_only store_v2_orders")?;
    // The answer is on the screen beside a call far down, wide and narrow.
    for (width, height) in [(1440, 900), (1000, 900), (360, 740)] {
        page.size(width, height)?;
        page.eval("document.querySelector('tr[data-id=\"webhooks.list\"]').scrollIntoView({ block: 'center' })")?;
        page.until(
            "(function () {
                var box = document.getElementById('answer-text').getBoundingClientRect();
                return box.top >= 0 && box.bottom <= innerHeight;
            })()",
        )?;
    }
    page.eval("document.getElementById('pick-none').click()")?;
    page.expect(&answer, "")?;
    narrow(page, "group", "carts")?;
    page.eval("document.getElementById('pick-shown').click()")?;
    page.expect(&answer, "store_cart")?;
    page.expect("location.hash", "#show:group=carts&pick=carts")?;
    again(page)?;
    page.expect(&answer, "store_cart")
}

/// Pastes what people have at hand.
pub fn calls_are_pasted(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("scopes.html")?;
    let picked = "[].map.call(document.querySelectorAll('td.pick input:checked'), function (one) {
        return one.closest('tr').dataset.id; }).join(' ')";
    for (text, calls) in [
        (
            "products.list, orders.update",
            "products.list orders.update",
        ),
        (
            "GET /v3/customers\nput https://api.bigcommerce.com/stores/abc/v2/orders/118",
            "orders.update customers.list",
        ),
        (
            "let all = store.products().images(7).list().await?;\nfor it in all {\n    store\n        .variants()\n        .update_all(changes)\n        .await?;\n}",
            "product_images.list variants.update_batch",
        ),
        (
            "tokio::join!(store.brands().get(id), store.carts().list_items(store.hooks()));",
            "brands.get",
        ),
        ("store.themes().wait_for_job(id).await?", "themes.get_job"),
    ] {
        page.eval("document.getElementById('pick-none').click()")?;
        write(page, "paste", text)?;
        page.eval("document.getElementById('paste-add').click()")?;
        page.expect(picked, calls)?;
    }
    write(page, "paste", "produts.list")?;
    page.eval("document.getElementById('paste-add').click()")?;
    page.expect(
        "document.getElementById('paste-said').textContent",
        "0 calls found. There is no produts.list; did you mean products.list?",
    )
}

/// Shows what scopes open.
pub fn scopes_are_explained(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("scopes.html#show:mode=scopes&granted=store_v2_orders_read_only")?;
    let allowed = "[].filter.call(document.querySelectorAll('tr.row'), function (row) {
        return row.querySelector('.state').textContent === 'Allowed';
    }).map(function (row) { return row.dataset.id; }).join(' ')";
    let open = |scope: Scope| ids(|it| scope.satisfies(it.scope()));
    page.expect(allowed, &*open(Scope::OrdersRead))?;
    let denied =
        "document.querySelector('tr[data-id=\"orders.update\"] .state').parentNode.innerText";
    let text = page.eval(denied)?.as_str().unwrap_or_default().to_owned();
    if !text.starts_with("Denied without\n") || !text.contains("Orders: modify") {
        return Err(text);
    }
    page.eval("document.querySelector('#hold [value=store_v2_orders]').click()")?;
    page.expect(
        "document.getElementById('granted').value",
        "store_v2_orders_read_only store_v2_orders",
    )?;
    page.expect(allowed, &*open(Scope::OrdersModify))?;
    let all = Endpoint::ALL.len();
    let count = open(Scope::OrdersModify).split(' ').count();
    page.expect(
        "document.getElementById('answer-text').textContent",
        format!("{count} calls allowed, {} denied.", all - count),
    )?;
    again(page)?;
    page.expect(allowed, &*open(Scope::OrdersModify))
}

/// Goes through the cases of the client and the command line.
pub fn tokens_are_checked(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("scopes.html")?;
    for case in json::<Vec<Value>>("tests/data/scopes/sets.json") {
        let text = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
        page.eval("document.getElementById('pick-none').click()")?;
        let calls = case["calls"].as_array().into_iter().flatten();
        for id in calls.filter_map(Value::as_str) {
            pick(page, id)?;
        }
        ask(page, "calls")?;
        page.expect(&listed(".needed"), text("least"))?;
        ask(page, "check")?;
        write(page, "granted", &text("granted"))?;
        if text("granted").is_empty() || text("least").is_empty() {
            continue;
        }
        page.expect(&listed(".missing"), text("missing"))?;
        let mut excess: Vec<String> = text("excess").split(' ').map(str::to_owned).collect();
        excess.sort();
        let more =
            "[].map.call(document.querySelectorAll('#answer .excess code, #answer .strange code'),
            function (one) { return one.textContent; }).sort().join(' ')";
        page.expect(more, excess.join(" ").trim())?;
    }
    Ok(())
}
