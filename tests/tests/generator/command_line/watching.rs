//! `codegen --watch`, with a real process and real files.
#![cfg(unix)]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use bigcommerce_tests::cases::minimal;

use super::user::User;

/// Far more than it takes, for busy machines.
const BOUND: Duration = Duration::from_secs(30);

struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(user: &User) -> Self {
        let words = ["codegen", "--spec", "../spec", "--out", ".", "--watch"];
        let mut command = user.command(&words);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (sender, lines) = channel();
        let out: Box<dyn Read + Send> = Box::new(child.stdout.take().unwrap());
        let err: Box<dyn Read + Send> = Box::new(child.stderr.take().unwrap());
        for stream in [out, err] {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        let watch = Self { child, lines };
        watch.until("watching ");
        watch
    }

    /// Waits for a line that contains this.
    fn until(&self, part: &str) {
        let mut seen = String::new();
        while let Ok(line) = self.lines.recv_timeout(BOUND) {
            if line.contains(part) {
                return;
            }
            seen += &line;
            seen.push('\n');
        }
        panic!("no line has `{part}`:\n{seen}");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const THINGS: &str = "../spec/groups/things.yaml";

#[test]
fn every_way_of_saving_leads_to_a_run_and_ctrl_c_ends_it() {
    let user = User::new(&minimal());
    let mut watch = Watch::start(&user);
    let page = || user.read("generated-client/docs/things.md");
    let text = user.read(THINGS);
    let says = |does: &str| text.replace("Keep things on shelves", does);

    user.write(THINGS, &says("Keep things in place"));
    watch.until("written: ");
    assert!(page().contains("Keep things in place"));

    // Like editors that keep the old file until the new one is complete.
    user.write(
        "../spec/groups/.things.yaml.swp",
        &says("Keep things by a rename"),
    );
    fs::rename(
        user.path("../spec/groups/.things.yaml.swp"),
        user.path(THINGS),
    )
    .unwrap();
    watch.until("written: ");
    assert!(page().contains("Keep things by a rename"));

    // Both problems are reported, and the next save fixes them.
    let broken = says("Keep broken things")
        .replace("scope: things", "scope: thigns")
        .replace("returns: Thing\n", "returns: Thingy\n");
    user.write(THINGS, &broken);
    watch.until("E400");
    watch.until("E301");
    watch.until("nothing was written");
    assert!(page().contains("Keep things by a rename"));
    user.write(THINGS, &says("Keep mended things"));
    watch.until("written: ");
    assert!(page().contains("Keep mended things"));

    // A folder that did not exist at the start.
    user.write("../spec/more/boxes.yaml", "group: boxes\n");
    watch.until("E005");
    fs::remove_dir_all(user.path("../spec/more")).unwrap();
    watch.until("up to date");

    let pid = watch.child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
    while watch.lines.recv_timeout(BOUND).is_ok() {}
    assert!(watch.child.wait().unwrap().success());
}
