use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::kind::ErrorKind;

#[test]
fn an_address_is_the_same_whether_its_host_is_read_or_was_kept() {
    let kept = HttpTransport::loopback().unwrap();
    for address in [
        "https://api.example.com/stores/abc123/v3/catalog/brands/7",
        "https://api.example.com/stores/abc123/v3/catalog/brands?name=a%20b&page=2",
        "https://api.example.com/",
        "https://api.example.com//other.example.com/a/../b/%2e%2e/c?d=//e",
        "https://api.example.com/\\other.example.com/é?f=é",
        "https://API.example.com:443/v2/time",
        "https://api.example.com:8443/v2/time",
        "http://api.example.com/v2/time",
        "https://other.example.com/v2/time",
    ] {
        let uri = Uri::try_from(address).unwrap();
        let read = Url::parse(address).unwrap();
        assert_eq!(kept.address(&uri).unwrap(), read, "{address}");
    }
    assert!(kept.address(&Uri::from_static("/v2/time")).is_err());
}

#[tokio::test]
async fn a_length_that_no_memory_holds_is_not_believed_where_nothing_limits_the_body() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        let head = "HTTP/1.1 200 X\r\nContent-Length: 9300000000000000000\r\n\r\nshort";
        stream.write_all(head.as_bytes()).await.unwrap();
    });
    let request = http::Request::get(format!("http://{address}/"));
    let request = request.body(Bytes::new()).unwrap();
    let error = HttpTransport::loopback().unwrap().call(request).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let (begun, _) = TransportError::part(error.into());
    assert_eq!(begun.unwrap().body(), "short");
}

#[tokio::test]
async fn a_stream_that_was_sent_before_is_not_sent_as_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let upload = StreamBody::new(crate::call::once(Bytes::from_static(b"file")), Some(4));
    assert!(upload.take().is_some());
    let request = http::Request::post(format!("http://{address}/")).extension(upload);
    let request = request.body(Bytes::new()).unwrap();
    let error = HttpTransport::loopback().unwrap().call(request).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.to_string(), "the body was already sent");
}
