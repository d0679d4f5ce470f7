//! How calls are named.

use super::*;

#[test]
fn a_method_is_named_by_what_it_does_to_the_group() {
    let name = |method, path, lists, batch| {
        let call = Call {
            method,
            path,
            operation: "getX",
            lists,
            batch,
            many: true,
        };
        let place = Place::at("/v3/catalog/brands", path);
        super::methods(&call, &place).join(" ")
    };
    assert_eq!(name("get", "/v3/catalog/brands", true, false), "list");
    assert_eq!(name("get", "/v3/catalog/brands/{id}", false, false), "get");
    assert_eq!(
        name("put", "/v3/catalog/brands", true, true),
        "update update_batch"
    );
    assert_eq!(
        name("get", "/v3/catalog/brands/{id}/metafields", true, false),
        "list_metafields"
    );
    let deep = "/v3/catalog/brands/{id}/logos/print/{logo_id}/print_quotes";
    assert_eq!(
        name("get", deep, true, false),
        "list_print_quotes list_print_print_quotes list_logo_print_print_quotes"
    );
    for (path, expected) in [
        ("/v3/catalog/brands/count", "count"),
        ("/v3/catalog/brands/settings", "get_settings"),
        (
            "/v3/catalog/brands/settings/channels/{channel_id}",
            "get_channel_settings",
        ),
    ] {
        let found = name("get", path, false, false);
        assert_eq!(found.split(' ').next(), Some(expected));
    }
    assert_eq!(
        name("delete", "/v3/catalog/brands", false, false),
        "delete delete_all"
    );
}

#[test]
fn a_call_beside_those_of_single_things_is_about_all() {
    let name = |method, path, lists, batch, outside| {
        let call = Call {
            method,
            path,
            operation: "getX",
            lists,
            batch,
            many: true,
        };
        let place = Place {
            rest: Vec::new(),
            collection: true,
            outside,
        };
        super::methods(&call, &place).join(" ")
    };
    let fields = "/v3/brands/{brand_id}/metafields";
    assert_eq!(
        name("get", fields, false, false, false),
        "list list_of_brand"
    );
    let all = "/v3/brands/metafields";
    assert_eq!(name("get", all, true, false, true), "list list_all");
    assert_eq!(
        name("post", all, true, true, true),
        "create create_batch create_all"
    );
    assert_eq!(
        name("get", "/v3/records/{variant_id}", true, false, false),
        "list_by_variant"
    );
}
