//! The lines of carts: what a shopper has chosen, and carts that were left for another one.

use std::collections::{HashMap, HashSet};

use bigcommerce_client::{
    Client, Error,
    carts::{
        Cart, CartCreate, CartCustomItemInput, CartItem, CartItemInput, CartItemsCreate,
        CartOptionSelectionInput,
    },
    orders::{OrderBillingAddressCreate, OrderCreate, OrderLineCreate, OrderProduct},
    product_modifier_values::ModifierValueCreate,
    product_modifiers::{ModifierCreate, ModifierType},
    products::Product,
};

use super::{
    carts::{OPTIONS, cart, mark_a_cart_that_was_left, order_a_cart},
    catalog::shirt,
    mugs, shop,
};

/// A shopper's choices are known by name; a cart takes the ids of options and modifiers, and of their values.
async fn put_a_configured_product_in_a_cart(
    store: &Client,
    product: i64,
    chosen: &HashMap<&str, &str>,
) -> Result<Cart, Error> {
    let is_chosen = |name: &Option<String>, label: &Option<String>| {
        let name = name.as_deref().and_then(|name| chosen.get(name));
        name.is_some() && name.copied() == label.as_deref()
    };
    let mut selections = Vec::new();
    let products = store.products();
    let mut options = products.options(product).list().stream();
    while let Some(option) = options.try_next().await? {
        let mut values = option.option_values.iter();
        let value = values.find(|value| is_chosen(&option.display_name, &value.label));
        if let (Some(option), Some(value)) = (option.id, value) {
            let selection = CartOptionSelectionInput::new().option_id(option);
            selections.push(selection.option_value(value.id));
        }
    }
    let mut modifiers = products.modifiers(product).list().stream();
    while let Some(modifier) = modifiers.try_next().await? {
        let mut values = modifier.option_values.iter();
        let value = values.find(|value| is_chosen(&modifier.display_name, &value.label));
        if let Some(value) = value {
            let selection = CartOptionSelectionInput::new().option_id(modifier.id);
            selections.push(selection.option_value(value.id));
        }
    }
    let item = CartItemInput::new().product_id(product).quantity(1);
    let item = item.option_selections(selections);
    store
        .carts()
        .create(CartCreate::new().line_items([item]))
        .await
}

/// A customer who signs in elsewhere gets another cart: the latest one takes the products that only the others have.
/// Carts with gift certificates or custom items are kept as they are.
async fn keep_one_cart_of_each_customer(
    store: &Client,
    carts: &[String],
) -> Result<Vec<String>, Error> {
    let mut of_customers: HashMap<i64, Vec<Cart>> = HashMap::new();
    for cart in carts {
        let cart = match store.carts().get(cart).include(OPTIONS).await {
            Ok(cart) => cart,
            Err(error) if error.is_not_found() => continue,
            Err(error) => return Err(error),
        };
        if let Some(customer) = cart.customer_id.filter(|customer| *customer > 0) {
            of_customers.entry(customer).or_default().push(cart);
        }
    }
    let mut kept = Vec::new();
    for mut carts in of_customers.into_values() {
        carts.sort_by_key(|cart| cart.updated_time.as_ref().and_then(|time| time.timestamp()));
        let Some(latest) = carts.pop() else { continue };
        let lines = |cart: &Cart| -> Vec<CartItem> {
            let lines = cart.line_items.iter();
            lines.flat_map(|all| all.products()).cloned().collect()
        };
        let has_products_alone = |cart: &Cart| {
            let lines = cart.line_items.as_ref();
            lines.is_none_or(|all| all.gift_certificates.is_empty() && all.custom_items.is_empty())
        };
        let known: HashSet<_> = lines(&latest).iter().map(|line| line.variant_id).collect();
        for cart in carts {
            if !has_products_alone(&cart) {
                kept.push(cart.id);
                continue;
            }
            let missing = lines(&cart).into_iter();
            let missing = missing.filter(|line| !known.contains(&line.variant_id));
            let items: Vec<_> = missing.filter_map(|line| line.to_input()).collect();
            if !items.is_empty() {
                let items = CartItemsCreate::new().line_items(items);
                store.carts().add_items(&latest.id, items).await?;
            }
            store.carts().delete(&cart.id).await?;
        }
        kept.push(latest.id);
    }
    Ok(kept)
}

/// A customer orders the same again, at today's prices. What is no product of the catalog cannot be ordered in a cart.
async fn order_the_same_again(store: &Client, order: i64) -> Result<Cart, Error> {
    let lines = store.orders().products(order).list().stream();
    let lines = lines.into_vec().await?;
    let items = lines.iter().filter_map(OrderProduct::to_cart_item);
    let cart = CartCreate::new().line_items(items);
    store.carts().create(cart).await
}

/// What was broken on the way is sent again, at no cost.
async fn replace_an_order(store: &Client, order: i64) -> Result<i64, Error> {
    let orders = store.orders();
    let lines = orders.products(order).list().stream().into_vec().await?;
    let lines = lines.iter().filter_map(OrderProduct::to_line);
    let replacement = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
        .products(lines.map(|line| line.price_ex_tax(0).price_inc_tax(0)))
        .staff_notes(format!("Replaces order {order}"));
    Ok(orders.create(replacement).await?.id)
}

/// The API does not list carts: those that an app has marked are found by their metafield.
async fn delete_marked_carts_that_became_orders(
    store: &Client,
    (namespace, key): (&str, &str),
) -> Result<usize, Error> {
    let marks = store.cart_metafields().list_across();
    let marks = marks.namespace(namespace).key(key).stream();
    let mut deleted = 0;
    for mark in marks.into_vec().await? {
        let Some(cart) = mark.resource_id else {
            continue;
        };
        let orders = store.orders().count().cart_id(cart.to_string()).await?;
        if orders.count.unwrap_or_default() > 0 {
            store.carts().delete(cart.to_string()).await?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

#[tokio::test]
async fn a_cart_has_what_was_chosen() {
    let (_store, client) = shop(0).await;
    let shirt = shirt(&client).await;
    let values = [("Paper", 0), ("Foil", 1)];
    let values = values.map(|(label, at)| ModifierValueCreate::new(label, at));
    let wrap = ModifierCreate::new()
        .display_name("Wrap")
        .kind(ModifierType::Dropdown)
        .required(false)
        .option_values(values);
    let modifiers = client.products().modifiers(shirt);
    modifiers.create(wrap).await.unwrap();
    let chosen = HashMap::from([("Size", "L"), ("Wrap", "Foil")]);
    let cart = put_a_configured_product_in_a_cart(&client, shirt, &chosen).await;
    let cart = client.carts().get(cart.unwrap().id).include(OPTIONS).await;
    let lines = cart.unwrap().line_items.unwrap();
    let items = lines.products().filter_map(CartItem::to_input);
    let copy = CartCreate::new().line_items(items);
    let copy = client.carts().create(copy).include(OPTIONS).await.unwrap();
    for lines in [lines, copy.line_items.unwrap()] {
        let line = &lines.physical_items[0];
        assert_eq!(line.sku.as_deref(), Some("SHIRT-L"));
        let chosen = line.options.iter().map(|it| it.value.as_deref());
        assert_eq!(chosen.collect::<Vec<_>>(), [Some("L"), Some("Foil")]);
    }
}

#[tokio::test]
async fn of_the_carts_of_a_customer_one_is_left_with_all_products() {
    let (_store, client) = shop(2).await;
    let customer = client.customers().list().await.unwrap()[0].id;
    let products = client.products().list().await.unwrap();
    let cart = async |products: &[Product]| {
        let items = products
            .iter()
            .map(|product| CartItemInput::new().product_id(product.id).quantity(1));
        let cart = CartCreate::new().line_items(items).customer_id(customer);
        client.carts().create(cart).await.unwrap().id
    };
    let engraving = CartCustomItemInput::new().name("Engraving").sku("E");
    let engraving = CartCreate::new().custom_items([engraving.quantity(1).list_price(5)]);
    let engraving = client.carts().create(engraving.customer_id(customer)).await;
    let engraving = engraving.unwrap().id;
    let (old, latest) = (cart(&products[..]).await, cart(&products[..1]).await);
    let carts = [engraving.clone(), old.clone(), latest.clone()];
    for _ in 0..2 {
        let kept = keep_one_cart_of_each_customer(&client, &carts).await;
        assert_eq!(kept.unwrap(), [engraving.clone(), latest.clone()]);
    }
    let gone = client.carts().get(&old).await;
    assert!(gone.is_err_and(|error| error.is_not_found()));
    let left = client.carts().get(&latest).await.unwrap();
    assert_eq!(left.line_items.unwrap().physical_items.len(), 2);
    let other = client.carts().get(&engraving).await.unwrap();
    assert_eq!(other.line_items.unwrap().custom_items.len(), 1);
}

#[tokio::test]
async fn what_was_ordered_is_ordered_again_or_replaced_with_the_same_options() {
    let (_store, client) = shop(0).await;
    let shirt = shirt(&client).await;
    let large = client.variants().list_across().sku("SHIRT-L").first();
    let large = large.await.unwrap().unwrap().id;
    let line = OrderLineCreate::new().product_id(shirt).variant_id(large);
    let order = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
        .products([line.quantity(2), mugs(1)]);
    let order = client.orders().create(order).await.unwrap().id;
    let products = client.orders().products(order);
    let old = products.list().await.unwrap();
    let size = old[0].product_options[0].value_id();
    let values = client.products().options(shirt).list().await.unwrap();
    let mut values = values[0].option_values.iter();
    let chosen = values.find(|value| Some(value.id) == size);
    assert_eq!(chosen.unwrap().label.as_deref(), Some("L"));

    let again = order_the_same_again(&client, order).await.unwrap();
    let lines: Vec<_> = again
        .line_items
        .iter()
        .flat_map(|all| all.products())
        .collect();
    assert_eq!(lines.len(), 1, "a mug is no product of the catalog");
    assert_eq!(
        (lines[0].sku.as_deref(), lines[0].quantity),
        (Some("SHIRT-L"), Some(2))
    );

    let replacement = replace_an_order(&client, order).await.unwrap();
    let lines = client.orders().products(replacement).list().await.unwrap();
    let sold = lines
        .iter()
        .map(|line| (line.sku.as_deref(), line.quantity));
    let sold: Vec<_> = sold.collect();
    assert_eq!(sold, [(Some("SHIRT-L"), Some(2)), (Some("MUG"), Some(1))]);
    assert_eq!(lines[0].variant_id, Some(large));
}

#[tokio::test]
async fn only_a_marked_cart_that_became_an_order_is_deleted() {
    let (_store, client) = shop(1).await;
    let (ordered, open) = (cart(&client).await.id, cart(&client).await.id);
    for cart in [&ordered, &open] {
        mark_a_cart_that_was_left(&client, cart).await.unwrap();
    }
    order_a_cart(&client, &ordered, "ada@example.com")
        .await
        .unwrap();
    let mark = ("reminder", "sent");
    let deleted = delete_marked_carts_that_became_orders(&client, mark).await;
    assert_eq!(deleted.unwrap(), 1);
    let gone = client.carts().get(&ordered).await;
    assert!(gone.is_err_and(|error| error.is_not_found()));
    assert!(client.carts().get(&open).await.is_ok());
}
