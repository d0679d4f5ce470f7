//! Checks of the field of the scope matrix into which people paste calls.

use bigcommerce_client::{Endpoint, Group};
use serde_json::Value;

use super::{
    page::Page,
    scopes::{pick, write},
    tables::ids,
};

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
            "let it = store.brands();\nfor it in rows { it.list(); }\nit.get(7);",
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
        // What is called on the parameter of a closure may be a call, unless it is what a call returned.
        (
            "with(|it| it.list());\nwith(|(id, it)| it.images(id).create(image));",
            "0 calls found. it.list may be a call, but the type of it is unknown. \
             it.images may be a call, but the type of it is unknown.",
        ),
        (
            "with(|orders| orders.get(7));\nrows.map(|it| it.get(0));\nwith(async |one| one.get(7).await);",
            "0 calls found. orders.get may be a call, but the type of orders is unknown. \
             one.get may be a call, but the type of one is unknown.",
        ),
        ("rows.map(|it| it.get(0).replace(a, b))", ""),
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
    for text in [
        "Ok(store.orders().list().stream().try_for_each(|it| it.delete()).await?)",
        "let all = store.orders().list();\nall.stream().map(|it| it.list())",
        "let orders = store.orders();\norders.list().pages().map(|it| it.list())",
    ] {
        paste(page, text)?;
        page.expect(said, "1 call found.")?;
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
                names = names.concat(read.unknown.map(function (one) {{ return 'no ' + one.name; }}), read.untyped);
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
