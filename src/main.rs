//! The command line: parses arguments, runs the command, and turns its end into an exit code.

use std::process::ExitCode;

use clap::Parser;
use recto::cli::{Cli, Command};
use recto::commands::{self, Exit};
use recto::render::output::OutputError;

/// The system's allocators hand freed pages back and clear them again; a build frees and allocates without end.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        Command::Build(options) => commands::build::run(&options),
        Command::Check(options) => commands::check::run(&options),
        Command::Render(options) => commands::render::run(&options),
        Command::Init(options) => commands::init::run(&options),
        Command::Explain(options) => commands::explain::run(&options),
        Command::Serve(options) => commands::serve::run(&options),
    };
    match ended {
        Ok(exit) => exit.into(),
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            exit_of(&error).into()
        }
    }
}

/// What an error means for the exit code: usage, unless the output says otherwise.
fn exit_of(error: &anyhow::Error) -> Exit {
    match error.downcast_ref::<OutputError>() {
        Some(OutputError::Interrupted) => Exit::Interrupted,
        Some(OutputError::Io { .. }) => Exit::Errors,
        Some(OutputError::Refused { .. }) | None => Exit::Usage,
    }
}
