//! A server on this machine with prepared responses: pages of products, after a delay, and one brand.
//! The path before the store says how many pages there are and how many milliseconds each response
//! takes.

use std::{
    convert::Infallible,
    error::Error,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    thread,
    time::Duration,
};

use bytes::{Buf, Bytes, buf::Chain};
use codegen::model::Api;
use http_body_util::Full;
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{net::TcpListener, runtime, time::sleep};

use super::body;

/// How many products are on a page.
pub const PER_PAGE: usize = 250;
/// How many prepared pages there are; longer lists repeat them with other ids.
pub const PAGES: usize = 40;

/// What is returned.
pub struct Prepared {
    /// Each page up to what it says about itself.
    pages: Vec<Bytes>,
    products: Vec<Value>,
    brand: Bytes,
}

type Body = Full<Chain<Bytes, Bytes>>;

impl Prepared {
    /// The responses, made from the model.
    pub fn of(api: &Api) -> Option<Self> {
        let mut products = body::items(api, "products", "Product", PAGES * PER_PAGE)?;
        products.as_array_mut()?.iter_mut().for_each(usual);
        let brand = body::items(api, "brands", "Brand", 1)?[0].take();
        Some(Self {
            pages: products.as_array()?.chunks(PER_PAGE).map(page).collect(),
            products: products.as_array()?.clone(),
            brand: format!("{{\"data\":{brand},\"meta\":{{}}}}").into(),
        })
    }

    /// How many bytes the whole list has, and how many the brand.
    pub fn sizes(&self) -> (usize, usize) {
        (self.pages.iter().map(Bytes::len).sum(), self.brand.len())
    }

    /// Serves from a thread of its own, as long as the process lives.
    pub fn serve(self) -> Result<SocketAddr, Box<dyn Error>> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        thread::spawn(move || runtime.block_on(accept(listener, Arc::new(self))));
        Ok(address)
    }

    /// A page up to what it says about itself. No product is on two pages, as a client would tell.
    fn page(&self, at: usize) -> Option<Bytes> {
        let (round, at) = (at / self.pages.len(), at % self.pages.len());
        if round == 0 {
            return self.pages.get(at).cloned();
        }
        let mut items = self.products.chunks(PER_PAGE).nth(at)?.to_vec();
        for item in &mut items {
            let id = item["id"].as_u64()? + (round * PAGES * PER_PAGE) as u64;
            item["id"] = id.into();
        }
        Some(page(&items))
    }

    /// The response to a request, and the milliseconds it takes.
    fn answer(&self, request: &Request<Incoming>) -> Option<(u64, Chain<Bytes, Bytes>)> {
        let mut path = request.uri().path().split('/').skip(1);
        let pages: usize = path.next()?.parse().ok()?;
        let millis = path.next()?.parse().ok()?;
        if path.nth(3)? == "catalog" && path.next()? == "brands" {
            return Some((millis, self.brand.clone().chain(Bytes::new())));
        }
        let query = request.uri().query().unwrap_or_default();
        let number = query.split('&').find_map(|pair| pair.strip_prefix("page="));
        let number: usize = number.map_or(Ok(1), str::parse).ok()?;
        let data = self.page(number.checked_sub(1)?)?;
        let meta = format!(
            "\"meta\":{{\"pagination\":{{\"total\":{},\"count\":{PER_PAGE},\"per_page\":{PER_PAGE},\
             \"current_page\":{number},\"total_pages\":{pages}}}}}}}",
            pages * PER_PAGE
        );
        Some((millis, data.chain(Bytes::from(meta))))
    }
}

fn page(items: &[Value]) -> Bytes {
    let data = Value::from(items.to_vec());
    format!("{{\"data\":{data},").into()
}

/// Takes from a product what has to be asked for, and empties what most stores leave so: of about
/// 2.7 KB, as a product is that was asked for without more.
fn usual(product: &mut Value) {
    let Some(fields) = product.as_object_mut() else {
        return;
    };
    let objects = |value: &Value| {
        value
            .as_array()
            .is_some_and(|list| list.iter().any(Value::is_object))
    };
    fields.retain(|field, value| field != "primary_image" && !objects(value));
    for field in [
        "warranty",
        "availability_description",
        "open_graph_description",
    ] {
        fields.insert(field.to_owned(), "".into());
    }
}

async fn accept(listener: TcpListener, prepared: Arc<Prepared>) {
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        let prepared = Arc::clone(&prepared);
        tokio::spawn(async move {
            let service = service_fn(|request| respond(Arc::clone(&prepared), request));
            // When a connection breaks, the client says so.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn respond(
    prepared: Arc<Prepared>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let Some((millis, answer)) = prepared.answer(&request) else {
        let mut missing = Response::new(Full::new(Bytes::new().chain(Bytes::new())));
        *missing.status_mut() = hyper::StatusCode::NOT_FOUND;
        return Ok(missing);
    };
    if millis > 0 {
        sleep(Duration::from_millis(millis)).await;
    }
    let mut response = Response::new(Full::new(answer));
    // As the API says it, with enough left for any number of rounds.
    for (name, value) in [
        ("content-type", "application/json"),
        ("x-rate-limit-requests-quota", "1000000000"),
        ("x-rate-limit-requests-left", "999999999"),
        ("x-rate-limit-time-window-ms", "30000"),
        ("x-rate-limit-time-reset-ms", "15000"),
    ] {
        let value = hyper::header::HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}
