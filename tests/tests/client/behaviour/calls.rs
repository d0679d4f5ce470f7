//! Makes the calls of the cases. Lists that the cases read and calls that may succeed in part are made
//! with their types; all others are sample calls.

use std::fmt::Debug;

use bigcommerce_client::{
    Client, Decode, Endpoint, Error, Outcome, Page, Problem, Response, brands::BrandCreate,
    categories::CategoryCreate, categories::CategoryUpdate, products, products::ProductUpdate,
};
use bigcommerce_tests::generated::calls::plain;

use super::case::Call;

/// The result of a call.
#[derive(Debug, Default)]
pub struct Came {
    pub ids: Vec<i64>,
    pub pages: usize,
    pub status: Option<u16>,
    pub problems: Vec<Problem>,
    pub complete: Option<bool>,
    /// The value in `Debug` format.
    pub value: String,
    pub error: Option<Error>,
}

/// Makes a call.
pub async fn make(store: &Client, call: &Call) -> Came {
    match call.endpoint.as_str() {
        list if call.all_pages => walk_through(store, list, call).await,
        "brands.create" => {
            let create = store.brands().create(BrandCreate::new("name"));
            let create = match &call.options {
                Some(options) => create.with_options(options.make()),
                None => create,
            };
            outcome(create.send().await)
        }
        "products.create" => {
            let kind = products::ProductType::Physical;
            let product = products::ProductCreate::new()
                .name("name")
                .kind(kind)
                .weight(25)
                .price(25);
            outcome(store.products().create(product).send().await)
        }
        "categories.create" => {
            let category = CategoryCreate::new("name").tree_id(118);
            outcome(store.categories().create([category]).send().await)
        }
        "categories.update" => {
            let category = CategoryUpdate::new(118).name("name");
            outcome(store.categories().update([category]).send().await)
        }
        "products.update" => {
            let update = store.products().update(118, product(call));
            let update = match &call.options {
                Some(options) => update.with_options(options.make()),
                None => update,
            };
            outcome(update.send().await)
        }
        "products.update_batch" => {
            let plain = ProductUpdate::new().id(117).price(25);
            let update = [plain, product(call).id(118)];
            outcome(store.products().update_batch(update).send().await)
        }
        other => {
            let endpoint = Endpoint::from_id(other).unwrap();
            let sent = plain(store, endpoint).await.unwrap();
            Came {
                status: sent.status,
                value: sent.value,
                error: sent.failure,
                ..Came::default()
            }
        }
    }
}

/// An update of a product's price, with the images of the case.
fn product(call: &Call) -> ProductUpdate {
    let change = ProductUpdate::new().price(25);
    let Some(images) = &call.images else {
        return change;
    };
    change.images(images.iter().map(|id| match id {
        Some(id) => products::ProductImageUpdate::new().id(*id).sort_order(2),
        None => products::ProductImageUpdate::new().image_url("https://example.com/tray.jpg"),
    }))
}

/// Sets the parameters that the case has.
macro_rules! with {
    ($list:expr, $call:ident: $($name:ident),*) => {{
        let mut list = $list;
        $(if let Some(value) = $call.$name.clone() {
            list = list.$name(value);
        })*
        list
    }};
}

async fn walk_through(store: &Client, list: &str, call: &Call) -> Came {
    match list {
        "brands.list" => {
            let mut list = with!(store.brands().list(), call: name_like, page, limit);
            if let Some(options) = &call.options {
                list = list.with_options(options.make());
            }
            walk(list.send().await, |brand| brand.id).await
        }
        "customers.list" => {
            let mut list = store.customers().list();
            if let Some(part) = call.name_like.clone() {
                list = list.name_like([part]);
            }
            let mut list = with!(list, call: page, limit, after);
            if call.by_cursor {
                list = list.by_cursor();
            }
            walk(list.send().await, |customer| customer.id).await
        }
        "pricelists.list" => {
            let mut list = with!(store.pricelists().list(), call: name_like, page, limit, after);
            if call.by_cursor {
                list = list.by_cursor();
            }
            walk(list.send().await, |list| list.id).await
        }
        "orders.list" => {
            let list = with!(store.orders().list(), call: page, limit);
            walk(list.send().await, |order| order.id).await
        }
        "channel_listings.list" => {
            let list = with!(store.channels().listings(7).list(), call: limit);
            walk(list.send().await, |listing| listing.listing_id).await
        }
        other => panic!("no case can walk through {other} yet"),
    }
}

async fn walk<T: Decode>(first: Result<Response<Page<T>>, Error>, id: impl Fn(&T) -> i64) -> Came {
    let mut came = Came::default();
    let mut next = first.map(|first| {
        came.status = Some(first.status().as_u16());
        Some(first.into_value())
    });
    loop {
        match next {
            Ok(Some(page)) => {
                came.pages += 1;
                came.ids.extend(page.iter().map(&id));
                next = page.next_page().await;
            }
            Ok(None) => return came,
            Err(error) => {
                came.error = Some(error);
                return came;
            }
        }
    }
}

fn outcome<T: Debug>(answer: Result<Response<Outcome<T>>, Error>) -> Came {
    match answer {
        Ok(answer) => {
            let status = Some(answer.status().as_u16());
            let outcome = answer.into_value();
            let (problems, complete) = (outcome.problems().to_vec(), Some(outcome.is_complete()));
            let value = format!("{:?}", outcome.value());
            Came {
                status,
                problems,
                complete,
                value,
                ..Came::default()
            }
        }
        Err(error) => Came {
            error: Some(error),
            ..Came::default()
        },
    }
}
