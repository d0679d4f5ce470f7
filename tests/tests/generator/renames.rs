//! A field is renamed while any number of others are added: it is reported as renamed anyway. The schemas
//! are drawn from a fixed seed.

use bigcommerce_tests::{
    cases::minimal,
    choices::{Choices, cases},
};
use codegen::{
    diff::{self, kinds},
    fixture,
    model::Api,
    pipeline,
    source::Sources,
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, any},
    test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner},
};

const CASES: u32 = 64;
const TYPES: &[&str] = &["int", "string", "bool", "decimal", "datetime", "[string]"];
/// No two of them have the same meaning.
const SAYS: &[&str] = &[
    "How much it weighs, in grams.",
    "Shoppers can find this product.",
    "Where the parcel was handed over.",
    "A note that nobody outside reads.",
    "From then on, orders are taken.",
    "Its rank among all others here.",
    "Which colours a printer may use.",
    "The tax office knows them by these words.",
    "Who signed when it came back.",
    "Between midnight and noon only.",
    "Left by an import long ago.",
    "May differ by region or season.",
];

#[derive(Clone, Debug)]
struct Line {
    name: String,
    kind: &'static str,
    says: Option<&'static str>,
}

impl Line {
    /// A field with a name, a meaning and possibly a type of its own.
    fn drawn(at: usize, choices: &mut Choices<'_>) -> Self {
        Self {
            name: format!("{}{at}", choices.pick(&["alpha", "beta", "gamma"])),
            kind: choices.pick(TYPES),
            says: Some(SAYS[at]),
        }
    }

    fn spelled(&self) -> String {
        let says = self
            .says
            .map_or(String::new(), |it| format!(", does: \"{it}\""));
        format!(
            "+      {}: {{ type: \"{}\"{says} }}\n",
            self.name, self.kind
        )
    }
}

fn api(lines: &[Line]) -> Api {
    let anchor = "      tags: { type: \"[string]\", items: 0..10 }\n";
    let lines: String = lines.iter().map(Line::spelled).collect();
    let edit = format!("--- edit: groups/things.yaml\n-{anchor}+{anchor}{lines}");
    let sources: Sources = fixture::apply(&minimal(), &edit).unwrap();
    pipeline::of(sources).api.unwrap()
}

/// A schema, and the same with one field renamed and others added; with the old name and the number of
/// added fields.
fn edit(choices: &mut Choices<'_>) -> (Vec<Line>, Vec<Line>, String, usize) {
    let fields = 1 + choices.below(6);
    let mut before: Vec<Line> = (0..fields).map(|at| Line::drawn(at, choices)).collect();
    let renamed = choices.below(fields);
    // Without a description, its type distinguishes it from the added ones.
    if choices.below(3) == 0 {
        before[renamed].says = None;
        before[renamed].kind = "uuid";
    }
    let mut after = before.clone();
    after[renamed].name = choices
        .pick(&["another_name", "q", "alpha_of_beta"])
        .to_owned();
    let more = choices.below(6);
    for at in 0..more {
        let line = Line::drawn(fields + at, choices);
        after.insert(choices.below(after.len() + 1), line);
    }
    let name = before[renamed].name.clone();
    (before, after, name, more)
}

#[test]
fn a_field_that_is_renamed_is_reported_as_renamed_whatever_is_added_next_to_it() {
    let config = ProptestConfig {
        cases: cases(CASES),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, random);
    let outcome = runner.run(&vec(any::<u32>(), 60), |numbers| {
        let (before, after, name, more) = edit(&mut Choices::new(&numbers));
        let diff = diff::compare(&api(&before), &api(&after));
        let count = |kind| diff.changes.iter().filter(|it| it.kind == kind).count();
        let was = format!("is renamed from {name}");
        let told = diff.changes.iter().any(|it| it.text == was);
        let as_it_is = told
            && count(&kinds::FIELD_RENAMED) == 1
            && count(&kinds::FIELD_ADDED) == more
            && diff.changes.len() == 1 + more;
        if as_it_is {
            return Ok(());
        }
        let lines = diff.changes.iter();
        let lines: String = lines
            .map(|it| format!("{} {} {}\n", it.kind.id, it.subject, it.text))
            .collect();
        Err(TestCaseError::fail(format!(
            "{before:#?}\n{after:#?}\n{lines}"
        )))
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
