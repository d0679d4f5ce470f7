//! The docs site in a browser, as large as it is and as large as the spec's groups make it when each is there
//! several times: how soon a page is drawn, and how soon typing shows results.

mod support {
    pub mod report;
}
#[path = "../tests/browser/devtools.rs"]
mod devtools;
#[path = "../tests/browser/fetch.rs"]
#[allow(
    dead_code,
    reason = "nothing is held to the rules of accessibility here"
)]
mod fetch;
#[path = "../tests/browser/find.rs"]
mod find;
#[path = "../tests/browser/install.rs"]
mod install;
#[path = "../tests/browser/page.rs"]
#[allow(dead_code, reason = "a bench asks less of a page than the tests do")]
mod page;

use std::{error::Error, fs, path::Path};

use bigcommerce_tests::{multiply::multiplied, root};
use codegen::{model::Api, pipeline, render::docs};
use support::report::{figure, heading, judged, median, row};

use self::{devtools::Devtools, page::Page};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many endpoints the large site has at least.
const MANY: usize = 700;

/// How long typing may take, and a page until it is first drawn, in milliseconds.
const TYPING: f64 = 50.0;
const PAINT: f64 = 300.0;

/// How often a page is opened.
const TIMES: usize = 7;

fn main() -> Outcome<()> {
    let spec = pipeline::read(&root().join("spec"));
    let document = spec.document.ok_or("the spec has errors")?;
    let endpoints = document.groups.iter().map(|group| group.endpoints.len());
    let times = MANY.div_ceil(endpoints.sum::<usize>().max(1));
    let many = multiplied(&document, &spec.sources, times)?;
    let ours = spec.api.ok_or("the spec has errors")?;
    let browser = find::browser()?;
    for api in [&ours, &many] {
        heading(&format!("The site of {} endpoints", api.endpoints.len()));
        let folder = tempfile::tempdir()?;
        let site = folder.path().join("site");
        write(api, &site)?;
        let mut devtools = Devtools::launch(&browser, &folder.path().join("profile"))?;
        let mut page = Page::new(&mut devtools, &site)?;
        for name in ["index", "endpoints", "orders"] {
            let label = format!("first paint of {name}.html");
            match painted(&mut page, name)? {
                Some(time) => judged(&label, time, "ms", ..=PAINT),
                None => row(&label, "not told"),
            }
        }
        let time = in_the_table(&mut page)?;
        judged("a letter in the search of the table", time, "ms", ..=TYPING);
        let time = in_the_search(&mut page)?;
        judged("a letter in the search of the site", time, "ms", ..=TYPING);
        let memory =
            page.eval("performance.memory ? performance.memory.usedJSHeapSize / 1e6 : 0")?;
        let memory = memory.as_f64().unwrap_or_default();
        row("memory of the scripts", &format!("{} MB", figure(memory)));
        page.close()?;
    }
    Ok(())
}

fn write(api: &Api, site: &Path) -> Outcome<()> {
    fs::create_dir_all(site)?;
    for file in docs::site(api)? {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        fs::write(site.join(name), &file.text)?;
    }
    Ok(())
}

/// The median until a page is first drawn, where the browser tells.
fn painted(page: &mut Page<'_>, name: &str) -> Outcome<Option<f64>> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        page.open(&format!("{name}.html"))?;
        // A frame later it has been drawn.
        let time = page.eval(
            "new Promise(function (done) {
                requestAnimationFrame(function () { setTimeout(done, 50); });
            }).then(function () {
                var paint = performance.getEntriesByName('first-contentful-paint')[0];
                return paint ? paint.startTime : null;
            })",
        )?;
        times.extend(time.as_f64());
    }
    Ok((!times.is_empty()).then(|| median(times)))
}

/// The median of letters typed one after the other, with the layout that each one takes.
fn typed(page: &mut Page<'_>, field: &str) -> Outcome<f64> {
    let times = page.eval(&format!(
        "(function () {{
            var field = {field};
            return ['p', 'pr', 'pro', 'prod', 'produ', 'produc', 'product', 'product p'].map(function (text) {{
                var start = performance.now();
                field.value = text;
                field.dispatchEvent(new Event('input', {{ bubbles: true }}));
                document.body.getBoundingClientRect();
                return performance.now() - start;
            }});
        }})()"
    ))?;
    let times = times.as_array().cloned().unwrap_or_default();
    Ok(median(
        times.iter().filter_map(serde_json::Value::as_f64).collect(),
    ))
}

fn in_the_table(page: &mut Page<'_>) -> Outcome<f64> {
    page.open("endpoints.html")?;
    let field = "document.querySelector('form.filter').elements.q";
    page.eval(&format!("{field}.focus()"))?;
    page.until("window.ENDPOINT_FIELDS !== undefined")?;
    typed(page, field)
}

fn in_the_search(page: &mut Page<'_>) -> Outcome<f64> {
    page.open("index.html")?;
    let field = "document.getElementById('search-text')";
    page.eval(&format!("{field}.focus()"))?;
    page.until("window.SEARCH_INDEX !== undefined")?;
    typed(page, field)
}
