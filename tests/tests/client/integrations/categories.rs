//! Categories and redirects: the navigation of a shop, and what leads to what is gone.

use std::collections::HashMap;

use bigcommerce_client::{
    Client, Error,
    categories::{Category, CategoryCreate, CategoryTreeInput},
    redirects::{RedirectTargetType, RedirectTargetUpdate, RedirectUpdate},
    upload::FilePart,
};

use super::shop;

/// A new channel starts with an empty category tree, so that of another one is copied, level by level.
async fn copy_a_category_tree(store: &Client, from: i64, to: i64) -> Result<usize, Error> {
    let categories = store.categories();
    let all = categories.list().tree_id_in([from]).stream();
    let all = all.into_vec().await?;
    let mut copies: HashMap<i64, i64> = HashMap::from([(0, 0)]);
    let mut level: Vec<&Category> = all.iter().filter(|it| it.parent_id == Some(0)).collect();
    while !level.is_empty() {
        let new = level.iter().map(|category| {
            let name = category.name.as_deref().unwrap_or_default();
            let parent = category.parent_id.and_then(|id| copies.get(&id));
            let new = CategoryCreate::new(name).tree_id(to);
            new.parent_id(parent.copied().unwrap_or_default())
                .sort_order(category.sort_order.unwrap_or_default())
        });
        let new: Vec<CategoryCreate> = new.collect();
        let made = categories.create_all(new).await?.complete()?;
        for (old, (_, new)) in level.iter().zip(made) {
            if let Some(new) = new {
                copies.insert(old.category_id, new.category_id);
            }
        }
        let below = |it: &&Category| {
            let mut level = level.iter();
            level.any(|above| it.parent_id == Some(above.category_id))
        };
        let next = all.iter().filter(below).collect();
        level = next;
    }
    Ok(copies.len() - 1)
}

/// Categories without an image get one.
async fn add_an_image_to_categories(store: &Client, png: &[u8]) -> Result<usize, Error> {
    let categories = store.categories();
    let mut added = 0;
    for category in categories.list().stream().into_vec().await? {
        if category.image_url.as_deref().unwrap_or_default().is_empty() {
            let image = FilePart::bytes("category.png", png.to_vec());
            let image = categories.create_image(category.category_id, image);
            added += usize::from(image.await?.image_url.is_some());
        }
    }
    Ok(added)
}

/// Whoever follows an old link to a product that is being removed arrives at its category.
async fn remove_a_product_and_redirect_to_its_category(
    store: &Client,
    product: i64,
    site: i64,
) -> Result<(), Error> {
    let old = store.products().get(product).await?;
    let path = old.custom_url.and_then(|custom| custom.url);
    if let (Some(path), Some(category)) = (path, old.categories.first()) {
        let target = RedirectTargetUpdate::new().kind(RedirectTargetType::Category);
        let target = target.entity_id(*category);
        let redirect = RedirectUpdate::new(site, path).to(target);
        store.redirects().upsert([redirect]).await?;
    }
    store.products().delete(product).await
}

/// A list of old and new paths is imported; the old paths that were rejected are returned.
async fn import_redirects(
    store: &Client,
    site: i64,
    paths: &[(&str, &str)],
) -> Result<Vec<String>, Error> {
    let redirects = paths.iter().map(|(from, to)| {
        let target = RedirectTargetUpdate::new().kind(RedirectTargetType::Url);
        RedirectUpdate::new(site, *from).to(target.url(*to))
    });
    let report = store.redirects().upsert_all(redirects).await?;
    let failed = report.failures();
    Ok(failed
        .map(|(redirect, _)| redirect.from_path.clone())
        .collect())
}

#[tokio::test]
async fn a_category_tree_is_copied_with_its_levels() {
    let (_store, client) = shop(0).await;
    let trees = client.categories().trees().await.unwrap();
    let outlet = CategoryTreeInput::new().name("Outlet").channels([2]);
    let outlet = client.categories().upsert_trees([outlet]).await.unwrap()[0].id;
    let copied = copy_a_category_tree(&client, trees[0].id, outlet).await;
    assert_eq!(copied.unwrap(), 9);
    let names = async |tree: i64| {
        let tree = client.categories().tree(tree).await.unwrap();
        let names = tree
            .iter()
            .map(|node| (node.name.clone(), node.children.len()));
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(outlet).await, names(trees[0].id).await);
}

#[tokio::test]
async fn categories_get_an_image_once() {
    let (_store, client) = shop(0).await;
    let png = b"\x89PNG\r\n\x1a\n";
    assert_eq!(add_an_image_to_categories(&client, png).await.unwrap(), 9);
    assert_eq!(add_an_image_to_categories(&client, png).await.unwrap(), 0);
}

#[tokio::test]
async fn a_product_that_is_removed_leads_to_its_category() {
    let (_store, client) = shop(2).await;
    let product = client.products().list().await.unwrap()[0].clone();
    let site = client.sites().list().await.unwrap()[0].id;
    remove_a_product_and_redirect_to_its_category(&client, product.id, site)
        .await
        .unwrap();
    let gone = client.products().get(product.id).await;
    assert!(gone.is_err_and(|error| error.is_not_found()));
    let redirects = client.redirects().list().site_id(site).await.unwrap();
    let target = redirects[0].to.as_ref().and_then(|target| target.entity_id);
    assert_eq!(target, product.categories.first().copied());
}

#[tokio::test]
async fn redirects_are_imported() {
    let (_store, client) = shop(0).await;
    let site = client.sites().list().await.unwrap()[0].id;
    let paths = [("/old-a/", "/new-a/"), ("/old-b/", "/new-b/")];
    let failed = import_redirects(&client, site, &paths).await.unwrap();
    assert!(failed.is_empty(), "{failed:?}");
    let redirects = client.redirects().list().keyword("old-").await.unwrap();
    assert_eq!(redirects.len(), 2);
}
