//! Lines of an order as lines of a cart.

use crate::DateTime;
use crate::carts::{CartItemInput, CartOptionSelectionInput};
use crate::orders::OrderProductOptionType::{DateField, FileUpload};
use crate::orders::{OrderProduct, OrderProductOption};

impl OrderProduct {
    /// The same product for a cart, to order it again, as often and with the same options. `None` if nothing of it is
    /// left, for a custom product, and for a line that is part of another one or sold a gift certificate.
    ///
    /// It has the product's current price. A file that was uploaded is left out.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["carts", "orders"] store:
    /// use bigcommerce_client::{carts::CartCreate, orders::OrderProduct};
    ///
    /// let lines = store.orders().products(118).list().stream().into_vec().await?;
    /// let items = lines.iter().filter_map(OrderProduct::to_cart_item);
    /// let cart = store.carts().create(CartCreate::new().line_items(items)).await?;
    /// # );
    /// ```
    pub fn to_cart_item(&self) -> Option<CartItemInput> {
        let quantity = self.quantity.filter(|quantity| *quantity > 0)?;
        let product = self.product_id.filter(|id| *id != 0)?;
        if !self.is_sold_alone() {
            return None;
        }
        let item = CartItemInput::new().product_id(product).quantity(quantity);
        let options = self.product_options.iter();
        let options: Vec<_> = options.filter_map(selection).collect();
        Some(match self.variant_id.filter(|id| *id != 0) {
            Some(variant) if options.is_empty() => item.variant_id(variant),
            _ if options.is_empty() => item,
            _ => item.option_selections(options),
        })
    }
}

/// The same choice for a cart.
fn selection(option: &OrderProductOption) -> Option<CartOptionSelectionInput> {
    let selection = CartOptionSelectionInput::new().option_id(option.product_option_id?);
    let value = option.value.as_deref()?;
    let number = match &option.kind {
        Some(FileUpload) => return None,
        Some(DateField) => DateTime::from_wire(value)
            .timestamp()
            .map(|date| date.as_second()),
        _ => option.value_id(),
    };
    Some(match number {
        Some(number) => selection.option_value(number),
        None => selection.option_value(value),
    })
}

#[cfg(test)]
mod tests {
    use crate::json;
    use crate::orders::OrderProduct;

    #[test]
    fn a_line_of_an_order_becomes_one_of_a_cart() {
        for (line, same) in [
            (
                r#"{"id":5,"product_id":7,"variant_id":9,"quantity":2,"price_inc_tax":"5.0000"}"#,
                Some(r#"{"variant_id":9,"product_id":7,"quantity":2}"#),
            ),
            (
                r#"{"id":5,"product_id":7,"quantity":1,"product_options":[
                    {"product_option_id":11,"type":"Swatch","value":"112"},
                    {"product_option_id":12,"type":"Text field","value":"69"},
                    {"product_option_id":13,"type":"Date field","value":"1743570000"},
                    {"product_option_id":14,"type":"File Upload","value":"{}"}]}"#,
                Some(
                    r#"{"product_id":7,"quantity":1,"option_selections":[{"option_id":11,"option_value":112},{"option_id":12,"option_value":"69"},{"option_id":13,"option_value":1743570000}]}"#,
                ),
            ),
            (r#"{"id":5,"product_id":0,"quantity":1,"name":"Mug"}"#, None),
            (r#"{"id":5,"product_id":7,"quantity":0}"#, None),
            (
                r#"{"id":5,"product_id":7,"quantity":1,"is_bundled_product":true}"#,
                None,
            ),
        ] {
            let line: OrderProduct = json::from_str(line).unwrap();
            let made = line.to_cart_item().map(|made| json::to_string(&made));
            assert_eq!(made.as_deref(), same);
        }
    }
}
