//! Checks of the page of events: events are found, and their examples are deliveries.

use bigcommerce_client::{Event, webhook};

use super::{
    page::Page,
    tables::{HEADED, again},
};

const FOUND: &str = "[].map.call(document.querySelectorAll('article.event'), function (one) {
    return one.getBoundingClientRect().height > 0 ? one.querySelector('h4').id : '';
}).filter(Boolean).join(' ')";

/// Searches by name, endpoint and field, and comes back to the URL.
pub fn events_are_found(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("events.html")?;
    let all = Event::ALL.len();
    let said = "document.getElementById('event-count').textContent";
    page.expect(said, format!("{all} events"))?;
    // The focus is in the search field, and its results are next in the order of reading.
    let top = |selector: &str| {
        format!("document.querySelector({selector:?}).getBoundingClientRect().top < innerHeight")
    };
    page.expect(&top(".find"), true)?;
    for (words, event) in [
        ("cart abandoned", "store/cart/abandoned"),
        (
            "PUT /v2/orders/{order_id} statusUpdated",
            "store/order/statusUpdated",
        ),
        ("couponId", "store/cart/couponApplied"),
    ] {
        search(page, words)?;
        let found = page.eval(FOUND)?;
        let found = found.as_str().unwrap_or_default();
        if !found.split(' ').any(|one| one == event) || found.split(' ').count() > 20 {
            return Err(format!("`{words}` finds {found}"));
        }
    }
    page.expect(&top(".entry:not([hidden])"), true)?;
    again(page)?;
    page.expect("document.getElementById('event-text').value", "couponId")?;
    page.expect(HEADED, true)?;
    search(page, "nothing like it")?;
    page.expect(said, "No events match.")?;
    page.expect("document.getElementById('no-events').hidden", false)?;
    page.eval("document.querySelector('#no-events .clear').click()")?;
    page.expect(said, format!("{all} events"))?;
    page.expect("document.activeElement.id", "event-text")?;
    search(page, "nothing like it")?;
    // A hidden event is shown if a URL links to it.
    page.eval("location.hash = '#store/order/created'")?;
    page.until("document.querySelector('article.event:not([hidden])') !== null")?;
    page.expect(said, format!("{all} events"))?;
    search(page, "cart")?;
    page.eval("location.hash = '#wildcards'")?;
    page.until("document.getElementById('wildcards').checkVisibility()")
}

fn search(page: &mut Page<'_>, words: &str) -> Result<(), String> {
    page.eval(&format!(
        "(function () {{
            var field = document.getElementById('event-text');
            field.value = {words:?};
            field.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }})()"
    ))?;
    Ok(())
}

/// Has the client parse the example of each event.
pub fn events_show_what_comes(page: &mut Page<'_>, _: &[String]) -> Result<(), String> {
    page.open("events.html")?;
    for event in Event::ALL {
        let scope = event.as_str();
        let example = page.eval(&format!(
            "document.getElementById({scope:?}).closest('article').querySelector('.sample pre').textContent"
        ))?;
        let example = example.as_str().unwrap_or_default().to_owned();
        let delivery =
            webhook::parse(example.as_bytes()).map_err(|error| format!("{scope}: {error}"))?;
        let is = delivery.scope.to_string();
        let expected = match event.facts().per_channel {
            true => scope.replacen('*', "1", 1),
            false => scope.to_owned(),
        };
        if is != expected {
            return Err(format!("{scope} shows {is}"));
        }
        if let bigcommerce_client::events::EventData::Unknown { .. } = delivery.data {
            return Err(format!("{scope} is not known by its example"));
        }
    }
    Ok(())
}
