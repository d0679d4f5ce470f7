//! The settings of the store and of its channels, each from one handle.

use bigcommerce_client::{
    ErrorKind,
    customer_settings::{
        ChannelCustomerSettingsUpdate, CustomerPrivacySettingsUpdate, StoreCustomerSettingsUpdate,
    },
    effective::Origin,
    order_settings::{
        ChannelOrderNotificationUpdate, ChannelOrderNotificationsUpdate,
        ChannelOrderSettingsUpdate, OrderNotificationUpdate, OrderNotificationsUpdate,
        StoreOrderSettingsUpdate,
    },
    settings::{CatalogSettingsUpdate, Settings, SettingsReader, StoreLocaleUpdate},
    settings_storefront::SeoSettingsUpdate,
};

use crate::end_to_end::{asked, shop};

/// The settings that a control panel shows, for the store or a channel.
async fn shown(settings: &SettingsReader) -> (Option<String>, Option<bool>) {
    let seo = settings.storefront().get_seo().await.unwrap();
    let catalog = settings.get_catalog().await.unwrap();
    (seo.page_title, catalog.auto_approve_reviews)
}

async fn set(settings: &Settings, title: &str) {
    let seo = SeoSettingsUpdate::new().page_title(title);
    settings.storefront().update_seo(seo).await.unwrap();
    let catalog = CatalogSettingsUpdate::new().auto_approve_reviews(true);
    settings.update_catalog(catalog).await.unwrap();
}

#[tokio::test]
async fn one_handle_gives_all_settings_of_the_store_or_of_a_channel() {
    let (store, client) = shop(0).await;
    let settings = client.settings();
    let channel = settings.channel(1);
    set(&settings, "The store").await;
    assert_eq!(shown(&channel).await, (None, None), "it inherits");
    set(&channel, "The channel").await;
    assert_eq!(
        shown(&channel).await,
        (Some("The channel".to_owned()), Some(true))
    );
    for of_store in [
        settings.clone(),
        channel.channel(None),
        settings.channel(None::<i64>),
    ] {
        assert_eq!(shown(&of_store).await.0.as_deref(), Some("The store"));
    }
    let reader = client.read_only().settings().channel(Some(1));
    assert_eq!(shown(&reader).await.0.as_deref(), Some("The channel"));

    // Null removes the channel's own value again.
    let nothing = SeoSettingsUpdate::new().clear_page_title();
    channel.storefront().update_seo(nothing).await.unwrap();
    assert_eq!(shown(&channel).await.0, None);

    let log = store.log();
    let of_channel = log
        .iter()
        .filter(|logged| logged.path.ends_with("?channel_id=1"));
    assert_eq!(of_channel.count(), 11);
}

#[tokio::test]
async fn the_settings_that_apply_to_a_channel_come_with_their_origins() {
    let (store, client) = shop(0).await;
    let settings = client.settings();
    let channel = settings.channel(1);
    set(&settings, "The store").await;
    let described = SeoSettingsUpdate::new().meta_description("Lamps");
    channel.storefront().update_seo(described).await.unwrap();

    let seo = channel.storefront().get_seo().effective().await.unwrap();
    assert_eq!(seo.value.page_title.as_deref(), Some("The store"));
    assert_eq!(seo.value.meta_description.as_deref(), Some("Lamps"));
    assert_eq!(seo.own.page_title, None, "it is not the channel's own");
    assert_eq!(seo.origin("page_title"), Some(Origin::Inherited));
    assert_eq!(seo.origin("meta_description"), Some(Origin::Own));
    assert_eq!(seo.origin("no_such_field"), None);
    let (_, of_channel) = seo
        .origins()
        .find(|(field, _)| *field == "meta_description")
        .unwrap();
    assert_eq!(of_channel, Origin::Own);

    // The channel may also be a parameter, and the store inherits from nothing.
    let catalog = settings
        .get_catalog()
        .channel_id(1)
        .effective()
        .await
        .unwrap();
    assert_eq!(catalog.value.auto_approve_reviews, Some(true));
    assert_eq!(
        catalog.origin("auto_approve_reviews"),
        Some(Origin::Inherited)
    );
    let before = asked(&store, "settings.get_catalog");
    let catalog = settings.get_catalog().effective().await.unwrap();
    assert_eq!(catalog.inherited, None);
    assert_eq!(catalog.value, catalog.own);
    assert_eq!(catalog.origin("auto_approve_reviews"), Some(Origin::Own));
    assert_eq!(asked(&store, "settings.get_catalog"), before + 1);
}

#[tokio::test]
async fn settings_of_a_channel_at_a_path_of_their_own_inherit_as_well() {
    let (_store, client) = shop(0).await;
    let settings = client.customer_settings();
    let privacy = CustomerPrivacySettingsUpdate::new().policy_url("https://example.com/privacy");
    let of_store = StoreCustomerSettingsUpdate::new().privacy_settings(privacy);
    settings.update(of_store).await.unwrap();
    let of_channel = ChannelCustomerSettingsUpdate::new().allow_global_logins(true);
    settings.update_channel(1, of_channel).await.unwrap();

    let found = settings.get_channel(1).effective().await.unwrap();
    let privacy = found.value.privacy_settings.as_ref().unwrap();
    assert_eq!(
        privacy.policy_url.as_deref(),
        Some("https://example.com/privacy")
    );
    assert_eq!(
        found.origin("privacy_settings.policy_url"),
        Some(Origin::Inherited)
    );
    assert_eq!(found.origin("allow_global_logins"), Some(Origin::Own));
}

#[tokio::test]
async fn a_channel_without_addresses_of_its_own_notifies_those_of_the_store_of_orders() {
    let (_store, client) = shop(0).await;
    let settings = client.order_settings();
    let to = |address: &str| OrderNotificationUpdate::new().email_addresses([address]);
    let of_store = OrderNotificationsUpdate::new()
        .order_placed(to("orders@example.com"))
        .forward_invoice(to("invoices@example.com"));
    let of_store = StoreOrderSettingsUpdate::new().notifications(of_store);
    settings.update(of_store).await.unwrap();

    let field = "notifications.order_placed.email_addresses";
    let found = settings.get_channel(1).effective().await.unwrap();
    assert_eq!(found.origin(field), Some(Origin::Inherited));
    let notifications = found.value.notifications.unwrap();
    let placed = notifications.order_placed.unwrap();
    assert_eq!(placed.email_addresses.as_slice(), ["orders@example.com"]);

    // An empty list turns the notification off for the channel.
    let off = || ChannelOrderNotificationUpdate::new().email_addresses(Vec::<String>::new());
    let of_channel = ChannelOrderNotificationsUpdate::new()
        .order_placed(off())
        .forward_invoice(off());
    let of_channel = ChannelOrderSettingsUpdate::new().notifications(of_channel);
    settings.update_channel(1, of_channel).await.unwrap();
    let found = settings.get_channel(1).effective().await.unwrap();
    assert_eq!(found.origin(field), Some(Origin::Own));
    let notifications = found.value.notifications.unwrap();
    assert!(
        notifications
            .order_placed
            .unwrap()
            .email_addresses
            .is_empty()
    );
}

#[tokio::test]
async fn what_is_about_the_store_as_a_whole_is_not_sent_from_the_handle_of_a_channel() {
    let (store, client) = shop(0).await;
    let channel = client.settings().channel(1);
    let error = channel
        .update_locale(StoreLocaleUpdate::new("en"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().contains("has no parameter `channel_id`"),
        "{error}"
    );
    let error = channel.search_filters().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert_eq!(asked(&store, "settings.update_locale"), 0);
    // The read includes the channel parameter, which does no harm; and the channel may be named, but no
    // other.
    channel.get_locale().await.unwrap();
    channel.get_catalog().channel_id(1).await.unwrap();
    let error = channel.get_catalog().channel_id(2).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().contains("its `channel_id` is 2"),
        "{error}"
    );
}
