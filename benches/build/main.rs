//! What a build costs, beside the least that any build of the same files could cost.
//!
//! `cargo bench` prints, for two corpora in `RECTO_CORPORA` and for 2,000 and 20,000 articles made of one:
//!
//! - `floor`: exactly the files that become pages are read, go through plain pulldown-cmark, and are written;
//! - `memory`: a build without writing, by stage;
//! - `plain`: the whole build, diagnostics and all, but without colours for code and without copying resources, into an
//!   empty folder;
//! - `replain`: the same once more, with nothing changed;
//! - `build`, `again`: likewise, with colours;
//! - `floor-ram`, `build-ram`: as `floor` and `build`, written to a file system in memory, where there is one.
//!
//! What a disk costs depends on what it did before: for the same files, the floor took between 0.2 and 0.9 s of CPU time. So
//! how a build scales, and what it costs beside the floor, which are questions to recto, are asked of `build-ram`.
//!
//! Each figure is the median of several runs, each run a process of its own. CPU time is that of all threads, user and
//! system. `cargo bench -- --assert` fails where a bar is missed; `--quick` runs everything once.

mod generate;
mod measure;
mod variants;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use measure::Cost;

/// As the program has it; the floor profits likewise.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a run does; the names are those of the table.
const VARIANTS: [&str; 8] = ["floor", "memory", "plain", "replain", "build", "again", "floor-ram", "build-ram"];

/// Variants that find what the one before wrote.
const SECOND: [&str; 2] = ["replain", "again"];

/// What is measured.
const DOCSETS: [&str; 4] = ["PowerShell-Docs", "OfficeDocs-Support", "2,000 articles", "20,000 articles"];

/// What a build without colours may cost, in floors.
const AIM: f64 = 2.5;

/// What a build in memory, with colours, may cost, in floors: the most of three runs when this was last set and a fifth more,
/// for other machines. It may only fall. In the order of the docsets.
const REACHED: [f64; 4] = [4.4, 5.5, 4.5, 4.6];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, variant, root, out] = &arguments[..]
        && flag == "--child"
    {
        say(&variants::run(variant, Path::new(root), Path::new(out)).to_line());
        return ExitCode::SUCCESS;
    }
    let Some(corpora) = std::env::var_os("RECTO_CORPORA") else {
        say("skipped: RECTO_CORPORA names no folder");
        return ExitCode::SUCCESS;
    };
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let missed = bench(Path::new(&corpora), if has("--quick") { 1 } else { 5 });
    for bar in &missed {
        say(&format!("MISSED: {bar}"));
    }
    if has("--assert") && !missed.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What the variants cost on a docset.
type Costs = BTreeMap<&'static str, Cost>;

/// Measures everything, prints the tables, and tells which bars are missed.
fn bench(corpora: &Path, runs: usize) -> Vec<String> {
    let corpus = corpora.join(DOCSETS[0]);
    let work = tempfile::tempdir().expect("a temporary folder");
    let ram = measure::folder_in_memory();
    let outs = Outs { disk: work.path().join("site"), ram: ram.as_ref().unwrap_or(&work).path().join("site-ram") };
    if ram.is_none() {
        say(
            "skipped: no file system in memory has room for `floor-ram` and `build-ram`; both are written to disk, and no bar is asked of them",
        );
    }
    let generated = |articles: usize| -> PathBuf {
        let folder = work.path().join(format!("docs-{articles}"));
        generate::generate(&corpus.join("reference"), &folder, articles);
        folder
    };
    let all = [
        measure_all(DOCSETS[0], &corpus, &outs, runs),
        measure_all(DOCSETS[1], &corpora.join(DOCSETS[1]), &outs, runs),
        measure_all(DOCSETS[2], &generated(2_000), &outs, runs),
        measure_all(DOCSETS[3], &generated(20_000), &outs, runs.min(3)),
    ];
    let missed = judge(all.each_ref(), ram.is_some());
    tell_aim(all.each_ref());
    missed
}

/// Prints the bars, and tells which are missed. `has_ram`: whether what should be written to memory was.
fn judge(all: [&Costs; 4], has_ram: bool) -> Vec<String> {
    say("\nbars");
    let mut missed = Vec::new();
    let mut bar = |name: &str, value: f64, most: f64, unit: &str| {
        let line = format!("{name}: {value:.2}{unit} (at most {most:.2}{unit})");
        say(&format!("  {line}"));
        if value > most {
            missed.push(line);
        }
    };
    let docsets = || DOCSETS.into_iter().zip(all);
    for (name, costs) in docsets().take(2) {
        // In memory: what a disk costs would hide it.
        let (all, highlight) = (costs["memory"].cpu, costs["memory"].stage("highlight"));
        bar(&format!("{name}: CPU time in memory, with colours / without"), all / (all - highlight), 1.15, "");
        let ratio = costs["again"].cpu / costs["replain"].cpu;
        bar(&format!("{name}: CPU time with nothing changed, with colours / without"), ratio, 1.15, "");
    }
    let per_page = |cost: &Cost| cost.cpu / cost.pages as f64;
    if has_ram {
        let [.., small, large] = all;
        let growth = per_page(&large["build-ram"]) / per_page(&small["build-ram"]);
        bar("time per page, 20,000 articles / 2,000", growth, 1.15, "");
        for ((name, costs), most) in docsets().zip(REACHED) {
            let ratio = costs["build-ram"].cpu / costs["floor-ram"].cpu;
            bar(&format!("{name}: CPU time of a build in memory / floor"), ratio, most, "");
        }
    }
    for (name, costs) in docsets().filter(|(name, _)| *name != DOCSETS[1]) {
        let cost = &costs["build"];
        bar(&format!("{name}: peak memory"), cost.peak, 40.0 + cost.pages as f64 * 40.0 / 1024.0, " MiB");
    }
    // The median: a disk that creates files for next to nothing makes one of them miss at times, by what was removed before.
    let unchanged = |(_, costs): (&str, &Costs)| costs["again"].stage("write") / costs["build"].stage("write");
    let mut ratios: Vec<f64> = docsets().filter(|(name, _)| *name != DOCSETS[1]).map(unchanged).collect();
    ratios.sort_by(f64::total_cmp);
    bar("write stage, unchanged / cold, median of the three docsets", ratios[1], 0.40, "");
    missed
}

/// Prints how far the aim is: no bar, since in memory it is not reached, and on a disk the same program gave between 1.1 and
/// 9.7. Whether files are cheap to create there depends on which were removed a minute before.
fn tell_aim(all: [&Costs; 4]) {
    say(&format!("\naim: a build without colours in {AIM:.2} floors"));
    for (name, costs) in DOCSETS.into_iter().zip(all) {
        let on_disk = costs["plain"].cpu / costs["floor"].cpu;
        let colours = costs["memory"].stage("highlight");
        let in_memory = (costs["build-ram"].cpu - colours) / costs["floor-ram"].cpu;
        let is_missed = if in_memory > AIM { "missed" } else { "reached" };
        say(&format!("  {name}: {in_memory:.2} in memory ({is_missed}), {on_disk:.2} on this disk"));
    }
}

/// Where the variants write.
struct Outs {
    disk: PathBuf,
    ram: PathBuf,
}

/// The costs of all variants on one docset; prints their table.
fn measure_all(name: &str, root: &Path, outs: &Outs, runs: usize) -> Costs {
    let mut measured: BTreeMap<&'static str, Vec<Cost>> = BTreeMap::new();
    for _ in 0..runs {
        for variant in VARIANTS {
            let out = if variant.ends_with("-ram") { &outs.ram } else { &outs.disk };
            if !SECOND.contains(&variant) && out.exists() {
                std::fs::remove_dir_all(out).expect("removed");
            }
            measure::quiet_disk();
            measured.entry(variant).or_default().push(child(variant, root, out));
        }
    }
    let costs: Costs = measured.into_iter().map(|(variant, costs)| (variant, Cost::median(&costs))).collect();
    let (pages, bytes) = (costs["floor"].pages, costs["floor"].bytes);
    say(&format!("\n{name}: {pages} pages, {:.1} MB, {runs} runs", bytes as f64 / 1e6));
    say("            CPU ms   wall ms  peak MiB   us/page   / floor");
    for variant in VARIANTS {
        let cost = &costs[variant];
        say(&format!(
            "  {variant:<9} {:>6.0} {:>9.0} {:>9.1} {:>9.0} {:>9.2}",
            cost.cpu,
            cost.wall,
            cost.peak,
            cost.cpu * 1000.0 / cost.pages as f64,
            cost.cpu / costs["floor"].cpu,
        ));
    }
    let memory = &costs["memory"];
    let (code, highlight) = (memory.code as f64 / 1e6, memory.stage("highlight"));
    let (per_megabyte, share) = (highlight / code, highlight / memory.cpu * 100.0);
    say(&format!("  highlight: {code:.1} MB of code, {per_megabyte:.1} CPU ms/MB, {share:.1} % of `memory`"));
    for variant in ["memory", "build", "again", "build-ram"] {
        let stages: Vec<String> =
            costs[variant].stages.iter().map(|(stage, time)| format!("{stage} {time:.0}")).collect();
        say(&format!("  {variant}: {} (ms)", stages.join(", ")));
    }
    costs
}

fn child(variant: &str, root: &Path, out: &Path) -> Cost {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args(["--child", variant]).args([root, out]).output().expect("started");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{variant}: {}", String::from_utf8_lossy(&output.stderr));
    Cost::from_line(text.trim())
}

/// Prints a line.
#[allow(clippy::print_stdout, reason = "a program that prints a table")]
fn say(line: &str) {
    println!("{line}");
}
