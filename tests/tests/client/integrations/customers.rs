//! Customers: who is who, in which group, and what they have earned.

use std::collections::HashMap;

use bigcommerce_client::{
    Client, Error, Number,
    customer_attribute_values::CustomerAttributeValueUpdate,
    customer_attributes::{CustomerAttributeDefinitionCreate, CustomerAttributeDefinitionType},
    customers::{
        Customer, CustomerAuthenticationInput, CustomerCreate, CustomerCredentialsCreate,
        CustomerInclude, CustomerStoreCreditInput, CustomerUpdate,
    },
    order_statuses::OrderStatus,
    orders::OrderUpdate,
    rust_decimal::Decimal,
    subscribers::{SubscriberConsent, SubscriberCreate},
};

use super::{ada, order, shop};

/// A CRM knows a customer by an email address, and the store may know it, too.
async fn create_or_update_a_customer(
    store: &Client,
    email: &str,
    (first, last): (&str, &str),
) -> Result<Option<i64>, Error> {
    let customers = store.customers();
    let known = customers.list().email_in([email]).first().await?;
    let saved = if let Some(known) = known {
        let change = CustomerUpdate::new(known.id).first_name(first);
        customers.update([change.last_name(last)]).await?
    } else {
        let new = CustomerCreate::new().email(email);
        let new = new.first_name(first).last_name(last);
        customers.create([new]).await?
    };
    Ok(saved.first().map(|customer| customer.id))
}

/// Customers with the same address up to case are one: the oldest gets the orders of the others.
async fn merge_customers(store: &Client) -> Result<usize, Error> {
    let all = store.customers().list().by_cursor().stream();
    let mut people: HashMap<String, Vec<Customer>> = HashMap::new();
    for customer in all.into_vec().await? {
        let email = customer.email.as_deref().unwrap_or_default();
        let email = email.trim().to_lowercase();
        if email.is_empty() {
            continue;
        }
        people.entry(email).or_default().push(customer);
    }
    let mut merged = Vec::new();
    for mut same in people.into_values() {
        same.sort_by_key(|customer| customer.id);
        let mut same = same.into_iter();
        let Some(oldest) = same.next() else { continue };
        for other in same {
            let orders = store.orders().list().customer_id(other.id).stream();
            for order in orders.into_vec().await? {
                let change = OrderUpdate::new().customer_id(oldest.id);
                store.orders().update(order.id, change).await?;
            }
            merged.push(other.id);
        }
    }
    let merged = store.customers().delete_all(merged).await?.complete()?;
    Ok(merged.len())
}

/// Who has bought for more than an amount belongs to another group.
async fn move_good_customers_to_a_group(
    store: &Client,
    group: i64,
    limit: Decimal,
) -> Result<usize, Error> {
    let mut spent: HashMap<i64, Decimal> = HashMap::new();
    let mut orders = store.orders().list().stream();
    while let Some(order) = orders.try_next().await? {
        let customer = order.customer_id.unwrap_or_default();
        *spent.entry(customer).or_default() += Number::sum(&order.total_inc_tax)?;
    }
    let good = spent.iter().filter(|(id, sum)| **id > 0 && **sum > limit);
    let good: Vec<i64> = good.map(|(id, _)| *id).collect();
    let mut changes = Vec::new();
    for ids in good.chunks(50) {
        let customers = store.customers().list().id_in(ids.iter().copied());
        for customer in customers.stream().into_vec().await? {
            if customer.customer_group_id != Some(group) {
                changes.push(CustomerUpdate::new(customer.id).customer_group_id(group));
            }
        }
    }
    let moved = store.customers().update_all(changes).await?.complete()?;
    Ok(moved.len())
}

/// A login of one's own sets a password, and checks that it is valid.
async fn set_and_check_a_password(
    store: &Client,
    email: &str,
    password: &str,
) -> Result<bool, Error> {
    let customers = store.customers();
    for customer in customers.list().email_in([email]).await? {
        let secret = CustomerAuthenticationInput::new().new_password(password);
        let change = CustomerUpdate::new(customer.id).authentication(secret);
        customers.update([change]).await?;
    }
    let credentials = CustomerCredentialsCreate::new().email(email);
    let result = customers.validate_credentials(credentials.password(password));
    Ok(result.await?.is_valid)
}

/// Points of a loyalty program become store credit, on top of what there is.
async fn add_store_credit(
    store: &Client,
    customer: i64,
    credit: Decimal,
) -> Result<Option<Decimal>, Error> {
    let customers = store.customers();
    let found = customers.list().id_in([customer]);
    let found = found.include([CustomerInclude::Storecredit]).first();
    let Some(known) = found.await? else {
        return Ok(None);
    };
    let credits = known.store_credit_amounts.iter();
    let before = Number::sum(credits.flat_map(|it| &it.amount))?;
    let after = CustomerStoreCreditInput::new().amount(before + credit);
    let change = CustomerUpdate::new(customer).store_credit_amounts([after]);
    customers.update([change]).await?;
    Ok(Some(before + credit))
}

/// Who buys a membership is in the group of the members.
async fn admit_who_bought_a_membership(
    store: &Client,
    order: i64,
    sku: &str,
    group: i64,
) -> Result<bool, Error> {
    let orders = store.orders();
    let Some(customer) = orders.get(order).await?.customer_id.filter(|id| *id > 0) else {
        return Ok(false);
    };
    let lines = orders.products(order).list().stream().into_vec().await?;
    if !lines.iter().any(|line| line.sku.as_deref() == Some(sku)) {
        return Ok(false);
    }
    let change = CustomerUpdate::new(customer).customer_group_id(group);
    Ok(!store.customers().update([change]).await?.is_empty())
}

/// A newsletter service brings its readers along.
async fn import_subscribers(store: &Client, emails: &[&str]) -> Result<usize, Error> {
    let subscribers = store.subscribers();
    let mut new = 0;
    for email in emails {
        if subscribers.list().email(*email).await?.is_empty() {
            let subscriber = SubscriberCreate::new(*email).source("newsletter");
            let consents = [SubscriberConsent::MarketingNewsletter];
            subscribers.create(subscriber.consents(consents)).await?;
            new += 1;
        }
    }
    Ok(new)
}

/// The number of a customer in an ERP is an attribute, which is defined when it is first needed.
async fn keep_numbers_of_an_erp(store: &Client, numbers: &[(i64, &str)]) -> Result<usize, Error> {
    let attributes = store.customer_attributes();
    let known = attributes.list().name("ERP number").await?;
    let attribute = if let Some(known) = known.first() {
        known.id
    } else {
        let new = CustomerAttributeDefinitionCreate::new().name("ERP number");
        let new = new.kind(CustomerAttributeDefinitionType::String);
        let new = attributes.create([new]).await?;
        new.first().map(|new| new.id).unwrap_or_default()
    };
    let values = numbers.iter().map(|(customer, number)| {
        let value = CustomerAttributeValueUpdate::new().attribute_id(attribute);
        value.customer_id(*customer).value(*number)
    });
    let values = store.customer_attribute_values().upsert_all(values);
    Ok(values.await?.complete()?.len())
}

/// A customer who signs up may already exist: the API rejects the email address without saying whose it is.
async fn sign_up(store: &Client, new: CustomerCreate, email: &str) -> Result<Option<i64>, Error> {
    let customers = store.customers();
    let found = match customers.create([new]).await {
        Ok(created) => created,
        Err(error) if error.is_validation() || error.is_conflict() => {
            let known = customers.list().email_in([email]).await?.into_items();
            if known.is_empty() {
                return Err(error);
            }
            known
        }
        Err(error) => return Err(error),
    };
    Ok(found.first().map(|customer| customer.id))
}

#[tokio::test]
async fn a_customer_is_created_once() {
    let (_store, client) = shop(0).await;
    let email = "ada@example.com";
    let first = create_or_update_a_customer(&client, email, ("Ada", "Ash")).await;
    let again = create_or_update_a_customer(&client, email, ("Ada", "Elm")).await;
    assert_eq!(first.unwrap(), again.unwrap());
    let customers = client.customers().list().await.unwrap();
    assert_eq!(customers[0].last_name.as_deref(), Some("Elm"));
}

#[tokio::test]
async fn different_customers_are_not_merged() {
    let (_store, client) = shop(20).await;
    let before = client.customers().list().await.unwrap().len();
    assert_eq!(merge_customers(&client).await.unwrap(), 0);
    assert_eq!(client.customers().list().await.unwrap().len(), before);
}

#[tokio::test]
async fn good_customers_are_in_their_group() {
    let (_store, client) = shop(1).await;
    let group = client.customer_groups().list().await.unwrap()[0]
        .id
        .unwrap();
    let id = ada(&client, "ada@example.com").await;
    let bought = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let hers = OrderUpdate::new().customer_id(id);
    client.orders().update(bought, hers).await.unwrap();
    let limit = Decimal::from(20);
    move_good_customers_to_a_group(&client, group, limit)
        .await
        .unwrap();
    let ada = client.customers().list().id_in([id]).await.unwrap();
    assert_eq!(ada[0].customer_group_id, Some(group));
}

#[tokio::test]
async fn a_new_password_is_valid_and_another_is_not() {
    let (_store, client) = shop(0).await;
    let email = "ada@example.com";
    ada(&client, email).await;
    let set = set_and_check_a_password(&client, email, "Secret-12345").await;
    assert!(set.unwrap());
    let wrong = CustomerCredentialsCreate::new().email(email);
    let wrong = wrong.password("Secret-54321");
    let wrong = client.customers().validate_credentials(wrong).await;
    assert!(!wrong.unwrap().is_valid);
}

#[tokio::test]
async fn credit_is_added_to_what_there_is() {
    let (_store, client) = shop(0).await;
    let id = ada(&client, "ada@example.com").await;
    for sum in [5, 10] {
        let credit = add_store_credit(&client, id, Decimal::from(5)).await;
        assert_eq!(credit.unwrap(), Some(Decimal::from(sum)));
    }
    let kept = add_store_credit(&client, id, Decimal::ZERO).await;
    assert_eq!(kept.unwrap(), Some(Decimal::from(10)));
}

#[tokio::test]
async fn only_a_customer_who_bought_a_membership_is_a_member() {
    let (_store, client) = shop(1).await;
    let group = client.customer_groups().list().await.unwrap()[0]
        .id
        .unwrap();
    let bought = order(&client, OrderStatus::AWAITING_FULFILLMENT).await.id;
    let id = ada(&client, "ada@example.com").await;
    let hers = OrderUpdate::new().customer_id(id);
    client.orders().update(bought, hers).await.unwrap();
    for (sku, is_member) in [("MEMBER", false), ("MUG", true)] {
        let admitted = admit_who_bought_a_membership(&client, bought, sku, group).await;
        assert_eq!(admitted.unwrap(), is_member);
        let ada = client.customers().list().id_in([id]).await.unwrap();
        assert_eq!(ada[0].customer_group_id == Some(group), is_member);
    }
}

#[tokio::test]
async fn subscribers_are_imported_once() {
    let (_store, client) = shop(0).await;
    let emails = ["ada@example.com", "ida@example.com"];
    assert_eq!(import_subscribers(&client, &emails).await.unwrap(), 2);
    assert_eq!(import_subscribers(&client, &emails).await.unwrap(), 0);
    let subscribers = client.subscribers().list().await.unwrap();
    assert_eq!(subscribers.len(), 2);
}

#[tokio::test]
async fn the_number_of_an_erp_is_an_attribute() {
    let (_store, client) = shop(0).await;
    let id = ada(&client, "ada@example.com").await;
    for number in ["C-1", "C-2"] {
        let kept = keep_numbers_of_an_erp(&client, &[(id, number)]).await;
        assert_eq!(kept.unwrap(), 1);
    }
    let values = client.customer_attribute_values().list().await.unwrap();
    assert_eq!(values.len(), 1);
    assert_eq!(values[0].attribute_value, "C-2");
}

#[tokio::test]
async fn an_existing_customer_who_signs_up_stays_the_same() {
    let (_store, client) = shop(0).await;
    let email = "ada@example.com";
    let new = || {
        let new = CustomerCreate::new().email(email);
        new.first_name("Ada").last_name("Ash")
    };
    let first = sign_up(&client, new(), email).await.unwrap();
    let again = sign_up(&client, new(), email).await.unwrap();
    assert!(first.is_some());
    assert_eq!(first, again);
}
