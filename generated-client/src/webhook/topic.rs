//! The topic of a hook: an event, or a wildcard for several, of the store or of one channel.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::Event;

/// The topic that a hook subscribes to.
///
/// ```
/// # #[cfg(feature = "webhooks")] {
/// use bigcommerce_client::{Event, webhook::Topic, webhooks::WebhookCreate};
///
/// let products: Topic = "store/product/*".parse()?;
/// assert!(products.events().any(|event| event == Event::ProductInventoryUpdated));
/// assert!(!products.matches("store/sku/created"));
///
/// let orders = Topic::from(Event::OrderCreated).in_channel(2);
/// assert_eq!(orders.as_str(), "store/channel/2/order/created");
///
/// let hook = WebhookCreate::new().scope(orders).destination("https://example.com/hooks");
/// # }
/// # Ok::<(), bigcommerce_client::webhook::TopicError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Topic(Cow<'static, str>);

impl Topic {
    /// Parses a topic. A trailing slash, as on some pages, is removed.
    ///
    /// The API adds events without notice, so every well-formed topic is accepted;
    /// [`is_known`](Self::is_known) returns whether this crate knows it.
    ///
    /// ```
    /// use bigcommerce_client::webhook::Topic;
    ///
    /// assert_eq!(Topic::new("store/order/created/")?.as_str(), "store/order/created");
    /// for wrong in ["order/created", "store//created", "store/*/created"] {
    ///     assert!(Topic::new(wrong).is_err());
    /// }
    /// # Ok::<(), bigcommerce_client::webhook::TopicError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if it does not begin with `store/`, has fewer than three parts, has a part
    /// that is empty or contains anything but ASCII letters, digits and underscores, or has a `*`
    /// that is neither the last part nor a channel.
    pub fn new(topic: &str) -> Result<Self, TopicError> {
        let trimmed = trim(topic);
        let parts: Vec<&str> = trimmed.split('/').collect();
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        let sound = parts.iter().enumerate().all(|(at, part)| {
            let channel = at == 2 && parts.get(1) == Some(&"channel");
            plain(part) || (*part == "*" && (at + 1 == parts.len() || channel))
        });
        if parts.first() == Some(&"store") && parts.len() > 2 && sound {
            Ok(Self(Cow::Owned(trimmed.to_owned())))
        } else {
            Err(TopicError(topic.into()))
        }
    }

    /// All known topics: the events, then the wildcards.
    pub fn known() -> impl Iterator<Item = Self> {
        let events = Event::ALL.iter().map(|event| Self::from(*event));
        let wildcards = Event::WILDCARDS.iter().map(|it| Self(Cow::Borrowed(*it)));
        events.chain(wildcards)
    }

    /// The same topic for one channel. Carts, categories and orders have such events as well as those of the store.
    /// Others exist only per channel, such as those of pages and settings: [`per_channel`] of their facts is true, and a
    /// hook has to name the channel.
    ///
    /// [`per_channel`]: crate::catalogue::EventFacts::per_channel
    ///
    /// ```
    /// use bigcommerce_client::{Event, webhook::Topic};
    ///
    /// let first = Topic::from(Event::CartCreated).in_channel(1);
    /// assert_eq!(first.as_str(), "store/channel/1/cart/created");
    /// assert_eq!(first.in_channel(2).as_str(), "store/channel/2/cart/created");
    ///
    /// let pages = Topic::from(Event::ChannelPageCreated).in_channel(2);
    /// assert_eq!(pages.as_str(), "store/channel/2/page/created");
    /// ```
    #[must_use]
    pub fn in_channel(&self, channel_id: i64) -> Self {
        let below = match channel(&self.0) {
            Some((_, below)) => below,
            None => self.0.strip_prefix("store/").unwrap_or(&self.0),
        };
        Self(Cow::Owned(format!("store/channel/{channel_id}/{below}")))
    }

    /// The topic as the API expects it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it matches several events.
    ///
    /// ```
    /// use bigcommerce_client::webhook::Topic;
    ///
    /// assert!(Topic::new("store/order/*")?.is_wildcard());
    /// // All channels, but one event.
    /// assert!(!Topic::new("store/channel/*/order/created")?.is_wildcard());
    /// # Ok::<(), bigcommerce_client::webhook::TopicError>(())
    /// ```
    pub fn is_wildcard(&self) -> bool {
        self.0.ends_with("/*")
    }

    /// Whether it is an event or a wildcard that this crate knows, for the store or for a channel.
    pub fn is_known(&self) -> bool {
        let listed =
            |topic: &str| Event::from_wire(topic).is_some() || Event::WILDCARDS.contains(&topic);
        listed(&self.0)
            || channel(&self.0).is_some_and(|(_, below)| {
                listed(&format!("store/{below}")) || listed(&format!("store/channel/*/{below}"))
            })
    }

    /// Whether a hook with this topic receives deliveries of that scope.
    ///
    /// ```
    /// use bigcommerce_client::webhook::Topic;
    ///
    /// let orders = Topic::new("store/order/*")?;
    /// assert!(orders.matches("store/order/refund/created"));
    /// assert!(!orders.matches("store/shipment/created"), "shipments have topics of their own");
    ///
    /// let of_two = Topic::new("store/channel/2/order/*")?;
    /// assert!(of_two.matches("store/channel/2/order/updated"));
    /// assert!(!of_two.matches("store/order/updated"));
    /// # Ok::<(), bigcommerce_client::webhook::TopicError>(())
    /// ```
    pub fn matches(&self, scope: &str) -> bool {
        let scope = trim(scope);
        match (channel(&self.0), channel(scope)) {
            (None, None) => below(&self.0, scope),
            (Some((wanted, topic)), Some((came, scope))) => {
                let same = wanted == came || wanted == "*" || came == "*";
                same && below(topic, scope)
            }
            _ => false,
        }
    }

    /// The known events that it matches. For a topic of one channel these are the events that are
    /// available per channel.
    ///
    /// ```
    /// use bigcommerce_client::{Event, webhook::Topic};
    ///
    /// let shipments = Topic::new("store/shipment/*")?;
    /// let mut events = shipments.events();
    /// assert_eq!(events.next(), Some(Event::ShipmentCreated));
    /// assert_eq!(events.count(), 2, "and one each for changes and removals");
    /// # Ok::<(), bigcommerce_client::webhook::TopicError>(())
    /// ```
    pub fn events(&self) -> impl Iterator<Item = Event> + use<> {
        let topic = self.clone();
        let all = Event::ALL.iter().copied();
        all.filter(move |event| topic.matches(event.as_str()))
    }
}

impl From<Event> for Topic {
    fn from(event: Event) -> Self {
        Self(Cow::Borrowed(event.as_str()))
    }
}

impl From<Topic> for String {
    fn from(topic: Topic) -> Self {
        topic.0.into_owned()
    }
}

impl FromStr for Topic {
    type Err = TopicError;

    fn from_str(topic: &str) -> Result<Self, TopicError> {
        Self::new(topic)
    }
}

impl AsRef<str> for Topic {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A string that is not a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicError(Box<str>);

impl fmt::Display for TopicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not a topic: expected a form like `store/order/created`, `store/order/*` or \
             `store/channel/2/order/*`",
            self.0
        )
    }
}

impl std::error::Error for TopicError {}

/// The event of a scope.
pub(super) struct Located {
    pub(super) event: Option<Event>,
    pub(super) channel_id: Option<i64>,
    /// The event is for one channel, where its data has other field names.
    pub(super) renamed: bool,
}

pub(super) fn place(scope: &str) -> Located {
    let scope = trim(scope);
    let (event, channel) = (Event::from_wire(scope), channel(scope));
    let channel_id = channel.and_then(|(id, _)| id.parse().ok());
    let Some((_, below)) = channel.filter(|_| event.is_none()) else {
        return Located {
            event,
            channel_id,
            renamed: false,
        };
    };
    let of_channels = Event::from_wire(&format!("store/channel/*/{below}"));
    Located {
        event: of_channels.or_else(|| Event::from_wire(&format!("store/{below}"))),
        channel_id,
        renamed: of_channels.is_none(),
    }
}

fn trim(scope: &str) -> &str {
    scope.trim_end_matches('/')
}

/// The channel of a channel event, and the rest. `store/channel/created` is an event of the store,
/// about a channel.
fn channel(scope: &str) -> Option<(&str, &str)> {
    let (id, below) = scope.strip_prefix("store/channel/")?.split_once('/')?;
    let any = id == "*" || (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    any.then_some((id, below))
}

/// Whether a scope equals the topic or, for a wildcard, is below it.
fn below(topic: &str, scope: &str) -> bool {
    match topic.strip_suffix('*') {
        None => topic == scope,
        Some(above) => scope == topic || scope.strip_prefix(above).is_some_and(|it| !it.is_empty()),
    }
}
