//! Comparing the spec with another one and with a description: the real spec as it is, and multiplied.

use bigcommerce_tests::{multiply::multiply, root};
use codegen::{
    diff, export,
    model::Api,
    pipeline,
    source::Sources,
    spec::Document,
    upstream::{self, Description, Expected},
};

use super::{
    least,
    report::{heading, judged},
};

pub const NAME: &str = "comparisons";

/// How many times the spec the larger size is.
const TIMES: usize = 4;
/// What that may take of the time of the smaller one: what is linear, and a little for memory that no longer fits.
const MOST: f64 = TIMES as f64 * 1.5;

/// A spec, one with other descriptions of its lists, and what it is exported as.
struct Size {
    api: Api,
    reworded: Api,
    document: Document,
    sources: Sources,
    exported: String,
}

impl Size {
    fn of(sources: Sources) -> Option<Self> {
        let reworded = sources
            .iter()
            .map(|(file, text)| (file.to_owned(), text.replace("does: List ", "does: Show ")));
        let reworded = pipeline::of(Sources::from_texts(reworded)).api?;
        let spec = pipeline::of(sources);
        let api = spec.api?;
        Some(Self {
            exported: export::openapi(&api).to_string(),
            api,
            reworded,
            document: spec.document?,
            sources: spec.sources,
        })
    }

    fn diff(&self) {
        let diff = diff::compare(&self.api, &self.reworded);
        assert!(!diff.changes.is_empty(), "nothing differs");
    }

    fn upstream(&self) {
        let description = Description {
            file: "openapi.json",
            text: &self.exported,
        };
        let held = upstream::hold(&[description], &self.document, &self.sources, Expected::All);
        assert!(held.is_ok(), "the description cannot be read");
    }
}

/// Measures both.
pub fn run() {
    heading(&format!("Growth of {TIMES} times the spec: {NAME}"));
    let spec = pipeline::read(&root().join("spec"));
    let document = spec.document.unwrap_or_default();
    let [one, many] = [1, TIMES].map(|times| Size::of(multiply(&document, &spec.sources, times)));
    let (Some(one), Some(many)) = (one, many) else {
        panic!("the spec has errors");
    };
    for (name, compare) in [
        ("diff", Size::diff as fn(&Size)),
        ("upstream", Size::upstream as fn(&Size)),
    ] {
        let growth = least(|| compare(&many)) / least(|| compare(&one)).max(1e-4);
        judged(name, growth, "", ..=MOST);
    }
}
