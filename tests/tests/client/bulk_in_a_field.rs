//! Many items in an array of a body: the other fields are sent with each batch, and items that may have been
//! accepted are not sent again if that would do harm.

use std::collections::BTreeMap;

use bigcommerce_client::{
    bulk::{Fate, Report},
    inventory::{
        AbsoluteAdjustmentItemUpdate, AbsoluteAdjustmentUpdate, InventoryIdentityInput,
        RelativeAdjustmentCreate, RelativeAdjustmentItemCreate,
    },
    location_items::{LocationItemSettingsUpdate, LocationItemsUpdate},
};
use bigcommerce_tests::server::{Answer, Received, Server, store};
use serde_json::{Value, json};

fn body(asked: &Received) -> Value {
    serde_json::from_slice(&asked.body).unwrap()
}

/// The variants of a request, in order.
fn variants(asked: &Received) -> Vec<i64> {
    let body = body(asked);
    let items = body["items"].as_array().unwrap().iter();
    items.map(|it| it["variant_id"].as_i64().unwrap()).collect()
}

fn taken() -> Answer {
    Answer::json(200, r#"{"transaction_id":"t"}"#)
}

fn refused(field: &str) -> Answer {
    let errors = BTreeMap::from([(field, "is wrong")]);
    let problem = json!({ "status": 422, "title": "bad", "errors": errors });
    Answer::json(422, problem.to_string())
}

fn stock(variants: impl IntoIterator<Item = i64>) -> AbsoluteAdjustmentUpdate {
    let items = variants.into_iter().map(|variant| {
        let item = AbsoluteAdjustmentItemUpdate::new().location_id(1);
        item.quantity(5).variant_id(variant)
    });
    AbsoluteAdjustmentUpdate::new(items).reason("Stocktaking")
}

fn sold(variants: impl IntoIterator<Item = i64>) -> RelativeAdjustmentCreate {
    let items = variants.into_iter().map(|variant| {
        let item = RelativeAdjustmentItemCreate::new().location_id(1);
        item.quantity(-1).variant_id(variant)
    });
    RelativeAdjustmentCreate::new(items).reason("Sold")
}

/// How many items have each fate.
fn fates<I, T>(report: &Report<I, T>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for (_, fate) in report.iter() {
        let name = match fate {
            Fate::Done(_) => "done",
            Fate::Refused(_) => "refused",
            Fate::Failed(_) => "failed",
            Fate::Unclear(problems) => {
                assert!(!problems.is_empty(), "what was refused is told");
                "unclear"
            }
            _ => "unknown",
        };
        *counts.entry(name).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn the_array_is_cut_to_what_the_api_takes_and_the_other_fields_go_out_with_each_part() {
    for (wanted, sizes) in [
        (None, vec![2000, 2000, 1]),
        (Some(9000), vec![2000, 2000, 1]),
        (Some(1500), vec![1500, 1500, 1001]),
    ] {
        let server = Server::start(|_| taken()).await;
        let mut adjust = store(&server)
            .inventory()
            .adjust_absolute_all(stock(1..=4001));
        if let Some(wanted) = wanted {
            adjust = adjust.batch_size(wanted);
        }
        // One at a time, whatever is requested, so that they arrive in order.
        let report = adjust.at_once(8).await.unwrap();
        assert!(report.is_complete());
        let asked = server.asked();
        let sent: Vec<usize> = asked.iter().map(|it| variants(it).len()).collect();
        assert_eq!(sent, sizes);
        let all: Vec<i64> = asked.iter().flat_map(variants).collect();
        assert_eq!(all, (1..=4001).collect::<Vec<_>>());
        assert!(asked.iter().all(|it| body(it)["reason"] == "Stocktaking"));
        assert_eq!(report.len(), 4001);
    }
}

#[tokio::test]
async fn items_at_fault_are_found_by_their_place_in_the_array_or_by_dividing_it() {
    for (field, most) in [
        ("items.{}.variant_id", 2),
        ("items[{}].variant_id", 2),
        ("items/{}/variant_id", 2),
        ("{}.variant_id", 2),
        ("items", 12),
        ("variant_id", 12),
    ] {
        let server = Server::start(move |asked| {
            let at = variants(asked).iter().position(|id| *id == 7);
            at.map_or_else(taken, |at| refused(&field.replace("{}", &at.to_string())))
        })
        .await;
        let adjust = store(&server)
            .inventory()
            .adjust_absolute_all(stock(1..=20));
        let report = adjust.await.unwrap();
        assert_eq!(
            fates(&report),
            [("done", 19), ("refused", 1)].into(),
            "{field}"
        );
        let calls = server.asked().len();
        assert!(calls <= most, "{field}: {calls} calls");
    }
}

#[tokio::test]
async fn an_adjustment_that_would_move_stock_twice_is_sent_once_whatever_the_response() {
    for (answer, told) in [
        (Answer::json(500, "{}"), ("failed", 5)),
        (Answer::empty(504), ("failed", 5)),
        (Answer::json(200, "<html>"), ("failed", 5)),
        (refused("items"), ("unclear", 5)),
        (Answer::empty(422), ("unclear", 5)),
        (Answer::empty(409), ("unclear", 5)),
    ] {
        let server = Server::start(move |_| answer.clone()).await;
        let adjust = store(&server).inventory().adjust_relative_all(sold(1..=5));
        let report = adjust.await.unwrap();
        assert_eq!(server.asked().len(), 1);
        assert_eq!(fates(&report), [told].into());
        assert_eq!(report.may_be_done().count(), 5);
        assert!(report.into_retryable().is_empty());
    }
}

#[tokio::test]
async fn of_a_refused_batch_that_is_not_divided_the_item_that_is_named_is_known() {
    let server = Server::start(|_| refused("items.2.quantity")).await;
    let adjust = store(&server).inventory().adjust_relative_all(sold(1..=5));
    let report = adjust.await.unwrap();
    assert_eq!(server.asked().len(), 1);
    assert_eq!(fates(&report), [("refused", 1), ("unclear", 4)].into());
}

#[tokio::test]
async fn batches_of_one_report_each_item_and_one_too_large_is_divided() {
    let server = Server::start(|asked| match variants(asked).as_slice() {
        [7] => refused("quantity"),
        [_] => taken(),
        _ => Answer::empty(413),
    })
    .await;
    for size in [1, 0, 4] {
        let adjust = store(&server).inventory().adjust_relative_all(sold(1..=8));
        let report = adjust.batch_size(size).await.unwrap();
        assert_eq!(
            fates(&report),
            [("done", 7), ("refused", 1)].into(),
            "{size}"
        );
    }
}

#[tokio::test]
async fn an_item_that_must_not_be_sent_keeps_all_of_them() {
    let server = Server::start(|_| taken()).await;
    let mut adjustment = stock(1..=3);
    adjustment.items[1].sku = "SM-13".to_owned().into();
    let adjust = store(&server).inventory().adjust_absolute_all(adjustment);
    let error = adjust.await.unwrap_err();
    assert!(error.to_string().contains("in item 1"), "{error}");
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn the_settings_of_items_at_a_location_go_out_in_batches_too() {
    let server = Server::start(|_| taken()).await;
    let settings = (1..=2001).map(|variant| {
        let item = InventoryIdentityInput::new().variant_id(variant);
        LocationItemSettingsUpdate::new(item).safety_stock(3)
    });
    let report = store(&server)
        .locations()
        .items(7)
        .update_all(LocationItemsUpdate::new(settings))
        .await
        .unwrap();
    assert!(report.is_complete());
    let sizes: Vec<usize> = server
        .asked()
        .iter()
        .map(|it| body(it)["settings"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [2000, 1]);
}
