//! Both clients want the same thing at the same moment: one gets it, or both get their parts.

use bigcommerce_client::{
    Error,
    brands::{BrandCreate, BrandUpdate},
    carts::{CartCreate, CartItemInput, CartItemsCreate},
    categories::CategoryCreate,
    customers::CustomerCreate,
    pricelists::PriceListCreate,
    products::{ProductCreate, ProductType, ProductUpdate},
};
use serde_json::{Value, json};
use tokio::join;

use crate::parallel::{
    ledger::{Chance, Kind},
    parting,
    worker::{Worker, id},
};

/// Runs one of the races.
pub async fn race(one: &mut Worker, other: &mut Worker, chance: &mut Chance, round: usize) {
    let name = format!("race {round}");
    match chance.below(11) {
        0 => brand(one, other, &name).await,
        1 => sku(one, other, &name).await,
        2 => email(one, other, round).await,
        3 => price_list(one, other, &name).await,
        4 => category(one, other, &name).await,
        5 => rename(one, other, &name).await,
        6 => same_brand_twice(one, other).await,
        7 => one_cart(one, other, &name).await,
        8 => one_product(one, other, &name).await,
        9 => parting::product(one, other, &name).await,
        _ => parting::price_list(one, other, &name).await,
    }
    one.ledger.calls += 2;
}

/// Exactly one of them may succeed; the winner's ledger records it.
fn settle<T>(
    (one, mine): (&mut Worker, Result<T, Error>),
    (other, theirs): (&mut Worker, Result<T, Error>),
    kind: Kind,
    key: impl Fn(&T) -> i64,
    fields: Value,
) {
    let (winner, made, error) = match (mine, theirs) {
        (Ok(made), Err(error)) => (one, made, error),
        (Err(error), Ok(made)) => (other, made, error),
        (Ok(one), Ok(other)) => panic!("both have it: {} and {}", key(&one), key(&other)),
        (Err(one), Err(other)) => panic!("nobody has it: {one:?} and {other:?}"),
    };
    let status = error.status().map(|status| status.as_u16());
    assert!(matches!(status, Some(409 | 422)), "{error:?}");
    winner.ledger.made(kind, key(&made), fields);
}

async fn brand(one: &mut Worker, other: &mut Worker, name: &str) {
    let make = || BrandCreate::new(name);
    let (a, b) = join!(
        one.client.brands().create(make()).into_future(),
        other.client.brands().create(make()).into_future(),
    );
    settle(
        (one, a),
        (other, b),
        "brands",
        |made| made.id,
        json!({ "name": name }),
    );
}

async fn sku(one: &mut Worker, other: &mut Worker, name: &str) {
    let make = |whose: &str| {
        ProductCreate::new()
            .name(format!("{name} of {whose}"))
            .kind(ProductType::Digital)
            .weight(1)
            .price(5)
            .sku(name)
    };
    let (a, b) = join!(
        one.client.products().create(make("one")).into_future(),
        other.client.products().create(make("other")).into_future(),
    );
    let made = a.as_ref().or(b.as_ref()).ok();
    let variant = made.and_then(|made| made.base_variant_id);
    let fields = json!({ "sku": name, "price": 5, "base_variant_id": variant, "brand_id": 0 });
    settle((one, a), (other, b), "products", |made| made.id, fields);
}

async fn email(one: &mut Worker, other: &mut Worker, round: usize) {
    let email = format!("race.{round}@example.com");
    let make = || {
        [CustomerCreate::new()
            .email(&email)
            .first_name("Ida")
            .last_name("Ashdown")]
    };
    let (a, b) = join!(
        one.client.customers().create(make()).into_future(),
        other.client.customers().create(make()).into_future(),
    );
    settle(
        (one, a),
        (other, b),
        "customers",
        |made| made[0].id,
        json!({ "email": email }),
    );
}

async fn price_list(one: &mut Worker, other: &mut Worker, name: &str) {
    let make = || PriceListCreate::new(name);
    let (a, b) = join!(
        one.client.pricelists().create(make()).into_future(),
        other.client.pricelists().create(make()).into_future(),
    );
    settle(
        (one, a),
        (other, b),
        "price_lists",
        |made| made.id,
        json!({ "name": name }),
    );
}

async fn category(one: &mut Worker, other: &mut Worker, name: &str) {
    let make = || [CategoryCreate::new(name).tree_id(1)];
    let (a, b) = join!(
        one.client.categories().create(make()).into_future(),
        other.client.categories().create(make()).into_future(),
    );
    settle(
        (one, a),
        (other, b),
        "categories",
        |made| made[0].category_id,
        json!({ "name": name }),
    );
}

/// Both give a brand of their own the same name.
async fn rename(one: &mut Worker, other: &mut Worker, name: &str) {
    let (Some(mine), Some(theirs)) = (first(one, "brands"), first(other, "brands")) else {
        return;
    };
    let change = || BrandUpdate::new().name(name);
    let (a, b) = join!(
        one.client
            .brands()
            .update(id(&mine), change())
            .into_future(),
        other
            .client
            .brands()
            .update(id(&theirs), change())
            .into_future(),
    );
    assert_eq!(
        i32::from(a.is_ok()) + i32::from(b.is_ok()),
        1,
        "{a:?} {b:?}"
    );
    for (worker, key, result) in [(one, mine, a), (other, theirs, b)] {
        match result {
            Ok(_) => worker.ledger.set("brands", key, json!({ "name": name })),
            Err(error) => assert!(error.is_conflict(), "{error:?}"),
        }
    }
}

/// Both delete the same brand: one finds it, the other finds nothing.
async fn same_brand_twice(one: &mut Worker, other: &mut Worker) {
    let Some(key) = first(one, "brands") else {
        return;
    };
    let (a, b) = join!(
        one.client.brands().delete(id(&key)).into_future(),
        other.client.brands().delete(id(&key)).into_future(),
    );
    assert_eq!(
        i32::from(a.is_ok()) + i32::from(b.is_ok()),
        1,
        "{a:?} {b:?}"
    );
    assert!(
        [a, b]
            .into_iter()
            .filter_map(Result::err)
            .all(|error| error.is_not_found())
    );
    one.ledger.deleted("brands", key);
}

/// Both add more of a product to one cart: all of it is there.
async fn one_cart(one: &mut Worker, other: &mut Worker, name: &str) {
    let product = product(one, name).await;
    let line = |quantity| [CartItemInput::new().product_id(product).quantity(quantity)];
    let cart = CartCreate::new().line_items(line(1));
    let cart = one.client.carts().create(cart).await.unwrap();
    let add = |quantity| CartItemsCreate::new().line_items(line(quantity));
    let (a, b) = join!(
        one.client.carts().add_items(&cart.id, add(2)).into_future(),
        other
            .client
            .carts()
            .add_items(&cart.id, add(4))
            .into_future(),
    );
    assert!(a.is_ok() && b.is_ok(), "{a:?} {b:?}");
    one.ledger.made("carts", cart.id, json!({ "quantity": 7 }));
}

/// Both change different fields of one product: neither change is lost.
async fn one_product(one: &mut Worker, other: &mut Worker, name: &str) {
    let product = product(one, name).await;
    let (a, b) = join!(
        one.client
            .products()
            .update(product, ProductUpdate::new().price(77))
            .into_future(),
        other
            .client
            .products()
            .update(product, ProductUpdate::new().page_title(name))
            .into_future(),
    );
    assert!(a.unwrap().is_complete() && b.unwrap().is_complete());
    one.ledger.set(
        "products",
        product,
        json!({ "price": 77, "page_title": name }),
    );
}

/// A new product for a race.
pub async fn product(worker: &mut Worker, name: &str) -> i64 {
    let product = ProductCreate::new()
        .name(name)
        .kind(ProductType::Digital)
        .weight(1)
        .price(5);
    let product = worker.client.products().create(product).await.unwrap();
    let fields = json!({ "name": name, "base_variant_id": product.base_variant_id });
    worker.ledger.made("products", product.id, fields);
    product.id
}

fn first(worker: &Worker, kind: Kind) -> Option<String> {
    worker.ledger.keys(kind).into_iter().next()
}
