//! The tools of a server and their results, in this crate's own types, since the SDK's types change
//! with the protocol.

use rmcp::model::{CallToolResult, ContentBlock};

use crate::secrets::Secrets;
use crate::value::RawJson;

/// A tool of a server, as the server describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tool {
    /// The name by which it is called.
    pub name: String,
    /// A display name.
    pub title: Option<String>,
    /// The server's description of it.
    pub description: Option<String>,
    /// The JSON Schema of its arguments.
    pub input_schema: RawJson,
    /// The JSON Schema of the [`structured`](ToolResult::structured) part of its result.
    pub output_schema: Option<RawJson>,
    /// Whether the server says that it is read-only. This is not a guarantee.
    pub read_only: Option<bool>,
    /// Whether the server says that it may be destructive.
    pub destructive: Option<bool>,
}

impl Tool {
    pub(super) fn new(tool: &rmcp::model::Tool, secrets: &Secrets) -> Self {
        let hints = tool.annotations.as_ref();
        let struck = |text: &str| secrets.text(text).into_owned();
        Self {
            name: tool.name.to_string(),
            title: tool.title.as_deref().map(struck),
            description: tool.description.as_deref().map(struck),
            input_schema: raw(&*tool.input_schema, secrets),
            output_schema: tool.output_schema.as_ref().map(|it| raw(&**it, secrets)),
            read_only: hints.and_then(|hints| hints.read_only_hint),
            destructive: hints.and_then(|hints| hints.destructive_hint),
        }
    }
}

/// What a tool returned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ToolResult {
    /// The strings of the result.
    pub texts: Vec<String>,
    /// The structured result, if the tool returns one.
    pub structured: Option<RawJson>,
    /// The complete content of the result, including images and links: an array of JSON objects, each
    /// with a `type`.
    pub content: RawJson,
}

impl ToolResult {
    pub(super) fn new(result: &CallToolResult, secrets: &Secrets) -> Self {
        let texts = result.content.iter().filter_map(|block| match block {
            ContentBlock::Text(text) => Some(secrets.text(&text.text).into_owned()),
            _ => None,
        });
        Self {
            texts: texts.collect(),
            structured: result
                .structured_content
                .as_ref()
                .map(|it| raw(it, secrets)),
            content: raw(&result.content, secrets),
        }
    }

    /// The strings, one per line.
    ///
    /// ```no_run
    /// # async fn example(result: bigcommerce_client::storefront::mcp::ToolResult) {
    /// // The text for a model, or the value if it can use that.
    /// match &result.structured {
    ///     Some(value) => println!("{value}"),
    ///     None => println!("{}", result.text()),
    /// }
    /// # }
    /// ```
    pub fn text(&self) -> String {
        self.texts.join("\n")
    }
}

/// The JSON of a value that was parsed from JSON, and so can be written as JSON.
pub(super) fn raw(value: &impl serde::Serialize, secrets: &Secrets) -> RawJson {
    let json = serde_json::to_vec(value).unwrap_or_default();
    let struck = secrets.bytes(&json.into());
    RawJson::new(&String::from_utf8_lossy(&struck)).unwrap_or_else(|_| RawJson::trusted("null"))
}
