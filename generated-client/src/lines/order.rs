//! Lines of an order.

use crate::DateTime;
use crate::orders::OrderProductOptionType::{
    Checkbox, DateField, FileUpload, MultipleChoice, ProductPickList, Swatch,
};
use crate::orders::{OrderLineCreate, OrderLineOptionCreate, OrderProduct, OrderProductOption};

impl OrderProductOption {
    /// The id of the value that was chosen, as options and modifiers of the catalog have it. `None` if something was
    /// entered instead: a text, a date or a file, and for a kind of option that this client does not know.
    ///
    /// ```
    /// use bigcommerce_client::{json, orders::OrderProductOption};
    ///
    /// let option = |text| json::from_str::<OrderProductOption>(text);
    /// let size = option(r#"{"product_option_id":120,"type":"Multiple choice","value":"69"}"#)?;
    /// assert_eq!(size.value_id(), Some(69));
    /// let engraving = option(r#"{"product_option_id":122,"type":"Text field","value":"69"}"#)?;
    /// assert_eq!(engraving.value_id(), None);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn value_id(&self) -> Option<i64> {
        match self.kind.as_ref()? {
            Checkbox | MultipleChoice | ProductPickList | Swatch => {
                self.value.as_deref()?.parse().ok()
            }
            _ => None,
        }
    }

    /// The same choice for a line of a new order. `None` for files and pick lists, which the API does not accept.
    fn to_option(&self) -> Option<OrderLineOptionCreate> {
        let option = OrderLineOptionCreate::new().id(self.product_option_id?);
        let value = self.value.as_deref()?;
        match &self.kind {
            Some(FileUpload | ProductPickList) => None,
            // It is returned as a timestamp, but accepted only as a date.
            Some(DateField) => {
                let date = DateTime::from_wire(value).timestamp();
                Some(match date {
                    Some(date) => option.value(date.to_string()),
                    None => option.value(value),
                })
            }
            _ => Some(option.value(value)),
        }
    }
}

impl OrderProduct {
    /// Whether it is a line of its own: not part of another line, and not a gift certificate.
    pub(super) fn is_sold_alone(&self) -> bool {
        let is_set = |id: Option<i64>| id.is_some_and(|id| id != 0);
        !is_set(self.parent_order_product_id)
            && !is_set(self.gift_certificate_id)
            && self.is_bundled_product != Some(true)
    }

    /// The same line for a new order, such as a replacement, with the same options. `None` if nothing of it is left,
    /// and for a line that is part of another one or sold a gift certificate.
    ///
    /// A product of the catalog has its current price there, unless you set both prices; a custom product keeps its
    /// own. The wrapping and discounts are left out, and so are the choices that the API does not accept: files and
    /// pick lists.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["orders"] store:
    /// use bigcommerce_client::orders::{OrderBillingAddressCreate, OrderCreate, OrderProduct};
    ///
    /// let lines = store.orders().products(118).list().stream().into_vec().await?;
    /// let replacement = OrderCreate::new(OrderBillingAddressCreate::new("78701"))
    ///     .products(lines.iter().filter_map(OrderProduct::to_line));
    /// store.orders().create(replacement).await?;
    /// # );
    /// ```
    pub fn to_line(&self) -> Option<OrderLineCreate> {
        let quantity = self.quantity.filter(|quantity| *quantity > 0)?;
        if !self.is_sold_alone() {
            return None;
        }
        let line = OrderLineCreate::new().quantity(quantity);
        let Some(product) = self.product_id.filter(|id| *id != 0) else {
            let line = line.name(self.name.as_deref()?);
            let line = line.price_ex_tax(self.price_ex_tax.as_ref()?);
            let line = line.price_inc_tax(self.price_inc_tax.as_ref()?);
            return Some(match self.sku.as_deref() {
                Some(sku) if !sku.is_empty() => line.sku(sku),
                _ => line,
            });
        };
        let line = line.product_id(product);
        let options = self.product_options.iter();
        let options: Vec<_> = options.filter_map(OrderProductOption::to_option).collect();
        Some(match self.variant_id.filter(|id| *id != 0) {
            Some(variant) if options.is_empty() => line.variant_id(variant),
            _ if options.is_empty() => line,
            _ => line.product_options(options),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::json;
    use crate::orders::OrderProduct;

    #[test]
    fn a_line_of_an_order_becomes_one_of_a_new_order() {
        for (line, same) in [
            (
                r#"{"id":5,"product_id":7,"variant_id":9,"quantity":2,"name":"Tray","price_ex_tax":"5.0000"}"#,
                Some(r#"{"product_id":7,"variant_id":9,"quantity":2}"#),
            ),
            (
                r#"{"id":5,"product_id":7,"variant_id":0,"quantity":1}"#,
                Some(r#"{"product_id":7,"quantity":1}"#),
            ),
            (
                r#"{"id":5,"product_id":7,"variant_id":9,"quantity":1,"product_options":[
                    {"id":1,"product_option_id":11,"type":"Swatch","value":"112"},
                    {"id":2,"product_option_id":12,"type":"Text field","value":"For Ada"},
                    {"id":3,"product_option_id":13,"type":"Date field","value":"1743570000"},
                    {"id":4,"product_option_id":14,"type":"Product Pick List","value":"106"},
                    {"id":5,"product_option_id":15,"type":"File Upload","value":"{}"}]}"#,
                Some(
                    r#"{"product_id":7,"quantity":1,"product_options":[{"id":11,"value":"112"},{"id":12,"value":"For Ada"},{"id":13,"value":"2025-04-02T05:00:00Z"}]}"#,
                ),
            ),
            (
                r#"{"id":5,"product_id":0,"quantity":1,"name":"Mug","sku":"","price_ex_tax":"12.0000","price_inc_tax":"12.0000"}"#,
                Some(
                    r#"{"name":"Mug","quantity":1,"price_ex_tax":"12.0000","price_inc_tax":"12.0000"}"#,
                ),
            ),
            (r#"{"id":5,"product_id":7,"quantity":0}"#, None),
            (
                r#"{"id":5,"product_id":7,"quantity":1,"parent_order_product_id":4}"#,
                None,
            ),
            (
                r#"{"id":5,"product_id":0,"quantity":1,"gift_certificate_id":3}"#,
                None,
            ),
        ] {
            let line: OrderProduct = json::from_str(line).unwrap();
            let made = line.to_line().map(|made| json::to_string(&made));
            assert_eq!(made.as_deref(), same);
        }
    }
}
