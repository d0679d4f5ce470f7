//! The body of every request, validated against its schema, and bodies that are not sent.

use std::collections::BTreeMap;

use bigcommerce_client::{orders, variants};
use bigcommerce_tests::{
    rows::{Row, rows},
    server::{Answer, Received, Server, store},
};

use super::{Called, Which, call_all};

#[tokio::test]
async fn every_body_is_one_that_the_catalogue_describes() {
    for which in Which::all() {
        let mut unfit = BTreeMap::new();
        for Called { row, asked, .. } in call_all(which).await {
            if row.form().next().is_some() {
                let body = String::from_utf8_lossy(&asked.body);
                for it in row.form().filter(|it| it.required || which != Which::Plain) {
                    let part = format!("form-data; name=\"{}\"", it.name);
                    assert!(body.contains(&part), "{} lacks {part}: {body}", row.id);
                }
                continue;
            }
            if row.optional_body && which == Which::Plain && asked.body.is_empty() {
                continue;
            }
            if row.json_schema.request.is_none() {
                assert!(asked.body.is_empty(), "{} sends {:?}", row.id, asked.body);
                continue;
            }
            let found = misfits(&row, &asked);
            if !found.is_empty() {
                unfit.insert(row.id, found);
            }
        }
        assert!(unfit.is_empty(), "{unfit:#?}");
    }
}

#[tokio::test]
async fn bodies_with_what_their_inner_objects_need_are_ones_that_the_catalogue_describes() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let store = store(&server);
    let value = variants::VariantOptionValueInput::new().id(7).option_id(8);
    let variant = variants::VariantCreate::new("sku", [value]);
    // The result of a response without a body does not matter here.
    let _ = store.products().variants(118).create(variant).await;
    let line = orders::OrderLineCreate::new().product_id(118).quantity(1);
    let address = orders::OrderBillingAddressCreate::new("zip");
    let order = orders::OrderCreate::new(address).products([line]);
    let _ = store.orders().create(order).await;
    for (id, asked) in ["variants.create", "orders.create"]
        .into_iter()
        .zip(server.take())
    {
        let row = rows().into_iter().find(|row| row.id == id).unwrap();
        assert_eq!(
            misfits(&row, &asked),
            Vec::<String>::new(),
            "{id}: {asked:?}"
        );
    }
}

/// Where the body of a request violates its schema.
fn misfits(row: &Row, asked: &Received) -> Vec<String> {
    let schema = row.json_schema.request.as_ref().unwrap();
    let schema = jsonschema::validator_for(schema).unwrap();
    let body = serde_json::from_slice(&asked.body).unwrap();
    let errors = schema.iter_errors(&body);
    errors
        .map(|error| format!("at {}: {error}", error.instance_path()))
        .collect()
}

#[tokio::test]
async fn a_body_with_fields_that_exclude_each_other_is_not_sent() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let billing = || orders::OrderBillingAddressCreate::new("78701");
    let line = || orders::OrderLineCreate::new().product_id(118).quantity(1);
    let picked_up = || orders::OrderConsignmentsCreate::new([]);
    let order = orders::OrderCreate::new(billing()).products([line()]);
    let both = order.clone().consignments(picked_up());
    let error = store(&server).orders().create(both).await.unwrap_err();
    assert!(!error.may_have_happened());
    let text = error.to_string();
    let names = [
        "`products`",
        "`consignments`",
        "are mutually exclusive; set one",
    ];
    assert!(names.iter().all(|name| text.contains(name)), "{text}");
    assert!(server.take().is_empty());
    let _ = store(&server).orders().create(order).send().await;
    assert_eq!(server.take().len(), 1);
}
