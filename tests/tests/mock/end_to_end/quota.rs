//! A store allows a number of calls per window; programs make more, and all of them succeed.

use std::time::Duration;

use bigcommerce_client::Client;
use bigcommerce_mock::{Plan, Store};
use tokio::task::JoinSet;

use crate::end_to_end::builder;

async fn small() -> Store {
    let plan = Plan::Of {
        requests: 20,
        window: Duration::from_millis(500),
    };
    Store::builder()
        .products(0)
        .plan(plan)
        .start()
        .await
        .unwrap()
}

/// This many concurrent calls.
async fn calls(clients: &[Client], each: usize) {
    let mut calls = JoinSet::new();
    for client in clients {
        for _ in 0..each {
            let list = client.brands().list();
            calls.spawn(async move { list.await.map(drop) });
        }
    }
    while let Some(called) = calls.join_next().await {
        called.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_client_waits_for_the_next_window_and_is_never_refused() {
    let store = small().await;
    let client = builder(&store, store.token()).build().unwrap();
    // The first response reports the quota.
    client.brands().list().await.unwrap();
    calls(&[client], 49).await;
    let log = store.log();
    assert_eq!(log.len(), 50);
    assert!(log.iter().all(|logged| logged.status == Some(200)));
}

#[tokio::test]
async fn clients_that_do_not_know_of_each_other_are_refused_and_succeed_later() {
    let store = small().await;
    let client = || builder(&store, store.token()).build().unwrap();
    calls(&[client(), client(), client()], 12).await;
    let log = store.log();
    let of = |status| {
        log.iter()
            .filter(|logged| logged.status == Some(status))
            .count()
    };
    assert_eq!(of(200), 36);
    assert!(of(429) > 0);
    assert_eq!(of(200) + of(429), log.len());
}
