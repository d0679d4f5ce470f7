//! By which names secrets and personal data are known.

use std::collections::BTreeSet;

/// Names of headers, fields and parameters whose values are secret. `-` and `_` are the same, as are
/// upper and lower case.
pub const SECRET: &[&str] = &[
    "x_auth_token",
    "authorization",
    "proxy_authorization",
    "cookie",
    "set_cookie",
    "client_secret",
    "access_token",
    "refresh_token",
    "signed_payload",
    "signed_payload_jwt",
    "password",
    "new_password",
    "cart_token",
    "token",
];

/// Names whose values say something of a person. One with a dot counts below that parent only.
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
];

/// Which values a recording does without.
///
/// ```
/// use bigcommerce_mock::replay::Redaction;
///
/// let redaction = Redaction::standard().also(["vat_number", "custom_fields.value"]);
/// assert!(redaction.covers("X-Auth-Token", None));
/// assert!(redaction.covers("value", Some("custom_fields")));
/// assert!(!redaction.covers("value", Some("metafields")));
/// assert!(!redaction.covers("name", None));
/// ```
#[derive(Clone, Debug)]
pub struct Redaction(BTreeSet<String>);

impl Redaction {
    /// The names of [`SECRET`] and [`PERSONAL`].
    #[must_use]
    pub fn standard() -> Self {
        Self(SECRET.iter().chain(PERSONAL).map(|it| plain(it)).collect())
    }

    /// Nothing is left out.
    pub(super) const fn none() -> Self {
        Self(BTreeSet::new())
    }

    /// These names as well. Write `parent.name` for a name that is harmless elsewhere.
    #[must_use]
    pub fn also(mut self, names: impl IntoIterator<Item: AsRef<str>>) -> Self {
        self.0
            .extend(names.into_iter().map(|it| plain(it.as_ref())));
        self
    }

    /// Whether the values of a name are left out, perhaps only below this parent.
    #[must_use]
    pub fn covers(&self, name: &str, parent: Option<&str>) -> bool {
        let name = plain(name);
        self.0.contains(&name)
            || parent.is_some_and(|parent| self.0.contains(&format!("{}.{name}", plain(parent))))
    }
}

impl Default for Redaction {
    fn default() -> Self {
        Self::standard()
    }
}

pub(super) fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_")
}
