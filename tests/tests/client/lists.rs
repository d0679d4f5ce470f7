//! Lists from servers that contradict themselves, fail on large pages, or are asked for more ids than
//! an address can hold: whole or an error, and never an item twice.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use bigcommerce_client::{
    Client, Direction, Error, ErrorKind, RetryPolicy, customers::CustomerSort,
    products::ProductSort,
};
use bigcommerce_tests::{
    choices::cases,
    server::{Answer, Received, Server, store, store_with},
    time::Hurry,
};
use serde_json::{Value, json};

fn number(asked: &Received, key: &str) -> Option<i64> {
    let pairs = asked.pairs();
    let found = pairs.iter().find(|(name, _)| *name == key);
    found.map(|(_, value)| value.parse().unwrap())
}

fn data(ids: impl IntoIterator<Item = i64>) -> Vec<Value> {
    ids.into_iter().map(|id| json!({ "id": id })).collect()
}

/// What a page says beside its items, and which items it has.
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

/// A list of a server that lies on some of its pages.
#[derive(Clone, Debug)]
struct Liar {
    items: i64,
    size: i64,
    cursors: bool,
    /// The lie of each page; pages behind them tell the truth.
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

    /// What is said of more with that page, in the simplest way to find it, when so many items came.
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

    /// How many items came again with the pages up to that one.
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
                // What is not whole has ended where nothing said that there is more.
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
            // The circle does not reach back to the first page.
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
            assert!(said.contains("the cursors go in a circle"), "{said}");
        }
    }
}

#[tokio::test]
async fn a_page_can_be_read_on_from_many_times_while_the_list_grows() {
    let grown = Arc::new(Mutex::new(0));
    let first = Arc::clone(&grown);
    let server = Server::start(move |asked| {
        let page = number(asked, "page").unwrap_or(1);
        // Items are put in behind the first page each time, so what was on one page is on another.
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

/// A list of brands that fails where the page is too heavy.
async fn heavy(
    items: i64,
    too_much: impl Fn(i64, i64) -> Option<Answer> + Send + Sync + 'static,
) -> Server {
    Server::start(move |asked| {
        let (page, limit) = (
            number(asked, "page").unwrap_or(1),
            number(asked, "limit").unwrap(),
        );
        let first = (page - 1) * limit + 1;
        if let Some(answer) = too_much(first, limit) {
            return answer;
        }
        let body = json!({
            "data": data(first..=(first + limit - 1).min(items)),
            "meta": { "pagination": {
                "total": items, "per_page": limit, "current_page": page,
                "total_pages": (items + limit - 1) / limit,
            } },
        });
        Answer::json(200, body.to_string())
    })
    .await
}

fn queries(server: &Server) -> Vec<String> {
    let asked = server.take();
    asked.into_iter().filter_map(|asked| asked.query).collect()
}

async fn all(store: &Client) -> Result<Vec<i64>, Error> {
    let brands = store.brands().list().stream().prefetch(0);
    Ok(brands.into_vec().await?.iter().map(|it| it.id).collect())
}

#[tokio::test]
async fn a_page_that_fails_twice_is_asked_for_in_a_smaller_size_which_the_list_keeps() {
    for answer in [Answer::empty(504), Answer::json(200, "{}").cut()] {
        let server = heavy(150, move |_, limit| (limit > 100).then(|| answer.clone())).await;
        let store = store_with(&server, |builder| builder.clock(Hurry::new(1.0)));
        assert_eq!(all(&store).await.unwrap(), (1..=150).collect::<Vec<_>>());
        let expected = [
            "limit=250",
            "limit=250",
            "limit=125",
            "limit=125",
            "limit=62",
            "limit=62&page=2",
            "limit=62&page=3",
        ];
        assert_eq!(queries(&server), expected);
        // The size was not the client's choice.
        let own = store.brands().list().limit(250).stream().into_vec();
        assert!(own.await.is_err());
        assert_eq!(server.take().len(), 4, "the usual attempts");
    }
}

#[tokio::test]
async fn a_heavy_page_in_the_middle_is_asked_for_in_parts_that_begin_at_the_same_item() {
    // Only around its 600th item is the list heavy.
    let server = heavy(1000, |first, limit| {
        let there = first <= 600 && 600 < first + limit;
        (there && limit > 50).then(|| Answer::empty(504))
    })
    .await;
    let store = store_with(&server, |builder| builder.clock(Hurry::new(1.0)));
    for ahead in [0, 3] {
        let brands = store.brands().list().stream().prefetch(ahead).into_vec();
        let ids: Vec<_> = brands.await.unwrap().iter().map(|it| it.id).collect();
        assert_eq!(ids, (1..=1000).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_not_taken_for_one_whose_pages_are_heavy_for_ever() {
    let server = heavy(10, |_, _| Some(Answer::empty(504))).await;
    let store = store_with(&server, |builder| builder.clock(Hurry::new(1.0)));
    let error = all(&store).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 504);
    assert!(server.take().len() <= 14);
    let never = |builder: bigcommerce_client::ClientBuilder| builder.retry(RetryPolicy::never());
    assert!(all(&store_with(&server, never)).await.is_err());
    assert_eq!(server.take().len(), 1, "nothing is to be repeated");
}

/// A list of customers or brands by their ids, in pages of 50.
async fn by_ids() -> Server {
    Server::start(|asked| {
        let pairs = asked.pairs();
        let value = |key| {
            pairs
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, it)| *it)
        };
        let ids = value("id:in")
            .unwrap()
            .split(',')
            .map(|id| id.parse::<i64>().unwrap());
        // Not all that are asked for exist.
        let mut ids: Vec<i64> = ids.filter(|id| id % 10 != 0 && *id > 1_000_400).collect();
        ids.sort_unstable();
        let sort = value("sort").unwrap_or_default();
        if value("direction") == Some("desc") || sort.ends_with("desc") {
            ids.reverse();
        }
        let page = usize::try_from(number(asked, "page").unwrap_or(1)).unwrap();
        let total = ids.len();
        let ids = ids.into_iter().skip((page - 1) * 50).take(50);
        let pagination = json!({
            "total": total, "per_page": 50, "current_page": page,
            "total_pages": total.div_ceil(50),
        });
        let body = json!({ "data": data(ids), "meta": { "pagination": pagination } });
        Answer::json(200, body.to_string())
    })
    .await
}

#[tokio::test]
async fn more_ids_than_an_address_holds_are_asked_for_in_pieces_in_the_order_of_the_ids() {
    let server = by_ids().await;
    let store = store(&server);
    // Scattered, and some of them twice.
    let wanted = || (0..4000).map(|at| 1_000_000 + at * 1237 % 3000);
    let there: Vec<i64> = (1_000_401..1_003_000).filter(|id| id % 10 != 0).collect();
    let back: Vec<i64> = there.iter().rev().copied().collect();
    let list = || store.customers().list().id_in(wanted());

    let stream = list().stream().into_vec().await.unwrap();
    assert_eq!(stream.iter().map(|it| it.id).collect::<Vec<_>>(), there);
    let products = store.products().list().id_in(wanted());
    let products = products.sort(ProductSort::Id, Direction::Desc).stream();
    let products = products.into_vec().await.unwrap();
    assert_eq!(products.iter().map(|it| it.id).collect::<Vec<_>>(), back);
    let mut page = Some(list().await.unwrap());
    let mut ids = Vec::new();
    while let Some(current) = page {
        ids.extend(current.iter().map(|it| it.id));
        page = current.next_page().await.unwrap();
    }
    assert_eq!(ids, there);
    let asked = server.take();
    assert!(asked.iter().all(|asked| asked.line().len() < 2200));
}

#[tokio::test]
async fn what_cannot_be_cut_is_refused_before_it_is_sent_with_what_to_do() {
    let server = by_ids().await;
    let store = store(&server);
    let ids = || 1_000_000..1_003_000;
    let sorted = store.customers().list().id_in(ids());
    let sorted = sorted.sort(CustomerSort::DateCreated, Direction::Asc);
    let skus = (0..3000).map(|n| format!("sku-{n}"));
    let others = (
        store
            .products()
            .list()
            .sku_in(skus)
            .stream()
            .into_vec()
            .await
            .unwrap_err(),
        store.brands().list().id_not_in(ids()).await.unwrap_err(),
        store
            .categories()
            .delete()
            .category_id_in(ids())
            .await
            .unwrap_err(),
    );
    for (error, key, more) in [
        (
            sorted.stream().into_vec().await.unwrap_err(),
            "id:in",
            "leave the order to the ids",
        ),
        (
            store
                .customers()
                .list()
                .id_in(ids())
                .page(2)
                .await
                .unwrap_err(),
            "id:in",
            "",
        ),
        (others.0, "sku:in", ""),
        (others.1, "id:not_in", ""),
        (others.2, "category_id:in", ""),
    ] {
        assert_eq!(error.kind(), ErrorKind::Request);
        let said = error.to_string();
        assert!(
            said.contains(&format!("give `{key}` fewer values at a time")),
            "{said}"
        );
        assert!(said.contains(more), "{said}");
    }
    assert!(server.asked().is_empty());
}
