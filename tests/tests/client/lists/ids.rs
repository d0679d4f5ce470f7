//! More ids than fit into a URL.

use bigcommerce_client::{Direction, ErrorKind, customers::CustomerSort, products::ProductSort};
use bigcommerce_tests::server::{Answer, Server, store};
use serde_json::json;

use super::{data, number};

/// A list of customers or brands by ids, in pages of 50.
async fn by_ids() -> Server {
    Server::start(|asked| {
        let pairs = asked.pairs();
        let value = |key| {
            pairs
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, it)| *it)
        };
        let ids = value("id:in")
            .unwrap()
            .split(',')
            .map(|id| id.parse::<i64>().unwrap());
        // Not all requested ids exist.
        let mut ids: Vec<i64> = ids.filter(|id| id % 10 != 0 && *id > 1_000_400).collect();
        ids.sort_unstable();
        let sort = value("sort").unwrap_or_default();
        if value("direction") == Some("desc") || sort.ends_with("desc") {
            ids.reverse();
        }
        let page = usize::try_from(number(asked, "page").unwrap_or(1)).unwrap();
        let total = ids.len();
        let ids = ids.into_iter().skip((page - 1) * 50).take(50);
        let pagination = json!({
            "total": total, "per_page": 50, "current_page": page,
            "total_pages": total.div_ceil(50),
        });
        let body = json!({ "data": data(ids), "meta": { "pagination": pagination } });
        Answer::json(200, body.to_string())
    })
    .await
}

#[tokio::test]
async fn more_ids_than_an_address_holds_are_asked_for_in_pieces_in_the_order_of_the_ids() {
    let server = by_ids().await;
    let store = store(&server);
    // Scattered, and some of them repeated.
    let wanted = || (0..4000).map(|at| 1_000_000 + at * 1237 % 3000);
    let there: Vec<i64> = (1_000_401..1_003_000).filter(|id| id % 10 != 0).collect();
    let back: Vec<i64> = there.iter().rev().copied().collect();
    let list = || store.customers().list().id_in(wanted());

    let stream = list().stream().into_vec().await.unwrap();
    assert_eq!(stream.iter().map(|it| it.id).collect::<Vec<_>>(), there);
    let first = list().first().await.unwrap();
    assert_eq!(first.map(|it| it.id), there.first().copied());
    let products = store.products().list().id_in(wanted());
    let products = products.sort(ProductSort::Id, Direction::Desc).stream();
    let products = products.into_vec().await.unwrap();
    assert_eq!(products.iter().map(|it| it.id).collect::<Vec<_>>(), back);
    let mut page = Some(list().await.unwrap());
    let mut ids = Vec::new();
    while let Some(current) = page {
        ids.extend(current.iter().map(|it| it.id));
        page = current.next_page().await.unwrap();
    }
    assert_eq!(ids, there);
    let asked = server.take();
    assert!(asked.iter().all(|asked| asked.line().len() < 2200));
}

#[tokio::test]
async fn what_cannot_be_cut_is_refused_before_it_is_sent_with_what_to_do() {
    let server = by_ids().await;
    let store = store(&server);
    let ids = || 1_000_000..1_003_000;
    let sorted = store.customers().list().id_in(ids());
    let sorted = sorted.sort(CustomerSort::DateCreated, Direction::Asc);
    let skus = (0..3000).map(|n| format!("sku-{n}"));
    let others = (
        store
            .products()
            .list()
            .sku_in(skus)
            .stream()
            .into_vec()
            .await
            .unwrap_err(),
        store.brands().list().id_not_in(ids()).await.unwrap_err(),
        store
            .categories()
            .delete()
            .category_id_in(ids())
            .await
            .unwrap_err(),
    );
    for (error, key, more) in [
        (
            sorted.stream().into_vec().await.unwrap_err(),
            "id:in",
            "or sort by id",
        ),
        (
            store
                .customers()
                .list()
                .id_in(ids())
                .page(2)
                .await
                .unwrap_err(),
            "id:in",
            "",
        ),
        (others.0, "sku:in", ""),
        (others.1, "id:not_in", ""),
        (others.2, "category_id:in", ""),
    ] {
        assert_eq!(error.kind(), ErrorKind::Request);
        let said = error.to_string();
        assert!(
            said.contains(&format!("pass `{key}` fewer values at a time")),
            "{said}"
        );
        assert!(said.contains(more), "{said}");
    }
    assert!(server.asked().is_empty());
}
