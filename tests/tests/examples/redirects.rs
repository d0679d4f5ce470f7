//! A file of redirects is checked as a whole, imported once, and exported again.

use std::{fs, path::Path, process::Output};

use bigcommerce_client::{
    Client,
    channels::{ChannelCreate, ChannelPlatform, ChannelType},
    redirects::{Redirect, RedirectTargetType, RedirectTargetUpdate, RedirectUpdate},
    sites::SiteCreate,
};
use bigcommerce_mock::{Body, Fault, Store};
use bigcommerce_tests::root;
use http::StatusCode;

use super::program::{run, text};
use super::store::{client, empty, variables};

const REDIRECTS: &str = env!("CARGO_BIN_EXE_redirects");

async fn import(store: &Store, file: &str, options: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("redirects.csv");
    fs::write(&path, file).unwrap();
    let mut arguments = vec!["import", path.to_str().unwrap()];
    arguments.extend(options);
    run(REDIRECTS, &arguments, &variables(store)).await
}

async fn export(store: &Store, path: &Path) -> Output {
    let arguments = ["export", path.to_str().unwrap()];
    run(REDIRECTS, &arguments, &variables(store)).await
}

async fn redirects(client: &Client) -> Vec<Redirect> {
    client.redirects().list().stream().into_vec().await.unwrap()
}

fn to_url(from: &str, to: &str) -> RedirectUpdate {
    let target = RedirectTargetUpdate::new().kind(RedirectTargetType::Url);
    RedirectUpdate::new(1000, from).to(target.url(to))
}

#[tokio::test]
async fn the_sample_is_brought_in_once_and_comes_out_as_it_went_in() {
    let store = empty().await;
    let client = client(&store);
    client
        .redirects()
        .upsert([to_url("/spring-sale/", "/older/")])
        .await
        .unwrap();
    let sample = root().join("generated-client/examples/data/redirects.csv");
    let sample = fs::read_to_string(sample).unwrap();
    let dry = import(&store, &sample, &["--dry-run"]).await;
    assert!(dry.status.success(), "{dry:?}");
    let shown = "/spring-sale/: /older/ would become /sale/\n\
                 /mugs.html: would be added, to category:1\n\
                 /old-mug/: would be added, to product:1\n\
                 /blog-of-old/: would be added, to https://blog.example.com/\n";
    assert_eq!(text(&dry.stdout), shown);
    assert_eq!(redirects(&client).await.len(), 1);

    let output = import(&store, &sample, &[]).await;
    assert!(output.status.success(), "{output:?}");
    let shown = text(&output.stdout);
    assert!(
        shown.starts_with("/spring-sale/: redirects to /sale/, no longer to /older/\n"),
        "{shown}"
    );
    assert_eq!(
        text(&output.stderr),
        "4 rows: 4 changed, 0 already correct, 0 refused\n"
    );
    let made = redirects(&client).await;
    assert_eq!(made.len(), 4);
    let to = made[1].to.as_ref().unwrap();
    assert_eq!(
        (to.kind.clone(), to.entity_id),
        (Some(RedirectTargetType::Category), Some(1))
    );

    let again = import(&store, &sample, &[]).await;
    assert_eq!(text(&again.stdout), "");
    assert_eq!(
        text(&again.stderr),
        "4 rows: 0 changed, 4 already correct, 0 refused\n"
    );

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("exported.csv");
    let output = export(&store, &path).await;
    assert!(output.status.success(), "{output:?}");
    assert!(
        text(&output.stderr).contains("exported.csv: 4 redirects, "),
        "{output:?}"
    );
    let exported = fs::read_to_string(&path).unwrap();
    assert!(exported.contains("/old-mug/"), "{exported}");
    let back = import(&store, &exported, &[]).await;
    assert_eq!(
        text(&back.stderr),
        "4 rows: 0 changed, 4 already correct, 0 refused\n"
    );
}

#[tokio::test]
async fn all_that_is_wrong_with_a_file_is_told_with_its_lines_and_nothing_is_sent() {
    let store = empty().await;
    let long = "x".repeat(2_048);
    let file = format!(
        "from,to\n,/a/\nhttps://shop.example.com/b/,/b/\nc/,/c/\n/d d/,/d/\n/e/#top,/e/\n/f/,\n\
         /g/,g/\n/h/,/{long}\n/i/,thing:7\n/j/,product:x\n/k/,/kk/\n/k/,/kkk/\n"
    );
    let output = import(&store, &file, &[]).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    for sentence in [
        "line 2: there is no old path\n",
        "line 3: https://shop.example.com/b/ is a full URL; ",
        "line 4: c/ does not begin with a slash\n",
        "line 5: \"/d d/\" has a space; write it as %20\n",
        "line 6: /e/#top has a #",
        "line 7: /f/ has no target\n",
        "line 8: g/ is neither a path nor a URL nor a resource such as product:118\n",
        "line 9: the target has 2049 characters, and at most 2048 are allowed\n",
        "line 10: \"thing\" is not one of product, ",
        "line 11: \"x\" is not the id of a product\n",
        "line 13: /k/ is already in line 12\n",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    let file = "from,to\n/a/,/a/\n/b/,/c/\n/c/,/b/\n/d/,/e/\n/e/,/f/\n";
    let output = import(&store, file, &[]).await;
    let said = text(&output.stderr);
    let ways = "  line 2: /a/ redirects to itself\n  \
                line 3: /b/ redirects to itself by way of line 4\n  \
                line 4: /c/ redirects to itself by way of line 3\n  \
                line 5: /d/ redirects to /e/, which line 6 redirects to /f/; use that target\n";
    assert!(said.ends_with(ways), "{said}");

    // A browser does not send the part after a #.
    let output = import(&store, "from,to\n/a/,/a/#top\n/b/,/b#top\n", &[]).await;
    let said = text(&output.stderr);
    assert!(
        said.ends_with(" is wrong:\n  line 2: /a/ redirects to itself\n"),
        "{said}"
    );

    // A loop of more than two redirects is no chain that could be shortened.
    let file = "from,to\n/a/,/b/\n/b/,/c/\n/c/,/a/\n";
    let output = import(&store, file, &[]).await;
    let said = text(&output.stderr);
    let ways = " is wrong:\n  line 2: /a/ redirects to itself by way of line 3, line 4\n  \
                line 3: /b/ redirects to itself by way of line 4, line 2\n  \
                line 4: /c/ redirects to itself by way of line 2, line 3\n";
    assert!(said.ends_with(ways), "{said}");
    assert!(store.log().is_empty());
}

#[tokio::test]
async fn a_chain_or_loop_of_redirects_in_the_store_is_reported_too() {
    let store = empty().await;
    let client = client(&store);
    let there = [to_url("/b/", "/a/"), to_url("/d/", "/e/")];
    client.redirects().upsert(there).await.unwrap();
    let file = "from,to\n/a/,https://store.example.com/b/\n/c/,/d/\n";
    let output = import(&store, file, &[]).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let ways = "  line 2: /a/ redirects to itself by way of the store's /b/\n  \
                line 3: /c/ redirects to /d/, which the store redirects to /e/; use that target\n";
    assert!(said.ends_with(ways), "{said}");
    assert_eq!(redirects(&client).await.len(), 2);

    let file = "from,to\n/,https://store.example.com\n/f/,https://STORE.example.com?from=f\n";
    let output = import(&store, file, &[]).await;
    let said = text(&output.stderr);
    assert!(
        said.ends_with(" is wrong:\n  line 2: / redirects to itself\n"),
        "{said}"
    );

    // A path that the file redirects elsewhere is no obstacle any more.
    let file = "from,to\n/a/,/f/\n/b/,/f/\n";
    let output = import(&store, file, &[]).await;
    assert!(output.status.success(), "{output:?}");
}

#[tokio::test]
async fn rows_go_to_the_site_that_they_or_the_caller_name() {
    let store = empty().await;
    let client = client(&store);
    let channel = ChannelCreate::new()
        .name("Second")
        .kind(ChannelType::Storefront)
        .platform(ChannelPlatform::Custom);
    let channel = client.channels().create(channel).await.unwrap().id;
    let site = SiteCreate::new("https://second.example.com", channel);
    let site = client.sites().create(site).await.unwrap().id;
    let output = import(&store, "from,to\n/a/,/b/\n", &[]).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let sites = format!("1000 (store.example.com), {site} (second.example.com)");
    assert!(
        said.ends_with(&format!("line 2: select the site with --site: {sites}\n")),
        "{said}"
    );

    let file = "from,to,site_id\n/a/,/b/,\n/a/,/c/,1000\n";
    let output = import(&store, file, &["--site", &site.to_string()]).await;
    assert!(output.status.success(), "{output:?}");
    let sites = redirects(&client)
        .await
        .into_iter()
        .map(|redirect| redirect.site_id);
    assert_eq!(sites.collect::<Vec<_>>(), [Some(site), Some(1000)]);

    let output = import(&store, "from,to,site_id\n/a/,/b/,7\n", &[]).await;
    let said = text(&output.stderr);
    assert!(
        said.contains("line 2: the store has no site 7; it has 1000 ("),
        "{said}"
    );
}

#[tokio::test]
async fn what_is_refused_is_told_and_the_next_run_goes_on() {
    let store = empty().await;
    let client = client(&store);
    let rows: String = (1..=4)
        .map(|at| format!("/old-{at}/,/new-{at}/\n"))
        .collect();
    let file = format!("from,to\n{rows}");
    // The whole batch, both halves and a single row.
    let refused = Fault::error(StatusCode::UNPROCESSABLE_ENTITY, Body::Json);
    store.faults().add(refused.on("redirects.upsert").times(4));
    let output = import(&store, &file, &[]).await;
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert!(shown.contains(": refused: "), "{shown}");
    assert!(!redirects(&client).await.is_empty());
    let again = import(&store, &file, &[]).await;
    assert!(again.status.success(), "{again:?}");
    assert_eq!(redirects(&client).await.len(), 4);
}

#[tokio::test]
async fn a_new_mock_store_has_redirects_to_export() {
    let store = Store::builder().start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("redirects.csv");
    let output = export(&store, &path).await;
    assert!(output.status.success(), "{output:?}");
    let file = fs::read_to_string(&path).unwrap();
    assert!(file.contains("/ow-1008.html"), "{file}");
}

#[tokio::test]
async fn an_export_of_nothing_and_words_that_mean_nothing_are_told() {
    let store = empty().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.csv");
    let output = export(&store, &path).await;
    assert!(output.status.success(), "{output:?}");
    assert_eq!(text(&output.stderr), "there are no redirects to export\n");
    assert!(!path.exists());
    let before = store.log().len();
    for (arguments, sentence) in [
        (
            &["import"][..],
            "use import or export with one CSV file; see --help\n",
        ),
        (
            &["export", "a.csv", "--dry-run"],
            "use import or export with one CSV file; see --help\n",
        ),
        (&["import", "a.csv", "--site"], "--site needs a value\n"),
        (
            &["import", "a.csv", "--site", "one"],
            "one is not the id of a site\n",
        ),
    ] {
        let output = run(REDIRECTS, arguments, &variables(&store)).await;
        assert_eq!(text(&output.stderr), sentence);
        assert_eq!(output.status.code(), Some(1));
    }
    let output = import(&store, "path,target\n/a/,/b/\n", &[]).await;
    assert!(
        text(&output.stderr)
            .contains("there are neither the columns from and to nor those of an export"),
        "{output:?}"
    );
    assert_eq!(store.log().len(), before);
}
