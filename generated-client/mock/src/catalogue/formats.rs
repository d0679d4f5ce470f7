//! The formats that the catalogue's schemas name, and what a string of each looks like. An empty string
//! means no value; if a value is required, the schema has a minimum length.

use http::Uri;
use jsonschema::Validator;
use serde_json::Value;

use super::Catalogue;
use crate::events::is_met_by;

/// ISO 4217, without metals, funds and obsolete currencies.
const CURRENCIES: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF \
    GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK \
    LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD \
    OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN \
    SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG \
    XOF XPF YER ZAR ZMW ZWG";

/// ISO 3166-1 alpha-2, the code in use for Kosovo, and that of the Netherlands Antilles, which the API still
/// lists.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH \
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT \
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
    UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// Validates bodies against a schema, including the formats of its strings.
pub(super) fn judge(schema: &Value) -> Option<Validator> {
    let options = jsonschema::options()
        .with_format("uri", or_none(is_address))
        .with_format("email", or_none(is_mailbox))
        .with_format("iso-4217", or_none(|text| is_listed(CURRENCIES, text)))
        .with_format("iso-3166-1-alpha-2", or_none(is_country))
        .with_format("event-scope", or_none(is_topic))
        .should_validate_formats(true);
    options.build(schema).ok()
}

fn or_none(is_good: fn(&str) -> bool) -> impl Fn(&str) -> bool + Send + Sync + 'static {
    move |text| text.is_empty() || is_good(text)
}

/// A URL with a protocol and a host.
fn is_address(text: &str) -> bool {
    text.parse().is_ok_and(|address: Uri| {
        matches!(address.scheme_str(), Some("http" | "https"))
            && address.host().is_some_and(|host| !host.is_empty())
    })
}

/// A name at a host with at least two labels.
fn is_mailbox(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    text.rsplit_once('@').is_some_and(|(name, host)| {
        let odd = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '@';
        !name.is_empty()
            && !name.contains(odd)
            && host.contains('.')
            && host.split('.').all(is_label)
    })
}

/// The code of a country or territory.
fn is_country(text: &str) -> bool {
    is_listed(COUNTRIES, text)
}

fn is_listed(codes: &str, text: &str) -> bool {
    codes
        .split(' ')
        .any(|code| code.eq_ignore_ascii_case(text.trim()))
}

/// An event, or a wildcard that matches one.
fn is_topic(text: &str) -> bool {
    Catalogue::shared().is_ok_and(|catalogue| {
        let mut events = catalogue.events.iter();
        text.split('/').count() > 2 && events.any(|event| is_met_by(text, &event.scope))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(is_good: fn(&str) -> bool, texts: &[&str]) -> Vec<bool> {
        texts.iter().map(|text| is_good(text)).collect()
    }

    #[test]
    fn an_address_has_a_protocol_and_a_host() {
        let good = ["https://example.com/a.jpg?x=1", "http://localhost:3000"];
        assert_eq!(all(is_address, &good), [true; 2]);
        let bad = [
            "/a.jpg",
            "a.jpg",
            "//example.com/a.jpg",
            "ftp://a.b/",
            "https:",
            "x y",
        ];
        assert_eq!(all(is_address, &bad), [false; 6]);
    }

    #[test]
    fn a_mailbox_has_a_name_and_a_host() {
        let good = ["ida@example.com", "i.a+b@shop.example.co.uk"];
        assert_eq!(all(is_mailbox, &good), [true; 2]);
        let bad = [
            "ida",
            "ida@",
            "@example.com",
            "i a@example.com",
            "a@b@c.d",
            "ida@host",
            "a@b..c",
        ];
        assert_eq!(all(is_mailbox, &bad), [false; 7]);
    }

    #[test]
    fn codes_are_known_in_either_case_and_whole() {
        assert!(is_listed(CURRENCIES, "eur") && is_listed(CURRENCIES, "USD"));
        assert!(!is_listed(CURRENCIES, "XYZ") && !is_listed(CURRENCIES, "US"));
        assert!(is_country("GB") && !is_country("UK"));
    }

    #[test]
    fn every_country_of_the_store_has_a_code_that_bodies_may_have() {
        let all = include_str!("../rules/countries/countries.json");
        let all: Vec<(i64, String, String, String)> = serde_json::from_str(all).unwrap();
        for (_, name, code, _) in all {
            assert!(is_country(&code), "{name} has the code {code}");
        }
    }

    #[test]
    fn a_topic_is_an_event_or_stands_for_some_in_every_channel_or_in_one() {
        let good = [
            "store/order/created",
            "store/order/created/",
            "store/order/*",
            "store/product/inventory/*",
            "store/channel/2/order/created",
            "store/channel/*/cart/*",
            "store/channel/7/inventory/product/stock_changed",
        ];
        assert_eq!(all(is_topic, &good), [true; 7]);
        let bad = [
            "store/order/vanished",
            "store/horse/*",
            "store/*",
            "store/order",
            "order/created",
            "store/channel/2/order/vanished",
            "*",
        ];
        assert_eq!(all(is_topic, &bad), [false; 7]);
    }
}
