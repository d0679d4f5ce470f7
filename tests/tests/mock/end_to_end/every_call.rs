//! Calls as a user writes them, with their typed methods. A group that is covered here is covered
//! completely; the generated calls of `conformance` cover every group.

use std::collections::BTreeSet;

use bigcommerce_client::{
    Client, Endpoint,
    brands::{BrandCreate, BrandUpdate},
    carts::{CartCreate, CartItemInput, CartItemsCreate, CartLineItemUpdate, CartUpdate},
    categories::{CategoryCreate, CategoryTreeInput, CategoryUpdate, ProductSortOrderInput},
    checkouts::{
        CheckoutCartDiscountInput, CheckoutCartDiscountsInput, CheckoutDiscountsInput,
        CheckoutUpdate,
    },
    customers::{CustomerCreate, CustomerCredentialsCreate, CustomerUpdate},
    order_statuses::OrderStatus,
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate, OrderUpdate},
    pricelists::{
        PriceListCreate, PriceListRecordInput, PriceListUpdate, PriceRecordInput,
        VariantPricesInput,
    },
    products::{ProductCreate, ProductType, ProductUpdate},
    upload::FilePart,
    variants::{VariantBatchUpdate, VariantCreate, VariantOptionValueInput, VariantUpdate},
    webhooks::{WebhookAdminUpdate, WebhookCreate, WebhookUpdate},
};

use crate::end_to_end::shop;

type Done = Result<(), bigcommerce_client::Error>;

async fn brands(client: &Client) -> Done {
    let brands = client.brands();
    let id = brands.create(BrandCreate::new("Acme")).await?.id;
    let update = BrandUpdate::new().name("Acme & Daughter");
    assert!(brands.update(id, update).await?.is_complete());
    assert_eq!(brands.get(id).await?.id, id);
    assert_eq!(brands.list().await?.len(), 1);
    let logo = FilePart::bytes("logo.png", vec![7; 100]);
    let logo = brands.create_image(id, logo).await?;
    assert!(logo.image_url.is_some());
    brands.delete_image(id).await?;
    assert!(brands.create(BrandCreate::new("Bolt")).await?.is_complete());
    brands.delete_matching("Bolt").await?;
    assert_eq!(brands.list().await?.len(), 1);
    brands.delete(id).await
}

async fn categories(client: &Client) -> Done {
    let categories = client.categories();
    let tree = categories.trees().await?[0].id;
    let made = categories.create([CategoryCreate::new("Mugs").tree_id(tree)]);
    let id = made.await?[0].category_id;
    let update = CategoryUpdate::new(id).name("Cups");
    assert!(categories.update([update]).await?.is_complete());
    assert_eq!(categories.list().name("Cups").await?.len(), 1);
    assert!(!categories.tree(tree).await?.is_empty());
    let picture = FilePart::bytes("cups.png", vec![7; 100]);
    categories.create_image(id, picture).await?;
    categories.delete_image(id).await?;
    let first = client.products().create(mug(id)).await?.id;
    let places = [ProductSortOrderInput::new().product_id(first).sort_order(3)];
    categories.update_product_sort_orders(id, places).await?;
    assert_eq!(categories.product_sort_orders(id).await?.len(), 1);
    client.products().delete(first).await?;
    let deleted = categories.delete().category_id_in([id]).await?;
    assert!(deleted.is_complete());
    let outlet = CategoryTreeInput::new().name("Outlet").channels([2]);
    let outlet = categories.upsert_trees([outlet]).await?[0].id;
    categories.delete_trees().id_in([outlet]).await
}

fn mug(category: i64) -> ProductCreate {
    let mug = ProductCreate::new().name("Mug").kind(ProductType::Physical);
    mug.weight(1).price(9).categories([category])
}

async fn products(client: &Client) -> Done {
    let products = client.products();
    let variant = |color: &str, size: &str| {
        let value = |name, label| {
            VariantOptionValueInput::new()
                .option_display_name(name)
                .label(label)
        };
        let values = [value("Color", color), value("Size", size)];
        VariantCreate::new(format!("{color}-{size}"), values)
    };
    let shirt = ProductCreate::new()
        .name("Shirt")
        .kind(ProductType::Digital)
        .weight(0)
        .price(20);
    let shirt = shirt.variants([variant("red", "S"), variant("blue", "L")]);
    let id = products.create(shirt).await?.id;
    let update = ProductUpdate::new().name("T-shirt");
    assert!(products.update(id, update).await?.is_complete());
    assert_eq!(products.get(id).await?.id, id);
    assert_eq!(products.list().await?.len(), 1);
    let batch = [ProductUpdate::new().id(id).price(21)];
    assert!(products.update_batch(batch).await?.is_complete());
    products.delete_matching().name("No such shirt").await?;

    let variants = client.products().variants(id);
    // Built from the existing options.
    let made = variants.create(variant("red", "L")).await?;
    assert_eq!(variants.list().await?.len(), 3);
    let update = VariantUpdate::new().price(21);
    assert!(variants.update(made.id, update).await?.is_complete());
    let batch = [VariantBatchUpdate::new(made.id).price(22)];
    assert_eq!(client.variants().update_batch(batch).await?.len(), 1);
    assert_eq!(client.variants().list_across().await?.len(), 3);
    assert_eq!(variants.get(made.id).await?.id, made.id);
    let picture = FilePart::bytes("red.png", vec![7; 100]);
    variants.create_image(made.id, picture).await?;

    let lists = client.pricelists();
    let list = lists.create(PriceListCreate::new("Winter")).await?.id;
    let update = PriceListUpdate::new().active(false);
    assert_eq!(lists.update(list, update).await?.id, list);
    assert_eq!(lists.get(list).await?.id, list);
    assert!(!lists.list().await?.is_empty());
    let record = PriceRecordInput::new("usd").variant_id(made.id).price(18);
    lists.upsert_records(list, [record]).await?;
    price_records(client, list, made.id).await?;
    lists.delete(list).await?;

    let carts = client.carts();
    let item = || {
        CartItemInput::new()
            .product_id(id)
            .quantity(1)
            .variant_id(made.id)
    };
    let cart = carts
        .create(CartCreate::new().line_items([item()]))
        .await?
        .id;
    let more = CartItemsCreate::new().line_items([item()]);
    assert_eq!(carts.add_items(&cart, more).await?.id, cart);
    assert_eq!(carts.get(&cart).await?.id, cart);
    assert!(carts.create_redirect_urls(&cart).await?.cart_url.is_some());
    let again = carts.update(&cart, CartUpdate::new().customer_id(0));
    let line = again.await?.line_items.unwrap().digital_items[0].id.clone();
    let fewer = CartLineItemUpdate::new(item());
    assert_eq!(carts.update_item(&cart, &line, fewer).await?.id, cart);

    let checkouts = client.checkouts();
    assert_eq!(checkouts.get(&cart).await?.id, cart);
    let message = CheckoutUpdate::new("Ring twice.").version(4);
    assert_eq!(checkouts.update(&cart, message).await?.version, Some(5));
    let off = CheckoutCartDiscountInput::new(1);
    let off = CheckoutCartDiscountsInput::new().discounts([off]);
    let off = checkouts.add_discounts(&cart, CheckoutDiscountsInput::new(off));
    assert_eq!(off.await?.version, Some(6));
    assert!(
        checkouts
            .create_token(&cart)
            .await?
            .checkout_token
            .is_some()
    );
    checkouts.create_order(&cart).await?;
    assert!(carts.delete_item(&cart, &line).await?.is_none());
    let cart = carts.create(CartCreate::new().line_items([item()])).await?;
    carts.delete(&cart.id).await?;
    variants.delete(made.id).await?;
    assert_eq!(variants.list().await?.len(), 2);
    products.delete(id).await
}

async fn price_records(client: &Client, list: i64, variant: i64) -> Done {
    let lists = client.pricelists();
    let record = |currency| PriceRecordInput::new(currency).variant_id(variant);
    lists
        .create_records(list, [record("eur").price(17)])
        .await?;
    let prices = VariantPricesInput::new(16).sale_price(15);
    let set = lists.set_record(list, variant, "gbp", prices).await?;
    assert_eq!(set.calculated_price, Some(15.into()));
    let read = lists.get_record(list, variant, "gbp").await?;
    assert_eq!(read.currency.as_deref(), Some("gbp"));
    assert_eq!(lists.list_variant_records(list, variant).await?.len(), 3);
    lists.delete_record(list, variant, "gbp").await?;

    let other = lists.create(PriceListCreate::new("Spring")).await?.id;
    let across = |currency| PriceListRecordInput::new(other, currency).variant_id(variant);
    lists
        .create_records_across([across("usd").price(9)])
        .await?;
    lists
        .upsert_records_across([across("usd").price(8), across("eur").price(7)])
        .await?;
    let dear = lists.list_records(other).price_min(8).await?;
    assert_eq!(dear.len(), 1);
    lists.delete_records(other).currency("usd").await?;
    assert_eq!(lists.list_records(other).await?.len(), 1);
    lists.delete_matching().id_in([other]).await
}

async fn orders(client: &Client) -> Done {
    let customers = client.customers();
    let ada = CustomerCreate::new()
        .email("ada@example.com")
        .first_name("Ada")
        .last_name("Example");
    let ada = customers.create([ada]).await?[0].id;
    customers
        .update([CustomerUpdate::new(ada).company("Acme")])
        .await?;
    assert_eq!(customers.list().id_in([ada]).await?.len(), 1);
    let guess = CustomerCredentialsCreate::new().email("ada@example.com");
    let guess = guess.password("guess");
    assert!(!customers.validate_credentials(guess).await?.is_valid);

    let orders = client.orders();
    let line = OrderLineCreate::new().name("Mug").quantity(1);
    let line = line.price_inc_tax(10).price_ex_tax(10);
    let order = OrderCreate::new(OrderBillingAddressCreate::new("78701"));
    let order = orders.create(order.customer_id(ada).products([line]));
    let id = order.await?.id;
    let paid = OrderStatus::AWAITING_FULFILLMENT;
    orders
        .update(id, OrderUpdate::new().status_id(paid))
        .await?;
    assert_eq!(orders.get(id).await?.status_id, Some(paid));
    assert_eq!(orders.list().customer_id(ada).await?.len(), 1);
    assert_eq!(orders.count().status_id(paid).await?.count, Some(1));
    orders.delete(id).await?;
    orders.archive_everything().await?;
    customers.delete([ada]).await
}

async fn webhooks(client: &Client) -> Done {
    let hooks = client.webhooks();
    let hook = WebhookCreate::new()
        .scope("store/order/*")
        .destination("https://hooks.example.com");
    let id = hooks.create(hook).await?.id;
    hooks
        .update(id, WebhookUpdate::new().is_active(false))
        .await?;
    assert_eq!(hooks.get(id).await?.is_active, Some(false));
    assert_eq!(hooks.list().await?.len(), 1);
    let told = WebhookAdminUpdate::new().emails(["ops@example.com"]);
    hooks.update_admin(told).await?;
    assert_eq!(hooks.get_admin().await?.hooks_list.len(), 1);
    hooks.delete(id).await?;
    Ok(())
}

#[tokio::test]
async fn every_call_of_a_group_is_made_by_its_method_and_its_answer_is_read() {
    let (store, client) = shop(0).await;
    brands(&client).await.unwrap();
    categories(&client).await.unwrap();
    products(&client).await.unwrap();
    orders(&client).await.unwrap();
    webhooks(&client).await.unwrap();

    let log = store.log();
    let made: BTreeSet<&str> = log.iter().filter_map(|logged| logged.endpoint).collect();
    let groups: BTreeSet<_> = made.iter().map(|id| group(id)).collect();
    let all = Endpoint::ALL.iter().map(|endpoint| endpoint.id());
    let all: BTreeSet<&str> = all.filter(|id| groups.contains(group(id))).collect();
    let left: Vec<_> = all.difference(&made).collect();
    assert!(
        left.is_empty(),
        "{}:{}: make these calls in a function next to the others: {left:?}",
        file!(),
        line!()
    );
}

fn group(endpoint: &str) -> &str {
    endpoint.split('.').next().unwrap_or_default()
}
