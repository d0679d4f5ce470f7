//! What a crate can do that takes the client with one group: read, build, look facts up, and hold a
//! call without sending it.

use bigcommerce_client::{
    Client, Endpoint,
    brands::{Brand, BrandCreate},
    json,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let brand: Brand = json::from_slice(br#"{"id": 7, "name": "Acme", "new_field": [1]}"#)?;
    assert_eq!((brand.id, brand.name.as_deref()), (7, Some("Acme")));
    assert_eq!(
        json::to_vec(&BrandCreate::new("Acme")),
        br#"{"name":"Acme"}"#
    );

    let store = Client::new("abc123", "token")?;
    let call = store.brands().create(BrandCreate::new("Acme"));
    assert!(!format!("{store:?} {call:?}").contains("token\""));
    assert_eq!(Endpoint::BrandsCreate.scope().as_str(), "store_v2_products");
    println!("{}", Endpoint::BrandsCreate.path());
    Ok(())
}
