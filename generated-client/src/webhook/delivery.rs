//! Decoding a delivery. It does not verify signatures, and accepts unknown events.

use std::ops::Deref;

use super::topic;
use crate::Event;
use crate::body::text;
use crate::events::{EventData, WebhookDelivery};
use crate::json::{self, Decode, DecodeError, Reader};
use crate::value::{Id, RawJson};

/// A decoded delivery: what happened, to which resource, in which store.
///
/// It can be used like its [`WebhookDelivery`], which has the original `scope`, `store_id`,
/// `producer`, `hash` and `created_at`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// The event, if it is known. An event of one channel is mapped to the event of the store:
    /// `store/channel/2/order/created` as [`Event::OrderCreated`]. Others exist only per channel:
    /// `store/channel/2/page/created` is [`Event::ChannelPageCreated`].
    pub event: Option<Event>,
    /// The channel, for an event that was subscribed to for one channel.
    pub channel_id: Option<i64>,
    /// The payload of the event. Events of the store that are delivered for one channel use other field
    /// names there, which have no schema, and are therefore [`EventData::Unknown`]; [`id`](Self::id) reads the id
    /// of either.
    pub data: EventData,
    /// Why the data of a known event could not be decoded, if so; it is then
    /// [`EventData::Unknown`]. The path is that in the whole delivery, such as `data.id`; the offset is that
    /// in [`raw_data`](Self::raw_data).
    pub data_error: Option<DecodeError>,
    envelope: WebhookDelivery,
}

/// Decodes the body of a delivery, whether or not its event is known.
///
/// It does not verify the signature: use [`Verified::parse`](super::Verified::parse) for requests
/// from the network, and this for deliveries from a trusted queue.
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
/// A byte order mark is ignored, as in every body.
///
/// # Errors
///
/// Returns an error if the body is not JSON, or has no `scope` or no `data`.
pub fn parse(body: &[u8]) -> Result<Delivery, DecodeError> {
    json::from_slice(text(body))
}

impl Delivery {
    /// The delivery with its event identified.
    pub fn new(envelope: WebhookDelivery) -> Self {
        let place = topic::place(&envelope.scope);
        let raw = || EventData::Unknown(envelope.data.clone());
        let (data, data_error) = match place.event.filter(|_| !place.renamed) {
            None => (raw(), None),
            Some(event) => match EventData::read(event, &envelope.data) {
                Ok(data) => (data, None),
                Err(error) => (raw(), Some(error.within("data"))),
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

    /// The store hash, which is `stores/{store_hash}` in the delivery.
    ///
    /// ```
    /// use bigcommerce_client::webhook;
    ///
    /// // To select the token of the store.
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

    /// The id of the resource, if the data has an `id`: a UUID for carts, an integer for most
    /// others, sometimes as a string. If an event of the store is delivered for one channel, it is in `order_id`,
    /// `cart_id`, `cart_item_id` or `category_id`.
    ///
    /// ```
    /// use bigcommerce_client::{Id, webhook};
    ///
    /// let delivery = webhook::parse(br#"{"scope":"store/order/created","data":{"id":250}}"#)?;
    /// assert_eq!(delivery.id(), Some(Id::Int(250)));
    /// let of_channel = webhook::parse(
    ///     br#"{"scope":"store/channel/2/order/created","data":{"order_id":250}}"#,
    /// )?;
    /// assert_eq!(of_channel.id(), Some(Id::Int(250)));
    ///
    /// // An event about the store itself has none.
    /// let settings = webhook::parse(
    ///     br#"{"scope":"store/information/updated","data":{"type":"store"}}"#,
    /// )?;
    /// assert_eq!(settings.id(), None);
    /// # Ok::<(), bigcommerce_client::DecodeError>(())
    /// ```
    pub fn id(&self) -> Option<Id> {
        let Identified { id, named } = self.envelope.data.parse().ok()?;
        let mut named = named.into_iter().flatten();
        id.or_else(|| named.next().filter(|_| topic::place(&self.scope).renamed))
    }

    /// The raw data, whether or not it could be decoded.
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

    /// The whole raw delivery.
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

/// The ids of the resource in the data of events of the store that are delivered for one channel. A line of a cart
/// comes with the cart.
const NAMED: [&str; 4] = ["cart_item_id", "cart_id", "order_id", "category_id"];

/// The ids in the data: the `id`, and those that are [`NAMED`].
struct Identified {
    id: Option<Id>,
    named: [Option<Id>; NAMED.len()],
}

impl Decode for Identified {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let (mut id, mut named) = (None, [None, None, None, None]);
        r.begin()?;
        while let Some(key) = r.key()? {
            let of_channel = NAMED.iter().zip(&mut named).find(|(name, _)| **name == key);
            match of_channel {
                Some((_, id)) => *id = r.field()?,
                None if key == "id" => id = r.field()?,
                None => r.keep(&key)?,
            }
        }
        r.end();
        Ok(Self { id, named })
    }
}
