//! Files at URLs that calls return, on hosts that are not part of the API: what they receive, what is
//! interrupted, and how it is reported.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce_client::{
    Client, ErrorKind, RawJson, hosting_deployments::HostingDeploymentCreate,
    hosting_projects::HostingProjectCreate, themes::ThemeDownloadInput, upload::FilePart,
};
use bigcommerce_tests::{
    server::{Answer, Server},
    time::Hurry,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{
    large_files::{PIECE, THEME},
    shop,
};

/// A file host that accepts one connection after the other, and interrupts the first ones after the given
/// numbers of bytes. Its requests are recorded.
async fn host(breaks: Vec<u64>, tag: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "http://{}/theme.zip?signature=Sg7n4t",
        listener.local_addr().unwrap()
    );
    let asked = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&asked);
    tokio::spawn(async move {
        let mut breaks = breaks.into_iter();
        while let Ok((mut connection, _)) = listener.accept().await {
            let mut room = vec![0; PIECE.len()];
            let count = connection.read(&mut room).await.unwrap();
            let head = String::from_utf8_lossy(&room[..count]).to_lowercase();
            keep.lock().unwrap().push(head.clone());
            let range = head
                .lines()
                .find_map(|line| line.strip_prefix("range: bytes="));
            let from: u64 = range.map_or(0, |it| it.trim_end_matches('-').parse().unwrap());
            let left = THEME - from;
            let status = match from {
                0 => "200 OK".to_owned(),
                _ => {
                    let last = THEME - 1;
                    format!("206 Partial Content\r\ncontent-range: bytes {from}-{last}/{THEME}")
                }
            };
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-length: {left}\r\naccept-ranges: bytes\r\n\
                 etag: {tag}\r\nconnection: close\r\n\r\n"
            );
            connection.write_all(head.as_bytes()).await.unwrap();
            let mut left = left.min(breaks.next().unwrap_or(u64::MAX));
            while left > 0 {
                let piece = usize::try_from(left).unwrap().min(PIECE.len());
                if connection.write_all(&PIECE[..piece]).await.is_err() {
                    break;
                }
                left -= piece as u64;
            }
        }
    });
    (url, asked)
}

/// A client of a store that receives no requests.
fn elsewhere() -> Client {
    let client = Client::builder("abc123", "a-secret-token").base_url("http://127.0.0.1:9");
    client.build().unwrap()
}

#[tokio::test]
async fn a_theme_comes_down_from_another_host_which_learns_no_token_and_goes_on_where_it_broke_off()
{
    let (url, asked) = host(vec![THEME / 3, THEME / 3], "\"7\"").await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let file = elsewhere().file_at(&url);
    let file = file.on_progress(move |read, whole| tell.lock().unwrap().push((read, whole)));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theme.zip");
    assert_eq!(file.await.unwrap().save_to(&path).await.unwrap(), THEME);
    assert_eq!(std::fs::metadata(&path).unwrap().len(), THEME);
    let told = told.lock().unwrap();
    assert_eq!(told.last(), Some(&(THEME, Some(THEME))));
    assert!(told.is_sorted() && told.len() > 100, "{}", told.len());
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 3, "{asked:?}");
    for head in asked.iter() {
        assert!(
            !head.contains("a-secret-token") && !head.contains("x-auth-token"),
            "{head}"
        );
    }
    assert!(asked[1].contains("if-range: \"7\""), "{}", asked[1]);
}

#[tokio::test]
async fn a_theme_that_breaks_off_where_it_cannot_go_on_is_an_error_and_leaves_no_file() {
    let (url, asked) = host(vec![THEME / 3], "w/\"7\"").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theme.zip");
    let file = elsewhere().file_at(&url).await.unwrap();
    assert!(!format!("{file:?}").contains("Sg7n4t"));
    let error = file.save_to(&path).await.unwrap_err();
    assert!(!path.exists());
    assert!(
        !format!("{error:?} {error}").contains("Sg7n4t"),
        "{error:?}"
    );
    assert!(format!("{error}").contains("127.0.0.1"), "{error}");
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_that_is_too_large_or_takes_too_long_is_refused_and_so_is_a_host_without_tls() {
    let (url, _) = host(Vec::new(), "\"7\"").await;
    let error = elsewhere()
        .file_at(&url)
        .max_size(THEME - 1)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    let slow = elsewhere().file_at(&url).within(Duration::from_millis(200));
    let mut file = slow.await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let late = loop {
        match file.try_next().await {
            Ok(Some(_)) => {}
            other => break other.unwrap_err(),
        }
    };
    assert!(late.is_timeout(), "{late}");
    let plain = elsewhere().file_at("http://files.example.com/theme.zip?signature=Sg7n4t");
    let error = plain.await.unwrap_err();
    assert!(
        error.to_string().contains("https") && !error.to_string().contains("Sg7n4t"),
        "{error}"
    );
}

#[tokio::test]
async fn a_host_that_refuses_is_not_taken_for_the_api_and_what_it_repeats_of_the_address_is_not_shown()
 {
    let said = "<Error><SignatureProvided>Sg7n4t+/9</SignatureProvided></Error>";
    let server = Server::start(move |_| Answer::text(403, said)).await;
    let address = format!(
        "{}/my theme.zip?expires=1&signature=Sg7n4t%2B%2F9",
        server.url()
    );
    let error = elsewhere().file_at(address).await.unwrap_err();
    let shown = format!("{error:?} {error} {:?}", error.problems());
    assert!(!shown.contains("Sg7n4t"), "{shown}");
    assert!(!error.is_missing_scope() && error.missing_scope().is_none());
    let advice = "the URL may have expired; repeat the call that returned it";
    assert!(error.to_string().ends_with(advice), "{error}");
    let asked = server.take();
    assert_eq!((asked.len(), &*asked[0].path), (1, "/my%20theme.zip"));
}

#[tokio::test]
async fn a_host_gets_the_wait_that_it_asks_for_and_what_came_in_time_is_whole_however_late_one_looks()
 {
    let busy = Answer::empty(503).header("retry-after", "7");
    let server = Server::script([busy, Answer::text(200, "PK")]).await;
    let clock = Hurry::new(0.0);
    let client = Client::builder("abc123", "a-secret-token").clock(clock.clone());
    let client = client.base_url("http://127.0.0.1:9").build().unwrap();
    let address = format!("{}/theme.zip", server.url());
    let mut file = client.file_at(address).await.unwrap();
    assert_eq!(clock.waits_ms(), [7000]);
    let piece = file.try_next().await.unwrap();
    assert_eq!(piece.as_deref(), Some(&b"PK"[..]));
    clock.pass(Duration::from_secs(7200));
    assert_eq!(file.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn a_theme_of_the_mock_store_comes_down_from_the_address_that_its_job_returns() {
    let (_store, client) = shop(0).await;
    let theme = client.themes().list().await.unwrap()[0]
        .uuid
        .clone()
        .unwrap();
    let which = ThemeDownloadInput::new();
    let started = client.themes().download(theme, which).await.unwrap();
    let quick = Duration::from_millis(10);
    let job = client
        .themes()
        .wait_for_job(started.job_id.unwrap())
        .polling(quick, quick);
    let job = job.await.unwrap().done().unwrap();
    let address = job.result.unwrap().download_url.unwrap();
    let file = client.read_only().file_at(address).await.unwrap();
    assert_eq!(file.content_type(), Some("application/zip"));
    assert!(file.bytes().await.unwrap().starts_with(b"PK"));
}

#[tokio::test]
async fn a_file_goes_up_to_another_host_which_learns_no_token() {
    let refused = Answer::text(403, "<Error>Sg7n4t</Error>");
    let server = Server::script([Answer::empty(200), refused]).await;
    let address = format!("{}/uploads/7?signature=Sg7n4t", server.url());
    let file = FilePart::bytes("storefront.zip", "PK and more");
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let reported = file.clone();
    let reported =
        reported.on_progress(move |sent, whole| tell.lock().unwrap().push((sent, whole)));
    elsewhere().upload_to(&address, reported).await.unwrap();
    assert_eq!(*told.lock().unwrap(), [(11, Some(11))]);
    let asked = server.take();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].line(), "PUT /uploads/7?signature=Sg7n4t");
    assert_eq!(asked[0].body, "PK and more");
    assert_eq!(asked[0].header("content-type"), Some("application/zip"));
    assert_eq!(asked[0].header("content-length"), Some("11"));
    let mut headers = asked[0].headers.iter();
    assert!(headers.all(|(name, value)| name != "x-auth-token" && value != "a-secret-token"));

    // It is sent once, and what the host repeats of the address is not shown.
    let error = elsewhere().upload_to(&address, file).await.unwrap_err();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(403));
    let host = server.url();
    assert!(
        error.to_string().contains(&format!("PUT {host} ")),
        "{error}"
    );
    assert!(!format!("{error:?} {error}").contains("Sg7n4t"), "{error}");
    assert_eq!(server.take().len(), 1);

    let file = FilePart::path("/nowhere/storefront.zip");
    let error = elsewhere().upload_to(&address, file).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    let plain = "http://files.example.com/uploads/7?signature=Sg7n4t";
    let file = FilePart::bytes("storefront.zip", "PK");
    let error = elsewhere().upload_to(plain, file).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    assert!(server.take().is_empty());
}

#[tokio::test]
async fn a_deployment_goes_up_to_the_address_that_the_mock_store_returns_and_is_followed_to_its_end()
 {
    let (_store, client) = shop(0).await;
    let deployments = client.hosting_deployments();
    let upload = deployments.prepare_upload(RawJson::new("{}").unwrap());
    let upload = upload.await.unwrap();
    let file = FilePart::bytes("storefront.zip", "PK");
    let address = upload.upload_url.clone().unwrap();
    client.upload_to(address, file).await.unwrap();

    let project = HostingProjectCreate::new("outlet-store");
    let project = client.hosting_projects().create(project).await.unwrap();
    let deployment = HostingDeploymentCreate::new()
        .upload_uuid(upload.upload_uuid.clone().unwrap())
        .project_uuid(project.uuid.clone().unwrap());
    let started = deployments.create(deployment).await.unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let wait = deployments.wait_for_deployment(started.deployment_uuid.clone().unwrap());
    let wait = wait.on_progress(move |state| {
        let step = state.event.as_ref().and_then(|event| event.progress);
        tell.lock().unwrap().extend(step);
    });
    let end = wait.await.unwrap().done().unwrap();
    assert!(end.deployment_url.is_some());
    assert_eq!(*told.lock().unwrap(), [0, 15, 30, 45, 70, 90, 100]);
}
