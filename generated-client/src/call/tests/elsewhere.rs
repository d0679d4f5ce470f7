//! Files at URLs on other hosts, whose responses are cut off.

use tokio::io::AsyncWriteExt;

use super::uploads::{served, whole};
use crate::ErrorKind;
use crate::upload::FilePart;

#[tokio::test]
async fn a_rejection_by_a_host_is_one_even_if_its_body_is_cut_off() {
    let (client, seen) = served(|mut stream, seen| async move {
        let request = whole(&mut stream).await.unwrap();
        seen.lock().unwrap().push(request);
        let answer = "HTTP/1.1 403 X\r\nContent-Length: 100\r\nConnection: close\r\n\r\n<Error>";
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await;
    let url = format!("{}/theme.zip?signature=Sg7n4t", client.base_url());
    let download = client.file_at(&url).await.unwrap_err();
    let upload = client.upload_to(&url, FilePart::bytes("theme.zip", "PK"));
    let upload = upload.await.unwrap_err();
    for error in [download, upload] {
        assert_eq!(error.kind(), ErrorKind::Status, "{error}");
        assert_eq!(error.status().map(|it| it.as_u16()), Some(403), "{error}");
        assert!(!error.is_retryable(), "{error}");
    }
    assert_eq!(seen.lock().unwrap().len(), 2, "neither is repeated");
}

#[tokio::test]
async fn the_status_of_a_host_that_accepted_a_file_is_in_the_error_if_its_body_is_cut_off() {
    let (client, _) = served(|mut stream, _| async move {
        whole(&mut stream).await.unwrap();
        let answer = "HTTP/1.1 201 X\r\nContent-Length: 100\r\nConnection: close\r\n\r\n<Done>";
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await;
    let url = format!("{}/theme.zip", client.base_url());
    let upload = client.upload_to(url, FilePart::bytes("theme.zip", "PK"));
    let error = upload.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(201), "{error}");
}
