//! The pages of lists of which the client only knows the path: where they continue, and how they end.

use bigcommerce_client::{CallOptions, ErrorKind, RawJson, RetryPolicy, catalogue::Method};
use bigcommerce_tests::server::{Answer, Server, store, store_with};

/// The items of a list at any path with these pages, how it ends, and what was requested.
async fn listed(pages: &[(u16, &str)]) -> (Vec<String>, Option<ErrorKind>, Vec<String>) {
    let pages = pages.iter();
    let pages = pages.map(|(status, body)| Answer::text(*status, (*body).to_owned()));
    let server = Server::script(pages).await;
    let store = store_with(&server, |b| b.retry(RetryPolicy::never()));
    let list = store.read_only().raw("/v3/loyalty").query("x", 1);
    let (mut list, mut items) = (list.pages::<RawJson>(), Vec::new());
    let end = loop {
        match list.try_next().await {
            Ok(Some(page)) => items.extend(page.iter().map(ToString::to_string)),
            Ok(None) => break None,
            Err(error) => break Some(error.kind()),
        }
    };
    assert!(list.try_next().await.unwrap().is_none(), "it has ended");
    let lines = server.asked().iter().map(|asked| asked.line()).collect();
    (items, end, lines)
}

#[tokio::test]
async fn the_pages_of_any_path_are_read_to_their_end() {
    let first = "GET /stores/abc123/v3/loyalty?x=1";
    let numbers = |page: i64, pages: i64| {
        let pagination = format!(r#"{{"current_page":{page},"total_pages":{pages}}}"#);
        format!(r#"{{"data":[{page}],"meta":{{"pagination":{pagination}}}}}"#)
    };
    let blank = |page: i64| {
        let pagination = format!(r#"{{"current_page":{page},"total_pages":3}}"#);
        format!(r#"{{"data":[null],"meta":{{"pagination":{pagination}}}}}"#)
    };
    let cursor = |item: i64, link: &str| {
        let links = format!(r#"{{"links":{{{link}}}}}"#);
        format!(r#"{{"data":[{item}],"meta":{{"cursor_pagination":{links}}}}}"#)
    };
    let key = |item: i64, link: &str| {
        let links = format!(r#"{{"total":2,"links":{{{link}}}}}"#);
        format!(r#"{{"data":[{item}],"meta":{{"pagination":{links}}}}}"#)
    };
    for (does, pages, items, end, queries) in [
        (
            "numbers that are told",
            vec![(200, numbers(1, 2)), (200, numbers(2, 2))],
            &["1", "2"][..],
            None,
            &["", "&page=2"][..],
        ),
        (
            "cursors",
            vec![
                (200, cursor(1, r#""next":"?after=a%20b&limit=1""#)),
                (200, cursor(2, "")),
            ],
            &["1", "2"],
            None,
            &["", "&after=a%20b"],
        ),
        (
            "a cursor without links, which is the last one's as well",
            vec![
                (
                    200,
                    r#"{"data":[1],"meta":{"cursor_pagination":{"end_cursor":"a"}}}"#.into(),
                ),
                (
                    200,
                    r#"{"data":[],"meta":{"cursor_pagination":{"end_cursor":"a"}}}"#.into(),
                ),
            ],
            &["1"],
            None,
            &["", "&after=a"],
        ),
        (
            "a cursor without links, and nothing behind it",
            vec![
                (
                    200,
                    r#"{"data":[1],"meta":{"cursor_pagination":{"end_cursor":"a"}}}"#.into(),
                ),
                (200, r#"{"data":[],"meta":{}}"#.into()),
            ],
            &["1"],
            None,
            &["", "&after=a"],
        ),
        (
            "an empty page with the number of the last",
            vec![
                (
                    200,
                    r#"{"data":[1],"meta":{"pagination":{"total":3,"current_page":1}}}"#.into(),
                ),
                (
                    200,
                    r#"{"data":[],"meta":{"pagination":{"total":3,"current_page":1}}}"#.into(),
                ),
            ],
            &["1"],
            None,
            &["", "&page=2"],
        ),
        (
            "an empty page with the number of another, where there should be more",
            vec![
                (200, numbers(1, 2)),
                (
                    200,
                    r#"{"data":[],"meta":{"pagination":{"current_page":1,"total_pages":2}}}"#
                        .into(),
                ),
            ],
            &["1"],
            Some(ErrorKind::Contradiction),
            &["", "&page=2"],
        ),
        (
            "a total beyond what the pages say",
            vec![
                (
                    200,
                    r#"{"data":[1],"meta":{"pagination":{"total":3,"links":{}}}}"#.into(),
                ),
                (
                    200,
                    r#"{"data":[2],"meta":{"pagination":{"total":3,"total_pages":2}}}"#.into(),
                ),
                (404, "{}".into()),
            ],
            &["1", "2"],
            None,
            &["", "&page=2", "&page=3"],
        ),
        (
            "a key in the link of the numbers",
            vec![
                (200, key(1, r#""next":"?after=7""#)),
                (200, key(2, r#""current":"?after=7""#)),
            ],
            &["1", "2"],
            None,
            &["", "&after=7"],
        ),
        (
            "V2 until nothing comes",
            vec![
                (200, "[1,2]".into()),
                (200, "[3]".into()),
                (204, String::new()),
            ],
            &["1", "2", "3"],
            None,
            &["", "&page=2", "&page=3"],
        ),
        (
            "V2 with null in the place of items",
            vec![
                (200, "[1,null]".into()),
                (200, "[null]".into()),
                (200, "[]".into()),
            ],
            &["1"],
            None,
            &["", "&page=2", "&page=3"],
        ),
        (
            "V2 with pages of nothing but null, which are not one another",
            vec![
                (200, "[1]".into()),
                (200, "[null]".into()),
                (200, "[null]".into()),
                (200, "[2]".into()),
                (204, String::new()),
            ],
            &["1", "2"],
            None,
            &["", "&page=2", "&page=3", "&page=4", "&page=5"],
        ),
        (
            "pages of nothing but null at the beginning, as long as more are told",
            vec![(200, blank(1)), (200, blank(2)), (200, numbers(3, 3))],
            &["3"],
            None,
            &["", "&page=2", "&page=3"],
        ),
        (
            "V2 with an empty list behind the last",
            vec![(200, "[1]".into()), (200, "[]".into())],
            &["1"],
            None,
            &["", "&page=2"],
        ),
        (
            "a 404 behind the last",
            vec![(200, "[1]".into()), (404, "{}".into())],
            &["1"],
            None,
            &["", "&page=2"],
        ),
        (
            "a list without pages",
            vec![(200, r#"{"data":[1],"meta":{}}"#.into()); 2],
            &["1"],
            None,
            &["", "&page=2"],
        ),
        (
            "nothing at all",
            vec![(200, r#"{"data":[],"meta":{}}"#.into())],
            &[],
            None,
            &[""],
        ),
        (
            "a page that comes again",
            vec![
                (200, "[1]".into()),
                (200, "[2]".into()),
                (200, "[1]".into()),
            ],
            &["1", "2"],
            Some(ErrorKind::Contradiction),
            &["", "&page=2", "&page=3"],
        ),
        (
            "cursors in a circle",
            vec![(200, cursor(1, r#""next":"?after=a""#)); 2],
            &["1"],
            Some(ErrorKind::Contradiction),
            &["", "&after=a"],
        ),
        (
            "another page than was asked for",
            vec![(200, numbers(1, 3)), (200, numbers(3, 3))],
            &["1"],
            Some(ErrorKind::Contradiction),
            &["", "&page=2"],
        ),
        (
            "a first page that is not there",
            vec![(404, "{}".into())],
            &[],
            Some(ErrorKind::Status),
            &[""],
        ),
        (
            "no list",
            vec![(200, r#"{"id":1}"#.into())],
            &[],
            Some(ErrorKind::Decode),
            &[""],
        ),
    ] {
        let pages: Vec<(u16, &str)> = pages.iter().map(|(it, body)| (*it, &**body)).collect();
        let (came, ended, asked) = listed(&pages).await;
        assert_eq!(came, items, "{does}");
        assert_eq!(ended, end, "{does}");
        let lines: Vec<String> = queries.iter().map(|it| format!("{first}{it}")).collect();
        assert_eq!(asked, lines, "{does}");
    }
}

#[tokio::test]
async fn a_list_at_any_path_that_returns_nothing_but_null_for_ever_is_a_contradiction() {
    let server = Server::start(|asked| match asked.query.as_deref() {
        Some(query) if query.contains("page=") => Answer::json(200, "[null]"),
        _ => Answer::json(200, "[1]"),
    })
    .await;
    let list = store(&server).raw(Method::Get, "/v2/loyalty");
    let error = list.pages::<RawJson>().into_vec().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Contradiction);
    assert!(
        error
            .to_string()
            .contains("101 pages in a row contain only null"),
        "{error}"
    );
    assert_eq!(server.take().len(), 102);
}

#[tokio::test]
async fn only_a_get_has_pages() {
    let server = Server::script([]).await;
    let list = store(&server).raw(Method::Post, "/v3/loyalty");
    let error = list.pages::<RawJson>().into_vec().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().ends_with("only a GET has pages"),
        "{error}"
    );
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn pages_whose_options_say_which_page_are_refused_before_the_first() {
    for name in ["page", "After", "before[]"] {
        let server = Server::script([]).await;
        let options = CallOptions::new().query(name, "2").unwrap();
        let list = store(&server).raw(Method::Get, "/v3/loyalty");
        let pages = list.with_options(options).pages::<RawJson>();
        let error = pages.into_vec().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains("use `query`"), "{error}");
        assert!(server.asked().is_empty(), "{name}");
    }
}
