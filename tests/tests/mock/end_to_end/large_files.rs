//! Files as large as the API takes: they go through the client piece by piece, and it holds little of them.

use std::{
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use bigcommerce_client::{
    Client, ErrorKind,
    catalogue::Method,
    themes::ThemeDownloadInput,
    upload::{FilePart, Form},
};
use bigcommerce_tests::{
    server::{Answer, Server},
    time::Hurry,
};
use bytes::Bytes;
use futures_core::Stream;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::end_to_end::shop;

const THEME: u64 = 50 * 1024 * 1024;
const REDIRECTS: u64 = 20 * 1024 * 1024;
const JOB: &str = "9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11";

/// How much may be on its way: in the client, and in what both ends of a connection buffer.
const ON_THE_WAY: u64 = 12 * 1024 * 1024;
/// What a file is made of; it looks like a zip file from its beginning.
static PIECE: [u8; 64 * 1024] = {
    let mut piece = [b'7'; 64 * 1024];
    piece[0] = b'P';
    piece[1] = b'K';
    piece
};

/// How far a file is at its two ends.
#[derive(Clone, Default)]
struct Passing {
    left: Arc<AtomicU64>,
    arrived: Arc<AtomicU64>,
    most: Arc<AtomicU64>,
}

impl Passing {
    fn leave(&self, bytes: usize) {
        let left = self.left.fetch_add(bytes as u64, Ordering::SeqCst) + bytes as u64;
        let arrived = self.arrived.load(Ordering::SeqCst);
        let on_the_way = left.saturating_sub(arrived);
        self.most.fetch_max(on_the_way, Ordering::SeqCst);
    }

    fn arrive(&self, bytes: usize) {
        self.arrived.fetch_add(bytes as u64, Ordering::SeqCst);
    }

    fn most(&self) -> u64 {
        self.most.load(Ordering::SeqCst)
    }
}

/// A file that is made up as it is read.
struct Made {
    left: u64,
    passing: Passing,
}

impl Stream for Made {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(PIECE.len());
        self.left -= piece as u64;
        self.passing.leave(piece);
        Poll::Ready((piece > 0).then(|| Ok(Bytes::from_static(&PIECE[..piece]))))
    }
}

/// A store that takes one connection and does this with it, and a client of it.
async fn one<F>(serve: impl FnOnce(TcpStream) -> F + Send + 'static) -> Client
where
    F: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (connection, _) = listener.accept().await.unwrap();
        serve(connection).await;
    });
    Client::builder("abc123", "token")
        .base_url(url)
        .build()
        .unwrap()
}

/// Reads a request to its end, slowly at first, and responds with this.
async fn take(mut connection: TcpStream, passing: Passing, answer: String) {
    let mut head = Vec::new();
    let mut room = vec![0; PIECE.len()];
    let end = loop {
        let count = connection.read(&mut room).await.unwrap();
        head.extend_from_slice(&room[..count]);
        let end = head.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            break end + 4;
        }
    };
    let told = String::from_utf8_lossy(&head[..end]).to_lowercase();
    let length = told
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut left = length.unwrap().parse::<u64>().unwrap() - (head.len() - end) as u64;
    passing.arrive(head.len() - end);
    tokio::time::sleep(Duration::from_millis(300)).await;
    while left > 0 {
        let count = connection.read(&mut room).await.unwrap();
        assert_ne!(count, 0, "the request broke off");
        passing.arrive(count);
        left -= count as u64;
    }
    let length = answer.len();
    let answer = format!(
        "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{answer}"
    );
    connection.write_all(answer.as_bytes()).await.unwrap();
}

/// A store that takes an upload of so many bytes, and the file to send there. The third tells how far it is, and
/// the fourth what was told of that.
async fn upload(
    length: u64,
    answer: &str,
) -> (
    Client,
    FilePart,
    Passing,
    Arc<Mutex<Vec<(u64, Option<u64>)>>>,
) {
    let passing = Passing::default();
    let answer = answer.to_owned();
    let arriving = passing.clone();
    let client = one(move |connection| take(connection, arriving, answer)).await;
    let made = Made {
        left: length,
        passing: passing.clone(),
    };
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let file = FilePart::stream("file.zip", made).length(length);
    let file = file.on_progress(move |sent, whole| tell.lock().unwrap().push((sent, whole)));
    (client, file, passing, told)
}

/// Fails when a file was not told of as it went, or was held on the way.
fn went(length: u64, passing: &Passing, told: &Mutex<Vec<(u64, Option<u64>)>>) {
    let told = told.lock().unwrap();
    assert_eq!(told.last(), Some(&(length, Some(length))));
    assert!(told.is_sorted() && told.len() > 100, "{}", told.len());
    assert!(passing.most() < ON_THE_WAY, "{} were held", passing.most());
}

#[tokio::test]
async fn a_theme_goes_up_piece_by_piece_and_tells_how_far_it_is() {
    let (client, file, passing, told) = upload(THEME, r#"{"job_id":"7"}"#).await;
    let started = client.themes().upload(file).await.unwrap();
    assert_eq!(started.job_id.as_deref(), Some("7"));
    went(THEME, &passing, &told);
}

#[tokio::test]
async fn redirects_go_up_piece_by_piece_and_tell_how_far_they_are() {
    let (client, file, passing, told) = upload(REDIRECTS, &format!(r#"{{"id":"{JOB}"}}"#)).await;
    let started = client.redirects().start_import(file).await.unwrap();
    assert_eq!(started.id.as_deref(), Some(JOB));
    went(REDIRECTS, &passing, &told);
}

/// Sends a file of this length.
async fn give(mut connection: TcpStream, length: u64, passing: Passing) {
    let mut room = vec![0; PIECE.len()];
    let asked = connection.read(&mut room).await.unwrap();
    assert_ne!(asked, 0, "nothing was asked");
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-length: {length}\r\n\r\n");
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut left = usize::try_from(length).unwrap();
    while left > 0 {
        let piece = left.min(PIECE.len());
        // Who saves the file may be gone already.
        if connection.write_all(&PIECE[..piece]).await.is_err() {
            return;
        }
        passing.leave(piece);
        left -= piece;
    }
}

#[tokio::test]
async fn redirects_come_down_piece_by_piece_as_fast_as_they_are_read() {
    let passing = Passing::default();
    let leaving = passing.clone();
    let client = one(move |connection| give(connection, THEME, leaving)).await;
    let mut file = client.redirects().download_export(JOB).await.unwrap();
    assert_eq!(file.length(), Some(THEME));
    // Nothing more is asked for meanwhile.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut whole = 0;
    while let Some(piece) = file.try_next().await.unwrap() {
        passing.arrive(piece.len());
        whole += piece.len() as u64;
    }
    assert_eq!(whole, THEME);
    assert!(passing.most() < ON_THE_WAY, "{} were held", passing.most());
}

#[tokio::test]
async fn redirects_are_saved_whole_under_their_name() {
    let client = one(move |connection| give(connection, THEME, Passing::default())).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("redirects.csv");
    let file = client.redirects().download_export(JOB).await.unwrap();
    assert_eq!(file.save_to(&path).await.unwrap(), THEME);
    assert_eq!(std::fs::metadata(&path).unwrap().len(), THEME);
}

/// A host of files that takes one connection after the other, and breaks off the first ones: each after so
/// many bytes. What was asked of it is kept.
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

/// A client of a store that nobody asks.
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
    let advice = "the address may have expired; make the call again that returned it";
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
async fn the_mock_store_takes_files_of_the_largest_size_and_no_larger_ones() {
    let (_store, client) = shop(0).await;
    let made = |left: u64| {
        let passing = Passing::default();
        FilePart::stream("file", Made { left, passing })
    };
    let (themes, imports) = ("/v3/themes", "/v3/storefront/redirects/imex/import");
    let sent = [
        (themes, "file", THEME + 1, 413),
        (imports, "import_file", REDIRECTS + 1, 413),
        // It is read, and is no CSV.
        (imports, "import_file", REDIRECTS, 400),
    ];
    for (path, part, bytes, status) in sent {
        let form = Form::new().file(part, made(bytes));
        let error = client.raw(Method::Post, path).form(form).await.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status), "{path}");
    }
    let job = client
        .themes()
        .upload(made(THEME))
        .await
        .unwrap()
        .job_id
        .unwrap();
    let quick = Duration::from_millis(10);
    let wait = client.themes().wait_for_job(&job).polling(quick, quick);
    let job = wait.await.unwrap().done().unwrap();
    let theme = job.result.unwrap().theme_id.unwrap();
    let theme = client.themes().get(theme).await.unwrap();
    assert_eq!(theme.is_private, Some(true));
}
