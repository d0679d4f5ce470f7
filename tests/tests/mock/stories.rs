//! The mock store over real HTTP: what it keeps and what it refuses, told by the stories in
//! `tests/data/mock`, each a list of requests with their responses. Every response of a success is also
//! held against the schema that the catalogue has for it.

pub mod story;

use bigcommerce_mock::{Plan, Store};
use bigcommerce_tests::judge::Judge;

use self::story::Story;

/// Tells every story to a store of its own.
#[tokio::test]
async fn the_store_keeps_and_refuses_what_the_stories_tell() {
    let judge = Judge::read();
    let mut wrong = Vec::new();
    for story in Story::all("tests/data/mock") {
        let store = Store::builder()
            .products(story.products)
            .strict(story.strict)
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
