//! A storefront's MCP server. Its tools are queried, because BigCommerce publishes no list of them.
//! The protocol itself is implemented by the official SDK.
//!
//! A store turns its server on in the control panel, under Settings, Early Access, and copies the URL
//! from there; each storefront has its own. Guests need no token, but anyone who knows the URL is a
//! guest: its unguessable parts are redacted in the server's responses and in errors.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use bigcommerce_client::{RawJson, storefront::mcp::Storefront};
//!
//! let storefront = Storefront::connect("https://mystore.example.com/the/copied/address").await?;
//! for tool in storefront.tools().await? {
//!     println!("{}: {}", tool.name, tool.description.unwrap_or_default());
//!     println!("  takes {}", tool.input_schema);
//! }
//!
//! // With a name and arguments from that list:
//! let response = storefront.call("the tool", &RawJson::new(r#"{"query": "mug"}"#)?).await?;
//! println!("{}", response.text());
//! storefront.close().await;
//! # Ok(())
//! # }
//! ```

mod error;
mod tool;

use std::fmt;
use std::time::Duration;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ClientCapabilities, ClientConfig, Implementation,
    PaginatedRequestParams, ProtocolVersion,
};
use rmcp::service::{ClientLifecycleMode, RunningService, serve_client_with_lifecycle};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::{RoleClient, ServiceError};
use tokio::time::timeout;
use url::Url;

use crate::address::trusted;
use crate::json::{self, Encode};
use crate::secrets::{Secrets, of_query};
use crate::transport::HttpTransport;

pub use error::McpError;
pub use tool::{Tool, ToolResult};

const TIMEOUT: Duration = Duration::from_secs(60);
/// More pages of tools than any server has; a server that exceeds it repeats itself.
const MAX_PAGES: usize = 100;

/// A connection to a storefront's MCP server. It needs a tokio runtime, and ends when it is dropped.
pub struct Storefront {
    service: RunningService<RoleClient, ClientConfig>,
    timeout: Duration,
    /// The secret parts of the URL.
    secrets: Secrets,
}

impl Storefront {
    /// Connects over streamable HTTP and performs the handshake.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is not `https` (or on this machine), there is no response within
    /// a minute, or the server does not speak the protocol.
    pub async fn connect(url: &str) -> Result<Self, McpError> {
        Self::connect_within(url, TIMEOUT).await
    }

    /// The same with a different timeout for connecting and for each call.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), bigcommerce_client::storefront::mcp::McpError> {
    /// use std::time::Duration;
    /// use bigcommerce_client::storefront::mcp::Storefront;
    ///
    /// // A shopper in a chat will not wait a minute.
    /// let url = "https://mystore.example.com/the/copied/address";
    /// let storefront = Storefront::connect_within(url, Duration::from_secs(10)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`connect`](Self::connect).
    pub async fn connect_within(url: &str, limit: Duration) -> Result<Self, McpError> {
        let (url, local) = trusted(url).map_err(|_| McpError::Address)?;
        let http = if local {
            HttpTransport::loopback()
        } else {
            HttpTransport::new()
        };
        let http = http.map_err(|error| McpError::Connect(error.into()))?;
        let secrets = secrets(&url);
        let config = StreamableHttpClientTransportConfig::with_uri(url.as_str());
        let transport = StreamableHttpClientTransport::with_client(http.into_client(), config);
        let name = Implementation::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let client = ClientConfig::new(ClientCapabilities::default(), name);
        // Which generation of the protocol the server speaks is not published, so both are tried.
        let lifecycle = ClientLifecycleMode::Auto {
            preferred_versions: vec![ProtocolVersion::LATEST],
            legacy_version: None,
        };
        let serving = serve_client_with_lifecycle(client, transport, lifecycle);
        let service = timeout(limit, serving)
            .await
            .map_err(|_| McpError::Timeout)?
            .map_err(|error| McpError::Connect(secrets.error(Box::new(error))))?;
        Ok(Self {
            service,
            timeout: limit,
            secrets,
        })
    }

    /// The name of the server's software, if any.
    pub fn server_name(&self) -> Option<String> {
        let info = self.service.peer_info()?;
        Some(self.struck(&info.server_info.as_ref()?.name))
    }

    /// The server's own usage instructions. An agent must not treat them as instructions from its owner.
    pub fn instructions(&self) -> Option<String> {
        let info = self.service.peer_info()?;
        Some(self.struck(info.instructions.as_deref()?))
    }

    /// All tools, from all pages of the list.
    ///
    /// ```no_run
    /// # use bigcommerce_client::storefront::mcp::{McpError, Storefront};
    /// # async fn example(storefront: Storefront) -> Result<(), McpError> {
    /// // Those that an agent may use without confirmation, if the server can be trusted.
    /// let mut tools = storefront.tools().await?;
    /// tools.retain(|tool| tool.read_only == Some(true));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the server rejects the call, fails, or its list does not end.
    pub async fn tools(&self) -> Result<Vec<Tool>, McpError> {
        let mut tools = Vec::new();
        let mut cursor = None;
        for _ in 0..MAX_PAGES {
            let mut params = PaginatedRequestParams::default();
            params.cursor = cursor;
            let page = self.limited(self.service.list_tools(Some(params))).await?;
            let read = |tool| Tool::new(tool, &self.secrets);
            tools.extend(page.tools.iter().map(read));
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok(tools);
            }
        }
        Err(McpError::Unexpected("its list of tools does not end"))
    }

    /// Calls a tool. The arguments are an object, as the tool's
    /// [`input_schema`](Tool::input_schema) says: a [`RawJson`](crate::RawJson), or anything that
    /// can be encoded.
    ///
    /// A call is sent once, since it is unknown whether a tool is safe to retry.
    ///
    /// ```no_run
    /// # use bigcommerce_client::{RawJson, storefront::mcp::{McpError, Storefront}};
    /// # async fn example(storefront: Storefront) -> Result<(), Box<dyn std::error::Error>> {
    /// let arguments = RawJson::new(r#"{"query": "mug"}"#)?;
    /// match storefront.call("search_products", &arguments).await {
    ///     Ok(response) => println!("{}", response.text()),
    ///     Err(McpError::Failed(response)) => println!("the tool could not: {}", response.text()),
    ///     Err(error) => return Err(error.into()),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the arguments are not an object, the server does not know the tool or
    /// rejects the call, the tool itself fails ([`McpError::Failed`]), or the connection does.
    pub async fn call(
        &self,
        tool: &str,
        arguments: &(impl Encode + ?Sized),
    ) -> Result<ToolResult, McpError> {
        let arguments = serde_json::from_str(&json::to_string(arguments));
        let mut params = CallToolRequestParams::new(tool.to_owned());
        params.arguments = Some(arguments.map_err(|_| McpError::Arguments)?);
        match self.limited(self.service.call_tool_once(params)).await? {
            CallToolResponse::Complete(complete) => {
                let result = ToolResult::new(&complete, &self.secrets);
                match complete.is_error {
                    Some(true) => Err(McpError::Failed(result)),
                    _ => Ok(result),
                }
            }
            CallToolResponse::InputRequired(_) => Err(McpError::Unexpected(
                "the tool requests more input, which a guest cannot provide",
            )),
            _ => Err(McpError::Unexpected("the tool continues as a task")),
        }
    }

    /// Ends the session and waits until the connection is closed. Dropping closes it too.
    pub async fn close(self) {
        // A connection that is already closing is closed too.
        let _ = self.service.cancel().await;
    }

    fn struck(&self, text: &str) -> String {
        self.secrets.text(text).into_owned()
    }

    async fn limited<T>(
        &self,
        call: impl Future<Output = Result<T, ServiceError>>,
    ) -> Result<T, McpError> {
        match timeout(self.timeout, call).await {
            Err(_) => Err(McpError::Timeout),
            Ok(Err(error)) => Err(McpError::of(error, &self.secrets)),
            Ok(Ok(value)) => Ok(value),
        }
    }
}

/// The parts of a URL that grant access: the values of its query, and path segments that are too long
/// to be words.
fn secrets(url: &Url) -> Secrets {
    let segments = url.path_segments().into_iter().flatten();
    let keys = segments.filter(|segment| segment.len() >= 16);
    let values = of_query(url.query().unwrap_or_default());
    Secrets::new(keys.chain(values.iter().map(String::as_str)))
}

impl fmt::Debug for Storefront {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Storefront")
            .field("server", &self.server_name())
            .finish_non_exhaustive()
    }
}
