//! Price lists, and writing records to them by the thousand.

use bigcommerce_client::{
    bulk::Fate,
    pricelists::{PriceListCreate, PriceListUpdate, PriceRecordInput},
};

use crate::end_to_end::{asked, shop};

#[tokio::test]
async fn a_price_list_is_made_renamed_switched_off_and_removed() {
    let (_store, client) = shop(0).await;
    let lists = client.pricelists();
    let made = lists.create(PriceListCreate::new("Winter")).await.unwrap();
    assert_eq!(made.active, Some(true));
    let change = PriceListUpdate::new().name("Spring").active(false);
    lists.update(made.id, change).await.unwrap();

    let found = lists.list().name_like("prin").await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].name.as_deref(), Some("Spring"));
    assert_eq!(lists.get(made.id).await.unwrap().active, Some(false));
    lists.delete(made.id).await.unwrap();
    assert!(
        lists
            .get(made.id)
            .await
            .is_err_and(|error| error.is_not_found())
    );
}

#[tokio::test]
async fn records_are_written_in_full_batches_and_those_of_no_variant_are_told() {
    let (store, client) = shop(4).await;
    let list = client.pricelists().create(PriceListCreate::new("Winter"));
    let list = list.await.unwrap().id;
    let products = client.products().list().stream().into_vec().await.unwrap();
    let variants = client
        .products()
        .variants(products[0].id)
        .list()
        .await
        .unwrap();
    let variant = variants[0].id;

    let record = PriceRecordInput::new("usd").variant_id(variant).price(8);
    client
        .pricelists()
        .upsert_records(list, [record])
        .await
        .unwrap();

    // Two batches, since a batch has a thousand items.
    let currencies = ["usd", "eur", "gbp"];
    let good = currencies.map(|it| PriceRecordInput::new(it).variant_id(variant).price(9));
    let missing = (0..1000).map(|n| {
        PriceRecordInput::new("usd")
            .variant_id(1_000_000 + n)
            .price(9)
    });
    let records = good.into_iter().chain(missing);
    let report = client
        .pricelists()
        .upsert_all_records(list, records)
        .await
        .unwrap();
    assert_eq!(report.len(), 1003);
    assert_eq!(report.done(), 3);
    assert!(report.iter().take(3).all(|(_, fate)| fate.is_done()));
    let refused = report
        .failures()
        .filter(|(_, fate)| matches!(fate, Fate::Refused(_)));
    assert_eq!(refused.count(), 1000);
    assert!(asked(&store, "pricelists.upsert_records") > 2);
}
