//! Files of the maximum size: the client streams them, and keeps little of them in memory.

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
    Client,
    catalogue::Method,
    products::{ProductCreate, ProductType},
    upload::{FilePart, Form},
};
use bytes::Bytes;
use futures_core::Stream;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::end_to_end::shop;

pub const THEME: u64 = 50 * 1024 * 1024;
const REDIRECTS: u64 = 20 * 1024 * 1024;
const IMAGE: u64 = 8 * 1024 * 1024;
const JOB: &str = "9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11";

/// How much may be in transit: in the client, and in the buffers of both ends of a connection.
const ON_THE_WAY: u64 = 12 * 1024 * 1024;
/// The contents of a file; it begins like a zip file.
pub static PIECE: [u8; 64 * 1024] = {
    let mut piece = [b'7'; 64 * 1024];
    piece[0] = b'P';
    piece[1] = b'K';
    piece
};

/// The progress of a file at both ends.
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

/// A file that is generated while it is read.
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

/// A store that accepts one connection and handles it in this way, and a client of it.
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

/// Reads a request to its end, slowly at first, and sends this response.
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

/// A store that accepts an upload of this size, and the file to send there. The third value is its progress,
/// and the fourth is the reported progress.
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
    let file = FilePart::stream("file", made).length(length);
    let file = file.on_progress(move |sent, whole| tell.lock().unwrap().push((sent, whole)));
    (client, file, passing, told)
}

/// Fails if a file's progress was not reported, or if it was buffered on the way.
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
        // The receiver of the file may already be gone.
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
    // Nothing more is requested in the meantime.
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
async fn redirects_are_saved_whole_under_their_name_and_report_their_progress() {
    let client = one(move |connection| give(connection, THEME, Passing::default())).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("redirects.csv");
    let file = client.redirects().download_export(JOB).await.unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let file = file.on_progress(move |read, whole| tell.lock().unwrap().push((read, whole)));
    assert_eq!(file.length(), Some(THEME));
    assert_eq!(file.save_to(&path).await.unwrap(), THEME);
    assert_eq!(std::fs::metadata(&path).unwrap().len(), THEME);
    let told = told.lock().unwrap();
    assert_eq!(told.last(), Some(&(THEME, Some(THEME))));
    assert!(told.is_sorted() && told.len() > 100, "{}", told.len());
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
        // It is read, but is not a CSV.
        (imports, "import_file", REDIRECTS, 400),
    ];
    for (path, part, bytes, status) in sent {
        let form = Form::new().file(part, made(bytes));
        let error = client.raw(Method::Post, path).form(form).await.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status), "{path}");
    }
    let product = ProductCreate::new()
        .name("Mug")
        .kind(ProductType::Physical)
        .weight(1)
        .price(10);
    let product = client.products().create(product).await.unwrap();
    let variants = client.products().variants(product.id).list();
    let variant = variants.await.unwrap().items[0].id;
    let image = |left: u64| {
        let passing = Passing::default();
        FilePart::stream("mug.png", Made { left, passing })
    };
    let images = client.products().images(product.id);
    images.upload(image(IMAGE)).await.unwrap();
    let of_product = format!("/v3/catalog/products/{}/images", product.id);
    let of_variant = format!(
        "/v3/catalog/products/{}/variants/{variant}/image",
        product.id
    );
    // The image of a variant has a lower limit, and the status for too large a file is different.
    for (path, bytes, status) in [(of_product, IMAGE, 422), (of_variant, IMAGE / 8, 500)] {
        let form = Form::new().file("image_file", image(bytes + 1));
        let error = client.raw(Method::Post, &path).form(form).await;
        let error = error.unwrap_err();
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
