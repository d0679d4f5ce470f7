//! A cart on its way to becoming an order, and the pickups of an order, for a store that has something
//! of everything.

use bigcommerce_client::{
    Client, DateTime,
    checkout_consignments::CheckoutConsignmentInclude,
    checkout_coupons::CheckoutCouponInput,
    checkout_fees::CheckoutFeesCreate,
    checkouts::{
        CheckoutAddressInput, CheckoutConsignmentCreate, CheckoutConsignmentItemInput,
        CheckoutConsignmentUpdate, CheckoutFeeCreate, CheckoutFeeType,
    },
    coupons::{CouponAppliesToInput, CouponCreate, CouponEntity, CouponType},
    pickup_methods::PickupMethodCreate,
    pickups::{PickupCreate, PickupItemCreate},
};
use bigcommerce_tests::rows::Row;
use serde_json::{Map, Value, json};

use crate::conformance::way::Way;

const CODE: &str = "SHIPOFF";

/// Completes this cart so that it can become an order.
pub async fn till(client: &Client, cart: &str, line: &str) -> Map<String, Value> {
    let address = || {
        let address = CheckoutAddressInput::new().email("ida@example.com");
        let address = address.country_code("US").first_name("Ida");
        let address = address.last_name("Ashdown").city("Austin");
        address.address1("1 Mill Lane")
    };
    let checkouts = client.checkouts();
    let billing = checkouts.billing_address(cart).create(address());
    let billing = billing.await.unwrap().billing_address.unwrap();
    let item = CheckoutConsignmentItemInput::new(line, 9);
    let part = CheckoutConsignmentCreate::new([item]).address(address());
    let consignments = checkouts.consignments(cart);
    let part = consignments.create([part]);
    let part = part.include([CheckoutConsignmentInclude::ConsignmentsAvailableShippingOptions]);
    let part = part.await.unwrap().consignments[0].clone();
    let (id, option) = (part.id.unwrap(), &part.available_shipping_options[0]);
    let option = option.id.clone().unwrap();
    let choice = CheckoutConsignmentUpdate::new().shipping_option_id(&option);
    consignments.update(&id, choice).await.unwrap();
    let fee = CheckoutFeeCreate::new()
        .kind(CheckoutFeeType::CustomFee)
        .name("packing")
        .display_name("Packing")
        .cost(3)
        .source("packer");
    let fees = checkouts.fees(cart).create(CheckoutFeesCreate::new([fee]));
    let fee = fees.await.unwrap().fees[0].id.clone().unwrap();
    let coupon = CouponCreate::new()
        .name("Off shipping")
        .code(CODE)
        .kind(CouponType::ShippingDiscount)
        .amount(2)
        .applies_to(CouponAppliesToInput::new(CouponEntity::Categories, [0]));
    client.coupons().create(coupon).await.unwrap();
    let code = CheckoutCouponInput::new(CODE);
    checkouts.coupons(cart).apply(code).await.unwrap();
    let links = client.carts().create_redirect_urls(cart).await.unwrap();
    let link = links.cart_url.unwrap();
    let known = json!({
        "itemId": line, "addressId": billing.id, "consignmentId": id, "shipping_option_id": option,
        "fee_id": fee, "couponCode": CODE, "coupon_code": CODE, "channelId": 1,
        "token": link.split_once("token=").unwrap().1,
    });
    match known {
        Value::Object(known) => known,
        _ => unreachable!(),
    }
}

/// Makes a line of an order ready for pickup.
pub async fn pickup(client: &Client, location: i64, (order, line): (i64, i64)) -> Value {
    let method = PickupMethodCreate::new().location_id(location);
    let methods = client.pickup_methods().create([method]).await.unwrap();
    let pickup = PickupCreate::new()
        .pickup_method_id(methods[0].id)
        .order_id(order)
        .ready_at(DateTime::from_wire("2026-01-05T10:00:00Z"))
        .pickup_items([PickupItemCreate::new().order_product_id(line).quantity(1)]);
    let pickups = client.pickups().create([pickup]).await.unwrap();
    json!({ "pickup_method_id": methods[0].id, "pickup_id": pickups[0].id })
}

/// Which of them `id` means in the calls of a group.
pub fn own(group: &str) -> Option<&'static str> {
    Some(match group {
        "checkouts" => "itemId",
        "checkout_fees" => "fee_id",
        "pickups" => "pickup_id",
        "pickup_methods" => "pickup_method_id",
        _ => return None,
    })
}

/// Makes room for what a call adds, and returns the version of the cart.
pub async fn clear(client: &Client, way: &Way, row: &Row, known: &mut Map<String, Value>) {
    let group = row.id.split('.').next().unwrap();
    let of_cart = group == "carts" || group.starts_with("checkout");
    if row.method == "GET" || !of_cart {
        return;
    }
    way.fit(|_| {});
    let (cart, checkouts) = (known["cartId"].as_str().unwrap(), client.checkouts());
    let own = |name: &str| known[name].as_str().unwrap();
    // An error leaves it unchanged, which is what those calls are about.
    match row.id.as_str() {
        "checkout_consignments.create" => {
            let consignments = checkouts.consignments(cart);
            drop(consignments.delete(own("consignmentId")).await);
        }
        "checkout_coupons.apply" => {
            drop(checkouts.coupons(cart).remove(own("couponCode")).await);
        }
        _ => {}
    }
    let version = checkouts.get(cart).await.ok().and_then(|it| it.version);
    way.take();
    known.extend(version.map(|version| ("version".to_owned(), version.into())));
    known.insert("item_id".to_owned(), known["itemId"].clone());
    known.insert("ids".to_owned(), json!([known["fee_id"]]));
}
