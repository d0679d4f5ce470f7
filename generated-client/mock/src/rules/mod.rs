//! What the store computes beyond its conventions: a small file for each group that needs one.
//!
//! A collection works by convention from the catalogue alone: list, filter, sort, page, create, get,
//! update, delete, parents, unique fields, references, starting values, timestamps and events. A file
//! here adds what the catalogue cannot express, such as the lines of an order. It is a [`Rules`] among
//! [`ALL`].

mod abandoned_carts;
mod brands;
mod bulk;
mod carts;
mod categories;
mod channel_settings;
mod channels;
mod checkouts;
mod choices;
mod chosen;
mod content;
mod context;
mod convention;
mod countries;
mod coverage;
mod currencies;
mod customers;
mod fields;
mod holds;
mod hosting;
mod inventory;
mod legacy_categories;
mod marketing;
mod metafields;
mod open_orders;
mod operations;
mod orders;
mod payments;
mod pictures;
mod price_lists;
mod pricing;
mod products;
mod promotions;
mod quirk;
mod redirected;
mod seeding;
mod settings;
mod shipping;
mod sold;
mod sort_orders;
mod store;
mod store_settings;
mod storefront_tokens;
mod tax;
mod themes;
mod variants;
mod webhooks;
mod work;

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Map, Value};

pub(crate) use self::context::Context;
pub(crate) use self::convention::{Collection, Model, empty};
pub use self::coverage::{Covered, coverage, coverage_of};
pub use self::operations::Served;
pub(crate) use self::operations::{Among, BatchRule, Find, Operation, Special, Verb};
pub(crate) use self::quirk::{Quirk, Sends};
pub(crate) use self::seeding::{Make, Seeding};
pub(crate) use self::settings::Settings;
pub(crate) use self::work::Work;

use crate::refusal::Refusal;
use crate::state::{Key, Record};
use crate::wanted::Wanted;

/// The rules of every collection that has some, in the order in which a new store is filled.
static ALL: &[&dyn Rules] = &[
    &currencies::Currencies,
    &countries::Countries,
    &countries::States,
    &channels::ActiveThemes,
    &channels::Currencies,
    &channels::Channels,
    &channels::Sites,
    &channels::Routes,
    &channels::Listings,
    &brands::Brands,
    &categories::Trees,
    &categories::Categories,
    &customers::Groups,
    &customers::Customers,
    &customers::Attributes,
    &customers::Addresses,
    &customers::FormFields,
    &customers::Values,
    &customers::Credentials,
    &customers::Passwords,
    &customers::Members,
    &customers::OfProfile,
    &customers::Subscribers,
    &customers::Wishlists,
    &customers::Items,
    &products::Products,
    &sort_orders::SortOrders,
    &choices::Options,
    &choices::OptionValues,
    &choices::Modifiers,
    &choices::ModifierValues,
    &products::Images,
    &products::Videos,
    &products::CustomFields,
    &products::BulkPricingRules,
    &products::ComplexRules,
    &products::Reviews,
    &products::Assignments::CATEGORIES,
    &products::Assignments::CHANNELS,
    &variants::Variants,
    &inventory::Locations,
    &inventory::Stock,
    &inventory::Items,
    &inventory::Writes,
    &price_lists::PriceLists,
    &price_lists::PriceRecords,
    &price_lists::Assignments,
    &promotions::Promotions,
    &promotions::Codes,
    &promotions::Generations,
    &marketing::Coupons,
    &marketing::Banners,
    &marketing::GiftCertificates,
    // Records derived from orders exist before the first order.
    &orders::Statuses,
    &orders::Products,
    &orders::Addresses,
    &orders::Consignments,
    &orders::Fees,
    &orders::Taxes,
    &orders::Shipments,
    &orders::Transactions,
    &orders::Quotes,
    &orders::Refunds,
    &orders::ChannelSettings,
    &orders::Orders,
    &orders::Messages,
    &inventory::Methods,
    &inventory::Pickups,
    &inventory::Options,
    &carts::Carts,
    &abandoned_carts::AbandonedCarts,
    &themes::Themes,
    &themes::Configurations,
    &themes::Jobs,
    &themes::Associations,
    &content::Pages,
    &content::Redirects,
    &content::Jobs,
    &content::Scripts,
    &content::Posts,
    &content::Templates,
    &content::Widgets,
    &content::Placements,
    &content::Regions,
    &content::PageWidgets,
    &payments::Methods,
    &payments::AccessTokens,
    &payments::Payments,
    &pricing::Pricing,
    &hosting::Projects,
    &hosting::Uploads,
    &hosting::Deployments,
    &storefront_tokens::Tokens,
    &store::Information,
    &store::Time,
    &store::Logs,
    &tax::Classes,
    &tax::Zones,
    &tax::Rates,
    &tax::Checks,
    &tax::Properties,
    &tax::OF_PRODUCTS,
    &tax::OF_CUSTOMERS,
    &tax::Connections,
    &shipping::Zones,
    &shipping::Carriers,
    &store_settings::PROFILE,
    &store_settings::LOCALE,
    &store_settings::UNITS,
    &store_settings::CATALOG,
    &store_settings::EMAILS,
    &store_settings::INVENTORY,
    &store_settings::NOTIFICATIONS,
    &store_settings::LOGO,
    &store_settings::CATEGORY,
    &store_settings::PRODUCT,
    &store_settings::ROBOTS,
    &store_settings::SEARCH,
    &store_settings::SECURITY,
    &store_settings::SEO,
    &store_settings::STATUS,
    &store_settings::TAX,
    &store_settings::SHIPPING,
    &store_settings::Filters,
    &store_settings::Contexts,
    &store_settings::Analytics,
    &store_settings::EmailTemplates,
    &channel_settings::OF_SHIPPING,
    &channel_settings::OF_CUSTOMERS,
    &channel_settings::OF_CARTS,
    &channel_settings::OF_CHECKOUTS,
    &channel_settings::OF_ABANDONED_CARTS,
    &metafields::OF_BRANDS,
    &metafields::OF_CATEGORIES,
    &metafields::OF_PRODUCTS,
    &metafields::OF_VARIANTS,
    &metafields::OF_CUSTOMERS,
    &metafields::OF_ORDERS,
    &metafields::OF_LOCATIONS,
    &metafields::OF_CARTS,
    &metafields::OF_CHANNELS,
    &metafields::OF_STORE,
    &webhooks::Webhooks,
];

/// The operations on records of other collections than the one at their path.
static ELSEWHERE: &[&[Special]] = &[checkouts::ALL, legacy_categories::ALL];

/// What a collection computes. Each method defaults to the convention.
pub(crate) trait Rules: Sync {
    /// Facts about the collection.
    fn settings(&self) -> Settings;

    /// Operations that do not follow from their method and path.
    fn operations(&self) -> &'static [Special] {
        &[]
    }

    /// The initial fields of a new record that were not sent and for which the empty value of the type
    /// is wrong.
    fn starts(&self, _: &Context<'_>, _: &Record) -> Value {
        Value::Null
    }

    /// Before a record is written: rejects it, or sets fields that are not simply copied from the body.
    fn write(&self, _: &Context<'_>, _: &mut Write<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// Fields derived from others, after every write.
    fn derive(&self, _: &Context<'_>, _: &mut Record) {}

    /// Changes to other records after one was written.
    fn after(&self, _: &mut Work<'_, '_>, _: &Written) -> Result<(), Refusal> {
        Ok(())
    }

    /// Why a record cannot be deleted.
    fn kept(&self, _: &Context<'_>, _: &Record) -> Option<String> {
        None
    }

    /// Changes to other records after a call has deleted one.
    fn removed(&self, _: &mut Work<'_, '_>, _: &Record) -> Result<(), Refusal> {
        Ok(())
    }

    /// The remaining fields of a record that is archived instead of deleted.
    fn archive(&self, _: &Record) -> Option<Record> {
        None
    }

    /// A field that is computed when a record is returned.
    fn show(&self, _: &Context<'_>, _: &Wanted, _: &Record, _: &str) -> Option<Value> {
        None
    }

    /// The value that a filter, a search or a sort uses, if it is not the field with that name.
    fn find(&self, _: &Context<'_>, _: &Record, _: Looking<'_>) -> Option<Value> {
        None
    }

    /// Whether lists omit the record.
    fn is_hidden(&self, _: &Record) -> bool {
        false
    }

    /// Whether the record does not exist for the caller.
    fn is_foreign(&self, _: &Context<'_>, _: &Record) -> bool {
        false
    }

    /// The data of an event about a written record.
    fn event(&self, _: &Context<'_>, _: &str, _: &Written) -> Told {
        Told::Usual
    }

    /// The data of a single event about all records that a call wrote; an empty list for no event.
    fn batch_event(&self, _: &str, _: &[Written]) -> Option<Vec<Value>> {
        None
    }

    /// The channel of a record, and the event data for hooks on that channel.
    fn channel(&self, _: &Context<'_>, _: &Record) -> Option<(i64, Value)> {
        None
    }

    /// The data of an event that only hooks of a channel receive, once for each time it fires; `None` for the fields of
    /// its payload that the record has.
    fn channel_event(&self, _: &Context<'_>, _: &str, _: &Written) -> Option<Vec<Value>> {
        None
    }

    /// Quirks of the live API.
    fn quirks(&self) -> Vec<Quirk> {
        Vec::new()
    }

    /// The records of a new store.
    fn seed(&self, _: &mut Seeding<'_>) -> Result<(), Refusal> {
        Ok(())
    }
}

/// A record that is about to be written.
pub(crate) struct Write<'a> {
    /// The record before; `None` for a new one.
    pub(crate) before: Option<&'a Record>,
    /// The body.
    pub(crate) body: &'a Value,
    /// The record after.
    pub(crate) record: &'a mut Record,
}

impl Write<'_> {
    /// Whether the body has this field.
    pub(crate) fn sent(&self, field: &str) -> bool {
        self.body.get(field).is_some()
    }

    /// Sets a field.
    pub(crate) fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.record.insert(field.to_owned(), value.into());
    }
}

/// A written record.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) key: Key,
    /// The record before; `None` for a new one.
    pub(crate) before: Option<Arc<Record>>,
    /// The record after.
    pub(crate) record: Arc<Record>,
    /// The body.
    pub(crate) body: Value,
}

/// What uses the value of a record.
#[derive(Clone, Copy)]
pub(crate) struct Looking<'a> {
    /// The query parameter: `categories:in`.
    pub(crate) parameter: &'a str,
    /// The field: `categories`.
    pub(crate) field: &'a str,
}

/// The data of an event.
pub(crate) enum Told {
    /// The type of resource and its id.
    Usual,
    /// No event fires.
    Nothing,
    /// This in place of the default data.
    Data(Value),
    /// One event for each of these, with the data for hooks on the record's channel; null if it has no
    /// channel.
    Each(Vec<(Value, Value)>),
}

/// Rejects with 422 and an error about a field.
fn refuse<T>(field: &str, says: &str) -> Result<T, Refusal> {
    refuse_with(StatusCode::UNPROCESSABLE_ENTITY, field, says)
}

/// Rejects with a status and an error about a field.
fn refuse_with<T>(status: StatusCode, field: &str, says: &str) -> Result<T, Refusal> {
    Err(Refusal::new(status, says).about(field, says))
}

/// The fields of an object literal.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
