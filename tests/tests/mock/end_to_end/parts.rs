//! Importing a product with all its sub-resources: images, fields, a video, prices, a review and where
//! it is sold.

use std::sync::{Arc, Mutex};

use bigcommerce_client::{
    DateTime, ErrorKind,
    categories::CategoryCreate,
    product_category_assignments::ProductCategoryAssignmentInput,
    product_channel_assignments::ProductChannelAssignmentInput,
    product_reviews::ReviewStatusFilter,
    products::{
        BulkPricingRuleInput, BulkPricingRuleType, CustomFieldInput, ProductCreate,
        ProductImageCreate, ProductImageUpdate, ProductInclude, ProductReviewCreate,
        ProductReviewStatus, ProductReviewUpdate, ProductType, ProductVideoCreate,
    },
    upload::FilePart,
};
use rust_decimal::Decimal;

use crate::end_to_end::{asked, shop};

#[tokio::test]
async fn a_product_comes_in_with_its_parts_and_is_read_back_with_them() {
    let (store, client) = shop(0).await;
    let products = client.products();
    let kettle = ProductCreate::new()
        .name("Kettle")
        .kind(ProductType::Physical)
        .weight(2)
        .price(Decimal::new(49_50, 2));
    let id = products.create(kettle).await.unwrap().id;

    let images = products.images(id);
    let front = ProductImageCreate::new("https://example.com/pictures/front.png?size=full");
    let front = images.create(front.description("Front")).await.unwrap();
    assert_eq!(front.is_thumbnail, Some(true));
    let sent = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&sent);
    let back = FilePart::bytes("back.jpg", vec![7; 200_000])
        .on_progress(move |sent, total| told.lock().unwrap().push((sent, total)));
    let back = images.upload(back).description("Back").is_thumbnail(true);
    let back = back.sort_order(2).await.unwrap();
    assert_eq!(
        sent.lock().unwrap().last().map(|(sent, _)| *sent > 0),
        Some(true)
    );
    assert_eq!((back.product_id, back.sort_order), (Some(id), Some(2)));
    // The client does not send a file of a type that the store rejects.
    let drawing = FilePart::bytes("back.svg", "content");
    let unsent = images.upload(drawing.clone()).await.unwrap_err();
    assert_eq!((unsent.kind(), unsent.status()), (ErrorKind::Request, None));
    let rejected = images.upload(drawing.unchecked()).await.unwrap_err();
    assert_eq!(rejected.status().map(|it| it.as_u16()), Some(422));
    let rendering = back.url_zoom.as_deref().unwrap();
    assert!(rendering.ends_with("/back.1280.1280.jpg"), "{rendering}");
    assert_eq!(asked(&store, "product_images.create"), 1);
    assert_eq!(asked(&store, "product_images.upload"), 2);

    let fields = [
        ("Made in", "Wales"),
        ("Made in", "Kent"),
        ("Holds", "1.5 l"),
    ];
    for (name, value) in fields {
        let field = CustomFieldInput::new().name(name).value(value);
        products.custom_fields(id).create(field).await.unwrap();
    }
    let video = ProductVideoCreate::new("aqz-KE-bpKQ").title("It boils");
    products.videos(id).create(video).await.unwrap();
    let dozen = BulkPricingRuleInput::new()
        .quantity_min(12)
        .quantity_max(0)
        .kind(BulkPricingRuleType::Percent)
        .amount(10);
    products.bulk_pricing_rules(id).create(dozen).await.unwrap();
    let review = ProductReviewCreate::new()
        .title("Boils")
        .date_reviewed(DateTime::from_wire("2026-01-05T10:00:00Z"));
    let review = products.reviews(id).create(review.rating(4)).await.unwrap();

    let parts = [
        ProductInclude::Images,
        ProductInclude::PrimaryImage,
        ProductInclude::CustomFields,
        ProductInclude::Videos,
        ProductInclude::BulkPricingRules,
        ProductInclude::Reviews,
    ];
    let read = products.get(id).include(parts).await.unwrap();
    let listed = images.list().await.unwrap();
    let thumbnails: Vec<_> = listed.items.iter().map(|it| it.is_thumbnail).collect();
    assert_eq!(thumbnails, [Some(false), Some(true)]);
    assert_eq!(read.images.len(), 2);
    assert_eq!(read.primary_image.as_ref().map(|it| it.id), Some(back.id));
    let shown: Vec<_> = read
        .custom_fields
        .iter()
        .filter_map(|it| Some((it.name.as_deref()?, it.value.as_deref()?)))
        .collect();
    assert_eq!(shown, fields);
    assert_eq!(read.videos[0].video_id.as_deref(), Some("aqz-KE-bpKQ"));
    assert_eq!(read.bulk_pricing_rules[0].quantity_min, Some(12));
    assert_eq!(read.reviews[0].id, review.id);

    // The thumbnail is the image that was set as such last, and the previous one when that image is
    // deleted.
    let claim = ProductImageUpdate::new().is_thumbnail(true);
    images.update(front.id, claim).await.unwrap();
    assert_eq!(images.get(back.id).await.unwrap().is_thumbnail, Some(false));
    images.delete(front.id).await.unwrap();
    assert_eq!(images.get(back.id).await.unwrap().is_thumbnail, Some(true));
}

#[tokio::test]
async fn a_review_counts_for_its_product_once_it_is_approved() {
    let (_store, client) = shop(1).await;
    let products = client.products();
    let id = products.list().await.unwrap().items[0].id;
    let reviews = products.reviews(id);
    let good = ProductReviewCreate::new()
        .title("Good")
        .date_reviewed(DateTime::from_wire("2026-01-05T10:00:00Z"));
    let good = reviews.create(good.rating(4)).await.unwrap().id;
    let waiting = reviews.list().status(ReviewStatusFilter::Pending);
    assert_eq!(waiting.await.unwrap().len(), 1);
    assert_eq!(products.get(id).await.unwrap().reviews_count, Some(0));

    let approve = ProductReviewUpdate::new().status(ProductReviewStatus::Approved);
    reviews.update(good, approve).await.unwrap();
    let rated = products.get(id).await.unwrap();
    let sum = rated
        .reviews_rating_sum
        .as_ref()
        .and_then(|sum| sum.value());
    assert_eq!((rated.reviews_count, sum), (Some(1), Some(4.into())));
    let approved = reviews.list().status(ReviewStatusFilter::Approved);
    assert_eq!(approved.await.unwrap().items[0].id, good);

    reviews.delete(good).await.unwrap();
    assert_eq!(products.get(id).await.unwrap().reviews_count, Some(0));
}

#[tokio::test]
async fn products_are_assigned_in_bulk_and_taken_off_by_what_filters_match() {
    let (_store, client) = shop(3).await;
    let products = client.products();
    let ids: Vec<i64> = products
        .list()
        .await
        .unwrap()
        .iter()
        .map(|it| it.id)
        .collect();
    let tree = client.categories().trees().await.unwrap()[0].id;
    let sale = CategoryCreate::new("Sale").tree_id(tree);
    let sale = client.categories().create([sale]).await.unwrap()[0].category_id;

    let categories = products.category_assignments();
    let all = || {
        let all = ids.iter();
        all.map(|id| {
            ProductCategoryAssignmentInput::new()
                .product_id(*id)
                .category_id(sale)
        })
        .collect::<Vec<_>>()
    };
    // Doing it twice has the same effect as once.
    categories.assign(all()).await.unwrap();
    categories.assign(all()).await.unwrap();
    let assigned = || async {
        let assigned = categories.list().category_id_in([sale]).await.unwrap();
        assigned
            .items
            .iter()
            .map(|it| it.product_id)
            .collect::<Vec<_>>()
    };
    let everyone: Vec<_> = ids.iter().copied().map(Some).collect();
    assert_eq!(assigned().await, everyone);
    let in_sale = products.list().categories_in([sale]).await.unwrap();
    assert_eq!(in_sale.len(), 3);

    let first = categories.delete().category_id_in([sale]);
    first.product_id_in([ids[0]]).await.unwrap();
    assert_eq!(assigned().await, everyone[1..]);
    let read = products.get(ids[0]).await.unwrap();
    assert!(!read.categories.contains(&sale));
    assert!(!read.categories.is_empty());

    let channels = products.channel_assignments();
    let second = ProductChannelAssignmentInput::new()
        .product_id(ids[0])
        .channel_id(2);
    channels.assign([second]).await.unwrap();
    channels.delete().channel_id_in([1]).await.unwrap();
    let left = channels.list().await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left.items[0].channel_id, Some(2));
    let read = products.get(ids[0]).include([ProductInclude::Channels]);
    assert_eq!(read.await.unwrap().channels.to_vec(), [2]);
}

#[tokio::test]
async fn the_summary_counts_what_the_products_come_to() {
    let (_store, client) = shop(0).await;
    let products = client.products();
    for (name, price, stock) in [("Cup", 10, 5), ("Jug", 30, 2)] {
        let product = ProductCreate::new()
            .name(name)
            .kind(ProductType::Physical)
            .weight(1)
            .price(price)
            .inventory_tracking(bigcommerce_client::products::InventoryTracking::Product)
            .inventory_level(stock);
        assert!(products.create(product).await.unwrap().is_complete());
    }
    let summary = products.summary().get().await.unwrap();
    assert_eq!(
        (summary.variant_count, summary.inventory_count),
        (Some(2), Some(7))
    );
    let prices = [
        &summary.inventory_value,
        &summary.average_variant_price,
        &summary.lowest_variant_price,
    ];
    let prices = prices.map(|price| price.as_ref().and_then(|price| price.value()));
    assert_eq!(prices, [110, 20, 10].map(|price| Some(price.into())));
}
