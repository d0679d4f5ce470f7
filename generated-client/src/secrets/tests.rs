use super::*;

#[test]
fn a_secret_is_struck_out_in_every_usual_spelling() {
    let secret = "a/b+c d\"e&f-g";
    let secrets = Secrets::new([secret]);
    for spelled in [
        secret,
        "a%2Fb%2Bc%20d%22e%26f-g",
        "a%2fb%2bc%20d%22e%26f-g",
        "a%2Fb%2Bc+d%22e%26f-g",
        "a%2Fb%2Bc%20d%22e%26f%2Dg",
        "a/b+c d\\\"e&f-g",
        "a\\/b+c d\\\"e&f-g",
        "a\\u002fb\\u002bc d\\u0022e\\u0026f-g",
        "a\\u002Fb\\u002Bc d\\u0022e\\u0026f-g",
        "a/b+c d&quot;e&amp;f-g",
    ] {
        let text = format!("before {spelled} after");
        assert_eq!(secrets.text(&text), "before [hidden] after", "{spelled}");
        let bytes = secrets.bytes(&Bytes::from([b"\xff".as_slice(), text.as_bytes()].concat()));
        assert_eq!(&bytes[..], b"\xffbefore [hidden] after", "{spelled}");
    }
}

#[test]
fn a_secret_is_found_at_every_place_of_a_text_of_every_length() {
    let secret = "s3cret-t0ken";
    let secrets = Secrets::new([secret]);
    for before in 0..80 {
        for after in 0..80 {
            let [start, end] = [before, after].map(|length| "s3".repeat(length));
            let text = format!("{start}{secret}{end}");
            assert_eq!(secrets.text(&text), format!("{start}[hidden]{end}"));
            let cut = format!("{start}{}{end}", &secret[1..]);
            assert_eq!(secrets.text(&cut), cut);
        }
    }
}

#[test]
fn a_secret_is_struck_out_of_base64_wherever_it_stands_in_it() {
    let secrets = Secrets::new(["s3cret-t0ken"]);
    for before in ["", "x", "xy", "xyz", "user:"] {
        let text = STANDARD_NO_PAD.encode(format!("{before}s3cret-t0ken, and more"));
        let struck = secrets.text(&text);
        assert!(struck.contains(HIDDEN), "{before:?}: {struck}");
    }
}

#[test]
fn a_signature_in_a_query_is_struck_out_however_its_plus_was_sent_and_is_repeated() {
    for (query, repeated) in [
        ("x=1&sig=Sg7n4t+/9%3D", "Sg7n4t+/9="),
        ("x=1&sig=Sg7n4t+/9%3D", "Sg7n4t /9="),
        ("x=1&sig=Sg7n4t+/9%3D", "Sg7n4t+/9%3D"),
        ("x=1&sig=Sg7n4t%2B/9%3D", "Sg7n4t+/9="),
        ("x=1&Sg7n4t+/9", "x=1&Sg7n4t+/9"),
    ] {
        let secrets = of_query(query);
        let secrets = Secrets::new(secrets.iter().map(String::as_str));
        let text = format!("before {repeated} after");
        assert_eq!(secrets.text(&text), "before [hidden] after", "{query}");
    }
}

#[test]
fn json_stays_json_where_digits_are_a_secret() {
    let secrets = Secrets::new(["1234567"]);
    for (came, kept) in [
        (
            r#"{"a":1234567,"b":"1234567"}"#,
            r#"{"a":null,"b":"[hidden]"}"#,
        ),
        (
            r#"[1234567 ,"\"1234567\\",1234567]"#,
            r#"[null ,"\"[hidden]\\",null]"#,
        ),
        (
            r#"[91234567,12345670.5,-1234567]"#,
            r#"[91234567,12345670.5,-1234567]"#,
        ),
        (
            r#"["x-1234567",{"91234567":0}]"#,
            r#"["x-[hidden]",{"9[hidden]":0}]"#,
        ),
        ("\u{feff} [1234567]", "\u{feff} [null]"),
        ("it is 1234567", "it is [hidden]"),
    ] {
        let struck = secrets.bytes(&Bytes::copy_from_slice(came.as_bytes()));
        assert_eq!(String::from_utf8_lossy(&struck), kept);
    }
}

#[test]
fn what_is_too_short_to_tell_and_what_holds_no_secret_stay() {
    assert_eq!(Secrets::new(["token"]).text("a token"), "a token");
    assert_eq!(Secrets::new(["s3cret"]).text("nothing"), "nothing");
    assert_eq!(Secrets::default().text("nothing"), "nothing");
}

#[test]
fn an_error_is_struck_down_to_its_last_cause_and_any_other_stays_what_it_is() {
    let secrets = Secrets::new(["s3cret-t0ken"]);
    let inner = Box::new(Struck {
        said: "s3cret-t0ken".to_owned(),
        source: None,
    });
    let outer = Struck {
        said: "outside".to_owned(),
        source: Some(inner),
    };
    let struck = secrets.error(Box::new(outer));
    assert_eq!(struck.to_string(), "outside");
    assert_eq!(
        struck.source().map(ToString::to_string).as_deref(),
        Some(HIDDEN)
    );
    let other = secrets.error(Box::new(std::io::Error::other("harmless")));
    assert!(other.downcast_ref::<std::io::Error>().is_some());
}
