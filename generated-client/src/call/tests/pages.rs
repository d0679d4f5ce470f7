//! Reading the next page from the current one.

use std::sync::{Arc, Mutex};

use super::{Server, answer};
use crate::json::RawJson;
use crate::json::tests::Brand;
use crate::observe::{End, Observer, Signal, Step};
use crate::{Error, ErrorKind};

crate::declare::read! {
    Run { id: i64 = required "id", errors: crate::List<String> = "errors", }
}

/// Records how calls ended.
#[derive(Clone, Default)]
struct Ends(Arc<Mutex<Vec<End>>>);

impl Observer for Ends {
    fn observe(&self, signal: &Signal<'_>) {
        if let Step::Finished { end, .. } = signal.step {
            self.0.lock().unwrap().push(end);
        }
    }
}

/// The number of items on the first page of a stream, and how its call ended.
async fn streamed<T: crate::json::Decode>(body: &str) -> (Result<usize, Error>, Vec<End>) {
    let ends = Ends::default();
    let server = Server::with(&[&answer(200, body)], |it| it.observer(ends.clone())).await;
    let mut pages = server.call("orders.list").pages::<T>();
    let page = pages.try_next().await;
    let count = page.map(|page| page.map_or(0, |page| page.len()));
    let ends = ends.0.lock().unwrap().clone();
    (count, ends)
}

fn page(ids: std::ops::Range<i64>, pagination: &str) -> String {
    let items: Vec<String> = ids.map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    answer(
        200,
        &format!(
            r#"{{"data":[{}],"meta":{{{pagination}}}}}"#,
            items.join(",")
        ),
    )
}

#[tokio::test]
async fn numbered_pages_are_read_to_the_end_with_the_same_filters() {
    let numbers = |page: i64| {
        format!(r#""pagination":{{"per_page":2,"current_page":{page},"total_pages":3,"total":5}}"#)
    };
    let server = Server::new(&[
        &page(1..3, &numbers(1)),
        &page(3..5, &numbers(2)),
        &page(5..6, &numbers(3)),
    ])
    .await;
    let mut call = server.call("brands.list");
    call.query("name:like", "a b");
    call.query("limit", 2_u32);
    let mut current = call.page::<Brand>().await.unwrap().into_value();
    assert_eq!(current.total(), Some(5));
    let mut ids = Vec::new();
    loop {
        ids.extend(current.iter().map(|brand| brand.id));
        match current.next_page().await.unwrap() {
            Some(next) => current = next,
            None => break,
        }
    }
    assert_eq!(ids, [1, 2, 3, 4, 5]);
    let lines = server.first_lines();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[2].contains("brands?name:like=a%20b&limit=2&page=3 "),
        "{}",
        lines[2]
    );
}

#[tokio::test]
async fn pages_without_numbers_go_on_while_they_are_full() {
    let server = Server::new(&[
        &answer(200, r#"[{"id":1},{"id":2}]"#),
        &answer(200, r#"[{"id":3},{"id":4}]"#),
        &answer(204, ""),
        &page(1..3, ""),
        &answer(404, ""),
        &page(1..2, ""),
    ])
    .await;
    let mut call = server.call("orders.list");
    call.query("limit", 2_u32);
    let first = call.page::<Brand>().await.unwrap().into_value();
    let second = first.next_page().await.unwrap().unwrap();
    assert_eq!(second[0].id, 3);
    assert!(second.next_page().await.unwrap().is_none());

    let mut call = server.call("brands.list");
    call.query("limit", 2_u32);
    let first = call.clone().page::<Brand>().await.unwrap().into_value();
    assert!(first.has_next() && first.next_page().await.unwrap().is_none());
    let short = call.page::<Brand>().await.unwrap().into_value();
    assert!(!short.has_next() && short.next_page().await.unwrap().is_none());
    assert_eq!(server.first_lines().len(), 6);
}

#[tokio::test]
async fn a_list_that_ignores_the_page_number_ends_with_an_error() {
    let first = r#""pagination":{"per_page":2,"current_page":1,"total_pages":3}"#;
    let server = Server::new(&[&page(1..3, first), &page(1..3, first)]).await;
    let one = server
        .call("brands.list")
        .page::<Brand>()
        .await
        .unwrap()
        .into_value();
    let error = one.next_page().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Contradiction);
}

#[tokio::test]
async fn cursors_lead_on_when_one_was_used() {
    let cursors = r#""cursor_pagination":{"count":2,"end_cursor":"e==","links":{"next":"?limit=2&after=n%3D%3D"}}"#;
    let last = r#""cursor_pagination":{"count":1,"end_cursor":"z","links":{}}"#;
    let server = Server::new(&[&page(1..3, cursors), &page(3..4, last)]).await;
    let mut call = server.call("brands.list");
    call.query("after", "start");
    let first = call.page::<Brand>().await.unwrap().into_value();
    let second = first.next_page().await.unwrap().unwrap();
    assert!(!second.has_next());
    assert!(server.first_lines()[1].contains("?after=n%3D%3D "));
}

#[tokio::test]
async fn a_smaller_page_is_at_most_half_of_what_was_asked_for_whatever_a_page_is_said_to_have() {
    let server = Server::new(&[]).await;
    let mut call = server.call("brands.list");
    call.query("limit", 250_u32);
    call.query("page", 3_i64);
    let smaller = |size: i64| {
        let smaller = call.smaller_page(Some(size))?;
        Some((smaller.limit()?, smaller.asked("page")?.to_owned()))
    };
    assert_eq!(smaller(250), Some((125, "5".to_owned())));
    assert_eq!(smaller(100), Some((50, "5".to_owned())));
    assert_eq!(smaller(1000), Some((125, "17".to_owned())));
    // Searching part of this range from half of it downwards would take years.
    assert_eq!(smaller((1 << 62) - 57), None);
    assert_eq!(smaller(i64::MAX), None);
}

#[tokio::test]
async fn a_page_of_a_stream_that_is_an_error_with_status_200_is_no_call_that_succeeded() {
    for body in [
        r#"[{"status":404,"message":"No such order"}]"#,
        r#"[{"status":400,"message":"a"},{"status":422,"message":"b"}]"#,
        r#"{"status":500,"title":"Down"}"#,
    ] {
        for (count, ends) in [
            streamed::<Brand>(body).await,
            streamed::<Run>(body).await,
            streamed::<RawJson>(body).await,
        ] {
            let error = count.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
            assert!(error.problem().is_some(), "{body}");
            assert_eq!(ends, [End::Failed(ErrorKind::Decode)], "{body}");
        }
        let server = Server::new(&[&answer(200, body)]).await;
        let page = server.call("orders.list").page::<RawJson>().await;
        assert_eq!(page.unwrap_err().kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn a_page_of_a_stream_whose_records_tell_of_errors_is_a_page() {
    let (count, ends) = streamed::<Run>(r#"[{"id":1,"errors":["no such file"]}]"#).await;
    assert_eq!((count.unwrap(), ends), (1, vec![End::Succeeded]));
}

#[tokio::test]
async fn what_is_evidently_no_error_is_not_looked_through_for_what_an_error_says() {
    // No error of the API is that long.
    let long = format!(r#"{{"id":"","errors":["{}"]}}"#, "x".repeat(20_000));
    for (body, problems) in [(r#"{"id":"","errors":["x"]}"#, 1), (&*long, 0)] {
        let server = Server::new(&[&answer(200, body)]).await;
        let call = server.call("brands.get").path("brand_id", 1_i64);
        let error = call.flat::<bool>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.problems().len(), problems);
    }
}
