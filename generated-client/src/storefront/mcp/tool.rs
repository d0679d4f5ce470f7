//! What a server says of its tools and what they answer, in this crate's own types: the SDK's change
//! with the protocol.

use rmcp::model::{CallToolResult, ContentBlock};

use crate::value::RawJson;

/// A tool of a server, as the server describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tool {
    /// The name to call it by.
    pub name: String,
    /// A name for people.
    pub title: Option<String>,
    /// What it does, in the server's words.
    pub description: Option<String>,
    /// The JSON Schema of its arguments.
    pub input_schema: RawJson,
    /// The JSON Schema of its answer's [`structured`](ToolAnswer::structured) part.
    pub output_schema: Option<RawJson>,
    /// Whether the server says that it changes nothing. A claim, not a promise.
    pub read_only: Option<bool>,
    /// Whether the server says that it may destroy something.
    pub destructive: Option<bool>,
}

impl Tool {
    pub(super) fn new(tool: &rmcp::model::Tool) -> Self {
        let hints = tool.annotations.as_ref();
        Self {
            name: tool.name.to_string(),
            title: tool.title.clone(),
            description: tool.description.as_deref().map(str::to_owned),
            input_schema: raw(&*tool.input_schema),
            output_schema: tool.output_schema.as_ref().map(|schema| raw(&**schema)),
            read_only: hints.and_then(|hints| hints.read_only_hint),
            destructive: hints.and_then(|hints| hints.destructive_hint),
        }
    }
}

/// What a tool answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ToolAnswer {
    /// The texts of the answer.
    pub texts: Vec<String>,
    /// The answer as a value, where the tool gives one.
    pub structured: Option<RawJson>,
    /// Everything the answer consists of, pictures and links included: a list of JSON objects with a
    /// `type` each.
    pub content: RawJson,
}

impl ToolAnswer {
    pub(super) fn new(result: &CallToolResult) -> Self {
        let texts = result.content.iter().filter_map(|block| match block {
            ContentBlock::Text(text) => Some(text.text.clone()),
            _ => None,
        });
        Self {
            texts: texts.collect(),
            structured: result.structured_content.as_ref().map(raw),
            content: raw(&result.content),
        }
    }

    /// The texts, a line each.
    ///
    /// ```no_run
    /// # async fn example(answer: bigcommerce_client::storefront::mcp::ToolAnswer) {
    /// // What a model reads, or the value where it can do with that.
    /// match &answer.structured {
    ///     Some(value) => println!("{value}"),
    ///     None => println!("{}", answer.text()),
    /// }
    /// # }
    /// ```
    pub fn text(&self) -> String {
        self.texts.join("\n")
    }
}

/// The JSON of what was read as JSON, and so can be written as JSON.
pub(super) fn raw(value: &impl serde::Serialize) -> RawJson {
    let text = serde_json::to_string(value).unwrap_or_default();
    RawJson::new(&text).unwrap_or_else(|_| RawJson::trusted("null"))
}
