//! Inherited settings: what a channel has of its own, what the store has, and which of the two applies.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::call::{Call, Pending};
use crate::error::Error;
use crate::json::{self, Decode, DecodeError, Encode, RawJson};
use crate::response::{Received, Response};

/// Reads the settings of a channel and those that it inherits from the store.
///
/// The settings of a channel contain only the values that override the store's: a field that is null or
/// missing does not mean "off" but "as in the store". This makes two calls, and returns an [`Effective`].
/// The scope is the same for both.
///
/// ```no_run
/// # bigcommerce_client::example!(["settings"] store:
/// use bigcommerce_client::effective::Origin;
///
/// let catalog = store.settings().channel(2).get_catalog().effective().await?;
/// println!("{:?}", catalog.value.enable_product_comparisons);
/// if catalog.origin("enable_product_comparisons") == Some(Origin::Inherited) {
///     println!("a change in the store changes this channel, too");
/// }
/// # );
/// ```
#[must_use = "a request does nothing until it is awaited"]
pub struct EffectiveRead<T> {
    call: Call,
    read: fn(Call) -> Pending<Response<T>>,
}

/// Settings as they apply, with their origins.
///
/// Objects are merged field by field; no source says whether a channel could override one only as a whole.
/// Arrays are not merged. An empty value of another type than the store's, such as `[]` for an object, is no
/// override.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Effective<T> {
    /// The values that apply.
    pub value: T,
    /// What the call returns without the inherited values.
    pub own: T,
    /// The settings that are inherited; `None` if the call was for the store itself, which inherits nothing.
    pub inherited: Option<T>,
    origins: BTreeMap<String, Origin>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It is set for the channel, or the call was for the store itself.
    Own,
    /// The channel inherits it from the store.
    Inherited,
}

impl<T> Effective<T> {
    /// Where the value of a field comes from, by its name in the JSON and with dots for fields of objects:
    /// `hsts.max_age`. `None` if neither side has a value.
    pub fn origin(&self, field: &str) -> Option<Origin> {
        self.origins.get(field).copied()
    }

    /// Every field with a value, and where that comes from, ordered by name.
    ///
    /// ```no_run
    /// # bigcommerce_client::example!(["settings"] store:
    /// use bigcommerce_client::effective::Origin;
    ///
    /// let profile = store.settings().channel(2).get_profile().effective().await?;
    /// let own = profile.origins().filter(|(_, origin)| *origin == Origin::Own);
    /// println!("the channel overrides {:?}", own.map(|(field, _)| field).collect::<Vec<_>>());
    /// # );
    /// ```
    pub fn origins(&self) -> impl Iterator<Item = (&str, Origin)> {
        let origins = self.origins.iter();
        origins.map(|(field, origin)| (field.as_str(), *origin))
    }
}

impl<T: Decode + Encode> EffectiveRead<T> {
    #[allow(
        dead_code,
        reason = "whether it is used depends on the endpoints that are built"
    )]
    pub(crate) const fn new(call: Call, read: fn(Call) -> Pending<Response<T>>) -> Self {
        Self { call, read }
    }

    /// Sends the requests and waits for the result, for code that is not `async`.
    ///
    /// # Errors
    ///
    /// Returns an error if a call cannot be sent, fails, or returns a response that cannot be
    /// decoded; and inside `async` code.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<Effective<T>, Error> {
        crate::blocking::wait(self.into_future())
    }

    async fn run(self) -> Result<Effective<T>, Error> {
        let Self { call, read } = self;
        let above = call.inherited();
        let own = read(call).await?;
        let inherited = match above {
            Some(call) => Some(read(call).await?.into_value()),
            None => None,
        };
        match merged(&own.value, inherited.as_ref()) {
            Ok((value, origins)) => Ok(Effective {
                value,
                own: own.value,
                inherited,
                origins,
            }),
            Err(error) => {
                // Secrets are redacted in the value, unlike in the body.
                let body = json::to_vec(&own.value).into();
                let Received {
                    status,
                    headers,
                    target,
                    ..
                } = own.received;
                Err(Error::decode(target, status, headers, body, error))
            }
        }
    }
}

impl<T: Decode + Encode> IntoFuture for EffectiveRead<T> {
    type Output = Result<Effective<T>, Error>;
    type IntoFuture = Pending<Effective<T>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<T> fmt::Debug for EffectiveRead<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EffectiveRead")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

type Fields = BTreeMap<String, RawJson>;
type Origins = BTreeMap<String, Origin>;

/// The values that apply, and their origins.
fn merged<T: Decode + Encode>(own: &T, inherited: Option<&T>) -> Result<(T, Origins), DecodeError> {
    let (own, inherited) = (RawJson::of(own), inherited.map(RawJson::of));
    let mut origins = Origins::new();
    let all = merge(Some(&own), inherited.as_ref(), "", &mut origins)?;
    // A value of the wrong type was accepted before, and is accepted again.
    let (value, _) = json::from_slice_with_oddities(all.get().as_bytes())?;
    Ok((value, origins))
}

/// One object of both. `path` is that of the object.
fn merge(
    own: Option<&RawJson>,
    inherited: Option<&RawJson>,
    path: &str,
    origins: &mut Origins,
) -> Result<RawJson, DecodeError> {
    let (own, inherited) = (fields(own)?, fields(inherited)?);
    let names: BTreeSet<&String> = own.keys().chain(inherited.keys()).collect();
    let mut all = Fields::new();
    for name in names {
        let path = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        let of_store = value(&inherited, name);
        let of_channel = value(&own, name);
        let of_channel = of_channel.filter(|own| of_store.is_none_or(|it| !is_none_for(own, it)));
        let (one, origin) = match (of_channel, of_store) {
            (None, None) => continue,
            (own, inherited) if [own, inherited].into_iter().flatten().all(is_object) => {
                let one = merge(own, inherited, &path, origins)?;
                all.insert(name.clone(), one);
                continue;
            }
            (Some(own), _) => (own, Origin::Own),
            (None, Some(inherited)) => (inherited, Origin::Inherited),
        };
        origins.insert(path, origin);
        all.insert(name.clone(), one.clone());
    }
    Ok(RawJson::of(&all))
}

fn fields(of: Option<&RawJson>) -> Result<Fields, DecodeError> {
    of.map_or_else(|| Ok(Fields::new()), RawJson::parse)
}

/// The value of a field; null is none.
fn value<'f>(fields: &'f Fields, name: &str) -> Option<&'f RawJson> {
    let found = fields.get(name);
    found.filter(|json| json.get().trim() != "null")
}

/// Whether a value of the channel is empty and of another type than the store's, such as `""` for a number: the
/// API writes some absent values this way.
fn is_none_for(own: &RawJson, of_store: &RawJson) -> bool {
    let own = own.get().trim().as_bytes();
    let is_empty = match own {
        [b'"', b'"'] => true,
        [b'[', inside @ .., b']'] | [b'{', inside @ .., b'}'] => inside.trim_ascii().is_empty(),
        _ => false,
    };
    is_empty && own.first() != of_store.get().trim().as_bytes().first()
}

fn is_object(json: &RawJson) -> bool {
    json.get().trim_start().starts_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(own: &str, inherited: Option<&str>) -> (String, Vec<(String, Origin)>) {
        let raw = |text: &str| RawJson::new(text).unwrap();
        let (own, inherited) = (raw(own), inherited.map(raw));
        let (all, origins) = super::merged(&own, inherited.as_ref()).unwrap();
        (all.get().to_owned(), origins.into_iter().collect())
    }

    #[test]
    fn each_field_is_that_of_the_channel_if_it_has_one_and_that_of_the_store_otherwise() {
        let (all, origins) = merged(
            r#"{"a":false,"b":null,"list":[],"hsts":{"enabled":true,"max_age":null}}"#,
            Some(
                r#"{"a":true,"b":1.50,"c":"","d":null,"list":[1],"hsts":{"max_age":"one_year"},"csp":{"on":true}}"#,
            ),
        );
        assert_eq!(
            all,
            r#"{"a":false,"b":1.50,"c":"","csp":{"on":true},"hsts":{"enabled":true,"max_age":"one_year"},"list":[]}"#
        );
        let origins: Vec<_> = origins.iter().map(|(name, of)| (&**name, *of)).collect();
        let (own, inherited) = (Origin::Own, Origin::Inherited);
        let expected = [
            ("a", own),
            ("b", inherited),
            ("c", inherited),
            ("csp.on", inherited),
            ("hsts.enabled", own),
            ("hsts.max_age", inherited),
            ("list", own),
        ];
        assert_eq!(origins, expected);
    }

    #[test]
    fn an_object_and_another_value_are_not_merged() {
        let (all, _) = merged(r#"{"a":{"x":1},"b":2}"#, Some(r#"{"a":3,"b":{"y":4}}"#));
        assert_eq!(all, r#"{"a":{"x":1},"b":2}"#);
    }

    #[test]
    fn an_empty_value_of_another_type_than_the_stores_is_none() {
        let (all, origins) = merged(
            r#"{"csp":[ ],"hsts":"","list":{},"name":"","none":[],"size":""}"#,
            Some(
                r#"{"csp":{"on":true},"hsts":{"max_age":1},"list":[1],"name":"A","none":[2],"size":3}"#,
            ),
        );
        assert_eq!(
            all,
            r#"{"csp":{"on":true},"hsts":{"max_age":1},"list":[1],"name":"","none":[],"size":3}"#
        );
        let own = origins.iter().filter(|(_, of)| *of == Origin::Own);
        let own: Vec<_> = own.map(|(name, _)| &**name).collect();
        assert_eq!(own, ["name", "none"]);
    }

    #[test]
    fn what_the_store_has_is_its_own() {
        let (all, origins) = merged(r#"{"a":1,"b":null}"#, None);
        assert_eq!(all, r#"{"a":1}"#);
        assert_eq!(origins, [("a".to_owned(), Origin::Own)]);
    }
}
