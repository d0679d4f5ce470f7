//! The target of a call: an endpoint of the catalogue, a path that is not in the catalogue, or the host
//! of a file.

use std::fmt;
use std::sync::Arc;

use crate::catalogue::{Access, Endpoint, Group};

/// The target of a call.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// An endpoint of the catalogue, and whether a retry would add something again although the
    /// endpoint's calls may usually be retried.
    Known { endpoint: Endpoint, adds: bool },
    /// Any other path of the API.
    Other(Arc<Other>),
    /// A file at a URL that a call returned, of which only the host is shown. It is not part of the API: it
    /// involves no token, scope or quota.
    File(Arc<str>),
    /// The same for a file that is sent to such an address.
    Upload(Arc<str>),
}

/// A path that is not in the catalogue.
#[derive(Debug)]
pub(crate) struct Other {
    pub(crate) method: http::Method,
    /// The path below the store, as it is sent.
    pub(crate) path: String,
    /// The groups whose resources it names.
    pub(crate) groups: Vec<Group>,
    /// Whether the official descriptions have it.
    pub(crate) official: bool,
}

impl Target {
    pub(crate) const fn endpoint(&self) -> Option<Endpoint> {
        match self {
            Self::Known { endpoint, .. } => Some(*endpoint),
            Self::Other(_) | Self::File(_) | Self::Upload(_) => None,
        }
    }

    /// The same with a body that does or does not add something again when the call is repeated.
    pub(crate) fn adding(mut self, more: bool) -> Self {
        if let Self::Known { adds, .. } = &mut self {
            *adds = more;
        }
        self
    }

    /// Whether it is a file.
    pub(crate) const fn is_file(&self) -> bool {
        matches!(self, Self::File(_) | Self::Upload(_))
    }

    /// Whether the call may change the store.
    pub(crate) fn access(&self) -> Access {
        match self {
            Self::Known { endpoint, .. } => endpoint.access(),
            Self::Other(other) if reads(&other.method) => Access::Read,
            Self::Other(_) | Self::Upload(_) => Access::Write,
            Self::File(_) => Access::Read,
        }
    }

    /// Whether the call may be retried if it is unknown whether it happened.
    pub(crate) fn repeatable(&self) -> bool {
        match self {
            Self::Known { endpoint, adds } => endpoint.facts().repeatable && !adds,
            Self::Other(other) => reads(&other.method),
            Self::File(_) | Self::Upload(_) => true,
        }
    }

    /// How many of these calls a store allows concurrently.
    pub(crate) const fn cap(&self) -> Option<u32> {
        match self {
            Self::Known { endpoint, .. } => endpoint.facts().concurrency,
            Self::Other(_) | Self::File(_) | Self::Upload(_) => None,
        }
    }

    /// The name for spans: that of the endpoint, `raw` or `file`.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Known { endpoint, .. } => endpoint.id(),
            Self::Other(_) => "raw",
            Self::File(_) | Self::Upload(_) => "file",
        }
    }

    /// The path below the store: an endpoint's template, or the path as it is sent. For a file, the host.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Known { endpoint, .. } => endpoint.path(),
            Self::Other(other) => &other.path,
            Self::File(host) | Self::Upload(host) => host,
        }
    }
}

pub(crate) fn reads(method: &http::Method) -> bool {
    *method == http::Method::GET || *method == http::Method::HEAD
}

impl From<Endpoint> for Target {
    fn from(endpoint: Endpoint) -> Self {
        Self::Known {
            endpoint,
            adds: false,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known { endpoint, .. } => endpoint.fmt(f),
            Self::Other(other) => write!(f, "{} {}", other.method, other.path),
            Self::File(host) => write!(f, "GET {host}"),
            Self::Upload(host) => write!(f, "PUT {host}"),
        }
    }
}
