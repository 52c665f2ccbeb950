//! What the thread that builds tells the threads that answer.

use std::sync::Arc;

use tokio::sync::watch;

use super::problems::Problems;
use super::snapshot::Snapshot;

/// The site, as far as it is there.
#[derive(Clone)]
pub enum Site {
    /// The first build is not done.
    Building,
    /// There was no build that can be shown; why.
    Failed(Arc<str>),
    /// It can be looked at.
    Ready(Arc<Snapshot>),
}

/// Tells browsers that something is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pulse {
    /// Counts builds.
    pub version: u64,
    /// The last build whose problems are known.
    pub checked: u64,
}

/// The state of the server; threads wait for its changes.
pub struct Shared {
    site: watch::Sender<Site>,
    problems: watch::Sender<Arc<Problems>>,
    pulse: watch::Sender<Pulse>,
}

impl Default for Shared {
    fn default() -> Shared {
        Shared {
            site: watch::Sender::new(Site::Building),
            problems: watch::Sender::new(Arc::default()),
            pulse: watch::Sender::new(Pulse::default()),
        }
    }
}

impl Shared {
    /// Shows another state of the site.
    pub fn publish(&self, site: Site) {
        self.site.send_replace(site);
        self.pulse.send_modify(|pulse| pulse.version += 1);
    }

    /// Tells what is wrong with the site as it was published last.
    pub fn check(&self, problems: Arc<Problems>) {
        self.problems.send_replace(problems);
        self.pulse.send_modify(|pulse| pulse.checked = pulse.version);
    }

    /// The site as it is now.
    pub fn site(&self) -> Site {
        self.site.borrow().clone()
    }

    /// The site, if it can be looked at.
    pub fn ready(&self) -> Option<Arc<Snapshot>> {
        match self.site() {
            Site::Ready(snapshot) => Some(snapshot),
            Site::Building | Site::Failed(_) => None,
        }
    }

    /// The site, once the first build is done.
    pub async fn built(&self) -> Site {
        let mut site = self.site.subscribe();
        // It fails only when the sender is gone, which `self` holds.
        let _ = site.wait_for(|site| !matches!(site, Site::Building)).await;
        self.site()
    }

    /// The problems of the last build that was checked.
    pub fn problems(&self) -> Arc<Problems> {
        self.problems.borrow().clone()
    }

    /// Follows what is new; the first value is there at once.
    pub fn pulses(&self) -> watch::Receiver<Pulse> {
        self.pulse.subscribe()
    }
}
