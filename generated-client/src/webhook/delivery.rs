//! Reading a delivery. It checks no signature, and refuses no event for being unknown.

use std::ops::Deref;

use super::topic;
use crate::Event;
use crate::body::text;
use crate::events::{EventData, WebhookDelivery};
use crate::json::{self, Decode, DecodeError, Reader};
use crate::value::{Id, RawJson};

/// A delivery that was read: what happened, to what, in which store.
///
/// It is used like its [`WebhookDelivery`], which has the `scope`, `store_id`, `producer`, `hash`
/// and `created_at` as they came.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// The event, if it is known here. An event of one channel counts as the event of the store:
    /// `store/channel/2/order/created` as [`Event::OrderCreated`].
    pub event: Option<Event>,
    /// The channel, for an event that was subscribed to for one channel.
    pub channel_id: Option<i64>,
    /// What happened, by its event. Events of one channel name things in their own way, which no
    /// schema states, and so stand here as [`EventData::Unknown`].
    pub data: EventData,
    /// Why the data of a known event could not be read as that event's, if so; it is then kept as
    /// [`EventData::Unknown`].
    pub data_error: Option<DecodeError>,
    envelope: WebhookDelivery,
}

/// Reads the body of a delivery, whether or not its event is known.
///
/// It checks no signature: use [`Verified::parse`](super::Verified::parse) on what came from the
/// network, and this on what a trusted queue has kept.
///
/// ```
/// use bigcommerce_client::{Event, events::EventData, webhook};
///
/// let delivery = webhook::parse(
///     br#"{"scope":"store/order/statusUpdated","store_id":"1025646","producer":"stores/abc123",
///          "data":{"type":"order","id":250,"status":{"previous_status_id":0,"new_status_id":10}},
///          "hash":"7ee67cd1cf2ca60bc1aa9e5fe957d2de373be4ca","created_at":1561479335}"#,
/// )?;
/// assert_eq!(delivery.event, Some(Event::OrderStatusUpdated));
/// assert_eq!(delivery.store_hash(), Some("abc123"));
/// let EventData::OrderStatusUpdated(order) = &delivery.data else { panic!() };
/// assert_eq!(order.id, Some(250));
///
/// let unheard = webhook::parse(br#"{"scope":"store/moon/risen","data":{"id":1}}"#)?;
/// assert_eq!(unheard.event, None);
/// assert_eq!(unheard.raw_data().get(), r#"{"id":1}"#);
/// # Ok::<(), bigcommerce_client::DecodeError>(())
/// ```
///
/// A byte order mark in front is passed over, as it is in every body.
///
/// # Errors
///
/// When the body is not JSON, or has no `scope` or no `data`.
pub fn parse(body: &[u8]) -> Result<Delivery, DecodeError> {
    json::from_slice(text(body))
}

impl Delivery {
    /// The delivery with its event recognised.
    pub fn new(envelope: WebhookDelivery) -> Self {
        let place = topic::place(&envelope.scope);
        let raw = || EventData::Unknown(envelope.data.clone());
        let (data, data_error) = match place.event.filter(|_| !place.renamed) {
            None => (raw(), None),
            Some(event) => match EventData::read(event, &envelope.data) {
                Ok(data) => (data, None),
                Err(error) => (raw(), Some(error)),
            },
        };
        Self {
            event: place.event,
            channel_id: place.channel_id,
            data,
            data_error,
            envelope,
        }
    }

    /// The store hash, which the delivery gives as `stores/{store_hash}`.
    ///
    /// ```
    /// use bigcommerce_client::webhook;
    ///
    /// // Which store's token to work with.
    /// let delivery = webhook::parse(
    ///     br#"{"scope":"store/order/created","producer":"stores/abc123","data":{"id":250}}"#,
    /// )?;
    /// assert_eq!(delivery.store_hash(), Some("abc123"));
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn store_hash(&self) -> Option<&str> {
        let hash = self.producer.as_deref()?.strip_prefix("stores/")?;
        Some(hash).filter(|hash| !hash.is_empty())
    }

    /// The id of the thing it is about, where the data has an `id`: a UUID for carts, a number for
    /// most others, and either as a string at times.
    ///
    /// ```
    /// use bigcommerce_client::{Id, webhook};
    ///
    /// let delivery = webhook::parse(br#"{"scope":"store/order/created","data":{"id":250}}"#)?;
    /// assert_eq!(delivery.id(), Some(Id::Int(250)));
    ///
    /// // One about the store itself has none.
    /// let settings = webhook::parse(
    ///     br#"{"scope":"store/information/updated","data":{"type":"store"}}"#,
    /// )?;
    /// assert_eq!(settings.id(), None);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn id(&self) -> Option<Id> {
        self.envelope.data.parse::<Identified>().ok()?.0
    }

    /// The data as it came, whether or not it could be read.
    ///
    /// ```
    /// use bigcommerce_client::webhook;
    ///
    /// let delivery = webhook::parse(
    ///     br#"{"scope":"store/channel/2/order/created","data":{"order_id":250}}"#,
    /// )?;
    /// assert_eq!(delivery.raw_data().get(), r#"{"order_id":250}"#);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn raw_data(&self) -> &RawJson {
        &self.envelope.data
    }

    /// The whole delivery as it came.
    pub fn envelope(&self) -> &WebhookDelivery {
        &self.envelope
    }
}

impl Deref for Delivery {
    type Target = WebhookDelivery;

    fn deref(&self) -> &WebhookDelivery {
        &self.envelope
    }
}

impl Decode for Delivery {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.whole(WebhookDelivery::decode).map(Self::new)
    }
}

/// The `id` among the data.
struct Identified(Option<Id>);

impl Decode for Identified {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut id = None;
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "id" => id = r.field()?,
                _ => r.keep(&key)?,
            }
        }
        r.end();
        Ok(Self(id))
    }
}
