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
            selection: Selection::Everything,
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
        "delete delete_everything"
    );
}

#[test]
fn a_call_next_to_those_of_one_parent_is_across_all_parents() {
    let name = |method, path, lists, batch, outside| {
        let call = Call {
            method,
            path,
            operation: "getX",
            lists,
            batch,
            many: true,
            selection: Selection::Everything,
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
    assert_eq!(name("get", all, true, false, true), "list list_across");
    assert_eq!(
        name("post", all, true, true, true),
        "create create_batch create_across"
    );
    assert_eq!(
        name("get", "/v3/records/{variant_id}", true, false, false),
        "list_by_variant"
    );
}

#[test]
fn a_list_or_count_of_things_of_all_parents_has_the_name_of_that_of_one_and_across() {
    let name = |path: &str, outside: bool| {
        let call = Call {
            method: "get",
            path,
            operation: "getX",
            lists: !path.ends_with("/count"),
            batch: false,
            many: true,
            selection: Selection::Everything,
        };
        let mut place = Place::at("/v3/brands", path);
        place.outside = outside;
        super::methods(&call, &place).join(" ")
    };
    assert_eq!(name("/v3/brands/{brand_id}/logos", false), "list_logos");
    assert_eq!(
        name("/v3/brands/logos", true),
        "list_logos list_logos_across"
    );
    assert_eq!(
        name("/v3/brands/{brand_id}/logos/count", false),
        "count_logos"
    );
    assert_eq!(
        name("/v3/brands/logos/count", true),
        "count_logos count_logos_across"
    );
}

#[test]
fn a_delete_of_a_collection_says_whether_it_is_of_everything_of_matches_or_of_given_ids() {
    let name = |selection| {
        let call = Call {
            method: "delete",
            path: "/v3/catalog/brands",
            operation: "deleteX",
            lists: false,
            batch: false,
            many: true,
            selection,
        };
        let place = Place::at("/v3/catalog/brands", call.path);
        super::methods(&call, &place).pop()
    };
    for (selection, expected) in [
        (Selection::Everything, "delete_everything"),
        (Selection::Matching, "delete_matching"),
        (Selection::Given, "delete_many"),
    ] {
        assert_eq!(name(selection).as_deref(), Some(expected));
    }
}

#[test]
fn a_bulk_call_has_the_name_of_its_batch_and_all() {
    for (id, expected) in [
        ("create", "create_all"),
        ("create_batch", "create_all"),
        ("create_records_across", "create_all_records_across"),
        ("adjust_absolute", "adjust_absolute_all"),
    ] {
        assert_eq!(bulk(id), expected);
    }
}
