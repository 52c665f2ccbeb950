//! What a run costs: CPU time, time, memory.

use std::time::Instant;

use serde_json::{Value, json};

/// The cost of a run.
#[derive(Debug, Clone)]
pub struct Cost {
    /// CPU time of all threads, user and system, in milliseconds.
    pub cpu: f64,
    /// Time, in milliseconds.
    pub wall: f64,
    /// The most memory that was in use at once, in MiB; 0 where the system does not tell.
    pub peak: f64,
    /// Pages.
    pub pages: usize,
    /// Bytes of their sources.
    pub bytes: u64,
    /// Bytes of code that may get colours, where they are counted.
    pub code: u64,
    /// Milliseconds by stage, in order.
    pub stages: Vec<(String, f64)>,
}

impl Cost {
    /// The milliseconds of a stage.
    pub fn stage(&self, name: &str) -> f64 {
        self.stages.iter().filter(|(stage, _)| stage == name).map(|(_, time)| time).sum()
    }

    /// The median of each figure of at least one cost.
    pub fn median<'a>(costs: impl Iterator<Item = &'a Cost> + Clone) -> Cost {
        let of = |figure: &dyn Fn(&Cost) -> f64| median(costs.clone().map(figure));
        let first = costs.clone().next().expect("a cost");
        let stages = first.stages.iter().map(|(name, _)| (name.clone(), of(&|cost| cost.stage(name)))).collect();
        let (pages, bytes, code) = (first.pages, first.bytes, first.code);
        Cost {
            cpu: of(&|cost| cost.cpu),
            wall: of(&|cost| cost.wall),
            peak: of(&|cost| cost.peak),
            pages,
            bytes,
            code,
            stages,
        }
    }

    /// As one line of text, from process to process.
    pub fn to_line(&self) -> String {
        let Cost { cpu, wall, peak, pages, bytes, code, stages } = self;
        json!({ "cpu": cpu, "wall": wall, "peak": peak, "pages": pages, "bytes": bytes, "code": code, "stages": stages })
            .to_string()
    }

    /// Reads [`Cost::to_line`].
    pub fn from_line(line: &str) -> Cost {
        let value: Value = serde_json::from_str(line).expect("a line of figures");
        let number = |key: &str| value[key].as_f64().expect("a number");
        let stages = serde_json::from_value(value["stages"].clone()).expect("stages");
        let (pages, bytes) = (number("pages") as usize, number("bytes") as u64);
        let code = number("code") as u64;
        Cost { cpu: number("cpu"), wall: number("wall"), peak: number("peak"), pages, bytes, code, stages }
    }
}

/// The median of at least one figure.
pub fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Measures from its making on.
pub struct Clock {
    cpu: f64,
    wall: Instant,
    stages: Vec<(String, f64)>,
}

impl Clock {
    /// Starts.
    pub fn start() -> Clock {
        Clock { cpu: cpu_ms(), wall: Instant::now(), stages: Vec::new() }
    }

    /// Measures the CPU time of a stage.
    pub fn stage<T>(&mut self, name: &str, work: impl FnOnce() -> T) -> T {
        let before = cpu_ms();
        let done = work();
        self.add(name, cpu_ms() - before);
        done
    }

    /// Adds a stage that was measured elsewhere, in milliseconds.
    pub fn add(&mut self, name: &str, time: f64) {
        self.stages.push((name.to_owned(), time));
    }

    /// What it cost up to now.
    pub fn cost(self, pages: usize, bytes: u64) -> Cost {
        let wall = self.wall.elapsed().as_secs_f64() * 1000.0;
        Cost { cpu: cpu_ms() - self.cpu, wall, peak: peak_mib(), pages, bytes, code: 0, stages: self.stages }
    }
}

/// Lets the disk finish what earlier runs left to it.
pub fn quiet_disk() {
    #[cfg(unix)]
    rustix::fs::sync();
}

/// A new folder on a file system in memory with room for the largest site; goes with the value.
pub fn folder_in_memory() -> Option<tempfile::TempDir> {
    let root = std::path::Path::new("/dev/shm");
    has_room(root).then(|| tempfile::tempdir_in(root).ok()).flatten()
}

#[cfg(unix)]
fn has_room(folder: &std::path::Path) -> bool {
    const ROOM: u64 = 2 << 30;
    rustix::fs::statvfs(folder).is_ok_and(|about| about.f_bavail * about.f_frsize >= ROOM)
}

/// Elsewhere there is no such folder.
#[cfg(not(unix))]
fn has_room(_: &std::path::Path) -> bool {
    false
}

/// The CPU time of this process so far, in milliseconds.
#[cfg(unix)]
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1000.0 + time.tv_nsec as f64 / 1e6
}

/// Where CPU time is not told, time has to do.
#[cfg(not(unix))]
fn cpu_ms() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1000.0
}

/// The most memory that this process had in use, in MiB; 0 where the system does not tell.
fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}
