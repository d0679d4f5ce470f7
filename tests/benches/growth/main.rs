//! Whether reading, judging, drawing, drafting and comparing grow with what they are given and no faster: specs and
//! descriptions that have one thing very many times, most of them wrong, at two sizes, and the real spec at two
//! sizes. The figure is how much more processor time the larger size takes.

mod comparisons;
mod descriptions;
#[allow(dead_code, reason = "not every bench needs all of it")]
#[path = "../support/report.rs"]
mod report;
mod specs;

use codegen::{
    diagnostic::render_plain,
    import::{self, ImportOptions},
    pipeline,
};
use cpu_time::ProcessTime;
use report::{heading, judged};

/// The smaller size, and how many times it the larger one is.
const SIZE: usize = 500;
const TIMES: usize = 8;

/// What the larger size may take of the smaller one's time: what is linear, and a little for memory
/// that no longer fits.
const MOST: f64 = TIMES as f64 * 1.8;

fn main() {
    let only = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wanted = |name: &str| only.as_deref().is_none_or(|only| name.contains(only));
    heading(&format!("Growth of {TIMES} times as much: specs"));
    for (name, change) in specs::all() {
        if wanted(name) {
            let cost = |n| {
                let sources = specs::changed(n, *change);
                least(|| {
                    let checked = pipeline::of(sources.clone());
                    let drawn = render_plain(&checked.diagnostics, &checked.sources);
                    assert!(checked.api.is_some() || !drawn.is_empty());
                })
            };
            judged(name, growth(cost), "", ..=MOST);
        }
    }
    heading(&format!("Growth of {TIMES} times as much: descriptions"));
    for (name, make) in descriptions::ALL {
        if wanted(name) {
            let cost = |n| {
                let text = make(n).to_string();
                least(|| {
                    let options = ImportOptions::default();
                    let description = import::Description {
                        source: "",
                        json: &text,
                    };
                    let drafted = import::import(&[description], &[], &options).unwrap_or_default();
                    assert!(!drafted.files.is_empty(), "{name} is no description");
                    // Once more onto what is there, which is looked through and left alone.
                    let again = import::import(&[description], &drafted.files, &options)
                        .unwrap_or_default();
                    assert_eq!(again.report.drafted, 0, "{name} is drafted twice");
                })
            };
            judged(name, growth(cost), "", ..=MOST);
        }
    }
    if wanted(comparisons::NAME) {
        comparisons::run();
    }
}

fn growth(cost: impl Fn(usize) -> f64) -> f64 {
    let small = cost(SIZE);
    cost(SIZE * TIMES) / small.max(1e-4)
}

/// The least of a few runs, which the machine's other work disturbs least.
fn least(run: impl Fn()) -> f64 {
    let times = (0..3).map(|_| {
        let clock = ProcessTime::now();
        run();
        clock.elapsed().as_secs_f64()
    });
    times.fold(f64::MAX, f64::min)
}
