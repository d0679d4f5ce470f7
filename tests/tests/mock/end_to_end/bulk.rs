//! Many items in one call, and the outcome of each.

use std::collections::BTreeSet;

use bigcommerce_client::{
    Client,
    bulk::Fate,
    categories::{CategoryCreate, CategoryUpdate},
    customers::{CustomerCreate, CustomerUpdate},
};

use crate::end_to_end::{asked, shop};

fn customer(n: usize) -> CustomerCreate {
    CustomerCreate::new()
        .email(format!("c{n:02}@example.com"))
        .first_name("Ada")
        .last_name("Example")
}

async fn emails(client: &Client) -> BTreeSet<String> {
    let customers = client.customers().list().stream().into_vec().await.unwrap();
    customers.into_iter().filter_map(|it| it.email).collect()
}

#[tokio::test]
async fn creations_go_in_batches_and_the_one_that_is_taken_is_told_apart() {
    let (store, client) = shop(0).await;
    client.customers().create([customer(12)]).await.unwrap();
    let report = client.customers().create_all((0..25).map(customer));
    let report = report.await.unwrap();

    // The batch of ten that contains it was rejected as a whole, and sent again without it.
    assert_eq!(asked(&store, "customers.create"), 1 + 4);
    assert_eq!((report.len(), report.done()), (25, 24));
    let refused = report
        .failures()
        .filter(|(_, fate)| matches!(fate, Fate::Refused(_)));
    let refused: Vec<_> = refused
        .map(|(customer, _)| customer.email.as_str())
        .collect();
    assert_eq!(refused, ["c12@example.com"]);
    let left = report.into_retryable();
    assert_eq!(left.len(), 1, "for another try, when it is mended");
    let all: BTreeSet<String> = (0..25).map(|n| customer(n).email).collect();
    assert_eq!(emails(&client).await, all);
}

#[tokio::test]
async fn changes_are_taken_but_for_the_one_that_is_at_fault() {
    let (_store, client) = shop(0).await;
    let made = client.customers().create_all((0..25).map(customer));
    assert!(made.await.unwrap().is_complete());
    let customers = client.customers().list().stream().into_vec().await.unwrap();
    let ids = customers
        .iter()
        .map(|customer| customer.id)
        .chain([999_999]);
    let changes = ids.map(|id| CustomerUpdate::new(id).company("Acme"));
    let report = client.customers().update_all(changes).await.unwrap();
    let failed: Vec<i64> = report.failures().map(|(change, _)| change.id).collect();
    assert_eq!(failed, [999_999]);
    let acme = client.customers().list().company_in(["Acme"]);
    assert_eq!(acme.stream().into_vec().await.unwrap().len(), 25);
}

#[tokio::test]
async fn deletions_of_any_number_leave_the_others() {
    let (_store, client) = shop(60).await;
    let customers = client.customers();
    let all = customers.list().stream().into_vec().await.unwrap();
    let gone = all[1..].iter().map(|customer| customer.id);
    let report = customers.delete_all(gone).await.unwrap();
    assert!(report.is_complete());
    let left = customers.list().await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].id, all[0].id);
}

#[tokio::test]
async fn categories_that_can_be_made_are_made_although_others_cannot() {
    let (_store, client) = shop(0).await;
    let categories = client.categories();
    let tree = categories.trees().await.unwrap()[0].id;
    let category = |name: String| CategoryCreate::new(name).tree_id(tree);
    let many = (0..120).map(|n| category(format!("Shelf {n:03}")));
    // One with this name already exists.
    let report = categories.create_all(many.chain([category("House".to_owned())]));
    let report = report.await.unwrap();
    assert_eq!((report.len(), report.done()), (121, 120));
    let (failed, _) = report.failures().next().unwrap();
    assert_eq!(failed.name, "House");

    let shelves = || categories.list().name_like("Shelf").stream().into_vec();
    let made = shelves().await.unwrap();
    assert_eq!(made.len(), 120);
    let ids: Vec<i64> = made.iter().map(|category| category.category_id).collect();
    let hidden = ids
        .iter()
        .map(|id| CategoryUpdate::new(*id).is_visible(false));
    assert!(categories.update_all(hidden).await.unwrap().is_complete());
    assert!(
        shelves()
            .await
            .unwrap()
            .iter()
            .all(|it| it.is_visible == Some(false))
    );
    assert!(categories.delete_all(ids).await.unwrap().is_complete());
    assert!(shelves().await.unwrap().is_empty());
}
