//! Why a storefront's MCP server or one of its tools failed.

use std::fmt;

use rmcp::ServiceError;

use super::ToolResult;
use super::tool::raw;
use crate::secrets::Secrets;
use crate::transport::BoxError;
use crate::value::RawJson;

/// Why a tool returned no result.
#[non_exhaustive]
#[derive(Debug)]
pub enum McpError {
    /// The URL is neither `https` nor on this machine.
    Address,
    /// There is no connection, or the server does not speak the protocol.
    Connect(BoxError),
    /// The connection failed; the tool may have run.
    Transport(BoxError),
    /// No response arrived in time; the tool may have run.
    Timeout,
    /// The arguments are not a JSON object.
    Arguments,
    /// The server rejected the call: it does not know the tool or the arguments.
    Refused {
        /// The JSON-RPC error code, such as -32602 for invalid parameters.
        code: i32,
        /// The server's error message.
        message: String,
        /// Additional error data.
        data: Option<RawJson>,
    },
    /// The tool ran and reported a failure; its result has the reason.
    Failed(ToolResult),
    /// The server did something that this client does not support.
    Unexpected(&'static str),
}

impl McpError {
    pub(super) fn of(error: ServiceError, secrets: &Secrets) -> Self {
        match error {
            ServiceError::McpError(error) => Self::Refused {
                code: error.code.0,
                message: secrets.text(&error.message).into_owned(),
                data: error.data.as_ref().map(|data| raw(data, secrets)),
            },
            ServiceError::Timeout { .. } => Self::Timeout,
            ServiceError::UnexpectedResponse => Self::Unexpected("the response is of another kind"),
            error => Self::Transport(secrets.error(Box::new(error))),
        }
    }
}

impl fmt::Display for McpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address => f.write_str(
                "the URL of an MCP server must begin with https and contain no user name or \
                 password",
            ),
            Self::Connect(source) => write!(f, "no connection to the MCP server: {source}"),
            Self::Transport(source) => {
                write!(f, "the connection to the MCP server failed: {source}")
            }
            Self::Timeout => f.write_str("the MCP server did not respond in time"),
            Self::Arguments => f.write_str("the arguments of a tool must be a JSON object"),
            Self::Refused { code, message, .. } => {
                write!(f, "the MCP server refused with {code}: {message}")
            }
            Self::Failed(result) => write!(f, "the tool failed: {}", result.text()),
            Self::Unexpected(what) => write!(f, "unsupported response from the MCP server: {what}"),
        }
    }
}

impl std::error::Error for McpError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // The message contains that of the error itself.
            Self::Connect(error) | Self::Transport(error) => error.source(),
            _ => None,
        }
    }
}
