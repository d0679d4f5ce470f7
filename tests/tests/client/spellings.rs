//! Any spelling that a lenient server would accept for a denied path is refused, and nothing of it is
//! sent.

use bigcommerce_client::{
    Client, Endpoint, ErrorKind,
    catalogue::Access,
    policy::{Level, Policy},
};
use bigcommerce_tests::server::{STORE_HASH, TOKEN, nobody};
use proptest::{prelude::*, sample::select};

/// How a path may be spelled so that some server accepts it as the same.
#[derive(Clone, Debug)]
enum Spelled {
    /// Capital letters in this segment.
    Capitals(usize),
    /// Percent-encoded characters in this segment.
    Encoded(usize),
    /// A suffix of this segment that servers strip.
    Followed(usize, &'static str),
    /// A hyphen or an underscore in this segment.
    Joined(usize, char),
    /// A letter of another script that looks like this segment's first.
    Foreign(usize),
    /// Another generation of the API.
    Version(&'static str),
    /// Without the catalog segment.
    Uncatalogued,
    /// An additional segment.
    Below(&'static str),
}

const FOLLOWED: [&str; 12] = [
    ";x=1", "%3Bx=1", ".json", ".JSON", ".xml", ".json;a", "%20", ".", "%2E", ",", "+", "%20.Json",
];

fn spelled() -> impl Strategy<Value = Spelled> {
    let at = 0..8_usize;
    prop_oneof![
        at.clone().prop_map(Spelled::Capitals),
        at.clone().prop_map(Spelled::Encoded),
        (at.clone(), select(&FOLLOWED)).prop_map(|(at, text)| Spelled::Followed(at, text)),
        (at.clone(), select(&['-', '_'])).prop_map(|(at, c)| Spelled::Joined(at, c)),
        at.prop_map(Spelled::Foreign),
        select(&["v1", "v2", "V2", "v3", "v4"]).prop_map(Spelled::Version),
        Just(Spelled::Uncatalogued),
        select(&["metafields", "7", "image", "metafields/7", "7/skus/8.json"])
            .prop_map(Spelled::Below),
    ]
}

fn write(segments: &mut Vec<String>, how: &Spelled) {
    let count = segments.len();
    let mut change = |at: &usize, change: &dyn Fn(&str) -> String| {
        let segment = &mut segments[at % count];
        *segment = change(segment);
    };
    match how {
        // What is already encoded stays so.
        Spelled::Capitals(at) => change(at, &|it| match it.contains('%') {
            true => it.to_owned(),
            false => it.to_ascii_uppercase(),
        }),
        Spelled::Encoded(at) => change(at, &|it| match it.is_ascii() && !it.contains('%') {
            true => it.bytes().map(|byte| format!("%{byte:02x}")).collect(),
            false => it.to_owned(),
        }),
        Spelled::Followed(at, text) => change(at, &|it| format!("{it}{text}")),
        Spelled::Joined(at, c) => change(at, &|it| match it.char_indices().nth(2) {
            Some((at, _)) if !it.contains('%') => format!("{}{c}{}", &it[..at], &it[at..]),
            _ => it.to_owned(),
        }),
        Spelled::Foreign(at) => change(at, &|it| match it.chars().next() {
            Some(first @ 'a'..='z') => {
                let wide = char::from_u32(u32::from(first) + 0xfee0).unwrap();
                format!("{wide}{}", &it[1..])
            }
            _ => it.to_owned(),
        }),
        Spelled::Version(version) => segments[0] = (*version).to_owned(),
        Spelled::Uncatalogued => {
            if segments.len() > 2 && segments[1] == "catalog" {
                segments.remove(1);
            }
        }
        Spelled::Below(path) => segments.extend(path.split('/').map(str::to_owned)),
    }
}

/// A client that may make any raw call, apart from the endpoint's group.
fn store(endpoint: Endpoint, level: Level) -> Client {
    let policy = Policy::new().group(endpoint.group(), level);
    let policy = policy.raw(Level::Full).unknown(Level::Full);
    let builder = Client::builder(STORE_HASH, TOKEN).base_url(nobody());
    builder.policy(policy).build().unwrap()
}

/// The result of a raw call.
fn kind(store: &Client, method: http::Method, path: &str) -> ErrorKind {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    let call = store.raw(method, path).query("id:in", 1);
    let error = runtime.block_on(call.send()).unwrap_err();
    assert_eq!(error.attempts(), 0, "{path}: {error}");
    error.kind()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_denied_path_is_refused_in_every_spelling(
        // A raw call is only sent to the store's server.
        endpoint in select(Endpoint::ALL).prop_filter("elsewhere", |it| it.facts().server.is_none()),
        how in proptest::collection::vec(spelled(), 0..5),
        slash in any::<bool>(),
        method in select(&["POST", "PUT", "PATCH", "DELETE"]),
    ) {
        let template = endpoint.path().replace(['{', '}'], "");
        let mut segments: Vec<String> = template.split('/').skip(1).map(str::to_owned).collect();
        for how in &how {
            write(&mut segments, how);
        }
        let path = format!("/{}{}", segments.join("/"), if slash { "/" } else { "" });
        // What reads by the method of a write is allowed where reading is.
        let reads = |it: &&Endpoint| it.group() == endpoint.group() && it.facts().access == Access::Read;
        prop_assume!(!Endpoint::ALL.iter().filter(reads).any(|it| it.method().as_str() == method));
        // A group with read access denies writes, and one that is off denies both.
        let written = kind(&store(endpoint, Level::Read), method.parse().unwrap(), &path);
        prop_assert!(matches!(written, ErrorKind::Denied | ErrorKind::Request), "{method} {path}");
        for method in [http::Method::GET, http::Method::HEAD] {
            let read = kind(&store(endpoint, Level::Off), method, &path);
            prop_assert!(matches!(read, ErrorKind::Denied | ErrorKind::Request), "{path}");
        }
    }

    #[test]
    fn a_path_of_no_known_group_is_refused_unless_the_policy_allows_it(
        words in proptest::collection::vec("[a-z]{1,10}", 1..6),
        method in select(&["GET", "POST", "PUT", "PATCH", "DELETE"]),
    ) {
        let policy = Policy::new().raw(Level::Full);
        let builder = Client::builder(STORE_HASH, TOKEN).base_url(nobody());
        let store = builder.policy(policy).build().unwrap();
        let path = format!("/v3/nowhere/{}", words.join("/"));
        prop_assert_eq!(kind(&store, method.parse().unwrap(), &path), ErrorKind::Denied);
    }
}
