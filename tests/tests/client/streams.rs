//! Lists read to their end: every item once and in order, whatever the style of paging, however the
//! responses overtake one another, and with no request more than it takes.

use std::{collections::BTreeSet, time::Duration};

use bigcommerce_client::{
    Error, ErrorKind, Number, RetryPolicy,
    brands::BrandField,
    catalogue::Method,
    json::{self, Json},
};
use bigcommerce_tests::server::{Answer, Received, Server, store, store_with};

/// A list of brands in the style of V3.
#[derive(Clone, Copy)]
struct List {
    items: i64,
    /// The largest page.
    most: i64,
    /// Whether pages respond at once, or the later the earlier they stand.
    crossing: bool,
}

impl List {
    fn answer(self, asked: &Received) -> Answer {
        let number = |key, usual| {
            let pairs = asked.pairs();
            let found = pairs.iter().find(|(name, _)| *name == key);
            found.map_or(usual, |(_, value)| value.parse().unwrap())
        };
        let (page, limit) = (number("page", 1), number("limit", 50).min(self.most));
        let pages = (self.items + limit - 1) / limit;
        let ids = (page - 1) * limit + 1..=(page * limit).min(self.items);
        let data: Vec<_> = ids.map(|id| serde_json::json!({ "id": id })).collect();
        let body = serde_json::json!({
            "data": data,
            "meta": { "pagination": {
                "total": self.items, "count": data.len(), "per_page": limit,
                "current_page": page, "total_pages": pages,
            } },
        });
        let wait = if self.crossing {
            (pages - page).clamp(0, 5) * 4
        } else {
            0
        };
        Answer::json(200, body.to_string()).after(Duration::from_millis(wait.unsigned_abs()))
    }

    async fn serve(self) -> Server {
        Server::start(move |asked| self.answer(asked)).await
    }
}

const LIST: List = List {
    items: 1234,
    most: 250,
    crossing: true,
};

fn pages_asked(server: &Server) -> Vec<String> {
    let page = |asked: &Received| {
        let pairs = asked.pairs();
        let page = pairs.iter().find(|(name, _)| *name == "page");
        page.map_or("1".to_owned(), |(_, page)| (*page).to_owned())
    };
    server.take().iter().map(page).collect()
}

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
    assert!(error.to_string().contains("without a cursor"), "{error}");
    assert!(customers.try_next().await.unwrap().is_none());
    assert_eq!(server.take().len(), 2);
}

#[tokio::test]
async fn chosen_fields_are_read_as_a_type_of_the_callers_own() {
    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Name {
        name: String,
        price: Option<Number>,
    }

    let server = Server::script([Answer::json(
        200,
        r#"{"data":[{"id":1,"name":"A","price":"7.00"}]}"#,
    )])
    .await;
    let request = store(&server)
        .brands()
        .list()
        .include_fields([BrandField::Name]);
    let names: Vec<Json<Name>> = request.decoding().stream().into_vec().await.unwrap();
    assert_eq!(json::to_string(&names), r#"[{"name":"A","price":"7.00"}]"#);
    let price = names[0].price.as_ref().map(Number::to_string);
    assert_eq!((&*names[0].name, price.as_deref()), ("A", Some("7.00")));
    let query = server.take().remove(0).query.unwrap();
    assert_eq!(query, "include_fields=name&limit=250");
}

#[tokio::test]
async fn what_a_type_of_the_callers_own_cannot_hold_is_an_error_with_its_place_and_without_its_value()
 {
    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        #[expect(dead_code, reason = "it is never read")]
        name: String,
        #[serde(default)]
        #[expect(dead_code, reason = "it is never read")]
        kind: Kind,
    }

    #[derive(Debug, Default, serde::Deserialize)]
    enum Kind {
        #[default]
        Plain,
    }

    for (row, says) in [
        (
            r#"{"name":"A"},{"name":118}"#,
            "at data[1]: expected a string, found an integer",
        ),
        (
            r#"{"kind":"Plain"}"#,
            "at data[0]: the field `name` is missing",
        ),
        (
            r#"{"name":"A","rest":"s3cret"}"#,
            "at data[0]: the field `rest` is not known",
        ),
        (
            r#""s3cret""#,
            "at data[0]: expected an object, found a string",
        ),
        (
            r#"{"name":"A","kind":"s3cret"}"#,
            "at data[0]: expected a value that its type can hold, found something else",
        ),
    ] {
        let answer = Answer::json(200, format!(r#"{{"data":[{row}],"meta":{{}}}}"#));
        let server = Server::script([answer]).await;
        let request = store(&server).brands().list().decoding::<Json<Row>>();
        let error = request.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let shown = format!("{error}\n{error:?}");
        assert!(shown.contains(says), "{row}: {shown}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

#[tokio::test]
async fn a_value_of_the_callers_own_is_sent_and_read_back() {
    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Profile {
        store_name: String,
        plan: Option<String>,
    }

    let server = Server::start(|asked| Answer::json(200, asked.body.clone())).await;
    let sent = Profile {
        store_name: "Acme".to_owned(),
        plan: None,
    };
    let call = store(&server).raw(Method::Put, "/v3/settings/store/profile");
    let answer = call.json(&Json(&sent)).await.unwrap();
    let read: Json<Profile> = answer.json().unwrap().parse().unwrap();
    assert_eq!(read.into_inner(), sent);
}

#[tokio::test]
async fn streams_are_streams_of_the_ecosystem() -> Result<(), Error> {
    use std::{future::poll_fn, pin::Pin};

    fn takes<S: futures_core::Stream + Send + Unpin>(stream: S) -> S {
        stream
    }

    let server = List { items: 3, ..LIST }.serve().await;
    let mut items = takes(store(&server).brands().list().stream());
    let mut seen = 0;
    while let Some(brand) =
        poll_fn(|cx| futures_core::Stream::poll_next(Pin::new(&mut items), cx)).await
    {
        brand?;
        seen += 1;
    }
    assert_eq!(seen, 3);
    Ok(())
}
