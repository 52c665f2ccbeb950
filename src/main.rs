//! The command line: parses arguments, runs the command, and turns its end into an exit code.

use std::process::ExitCode;

use clap::Parser;
use recto::cli::{Cli, Command};
use recto::commands::{self, Exit};

fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        Command::Render(options) => commands::render::run(&options),
        _ => Ok(Exit::Usage),
    };
    match ended {
        Ok(exit) => exit.into(),
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            Exit::Usage.into()
        }
    }
}
