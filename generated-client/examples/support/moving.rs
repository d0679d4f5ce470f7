//! Moves settings, one area after the other, and reports the result of each.

use std::process::ExitCode;

use bigcommerce_client::{
    Client, Error, ReadOnlyClient,
    settings::{Settings, SettingsReader},
};
use indicatif::ProgressBar;

use super::{
    comparison,
    leaves::shown,
    pictures::{File, PICTURES},
    settings::Area,
    support::{self, Failure},
};

/// The source and target of the settings: the stores' own, or those of channels.
pub type Places = (Option<i64>, Option<i64>);

pub struct Move {
    from: ReadOnlyClient,
    to: Client,
    dry: bool,
    pub bar: ProgressBar,
    changed: usize,
    same: usize,
    stay: usize,
    refused: usize,
}

impl Move {
    pub fn new(from: ReadOnlyClient, to: Client, dry: bool, bar: ProgressBar) -> Self {
        Self {
            from,
            to,
            dry,
            bar,
            changed: 0,
            same: 0,
            stay: 0,
            refused: 0,
        }
    }

    /// Moves an area, or reports why it was rejected.
    pub async fn area_or_why(&mut self, area: &Area, place: Places) -> Result<(), Failure> {
        let title = match place {
            (Some(from), Some(to)) => format!("channel {from} to {to}, {}", area.name),
            _ => area.name.to_owned(),
        };
        if place.0.is_some() && !area.has_channels {
            self.stays(&title, "it belongs to the store as a whole");
            return Ok(());
        }
        let Err(failure) = self.area(area, &title, place).await else {
            return Ok(());
        };
        match failure.downcast_ref::<Error>() {
            Some(error) if !error.is_unauthorized() && error.status().is_some() => {
                self.refused += 1;
                self.tell(&format!("{title}: {}", support::told(error)));
                Ok(())
            }
            // Every other area would fail in the same way.
            _ => Err(failure),
        }
    }

    async fn area(&mut self, area: &Area, title: &str, (from, to): Places) -> Result<(), Failure> {
        let source = self.from.settings().channel(from);
        let target = self.to.settings().channel(to);
        let (wanted, now) = (
            (area.read)(&source, from).await?,
            (area.read)(&target, to).await?,
        );
        let mut found = comparison::compare(area, wanted, now, to.is_some())?;
        let lacks_image = area.name == "logo" && self.pictures(title, &source, &target).await?;
        if lacks_image && found.body["type"] == "image" {
            found.keep("type");
            self.stays(&format!("{title}.type"), "the target would have no logo");
        }
        for (name, now, wanted) in &found.changes {
            let (now, wanted) = (shown(now.as_ref()), shown(wanted.as_ref()));
            self.tell(&format!("{title}.{name}: {now} -> {wanted}"));
        }
        for (name, why) in &found.stays {
            self.stays(&format!("{title}.{name}"), why);
        }
        if !self.dry && !found.changes.is_empty() {
            (area.write)(&target, to, found.body).await?;
        }
        self.changed += found.changes.len();
        self.same += found.same;
        Ok(())
    }

    /// Moves the images of a storefront, and returns whether the target lacks the logo's.
    async fn pictures(
        &mut self,
        title: &str,
        from: &SettingsReader,
        to: &Settings,
    ) -> Result<bool, Failure> {
        let (source, target) = (from.logo().get().await?, to.logo().get().await?);
        let mut lacks_image = false;
        for picture in &PICTURES {
            let Some(address) = (picture.url)(&source) else {
                continue;
            };
            let name = format!("{title}.{}", picture.name);
            let now = (picture.url)(&target);
            match File::fetch(&self.from, address).await {
                Ok(file) if file.is_at(now) => self.same += 1,
                Ok(file) => {
                    self.tell(&format!("{name}: {} -> {address}", now.unwrap_or("(none)")));
                    if !self.dry {
                        file.upload(picture, to).await?;
                    }
                    self.changed += 1;
                }
                Err(failure) => {
                    self.stays(&name, &format!("{address} cannot be read: {failure}"));
                    lacks_image |= picture.name == "image" && now.is_none();
                }
            }
        }
        Ok(lacks_image)
    }

    fn stays(&mut self, what: &str, why: &str) {
        self.stay += 1;
        self.tell(&format!("{what}: cannot be copied: {why}"));
    }

    /// Prints a line without disturbing the progress bar.
    fn tell(&self, line: &str) {
        self.bar.suspend(|| println!("{line}"));
    }

    /// Reports the result.
    pub fn end(self) -> ExitCode {
        let Self {
            changed,
            same,
            stay,
            refused,
            ..
        } = self;
        if changed + refused == 0 {
            eprintln!("nothing to do: {same} settings are the same, {stay} cannot be copied");
        } else {
            let verb = if self.dry { "would change" } else { "changed" };
            eprintln!(
                "{changed} settings {verb}, {same} are the same, {stay} cannot be copied, \
                 {refused} areas were refused"
            );
        }
        support::exit(refused == 0)
    }
}
