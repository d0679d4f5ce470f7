//! The address book of customers.

use std::collections::HashSet;

use bigcommerce_client::{
    Client, DecodeError, Error, customer_addresses::CustomerAddressEntryCreate,
    customers::CustomerAddress, json,
};

use super::{ada, shop};

/// A copy of an address for another customer; an error if it lacks what every address needs.
fn copy(of: &CustomerAddress, customer: i64) -> Result<CustomerAddressEntryCreate, DecodeError> {
    let mut copy = of.clone();
    copy.customer_id = Some(customer);
    json::convert(&copy)
}

/// Creating an address that exists changes nothing and returns none, so it is looked for first.
async fn add_an_address_once(
    store: &Client,
    address: CustomerAddressEntryCreate,
) -> Result<Option<i64>, Error> {
    let addresses = store.customer_addresses();
    let known = addresses.list().customer_id_in([address.customer_id]);
    let known = known.stream().into_vec().await?;
    let same = known.iter().find(|known| {
        known.address1.as_ref() == Some(&address.address1)
            && known.postal_code.as_ref() == Some(&address.postal_code)
            && known.last_name.as_ref() == Some(&address.last_name)
    });
    if let Some(same) = same {
        return Ok(Some(same.id));
    }
    let made = addresses.create([address]).await?;
    Ok(made.first().map(|address| address.id))
}

/// When two customers become one, the addresses of one go to the other.
async fn move_addresses_to_another_customer(
    store: &Client,
    from: i64,
    to: i64,
) -> Result<usize, Error> {
    let addresses = store.customer_addresses();
    let all = addresses.list().customer_id_in([from]).stream();
    let all = all.into_vec().await?;
    let new = all.iter().map(|address| copy(address, to));
    let new = new.collect::<Result<Vec<_>, _>>()?;
    addresses.create_all(new).await?.complete()?;
    let old = all.iter().map(|address| address.id);
    Ok(addresses.delete_all(old).await?.complete()?.len())
}

/// The countries in which customers live.
async fn list_the_countries_of_customers(store: &Client) -> Result<HashSet<String>, Error> {
    let addresses = store.customer_addresses().list().stream();
    let addresses = addresses.into_vec().await?.into_iter();
    Ok(addresses.filter_map(|it| it.country_code).collect())
}

#[tokio::test]
async fn an_address_is_added_once() {
    let (_store, client) = shop(5).await;
    let addresses = client.customer_addresses().list().await.unwrap();
    let (first, count) = (addresses[0].clone(), addresses.len());
    let owner = first.customer_id.unwrap();
    let same = add_an_address_once(&client, copy(&first, owner).unwrap()).await;
    assert_eq!(same.unwrap(), Some(first.id));
    let addresses = client.customer_addresses().list().await.unwrap();
    assert_eq!(addresses.len(), count);
    let countries = list_the_countries_of_customers(&client).await.unwrap();
    assert!(countries.contains("US"));
}

#[tokio::test]
async fn addresses_move_to_another_customer() {
    let (_store, client) = shop(5).await;
    let ada = ada(&client, "ada@example.com").await;
    let other = client.customers().list().await.unwrap()[0].id;
    let moved = move_addresses_to_another_customer(&client, other, ada).await;
    assert_eq!(moved.unwrap(), 1);
    let of = async |customer: i64| {
        let addresses = client.customer_addresses().list();
        addresses.customer_id_in([customer]).await.unwrap().len()
    };
    assert_eq!((of(other).await, of(ada).await), (0, 1));
}
