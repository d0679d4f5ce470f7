//! Endpoints, groups, scopes and events by name, and their most used facts.

use std::fmt;

use super::{Access, Endpoint, Event, Group, Method, Scope};

impl Endpoint {
    /// The name in code, such as `products.list`.
    pub const fn id(self) -> &'static str {
        self.facts().id
    }

    /// The group. Its name is [`Group::as_str`].
    ///
    /// ```
    /// use bigcommerce_client::{Endpoint, Group};
    ///
    /// assert_eq!(Endpoint::OrdersGet.group(), Group::Orders);
    /// assert_eq!(Endpoint::OrdersGet.group().as_str(), "orders");
    /// ```
    pub const fn group(self) -> Group {
        self.facts().group
    }

    /// The HTTP method.
    pub const fn method(self) -> Method {
        self.facts().method
    }

    /// The path below the store, such as `/v3/catalog/products/{product_id}`.
    pub const fn path(self) -> &'static str {
        self.facts().path
    }

    /// Whether a call changes the store.
    pub const fn access(self) -> Access {
        self.facts().access
    }

    /// The least privileged scope that allows it. For some endpoints a scope of another area is sufficient, too:
    /// [`EndpointFacts::or_scope`](super::EndpointFacts::or_scope).
    pub const fn scope(self) -> Scope {
        self.facts().scope
    }

    /// The events that a successful call fires.
    pub const fn fires(self) -> &'static [Event] {
        self.facts().fires
    }

    /// The endpoint with this name.
    ///
    /// ```
    /// use bigcommerce_client::Endpoint;
    ///
    /// assert_eq!(Endpoint::from_id("orders.get"), Some(Endpoint::OrdersGet));
    /// assert_eq!(Endpoint::from_id("orders.fetch"), None);
    /// ```
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|endpoint| endpoint.id() == id)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl Group {
    /// The name in code, such as `products`.
    pub const fn as_str(self) -> &'static str {
        self.facts().name
    }

    /// Its endpoints, in the order of the docs.
    ///
    /// ```
    /// use bigcommerce_client::Group;
    ///
    /// let calls: Vec<_> = Group::Locations.endpoints().map(|call| call.id()).collect();
    /// assert!(calls.starts_with(&["locations.list", "locations.create"]));
    /// ```
    pub fn endpoints(self) -> impl Iterator<Item = Endpoint> {
        let all = Endpoint::ALL.iter().copied();
        all.filter(move |endpoint| endpoint.group() == self)
    }

    /// The group with this name.
    ///
    /// ```
    /// use bigcommerce_client::Group;
    ///
    /// assert_eq!(Group::from_name("orders"), Some(Group::Orders));
    /// assert_eq!(Group::from_name("order"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|group| group.as_str() == name)
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Scope {
    /// The name in a token's grant, such as `store_v2_products`.
    pub const fn as_str(self) -> &'static str {
        self.facts().wire
    }

    /// The name in the control panel, such as `Products`.
    pub const fn label(self) -> &'static str {
        self.facts().label
    }

    /// The level to choose there, such as `modify` or `read-only`.
    pub const fn level(self) -> &'static str {
        self.facts().level
    }

    /// Whether a token with this scope may do what `needed` allows.
    ///
    /// ```
    /// use bigcommerce_client::Scope;
    ///
    /// assert!(Scope::OrdersModify.satisfies(Scope::OrdersRead), "to change is also to read");
    /// assert!(!Scope::OrdersRead.satisfies(Scope::OrdersModify));
    /// ```
    pub fn satisfies(self, needed: Self) -> bool {
        self == needed || needed.facts().satisfied_by.contains(&self)
    }

    /// The scope with this name.
    ///
    /// ```
    /// use bigcommerce_client::Scope;
    ///
    /// assert_eq!(Scope::from_wire("store_v2_orders"), Some(Scope::OrdersModify));
    /// assert_eq!(Scope::from_wire("store_v2_default"), None, "not known here");
    /// ```
    pub fn from_wire(wire: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|scope| scope.as_str() == wire)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Event {
    /// The name to subscribe to, such as `store/product/created`.
    pub const fn as_str(self) -> &'static str {
        self.facts().scope
    }

    /// The event with this name.
    ///
    /// ```
    /// use bigcommerce_client::Event;
    ///
    /// assert_eq!(Event::from_wire("store/product/created"), Some(Event::ProductCreated));
    /// assert_eq!(Event::from_wire("store/product/*"), None, "a pattern; see `webhook::Topic`");
    /// ```
    pub fn from_wire(scope: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|event| event.as_str() == scope)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The name to subscribe to.
///
/// ```
/// # #[cfg(feature = "webhooks")] {
/// use bigcommerce_client::{Event, webhooks::WebhookCreate};
///
/// let hook = WebhookCreate::new().scope(Event::OrderCreated).destination("https://example.com/hooks");
/// assert_eq!(hook.scope, "store/order/created");
/// # }
/// ```
impl From<Event> for String {
    fn from(event: Event) -> Self {
        event.as_str().to_owned()
    }
}
