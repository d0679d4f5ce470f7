//! Why a storefront's server or one of its tools did not do what was asked.

use std::fmt;

use rmcp::ServiceError;

use super::ToolResult;
use super::tool::raw;
use crate::secrets::Secrets;
use crate::transport::BoxError;
use crate::value::RawJson;

/// Why a tool has no result.
#[non_exhaustive]
#[derive(Debug)]
pub enum McpError {
    /// The address is neither `https` nor this machine.
    Address,
    /// There is no connection, or what responds does not speak the protocol.
    Connect(BoxError),
    /// The connection failed on the way; the tool may have run.
    Transport(BoxError),
    /// No response came in time; the tool may have run.
    Timeout,
    /// The arguments are no JSON object.
    Arguments,
    /// The server refused: it does not know the tool, or not these arguments.
    Refused {
        /// The code that JSON-RPC has for it, such as -32602 for wrong parameters.
        code: i32,
        /// Why, in the server's words.
        message: String,
        /// More about it.
        data: Option<RawJson>,
    },
    /// The tool ran and says that it failed; its result says why.
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
                "the address of an MCP server must begin with https and hold no user or password",
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
            Self::Unexpected(what) => write!(f, "the MCP server was not understood: {what}"),
        }
    }
}

impl std::error::Error for McpError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connect(source) | Self::Transport(source) => Some(source.as_ref()),
            _ => None,
        }
    }
}
