//! How fast the mock store is: requests a second over connections that are kept, and its start.
//!
//! The store is the program as it is installed, in a process of its own; what loads it is one thread
//! of this one. Both share the machine, so the best of all rounds says most, and the processor time
//! of the store says more than that.

mod support {
    pub mod load;
    #[allow(dead_code, reason = "not every bench needs all of it")]
    pub mod report;
    pub mod served;
}

use bigcommerce_mock::{Engine, EngineOptions, catalogue::Catalogue};
use bigcommerce_tests::{multiply::multiplied, root};
use codegen::pipeline::{self, Output};
use cpu_time::ProcessTime;
use support::{
    load::{self, Request},
    report::{figure, heading, judged, row},
    served::{Outcome, Program},
};

/// How many products the store has that is asked.
const PRODUCTS: usize = 1000;
/// How many requests a small read should reach in a second.
const SMALL: f64 = 20_000.0;
/// How long a start may take, in milliseconds.
const START: f64 = 50.0;
/// How many times the API is made to see how the start grows with it.
const TIMES: usize = 10;
/// What the larger API may take of the smaller one's time: what is linear, and a little for memory
/// that no longer fits.
const MOST: f64 = TIMES as f64 * 1.3;
/// How often a store is started.
const STARTS: usize = 9;

fn main() -> Outcome<()> {
    let program = Program::build()?;
    heading("The start of a mock store, until it says where it is");
    for products in [0, 24, PRODUCTS] {
        let mut least = f64::INFINITY;
        for _ in 0..STARTS {
            least = least.min(program.start(products)?.took.as_secs_f64() * 1e3);
        }
        judged(&format!("{products} products"), least, "ms", ..=START);
    }

    growth()?;

    let served = program.start(PRODUCTS)?;
    let product = load::first(&served, "/v3/catalog/products?limit=1&include_fields=id")?;
    let brand = load::first(&served, "/v3/catalog/brands?limit=1&include_fields=id")?;
    let get = |target: String| move |_| Request::get(target.clone());

    heading(&format!("Small reads, in a store of {PRODUCTS} products"));
    for (label, target) in [
        ("one brand", format!("/v3/catalog/brands/{brand}")),
        ("a list of one brand", "/v3/catalog/brands?limit=1".into()),
    ] {
        let ran = load::run(&served, get(target))?;
        judged(label, ran.rate, "a second", SMALL..);
        ran.cost();
    }

    heading("Larger reads");
    for (label, target) in [
        ("one product", format!("/v3/catalog/products/{product}")),
        (
            "one product with its variants",
            format!("/v3/catalog/products/{product}?include=variants"),
        ),
        (
            "a list of 250 products",
            "/v3/catalog/products?limit=250".into(),
        ),
        ("a list of 250 orders", "/v2/orders?limit=250".into()),
    ] {
        let ran = load::run(&served, get(target))?;
        row(label, &format!("{} a second", figure(ran.rate)));
        ran.cost();
    }

    heading("Writes");
    let brand = format!("/v3/catalog/brands/{brand}");
    let ran = load::run(&served, move |at| {
        Request::with("PUT", &brand, &format!(r#"{{"page_title":"Title {at}"}}"#))
    })?;
    row(
        "a brand is changed",
        &format!("{} a second", figure(ran.rate)),
    );
    ran.cost();
    let product = format!("/v3/catalog/products/{product}");
    let ran = load::run(&served, move |at| {
        Request::with("PUT", &product, &format!(r#"{{"price":{at}}}"#))
    })?;
    row(
        "a product is changed",
        &format!("{} a second", figure(ran.rate)),
    );
    ran.cost();
    let ran = load::run(&served, |at| {
        let body =
            format!(r#"[{{"email":"{at}@example.com","first_name":"Ida","last_name":"Ash"}}]"#);
        Request::with("POST", "/v3/customers", &body)
    })?;
    row(
        "a customer is made",
        &format!("{} a second", figure(ran.rate)),
    );
    ran.cost();
    Ok(())
}

/// How much longer a store of an API of so many times the operations takes to begin, its catalogue read
/// and its conventions worked out.
fn growth() -> Outcome<()> {
    let spec = pipeline::read(&root().join("spec"));
    let document = spec.document.ok_or("the spec has errors")?;
    let start = |times: usize| -> Outcome<(usize, f64)> {
        let api = multiplied(&document, &spec.sources, times)?;
        let rendered = pipeline::render(&api, &[Output::Docs])?;
        let mut files = rendered.files.into_iter();
        let text = files.find(|(_, file)| file.path.ends_with("api.json"));
        let text = text.ok_or("no catalogue")?.1.text;
        let mut least = f64::INFINITY;
        for _ in 0..STARTS {
            let options = EngineOptions {
                seed: 1,
                products: 0,
                strict: false,
                hash: "abc123".to_owned(),
                url: "http://127.0.0.1:1".to_owned(),
            };
            let cpu = ProcessTime::now();
            Engine::new(Catalogue::another(&text)?, options)?;
            least = least.min(cpu.elapsed().as_secs_f64() * 1e3);
        }
        Ok((api.endpoints.len(), least))
    };
    let (few, before) = start(1)?;
    let (many, after) = start(TIMES)?;
    heading("The start as the API grows, processor time");
    row(
        &format!("{few} operations"),
        &format!("{} ms", figure(before)),
    );
    row(
        &format!("{many} operations"),
        &format!("{} ms", figure(after)),
    );
    judged("so many times as long", after / before, "", ..=MOST);
    Ok(())
}
