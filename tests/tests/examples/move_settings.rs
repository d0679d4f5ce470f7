//! The settings of one store are copied to another one, as far as possible, and the second run has nothing
//! to do.

use axum::{Router, routing::get};
use bigcommerce_client::{
    settings::{CatalogSettingsUpdate, EmailStatusesUpdate, StoreProfileUpdate},
    settings_analytics::AnalyticsProviderUpdate,
    settings_search_filters::{
        SearchFilterContextUpdate, SearchFilterPlaceUpdate, SearchFilterType, SearchFilterUpdate,
    },
    settings_storefront::{
        CspHeaderUpdate, RobotsTxtSettingsUpdate, SeoSettingsUpdate,
        StorefrontSearchSettingsUpdate, StorefrontSecuritySettingsUpdate,
    },
};
use bigcommerce_mock::{Body, Fault, Store};
use http::StatusCode;
use tokio::net::TcpListener;

use super::program::{run, text};
use super::store::{client, empty, variables};

const MOVE: &str = env!("CARGO_BIN_EXE_move_settings");

/// The environment variables for both stores.
fn both<'a>(from: &'a Store, to: &'a Store) -> Vec<(&'static str, &'a str)> {
    let mut all = variables(to);
    all.extend([
        ("FROM_STORE_HASH", from.hash()),
        // It changes nothing, so it does not need the permission.
        ("FROM_ACCESS_TOKEN", from.read_only_token()),
        ("FROM_BASE_URL", from.url()),
    ]);
    all
}

/// A store with settings that differ from those of a new one.
async fn lived_in() -> Store {
    let store = empty().await;
    let settings = client(&store).settings();
    let profile = StoreProfileUpdate::new().store_name("Harbour Lamps");
    settings.update_profile(profile).await.unwrap();
    let catalog = CatalogSettingsUpdate::new().auto_approve_reviews(true);
    settings.update_catalog(catalog).await.unwrap();
    let statuses = EmailStatusesUpdate::new()
        .create_account_email(false)
        .createaccount_email(false);
    settings.update_email_statuses(statuses).await.unwrap();
    let storefront = settings.storefront();
    let csp = CspHeaderUpdate::new().header_value("default-src https:");
    let security = StorefrontSecuritySettingsUpdate::new().csp_header(csp);
    storefront.update_security(security).await.unwrap();
    let robots =
        "User-agent: *\nDisallow: /cart.php\nDisallow: /checkout.php\nDisallow: /login.php\n";
    let robots = RobotsTxtSettingsUpdate::new().robots_txt_ssl(robots);
    storefront.update_robots(robots).await.unwrap();
    let segment = AnalyticsProviderUpdate::new()
        .name("Segment")
        .code("SEG-1")
        .enabled(true);
    settings.analytics().update(4, segment).await.unwrap();
    let filters = ["brand", "price"].map(|id| {
        let filter = SearchFilterUpdate::new()
            .id(id)
            .kind(SearchFilterType::from(id));
        filter
            .display_name(id.to_uppercase())
            .is_enabled(true)
            .items_to_show(5)
            .sort_by("item_count")
    });
    let unknown = SearchFilterUpdate::new()
        .id("Q29sb3I=")
        .display_name("Colour");
    let filters = filters.into_iter().chain([unknown]);
    settings
        .search_filters()
        .replace(filters.collect::<Vec<_>>())
        .await
        .unwrap();
    store
}

#[tokio::test]
async fn what_differs_is_told_and_then_moved_once() {
    let (from, to) = (lived_in().await, empty().await);
    let variables = both(&from, &to);
    let before = to.log().len();
    let dry = run(MOVE, &["--dry-run"], &variables).await;
    assert!(dry.status.success(), "{dry:?}");
    let shown = text(&dry.stdout);
    for line in [
        "profile.store_name: \"Mock Store\" -> \"Harbour Lamps\"\n",
        "catalog.auto_approve_reviews: false -> true\n",
        "email_statuses.create_account_email: true -> false\n",
        "security.csp_header.header_value: ",
        "robots.robots_txt_ssl: ",
        "analytics.Segment.code: \"\" -> \"SEG-1\"\n",
        "search_filters.order: ",
        "search_filters.Colour (Q29sb3I=): cannot be copied: the catalog of the target has no values for it",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(!shown.contains("createaccount_email"), "{shown}");
    assert!(shown.contains(" characters)"), "{shown}");
    let log = to.log();
    assert!(log[before..].iter().all(|logged| logged.method == "GET"));

    let output = run(MOVE, &[], &variables).await;
    assert!(output.status.success(), "{output:?}");
    assert_eq!(text(&output.stdout), shown);
    assert!(
        from.log()
            .iter()
            .skip(8)
            .all(|logged| logged.method == "GET")
    );
    let settings = client(&to).settings();
    let name = settings.get_profile().await.unwrap().store_name;
    assert_eq!(name.as_deref(), Some("Harbour Lamps"));
    let statuses = settings.get_email_statuses().await.unwrap();
    assert_eq!(statuses.createaccount_email, Some(false));
    let security = settings.storefront().get_security().await.unwrap();
    let csp = security.csp_header.unwrap();
    assert_eq!(csp.header_value.as_deref(), Some("default-src https:"));
    let filters = settings.search_filters().list().await.unwrap();
    let ids: Vec<_> = filters
        .iter()
        .filter_map(|filter| filter.id.as_deref())
        .collect();
    assert_eq!(ids, ["brand", "price"]);
    let segment = settings.analytics().get(4).await.unwrap();
    assert_eq!(segment.code.as_deref(), Some("SEG-1"));

    let before = to.log().len();
    let again = run(MOVE, &[], &variables).await;
    assert!(again.status.success(), "{again:?}");
    let said = text(&again.stderr);
    assert!(
        said.starts_with("nothing to do: "),
        "{said}{}",
        text(&again.stdout)
    );
    let log = to.log();
    assert!(log[before..].iter().all(|logged| logged.method == "GET"));
}

#[tokio::test]
async fn a_channel_gets_what_another_has_in_place_of_the_stores_and_loses_what_it_has_not() {
    let store = empty().await;
    let settings = client(&store).settings();
    let storefront = settings.storefront();
    let seo = SeoSettingsUpdate::new().page_title("Lamps");
    storefront.update_seo(seo).channel_id(1).await.unwrap();
    let seo = SeoSettingsUpdate::new()
        .page_title("Old")
        .meta_keywords("old");
    storefront.update_seo(seo).channel_id(2).await.unwrap();
    let search = StorefrontSearchSettingsUpdate::new()
        .content_product_sort(None)
        .default_product_sort(None)
        .product_filtering_enabled(None)
        .search_suggest(true);
    storefront
        .update_search(search)
        .channel_id(1)
        .await
        .unwrap();
    let place = SearchFilterPlaceUpdate::new().channel_id(1);
    let brand = SearchFilterUpdate::new().id("brand").is_enabled(true);
    let own = SearchFilterContextUpdate::new()
        .context(place.clone())
        .data([brand.clone()]);
    let of_category = SearchFilterContextUpdate::new()
        .context(place.category_id(7))
        .data([brand]);
    let filters = settings.search_filters();
    filters
        .upsert_contexts(vec![own, of_category])
        .await
        .unwrap();

    let arguments = ["--channel", "1:2"];
    let output = run(MOVE, &arguments, &variables(&store)).await;
    assert!(output.status.success(), "{output:?}");
    let shown = text(&output.stdout);
    for line in [
        "channel 1 to 2, locale: cannot be copied: it belongs to the store as a whole\n",
        "channel 1 to 2, seo.page_title: \"Old\" -> \"Lamps\"\n",
        "channel 1 to 2, seo.meta_keywords: \"old\" -> (none)\n",
        "channel 1 to 2, search.search_suggest: (none) -> true\n",
        "channel 1 to 2, search_filters.brand.is_enabled: (none) -> true\n",
        "channel 1 to 2, search_filters.the filters of 1 categories: cannot be copied: ",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    let seo = storefront.get_seo().channel_id(2).await.unwrap();
    assert_eq!(
        (seo.page_title.as_deref(), seo.meta_keywords),
        (Some("Lamps"), None)
    );
    let of_store = storefront.get_seo().await.unwrap();
    assert_ne!(of_store.page_title.as_deref(), Some("Lamps"));

    let again = run(MOVE, &arguments, &variables(&store)).await;
    assert!(
        text(&again.stderr).starts_with("nothing to do: "),
        "{again:?}"
    );
}

#[tokio::test]
async fn images_go_up_as_files_and_are_known_again() {
    let to = empty().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let logo = format!(
        r#"{{"data": {{"type": "image", "logo_text": "Lamps", "logo_image_url": "{url}/lamps.png",
            "favicon_url": "{url}/gone.ico"}}, "meta": {{}}}}"#
    );
    let json = [("content-type", "application/json")];
    let router = Router::new()
        .route(
            "/stores/abc/v3/settings/logo",
            get(move || async move { (json, logo) }),
        )
        .route("/lamps.png", get(|| async { "a picture of lamps" }));
    tokio::spawn(async { axum::serve(listener, router).await });
    let mut variables = variables(&to);
    variables.extend([
        ("FROM_STORE_HASH", "abc"),
        ("FROM_ACCESS_TOKEN", "token"),
        ("FROM_BASE_URL", &url),
    ]);
    let output = run(MOVE, &["logo"], &variables).await;
    assert!(output.status.success(), "{output:?}");
    let shown = text(&output.stdout);
    for line in [
        format!("logo.image: (none) -> {url}/lamps.png\n"),
        format!(
            "logo.favicon: cannot be copied: {url}/gone.ico cannot be read: the response was 404"
        ),
        "logo.type: \"text\" -> \"image\"\n".to_owned(),
    ] {
        assert!(shown.contains(&line), "{line}: {shown}");
    }
    let logo = client(&to).settings().logo().get().await.unwrap();
    let address = logo.logo_image_url.as_deref().unwrap();
    assert!(
        address.contains("/lamps-") && address.ends_with(".png"),
        "{address}"
    );
    assert_eq!(logo.favicon_url.as_deref(), Some(""));

    let again = run(MOVE, &["logo"], &variables).await;
    assert!(
        text(&again.stderr).starts_with("nothing to do: "),
        "{again:?}"
    );
}

#[tokio::test]
async fn an_area_that_is_refused_is_told_and_keeps_no_other() {
    let (from, to) = (lived_in().await, empty().await);
    let refused = Fault::error(StatusCode::UNPROCESSABLE_ENTITY, Body::Json);
    to.faults()
        .add(refused.on("settings.update_profile").times(1));
    let output = run(MOVE, &["profile", "catalog"], &both(&from, &to)).await;
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("profile: settings.update_profile was refused with 422"),
        "{shown}"
    );
    let said = text(&output.stderr);
    assert!(
        said.contains("1 settings changed, ") && said.contains(" 1 areas were refused"),
        "{said}"
    );
    let catalog = client(&to).settings().get_catalog().await.unwrap();
    assert_eq!(catalog.auto_approve_reviews, Some(true));
}

#[tokio::test]
async fn wrong_arguments_are_reported_before_any_request() {
    let store = empty().await;
    for (arguments, sentence) in [
        (&["seoo"][..], "there is no area seoo; --help lists them\n"),
        (
            &["--channel"],
            "--channel needs the ids of two channels, such as 1:2\n",
        ),
        (
            &["--channel", "1"],
            "--channel needs the ids of two channels, such as 1:2\n",
        ),
        (
            &[],
            "source and target are the same store; set FROM_STORE_HASH, or use --channel\n",
        ),
        (
            &["--channel", "2:2"],
            "source and target are the same channel; name two channels or two stores\n",
        ),
    ] {
        let output = run(MOVE, arguments, &variables(&store)).await;
        assert_eq!(text(&output.stderr), sentence);
        assert_eq!(output.status.code(), Some(1));
    }
    let mut half = variables(&store);
    half.push(("FROM_STORE_HASH", "abc"));
    let output = run(MOVE, &[], &half).await;
    assert_eq!(
        text(&output.stderr),
        "set the environment variable FROM_ACCESS_TOKEN\n"
    );
    assert!(store.log().is_empty());
}
