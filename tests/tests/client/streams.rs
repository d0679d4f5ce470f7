//! Lists read to their end: every item once and in order, with any pagination style, however the
//! responses overtake one another, and without an unnecessary request.

mod ahead;
mod ends;
mod first;
mod own_types;
mod sizes;

use std::time::Duration;

use bigcommerce_client::Error;
use bigcommerce_tests::server::{Answer, Received, Server, store};

/// A list of brands in the style of V3.
#[derive(Clone, Copy)]
struct List {
    items: i64,
    /// The maximum page size.
    most: i64,
    /// Whether pages respond immediately, or earlier pages later than others.
    crossing: bool,
}

impl List {
    fn answer(self, asked: &Received) -> Answer {
        let number = |key, usual| {
            let pairs = asked.pairs();
            let found = pairs.iter().find(|(name, _)| *name == key);
            found.map_or(usual, |(_, value)| value.parse().unwrap())
        };
        let (page, limit) = (number("page", 1), number("limit", 50).min(self.most));
        let pages = (self.items + limit - 1) / limit;
        let ids = (page - 1) * limit + 1..=(page * limit).min(self.items);
        let data: Vec<_> = ids.map(|id| serde_json::json!({ "id": id })).collect();
        let body = serde_json::json!({
            "data": data,
            "meta": { "pagination": {
                "total": self.items, "count": data.len(), "per_page": limit,
                "current_page": page, "total_pages": pages,
            } },
        });
        let wait = if self.crossing {
            (pages - page).clamp(0, 5) * 4
        } else {
            0
        };
        Answer::json(200, body.to_string()).after(Duration::from_millis(wait.unsigned_abs()))
    }

    async fn serve(self) -> Server {
        Server::start(move |asked| self.answer(asked)).await
    }
}

const LIST: List = List {
    items: 1234,
    most: 250,
    crossing: true,
};

fn pages_asked(server: &Server) -> Vec<String> {
    let page = |asked: &Received| {
        let pairs = asked.pairs();
        let page = pairs.iter().find(|(name, _)| *name == "page");
        page.map_or("1".to_owned(), |(_, page)| (*page).to_owned())
    };
    server.take().iter().map(page).collect()
}

#[tokio::test]
async fn streams_are_streams_of_the_ecosystem() -> Result<(), Error> {
    use std::{future::poll_fn, pin::Pin};

    fn takes<S: futures_core::Stream + Send + Unpin>(stream: S) -> S {
        stream
    }

    let server = List { items: 3, ..LIST }.serve().await;
    let mut items = takes(store(&server).brands().list().stream());
    let mut seen = 0;
    while let Some(brand) =
        poll_fn(|cx| futures_core::Stream::poll_next(Pin::new(&mut items), cx)).await
    {
        brand?;
        seen += 1;
    }
    assert_eq!(seen, 3);
    Ok(())
}
