//! The command line as its users meet it: help, exit codes, what is printed where, and messages that tell the next step.

mod program;

use std::fs;

use program::{KEYS, docset, keys, lay, run};
use serde_json::json;
use snapbox::str;

const NOTHING: [&str; 0] = [];

/// A docset with one warning and one error.
fn faulty() -> tempfile::TempDir {
    docset(&[("recto.yml", "title: T\n"), ("index.md", "# Home\n\n[x](gone.md)\n\n[!INCLUDE [y](y.md)]\n")])
}

fn clean() -> tempfile::TempDir {
    docset(&[("recto.yml", "title: T\n"), ("index.md", "# Home\n\nText.\n")])
}

#[test]
fn without_a_command_the_help_is_shown() {
    let here = clean();
    let run = run(here.path(), NOTHING).ends_with(2);
    for command in ["build", "serve", "check", "render", "init", "explain"] {
        assert!(run.stderr.contains(&format!("\n  {command} ")), "{}", run.stderr);
    }
}

#[test]
fn every_command_explains_itself_with_examples_and_exit_codes() {
    let here = clean();
    for command in ["build", "serve", "check", "render", "init", "explain"] {
        let help = run(here.path(), [command, "--help"]).ends_with(0).stdout;
        assert!(help.contains("Usage: recto"), "{command}: {help}");
        if matches!(command, "build" | "check" | "render") {
            assert!(help.contains("Examples:") && help.contains("Exit codes:"), "{command}: {help}");
        }
    }
    snapbox::assert_data_eq!(
        run(here.path(), ["check", "-h"]).ends_with(0).stdout,
        str![[r#"
Find every problem that a build would report, without writing anything

Usage: recto check [OPTIONS] [DIR]

Arguments:
  [DIR]  Folder with the docs: it holds recto.yml, docfx.json or articles/ [default: .]

Options:
      --config <FILE>    Configuration file: recto.yml, docfx.json or a publish configuration
                         [default: found in DIR]
      --strict           Fail on warnings too
      --format <FORMAT>  How to print problems [default: human] [possible values: human, json,
                         github]
  -q, --quiet            Show errors only
  -v, --verbose          Show every problem, suggestions included
  -j, --jobs <N>         Threads [default: one for each core]
      --timings          Print how long each stage took
  -h, --help             Print help (see more with '--help')

Examples:
  recto check                          every problem of the docs in this folder
  recto check docs --format json       for programs: one JSON object a line
  recto check --strict                 fail on warnings too

Exit codes:
  0    done; there may be warnings
  1    there are errors (with --strict: or warnings)
  2    wrong usage or configuration
  130  interrupted

"#]]
    );
}

#[test]
fn a_slip_in_the_command_line_is_named_with_what_was_meant() {
    let here = clean();
    let told = |line: &str| run(here.path(), line.split(' ')).ends_with(2).stderr;
    snapbox::assert_data_eq!(
        told("biuld"),
        str![[r#"
error: unrecognized subcommand 'biuld'

  tip: a similar subcommand exists: 'build'

Usage: recto <COMMAND>

For more information, try '--help'.

"#]]
    );
    assert!(told("build --strct").contains("'--strict'"));
    assert!(told("build --format xml").contains("human, json, github"));
    assert!(told("build --base-url example.org").contains("it must begin with `https://`"));
    assert!(told("build -q -v").contains("cannot be used with"));
}

#[test]
fn a_code_is_explained_with_an_example() {
    let here = clean();
    let told = run(here.path(), ["explain", "file-case"]).ends_with(0).stdout;
    assert!(
        told.starts_with("warning[file-case]\n\n") && told.contains("\nWrong:\n\n    [Install](Install.md)\n"),
        "{told}"
    );
    let all = run(here.path(), ["explain"]).ends_with(0).stdout;
    assert!(all.lines().any(|line| line.starts_with("duplicate-output ") && line.contains(" error ")), "{all}");
    let unknown = run(here.path(), ["explain", "file-cose"]).ends_with(2);
    assert_eq!(unknown.stderr, "error: there is no code `file-cose`\n  help: did you mean `file-case`?\n");
}

#[test]
fn a_folder_that_cannot_be_built_is_told_apart() {
    let here = docset(&[("file.md", "# A\n")]);
    fs::create_dir(here.path().join("empty")).expect("made");
    let told = |folder: &str| run(here.path(), ["build", folder]).ends_with(2).stderr;
    assert!(told("nowhere").contains("there is no folder `nowhere`"));
    assert!(told("file.md").contains("is a file: name the folder that holds the docs"));
    assert!(told("empty").contains("there are no articles in") && told("empty").contains("recto init"));
    assert!(!here.path().join("empty/_site").exists());
}

#[test]
fn a_site_does_not_vanish_because_its_articles_did() {
    let here = clean();
    run(here.path(), ["build"]).ends_with(0);
    fs::rename(here.path().join("index.md"), here.path().join("index.txt")).expect("renamed");
    run(here.path(), ["build"]).ends_with(2);
    assert!(here.path().join("_site/index.html").is_file());
}

#[test]
fn a_misspelt_key_of_the_configuration_is_pointed_at() {
    let here = docset(&[("recto.yml", "title: T\nbase_ulr: https://example.org/\n"), ("index.md", "# A\n")]);
    for command in ["build", "check"] {
        let told = run(here.path(), [command]).ends_with(2).stderr;
        snapbox::assert_data_eq!(
            told,
            str![[r#"
error[config-syntax]: there is no key `base_ulr`
 --> recto.yml:2:1
  |
2 | base_ulr: https://example.org/
  | ^^^^^^^^
  |
  = help: did you mean `base_url`?

nothing [..], 1 error

"#]]
        );
        let format_json = run(here.path(), [command, "--format", "json"]).ends_with(2).json();
        let place = ["code", "file", "line", "column"].map(|key| format_json[0][key].clone());
        assert_eq!(place, [json!("config-syntax"), json!("recto.yml"), json!(2), json!(1)]);
    }
    assert!(!here.path().join("_site").exists());
}

#[test]
fn no_rule_hides_what_is_wrong_with_the_configuration() {
    let here = docset(&[("recto.yml", "rules: {config-syntax: off}\ntitel: T\n"), ("index.md", "# A\n")]);
    let told = run(here.path(), ["build"]).ends_with(2).stderr;
    assert!(told.contains("error[config-syntax]: there is no key `titel`"), "{told}");
}

#[test]
fn a_docfx_json_that_cannot_be_read_is_pointed_at() {
    let here = docset(&[("docfx.json", "{\n  \"build\": {\n    \"content\": [\n"), ("index.md", "# A\n")]);
    let told = run(here.path(), ["build"]).ends_with(2).stderr;
    assert!(told.contains(" --> docfx.json:3:") && told.contains("this JSON cannot be read"), "{told}");
}

#[test]
fn a_configuration_that_is_no_text_and_a_theme_that_is_not_there_are_refused_by_check_too() {
    let here = docset(&[("recto.yml", "theme: nope\n"), ("index.md", "# A\n")]);
    for command in ["build", "check"] {
        assert!(run(here.path(), [command]).ends_with(2).stderr.contains("there is no theme `nope`"));
    }
    fs::write(here.path().join("recto.yml"), b"title: \xff\n").expect("written");
    let told = run(here.path(), ["check"]).ends_with(2).stderr;
    assert!(told.contains("`recto.yml` is not UTF-8: invalid at byte 7"), "{told}");
}

#[cfg(unix)]
#[test]
fn an_article_whose_name_no_link_can_have_is_told() {
    let here = docset(&[("index.md", "# A\n")]);
    fs::write(here.path().join("a\\b.md"), "# B\n").expect("written");
    fs::create_dir(here.path().join("_drafts")).expect("made");
    fs::write(here.path().join("_drafts/c\\d.md"), "# C\n").expect("written");
    let told = run(here.path(), ["check"]).ends_with(0).stderr;
    assert!(told.contains(r"warning[file-unreadable]: `a\b.md` is left out") && !told.contains("_drafts"), "{told}");
    assert!(told.contains("checked 1 page in"), "{told}");
}

#[test]
fn a_docfx_json_with_comments_and_trailing_commas_is_read() {
    let text = "{\n  // what is published\n  \"build\": { \"content\": [{ \"files\": [\"**/*.md\"], }], },\n}\n";
    let here = docset(&[("docfx.json", text), ("index.md", "# A\n")]);
    let told = run(here.path(), ["build"]).ends_with(0).stderr;
    assert!(told.contains("warning[config-syntax]") && told.contains("built 1 page"), "{told}");
}

#[test]
fn problems_are_shown_with_place_excerpt_underline_and_help() {
    let here = faulty();
    let told = run(here.path(), ["build"]).ends_with(1);
    assert_eq!(told.stdout, "");
    snapbox::assert_data_eq!(
        told.stderr,
        str![[r#"
warning[file-not-found]: cannot find `gone.md`
 --> index.md:3:1
  |
3 | [x](gone.md)
  | ^^^^^^^^^^^^
  |
  = help: there is no file `gone.md` in the repository

error[include-not-found]: cannot find the include `y.md`
 --> index.md:5:1
  |
5 | [!INCLUDE [y](y.md)]
  | ^^^^^^^^^^^^^^^^^^^^
  |
  = help: there is no file `y.md` in the repository

built 1 page in [..] s, 1 error, 1 warning

"#]]
    );
}

#[test]
fn errors_fail_and_warnings_fail_when_asked_to() {
    let here = docset(&[("index.md", "# Home\n\n[x](gone.md)\n")]);
    run(here.path(), ["check"]).ends_with(0);
    run(here.path(), ["check", "--strict"]).ends_with(1);
    run(here.path(), ["build"]).ends_with(0);
    run(here.path(), ["build", "--strict"]).ends_with(1);
    run(faulty().path(), ["check"]).ends_with(1);
    run(clean().path(), ["build", "--strict"]).ends_with(0);
}

#[test]
fn json_is_one_object_a_line_with_the_documented_keys() {
    let here = faulty();
    let run = run(here.path(), ["build", "--format", "json"]).ends_with(1);
    let told = run.json();
    assert_eq!(told.len(), 2);
    told.iter().for_each(|told| assert_eq!(keys(told), KEYS));
    let first = json!({
        "code": "file-not-found", "severity": "warning", "message": "cannot find `gone.md`",
        "help": "there is no file `gone.md` in the repository",
        "file": "index.md", "line": 3, "column": 1, "end_line": 3, "end_column": 13,
    });
    assert_eq!(told[0], first);
    assert!(run.stderr.starts_with("built 1 page in ") && run.stderr.ends_with(", 1 error, 1 warning\n"));
}

#[test]
fn annotations_of_workflows_put_errors_first() {
    let here = faulty();
    let told = run(here.path(), ["check", "--format", "github"]).ends_with(1).stdout;
    let starts: Vec<&str> = told.lines().filter_map(|line| line.split("::").nth(1)).collect();
    let place =
        |line, last, code| format!("file=index.md,line={line},endLine={line},col=1,endColumn={last},title={code}");
    let expected =
        [format!("error {}", place(5, 20, "include-not-found")), format!("warning {}", place(3, 12, "file-not-found"))];
    assert_eq!(starts, expected);
}

#[test]
fn quiet_says_nothing_about_a_clean_build_and_verbose_tells_all() {
    let here = clean();
    let quiet = run(here.path(), ["build", "-q"]).ends_with(0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    let faulty = faulty();
    let quiet = run(faulty.path(), ["build", "-q"]).ends_with(1).stderr;
    assert!(quiet.contains("error[") && !quiet.contains("warning["), "{quiet}");
    let many: String = (0..30).map(|n| format!("[x](gone{n}.md)\n\n")).collect();
    lay(here.path(), &[("index.md", &format!("# A\n\n{many}"))]);
    let normal = run(here.path(), ["build"]).ends_with(0).stderr;
    assert!(normal.contains("\n... and 20 more like this: file-not-found; -v shows all\n"), "{normal}");
    assert_eq!(run(here.path(), ["build", "-v"]).ends_with(0).stderr.matches("warning[").count(), 30);
}

#[test]
fn timings_name_every_stage() {
    let here = clean();
    let told = run(here.path(), ["build", "--timings"]).ends_with(0).stderr;
    for stage in ["discover", "compile", "index", "resolve", "render", "write", "copy", "finish"] {
        assert!(told.contains(&format!(" {stage} ")), "{told}");
    }
}

#[test]
fn what_is_piped_holds_no_colours() {
    let here = faulty();
    for arguments in [vec!["build"], vec!["build", "--help"], vec!["biuld"], vec!["render", "index.md"]] {
        let run = run(here.path(), &arguments);
        assert!(!(run.stdout + &run.stderr).contains('\u{1b}'), "{arguments:?}");
    }
    let forced = program::recto(here.path()).arg("build").env("CLICOLOR_FORCE", "1").output().expect("started");
    assert!(forced.stderr.contains(&0x1b), "colours that are asked for are shown");
    let mut plain = program::recto(here.path());
    plain.arg("build").env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!plain.output().expect("started").stderr.contains(&0x1b), "NO_COLOR wins");
}

#[test]
fn a_new_docset_builds_without_a_word() {
    let here = docset(&[]);
    let made = run(here.path(), ["init", "docs", "--github-pages"]).ends_with(0).stdout;
    assert!(made.contains("docs/articles/index.md") && made.ends_with('\n'), "{made}");
    for command in ["build", "check"] {
        let told = run(here.path(), [command, "docs", "--strict", "-v"]).ends_with(0).stderr;
        assert!(
            told.starts_with(if command == "build" { "built 2 pages in " } else { "checked 2 pages in " }),
            "{told}"
        );
    }
    lay(here.path(), &[("docs/recto.yml", "title: Mine\n")]);
    assert!(run(here.path(), ["init", "docs"]).ends_with(0).stdout.contains("recto.yml, which was there"));
    assert_eq!(fs::read_to_string(here.path().join("docs/recto.yml")).expect("there"), "title: Mine\n");
}

#[cfg(unix)]
#[test]
fn an_interrupted_build_says_so_and_leaves_whole_pages() {
    let here = clean();
    let body = "Text with **markup** and [a link](index.md).\n\n".repeat(60);
    (0..4000).for_each(|n| lay(here.path(), &[(&format!("p{n}.md"), &format!("# P{n}\n\n{body}"))]));
    let mut build = program::recto(here.path());
    let child = build.arg("build").stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let child = child.spawn().expect("started");
    std::thread::sleep(std::time::Duration::from_millis(200));
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("there is a `kill`").success());
    let output = child.wait_with_output().expect("ended");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), told.trim_end()), (Some(130), "error: interrupted"));
    let site = program::snapshot(&here.path().join("_site"));
    let pages = site.iter().filter(|(name, _)| name.ends_with(".html"));
    pages.for_each(|(name, page)| assert!(page.ends_with(b"</html>\n"), "{name} is cut"));
}
