//! From what was read to what is sent, where the two have fields in common.

use super::{Decode, DecodeError, Encode, Reader, Writer};

/// Builds a value to send from one that was read, such as the payments of a refund from a quote, or a product
/// for another store. It takes the fields that its type has, spelled as the API takes them, and omits the rest.
///
/// An id is such a field where the type has one. To change a record, see [`guide::updates`](crate::guide::updates).
///
/// A field is taken by its name alone, whatever it means in the request: the `list_price` of a cart's line would fix
/// the price of the new one, and the `id` of an order line's option is not that of the option in the catalog. For such
/// lines use `CartItem::to_input`, `OrderProduct::to_line` and `OrderProduct::to_cart_item`.
///
/// ```
/// # #[cfg(feature = "orders")] {
/// use bigcommerce_client::{json, refunds::{RefundOption, RefundPaymentCreate}};
///
/// let option: RefundOption = json::from_str(
///     r#"{"provider_id":"storecredit","provider_description":"Store credit","amount":9.99,"offline":false}"#,
/// )?;
/// let payment: RefundPaymentCreate = json::convert(&option)?;
/// assert_eq!(
///     json::to_string(&payment),
///     r#"{"provider_id":"storecredit","amount":9.99,"offline":false}"#
/// );
/// # }
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
///
/// # Errors
///
/// Returns an error if a field that is required is missing, or if a field has another type there or a value
/// that could not be decoded. A list or a map with such a value is an error even if its other items were
/// changed, unless the record's [`Rest`](super::Rest) is emptied.
pub fn convert<T: Decode>(value: &(impl Encode + ?Sized)) -> Result<T, DecodeError> {
    let mut writer = Writer::of_values();
    value.encode(&mut writer);
    let (written, parted) = writer.into_parts();
    if let Some(path) = parted {
        let (expected, found) = ("a value that its type can hold", "something else");
        return Err(DecodeError::kind(path, 0, expected, found));
    }
    let mut reader = Reader::over(&written).strict().of_record();
    let converted = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(converted)
}

#[cfg(test)]
#[allow(dead_code, reason = "only a conversion makes the values that are sent")]
mod tests {
    use crate::{DateTime, List, Number, Patch, Rest, json};

    crate::declare::read! {
        Carton {
            id: i64 = required "id",
            label: Option<String> = "label",
            weight: Option<Number> = "weight",
            packed: Option<DateTime> = "packed",
            rank: Option<i64> = "rank",
            parts: List<Part> = "parts",
        }
    }
    crate::declare::read! {
        Part { id: i64 = required "id", name: Option<String> = "name", }
    }
    crate::declare::write! {
        CartonInput(label: into String) respelled [weight quoted] {
            label: String = required "label",
            id: Patch<i64> = "id" (own i64),
            weight: Patch<Number> = "weight" (quoted Number),
            packed: Patch<DateTime> = "packed" (into DateTime),
            rank: Patch<bool> = "rank" (own bool),
            parts: Patch<Vec<PartInput>> = "parts" (list PartInput),
        }
    }
    crate::declare::write! {
        PartInput() { name: Patch<String> = "name" (into String), }
    }

    fn converted(body: &str) -> Result<String, json::DecodeError> {
        let carton: Carton = json::from_str(body).unwrap();
        json::convert::<CartonInput>(&carton).map(|input| json::to_string(&input))
    }

    #[test]
    fn a_value_to_send_takes_the_fields_that_it_has_from_one_that_was_read() {
        let body = concat!(
            r#"{"id":1,"label":"a","packed":"","weight":2.50,"new":[1],"#,
            r#""parts":[{"id":4,"name":"lid","new":2},{"id":5,"name":null}]}"#
        );
        assert_eq!(
            converted(body).unwrap(),
            r#"{"label":"a","id":1,"weight":"2.50","parts":[{"name":"lid"},{}]}"#
        );
    }

    #[test]
    fn what_is_damaged_or_of_another_type_or_missing_is_not_left_out_in_silence() {
        for (body, says) in [
            (
                r#"{"id":1,"label":"a","parts":[{"id":4},"x"]}"#,
                "at parts[1]: expected an object, found a string",
            ),
            (
                r#"{"id":1,"label":["a"]}"#,
                "at label: expected a string, found a list",
            ),
            (
                r#"{"id":1,"label":"a","rank":5}"#,
                "at rank: expected a boolean, found a number",
            ),
            (r#"{"id":1}"#, "at the top: the field `label` is missing"),
        ] {
            assert_eq!(converted(body).unwrap_err().to_string(), says, "{body}");
        }
    }

    #[test]
    fn a_damaged_item_is_not_left_out_of_a_list_that_was_changed() {
        let body = r#"{"id":1,"label":"a","parts":[{"id":4},"x"]}"#;
        let mut carton: Carton = json::from_str(body).unwrap();
        carton.parts[0].name = Some("lid".to_owned());
        let error = json::convert::<CartonInput>(&carton).unwrap_err();
        assert_eq!(error.path(), "parts", "{error}");
        carton.rest = Rest::default();
        let input: CartonInput = json::convert(&carton).unwrap();
        assert_eq!(
            json::to_string(&input),
            r#"{"label":"a","id":1,"parts":[{"name":"lid"}]}"#
        );
    }
}
