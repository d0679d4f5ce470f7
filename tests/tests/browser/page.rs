//! A page of the site in a browser, as far as the checks need it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::devtools::Devtools;

/// A page of the site.
pub struct Page<'a> {
    devtools: &'a mut Devtools,
    site: PathBuf,
    base: String,
    target: String,
    session: String,
}

impl<'a> Page<'a> {
    /// An empty page, for the site in a folder.
    pub fn new(devtools: &'a mut Devtools, site: &Path) -> Result<Self, String> {
        let target = devtools.call(
            None,
            "Target.createTarget",
            &json!({ "url": "about:blank" }),
        )?;
        let target = text(&target["targetId"]);
        let order = json!({ "targetId": target, "flatten": true });
        let session = devtools.call(None, "Target.attachToTarget", &order)?;
        let path = site.to_string_lossy().replace('\\', "/");
        let mut page = Self {
            devtools,
            site: site.to_owned(),
            base: format!("file:///{}", path.trim_start_matches('/')),
            target,
            session: text(&session["sessionId"]),
        };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.order(&format!("{domain}.enable"), &json!({}))?;
        }
        page.size(1280, 900)?;
        Ok(page)
    }

    /// Sends the page a command.
    pub fn order(&mut self, method: &str, parameters: &Value) -> Result<Value, String> {
        self.devtools.call(Some(&self.session), method, parameters)
    }

    /// The source of a page of the site.
    pub fn source(&self, page: &str) -> Result<String, String> {
        let path = self.site.join(page);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Opens a page of the site, with or without an anchor.
    pub fn open(&mut self, page: &str) -> Result<(), String> {
        // Via another page, so that a URL that only differs by its anchor is loaded again.
        self.go("about:blank")?;
        let address = format!("{}/{page}", self.base);
        self.go(&address)
    }

    fn go(&mut self, address: &str) -> Result<(), String> {
        self.order("Page.navigate", &json!({ "url": address }))?;
        let address = address.to_owned();
        self.until(&format!(
            "document.readyState === 'complete' && location.href === {address:?}"
        ))
    }

    /// The value of an expression on the page.
    pub fn eval(&mut self, expression: &str) -> Result<Value, String> {
        let order =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.order("Runtime.evaluate", &order)?;
        match answer.get("exceptionDetails") {
            Some(thrown) => Err(format!("{expression}: {thrown}")),
            None => Ok(answer["result"]["value"].take()),
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

    fn press_with(&mut self, key: &str, modifiers: u8) -> Result<(), String> {
        let mut order =
            json!({ "type": "keyDown", "key": key, "code": key, "modifiers": modifiers });
        // The browser itself handles these.
        let code = match key {
            "Tab" => Some(9),
            "Enter" => Some(13),
            "Escape" => Some(27),
            _ => None,
        };
        if let Some(code) = code {
            order["windowsVirtualKeyCode"] = json!(code);
        }
        if key == "Enter" {
            order["text"] = json!("\r");
        }
        if key.chars().count() == 1 {
            order["text"] = json!(key);
        }
        self.order("Input.dispatchKeyEvent", &order)?;
        order["type"] = json!("keyUp");
        self.order("Input.dispatchKeyEvent", &order)?;
        Ok(())
    }

    /// Types a string at the focus.
    pub fn write(&mut self, text: &str) -> Result<(), String> {
        self.order("Input.insertText", &json!({ "text": text }))?;
        Ok(())
    }

    /// Sets the size of the window.
    pub fn size(&mut self, width: u32, height: u32) -> Result<(), String> {
        let order = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.order("Emulation.setDeviceMetricsOverride", &order)?;
        Ok(())
    }

    /// A screenshot of the whole page, or of its first part if it is long.
    pub fn picture(&mut self, file: &Path) -> Result<(), String> {
        let taken = self.order("Page.captureScreenshot", &json!({ "format": "png" }))?;
        let bytes = STANDARD
            .decode(text(&taken["data"]))
            .map_err(|error| error.to_string())?;
        fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
    }

    /// The page as a printed PDF.
    pub fn printed(&mut self) -> Result<Vec<u8>, String> {
        let order = json!({ "printBackground": false, "displayHeaderFooter": false });
        let printed = self.order("Page.printToPDF", &order)?;
        STANDARD
            .decode(text(&printed["data"]))
            .map_err(|error| error.to_string())
    }

    /// Requires that there were no console errors and no requests to other hosts.
    pub fn quiet(&mut self) -> Result<(), String> {
        // Pending events arrive before this response.
        self.eval("0")?;
        let mut heard = Vec::new();
        for event in self.devtools.events.drain(..) {
            let parameters = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Runtime.exceptionThrown" | "Log.entryAdded" => heard.push(parameters.to_string()),
                "Runtime.consoleAPICalled" => heard.push(parameters.to_string()),
                "Network.requestWillBeSent" => {
                    let url = text(&parameters["request"]["url"]);
                    if !url.starts_with("file:") && !url.starts_with("about:") {
                        heard.push(format!("a request to {url}"));
                    }
                }
                _ => {}
            }
        }
        if heard.is_empty() {
            return Ok(());
        }
        Err(heard.join("; "))
    }

    /// Closes it.
    pub fn close(self) -> Result<(), String> {
        let order = json!({ "targetId": self.target });
        self.devtools.call(None, "Target.closeTarget", &order)?;
        self.devtools.events.clear();
        Ok(())
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
