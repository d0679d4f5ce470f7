//! How many items a page has: the maximum, and fewer if the server requires it.

use bigcommerce_tests::server::{Answer, Received, Server, store};

use super::{LIST, List, pages_asked};

#[tokio::test]
async fn pages_are_as_large_as_they_can_be_unless_told_otherwise() {
    let server = List { items: 30, ..LIST }.serve().await;
    store(&server)
        .brands()
        .list()
        .stream()
        .into_vec()
        .await
        .unwrap();
    store(&server)
        .brands()
        .list()
        .limit(20)
        .stream()
        .into_vec()
        .await
        .unwrap();
    let lines: Vec<_> = server.take().iter().map(Received::line).collect();
    let path = "GET /stores/abc123/v3/catalog/brands";
    assert_eq!(
        lines,
        [
            format!("{path}?limit=250"),
            format!("{path}?limit=20"),
            format!("{path}?limit=20&page=2"),
        ]
    );
}

#[tokio::test]
async fn pages_that_come_smaller_than_asked_lose_nothing() {
    let server = List {
        items: 45,
        most: 10,
        ..LIST
    }
    .serve()
    .await;
    let brands = store(&server)
        .brands()
        .list()
        .limit(250)
        .stream()
        .into_vec()
        .await
        .unwrap();
    assert_eq!(brands.len(), 45);
    assert_eq!(pages_asked(&server).len(), 5);
}

#[tokio::test]
async fn pages_that_are_too_large_are_asked_for_in_half_the_size_unless_it_was_the_callers() {
    let list = List { items: 150, ..LIST };
    let server = Server::start(move |asked| match asked.query.as_deref() {
        Some("limit=250" | "limit=125") => Answer::empty(413),
        _ => list.answer(asked),
    })
    .await;
    let brands = store(&server).brands().list().stream();
    let ids: Vec<_> = brands.into_vec().await.unwrap();
    assert_eq!(ids.len(), 150);
    let mut queries: Vec<_> = server
        .take()
        .iter()
        .filter_map(|it| it.query.clone())
        .collect();
    queries.sort_unstable();
    assert_eq!(
        queries,
        [
            "limit=125",
            "limit=250",
            "limit=62",
            "limit=62&page=2",
            "limit=62&page=3"
        ]
    );

    let own = store(&server).brands().list().limit(250).stream();
    assert!(own.into_vec().await.unwrap_err().is_too_large());
    assert_eq!(server.take().len(), 1);

    // A second page of half the size would begin elsewhere.
    let server = Server::start(|_| Answer::empty(413)).await;
    let later = store(&server).brands().list().page(2).stream();
    assert!(later.into_vec().await.unwrap_err().is_too_large());
    assert_eq!(server.take().len(), 1);
}

#[tokio::test]
async fn a_list_that_is_too_large_in_any_size_ends_with_the_error() {
    let server = Server::start(|_| Answer::empty(413)).await;
    let brands = store(&server).brands().list().stream();
    assert!(brands.into_vec().await.unwrap_err().is_too_large());
    let queries: Vec<_> = server
        .take()
        .iter()
        .filter_map(|it| it.query.clone())
        .collect();
    let sizes = [250, 125, 62, 31, 15, 7].map(|size| format!("limit={size}"));
    assert_eq!(queries, sizes);
}
