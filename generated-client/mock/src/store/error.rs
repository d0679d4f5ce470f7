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
            // The message contains that of the error of the system.
            Self::Port { source, .. } => std::error::Error::source(source),
            Self::Package(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn a_printed_chain_of_causes_repeats_nothing() {
        for (kind, says) in [
            (io::ErrorKind::AddrInUse, "port 8080 is in use; "),
            (
                io::ErrorKind::PermissionDenied,
                "port 8080 could not be opened: permission denied",
            ),
        ] {
            let source = io::Error::from(kind);
            let error = StartError::Port { port: 8080, source };
            assert!(error.to_string().starts_with(says), "{error}");
            assert!(error.source().is_none(), "{error:?}");
        }
    }
}
