//! A spec whose groups have no rules files, rendered by the generator and served by the store: the
//! stories in `tests/data/conventions`.

use bigcommerce_mock::{Plan, Served, Store, catalogue::Catalogue, coverage_of};
use bigcommerce_tests::{judge::Judge, root};
use codegen::pipeline::{self, Output};

use crate::stories::story::Story;

/// The spec's `api.json`.
fn api() -> String {
    let read = pipeline::read(&root().join("tests/data/conventions/spec"));
    let shown = codegen::diagnostic::render_plain(&read.diagnostics, &read.sources);
    let Some(api) = read.api else {
        panic!("{shown}");
    };
    let rendered = pipeline::render(&api, &[Output::Docs]).unwrap();
    let mut files = rendered.files.into_iter();
    let file = files.find(|(_, file)| file.path.ends_with("api.json"));
    file.unwrap().1.text
}

#[tokio::test]
async fn groups_in_no_rules_file_are_served_as_the_stories_tell() {
    let api = api();
    let catalogue = Catalogue::another(&api).unwrap();
    let judge = Judge::of_catalogue(&api);
    let mut wrong = Vec::new();
    for story in Story::all("tests/data/conventions/stories") {
        let store = Store::builder()
            .catalogue(catalogue)
            .plan(Plan::Enterprise)
            .start()
            .await
            .unwrap();
        if let Err(reason) = story.tell(&store, &judge).await {
            wrong.push(format!("{}: {reason}", story.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn only_what_computes_is_not_served() {
    let all = coverage_of(Catalogue::another(&api()).unwrap());
    let left = all.iter().filter(|one| one.served == Served::NotAtAll);
    let left: Vec<&str> = left.map(|one| one.endpoint).collect();
    assert_eq!(left, ["books.quote"]);
}
