use super::*;

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
