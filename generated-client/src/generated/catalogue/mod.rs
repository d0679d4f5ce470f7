//! A stand-in until the generator writes this folder.

use crate::catalogue::{
    Access, EndpointFacts, EventFacts, Method, PageStyle, ScopeFacts, Wrapping,
};

/// The API endpoints.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Endpoint {
    /// `brands.list`
    BrandsList,
    /// `brands.update`
    BrandsUpdate,
    /// `orders.list`
    OrdersList,
}

/// The scopes.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Products, modify.
    Products,
    /// Products, read-only.
    ProductsReadOnly,
}

/// The events.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Event {
    /// `store/product/created`
    ProductCreated,
}

const V3: PageStyle = PageStyle { name: "v3", numbered: true, cursors: true, totals: true };
const V2: PageStyle = PageStyle { name: "v2", numbered: true, cursors: false, totals: false };

static LIST: EndpointFacts = EndpointFacts {
    id: "brands.list",
    guide: None,
    group: "brands",
    method: Method::Get,
    path: "/v3/catalog/brands",
    does: "List the brands.",
    access: Access::Read,
    scope: Scope::ProductsReadOnly,
    acts_on: "brand",
    version: "v3",
    event: None,
    fires: &[],
    page: Some(V3),
    page_default: Some(50),
    page_max: Some(250),
    envelope: Wrapping::DataMeta,
    batch: None,
    concurrency: None,
    repeatable: true,
    success: &[200],
    conflicts: &[],
    source: "",
    operation: "getBrands",
    deprecated: None,
    needs_filter: false,
    docs: None,
};

static ORDERS: EndpointFacts = EndpointFacts {
    id: "orders.list",
    group: "orders",
    path: "/v2/orders",
    page: Some(V2),
    envelope: Wrapping::Flat,
    version: "v2",
    ..LIST
};

static UPDATE: EndpointFacts = EndpointFacts {
    id: "brands.update",
    method: Method::Put,
    path: "/v3/catalog/brands/{brand_id}",
    access: Access::Write,
    scope: Scope::Products,
    page: None,
    ..LIST
};

impl Endpoint {
    /// All endpoints.
    pub const ALL: &'static [Self] = &[Self::BrandsList, Self::BrandsUpdate, Self::OrdersList];

    /// What is known of it.
    pub const fn facts(self) -> &'static EndpointFacts {
        match self {
            Self::BrandsList => &LIST,
            Self::BrandsUpdate => &UPDATE,
            Self::OrdersList => &ORDERS,
        }
    }
}

impl Scope {
    /// All scopes.
    pub const ALL: &'static [Self] = &[Self::Products, Self::ProductsReadOnly];

    /// What is known of it.
    pub const fn facts(self) -> &'static ScopeFacts {
        match self {
            Self::Products => &ScopeFacts {
                wire: "store_v2_products",
                label: "Products",
                level: "modify",
                area: "products",
                covers: "the catalog",
                writes: true,
                satisfied_by: &[],
            },
            Self::ProductsReadOnly => &ScopeFacts {
                wire: "store_v2_products_read_only",
                label: "Products",
                level: "read-only",
                area: "products",
                covers: "the catalog",
                writes: false,
                satisfied_by: &[Self::Products],
            },
        }
    }
}

impl Event {
    /// All events.
    pub const ALL: &'static [Self] = &[Self::ProductCreated];

    /// What is known of it.
    pub const fn facts(self) -> &'static EventFacts {
        match self {
            Self::ProductCreated => &EventFacts {
                scope: "store/product/created",
                guide: None,
                does: "A product was created.",
                payload: "its id",
            },
        }
    }
}

/// Facts of the service.
pub mod service {
    /// Below it lie all paths.
    pub const BASE_URL: &str = "https://api.bigcommerce.com/stores/{store_hash}";
    /// The header of the token.
    pub const AUTH_HEADER: &str = "X-Auth-Token";
    /// Headers of every call.
    pub const HEADERS: &[(&str, &str)] = &[("Accept", "application/json")];
}
