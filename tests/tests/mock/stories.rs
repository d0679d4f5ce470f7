//! The mock store over real HTTP: what it stores and what it rejects, in the stories of
//! `tests/data/mock`, each a list of requests with their responses. Every success response is also
//! validated against its schema in the catalogue.

pub mod story;

use bigcommerce_mock::{Plan, Store};
use bigcommerce_tests::judge::Judge;

use self::story::Story;

/// Runs every story with its own store.
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
