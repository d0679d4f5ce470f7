//! Creates what a new store does not have, through calls, and collects the ids of everything that calls
//! can name.

use bigcommerce_client::{
    Client, DateTime,
    carts::{CartCreate, CartItemInput},
    categories::CategoryCreate,
    channels::{ChannelCreate, ChannelPlatform, ChannelType},
    inventory::{AbsoluteAdjustmentItemUpdate, AbsoluteAdjustmentUpdate},
    locations::{GeoCoordinatesInput, LocationAddressCreate, LocationCreate, LocationType},
    order_statuses::OrderStatus,
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate, OrderShippingAddressCreate},
    product_complex_rules::{ComplexRuleConditionInput, ComplexRuleCreate},
    product_modifier_values::ModifierValueCreate,
    product_modifiers::{ModifierCreate, ModifierType},
    products::{
        BulkPricingRuleInput, BulkPricingRuleType, CustomFieldInput, ProductCreate,
        ProductImageCreate, ProductReviewCreate, ProductType, ProductVideoCreate,
    },
    promotion_codes::CouponCodeCreate,
    promotions::{
        CartValueActionInput, CartValueDiscountInput, PercentageDiscountInput, PromotionCouponType,
        PromotionCreate, PromotionRedemptionType, PromotionRuleInput,
    },
    refunds::{RefundCreate, RefundItemCreate, RefundItemItemType, RefundPaymentCreate},
    shipments::{ShipmentCreate, ShipmentItemCreate},
    sites::SiteCreate,
    variants::{VariantCreate, VariantOptionValueInput},
    webhooks::WebhookCreate,
};
use serde_json::{Map, Value, json};

use crate::conformance::{front, people, till};

/// Creates what a new store does not have, and finds what it has.
pub async fn furnish(client: &Client) -> Map<String, Value> {
    let products = client.products().list().await.unwrap();
    let product = &products.items[0];
    let variants = client.products().variants(product.id).list().await.unwrap();
    let brands = client.brands().list().await.unwrap();
    let categories = client.categories().list();
    let categories = categories.category_id_in([product.categories[0]]);
    let categories = categories.await.unwrap();
    let trees = client.categories().trees().await.unwrap();
    let empty = CategoryCreate::new("Empty").tree_id(trees[0].id);
    let empty = client.categories().create([empty]).await.unwrap();
    let customers = client.customers().list().await.unwrap();
    let price_lists = client.pricelists().list().await.unwrap();

    let variant = |size: &str, colour: &str| {
        let value = |option: &str, label: &str| {
            let value = VariantOptionValueInput::new().option_display_name(option);
            value.label(label)
        };
        let values = [value("Size", size), value("Colour", colour)];
        VariantCreate::new(format!("{size}-{colour}"), values)
    };
    let optioned = ProductCreate::new()
        .name("Of two options")
        .kind(ProductType::Physical)
        .weight(1)
        .price(5);
    let optioned = optioned.variants([variant("S", "red"), variant("M", "blue")]);
    let optioned = client.products().create(optioned).await.unwrap();
    let made = client
        .products()
        .variants(optioned.id)
        .list()
        .await
        .unwrap();
    // A small one in blue is not among them.
    let values: Vec<Value> = [
        &made.items[0].option_values[0],
        &made.items[1].option_values[1],
    ]
    .into_iter()
    .map(|value| json!({ "option_id": value.option_id, "id": value.id }))
    .collect();

    let parts = parts(client, product.id).await;

    let line = CartItemInput::new().product_id(product.id).quantity(9);
    let cart = client
        .carts()
        .create(CartCreate::new().line_items([line]))
        .await
        .unwrap();
    let hook = WebhookCreate::new()
        .scope("store/order/*")
        .destination("https://example.com/before");
    let hook = client.webhooks().create(hook).await.unwrap();

    let order = |status: i64| {
        let line = OrderLineCreate::new().name("Mug").quantity(3);
        let line = line.price_ex_tax(10).price_inc_tax(10);
        let address = OrderShippingAddressCreate::new().first_name("Ada");
        let order = OrderCreate::new(OrderBillingAddressCreate::new("78701"));
        order
            .status_id(status)
            .products([line])
            .shipping_addresses([address])
    };
    let sold = client
        .orders()
        .create(order(OrderStatus::AWAITING_FULFILLMENT))
        .await
        .unwrap()
        .id;
    let reserved = order(OrderStatus::AWAITING_PAYMENT).payment_method("Credit Card");
    let reserved = client.orders().create(reserved).await.unwrap().id;
    let orders = client.orders();
    let lines = orders.products(sold).list().await.unwrap();
    let addresses = orders.shipping_addresses(sold).list().await.unwrap();
    let item = ShipmentItemCreate::new()
        .order_product_id(lines.items[0].id)
        .quantity(1);
    let shipment = ShipmentCreate::new(addresses.items[0].id, [item]);
    let shipment = orders.shipments(sold).create(shipment).await.unwrap();
    let quoted = RefundItemCreate::new(RefundItemItemType::Product, lines.items[0].id).quantity(1);
    let payment = RefundPaymentCreate::new().provider_id("custom").amount(10);
    let refund = RefundCreate::new().items([quoted]).payments([payment]);
    let refund = orders.refunds(sold).create(refund).await.unwrap();

    let address = LocationAddressCreate::new()
        .address1("2 Quay")
        .city("Boston")
        .state("Massachusetts")
        .zip("02108")
        .email("east@example.com")
        .geo_coordinates(GeoCoordinatesInput::new().latitude(42).longitude(-71))
        .country_code("US");
    let location = LocationCreate::new()
        .label("East")
        .managed_by_external_source(false)
        .type_id(LocationType::Physical)
        .time_zone("Etc/UTC")
        .address(address);
    let location = location.code("EAST");
    client.locations().create([location]).await.unwrap();
    let east = client.locations().list().location_code_in(["EAST"]);
    let east = east.await.unwrap().items[0].id.unwrap();
    let stocked = AbsoluteAdjustmentItemUpdate::new()
        .location_id(east)
        .quantity(9)
        .product_id(product.id);
    let adjustment = AbsoluteAdjustmentUpdate::new([stocked]);
    client
        .inventory()
        .adjust_absolute(adjustment)
        .await
        .unwrap();

    let first = cart.line_items.unwrap().physical_items[0].id.clone();
    let picked = till::pickup(client, east, (sold, lines.items[0].id)).await;

    let market = ChannelCreate::new()
        .name("Market")
        .kind(ChannelType::Marketplace)
        .platform(ChannelPlatform::Custom);
    let market = client.channels().create(market).await.unwrap();

    // A site that can be deleted, unlike that of the store's own channel.
    let kiosk = ChannelCreate::new()
        .name("Kiosk")
        .kind(ChannelType::Marketplace)
        .platform(ChannelPlatform::Custom);
    let kiosk = client.channels().create(kiosk).await.unwrap();
    let site = SiteCreate::new("https://kiosk.example.com", kiosk.id);
    let site = client.sites().create(site).await.unwrap();

    let promotions = promotions(client).await;
    let known = json!({
        "other_channel_id": market.id,
        "site_id": 1000,
        "kiosk_id": kiosk.id,
        "kiosk_site_id": site.id,
        "location_id": east,
        "known_sku": variants.items[0].sku,
        "product_id": product.id,
        "optioned_id": optioned.id,
        "variant_id": variants.items[0].id,
        "option_values": values,
        "brand_id": brands.items[0].id,
        "category_id": categories.items[0].category_id,
        "categories": categories.items[0].category_id,
        "empty_category_id": empty[0].category_id,
        "category_uuid": categories.items[0].category_uuid,
        // The root of the tree.
        "parent_id": 0,
        "tree_id": trees[0].id,
        "customer_id": customers.items[0].id,
        "price_list_id": price_lists.items[0].id,
        "order_id": sold,
        "reserved_id": reserved,
        "order_product_id": lines.items[0].id,
        "order_address_id": addresses.items[0].id,
        "shipping_address_id": addresses.items[0].id,
        "shipping_consignment_id": addresses.items[0].id,
        "shipment_id": shipment.id,
        "refund_id": refund.id,
        "status_id": 11,
        "cartId": cart.id,
        "checkoutId": cart.id,
        "checkout_id": cart.id,
        "webhook_id": hook.id,
        "channel_id": 1,
        "currency": "usd",
        "scope": "store/order/created",
    });
    let mut all = people::people(client, customers.items[0].id, product.id).await;
    for made in [known, parts, promotions] {
        all.extend(made.as_object().unwrap().clone());
    }
    all.extend(till::till(client, &cart.id, &first).await);
    all.extend(picked.as_object().unwrap().clone());
    all.extend(front::front(client).await);
    all
}

/// Creates a promotion for coupons without codes, and one with codes.
async fn promotions(client: &Client) -> Value {
    let promotions = client.promotions();
    let promotion = |name: &str| {
        let percent = CartValueDiscountInput::new(PercentageDiscountInput::new(10));
        PromotionCreate::new()
            .redemption_type(PromotionRedemptionType::Coupon)
            .name(name)
            .rules([PromotionRuleInput::new(CartValueActionInput::new(percent))])
            .coupon_type(PromotionCouponType::Bulk)
    };
    let bulk = promotions.create(promotion("Letters")).await.unwrap();
    let coded = promotions.create(promotion("Coded")).await.unwrap();
    let code = promotions
        .codes(coded.id)
        .create(CouponCodeCreate::new("CODED"));
    json!({ "promotion_id": bulk.id, "coded_id": coded.id, "code_id": code.await.unwrap().id })
}

/// Creates one of each part of a product that has its own calls.
async fn parts(client: &Client, product: i64) -> Value {
    let products = client.products();
    let image = ProductImageCreate::new("https://example.com/front.png");
    let image = products.images(product).create(image).await.unwrap();
    let video = ProductVideoCreate::new("aqz-KE-bpKQ");
    let video = products.videos(product).create(video).await.unwrap();
    let field = CustomFieldInput::new().name("Fits").value("Most");
    let field = products.custom_fields(product).create(field).await.unwrap();
    // Beyond the quantities of the samples.
    let rule = BulkPricingRuleInput::new()
        .quantity_min(500_000)
        .quantity_max(600_000)
        .kind(BulkPricingRuleType::Price)
        .amount(1);
    let rule = products.bulk_pricing_rules(product).create(rule);
    let rule = rule.await.unwrap();
    let wrap = modifier(client, product, "Wrap", &["Paper", "Foil"]).await;
    let card = modifier(client, product, "Card", &["Plain"]).await;
    let both = [&wrap, &card].map(|(id, values)| {
        let condition = ComplexRuleConditionInput::new().modifier_id(*id);
        condition.modifier_value_id(values[0])
    });
    let both = ComplexRuleCreate::new(both);
    let complex = products.complex_rules(product).create(both).await.unwrap();
    let others = json!([
        { "modifier_id": wrap.0, "modifier_value_id": wrap.1[1] },
        { "modifier_id": card.0, "modifier_value_id": card.1[0] },
    ]);
    let review = ProductReviewCreate::new()
        .title("Good")
        .date_reviewed(DateTime::from_wire("2026-01-05T10:00:00Z"));
    let review = products.reviews(product).create(review).await.unwrap();
    json!({
        "image_id": image.id, "product_video_id": video.id, "custom_field_id": field.id,
        "bulk_pricing_rule_id": rule.id, "complex_rule_id": complex.id, "review_id": review.id,
        "other_conditions": others,
    })
}

/// Creates a modifier with these values, and returns its id and theirs.
async fn modifier(client: &Client, product: i64, name: &str, values: &[&str]) -> (i64, Vec<i64>) {
    let values = values.iter().zip(0..);
    let values = values.map(|(label, at)| ModifierValueCreate::new(*label, at));
    let modifier = ModifierCreate::new()
        .display_name(name)
        .kind(ModifierType::Dropdown)
        .required(false)
        .option_values(values);
    let products = client.products();
    let made = products.modifiers(product).create(modifier).await.unwrap();
    let values = made.option_values.iter().map(|value| value.id);
    (made.id, values.collect())
}
