//! URLs that open a storefront's checkout with a new cart. No request is sent, so it is not checked
//! whether the store sells the products.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::value::Id;

/// Characters that stay unencoded in the query. The `:` and `,` between products are added around
/// values.
const TEXT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A URL that adds products to a new cart and opens the checkout: a buy link.
///
/// Each visit creates a new cart. Products with modifiers cannot be bought this way.
///
/// ```
/// use bigcommerce_client::storefront::CheckoutUrl;
///
/// let url = CheckoutUrl::new("https://mystore.example.com")
///     .item(12, 1)
///     .item("BIGC-MUG", 2)
///     .coupon("FREESHIPPING")
///     .order_source("mcp")
///     .build()?;
/// assert_eq!(
///     url.as_str(),
///     "https://mystore.example.com/checkout/?products=12:1,BIGC-MUG:2&coupon=FREESHIPPING\
///      &order_source=mcp&action=buy"
/// );
/// # Ok::<(), bigcommerce_client::storefront::CheckoutUrlError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct CheckoutUrl {
    storefront: String,
    items: Vec<(Id, u32)>,
    coupon: Option<String>,
    order_source: Option<String>,
}

impl CheckoutUrl {
    /// A link for the storefront at this public URL.
    ///
    /// ```
    /// use bigcommerce_client::storefront::CheckoutUrl;
    ///
    /// // A path prefix is kept.
    /// let url = CheckoutUrl::new("https://mystore.example.com/uk/").item(12, 1).build()?;
    /// assert_eq!(url.path(), "/uk/checkout/");
    /// # Ok::<(), bigcommerce_client::storefront::CheckoutUrlError>(())
    /// ```
    pub fn new(storefront: impl Into<String>) -> Self {
        Self {
            storefront: storefront.into(),
            items: Vec::new(),
            coupon: None,
            order_source: None,
        }
    }

    /// Adds a quantity of a product, by its id, or of a product or variant, by its SKU.
    /// [`build`](Self::build) validates it.
    pub fn item(mut self, id_or_sku: impl Into<Id>, quantity: u32) -> Self {
        self.items.push((id_or_sku.into(), quantity));
        self
    }

    /// A coupon for the cart.
    pub fn coupon(mut self, code: impl Into<String>) -> Self {
        self.coupon = Some(code.into());
        self
    }

    /// The source that the order is attributed to. BigCommerce supports `www`, `facebookshop`,
    /// `facebookmarketplace`, `buybutton` and `mcp`.
    ///
    /// ```
    /// use bigcommerce_client::storefront::CheckoutUrl;
    ///
    /// // A button on a page outside the store.
    /// let button = CheckoutUrl::new("https://mystore.example.com").item(12, 1);
    /// let url = button.order_source("buybutton").build()?;
    /// assert_eq!(url.query(), Some("products=12:1&order_source=buybutton&action=buy"));
    /// # Ok::<(), bigcommerce_client::storefront::CheckoutUrlError>(())
    /// ```
    pub fn order_source(mut self, source: impl Into<String>) -> Self {
        self.order_source = Some(source.into());
        self
    }

    /// Builds the URL.
    ///
    /// ```
    /// use bigcommerce_client::storefront::{CheckoutUrl, CheckoutUrlError};
    ///
    /// let empty = CheckoutUrl::new("https://mystore.example.com");
    /// assert_eq!(empty.build(), Err(CheckoutUrlError::NoItems));
    /// let none = empty.item("MUG-1", 0).build();
    /// assert_eq!(none, Err(CheckoutUrlError::Quantity("MUG-1".to_owned())));
    /// let insecure = CheckoutUrl::new("http://mystore.example.com").item(12, 1);
    /// assert_eq!(insecure.build(), Err(CheckoutUrlError::Storefront));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the storefront's URL is not `https`, there is no product, a quantity is
    /// zero, a SKU is empty or contains a `:` or `,`, which separate products, or the coupon or
    /// source is empty.
    pub fn build(&self) -> Result<Url, CheckoutUrlError> {
        let mut url = Url::parse(&self.storefront).map_err(|_| CheckoutUrlError::Storefront)?;
        if url.scheme() != "https" || !url.username().is_empty() || url.password().is_some() {
            return Err(CheckoutUrlError::Storefront);
        }
        url.path_segments_mut()
            .map_err(|()| CheckoutUrlError::Storefront)?
            .pop_if_empty()
            .extend(["checkout", ""]);
        if self.items.is_empty() {
            return Err(CheckoutUrlError::NoItems);
        }
        let mut query = String::from("products=");
        for (at, (id, quantity)) in self.items.iter().enumerate() {
            let id = id.to_string();
            if id.is_empty() || id.contains([':', ',']) {
                return Err(CheckoutUrlError::Sku(id));
            }
            if *quantity == 0 {
                return Err(CheckoutUrlError::Quantity(id));
            }
            if at > 0 {
                query.push(',');
            }
            query += &format!("{}:{quantity}", utf8_percent_encode(&id, TEXT));
        }
        let more = [
            ("coupon", &self.coupon),
            ("order_source", &self.order_source),
        ];
        for (name, value) in more {
            if let Some(value) = value {
                if value.is_empty() {
                    return Err(CheckoutUrlError::Empty(name));
                }
                query += &format!("&{name}={}", utf8_percent_encode(value, TEXT));
            }
        }
        query += "&action=buy";
        url.set_query(Some(&query));
        url.set_fragment(None);
        Ok(url)
    }
}

/// Why the URL cannot be built.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckoutUrlError {
    /// The storefront's URL does not begin with `https`.
    Storefront,
    /// There is no product.
    NoItems,
    /// The SKU is empty, or contains a `:` or `,`.
    Sku(String),
    /// The quantity of that product is zero.
    Quantity(String),
    /// The value of that parameter is empty.
    Empty(&'static str),
}

impl fmt::Display for CheckoutUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Storefront => f.write_str("the storefront's URL must begin with https"),
            Self::NoItems => f.write_str("a checkout needs at least one product"),
            Self::Sku(sku) => write!(f, "the SKU {sku:?} cannot be used in a checkout URL"),
            Self::Quantity(id) => write!(f, "the quantity of {id:?} is zero"),
            Self::Empty(name) => write!(f, "{name} is empty: omit it or set a value"),
        }
    }
}

impl std::error::Error for CheckoutUrlError {}
