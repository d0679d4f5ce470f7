//! Connecting to an MCP server, listing its tools and calling them.

use std::{net::Ipv4Addr, sync::Arc, time::Duration};

use axum::Router;
use bigcommerce_client::{
    RawJson,
    storefront::mcp::{McpError, Storefront},
};
use bigcommerce_tests::server::{Answer, Server, nobody};
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
        ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
        ToolAnnotations,
    },
    service::RequestContext,
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
    },
};
use serde_json::json;
use tokio::{net::TcpListener, task::JoinHandle};

/// A server whose tools are on two pages.
#[derive(Clone)]
struct Shop {
    endless: bool,
}

impl ServerHandler for Shop {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::new(ServerCapabilities::builder().enable_tools().build());
        info.server_info = Implementation::new("shop", "1.0");
        info.with_instructions("Search before you buy.")
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let schema = json!({"type": "object", "properties": {"query": {"type": "string"}}});
        let schema = Arc::new(schema.as_object().unwrap().clone());
        let second = request.is_some_and(|request| request.cursor.is_some());
        let mut tool = Tool::new(if second { "buy" } else { "search" }, "Does it.", schema);
        let mut hints = ToolAnnotations::default();
        hints.read_only_hint = Some(!second);
        tool.annotations = Some(hints);
        let mut page = ListToolsResult::with_all_items(vec![tool]);
        page.next_cursor = (!second || self.endless).then(|| "next".to_owned());
        Ok(page)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        match request.name.as_ref() {
            "search" => {
                let found = json!({"found": [arguments.get("query"), 1.50]});
                Ok(CallToolResult::structured(found).into())
            }
            "buy" => {
                let why = vec![ContentBlock::text("sold out"), ContentBlock::text("sorry")];
                Ok(CallToolResult::error(why).into())
            }
            "sleep" => {
                tokio::time::sleep(Duration::from_secs(60)).await;
                Ok(CallToolResult::success(Vec::new()).into())
            }
            name => Err(ErrorData::invalid_params(
                format!("no tool {name}"),
                Some(json!({"known": ["search", "buy"]})),
            )),
        }
    }
}

/// A running server and its URL.
async fn start(shop: Shop, config: StreamableHttpServerConfig) -> (String, JoinHandle<()>) {
    let service: StreamableHttpService<Shop, LocalSessionManager> =
        StreamableHttpService::new(move || Ok(shop.clone()), Arc::default(), config);
    let router = Router::new().nest_service("/mcp", service);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (format!("http://{address}/mcp"), task)
}

/// The variants of the protocol: events or plain JSON, with or without sessions.
fn ways() -> Vec<StreamableHttpServerConfig> {
    let mut ways = Vec::new();
    for json in [false, true] {
        for sessions in [false, true] {
            ways.push(
                StreamableHttpServerConfig::default()
                    .with_json_response(json)
                    .with_legacy_session_mode(sessions),
            );
        }
    }
    ways
}

#[tokio::test]
async fn tools_are_discovered_and_called_in_every_way_the_protocol_is_spoken() {
    for config in ways() {
        let (url, server) = start(Shop { endless: false }, config).await;
        let storefront = Storefront::connect(&url).await.unwrap();
        assert_eq!(storefront.server_name().as_deref(), Some("shop"));
        let instructions = storefront.instructions();
        assert_eq!(instructions.as_deref(), Some("Search before you buy."));

        let tools = storefront.tools().await.unwrap();
        let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_str()).collect();
        assert_eq!(names, ["search", "buy"]);
        assert_eq!(tools[0].read_only, Some(true));
        assert!(tools[0].input_schema.get().contains("\"query\""));

        let arguments = RawJson::new(r#"{"query": "mug"}"#).unwrap();
        let answer = storefront.call("search", &arguments).await.unwrap();
        let structured = answer.structured.as_ref().unwrap();
        assert_eq!(structured.get(), r#"{"found":["mug",1.5]}"#);
        assert!(answer.text().contains("mug"));
        assert!(answer.content.get().starts_with('['));
        storefront.close().await;
        server.abort();
    }
}

#[tokio::test]
async fn every_failure_says_what_failed() {
    let (url, server) = start(Shop { endless: false }, ways().remove(3)).await;
    let storefront = Storefront::connect(&url).await.unwrap();
    let none = RawJson::new("{}").unwrap();

    let error = storefront.call("buy", &none).await.unwrap_err();
    let McpError::Failed(answer) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(answer.texts, ["sold out", "sorry"]);
    assert!(error.to_string().contains("sold out"));

    let error = storefront.call("fly", &none).await.unwrap_err();
    let McpError::Refused {
        code,
        message,
        data,
    } = &error
    else {
        panic!("{error:?}")
    };
    assert_eq!((*code, message.as_str()), (-32602, "no tool fly"));
    assert_eq!(
        data.as_ref().unwrap().get(),
        r#"{"known":["search","buy"]}"#
    );

    let error = storefront.call("search", &[1_i64].to_vec()).await;
    assert!(matches!(error, Err(McpError::Arguments)), "{error:?}");

    server.abort();
}

#[tokio::test]
async fn nothing_is_waited_for_longer_than_allowed() {
    let limit = Duration::from_millis(500);
    let (url, server) = start(Shop { endless: false }, ways().remove(0)).await;
    let storefront = Storefront::connect_within(&url, limit).await.unwrap();
    let error = storefront.call("sleep", &RawJson::new("{}").unwrap()).await;
    assert!(matches!(error, Err(McpError::Timeout)), "{error:?}");
    server.abort();

    let silent = Server::start(|_| Answer::empty(200).after(Duration::from_secs(60))).await;
    let error = Storefront::connect_within(&silent.url(), limit).await;
    assert!(matches!(error, Err(McpError::Timeout)), "{error:?}");
}

#[tokio::test]
async fn a_list_of_tools_that_does_not_end_is_an_error() {
    let (url, server) = start(Shop { endless: true }, ways().remove(2)).await;
    let storefront = Storefront::connect(&url).await.unwrap();
    let error = storefront.tools().await;
    assert!(matches!(error, Err(McpError::Unexpected(_))), "{error:?}");
    server.abort();
}

#[tokio::test]
async fn a_server_without_mcp_is_not_connected_to() {
    for url in [
        "",
        "http://mystore.example.com/mcp",
        "ftp://127.0.0.1/",
        "mystore",
    ] {
        let error = Storefront::connect(url).await;
        assert!(matches!(error, Err(McpError::Address)), "{url}: {error:?}");
    }
    let page =
        Server::start(|_| Answer::text(200, "<html></html>").header("content-type", "text/html"))
            .await;
    let missing = Server::start(|_| Answer::empty(404)).await;
    let elsewhere = Server::start(|_| Answer::empty(500)).await;
    let target = elsewhere.url();
    let redirect = Server::start(move |_| Answer::empty(307).header("location", &target)).await;
    for url in [nobody(), page.url(), missing.url(), redirect.url()] {
        let error = Storefront::connect_within(&url, Duration::from_secs(20)).await;
        assert!(
            matches!(error, Err(McpError::Connect(_))),
            "{url}: {error:?}"
        );
    }
    assert!(elsewhere.asked().is_empty(), "redirects are not followed");
}

/// A server that repeats the key of its URL wherever a string is allowed.
#[derive(Clone)]
struct Echo;

const KEY: &str = "s3cret-storefront-key";

impl ServerHandler for Echo {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::new(ServerCapabilities::builder().enable_tools().build());
        info.server_info = Implementation::new(KEY, "1.0");
        info.with_instructions(KEY)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let schema = Arc::new(
            json!({"type": "object", KEY: KEY})
                .as_object()
                .unwrap()
                .clone(),
        );
        let tool = Tool::new("echo", format!("says {KEY}"), schema);
        Ok(ListToolsResult::with_all_items(vec![tool]))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        match request.name.as_ref() {
            "echo" => Ok(CallToolResult::structured(json!({KEY: [KEY]})).into()),
            "fail" => Ok(CallToolResult::error(vec![ContentBlock::text(KEY)]).into()),
            _ => Err(ErrorData::invalid_params(KEY, Some(json!({KEY: KEY})))),
        }
    }
}

fn hides(shown: &impl std::fmt::Debug) {
    let shown = format!("{shown:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn the_key_of_an_address_that_the_server_repeats_is_shown_by_nothing() {
    let config = ways().remove(3);
    let service: StreamableHttpService<Echo, LocalSessionManager> =
        StreamableHttpService::new(|| Ok(Echo), Arc::default(), config);
    let router = Router::new().nest_service("/mcp", service);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}/mcp?key={KEY}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let storefront = Storefront::connect(&url).await.unwrap();
    hides(&storefront);
    assert_eq!(storefront.instructions().as_deref(), Some("[hidden]"));
    hides(&storefront.tools().await.unwrap());
    let none = RawJson::new("{}").unwrap();
    let answer = storefront.call("echo", &none).await.unwrap();
    assert!(answer.text().contains("[hidden]"));
    hides(&answer);
    let failed = async |tool| storefront.call(tool, &none).await.unwrap_err();
    for error in [failed("fail").await, failed("other").await] {
        hides(&error);
        assert!(error.to_string().ends_with("[hidden]"), "{error}");
    }
    server.abort();
    let gone = storefront.call("echo", &none).await;
    hides(&gone);

    let page = Server::start(|_| Answer::text(500, format!("<html>{KEY}</html>"))).await;
    for url in [nobody(), page.url()] {
        for url in [format!("{url}/mcp?key={KEY}"), format!("{url}/{KEY}/mcp")] {
            let error = Storefront::connect(&url).await.unwrap_err();
            hides(&error);
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
    }
}
