//! Lists are filtered, sorted, narrowed, and read to their ends.

use std::collections::BTreeSet;

use bigcommerce_client::{
    Direction,
    products::{ProductField, ProductSort},
};

use crate::end_to_end::{asked, shop};

#[tokio::test]
async fn a_stream_reads_every_page_once_and_in_the_order_that_was_asked() {
    let (store, client) = shop(60).await;
    let list = client.products().list().limit(25);
    let list = list.sort(ProductSort::Price, Direction::Desc).stream();
    let products = list.into_vec().await.unwrap();

    let ids: BTreeSet<i64> = products.iter().map(|product| product.id).collect();
    assert_eq!((products.len(), ids.len()), (60, 60));
    let prices = products.iter().map(|product| product.price.as_ref());
    let prices: Vec<_> = prices
        .map(|price| price.unwrap().value().unwrap())
        .collect();
    assert!(prices.is_sorted_by(|a, b| a >= b), "{prices:?}");
    assert_eq!(asked(&store, "products.list"), 3);
}

#[tokio::test]
async fn filters_hold_together_and_fields_that_were_not_chosen_stay_away() {
    let (_store, client) = shop(60).await;
    let all = client.products().list().stream().into_vec().await.unwrap();
    let wanted: Vec<i64> = all
        .iter()
        .filter(|product| product.is_featured == Some(true) && product.id > all[20].id)
        .map(|product| product.id)
        .collect();
    assert!(!wanted.is_empty() && wanted.len() < 40);

    let list = client
        .products()
        .list()
        .is_featured(true)
        .id_greater(all[20].id);
    let list = list.include_fields([ProductField::Name]).stream();
    let found = list.into_vec().await.unwrap();
    let ids: Vec<i64> = found.iter().map(|product| product.id).collect();
    assert_eq!(ids, wanted);
    assert!(
        found
            .iter()
            .all(|it| it.name.is_some() && it.price.is_none())
    );
}

#[tokio::test]
async fn by_cursors_nothing_is_missed_though_the_list_shrinks_meanwhile() {
    let (_store, client) = shop(60).await;
    let customers = client.customers();
    let list = || customers.list().limit(10).by_cursor();
    let all = list().stream().into_vec().await.unwrap();
    let all: Vec<i64> = all.iter().map(|customer| customer.id).collect();
    assert_eq!(all.len(), 24);

    let mut pages = list().pages();
    let mut read = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        if read.is_empty() {
            customers.delete([page[0].id, page[1].id]).await.unwrap();
        }
        read.extend(page.iter().map(|customer| customer.id));
    }
    assert_eq!(read, all);
}

#[tokio::test]
async fn an_empty_list_of_either_version_is_a_list() {
    let (store, client) = shop(0).await;
    let orders = client.orders();
    assert!(orders.list().await.unwrap().is_empty());
    assert!(orders.list().stream().into_vec().await.unwrap().is_empty());
    // V2 has no body for it.
    assert_eq!(store.log()[0].status, Some(204));
    assert!(client.products().list().await.unwrap().is_empty());
}
