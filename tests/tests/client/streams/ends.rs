//! Where a list ends, with each pagination style, and with which error.

use bigcommerce_client::ErrorKind;
use bigcommerce_tests::server::{Answer, Received, Server, store};

use super::LIST;

#[tokio::test]
async fn an_error_comes_in_its_place_and_ends_the_stream() {
    let server = Server::start(|asked| match asked.query.as_deref() {
        Some(query) if query.contains("page=3") => Answer::json(422, r#"{"title":"no"}"#),
        _ => LIST.answer(asked),
    })
    .await;
    let mut brands = store(&server).brands().list().stream().prefetch(4);
    let mut seen = 0;
    let error = loop {
        match brands.try_next().await {
            Ok(Some(brand)) => {
                seen += 1;
                assert_eq!(brand.id, seen);
            }
            Ok(None) => panic!("the error was lost"),
            Err(error) => break error,
        }
    };
    assert_eq!((seen, error.status().unwrap().as_u16()), (500, 422));
    assert!(brands.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_list_that_shrinks_meanwhile_ends_where_it_is_empty() {
    let server = Server::start(|asked| match asked.query.as_deref() {
        Some(query) if query.contains("page=3") || query.contains("page=4") => Answer::json(
            200,
            r#"{"data":[],"meta":{"pagination":{"total":500,"total_pages":2}}}"#,
        ),
        _ => LIST.answer(asked),
    })
    .await;
    let brands = store(&server)
        .brands()
        .list()
        .stream()
        .into_vec()
        .await
        .unwrap();
    assert_eq!(brands.len(), 500);
}

#[tokio::test]
async fn a_list_of_v2_ends_with_a_short_page_or_with_no_body() {
    for (last, orders) in [
        (Answer::json(200, r#"[{"id":3}]"#), 3),
        (Answer::empty(204), 2),
    ] {
        let full = Answer::json(200, r#"[{"id":1},{"id":2}]"#);
        let server = Server::script([full, last]).await;
        let list = store(&server).orders().list().limit(2).stream();
        assert_eq!(list.into_vec().await.unwrap().len(), orders);
        let lines: Vec<_> = server.take().iter().map(Received::line).collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with("limit=2&page=2"), "{lines:?}");
    }
}

#[tokio::test]
async fn a_page_that_is_full_except_for_non_items_is_not_the_last() {
    for full in [r#"[{"id":1},null]"#, r#"[{},{"id":1}]"#, r#"[{"id":1},""]"#] {
        let last = Answer::json(200, r#"[{"id":3}]"#);
        for by_page in [false, true] {
            let server = Server::script([Answer::json(200, full), last.clone()]).await;
            let list = store(&server).orders().list().limit(2);
            let ids: Vec<i64> = if by_page {
                let page = list.await.unwrap();
                assert!(!page.oddities().is_empty(), "{full}");
                let next = page.next_page().await.unwrap().unwrap();
                page.iter().chain(&next).map(|order| order.id).collect()
            } else {
                let orders = list.stream().into_vec().await.unwrap();
                orders.iter().map(|order| order.id).collect()
            };
            assert_eq!(ids, [1, 3], "{full}");
            assert_eq!(server.take().len(), 2, "{full}");
        }
    }
}

#[tokio::test]
async fn pages_of_nothing_but_null_do_not_end_a_list_and_are_not_taken_for_one_another() {
    let blank = Answer::json(200, "[null,null]");
    let answers = [
        blank.clone(),
        blank.clone(),
        Answer::json(200, r#"[{"id":1},{"id":2}]"#),
        blank.clone(),
        blank.clone(),
        blank,
        Answer::json(200, r#"[{"id":3}]"#),
    ];
    for by_page in [false, true] {
        let server = Server::script(answers.clone()).await;
        let list = store(&server).orders().list().limit(2);
        let mut ids = Vec::new();
        if by_page {
            let mut page = Some(list.await.unwrap());
            while let Some(now) = page {
                ids.extend(now.iter().map(|order| order.id));
                page = now.next_page().await.unwrap();
            }
        } else {
            let orders = list.stream().into_vec().await.unwrap();
            ids.extend(orders.iter().map(|order| order.id));
        }
        assert_eq!(ids, [1, 2, 3]);
        assert_eq!(server.take().len(), 7);
    }
}

#[tokio::test]
async fn a_list_that_returns_nothing_but_null_for_ever_is_a_contradiction() {
    let server = Server::start(|_| Answer::json(200, "[null,null]")).await;
    let list = store(&server).orders().list().limit(2).stream();
    let error = list.into_vec().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Contradiction);
    assert!(
        error
            .to_string()
            .contains("101 pages in a row contain only null"),
        "{error}"
    );
    assert_eq!(server.take().len(), 101);
}

#[tokio::test]
async fn a_list_followed_by_cursors_never_asks_for_a_number() {
    let page = |ids: &str, next: &str| {
        let links = match next {
            "" => "{}".to_owned(),
            next => format!(r#"{{"next":"?limit=250&after={next}"}}"#),
        };
        Answer::json(
            200,
            format!(
                r#"{{"data":[{ids}],"meta":{{
                    "pagination":{{"total":3,"total_pages":2,"current_page":1,"per_page":250}},
                    "cursor_pagination":{{"count":2,"per_page":250,"links":{links}}}}}}}"#
            ),
        )
    };
    let server = Server::script([
        page(r#"{"id":1},{"id":2}"#, "abc%3D"),
        page(r#"{"id":3}"#, ""),
    ])
    .await;
    let customers = store(&server).customers().list().by_cursor().stream();
    let ids: Vec<i64> = customers
        .into_vec()
        .await
        .unwrap()
        .iter()
        .map(|it| it.id)
        .collect();
    assert_eq!(ids, [1, 2, 3]);
    let queries: Vec<_> = server
        .take()
        .into_iter()
        .filter_map(|asked| asked.query)
        .collect();
    assert_eq!(queries, ["limit=250", "limit=250&after=abc%3D"]);
}

#[tokio::test]
async fn a_list_that_loses_its_cursors_ends_with_an_error_behind_all_that_came() {
    let page = |ids: &str, meta: &str| {
        Answer::json(200, format!(r#"{{"data":[{ids}],"meta":{{{meta}}}}}"#))
    };
    let server = Server::script([
        page(
            r#"{"id":1},{"id":2}"#,
            r#""cursor_pagination":{"links":{"next":"?after=abc"}}"#,
        ),
        page(r#"{"id":3}"#, ""),
    ])
    .await;
    let mut customers = store(&server).customers().list().by_cursor().stream();
    for id in 1..=3 {
        assert_eq!(customers.try_next().await.unwrap().unwrap().id, id);
    }
    let error = customers.try_next().await.unwrap_err();
    assert!(error.to_string().contains("has no cursor"), "{error}");
    assert!(customers.try_next().await.unwrap().is_none());
    assert_eq!(server.take().len(), 2);
}
