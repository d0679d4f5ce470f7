//! The names of secrets and personal data.

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;

/// Words in the names of headers, fields and parameters that mark their values as secret, such as `token`
/// in `X-Auth-Token`, in addition to the catalogue. `-` and `_` are equivalent, and case is ignored.
pub const SECRET: &[&str] = &[
    "token",
    "secret",
    "password",
    "credentials",
    "authorization",
    "cookie",
    "api_key",
    "signed_payload",
    // Names for cards and bank accounts, which do not occur in the catalogue.
    "card_number",
    "verification_value",
    "cvv",
    "iban",
    "account_number",
    "routing_number",
    "last_4_digits",
    "last_four",
    "expiry_month",
    "expiry_year",
];

/// Names whose values are personal data. A name with a dot applies only below that parent.
pub const PERSONAL: &[&str] = &[
    "email",
    "emails",
    "username",
    "first_name",
    "last_name",
    "full_name",
    "company",
    "phone",
    "street_1",
    "street_2",
    "address1",
    "address2",
    "address_line_1",
    "address_line_2",
    "city",
    "zip",
    "postal_code",
    "ip_address",
    "ip_address_v6",
    "registration_ip_address",
    "customer_message",
    "staff_notes",
    "notes",
    "store_credit_note",
    "gift_message",
    "attribute_value",
    "form_fields.value",
    "account_uuid",
    "date_of_birth",
    "tax_id",
    "billing_address.name",
    "shipping_address.name",
    "customer.name",
    "owner.name",
];

/// Names of headers, fields and parameters whose strings and numbers are kept. Those of all other
/// names are left out: a field that nobody thought of may hold anything. `id` and what ends in `_id`
/// is kept as well, unless it is as long as tokens are, and so are dates, booleans and numbers of up to six digits before the point,
/// unless their name is [`SECRET`] or [`PERSONAL`]. A longer number may be one of a phone or a card.
pub const KEPT: &[&str] = &[
    // Headers.
    "accept",
    "accept_encoding",
    "allow",
    "cache_control",
    "content_encoding",
    "content_type",
    "date",
    "retry_after",
    "server",
    "user_agent",
    "vary",
    // Parameters.
    "direction",
    "exclude_fields",
    "include",
    "include_fields",
    "keyword",
    "sort",
    // Fields.
    "availability",
    "code",
    "condition",
    "current",
    "currency",
    "currency_code",
    "default_currency_code",
    "country_iso2",
    "created_at",
    "date_created",
    "date_modified",
    "date_shipped",
    "description",
    "discount_type",
    "display_name",
    "end_cursor",
    "field",
    "inventory_tracking",
    "key",
    "label",
    "name",
    "namespace",
    "next",
    "order_source",
    "permission_set",
    "previous",
    "resource",
    "resource_type",
    "scope",
    "sku",
    "start_cursor",
    "state",
    "status",
    "title",
    "type",
    "upc",
    "updated_at",
    "weight_unit",
];

/// The maximum number of characters of an id. A longer value is a token with the name of an id.
const LONGEST_ID: usize = 64;

/// Which values are redacted in a recording.
///
/// ```
/// use bigcommerce_mock::replay::Redaction;
///
/// let redaction = Redaction::standard().also(["vat_number", "custom_fields.value"]);
/// assert!(redaction.covers("X-Auth-Token", None) && redaction.covers("cart_url", None));
/// assert!(redaction.covers("value", Some("custom_fields")));
/// assert!(!redaction.covers("value", Some("metafields")));
/// assert!(!redaction.covers("name", None));
///
/// // Keep what is harmless in your store.
/// let redaction = redaction.keeping(["search_keywords", "custom_fields.name"]).keeping_texts();
/// ```
#[derive(Clone, Debug)]
pub struct Redaction {
    /// Names that are always redacted.
    hidden: BTreeSet<String>,
    /// Names whose strings are kept.
    kept: BTreeSet<String>,
    /// Whether bodies are kept that are neither JSON nor a form.
    texts: bool,
    /// Whether everything is kept.
    all: bool,
}

impl Redaction {
    /// The names that the catalogue calls secret, those with a word of [`SECRET`] and those of
    /// [`PERSONAL`], and all strings and longer numbers but those of [`KEPT`].
    #[must_use]
    pub fn standard() -> Self {
        let own = PERSONAL.iter().copied();
        let told = Catalogue::shared().into_iter();
        let told = told.flat_map(|catalogue| catalogue.types.secrets());
        Self {
            hidden: own.map(plain).chain(told.map(|it| plain(&it))).collect(),
            kept: KEPT.iter().map(|it| plain(it)).collect(),
            texts: false,
            all: false,
        }
    }

    /// Nothing is redacted.
    pub(super) const fn none() -> Self {
        Self {
            hidden: BTreeSet::new(),
            kept: BTreeSet::new(),
            texts: true,
            all: true,
        }
    }

    /// Keeps the strings and numbers of these names. Write `parent.name` for a name that is
    /// harmless only below that parent. Secret and personal names are still redacted.
    #[must_use]
    pub fn keeping(mut self, names: impl IntoIterator<Item: AsRef<str>>) -> Self {
        let names = names.into_iter().map(|it| plain(it.as_ref()));
        self.kept.extend(names);
        self
    }

    /// Also keeps text bodies that are neither JSON nor a form, such as the HTML pages of gateways.
    /// Their contents are not redacted.
    #[must_use]
    pub const fn keeping_texts(mut self) -> Self {
        self.texts = true;
        self
    }

    pub(super) const fn keeps_texts(&self) -> bool {
        self.texts
    }

    /// Also redacts these names. Write `parent.name` for a name that is harmless elsewhere.
    #[must_use]
    pub fn also(mut self, names: impl IntoIterator<Item: AsRef<str>>) -> Self {
        self.hidden
            .extend(names.into_iter().map(|it| plain(it.as_ref())));
        self
    }

    /// Whether the values of a name are redacted, possibly only below this parent.
    #[must_use]
    pub fn covers(&self, name: &str, parent: Option<&str>) -> bool {
        among(&self.hidden, name, parent) || (!self.all && is_secret(name))
    }

    /// Whether a string or a number is kept if its name does not require redaction.
    pub(super) fn keeps(&self, name: Option<&str>, parent: Option<&str>, text: &str) -> bool {
        let known = |name| {
            let bare = plain(name);
            ((bare == "id" || bare.ends_with("_id")) && text.len() <= LONGEST_ID)
                || bare.starts_with("x_rate_limit_")
                || among(&self.kept, name, parent)
        };
        self.all || name.is_some_and(known) || text.split(',').all(harmless)
    }
}

impl Default for Redaction {
    fn default() -> Self {
        Self::standard()
    }
}

/// Whether a name contains one of the words for secrets.
fn is_secret(name: &str) -> bool {
    let name = format!("_{}_", plain(name));
    SECRET
        .iter()
        .any(|word| name.contains(&format!("_{word}_")))
}

fn among(names: &BTreeSet<String>, name: &str, parent: Option<&str>) -> bool {
    let name = plain(name);
    names.contains(&name)
        || parent.is_some_and(|parent| names.contains(&format!("{}.{name}", plain(parent))))
}

/// Whether a string has the form of an amount, a small number, a boolean or a time. A long number may
/// be that of a phone or a card.
fn harmless(text: &str) -> bool {
    if matches!(text, "" | "true" | "false") {
        return true;
    }
    let whole = text.trim_start_matches('-').split('.').next();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte))
    {
        let small = whole.is_some_and(|whole| whole.len() <= 6 && digits(whole));
        return small || date(text);
    }
    let rest = text.get(10..).unwrap_or_default();
    date(text)
        && rest.starts_with('T')
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"T:+-.Z".contains(&byte))
}

/// Whether a string begins like 2026-03-01.
fn date(text: &str) -> bool {
    text.get(..10).is_some_and(|date| {
        date.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    })
}

pub(super) fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_")
}
