//! The command line as types: what can be asked for, and the help texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::report::{Format, Verbosity};

/// What ends the help of the program and of the commands that report problems.
const EXIT_CODES: &str = "\
Exit codes:
  0    done; there may be warnings
  1    there are errors (with --strict: or warnings)
  2    wrong usage or configuration
  130  interrupted";

/// The same for a command that has no `--strict`.
const RENDER_EXIT_CODES: &str = "\
Exit codes:
  0    done; there may be warnings
  1    there are errors
  2    wrong usage or configuration
  130  interrupted";

const EXAMPLES: &str = "\
Examples:
  recto serve                      preview the docs in this folder, and reload on change
  recto build ../my-docs -o site   write the site to `site`
  recto check --strict             find every problem, write nothing
  recto init my-docs               start a new docset";

const BUILD_EXAMPLES: &str = "\
Examples:
  recto build                                     the docs in this folder, to `_site`
  recto build docs -o public                      the docs in `docs`, to `public`
  recto build --base-url https://example.org/docs canonical links and a sitemap
  recto build --strict --format github            in a workflow of GitHub Actions";

const CHECK_EXAMPLES: &str = "\
Examples:
  recto check                          every problem of the docs in this folder
  recto check docs --format json       for programs: one JSON object a line
  recto check --strict                 fail on warnings too";

const RENDER_EXAMPLES: &str = "\
Examples:
  recto render articles/install.md             the HTML of an article
  recto render --json articles/*.md            HTML, metadata and problems, one object a line
  cat draft.md | recto render --root docs -    an article from standard input";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  recto explain file-case    what the code means, and what to write instead
  recto explain              every code with its severity";

/// Builds documentation sites from the markdown of Microsoft Learn.
#[derive(Debug, Parser)]
#[command(name = "recto", bin_name = "recto", version, max_term_width = 100, after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub struct Cli {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site
    #[command(after_help = format!("{BUILD_EXAMPLES}\n\n{EXIT_CODES}"))]
    Build(Build),
    /// Preview the site in a browser, and reload it when a file changes
    Serve(Serve),
    /// Find every problem that a build would report, without writing anything
    #[command(after_help = format!("{CHECK_EXAMPLES}\n\n{EXIT_CODES}"))]
    Check(Check),
    /// Print the HTML of articles
    #[command(after_help = format!("{RENDER_EXAMPLES}\n\n{RENDER_EXIT_CODES}"))]
    Render(Render),
    /// Make a small docset to start from; what is there is never overwritten
    Init(Init),
    /// Explain the code of a problem, with an example; without a code, list all
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(Explain),
}

/// `recto build`.
#[derive(Debug, Args)]
pub struct Build {
    /// Folder with the docs: it holds recto.yml, docfx.json or articles/
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Folder for the site [default: `_site` in DIR]
    #[arg(short, long, value_name = "OUT")]
    pub out: Option<PathBuf>,
    /// What the site is made of.
    #[command(flatten)]
    pub site: SiteOptions,
    /// How problems are reported.
    #[command(flatten)]
    pub report: ReportOptions,
    /// How hard to work.
    #[command(flatten)]
    pub work: WorkOptions,
}

/// `recto serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Folder with the docs: it holds recto.yml, docfx.json or articles/
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Port on 127.0.0.1 [default: 8000, or the next free one]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// What the site is made of.
    #[command(flatten)]
    pub site: SiteOptions,
    /// How much is said.
    #[command(flatten)]
    pub loudness: Loudness,
    /// How hard to work.
    #[command(flatten)]
    pub work: WorkOptions,
}

/// `recto check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Folder with the docs: it holds recto.yml, docfx.json or articles/
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Configuration file: recto.yml, docfx.json or a publish configuration [default: found in DIR]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How problems are reported.
    #[command(flatten)]
    pub report: ReportOptions,
    /// How hard to work.
    #[command(flatten)]
    pub work: WorkOptions,
}

/// `recto render`.
#[derive(Debug, Args)]
pub struct Render {
    /// Articles; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Folder that is built, which needs no configuration then [default: found above each FILE]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Configuration file: recto.yml, docfx.json or a publish configuration [default: found above each FILE]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print one JSON object a line: file, path, html, metadata, diagnostics
    #[arg(long)]
    pub json: bool,
    /// How hard to work.
    #[command(flatten)]
    pub work: WorkOptions,
}

/// `recto init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Folder to start in; made if it does not exist
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Add a workflow that builds the site and publishes it with GitHub Pages
    #[arg(long)]
    pub github_pages: bool,
}

/// `recto explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as it is printed: `file-case`
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// What a site is made of.
#[derive(Debug, Args)]
pub struct SiteOptions {
    /// Configuration file: recto.yml, docfx.json or a publish configuration [default: found in DIR]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Theme: its files replace those of the built-in theme, one by one
    #[arg(long, value_name = "DIR")]
    pub theme: Option<PathBuf>,
    /// Where the site is published, for canonical links and the sitemap; ends with a slash in any case.
    #[arg(long, value_name = "URL", value_parser = base_url, help = "Where the site is published, for canonical links and the sitemap")]
    pub base_url: Option<String>,
}

/// How problems are reported.
#[derive(Debug, Args)]
pub struct ReportOptions {
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
    /// How to print problems
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// How much is said.
    #[command(flatten)]
    pub loudness: Loudness,
}

/// How much is said.
#[derive(Debug, Clone, Copy, Args)]
pub struct Loudness {
    /// Show errors only
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show every problem, suggestions included
    #[arg(short, long)]
    pub verbose: bool,
}

impl From<Loudness> for Verbosity {
    fn from(loudness: Loudness) -> Verbosity {
        match loudness {
            Loudness { verbose: true, .. } => Verbosity::Verbose,
            Loudness { quiet: true, .. } => Verbosity::Quiet,
            _ => Verbosity::Normal,
        }
    }
}

/// How hard to work.
#[derive(Debug, Args)]
pub struct WorkOptions {
    /// Threads [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
}

/// Checks the address of a site, and gives it its final slash.
fn base_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.ok_or("it must begin with `https://` or `http://`")?.split('/').next().unwrap_or_default();
    if host.is_empty() || text.contains(['?', '#', '"', '<', '>', '\\']) || text.contains(char::is_whitespace) {
        return Err("it must be a host and a path, such as `https://example.org/docs/`".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn wrong_usage_is_refused() {
        let asks = |line: &str| Cli::try_parse_from(line.split(' ')).map_err(|error| error.exit_code());
        for line in
            ["recto", "recto build -q -v", "recto build -j 0", "recto render", "recto build --base-url example.org"]
        {
            assert_eq!(asks(line).err(), Some(2), "{line}");
        }
        assert!(asks("recto build docs -o out -j 2 --format github --strict -v --timings").is_ok());
    }

    #[test]
    fn a_base_url_ends_with_a_slash() {
        assert_eq!(base_url("https://example.org").as_deref(), Ok("https://example.org/"));
        assert_eq!(base_url("https://example.org/a/").as_deref(), Ok("https://example.org/a/"));
        assert!(base_url("https://?x").is_err() && base_url("javascript:x").is_err());
    }
}
