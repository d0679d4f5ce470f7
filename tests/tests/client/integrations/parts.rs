//! What belongs to a product: images, fields, modifiers, and the channels where it is sold.

use bigcommerce_client::{
    Client, Error,
    product_channel_assignments::ProductChannelAssignmentInput,
    product_modifiers::{ModifierCreate, ModifierType},
    products::{
        CustomFieldInput, ProductField, ProductImageCreate, ProductImageUpdate, ProductInclude,
    },
};

use super::shop;

/// A product is shown by one of its images, and the first is better than none.
async fn choose_missing_thumbnails(store: &Client) -> Result<usize, Error> {
    let list = store.products().list();
    let mut products = list.include([ProductInclude::Images]).stream();
    let mut chosen = 0;
    while let Some(product) = products.try_next().await? {
        let mut images = product.images.iter();
        if images.any(|image| image.is_thumbnail == Some(true)) {
            continue;
        }
        if let Some(first) = product.images.first() {
            let change = ProductImageUpdate::new().is_thumbnail(true);
            let images = store.products().images(product.id);
            images.update(first.id, change).await?;
            chosen += 1;
        }
    }
    Ok(chosen)
}

/// The images of a feed are added one by one; a relative address is completed first.
async fn add_the_images_of_a_feed(
    store: &Client,
    product: i64,
    base: &str,
    paths: &[&str],
) -> Result<usize, Error> {
    let images = store.products().images(product);
    let known = images.list().stream().into_vec().await?;
    let mut added = 0;
    for path in paths {
        let mut descriptions = known.iter().filter_map(|it| it.description.as_deref());
        if descriptions.any(|known| known == *path) {
            continue;
        }
        let url = match path.starts_with("https://") {
            true => (*path).to_owned(),
            false => format!("{base}/{}", path.trim_start_matches('/')),
        };
        let image = ProductImageCreate::new(url).description(*path);
        images.create(image).await?;
        added += 1;
    }
    Ok(added)
}

/// Images whose file is gone are removed, and another one takes the place of a thumbnail.
async fn remove_broken_images(
    store: &Client,
    is_broken: impl Fn(&str) -> bool,
) -> Result<usize, Error> {
    let list = store.products().list();
    let mut products = list.include([ProductInclude::Images]).stream();
    let mut removed = 0;
    while let Some(product) = products.try_next().await? {
        let images = store.products().images(product.id);
        let (broken, whole): (Vec<_>, Vec<_>) = product
            .images
            .iter()
            .partition(|image| image.url_standard.as_deref().is_some_and(&is_broken));
        for image in &broken {
            images.delete(image.id).await?;
        }
        removed += broken.len();
        let lost = broken.iter().any(|image| image.is_thumbnail == Some(true));
        if let Some(next) = whole.first().filter(|_| lost) {
            let change = ProductImageUpdate::new().is_thumbnail(true);
            images.update(next.id, change).await?;
        }
    }
    Ok(removed)
}

/// A field of a product is set by its name: changed where it is, and else added.
async fn set_a_custom_field_by_its_name(
    store: &Client,
    product: i64,
    name: &str,
    value: &str,
) -> Result<i64, Error> {
    let fields = store.products().custom_fields(product);
    let known = fields.list().stream().into_vec().await?;
    let known = known.iter().find(|it| it.name.as_deref() == Some(name));
    let field = CustomFieldInput::new().name(name).value(value);
    let field = match known {
        Some(known) => fields.update(known.id, field).await?,
        None => fields.create(field).await?,
    };
    Ok(field.id)
}

/// An import left modifiers that shoppers must choose from, without anything to choose.
async fn remove_modifiers_without_values(store: &Client) -> Result<usize, Error> {
    let list = store.products().list();
    let mut products = list.include([ProductInclude::Modifiers]).stream();
    let mut removed = 0;
    while let Some(product) = products.try_next().await? {
        let empty = product.modifiers.iter().filter(|modifier| {
            let is_choice = matches!(
                modifier.kind,
                Some(
                    ModifierType::Dropdown | ModifierType::RadioButtons | ModifierType::Rectangles
                )
            );
            is_choice && modifier.option_values.is_empty()
        });
        for modifier in empty {
            let modifiers = store.products().modifiers(product.id);
            modifiers.delete(modifier.id).await?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// A product is invisible in a channel that it is not assigned to.
async fn assign_all_products_to_a_channel(store: &Client, channel: i64) -> Result<usize, Error> {
    let assignments = store.products().channel_assignments();
    let known = assignments.list().channel_id_in([channel]).stream();
    let known = known.into_vec().await?;
    let all = store.products().list().is_visible(true);
    let all = all.include_fields([ProductField::Id]).stream();
    let missing = all.into_vec().await?.into_iter().filter(|product| {
        let mut known = known.iter();
        !known.any(|assigned| assigned.product_id == Some(product.id))
    });
    let missing = missing.map(|product| {
        let assignment = ProductChannelAssignmentInput::new().product_id(product.id);
        assignment.channel_id(channel)
    });
    let assigned = assignments.assign_all(missing).await?.complete()?;
    Ok(assigned.len())
}

#[tokio::test]
async fn a_product_with_a_thumbnail_keeps_it() {
    let (_store, client) = shop(2).await;
    assert_eq!(choose_missing_thumbnails(&client).await.unwrap(), 0);
    let product = client.products().list().await.unwrap()[0].id;
    let images = client.products().images(product).list().await.unwrap();
    assert_eq!(images[0].is_thumbnail, Some(true));
}

#[tokio::test]
async fn the_images_of_a_feed_are_added_once() {
    let (_store, client) = shop(1).await;
    let product = client.products().list().await.unwrap()[0].id;
    let paths = ["/a.jpg", "https://example.com/b.jpg"];
    for added in [2, 0] {
        let base = "https://example.com";
        let run = add_the_images_of_a_feed(&client, product, base, &paths);
        assert_eq!(run.await.unwrap(), added);
    }
    let images = client.products().images(product).list().await.unwrap();
    assert_eq!(images.len(), 3);
}

#[tokio::test]
async fn a_field_is_set_by_its_name() {
    let (_store, client) = shop(1).await;
    let product = client.products().list().await.unwrap()[0].id;
    let before = client.products().custom_fields(product).list().await;
    let before = before.unwrap().len();
    for value in ["1.5 l", "2 l"] {
        let set = set_a_custom_field_by_its_name(&client, product, "Holds", value);
        set.await.unwrap();
    }
    let fields = client.products().custom_fields(product).list().await;
    let fields = fields.unwrap();
    assert_eq!(fields.len(), before + 1);
    assert_eq!(fields[before].value.as_deref(), Some("2 l"));
}

#[tokio::test]
async fn modifiers_that_need_no_values_are_kept() {
    let (_store, client) = shop(1).await;
    let product = client.products().list().await.unwrap()[0].id;
    let modifiers = client.products().modifiers(product);
    let engraving = ModifierCreate::new()
        .display_name("Engraving")
        .kind(ModifierType::Text)
        .required(false);
    let engraving = modifiers.create(engraving).await.unwrap();
    assert_eq!(remove_modifiers_without_values(&client).await.unwrap(), 0);
    let left = modifiers.list().await.unwrap();
    assert_eq!(left[0].id, engraving.id);
}

#[tokio::test]
async fn all_products_are_sold_in_a_channel() {
    let (_store, client) = shop(3).await;
    let product = client.products().list().await.unwrap()[0].id;
    let removed = client.products().channel_assignments().delete();
    let removed = removed.product_id_in([product]).channel_id_in([1]);
    removed.await.unwrap();
    for missing in [1, 0] {
        let assigned = assign_all_products_to_a_channel(&client, 1).await;
        assert_eq!(assigned.unwrap(), missing);
    }
    let assigned = client.products().channel_assignments().list();
    let assigned = assigned.channel_id_in([1]).await.unwrap();
    assert_eq!(assigned.len(), 3);
}

#[tokio::test]
async fn a_broken_image_gives_way_to_the_next() {
    let (_store, client) = shop(1).await;
    let product = client.products().list().await.unwrap()[0].id;
    let base = "https://example.com";
    let added = add_the_images_of_a_feed(&client, product, base, &["/side.jpg"]).await;
    assert_eq!(added.unwrap(), 1);
    let images = client.products().images(product).list().await.unwrap();
    let broken = images[0].url_standard.clone().unwrap();
    for removed in [1, 0] {
        let run = remove_broken_images(&client, |url| url == broken).await;
        assert_eq!(run.unwrap(), removed);
    }
    let left = client.products().images(product).list().await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].is_thumbnail, Some(true));
    assert_eq!(left[0].id, images[1].id);
}
