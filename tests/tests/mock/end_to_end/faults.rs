//! An unreliable API: reads are still complete, and creates happen once.

use std::collections::BTreeMap;
use std::time::Duration;

use bigcommerce_client::{
    Client, RetryPolicy, brands::BrandCreate, pricelists::PriceListCreate, products::ProductUpdate,
};
use bigcommerce_mock::{Body, Fault, Moment, Store};
use bigcommerce_tests::time::Fast;
use http::StatusCode;

use crate::end_to_end::{asked, builder, shop};

/// A client that does not give up, and whose waits are short.
fn patient(store: &Store) -> Client {
    let long = Duration::from_secs(1_000_000);
    let policy = RetryPolicy::standard().attempts(20).within(long);
    builder(store, store.token())
        .max_wait(long)
        .retry(policy)
        .retry_budget(u32::MAX / 10)
        .clock(Fast::new(10_000))
        .build()
        .unwrap()
}

/// Everything that can go wrong with a request and its response.
fn bad_day(store: &Store) {
    for fault in [
        Fault::error(StatusCode::SERVICE_UNAVAILABLE, Body::Html),
        Fault::error(StatusCode::BAD_GATEWAY, Body::None),
        Fault::reset(Moment::BeforeCall),
        Fault::reset(Moment::Before),
        Fault::reset(Moment::During),
        Fault::truncate(),
        Fault::limit(1),
        Fault::limit_without_headers(),
    ] {
        store.faults().add(fault.probability(0.08));
    }
}

#[tokio::test]
async fn a_long_list_loses_nothing_and_repeats_nothing() {
    let (store, client) = shop(120).await;
    let ids = async |client: &Client| {
        let list = client.products().list().limit(5).stream();
        let products = list.into_vec().await.unwrap();
        products
            .iter()
            .map(|product| product.id)
            .collect::<Vec<_>>()
    };
    let whole = ids(&client).await;
    bad_day(&store);
    assert_eq!(ids(&patient(&store)).await, whole);
    let faults = store.log().iter().filter(|it| it.fault.is_some()).count();
    assert!(faults > 5, "only {faults} faults");
}

#[tokio::test]
async fn a_change_arrives_whatever_happens_to_it() {
    let (store, client) = shop(12).await;
    let products = client.products().list().stream().into_vec().await.unwrap();
    bad_day(&store);
    let patient = patient(&store);
    for product in &products {
        let change = ProductUpdate::new().sort_order(product.id);
        let changed = patient.products().update(product.id, change).await.unwrap();
        assert_eq!(changed.sort_order, Some(product.id));
    }
    store.faults().clear();
    let list = client.products().list().stream();
    let products = list.into_vec().await.unwrap();
    assert!(products.iter().all(|it| it.sort_order == Some(it.id)));
}

#[tokio::test]
async fn a_brand_that_may_have_been_made_is_never_sent_again() {
    let (store, client) = shop(0).await;
    for fault in [
        Fault::error(StatusCode::INTERNAL_SERVER_ERROR, Body::Json),
        Fault::reset(Moment::BeforeCall),
        Fault::reset(Moment::Before),
        Fault::truncate(),
    ] {
        store.faults().add(fault.method("POST").probability(0.15));
    }
    let patient = patient(&store);
    let mut told = BTreeMap::new();
    for number in 0..60 {
        let name = format!("Brand {number}");
        let made = patient
            .brands()
            .create(BrandCreate::new(name.as_str()))
            .await;
        told.insert(name, made.map(|brand| brand.id));
    }
    assert_eq!(asked(&store, "brands.create"), 60);

    let brands = client.brands().list().stream().into_vec().await.unwrap();
    let mut kept = BTreeMap::new();
    for brand in brands {
        let twice = kept.insert(brand.name.unwrap(), brand.id);
        assert_eq!(twice, None);
    }
    let mut lost = 0;
    for (name, told) in &told {
        match told {
            Ok(id) => assert_eq!(kept.get(name), Some(id)),
            Err(error) => {
                assert!(error.may_have_happened(), "{error}");
                lost += usize::from(kept.contains_key(name));
            }
        }
    }
    assert!(lost > 0, "no response was lost");
}

#[tokio::test]
async fn a_brand_that_was_refused_for_the_quota_is_sent_again() {
    let (store, _) = shop(0).await;
    store.faults().add(Fault::limit(2).method("POST").times(3));
    let made = patient(&store).brands().create(BrandCreate::new("Acme"));
    assert!(made.await.unwrap().is_complete());
    assert_eq!(asked(&store, "brands.create"), 4);
}

#[tokio::test]
async fn a_price_list_is_removed_after_the_wait_that_an_overloaded_service_asks_for_in_its_body() {
    let (store, client) = shop(0).await;
    let list = client.pricelists().create(PriceListCreate::new("Winter"));
    let list = list.await.unwrap().id;
    let overloaded = Fault::degraded(30).on("pricelists.delete").times(1);
    store.faults().add(overloaded);
    patient(&store).pricelists().delete(list).await.unwrap();
    assert_eq!(asked(&store, "pricelists.delete"), 2);
}
