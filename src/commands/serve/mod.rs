//! `recto serve`: the site in a browser, as it is while it is written.
//!
//! `worker` builds and watches, `snapshot` is the site at one moment, `server` answers browsers.

mod problems;
mod server;
mod snapshot;
mod state;
mod watch;
mod worker;

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, mpsc};

use anyhow::{Context as _, bail};
use tokio::sync::Notify;

use crate::cli;
use crate::commands::{Exit, Workspace, build};
use crate::incremental::Origin;
use crate::pipeline;
use crate::report::to_stdout;
use state::Shared;
use watch::Watcher;
use worker::{Wanted, Worker};

const DEFAULT_PORT: u16 = 8000;
/// So many ports are tried from the default one on.
const PORTS_TRIED: u16 = 100;

/// Serves the site of a folder until it is interrupted.
pub fn run(options: &cli::Serve) -> anyhow::Result<Exit> {
    pipeline::use_threads(options.work.jobs);
    let wanted = wanted(options)?;
    let listener = listen(options.port)?;
    let url = format!("http://{}/", listener.local_addr().context("asking for the port")?);
    let shared = Arc::new(Shared::default());
    let end = end_on_interrupt();
    start_worker(wanted, shared.clone())?;
    to_stdout(|out| writeln!(out, "serving at {url} (Ctrl-C ends it)"))?;
    if options.open
        && let Err(error) = open::that_detached(&url)
    {
        anstream::eprintln!("warning: cannot open a browser: {error}");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the server")?;
    let served = runtime.block_on(server::serve(listener, shared, end));
    // Browsers hold their event streams open: nobody waits for them.
    runtime.shutdown_background();
    served.context("serving")?;
    Ok(Exit::Interrupted)
}

fn wanted(options: &cli::Serve) -> anyhow::Result<Wanted> {
    let workspace = Workspace::open(&options.dir)?;
    let config = options.site.config.as_deref().map(|file| workspace.path_of(file)).transpose()?;
    let theme = options.site.theme.as_deref();
    let theme = theme.map(|folder| crate::commands::canonical(folder, "theme"));
    let output = workspace.dir.join("_site");
    let origin = Origin {
        start: workspace.start.clone(),
        config,
        base_url: options.site.base_url.clone(),
        output: build::output_in_repository(&output, &workspace),
    };
    let (verbosity, shows_timings) = (options.loudness.into(), options.work.timings);
    Ok(Wanted { workspace, origin, theme: theme.transpose()?, output, verbosity, shows_timings })
}

/// Listens on this machine only: on `port`, or on the first free one from the default on.
fn listen(port: Option<u16>) -> anyhow::Result<TcpListener> {
    let bind = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return match bind(port) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                bail!("port {port} is taken: choose another with --port, or leave it out to get a free one")
            }
            bound => bound.with_context(|| format!("cannot listen on port {port}")),
        };
    }
    for port in DEFAULT_PORT..DEFAULT_PORT + PORTS_TRIED {
        match bind(port) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            bound => return bound.with_context(|| format!("cannot listen on port {port}")),
        }
    }
    bail!("the ports {DEFAULT_PORT} to {} are taken: choose one with --port", DEFAULT_PORT + PORTS_TRIED - 1)
}

fn start_worker(wanted: Wanted, shared: Arc<Shared>) -> anyhow::Result<()> {
    let (sender, events) = mpsc::channel();
    // The worker has gone only when the program ends.
    let (watcher, advice) = Watcher::new(move |event| drop(sender.send(event)));
    if let Some(advice) = advice {
        anstream::eprintln!("warning: {advice}");
    }
    let worker = Worker::new(wanted, shared, watcher, events);
    std::thread::Builder::new().name("build".to_owned()).spawn(|| worker.run()).context("starting to build")?;
    Ok(())
}

fn end_on_interrupt() -> Arc<Notify> {
    let end = Arc::new(Notify::new());
    let ended = end.clone();
    // Fails only if there is a handler already.
    let _ = ctrlc::set_handler(move || ended.notify_one());
    end
}
