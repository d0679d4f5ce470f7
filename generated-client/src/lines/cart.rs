//! Lines of a cart.

use crate::carts::{CartItem, CartLineItems};
#[cfg(feature = "carts")]
use crate::carts::{CartItemInput, CartItemOption, CartOptionSelectionInput};

impl CartLineItems {
    /// The products of the catalog, physical and digital ones.
    ///
    /// ```
    /// use bigcommerce_client::{carts::CartLineItems, json};
    ///
    /// let lines: CartLineItems = json::from_str(
    ///     r#"{"physical_items":[{"id":"a","quantity":2}],"digital_items":[{"id":"b","quantity":1}]}"#,
    /// )?;
    /// assert_eq!(lines.products().filter_map(|line| line.quantity).sum::<i64>(), 3);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn products(&self) -> impl Iterator<Item = &CartItem> {
        self.physical_items.iter().chain(&self.digital_items)
    }
}

#[cfg(feature = "carts")]
impl CartItem {
    /// The same product for another cart, as often and with the same options. `None` if it lacks a product or a
    /// quantity, and for a line that the store adds by itself, for a promotion or together with another line.
    ///
    /// The price, the name and the wrapping are left out: the new line has the product's current price, and
    /// promotions apply to it.
    ///
    /// Read the cart with its options, or a product with modifiers lacks them: a line with options describes its
    /// variant by them, and one without by its id. Text that was entered is kept, but a date has to be set again,
    /// since a cart only has it as it is shown, and so does a file.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["carts"] store:
    /// use bigcommerce_client::carts::{CartCreate, CartInclude::*, CartItem};
    ///
    /// let options = [LineItemsPhysicalItemsOptions, LineItemsDigitalItemsOptions];
    /// let old = store.carts().get("b20deef4-0f96-4eb7-8a5d-9b6d1f2ac1a5").include(options).await?;
    /// let lines = old.line_items.iter().flat_map(|lines| lines.products());
    /// let copy = CartCreate::new().line_items(lines.filter_map(CartItem::to_input));
    /// store.carts().create(copy).await?;
    /// # );
    /// ```
    pub fn to_input(&self) -> Option<CartItemInput> {
        if self.parent_id.is_some() || self.added_by_promotion == Some(true) {
            return None;
        }
        let item = CartItemInput::new().product_id(self.product_id?);
        let item = item.quantity(self.quantity?);
        Some(match (&self.options[..], self.variant_id) {
            ([], None) => item,
            ([], Some(variant)) => item.variant_id(variant),
            (options, _) => {
                item.option_selections(options.iter().filter_map(CartItemOption::to_selection))
            }
        })
    }
}

#[cfg(feature = "carts")]
impl CartItemOption {
    /// The same choice for another line: the value by its id, or what was entered. `None` if it lacks both or the
    /// option.
    ///
    /// ```
    /// use bigcommerce_client::{carts::CartItemOption, json};
    ///
    /// let option: CartItemOption =
    ///     json::from_str(r#"{"name":"Size","nameId":125,"value":"Medium","valueId":127}"#)?;
    /// let same = option.to_selection().map(|same| json::to_string(&same));
    /// assert_eq!(same.as_deref(), Some(r#"{"option_id":125,"option_value":127}"#));
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn to_selection(&self) -> Option<CartOptionSelectionInput> {
        let selection = CartOptionSelectionInput::new().option_id(self.name_id?);
        Some(match self.value_id {
            Some(value) => selection.option_value(value),
            None => selection.option_value(self.value.as_deref()?),
        })
    }
}

#[cfg(all(test, feature = "carts"))]
mod tests {
    use crate::carts::CartItem;
    use crate::json;

    #[test]
    fn a_line_of_a_cart_becomes_one_of_another_cart_without_its_price() {
        for (line, same) in [
            (
                r#"{"id":"a","product_id":7,"variant_id":9,"quantity":2,"name":"Tray","list_price":5}"#,
                Some(r#"{"variant_id":9,"product_id":7,"quantity":2}"#),
            ),
            (
                r#"{"id":"a","product_id":7,"quantity":2,"parent_id":null,"added_by_promotion":false}"#,
                Some(r#"{"product_id":7,"quantity":2}"#),
            ),
            (
                r#"{"id":"a","product_id":7,"variant_id":9,"quantity":1,"options":[
                    {"name":"Size","nameId":1,"value":"M","valueId":2},
                    {"name":"Engraving","nameId":3,"value":"For Ada","valueId":null},
                    {"name":"Lost"}]}"#,
                Some(
                    r#"{"product_id":7,"quantity":1,"option_selections":[{"option_id":1,"option_value":2},{"option_id":3,"option_value":"For Ada"}]}"#,
                ),
            ),
            (r#"{"id":"a","product_id":7}"#, None),
            (r#"{"id":"a","quantity":1}"#, None),
            (
                r#"{"id":"a","product_id":7,"quantity":1,"parent_id":"b"}"#,
                None,
            ),
            (
                r#"{"id":"a","product_id":7,"quantity":1,"added_by_promotion":true}"#,
                None,
            ),
        ] {
            let line: CartItem = json::from_str(line).unwrap();
            let made = line.to_input().map(|made| json::to_string(&made));
            assert_eq!(made.as_deref(), same);
        }
    }
}
