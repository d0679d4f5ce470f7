//! Checks of the interactive scope matrix, with the cases of the client and of `cargo xtask scopes`.

use bigcommerce_client::{Endpoint, Scope, scopes::ScopeSet};
use bigcommerce_tests::json;
use serde_json::Value;

use super::{
    page::Page,
    tables::{HEADED, ROWS, again, ids, narrow},
};

/// Selects a call in the matrix.
pub(super) fn pick(page: &mut Page<'_>, id: &str) -> Result<(), String> {
    page.eval(&format!(
        "document.querySelector('tr[data-id=\"{id}\"] input').click()"
    ))?;
    Ok(())
}

/// Sets the value of a text field.
pub(super) fn write(page: &mut Page<'_>, id: &str, text: &str) -> Result<(), String> {
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

/// Selects calls in the matrix, and reads the result.
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
    // A modify scope allows the reads.
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
    // The answer is on the screen next to a call far down, on wide and narrow screens.
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
    // One of them is removed where the answer lists it, and the table shows the remaining ones.
    page.eval("document.querySelector('[aria-label=\"Remove orders.create\"]').click()")?;
    page.expect(
        &answer,
        "store_v2_products_read_only store_v2_orders_read_only",
    )?;
    page.expect(
        "document.activeElement.getAttribute('aria-label')",
        "Remove orders.list",
    )?;
    narrow(page, "show", "selected")?;
    page.expect(ROWS, "products.list orders.list")?;
    again(page)?;
    page.expect(ROWS, "products.list orders.list")?;
    page.expect(HEADED, true)?;
    narrow(page, "show", "")?;
    page.eval("document.getElementById('pick-none').click()")?;
    page.expect(&answer, "")?;
    narrow(page, "group", "carts")?;
    page.eval("document.getElementById('pick-shown').click()")?;
    page.expect(&answer, "store_cart")?;
    page.expect("location.hash", "#show:group=carts&pick=carts")?;
    again(page)?;
    page.expect(&answer, "store_cart")?;
    // What was opened in the answer stays open when the answer changes.
    let json = "document.querySelectorAll('#answer .copyable')[1]";
    page.eval(&format!("{json}.querySelector('summary').click()"))?;
    page.until(&format!("{json}.open"))?;
    pick(page, "brands.get")?;
    page.expect(&format!("{json}.open"), true)
}

/// Shows what scopes allow.
pub fn scopes_are_explained(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("scopes.html#show:mode=scopes&granted=store_v2_orders_read_only")?;
    let allowed = "[].filter.call(document.querySelectorAll('tr.row'), function (row) {
        return row.querySelector('.state').textContent === 'Allowed';
    }).map(function (row) { return row.dataset.id; }).join(' ')";
    let open = |scope: Scope| ids(|it| ScopeSet::of([scope]).allows(it));
    page.expect(allowed, &*open(Scope::OrdersRead))?;
    // Invisible content is not laid out, and has no rendered text.
    let denied = "document.querySelector('tr[data-id=\"orders.update\"] .state').parentNode";
    page.eval(&format!("{denied}.scrollIntoView()"))?;
    page.until(&format!(
        "/^Denied without\\n[^]*Orders: modify/.test({denied}.innerText)"
    ))?;
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
    page.expect(allowed, &*open(Scope::OrdersModify))?;
    narrow(page, "show", "allowed")?;
    page.expect(ROWS, &*open(Scope::OrdersModify))?;
    // Either of two alternatives is sufficient.
    page.open("scopes.html#show:mode=scopes&granted=store_v2_transactions")?;
    page.expect(allowed, &*open(Scope::TransactionsModify))?;
    narrow(page, "show", "denied")?;
    page.expect(
        ROWS,
        &*ids(|it| !ScopeSet::of([Scope::TransactionsModify]).allows(it)),
    )?;
    narrow(page, "show", "")?;
    // It is only shown if scopes are given.
    ask(page, "calls")?;
    page.expect("document.querySelectorAll('tr.row[hidden]').length", 0)?;
    // One is not several.
    page.open("scopes.html#show:mode=scopes&granted=store_storefront_api_customer_impersonation")?;
    let note = "document.querySelector('#answer .held .note').textContent";
    page.expect(note, "1 call")
}

/// Runs the cases of the client and the command line.
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
    page.open("scopes.html#show:mode=check&pick=orders.list&granted=store_v2_orders_read_only,store_v2_content,nonsense")?;
    page.expect(
        "document.getElementById('answer-text').textContent",
        "0 scopes missing, 1 not needed, 1 not in this reference.",
    )?;
    // A scope that every app is granted is shown as such, and is not a mistake.
    page.open("scopes.html#show:mode=check&pick=orders.list&granted=store_v2_orders_read_only,users_basic_information")?;
    page.expect(
        "document.getElementById('answer-text').textContent",
        "The token fits: no scope is missing, and none is unnecessary.",
    )?;
    page.expect(&listed(".ignored"), "users_basic_information")?;
    page.expect(&listed(".strange"), "")?;
    // A scope that a call needs only with some values is listed apart, and is not in excess.
    page.open("scopes.html#show:mode=check&pick=scripts.create&granted=store_v2_content,store_content_checkout")?;
    page.expect(
        "document.getElementById('answer-text').textContent",
        "The token fits: no scope is missing, and none is unnecessary.",
    )?;
    page.expect(&listed(".some"), "store_content_checkout")?;
    page.expect(&listed(".lacked"), "")?;
    page.expect(&listed(".excess"), "")?;
    // Without it, it is not missing either.
    page.open("scopes.html#show:mode=check&pick=scripts.create&granted=store_v2_content")?;
    page.expect(
        "document.getElementById('answer-text').textContent",
        "The token fits: no scope is missing, and none is unnecessary.",
    )?;
    page.expect(&listed(".lacked"), "store_content_checkout")?;
    ask(page, "scopes")?;
    page.expect(
        &listed(".lacked"),
        "store_content_checkout_read_only store_content_checkout",
    )
}
