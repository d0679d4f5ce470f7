//! Models as generated code declares them, with a field of each kind. No model of the API has them all, and the
//! crate is also tested without any.

use crate::{DateTime, Id, Linked, List, Number, Patch, RawJson};

crate::declare::read! {
    Brand {
        id: i64 = required "id",
        name: Option<String> = "name",
        meta_keywords: List<String> = "meta_keywords",
        custom_url: Option<BrandUrl> = "custom_url",
        price: Option<Number> = "price",
        is_visible: Option<bool> = "is_visible",
        kind: Option<Kind> = "kind",
        date_modified: Option<DateTime> = "date_modified",
        views: Option<i64> = "views",
        owner: Option<Id> = "owner",
        fees: Option<Linked<Vec<i64>>> = "fees",
        extra: Option<RawJson> = "extra",
        ids: List<i64> = "ids",
    }
}

crate::declare::read! {
    BrandUrl {
        url: Option<String> = "url",
        is_customized: Option<bool> = "is_customized",
    }
}

crate::declare::choices! {
    Kind {
        Physical = "physical",
        Digital = "digital",
    }
}

crate::declare::write! {
    BrandCreate(name: into String) {
        name: String = required "name",
        page_title: Patch<String> = "page_title" (into String; clear_page_title),
        meta_keywords: Patch<Vec<String>> = "meta_keywords" (list_into String),
        views: Patch<i64> = "views",
    }
}
