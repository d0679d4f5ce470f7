//! Servers whose pages contradict each other or change between two calls: a list is complete or ends
//! with an error.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use bigcommerce_client::{Client, Error, ErrorKind};
use bigcommerce_tests::{
    choices::cases,
    server::{Answer, Server, store, store_with},
    time::Hurry,
};
use serde_json::{Value, json};

use super::{data, number};

/// What a page says besides its items, and which items it has.
#[derive(Clone, Copy, Debug)]
enum Lie {
    None,
    NoTotals,
    NoPages,
    NoMeta,
    TotalLow,
    TotalHigh,
    PagesLow,
    PagesHigh,
    NoLink,
    Link,
    Empty,
    Again,
    Begin,
    Moved,
}

const LIES: [Lie; 14] = [
    Lie::None,
    Lie::NoTotals,
    Lie::NoPages,
    Lie::NoMeta,
    Lie::TotalLow,
    Lie::TotalHigh,
    Lie::PagesLow,
    Lie::PagesHigh,
    Lie::NoLink,
    Lie::Link,
    Lie::Empty,
    Lie::Again,
    Lie::Begin,
    Lie::Moved,
];

/// A list of a server with wrong statements on some of its pages.
#[derive(Clone, Debug)]
struct Liar {
    items: i64,
    size: i64,
    cursors: bool,
    /// The wrong statement of each page; later pages are correct.
    lies: Vec<Lie>,
}

impl Liar {
    fn draw(seed: u64) -> Self {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut below = |most: u64| {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % most
        };
        below(2);
        let items = i64::try_from(below(12)).unwrap();
        let size = i64::try_from(below(4)).unwrap() + 1;
        let cursors = below(2) == 0;
        let lies = (0..below(6)).map(|_| {
            let at = if below(2) == 0 { 0 } else { below(14) };
            LIES[usize::try_from(at).unwrap()]
        });
        let lies = lies.collect();
        Self {
            items,
            size,
            cursors,
            lies,
        }
    }

    fn page(&self, page: i64) -> Value {
        let at = usize::try_from(page - 1).unwrap();
        let lie = self.lies.get(at).copied().unwrap_or(Lie::None);
        let ids = |page: i64| (page - 1) * self.size + 1..=(page * self.size).min(self.items);
        let ids: Vec<i64> = match lie {
            Lie::Empty => Vec::new(),
            Lie::Again => ids((page - 1).max(1)).collect(),
            Lie::Begin => ids(1).collect(),
            Lie::Moved => (ids(page).start() - 1..=*ids(page).end())
                .filter(|id| *id > 0)
                .collect(),
            _ => ids(page).collect(),
        };
        let data = data(ids);
        if matches!(lie, Lie::NoMeta) {
            return json!({ "data": data });
        }
        let came = ((page - 1) * self.size + i64::try_from(data.len()).unwrap()).min(self.items);
        let pages = (self.items + self.size - 1) / self.size;
        let mut total = Some(self.items);
        let mut total_pages = Some(pages);
        let mut link = page < pages;
        match lie {
            Lie::NoTotals => (total, total_pages) = (None, None),
            Lie::NoPages => total_pages = None,
            Lie::TotalLow => total = Some(came),
            Lie::TotalHigh => total = Some(self.items + 5),
            Lie::PagesLow => total_pages = Some(page),
            Lie::PagesHigh => total_pages = Some(pages + 3),
            Lie::NoLink => link = false,
            Lie::Link => link = true,
            _ => {}
        }
        let next = page + 1;
        let mut meta = json!({ "pagination": { "per_page": self.size } });
        if let Some(total) = total {
            meta["pagination"]["total"] = json!(total);
        }
        let links = match (link, self.cursors) {
            (false, _) => json!({}),
            (true, true) => json!({ "next": format!("?after=c{next}") }),
            (true, false) => json!({ "next": format!("?page={next}") }),
        };
        if self.cursors {
            meta["cursor_pagination"] = json!({ "per_page": self.size, "links": links });
        } else {
            meta["pagination"]["links"] = links;
            meta["pagination"]["current_page"] = json!(page);
            if let Some(pages) = total_pages {
                meta["pagination"]["total_pages"] = json!(pages);
            }
        }
        json!({ "data": data, "meta": meta })
    }

    async fn serve(&self) -> Server {
        let liar = self.clone();
        Server::start(move |asked| {
            let pairs = asked.pairs();
            let cursor = pairs.iter().find(|(name, _)| *name == "after");
            let cursor = cursor.map(|(_, cursor)| cursor[1..].parse().unwrap());
            let page = cursor.or(number(asked, "page")).unwrap_or(1);
            Answer::json(200, liar.page(page).to_string())
        })
        .await
    }

    /// What that page says about more pages, determined in the simplest way, when this many items were
    /// received.
    fn says_more(&self, page: i64, reached: i64) -> bool {
        let own = self.page(page);
        let linked = ["pagination", "cursor_pagination"]
            .iter()
            .any(|block| own["meta"][block]["links"]["next"].is_string());
        let said = |key: &str| {
            let mut pages = (1..=page).rev().map(|page| self.page(page));
            let last = pages.find(|page| page["meta"]["pagination"].is_object())?;
            last["meta"]["pagination"][key].as_i64()
        };
        linked
            || said("total").is_some_and(|total| total > reached)
            || said("total_pages").is_some_and(|pages| pages > page)
    }

    /// How many items were repeated on the pages up to that one.
    fn moved(&self, page: i64) -> i64 {
        let lies = self.lies.iter().take(usize::try_from(page).unwrap());
        let moved = lies.skip(1).filter(|lie| matches!(lie, Lie::Moved));
        i64::try_from(moved.count()).unwrap()
    }
}

async fn walked(store: &Client, cursors: bool, by_page: bool) -> (Vec<i64>, Option<Error>) {
    let mut ids = Vec::new();
    macro_rules! walk {
        ($list:expr) => {{
            let list = $list;
            if by_page {
                let mut page = list.send().await.map(|page| Some(page.into_value()));
                loop {
                    match page {
                        Ok(Some(current)) => {
                            ids.extend(current.iter().map(|it| it.id));
                            page = current.next_page().await;
                        }
                        Ok(None) => return (ids, None),
                        Err(error) => return (ids, Some(error)),
                    }
                }
            }
            let mut stream = list.stream().prefetch(0);
            loop {
                match stream.try_next().await {
                    Ok(Some(item)) => ids.push(item.id),
                    Ok(None) => return (ids, None),
                    Err(error) => return (ids, Some(error)),
                }
            }
        }};
    }
    if cursors {
        walk!(store.customers().list().by_cursor())
    } else {
        walk!(store.brands().list())
    }
}

#[tokio::test]
async fn a_list_is_whole_or_ends_with_an_error_whatever_its_server_says() {
    for seed in 1..=u64::from(cases(600)) {
        let liar = Liar::draw(seed);
        for by_page in [false, true] {
            let server = liar.serve().await;
            let (ids, error) = walked(&store(&server), liar.cursors, by_page).await;
            let asked = i64::try_from(server.asked().len()).unwrap();
            let what = format!("{seed}, by page: {by_page}: {liar:?} gave {ids:?}, {error:?}");
            let once: BTreeSet<i64> = ids.iter().copied().collect();
            assert_eq!(once.len(), ids.len(), "an item twice: {what}");
            assert!(ids.is_sorted(), "out of order: {what}");
            assert!(asked <= liar.items + 9, "{asked} requests: {what}");
            let reached = i64::try_from(ids.len()).unwrap();
            if error.is_none() && reached < liar.items {
                // An incomplete list has ended where nothing said that there is more.
                let more = liar.says_more(asked, reached + liar.moved(asked));
                assert!(!more, "ended early: {what}");
            }
            if let Some(error) = error {
                let lied = liar.lies.iter().any(|lie| !matches!(lie, Lie::None));
                assert!(lied, "an error for the truth: {what}");
                let kinds = [ErrorKind::Contradiction, ErrorKind::Request];
                assert!(kinds.contains(&error.kind()), "{what}");
            }
        }
    }
}

#[tokio::test]
async fn cursors_in_a_circle_of_any_length_end_as_an_error_before_an_item_comes_twice() {
    for length in [1, 2, 3, 7, 100, 1000] {
        let server = Server::start(move |asked| {
            let pairs = asked.pairs();
            let cursor = pairs.iter().find(|(name, _)| *name == "after");
            let page: i64 = cursor.map_or(0, |(_, cursor)| cursor.parse().unwrap());
            // The loop does not include the first page.
            let next = if page == length { 1 } else { page + 1 };
            let links = json!({ "links": { "next": format!("?after={next}") } });
            let body = json!({ "data": data([page + 1]), "meta": { "cursor_pagination": links } });
            Answer::json(200, body.to_string())
        })
        .await;
        let quick = store_with(&server, |builder| builder.clock(Hurry::new(1.0)));
        for by_page in [false, true] {
            let (ids, error) = walked(&quick, true, by_page).await;
            assert_eq!(ids, (1..=length + 1).collect::<Vec<_>>());
            let said = error.unwrap().to_string();
            assert!(said.contains("the cursors form a loop"), "{said}");
        }
    }
}

#[tokio::test]
async fn a_page_can_be_read_on_from_many_times_while_the_list_grows() {
    let grown = Arc::new(Mutex::new(0));
    let first = Arc::clone(&grown);
    let server = Server::start(move |asked| {
        let page = number(asked, "page").unwrap_or(1);
        // Items are inserted after the first page each time, so the items of one page move to the next.
        let id = if page == 1 {
            1
        } else {
            100 + page - *first.lock().unwrap()
        };
        Answer::json(200, json!({ "data": data([id]) }).to_string())
    })
    .await;
    let begin = store(&server).brands().list().limit(1).await.unwrap();
    for round in 0..3 {
        *grown.lock().unwrap() = round;
        let mut page = begin.next_page().await.unwrap().unwrap();
        for _ in 0..5 {
            page = page.next_page().await.unwrap().unwrap();
        }
    }
}
