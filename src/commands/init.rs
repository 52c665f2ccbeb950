//! `recto init`: a small docset to start from.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cli;
use crate::commands::Exit;
use crate::config::root;
use crate::report;
use crate::report::paths::plain;

/// The files of a new docset: their paths, and their texts with `@name@` where something is filled in.
const FILES: &[(&str, &str)] = &[
    ("recto.yml", include_str!("init/recto.yml")),
    ("articles/index.md", include_str!("init/articles/index.md")),
    ("articles/get-started.md", include_str!("init/articles/get-started.md")),
    ("articles/toc.yml", include_str!("init/articles/toc.yml")),
    ("includes/before-you-start.md", include_str!("init/includes/before-you-start.md")),
    GITIGNORE,
];

const GITIGNORE: (&str, &str) = (".gitignore", "_site/\n");

const WORKFLOW: &str = include_str!("init/docs.yml");
const WORKFLOW_PATH: &str = ".github/workflows/docs.yml";

/// What [`init`] did. Shown as text, it ends with the next command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// The files that are new.
    pub created: Vec<PathBuf>,
    /// Files that were there already, and stay as they are.
    pub kept: Vec<PathBuf>,
    /// The folder, as it was given.
    pub folder: PathBuf,
    /// Whether a workflow is among the files.
    pub has_workflow: bool,
    /// The configuration of the docs that were in the folder already.
    pub found: Option<&'static str>,
}

/// Makes a docset where the command line says, and prints what was made.
pub fn run(options: &cli::Init) -> Result<Exit> {
    let made = init(&options.dir, options.github_pages)?;
    report::to_stdout(|out| writeln!(out, "{made}"))?;
    Ok(Exit::Done)
}

/// Makes a docset in `folder`, which need not exist; with `github_pages` also a workflow at the root of its repository.
///
/// A file that is there is never written to. Docs that docfx builds get no articles of ours: they would take the place of
/// the home page, and rival tables of contents.
pub fn init(folder: &Path, github_pages: bool) -> Result<Made> {
    anyhow::ensure!(!folder.is_file(), "`{}` is a file: name the folder that is to hold the docs", folder.display());
    let found = root::docfx_configuration(folder);
    let mut made = Made { folder: folder.to_owned(), has_workflow: github_pages, found, ..Made::default() };
    for (path, text) in if found.is_some() { &[GITIGNORE] } else { FILES } {
        create(&mut made, folder.join(path), &fill(text, &[]))?;
    }
    if github_pages {
        let real = fs::canonicalize(folder).with_context(|| format!("cannot open `{}`", folder.display()))?;
        let root = real.ancestors().find(|above| above.join(".git").exists()).unwrap_or(&real);
        let branch = current_branch(root).unwrap_or_else(|| "main".to_owned());
        let text = fill(WORKFLOW, &[("branch", &branch), ("folder", &in_shell(&real, root))]);
        let target = if root == real { folder.join(WORKFLOW_PATH) } else { root.join(WORKFLOW_PATH) };
        create(&mut made, target, &text)?;
    }
    Ok(made)
}

fn create(made: &mut Made, path: PathBuf, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create `{}`", plain(folder)))?;
    }
    let written = match File::create_new(&path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            made.kept.push(path);
            return Ok(());
        }
        file => file.and_then(|mut file| file.write_all(text.as_bytes())),
    };
    written.with_context(|| format!("cannot write `{}`", plain(&path)))?;
    made.created.push(path);
    Ok(())
}

/// Fills in `@name@`, with the program's own home and version besides `values`.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let own = [("repository", env!("CARGO_PKG_REPOSITORY")), ("version", env!("CARGO_PKG_VERSION"))];
    own.iter().chain(values).fold(text.to_owned(), |text, (name, value)| text.replace(&format!("@{name}@"), value))
}

/// The branch that is checked out, if its name needs no quoting in YAML.
fn current_branch(root: &Path) -> Option<String> {
    let head = fs::read_to_string(root.join(".git/HEAD")).ok()?;
    let name = head.trim().strip_prefix("ref: refs/heads/")?;
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    (is_plain && !name.is_empty()).then(|| name.to_owned())
}

/// The folder, relative to the root of the repository, as an argument of a shell.
fn in_shell(folder: &Path, root: &Path) -> String {
    let relative = folder.strip_prefix(root).unwrap_or(Path::new(""));
    let text = relative.to_string_lossy().replace('\\', "/");
    if text.is_empty() {
        return ".".to_owned();
    }
    if text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c)) && !text.starts_with('-') {
        return text;
    }
    // `./` keeps a name from being read as a flag.
    format!("'./{}'", text.replace('\'', r"'\''"))
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for path in &self.created {
            writeln!(f, "  made {}", plain(path))?;
        }
        for path in &self.kept {
            writeln!(f, "  kept {}, which was there", plain(path))?;
        }
        if let Some(found) = self.found {
            writeln!(f, "  `{found}` is there: the docs stay as they are, and recto builds them as it says")?;
        }
        let folder = if self.folder == Path::new(".") { String::new() } else { format!(" {}", self.folder.display()) };
        write!(f, "\nNext: recto serve{folder} --open")?;
        if self.has_workflow {
            write!(
                f,
                "\nTo publish: in the repository's settings, choose Pages > Source > GitHub Actions, then push."
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Sources;
    use crate::value::Kind;
    use crate::yaml::{self, Limits};

    #[test]
    fn init_makes_a_docset_and_says_what_comes_next() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let folder = root.path().join("docs");
        let made = init(&folder, false).expect("made");
        assert_eq!(made.created.len(), FILES.len());
        assert!(FILES.iter().all(|(path, _)| folder.join(path).is_file()));
        assert!(made.to_string().ends_with(&format!("Next: recto serve {} --open", folder.display())));
        assert!(!folder.join(WORKFLOW_PATH).exists());
    }

    #[test]
    fn a_docset_is_not_made_in_a_file() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let file = root.path().join("index.md");
        fs::write(&file, "# A\n").expect("written");
        let error = init(&file, false).expect_err("it is a file").to_string();
        assert!(error.ends_with("index.md` is a file: name the folder that is to hold the docs"), "{error}");
    }

    #[test]
    fn what_is_there_is_kept() {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::write(root.path().join("recto.yml"), "title: mine\n").expect("written");
        fs::write(root.path().join(".gitignore"), "target\n").expect("written");
        let made = init(root.path(), false).expect("made");
        assert_eq!(made.kept, [root.path().join("recto.yml"), root.path().join(".gitignore")]);
        assert_eq!(fs::read_to_string(root.path().join("recto.yml")).expect("there"), "title: mine\n");
        let again = init(root.path(), true).expect("made");
        assert_eq!((again.created.len(), again.kept.len()), (1, FILES.len()));
    }

    #[test]
    fn docs_that_docfx_builds_get_no_articles() {
        for name in [".openpublishing.publish.config.json", "docfx.json"] {
            let root = tempfile::tempdir().expect("a temporary folder");
            fs::write(root.path().join(name), "{}").expect("written");
            let made = init(root.path(), true).expect("made");
            assert_eq!(made.created, [root.path().join(".gitignore"), root.path().join(WORKFLOW_PATH)]);
            assert!(made.to_string().contains(&format!("`{name}` is there: the docs stay as they are")));
        }
    }

    #[test]
    fn the_workflow_lies_at_the_root_of_the_repository_and_names_folder_and_branch() {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(root.path().join(".git")).expect("made");
        fs::write(root.path().join(".git/HEAD"), "ref: refs/heads/trunk\n").expect("written");
        // Windows has no colons in names.
        let name = if cfg!(windows) { "my docs #1" } else { "my docs: #1" };
        init(&root.path().join(name), true).expect("made");
        let text = fs::read_to_string(root.path().join(WORKFLOW_PATH)).expect("there");
        assert!(
            text.contains("branches: [\"trunk\"]") && text.contains(&format!("recto build './{name}' --out _site")),
            "{text}"
        );
        let sources = Sources::memory([("docs.yml", "")]);
        let file = sources.find("docs.yml").expect("made above").file;
        let (value, problems) = yaml::parse(yaml::Source::file(&text, file, Code::YamlSyntaxError), Limits::FILE);
        let steps = ["jobs", "publish", "steps"].iter().try_fold(value.as_ref().expect("YAML"), |at, key| at.get(key));
        assert!(problems.is_empty() && matches!(steps.expect("steps").kind, Kind::List(_)));
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for text in FILES.iter().map(|(_, text)| *text).chain([WORKFLOW]) {
            let text = fill(text, &[("branch", "main"), ("folder", ".")]);
            assert!(
                ["@repository@", "@version@", "@branch@", "@folder@"].iter().all(|name| !text.contains(name)),
                "{text}"
            );
        }
    }
}
