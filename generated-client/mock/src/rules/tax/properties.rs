//! The data for tax providers: properties, and their values for products and customers.

use serde_json::json;

use crate::refusal::Refusal;
use crate::rules::fields::get;
use crate::rules::{Context, Rules, Settings, Write, refuse};
use crate::state::Record;

pub(in crate::rules) struct Properties;

/// The values of one type of resource.
pub(in crate::rules) struct Values {
    path: &'static str,
    name: &'static str,
    refers: &'static [(&'static str, &'static str)],
}

const NAME: &str = "tax_properties";
const FILE: &str = "tax/properties.rs";

pub(in crate::rules) static OF_PRODUCTS: Values = Values {
    path: "tax/products/properties",
    name: "product_tax_properties",
    refers: &[("product_id", "products")],
};

pub(in crate::rules) static OF_CUSTOMERS: Values = Values {
    path: "tax/customers",
    name: "customer_tax_properties",
    refers: &[("customer_id", "customers")],
};

impl Rules for Properties {
    fn settings(&self) -> Settings {
        Settings {
            path: "tax/properties",
            name: NAME,
            file: Some(FILE),
            kept: 409,
            ..Settings::USUAL
        }
    }

    fn kept(&self, context: &Context<'_>, record: &Record) -> Option<String> {
        let code = crate::values::plain(get(record, "code"));
        let mut all = context.all(OF_PRODUCTS.name, &[]).into_iter();
        let used = all.any(|own| !get(&own, "tax_properties")[code.as_str()].is_null());
        used.then(|| "A product has a value for the tax property".to_owned())
    }
}

impl Rules for Values {
    fn settings(&self) -> Settings {
        Settings {
            path: self.path,
            name: self.name,
            file: Some(FILE),
            given: true,
            refers: self.refers,
            ..Settings::USUAL
        }
    }

    fn write(&self, context: &Context<'_>, write: &mut Write<'_>) -> Result<(), Refusal> {
        let mut codes = write.body["tax_properties"]
            .as_object()
            .into_iter()
            .flatten();
        let unknown = codes.find(|(code, _)| {
            let like = [("code", json!(code))];
            context.first(NAME, &like).is_none()
        });
        match unknown {
            Some((code, _)) => refuse(
                "tax_properties",
                &format!("There is no tax property {code}"),
            ),
            None => Ok(()),
        }
    }
}
