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
//! system. A machine is faster in one minute than in the next; so a ratio is the median of the ratios of runs that follow
//! one another, and not that of two medians. `cargo bench -- --assert` fails where a bar is missed; `--quick` runs
//! everything once.

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
    let missed = bench(Path::new(&corpora), if has("--quick") { 1 } else { 7 });
    for bar in &missed {
        say(&format!("MISSED: {bar}"));
    }
    if has("--assert") && !missed.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What the variants cost on a docset, run by run.
type Runs = Vec<BTreeMap<&'static str, Cost>>;

/// The median of a figure of each run.
fn middle(runs: &Runs, figure: impl Fn(&BTreeMap<&'static str, Cost>) -> f64) -> f64 {
    measure::median(runs.iter().map(figure))
}

/// Measures everything, prints the tables, and tells which bars are missed.
fn bench(corpora: &Path, runs: usize) -> Vec<String> {
    let (corpus, short) = (corpora.join(DOCSETS[0]), corpora.join(DOCSETS[1]));
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
    let [small, large] = [2_000, 20_000].map(generated);
    let all = [
        measure_all(DOCSETS[0], &corpus, &outs, runs),
        measure_all(DOCSETS[1], &short, &outs, runs),
        measure_all(DOCSETS[2], &small, &outs, runs),
        measure_all(DOCSETS[3], &large, &outs, runs.min(3)),
    ];
    let unchanged = [(DOCSETS[0], &corpus), (DOCSETS[1], &short)]
        .map(|(name, root)| measure_unchanged(name, root, &outs, 2 * runs - 1));
    let growth = ram.is_some().then(|| measure_growth([&small, &large], &outs.ram, runs.min(5)));
    let missed = judge(all.each_ref(), unchanged, growth);
    tell_aim(all.each_ref());
    missed
}

/// What a build with nothing changed costs with colours over what it costs without, on a disk. Each with colours stands
/// between two without, so that both meet the same machine.
fn measure_unchanged(name: &str, root: &Path, outs: &Outs, runs: usize) -> f64 {
    let (plain, coloured) = (&outs.disk, &outs.disk.with_file_name("site-with-colours"));
    for (variant, out) in [("plain", plain), ("build", coloured)] {
        remove(out);
        child(variant, root, out);
    }
    let cpu = |variant: &str, out: &Path| child(variant, root, out).cpu;
    let ratio = |_| {
        let (before, with, after) = (cpu("replain", plain), cpu("again", coloured), cpu("replain", plain));
        2.0 * with / (before + after)
    };
    let what = format!("{name}: CPU time with nothing changed, with colours / without");
    median_of(&what, (0..runs).map(ratio).collect())
}

/// Time per page in the large docset over that in the small one, written to memory. Before and after each build of the large
/// one the small one is built as often as takes half as long, so that both meet the same machine.
fn measure_growth([small, large]: [&Path; 2], out: &Path, runs: usize) -> f64 {
    let per_page = |root: &Path| {
        remove(out);
        let cost = child("build-ram", root, out);
        cost.cpu / cost.pages as f64
    };
    let growth = |_| {
        let around = || (0..5).map(|_| per_page(small)).sum::<f64>() / 5.0;
        let (before, large, after) = (around(), per_page(large), around());
        2.0 * large / (before + after)
    };
    median_of("time per page, 20,000 articles / 2,000", (0..runs).map(growth).collect())
}

/// Prints the ratios of all runs, and gives their median.
fn median_of(what: &str, ratios: Vec<f64>) -> f64 {
    let shown: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
    say(&format!("\n{what}, each run: {}", shown.join(", ")));
    measure::median(ratios.into_iter())
}

/// Removes what an earlier run wrote, if there is any.
fn remove(out: &Path) {
    if out.exists() {
        std::fs::remove_dir_all(out).expect("removed");
    }
}

/// Prints the bars, and tells which are missed. `unchanged` is that of the first two docsets; `growth` is there if what should
/// be written to memory was.
fn judge(all: [&Runs; 4], unchanged: [f64; 2], growth: Option<f64>) -> Vec<String> {
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
    for ((name, runs), unchanged) in docsets().zip(unchanged) {
        // In memory: what a disk costs would hide it.
        let cold = middle(runs, |run| run["memory"].cpu / (run["memory"].cpu - run["memory"].stage("highlight")));
        bar(&format!("{name}: CPU time in memory, with colours / without"), cold, 1.15, "");
        bar(&format!("{name}: CPU time with nothing changed, with colours / without"), unchanged, 1.15, "");
    }
    if let Some(growth) = growth {
        bar("time per page, 20,000 articles / 2,000", growth, 1.15, "");
        for ((name, runs), most) in docsets().zip(REACHED) {
            let ratio = middle(runs, |run| run["build-ram"].cpu / run["floor-ram"].cpu);
            bar(&format!("{name}: CPU time of a build in memory / floor"), ratio, most, "");
        }
    }
    for (name, runs) in docsets().filter(|(name, _)| *name != DOCSETS[1]) {
        let most = 40.0 + runs[0]["build"].pages as f64 * 40.0 / 1024.0;
        bar(&format!("{name}: peak memory"), middle(runs, |run| run["build"].peak), most, " MiB");
    }
    // The median: a disk that creates files for next to nothing makes one of them miss at times, by what was removed before.
    let unchanged = |runs: &Runs| middle(runs, |run| run["again"].stage("write") / run["build"].stage("write"));
    let ratios = docsets().filter(|(name, _)| *name != DOCSETS[1]).map(|(_, runs)| unchanged(runs));
    bar("write stage, unchanged / cold, median of the three docsets", measure::median(ratios), 0.40, "");
    missed
}

/// Prints how far the aim is: no bar, since in memory it is not reached, and on a disk the same program gave between 1.1 and
/// 9.7. Whether files are cheap to create there depends on which were removed a minute before.
fn tell_aim(all: [&Runs; 4]) {
    say(&format!("\naim: a build without colours in {AIM:.2} floors"));
    for (name, runs) in DOCSETS.into_iter().zip(all) {
        let on_disk = middle(runs, |run| run["plain"].cpu / run["floor"].cpu);
        let in_memory = middle(runs, |run| {
            let colours = run["memory"].stage("highlight");
            (run["build-ram"].cpu - colours) / run["floor-ram"].cpu
        });
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
fn measure_all(name: &str, root: &Path, outs: &Outs, runs: usize) -> Runs {
    let measure = |variant: &'static str| {
        let out = if variant.ends_with("-ram") { &outs.ram } else { &outs.disk };
        if !SECOND.contains(&variant) {
            remove(out);
        }
        measure::quiet_disk();
        (variant, child(variant, root, out))
    };
    let runs: Runs = (0..runs).map(|_| VARIANTS.into_iter().map(measure).collect()).collect();
    tell(name, &runs);
    runs
}

/// Prints the table of a docset.
fn tell(name: &str, runs: &Runs) {
    let median = |variant| (variant, Cost::median(runs.iter().map(|run| &run[variant])));
    let costs = BTreeMap::from(VARIANTS.map(median));
    let (pages, bytes) = (costs["floor"].pages, costs["floor"].bytes);
    say(&format!("\n{name}: {pages} pages, {:.1} MB, {} runs", bytes as f64 / 1e6, runs.len()));
    say("            CPU ms   wall ms  peak MiB   us/page   / floor");
    for variant in VARIANTS {
        let cost = &costs[variant];
        say(&format!(
            "  {variant:<9} {:>6.0} {:>9.0} {:>9.1} {:>9.0} {:>9.2}",
            cost.cpu,
            cost.wall,
            cost.peak,
            cost.cpu * 1000.0 / cost.pages as f64,
            middle(runs, |run| run[variant].cpu / run["floor"].cpu),
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
