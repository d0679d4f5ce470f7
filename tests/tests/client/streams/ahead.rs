//! Prefetched pages: how many, and that their order is kept.

use std::{collections::BTreeSet, time::Duration};

use bigcommerce_client::RetryPolicy;
use bigcommerce_tests::server::{Answer, Server, store, store_with};

use super::{LIST, List, pages_asked};

#[tokio::test]
async fn every_item_comes_once_and_in_order_however_far_it_looks_ahead() {
    let server = LIST.serve().await;
    for ahead in [0, 1, 2, 8, 100] {
        let stream = store(&server).brands().list().stream().prefetch(ahead);
        let ids: Vec<i64> = stream
            .into_vec()
            .await
            .unwrap()
            .iter()
            .map(|brand| brand.id)
            .collect();
        assert_eq!(ids, (1..=LIST.items).collect::<Vec<_>>(), "{ahead} ahead");
        let asked = pages_asked(&server);
        assert_eq!(asked.len(), 5, "{ahead} ahead: {asked:?}");
        assert_eq!(
            asked.iter().collect::<BTreeSet<_>>().len(),
            5,
            "{ahead} ahead: {asked:?}"
        );
    }
}

#[tokio::test]
async fn no_more_than_asked_for_is_held_ahead() {
    let server = List {
        items: 10_000,
        crossing: false,
        ..LIST
    }
    .serve()
    .await;
    let mut pages = store(&server).brands().list().pages().prefetch(3);
    pages.try_next().await.unwrap();
    tokio::time::sleep(Duration::from_millis(60)).await;
    assert!(pages_asked(&server).len() <= 1 + 3);
}

#[tokio::test]
async fn without_looking_ahead_no_page_is_asked_for_before_its_turn() {
    let server = List {
        crossing: false,
        ..LIST
    }
    .serve()
    .await;
    let mut pages = store(&server).brands().list().pages().prefetch(0);
    for turn in 1..=3 {
        pages.try_next().await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(server.asked().len(), turn);
    }
}

#[tokio::test]
async fn a_page_read_ahead_outlives_a_pause_longer_than_its_timeout() {
    let server = Server::start(|asked| {
        let page = asked.pairs().into_iter().find(|(name, _)| *name == "page");
        let page = page.map_or("1", |(_, page)| page);
        let blank = " ".repeat(4 << 20);
        let meta = format!(r#"{{"total":4,"current_page":{page},"total_pages":4}}"#);
        let body = format!(r#"{{"data":[{{"id":{page}}}],"meta":{{"pagination":{meta}}}{blank}}}"#);
        Answer::json(200, body)
    })
    .await;
    let store = store_with(&server, |client| {
        client
            .timeout(Duration::from_millis(700))
            .retry(RetryPolicy::never())
    });
    let mut pages = store.brands().list().pages().prefetch(3);
    let mut items = pages.try_next().await.unwrap().unwrap().len();
    tokio::time::sleep(Duration::from_millis(1_900)).await;
    while let Some(page) = pages.try_next().await.unwrap() {
        items += page.len();
    }
    assert_eq!(items, 4);
}

#[tokio::test]
async fn each_page_has_the_answer_it_was_read_from() {
    let server = LIST.serve().await;
    let mut pages = store(&server).brands().list().pages();
    let mut number = 0;
    while let Some(page) = pages.try_next().await.unwrap() {
        number += 1;
        assert_eq!(page.status(), 200);
        assert_eq!(page.headers()["content-type"], "application/json");
        let body: serde_json::Value = serde_json::from_slice(page.body()).unwrap();
        assert_eq!(body["meta"]["pagination"]["current_page"], number);
        assert_eq!(body["data"][0]["id"], page[0].id);
    }
    assert_eq!(number, 5);
}
