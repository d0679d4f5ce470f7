//! Pages that a server cannot return in the requested size.

use bigcommerce_client::{Client, Error, RetryPolicy};
use bigcommerce_tests::{
    server::{Answer, Server, store_with},
    time::Hurry,
};
use serde_json::json;

use super::{data, number};

/// A list of brands that fails if a page is too large.
async fn heavy(
    items: i64,
    too_much: impl Fn(i64, i64) -> Option<Answer> + Send + Sync + 'static,
) -> Server {
    Server::start(move |asked| {
        let (page, limit) = (
            number(asked, "page").unwrap_or(1),
            number(asked, "limit").unwrap(),
        );
        let first = (page - 1) * limit + 1;
        if let Some(answer) = too_much(first, limit) {
            return answer;
        }
        let body = json!({
            "data": data(first..=(first + limit - 1).min(items)),
            "meta": { "pagination": {
                "total": items, "per_page": limit, "current_page": page,
                "total_pages": (items + limit - 1) / limit,
            } },
        });
        Answer::json(200, body.to_string())
    })
    .await
}

fn queries(server: &Server) -> Vec<String> {
    let asked = server.take();
    asked.into_iter().filter_map(|asked| asked.query).collect()
}

async fn all(store: &Client) -> Result<Vec<i64>, Error> {
    let brands = store.brands().list().stream().prefetch(0);
    Ok(brands.into_vec().await?.iter().map(|it| it.id).collect())
}

#[tokio::test]
async fn a_page_that_fails_twice_is_asked_for_in_a_smaller_size_which_the_list_keeps() {
    for answer in [Answer::empty(504), Answer::json(200, "{}").cut()] {
        let server = heavy(150, move |_, limit| (limit > 100).then(|| answer.clone())).await;
        let store = store_with(&server, |builder| builder.clock(Hurry::new(1.0)));
        assert_eq!(all(&store).await.unwrap(), (1..=150).collect::<Vec<_>>());
        let expected = [
            "limit=250",
            "limit=250",
            "limit=125",
            "limit=125",
            "limit=62",
            "limit=62&page=2",
            "limit=62&page=3",
        ];
        assert_eq!(queries(&server), expected);
        // The client did not choose the size.
        let own = store.brands().list().limit(250).stream().into_vec();
        assert!(own.await.is_err());
        assert_eq!(server.take().len(), 4, "the usual attempts");
    }
}

#[tokio::test]
async fn a_heavy_page_in_the_middle_is_asked_for_in_parts_that_begin_at_the_same_item() {
    // The list is only heavy around its 600th item.
    let server = heavy(1000, |first, limit| {
        let there = first <= 600 && 600 < first + limit;
        (there && limit > 50).then(|| Answer::empty(504))
    })
    .await;
    let store = store_with(&server, |builder| builder.clock(Hurry::new(1.0)));
    for ahead in [0, 3] {
        let brands = store.brands().list().stream().prefetch(ahead).into_vec();
        let ids: Vec<_> = brands.await.unwrap().iter().map(|it| it.id).collect();
        assert_eq!(ids, (1..=1000).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_not_taken_for_one_whose_pages_are_heavy_for_ever() {
    let server = heavy(10, |_, _| Some(Answer::empty(504))).await;
    let store = store_with(&server, |builder| builder.clock(Hurry::new(1.0)));
    let error = all(&store).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 504);
    assert!(server.take().len() <= 14);
    let never = |builder: bigcommerce_client::ClientBuilder| builder.retry(RetryPolicy::never());
    assert!(all(&store_with(&server, never)).await.is_err());
    assert_eq!(server.take().len(), 1, "nothing is to be repeated");
}
