//! The traits that a program expects of the client's types: they go between threads, come back from how they are
//! shown, keep to a width, and can be kept by the program as well as by the client.

use std::{
    collections::HashSet,
    fmt::{Debug, Display},
    hash::Hash,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bigcommerce_client::{
    CallOptions, Client, Date, DateTime, DecodeError, Direction, Endpoint, Error, ErrorKind, Event,
    First, Group, Id, Incomplete, Items, Number, OneOrMany, Outcome, Page, Pages, Patch,
    RawDownload, RawEvents, RawJson, RawPages, RawRequest, ReadOnlyClient, Reason, Response,
    RetryPolicy, Scope,
    app::{App, Grant, InstallError, MemoryTokens, TokenStore},
    bulk::{Bulk, Report},
    catalogue::{Access, Method, ParseNameError},
    clock::{Clock, Sleep},
    customers::{CustomerUpdate, Customers},
    download::{Download, EventStream},
    effective::{Effective, EffectiveRead},
    job::JobWait,
    observe::{End, Observer, Signal, Wait},
    policy::{Level, Policy},
    products::{Product, ProductType, ProductUpdate, requests::List as ListProducts},
    quota::{Asking, Decision, Quota, Settled, Shared},
    scopes::ScopeSet,
    themes::ThemeJob,
    transport::{HttpTransport, TransportError},
    upload::{FilePart, Form},
    value::List,
    webhook::{Delivery, Seen, Signer, Topic, VerifiedDelivery, Verifier},
};
use bigcommerce_tests::server::{Answer, Server, store_with};

#[test]
fn what_is_kept_is_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}

    shared::<Client>();
    shared::<ReadOnlyClient>();
    shared::<Customers>();
    shared::<ListProducts>();
    shared::<RawRequest>();
    shared::<RawDownload>();
    shared::<RawEvents>();
    shared::<CallOptions>();
    shared::<RetryPolicy>();
    shared::<FilePart>();
    shared::<Form>();
    shared::<Quota>();
    shared::<Policy>();
    shared::<ScopeSet>();
    shared::<HttpTransport>();
    shared::<App>();
    shared::<Grant>();
    shared::<MemoryTokens>();
    shared::<Verifier>();
    shared::<Signer>();
    shared::<Seen>();
    shared::<Delivery>();
    shared::<VerifiedDelivery>();
    shared::<Product>();
    shared::<ProductUpdate>();
    shared::<Number>();
    shared::<RawJson>();
    shared::<Page<Product>>();
    shared::<Effective<Product>>();
    shared::<Response<Product>>();
    shared::<Outcome<Product>>();
    shared::<Report<CustomerUpdate, Product>>();
    shared::<Error>();
    shared::<DecodeError>();
    shared::<Incomplete>();
    shared::<TransportError>();
    shared::<InstallError<Error>>();
}

#[test]
fn what_is_awaited_or_read_once_is_sent_to_another_thread() {
    fn sent<T: Send + 'static>() {}
    fn runs(_: impl Future + Send) {}

    sent::<Items<Product>>();
    sent::<First<Product>>();
    sent::<Pages<Product>>();
    sent::<RawPages<Product>>();
    sent::<Download>();
    sent::<EventStream>();
    sent::<Bulk<CustomerUpdate, Product>>();
    sent::<JobWait<ThemeJob>>();
    sent::<EffectiveRead<Product>>();
    let _is_compiled =
        |mut items: Items<Product>, page: Page<Product>, file: Download, app: App| {
            runs(items.try_next());
            runs(items.into_vec());
            runs(page.next_page());
            runs(file.bytes());
            let tokens = Arc::new(MemoryTokens::default());
            runs(app.install("", &tokens));
            runs(app.uninstall("", &tokens));
        };
}

#[test]
fn what_the_catalogue_names_comes_back_from_how_it_is_shown() {
    fn comes_back<T>(all: &[T])
    where
        T: Copy + Debug + Display + PartialEq + FromStr<Err = ParseNameError>,
    {
        assert!(!all.is_empty());
        for one in all {
            assert_eq!(one.to_string().parse::<T>(), Ok(*one));
        }
        let error = "no such thing".parse::<T>().unwrap_err().to_string();
        assert!(
            error.starts_with("\"no such thing\" is not the name of a"),
            "{error}"
        );
    }

    comes_back(Endpoint::ALL);
    comes_back(Group::ALL);
    comes_back(Scope::ALL);
    comes_back(Event::ALL);
}

#[test]
fn a_reference_is_accepted_where_its_value_is() {
    fn taken<T: for<'a> From<&'a T> + PartialEq + Debug>(value: T) {
        assert_eq!(T::from(&value), value);
    }

    taken(Number::from(5));
    taken(DateTime::from("2026-01-31T10:00:00Z"));
    taken(Date::from("2026-01-31"));
    taken(Id::from("7e6f"));
}

#[test]
fn what_is_declared_can_be_copied_shown_and_compared() {
    fn copied<T: Clone + Debug>() {}
    fn compared<T: Clone + Debug + PartialEq>() {}
    fn keyed<T: Clone + Debug + Eq + Hash>() {}

    copied::<Customers>();
    copied::<ListProducts>();
    compared::<Product>();
    compared::<ProductUpdate>();
    keyed::<ProductType>();
    let all = ["physical", "digital", "bundle", "physical", "bundle"].map(ProductType::from);
    assert_eq!(all[0], ProductType::Physical);
    assert_ne!(all[0], all[1]);
    assert_eq!(HashSet::from(all).len(), 3);
}

#[test]
fn a_choice_has_the_spelling_of_the_api_without_an_import() {
    assert_eq!(ProductType::Physical.as_str(), "physical");
    assert_eq!(ProductType::from("bundle").as_str(), "bundle");
}

#[test]
fn what_is_shown_as_a_word_keeps_to_a_width() {
    let date_time = DateTime::from("2026-01-31T10:00:00Z");
    let date = Date::from("2026-01-31");
    let (id, kind) = (Id::from("7e6f"), ProductType::from("physical"));
    let unknown = ProductType::from("bundle");
    let topic = Topic::from(Event::OrderCreated);
    let words: [&dyn Display; 18] = [
        &date_time,
        &date,
        &id,
        &kind,
        &unknown,
        &topic,
        &Direction::Desc,
        &Level::Full,
        &Access::Read,
        &Method::Post,
        &Endpoint::BrandsGet,
        &Group::Brands,
        &Scope::OrdersModify,
        &Event::OrderCreated,
        &ErrorKind::Timeout,
        &Wait::Quota,
        &Reason::Status(503),
        &End::Failed(ErrorKind::Busy),
    ];
    for word in words {
        let shown = word.to_string();
        let blanks = " ".repeat(30 - shown.len());
        assert_eq!(format!("{word:>30}"), format!("{blanks}{shown}"));
        assert_eq!(format!("{word:<30}|"), format!("{shown}{blanks}|"));
    }
}

/// Counts what it is asked, in each of its roles.
#[derive(Default)]
struct Counter {
    signals: AtomicUsize,
    moments: AtomicUsize,
    taken: AtomicUsize,
}

impl Observer for Counter {
    fn observe(&self, _: &Signal<'_>) {
        self.signals.fetch_add(1, Ordering::Relaxed);
    }
}

impl Clock for Counter {
    fn now(&self) -> Instant {
        self.moments.fetch_add(1, Ordering::Relaxed);
        Instant::now()
    }

    fn sleep(&self, wait: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(wait))
    }

    fn chance(&self) -> f64 {
        0.25
    }
}

impl Shared for Counter {
    fn take(&self) -> Asking<Decision> {
        self.taken.fetch_add(1, Ordering::Relaxed);
        let go = Decision::Go { ticket: 0 };
        Box::pin(std::future::ready(Ok(go)))
    }

    fn settle(&self, _: Settled) -> Asking<()> {
        Box::pin(std::future::ready(Ok(())))
    }
}

#[tokio::test]
async fn a_program_keeps_a_clone_of_what_it_gives_to_a_client() {
    let server = Server::script([Answer::json(200, r#"{"data":{"id":7}}"#)]).await;
    let counter = Arc::new(Counter::default());
    let store = store_with(&server, |builder| {
        builder
            .observer(Arc::clone(&counter))
            .clock(Arc::clone(&counter))
            .quota(Quota::shared(Arc::clone(&counter)))
    });
    assert_eq!(store.brands().get(7).await.unwrap().id, 7);
    for count in [&counter.signals, &counter.moments, &counter.taken] {
        assert!(count.load(Ordering::Relaxed) > 0);
    }
    let clock: Arc<dyn Clock> = counter;
    assert!(
        (Clock::chance(&clock) - 0.25).abs() < f64::EPSILON,
        "its own, not the usual"
    );
}

#[tokio::test]
async fn a_store_of_tokens_is_shared_by_the_handlers_of_an_app() {
    async fn keep(tokens: impl TokenStore, grant: &Grant) {
        assert!(tokens.put(grant).await.is_ok());
    }

    let tokens = Arc::new(MemoryTokens::default());
    keep(
        Arc::clone(&tokens),
        &Grant::new("abc123", "the-token", "store_v2_orders".into()),
    )
    .await;
    let kept = tokens.get("abc123").await.unwrap().unwrap();
    assert!(kept.scopes.contains(Scope::OrdersModify));
    TokenStore::remove(&tokens, "abc123").await.unwrap();
    assert!(tokens.get("abc123").await.unwrap().is_none());
}

#[test]
fn a_list_changes_in_place_and_stays_missing_if_nothing_comes() {
    let mut list = List::<i64>::default();
    list.extend([]);
    list.retain(|_| false);
    assert!(!list.is_present());
    list.extend([1, 2, 3]);
    list.retain(|id| *id != 2);
    for id in &mut list {
        *id *= 10;
    }
    assert_eq!(list, List::from([10, 30]));
    list.retain(|_| false);
    assert!(list.is_present() && list.is_empty());
}

#[test]
fn what_holds_several_values_is_read_by_reference() {
    let many: OneOrMany<i64> = vec![118, 119].into();
    let mut sum = 0_i64;
    for id in &many {
        sum += id;
    }
    assert_eq!(sum, 237);
    let _is_compiled = |report: Report<i64, ()>| {
        for (_, fate) in &report {
            assert!(fate.is_done());
        }
        report
    };
}

#[test]
fn text_is_taken_where_it_can_mean_one_thing() {
    assert_eq!(
        ScopeSet::from("store_v2_orders"),
        ScopeSet::of([Scope::OrdersModify])
    );
    assert_eq!("[1]".parse::<RawJson>().unwrap().get(), "[1]");
    assert!("[1".parse::<RawJson>().is_err());
    assert_eq!(Patch::from("MUG-1").into_option(), Some("MUG-1"));
    let _is_compiled = |store: Client| {
        // As the single call, which takes them as `&str` too.
        let single = store.segments().delete(["9b0d7f6e"]);
        (single, store.segments().delete_all(["9b0d7f6e"]))
    };
}
