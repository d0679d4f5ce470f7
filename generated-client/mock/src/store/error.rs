//! Why a store did not start.

use std::fmt;
use std::io;

/// Why a store did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The port could not be opened.
    Port {
        /// The requested port.
        port: u16,
        /// The error of the system.
        source: io::Error,
    },
    /// A bug in this package.
    Package(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port { port: 0, source } => {
                write!(f, "no port of this machine could be opened: {source}")
            }
            Self::Port { port, source } if source.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    f,
                    "port {port} is in use; stop the program that uses it, or choose another \
                     port, 0 for any free one"
                )
            }
            Self::Port { port, source } => write!(f, "port {port} could not be opened: {source}"),
            Self::Package(says) => f.write_str(says),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Port { source, .. } => Some(source),
            Self::Package(_) => None,
        }
    }
}
