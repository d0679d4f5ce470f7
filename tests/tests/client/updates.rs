//! Updates that are built from two states of a record: what they contain, and what is an error instead.

use bigcommerce_client::{
    ChangeError, DateTime, Decode, Encode, List,
    blog_posts::{BlogPost, BlogPostUpdate},
    channel_listings::{ChannelListing, ChannelListingUpdate},
    coupons::{Coupon, CouponUpdate},
    customer_addresses::CustomerAddressEntryUpdate,
    customer_settings::{ChannelCustomerSettings, ChannelCustomerSettingsUpdate},
    customers::{Customer, CustomerUpdate},
    gift_certificates::{GiftCertificate, GiftCertificateUpdate},
    json, number,
    order_shipping_addresses::ShippingAddressUpdate,
    orders::{Order, OrderUpdate},
    product_tax_properties::{ProductTaxProperty, ProductTaxPropertyUpdate},
    products::{Product, ProductAvailability, ProductUpdate},
    settings_storefront::{StorefrontSecuritySettings, StorefrontSecuritySettingsUpdate},
    shared::MetafieldBatchUpdate,
    variants::VariantBatchUpdate,
    webhooks::{Webhook, WebhookUpdate},
    wishlists::{Wishlist, WishlistUpdate},
};

const PRODUCT: &str = r#"{
    "id": 158, "name": "Cedar tray", "type": "physical", "description": "<p>Oiled</p>", "price": 24.9500,
    "sale_price": 0, "date_last_imported": "", "preorder_release_date": "2024-01-31T10:00:00+00:00",
    "calculated_price": 24.95, "categories": [23, 24], "availability": "on_request_only",
    "custom_url": {"url": "/cedar-tray/", "is_customized": false},
    "custom_fields": [{"id": 1, "name": "Wood", "value": "Cedar"}, {"id": 2, "name": "Size", "value": "L"}],
    "images": [
        {"id": 7, "product_id": 158, "is_thumbnail": true, "sort_order": 0, "description": "",
         "image_file": "t/a.jpg", "url_zoom": "https://cdn.example.com/a.jpg", "date_modified": ""},
        {"id": 8, "product_id": 158, "is_thumbnail": false, "sort_order": 1, "description": "Side",
         "image_file": "t/b.jpg", "url_zoom": "https://cdn.example.com/b.jpg"}
    ],
    "variants": [{"id": 70, "product_id": 158, "sku": "TRAY"}], "view_count": 3, "new_field": {"a": 1}
}"#;

fn product() -> Product {
    json::from_str(PRODUCT).unwrap()
}

/// What is sent for a product that was changed in this way.
fn sent(change: impl FnOnce(&mut Product)) -> String {
    let before = product();
    let mut after = before.clone();
    change(&mut after);
    text(ProductUpdate::between(&before, &after).unwrap())
}

fn text(update: Option<impl Encode>) -> String {
    json::to_string(&update.expect("something differs"))
}

/// The field that prevents a changed product from being sent.
fn refused(change: impl FnOnce(&mut Product)) -> String {
    let before = product();
    let mut after = before.clone();
    change(&mut after);
    let error = ProductUpdate::between(&before, &after).unwrap_err();
    error.field().to_owned()
}

#[test]
fn an_update_holds_what_differs_and_nothing_else() {
    assert_eq!(ProductUpdate::between(&product(), &product()), Ok(None));
    let renamed = sent(|it| it.name = Some("Cedar board".to_owned()));
    assert_eq!(renamed, r#"{"name":"Cedar board"}"#);
    let several = sent(|it| {
        it.price = Some(number!(19.90));
        it.is_visible = Some(false);
        it.categories.push(25);
        it.availability = Some(ProductAvailability::from("soon"));
    });
    assert_eq!(
        several,
        r#"{"price":19.90,"categories":[23,24,25],"is_visible":false,"availability":"soon"}"#
    );
}

#[test]
fn a_number_that_is_only_spelled_differently_is_no_change() {
    let mut before = product();
    before.sku = Some("1.0".to_owned());
    let mut after = before.clone();
    after.price = Some(number!(24.95));
    assert_eq!(ProductUpdate::between(&before, &after), Ok(None));
    after.price = Some(number!(24.96));
    // A text is another one, although it looks like the same number.
    after.sku = Some("1.00".to_owned());
    let update = text(ProductUpdate::between(&before, &after).unwrap());
    assert_eq!(update, r#"{"sku":"1.00","price":24.96}"#);
}

#[test]
fn null_clears_only_what_the_api_takes_null_for() {
    let cleared = sent(|it| it.preorder_release_date = None);
    assert_eq!(cleared, r#"{"preorder_release_date":null}"#);
    assert_eq!(refused(|it| it.description = None), "description");
    assert_eq!(refused(|it| it.categories = List::default()), "categories");
    assert_eq!(
        sent(|it| it.categories = List::from(vec![])),
        r#"{"categories":[]}"#
    );
}

#[test]
fn a_list_of_records_goes_out_whole_without_what_only_the_api_writes() {
    let values = sent(|it| it.custom_fields[1].value = Some("XL".to_owned()));
    let fields = r#"[{"id":1,"name":"Wood","value":"Cedar"},{"id":2,"name":"Size","value":"XL"}]"#;
    assert_eq!(values, format!(r#"{{"custom_fields":{fields}}}"#));
    let described = sent(|it| it.images[0].description = Some("Front".to_owned()));
    let images = concat!(
        r#"[{"id":7,"product_id":158,"is_thumbnail":true,"sort_order":0,"description":"Front"},"#,
        r#"{"id":8,"product_id":158,"is_thumbnail":false,"sort_order":1,"description":"Side"}]"#
    );
    assert_eq!(described, format!(r#"{{"images":{images}}}"#));
    let moved = sent(|it| it.custom_url.as_mut().unwrap().url = Some("/tray/".to_owned()));
    assert_eq!(
        moved,
        r#"{"custom_url":{"url":"/tray/","is_customized":false}}"#
    );
}

#[test]
fn a_change_that_no_update_takes_is_an_error_that_names_the_field() {
    assert_eq!(
        refused(|it| it.calculated_price = Some(number!(1))),
        "calculated_price"
    );
    assert_eq!(refused(|it| it.variants = List::default()), "variants");
    assert_eq!(refused(|it| it.id = 159), "id");
    assert_eq!(
        refused(|it| it.images[1].image_file = Some("t/c.jpg".to_owned())),
        "images[1].image_file"
    );
    let exchanged = |it: &mut Product| {
        it.images[0].image_file = Some("t/b.jpg".to_owned());
        it.images[1].image_file = Some("t/a.jpg".to_owned());
    };
    assert_eq!(refused(exchanged), "images[0].image_file");
    assert_eq!(
        refused(|it| it.custom_url.as_mut().unwrap().is_customized = None),
        "custom_url.is_customized"
    );
}

#[test]
fn a_value_that_was_damaged_when_it_came_is_never_written_back_as_another() {
    let body = r#"{"id":158,"sort_order":3.2,"custom_fields":[{"id":1,"name":"Wood","value":[1]},{"id":2,"name":"Size"}]}"#;
    let before: Product = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.name = Some("Tray".to_owned());
    let update = ProductUpdate::between(&before, &after).unwrap();
    assert_eq!(text(update), r#"{"name":"Tray"}"#);
    after.custom_fields[1].value = Some("L".to_owned());
    let error = ProductUpdate::between(&before, &after).unwrap_err();
    assert_eq!(error.field(), "custom_fields[0].value");
}

#[test]
fn a_customer_goes_out_with_the_id_that_an_update_requires() {
    let body = r#"{"id":118,"email":"ada@example.com","company":"","notes":"x","channel_ids":[1],
        "address_count":1,"date_modified":"2024-01-31T10:00:00Z","customer_group_id":0}"#;
    let before: Customer = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.company = Some("Acme".to_owned());
    let update = CustomerUpdate::between(&before, &after).unwrap();
    assert_eq!(text(update), r#"{"id":118,"company":"Acme"}"#);
    after.channel_ids = List::default();
    let update = CustomerUpdate::between(&before, &after).unwrap();
    assert_eq!(
        text(update),
        r#"{"id":118,"company":"Acme","channel_ids":null}"#
    );
    after.date_modified = None;
    let error = CustomerUpdate::between(&before, &after).unwrap_err();
    assert_eq!(error.field(), "date_modified");

    let nameless: Customer = json::from_str(r#"{"email":"ada@example.com"}"#).unwrap();
    let mut after = nameless.clone();
    after.company = Some("Acme".to_owned());
    assert_eq!(
        CustomerUpdate::between(&nameless, &after)
            .unwrap_err()
            .field(),
        "id"
    );
}

#[test]
fn an_order_goes_out_with_its_numbers_and_moments_as_v2_takes_them() {
    let body = r#"{"id":118,"status_id":11,"status":"Awaiting Fulfillment","subtotal_ex_tax":"10.0000",
        "date_created":"Tue, 05 Mar 2019 21:40:11 +0000","staff_notes":"","external_source":"POS",
        "billing_address":{"first_name":"Ada","zip":"10115","email":"ada@example.com","form_fields":[]},
        "products":{"url":"https://api.bigcommerce.com/stores/abc123/v2/orders/118/products","resource":"/orders/118/products"}}"#;
    let before: Order = json::from_str(body).unwrap();
    let sent = |change: &dyn Fn(&mut Order)| {
        let mut after = before.clone();
        change(&mut after);
        OrderUpdate::between(&before, &after).map(text)
    };
    let refused = |change: &dyn Fn(&mut Order)| sent(change).unwrap_err().field().to_owned();

    assert_eq!(
        sent(&|it| it.status_id = Some(2)).unwrap(),
        r#"{"status_id":2}"#
    );
    let dear = sent(&|it| it.subtotal_ex_tax = Some(number!(12.50))).unwrap();
    assert_eq!(dear, r#"{"subtotal_ex_tax":"12.50"}"#);
    let mut same = before.clone();
    same.subtotal_ex_tax = Some(number!(10.00));
    same.date_created = Some(DateTime::from("2019-03-05T21:40:11Z"));
    assert_eq!(OrderUpdate::between(&before, &same), Ok(None));
    let dated = sent(&|it| it.date_created = Some(DateTime::from("2024-01-31T10:00:00Z"))).unwrap();
    assert_eq!(
        dated,
        r#"{"date_created":"Wed, 31 Jan 2024 10:00:00 +0000"}"#
    );
    let cleared = sent(&|it| it.external_source = None).unwrap();
    assert_eq!(cleared, r#"{"external_source":null}"#);
    let moved =
        |it: &mut Order| it.billing_address.as_mut().unwrap().zip = Some("10117".to_owned());
    assert_eq!(
        sent(&moved).unwrap(),
        r#"{"billing_address":{"first_name":"Ada","zip":"10117","email":"ada@example.com","form_fields":[]}}"#
    );
    assert_eq!(
        refused(&|it| it.status = Some("Shipped".to_owned())),
        "status"
    );
    let nameless = |it: &mut Order| it.billing_address.as_mut().unwrap().first_name = None;
    assert_eq!(refused(&nameless), "billing_address.first_name");
}

#[test]
fn what_an_update_requires_is_spelled_as_the_api_takes_it() {
    let body = r#"{"id":1,"name":"Spring","code":"SPRING","type":"per_item_discount","amount":"5.0000",
        "applies_to":{"entity":"categories","ids":[0]},"num_uses":3}"#;
    let before: Coupon = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.amount = Some(number!(7.50));
    let update = text(CouponUpdate::between(&before, &after).unwrap());
    assert!(update.contains(r#""amount":"7.50""#), "{update}");
    assert!(
        update.contains(r#""applies_to":{"entity":"categories","ids":[0]}"#),
        "{update}"
    );
    assert!(!update.contains("num_uses"), "{update}");
}

#[test]
fn a_certificate_goes_out_with_what_is_left_of_it_and_its_code() {
    let body = r#"{"id":1,"code":"EXAMPLE","amount":"50.0000","balance":"12.5000","to_name":"Ada","to_email":"ada@example.com",
        "from_name":"Ida","from_email":"ida@example.com"}"#;
    let before: GiftCertificate = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.to_name = Some("Eve".to_owned());
    let update = text(GiftCertificateUpdate::between(&before, &after).unwrap());
    assert!(update.contains(r#""balance":"12.5000""#), "{update}");
    assert!(update.contains(r#""code":"EXAMPLE""#), "{update}");
}

/// What is sent for a record that was changed in this way.
fn changed<T: Decode + Clone, U: Encode>(
    body: &str,
    between: fn(&T, &T) -> Result<Option<U>, ChangeError>,
    change: impl FnOnce(&mut T),
) -> Result<String, ChangeError> {
    let before: T = json::from_str(body).unwrap();
    let mut after = before.clone();
    change(&mut after);
    between(&before, &after).map(text)
}

#[test]
fn an_update_with_a_schema_of_its_own_is_built_from_the_records_that_it_changes() {
    let variant = r#"{"id":70,"product_id":158,"sku":"TRAY","price":24.95}"#;
    let between = VariantBatchUpdate::between;
    let priced = changed(variant, between, |it| it.price = Some(number!(19.90)));
    assert_eq!(priced.unwrap(), r#"{"id":70,"price":19.90}"#);
    let other = changed(variant, between, |it| it.sku = Some("TRAY-2".to_owned()));
    assert_eq!(other.unwrap_err().field(), "sku");

    let body = r#"{"id":5,"customer_id":118,"city":"Austin","country":"United States","country_code":"US"}"#;
    let moved = changed(body, CustomerAddressEntryUpdate::between, |it| {
        it.city = Some("Dallas".to_owned());
    });
    assert_eq!(moved.unwrap(), r#"{"id":5,"city":"Dallas"}"#);

    let body = r#"{"id":9,"order_id":118,"first_name":"Ada","phone":"","cost_ex_tax":"5.0000"}"#;
    let completed = changed(body, ShippingAddressUpdate::between, |it| {
        it.phone = Some("555-0100".to_owned());
    });
    assert_eq!(completed.unwrap(), r#"{"phone":"555-0100"}"#);

    let body = r#"{"id":3,"namespace":"erp","key":"number","value":"SO-1","resource_id":118}"#;
    let kept = changed(body, MetafieldBatchUpdate::between, |it| {
        it.value = Some("SO-2".to_owned());
    });
    assert_eq!(kept.unwrap(), r#"{"id":3,"value":"SO-2"}"#);
}

#[test]
fn a_header_of_a_webhook_may_go() {
    let body = r#"{"id":7,"scope":"store/order/*","headers":{"x-key":"a","x-old":"b"}}"#;
    let before: Webhook = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.headers.as_mut().unwrap().remove("x-old");
    let update = text(WebhookUpdate::between(&before, &after).unwrap());
    assert_eq!(update, r#"{"headers":{"x-key":"a"}}"#);
}

#[test]
fn a_call_that_takes_no_partial_update_is_sent_all_of_the_record() {
    let body = r#"{"csp_header":{"enabled":true,"header_value":"default-src https:"},
        "hsts":{"enabled":true,"include_preload":null,"include_subdomains":false,"max_age":"one_year"},
        "sitewide_https_enabled":true,"x_frame_options_header":null}"#;
    let before: StorefrontSecuritySettings = json::from_str(body).unwrap();
    let same = StorefrontSecuritySettingsUpdate::between(&before, &before);
    assert_eq!(same, Ok(None));
    let mut after = before.clone();
    after.csp_header.as_mut().unwrap().header_value = None;
    let update = StorefrontSecuritySettingsUpdate::between(&before, &after).unwrap();
    assert_eq!(
        text(update),
        concat!(
            r#"{"csp_header":{"enabled":true,"header_value":null},"#,
            r#""hsts":{"enabled":true,"include_preload":null,"include_subdomains":false,"max_age":"one_year"},"#,
            r#""sitewide_https_enabled":true,"x_frame_options_header":null}"#
        )
    );
}

#[test]
fn a_post_that_shoppers_see_stays_published() {
    let body =
        r#"{"id":3,"title":"Soap","body":"<p>Oil.</p>","is_published":true,"tags":["workshop"]}"#;
    let before: BlogPost = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.title = Some("Soap again".to_owned());
    let update = text(BlogPostUpdate::between(&before, &after).unwrap());
    assert!(update.contains(r#""is_published":true"#), "{update}");
}

#[test]
fn null_clears_a_field_of_an_object() {
    let body = r#"{"privacy_settings":{"ask_shopper_for_tracking_consent":true,"policy_url":"https://example.com"}}"#;
    let before: ChannelCustomerSettings = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.privacy_settings.as_mut().unwrap().policy_url = None;
    let update = ChannelCustomerSettingsUpdate::between(&before, &after).unwrap();
    assert_eq!(
        text(update),
        r#"{"privacy_settings":{"ask_shopper_for_tracking_consent":true,"policy_url":null}}"#
    );
}

#[test]
fn what_was_taken_out_of_a_list_that_may_keep_it_is_an_error() {
    let fewer = |it: &mut Product| it.custom_fields = List::from(vec![it.custom_fields[0].clone()]);
    assert_eq!(refused(fewer), "custom_fields");
    assert_eq!(
        refused(|it| it.images = List::from(vec![])),
        "images",
        "images are removed by a call of their own"
    );
    let moved = sent(|it| it.categories = List::from(vec![24]));
    assert_eq!(moved, r#"{"categories":[24]}"#);

    let body = r#"{"id":7,"customer_id":11,"name":"Later","items":[{"id":1,"product_id":77},{"id":2,"product_id":80}]}"#;
    let before: Wishlist = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.items = List::from(vec![after.items[0].clone()]);
    let error = WishlistUpdate::between(&before, &after).unwrap_err();
    assert_eq!(error.field(), "items");

    let body = r#"{"listing_id":5,"channel_id":2,"product_id":77,"state":"active",
        "variants":[{"variant_id":70,"product_id":77,"state":"active"}]}"#;
    let before: ChannelListing = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.variants = List::from(vec![]);
    let error = ChannelListingUpdate::between(&before, &after).unwrap_err();
    assert_eq!(error.field(), "variants");

    let body = r#"{"product_id":77,"tax_properties":{"sugar-grams":"10","volume-ml":"330"}}"#;
    let before: ProductTaxProperty = json::from_str(body).unwrap();
    let mut after = before.clone();
    after.tax_properties.remove("volume-ml");
    let error = ProductTaxPropertyUpdate::between(&before, &after).unwrap_err();
    assert_eq!(
        error.to_string(),
        "items were removed from `tax_properties`, but an update may keep items it omits"
    );
}
