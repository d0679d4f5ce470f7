//! A page of the site in a browser, as far as the checks need it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use chromiumoxide::{
    Command,
    cdp::{
        browser_protocol::{
            emulation::{MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams},
            input::{DispatchKeyEventParams, DispatchKeyEventType, InsertTextParams},
            log::EventEntryAdded,
            network::EventRequestWillBeSent,
            page::PrintToPdfParams,
        },
        js_protocol::runtime::{EventConsoleApiCalled, EventExceptionThrown},
    },
    keys::get_key_definition,
    page::ScreenshotParams,
};
use futures_util::{
    FutureExt, StreamExt,
    future::ready,
    stream::{BoxStream, SelectAll, select_all},
};
use serde_json::Value;

use super::devtools::Devtools;

type Complaints = SelectAll<BoxStream<'static, String>>;

/// A page of the site.
pub struct Page<'a> {
    devtools: &'a Devtools,
    page: chromiumoxide::Page,
    complaints: Complaints,
    site: PathBuf,
    base: String,
}

impl<'a> Page<'a> {
    /// An empty page, for the site in a folder.
    pub fn new(devtools: &'a mut Devtools, site: &Path) -> Result<Self, String> {
        let page = devtools.wait(devtools.browser.new_page("about:blank"))?;
        let complaints = devtools.wait(complaints(&page))?;
        let path = site.to_string_lossy().replace('\\', "/");
        let mut page = Self {
            devtools,
            page,
            complaints,
            site: site.to_owned(),
            base: format!("file:///{}", path.trim_start_matches('/')),
        };
        page.size(1280, 900)?;
        Ok(page)
    }

    /// Sends the page a command.
    pub fn order(&mut self, command: impl Command) -> Result<(), String> {
        self.devtools.wait(self.page.execute(command)).map(drop)
    }

    /// The source of a page of the site.
    pub fn source(&self, page: &str) -> Result<String, String> {
        let path = self.site.join(page);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Opens a page of the site, with or without an anchor.
    pub fn open(&mut self, page: &str) -> Result<(), String> {
        // Via another page, so that a URL that only differs by its anchor is loaded again.
        for address in ["about:blank".to_owned(), format!("{}/{page}", self.base)] {
            let opened = self.devtools.wait(self.page.goto(&address));
            opened.map_err(|why| format!("{address}: {why}"))?;
        }
        Ok(())
    }

    /// The value of an expression on the page.
    pub fn eval(&mut self, expression: &str) -> Result<Value, String> {
        let evaluated = self.page.evaluate_expression(expression);
        match self.devtools.wait(evaluated) {
            Ok(result) => Ok(result.value().cloned().unwrap_or_default()),
            Err(why) => Err(format!("{expression}: {why}")),
        }
    }

    /// Waits until an expression is true.
    pub fn until(&mut self, expression: &str) -> Result<(), String> {
        let deadline = Instant::now() + Duration::from_secs(20);
        let mut last = Ok(Value::Null);
        while Instant::now() < deadline {
            last = self.eval(expression);
            if matches!(last, Ok(Value::Bool(true))) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err(format!("never so: {expression} ({last:?})"))
    }

    /// Requires that an expression has a value.
    pub fn expect(&mut self, expression: &str, value: impl Into<Value>) -> Result<(), String> {
        let (is, should) = (self.eval(expression)?, value.into());
        if is == should {
            return Ok(());
        }
        Err(format!("{expression} is {is}, not {should}"))
    }

    /// Presses a key.
    pub fn press(&mut self, key: &str) -> Result<(), String> {
        self.press_with(key, 0)
    }

    /// Presses a key with the shift key.
    pub fn press_shifted(&mut self, key: &str) -> Result<(), String> {
        self.press_with(key, 8)
    }

    fn press_with(&mut self, key: &str, modifiers: i64) -> Result<(), String> {
        let known = get_key_definition(key).ok_or_else(|| format!("there is no key {key}"))?;
        let character = (known.key.len() == 1).then_some(known.key);
        let mut event = DispatchKeyEventParams::builder()
            .key(known.key)
            .code(known.code)
            .windows_virtual_key_code(known.key_code)
            .modifiers(modifiers);
        if let Some(text) = known.text.or(character) {
            event = event.text(text);
        }
        for kind in [DispatchKeyEventType::KeyDown, DispatchKeyEventType::KeyUp] {
            self.order(event.clone().r#type(kind).build()?)?;
        }
        Ok(())
    }

    /// Types a string at the focus.
    pub fn write(&mut self, text: &str) -> Result<(), String> {
        self.order(InsertTextParams::new(text))
    }

    /// Sets the size of the window.
    pub fn size(&mut self, width: u32, height: u32) -> Result<(), String> {
        let mobile = width < 600;
        self.order(SetDeviceMetricsOverrideParams::new(
            width, height, 1, mobile,
        ))
    }

    /// Emulates a medium, and a preference for light or dark.
    pub fn media(&mut self, media: &str, scheme: &str) -> Result<(), String> {
        let order = SetEmulatedMediaParams::builder()
            .media(media)
            .feature(MediaFeature::new("prefers-color-scheme", scheme));
        self.order(order.build())
    }

    /// Emulates a setting of the system, by the name of its media feature.
    pub fn setting(&mut self, name: &str, value: &str) -> Result<(), String> {
        let order = SetEmulatedMediaParams::builder().feature(MediaFeature::new(name, value));
        self.order(order.build())
    }

    /// A screenshot of the whole page, or of its first part if it is long.
    pub fn picture(&mut self, file: &Path) -> Result<(), String> {
        let taken = self.page.screenshot(ScreenshotParams::default());
        let bytes = self.devtools.wait(taken)?;
        fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
    }

    /// The page as a printed PDF.
    pub fn printed(&mut self) -> Result<Vec<u8>, String> {
        // Tags for screen readers would double the time.
        let order = PrintToPdfParams::builder().generate_tagged_pdf(false);
        self.devtools.wait(self.page.pdf(order.build()))
    }

    /// Requires that there were no console errors and no requests to other hosts.
    pub fn quiet(&mut self) -> Result<(), String> {
        // Pending events arrive before this response.
        self.eval("0")?;
        let mut heard = Vec::new();
        while let Some(Some(complaint)) = self.complaints.next().now_or_never() {
            heard.push(complaint);
        }
        if heard.is_empty() {
            return Ok(());
        }
        Err(heard.join("; "))
    }

    /// Closes it.
    pub fn close(self) -> Result<(), String> {
        self.devtools.wait(self.page.close())
    }
}

/// Console errors, and requests to other hosts.
async fn complaints(page: &chromiumoxide::Page) -> chromiumoxide::Result<Complaints> {
    let thrown = page.event_listener::<EventExceptionThrown>().await?;
    let logged = page.event_listener::<EventEntryAdded>().await?;
    let said = page.event_listener::<EventConsoleApiCalled>().await?;
    let requests = page.event_listener::<EventRequestWillBeSent>().await?;
    let foreign = requests.filter_map(|event| {
        let url = &event.request.url;
        let ours = url.starts_with("file:") || url.starts_with("about:");
        ready((!ours).then(|| format!("a request to {url}")))
    });
    Ok(select_all([
        thrown.map(|event| format!("{event:?}")).boxed(),
        logged.map(|event| format!("{event:?}")).boxed(),
        said.map(|event| format!("{event:?}")).boxed(),
        foreign.boxed(),
    ]))
}
