//! Checks of the interactive scope matrix, with the cases of the client and of `cargo xtask scopes`.

use bigcommerce_client::{Endpoint, Group, Scope};
use bigcommerce_tests::json;
use serde_json::Value;

use super::{
    page::Page,
    tables::{HEADED, ROWS, again, ids, narrow},
};

/// Selects a call in the matrix.
fn pick(page: &mut Page<'_>, id: &str) -> Result<(), String> {
    page.eval(&format!(
        "document.querySelector('tr[data-id=\"{id}\"] input').click()"
    ))?;
    Ok(())
}

/// Sets the value of a text field.
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

/// Pastes a text and leaves the field.
fn paste(page: &mut Page<'_>, text: &str) -> Result<(), String> {
    write(page, "paste", text)?;
    page.eval(
        "document.getElementById('paste').dispatchEvent(new Event('change', { bubbles: true }))",
    )?;
    Ok(())
}

/// Pastes what people typically have.
pub fn calls_are_pasted(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("scopes.html")?;
    let picked = "[].map.call(document.querySelectorAll('td.pick input:checked'), function (one) {
        return one.closest('tr').dataset.id; }).join(' ')";
    let group = ids(|it| it.group() == Group::Orders);
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
            "fetch(`https://api.bigcommerce.com/stores/${hash}/v2/orders/${id}`, { method: 'PUT' })",
            "orders.update",
        ),
        (
            "curl https://api.bigcommerce.com/stores/abc/v2/orders --data '{}'",
            "orders.create",
        ),
        (
            "let all = store.products().images(7).list().await?;\nfor it in all {\n    store\n        .variants()\n        .update_all(changes)\n        .await?;\n}",
            "product_images.list variants.update_batch",
        ),
        (
            "tokio::join!(store.brands().get(id), store.carts().list_items(store.hooks()));",
            "brands.get",
        ),
        // The products of an order are not products.
        (
            "store.orders().products(118).list().await?",
            "order_products.list",
        ),
        ("store.themes().wait_for_job(id).await?", "themes.get_job"),
        // A handle may be narrowed to one channel.
        (
            "store.settings().channel(2).search_filters().list().await?",
            "settings_search_filters.list",
        ),
        (
            "let all = store.settings().channel(2);\nall.search_filters().list();",
            "settings_search_filters.list",
        ),
        // Names that are bound to handles, until they are bound to something else.
        (
            "let products = store.products();\nproducts.list().await?;",
            "products.list",
        ),
        (
            "let mut all = store.read_only().products().clone();\nlet images = all.images(7);\nimages.list();\nall\n    .get(7)",
            "products.get product_images.list",
        ),
        (
            "async fn f(products: &Products, all: Arc<OrdersReader>, of: &'a ImagesOfProduct) {\n    \
             tokio::join!(products.get(7), all.list(), of.list());\n}",
            "products.get product_images.list orders.list",
        ),
        (
            "struct Sync { brands: Brands }\nimpl Sync { fn f(&self) { self.brands.list(); } }",
            "brands.list",
        ),
        (
            "let orders = store.orders();\nlet orders = orders.shipments(118);\norders.list()",
            "shipments.list",
        ),
        (
            "let it = store.brands();\nrows.map(|it| it.list());\nit.get(7);",
            "brands.get",
        ),
        (
            "fn f(it: &Products) { it.list(); }\nfn g() { it.get(7); }\nfn h() { let it = store.brands(); let it = it.list(); it.get(8); }",
            "products.list brands.list",
        ),
        (
            "{ let it = store.brands(); it.list(); }\nit.get(7); let all: Vec<Product> = store.products().list(); all.get(8);",
            "products.list brands.list",
        ),
        ("orders", &*group),
        ("orders.*", &*group),
    ] {
        paste(page, text)?;
        page.expect(picked, calls)?;
    }
    let said = "document.getElementById('paste-said').textContent";
    for (text, told) in [
        (
            "produts.list",
            "0 calls found. There is no produts.list; did you mean products.list?",
        ),
        // A name that occurs twice is reported once.
        (
            "produts.list\nproduts.list",
            "0 calls found. There is no produts.list; did you mean products.list?",
        ),
        (
            "PATCH /v2/orders/118",
            "0 calls found. There is no PATCH /v2/orders/118; the methods there are GET, PUT, DELETE.",
        ),
        ("https://api.example.com/v1", ""),
        ("hello world", ""),
    ] {
        paste(page, text)?;
        page.expect(picked, "")?;
        if told.is_empty() {
            // What was understood is shown even if nothing was.
            page.expect(
                &format!("/^No calls found\\. .+orders\\.list/.test({said})"),
                true,
            )?;
        } else {
            page.expect(said, told)?;
        }
    }
    // Manual selections stay when the pasted text changes, and no button has to be pressed.
    pick(page, "brands.get")?;
    paste(page, "brands.get carts.get")?;
    write(page, "paste", "carts.delete")?;
    page.until(&format!("{picked} === 'brands.get carts.delete'"))
}

/// Pastes every sample of the site, since people copy them.
pub fn samples_are_read(page: &mut Page<'_>, pages: &[String]) -> Result<(), String> {
    let mut samples: Vec<[String; 3]> = Vec::new();
    for name in pages {
        let source = page.source(name)?;
        let articles = source.split("<article class=\"endpoint\" aria-labelledby=\"");
        for article in articles.skip(1) {
            let id = article.split('"').next().unwrap_or_default();
            for sample in article.split("<div class=\"sample\" data-tab=\"").skip(1) {
                let tab = sample.split('"').next().unwrap_or_default();
                let code = sample.split_once("<code class=\"language-");
                let code = code.and_then(|(_, code)| code.split_once('>'));
                let code = code.and_then(|(_, code)| code.split_once("</code>"));
                if let ("curl" | "rust" | "bulk" | "job", Some((code, _))) = (tab, code) {
                    samples.push([id, tab, code].map(str::to_owned));
                }
            }
        }
    }
    if samples.len() < 2 * Endpoint::ALL.len() {
        return Err(format!("there are only {} samples", samples.len()));
    }
    page.open("scopes.html")?;
    // They are still HTML, which a text area parses.
    let wrong = page.eval(&format!(
        "(function (samples) {{
            var area = document.createElement('textarea');
            return samples.filter(function (sample) {{ return window.calls.byId[sample[0]]; }}).map(function (sample) {{
                area.innerHTML = sample[2];
                var read = window.calls.read(area.value);
                var names = read.found.map(function (one) {{ return one.id; }});
                names = names.concat(read.unknown.map(function (one) {{ return 'no ' + one.name; }}));
                return names.join() === sample[0] ? '' : sample[0] + ', ' + sample[1] + ': ' + names.join();
            }}).filter(Boolean).slice(0, 20);
        }})({})",
        serde_json::json!(samples)
    ))?;
    let wrong = wrong.as_array().cloned().unwrap_or_default();
    if wrong.is_empty() {
        return Ok(());
    }
    let wrong: Vec<&str> = wrong.iter().filter_map(Value::as_str).collect();
    Err(wrong.join("\n  "))
}

/// Shows what scopes allow.
pub fn scopes_are_explained(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("scopes.html#show:mode=scopes&granted=store_v2_orders_read_only")?;
    let allowed = "[].filter.call(document.querySelectorAll('tr.row'), function (row) {
        return row.querySelector('.state').textContent === 'Allowed';
    }).map(function (row) { return row.dataset.id; }).join(' ')";
    let open = |scope: Scope| ids(|it| scope.satisfies(it.scope()));
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
